"""Assignments: an interviewer's questions, assembled by the interviewer or the manager, accepted by the manager.

A change names the `revision` its writer saw. Whoever comes second is told, and nothing is overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass

from panel.actions.checks import present
from panel.actions.drafts import existing_draft, same_revision, save_draft, valid
from panel.domain import plans as rules
from panel.domain.people import Person, may_assemble, may_manage_hiring
from panel.domain.plans import Assignment, PlannedQuestion
from panel.domain.questions import IN_PLANS, STATE_NAMES
from panel.domain.rubrics import obstacle
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import bank, people, plans, rubrics
from panel.store.database import Transaction


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
    """Own assignments that are still open, and for those who manage hiring the proposals to answer."""
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
    if may_manage_hiring(person) and assignment.state == "proposed":
        return (
            f"{names.get(assignment.interviewer_id, 'An interviewer')} proposes a question set.",
            "Look at the proposal",
        )
    return None


def choose_questions(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    questions: tuple[PlannedQuestion, ...],
) -> Assignment:
    """Set an assignment's questions. A manager's choice is accepted at once; an interviewer's opens the set again."""

    def change(transaction: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if len({each.question_key for each in questions}) < len(questions):
            raise InputError("A question stands in the list twice. Remove one of them.")
        named = {(each.question_key, each.question_version) for each in questions}
        known = bank.question_versions(transaction, named)
        known_rubrics = {each.key: each for each in rubrics.bank_rubrics(transaction)}
        before = {each.question_key: each.rubric_key for each in assignment.questions}
        for each in questions:
            if (each.question_key, each.question_version) not in known:
                raise InputError("One of these questions is no longer in the bank. Reload the page.")
            if each.rubric_key not in known_rubrics:
                raise InputError("One of these rubrics is no longer there. Choose another.")
            cannot = obstacle(known_rubrics[each.rubric_key])
            if cannot and before.get(each.question_key) != each.rubric_key:
                raise InputError(cannot)
            found = known[each.question_key, each.question_version]
            if not assignment.has(each.question_key) and found.state not in IN_PLANS:
                raise InputError(
                    f"“{found.question.prompt}” is {STATE_NAMES[found.state].lower()}. "
                    "Only approved and pilot questions enter a plan."
                )
        state = "accepted" if questions and may_manage_hiring(person) else "open"
        return assignment.model_copy(update={"questions": questions, "state": state})

    return _change_assignment(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="choose_questions",
        change=change,
    )


def propose(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> Assignment:
    """The interviewer offers their question set to the manager."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if not assignment.questions:
            raise InputError("Choose at least one question, then propose the set.")
        return assignment.model_copy(update={"state": "proposed"})

    return _change_assignment(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="propose_questions",
        change=change,
    )


def accept(
    workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int, accepted: bool = True
) -> Assignment:
    """The manager accepts a proposed set, or hands it back."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if not may_manage_hiring(person):
            raise NotAllowed("Only hiring managers and administrators accept a question set.")
        if assignment.state == "accepted" or not assignment.questions:
            raise InputError("There is nothing to accept here. Reload the page to see the present state.")
        return assignment.model_copy(update={"state": "accepted" if accepted else "open"})

    return _change_assignment(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="accept_questions" if accepted else "hand_back_questions",
        change=change,
    )


def planned_question(
    *, question_key: str, question_version: int, rubric_key: str, weight: float = 1.0, weight_reason: str = ""
) -> PlannedQuestion:
    """A planned question from what a person chose. Raises InputError when a weight lacks its reason."""
    return valid(
        lambda: PlannedQuestion(
            question_key=question_key,
            question_version=question_version,
            rubric_key=rubric_key,
            weight=weight,
            weight_reason=weight_reason,
        )
    )


def _change_assignment(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    action: str,
    change: Callable[[Transaction, Person, Assignment], Assignment],
) -> Assignment:
    def work(transaction: Transaction) -> Assignment:
        person = present(transaction, by)
        stored = existing_draft(transaction, plan_id)
        _, assignment = rules.find_assignment(stored.plan, assignment_id)
        if not may_assemble(person, interviewer_id=assignment.interviewer_id):
            raise NotAllowed("Only this interviewer, or a hiring manager, changes these questions.")
        same_revision(assignment, seen_revision)
        changed = change(transaction, person, assignment)
        changed = changed.model_copy(update={"revision": assignment.revision + 1})
        save_draft(transaction, person, stored, rules.replace_assignment(stored.plan, changed), action)
        return changed

    return workspace.database.write(work)
