"""The whole demo team at one moment: who, what, when, and every rating.

The same seed, moment and content give the same team, ids included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import numpy as np

from panel.demo import planning, simulation, split, timetable
from panel.demo.notes import Wear
from panel.demo.people import EVERYBODY, DemoPerson
from panel.demo.planning import Content
from panel.demo.roles import DRAFT, DRAFT_OF, ROLES, DemoRole
from panel.demo.scoring import ALL, Card, Seated, World, fill_in
from panel.demo.timetable import Diary
from panel.demo.waiting import Waiting, waiting
from panel.domain.candidates import Candidate, Interview
from panel.domain.people import Person
from panel.domain.plans import InterviewGuide, Plan, PublishedPlan, PublishedRound
from panel.domain.roles import Role
from panel.domain.scorecards import Scorecard

SEED = 11


@dataclass(frozen=True)
class DemoPublication:
    """The one published version of a plan."""

    id: str
    published: PublishedPlan
    by: str
    at: datetime


@dataclass(frozen=True)
class DemoPlanning:
    """A role's plan, with its published version unless it is still a draft."""

    id: str
    role_id: str
    plan: Plan
    created_at: datetime
    publication: DemoPublication | None = None


@dataclass(frozen=True)
class DemoCard:
    scorecard: Scorecard
    card: Card
    created_at: datetime


@dataclass
class DemoTeam:
    """Everything to be stored. Times are naive UTC."""

    founded_at: datetime
    people: list[Person] = field(default_factory=list)
    roles: list[tuple[str, Role]] = field(default_factory=list)
    plans: list[DemoPlanning] = field(default_factory=list)
    candidates: list[tuple[Candidate, datetime]] = field(default_factory=list)
    interviews: list[tuple[Interview, datetime]] = field(default_factory=list)
    cards: list[DemoCard] = field(default_factory=list)
    waiting: Waiting = field(default_factory=Waiting)


@dataclass(frozen=True)
class Stage:
    """One round of a candidate that is not simply over: when it starts, and how far each interviewer is."""

    starts_at: datetime
    answers: tuple[int, ...]


@dataclass(frozen=True)
class _Making:
    """What is at hand while the team is made."""

    team: DemoTeam
    content: Content
    world: World
    diary: Diary
    make_id: Callable[[], str]
    ids: dict[str, str]
    by_id: dict[str, DemoPerson]


def build_team(*, at: datetime, content: Content, seed: int = SEED) -> DemoTeam:
    """The team as it would be at a moment (naive UTC). Raises InputError when the question bank is too small."""
    id_chance = Random(f"ids {seed}")

    def make_id() -> str:
        return f"{id_chance.getrandbits(128):032x}"

    founded_at = at.replace(minute=0, second=0, microsecond=0) - timedelta(weeks=timetable.WEEKS_BACK + 2)
    people = [Person(id=make_id(), name=each.name, email=each.email, access=each.access) for each in EVERYBODY]
    world = World(
        chance=Random(f"words {seed}"),
        besides=Random(f"besides {seed}"),
        numbers=np.random.default_rng(seed),
        hard=simulation.difficulties([each.question for each in content.questions.values()], seed=seed),
        wear=Wear(),
        at=at,
    )
    making = _Making(
        team=DemoTeam(founded_at, people=people),
        content=content,
        world=world,
        diary=Diary(),
        make_id=make_id,
        ids={each.local: person.id for each, person in zip(EVERYBODY, people, strict=True)},
        by_id={person.id: each for each, person in zip(EVERYBODY, people, strict=True)},
    )
    stages = _around(at)
    for each in ROLES:
        planned = _publish(making, each)
        for place in range(-len(each.candidates), 0):
            _candidate(making, each, planned, place, stages.get((each.role.name, place), {}))
    _let_some_wait(making)
    return making.team


def _let_some_wait(making: _Making) -> None:
    """The candidates who have applied lately; made last, so that nothing else of the team depends on them."""
    team = making.team
    role_id = next(role_id for role_id, role in team.roles if role == DRAFT_OF.role)
    team.waiting = waiting(
        at=making.world.at, founded_at=team.founded_at, role_id=role_id, first=len(team.candidates) + 1,
        ids=making.ids, make_id=making.make_id,
    )  # fmt: skip
    team.candidates += [(each, making.world.at - timedelta(days=1)) for each in team.waiting.candidates]


# ---- plans ------------------------------------------------------------------------------------------------------


def _publish(making: _Making, each: DemoRole) -> DemoPlanning:
    team = making.team
    role_id = making.make_id()
    team.roles.append((role_id, each.role))
    plan = planning.draft_plan(each.plan, each.role, making.content, making.ids, making.make_id)
    names = {person.id: person.name for person in team.people}
    published = planning.frozen(each.role, plan, making.content, names)
    publication = DemoPublication(
        making.make_id(), published, making.ids[each.manager], team.founded_at + timedelta(days=2, hours=1)
    )
    planned = DemoPlanning(making.make_id(), role_id, plan, team.founded_at + timedelta(hours=2), publication)
    team.plans.append(planned)
    if each is DRAFT_OF:
        draft = planning.draft_plan(DRAFT, each.role, making.content, making.ids, making.make_id)
        team.plans.append(DemoPlanning(making.make_id(), role_id, draft, making.world.at - timedelta(days=2)))
    return planned


# ---- who is how far ---------------------------------------------------------------------------------------------


def _around(at: datetime) -> dict[tuple[str, int], dict[int, Stage]]:
    """The rounds that are not simply over, by role, candidate (counted from the last) and round. Every other is over.

    Earlier today a panel of which one has submitted and the others have not; another just over; one going on now;
    one about to start; one later today; the rest this week.
    """
    quarter = timetable.quarter_before(at)
    engineer, scientist, analyst = (each.role.name for each in ROLES)

    def this_week(days: int, hour: int) -> datetime:
        day = timetable.working_day((at + timedelta(days=days)).date())
        return datetime(day.year, day.month, day.day, hour, 0)

    yesterday = timetable.working_day((at - timedelta(days=1)).date(), -1)
    return {
        (engineer, -3): {2: Stage(quarter - timedelta(hours=2, minutes=45), (ALL, 4, 1))},
        (engineer, -2): {1: Stage(quarter + timedelta(hours=1, minutes=45), (0, 0, 0))},
        (engineer, -1): {0: Stage(this_week(1, 13), (0, 0, 0))},
        (scientist, -3): {0: Stage(quarter - timedelta(hours=1, minutes=45), (5, ALL, 3))},
        (scientist, -2): {2: Stage(timetable.next_start(at), (0, 0, 0))},
        (scientist, -1): {0: Stage(this_week(2, 9), (0, 0, 0)), 1: Stage(this_week(4, 13), (0, 0, 0))},
        (analyst, -3): {1: Stage(datetime(yesterday.year, yesterday.month, yesterday.day, 9, 0), (ALL, 3, ALL))},
        (analyst, -2): {0: Stage(quarter - timedelta(minutes=30), (3, 2, 4))},
        (analyst, -1): {0: Stage(this_week(1, 10), (0, 0, 0)), 1: Stage(this_week(3, 14), (0, 0, 0))},
    }


def _candidate(making: _Making, each: DemoRole, planned: DemoPlanning, place: int, stages: dict[int, Stage]) -> None:
    name, about = each.candidates[place]
    local = f"candidate.{len(making.team.candidates) + 1:02d}"
    candidate = Candidate(
        id=making.make_id(), name=name, email=f"{local}@example.org", role_id=planned.role_id, about=about
    )
    assert planned.publication is not None
    rounds = planned.publication.published.rounds
    over = rounds[: min(stages)] if stages else rounds
    newest = _newest_day(making.world, place / len(each.candidates), stages)
    dated = [*_past_starts(making, over, newest), *(stages[number].starts_at for number in sorted(stages))]
    known_at = dated[0] - timedelta(days=making.world.chance.randint(4, 9), minutes=making.world.chance.randrange(300))
    known_at = min(known_at, making.world.at - timedelta(days=1))
    making.team.candidates.append((candidate, known_at))
    ability = simulation.abilities(making.world.numbers, each.role.measured)
    for number, starts_at in enumerate(dated):
        answers = stages[number].answers if number in stages else (ALL,) * len(rounds[number].guides)
        is_split = (each.role.name, place, number) == (split.ROLE, split.CANDIDATE, split.ROUND)
        _sittings(
            making, planned, candidate, rounds[number], starts_at=starts_at, answers=answers, ability=ability,
            known_at=known_at, is_split=is_split,
        )  # fmt: skip


def _newest_day(world: World, back: float, stages: dict[int, Stage]) -> date:
    """The day of the last round that is over. `back` runs from -1, the first candidate, to 0."""
    if stages:
        first = min(each.starts_at for each in stages.values())
        return (min(first, world.at) - timedelta(days=world.chance.randint(2, 4))).date()
    days = 2 + round(-back * (timetable.WEEKS_BACK * 7 - 10))
    return (world.at - timedelta(days=days)).date()


def _past_starts(making: _Making, rounds: Sequence[PublishedRound], newest: date) -> list[datetime]:
    """Starts of rounds that are over, some days apart, the last on or before `newest`."""
    starts: list[datetime] = []
    day = newest
    for each in reversed(rounds):
        length = each.minutes * (len(each.guides) if each.sitting == "separate" else 1)
        who = [guide.interviewer_id for guide in each.guides]
        starts.append(timetable.first_free(making.world.chance, making.diary, who, day, length, step=-1))
        day = starts[-1].date() - timedelta(days=making.world.chance.randint(1, 3))
    return starts[::-1]


# ---- sittings ---------------------------------------------------------------------------------------------------


def _sittings(
    making: _Making,
    planned: DemoPlanning,
    candidate: Candidate,
    each: PublishedRound,
    *,
    starts_at: datetime,
    answers: tuple[int, ...],
    ability: dict[str, float],
    known_at: datetime,
    is_split: bool,
) -> None:
    """The interviews of one round as scheduling makes them: one for a panel, one after the other when separate."""
    made_at = max(known_at, starts_at - timedelta(days=3)) + timedelta(hours=1)
    made_at = min(made_at, making.world.at - timedelta(hours=4))
    seats = list(zip(each.guides, answers, strict=True))
    for number, sitting in enumerate([seats] if each.sitting == "panel" else [[seat] for seat in seats]):
        interview = Interview(
            id=making.make_id(), candidate_id=candidate.id, plan_id=planned.id,
            plan_version_id=planned.publication.id if planned.publication else "", round_id=each.id,
            starts_at=starts_at + timedelta(minutes=number * each.minutes), minutes=each.minutes, state="scheduled",
        )  # fmt: skip
        making.team.interviews.append((interview, made_at))
        seated = [Seated(making.by_id[guide.interviewer_id], guide, done) for guide, done in sitting]
        cards = fill_in(making.world, seated, ability, interview.starts_at, is_split=is_split)
        for (guide, _), card in zip(sitting, cards, strict=True):
            making.team.cards.append(DemoCard(_scorecard(making, interview, guide, card), card, made_at))


def _scorecard(making: _Making, interview: Interview, guide: InterviewGuide, card: Card) -> Scorecard:
    return Scorecard(
        id=making.make_id(), interview_id=interview.id, person_id=guide.interviewer_id,
        assignment_id=guide.assignment_id, candidate_id=interview.candidate_id, round_id=interview.round_id,
        state="submitted" if card.submitted_at else "draft", recommendation=card.recommendation, summary=card.summary,
        version=3 if card.submitted_at else 1, submitted_at=card.submitted_at, confidence=card.confidence,
    )  # fmt: skip
