"""Question sets that wait for somebody, as Today names them."""

from dataclasses import dataclass

from panel.actions.checks import present
from panel.domain import plans as rules
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Assignment
from panel.house import Workspace
from panel.store import people, plans


@dataclass(frozen=True)
class Waiting:
    """A question set that waits for this person: to be assembled, or to be accepted."""

    plan_id: str
    plan_title: str
    round_name: str
    assignment_id: str
    sentence: str
    step: str


def waiting_for(workspace: Workspace, *, by: Person) -> list[Waiting]:
    """Own assignments that are still open or that a manager changed, and for managers the proposals to answer."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        names = {each.id: each.name for each in people.all_people(transaction)}
        found = []
        for stored in plans.all_plans(transaction):
            for where, assignment in rules.assignments_of(stored.plan):
                words = _what_waits(person, assignment, names)
                if words:
                    found.append(Waiting(stored.id, stored.plan.title, where.name, assignment.id, *words))
    return found


def _what_waits(person: Person, assignment: Assignment, names: dict[str, str]) -> tuple[str, str] | None:
    if assignment.interviewer_id == person.id and assignment.state == "open":
        if assignment.questions:
            return "Your questions are chosen but not proposed yet.", "Look at your questions"
        return "You have no questions yet.", "Choose your questions"
    if assignment.interviewer_id == person.id and assignment.changed_by:
        return f"{names.get(assignment.changed_by, 'A manager')} changed your questions.", "Look at what changed"
    if may_manage_hiring(person) and assignment.state == "proposed":
        return (
            f"{names.get(assignment.interviewer_id, 'An interviewer')} proposes a question set.",
            "Look at the proposal",
        )
    return None
