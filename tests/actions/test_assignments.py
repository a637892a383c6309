"""Question sets: assembled by the interviewer or the manager, accepted by the manager, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, plan_rounds, plans
from panel.domain.plans import Assignment, PlannedQuestion
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from tests.factories import Call, Team, a_team, audited, outcomes, planned, taking_a_person


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """Ana has a seat in the round "Fresh" with nothing chosen yet, besides her published ones."""
    team = a_team(workspace, tmp_path / "content")
    add_fresh_seat(team)
    return team


def add_fresh_seat(team: Team, name: str = "Fresh") -> Assignment:
    plan_rounds.add_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, name=name, sitting="panel", minutes=30,
        interviewers=(team.people["Ana"].id,),
    )  # fmt: skip
    return seat_of(team)


def seat_of(team: Team) -> Assignment:
    """Ana's seat in the round added last."""
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    return view.plan.rounds[-1].assignments[0]


def choose(team: Team, who: str, *keys: str, seen: int | None = None) -> Assignment:
    seat = seat_of(team)
    return assignments.choose_questions(
        team.workspace, by=team.people[who], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision if seen is None else seen, questions=tuple(planned(key) for key in keys),
    )  # fmt: skip


def answer(team: Team, who: str, *, accepted: bool = True) -> Assignment:
    seat = seat_of(team)
    return assignments.accept(
        team.workspace, by=team.people[who], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision,
        accepted=accepted,
    )  # fmt: skip


def propose(team: Team, who: str = "Ana") -> Assignment:
    seat = seat_of(team)
    return assignments.propose(
        team.workspace, by=team.people[who], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision
    )


def test_an_interviewer_chooses_proposes_and_the_manager_accepts(team: Team) -> None:
    seat = seat_of(team)
    chosen = choose(team, "Ana", "what-ana-asks", "ana-alone")
    assert chosen == seat.model_copy(
        update={"questions": (planned("what-ana-asks"), planned("ana-alone")), "revision": 2}
    )
    assert chosen.state == "open"
    assert propose(team) == chosen.model_copy(update={"state": "proposed", "revision": 3})
    assert answer(team, "Max") == chosen.model_copy(update={"state": "accepted", "revision": 4})
    assert seat_of(team) == chosen.model_copy(update={"state": "accepted", "revision": 4})

    events = audited(team.workspace, "plan", team.plan_id)[-3:]
    ana, boss = team.people["Ana"].id, team.people["Max"].id
    assert [(who, what) for who, what, _, _ in events] == [
        (ana, "choose_questions"), (ana, "propose_questions"), (boss, "accept_questions"),
    ]  # fmt: skip
    assert [_state(after) for _, _, _, after in events] == ["open", "proposed", "accepted"]
    assert [_state(before) for _, _, before, _ in events] == ["open", "open", "proposed"]


def _state(plan: Any) -> str:
    return plan["rounds"][-1]["assignments"][0]["state"]


def test_a_manager_may_hand_a_proposal_back(team: Team) -> None:
    choose(team, "Ana", "ana-alone")
    propose(team)
    assert answer(team, "Max", accepted=False).state == "open"
    assert audited(team.workspace, "plan", team.plan_id)[-1][1] == "hand_back_questions"


def test_a_managers_own_choice_is_accepted_at_once_and_an_empty_one_is_open(team: Team) -> None:
    assert choose(team, "Max", "ana-alone").state == "accepted"
    assert choose(team, "Max").state == "open"


def test_an_interviewers_change_opens_an_accepted_set_again(team: Team) -> None:
    choose(team, "Max", "ana-alone")
    assert choose(team, "Ana", "ana-alone", "what-bo-asks").state == "open"


def test_today_names_what_waits_for_whom(team: Team) -> None:
    def waits(who: str) -> list[tuple[str, str, str]]:
        found = assignments.waiting_for(team.workspace, by=team.people[who])
        assert all((each.plan_id, each.plan_title) == (team.plan_id, "Onsite") for each in found)
        assert all(each.assignment_id == seat_of(team).id for each in found)
        return [(each.round_name, each.sentence, each.step) for each in found]

    assert waits("Ana") == [("Fresh", "You have no questions yet.", "Choose your questions")]
    choose(team, "Ana", "ana-alone")
    assert waits("Ana") == [("Fresh", "Your questions are chosen but not proposed yet.", "Look at your questions")]
    assert (waits("Max"), waits("Bo"), waits("Tom")) == ([], [], [])
    propose(team)
    assert (waits("Ana"), waits("Max")) == ([], [("Fresh", "Ana proposes a question set.", "Look at the proposal")])
    answer(team, "Max")
    assert (waits("Ana"), waits("Max")) == ([], [])


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        (("ana-alone", "ana-alone"), "A question stands in the list twice. Remove one of them."),
        (("nowhere",), "One of these questions is no longer in the bank. Reload the page."),
    ],
)
def test_a_set_that_cannot_be_asked_is_refused(team: Team, questions: tuple[str, ...], sentence: str) -> None:
    before = seat_of(team)
    with pytest.raises(InputError) as refusal:
        choose(team, "Ana", *questions)
    assert str(refusal.value) == sentence
    assert seat_of(team) == before


def test_a_version_or_rubric_that_never_was_is_refused(team: Team) -> None:
    seat = seat_of(team)
    for question, sentence in (
        (planned("ana-alone", version=7), "One of these questions is no longer in the bank. Reload the page."),
        (planned("ana-alone", rubric="nowhere"), "One of these rubrics is no longer there. Choose another."),
    ):
        with pytest.raises(InputError) as refusal:
            assignments.choose_questions(
                team.workspace, by=team.people["Ana"], plan_id=team.plan_id, assignment_id=seat.id,
                seen_revision=seat.revision, questions=(question,),
            )  # fmt: skip
        assert str(refusal.value) == sentence


def test_an_unequal_weight_needs_its_reason() -> None:
    choice = {"question_key": "ana-alone", "question_version": 1, "rubric_key": "technical-depth"}
    for reason in ("", "  \n"):
        with pytest.raises(InputError) as refusal:
            assignments.planned_question(**choice, weight=2.0, weight_reason=reason)  # type: ignore[arg-type]
        assert str(refusal.value) == ("Questions weigh the same unless a reason is written; say why this one differs.")
    for weight in (0.0, -1.0, 5.1):
        with pytest.raises(InputError, match=r"^A weight is more than 0 and at most 5\.$"):
            assignments.planned_question(**choice, weight=weight, weight_reason="Because.")  # type: ignore[arg-type]
    assert assignments.planned_question(**choice, weight=2.0, weight_reason="Because.") == PlannedQuestion(  # type: ignore[arg-type]
        **choice,
        weight=2.0,
        weight_reason="Because.",  # type: ignore[arg-type]
    )


def test_nothing_is_proposed_that_is_empty_and_nothing_answered_that_is_not_proposed(team: Team) -> None:
    with pytest.raises(InputError, match="Choose at least one question, then propose the set"):
        propose(team)
    with pytest.raises(InputError, match="There is nothing to accept here"):
        answer(team, "Max")


def test_a_stale_page_overwrites_no_question_set(team: Team) -> None:
    chosen = choose(team, "Ana", "ana-alone")
    for seen in (1, 3):
        with pytest.raises(Stale, match="This question set was changed in the meantime"):
            choose(team, "Max", "what-bo-asks", seen=seen)
    stale = {"plan_id": team.plan_id, "assignment_id": chosen.id, "seen_revision": 1}
    with pytest.raises(Stale):
        assignments.propose(team.workspace, by=team.people["Ana"], **stale)
    proposed = propose(team)
    with pytest.raises(Stale):
        assignments.accept(team.workspace, by=team.people["Max"], **stale)
    assert seat_of(team) == proposed


def test_of_interviewer_and_manager_choosing_at_once_one_wins_and_the_other_is_told(team: Team) -> None:
    seen = seat_of(team).revision

    def attempt(who: str) -> str:
        try:
            choose(team, who, "ana-alone" if who == "Ana" else "what-bo-asks", seen=seen)
        except Stale:
            return ""
        return who

    with ThreadPoolExecutor(2) as pool:
        won = [each for each in pool.map(attempt, ("Ana", "Max")) if each]
    expected = {"Ana": ("ana-alone", "open"), "Max": ("what-bo-asks", "accepted")}
    (question,) = seat_of(team).questions
    assert [expected[who] for who in won] == [(question.question_key, seat_of(team).state)]


def test_interviewers_choosing_side_by_side_lose_nothing(team: Team) -> None:
    seats = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[0].assignments
    owners = {person.id: person for person in team.people.values()}
    wishes = ("bo-alone", "mia-alone", "ana-alone")

    def attempt(seat: Assignment, wish: str) -> None:
        assignments.choose_questions(
            team.workspace, by=owners[seat.interviewer_id], plan_id=team.plan_id, assignment_id=seat.id,
            seen_revision=seat.revision, questions=(planned(wish),),
        )  # fmt: skip

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(attempt, seats, wishes))
    after = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[0].assignments
    assert tuple(seat.questions for seat in after) == tuple((planned(each),) for each in wishes)


SEATED = {
    "Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip


def _fresh(team: Team, *, chosen: bool = False, proposed: bool = False) -> dict[str, Any]:
    add_fresh_seat(team, "Another")
    if chosen or proposed:
        choose(team, "Max", "ana-alone")
    seat = propose(team) if proposed else seat_of(team)
    return {"plan_id": team.plan_id, "assignment_id": seat.id, "seen_revision": seat.revision}


def _accept(team: Team, by: Any) -> object:
    try:
        return assignments.accept(team.workspace, by=by, **_fresh(team, proposed=True))
    finally:
        _remove_last_round(team)


def _choose(team: Team, by: Any) -> object:
    try:
        return assignments.choose_questions(team.workspace, by=by, questions=(planned("ana-alone"),), **_fresh(team))
    finally:
        _remove_last_round(team)


def _propose(team: Team, by: Any) -> object:
    try:
        return assignments.propose(team.workspace, by=by, **_fresh(team, chosen=True))
    finally:
        _remove_last_round(team)


def _remove_last_round(team: Team) -> None:
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    plan_rounds.remove_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=view.plan.rounds[-1].id,
        seen_version=view.stored.version,
    )  # fmt: skip


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "waiting_for": (
        lambda team, by: assignments.waiting_for(team.workspace, by=by),
        dict.fromkeys(SEATED, "yes") | {"deactivated": "NotAllowed"},
    ),
    "choose_questions": (_choose, SEATED),
    "propose": (_propose, SEATED),
    "accept": (_accept, SEATED | {"Ana": "NotAllowed"}),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(assignments)


@pytest.mark.parametrize("action", ACCESS)
def test_a_question_set_is_its_interviewers_and_the_managers(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_colleague_in_the_same_plan_changes_nothing_of_anothers(team: Team) -> None:
    before = seat_of(team)
    with pytest.raises(NotAllowed, match="Only this interviewer, or a hiring manager"):
        choose(team, "Bo", "bo-alone")
    assert seat_of(team) == before


def test_a_seat_or_plan_that_is_gone_is_not_found(team: Team) -> None:
    seat = seat_of(team)
    with pytest.raises(NotFound, match="This plan does not exist"):
        assignments.propose(
            team.workspace, by=team.people["Ana"], plan_id="nothing", assignment_id=seat.id, seen_revision=1
        )
    _remove_last_round(team)
    with pytest.raises(NotFound, match="This assignment is no longer part of the plan"):
        assignments.propose(
            team.workspace, by=team.people["Ana"], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=1
        )
