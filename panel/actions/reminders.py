"""What people see of reminders, and how they stop them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from panel.actions.checks import allowed, present
from panel.actions.scorecard_reading import existing
from panel.domain.basics import now
from panel.domain.people import Person, may_manage_hiring, may_stop_reminders
from panel.domain.reminders import FIRST_AFTER, OpenScorecard, Reminder, of_this_end
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import audit, people, reminders
from panel.store.database import Transaction

LONG_AGO = timedelta(days=36_500)


@dataclass(frozen=True)
class Reminded:
    """An open scorecard whose interview ended more than an hour ago, and what reminders went. Never a rating.

    `stopped_by` is the name of whoever stopped them and `stopped_id` their id, empty while they go on. Times are
    naive UTC.
    """

    scorecard_id: str
    person_id: str
    candidate_name: str
    ended_at: datetime
    times: int
    last_at: datetime | None
    last_by: Literal["mail", "app"] | None
    stopped_by: str
    stopped_id: str


def my_reminders(workspace: Workspace, *, by: Person) -> list[Reminded]:
    """A person's own overdue scorecards, the longest open first."""
    at = now()
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        cards = reminders.open_scorecards_of(transaction, person.id, before=at - FIRST_AFTER)
        return _reminded(transaction, cards, at)


def reminders_of_others(workspace: Workspace, *, by: Person) -> Mapping[str, Reminded]:
    """Everybody else's overdue scorecards for those who manage hiring, by scorecard id."""
    at = now()
    with workspace.database.read() as transaction:
        person = allowed(
            transaction, by, may_manage_hiring, "Only hiring managers and administrators see who is reminded."
        )
        cards = reminders.open_scorecards(transaction, after=at - LONG_AGO, before=at - FIRST_AFTER)
        found = _reminded(transaction, [each for each in cards if each.person_id != person.id], at)
    return {each.scorecard_id: each for each in found}


def stop(workspace: Workspace, *, by: Person, scorecard_id: str) -> None:
    """No more reminders of an open scorecard, until they are resumed."""
    _change(workspace, by, scorecard_id, stopped=True)


def resume(workspace: Workspace, *, by: Person, scorecard_id: str) -> None:
    """Reminders again, from the next one that falls due."""
    _change(workspace, by, scorecard_id, stopped=False)


def _change(workspace: Workspace, by: Person, scorecard_id: str, *, stopped: bool) -> None:
    def work(transaction: Transaction) -> None:
        person, at = present(transaction, by), now()
        card = existing(transaction, scorecard_id)
        if not may_stop_reminders(person, interviewer_id=card.person_id):
            raise NotAllowed("Only its interviewer and those who manage hiring stop reminders of a scorecard.")
        if card.is_submitted:
            raise InputError("This scorecard has been submitted; nobody is reminded of it any more.")
        known = reminders.stop_of(transaction, scorecard_id)
        was_stopped = known is not None and known["resumed_at"] is None
        if was_stopped == stopped:
            return
        if stopped:
            reminders.stop_reminders(transaction, scorecard_id, by=person.id, at=at)
        else:
            reminders.resume_reminders(transaction, scorecard_id, at=at)
        audit.record(
            transaction,
            at=at,
            actor_id=person.id,
            action="stop_reminders" if stopped else "resume_reminders",
            subject="scorecard",
            subject_id=scorecard_id,
            before={"reminders": "stopped" if was_stopped else "on"},
            after={"reminders": "stopped" if stopped else "on"},
        )

    workspace.database.write(work)


def _reminded(transaction: Transaction, cards: list[OpenScorecard], at: datetime) -> list[Reminded]:
    overdue = [each for each in cards if at - each.ends_at >= FIRST_AFTER]
    if not overdue:
        return []
    given = reminders.reminders_of(transaction, (each.scorecard_id for each in overdue))
    stopped = any(each.is_stopped for each in overdue)
    names = {each.id: each.name for each in people.all_people(transaction)} if stopped else {}
    return [_one(each, given[each.scorecard_id], names) for each in overdue]


def _one(card: OpenScorecard, known: list[Reminder], names: Mapping[str, str]) -> Reminded:
    given = [each for each in of_this_end(card.ends_at, known) if each.is_given]
    last = given[-1] if given else None
    return Reminded(
        scorecard_id=card.scorecard_id,
        person_id=card.person_id,
        candidate_name=card.candidate_name,
        ended_at=card.ends_at,
        times=len(given),
        last_at=last.claimed_at if last else None,
        last_by=None if last is None else "mail" if last.state == "sent" else "app",
        stopped_by=names.get(card.stopped_by or "", "somebody who left") if card.is_stopped else "",
        stopped_id=card.stopped_by or "" if card.is_stopped else "",
    )
