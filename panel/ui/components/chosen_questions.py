"""The questions of a set in their order, with what an interviewer should know of each, and the form of one of them."""

import streamlit as st
from markupsafe import Markup

from panel.actions.asked_before import AskedBefore
from panel.actions.plans import PlanView
from panel.domain.plans import Assignment, PlannedQuestion
from panel.domain.questions import STATE_NAMES, BankQuestion
from panel.domain.rubrics import BankRubric, obstacle
from panel.ui.components import frame, set_changes
from panel.ui.components.set_list import SetRow, set_list
from panel.ui.components.set_steps import added_line, is_starting
from panel.ui.words import count, day

Bank = dict[str, BankQuestion]
Rubrics = dict[str, BankRubric]
Before = dict[str, tuple[AskedBefore, ...]]


def chosen_questions(
    view: PlanView, assignment: Assignment, bank: Bank, rubrics: Rubrics, before: Before, *, writes: bool
) -> None:
    frame.section("Chosen", count(len(assignment.questions), "question"))
    if not assignment.questions:
        frame.empty(
            "No question is chosen yet.",
            "Let the rest be suggested, start from an earlier set, or add questions from the bank."
            if writes
            else "What is chosen stands here.",
        )
    if writes:
        added_line(view, assignment)
    added = set_changes.added_at_once(assignment)
    new = added.keys if added else ()
    just = "suggested just now" if added and added.what == "suggestion" else "added just now"
    newest = {key: bank[key].version for key in (each.question_key for each in assignment.questions) if key in bank}
    open_form = set_changes.judged(assignment) if writes else ""

    def row(planned: PlannedQuestion) -> SetRow:
        found = bank.get(planned.question_key)
        newer = found is not None and found.version > planned.question_version
        facts = [*_facts(planned, found, rubrics, before, newer=newer), just if planned.question_key in new else ""]
        return SetRow(
            planned.question_key,
            found.question.prompt if found else "A question that left the bank",
            " · ".join(fact for fact in facts if fact),
            ("judge", *(["renew"] if newer else []), "remove") if writes else (),
            is_new=planned.question_key in new,
            is_open=planned.question_key == open_form,
        )

    set_list(
        [row(each) for each in assignment.questions],
        place=assignment.id,
        revision=assignment.revision,
        writes=writes,
        on_told=lambda what, said: set_changes.told(view, assignment, newest, what, said),
        reveal="starting" if is_starting(assignment) else "judging" if open_form else "",
    )
    planned = next((each for each in assignment.questions if each.question_key == open_form), None)
    if planned:
        _form(view, assignment, planned, bank, rubrics)


def _facts(
    planned: PlannedQuestion, found: BankQuestion | None, rubrics: Rubrics, before: Before, *, newer: bool
) -> list[str]:
    return [
        f"{found.question.minutes} min" if found else "",
        rubrics[planned.rubric_key].rubric.name if planned.rubric_key in rubrics else "rubric gone",
        f"weight {planned.weight:g}: {planned.weight_reason}" if planned.weight != 1 else "",
        "a newer version is in the bank" if newer else "",
        standing_words(found) if found else "",
        asked_before_words(before.get(planned.question_key, ())),
    ]


def standing_words(found: BankQuestion) -> str:
    """What a planner should know of a question's state."""
    words = {"approved": "", "pilot": "pilot: rated, does not count yet"}.get(
        found.state, f"{STATE_NAMES[found.state].lower()}: not to be asked any more"
    )
    return " · ".join(each for each in (words, "candidates may know it" if found.leak else "") if each)


def asked_before_words(said: tuple[AskedBefore, ...]) -> str:
    """`Priya N. was to be asked this in Screening on Thu 12 Nov`, the latest, and how many more."""
    if not said:
        return ""
    first, more = said[0], len({each.candidate_name for each in said}) - 1
    others = f", and {count(more, 'more candidate')}" if more > 0 else ""
    near = day(first.on)
    when = near if near in ("today", "yesterday") else f"on {near}"
    return f"{first.candidate_name} was to be asked this in {first.round_name} {when}{others}"


def _form(view: PlanView, assignment: Assignment, planned: PlannedQuestion, bank: Bank, rubrics: Rubrics) -> None:
    key = f"{assignment.id}-{assignment.revision}-{planned.question_key}"
    offered = [name for name, each in rubrics.items() if obstacle(each) is None or name == planned.rubric_key]
    found = bank.get(planned.question_key)
    with st.container(key="judging"):
        frame.html(Markup("<p><b>Rubric and weight</b></p><p>{}</p>").format(found.question.prompt if found else ""))
        with st.form(f"tools-{key}", border=False):
            st.selectbox(
                "Rubric",
                offered,
                format_func=lambda each: rubrics[each].rubric.name,
                key=f"rubric-{key}",
                index=offered.index(planned.rubric_key) if planned.rubric_key in offered else 0,
            )
            st.number_input("Weight", 0.1, 5.0, float(planned.weight), 0.1, key=f"weight-{key}")
            st.text_input("Reason, when the weight is not 1", planned.weight_reason, key=f"reason-{key}", max_chars=300)
            st.form_submit_button(
                "Save rubric and weight", on_click=set_changes.judge, args=(view, assignment, planned, key)
            )
        st.button("Leave as it is", on_click=set_changes.stop_judging, args=(assignment,))
