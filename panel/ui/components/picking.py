"""Questions of the bank to add to a set: search, filters, and what speaks against each of them."""

import streamlit as st

from panel.actions import favourites
from panel.actions.library import Library
from panel.actions.plans import PlanView
from panel.domain.plans import Assignment
from panel.domain.questions import IN_PLANS, BankQuestion
from panel.domain.rubrics import BankRubric, Rubric, fitting, obstacle
from panel.ui import state
from panel.ui.components import bank as bank_parts
from panel.ui.components import frame, set_changes
from panel.ui.components.chosen_questions import Before, asked_before_words
from panel.ui.components.others_ask import asked_by_others
from panel.ui.components.reading_question import question_heading, question_text
from panel.ui.resources import visitor

HEIGHT = 360  # pixels of the list: what is picked is read below it, on the same screen
Rubrics = dict[str, BankRubric]


def picking(
    view: PlanView, assignment: Assignment, library: Library, rubrics: Rubrics, before: Before, names: dict[str, str]
) -> None:
    here = visitor()
    kept = favourites.favourites(here.workspace, by=here.person)
    asked = asked_by_others(view, assignment, names)
    frame.section("Add from the bank")
    offered = _offered(view, assignment, library, kept=set(kept), asked=set(asked))
    found = bank_parts.filters(library, key="pick-", among={each.key for each in offered})
    chosen = st.session_state.get(state.PICKED)
    selected = next((each for each in found.questions if each.key == chosen), None)
    bank_parts.found_list(
        found,
        key="pick",
        selected=chosen,
        on_pick=_open,
        height=HEIGHT,
        otherwise=_otherwise(bool(kept)),
        notes={each.key: _note(each, asked, before, kept) for each in offered},
    )
    if selected is None:
        frame.quiet("Choose a question to read it; then add it.")
        return
    _read(view, assignment, selected, rubrics, asked.get(selected.key, ""), before, is_kept=selected.key in kept)


def _offered(
    view: PlanView, assignment: Assignment, library: Library, *, kept: set[str], asked: set[str]
) -> list[BankQuestion]:
    """What the toggles leave of the bank, without what stands in the set already."""
    covers = assignment.covers
    with st.container(horizontal=True, gap="small", key="pick-toggles"):
        wanted = st.toggle(
            "Only what is to be covered" if covers else "Only the role's competencies", value=True, key="pick-role-only"
        )
        only_kept = st.toggle("Favourites", key="pick-favourites")
        fresh = st.toggle("Not asked by others", value=True, key="pick-not-asked")
    competencies = covers or view.role.role.measured
    return [
        each
        for each in library.questions
        if each.state in IN_PLANS
        and not assignment.has(each.key)
        and (not wanted or each.question.competency in competencies)
        and (not only_kept or each.key in kept)
        and (not fresh or each.key not in asked)
    ]


def _otherwise(has_favourites: bool) -> str:
    if st.session_state.get("pick-favourites") and not has_favourites:
        return "You keep no question at hand yet. Switch Favourites off, choose a question, and press Keep at hand."
    return "Use fewer words, clear a filter, or switch off what narrows the list above."


def _note(each: BankQuestion, asked: dict[str, str], before: Before, kept: list[str]) -> str:
    notes = [
        f"asked by {asked[each.key]}" if each.key in asked else "",
        asked_before_words(before.get(each.key, ())),
        "kept at hand" if each.key in kept else "",
    ]
    return " · ".join(note for note in notes if note)


def _read(
    view: PlanView,
    assignment: Assignment,
    selected: BankQuestion,
    rubrics: Rubrics,
    asker: str,
    before: Before,
    *,
    is_kept: bool,
) -> None:
    rubric = fitting_rubric(selected, rubrics)
    with st.container(key="picked"):
        with st.container(horizontal=True):
            if rubric is not None:
                st.button(
                    "Add this question", on_click=set_changes.add, args=(view, assignment, selected, rubric),
                    icon=":material/add:",
                )  # fmt: skip
            st.button(
                "No longer keep at hand" if is_kept else "Keep at hand",
                on_click=_keep,
                args=(selected.key, not is_kept),
                icon=":material/heart_minus:" if is_kept else ":material/favorite:",
            )
        if rubric is None:
            frame.quiet("There is no active rubric to judge it with. A manager can activate one on the Rubrics page.")
        else:
            frame.quiet(_judged_words(selected, rubrics[rubric].rubric))
        for warning in (
            f"Asked by {asker} as well." if asker else "",
            asked_before_words(before.get(selected.key, ())),
        ):
            if warning:
                frame.quiet(f"{warning.removesuffix('.')}.")
        question_heading(selected)
        with st.expander("Probes, reference answer and signs"):
            question_text(selected)


def _judged_words(question: BankQuestion, rubric: Rubric) -> str:
    """With which rubric, and what that means where it is for another competency than the question."""
    words = f"Judged with the rubric {rubric.name}; you can change that afterwards."
    if rubric.competency == question.question.competency:
        return words
    return (
        f"No active rubric is for {question.question.competency or 'what it measures'}, so it would count for "
        f"{rubric.competency}. {words}"
    )


def fitting_rubric(question: BankQuestion, rubrics: Rubrics) -> str | None:
    """The active rubric of the question's competency; failing that, the first there is."""
    first = next((key for key, each in rubrics.items() if obstacle(each) is None), None)
    return fitting(question.question, rubrics) or first


def _open(key: str) -> None:
    st.session_state[state.PICKED] = key


def _keep(key: str, keep: bool) -> None:
    here = visitor()
    with frame.told_when_refused():
        if keep:
            favourites.keep_at_hand(here.workspace, by=here.person, question_key=key)
            state.tell("Kept at hand. You find it under Favourites and under Start from.")
        else:
            favourites.let_go(here.workspace, by=here.person, question_key=key)
