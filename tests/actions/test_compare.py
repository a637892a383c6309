"""Candidates side by side, on both engines. Blindness has a module of its own: test_blindness."""

from dataclasses import replace
from pathlib import Path

import pytest

from panel.actions import assignments, candidates, compare, files, plan_rounds, plans, roles
from panel.domain.scores import CompetencyScore, Split
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


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def side_by_side(team: Team, by: str = "Max") -> dict[str, compare.Compared]:
    found = compare.compare(team.workspace, by=team.people[by], role_id=team.role_id)
    return {each.candidate.name: each for each in found.candidates}


def test_a_candidate_nobody_rated_has_no_score_and_an_interview_count(team: Team) -> None:
    assert compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id) == compare.Comparison(
        role_name="Engineer",
        role_competencies=("Technical depth", "Explanation"),
        competencies=("Technical depth", "Explanation"),
        candidates=(
            compare.Compared(
                candidate=team.candidate, score=compare.score_candidate(()), observed=(), recommendations=(),
                scorecards=6, submitted=0, withheld_rounds=0,
                profile=compare.Profile({"Technical depth": 1.0, "Explanation": 1.0}, ("Technical depth",)),
            ),
        ),
    )  # fmt: skip


def test_a_score_stands_on_competencies_that_weigh_the_same(team: Team) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 5, "what-bo-asks": 2, "what-mia-asks": 4})
    team.hand_in("Bo", levels={"what-ana-asks": 4, "what-bo-asks": 3, "what-mia-asks": 4})

    one = side_by_side(team)["Priya"]
    assert one.score.competencies == {
        "Technical depth": CompetencyScore("Technical depth", (5 + 4 + 4 + 4) / 4, ratings=4, interviewers=2),
        "Explanation": CompetencyScore("Explanation", 2.5, ratings=2, interviewers=2),
    }
    assert (one.score.score, one.score.ratings, one.score.interviewers, one.score.not_assessed, one.submitted) == (
        (4.25 + 2.5) / 2, 6, 2, 0, 2,
    )  # fmt: skip


def test_not_asked_is_missing_and_never_zero(team: Team) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 4})

    one = side_by_side(team)["Priya"]
    assert one.score.competencies == {"Technical depth": CompetencyScore("Technical depth", 4.0, 1, 1)}
    assert (one.score.score, one.score.ratings, one.score.not_assessed) == (4.0, 1, 2)
    assert [(each.question_key, each.level, each.outcome) for each in one.observed] == [
        ("what-ana-asks", 4, "rated"), ("what-bo-asks", None, "not_asked"), ("what-mia-asks", None, "not_asked"),
    ]  # fmt: skip


def test_a_note_stands_beside_its_level_and_the_anchor_of_that_level(team: Team) -> None:
    team.hand_in("Ana", levels=2, note="=cmd() <b>was</b> vague", summary="Careful.", recommendation="no")

    one = side_by_side(team)["Priya"]
    assert [(each.person_name, each.level, each.note, each.anchor, each.round_name) for each in one.observed] == [
        ("Ana", 2, "=cmd() <b>was</b> vague", f"{rubric}: behaviour of level 2.", "Panel")
        for rubric in ("technical-depth", "explanation", "technical-depth")
    ]
    assert one.recommendations == (compare.Recommended("Ana", "Panel", "no", "Careful."),)


def test_interviewers_two_levels_apart_on_a_question_are_a_split(team: Team) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 5, "what-bo-asks": 3, "what-mia-asks": 3})
    team.hand_in("Bo", levels={"what-ana-asks": 2, "what-bo-asks": 1, "what-mia-asks": 4})

    one = side_by_side(team)["Priya"]
    by_who = {(each.person_name, each.question_key): each for each in one.observed}
    assert one.score.splits == (
        Split(
            "what-ana-asks", "What is what-ana-asks?", "Technical depth", by_who["Bo", "what-ana-asks"],
            by_who["Ana", "what-ana-asks"], 3,
        ),
        Split(
            "what-bo-asks", "What is what-bo-asks?", "Explanation", by_who["Bo", "what-bo-asks"],
            by_who["Ana", "what-bo-asks"], 2,
        ),
    )  # fmt: skip


def test_candidates_stand_in_the_order_of_their_names_and_each_has_their_own_ratings(team: Team) -> None:
    aaron = team.add_candidate("aaron")
    zoe = team.add_candidate("Zoe")
    team.hand_in("Ana", levels=5, candidate=zoe)
    team.hand_in("Ana", levels=1, candidate=aaron)

    found = side_by_side(team)
    assert [(name, one.score.score) for name, one in found.items()] == [("aaron", 1.0), ("Priya", None), ("Zoe", 5.0)]


def test_ratings_of_a_cancelled_interview_count_nowhere(team: Team) -> None:
    team.hand_in("Ana", levels=5)
    team.cancel("Max")

    one = side_by_side(team)["Priya"]
    assert (one.score.score, one.observed, one.recommendations, one.scorecards, one.submitted) == (None, (), (), 3, 0)


def test_another_role_is_not_mixed_in(team: Team) -> None:
    team.hand_in("Ana")
    other = roles.create_role(team.workspace, by=team.people["Max"], name="Analyst", competencies=("Explanation",))
    assert compare.compare(team.workspace, by=team.people["Max"], role_id=other) == compare.Comparison(
        "Analyst", ("Explanation",), ("Explanation",), ()
    )


def test_weights_renormalise_over_what_was_assessed(team: Team) -> None:
    draft = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan
    seat = draft.rounds[0].assignments[0]  # Ana's in the panel round
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision,
        questions=(planned("what-ana-asks", weight=3.0, reason="The heart of the work."),),
    )  # fmt: skip
    later = replace(team, version=published(team.workspace, team.people["Max"], team.plan_id))
    zoe = later.add_candidate("Zoe")
    yan = later.add_candidate("Yan")
    later.hand_in("Ana", candidate=zoe, levels={"what-ana-asks": 5, "what-mia-asks": 1})
    later.hand_in("Ana", candidate=yan, levels={"what-mia-asks": 1})

    found = side_by_side(later)
    assert found["Zoe"].score.competencies["Technical depth"].score == (3 * 5 + 1 * 1) / 4
    assert found["Yan"].score.competencies["Technical depth"].score == 1.0


def test_a_question_asked_with_two_rubrics_keeps_each_with_its_own_ratings(team: Team, tmp_path: Path) -> None:
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
    later = replace(team, version=published(team.workspace, team.people["Max"], team.plan_id))
    zoe = later.add_candidate("Zoe")
    later.hand_in("Ana", candidate=zoe, levels={"what-ana-asks": 5})
    later.hand_in("Bo", candidate=zoe, levels=2, round_name="Separate")

    observed = [each for each in side_by_side(later)["Zoe"].observed if each.level]
    assert sorted((each.round_name, each.competency, each.levels, each.on_five) for each in observed) == [
        ("Panel", "Technical depth", 5, 5.0),
        ("Separate", "Brevity", 3, 3.0),
    ]


def test_ratings_keep_the_round_name_they_were_made_under(team: Team) -> None:
    team.hand_in("Ana")
    draft = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    plan_rounds.change_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id(),
        seen_version=draft.stored.version, name="Renamed", sitting="panel", minutes=60,
    )  # fmt: skip
    later = replace(team, version=published(team.workspace, team.people["Max"], team.plan_id))
    zoe = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name="Zoe")
    later.schedule(zoe, "Renamed")
    later.hand_in("Ana", candidate=zoe, round_name="Renamed")

    assert {name: {each.round_name for each in one.observed} for name, one in side_by_side(later).items()} == {
        "Priya": {"Panel"}, "Zoe": {"Renamed"},
    }  # fmt: skip


READERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "compare": (lambda team, by: compare.compare(team.workspace, by=by, role_id=team.role_id), READERS),
    "choosable": (lambda team, by: compare.choosable(team.workspace, by=by, role_id=team.role_id), READERS),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(compare)


@pytest.mark.parametrize("action", ACCESS)
def test_only_those_who_manage_hiring_compare(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_role_that_is_not_there_is_not_found(team: Team) -> None:
    with pytest.raises(NotFound, match="This role does not exist"):
        compare.compare(team.workspace, by=team.people["Max"], role_id="nothing")
