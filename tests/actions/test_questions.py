"""Writing questions and their life from draft to retired, on both engines."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, bank, plans, question_life, questions
from panel.actions.question_life import Moved
from panel.actions.questions import QuestionText, Seen
from panel.domain.basics import now
from panel.domain.people import Person
from panel.domain.questions import MOVES, STATE_NAMES, BankQuestion, Leak, QuestionState
from panel.errors import InputError, NotAllowed, NotFound, PanelError, Stale
from panel.house import Workspace
from panel.store import bank as stored_bank
from tests.factories import Call, Team, a_team, audited, outcomes, planned, published, taking_a_person

STATES: tuple[QuestionState, ...] = tuple(STATE_NAMES)
ASKED = "what-ana-asks"


def text_of(stored: BankQuestion, **changes: Any) -> QuestionText:
    """A stored question as the editor holds it, with changes."""
    fields = stored.question.model_dump(exclude={"key"}) | {"category": stored.category.name}
    return QuestionText.model_validate(fields | changes)


def a_text(**changes: Any) -> QuestionText:
    facts = {
        "category": "General", "prompt": "What is a fair die?", "answer": "Every face comes up as often.",
        "competency": "Explanation", "difficulty": "introductory", "minutes": 4,
    }  # fmt: skip
    return QuestionText.model_validate(facts | changes)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def stored(team: Team, key: str = ASKED) -> BankQuestion:
    return bank.question(team.workspace, by=team.people["Max"], key=key).stored


def put(team: Team, key: str, state: QuestionState) -> BankQuestion:
    """Bring a question into a state, whatever the rules of moving say."""
    team.workspace.database.write(lambda transaction: stored_bank.set_states(transaction, [key], state, at=now()))
    return stored(team, key)


def change(team: Team, by: str, each: BankQuestion, *, reason: str = "Clearer", **changes: Any) -> BankQuestion:
    return questions.change_question(
        team.workspace, by=team.people[by], key=each.key, seen=Seen(each.version, each.state),
        text=text_of(each, **changes), reason=reason,
    )  # fmt: skip


def move(team: Team, by: Person, each: BankQuestion, to: QuestionState, reason: str = "") -> BankQuestion:
    return question_life.move_question(
        team.workspace, by=by, key=each.key, seen=Seen(each.version, each.state), to=to, reason=reason
    )[0]


class TestWriting:
    def test_a_new_question_is_a_draft_in_its_category(self, team: Team) -> None:
        made = questions.add_question(team.workspace, by=team.people["Tom"], text=a_text())
        assert (made.key, made.version, made.state, made.category.name) == ("what-is-a-fair-die", 1, "draft", "General")
        view = bank.question(team.workspace, by=team.people["Ana"], key=made.key)
        assert [(each.number, each.author, each.reason) for each in view.versions] == [(1, "Tom", "Written")]
        assert bank.questions(team.workspace, by=team.people["Tom"])[-1] == made

    def test_a_category_that_is_named_anew_is_made_once(self, team: Team) -> None:
        for name in ("Estimation", " estimation ", "ESTIMATION"):
            questions.add_question(team.workspace, by=team.people["Max"], text=a_text(category=name))
        names = [each.name for each in bank.categories(team.workspace, by=team.people["Max"])]
        assert names == ["General", "Estimation"]

    def test_two_questions_of_the_same_words_have_keys_of_their_own(self, team: Team) -> None:
        made = [questions.add_question(team.workspace, by=team.people["Max"], text=a_text()).key for _ in range(3)]
        assert made == ["what-is-a-fair-die", "what-is-a-fair-die-2", "what-is-a-fair-die-3"]

    def test_a_draft_may_lack_everything_but_its_prompt(self, team: Team) -> None:
        text = QuestionText(category="General", prompt="Later?", minutes=5)
        made = questions.add_question(team.workspace, by=team.people["Ana"], text=text)
        assert (made.question.answer, made.question.competency, made.question.difficulty) == ("", "", None)

    def test_every_edit_is_a_version_with_author_time_and_reason(self, team: Team) -> None:
        first = stored(team)
        second = change(team, "Max", first, prompt="What does Ana ask?")
        change(team, "Mia", second, minutes=7, category="Other", reason=" Takes \n longer ")
        versions = bank.question(team.workspace, by=team.people["Tom"], key=ASKED).versions
        assert [
            (each.number, each.author, each.reason, each.question.prompt, each.question.minutes, each.category)
            for each in versions
        ] == [
            (3, "Mia", "Takes longer", "What does Ana ask?", 7, "Other"),
            (2, "Max", "Clearer", "What does Ana ask?", 5, "General"),
            (1, "Ada", "Brought in from the files", "What is what-ana-asks?", 5, "General"),
        ]
        assert versions[0].at >= versions[1].at >= versions[2].at
        assert [each[1] for each in audited(team.workspace, "question", ASKED)] == ["change_question"] * 2

    def test_of_two_tabs_the_second_is_told_and_overwrites_nothing(self, team: Team) -> None:
        seen = stored(team)
        change(team, "Max", seen, prompt="First tab?")
        with pytest.raises(Stale, match="What you wrote is still in the fields"):
            change(team, "Max", seen, prompt="Second tab?")
        assert (stored(team).question.prompt, stored(team).version) == ("First tab?", 2)

    def test_a_question_that_changed_its_state_meanwhile_is_stale_too(self, team: Team) -> None:
        seen = stored(team)
        move(team, team.people["Max"], seen, "retired")
        with pytest.raises(Stale):
            change(team, "Max", seen, prompt="Second tab?")

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "bell\x07"])
    def test_an_edit_without_a_usable_reason_is_refused(self, team: Team, reason: str) -> None:
        with pytest.raises(InputError):
            change(team, "Max", stored(team), prompt="New?", reason=reason)
        assert stored(team).version == 1

    def test_an_edit_that_changes_nothing_makes_no_version(self, team: Team) -> None:
        with pytest.raises(InputError, match="Nothing was changed"):
            change(team, "Max", stored(team))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"prompt": " "}, "The question is empty. Write it, then save."),
            ({"prompt": "x" * 1001}, "The question is too long: at most 1,000 characters."),
            ({"answer": "x" * 20_001}, "The reference answer is too long: at most 20,000 characters."),
            ({"probes": ("Why?",) * 9}, "There are too many entries: a probe list holds at most 8."),
            ({"minutes": 61}, "The minutes must be a whole number from 1 to 60."),
            ({"difficulty": "hard"}, "The difficulty: Input should be 'introductory', 'intermediate' or 'advanced'."),
            ({"category": " "}, "Choose a category, or name a new one with at most 120 characters."),
            ({"category": "x" * 121}, "Choose a category, or name a new one with at most 120 characters."),
            ({"prompt": "a\x00b"}, "The question: contains a control character; retype it as plain text."),
            (
                {"anchors": ("only", "two")},
                "The question: anchors name each of the 3 to 7 levels; leave them out where the rubric's hold.",
            ),
        ],
        ids=str,
    )
    def test_what_cannot_be_used_is_refused_with_a_sentence(
        self, team: Team, changes: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(InputError) as refusal:
            questions.add_question(team.workspace, by=team.people["Max"], text=a_text(**changes))
        assert str(refusal.value) == sentence

    def test_hostile_text_is_kept_as_text(self, team: Team) -> None:
        text = a_text(
            prompt="<script>alert(1)</script> '; DROP TABLE question; --", answer="=cmd()|' /C calc'!A0\n${7*7}",
            category="%s ? {x}",
        )  # fmt: skip
        made = questions.add_question(team.workspace, by=team.people["Ana"], text=text)
        assert (made.question.prompt, made.question.answer, made.category.name) == (
            text.prompt, text.answer, text.category,
        )  # fmt: skip

    def test_an_approved_question_cannot_lose_what_it_needs(self, team: Team) -> None:
        with pytest.raises(InputError, match=r"^Approved questions need a reference answer and a competency\."):
            change(team, "Max", stored(team), answer="", competency="")

    @pytest.mark.parametrize("state", STATES)
    def test_interviewers_write_on_drafts_and_reviews_only(self, team: Team, state: QuestionState) -> None:
        each = put(team, ASKED, state)
        if state in {"draft", "in_review"}:
            assert change(team, "Tom", each, prompt="New?").version == 2
        else:
            with pytest.raises(NotAllowed, match="Only hiring managers and administrators change a question"):
                change(team, "Tom", each, prompt="New?")
        assert stored(team).state == state

    def test_a_question_that_left_the_bank_is_named(self, team: Team) -> None:
        with pytest.raises(NotFound, match="This question is not in the bank any more"):
            bank.question(team.workspace, by=team.people["Max"], key="nowhere")


EVERYBODYS = {("draft", "in_review"), ("in_review", "draft")}


class TestStates:
    @pytest.mark.parametrize("to", STATES)
    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("who", ["Ada", "Max", "Ana", "Tom"])
    def test_every_move_by_every_access_level(
        self, team: Team, who: str, state: QuestionState, to: QuestionState
    ) -> None:
        each = put(team, ASKED, state)
        possible = to in MOVES[state]
        permitted = who in {"Ada", "Max"} or (state, to) in EVERYBODYS
        if possible and permitted:
            assert move(team, team.people[who], each, to).state == to
        else:
            with pytest.raises(NotAllowed if not permitted else InputError):
                move(team, team.people[who], each, to)
            assert stored(team).state == state

    def test_a_move_is_on_record_with_its_reason(self, team: Team) -> None:
        move(team, team.people["Max"], stored(team), "retired", "Asked too often")
        (step,) = bank.question(team.workspace, by=team.people["Tom"], key=ASKED).steps
        assert (step.who, step.state, step.reason, step.leak) == ("Max", "retired", "Asked too often", None)

    @pytest.mark.parametrize("to", ["approved", "pilot"])
    def test_what_is_not_whole_is_not_asked(self, team: Team, to: QuestionState) -> None:
        made = questions.add_question(
            team.workspace, by=team.people["Max"], text=QuestionText(category="General", prompt="Later?", minutes=5)
        )
        with pytest.raises(InputError) as refusal:
            move(team, team.people["Max"], made, to)
        assert str(refusal.value) == (
            "It still needs a reference answer, a competency and a difficulty. Edit it first."
        )

    def test_of_two_tabs_the_second_move_is_told(self, team: Team) -> None:
        seen = stored(team)
        move(team, team.people["Max"], seen, "pilot")
        with pytest.raises(Stale):
            move(team, team.people["Mia"], seen, "retired")
        assert stored(team).state == "pilot"

    def test_many_are_moved_at_once_and_each_refusal_is_told(self, team: Team) -> None:
        bare = questions.add_question(
            team.workspace, by=team.people["Max"], text=QuestionText(category="General", prompt="Later?", minutes=5)
        )
        whole = questions.add_question(team.workspace, by=team.people["Max"], text=a_text())
        fresh = Seen(1, "draft")
        chosen = {bare.key: fresh, whole.key: fresh, "nowhere": fresh}
        assert question_life.move_many(team.workspace, by=team.people["Max"], seen=chosen, to="approved") == Moved(
            1,
            (
                "“Later?”: It still needs a reference answer, a competency and a difficulty. Edit it first.",
                "One question has left the bank in the meantime.",
            ),
            (),
        )
        assert (stored(team, bare.key).state, stored(team, whole.key).state) == ("draft", "approved")

    def test_what_was_rewritten_after_it_was_chosen_is_not_approved(self, team: Team) -> None:
        made = questions.add_question(team.workspace, by=team.people["Ana"], text=a_text())
        change(team, "Ana", made, prompt="Something else entirely?")
        done = question_life.move_many(
            team.workspace, by=team.people["Max"], seen={made.key: Seen(1, "draft")}, to="approved"
        )
        assert done == Moved(
            0, ("“Something else entirely?”: It was changed since you chose it. Read it once more.",), ()
        )
        assert stored(team, made.key).state == "draft"

    def test_retiring_one_or_many_names_the_plan_drafts_that_hold_them(self, team: Team) -> None:
        seen = stored(team)
        assert question_life.move_question(
            team.workspace, by=team.people["Max"], key=ASKED, seen=Seen(seen.version, seen.state), to="retired"
        )[1] == ("Onsite (Engineer)",)
        other = {"what-bo-asks": Seen(1, "approved")}
        done = question_life.move_many(team.workspace, by=team.people["Max"], seen=other, to="retired")
        assert done == Moved(1, (), ("Onsite (Engineer)",))


class TestLeaks:
    def test_of_two_marks_the_second_is_told(self, team: Team) -> None:
        first = {"by": team.people["Max"], "key": ASKED, "seen": None, "on": date(2026, 3, 1)}
        question_life.mark_leaked(team.workspace, **first, reason="Seen on a forum")
        with pytest.raises(Stale, match="Somebody changed this mark in the meantime"):
            question_life.mark_leaked(team.workspace, **first, reason="Heard of it")
        assert stored(team).leak == Leak(on=date(2026, 3, 1), reason="Seen on a forum")

    def test_a_leak_is_a_mark_with_date_and_reason_and_can_be_taken_away(self, team: Team) -> None:
        day = date(2026, 3, 1)
        mark = {"by": team.people["Max"], "key": ASKED, "seen": None}
        question_life.mark_leaked(team.workspace, **mark, on=day, reason="Seen on a forum")
        assert stored(team).leak == Leak(on=day, reason="Seen on a forum")
        question_life.clear_leak(team.workspace, by=team.people["Mia"], key=ASKED, seen=stored(team).leak)
        assert stored(team).leak is None
        steps = bank.question(team.workspace, by=team.people["Tom"], key=ASKED).steps
        assert [(each.who, each.leak and each.leak.reason) for each in steps] == [
            ("Mia", None), ("Max", "Seen on a forum"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("days", "reason"), [(0, " "), (2, "Seen on a forum")])
    def test_a_leak_needs_a_reason_and_a_day_that_has_come(self, team: Team, days: int, reason: str) -> None:
        with pytest.raises(InputError):
            question_life.mark_leaked(
                team.workspace, by=team.people["Max"], key=ASKED, seen=None, on=now().date() + timedelta(days=days),
                reason=reason,
            )  # fmt: skip
        assert stored(team).leak is None


class TestPlans:
    def choose(self, team: Team, key: str, by: str = "Max") -> None:
        view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
        seat = view.plan.rounds[0].assignments[0]
        assignments.choose_questions(
            team.workspace, by=team.people[by], plan_id=team.plan_id, assignment_id=seat.id,
            seen_revision=seat.revision, questions=(*seat.questions, planned(key)),
        )  # fmt: skip

    @pytest.mark.parametrize("state", STATES)
    def test_only_approved_and_pilot_questions_enter_a_plan(self, team: Team, state: QuestionState) -> None:
        made = questions.add_question(team.workspace, by=team.people["Max"], text=a_text())
        put(team, made.key, state)
        if state in {"approved", "pilot"}:
            self.choose(team, made.key)
            return
        for who in ("Max", "Ana"):
            with pytest.raises(InputError) as refusal:
                self.choose(team, made.key, who)
            assert str(refusal.value) == (
                f"“What is a fair die?” is {STATE_NAMES[state].lower()}. "
                "Only approved and pilot questions enter a plan."
            )

    def test_a_retired_question_stops_the_next_version_and_leaves_the_published_one(self, team: Team) -> None:
        move(team, team.people["Max"], stored(team), "retired")
        with pytest.raises(InputError, match=r"“What is what-ana-asks\?” \(Ana, Panel\) is retired\."):
            published(team.workspace, team.people["Max"], team.plan_id)
        team.hand_in("Ana")

    def test_retiring_says_which_open_plans_use_it(self, team: Team) -> None:
        (use,) = bank.question(team.workspace, by=team.people["Max"], key=ASKED).uses
        assert (use.plan_title, use.role_name, use.in_draft, use.published) == ("Onsite", "Engineer", True, 1)
        assert bank.question(team.workspace, by=team.people["Tom"], key=ASKED).uses == ()
        assert len(bank.question(team.workspace, by=team.people["Ana"], key=ASKED).uses) == 1


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
SIGNED_IN = dict.fromkeys(MANAGERS, "yes") | {"deactivated": "NotAllowed"}


def _mark(team: Team, by: Person) -> None:
    leak = stored(team).leak
    question_life.mark_leaked(team.workspace, by=by, key=ASKED, seen=leak, on=date(2026, 3, 1), reason="Seen")


def _edit(team: Team, by: Person) -> None:
    each = stored(team)
    questions.change_question(
        team.workspace, by=by, key=ASKED, seen=Seen(each.version, each.state),
        text=text_of(each, prompt=f"Version {each.version}?"), reason="For a test",
    )  # fmt: skip


def _there_and_back(team: Team, by: Person) -> None:
    for to in ("retired", "draft", "approved"):
        move(team, by, stored(team), to)  # type: ignore[arg-type]


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "add_question": (lambda team, by: questions.add_question(team.workspace, by=by, text=a_text()), SIGNED_IN),
    "change_question": (_edit, MANAGERS),
    "move_question": (_there_and_back, MANAGERS),
    "move_many": (
        lambda team, by: question_life.move_many(
            team.workspace, by=by, seen={ASKED: Seen(1, "approved")}, to="retired"
        ),
        MANAGERS,
    ),
    "mark_leaked": (_mark, MANAGERS),
    "clear_leak": (lambda team, by: question_life.clear_leak(team.workspace, by=by, key=ASKED, seen=None), MANAGERS),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(questions) | taking_a_person(question_life)


@pytest.mark.parametrize("action", ACCESS)
def test_who_may_write_what(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_refusal_is_always_one_of_ours(team: Team) -> None:
    for key in ("", "nowhere", "'; DROP TABLE question; --", "x" * 10_000):
        with pytest.raises(PanelError):
            question_life.clear_leak(team.workspace, by=team.people["Max"], key=key, seen=None)
