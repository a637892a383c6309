"""A shadow rates for their own training: it counts nowhere else, and a shadow is as blind as everybody.

Ana, Bo and Mia (a manager) are Zoe's panel. Tom shadows in Ana's seat; in some tests Max, a manager, does.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import (
    agendas,
    bank,
    best_set,
    calendar_files,
    calibration,
    candidates,
    compare,
    kits,
    own_calibration,
    plan_worth,
    practice,
    scheduling,
    scorecard_reading,
)
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.errors import NotAllowed
from panel.house import Workspace
from tests.actions.test_blindness import EVERYBODY, READS, readings
from tests.ahead import SOON
from tests.factories import Team, a_team, plain
from tests.seats import book, opening_after_all, seat, train, waiting, with_a_shadow

pytestmark = pytest.mark.long

PANEL = ("Ana", "Bo", "Mia")


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """Priya's panel has handed in; Zoe's is to be seated."""
    made = a_team(workspace, tmp_path / "content")
    for place, name in enumerate(PANEL):
        made.hand_in(name, levels=2 + place)
    return made


def with_a_manager_as_shadow(team: Team) -> Candidate:
    zoe = waiting(team)
    book(team, zoe, [*(seat(team, each) for each in PANEL), seat(team, "Ana", "Max", shadow=True)])
    return zoe


def hand_in(team: Team, candidate: Candidate, **levels: int | None) -> None:
    for name, level in levels.items():
        team.hand_in(
            name, candidate=candidate, levels=dict.fromkeys(KEYS, level), note=f"note-{name}", summary=f"sum-{name}"
        )


KEYS = ("what-ana-asks", "what-bo-asks", "what-mia-asks")


def rewrite(team: Team, name: str, candidate: Candidate, *, level: int) -> None:
    """Change what somebody submitted behind the tool's back."""
    card = team.card(name, candidate=candidate).id

    def work(transaction: Any) -> None:
        transaction.run("UPDATE rating SET level = ?, note = 'rewritten' WHERE scorecard_id = ?", level, card)
        transaction.run("UPDATE scorecard SET recommendation = 'strong_no', summary = 'x' WHERE id = ?", card)

    team.workspace.database.write(work)


def test_what_a_shadow_rated_changes_nothing_but_their_scorecard_and_their_practice(team: Team) -> None:
    zoe = with_a_shadow(team)
    hand_in(team, zoe, Ana=5, Bo=2, Mia=1, Tom=3)

    before = {each: readings(team, each) for each in EVERYBODY}
    rewrite(team, "Tom", zoe, level=5)
    after = {each: readings(team, each) for each in EVERYBODY}

    changed = {each: {name for name in READS if before[each][name] != after[each][name]} for each in EVERYBODY}
    seen = {"scorecard_reading.scorecard", "scorecard_reading.panel_scorecards"}
    marked, own = {"tidy_ratings.tidy_ratings"}, {"tidy_ratings.own_ratings"}  # where a shadow's ratings say so
    raters = seen | marked | own
    linking = {"practice.linking_ratings", "linked_by_practice.linked_by_practice"}
    assert changed == {
        "Ana": raters, "Bo": raters, "Mia": raters | linking, "Max": seen | marked | linking,
        "Tom": seen | {"desk.desk_state"},
    }  # fmt: skip


def test_what_only_a_shadow_rated_was_neither_rated_nor_asked(team: Team) -> None:
    """Nothing but Tom's ratings stand for Zoe's panel, and not one number knows them."""
    zoe = with_a_shadow(team)
    max_ = team.people["Max"]

    def numbers() -> dict[str, Any]:
        found = compare.compare(team.workspace, by=max_, role_id=team.role_id)
        of_zoe = next(each for each in found.candidates if each.candidate.id == zoe.id)
        calibrated = calibration.team_calibration(team.workspace, by=max_).basis
        assert calibrated
        searched = best_set.search_for_plan(team.workspace, by=max_, plan_id=team.plan_id, kept={})
        return {
            "score": (of_zoe.score.score, of_zoe.score.ratings, of_zoe.observed, len(of_zoe.recommendations)),
            "progress": (of_zoe.scorecards, of_zoe.submitted, of_zoe.withheld_rounds),
            "calibrated": (calibrated.ratings, calibrated.candidates, sorted(calibrated.names.values())),
            "exposures": bank.exposures(team.workspace, by=max_),
            "worth": [(each.id, each.information, each.exposure) for each in searched.items],
            "earlier": plan_worth.planned_ratings(team.workspace, by=max_, plan_id=team.plan_id).candidates,
        }

    hand_in(team, zoe, Ana=None, Bo=None, Mia=None)
    before = numbers()
    hand_in(team, zoe, Tom=5)
    assert numbers() == before
    assert before["score"][:2] == (None, 0)
    assert before["progress"] == (3, 3, 0)
    assert before["calibrated"] == (9, 1, ["Ana", "Bo", "Mia"])
    assert before["earlier"] == 1
    assert own_calibration.own_calibration(team.workspace, by=team.people["Tom"]).ratings == 0


def test_progress_and_reminders_leave_shadows_out(team: Team) -> None:
    zoe = with_a_shadow(team)
    hand_in(team, zoe, Ana=5, Bo=2, Mia=1)
    late = now() + timedelta(days=30)
    max_ = team.people["Max"]

    def progress() -> tuple[int, int]:
        views = candidates.candidates_of_role(team.workspace, by=max_, role_id=team.role_id)
        view = next(each for each in views if each.candidate.id == zoe.id)
        return view.scorecards, view.submitted

    assert progress() == (3, 3)
    missing = agendas.missing_scorecards(team.workspace, by=max_, before=late)
    assert {each.candidate_name for each in missing} == {"Priya"}  # her separate sittings

    (line,) = agendas.my_agenda(team.workspace, by=team.people["Tom"])
    assert (line.shadow, line.submitted, line.with_whom) == (True, False, ("Ana", "Bo", "Mia"))
    of_ana = next(
        each for each in agendas.my_agenda(team.workspace, by=team.people["Ana"]) if each.candidate_name == zoe.name
    )
    assert (of_ana.shadow, of_ana.with_whom) == (False, ("Bo", "Mia", "Tom as a shadow"))
    hand_in(team, zoe, Tom=3)
    assert progress() == (3, 3)


def test_a_shadow_reads_nothing_of_the_panel_before_their_own_and_nobody_reads_theirs_before(team: Team) -> None:
    zoe = with_a_shadow(team)
    hand_in(team, zoe, Ana=5, Bo=2)

    def reached(reader: str) -> set[str]:
        text = str(readings(team, reader))
        return {name for name in (*PANEL, "Tom") if f"note-{name}" in text or f"sum-{name}" in text}

    assert {each: reached(each) for each in EVERYBODY} == {
        "Ana": {"Ana", "Bo"}, "Bo": {"Ana", "Bo"}, "Mia": set(), "Max": {"Ana", "Bo"}, "Tom": set(),
    }  # fmt: skip
    hand_in(team, zoe, Tom=3)
    everyones = {"Ana", "Bo", "Tom"}
    assert {each: reached(each) for each in EVERYBODY} == {
        "Ana": everyones, "Bo": everyones, "Mia": set(), "Max": everyones, "Tom": everyones,
    }  # fmt: skip
    hand_in(team, zoe, Mia=1)
    assert reached("Mia") == {*everyones, "Mia"}


def test_a_manager_who_shadows_is_blind_until_they_submit_and_then_counts_nowhere(team: Team) -> None:
    zoe = with_a_manager_as_shadow(team)
    hand_in(team, zoe, Ana=5, Bo=5, Mia=5)

    def line() -> tuple[Any, ...]:
        found = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id)
        one = next(each for each in found.candidates if each.candidate.id == zoe.id)
        calibrated = calibration.team_calibration(team.workspace, by=team.people["Max"]).basis
        assert calibrated
        return one.score.score, one.scorecards, one.submitted, one.withheld_rounds, calibrated.candidates

    assert line() == (None, 3, 3, 1, 1)
    hand_in(team, zoe, Max=1)
    assert line() == (5.0, 3, 3, 0, 2)


def test_where_the_panel_waits_for_all_no_number_knows_more_before_and_nobody_waits_for_a_shadow(team: Team) -> None:
    """Priya's panel of the first version is done; Zoe's, with Max as a shadow who has submitted, waits for Bo."""
    team = opening_after_all(team)
    zoe = with_a_manager_as_shadow(team)
    hand_in(team, zoe, Ana=5, Mia=3, Max=1)

    def line(reader: str) -> tuple[Any, ...]:
        by = team.people[reader]
        found = compare.compare(team.workspace, by=by, role_id=team.role_id)
        one = next(each for each in found.candidates if each.candidate.id == zoe.id)
        calibrated = calibration.team_calibration(team.workspace, by=by)
        assert calibrated.basis
        worth = plan_worth.planned_ratings(team.workspace, by=by, plan_id=team.plan_id)
        own = own_calibration.own_calibration(team.workspace, by=by).ratings
        return (
            one.score.score, one.withheld_rounds, calibrated.basis.ratings, calibrated.withheld,
            calibrated.owed, worth.candidates, own,
            sorted(each.person_name for each in one.recommendations),
        )  # fmt: skip

    assert line("Ada") == (4.0, 0, 15, 0, 0, 2, 0, ["Ana", "Mia"])
    assert line("Mia") == (3.0, 1, 12, 1, 0, 2, 6, ["Mia"])  # her own of Zoe
    assert line("Max") == (None, 1, 9, 1, 0, 1, 0, [])
    hand_in(team, zoe, Bo=4)
    everybody = ["Ana", "Bo", "Mia"]
    assert {each: line(each)[:2] for each in ("Ada", "Mia", "Max")} == dict.fromkeys(("Ada", "Mia", "Max"), (4.0, 0))
    assert [line(each)[-1] for each in ("Ada", "Mia", "Max")] == [everybody] * 3


def test_a_manager_who_shadows_cannot_cancel_to_see(team: Team) -> None:
    zoe = with_a_manager_as_shadow(team)
    hand_in(team, zoe, Ana=5)
    card = team.card("Max", candidate=zoe)
    with pytest.raises(NotAllowed, match="Submit yours first"):
        scheduling.cancel_interview(
            team.workspace, by=team.people["Max"], interview_id=card.interview_id, seen_version=1
        )


def test_practice_compares_with_the_raters_where_blindness_lets_the_reader(team: Team) -> None:
    """Tom's 3 lies within one level of the median of Ana's 5 and Bo's 2 on three questions, 3.5."""
    zoe = with_a_shadow(team)
    train(team, "Tom", "trainee")

    def shadowed(reader: str) -> tuple[int, int]:
        by = team.people[reader]
        if reader == "Tom":
            ((_, found),) = practice.own_training(team.workspace, by=by)
        else:
            (found,) = (each.progress for each in practice.trainees(team.workspace, by=by))
        return found.shadowed, found.shadowed_within

    hand_in(team, zoe, Ana=5, Bo=2)
    assert [shadowed(each) for each in ("Tom", "Max", "Mia")] == [(0, 0)] * 3
    hand_in(team, zoe, Tom=3)
    assert [shadowed(each) for each in ("Tom", "Max", "Mia")] == [(1, 1), (1, 1), (0, 0)]
    hand_in(team, zoe, Mia=5)
    assert [shadowed(each) for each in ("Tom", "Max", "Mia")] == [(1, 0)] * 3

    scheduling.cancel_interview(
        team.workspace, by=team.people["Max"], interview_id=team.card("Tom", candidate=zoe).interview_id, seen_version=1
    )
    assert shadowed("Max") == (0, 0)


def test_a_rater_is_no_shadow_where_they_shadow_elsewhere(team: Team) -> None:
    """Bo shadowed Ana before Zoe; what he rated of Priya still counts for him, and of Zoe not."""
    zoe = waiting(team)
    book(team, zoe, [seat(team, "Ana"), seat(team, "Mia"), seat(team, "Ana", "Bo", shadow=True)])
    before = plain(own_calibration.own_calibration(team.workspace, by=team.people["Bo"]))
    hand_in(team, zoe, Ana=5, Mia=1, Bo=1)
    assert plain(own_calibration.own_calibration(team.workspace, by=team.people["Bo"])) == before
    assert before["ratings"] == "3"


def test_a_sitting_of_its_own_takes_a_shadow_into_its_room(team: Team) -> None:
    zoe = waiting(team)
    seats = [seat(team, each, round_name="Separate") for each in PANEL]
    shadow = seat(team, "Bo", "Tom", round_name="Separate", shadow=True)
    made = book(team, zoe, [*seats, shadow], round_name="Separate")
    assert [each.starts_at for each in made] == [SOON + timedelta(minutes=30 * place) for place in range(3)]
    card = team.card("Tom", candidate=zoe, round_name="Separate")
    assert card.interview_id == team.card("Bo", candidate=zoe, round_name="Separate").interview_id
    view = scorecard_reading.scorecard(team.workspace, by=team.people["Tom"], scorecard_id=card.id)
    assert (view.seat, view.colleagues) == ("Tom as a shadow", ("Bo",))
    assert [each.question.key for each in view.guide.items] == ["bo-alone"]


def test_kits_and_calendars_name_those_who_sit_there(team: Team) -> None:
    """Tom in Ana's seat, Ana as his shadow, nobody in Mia's."""
    zoe = waiting(team)
    book(team, zoe, [seat(team, "Ana", "Tom"), seat(team, "Bo"), seat(team, "Ana", "Ana", shadow=True)])

    def kit(name: str) -> str:
        card = team.card(name, candidate=zoe)
        return kits.interview_kit(team.workspace, by=team.people[name], scorecard_id=card.id, form="markdown").decode()

    def calendar(name: str) -> str:
        card = team.card(name, candidate=zoe)
        file = calendar_files.own_calendar(
            team.workspace, by=team.people[name], zone="UTC", scorecard_id=card.id
        ).decode()
        return file.replace("\r\n ", "").replace("\\,", ",")

    assert ("Interviewer: Tom" in kit("Tom").replace("*", ""), "Mia" in kit("Tom")) == (True, False)
    assert "Together with Bo and Ana as a shadow. Your" in calendar("Tom")
    assert "Together with Tom and Bo. You sit in as a shadow." in calendar("Ana")
    assert "Together with Tom and Ana as a shadow." in calendar("Bo")
