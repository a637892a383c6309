"""Conflicts of interest: declared by the person or by a manager, withdrawn, and read by who plans interviews."""

from dataclasses import dataclass

from panel.actions.checks import allowed, present
from panel.actions.scheduling import existing_candidate
from panel.domain.basics import new_id, now
from panel.domain.conflicts import ConflictOfInterest, tidy_conflict_kind
from panel.domain.people import Person, may_manage_hiring, may_speak_for
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit, candidates, conflicts, people, plans, scorecards
from panel.store.database import Transaction

NOT_YOURS = "You declare and withdraw your own conflicts of interest. For another person, ask a hiring manager."
GONE = "This conflict of interest was withdrawn already. Reload the page."
LONGEST_REMARK = 500


@dataclass(frozen=True)
class Declared:
    """A conflict with the names in it."""

    conflict: ConflictOfInterest
    person_name: str
    candidate_name: str


@dataclass(frozen=True)
class Choice:
    """A candidate whom somebody may name in a declaration."""

    candidate_id: str
    name: str
    role_name: str


def conflicts_of(workspace: Workspace, *, by: Person, person_id: str) -> list[Declared]:
    """One person's conflicts, for themselves and for those who manage hiring."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        if not may_speak_for(reader, person_id=person_id):
            raise NotAllowed(NOT_YOURS)
        return _named(transaction, conflicts.conflicts_of_person(transaction, person_id))


def all_conflicts(workspace: Workspace, *, by: Person) -> list[Declared]:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Only hiring managers and administrators see all conflicts.")
        return _named(transaction, conflicts.all_conflicts(transaction))


def candidates_to_name(workspace: Workspace, *, by: Person) -> list[Choice]:
    """Every candidate for those who manage hiring; for others the candidates of their own interviews."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        roles = {each.id: each.role.name for each in plans.all_roles(transaction)}
        if may_manage_hiring(reader):
            found = [one for role_id in roles for one in candidates.candidates_of_role(transaction, role_id)]
        else:
            ids = dict.fromkeys(row["candidate_id"] for row in scorecards.scorecards_of_person(transaction, reader.id))
            met = (candidates.candidate_by_id(transaction, each) for each in ids)
            found = [each for each in met if each]
    return [Choice(each.id, each.name, roles[each.role_id]) for each in found]


def declare(
    workspace: Workspace, *, by: Person, person_id: str, candidate_id: str, kind: str, remark: str = ""
) -> ConflictOfInterest:
    """Nobody declares the same twice. Raises InputError, NotAllowed, NotFound."""
    why = tidy_conflict_kind(kind)
    said = _tidy_remark(remark)

    def work(transaction: Transaction) -> ConflictOfInterest:
        person = _speaker(transaction, by, person_id)
        about = _existing_person(transaction, person_id)
        if not may_manage_hiring(person) and not _meets(transaction, person, candidate_id):
            raise NotFound("This candidate is not one of your interviews. Tell a hiring manager, who can declare it.")
        candidate = existing_candidate(transaction, candidate_id)
        standing = conflicts.conflicts_of_candidate(transaction, candidate_id)
        if any(each.person_id == person_id and each.kind == why for each in standing):
            raise InputError(f"This conflict of {about.name} with {candidate.name} is declared already.")
        conflict = ConflictOfInterest(
            id=new_id(), person_id=person_id, candidate_id=candidate_id, kind=why, remark=said,
            declared_by=person.id, declared_at=now(),
        )  # fmt: skip
        conflicts.insert_conflict(transaction, conflict)
        audit.record(
            transaction, at=conflict.declared_at, actor_id=person.id, action="declare_conflict",
            subject="person", subject_id=person_id, after=conflict.model_dump(),
        )  # fmt: skip
        return conflict

    return workspace.database.write(work)


def withdraw(workspace: Workspace, *, by: Person, conflict_id: str) -> None:
    def work(transaction: Transaction) -> None:
        conflict = conflicts.conflict_by_id(transaction, conflict_id)
        if conflict is None:
            raise NotFound(GONE)
        person = _speaker(transaction, by, conflict.person_id)
        if not (may_manage_hiring(person) or conflict.declared_by == person.id):
            raise NotAllowed("A hiring manager declared this conflict. Ask them to withdraw it.")
        if not conflicts.withdraw_conflict(transaction, conflict_id=conflict_id, by=person.id, at=now()):
            raise NotFound(GONE)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="withdraw_conflict",
            subject="person", subject_id=conflict.person_id, before=conflict.model_dump(),
        )  # fmt: skip

    workspace.database.write(work)


def _speaker(transaction: Transaction, by: Person, person_id: str) -> Person:
    person = present(transaction, by)
    if not may_speak_for(person, person_id=person_id):
        raise NotAllowed(NOT_YOURS)
    return person


def _existing_person(transaction: Transaction, person_id: str) -> Person:
    person = people.person_by_id(transaction, person_id)
    if person is None:
        raise NotFound("This person has no account. Choose one from the list.")
    return person


def _meets(transaction: Transaction, person: Person, candidate_id: str) -> bool:
    return any(row["candidate_id"] == candidate_id for row in scorecards.scorecards_of_person(transaction, person.id))


def _named(transaction: Transaction, found: list[ConflictOfInterest]) -> list[Declared]:
    names = {each.id: each.name for each in people.all_people(transaction)}
    met = {each.candidate_id: candidates.candidate_by_id(transaction, each.candidate_id) for each in found}
    return [
        Declared(each, names[each.person_id], candidate.name) for each in found if (candidate := met[each.candidate_id])
    ]


def _tidy_remark(text: str) -> str:
    remark = " ".join(text.split())
    if len(remark) > LONGEST_REMARK or not remark.isprintable():
        raise InputError(f"Keep the remark plain text of at most {LONGEST_REMARK} characters.")
    return remark
