"""Candidates booked with chosen people in the seats of the team's plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from panel.actions import candidates, conflicts, plan_rounds, plans, scheduling, training
from panel.domain.candidates import Candidate, Interview
from panel.domain.conflicts import ConflictOfInterest
from panel.domain.seats import Seat
from tests.ahead import SOON
from tests.factories import Team, published


def seat(team: Team, of: str, who: str = "", *, round_name: str = "Panel", shadow: bool = False) -> Seat:
    """The plan's seat of one person, taken by them or by `who`."""
    guides = team.version.published.round(team.round_id(round_name)).guides
    place = next(each.assignment_id for each in guides if each.interviewer_name == of)
    return Seat(place, team.people[who or of].id, shadow)


def waiting(team: Team, name: str = "Zoe Adeyemi", email: str = "") -> Candidate:
    """A candidate without an interview."""
    return candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name=name, email=email)


def book(
    team: Team, candidate: Candidate, seats: Sequence[Seat] = (), *, round_name: str = "Panel", at: datetime = SOON
) -> list[Interview]:
    where = team.round_id(round_name)
    return scheduling.schedule(
        team.workspace, by=team.people["Max"], candidate_id=candidate.id, plan_id=team.plan_id, starts={where: at},
        seats={where: seats} if seats else None,
    )  # fmt: skip


def with_a_shadow(team: Team, name: str = "Zoe Adeyemi") -> Candidate:
    """A candidate whose panel is Ana, Bo and Mia, with Tom as a shadow in Ana's seat."""
    candidate = waiting(team, name)
    raters = [seat(team, each) for each in ("Ana", "Bo", "Mia")]
    book(team, candidate, [*raters, seat(team, "Ana", "Tom", shadow=True)])
    return candidate


def row_of(team: Team, candidate: Candidate) -> dict[str, Any]:
    """The candidate's standing panel interview as managers see it."""
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    (view,) = [each for each in views if each.candidate.id == candidate.id]
    (row,) = [each for each in view.standing if each["round_id"] == team.round_id()]
    return row


def asking_for_training(team: Team, subject: str = "Technical round") -> Team:
    """The same team; its panel round asks for a training, published."""
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    each = view.plan.rounds[0]
    plan_rounds.change_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=each.id, seen_version=view.stored.version,
        name=each.name, sitting=each.sitting, minutes=each.minutes, needs_training=subject,
    )  # fmt: skip
    return replace(team, version=published(team.workspace, team.people["Max"], team.plan_id))


def opening_after_all(team: Team) -> Team:
    """The same team; its plan's newest version opens scorecards after everybody has submitted."""
    max_ = team.people["Max"]
    view = plans.plan(team.workspace, by=max_, plan_id=team.plan_id)
    plans.choose_opening(team.workspace, by=max_, plan_id=team.plan_id, seen_version=view.stored.version, opens="all")
    return replace(team, version=published(team.workspace, max_, team.plan_id))


def train(
    team: Team, name: str, state: str, *, seen: str = "", subject: str = "Technical round", by: str = "Max"
) -> None:
    training.set_training(
        team.workspace, by=team.people[by], person_id=team.people[name].id, subject=subject, seen=seen, state=state
    )


def declare(
    team: Team, name: str, candidate: Candidate, kind: str = "knows", *, by: str = "Max", remark: str = ""
) -> ConflictOfInterest:
    return conflicts.declare(
        team.workspace, by=team.people[by], person_id=team.people[name].id, candidate_id=candidate.id, kind=kind,
        remark=remark,
    )  # fmt: skip
