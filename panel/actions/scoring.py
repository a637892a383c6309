"""Live scoring: one interviewer rates one candidate. Every answer is durable before the screen says so.

Nobody writes on another's scorecard, and a submitted scorecard never changes.
"""

from typing import Any, TypeVar

from panel.actions.own_draft import own_draft, unless_sealed
from panel.actions.rating_saves import WantedSave, save_together
from panel.actions.scorecard_reading import existing, view_of
from panel.domain.basics import now
from panel.domain.live import Happening
from panel.domain.people import Person
from panel.domain.plans import GuideItem
from panel.domain.scorecards import LONGEST_NOTE, Closing, Outcome, Rating, Reason, Scorecard
from panel.domain.text import CONTROL
from panel.errors import InputError, Stale
from panel.house import Workspace
from panel.store import audit, live_sittings, scorecards
from panel.store.database import Transaction

Part = TypeVar("Part")


def save_rating(
    workspace: Workspace,
    *,
    by: Person,
    scorecard_id: str,
    question_key: str,
    seen_version: int,
    outcome: Outcome | None = None,
    level: int | None = None,
    reason: Reason = "",
    note: str | None = None,
    probes_asked: tuple[int, ...] | None = None,
    reworded: bool | None = None,
) -> Rating:
    """Change what is given and keep the rest; the new rating is durable when this returns.

    `level` and `reason` go with `outcome`. `seen_version` is the version the writer's page shows (0 when the question
    has no row yet). What is there already is not written again, so a change may be sent twice. Raises Stale when what
    is to change was changed by another tab since that version; a change of something else since then is kept. Sealed
    after submission, InputError for a level the rubric does not have.
    """
    if note is not None:
        note = _tidy_note(note)

    def change(old: Rating, item: GuideItem) -> Rating:
        new = old.model_dump()
        if outcome is not None:
            _check_answer(item, outcome, level, reason)
            new |= {"outcome": outcome, "level": level, "reason": reason}
        if note is not None:
            new["note"] = note
        if reworded is not None:
            new["reworded"] = reworded
        if probes_asked is not None:
            new["probes_asked"] = tuple(
                sorted({each for each in probes_asked if 0 <= each < len(item.question.probes)})
            )
        return Rating.model_validate(new)

    own, saved = workspace.database.write_together(
        save_together, WantedSave(by, scorecard_id, question_key, seen_version, change)
    )
    workspace.live.tell(
        Happening(
            kind="saved",
            interview_id=own.interview_id,
            scorecard_id=own.id,
            question_key=question_key,
            version=saved.version,
        )
    )
    return saved


def save_closing(workspace: Workspace, *, by: Person, scorecard_id: str, seen: Closing, new: Closing) -> Scorecard:
    """Keep the end of a draft: of `new`, what differs from what the writer's page showed before (`seen`).

    Raises Stale when another tab has changed that since.
    """
    new = new.model_copy(update={"summary": _tidy_note(new.summary)})

    def work(transaction: Transaction) -> Scorecard:
        own, person = own_draft(transaction, by, scorecard_id)
        merged = _merged(seen, own.closing, new)
        if merged == own.closing:
            return own
        unless_sealed(scorecards.save_closing(transaction, own.id, merged, seen_version=own.version))
        changed = existing(transaction, own.id)
        _note(transaction, person, "save_closing", own, changed)
        return changed

    saved = workspace.database.write(work)
    workspace.live.tell(
        Happening(kind="saved", interview_id=saved.interview_id, scorecard_id=saved.id, version=saved.version)
    )
    return saved


def submit(workspace: Workspace, *, by: Person, scorecard_id: str, seen: Closing) -> Scorecard:
    """Seal the scorecard. `seen` is the end that the writer's page shows.

    Whoever leads the panel gives up the lead by it. Raises InputError naming what is missing, Stale when another tab
    changed the end, Sealed the second time.
    """

    def work(transaction: Transaction) -> Scorecard:
        own, person = own_draft(transaction, by, scorecard_id)
        missing = view_of(transaction, own).missing
        if missing:
            raise InputError(" ".join(missing))
        if own.closing != seen:
            raise Stale("The end of this scorecard was changed in another tab. Look at it once more, then submit.")
        unless_sealed(scorecards.submit_scorecard(transaction, own.id, submitted_at=now(), seen_version=own.version))
        sealed = existing(transaction, own.id)
        _note(transaction, person, "submit_scorecard", own, sealed)
        _lead_no_longer(transaction, own)
        return sealed

    sealed = workspace.database.write(work)
    workspace.live.tell(Happening(kind="submitted", interview_id=sealed.interview_id, scorecard_id=sealed.id))
    return sealed


# ---- shared steps -----------------------------------------------------------------------------------------------


def _merged(seen: Closing, stored: Closing, new: Closing) -> Closing:
    """What the writer changed on top of what is stored."""

    def part(was: Part, is_now: Part, wanted: Part) -> Part:
        if wanted == was:
            return is_now
        if is_now not in (was, wanted):
            raise Stale("The end of this scorecard was changed in another tab. The newer state is shown now.")
        return wanted

    return Closing(
        recommendation=part(seen.recommendation, stored.recommendation, new.recommendation),
        confidence=part(seen.confidence, stored.confidence, new.confidence),
        summary=part(seen.summary, stored.summary, new.summary),
    )


def _check_answer(item: GuideItem, outcome: Outcome, level: int | None, reason: Reason) -> None:
    if outcome == "rated" and level not in item.rubric.levels:
        raise InputError(f"Choose a level from 1 to {len(item.rubric.anchors)}.")
    if outcome != "rated" and level is not None:
        raise InputError("“Not asked” and “could not assess” have no level.")
    if outcome != "not_asked" and reason:
        raise InputError("Only a question that was not asked has a reason for it.")


def _tidy_note(text: str) -> str:
    tidy = CONTROL.sub("", text)
    if len(tidy) > LONGEST_NOTE:
        raise InputError(
            f"Keep a note under {LONGEST_NOTE:,} characters; this one has {len(tidy):,}. It was not saved."
        )
    return tidy


def _lead_no_longer(transaction: Transaction, own: Scorecard) -> None:
    sitting = live_sittings.live_sitting(transaction, own.interview_id)
    if sitting.lead_id == own.person_id:
        left = sitting.model_copy(update={"lead_id": None, "version": sitting.version + 1})
        live_sittings.keep_live_sitting(transaction, left, at=now())
        audit.record(
            transaction,
            at=now(),
            actor_id=own.person_id,
            action="give_up_lead",
            subject="interview",
            subject_id=own.interview_id,
            before=sitting.model_dump(),
            after=left.model_dump(),
        )


def _note(transaction: Transaction, person: Person, action: str, before: Scorecard, after: Scorecard) -> None:
    def state(scorecard: Scorecard) -> dict[str, Any]:
        return scorecard.model_dump(include={"state", "recommendation", "confidence", "summary"})

    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action=action,
        subject="scorecard",
        subject_id=before.id,
        before=state(before),
        after=state(after),
    )
