"""Questions and rubrics: found, read, and brought in from files of which some may be broken."""

from collections.abc import Callable
from pathlib import Path

from panel.store import bank
from tests.factories import QUESTIONS, Team, a_question, question_file
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def test_every_question_is_in_the_list_with_its_facts(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    assert page.rows() == [each.prompt for each in QUESTIONS]
    assert page.lacks("6 questions", "Technical depth introductory") == []
    assert page.selected() is None
    assert not page.has_button("Close")


def test_search_takes_words_in_any_order_and_an_empty_result_says_what_to_do(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    page.fill("Search", "asks? WHAT-BO").run()
    assert page.rows() == ["What is what-bo-asks?"]
    assert page.marked() == ["bo", "asks"]
    page.fill("Search", "no such words").run()
    assert page.rows() == []
    assert page.lacks("No question fits.", "Use fewer words or clear a filter.") == []
    page.fill("Search", "").run()
    assert len(page.rows()) == 6


def test_a_word_that_no_question_has_is_named_and_the_others_count(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions", search="bo zebra")
    assert page.rows() == ["What is bo-alone?", "What is what-bo-asks?"]
    assert page.lacks("No question has “zebra”; these have most of the words.") == []


def test_filters_narrow_the_bank(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    page.fill("Minutes, at most", 4).run()
    assert page.rows() == []
    page.fill("Minutes, at most", 5).fill("Difficulty", ["introductory"]).fill("State", ["Approved"]).run()
    assert len(page.rows()) == 6
    assert page.lacks("More filters (2)") == []
    page.fill("State", ["Draft"]).run()
    assert page.rows() == []


def test_filters_and_search_come_from_an_address(team: Team, tab: Seats) -> None:
    page = tab("Bo").open("questions", search="bo", minutes="5", competency="Technical depth")
    assert page.rows() == ["What is bo-alone?", "What is what-bo-asks?"]
    assert page.field("Minutes, at most").value == 5
    assert page.lacks("More filters (1)") == []


def test_a_picked_question_is_read_whole_and_has_an_address(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions").pick("what-bo-asks")
    everything = ("What is what-bo-asks?", "Why?", "All about what-bo-asks.", "Gives a reason.", "Gives a slogan.")
    assert page.lacks(*everything, "Technical depth · introductory · 5 minutes · version 1") == []
    assert page.app.query_params["question"] == "what-bo-asks"
    assert page.selected() == "what-bo-asks"
    assert tab("Bo").open("questions", question="what-bo-asks").lacks(*everything) == []
    page.click("Back to the list")
    assert "question" not in page.app.query_params
    assert page.selected() is None
    assert "Gives a slogan." not in page.text


def test_an_address_of_a_question_that_is_gone_opens_the_list(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions", question="never-there")
    assert page.selected() is None
    assert len(page.rows()) == 6


def test_a_broken_file_is_named_with_question_and_field_and_hides_nothing(
    team: Team, content: Path, tab: Seats
) -> None:
    broken = question_file(*QUESTIONS).replace("minutes = 5", 'minutes = "soon"', 1)
    (content / "question_bank" / "general.toml").write_text(broken, encoding="utf-8")
    page = tab("Mia").open("questions")
    (warning,) = page.warnings
    assert "A file of the question bank cannot be read; the bank keeps what it last read from it." in warning
    assert "question_bank/general.toml: question 1 (what-ana-asks), field minutes: " in warning
    assert len(page.rows()) == 6
    assert len(tab("Ana").open("questions").app.warning) == 0  # an interviewer can do nothing about it


def test_changes_in_the_files_are_offered_and_brought_in_beside_a_broken_file(
    team: Team, content: Path, tab: Seats
) -> None:
    folder = content / "question_bank"
    (folder / "general.toml").write_text("this is not = = TOML", encoding="utf-8")
    new = a_question("what-is-new", prompt="What is new?")
    (folder / "new.toml").write_text(question_file(new).replace('"general"', '"new"'), encoding="utf-8")
    page = tab("Mia").open("questions")
    assert page.lacks("Files and bank differ in", "Look at the files") == []
    (warning,) = page.warnings
    assert "question_bank/general.toml: is not valid TOML" in warning
    page.open("import_questions", part="files").click("Bring in 2 entries from the files")
    assert page.toasts == ["2 entries brought in from the files."]  # the question and its category
    page.open("questions")
    assert "What is new?" in page.rows()
    assert len(page.rows()) == 7


def test_a_changed_question_becomes_its_next_version(team: Team, content: Path, tab: Seats) -> None:
    changed = [
        each if each.key != "what-bo-asks" else each.model_copy(update={"answer": "Told anew."}) for each in QUESTIONS
    ]
    (content / "question_bank" / "general.toml").write_text(question_file(*changed), encoding="utf-8")
    page = tab("Max").open("import_questions", part="files")
    assert page.lacks("Newer in the files: 1", "Question: What is what-bo-asks?", "Told anew") == []
    page.click("Bring in 1 entry from the files").open("questions").pick("what-bo-asks")
    assert page.lacks("version 2", "Told anew.") == []


def test_an_empty_bank_says_how_to_fill_it(team: Team, content: Path, tab: Seats) -> None:
    team.workspace.database.write(
        lambda transaction: bank.remove_questions(transaction, [each.key for each in QUESTIONS])
    )
    page = tab("Ana").open("questions")
    assert page.lacks("The question bank is empty.", "Write the first question, or import a document") == []


def test_a_changed_rubric_is_offered_too(team: Team, content: Path, tab: Seats) -> None:
    path = content / "rubrics" / "explanation.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Label 3", "Middling"), encoding="utf-8")
    page = tab("Mia").open("import_questions", part="files")
    assert page.lacks("Newer in the files: 1", "Rubric: Explanation") == []
    page.click("Bring in 1 entry from the files").open("rubrics", rubric="explanation")
    assert page.lacks("3 Middling", "version 2") == []
