"""How the panel scores, on both engines. The statistics themselves are proven in tests/stats."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, calibration, candidates, files, own_calibration, plan_rounds, plans, scheduling
from panel.actions.calibration import TeamCalibration
from panel.actions.calibration_parts import Basis
from panel.actions.own_calibration import OwnCalibration
from panel.actions.tidy_ratings import Chosen
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.house import Workspace
from panel.stats.progress import Cancelled
from tests.factories import (
    MONDAY,
    QUESTIONS,
    Call,
    Team,
    a_rubric,
    a_team,
    outcomes,
    plain,
    planned,
    published,
    question_file,
    reading_from,
    repeats_on_purpose,
    taking_a_person,
    write_content,
)

LEVELS = {"Ana": (4, 5, 3), "Bo": (2, 4, 3), "Mia": (3, 3, 3)}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def of_team(team: Team, by: str = "Max", **chosen: Any) -> TeamCalibration:
    return calibration.team_calibration(team.workspace, by=team.people[by], chosen=Chosen(**chosen))


def basis(team: Team, by: str = "Max", **chosen: Any) -> Basis:
    found = of_team(team, by, **chosen).basis
    assert found
    return found


def own(team: Team, by: str) -> OwnCalibration:
    return own_calibration.own_calibration(team.workspace, by=team.people[by])


def three_candidates(team: Team) -> list[Candidate]:
    return [team.candidate, team.add_candidate("Zoe"), team.add_candidate("Yan")]


def score(team: Team, many: list[Candidate], *names: str, round_name: str = "Panel") -> None:
    """Each person gives each candidate their level of LEVELS on every question."""
    for place, candidate in enumerate(many):
        for name in names:
            team.hand_in(name, candidate=candidate, levels=LEVELS[name][place], round_name=round_name)


def test_there_is_no_calibration_before_anything_is_submitted(team: Team) -> None:
    team.fill("Ana")
    found = of_team(team)
    assert (found.is_empty, found.complete, found.basis) == (True, True, Basis({}, {}, 0, 0, 0, 0, ()))
    assert own(team, "Ana") == OwnCalibration()


def test_offsets_are_against_the_others_on_shared_candidates(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")
    found = of_team(team)

    ana, bo = team.people["Ana"].id, team.people["Bo"].id
    assert found.basis == Basis(
        names={ana: "Ana", bo: "Bo"}, rounds={team.round_id(): "Panel"}, levels=5, ratings=18, candidates=3, left_out=0,
        sittings=("panel",),
    )  # fmt: skip
    assert found.complete
    assert found.beside
    assert list(found.beside) == ["panel"]
    # Bo minus Ana: -2, -1, 0
    offsets = {each: found.beside["panel"].offsets.of(each) for each in (ana, bo)}
    assert {who: (round(each.estimate or 0, 9), each.n_targets, each.n_ratings) for who, each in offsets.items()} == {
        ana: (-1.0, 3, 9), bo: (1.0, 3, 9),
    }  # fmt: skip


def test_panel_sittings_and_separate_sittings_are_not_mixed(team: Team) -> None:
    everybody = three_candidates(team)
    score(team, everybody, "Ana", "Bo")
    only_panel = of_team(team)
    assert only_panel.agreement
    assert only_panel.agreement.separate is None
    assert only_panel.beside

    score(team, everybody, "Ana", "Bo", "Mia", round_name="Separate")
    both = of_team(team)
    assert both.agreement
    assert both.agreement.separate
    assert both.beside
    # what was added in separate sittings does not move the panels
    assert replace(both.agreement, separate=None) == only_panel.agreement
    assert plain(both.beside["panel"]) == plain(only_panel.beside["panel"])
    separate = both.agreement.separate
    assert (separate.n_raters, separate.n_targets, separate.n_ratings) == (3, 3, 9)
    assert both.basis
    assert both.basis.sittings == ("panel", "separate")


def test_a_round_counts_as_the_sitting_it_was_published_with(team: Team) -> None:
    score(team, [team.candidate], "Ana", "Bo")
    before = of_team(team)
    draft = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    plan_rounds.change_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id(),
        seen_version=draft.stored.version, name="Panel", sitting="separate", minutes=60,
    )  # fmt: skip
    published(team.workspace, team.people["Max"], team.plan_id)
    zoe = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name="Zoe")
    team.schedule(zoe, "Panel")
    team.hand_in("Ana", candidate=zoe)

    after = of_team(team)
    assert before.agreement
    assert after.agreement
    assert replace(after.agreement, separate=None) == before.agreement
    assert after.agreement.separate
    assert after.agreement.separate.n_ratings == 1


def test_not_asked_and_drafts_and_cancelled_interviews_enter_no_number(team: Team) -> None:
    _, zoe, yan = three_candidates(team)
    team.hand_in("Ana", levels={"what-ana-asks": 4})
    team.fill("Bo")
    team.hand_in("Ana", candidate=zoe, levels=1)
    for view in candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id):
        if view.candidate.id == zoe.id:
            for each in view.standing:
                scheduling.cancel_interview(
                    team.workspace, by=team.people["Max"], interview_id=each["id"], seen_version=each["version"]
                )
    found = basis(team)
    assert (found.ratings, found.candidates, list(found.names.values())) == (1, 1, ["Ana"])
    assert yan.id not in str(of_team(team))


def test_rubrics_of_another_length_are_left_out_and_counted(team: Team, tmp_path: Path) -> None:
    short = a_rubric("three-levels", "Brevity", levels=3)
    folder = write_content(tmp_path / "more", {"general": question_file(*QUESTIONS)}, [short])
    files.bring_in_files(reading_from(team.workspace, folder), by=team.people["Max"])
    draft = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan
    repeats_on_purpose(team)
    seat = draft.rounds[1].assignments[1]  # Bo, in the separate round, asks what Ana asks in the panel
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision,
        questions=(planned("what-ana-asks", rubric="three-levels"),),
    )  # fmt: skip
    published(team.workspace, team.people["Max"], team.plan_id)
    zoe = team.add_candidate("Zoe")
    team.hand_in("Ana", candidate=zoe, levels=5)
    team.hand_in("Bo", candidate=zoe, levels=2, round_name="Separate")

    found = basis(team)
    assert (found.levels, found.ratings, found.left_out, list(found.names.values())) == (5, 3, 1, ["Ana"])


def test_a_blind_manager_is_told_how_much_is_withheld(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")
    nothing = of_team(team, "Mia")  # she owes every one of these
    assert (nothing.is_empty, nothing.withheld, nothing.owed) == (True, 3, 3)

    for candidate in candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id):
        if candidate.candidate.name == "Zoe":
            team.hand_in("Mia", candidate=candidate.candidate, levels=3)
    found = of_team(team, "Mia")
    assert found.basis
    assert (found.basis.candidates, found.basis.ratings, found.withheld, found.owed) == (1, 9, 2, 2)
    assert of_team(team, "Mia", round_id=team.round_id("Separate")).withheld == 0
    assert of_team(team, "Mia", role_id=team.role_id, plan_id=team.plan_id).owed == 2


def test_an_own_card_is_about_own_panels_only(team: Team) -> None:
    everybody = three_candidates(team)
    score(team, everybody, "Ana", "Bo")
    team.hand_in("Mia", candidate=everybody[0], levels=1)

    card = own(team, "Ana")
    assert card.figures
    offset = card.figures.offset
    # the others' mean minus Ana: (2 + 1) / 2 - 4, then -1, 0
    assert (round(offset.estimate or 0, 9), offset.n_targets, card.ratings) == (round(-3.5 / 3, 9), 3, 9)
    assert card.figures.differences == (0.0, 1.0, 2.5)
    assert card.own_levels
    assert card.own_levels.to_frame().index.tolist() == [team.people["Ana"].id]
    assert own(team, "Mia").ratings == 3
    assert own(team, "Max") == OwnCalibration()


def test_what_is_chosen_is_looked_at_alone(team: Team) -> None:
    score(team, [team.candidate], "Ana", "Bo")
    team.hand_in("Ana", round_name="Separate")
    everything = basis(team).ratings
    assert basis(team, role_id=team.role_id) == basis(team, plan_id=team.plan_id) == basis(team)
    assert basis(team, round_id=team.round_id()).ratings == 6
    assert basis(team, round_id=team.round_id("Separate")).ratings == everything - 6
    by_competency = [basis(team, competency=each).ratings for each in ("Technical depth", "Explanation")]
    assert (sum(by_competency), min(by_competency) > 0) == (everything, True)
    assert of_team(team, plan_id="another plan").is_empty
    assert of_team(team, since=MONDAY.date() + timedelta(days=1)).is_empty
    assert basis(team, since=MONDAY.date(), until=MONDAY.date()).ratings == everything


def test_the_choices_are_those_of_published_plans(team: Team) -> None:
    found = calibration.choices(team.workspace, by=team.people["Max"])
    panel, separate = team.round_id(), team.round_id("Separate")
    assert set(found.rounds) == {(team.role_id, team.plan_id, panel), (team.role_id, team.plan_id, separate)}
    assert found.round_names == {panel: "Panel", separate: "Separate"}
    assert list(found.roles) == [team.role_id]
    assert list(found.plans) == [team.plan_id]
    assert found.competencies[panel] == ("Explanation", "Technical depth")
    assert found.rounds_of("another role") == found.rounds_of(team.role_id, "another plan") == []


def test_who_may_see_the_same_shares_the_results_and_a_submission_makes_new_ones(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")
    first = of_team(team)
    assert of_team(team, "Ada").sources is first.sources
    so_far = calibration.calibration_so_far(team.workspace, by=team.people["Ada"])
    assert (so_far.key, so_far.complete, so_far.beside is first.beside) == (first.key, True, True)
    team.hand_in("Mia")
    later = calibration.calibration_so_far(team.workspace, by=team.people["Max"])
    assert (later.key != first.key, later.basis, later.complete) == (True, None, False)
    assert basis(team).ratings == 21


def test_what_is_finished_before_it_is_cancelled_is_kept(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")

    def until_agreement(doing: str, share: float | None) -> None:
        if doing == calibration.PARTS["agreement"][0]:
            raise Cancelled

    with pytest.raises(Cancelled):
        calibration.team_calibration(team.workspace, by=team.people["Max"], report=until_agreement)
    found = calibration.calibration_so_far(team.workspace, by=team.people["Max"])
    there = {name: getattr(found, name) is not None for name in calibration.PARTS}
    assert there == dict.fromkeys(("basis", "level_use", "links", "timeliness"), True) | dict.fromkeys(
        ("agreement", "beside", "sources"), False
    )


def test_who_shares_candidates_is_counted_over_all_sittings(team: Team) -> None:
    first, zoe, yan = three_candidates(team)
    score(team, [first, zoe], "Ana", "Bo")
    team.hand_in("Mia", candidate=yan)
    team.hand_in("Bo", candidate=yan, round_name="Separate")
    found = of_team(team).links
    assert found
    ids = {each.id: name for name, each in team.people.items()}
    pairs = [(ids[found.people[one]], ids[found.people[other]], n) for one, other, n in found.pairs.to_numpy().tolist()]
    assert {(*sorted(each[:2]), each[2]) for each in pairs} == {("Ana", "Bo", 2), ("Bo", "Mia", 1)}
    assert [len(each) for each in found.groups] == [3]
    assert found.names == {first.id: "Priya N.", zoe.id: "Zoe", yan.id: "Yan"} or yan.id in found.names


def test_hours_until_handing_in_count_from_the_planned_end_of_what_is_over(team: Team) -> None:
    team.hand_in("Ana")
    found = of_team(team).timeliness
    assert found
    ends = MONDAY + timedelta(minutes=60)
    people = {team.people[name].id for name in ("Ana", "Bo", "Mia")}
    assert {str(each.rater) for each in found.raters} <= people
    assert {each.n for each in found.raters if each.rater == team.people["Ana"].id} == ({1} if ends < now() else set())


READERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, Mapping[str, str]]] = {
    "choices": (lambda team, by: calibration.choices(team.workspace, by=by), READERS),
    "calibration_so_far": (lambda team, by: calibration.calibration_so_far(team.workspace, by=by), READERS),
    "team_calibration": (lambda team, by: calibration.team_calibration(team.workspace, by=by), READERS),
    "own_calibration": (
        lambda team, by: own_calibration.own_calibration(team.workspace, by=by),
        dict.fromkeys(READERS, "yes") | {"deactivated": "NotAllowed"},
    ),
    "own_calibration_so_far": (
        lambda team, by: own_calibration.own_calibration_so_far(team.workspace, by=by),
        dict.fromkeys(READERS, "yes") | {"deactivated": "NotAllowed"},
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(calibration) | taking_a_person(own_calibration)


@pytest.mark.parametrize("action", ACCESS)
def test_the_team_is_for_those_who_manage_and_the_own_card_for_everyone(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
