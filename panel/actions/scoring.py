"""Live scoring: one interviewer rates one candidate. Every answer is durable before the screen says so.

Nobody writes on another's scorecard, and a submitted scorecard never changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from panel.actions.checks import allowed, present
from panel.actions.sittings import sitters_of
from panel.domain.basics import now
from panel.domain.candidates import Candidate, Interview
from panel.domain.people import Person, may_manage_hiring, may_read_scorecard, may_score
from panel.domain.plans import GuideItem, InterviewGuide, PublishedRound
from panel.domain.scorecards import (
    LONGEST_NOTE,
    Outcome,
    Rating,
    Recommendation,
    Scorecard,
    answered,
    what_is_missing,
)
from panel.domain.seats import asked_by_sitters, colleagues, seat_in_words
from panel.domain.text import CONTROL
from panel.errors import InputError, NotAllowed, NotFound, Sealed, Stale
from panel.house import Workspace
from panel.store import audit, candidates, people, plans, scorecards
from panel.store.database import Transaction

CHANGED_ELSEWHERE = "This question was changed in another tab or window. The newer state is shown now."
SEALED = "This scorecard has been submitted and no longer changes."


@dataclass(frozen=True)
class Agenda:
    """One line of a person's own work: an interview of theirs and how far its scorecard is."""

    scorecard_id: str
    candidate_name: str
    candidate_about: str
    round_name: str
    sitting: str
    plan_title: str
    role_name: str
    starts_at: datetime
    minutes: int
    answered: int
    questions: int
    submitted: bool
    with_whom: tuple[str, ...]
    shadow: bool = False


@dataclass(frozen=True)
class Missing:
    """A scorecard that a manager waits for: progress, never a rating."""

    person_id: str
    person_name: str
    candidate_name: str
    round_name: str
    starts_at: datetime


@dataclass(frozen=True)
class ScorecardView:
    """A scorecard with everything its reader needs. Questions without a row have an empty rating."""

    scorecard: Scorecard
    interview: Interview
    candidate: Candidate
    round: PublishedRound
    guide: InterviewGuide
    ratings: dict[str, Rating]
    person_name: str
    role_name: str
    colleagues: tuple[str, ...]
    seat: str  # the person in their seat, in words

    @property
    def answered(self) -> int:
        return answered(self.ratings)

    @property
    def missing(self) -> list[str]:
        return what_is_missing(self.guide, self.ratings, self.scorecard.recommendation)

    def item(self, question_key: str) -> GuideItem:
        for each in self.guide.items:
            if each.question.key == question_key:
                return each
        raise NotFound("This question is not part of this interview.")


def my_agenda(workspace: Workspace, *, by: Person) -> list[Agenda]:
    """Every scorecard of the person, newest interview first."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        rows = scorecards.scorecards_of_person(transaction, person.id)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
        sitters = sitters_of(transaction, (row["interview_id"] for row in rows))
        lines = []
        for row in rows:
            version = versions[row["plan_version_id"]]
            each = version.published.round(row["round_id"])
            guide = version.published.guide(row["round_id"], row["assignment_id"])
            lines.append(
                Agenda(
                    scorecard_id=row["id"],
                    candidate_name=row["candidate_name"],
                    candidate_about=row["candidate_about"],
                    round_name=each.name,
                    sitting=each.sitting,
                    plan_title=version.published.title,
                    role_name=version.published.role.name,
                    starts_at=row["starts_at"],
                    minutes=int(row["minutes"]),
                    answered=int(row["answered"]),
                    questions=len(guide.items),
                    submitted=row["state"] == "submitted",
                    with_whom=colleagues(each, sitters[row["interview_id"]], person.id),
                    shadow=bool(row["shadow"]),
                )
            )
        return lines


def missing_scorecards(workspace: Workspace, *, by: Person, before: datetime) -> list[Missing]:
    """Scorecards of others that are not submitted although the interview began before `before`; oldest first."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Only hiring managers and administrators see who is late.")
        rows = scorecards.overdue_scorecards(transaction, at=before)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
    return [
        Missing(
            row["person_id"],
            row["person_name"],
            row["candidate_name"],
            versions[row["plan_version_id"]].published.round(row["round_id"]).name,
            row["starts_at"],
        )
        for row in rows
    ]


def scorecard(workspace: Workspace, *, by: Person, scorecard_id: str) -> ScorecardView:
    """One scorecard, if the rule of blindness lets the reader see it. Raises NotFound or NotAllowed."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        found = scorecards.scorecard_by_id(transaction, scorecard_id)
        if found is None:
            raise NotFound("This scorecard does not exist. Open one from Today.")
        _readable(transaction, reader, found)
        return _view(transaction, found)


def panel_scorecards(workspace: Workspace, *, by: Person, scorecard_id: str) -> list[ScorecardView]:
    """The others' submitted scorecards for the same candidate and round. Empty while the reader owes their own."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        own = scorecards.scorecard_by_id(transaction, scorecard_id)
        if own is None:
            raise NotFound("This scorecard does not exist. Open one from Today.")
        _readable(transaction, reader, own)
        panel = scorecards.scorecards_of_round(transaction, candidate_id=own.candidate_id, round_id=own.round_id)
        return [_view(transaction, each) for each in panel if each.id != own.id and _may_read(reader, each, panel)]


def save_rating(
    workspace: Workspace,
    *,
    by: Person,
    scorecard_id: str,
    question_key: str,
    seen_version: int,
    outcome: Outcome | None = None,
    level: int | None = None,
    note: str | None = None,
    probes_asked: tuple[int, ...] | None = None,
) -> Rating:
    """Change what is given and keep the rest; the new rating is durable when this returns.

    `seen_version` is the version the writer's page shows (0 when the question has no row yet). Raises Stale when what
    is to change was changed by another tab since that version; a change of something else since then is kept. Sealed
    after submission, InputError for a level the rubric does not have.
    """
    if note is not None:
        note = _tidy_note(note)

    def change(old: Rating, item: GuideItem) -> Rating:
        new = old.model_dump()
        if outcome is not None:
            _check_level(item, outcome, level)
            new |= {"outcome": outcome, "level": level}
        if note is not None:
            new["note"] = note
        if probes_asked is not None:
            new["probes_asked"] = tuple(
                sorted({each for each in probes_asked if 0 <= each < len(item.question.probes)})
            )
        return Rating.model_validate(new)

    return workspace.database.write(
        lambda transaction: _save_rating(
            transaction,
            by,
            scorecard_id=scorecard_id,
            question_key=question_key,
            seen_version=seen_version,
            change=change,
        )
    )


def save_closing(
    workspace: Workspace,
    *,
    by: Person,
    scorecard_id: str,
    seen_version: int,
    recommendation: Recommendation | None,
    summary: str,
) -> Scorecard:
    """Keep a draft's recommendation and summary."""
    summary = _tidy_note(summary)

    def work(transaction: Transaction) -> Scorecard:
        own, person = _own_draft(transaction, by, scorecard_id)
        saved = scorecards.save_closing(
            transaction,
            scorecard_id=scorecard_id,
            recommendation=recommendation,
            summary=summary,
            seen_version=seen_version,
        )
        if not saved:
            raise Stale("The end of this scorecard was changed in another tab. The newer state is shown now.")
        new = _existing(transaction, scorecard_id)
        _note(transaction, person, "save_closing", own, new)
        return new

    return workspace.database.write(work)


def submit(workspace: Workspace, *, by: Person, scorecard_id: str, seen_version: int) -> Scorecard:
    """Seal the scorecard. Raises InputError naming what is missing; a second submission changes nothing."""

    def work(transaction: Transaction) -> Scorecard:
        own, person = _own_draft(transaction, by, scorecard_id)
        view = _view(transaction, own)
        if view.missing or own.recommendation is None:
            raise InputError(" ".join(view.missing))
        sealed = scorecards.submit_scorecard(
            transaction,
            scorecard_id=scorecard_id,
            recommendation=own.recommendation,
            summary=own.summary,
            submitted_at=now(),
            seen_version=seen_version,
        )
        if not sealed:
            raise Stale("This scorecard was changed in another tab. Look at it once more, then submit.")
        new = _existing(transaction, scorecard_id)
        _note(transaction, person, "submit_scorecard", own, new)
        return new

    return workspace.database.write(work)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _save_rating(
    transaction: Transaction,
    by: Person,
    *,
    scorecard_id: str,
    question_key: str,
    seen_version: int,
    change: Callable[[Rating, GuideItem], Rating],
) -> Rating:
    own, person = _own_draft(transaction, by, scorecard_id)
    item = _guide_item(transaction, own, question_key)
    old = scorecards.ratings_of(transaction, scorecard_id).get(question_key, Rating(question_key=question_key))
    new = change(old, item)
    if old.version != seen_version:
        seen = scorecards.rating_at(
            transaction, scorecard_id=scorecard_id, question_key=question_key, version=seen_version
        )
        _refuse_overwriting(seen, old, new)
    new = new.model_copy(update={"version": old.version + 1, "updated_at": now()})
    saved = scorecards.save_rating(
        transaction, new, scorecard_id=scorecard_id, actor_id=person.id, seen_version=old.version
    )
    if not saved:
        raise Stale(CHANGED_ELSEWHERE)
    return new


def _refuse_overwriting(seen: Rating, old: Rating, new: Rating) -> None:
    """Raise Stale when the change touches what another tab changed after `seen`."""

    def parts(rating: Rating) -> tuple[object, ...]:
        return (rating.outcome, rating.level), rating.note, rating.probes_asked

    for was, present_value, wanted in zip(parts(seen), parts(old), parts(new), strict=True):
        if present_value not in (wanted, was):
            raise Stale(CHANGED_ELSEWHERE)


def _own_draft(transaction: Transaction, by: Person, scorecard_id: str) -> tuple[Scorecard, Person]:
    person = present(transaction, by)
    own = scorecards.scorecard_by_id(transaction, scorecard_id)
    if own is None:
        raise NotFound("This scorecard does not exist. Open one from Today.")
    if not may_score(person, interviewer_id=own.person_id):
        raise NotAllowed("Only its interviewer writes on a scorecard.")
    if own.is_submitted:
        raise Sealed(SEALED)
    interview = candidates.interview_by_id(transaction, own.interview_id)
    if interview is None or interview.state == "cancelled":
        raise Sealed("This interview was cancelled; its scorecard no longer changes. Your manager can tell you why.")
    return own, person


def _guide_item(transaction: Transaction, own: Scorecard, question_key: str) -> GuideItem:
    for each in _guide(transaction, own)[1].items:
        if each.question.key == question_key:
            return each
    raise NotFound("This question is not part of this interview.")


def _guide(transaction: Transaction, own: Scorecard) -> tuple[PublishedRound, InterviewGuide, str, Interview]:
    interview = candidates.interview_by_id(transaction, own.interview_id)
    version = plans.plan_version_by_id(transaction, interview.plan_version_id) if interview else None
    if interview is None or version is None:
        raise NotFound("The interview of this scorecard is gone. Open one from Today.")
    published = version.published
    return (
        published.round(own.round_id),
        published.guide(own.round_id, own.assignment_id),
        published.role.name,
        interview,
    )


def _view(transaction: Transaction, found: Scorecard) -> ScorecardView:
    each, guide, role_name, interview = _guide(transaction, found)
    candidate = candidates.candidate_by_id(transaction, found.candidate_id)
    person = people.person_by_id(transaction, found.person_id)
    if candidate is None or person is None:
        raise NotFound("This scorecard's candidate is gone. Open one from Today.")
    sitters = sitters_of(transaction, [interview.id])[interview.id]
    return ScorecardView(
        scorecard=found,
        interview=interview,
        candidate=candidate,
        round=each,
        guide=asked_by_sitters(each, guide, sitters),
        ratings=scorecards.ratings_of(transaction, found.id),
        person_name=person.name,
        role_name=role_name,
        colleagues=colleagues(each, sitters, person.id),
        seat=next(seat_in_words(each, one) for one in sitters if one.person_id == person.id),
    )


def _readable(transaction: Transaction, reader: Person, found: Scorecard) -> None:
    if found.person_id == reader.id:
        return
    interview = candidates.interview_by_id(transaction, found.interview_id)
    panel = scorecards.scorecards_of_round(transaction, candidate_id=found.candidate_id, round_id=found.round_id)
    if interview is None or interview.state == "cancelled" or not _may_read(reader, found, panel):
        raise NotAllowed(
            "This scorecard is closed to you: it has not been submitted, you have not submitted your own for this "
            "candidate and round, or you have no part in the panel."
        )


def _may_read(reader: Person, found: Scorecard, panel: list[Scorecard]) -> bool:
    own = [each for each in panel if each.person_id == reader.id]
    return may_read_scorecard(
        reader,
        interviewer_id=found.person_id,
        submitted=found.is_submitted,
        on_panel=bool(own),
        owes_own=any(not each.is_submitted for each in own),
    )


def _check_level(item: GuideItem, outcome: Outcome, level: int | None) -> None:
    if outcome == "rated" and level not in item.rubric.levels:
        raise InputError(f"Choose a level from 1 to {len(item.rubric.anchors)}.")
    if outcome != "rated" and level is not None:
        raise InputError("“Not asked” and “could not assess” have no level.")


def _tidy_note(text: str) -> str:
    tidy = CONTROL.sub("", text)
    if len(tidy) > LONGEST_NOTE:
        raise InputError(
            f"Keep a note under {LONGEST_NOTE:,} characters; this one has {len(tidy):,}. It was not saved."
        )
    return tidy


def _existing(transaction: Transaction, scorecard_id: str) -> Scorecard:
    found = scorecards.scorecard_by_id(transaction, scorecard_id)
    if found is None:
        raise NotFound("This scorecard does not exist. Open one from Today.")
    return found


def _note(transaction: Transaction, person: Person, action: str, before: Scorecard, after: Scorecard) -> None:
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action=action,
        subject="scorecard",
        subject_id=before.id,
        before=before.model_dump(include={"state", "recommendation", "summary"}),
        after=after.model_dump(include={"state", "recommendation", "summary"}),
    )
