"""Starting a question set from earlier ones, and what candidates were to be asked before, on both engines."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import (
    asked_before,
    assignments,
    bank,
    candidates,
    earlier_sets,
    plan_rounds,
    plans,
    question_life,
    questions,
    scheduling,
)
from panel.actions.asked_before import AskedBefore
from panel.actions.earlier_sets import EarlierSet
from panel.actions.questions import QuestionText, Seen
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.domain.plans import Assignment
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from tests.factories import MONDAY, Call, Team, a_team, audited, outcomes, planned, taking_a_person


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """Ana has a seat in the round "Fresh", which is not published, with nothing chosen yet."""
    team = a_team(workspace, tmp_path / "content")
    plan_rounds.add_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, name="Fresh", sitting="separate", minutes=30,
        interviewers=(team.people["Ana"].id,),
    )  # fmt: skip
    return team


def seat_of(team: Team) -> Assignment:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[-1].assignments[0]


def place(team: Team) -> dict[str, Any]:
    return {"plan_id": team.plan_id, "assignment_id": seat_of(team).id}


def offered(team: Team, who: str) -> list[EarlierSet]:
    return earlier_sets.earlier_sets(team.workspace, by=team.people[who], **place(team))


def begin(team: Team, who: str, *keys: str, seen: int | None = None) -> earlier_sets.Started:
    return earlier_sets.start_from(
        team.workspace, by=team.people[who], keys=keys,
        seen_revision=seat_of(team).revision if seen is None else seen, **place(team),
    )  # fmt: skip


def clear(team: Team, round_name: str, name: str) -> None:
    """Max takes the questions out of a seat of the draft."""
    rounds = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds
    where = next(each for each in rounds if each.name == round_name)
    seat = next(each for each in where.assignments if each.interviewer_id == team.people[name].id)
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision, questions=(),
    )  # fmt: skip


# ---- what is offered --------------------------------------------------------------------------------------------


def test_an_interviewer_is_offered_their_own_sets_and_each_once(team: Team) -> None:
    def of(name: str, round_name: str, key: str) -> EarlierSet:
        """In a panel everybody's guide holds all questions; the set is what one asks."""
        return EarlierSet(team.people[name].id, name, "Onsite", round_name, team.version.published_at, (key,))

    own = [of("Ana", "Panel", "what-ana-asks"), of("Ana", "Separate", "ana-alone")]
    assert offered(team, "Ana") == own
    everybody = offered(team, "Max")
    assert everybody[:2] == own
    assert {(each.who, each.keys) for each in everybody[2:]} == {
        ("Bo", ("what-bo-asks",)), ("Bo", ("bo-alone",)), ("Mia", ("what-mia-asks",)), ("Mia", ("mia-alone",)),
    }  # fmt: skip


def test_a_set_of_a_draft_that_differs_from_what_was_published_comes_first(team: Team) -> None:
    clear(team, "Panel", "Ana")
    begin(team, "Ana", "what-ana-asks")
    panel = plans.plan(team.workspace, by=team.people["Ana"], plan_id=team.plan_id).plan.rounds[0]
    another = earlier_sets.earlier_sets(
        team.workspace, by=team.people["Ana"], plan_id=team.plan_id, assignment_id=panel.assignments[0].id
    )
    assert [(each.round_name, each.published_at is None) for each in another] == [
        ("Fresh", True), ("Panel", False), ("Separate", False),
    ]  # fmt: skip


# ---- starting ---------------------------------------------------------------------------------------------------


def test_what_others_ask_stays_out_and_nothing_is_lost(team: Team) -> None:
    clear(team, "Separate", "Bo")
    started = begin(team, "Ana", "bo-alone", "mia-alone", "nowhere", "bo-alone", "<script>")
    assert started.assignment.questions == (planned("bo-alone"),)
    assert started.start.left_out == {"gone": 2, "others": 1}
    assert seat_of(team) == started.assignment
    assert audited(team.workspace, "plan", team.plan_id)[-1][:2] == (team.people["Ana"].id, "start_from_questions")

    clear(team, "Separate", "Mia")
    assert begin(team, "Ana", "mia-alone", "bo-alone").assignment.questions == (
        planned("bo-alone"), planned("mia-alone"),
    )  # fmt: skip


def test_a_newer_version_is_taken_and_a_retired_question_is_not(team: Team) -> None:
    clear(team, "Separate", "Bo")
    clear(team, "Separate", "Mia")
    for key in ("bo-alone", "mia-alone"):
        old = next(each for each in bank.questions(team.workspace, by=team.people["Max"]) if each.key == key)
        seen = Seen(old.version, old.state)
        if key == "bo-alone":
            text = QuestionText(category=old.category.name, **old.question.model_dump(exclude={"key"}) | {"minutes": 7})
            questions.change_question(
                team.workspace, by=team.people["Max"], key=key, seen=seen, text=text, reason="It takes longer."
            )
        else:
            question_life.move_question(
                team.workspace, by=team.people["Max"], key=key, seen=seen, to="retired", reason="Worn."
            )
    started = begin(team, "Ana", "mia-alone", "bo-alone")
    assert started.assignment.questions == (planned("bo-alone", version=2),)
    assert started.start.left_out == {"state": 1}


def test_a_start_that_adds_nothing_says_why_and_changes_nothing(team: Team) -> None:
    before = seat_of(team)
    for keys, sentence in (
        (("mia-alone", "bo-alone"), "No question can be added: 2 are asked by others in this plan."),
        ((), "You ask all of these questions already."),
    ):
        with pytest.raises(InputError) as refusal:
            begin(team, "Ana", *keys)
        assert str(refusal.value) == sentence
    assert seat_of(team) == before


def test_a_stale_start_is_told(team: Team) -> None:
    clear(team, "Separate", "Bo")
    begin(team, "Ana", "bo-alone", seen=1)
    with pytest.raises(Stale):
        begin(team, "Max", "bo-alone", seen=1)


# ---- asked before -----------------------------------------------------------------------------------------------


def before(team: Team, who: str = "Ana") -> dict[str, tuple[AskedBefore, ...]]:
    return asked_before.asked_before(team.workspace, by=team.people[who], **place(team))


def with_an_interview(team: Team, name: str, round_name: str, at: datetime) -> Candidate:
    new = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name=name)
    book(team, new, round_name, at)
    return new


def book(team: Team, candidate: Candidate, round_name: str, at: datetime) -> None:
    scheduling.schedule(
        team.workspace, by=team.people["Max"], candidate_id=candidate.id, plan_id=team.plan_id,
        starts={team.round_id(round_name): at},
    )  # fmt: skip


def test_what_a_candidate_was_to_be_asked_is_named_while_they_have_an_interview_ahead(team: Team) -> None:
    zoe = with_an_interview(team, "Zoe van der Berg", "Panel", MONDAY)
    assert before(team) == {}
    book(team, zoe, "Separate", now() + timedelta(days=2))
    said = (AskedBefore("Zoe B.", "Panel", MONDAY),)
    assert before(team) == {"what-ana-asks": said, "what-bo-asks": said, "what-mia-asks": said}


def test_nothing_of_what_was_rated_reaches_it(team: Team) -> None:
    zoe = with_an_interview(team, "Zoe", "Panel", MONDAY)
    book(team, zoe, "Separate", now() + timedelta(days=2))
    untouched = before(team)
    team.hand_in("Bo", candidate=zoe, levels={"what-bo-asks": 5, "what-ana-asks": None})
    team.fill("Mia", candidate=zoe, levels=1, note="secret")
    assert before(team) == untouched == before(team, "Max")


def test_a_cancelled_interview_counts_neither_before_nor_ahead(team: Team) -> None:
    zoe = with_an_interview(team, "Zoe", "Panel", MONDAY)
    book(team, zoe, "Separate", now() + timedelta(days=2))
    cancel(team, zoe, "Panel")
    assert before(team) == {}
    book(team, zoe, "Panel", MONDAY)
    assert set(before(team)) == {"what-ana-asks", "what-bo-asks", "what-mia-asks"}
    cancel(team, zoe, "Separate")
    assert before(team) == {}


def cancel(team: Team, candidate: Candidate, round_name: str) -> None:
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    view = next(each for each in views if each.candidate.id == candidate.id)
    for each in view.standing:
        if each["round_id"] == team.round_id(round_name):
            scheduling.cancel_interview(
                team.workspace, by=team.people["Max"], interview_id=each["id"], seen_version=each["version"]
            )


def test_whoever_sat_in_this_round_already_is_not_asked_by_this_seat_again(team: Team) -> None:
    zoe = with_an_interview(team, "Zoe", "Panel", MONDAY)
    book(team, zoe, "Separate", now() + timedelta(days=2))
    panel_seat = plans.plan(team.workspace, by=team.people["Ana"], plan_id=team.plan_id).plan.rounds[0].assignments[0]
    assert (
        asked_before.asked_before(
            team.workspace, by=team.people["Ana"], plan_id=team.plan_id, assignment_id=panel_seat.id
        )
        == {}
    )


def test_of_a_sequence_only_the_sittings_that_stand_count_and_the_latest_comes_first(team: Team) -> None:
    zoe = with_an_interview(team, "Zoe", "Separate", MONDAY)
    yan = with_an_interview(team, "Yan", "Separate", MONDAY + timedelta(days=1))
    for each in (zoe, yan):
        book(team, each, "Panel", now() + timedelta(days=2))
    found = before(team)
    assert {key: [(each.candidate_name, each.round_name) for each in said] for key, said in found.items()} == {
        key: [("Yan", "Separate"), ("Zoe", "Separate")] for key in ("ana-alone", "bo-alone", "mia-alone")
    }
    assert found["bo-alone"][1].on == MONDAY + timedelta(minutes=30)  # the second sitting


# ---- access -----------------------------------------------------------------------------------------------------

ASSEMBLING = {
    "Ada": "yes",
    "Max": "yes",
    "Ana": "yes",
    "Tom": "NotAllowed",
    "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}


def _start(team: Team, by: Any) -> object:
    clear(team, "Separate", "Bo")
    seat = seat_of(team)
    if seat.questions:
        assignments.choose_questions(
            team.workspace, by=team.people["Max"], seen_revision=seat.revision, questions=(), **place(team)
        )
    return earlier_sets.start_from(
        team.workspace, by=by, keys=("bo-alone",), seen_revision=seat_of(team).revision, **place(team)
    )


SETS: dict[str, tuple[Call, dict[str, str]]] = {
    "earlier_sets": (lambda team, by: earlier_sets.earlier_sets(team.workspace, by=by, **place(team)), ASSEMBLING),
    "start_from": (_start, ASSEMBLING),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(SETS) == taking_a_person(earlier_sets)
    assert taking_a_person(asked_before) == {"asked_before"}


@pytest.mark.parametrize("action", SETS)
def test_sets_to_start_from_are_the_seats_interviewers_and_the_managers(team: Team, action: str) -> None:
    call, expected = SETS[action]
    assert outcomes(team, call) == expected


def test_what_was_to_be_asked_is_for_the_plans_people(team: Team) -> None:
    found = outcomes(team, lambda team, by: asked_before.asked_before(team.workspace, by=by, **place(team)))
    assert found == ASSEMBLING | {"Tom": "NotFound", "demoted": "NotFound"}


def test_a_colleague_of_the_same_plan_starts_nothing_of_anothers(team: Team) -> None:
    with pytest.raises(NotAllowed, match="Only this interviewer, or a hiring manager"):
        begin(team, "Bo", "bo-alone")
    with pytest.raises(NotAllowed):
        offered(team, "Bo")


def test_a_plan_or_seat_that_is_gone_is_not_found(team: Team) -> None:
    seat = place(team)
    for gone in ({"plan_id": "nothing"}, {"assignment_id": "nothing"}):
        for action in (earlier_sets.earlier_sets, asked_before.asked_before):
            with pytest.raises(NotFound):
                action(team.workspace, by=team.people["Max"], **(seat | gone))  # type: ignore[operator]
