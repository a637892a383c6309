"""Availability: limits and absences, said by oneself or by a manager."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from panel.actions import availability
from panel.domain.availability import Absence, Availability, Limit
from panel.domain.people import Person
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person

NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
HERS = MANAGERS | {"Ana": "yes"}  # Ana's own
HOSTILE = "<script>alert(1)</script> =cmd()"
FIRST, LAST = date(2026, 12, 21), date(2027, 1, 3)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def of(team: Team, name: str = "Ana") -> Availability:
    return availability.availability_of(team.workspace, by=team.people["Max"], person_id=team.people[name].id)


def limit(team: Team, most: int | None, *, seen: int, name: str = "Ana", by: str = "Ana") -> None:
    availability.set_limit(
        team.workspace, by=team.people[by], person_id=team.people[name].id, seen_version=seen, most_a_week=most
    )


def away(team: Team, first: date = FIRST, last: date = LAST, *, remark: str = "", by: str = "Ana") -> Absence:
    return availability.add_absence(
        team.workspace, by=team.people[by], person_id=team.people["Ana"].id, first_day=first, last_day=last,
        remark=remark,
    )  # fmt: skip


DAYS = count()


def _add(team: Team, by: Person) -> Absence:
    day = FIRST + timedelta(days=next(DAYS))
    return availability.add_absence(team.workspace, by=by, person_id=team.people["Ana"].id, first_day=day, last_day=day)


def _remove(team: Team, by: Person) -> None:
    absences = of(team).absences or (_add(team, team.people["Max"]),)
    availability.remove_absence(team.workspace, by=by, absence_id=absences[0].id)


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "availability_of": (
        lambda team, by: availability.availability_of(team.workspace, by=by, person_id=team.people["Ana"].id), HERS,
    ),
    "everybodys_availability": (
        lambda team, by: availability.everybodys_availability(team.workspace, by=by), MANAGERS,
    ),
    "set_limit": (
        lambda team, by: availability.set_limit(
            team.workspace, by=by, person_id=team.people["Ana"].id, seen_version=of(team).limit.version, most_a_week=3
        ), HERS,
    ),
    "add_absence": (_add, HERS),
    "remove_absence": (_remove, HERS),
}  # fmt: skip


def test_every_action_for_a_person_has_its_access_here() -> None:
    assert set(ACCESS) == taking_a_person(availability)


@pytest.mark.parametrize("name", ACCESS)
def test_people_speak_for_themselves_and_managers_for_everybody(team: Team, name: str) -> None:
    call, expected = ACCESS[name]
    assert outcomes(team, call) == expected


def test_who_has_said_nothing_is_always_there(team: Team) -> None:
    nothing = Availability(Limit(person_id=team.people["Tom"].id))
    assert of(team, "Tom") == nothing and not nothing.away_on(FIRST)
    assert availability.everybodys_availability(team.workspace, by=team.people["Max"]) == {}


def test_what_was_said_reads_whole_and_is_on_record(team: Team) -> None:
    ana, max_ = team.people["Ana"].id, team.people["Max"].id
    limit(team, 2, seen=0)
    absence = away(team, remark=f"  family,\n{HOSTILE} ", by="Max")

    expected = Availability(
        Limit(person_id=ana, most_a_week=2, version=1),
        (Absence(id=absence.id, person_id=ana, first_day=FIRST, last_day=LAST, remark=f"family, {HOSTILE}"),),
    )
    assert of(team) == expected
    assert availability.everybodys_availability(team.workspace, by=team.people["Ada"]) == {ana: expected}
    assert [expected.away_on(FIRST + timedelta(days=each)) for each in (-1, 0, 13, 14)] == [False, True, True, False]
    assert audited(team.workspace, "person", ana) == [
        (ana, "set_limit", Limit(person_id=ana).model_dump(), expected.limit.model_dump()),
        (max_, "add_absence", None, absence.model_dump(mode="json")),
    ]


def test_a_limit_is_lifted_and_a_stale_page_changes_none(team: Team) -> None:
    limit(team, 0, seen=0)
    with pytest.raises(Stale, match="How many interviews a week Ana takes was changed in the meantime"):
        limit(team, 5, seen=0, by="Max")
    limit(team, None, seen=1, by="Max")
    with pytest.raises(Stale):
        limit(team, 5, seen=1)
    assert of(team).limit == Limit(person_id=team.people["Ana"].id, most_a_week=None, version=2)


def test_absences_stand_by_day_are_not_doubled_and_are_removed_once(team: Team) -> None:
    later, one_day = away(team), away(team, date(2026, 12, 7), date(2026, 12, 7))
    with pytest.raises(InputError, match="Ana is away on these days already"):
        away(team, by="Max")
    assert of(team).absences == (one_day, later)

    availability.remove_absence(team.workspace, by=team.people["Ana"], absence_id=later.id)
    with pytest.raises(NotFound, match="These days were removed already"):
        availability.remove_absence(team.workspace, by=team.people["Ana"], absence_id=later.id)
    assert of(team).absences == (one_day,)
    assert audited(team.workspace, "person", team.people["Ana"].id)[-1] == (
        team.people["Ana"].id, "remove_absence", later.model_dump(mode="json"), None,
    )  # fmt: skip


def test_anothers_days_are_theirs(team: Team) -> None:
    absence = away(team)
    calls: list[Callable[[], object]] = [
        lambda: availability.remove_absence(team.workspace, by=team.people["Bo"], absence_id=absence.id),
        lambda: limit(team, 1, seen=0, by="Bo"),
        lambda: away(team, FIRST, FIRST, by="Bo"),
    ]
    for call in calls:
        with pytest.raises(NotAllowed, match="For another person, ask a hiring manager"):
            call()
    assert of(team) == Availability(Limit(person_id=team.people["Ana"].id), (absence,))


@pytest.mark.parametrize("most", [-1, 41, 10**12])
def test_a_limit_that_no_week_has_is_refused(team: Team, most: int) -> None:
    with pytest.raises(InputError, match="Enter 0 to 40 interviews a week"):
        limit(team, most, seen=0)
    assert of(team).limit.version == 0


@pytest.mark.parametrize(
    ("first", "last", "remark", "words"),
    [
        (LAST, FIRST, "", "The last day away is before the first"),
        (FIRST, LAST, "x" * 201, "Keep the remark under 200 characters"),
        (FIRST, LAST, "nul \x00", "Keep the remark plain text"),
    ],
)
def test_bad_days_and_remarks_are_refused(team: Team, first: date, last: date, remark: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        away(team, first, last, remark=remark)
    assert of(team).absences == ()


def test_nobody_is_away_more_often_than_can_be_read(team: Team) -> None:
    for number in range(availability.MOST_ABSENCES):
        away(team, FIRST + timedelta(days=number), FIRST + timedelta(days=number))
    with pytest.raises(InputError, match="Ana is away 100 times already"):
        away(team, FIRST, LAST)
    assert len(of(team).absences) == availability.MOST_ABSENCES


def test_nobody_speaks_for_somebody_without_an_account(team: Team) -> None:
    with pytest.raises(NotFound, match="This person has no account"):
        availability.set_limit(team.workspace, by=team.people["Max"], person_id="nobody", seen_version=0, most_a_week=1)
    with pytest.raises(NotFound, match="This person has no account"):
        availability.add_absence(
            team.workspace, by=team.people["Max"], person_id="nobody", first_day=FIRST, last_day=LAST
        )
