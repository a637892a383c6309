"""Questions and rubrics: found, read, and brought in from files of which some may be broken."""

from collections.abc import Callable
from pathlib import Path

from tests.factories import QUESTIONS, Team, a_question, question_file
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def prompts(tab: Tab) -> list[str]:
    return [prompt for table in tab.app.dataframe for prompt in table.value["Question"]]


def test_every_question_is_in_the_table_with_its_minutes(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    assert prompts(page) == [each.prompt for each in QUESTIONS]
    assert page.lacks("6 questions with reference answers, 30 minutes in all", "Nothing is open.") == []


def test_search_takes_words_in_any_order_and_an_empty_result_says_what_to_do(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    page.fill("Search", "asks? WHAT-BO").run()
    assert prompts(page) == ["What is what-bo-asks?"]
    assert page.lacks("1 of 6 questions") == []
    page.fill("Search", "no such words").run()
    assert prompts(page) == []
    assert page.lacks("No question fits.", "Use fewer words or clear a filter.") == []
    page.fill("Search", "").run()
    assert len(prompts(page)) == 6


def test_filters_narrow_the_bank(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions")
    page.fill("Minutes, at most", 4).run()
    assert prompts(page) == []
    page.fill("Minutes, at most", 5).fill("Difficulty", ["introductory"]).run()
    assert len(prompts(page)) == 6


def test_a_chosen_question_is_read_whole_and_has_an_address(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("questions").tick_row("bank", 1)
    everything = ("What is what-bo-asks?", "Why?", "All about what-bo-asks.", "Gives a reason.", "Gives a slogan.")
    assert page.lacks(*everything, "Technical depth · introductory · 5 minutes · version 1") == []
    assert page.app.query_params["question"] == "what-bo-asks"
    assert tab("Bo").open("questions", question="what-bo-asks").lacks(*everything) == []


def test_a_broken_file_is_named_with_question_and_field_and_hides_nothing(
    team: Team, content: Path, tab: Seats
) -> None:
    broken = question_file(*QUESTIONS).replace("minutes = 5", 'minutes = "soon"', 1)
    (content / "question_bank" / "general.toml").write_text(broken, encoding="utf-8")
    page = tab("Mia").open("questions")
    (warning,) = page.warnings
    assert "A file of the question bank cannot be read; the bank keeps what it last read from it." in warning
    assert "question_bank/general.toml: question 1 (what-ana-asks), field minutes: " in warning
    assert len(prompts(page)) == 6
    assert len(tab("Ana").open("questions").app.warning) == 0  # an interviewer can do nothing about it


def test_changes_in_the_files_are_offered_and_brought_in_beside_a_broken_file(
    team: Team, content: Path, tab: Seats
) -> None:
    folder = content / "question_bank"
    (folder / "general.toml").write_text("this is not = = TOML", encoding="utf-8")
    new = a_question("what-is-new", prompt="What is new?")
    (folder / "new.toml").write_text(question_file(new).replace('"general"', '"new"'), encoding="utf-8")
    page = tab("Mia").open("questions")
    assert page.lacks("The files hold 1 new entry and 0 changes.") == []
    (warning,) = page.warnings
    assert "question_bank/general.toml: is not valid TOML" in warning
    page.click("Bring in the changes")
    assert page.toasts == ["1 question brought in from the files."]
    assert "What is new?" in prompts(page)
    assert len(prompts(page)) == 7
    assert not page.has_button("Bring in the changes")


def test_a_changed_question_becomes_its_next_version(team: Team, content: Path, tab: Seats) -> None:
    changed = [
        each if each.key != "what-bo-asks" else each.model_copy(update={"answer": "Told anew."}) for each in QUESTIONS
    ]
    (content / "question_bank" / "general.toml").write_text(question_file(*changed), encoding="utf-8")
    page = tab("Max").open("questions")
    assert page.lacks("The files hold 0 new entries and 1 change.") == []
    page.click("Bring in the changes").tick_row("bank", 1)
    assert page.lacks("version 2", "Told anew.") == []


def test_an_empty_bank_says_how_to_fill_it(team: Team, content: Path, tab: Seats) -> None:
    team.workspace.database.write(lambda transaction: transaction.run("DELETE FROM question"))
    page = tab("Ana").open("questions")
    assert page.lacks("The question bank is empty.", "Put files into question_bank/") == []


def test_a_changed_rubric_is_offered_too(team: Team, content: Path, tab: Seats) -> None:
    path = content / "rubrics" / "explanation.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Label 3", "Middling"), encoding="utf-8")
    page = tab("Mia").open("questions")
    assert page.lacks("The files hold 0 new entries and 1 change.") == []
    page.click("Bring in the changes").open("rubrics", rubric="explanation")
    assert page.lacks("3 Middling", "version 2") == []
