"""The open question and its editor: states, leaks, history and use; writing, and two people writing at once."""

from collections.abc import Callable
from typing import Any

import pytest

from panel.actions import bank, questions
from panel.actions.questions import Seen
from panel.domain.questions import STATE_NAMES, BankQuestion, QuestionState
from tests.actions.test_questions import put, stored, text_of
from tests.factories import QUESTIONS, Team
from tests.ui.driving import EVE, Tab

Seats = Callable[[str], Tab]
ASKED = "what-bo-asks"
SHOWN = tuple(each.key for each in QUESTIONS)
HOSTILE = f'{EVE}<script>alert("x")</script>=1+1'
LIFE = {"Edit", "Hand in for review", "Take back to draft", "Approve", "Make it a pilot", "Retire", "Mark it as leaked"}
# What each access level may do with a whole question in each state.
MANAGERS = {
    "draft": LIFE - {"Take back to draft"},
    "in_review": LIFE - {"Hand in for review"},
    "approved": LIFE - {"Hand in for review", "Approve"},
    "pilot": LIFE - {"Hand in for review", "Make it a pilot"},
    "retired": {"Edit", "Take back to draft", "Mark it as leaked"},
}
EVERYBODYS = {"draft": {"Edit", "Hand in for review"}, "in_review": {"Edit", "Take back to draft"}}


def change(team: Team, by: str, key: str = ASKED, **changes: Any) -> BankQuestion:
    """Somebody saves the next version in another tab."""
    each = stored(team, key)
    return questions.change_question(
        team.workspace, by=team.people[by], key=key, seen=Seen(each.version, each.state), text=text_of(each, **changes),
        reason="Clearer",
    )  # fmt: skip


def reading(tab: Tab, key: str = ASKED) -> Tab:
    return tab.open("questions", question=key)


def writing(tab: Tab, key: str = ASKED) -> Tab:
    return tab.open("questions", question=key, part="edit")


class TestLife:
    @pytest.mark.parametrize("state", STATE_NAMES)
    @pytest.mark.parametrize("who", ["Ada", "Max", "Ana", "Tom"])
    def test_everybody_is_offered_what_they_may_do(
        self, team: Team, tab: Seats, who: str, state: QuestionState
    ) -> None:
        put(team, ASKED, state)
        page = reading(tab(who))
        offered = {each.label for each in page.app.button if each.label in LIFE and not each.disabled}
        assert offered == (MANAGERS[state] if who in {"Ada", "Max"} else EVERYBODYS.get(state, set()))

    def test_a_draft_goes_its_way_to_a_plan(self, team: Team, tab: Seats) -> None:
        put(team, ASKED, "draft")
        page = reading(tab("Tom")).click("Hand in for review")
        assert (page.toasts, stored(team, ASKED).state) == (["The question waits for review."], "in_review")
        page = reading(tab("Max")).click("Approve")
        assert page.toasts == ["The question is approved. Plans can choose it."]
        page.fill("Why? The history keeps it.", "Asked too often").click("Retire")
        assert page.toasts == [
            "The question is retired. Plans cannot choose it any more. "
            "These plan drafts still hold it: Onsite (Engineer)."
        ]
        page.fill("Part", "History").run()
        assert page.lacks("Retired Max", "Asked too often", "Approved Max", "In review Tom", "Version 1 Ada") == []

    def test_what_a_draft_lacks_is_said_and_it_cannot_be_approved(self, team: Team, tab: Seats) -> None:
        put(team, ASKED, "draft")
        change(team, "Max", answer="", competency="")
        page = reading(tab("Max"))
        assert page.lacks("Before it can be approved it needs a reference answer and a competency.") == []
        assert [page.button(label).disabled for label in ("Approve", "Make it a pilot", "Retire")] == [
            True,
            True,
            False,
        ]

    def test_of_two_tabs_the_second_is_told(self, team: Team, tab: Seats) -> None:
        first, second = reading(tab("Max")), reading(tab("Mia"))
        first.click("Make it a pilot")
        second.click("Retire")
        assert stored(team, ASKED).state == "pilot"
        (warning,) = second.warnings
        assert warning.startswith("This question was changed in the meantime.")

    def test_a_leak_is_marked_shown_and_taken_away(self, team: Team, tab: Seats) -> None:
        page = reading(tab("Max")).click("Mark it as leaked")
        assert page.warnings == ["Say how you know that it leaked; whoever plans with it reads this."]
        page.fill("How do you know?", HOSTILE).click("Mark it as leaked")
        assert page.toasts == ["The question is marked. Plans that ask it are warned before they are published."]
        shown = reading(tab("Tom"))
        assert shown.lacks("Candidates may know it", HOSTILE, "candidates may know it") == []
        assert "<script>" not in shown.markup
        page.click("Take the mark away")
        assert page.toasts == ["The mark is taken away."]
        assert reading(tab("Tom")).lacks("Candidates may know it") == ["Candidates may know it"]

    def test_history_names_versions_and_shows_the_difference(self, team: Team, tab: Seats) -> None:
        change(team, "Max", answer="Told anew.", category="Other")
        page = reading(tab("Tom")).fill("Part", "History").run()
        assert page.lacks("Version 2 Max", "Clearer", "Version 1 Ada", "Brought in from the files") == []
        fields = ("Reference answer", "Category", "Probes")
        assert [f"<dt>{name}</dt>" in page.markup for name in fields] == [True, True, False]
        assert "<ins>Told anew</ins>" in page.markup

    def test_use_tells_how_often_it_was_asked_and_which_plans_ask_it(self, team: Team, tab: Seats) -> None:
        page = reading(tab("Max")).fill("Part", "Use").run()
        assert page.lacks("Nobody was asked this question yet.", "Onsite Engineer · in the draft · in version 1") == []
        for name in ("Ana", "Bo", "Mia"):
            team.hand_in(name)
        page = reading(tab("Max")).fill("Part", "Use").run()
        assert page.lacks("1 candidate; nobody in the last 90 days", "Engineer: 1") == []
        stranger = reading(tab("Tom")).fill("Part", "Use").run()
        assert stranger.lacks("No plan that you can see asks it.") == []
        assert "Onsite" not in stranger.text


class TestEditor:
    def test_a_new_question_is_saved_as_a_draft(self, team: Team, tab: Seats) -> None:
        page = tab("Tom").open("questions").click("New question")
        assert page.lacks("New question", "Saved as a draft.") == []
        page.fill("Question", HOSTILE).fill("Reference answer", "All `about` it.").fill(
            "Probes, one a line", "Why?\n\nHow?"
        )
        page.fill("Category", "General").fill("Minutes, probes included", 7).click("Save the draft")
        assert page.toasts == ["The question is saved as a draft."]
        made = bank.questions(team.workspace, by=team.people["Tom"])[-1]
        assert (made.question.prompt, made.question.probes, made.question.minutes, made.state) == (
            HOSTILE, ("Why?", "How?"), 7, "draft",
        )  # fmt: skip
        assert page.app.query_params["question"] == made.key
        assert "<script>" not in page.markup

    def test_what_is_refused_stays_in_the_fields(self, team: Team, tab: Seats) -> None:
        page = tab("Tom").open("questions", part="new").fill("Reference answer", "Half of it.").click("Save the draft")
        assert len(page.warnings) == 1
        assert page.field("Reference answer").value == "Half of it."
        assert len(bank.questions(team.workspace, by=team.people["Tom"])) == len(QUESTIONS)

    def test_an_edit_is_the_next_version_with_its_reason(self, team: Team, tab: Seats) -> None:
        page = reading(tab("Max")).click("Edit")
        page.fill("Reference answer", "Told anew.").click("Save as version 2")
        assert page.warnings == ["Say in a few words why you change it; the history keeps the reason."]
        page.fill("Why this change?", "It was vague").click("Save as version 2")
        assert page.toasts == ["Version 2 is saved."]
        assert page.lacks("version 2", "Told anew.") == []
        assert stored(team, ASKED).question.answer == "Told anew."

    def test_near_duplicates_show_while_one_writes(self, team: Team, tab: Seats) -> None:
        page = tab("Tom").open("questions", part="new")
        assert page.lacks("While you write, questions that ask nearly the same show here.") == []
        page.fill("Question", "What is what bo asks").run()
        assert page.lacks("What is what-bo-asks?", "General · Approved · version 1") == []
        page.fill("Question", "How many piano tuners work in a town?").run()
        assert page.lacks("No question of the bank asks nearly the same.") == []

    def test_the_answer_is_shown_as_interviewers_will_see_it(self, team: Team, tab: Seats) -> None:
        page = tab("Tom").open("questions", part="new")
        page.fill("Reference answer", "A <b>bold</b> `x < 1` :smile: ![a](http://x.example/y.png)").run()
        assert "A &lt;b>bold&lt;/b> `x < 1` \\:\u2060smile: [a](http://x.example/y.png)" in page.markdown

    def test_interviewers_do_not_edit_what_is_approved(self, team: Team, tab: Seats) -> None:
        page = writing(tab("Tom")).fill("Reference answer", "Mine.").fill("Why this change?", "Because")
        page.click("Save as version 2")
        (warning,) = page.warnings
        assert warning.startswith("Only hiring managers and administrators change a question that has been approved.")
        assert stored(team, ASKED).version == 1

    def test_an_address_of_a_question_that_is_gone_says_so(self, team: Team, tab: Seats) -> None:
        page = tab("Max").open("questions", question="never-there", part="edit")
        assert page.lacks("This question is not in the bank any more.") == []


class TestTwoTabs:
    """Mia saves while Max writes."""

    def stale(self, team: Team, tab: Seats) -> Tab:
        page = writing(tab("Max")).fill("Reference answer", "Mine.").fill("Minutes, probes included", 8)
        page.fill("Why this change?", "My reason").run()
        change(team, "Mia", answer="Theirs.")
        page.click("Save as version 2")
        assert stored(team, ASKED).question.answer == "Theirs."
        return page

    def test_the_second_keeps_what_was_typed_and_sees_the_newer_text(self, team: Team, tab: Seats) -> None:
        page = self.stale(team, tab)
        (warning,) = page.warnings
        assert warning.startswith("This question was changed in the meantime. What you wrote is still in the fields")
        fields = ("Reference answer", "Minutes, probes included", "Why this change?")
        assert [page.field(label).value for label in fields] == ["Mine.", 8, "My reason"]
        assert page.lacks("Version 2 by Mia is newer than what you began with.") == []
        assert ("<del>Theirs</del>" in page.markup, "<ins>Mine</ins>" in page.markup) == (True, True)

    def test_it_can_go_on_with_its_own(self, team: Team, tab: Seats) -> None:
        page = self.stale(team, tab).click("Go on with mine").click("Save as version 3")
        assert page.toasts == ["Version 3 is saved."]
        question = stored(team, ASKED).question
        assert (question.answer, question.minutes, stored(team, ASKED).version) == ("Mine.", 8, 3)

    def test_it_can_take_the_newer_text(self, team: Team, tab: Seats) -> None:
        page = self.stale(team, tab).click("Take theirs")
        assert [page.field(label).value for label in ("Reference answer", "Minutes, probes included")] == ["Theirs.", 5]
        assert not page.has_button("Take theirs")
        assert page.has_button("Save as version 3")

    def test_a_question_that_was_retired_meanwhile_says_so(self, team: Team, tab: Seats) -> None:
        page = writing(tab("Max")).fill("Reference answer", "Mine.").run()
        put(team, ASKED, "retired")
        page.run()
        assert page.lacks("This question is now retired; it was not when you began.") == []
        assert page.field("Reference answer").value == "Mine."


class TestSeveral:
    def test_those_chosen_change_their_state_together_and_refusals_are_told(self, team: Team, tab: Seats) -> None:
        put(team, ASKED, "draft")
        change(team, "Max", answer="", competency="")
        put(team, "what-ana-asks", "draft")
        page = tab("Max").open("questions")
        page.app.toggle[0].set_value(True)
        page.run().tell_list("check", {"shown": list(SHOWN), "checked": [ASKED, "what-ana-asks"]})
        assert page.lacks("2 questions chosen") == []
        page.click("Approve")
        assert page.warnings == [
            "1 question is now approved. 1 question stayed: “What is what-bo-asks?”: "
            "It still needs a reference answer and a competency. Edit it first."
        ]
        assert (stored(team, ASKED).state, stored(team, "what-ana-asks").state) == ("draft", "approved")
        assert page.lacks("0 questions chosen") == []

    def test_all_that_was_found_are_chosen_at_once(self, team: Team, tab: Seats) -> None:
        page = tab("Max").open("questions", search="bo")
        page.app.toggle[0].set_value(True)
        page.run().click("Choose all 2 found").click("Retire")
        assert page.toasts == [
            "2 questions are now retired. These plan drafts still hold some of them: Onsite (Engineer)."
        ]
        everything = bank.questions(team.workspace, by=team.people["Tom"])
        assert {each.key for each in everything if each.state == "retired"} == {"bo-alone", ASKED}

    def test_interviewers_choose_nothing_together(self, team: Team, tab: Seats) -> None:
        assert list(tab("Ana").open("questions").app.toggle) == []
