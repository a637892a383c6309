"""Assignments: an interviewer's questions, assembled by the interviewer or the manager, accepted by the manager.

A change names the `revision` its writer saw. Whoever comes second is told, and nothing is overwritten.
"""

from collections.abc import Callable, Sequence

from panel.actions.checks import present
from panel.actions.drafts import existing_draft, same_revision, save_draft, valid
from panel.domain import plans as rules
from panel.domain import proposals
from panel.domain.people import Person, may_assemble, may_manage_hiring
from panel.domain.plans import Assignment, PlannedQuestion
from panel.domain.questions import IN_PLANS, STATE_NAMES
from panel.domain.rubrics import obstacle
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import bank, rubrics
from panel.store.database import Transaction

ONLY_OWN = "Only this interviewer, or a hiring manager, changes these questions."


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
    return set_questions(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="choose_questions",
        make=lambda _, __: questions,
    )


def set_questions(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    action: str,
    make: Callable[[Transaction, Assignment], tuple[PlannedQuestion, ...]],
) -> Assignment:
    """The same, with the questions made inside the transaction from the set as it stands."""

    def change(transaction: Transaction, person: Person, assignment: Assignment) -> Assignment:
        questions = make(transaction, assignment)
        can_be_asked(transaction, assignment, questions)
        return _rechosen(person, assignment, questions)

    return _change_assignment(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action=action,
        change=change,
    )


def reorder_questions(
    workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int, keys: Sequence[object]
) -> Assignment:
    """Bring a set's questions into the order of `keys`, which come from a browser and may be anything."""

    def reordered(_: Transaction, assignment: Assignment) -> tuple[PlannedQuestion, ...]:
        held = {each.question_key: each for each in assignment.questions}
        named = [key for key in keys if isinstance(key, str) and key in held]
        if not len(named) == len(set(named)) == len(keys) == len(held):
            raise InputError("This order names other questions than the set holds. Move the question once more.")
        return tuple(held[key] for key in named)

    return set_questions(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="reorder_questions",
        make=reordered,
    )


def agree(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> Assignment:
    """The interviewer goes with what a manager made of their set; it is no longer shown as a change."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if person.id != assignment.interviewer_id:
            raise NotAllowed("Only the interviewer of this set says that they have seen the change.")
        if not assignment.changed_by:
            raise InputError("There is no change to look at here. Reload the page to see the present state.")
        return proposals.agreed(assignment)

    return _change_assignment(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="agree_to_questions",
        change=change,
    )


def propose(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> Assignment:
    """The interviewer offers their question set to the manager."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if not assignment.questions:
            raise InputError("Choose at least one question, then propose the set.")
        return proposals.proposed(assignment)

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
        return proposals.answered(assignment, accepted=accepted)

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


def _rechosen(person: Person, assignment: Assignment, questions: tuple[PlannedQuestion, ...]) -> Assignment:
    """A set as this person leaves it. A manager's own is both theirs and accepted."""
    if not may_manage_hiring(person):
        return proposals.chosen_by_interviewer(assignment, questions)
    chosen = proposals.chosen_by_manager(assignment, questions, manager_id=person.id)
    return proposals.agreed(chosen) if person.id == assignment.interviewer_id else chosen


def can_be_asked(transaction: Transaction, assignment: Assignment, questions: tuple[PlannedQuestion, ...]) -> None:
    """Raises InputError for what the assignment may not newly hold; what it holds already may stay."""
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
            raise NotAllowed(ONLY_OWN)
        same_revision(assignment, seen_revision)
        changed = change(transaction, person, assignment)
        changed = changed.model_copy(update={"revision": assignment.revision + 1})
        save_draft(transaction, person, stored, rules.replace_assignment(stored.plan, changed), action)
        return changed

    return workspace.database.write(work)
