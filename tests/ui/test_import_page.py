"""Import and export, without a browser: paste, look through, decide, confirm, undo; the files; the bank as a file."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from panel.actions import bank, imports
from panel.domain.questions import BankQuestion
from tests.actions.test_questions import stored
from tests.factories import QUESTIONS, Team, question_file
from tests.ui.driving import EVE, Tab
from tests.ui.test_question_life_page import change

Seats = Callable[[str], Tab]
LIST = "import-list"
HOSTILE = f'{EVE}<script>alert("x")</script>=1+1'
ARTICLE = """Baking

What is proofing?

Answer: The dough rises before it is baked.

How do you tell that bread is done?

Answer: Tap its base and listen for a hollow sound.

What is what bo asks?

Answer: Something that the bank has nearly word for word.

Leave a Comment
"""
FOUND = ["What is proofing?", "How do you tell that bread is done?", "What is what bo asks?"]
CONFIRM = re.compile(r"^Bring in [\d,]+ questions?$")


def looking_through(tab: Tab, text: str = ARTICLE) -> Tab:
    page = tab.open("import_questions").fill("Text", text).click("Read the text")
    assert page.warnings == []
    return page


def opened(page: Tab, prompt: str) -> Tab:
    return page.pick(str(page.rows(LIST).index(prompt)), LIST)


def confirm(page: Tab) -> Tab:
    (label,) = {each.label for each in page.app.button if CONFIRM.match(each.label)}
    return page.click(label)


def added(team: Team) -> list[BankQuestion]:
    return bank.questions(team.workspace, by=team.people["Max"])[len(QUESTIONS) :]


def in_file(team: Team, content: Path, **changes: Any) -> None:
    """The file says something else of a question than the bank."""
    written = [each if each.key != "what-bo-asks" else each.model_copy(update=changes) for each in QUESTIONS]
    (content / "question_bank" / "general.toml").write_text(question_file(*written), encoding="utf-8")


class TestAccess:
    @pytest.mark.parametrize("name", ["Ana", "Tom"])
    @pytest.mark.parametrize("part", ["", "import", "export", "files", "history"])
    def test_interviewers_are_refused_with_a_sentence(self, team: Team, tab: Seats, name: str, part: str) -> None:
        page = tab(name).open("import_questions", **({"part": part} if part else {}))
        refusal = "Only hiring managers and administrators import and export questions. Ask one of them."
        assert page.lacks(refusal) == []
        assert [
            each.label for each in page.app.button if each.label in {"Read the text", "Undo the whole import"}
        ] == []

    def test_interviewers_find_no_way_there(self, team: Team, tab: Seats) -> None:
        assert "Import and export" not in tab("Tom").open("questions").links
        assert "Import and export" in tab("Max").open("questions").links


class TestLookingThrough:
    def test_what_was_read_is_shown_and_nothing_is_written(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max"))
        assert page.rows(LIST) == FOUND
        assert page.lacks(
            "pasted text", "read as article", "3 questions found, 1 passage not placed. Nothing is written yet",
            "Leave a Comment", "like “What is what-bo-asks?” in the bank", "no answer",
        ) == ["no answer"]  # fmt: skip
        assert added(team) == []
        assert imports.past_imports(team.workspace, by=team.people["Max"]) == []

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "This document is empty. Choose a document that holds questions, or paste them."),
            ("<!doctype html><html><body>What?</body></html>", "This is a web page."),
        ],
    )
    def test_what_cannot_be_read_is_told_and_stays_in_the_field(
        self, team: Team, tab: Seats, text: str, told: str
    ) -> None:
        page = tab("Max").open("import_questions").fill("Text", text).click("Read the text")
        (warning,) = page.warnings
        assert warning.startswith(told)
        assert page.field("Text").value == text

    def test_what_is_confirmed_is_in_the_bank(self, team: Team, tab: Seats) -> None:
        page = confirm(looking_through(tab("Max")))
        assert page.toasts == ["3 questions brought in."]
        assert page.lacks("pasted text", "3 questions added", "Max, today") == []
        assert [(each.question.prompt, each.state, each.category.name) for each in added(team)] == [
            (prompt, "draft", "Baking") for prompt in FOUND
        ]

    def test_what_the_document_does_not_say_is_chosen_for_all(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max"))
        page.choose("Come in as", "Approved").choose("Competency, if not said", "Explanation")
        page.choose("Difficulty, if not said", "advanced").fill("Minutes, if not said", 9).run()
        confirm(page)
        assert {
            (each.state, each.question.competency, each.question.difficulty, each.question.minutes)
            for each in added(team)
        } == {("approved", "Explanation", "advanced", 9)}

    def test_a_row_is_corrected_and_another_left_out(self, team: Team, tab: Seats) -> None:
        page = opened(looking_through(tab("Max")), FOUND[1])
        page.fill("Question", HOSTILE).fill("Answer", "Tap it.").fill("Probes, one a line", "Why?\n\n How? ")
        page.fill("Category", "Kitchen").run()
        assert page.rows(LIST)[1] == HOSTILE
        assert "<script>" not in page.markup
        opened(page, FOUND[0]).fill("What becomes of it", "leave").run()
        opened(page, FOUND[2]).fill("What becomes of it", "leave").run()
        assert confirm(page).toasts == ["1 question brought in."]
        (made,) = added(team)
        assert (made.question.prompt, made.question.answer, made.question.probes, made.category.name) == (
            HOSTILE, "Tap it.", ("Why?", "How?"), "Kitchen",
        )  # fmt: skip

    def test_boxes_leave_out_and_take_back(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max"))
        page.tell_list("check", {"shown": ["0", "1", "2"], "checked": ["1"]}, LIST)
        assert page.has_button("Bring in 1 question")
        page.tell_list("check", {"shown": ["0", "1", "2"], "checked": ["1", "2"]}, LIST)
        assert confirm(page).toasts == ["2 questions brought in."]
        assert [each.question.prompt for each in added(team)] == FOUND[1:]

    def test_a_row_that_is_taken_back_is_merged_as_was_decided(self, team: Team, tab: Seats) -> None:
        page = opened(looking_through(tab("Max")), FOUND[2])
        page.fill("What becomes of it", "merge").run()
        page.tell_list("check", {"shown": ["0", "1", "2"], "checked": ["0", "1"]}, LIST)
        page.tell_list("check", {"shown": ["0", "1", "2"], "checked": ["0", "1", "2"]}, LIST)
        assert page.field("What becomes of it").value == "merge"

    def test_a_twin_is_shown_beside_and_merged(self, team: Team, tab: Seats) -> None:
        page = opened(looking_through(tab("Max")), FOUND[2])
        assert page.lacks("In the bank: General, approved, version 1", "All about what-bo-asks.") == []
        page.fill("What becomes of it", "merge").run()
        page.fill("Which answer", "both").run()
        assert confirm(page).toasts == ["2 questions brought in, 1 changed."]
        assert stored(team, "what-bo-asks").question.answer == (
            "All about what-bo-asks.\n\n---\n\nSomething that the bank has nearly word for word."
        )
        assert len(added(team)) == 2

    def test_a_twin_that_changed_meanwhile_is_told_and_the_work_is_kept(self, team: Team, tab: Seats) -> None:
        page = opened(looking_through(tab("Max")), FOUND[2])
        page.fill("What becomes of it", "merge").run()
        change(team, "Mia", answer="Theirs.")
        confirm(page)
        (warning,) = page.warnings
        assert warning.startswith("“What is what bo asks?”: its twin in the bank was changed in the meantime.")
        assert (page.rows(LIST), added(team)) == (FOUND, [])

    def test_a_passage_is_made_a_question(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max")).click("Make it a question")
        assert page.rows(LIST) == [*FOUND, "Leave a Comment"]
        assert page.lacks("Every passage of the document became a question or part of one.") == []
        page.fill("Question", "Which comment helped you most?").run()
        confirm(page)
        assert "Which comment helped you most?" in [each.question.prompt for each in added(team)]

    def test_a_passage_that_was_seen_is_out_of_the_way(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max")).click("Seen")
        assert page.lacks("every passage placed") == []
        assert not page.has_button("Make it a question")

    def test_what_the_bank_has_word_for_word_is_left_out_at_first(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max"), ARTICLE.replace("What is what bo asks?", "What is what-bo-asks?"))
        assert page.lacks("in the bank already", "left out") == []
        assert confirm(page).toasts == ["2 questions brought in."]

    def test_columns_of_a_table_are_shown_and_corrected(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max"), "Question,Idea\nWhat is proofing?,How is bread baked?\n")
        assert page.rows(LIST) == ["What is proofing?"]
        page.choose("Question", "Idea").click("Read again with these columns")
        assert page.rows(LIST) == ["How is bread baked?"]

    def test_a_draft_is_discarded(self, team: Team, tab: Seats) -> None:
        page = looking_through(tab("Max")).click("Discard")
        assert page.has_button("Read the text")
        assert added(team) == []

    def test_what_is_looked_through_survives_a_look_at_another_page(self, team: Team, tab: Seats) -> None:
        page = opened(looking_through(tab("Max")), FOUND[1]).fill("Question", "Corrected?").run()
        page.open("questions").open("import_questions")
        assert page.rows(LIST) == [FOUND[0], "Corrected?", FOUND[2]]


class TestHistory:
    def test_a_whole_import_is_undone(self, team: Team, tab: Seats) -> None:
        page = confirm(looking_through(tab("Max"))).click("Undo the whole import")
        assert page.toasts == ["3 questions taken out."]
        assert page.lacks("undone by Max, today") == []
        assert added(team) == []
        assert not page.has_button("Undo the whole import")

    def test_what_is_kept_is_named(self, team: Team, tab: Seats) -> None:
        page = confirm(looking_through(tab("Max")))
        change(team, "Tom", "what-is-proofing", minutes=9)
        page.click("Undo the whole import")
        assert page.warnings == ["2 questions taken out. Edited or planned with since, so kept: “What is proofing?”."]
        assert [each.key for each in added(team)] == ["what-is-proofing"]

    def test_an_import_that_another_undid_first_is_told(self, team: Team, tab: Seats) -> None:
        page = confirm(looking_through(tab("Max")))
        other = tab("Mia").open("import_questions", part="history")
        page.click("Undo the whole import")
        other.click("Undo the whole import")
        assert other.warnings == ["This import has been undone already."]

    def test_before_the_first_import_it_says_what_will_stand_here(self, team: Team, tab: Seats) -> None:
        page = tab("Max").open("import_questions", part="history")
        assert page.lacks("Nothing was imported yet.", "Imports are listed here") == []


class TestFiles:
    def test_where_both_hold_the_same_it_says_so(self, team: Team, tab: Seats) -> None:
        assert tab("Max").open("import_questions", part="files").lacks("Files and bank hold the same.") == []

    def test_what_is_newer_in_the_files_is_shown_and_taken(self, team: Team, content: Path, tab: Seats) -> None:
        in_file(team, content, answer="Told anew.")
        page = tab("Max").open("import_questions", part="files")
        assert page.lacks("Newer in the files: 1", "Question: What is what-bo-asks?") == []
        assert "<ins>Told anew</ins>" in page.markup
        page.click("Take the file's side")
        assert page.toasts == ["1 entry brought in from the files."]
        assert stored(team, "what-bo-asks").question.answer == "Told anew."
        assert page.lacks("Files and bank hold the same.") == []

    def test_what_changed_on_both_sides_waits_for_a_decision(self, team: Team, content: Path, tab: Seats) -> None:
        in_file(team, content, answer="Told anew.")
        change(team, "Mia", answer="Theirs.")
        page = tab("Max").open("import_questions", part="files")
        assert page.lacks("Changed on both sides: 1", "In the database: version 2 by Mia, today") == []
        assert [each.label for each in page.app.button if each.label.startswith("Bring in")] == []
        page.click("Take the file's side")
        assert (stored(team, "what-bo-asks").question.answer, stored(team, "what-bo-asks").version) == ("Told anew.", 3)

    def test_a_file_that_changed_since_it_was_shown_is_not_taken(self, team: Team, content: Path, tab: Seats) -> None:
        in_file(team, content, answer="Told anew.")
        page = tab("Max").open("import_questions", part="files")
        in_file(team, content, answer="Told once more.")
        page.click("Take the file's side")
        assert page.warnings == ["0 entries brought in from the files. 1 entry changed meanwhile and stays as it is."]
        assert stored(team, "what-bo-asks").version == 1

    def test_what_only_the_database_has_is_shown_without_a_side_to_take(self, team: Team, tab: Seats) -> None:
        confirm(looking_through(tab("Max")))
        page = tab("Max").open("import_questions", part="files")
        assert page.lacks("Only in the database: 4", "Category: Baking", "Question: What is proofing?") == []
        assert not page.has_button("Take the file's side")


class TestExport:
    def test_every_format_is_offered_with_what_it_is_for(self, team: Team, tab: Seats) -> None:
        page = tab("Max").open("import_questions", part="export")
        assert page.lacks("6 questions, in every state", "Everything, as a text that people like to edit") == []
        assert page.app.get("download_button")[0].proto.label == "Download as TOML"
        page.fill("Format", "csv").run()
        assert page.app.get("download_button")[0].proto.label == "Download as CSV"


def test_a_table_with_hostile_headings_is_shown_as_text(team: Team, tab: Seats) -> None:
    page = looking_through(tab("Max"), "Question,<b>:red[x]<img src=x>\nWhat is proofing?,x\n")
    assert page.rows(LIST) == ["What is proofing?"]
    assert "<img" not in page.markup
    assert added(team) == []
