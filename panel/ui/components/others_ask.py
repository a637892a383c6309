"""What the other interviewers of a plan ask."""

from markupsafe import Markup

from panel.actions.plans import PlanView
from panel.domain import plans as rules
from panel.domain.plans import OPEN_SEAT, Assignment
from panel.domain.questions import BankQuestion
from panel.ui.components import frame
from panel.ui.words import count


def asked_by_others(view: PlanView, assignment: Assignment, names: dict[str, str]) -> dict[str, str]:
    """`Bo in Screening` by question key."""
    return {
        each.question_key: f"{_who(other, names)} in {where.name}"
        for where, other in rules.assignments_of(view.plan)
        if other.id != assignment.id
        for each in other.questions
    }


def others_ask(view: PlanView, assignment: Assignment, bank: dict[str, BankQuestion], names: dict[str, str]) -> None:
    rest = [
        (where, other)
        for where, other in rules.assignments_of(view.plan)
        if other.id != assignment.id and other.questions
    ]
    frame.section("What the others already ask")
    if not rest:
        frame.quiet("Nobody else has chosen questions yet.")
    for where, other in rest:
        lines = Markup("").join(
            Markup("<li>{}</li>").format(bank[each.question_key].question.prompt)
            for each in other.questions
            if each.question_key in bank
        )
        frame.html(
            Markup("<details><summary>{}, {}: {}</summary><ul>{}</ul></details>").format(
                _who(other, names), where.name, count(len(other.questions), "question"), lines
            )
        )


def _who(other: Assignment, names: dict[str, str]) -> str:
    return "An open seat" if other.interviewer_id == OPEN_SEAT else names.get(other.interviewer_id, "Somebody who left")
