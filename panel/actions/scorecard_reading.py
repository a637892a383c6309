"""Reading scorecards: one's own at any time, another's where the rule of blindness lets the reader."""

from dataclasses import dataclass

from panel.actions.checks import present
from panel.actions.sittings import sitters_of
from panel.domain.candidates import Candidate, Interview, Opening
from panel.domain.people import Person, may_read_scorecard
from panel.domain.plans import GuideItem, InterviewGuide, PublishedRound
from panel.domain.roles import Role
from panel.domain.scorecards import Rating, Scorecard, answered, what_is_missing
from panel.domain.seats import asked_by_sitters, colleagues, seat_in_words
from panel.errors import NotAllowed, NotFound
from panel.house import Workspace
from panel.store import candidates, people, plans, scorecards
from panel.store.database import Transaction

NO_SCORECARD = "This scorecard does not exist. Open one from Today."


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
    role: Role
    colleagues: tuple[str, ...]
    seat: str  # the person in their seat, in words

    @property
    def role_name(self) -> str:
        return self.role.name

    @property
    def answered(self) -> int:
        return answered(self.ratings)

    @property
    def missing(self) -> list[str]:
        return what_is_missing(self.guide, self.ratings, self.scorecard)

    def item(self, question_key: str) -> GuideItem:
        return item_of(self.guide, question_key)


def scorecard(workspace: Workspace, *, by: Person, scorecard_id: str) -> ScorecardView:
    """One scorecard, if the rule of blindness lets the reader see it. Raises NotFound or NotAllowed."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        found = existing(transaction, scorecard_id)
        _readable(transaction, reader, found)
        return view_of(transaction, found)


def panel_scorecards(workspace: Workspace, *, by: Person, scorecard_id: str) -> list[ScorecardView]:
    """The others' submitted scorecards for the same candidate and round. Empty while the reader owes their own."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        own = existing(transaction, scorecard_id)
        _readable(transaction, reader, own)
        panel = scorecards.scorecards_of_round(transaction, candidate_id=own.candidate_id, round_id=own.round_id)
        opens = {each.id: each.opens for each in candidates.interviews_of_candidate(transaction, own.candidate_id)}
        return [
            view_of(transaction, each)
            for each in panel
            if each.id != own.id and _may_read(reader, each, panel, opens[each.interview_id])
        ]


def awaited(workspace: Workspace, *, by: Person, scorecard_id: str) -> tuple[str, ...]:
    """The names of raters of the same candidate and round who have not submitted: progress, never a rating."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        own = existing(transaction, scorecard_id)
        _readable(transaction, reader, own)
        panel = scorecards.scorecards_of_round(transaction, candidate_id=own.candidate_id, round_id=own.round_id)
        late = [each.person_id for each in panel if not each.is_submitted and not each.shadow]
        found = (people.person_by_id(transaction, each) for each in late)
        return tuple(sorted(person.name for person in found if person))


# ---- shared steps -----------------------------------------------------------------------------------------------


def existing(transaction: Transaction, scorecard_id: str) -> Scorecard:
    found = scorecards.scorecard_by_id(transaction, scorecard_id)
    if found is None:
        raise NotFound(NO_SCORECARD)
    return found


def item_of(guide: InterviewGuide, question_key: str) -> GuideItem:
    for each in guide.items:
        if each.question.key == question_key:
            return each
    raise NotFound("This question is not part of this interview.")


def guide_of(transaction: Transaction, own: Scorecard) -> tuple[PublishedRound, InterviewGuide, Role, Interview]:
    return guide_in(transaction, own, candidates.interview_by_id(transaction, own.interview_id))


def guide_in(
    transaction: Transaction, own: Scorecard, interview: Interview | None
) -> tuple[PublishedRound, InterviewGuide, Role, Interview]:
    """The round and the guide of a scorecard whose interview has been read."""
    published = plans.published_by_id(transaction, interview.plan_version_id) if interview else None
    if interview is None or published is None:
        raise NotFound("The interview of this scorecard is gone. Open one from Today.")
    return (
        published.round(own.round_id),
        published.guide(own.round_id, own.assignment_id),
        published.role,
        interview,
    )


def view_of(transaction: Transaction, found: Scorecard) -> ScorecardView:
    each, guide, role, interview = guide_of(transaction, found)
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
        role=role,
        colleagues=colleagues(each, sitters, person.id),
        seat=next(seat_in_words(each, one) for one in sitters if one.person_id == person.id),
    )


def _readable(transaction: Transaction, reader: Person, found: Scorecard) -> None:
    if found.person_id == reader.id:
        return
    interview = candidates.interview_by_id(transaction, found.interview_id)
    panel = scorecards.scorecards_of_round(transaction, candidate_id=found.candidate_id, round_id=found.round_id)
    if interview is None or interview.state == "cancelled" or not _may_read(reader, found, panel, interview.opens):
        raise NotAllowed(
            "This scorecard is closed to you: it has not been submitted, you have not submitted your own for this "
            "candidate and round, the plan waits until everybody has, or you have no part in the panel."
        )


def _may_read(reader: Person, found: Scorecard, panel: list[Scorecard], opens: Opening) -> bool:
    own = [each for each in panel if each.person_id == reader.id]
    return may_read_scorecard(
        reader,
        interviewer_id=found.person_id,
        submitted=found.is_submitted,
        on_panel=bool(own),
        owes_own=any(not each.is_submitted for each in own),
        waits_for_all=opens == "all" and any(not each.is_submitted and not each.shadow for each in panel),
    )
