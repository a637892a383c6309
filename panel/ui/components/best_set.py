"""The best question sets for a whole plan: its rules, the search, what it found, and taking it over."""

import streamlit as st
from markupsafe import Markup

from panel.actions import best_set
from panel.actions.best_set import Suggestion
from panel.actions.library import library
from panel.actions.plans import PlanView
from panel.domain.plans import OPEN_SEAT, Assignment, Round, assignments_of
from panel.stats.progress import Report
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.components.set_rules_form import set_rules_form
from panel.ui.resources import visitor
from panel.ui.words import count, plain

WHAT = (
    "Chooses for every interviewer at once the questions that tell most about a candidate, within the slots and the "
    "rules below: nothing asked twice, every competency covered, worn and leaked questions spared."
)


def best_set_section(view: PlanView, names: dict[str, str]) -> None:
    frame.section("The best question sets")
    frame.quiet(WHAT)
    if not view.plan.rounds or not any(True for _ in assignments_of(view.plan)):
        frame.empty("Nobody sits in this plan yet.", "Add a round with its interviewers; then choose their questions.")
        return
    # A toggle, since what stands in a closed fold is sent all the same: four lists of the whole bank.
    if st.toggle("Change the rules of the choice", key=f"rules-open-{view.id}"):
        set_rules_form(view)
    chosen = sum(len(part.questions) for _, part in assignments_of(view.plan))
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen:
            st.button("Fill what is free", on_click=_search, args=(view, True), type="primary")
            st.button("Choose everything anew", on_click=_search, args=(view, False))
        else:
            st.button("Find the best sets", on_click=_search, args=(view, False), type="primary")
    kept = state.searches().get(view.id)
    if kept is not None:
        _result(view, kept, names)


def _search(view: PlanView, keep_all: bool) -> None:
    state.searches()[view.id] = {
        part.id: tuple(each.question_key for each in part.questions) if keep_all else ()
        for _, part in assignments_of(view.plan)
    }


def _result(view: PlanView, kept: dict[str, tuple[str, ...]], names: dict[str, str]) -> None:
    here = visitor()

    def work(report: Report) -> Suggestion:
        report("Choosing among the questions of the bank", None)
        search = best_set.search_for_plan(here.workspace, by=here.person, plan_id=view.id, kept=kept)
        return best_set.searched(search, lambda doing: report(doing, None))

    # A changed bank, role or plan asks for another answer.
    stands = (view.id, view.stored.version, view.role.version, library(here.workspace, by=here.person).revision)
    found = long_fit("best-set", f"{stands}:{sorted(kept.items())}", work)
    if found is None:
        return
    _verdict(found)
    if not found.found:
        return
    frame.quiet("Mark what should stay where it is when the rest is chosen again.")
    for where in view.plan.rounds:
        _round(where, found, kept, names)
    with st.container(horizontal=True):
        st.button("Take over these sets", key="take-over", type="primary", on_click=_take_over, args=(view, found))
        st.button("Keep the marked, choose the rest again", key="again", on_click=_again, args=(view, found, kept))


def _verdict(found: Suggestion) -> None:
    answer = found.answer
    for sentence in (*found.unmet, *answer.remarks):
        frame.quiet(sentence)
    if answer.status == "infeasible":
        least = (
            "The fewest that would have to give way" if answer.fewest else "What would have to give way, perhaps not"
        )
        least += ":" if answer.fewest else " the fewest:"
        frame.html(Markup("<p><b>Nothing fits all the rules.</b> {}</p>").format(least))
        frame.html(_lines(tuple(dict.fromkeys(answer.relax))))
        frame.quiet("In a panel numbers hold for the whole panel: the rule times its interviewers.")
        return
    if not found.found:
        frame.quiet("No choice was found in time. Give the rules more room, or keep more of what is chosen.")
        return
    gap = answer.gap or 0.0
    how_good = {
        "optimal": "This is the best there is, proven",
        "within_gap": f"Proven to be within {gap:.1%} of the best there can be",
    }.get(answer.status, f"The best found in the time there was; the best there can be is at most {gap:.1%} better")
    frame.html(
        Markup('<p><b>{}</b> <span class="quiet">{}</span></p>').format(
            f"{how_good}.", f"found in {answer.seconds:.1f} s among {count(found.among, 'question')}"
        )
    )
    if answer.binding:
        with st.expander("What holds it back", key="binding"):
            frame.quiet("More would be possible if one of these gave way.")
            frame.html(_lines(tuple(dict.fromkeys(answer.binding))))


def _lines(sentences: tuple[str, ...]) -> Markup:
    return Markup('<ul class="changes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)
    )


def _round(where: Round, found: Suggestion, kept: dict[str, tuple[str, ...]], names: dict[str, str]) -> None:
    sets = {part.id: found.sets.get(part.id, ()) for part in where.assignments}
    minutes = {
        seat: sum(found.choice.questions[each.question_key].question.minutes for each in planned)
        for seat, planned in sets.items()
    }
    spent = f"{sum(minutes.values())} of {where.question_minutes} minutes" if where.together else ""
    frame.html(Markup('<p class="set-round"><b>{}</b> <span class="quiet">{}</span></p>').format(where.name, spent))
    for part in where.assignments:
        who = "Open seat" if part.interviewer_id == OPEN_SEAT else names.get(part.interviewer_id, "Somebody who left")
        own = (
            f"{minutes[part.id]} of {where.question_minutes} minutes"
            if not where.together
            else f"{minutes[part.id]} minutes"
        )
        frame.html(
            Markup('<p>{} <span class="quiet">{}, {}</span></p>').format(
                who, count(len(sets[part.id]), "question"), own
            )
        )
        for planned in sets[part.id]:
            _line(part, planned.question_key, found, stays=planned.question_key in kept.get(part.id, ()))


def _line(part: Assignment, key: str, found: Suggestion, *, stays: bool) -> None:
    each = found.choice.questions[key]
    worth = found.choice.worth[key]
    facts = [
        "stays" if part.has(key) else "new",
        found.choice.competency(key),
        each.question.difficulty or "",
        f"{each.question.minutes} min",
        f"heard by {count(worth.lately, 'candidate')} this year" if worth.lately else "",
    ]
    st.checkbox(
        f"{plain(each.question.prompt)} :gray[{plain(', '.join(fact for fact in facts if fact))}]",
        value=stays,
        key=f"keep-{part.id}-{key}",
    )


def _again(view: PlanView, found: Suggestion, kept: dict[str, tuple[str, ...]]) -> None:
    state.searches()[view.id] = {
        seat: tuple(
            each.question_key
            for each in planned
            if st.session_state.get(f"keep-{seat}-{each.question_key}", each.question_key in kept.get(seat, ()))
        )
        for seat, planned in found.sets.items()
    }


def _take_over(view: PlanView, found: Suggestion) -> None:
    here = visitor()
    with frame.told_when_refused():
        best_set.take_over(
            here.workspace, by=here.person, plan_id=view.id, seen_version=found.plan_version, sets=found.sets
        )
        state.searches().pop(view.id, None)
        state.tell("The question sets are in the plan, accepted.")
