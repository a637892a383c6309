"""Candidates: added by hand or pasted as a table; their interviews made from a published plan."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.actions.checks import allowed, unless_stale
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate, Interview, NewCandidate, PastedCandidates, read_pasted, tidy_candidate
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import InterviewGuide, PublishedRound
from panel.domain.scorecards import Scorecard
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit, candidates, people, plans, scorecards
from panel.store.database import Row, Transaction
from panel.store.plans import PlanVersion

ONLY_MANAGERS = "Only hiring managers and administrators manage candidates and interviews."


@dataclass(frozen=True)
class CandidateView:
    """A candidate with their interviews; progress only, never ratings."""

    candidate: Candidate
    interviews: tuple[Row, ...]

    @property
    def scorecards(self) -> int:
        return sum(int(each["scorecards"]) for each in self.standing)

    @property
    def submitted(self) -> int:
        return sum(int(each["submitted"] or 0) for each in self.standing)

    @property
    def standing(self) -> list[Row]:
        return [each for each in self.interviews if each["state"] != "cancelled"]


def candidates_of_role(workspace: Workspace, *, by: Person, role_id: str) -> list[CandidateView]:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        found = candidates.candidates_of_role(transaction, role_id)
        rows = candidates.interviews_of_role(transaction, role_id)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
    interviews: dict[str, list[Row]] = {}
    for row in rows:
        name = versions[row["plan_version_id"]].published.round(row["round_id"]).name
        interviews.setdefault(row["candidate_id"], []).append({**row, "round_name": name})
    return [CandidateView(each, tuple(interviews.get(each.id, ()))) for each in found]


def add_candidate(
    workspace: Workspace, *, by: Person, role_id: str, name: str, email: str = "", about: str = ""
) -> Candidate:
    new = tidy_candidate(name=name, email=email, about=about)

    def work(transaction: Transaction) -> Candidate:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _existing_role(transaction, role_id)
        if new.email and (twin := candidates.candidate_with_email(transaction, role_id=role_id, email=new.email)):
            raise InputError(f"{twin.name} already has this email address for this role.")
        return _insert(transaction, person, role_id, new)

    return workspace.database.write(work)


def check_pasted(text: str) -> PastedCandidates:
    """What would be added, before anything is written."""
    return read_pasted(text)


def add_pasted(workspace: Workspace, *, by: Person, role_id: str, text: str) -> tuple[int, list[str]]:
    """Add what can be added, all at once; how many, and a sentence for every line left out."""
    pasted = read_pasted(text)

    def work(transaction: Transaction) -> tuple[int, list[str]]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _existing_role(transaction, role_id)
        problems = list(pasted.problems)
        present = candidates.candidates_of_role(transaction, role_id)
        emails = {each.email for each in present if each.email}
        nameless = {each.name.casefold() for each in present}
        added = 0
        for new in pasted.candidates:
            if (new.email and new.email in emails) or (not new.email and new.name.casefold() in nameless):
                problems.append(f"{new.name} is already a candidate for this role; left out.")
                continue
            emails.add(new.email)
            _insert(transaction, person, role_id, new)
            added += 1
        return added, problems

    return workspace.database.write(work)


def change_candidate(
    workspace: Workspace, *, by: Person, candidate_id: str, seen_version: int, name: str, email: str, about: str
) -> None:
    new = tidy_candidate(name=name, email=email, about=about)

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        old = _candidate(transaction, candidate_id)
        twin = candidates.candidate_with_email(transaction, role_id=old.role_id, email=new.email) if new.email else None
        if twin and twin.id != old.id:
            raise InputError(f"{twin.name} already has this email address for this role.")
        changed = old.model_copy(update=new.model_dump())
        unless_stale(candidates.update_candidate(transaction, changed, seen_version=seen_version), "This candidate")
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="change_candidate",
            subject="candidate",
            subject_id=old.id,
            before=old.model_dump(),
            after=changed.model_dump(),
        )

    workspace.database.write(work)


def schedule(
    workspace: Workspace, *, by: Person, candidate_id: str, plan_id: str, starts: dict[str, datetime]
) -> list[Interview]:
    """Make the interviews of the named rounds (round id -> start, naive UTC) from the plan's newest version.

    A panel round becomes one interview with all its interviewers; a round of separate sittings becomes one interview
    per interviewer, one after the other. Every interviewer gets an empty scorecard at once, so blindness holds from
    this moment.
    """

    def work(transaction: Transaction) -> list[Interview]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        candidate = _candidate(transaction, candidate_id)
        version = _newest_version(transaction, plan_id, candidate.role_id)
        if not starts:
            raise InputError("Choose at least one round to make an interview for.")
        taken = {
            each.round_id
            for each in candidates.interviews_of_candidate(transaction, candidate_id)
            if each.state != "cancelled"
        }
        made: list[Interview] = []
        for round_id, starts_at in starts.items():
            each = version.published.round(round_id)
            if round_id in taken:
                raise InputError(f"{candidate.name} already has an interview for {each.name}.")
            made.extend(_make_sittings(transaction, candidate, version, each, starts_at))
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="schedule",
            subject="candidate",
            subject_id=candidate_id,
            after={"interviews": [each.model_dump() for each in made]},
        )
        return made

    return workspace.database.write(work)


def cancel_interview(workspace: Workspace, *, by: Person, interview_id: str, seen_version: int) -> None:
    """Take an interview out of the plan; its ratings are kept but count nowhere.

    Someone who still owes a scorecard for this candidate and round cannot cancel once another has submitted:
    it would lift their own blindness.
    """

    def work(transaction: Transaction) -> None:
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
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="cancel_interview",
            subject="interview",
            subject_id=interview_id,
            before=interview.model_dump(),
            after=cancelled.model_dump(),
        )

    workspace.database.write(work)


def move_interview(
    workspace: Workspace, *, by: Person, interview_id: str, seen_version: int, starts_at: datetime
) -> None:
    """Give an interview another start (naive UTC)."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        interview = candidates.interview_by_id(transaction, interview_id)
        if interview is None or interview.state == "cancelled":
            raise NotFound("This interview is no longer there. Reload the page.")
        moved = interview.model_copy(update={"starts_at": starts_at})
        unless_stale(candidates.update_interview(transaction, moved, seen_version=seen_version), "This interview")
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="move_interview",
            subject="interview",
            subject_id=interview_id,
            before=interview.model_dump(),
            after=moved.model_dump(),
        )

    workspace.database.write(work)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _make_sittings(
    transaction: Transaction, candidate: Candidate, version: PlanVersion, each: PublishedRound, starts_at: datetime
) -> list[Interview]:
    sittings: list[tuple[InterviewGuide, ...]]
    sittings = [each.guides] if each.sitting == "panel" else [(guide,) for guide in each.guides]
    made = []
    for place, guides in enumerate(sittings):
        interview = Interview(
            id=new_id(),
            candidate_id=candidate.id,
            plan_id=version.plan_id,
            plan_version_id=version.id,
            round_id=each.id,
            starts_at=starts_at + timedelta(minutes=place * each.minutes),
            minutes=each.minutes,
            state="scheduled",
        )
        candidates.insert_interview(transaction, interview, created_at=now())
        for guide in guides:
            _open_scorecard(transaction, interview, guide)
        made.append(interview)
    return made


def _open_scorecard(transaction: Transaction, interview: Interview, guide: InterviewGuide) -> None:
    person = people.person_by_id(transaction, guide.interviewer_id)
    if person is None or not person.active:
        raise InputError(
            f"{guide.interviewer_name} has been deactivated. Assign someone else in the plan and publish it again."
        )
    scorecard = Scorecard(
        id=new_id(),
        interview_id=interview.id,
        person_id=guide.interviewer_id,
        assignment_id=guide.assignment_id,
        candidate_id=interview.candidate_id,
        round_id=interview.round_id,
        state="draft",
        recommendation=None,
        summary="",
        version=1,
    )
    scorecards.insert_scorecard(transaction, scorecard, created_at=now())


def _newest_version(transaction: Transaction, plan_id: str, role_id: str) -> PlanVersion:
    stored = plans.plan_by_id(transaction, plan_id)
    if stored is None or stored.role_id != role_id:
        raise NotFound("This plan is not one of this role's. Choose another.")
    versions = plans.versions_of(transaction, plan_id)
    if not versions:
        raise InputError("This plan has not been published yet. Publish it, then make interviews.")
    return versions[0]


def _insert(transaction: Transaction, person: Person, role_id: str, new: NewCandidate) -> Candidate:
    candidate = Candidate(id=new_id(), role_id=role_id, **new.model_dump())
    candidates.insert_candidate(transaction, candidate, created_at=now())
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action="add_candidate",
        subject="candidate",
        subject_id=candidate.id,
        after=candidate.model_dump(),
    )
    return candidate


def _candidate(transaction: Transaction, candidate_id: str) -> Candidate:
    candidate = candidates.candidate_by_id(transaction, candidate_id)
    if candidate is None:
        raise NotFound("This candidate does not exist. Choose one from the list.")
    return candidate


def _existing_role(transaction: Transaction, role_id: str) -> None:
    if plans.role_by_id(transaction, role_id) is None:
        raise NotFound("This role does not exist. Choose one from the list.")
