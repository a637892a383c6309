"""Rehearsals: an interviewer asks, a colleague plays the candidate, and both read what came of it.

Nothing here touches an interview, a scorecard or a candidate; see store.rehearsals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from panel.actions.checks import allowed, unless_stale
from panel.actions.rehearsal_offers import Offer, offers_to
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_practise
from panel.domain.rehearsals import LONGEST_NOTE, Rehearsal, RehearsalRating, RehearsedQuestion, rehearsed
from panel.errors import InputError, NotAllowed, NotFound, Sealed
from panel.house import Workspace
from panel.store import audit, people
from panel.store import rehearsals as stored
from panel.store.database import Transaction

SIGN_IN = "Sign in to rehearse."
NO_REHEARSAL = "This rehearsal does not exist, or it is not yours. Begin one on the Practice page."
NOT_OVER = "The colleague who plays the candidate reads the summary once the rehearsal has ended."
OVER = "This rehearsal has ended. Begin another one to go on."
Result = TypeVar("Result")


@dataclass(frozen=True)
class RehearsalView:
    """`asks` is true for the interviewer. The questions are in the guide's order, with what came of them."""

    rehearsal: Rehearsal
    questions: tuple[RehearsedQuestion, ...]
    interviewer: str
    colleague: str
    asks: bool
    read_at: datetime


@dataclass(frozen=True)
class RehearsalLine:
    """A rehearsal of the reader's, without what was noted."""

    id: str
    plan_title: str
    round_name: str
    with_whom: str
    asks: bool
    started_at: datetime
    is_over: bool


def offers(workspace: Workspace, *, by: Person) -> list[Offer]:
    """What the person can rehearse, their own first."""
    with workspace.database.read() as transaction:
        return offers_to(transaction, allowed(transaction, by, may_practise, SIGN_IN))


def rehearsals(workspace: Workspace, *, by: Person) -> list[RehearsalLine]:
    """Those the person asked in or played the candidate of, newest first."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, SIGN_IN)
        names = {each.id: each.name for each in people.all_people(transaction)}
        return [_line(each, reader, names) for each in stored.rehearsals_with(transaction, reader.id)]


def rehearsal(workspace: Workspace, *, by: Person, rehearsal_id: str) -> RehearsalView:
    """For its interviewer; for the colleague once it has ended. Raises NotFound, NotAllowed."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, SIGN_IN)
        found = stored.rehearsal_by_id(transaction, rehearsal_id)
        if found is None or reader.id not in (found.interviewer_id, found.colleague_id):
            raise NotFound(NO_REHEARSAL)
        if reader.id != found.interviewer_id and not found.is_over:
            raise NotAllowed(NOT_OVER)
        names = {each.id: each.name for each in people.all_people(transaction)}
        return RehearsalView(
            rehearsal=found,
            questions=rehearsed(found.guide, stored.ratings_of(transaction, rehearsal_id)),
            interviewer=names.get(found.interviewer_id, "Somebody who left"),
            colleague=names.get(found.colleague_id, "Somebody who left"),
            asks=reader.id == found.interviewer_id,
            read_at=now(),
        )


def begin(workspace: Workspace, *, by: Person, offer_id: str, colleague_id: str) -> Rehearsal:
    """The clock runs and the first question is open from now on."""

    def work(transaction: Transaction) -> Rehearsal:
        person = allowed(transaction, by, may_practise, SIGN_IN)
        offer = next((each for each in offers_to(transaction, person) if each.id == offer_id), None)
        if offer is None:
            raise NotFound("These questions can no longer be rehearsed. Choose others from the list.")
        colleague = people.person_by_id(transaction, colleague_id)
        if colleague is None or not colleague.active or colleague.id == person.id:
            raise InputError("Choose the colleague who plays the candidate.")
        at = now()
        new = Rehearsal(
            id=new_id(), interviewer_id=person.id, colleague_id=colleague.id, guide=offer.guide,
            question_key=offer.guide.items[0].question.key, moved_at=at, started_at=at,
        )  # fmt: skip
        stored.insert_rehearsal(transaction, new)
        _record(transaction, person, "begin_rehearsal", new.id, {"round": offer.guide.round_name, "with": colleague.id})
        return new

    return workspace.database.write(work)


def note(
    workspace: Workspace,
    *,
    by: Person,
    rehearsal_id: str,
    question_key: str,
    seen_version: int,
    level: int | None,
    text: str,
) -> RehearsalRating:
    """What the interviewer would rate and note. Raises Stale when another tab wrote on this question since."""
    said = text.strip()
    if len(said) > LONGEST_NOTE:
        raise InputError(f"Keep the note below {LONGEST_NOTE:,} characters.")

    def work(transaction: Transaction, found: Rehearsal) -> RehearsalRating:
        item = found.guide.item(question_key)
        if item is None or (level is not None and level not in item.rubric.levels):
            raise InputError("Choose one of the levels of this question.")
        old = stored.ratings_of(transaction, rehearsal_id).get(question_key, RehearsalRating(question_key=question_key))
        unless_stale(old.version == seen_version, "This note")
        new = old.model_copy(update={"level": level, "note": said, "version": seen_version + 1})
        stored.keep_rating(transaction, rehearsal_id, new)
        return new

    return _of_own(workspace, by, rehearsal_id, "note_in_rehearsal", work)


def move(workspace: Workspace, *, by: Person, rehearsal_id: str, seen_version: int, question_key: str) -> None:
    """Open another question; the time is counted for the one that was open."""

    def work(transaction: Transaction, found: Rehearsal) -> None:
        if found.guide.item(question_key) is None:
            raise NotFound("This question is not part of this rehearsal.")
        unless_stale(found.version == seen_version, "This rehearsal")
        _count_time(transaction, found)
        stored.move_rehearsal(
            transaction, rehearsal_id=found.id, question_key=question_key, at=now(), ended_at=None
        )  # fmt: skip

    _of_own(workspace, by, rehearsal_id, "move_rehearsal", work)


def end(workspace: Workspace, *, by: Person, rehearsal_id: str, seen_version: int) -> None:
    """Both read the summary from now on, and nothing changes any more."""

    def work(transaction: Transaction, found: Rehearsal) -> None:
        unless_stale(found.version == seen_version, "This rehearsal")
        _count_time(transaction, found)
        at = now()
        stored.move_rehearsal(transaction, rehearsal_id=found.id, question_key="", at=at, ended_at=at)

    _of_own(workspace, by, rehearsal_id, "end_rehearsal", work)


def discard(workspace: Workspace, *, by: Person, rehearsal_id: str) -> None:
    """Delete one's own rehearsal with everything noted in it, ended or not."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_practise, SIGN_IN)
        _own(transaction, person, rehearsal_id)
        stored.remove_rehearsal(transaction, rehearsal_id)
        _record(transaction, person, "discard_rehearsal", rehearsal_id, None)

    workspace.database.write(work)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _of_own(
    workspace: Workspace,
    by: Person,
    rehearsal_id: str,
    action: str,
    change: Callable[[Transaction, Rehearsal], Result],
) -> Result:
    """A change of a rehearsal by its interviewer while it goes on."""

    def work(transaction: Transaction) -> Result:
        person = allowed(transaction, by, may_practise, SIGN_IN)
        found = _own(transaction, person, rehearsal_id)
        if found.is_over:
            raise Sealed(OVER)
        result = change(transaction, found)
        # What was noted is not kept there: deleting a rehearsal deletes it.
        of_note = (
            {"question": result.question_key, "level": result.level} if isinstance(result, RehearsalRating) else {}
        )
        after = of_note or {"question": found.question_key}
        _record(transaction, person, action, rehearsal_id, after)
        return result

    return workspace.database.write(work)


def _own(transaction: Transaction, person: Person, rehearsal_id: str) -> Rehearsal:
    found = stored.rehearsal_by_id(transaction, rehearsal_id)
    if found is None or found.interviewer_id != person.id:
        raise NotFound(NO_REHEARSAL)
    return found


def _count_time(transaction: Transaction, found: Rehearsal) -> None:
    key = found.question_key
    old = stored.ratings_of(transaction, found.id).get(key, RehearsalRating(question_key=key))
    new = old.model_copy(update={"seconds": old.seconds + found.seconds_open(now())})
    stored.keep_rating(transaction, found.id, new)


def _line(each: Rehearsal, reader: Person, names: dict[str, str]) -> RehearsalLine:
    asks = each.interviewer_id == reader.id
    other = each.colleague_id if asks else each.interviewer_id
    return RehearsalLine(
        id=each.id, plan_title=each.guide.plan_title, round_name=each.guide.round_name,
        with_whom=names.get(other, "somebody who left"), asks=asks, started_at=each.started_at, is_over=each.is_over,
    )  # fmt: skip


def _record(
    transaction: Transaction, person: Person, action: str, rehearsal_id: str, after: Mapping[str, object] | None
) -> None:  # fmt: skip
    audit.record(
        transaction, at=now(), actor_id=person.id, action=action, subject="rehearsal", subject_id=rehearsal_id,
        after=after,
    )  # fmt: skip
