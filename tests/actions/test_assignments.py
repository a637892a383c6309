"""Question sets: assembled by the interviewer or the manager, accepted by the manager, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, plan_rounds, plans, waiting
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
    questions = (planned("what-ana-asks"), planned("ana-alone"))
    assert chosen == seat.model_copy(update={"questions": questions, "own_questions": questions, "revision": 2})
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


def test_what_a_manager_makes_of_a_set_is_shown_to_its_interviewer_until_they_go_with_it(team: Team) -> None:
    choose(team, "Ana", "ana-alone")
    propose(team)
    changed = choose(team, "Mia", "what-bo-asks", "ana-alone")
    assert (changed.state, changed.changed_by) == ("accepted", team.people["Mia"].id)
    assert changed.own_questions == (planned("ana-alone"),)

    def waits(who: str) -> list[tuple[str, str]]:
        return [(each.sentence, each.step) for each in waiting.waiting_for(team.workspace, by=team.people[who])]

    assert (waits("Ana"), waits("Mia")) == ([("Mia changed your questions.", "Look at what changed")], [])
    assert not _view_of(team).says_the_same  # the questions differ from what is published

    with pytest.raises(NotAllowed, match="Only the interviewer of this set"):
        agree(team, "Max")
    agreed = agree(team, "Ana")
    assert agreed == changed.model_copy(
        update={"own_questions": changed.questions, "changed_by": "", "revision": changed.revision + 1}
    )
    assert audited(team.workspace, "plan", team.plan_id)[-1][1] == "agree_to_questions"
    assert waits("Ana") == []
    with pytest.raises(InputError, match="There is no change to look at here"):
        agree(team, "Ana")


def test_what_the_two_sides_keep_of_a_set_makes_no_new_version(team: Team) -> None:
    plan_rounds.remove_round(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id("Separate"),
        seen_version=_view_of(team).stored.version,
    )  # fmt: skip
    plans.publish(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id,
        seen_version=_filled_and_accepted(team, "ana-alone"),
    )  # fmt: skip
    assert _view_of(team).says_the_same
    choose(team, "Ana", "bo-alone")
    assert not _view_of(team).says_the_same
    back = choose(team, "Ana", "ana-alone")
    assert (back.state, back.own_questions) == ("accepted", (planned("ana-alone"),))
    assert _view_of(team).says_the_same


def _view_of(team: Team) -> plans.PlanView:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)


def _filled_and_accepted(team: Team, *keys: str) -> int:
    """Ana's set, chosen by her and accepted; the draft's version after that."""
    choose(team, "Ana", *keys)
    propose(team)
    answer(team, "Max")
    return _view_of(team).stored.version


def agree(team: Team, who: str) -> Assignment:
    seat = seat_of(team)
    return assignments.agree(
        team.workspace, by=team.people[who], plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision
    )


def reorder(team: Team, who: str, keys: Any, *, seen: int | None = None) -> Assignment:
    seat = seat_of(team)
    return assignments.reorder_questions(
        team.workspace, by=team.people[who], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision if seen is None else seen, keys=keys,
    )  # fmt: skip


def test_a_set_is_brought_into_another_order(team: Team) -> None:
    choose(team, "Ana", "ana-alone", "bo-alone", "mia-alone")
    moved = reorder(team, "Ana", ["mia-alone", "ana-alone", "bo-alone"])
    assert moved.questions == tuple(planned(each) for each in ("mia-alone", "ana-alone", "bo-alone"))
    assert (moved.state, moved.revision) == ("open", 3)
    assert audited(team.workspace, "plan", team.plan_id)[-1][1] == "reorder_questions"


@pytest.mark.parametrize(
    "keys",
    [
        [], ["ana-alone"], ["ana-alone", "ana-alone"], ["ana-alone", "bo-alone", "bo-alone"],
        ["ana-alone", "mia-alone"], ["ana-alone", None], [["ana-alone"], "bo-alone"], ["ana-alone", "<script>"],
        ["ana-alone", "bo-alone", "=cmd()"], ["x"] * 10_000,
    ],
)  # fmt: skip
def test_an_order_that_is_none_of_this_set_is_refused(team: Team, keys: Any) -> None:
    before = choose(team, "Ana", "ana-alone", "bo-alone")
    with pytest.raises(InputError, match="This order names other questions than the set holds"):
        reorder(team, "Ana", keys)
    assert seat_of(team) == before


def test_of_two_orders_made_on_the_same_set_the_second_is_told(team: Team) -> None:
    seen = choose(team, "Ana", "ana-alone", "bo-alone").revision
    first = reorder(team, "Ana", ["bo-alone", "ana-alone"], seen=seen)
    with pytest.raises(Stale):
        reorder(team, "Ana", ["ana-alone", "bo-alone"], seen=seen)
    assert seat_of(team) == first


def test_today_names_what_waits_for_whom(team: Team) -> None:
    def waits(who: str) -> list[tuple[str, str, str]]:
        found = waiting.waiting_for(team.workspace, by=team.people[who])
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


def _reorder(team: Team, by: Any) -> object:
    try:
        return assignments.reorder_questions(team.workspace, by=by, keys=["ana-alone"], **_fresh(team, chosen=True))
    finally:
        _remove_last_round(team)


def _set(team: Team, by: Any) -> object:
    try:
        return assignments.set_questions(
            team.workspace, by=by, action="choose_questions", make=lambda _, __: (), **_fresh(team, chosen=True)
        )
    finally:
        _remove_last_round(team)


def _agree(team: Team, by: Any) -> object:
    """To what Max changed of Ana's own."""
    add_fresh_seat(team, "Another")
    choose(team, "Ana", "ana-alone")
    seat = choose(team, "Max", "bo-alone")
    try:
        return assignments.agree(
            team.workspace, by=by, plan_id=team.plan_id, assignment_id=seat.id, seen_revision=seat.revision
        )
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
        lambda team, by: waiting.waiting_for(team.workspace, by=by),
        dict.fromkeys(SEATED, "yes") | {"deactivated": "NotAllowed"},
    ),
    "choose_questions": (_choose, SEATED),
    "propose": (_propose, SEATED),
    "reorder_questions": (_reorder, SEATED),
    "set_questions": (_set, SEATED),
    "agree": (_agree, SEATED | {"Ada": "NotAllowed", "Max": "NotAllowed"}),
    "accept": (_accept, SEATED | {"Ana": "NotAllowed"}),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(assignments) | taking_a_person(waiting)


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
