"""An interviewer's own question set: filling it, starting from another, keeping questions at hand, and what differs
between interviewer and manager."""

from collections.abc import Callable
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from panel.actions import candidates, plan_rounds, plans, scheduling
from panel.domain.basics import now
from panel.domain.plans import Assignment
from tests.factories import MONDAY, Team
from tests.ui.driving import Tab, noon_zone

pytestmark = pytest.mark.long

Seats = Callable[[str], Tab]
HOSTILE = ({"keys": "no list", "revision": "7"}, {"keys": [None, {}, "<script>"], "revision": True}, "=cmd()", 7, [])


@pytest.fixture
def fresh(team: Team) -> Assignment:
    """Ana's seat in a round that is not published; Bo's and Mia's single sittings are empty."""
    by, plan_id = team.people["Max"], team.plan_id
    rounds = plans.plan(team.workspace, by=by, plan_id=plan_id).plan.rounds
    plan_rounds.remove_round(
        team.workspace, by=by, plan_id=plan_id, round_id=rounds[1].id,
        seen_version=plans.plan(team.workspace, by=by, plan_id=plan_id).stored.version,
    )  # fmt: skip
    plan_rounds.add_round(
        team.workspace, by=by, plan_id=plan_id, name="Fresh", sitting="separate", minutes=30,
        interviewers=(team.people["Ana"].id,),
    )  # fmt: skip
    return plans.plan(team.workspace, by=by, plan_id=plan_id).plan.rounds[-1].assignments[0]


def at(tab: Tab, team: Team, seat: Assignment) -> Tab:
    return tab.open("plans", plan=team.plan_id, part=seat.id)


def covering(team: Team, seat: Assignment, *names: str) -> None:
    plan_rounds.save_seat(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision, person_id=seat.interviewer_id, covers=names,
    )  # fmt: skip


def test_the_rest_is_suggested_in_one_click_and_taken_back_in_one(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana = at(tab("Ana"), team, fresh)
    ana.pick("bo-alone", "pick").click("Add this question")
    ana.click("Suggest the rest")
    assert ana.toasts == ["2 questions suggested and added."]
    assert ana.chosen()[0] == "What is bo-alone?"
    assert sorted(ana.chosen()) == ["What is ana-alone?", "What is bo-alone?", "What is mia-alone?"]
    assert ana.lacks("2 questions suggested and added, marked in the list.", "suggested just now") == []
    ana.click("Take the suggestion back")
    assert (ana.chosen(), ana.has_button("Take the suggestion back")) == (["What is bo-alone?"], False)

    ana.click("Suggest the rest").click("Suggest the rest")
    assert "No further question fits" in ana.toasts[0]
    ana.arrange(2, 1, 0)
    assert not ana.has_button("Take the suggestion back")  # the set is another one by now


def test_what_to_cover_is_said_in_words(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana = at(tab("Ana"), team, fresh)
    assert ana.lacks("Which of the role's competencies you cover is yours to choose.") == []
    covering(team, fresh, "Technical depth", "Explanation")
    ana.run()
    assert ana.lacks("Asked to cover:", "Technical depth: still missing", "Explanation: still missing") == []
    ana.pick("bo-alone", "pick").click("Add this question")
    assert ana.lacks("Technical depth ✓ covered, 1 question", "Explanation: still missing") == []
    ana.click("Suggest the rest")  # nothing in the bank asks about Explanation; the rest is suggested all the same
    assert ana.warnings == []
    assert ana.chosen()[0] == "What is bo-alone?"
    assert ana.lacks("Explanation: still missing") == []


def test_questions_kept_at_hand_are_a_filter_and_a_start(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana = at(tab("Ana"), team, fresh)
    ana.fill("Favourites", True).run()
    assert ana.lacks("No question fits.", "You keep no question at hand yet.") == []
    ana.fill("Favourites", False).run()
    for key in ("mia-alone", "bo-alone"):
        ana.pick(key, "pick").click("Keep at hand")
    assert ana.has_button("No longer keep at hand")
    ana.fill("Favourites", True).run()
    assert sorted(ana.rows("pick")) == ["What is bo-alone?", "What is mia-alone?"]
    assert ana.lacks("kept at hand") == []

    ana.click("Start from…")
    assert ana.lacks("Your favourites, 2 questions", "Onsite · Separate") == []
    ana.click("Add these questions")
    assert ana.toasts == ["2 questions added."]
    assert ana.chosen() == ["What is bo-alone?", "What is mia-alone?"]
    ana.click("Take the questions back")
    assert ana.chosen() == []
    ana.pick("bo-alone", "pick").click("No longer keep at hand")
    assert ana.rows("pick") == ["What is mia-alone?"]


def test_an_earlier_set_whose_questions_others_ask_is_refused_in_words(
    team: Team, tab: Seats, fresh: Assignment
) -> None:
    mia = at(tab("Mia"), team, fresh).click("Start from…")
    field = mia.field("Favourites or an earlier set")
    assert field.options[0].startswith("Ana · Onsite · Panel, ")
    mia.choose("Favourites or an earlier set", field.options[0]).click("Add these questions")
    assert mia.warnings == ["No question can be added: 1 is asked by others in this plan."]


def test_what_others_ask_is_left_out_until_it_is_wanted(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana = at(tab("Ana"), team, fresh)
    assert "What is what-bo-asks?" not in ana.rows("pick")
    ana.fill("Not asked by others", False).run()
    assert "What is what-bo-asks?" in ana.rows("pick")
    ana.pick("what-bo-asks", "pick")
    assert ana.lacks("asked by Bo in Panel", "Asked by Bo in Panel as well.") == []


def test_what_a_candidate_was_to_be_asked_before_is_marked(team: Team, tab: Seats, fresh: Assignment) -> None:
    new = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name="Zoe Adeyemi")
    for name, start in (("Separate", MONDAY), ("Panel", now() + timedelta(days=3))):
        scheduling.schedule(
            team.workspace, by=team.people["Max"], candidate_id=new.id, plan_id=team.plan_id,
            starts={team.round_id(name): start},
        )  # fmt: skip
    ana = at(tab("Ana"), team, fresh)
    here = MONDAY.replace(tzinfo=UTC).astimezone(ZoneInfo(noon_zone()))
    then = f"Zoe A. was to be asked this in Separate on {here:%a} {here.day} {here:%b}"
    assert ana.lacks(then) == []
    ana.pick("bo-alone", "pick").click("Add this question")
    assert ana.lacks(f"5 min · Technical depth · {then}") == []
    assert "Adeyemi" not in ana.text


def test_both_see_what_a_proposal_and_a_change_are_against(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana, mia = (at(tab(name), team, fresh) for name in ("Ana", "Mia"))
    for key in ("bo-alone", "mia-alone"):
        ana.pick(key, "pick").click("Add this question")
    ana.click("Propose to the manager")
    assert "Against what was accepted" not in mia.run().text
    mia.click("Accept the questions")

    ana.run().use("remove").pick("ana-alone", "pick").click("Add this question").arrange(1, 0)
    ana.click("Propose to the manager")
    difference = (
        "Against what was accepted", "Added: “What is ana-alone?”", "Removed: “What is bo-alone?”",
    )  # fmt: skip
    assert ana.lacks(*difference) == mia.run().lacks(*difference) == []

    mia.use("judge").fill("Weight", 2.0).fill("Reason, when the weight is not 1", "core").click(
        "Save rubric and weight"
    )
    mia.arrange(1, 0)
    changed = (
        "Moved from place 2 to 1: “What is mia-alone?”", "Weight changed from 1 to 2 (core): “What is ana-alone?”",
    )  # fmt: skip
    assert mia.lacks("Mia changed the set of Ana", *changed) == []
    assert ana.run().lacks("Mia changed your set", *changed) == []
    ana.click("Go with the change")
    assert "Mia changed" not in ana.text + mia.run().text


def test_a_stale_order_is_told_and_overwrites_nothing(team: Team, tab: Seats, fresh: Assignment) -> None:
    first, second = (at(tab("Ana"), team, fresh) for _ in range(2))
    first.click("Suggest the rest")
    second.run()
    first.arrange(2, 0, 1)
    order = first.chosen()
    second.arrange(1, 0, 2)
    assert second.warnings == [
        "This question set was changed in the meantime. The newer state is shown now; make your change again."
    ]
    assert second.chosen() == order
    second.use("remove", revision=2)
    assert second.chosen() == order


@pytest.mark.parametrize("sent", HOSTILE)
@pytest.mark.parametrize("event", ["order", "remove", "judge", "renew"])
def test_a_browser_that_sends_nonsense_changes_nothing(
    team: Team, tab: Seats, fresh: Assignment, event: str, sent: object
) -> None:
    ana = at(tab("Ana"), team, fresh).click("Suggest the rest")
    order = ana.chosen()
    ana.tell_list(event, sent, "chosen")
    assert ana.chosen() == order
    assert len(ana.warnings) == 1


def test_another_interviewer_moves_nothing(team: Team, tab: Seats, fresh: Assignment) -> None:
    at(tab("Ana"), team, fresh).click("Suggest the rest")
    bo = at(tab("Bo"), team, fresh)
    order = bo.chosen()
    assert [bo.has_button(each) for each in ("Suggest the rest", "Start from…", "Keep at hand")] == [False] * 3
    bo.arrange(2, 1, 0)
    assert bo.warnings == ["Only this interviewer, or a hiring manager, changes these questions."]
    assert bo.chosen() == order


def test_what_a_manager_changed_is_between_the_two(team: Team, tab: Seats, fresh: Assignment) -> None:
    ana = at(tab("Ana"), team, fresh)
    ana.pick("bo-alone", "pick").click("Add this question").click("Propose to the manager")
    mia = at(tab("Mia"), team, fresh)
    mia.pick("mia-alone", "pick").click("Add this question")
    assert ana.run().lacks("Mia changed your set") == []
    assert at(tab("Max"), team, fresh).lacks("Mia changed the set of Ana") == []
    plan_rounds.assign(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id,
        round_id=plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[-1].id,
        person_id=team.people["Tom"].id,
    )  # fmt: skip
    tom = at(tab("Tom"), team, fresh)
    assert tom.lacks("Questions of Ana") == []
    assert "changed the set" not in tom.text
