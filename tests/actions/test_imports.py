"""Imports on both engines: looked through before anything is written, all or nothing, and undone as a whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, bank, import_preview, imports, plans, question_life, questions
from panel.actions.imports import Choice, Defaults, Imported
from panel.actions.questions import Seen
from panel.domain.basics import new_id
from panel.domain.people import Person
from panel.domain.questions import BankQuestion, Category, Leak, QuestionState
from panel.errors import InputError, NotFound, PanelError, Stale
from panel.exporting.questions import as_bytes
from panel.house import Workspace
from panel.importing.found import FoundQuestion
from panel.store import bank as stored_bank
from tests.actions.test_questions import a_text, put, stored, text_of
from tests.factories import (
    QUESTIONS,
    Call,
    Team,
    a_filed_question,
    a_question,
    a_team,
    audited,
    outcomes,
    planned,
    taking_a_person,
)

TWIN = "what-ana-asks"
HOSTILE = "'; DROP TABLE question; -- <img src=x onerror=alert(1)> =cmd()|calc %s ? {x} \\ 🧪"
DOCUMENT = """# Chances

## What is a fair die?

Every face comes up as often as the others.

**Follow-up questions:**

- How would you test one?

## What is a loaded die?

One that favours a face.

# Habits

## How do you keep notes?

Briefly.
"""


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def a_find(prompt: str = "What is a fair die?", **changes: Any) -> FoundQuestion:
    return replace(FoundQuestion(prompt=prompt, line=3, answer="One without a favourite."), **changes)


def confirm(
    team: Team, *choices: Choice | FoundQuestion, name: str = "notes.md", import_id: str = "", by: str = "Max",
    state: QuestionState = "draft", **defaults: Any,
) -> Imported:  # fmt: skip
    return imports.bring_in(
        team.workspace, by=team.people[by], import_id=import_id or new_id(), name=name, state=state,
        choices=[each if isinstance(each, Choice) else Choice(each) for each in choices], defaults=Defaults(**defaults),
    )  # fmt: skip


def last_import(team: Team) -> str:
    return imports.past_imports(team.workspace, by=team.people["Max"])[0].id


def undo(team: Team, import_id: str = "") -> imports.Undone:
    return imports.undo(team.workspace, by=team.people["Mia"], import_id=import_id or last_import(team))


def in_bank(team: Team) -> list[BankQuestion]:
    return bank.questions(team.workspace, by=team.people["Max"])


def categories(team: Team) -> list[str]:
    return [each.name for each in bank.categories(team.workspace, by=team.people["Max"])]


def everything(team: Team) -> tuple[object, ...]:
    """All that an import could change."""
    max_ = team.people["Max"]
    return (
        in_bank(team), categories(team), imports.past_imports(team.workspace, by=max_),
        [bank.question(team.workspace, by=max_, key=each.key).versions for each in in_bank(team)],
        audited(team.workspace, "bank", "bank"),
    )  # fmt: skip


def twin(team: Team, how: imports.How, found: FoundQuestion, **changes: Any) -> Choice:
    return Choice(found, how, TWIN, stored(team).version, **changes)


class TestPreview:
    def test_it_shows_every_question_with_its_near_duplicates_and_writes_nothing(self, team: Team) -> None:
        before = everything(team)
        text = DOCUMENT + "\n## What is what ana asks?\n\nA near duplicate.\n\n## What is what ana asks\n\nTwice.\n"
        preview = import_preview.preview_document(
            team.workspace, by=team.people["Max"], name="notes.md", data=text.encode()
        )
        assert (preview.name, preview.kind, preview.problems) == ("notes.md", "Markdown", ())
        assert [(each.found.prompt, each.found.category, each.found.line) for each in preview.rows[:3]] == [
            ("What is a fair die?", "Chances", 3), ("What is a loaded die?", "Chances", 11),
            ("How do you keep notes?", "Habits", 17),
        ]  # fmt: skip
        assert preview.rows[0].found.follow_ups == ("How would you test one?",)
        assert [each.twins[0].stored.key if each.twins else "" for each in preview.rows[3:]] == [TWIN, TWIN]
        assert [each.like_row for each in preview.rows[3:]] == [None, 3]
        assert everything(team) == before

    def test_what_is_pasted_is_read_alike(self, team: Team) -> None:
        max_ = team.people["Max"]
        pasted = import_preview.preview_pasted(team.workspace, by=max_, text=DOCUMENT)
        document = import_preview.preview_document(team.workspace, by=max_, name="a.md", data=DOCUMENT.encode())
        assert pasted.name == "pasted text"
        assert (pasted.rows, pasted.problems) == (document.rows, document.problems)
        assert pasted.id != document.id

    def test_a_question_of_the_bank_is_known_by_its_key_and_its_words(self, team: Team) -> None:
        other_words = a_filed_question(TWIN, prompt="Entirely other words here?")
        max_ = team.people["Max"]
        for each in (other_words, a_filed_question("another-key", prompt="What is what-ana-asks?")):
            of_bank = [stored(team).model_copy(update={"question": each.question()})]
            data = as_bytes(of_bank, "toml")
            (row,) = import_preview.preview_document(team.workspace, by=max_, name="a.toml", data=data).rows
            assert (row.twins[0].stored.key, row.in_bank) == (TWIN, True)

    def test_a_passage_made_a_question_has_its_twins_beside_it(self, team: Team) -> None:
        row = import_preview.row_of(team.workspace, by=team.people["Max"], found=a_find("What is what ana asks"))
        assert (row.twins[0].stored.key, row.in_bank) == (TWIN, False)

    def test_another_column_is_read_when_it_is_chosen(self, team: Team) -> None:
        table = "Title,Question\nWhat is a fair die?,What is a loaded die?\n"
        preview = import_preview.preview_document(
            team.workspace, by=team.people["Max"], name="a.csv", data=table.encode(), columns={"prompt": "Title"}
        )
        assert [each.found.prompt for each in preview.rows] == ["What is a fair die?"]

    @pytest.mark.parametrize("data", [b"", b"  \n", b"%PDF-1.7", b"\x00" * 50])
    def test_what_cannot_be_read_is_refused_with_a_sentence(self, team: Team, data: bytes) -> None:
        with pytest.raises(InputError, match=r"^This .*\.$"):
            import_preview.preview_document(team.workspace, by=team.people["Max"], name="a.md", data=data)


class TestBringingIn:
    def test_what_was_confirmed_is_in_the_bank_with_all_it_said(self, team: Team) -> None:
        whole = a_find(
            category="Chances", follow_ups=("Why?",), difficulty="advanced", competency="Explanation", minutes=7,
            tags=("dice",), strong=("Names a test.",), weak=("Shrugs.",), source="a book", anchors=("a", "", "c"),
        )  # fmt: skip
        assert confirm(team, whole, a_find("Later?", answer="")) == Imported(added=2, merged=0, left_as_draft=0)
        first, second = in_bank(team)[-2:]
        assert (first.question.model_dump(), first.category.name, first.version, first.state) == (
            {
                "key": "what-is-a-fair-die", "prompt": "What is a fair die?", "answer": "One without a favourite.",
                "probes": ("Why?",), "strong": ("Names a test.",), "weak": ("Shrugs.",), "competency": "Explanation",
                "difficulty": "advanced", "minutes": 7, "tags": ("dice",), "anchors": ("a", "", "c"),
                "source": "a book",
            },
            "Chances", 1, "draft",
        )  # fmt: skip
        assert (second.key, second.category.name, second.question.minutes) == ("later", "Imported", 5)
        (version,) = bank.question(team.workspace, by=team.people["Tom"], key=first.key).versions
        assert (version.author, version.reason, version.category) == ("Max", "Imported from notes.md", "Chances")

    def test_defaults_hold_where_the_document_does_not_say(self, team: Team) -> None:
        said = {"category": "Habits", "competency": "Care", "difficulty": "introductory", "minutes": 9, "source": "us"}
        confirm(team, a_find(), a_find("Else?", category="Chances", competency="Explanation", minutes=2), **said)
        found = {each.key: each for each in in_bank(team)}
        assert [
            (each.category.name, each.question.competency, each.question.difficulty, each.question.minutes)
            for each in (found["what-is-a-fair-die"], found["else"])
        ] == [("Habits", "Care", "introductory", 9), ("Chances", "Explanation", "introductory", 2)]
        assert found["else"].question.source == "us"

    @pytest.mark.parametrize(
        ("state", "states", "left"),
        [
            ("draft", ("draft", "draft"), 0),
            ("in_review", ("in_review", "in_review"), 0),
            ("approved", ("approved", "draft"), 1),
        ],
    )
    def test_they_land_as_chosen_and_what_lacks_something_stays_a_draft(
        self, team: Team, state: QuestionState, states: tuple[QuestionState, ...], left: int
    ) -> None:
        whole = a_find(competency="Explanation", difficulty="advanced")
        assert confirm(team, whole, a_find("Later?", answer=""), state=state).left_as_draft == left
        assert tuple(each.state for each in in_bank(team)[-2:]) == states

    @pytest.mark.parametrize("state", ["pilot", "retired", "nonsense"])
    def test_other_states_are_not_given(self, team: Team, state: Any) -> None:
        with pytest.raises(InputError, match=r"^Questions come in as drafts, for review, or approved\.$"):
            confirm(team, a_find(), state=state)

    def test_our_own_documents_keep_state_leak_key_and_category(self, team: Team) -> None:
        home = Category(key="odds", name="Chances", order=7, about="All about luck.")
        leak = Leak(on=date(2026, 3, 1), reason="Seen on a forum")
        of_team = [
            BankQuestion(question=a_question("die"), category=home, version=4, state="retired", leak=leak),
            BankQuestion(question=a_question("coin", source=""), category=home, version=1, state="pilot"),
        ]
        data = as_bytes(of_team, "json")
        rows = import_preview.preview_document(team.workspace, by=team.people["Max"], name="a.json", data=data).rows
        confirm(team, *(each.found for each in rows))
        assert in_bank(team)[-2:] == [each.model_copy(update={"version": 1}) for each in of_team]

    def test_a_category_that_a_person_corrected_is_the_one_they_named(self, team: Team) -> None:
        home = Category(key="odds", name="Chances", order=7)
        confirm(team, a_find(category="Luck", home=home))
        assert in_bank(team)[-1].category == Category(key="luck", name="Luck", order=2)

    def test_the_banks_own_category_of_that_key_or_name_stays_as_it_is(self, team: Team) -> None:
        general = in_bank(team)[0].category
        by_key = Category(key="general", name="Other", order=9, about="Other.")
        by_name = Category(key="everyday", name="general", order=9)
        confirm(team, *(a_find(each.name, category=each.name, home=each) for each in (by_key, by_name)))
        assert {each.category for each in in_bank(team)} == {general}

    def test_new_categories_are_made_once(self, team: Team) -> None:
        names = ("Chances", " chances", "CHANCES ", "Habits", "General", "general")
        confirm(team, *(a_find(f"Question {place}?", category=name) for place, name in enumerate(names)))
        assert categories(team) == ["General", "Chances", "Habits"]

    def test_keys_never_collide(self, team: Team) -> None:
        same = [a_find("What is a fair die?") for _ in range(3)]
        named = [a_find("Other?", key=TWIN), a_find("Else?", key="mine"), a_find("Again?", key="mine")]
        confirm(team, *same, *named)
        confirm(team, *same)
        assert [each.key for each in in_bank(team)[6:]] == [
            "what-is-a-fair-die", "what-is-a-fair-die-2", "what-is-a-fair-die-3", "other", "mine", "again",
            "what-is-a-fair-die-4", "what-is-a-fair-die-5", "what-is-a-fair-die-6",
        ]  # fmt: skip

    def test_the_same_import_confirmed_twice_is_refused(self, team: Team) -> None:
        confirm(team, a_find(), import_id="one")
        before = everything(team)
        with pytest.raises(InputError) as refusal:
            confirm(team, a_find(), import_id="one")
        assert str(refusal.value) == "These questions are in the bank already; they were confirmed a moment ago."
        assert everything(team) == before

    def test_nothing_chosen_is_nothing_imported(self, team: Team) -> None:
        with pytest.raises(InputError, match=r"^No question is chosen\. Choose at least one, then bring it in\.$"):
            confirm(team)

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"prompt": "x" * 1001}, f"Line 3, “{'x' * 60}”: The question is too long: at most 1,000 characters."),
            ({"prompt": " "}, "Line 3, “ ”: The question is empty. Write it, then save."),
            (
                {"answer": "x" * 20_001},
                "Line 3, “What is a fair die?”: The reference answer is too long: at most 20,000 characters.",
            ),
            (
                {"follow_ups": ("Why?",) * 9},
                "Line 3, “What is a fair die?”: There are too many entries: a probe list holds at most 8.",
            ),
            ({"minutes": 90}, "Line 3, “What is a fair die?”: The minutes must be a whole number from 1 to 60."),
            ({"category": "x" * 121}, "Choose a category, or name a new one with at most 120 characters."),
            (
                {"answer": "a\x00b"},
                "Line 3, “What is a fair die?”: The reference answer: contains a control character; "
                "retype it as plain text.",
            ),
        ],
        ids=str,
    )
    def test_one_that_the_bank_cannot_hold_is_named_with_its_line_and_nothing_is_written(
        self, team: Team, wrong: dict[str, Any], sentence: str
    ) -> None:
        before = everything(team)
        with pytest.raises(InputError) as refusal:
            confirm(team, a_find("Fine?", category="New"), twin(team, "merge", a_find()), a_find(**wrong))
        assert str(refusal.value) == sentence
        assert everything(team) == before

    def test_hostile_text_is_kept_as_text(self, team: Team) -> None:
        confirm(team, a_find(HOSTILE, answer=HOSTILE, category=HOSTILE, follow_ups=(HOSTILE,)), name=HOSTILE)
        each = in_bank(team)[-1]
        assert (each.question.prompt, each.question.answer, each.question.probes, each.category.name) == (
            HOSTILE, HOSTILE, (HOSTILE,), HOSTILE,
        )  # fmt: skip
        assert imports.past_imports(team.workspace, by=team.people["Max"])[0].name == HOSTILE
        assert undo(team).removed == 1

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("a\x00b\x1b[31m.md", "a b [31m.md"), ("caf\udce9.csv", "caf .csv"), ("\n", "a document"),
            ("x" * 999, "x" * 200),
        ],
    )  # fmt: skip
    def test_a_name_that_no_database_would_take_is_tidied(self, team: Team, name: str, told: str) -> None:
        confirm(team, a_find(), name=name)
        assert imports.past_imports(team.workspace, by=team.people["Max"])[0].name == told

    def test_five_thousand_rows_come_in_and_go_out_again(self, team: Team) -> None:
        rows = [a_find(f"Question number {place}?", category=f"Part {place % 40}") for place in range(5_000)]
        assert confirm(team, *rows) == Imported(5_000, 0, 0)
        assert len(in_bank(team)) == 5_006
        assert (len(categories(team)), in_bank(team)[6].question.prompt) == (41, "Question number 0?")
        assert undo(team) == imports.Undone(5_000, 0, ())
        assert (len(in_bank(team)), categories(team)) == (6, ["General"])


class TestTwins:
    theirs = a_find(
        "Other words for it?", answer="Another answer.", follow_ups=("why?", "Since when?"), strong=("A number.",),
        tags=("dice",), minutes=9, difficulty="advanced", competency="Care", source="a book",
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("answer", "kept"),
        [
            ("ours", "All about what-ana-asks."),
            ("theirs", "Another answer."),
            ("both", "All about what-ana-asks.\n\n---\n\nAnother answer."),
        ],
    )
    def test_a_merge_keeps_the_banks_prompt_and_adds_probes(self, team: Team, answer: Any, kept: str) -> None:
        before = stored(team)
        assert confirm(team, twin(team, "merge", self.theirs, answer=answer)) == Imported(0, 1, 0)
        changes = {
            "answer": kept, "probes": ("Why?", "What if not?", "Since when?"),
            "strong": ("Gives a reason.", "A number."), "tags": ("dice",),
        }  # fmt: skip
        assert stored(team) == before.model_copy(
            update={"question": before.question.model_copy(update=changes), "version": 2}
        )
        assert len(in_bank(team)) == len(QUESTIONS)

    def test_a_replacement_writes_only_what_the_document_says(self, team: Team) -> None:
        before = put(team, TWIN, "pilot")
        confirm(team, twin(team, "replace", a_find("New words?", answer="", minutes=9)))
        changed = before.question.model_copy(update={"prompt": "New words?", "minutes": 9})
        assert stored(team) == before.model_copy(update={"question": changed, "version": 2})

    def test_a_merge_that_says_nothing_new_makes_no_version(self, team: Team) -> None:
        assert confirm(team, twin(team, "merge", a_find(answer=""))) == Imported(0, 0, 0)
        assert stored(team).version == 1

    def test_two_rows_may_change_one_question_which_gets_one_version(self, team: Team) -> None:
        rows = [twin(team, "merge", a_find(follow_ups=(probe,))) for probe in ("One more?", "And another?")]
        assert confirm(team, *rows) == Imported(0, 1, 0)
        assert (stored(team).version, stored(team).question.probes) == (
            2, ("Why?", "What if not?", "One more?", "And another?"),
        )  # fmt: skip
        assert undo(team) == imports.Undone(0, 1, ())
        assert stored(team).question == a_question(TWIN)

    def test_a_twin_that_changed_since_the_preview_is_stale_and_nothing_is_written(self, team: Team) -> None:
        choice = twin(team, "merge", self.theirs)
        each = stored(team)
        questions.change_question(
            team.workspace, by=team.people["Mia"], key=TWIN, seen=Seen(1, each.state), text=text_of(each, minutes=8),
            reason="Longer",
        )  # fmt: skip
        before = everything(team)
        with pytest.raises(Stale) as refusal:
            confirm(team, a_find(), choice)
        assert str(refusal.value) == (
            "“Other words for it?”: its twin in the bank was changed in the meantime. "
            "Read the document again to see the newer text; nothing was brought in."
        )
        assert everything(team) == before

    def test_a_twin_that_left_the_bank_is_stale_too(self, team: Team) -> None:
        confirm(team, a_find())
        gone = Choice(a_find(follow_ups=("New?",)), "merge", "what-is-a-fair-die", 1)
        undo(team)
        with pytest.raises(Stale):
            confirm(team, gone)

    def test_two_answers_that_do_not_fit_into_one_are_told(self, team: Team) -> None:
        confirm(team, a_find("Long?", answer="a" * 15_000))
        long = Choice(a_find("Long too?", answer="b" * 15_000), "merge", "long", 1, "both")
        with pytest.raises(InputError) as refusal:
            confirm(team, long)
        assert str(refusal.value) == (
            "Line 3, “Long too?”: both answers together are 30,007 characters long and 20,000 fit. Keep one of them."
        )
        assert len(in_bank(team)) == len(QUESTIONS) + 1


class TestUndo:
    def test_it_takes_out_what_was_added_restores_what_was_changed_and_removes_its_categories(self, team: Team) -> None:
        before = in_bank(team)
        confirm(
            team, a_find(category="Chances"), a_find("Here?", category="General"),
            twin(team, "merge", a_find(follow_ups=("New?",))),
        )  # fmt: skip
        assert undo(team) == imports.Undone(removed=2, restored=1, kept=())
        assert in_bank(team) == [
            each.model_copy(update={"version": 3}) if each.key == TWIN else each for each in before
        ]
        assert categories(team) == ["General"]
        newest = bank.question(team.workspace, by=team.people["Tom"], key=TWIN).versions[0]
        assert (newest.author, newest.reason) == ("Mia", "Import of notes.md undone")

    def test_what_was_edited_since_is_kept_and_named(self, team: Team) -> None:
        confirm(team, a_find(category="Chances"), a_find("Else?", category="Chances"))
        each = stored(team, "else")
        questions.change_question(
            team.workspace, by=team.people["Tom"], key="else", seen=Seen(1, "draft"), text=text_of(each, minutes=8),
            reason="Longer",
        )  # fmt: skip
        confirm(team, twin(team, "merge", a_find(follow_ups=("New?",))), name="second.md")
        second = last_import(team)
        questions.change_question(
            team.workspace, by=team.people["Mia"], key=TWIN, seen=Seen(2, "approved"),
            text=text_of(stored(team), minutes=8), reason="Longer",
        )  # fmt: skip
        assert undo(team, second) == imports.Undone(0, 0, ("What is what-ana-asks?",))
        first = imports.past_imports(team.workspace, by=team.people["Max"])[1].id
        assert undo(team, first) == imports.Undone(1, 0, ("Else?",))
        assert [each.key for each in in_bank(team)][-1] == "else"
        assert categories(team) == ["General", "Chances"]
        assert stored(team).version == 3

    def test_what_stands_in_a_plan_since_is_kept_and_named(self, team: Team) -> None:
        whole = {"competency": "Technical depth", "difficulty": "advanced"}
        confirm(team, a_find(**whole), a_find("Else?", **whole), state="approved")
        seat = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[0].assignments[0]
        assignments.choose_questions(
            team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id,
            seen_revision=seat.revision, questions=(*seat.questions, planned("what-is-a-fair-die")),
        )  # fmt: skip
        assert undo(team) == imports.Undone(1, 0, ("What is a fair die?",))
        assert [each.key for each in in_bank(team)][-1] == "what-is-a-fair-die"

    def test_what_was_approved_with_the_help_of_the_import_is_kept_and_named(self, team: Team) -> None:
        bare = questions.add_question(
            team.workspace, by=team.people["Max"],
            text=a_text(prompt="Bare?", answer="", competency="", difficulty=None),
        )  # fmt: skip
        whole = a_find("Bare too?", competency="Explanation", difficulty="advanced")
        confirm(team, Choice(whole, "merge", bare.key, 1))
        question_life.move_question(
            team.workspace, by=team.people["Max"], key=bare.key, seen=Seen(2, "draft"), to="approved"
        )
        assert undo(team) == imports.Undone(0, 0, ("Bare?",))
        assert stored(team, bare.key).question.competency == "Explanation"

    def test_what_was_marked_as_leaked_since_is_kept_and_named(self, team: Team) -> None:
        brought = a_find("Known?", leaked=Leak(on=date(2026, 3, 1), reason="Seen"))
        confirm(team, a_find(), a_find("Else?"), brought)
        question_life.mark_leaked(
            team.workspace, by=team.people["Max"], key="else", seen=None, on=date(2026, 3, 2), reason="Heard of it"
        )
        assert undo(team) == imports.Undone(2, 0, ("Else?",))
        assert stored(team, "else").leak == Leak(on=date(2026, 3, 2), reason="Heard of it")

    def test_a_category_that_is_used_since_stays(self, team: Team) -> None:
        confirm(team, a_find(category="Chances"))
        questions.add_question(team.workspace, by=team.people["Tom"], text=a_text(category="Chances"))
        undo(team)
        assert categories(team) == ["General", "Chances"]

    def test_undone_twice_is_refused(self, team: Team) -> None:
        confirm(team, a_find())
        undo(team)
        before = everything(team)
        with pytest.raises(InputError, match=r"^This import has been undone already\.$"):
            undo(team)
        assert everything(team) == before

    def test_an_import_that_never_was_is_not_found(self, team: Team) -> None:
        with pytest.raises(NotFound, match=r"^This import is not on record\. Choose one from the list\.$"):
            undo(team, "nothing")

    def test_after_it_the_same_document_can_be_imported_again(self, team: Team) -> None:
        rows = [a_find(category="Chances"), a_find("Named?", key="named", category="Chances")]
        confirm(team, *rows)
        first = in_bank(team)
        undo(team)
        confirm(team, *rows)
        again = in_bank(team)
        assert [each.question.prompt for each in again] == [each.question.prompt for each in first]
        assert [(each.key, each.version) for each in again[-2:]] == [("what-is-a-fair-die-2", 1), ("named", 2)]
        assert undo(team).removed == 2

    def test_the_list_of_imports_tells_who_did_what_and_who_undid_it(self, team: Team) -> None:
        confirm(team, a_find(), twin(team, "merge", a_find(follow_ups=("New?",))), name="first.md")
        confirm(team, a_find("Else?"), name="second.md", by="Ada")
        undo(team)
        second, first = imports.past_imports(team.workspace, by=team.people["Max"])
        assert [
            (each.name, each.who, each.added, each.changed, each.undone_by, each.undone_at is not None)
            for each in (first, second)
        ] == [("first.md", "Max", 1, 1, "", False), ("second.md", "Ada", 1, 0, "Mia", True)]
        assert [each[:2] for each in audited(team.workspace, "bank", "bank")][-3:] == [
            (team.people["Max"].id, "import_questions"), (team.people["Ada"].id, "import_questions"),
            (team.people["Mia"].id, "undo_import"),
        ]  # fmt: skip


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip


def _bring_in(team: Team, by: Person) -> None:
    imports.bring_in(
        team.workspace, by=by, import_id=new_id(), name="a.md", choices=[Choice(a_find())], defaults=Defaults()
    )


def _undo(team: Team, by: Person) -> None:
    confirm(team, a_find())
    imports.undo(team.workspace, by=by, import_id=last_import(team))


ACCESS: dict[str, Call] = {
    "bring_in": _bring_in,
    "undo": _undo,
    "past_imports": lambda team, by: imports.past_imports(team.workspace, by=by),
    "preview_document": lambda team, by: import_preview.preview_document(
        team.workspace, by=by, name="a.md", data=DOCUMENT.encode()
    ),
    "preview_pasted": lambda team, by: import_preview.preview_pasted(team.workspace, by=by, text=DOCUMENT),
    "row_of": lambda team, by: import_preview.row_of(team.workspace, by=by, found=a_find()),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(imports) | taking_a_person(import_preview)


@pytest.mark.parametrize("action", ACCESS)
def test_managers_import(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == MANAGERS


def test_nobody_who_may_not_import_leaves_a_trace(team: Team) -> None:
    before = everything(team)
    for name in ("Ana", "Tom"):
        with pytest.raises(PanelError, match="Only hiring managers and administrators import questions"):
            confirm(team, a_find(), by=name)
    assert everything(team) == before
    with team.workspace.database.read() as transaction:
        assert set(stored_bank.newest_versions(transaction)) == {each.key for each in QUESTIONS}
