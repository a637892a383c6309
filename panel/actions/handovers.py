"""Handovers: facts from one interviewer to whoever meets the candidate next.

They are the one thing that reaches others before a scorecard is submitted, so a rating in them is refused, and words
that may tell one or judge are pointed out before they leave.
"""

from dataclasses import dataclass
from datetime import datetime

from panel.actions.checks import present
from panel.actions.scorecard_reading import existing
from panel.actions.sittings import tell_sittings
from panel.domain.basics import now
from panel.domain.candidates import Interview
from panel.domain.handover import LONGEST_HANDOVER, Handover, judging_words, perhaps_told_rating, told_rating
from panel.domain.people import Person, may_score
from panel.domain.scorecards import Scorecard
from panel.domain.text import CONTROL, listed
from panel.errors import InputError, NotAllowed, Sealed
from panel.house import Workspace
from panel.store import audit, candidates, handovers, plans
from panel.store.database import Transaction


class Reminder(InputError):
    """A handover holds words that may judge the person or tell a rating; its writer may send it as it is."""


@dataclass(frozen=True)
class HandedOver:
    """What an earlier interviewer of the candidate wrote. `sent_at` is naive UTC."""

    person_name: str
    round_name: str
    text: str
    sent_at: datetime


def hand_over(workspace: Workspace, *, by: Person, scorecard_id: str, text: str, as_it_is: bool = False) -> Handover:
    """Send a handover, or replace the one sent before; an empty text takes it back.

    Raises InputError when it tells a rating; Reminder when it may tell one, or judge, and is not meant to be sent
    `as_it_is`.
    """
    tidy = CONTROL.sub("", text).strip()
    _check(tidy, as_it_is)

    def work(transaction: Transaction) -> tuple[list[str], Handover]:
        person = present(transaction, by)
        own = existing(transaction, scorecard_id)
        if not may_score(person, interviewer_id=own.person_id):
            raise NotAllowed("Only its interviewer hands over from a scorecard.")
        interview = candidates.interview_by_id(transaction, own.interview_id)
        if interview is None or interview.state == "cancelled":
            raise Sealed("This interview was cancelled; nothing is handed over from it.")
        old = handovers.handover_of(transaction, own.id)
        new = Handover(
            scorecard_id=own.id,
            candidate_id=own.candidate_id,
            text=tidy,
            version=old.version + 1 if old else 1,
            sent_at=now(),
        )
        if old and old.text == new.text:
            return [], old
        handovers.keep_handover(transaction, new)
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="hand_over",
            subject="scorecard",
            subject_id=own.id,
            before={"text": old.text} if old else None,
            after={"text": new.text},
        )
        others = candidates.interviews_of_candidate(transaction, own.candidate_id)
        return [each.id for each in others if each.id == interview.id or each.starts_at > interview.starts_at], new

    reached, sent = workspace.database.write(work)
    tell_sittings(workspace, reached)
    return sent


def own_handover(workspace: Workspace, *, by: Person, scorecard_id: str) -> Handover | None:
    """What the reader handed over from one of their own scorecards."""
    with workspace.database.read() as transaction:
        _own(transaction, by, scorecard_id)
        return handovers.handover_of(transaction, scorecard_id)


def handed_over(workspace: Workspace, *, by: Person, scorecard_id: str) -> list[HandedOver]:
    """What interviewers who met the candidate earlier handed over to the reader's interview, oldest first."""
    with workspace.database.read() as transaction:
        own = _own(transaction, by, scorecard_id)
        return handed_over_to(transaction, own, candidates.interview_by_id(transaction, own.interview_id))


def handed_over_to(transaction: Transaction, own: Scorecard, interview: Interview | None) -> list[HandedOver]:
    """What was handed over to the interviewer of a scorecard; the caller has checked that they are the reader."""
    if interview is None or interview.state == "cancelled":
        return []
    rows = handovers.handovers_before(transaction, interview, reader_id=own.person_id)
    versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
    return [
        HandedOver(
            row["person_name"],
            versions[row["plan_version_id"]].published.round(row["round_id"]).name,
            row["text"],
            row["sent_at"],
        )
        for row in rows
    ]


def _check(text: str, as_it_is: bool) -> None:
    if len(text) > LONGEST_HANDOVER:
        raise InputError(f"Keep a handover under {LONGEST_HANDOVER:,} characters; this one has {len(text):,}.")
    rating = told_rating(text)
    if rating:
        raise InputError(
            f"“{rating}” tells how you rate. The next interviewer must not know: say what happened instead, then send."
        )
    perhaps, words = perhaps_told_rating(text), judging_words(text)
    if as_it_is or not (perhaps or words):
        return
    doubts = [f"“{perhaps}” may tell how you rate, which the next interviewer must not know."] if perhaps else []
    if words:
        doubts.append(f"{listed([f'“{word}”' for word in words])} may judge the person.")
    raise Reminder(
        f"{' '.join(doubts)} Say what was asked and what is still open, or send it as it is if it is a fact."
    )


def _own(transaction: Transaction, by: Person, scorecard_id: str) -> Scorecard:
    """Raises NotAllowed when the scorecard is another's."""
    person = present(transaction, by)
    own = existing(transaction, scorecard_id)
    if own.person_id != person.id:
        raise NotAllowed("Handovers reach only those who meet the candidate next.")
    return own
