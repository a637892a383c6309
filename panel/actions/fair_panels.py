"""Fair panels: which interviewers meet which of the coming candidates, proposed and then made.

A proposal writes nothing. What is made is checked anew, like any interview.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.actions.checks import allowed
from panel.actions.panel_choice import candidates_to_seat, check_numbers, panel_round, people_to_seat, role_of, who_may
from panel.actions.scheduling import ONLY_MANAGERS, existing_candidate, make_interviews, newest_version, record_made
from panel.actions.sittings import sitters_of
from panel.domain.availability import Availability, week_of
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import PublishedRound
from panel.domain.seats import Slot, panel_seats
from panel.errors import InputError
from panel.house import Workspace
from panel.seating.problem import Coming, Problem, Sitter
from panel.seating.proposing import propose as seat_everybody
from panel.seating.report import Proposal
from panel.store import availability, candidates, conflicts, people, plans
from panel.store.database import Row, Transaction

MOST_SHADOWED = 3  # panels that each trainee shadows in one proposal


@dataclass(frozen=True)
class Choices:
    """What panels for a round can be proposed from. `raters` and `trainees` are proposed; `others` may be added when
    nothing is asked of them. `names` has everybody's and every candidate's name by id."""

    round: PublishedRound
    waiting: tuple[Candidate, ...]
    raters: tuple[str, ...]
    trainees: tuple[str, ...]
    others: tuple[str, ...]
    names: dict[str, str]


@dataclass(frozen=True)
class FairPanels:
    """A proposal with names by id, and when each candidate's interview would be."""

    proposal: Proposal
    names: dict[str, str]
    slots: dict[str, Slot]
    least: int


@dataclass(frozen=True)
class NewPanel:
    """A panel to be made."""

    candidate_id: str
    starts_at: datetime
    raters: tuple[str, ...]
    shadows: tuple[str, ...] = ()


def choices(workspace: Workspace, *, by: Person, plan_id: str, round_id: str) -> Choices:
    """Candidates without an interview in the round, and who may sit with them."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _, each = panel_round(transaction, plan_id, round_id)
        role_id = role_of(transaction, plan_id)
        rows = candidates.interviews_of_role(transaction, role_id)
        seated = {row["candidate_id"] for row in rows if row["round_id"] == round_id and row["state"] != "cancelled"}
        everyone = candidates.candidates_of_role(transaction, role_id)
        active = [one for one in people.all_people(transaction) if one.active]
        raters, trainees = who_may(transaction, each, active)
    own = {guide.interviewer_id for guide in each.guides}
    proposed = tuple(one.id for one in active if one.id in raters and (one.access == "interviewer" or one.id in own))
    return Choices(
        round=each,
        waiting=tuple(one for one in everyone if one.id not in seated),
        raters=proposed,
        trainees=tuple(one.id for one in active if one.id in trainees),
        others=tuple(one.id for one in active if one.id in raters and one.id not in proposed),
        names={one.id: one.name for one in active} | {one.id: one.name for one in everyone},
    )


def propose(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    round_id: str,
    slots: Mapping[str, Slot],
    raters: Sequence[str],
    shadows: Sequence[str] = (),
    size: int,
    always: Sequence[str] = (),
) -> FairPanels:
    """Panels of `size` for the candidates of `slots` (candidate id -> when), from these people.

    `always` sit in every panel that no conflict or absence keeps them from, even beyond their limit a week. Loads
    count the interviews everybody has ahead; links count every panel of the plan that was held or is to come. Raises
    InputError when nothing can be proposed from what was chosen.
    """
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _, each = panel_round(transaction, plan_id, round_id)
        role_id = role_of(transaction, plan_id)
        check_numbers(each, slots, raters, shadows, size, always)
        chosen = people_to_seat(transaction, each, raters, shadows)
        coming = candidates_to_seat(transaction, each, role_id, slots)
        ahead = availability.sittings_from(
            transaction, min(now(), *(slot.starts_at for slot in slots.values())) - timedelta(days=8)
        )
        said = availability.availability_of_all(transaction)
        against = conflicts.conflicts_of_role(transaction, role_id)
        earlier = _earlier_panels(transaction, plan_id, role_id)
    away = _away(chosen, slots, each.minutes, said, ahead)
    conflicted = frozenset((one.person_id, one.candidate_id) for one in against)
    problem = Problem(
        candidates=tuple(Coming(one.id, week_of(slots[one.id].day)) for one in coming),
        people=tuple(_sitter(one, slots, said.get(one.id), ahead, rates=one.id in set(raters)) for one in chosen),
        size=size,
        least=min(each.minimum_interviewers, size),
        conflicts=conflicted,
        away=away,
        fixed={one.id: tuple(who for who in always if (who, one.id) not in conflicted | away) for one in coming},
        earlier=earlier,
    )
    names = {one.id: one.name for one in chosen} | {one.id: one.name for one in coming}
    return FairPanels(seat_everybody(problem), names, dict(slots), problem.least)


def check_choice(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    round_id: str,
    slots: Mapping[str, Slot],
    raters: Sequence[str],
    shadows: Sequence[str] = (),
    size: int,
    always: Sequence[str] = (),
) -> None:
    """Raises InputError where `propose` would refuse what was chosen; quick, for a page that searches beside itself."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _, each = panel_round(transaction, plan_id, round_id)
        check_numbers(each, slots, raters, shadows, size, always)
        people_to_seat(transaction, each, raters, shadows)
        candidates_to_seat(transaction, each, role_of(transaction, plan_id), slots)


def make(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, panels: Sequence[NewPanel]) -> int:
    """Make the interviews of these panels, all or none; how many. Refused as `scheduling.schedule` refuses."""
    if not panels:
        raise InputError("There is no panel to make. Propose panels first.")

    def work(transaction: Transaction) -> int:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        version, each = panel_round(transaction, plan_id, round_id)
        for panel in panels:
            candidate = existing_candidate(transaction, panel.candidate_id)
            newest_version(transaction, plan_id, candidate.role_id)
            if not panel.raters:
                raise InputError(f"The panel of {candidate.name} has nobody who rates. Propose panels again.")
            seats = panel_seats(each, panel.raters, panel.shadows)
            made = make_interviews(transaction, candidate, version, each, panel.starts_at, seats)
            record_made(transaction, person, candidate, made)
        return len(panels)

    return workspace.database.write(work)


# ---- what is known ----------------------------------------------------------------------------------------------


def _earlier_panels(transaction: Transaction, plan_id: str, role_id: str) -> tuple[frozenset[str], ...]:
    """Who rated together in each standing panel of the plan, held or to come."""
    rows = [
        row for row in candidates.interviews_of_role(transaction, role_id)
        if row["plan_id"] == plan_id and row["state"] != "cancelled"
    ]  # fmt: skip
    versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
    together = [
        row["id"] for row in rows
        if versions[row["plan_version_id"]].published.round(row["round_id"]).sitting == "panel"
    ]  # fmt: skip
    sitters = sitters_of(transaction, together)
    return tuple(frozenset(one.person_id for one in sitters[each] if not one.shadow) for each in together)


def _away(
    chosen: Sequence[Person],
    slots: Mapping[str, Slot],
    minutes: int,
    said: Mapping[str, Availability],
    ahead: Sequence[Row],
) -> frozenset[tuple[str, str]]:
    """(person, candidate) where the person is away that day or sits in another interview then."""
    busy: dict[str, list[tuple[datetime, datetime]]] = {}
    for row in ahead:
        ends = row["starts_at"] + timedelta(minutes=int(row["minutes"]))
        busy.setdefault(row["person_id"], []).append((row["starts_at"], ends))
    found = set()
    for one in chosen:
        for candidate_id, slot in slots.items():
            ends = slot.starts_at + timedelta(minutes=minutes)
            sits = any(begins < ends and slot.starts_at < over for begins, over in busy.get(one.id, ()))
            if sits or (one.id in said and said[one.id].away_on(slot.day)):
                found.add((one.id, candidate_id))
    return frozenset(found)


def _sitter(
    one: Person, slots: Mapping[str, Slot], said: Availability | None, ahead: Sequence[Row], *, rates: bool
) -> Sitter:
    own = [row for row in ahead if row["person_id"] == one.id]
    left: dict[str, int] = {}
    if said and said.limit.most_a_week is not None:
        for week in {week_of(slot.day) for slot in slots.values()}:
            there = sum(week_of(row["starts_at"].date()) == week for row in own)
            left[week] = max(said.limit.most_a_week - there, 0)
    load = sum(row["starts_at"] >= now() and not row["shadow"] for row in own)
    return Sitter(one.id, load=load, left_in_week=left, rates=rates, shadowing=0 if rates else MOST_SHADOWED)
