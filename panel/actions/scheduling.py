"""Interviews: made from a published plan with the people who sit in them, moved, cancelled."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from panel.actions.checks import allowed, unless_stale
from panel.actions.sittings import tell_sittings
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate, Interview
from panel.domain.conflicts import sentence_of_conflict
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import PublishedRound
from panel.domain.scorecards import Scorecard
from panel.domain.seats import Seat, check_seats, planned_seats
from panel.domain.training import people_with
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit, candidates, conflicts, people, plans, scorecards, training
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

ONLY_MANAGERS = "Only hiring managers and administrators manage candidates and interviews."


def schedule(
    workspace: Workspace,
    *,
    by: Person,
    candidate_id: str,
    plan_id: str,
    starts: Mapping[str, datetime],
    seats: Mapping[str, Sequence[Seat]] | None = None,
) -> list[Interview]:
    """Make the interviews of the named rounds (round id -> start, naive UTC) from the plan's newest version.

    `seats` (by round id) says who sits where; without it the plan's interviewers do. A panel round becomes one
    interview with all of them; a round of separate sittings becomes one interview per seat, one after the other.
    Everybody gets an empty scorecard at once, so blindness holds from this moment. InputError when somebody has a
    conflict of interest with the candidate, or is not trained for the round and does not shadow.
    """

    def work(transaction: Transaction) -> list[Interview]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        candidate = existing_candidate(transaction, candidate_id)
        version = newest_version(transaction, plan_id, candidate.role_id)
        if not starts:
            raise InputError("Choose at least one round to make an interview for.")
        made: list[Interview] = []
        for round_id, starts_at in starts.items():
            each = version.published.round(round_id)
            sitting = (seats or {}).get(round_id) or planned_seats(each)
            made += make_interviews(transaction, candidate, version, each, starts_at, sitting)
        record_made(transaction, person, candidate, made)
        return made

    return workspace.database.write(work)


def cancel_interview(workspace: Workspace, *, by: Person, interview_id: str, seen_version: int) -> None:
    """Take an interview out of the plan; its ratings are kept but count nowhere.

    Someone who still owes a scorecard for this candidate and round cannot cancel once another has submitted:
    it would lift their own blindness.
    """

    def work(transaction: Transaction) -> list[Interview]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        interview = candidates.interview_by_id(transaction, interview_id)
        if interview is None or interview.state == "cancelled":
            raise NotFound("This interview is no longer there. Reload the page.")
        panel = scorecards.scorecards_of_round(
            transaction, candidate_id=interview.candidate_id, round_id=interview.round_id
        )
        owes = any(each.person_id == person.id and not each.is_submitted for each in panel)
        if owes and any(each.person_id != person.id and each.is_submitted for each in panel):
            raise NotAllowed(
                "You still owe your own scorecard for this candidate and round, and others have submitted theirs. "
                "Submit yours first, or ask another manager to cancel."
            )
        cancelled = interview.model_copy(update={"state": "cancelled"})
        unless_stale(candidates.update_interview(transaction, cancelled, seen_version=seen_version), "This interview")
        _record_change(transaction, person, "cancel_interview", interview, cancelled)
        return candidates.interviews_of_candidate(transaction, interview.candidate_id)

    tell_sittings(workspace, [each.id for each in workspace.database.write(work)])


def move_interview(
    workspace: Workspace, *, by: Person, interview_id: str, seen_version: int, starts_at: datetime
) -> None:
    """Give an interview another start (naive UTC)."""

    def work(transaction: Transaction) -> list[Interview]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        interview = candidates.interview_by_id(transaction, interview_id)
        if interview is None or interview.state == "cancelled":
            raise NotFound("This interview is no longer there. Reload the page.")
        moved = interview.model_copy(update={"starts_at": starts_at})
        unless_stale(candidates.update_interview(transaction, moved, seen_version=seen_version), "This interview")
        _record_change(transaction, person, "move_interview", interview, moved)
        return candidates.interviews_of_candidate(transaction, interview.candidate_id)

    tell_sittings(workspace, [each.id for each in workspace.database.write(work)])


# ---- shared steps, inside a transaction whose person has been checked ---------------------------------------------


def make_interviews(
    transaction: Transaction,
    candidate: Candidate,
    version: PlanVersion,
    each: PublishedRound,
    starts_at: datetime,
    seats: Sequence[Seat],
) -> list[Interview]:
    """The interviews of one round. Raises InputError when the candidate has one, or somebody may not sit there."""
    standing = candidates.interviews_of_candidate(transaction, candidate.id)
    if any(one.round_id == each.id and one.state != "cancelled" for one in standing):
        raise InputError(f"{candidate.name} already has an interview for {each.name}.")
    check_seats(each, seats)
    _check_people(transaction, candidate, each, seats)
    made = []
    for place, sitting in enumerate(_sittings(each, seats)):
        interview = Interview(
            id=new_id(),
            candidate_id=candidate.id,
            plan_id=version.plan_id,
            plan_version_id=version.id,
            round_id=each.id,
            starts_at=starts_at + timedelta(minutes=place * each.minutes),
            minutes=each.minutes,
            state="scheduled",
            opens=version.published.opens,
        )
        candidates.insert_interview(transaction, interview, created_at=now())
        for seat in sitting:
            scorecards.insert_scorecard(transaction, _empty_scorecard(interview, seat), created_at=now())
        made.append(interview)
    return made


def record_made(transaction: Transaction, person: Person, candidate: Candidate, made: Sequence[Interview]) -> None:
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action="schedule",
        subject="candidate",
        subject_id=candidate.id,
        after={
            "interviews": [each.model_dump() for each in made],
            "seats": scorecards.seats_of_interviews(transaction, [each.id for each in made]),
        },
    )


def newest_version(transaction: Transaction, plan_id: str, role_id: str) -> PlanVersion:
    stored = plans.plan_by_id(transaction, plan_id)
    if stored is None or stored.role_id != role_id:
        raise NotFound("This plan is not one of this role's. Choose another.")
    versions = plans.versions_of(transaction, plan_id)
    if not versions:
        raise InputError("This plan has not been published yet. Publish it, then make interviews.")
    return versions[0]


def existing_candidate(transaction: Transaction, candidate_id: str) -> Candidate:
    candidate = candidates.candidate_by_id(transaction, candidate_id)
    if candidate is None:
        raise NotFound("This candidate does not exist. Choose one from the list.")
    return candidate


def _sittings(each: PublishedRound, seats: Sequence[Seat]) -> list[list[Seat]]:
    if each.sitting == "panel":
        return [list(seats)]
    return [[seat for seat in seats if seat.assignment_id == guide.assignment_id] for guide in each.guides]


def _check_people(transaction: Transaction, candidate: Candidate, each: PublishedRound, seats: Sequence[Seat]) -> None:
    kinds = {one.person_id: one.kind for one in conflicts.conflicts_of_candidate(transaction, candidate.id)}
    trained = people_with(training.all_training(transaction), each.needs_training, "trained")
    planned = {guide.assignment_id: guide for guide in each.guides}
    for seat in seats:
        guide = planned[seat.assignment_id]
        person = people.person_by_id(transaction, seat.person_id)
        if person is None or not person.active:
            name = person.name if person else guide.interviewer_name
            raise InputError(
                f"{name} has been deactivated. Choose a substitute for {guide.interviewer_name}’s seat in {each.name}, "
                "or assign someone else in the plan and publish it again."
            )
        instead = f"Choose a substitute for {guide.interviewer_name}’s seat in {each.name}"
        if person.id in kinds:
            raise InputError(f"{sentence_of_conflict(person.name, candidate.name, kinds[person.id])}. {instead}.")
        if each.needs_training and not seat.shadow and person.id not in trained:
            raise InputError(
                f"{person.name} is not trained for {each.needs_training}, which {each.name} asks for, and can only "
                f"shadow. {instead}, or put down their training."
            )


def _empty_scorecard(interview: Interview, seat: Seat) -> Scorecard:
    return Scorecard(
        id=new_id(),
        interview_id=interview.id,
        person_id=seat.person_id,
        assignment_id=seat.assignment_id,
        candidate_id=interview.candidate_id,
        round_id=interview.round_id,
        state="draft",
        recommendation=None,
        summary="",
        version=1,
        shadow=seat.shadow,
    )


def _record_change(transaction: Transaction, person: Person, action: str, before: Interview, after: Interview) -> None:
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action=action,
        subject="interview",
        subject_id=before.id,
        before=before.model_dump(),
        after=after.model_dump(),
    )
