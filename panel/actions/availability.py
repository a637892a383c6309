"""When people can interview: said by themselves or by those who manage hiring."""

from datetime import date

from pydantic import ValidationError

from panel.actions.checks import allowed, present, unless_stale
from panel.domain.availability import Absence, Availability, Limit, check_days, tidy_limit
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_manage_hiring, may_speak_for
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit, availability, people
from panel.store.database import Transaction

NOT_YOURS = "You say when you are available yourself. For another person, ask a hiring manager."
LONGEST_REMARK = 200
MOST_ABSENCES = 100


def availability_of(workspace: Workspace, *, by: Person, person_id: str) -> Availability:
    with workspace.database.read() as transaction:
        _speaker(transaction, by, person_id)
        return availability.availability_of(transaction, person_id)


def everybodys_availability(workspace: Workspace, *, by: Person) -> dict[str, Availability]:
    """By person id; who has said nothing is missing."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Only hiring managers and administrators see everybody's days.")
        return availability.availability_of_all(transaction)


def set_limit(workspace: Workspace, *, by: Person, person_id: str, seen_version: int, most_a_week: int | None) -> None:
    """The most interviews a week; None is no limit."""
    number = tidy_limit(most_a_week)

    def work(transaction: Transaction) -> None:
        person = _speaker(transaction, by, person_id)
        about = _existing_person(transaction, person_id)
        old = availability.availability_of(transaction, person_id).limit
        new = Limit(person_id=person_id, most_a_week=number, version=seen_version + 1)
        saved = availability.save_limit(transaction, new, seen_version=seen_version)
        unless_stale(saved, f"How many interviews a week {about.name} takes")
        audit.record(
            transaction, at=now(), actor_id=person.id, action="set_limit", subject="person", subject_id=person_id,
            before=old.model_dump(), after=new.model_dump(),
        )  # fmt: skip

    workspace.database.write(work)


def add_absence(
    workspace: Workspace, *, by: Person, person_id: str, first_day: date, last_day: date, remark: str = ""
) -> Absence:
    check_days(first_day, last_day)
    try:
        absence = Absence(
            id=new_id(), person_id=person_id, first_day=first_day, last_day=last_day,
            remark=" ".join(remark.split())[: LONGEST_REMARK + 1],
        )  # fmt: skip
    except ValidationError as error:
        raise InputError("Keep the remark plain text.") from error
    if len(absence.remark) > LONGEST_REMARK:
        raise InputError(f"Keep the remark under {LONGEST_REMARK} characters.")

    def work(transaction: Transaction) -> Absence:
        person = _speaker(transaction, by, person_id)
        about = _existing_person(transaction, person_id)
        absences = availability.availability_of(transaction, person_id).absences
        if any((each.first_day, each.last_day) == (first_day, last_day) for each in absences):
            raise InputError(f"{about.name} is away on these days already.")
        if len(absences) >= MOST_ABSENCES:
            raise InputError(f"{about.name} is away {MOST_ABSENCES} times already. Remove what is past first.")
        availability.insert_absences(transaction, [absence], declared_by=person.id, at=now())
        audit.record(
            transaction, at=now(), actor_id=person.id, action="add_absence", subject="person", subject_id=person_id,
            after=absence.model_dump(),
        )  # fmt: skip
        return absence

    return workspace.database.write(work)


def remove_absence(workspace: Workspace, *, by: Person, absence_id: str) -> None:
    def work(transaction: Transaction) -> None:
        absence = availability.absence_by_id(transaction, absence_id)
        if absence is None:
            raise NotFound("These days were removed already. Reload the page.")
        person = _speaker(transaction, by, absence.person_id)
        availability.remove_absence(transaction, absence_id)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="remove_absence", subject="person",
            subject_id=absence.person_id, before=absence.model_dump(),
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
