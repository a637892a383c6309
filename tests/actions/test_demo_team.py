"""The demo team in a real DuckDB file."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from panel.actions import agendas, candidates, compare, fair_panels, plans, scheduling, scorecard_reading
from panel.actions.demo import create_demo_team, demo_people
from panel.demo.candidates import NEW_DATA_SCIENTISTS
from panel.demo.waiting import KNOWS, TRAINED, TRAINEE
from panel.domain.basics import now
from panel.domain.people import Person
from panel.domain.seats import Slot, working_days_from
from panel.errors import InputError, NotAllowed
from panel.house import House, Workspace
from panel.settings import Settings


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(Settings(database=str(tmp_path_factory.mktemp("demo") / "panel.duckdb")))
    yield house
    house.close()


@pytest.fixture(scope="module")
def demo(house: House) -> Workspace:
    workspace = house.open_demo()
    started = time.process_time()
    create_demo_team(workspace)
    assert time.process_time() - started < 10, "seconds of computing, so that a busy machine does not fail the test"
    return workspace


def count(workspace: Workspace, table: str, where: str = "1 = 1") -> int:
    with workspace.database.read() as transaction:
        row = transaction.row(f"SELECT CAST(count(*) AS BIGINT) AS found FROM {table} WHERE {where}")
    return int(row["found"]) if row else 0


def person(workspace: Workspace, email: str) -> Person:
    return next(each for each in demo_people(workspace) if each.email == email)


def test_fills_the_demo_workspace(demo: Workspace) -> None:
    assert count(demo, "person") == 15
    assert count(demo, "person", "access = 'interviewer'") == 12
    assert count(demo, "role") == 3
    assert count(demo, "candidate") == 66
    assert count(demo, "plan_version") == 3
    assert count(demo, "rating", "outcome = 'rated'") >= 2500


def test_every_rating_has_the_event_of_its_present_state(demo: Workspace) -> None:
    with demo.database.read() as transaction:
        row = transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS found FROM rating r JOIN rating_event e "
            "ON e.scorecard_id = r.scorecard_id AND e.question_key = r.question_key AND e.version = r.version "
            "JOIN scorecard s ON s.id = r.scorecard_id "
            "WHERE e.note = r.note AND e.outcome = r.outcome AND e.actor_id = s.person_id "
            "AND e.reason = r.reason AND e.reworded = r.reworded "
            "AND coalesce(e.level, 0) = coalesce(r.level, 0)"
        )
    assert row and row["found"] == count(demo, "rating")


def test_nobody_has_a_password(demo: Workspace) -> None:
    assert count(demo, "person", "password_hash IS NOT NULL") == 0


def test_offers_everybody_with_managers_first(demo: Workspace) -> None:
    access = [each.access for each in demo_people(demo)]
    assert access == ["manager"] * 2 + ["interviewer"] * 12 + ["administrator"]


def test_doing_it_again_changes_nothing(demo: Workspace) -> None:
    before = {table: count(demo, table) for table in ("person", "candidate", "rating_event", "audit_event")}
    create_demo_team(demo)
    assert {table: count(demo, table) for table in before} == before


def test_is_refused_in_the_teams_own_workspace(house: House) -> None:
    with pytest.raises(NotAllowed):
        create_demo_team(house.team)
    assert count(house.team, "person") == 0
    assert demo_people(house.team) == []


def test_asks_the_programs_own_questions_and_not_the_teams(tmp_path: Path) -> None:
    house = House(Settings(database=str(tmp_path / "panel.duckdb"), content=tmp_path))
    try:
        assert house.open_demo().settings.content == Settings().content
        assert house.team.settings.content == tmp_path
    finally:
        house.close()


def test_leaves_nothing_behind_when_the_bank_is_too_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.house.ROOT", tmp_path)
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    try:
        with pytest.raises(InputError):
            create_demo_team(house.open_demo())
        assert count(house.open_demo(), "person") == 0
    finally:
        house.close()


def test_some_interviews_are_today_and_one_is_about_to_start(demo: Workspace) -> None:
    starts = [
        (each.starts_at - now()).total_seconds() / 60
        for interviewer in demo_people(demo)
        for each in agendas.my_agenda(demo, by=interviewer)
    ]
    assert any(-5 < minutes <= 20 for minutes in starts)
    assert len([minutes for minutes in starts if abs(minutes) < 5 * 60]) >= 10


def test_an_interviewer_who_owes_a_scorecard_sees_nothing_of_the_colleague_who_submitted(demo: Workspace) -> None:
    late = person(demo, "ingrid.solberg@example.org")
    owed = next(each for each in agendas.my_agenda(demo, by=late) if not each.submitted and each.answered)
    assert 0 < owed.answered < owed.questions
    assert scorecard_reading.panel_scorecards(demo, by=late, scorecard_id=owed.scorecard_id) == []
    early = person(demo, "rafael.quintero@example.org")
    done = next(
        each for each in agendas.my_agenda(demo, by=early)
        if each.candidate_name == owed.candidate_name and each.round_name == owed.round_name
    )  # fmt: skip
    assert done.submitted


def test_every_open_scorecard_can_be_opened_and_gone_on_with(demo: Workspace) -> None:
    opened = 0
    for interviewer in demo_people(demo):
        for line in agendas.my_agenda(demo, by=interviewer):
            view = scorecard_reading.scorecard(demo, by=interviewer, scorecard_id=line.scorecard_id)
            assert view.answered == line.answered
            assert bool(view.missing) != line.submitted
            opened += not line.submitted
    assert opened > 20


def test_a_manager_compares_and_finds_the_split_panel(demo: Workspace) -> None:
    manager = person(demo, "marta.kovacevic@example.org")
    role = next(
        each
        for view in plans.visible_plans(demo, by=manager)
        if (each := view.role).role.name == "Machine learning engineer"
    )
    found = compare.compare(demo, by=manager, role_id=role.id)
    assert len(found.candidates) == 36
    widest = [each for each in found.candidates if any(split.gap >= 3 for split in each.score.splits)]
    assert len(widest) == 1
    assert {"strong_yes", "strong_no"} <= {each.recommendation for each in widest[0].recommendations}


def test_a_manager_can_make_interviews_from_the_demo_plans(demo: Workspace) -> None:
    manager = person(demo, "marta.kovacevic@example.org")
    view = next(each for each in plans.visible_plans(demo, by=manager) if each.versions)
    added = candidates.add_candidate(demo, by=manager, role_id=view.role.id, name="Somebody New")
    first = view.versions[0].published.rounds[0]
    made = scheduling.schedule(demo, by=manager, candidate_id=added.id, plan_id=view.id, starts={first.id: now()})
    assert [each.plan_version_id for each in made] == [view.versions[0].id]


def test_panels_can_be_proposed_for_those_who_wait_with_a_trainee_a_conflict_and_somebody_away(demo: Workspace) -> None:
    manager = person(demo, "daniel.osei@example.org")
    view = next(
        each for each in plans.visible_plans(demo, by=manager)
        if each.role.role.name == "Data scientist" and each.versions
    )  # fmt: skip
    case = view.versions[0].published.rounds[0]
    where = {"plan_id": view.id, "round_id": case.id}
    found = fair_panels.choices(demo, by=manager, **where)
    names = {each.email.partition("@")[0]: each.id for each in demo_people(demo)}
    assert {each.name for each in found.waiting} == {name for name, _ in NEW_DATA_SCIENTISTS}
    assert (set(found.raters), found.trainees) == ({names[each] for each in TRAINED}, (names[TRAINEE],))

    starts = working_days_from(now() + timedelta(days=14), minutes=case.minutes, a_day=2, number=6)
    slots = {each.id: Slot(at, at.date()) for each, at in zip(found.waiting, starts, strict=True)}
    made = fair_panels.propose(
        demo, by=manager, slots=slots, raters=found.raters, shadows=found.trainees, size=3, **where
    )
    (eszter,) = [each.id for each in found.waiting if each.name == KNOWS[1]]
    assert not [each for each in made.proposal.panels if each.candidate == eszter and names[KNOWS[0]] in each.raters]
    assert (len(made.proposal.panels), made.proposal.links.full_rank) == (6, True)


def test_makes_the_team_on_postgresql(postgresql: str) -> None:
    house = House(Settings(database=postgresql))
    try:
        workspace = house.open_demo()
        create_demo_team(workspace)
        assert count(workspace, "rating", "outcome = 'rated'") >= 2500
        assert count(workspace, "person") == 15
        manager = person(workspace, "daniel.osei@example.org")
        assert len(plans.visible_plans(workspace, by=manager)) == 4
        house.remove_demo()
    finally:
        house.close()
