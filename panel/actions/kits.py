"""Kits: an interviewer's own guide as a file to print, or any guide for those who manage hiring.

Only published guides print. A kit holds no rating, so blindness has no part in it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal
from zoneinfo import ZoneInfo

from panel.actions.checks import present
from panel.actions.sittings import sitters_of
from panel.domain.basics import now
from panel.domain.people import Person, may_take_kit
from panel.domain.plans import InterviewGuide, PublishedRound
from panel.domain.scorecards import Scorecard
from panel.domain.seats import Sitter, asked_by_sitters, colleagues
from panel.domain.zones import tidy_zone
from panel.errors import InputError, NotAllowed, NotFound
from panel.exporting.kit import Kit, Occasion, TimeSplit
from panel.exporting.kit_document import kits_pdf
from panel.exporting.kit_markdown import kits_markdown
from panel.exporting.typesetting import Paper
from panel.house import Workspace
from panel.store import audit, candidates, plans, scorecards
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

KitForm = Literal["pdf", "markdown"]
NOT_YOURS = "Interviewers print their own guides; any other is for hiring managers and administrators."


@dataclass(frozen=True)
class PrintableGuide:
    """A guide of a published version that the reader may print."""

    assignment_id: str
    round_name: str
    interviewer_name: str
    questions: int


def printable_guides(workspace: Workspace, *, by: Person, plan_version_id: str) -> list[PrintableGuide]:
    """In the order of the plan; none for somebody without a part in it."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        version = _version(transaction, plan_version_id)
        return [
            _printable(each, guide)
            for each in version.published.rounds
            for guide in each.guides
            if may_take_kit(person, interviewer_id=guide.interviewer_id)
        ]


def plan_kits(
    workspace: Workspace,
    *,
    by: Person,
    plan_version_id: str,
    assignment_ids: Collection[str],
    form: KitForm,
    paper: Paper = "a4",
    zone: str = "UTC",
) -> bytes:
    """The named guides as one file, in the order of the plan, with room for a candidate's name."""
    clock = tidy_zone(zone)
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        version = _version(transaction, plan_version_id)
        chosen = [
            (each, guide)
            for each in version.published.rounds
            for guide in each.guides
            if guide.assignment_id in assignment_ids
        ]
    if not all(may_take_kit(person, interviewer_id=guide.interviewer_id) for _, guide in chosen):
        raise NotAllowed(NOT_YOURS)
    if not chosen or len(chosen) < len(set(assignment_ids)):
        raise NotFound("This guide is not part of that version of the plan. Choose one from the list.")
    made = _as_file([_kit(version, *each, zone=clock) for each in chosen], form, paper)
    after = {
        "version": version.number, "interviewers": [guide.interviewer_name for _, guide in chosen], "format": form,
    }  # fmt: skip
    _on_record(workspace, by, "plan", version.plan_id, after)
    return made


def printable_interview(workspace: Workspace, *, by: Person, scorecard_id: str) -> PrintableGuide | None:
    """The guide of a scorecard, if the reader may print it; None also for an interview that was cancelled."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        found = scorecards.scorecard_by_id(transaction, scorecard_id)
        if found is None or not may_take_kit(person, interviewer_id=found.person_id):
            return None
        interview = candidates.interview_by_id(transaction, found.interview_id)
        if interview is None or interview.state == "cancelled":
            return None
        published = _version(transaction, interview.plan_version_id).published
        sitters = sitters_of(transaction, [interview.id])[interview.id]
    each = published.round(found.round_id)
    return _printable(each, _held_by(each, found, sitters))


def interview_kit(
    workspace: Workspace, *, by: Person, scorecard_id: str, form: KitForm, paper: Paper = "a4", zone: str = "UTC"
) -> bytes:
    """The kit of one interview, with the candidate's name and the time in the given zone."""
    clock = tidy_zone(zone)
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        found = scorecards.scorecard_by_id(transaction, scorecard_id)
        if found is None:
            raise NotFound("This scorecard does not exist. Open one from Today.")
        if not may_take_kit(person, interviewer_id=found.person_id):
            raise NotAllowed(NOT_YOURS)
        interview = candidates.interview_by_id(transaction, found.interview_id)
        candidate = candidates.candidate_by_id(transaction, found.candidate_id)
        if interview is None or candidate is None:
            raise NotFound("The interview of this scorecard is gone. Open one from Today.")
        if interview.state == "cancelled":
            raise InputError("This interview was cancelled, so there is nothing to print for it.")
        version = _version(transaction, interview.plan_version_id)
        sitters = sitters_of(transaction, [interview.id])[interview.id]
    each = version.published.round(found.round_id)
    guide = _held_by(each, found, sitters)
    kit = replace(
        _kit(version, each, guide, zone=clock),
        occasion=Occasion(candidate.name, interview.starts_at),
        with_whom=colleagues(each, sitters, found.person_id),
    )
    made = _as_file([kit], form, paper)
    _on_record(workspace, by, "interview", interview.id, {"interviewer": guide.interviewer_name, "format": form})
    return made


def _held_by(each: PublishedRound, found: Scorecard, sitters: list[Sitter]) -> InterviewGuide:
    """The guide of a scorecard under the name of whoever holds it, who need not be whom the plan names."""
    planned = next(guide for guide in each.guides if guide.assignment_id == found.assignment_id)
    name = next(one.name for one in sitters if one.person_id == found.person_id)
    return asked_by_sitters(each, planned, sitters).model_copy(update={"interviewer_name": name})


def _printable(each: PublishedRound, guide: InterviewGuide) -> PrintableGuide:
    return PrintableGuide(guide.assignment_id, each.name, guide.interviewer_name, len(guide.items))


def _version(transaction: Transaction, plan_version_id: str) -> PlanVersion:
    version = plans.plan_version_by_id(transaction, plan_version_id)
    if version is None:
        raise NotFound("This version of the plan does not exist. Choose one from the list.")
    return version


def _kit(version: PlanVersion, each: PublishedRound, guide: InterviewGuide, *, zone: ZoneInfo) -> Kit:
    others = [other.interviewer_name for other in each.guides if other.assignment_id != guide.assignment_id]
    return Kit(
        plan_title=version.published.title,
        version=version.number,
        published_at=version.published_at,
        role_name=version.published.role.name,
        round_name=each.name,
        minutes=each.minutes,
        guide=guide,
        with_whom=tuple(others) if each.sitting == "panel" else (),
        split=TimeSplit(each.opening_minutes, each.candidate_minutes),
        zone=zone,
    )


def _as_file(kits: list[Kit], form: KitForm, paper: Paper) -> bytes:
    return kits_pdf(kits, paper) if form == "pdf" else kits_markdown(kits).encode()


def _on_record(workspace: Workspace, by: Person, subject: str, subject_id: str, after: dict[str, object]) -> None:
    """That somebody took questions out of the program. Whoever lost their account meanwhile takes nothing."""

    def work(transaction: Transaction) -> None:
        person = present(transaction, by)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="take_kit", subject=subject, subject_id=subject_id,
            after=after,
        )  # fmt: skip

    workspace.database.write(work)
