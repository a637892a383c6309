"""How the panel scores, on both engines. The statistics themselves are proven in tests/stats."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from panel.actions import assignments, calibration, candidates, files, plan_rounds, plans, scheduling
from panel.domain.candidates import Candidate
from panel.errors import NotFound
from panel.house import Workspace
from tests.factories import (
    QUESTIONS,
    Call,
    Team,
    a_rubric,
    a_team,
    outcomes,
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


def of_team(team: Team, by: str = "Max") -> calibration.TeamCalibration | None:
    return calibration.team_calibration(team.workspace, by=team.people[by], role_id=team.role_id, plan_id=team.plan_id)


def own(team: Team, by: str) -> calibration.OwnCalibration:
    return calibration.own_calibration(team.workspace, by=team.people[by])


def three_candidates(team: Team) -> list[Candidate]:
    return [team.candidate, team.add_candidate("Zoe"), team.add_candidate("Yan")]


def score(team: Team, many: list[Candidate], *names: str, round_name: str = "Panel") -> None:
    """Each person gives each candidate their level of LEVELS on every question."""
    for place, candidate in enumerate(many):
        for name in names:
            team.hand_in(name, candidate=candidate, levels=LEVELS[name][place], round_name=round_name)


def test_there_is_no_calibration_before_anything_is_submitted(team: Team) -> None:
    team.fill("Ana")
    assert of_team(team) is None
    assert own(team, "Ana") == calibration.OwnCalibration(0, None, True, None, None, None)


def test_offsets_are_against_the_others_on_shared_candidates(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")
    found = of_team(team)

    assert found
    ana, bo = team.people["Ana"].id, team.people["Bo"].id
    assert list(found.names.items()) == [(ana, "Ana"), (bo, "Bo")]
    assert (found.ratings, found.candidates, found.levels, found.left_out, found.withheld) == (
        18, 3, 5, 0, 0,
    )  # fmt: skip
    assert found.panel_offsets
    assert found.separate_offsets is None
    # Bo minus Ana: -2, -1, 0
    offsets = {each: found.panel_offsets.of(each) for each in (ana, bo)}
    assert {who: (round(each.estimate or 0, 9), each.n_targets, each.n_ratings) for who, each in offsets.items()} == {
        ana: (-1.0, 3, 9), bo: (1.0, 3, 9),
    }  # fmt: skip


def test_panel_sittings_and_separate_sittings_are_not_mixed(team: Team) -> None:
    everybody = three_candidates(team)
    score(team, everybody, "Ana", "Bo")
    only_panel = of_team(team)
    assert only_panel
    assert only_panel.panel
    assert only_panel.separate is None

    score(team, everybody, "Ana", "Bo", "Mia", round_name="Separate")
    both = of_team(team)
    assert both
    assert both.separate
    assert both.panel == only_panel.panel  # what was added in separate sittings does not move it
    assert (both.separate.n_raters, both.separate.n_targets, both.separate.n_ratings) == (3, 3, 9)


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
    assert before
    assert after
    assert after.panel == before.panel
    assert after.separate
    assert after.separate.n_ratings == 1


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
    found = of_team(team)
    assert found
    assert (found.ratings, found.candidates, list(found.names.values())) == (1, 1, ["Ana"])
    assert yan.id not in str(found)


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

    found = of_team(team)
    assert found
    assert (found.levels, found.ratings, found.left_out, list(found.names.values())) == (5, 3, 1, ["Ana"])


def test_a_blind_manager_is_told_how_much_is_withheld(team: Team) -> None:
    score(team, three_candidates(team), "Ana", "Bo")
    assert of_team(team, "Mia") is None  # she owes every one of these

    for candidate in candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id):
        if candidate.candidate.name == "Zoe":
            team.hand_in("Mia", candidate=candidate.candidate, levels=3)
    found = of_team(team, "Mia")
    assert found
    assert (found.candidates, found.ratings, found.withheld) == (1, 9, 5)


def test_an_own_card_is_about_own_panels_only(team: Team) -> None:
    everybody = three_candidates(team)
    score(team, everybody, "Ana", "Bo")
    team.hand_in("Mia", candidate=everybody[0], levels=1)

    card = own(team, "Ana")
    assert card.offset
    # the others' mean minus Ana: (2 + 1) / 2 - 4, then -1, 0
    assert (round(card.offset.estimate or 0, 9), card.offset.n_targets, card.ratings) == (round(-3.5 / 3, 9), 3, 9)
    assert card.distribution
    assert card.distribution.to_frame().index.tolist() == [team.people["Ana"].id]
    assert own(team, "Mia").ratings == 3
    assert own(team, "Max") == calibration.OwnCalibration(0, None, True, None, None, None)


def test_a_plan_without_ratings_of_its_own_has_no_calibration(team: Team) -> None:
    score(team, [team.candidate], "Ana", "Bo")
    found = calibration.team_calibration(
        team.workspace, by=team.people["Max"], role_id=team.role_id, plan_id="another plan"
    )
    assert found is None
    with pytest.raises(NotFound, match="This role does not exist"):
        calibration.team_calibration(team.workspace, by=team.people["Max"], role_id="nothing", plan_id=team.plan_id)


READERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, Mapping[str, str]]] = {
    "team_calibration": (
        lambda team, by: calibration.team_calibration(
            team.workspace, by=by, role_id=team.role_id, plan_id=team.plan_id
        ),
        READERS,
    ),
    "own_calibration": (
        lambda team, by: calibration.own_calibration(team.workspace, by=by),
        dict.fromkeys(READERS, "yes") | {"deactivated": "NotAllowed"},
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(calibration)


@pytest.mark.parametrize("action", ACCESS)
def test_the_team_is_for_those_who_manage_and_the_own_card_for_everyone(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
