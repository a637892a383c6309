"""What differs between two sets of one seat, for interviewer and manager alike: one sentence for each difference."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from panel.actions.plans import PlanView
from panel.domain import proposals
from panel.domain.plans import Assignment, PlannedQuestion
from panel.domain.questions import BankQuestion
from panel.domain.rubrics import BankRubric
from panel.domain.set_difference import Changed, Questions, SetDifference, set_difference
from panel.ui.components import frame, set_changes

Bank = Mapping[str, BankQuestion]
Rubrics = Mapping[str, BankRubric]


def against(
    view: PlanView, assignment: Assignment, bank: Bank, rubrics: Rubrics, names: Mapping[str, str], *, mine: bool
) -> None:
    """What a manager changed in the interviewer's set; else how the set differs from the one accepted last."""
    if assignment.changed_by:
        manager = names.get(assignment.changed_by, "A manager")
        whose = "your set" if mine else f"the set of {names.get(assignment.interviewer_id, 'the interviewer')}"
        _shown(f"{manager} changed {whose}", assignment.own_questions, assignment.questions, bank, rubrics)
        if mine:
            st.button("Go with the change", on_click=set_changes.agree, args=(view, assignment))
            frame.quiet("Or change the set and propose it again.")
        return
    accepted = proposals.last_accepted(assignment)
    if accepted and assignment.state != "accepted":
        _shown("Against what was accepted", accepted, assignment.questions, bank, rubrics)


def _shown(title: str, before: Questions, after: Questions, bank: Bank, rubrics: Rubrics) -> None:
    found = set_difference(before, after)
    lines = Markup("").join(Markup("<li>{}</li>").format(each) for each in in_words(found, bank, rubrics))
    same = Markup('<p class="quiet">Both say the same.</p>')
    frame.html(
        Markup('<div class="newer"><p><b>{}</b></p>{}</div>').format(
            title, Markup('<ul class="changes">{}</ul>').format(lines) if found else same
        )
    )


def in_words(found: SetDifference, bank: Bank, rubrics: Rubrics) -> list[str]:
    """`Added: “…”.` and so on, in the order in which one would ask."""
    sentences = [f"Added: {_prompt(each, bank)}" for each in found.added]
    sentences += [f"Removed: {_prompt(each, bank)}" for each in found.removed]
    sentences += [
        f"Moved from place {each.before} to {each.after}: {_prompt(each.question, bank)}" for each in found.moved
    ]
    return sentences + [words for each in found.changed for words in _judged_otherwise(each, bank, rubrics)]


def _judged_otherwise(each: Changed, bank: Bank, rubrics: Rubrics) -> list[str]:
    old, new = each.before, each.after
    prompt = _prompt(new, bank)
    found = []
    if old.weight != new.weight:
        reason = f" ({new.weight_reason})" if new.weight_reason else ""
        found.append(f"Weight changed from {old.weight:g} to {new.weight:g}{reason}: {prompt}")
    elif old.weight_reason != new.weight_reason:
        found.append(f"Reason of the weight changed to “{new.weight_reason}”: {prompt}")
    if old.rubric_key != new.rubric_key:
        was, becomes = _rubric(old, rubrics), _rubric(new, rubrics)
        found.append(f"Judged with {becomes} in place of {was}: {prompt}")
    if old.question_version != new.question_version:
        found.append(f"Version {new.question_version} in place of {old.question_version}: {prompt}")
    return found


def _prompt(each: PlannedQuestion, bank: Bank) -> str:
    found = bank.get(each.question_key)
    return f"“{found.question.prompt}”" if found else "a question that left the bank"


def _rubric(each: PlannedQuestion, rubrics: Rubrics) -> str:
    found = rubrics.get(each.rubric_key)
    return found.rubric.name if found else "a rubric that is gone"
