"""The best question sets: for a whole plan and for one seat, what they respect, and taking them over."""

from datetime import date
from pathlib import Path

import pytest

from panel.actions import assignments, best_set, plan_rounds, plans, question_life, roles
from panel.actions.question_worth import question_worth
from panel.domain.people import Person
from panel.domain.plans import Assignment, Plan
from panel.domain.questions import Question
from panel.domain.set_rules import SetRules, Span
from panel.errors import Stale
from panel.house import Workspace
from panel.store import bank
from tests.factories import Team, a_bank, a_question, a_rubric, a_team, everybody, outcomes, planned

DEPTH = [a_question(f"depth-{n}", minutes=5 + n % 3) for n in range(8)]
TALK = [a_question(f"talk-{n}", minutes=6, competency="Explanation", difficulty="advanced") for n in range(6)]
QUESTIONS: list[Question] = [*DEPTH, *TALK, a_question("beside", competency="Care")]
RUBRICS = (a_rubric(), a_rubric("explanation", "Explanation"), a_rubric("care", "Care"))


@pytest.fixture
def starts_with_team() -> bool:
    return False


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """A draft with a panel of Ana and Bo (30 minutes), a sequence of Ana and Tom (20 each); nothing is chosen."""
    people = everybody(workspace)
    small = a_bank(workspace, tmp_path / "content", people["Ada"], QUESTIONS, RUBRICS)
    role_id = roles.create_role(small, by=people["Max"], name="Writer", competencies=("Technical depth", "Explanation"))
    plan_id = plans.create_plan(small, by=people["Max"], role_id=role_id, title="Day")
    for name, sitting, minutes, who in (
        ("Panel", "panel", 30, ("Ana", "Bo")),
        ("Apart", "separate", 20, ("Ana", "Tom")),
    ):
        plan_rounds.add_round(
            small, by=people["Max"], plan_id=plan_id, name=name, sitting=sitting, minutes=minutes,  # type: ignore[arg-type]
            interviewers=tuple(people[each].id for each in who),
        )  # fmt: skip
    return Team(small, people, role_id, plan_id, *[None] * 2)  # type: ignore[arg-type]


def draft(team: Team) -> Plan:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan


def seats(team: Team) -> list[Assignment]:
    return [seat for each in draft(team).rounds for seat in each.assignments]


def rule(team: Team, rules: SetRules) -> None:
    stored = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).stored
    plan_rounds.set_rules(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, seen_version=stored.version, chosen=rules
    )


def found(team: Team, **kept: tuple[str, ...]) -> best_set.Suggestion:
    return best_set.searched(
        best_set.search_for_plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id, kept=kept)
    )


def keys(suggestion: best_set.Suggestion) -> list[list[str]]:
    return [[each.question_key for each in planned] for planned in suggestion.sets.values()]


def minutes(names: list[str]) -> int:
    return sum(each.minutes for each in QUESTIONS if each.key in names)


def test_slots_are_kept_nothing_is_asked_twice_and_both_competencies_are_covered(team: Team) -> None:
    suggestion = found(team)
    ana, bo, ana_alone, tom = keys(suggestion)
    asked = [*ana, *bo, *ana_alone, *tom]
    assert suggestion.answer.status in ("optimal", "within_gap")
    assert len(asked) == len(set(asked))
    assert (minutes([*ana, *bo]) <= 30, minutes(ana_alone) <= 20, minutes(tom) <= 20) == (True, True, True)
    assert {name.partition("-")[0] for name in asked} == {"depth", "talk"}
    assert [bool(each) for each in (ana, bo, ana_alone, tom)] == [True] * 4
    assert all(each.rubric_key == ("explanation" if "talk" in each.question_key else "technical-depth")
               for part in suggestion.sets.values() for each in part)  # fmt: skip


def test_what_is_kept_stays_first_where_it_was(team: Team) -> None:
    ana, *_ = seats(team)
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=ana.id, seen_revision=ana.revision,
        questions=(planned("talk-5", rubric="care", weight=2.0, reason="core"), planned("depth-0")),
    )  # fmt: skip
    kept = seats(team)[0].questions[0]
    suggestion = found(team, **{ana.id: ("talk-5",)})
    assert suggestion.sets[ana.id][0] == kept


def test_must_exclude_apart_leaks_and_pilots_are_respected(team: Team) -> None:
    by = team.people["Max"]
    for key in ("depth-1", "depth-2"):
        question_life.mark_leaked(
            team.workspace, by=by, key=key, seen=None, on=date(2026, 3, 1), reason="Seen on a forum."
        )
    rule(team, SetRules(must=("depth-2", "talk-0"), exclude=("talk-1",), apart=(("talk-2", "talk-3"),)))
    asked = [key for part in keys(found(team)) for key in part]
    assert {"depth-2", "talk-0"} <= set(asked)
    assert not {"depth-1", "talk-1", "beside"} & set(asked)
    assert len({"talk-2", "talk-3"} & set(asked)) <= 1


def test_rules_that_cannot_be_met_are_named(team: Team) -> None:
    rule(team, SetRules(per_competency=Span(least=20)))
    suggestion = found(team)
    assert (suggestion.found, suggestion.answer.status) == (False, "infeasible")
    assert any("instead of 20" in each for each in suggestion.answer.relax)


def test_sets_are_taken_over_all_at_once_and_accepted_and_a_stale_answer_is_told(team: Team) -> None:
    first, second = found(team), found(team)
    w, by = team.workspace, team.people["Max"]
    best_set.take_over(w, by=by, plan_id=team.plan_id, seen_version=first.plan_version, sets=first.sets)
    assert {seat.id: seat.questions for seat in seats(team)} == first.sets
    assert {seat.state for seat in seats(team)} == {"accepted"}
    with pytest.raises(Stale):
        best_set.take_over(w, by=by, plan_id=team.plan_id, seen_version=second.plan_version, sets=second.sets)


def test_the_rest_of_one_seat_leaves_the_others_alone_and_fits_the_time_left(team: Team) -> None:
    ana, bo, *_ = seats(team)
    w = team.workspace
    for seat, key in ((ana, "depth-0"), (bo, "depth-1")):
        assignments.choose_questions(
            w, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision,
            questions=(planned(key),),
        )  # fmt: skip
    suggestion = best_set.suggest_the_rest(w, by=team.people["Bo"], plan_id=team.plan_id, assignment_id=bo.id)
    (chosen,) = keys(suggestion)
    assert list(suggestion.sets) == [bo.id]
    assert chosen[0] == "depth-1"
    assert "depth-0" not in chosen
    assert minutes(["depth-0", *chosen]) <= 30


def test_a_must_have_that_nobody_asks_yet_is_among_it_where_there_is_room(team: Team) -> None:
    ana, bo, *_ = seats(team)
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=ana.id, seen_revision=ana.revision,
        questions=(planned("depth-0"),),
    )  # fmt: skip
    (chosen,) = keys(
        best_set.suggest_the_rest(team.workspace, by=team.people["Bo"], plan_id=team.plan_id, assignment_id=bo.id)
    )
    assert any(key.startswith("talk") for key in chosen)
    rule(team, SetRules(exclude=tuple(each.key for each in TALK)))
    (chosen,) = keys(
        best_set.suggest_the_rest(team.workspace, by=team.people["Bo"], plan_id=team.plan_id, assignment_id=bo.id)
    )
    assert chosen
    assert all(key.startswith("depth") for key in chosen)


def test_what_gives_away_a_question_of_another_is_not_suggested(team: Team) -> None:
    ana, bo, *_ = seats(team)
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=ana.id, seen_revision=ana.revision,
        questions=(planned("depth-0"),),
    )  # fmt: skip
    rule(
        team,
        SetRules(apart=tuple(("depth-0", each.key) for each in QUESTIONS if each.key not in ("depth-0", "talk-0"))),
    )
    (chosen,) = keys(
        best_set.suggest_the_rest(team.workspace, by=team.people["Bo"], plan_id=team.plan_id, assignment_id=bo.id)
    )
    assert chosen == ["talk-0"]


def test_what_somebody_is_asked_to_cover_is_among_it(team: Team) -> None:
    tom = seats(team)[-1]
    plan_rounds.save_seat(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=tom.id, seen_revision=tom.revision,
        person_id=tom.interviewer_id, covers=("Explanation",),
    )  # fmt: skip
    (chosen,) = keys(
        best_set.suggest_the_rest(team.workspace, by=team.people["Tom"], plan_id=team.plan_id, assignment_id=tom.id)
    )
    assert chosen
    assert all(key.startswith("talk") for key in chosen)


def test_who_may_search_take_over_and_be_helped(team: Team) -> None:
    w, plan_id = team.workspace, team.plan_id
    manages = {"Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
               "deactivated": "NotAllowed"}  # fmt: skip
    assert outcomes(team, lambda t, by: best_set.search_for_plan(w, by=by, plan_id=plan_id, kept={})) == manages
    nothing: best_set.Sets = {}

    def take(t: Team, by: Person) -> None:
        stored = plans.plan(w, by=team.people["Max"], plan_id=plan_id).stored
        best_set.take_over(w, by=by, plan_id=plan_id, seen_version=stored.version, sets=nothing)

    assert outcomes(team, take) == manages
    ana = seats(team)[0]
    assert outcomes(
        team, lambda t, by: best_set.suggest_the_rest(w, by=by, plan_id=plan_id, assignment_id=ana.id)
    ) == manages | {"Ana": "yes"}


def test_ratings_withheld_from_the_reader_are_not_behind_what_a_question_is_worth(
    workspace: Workspace, tmp_path: Path
) -> None:
    team = a_team(workspace, tmp_path / "content")
    team.hand_in("Ana", levels=5)
    with team.workspace.database.read() as transaction:
        questions = {each.key: each for each in bank.current_questions(transaction)}

        def rated(name: str) -> int:
            found = question_worth(transaction, reader_id=team.people[name].id, seniority="", questions=questions)
            return sum(each.rated + each.lately for each in found.values())

        assert (rated("Bo"), rated("Mia")) == (0, 0)
        assert rated("Max") > 0
