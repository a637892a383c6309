"""The rules by which a plan's question sets are put together."""

import streamlit as st

from panel.actions import bank, plan_rounds
from panel.actions.drafts import valid
from panel.actions.plans import PlanView
from panel.domain.questions import DIFFICULTIES, IN_PLANS, BankQuestion
from panel.domain.set_rules import SetRules, Span
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor

NO_LIMIT = "no limit"


def set_rules_form(view: PlanView) -> None:
    here = visitor()
    rules = view.plan.rules
    key = f"{view.id}-{view.stored.version}"
    questions = {each.key: each for each in bank.questions(here.workspace, by=here.person)}
    with st.form(f"rules-{key}", border=False):
        _span("Questions per interviewer", "questions", key, rules.questions)
        _span("Questions per competency in the day", "competency", key, rules.per_competency)
        _span("Interviewers per competency", "interviewers", key, rules.interviewers_per_competency)
        _span("Questions of one competency by one interviewer", "both", key, rules.per_competency_and_interviewer)
        for each in DIFFICULTIES:
            _span(f"{each.capitalize()} questions per interviewer", each, key, rules.of_difficulty(each))
        for each in DIFFICULTIES:
            _span(
                f"{each.capitalize()} questions in the day",
                f"all-{each}",
                key,
                rules.difficulty_in_all.get(each, Span()),
            )
        offered = [name for name, each in questions.items() if each.state in IN_PLANS]
        _several("Must be asked", "must", key, offered, rules.must, questions)
        _several("Must not be asked", "exclude", key, offered, rules.exclude, questions)
        _pairs(key, offered, rules, questions)
        st.slider(
            "How much being asked often counts against a question",
            0.0, max(1.0, rules.exposure_penalty), rules.exposure_penalty, 0.1, key=f"rule-exposure-{key}",
            help="0: not at all. 1: a worn question is worth nothing beside a fresh one.",
        )  # fmt: skip
        st.toggle(
            "Make the weakest set as good as can be, in place of the best in all",
            value=rules.even,
            key=f"rule-even-{key}",
        )
        st.form_submit_button("Save the rules", on_click=_save, args=(view, key))


def _span(label: str, name: str, key: str, span: Span) -> None:
    least, most = st.columns(2, vertical_alignment="bottom")
    with least:
        st.number_input(f"{label}, at least", 0, 60, span.least, key=f"rule-{name}-least-{key}")
    with most:
        st.number_input(f"{label}, at most", 0, 60, span.most, key=f"rule-{name}-most-{key}", placeholder=NO_LIMIT)


def _several(
    label: str, name: str, key: str, offered: list[str], chosen: tuple[str, ...], questions: dict[str, BankQuestion]
) -> None:
    st.multiselect(
        label,
        [*offered, *(each for each in chosen if each not in offered)],
        default=list(chosen),
        format_func=lambda each: _prompt(each, questions),
        key=f"rule-{name}-{key}",
        placeholder="Choose questions",
    )


def _pairs(key: str, offered: list[str], rules: SetRules, questions: dict[str, BankQuestion]) -> None:
    """Pairs that stand are kept while they are marked; one more can be added at a time."""
    st.multiselect(
        "Pairs of which only one is asked, because one gives the other away",
        list(rules.apart),
        default=list(rules.apart),
        format_func=lambda pair: f"{_prompt(pair[0], questions)} / {_prompt(pair[1], questions)}",
        key=f"rule-apart-{key}",
        placeholder="No pair yet",
    )
    one, other = st.columns(2)
    for place, where in (("one", one), ("other", other)):
        with where:
            st.selectbox(
                "Another pair: this question" if place == "one" else "and this one",
                offered,
                index=None,
                format_func=lambda each: _prompt(each, questions),
                key=f"rule-apart-{place}-{key}",
                placeholder="Choose a question",
            )


def _prompt(key: str, questions: dict[str, BankQuestion]) -> str:
    return questions[key].question.prompt if key in questions else "A question that left the bank"


def _save(view: PlanView, key: str) -> None:
    here = visitor()
    typed = st.session_state

    def span(name: str) -> Span:
        most = typed[f"rule-{name}-most-{key}"]
        return Span(least=int(typed[f"rule-{name}-least-{key}"]), most=None if most is None else int(most))

    with frame.told_when_refused():
        pairs = [tuple(each) for each in typed[f"rule-apart-{key}"]]
        pair = (typed[f"rule-apart-one-{key}"], typed[f"rule-apart-other-{key}"])
        if all(pair) and len(set(pair)) == 2:
            pairs.append(pair)
        chosen = valid(
            lambda: SetRules(
                questions=span("questions"),
                per_competency=span("competency"),
                interviewers_per_competency=span("interviewers"),
                per_competency_and_interviewer=span("both"),
                difficulty_in_all={each: span(f"all-{each}") for each in DIFFICULTIES if span(f"all-{each}") != Span()},
                difficulty={each: span(each) for each in DIFFICULTIES if span(each) != Span()},
                must=tuple(typed[f"rule-must-{key}"]),
                exclude=tuple(typed[f"rule-exclude-{key}"]),
                apart=tuple(dict.fromkeys(pairs)),
                exposure_penalty=round(float(typed[f"rule-exposure-{key}"]), 2),
                even=bool(typed[f"rule-even-{key}"]),
            )
        )
        plan_rounds.set_rules(
            here.workspace, by=here.person, plan_id=view.id, seen_version=view.stored.version, chosen=chosen
        )
        state.tell("The rules are saved.")
