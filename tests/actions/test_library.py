"""The snapshot of the bank: shared by everybody who looks at one revision, made anew after a change."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from panel.actions import bank, files, library
from panel.domain.people import Person
from panel.errors import NotAllowed
from panel.house import Shelf, Workspace
from panel.store import revision
from tests.factories import RUBRICS, a_question, everybody, question_file, reading_from, taking_a_person, write_content


@pytest.fixture
def people(workspace: Workspace) -> dict[str, Person]:
    return everybody(workspace)


@pytest.fixture
def small(workspace: Workspace, people: dict[str, Person], tmp_path: Path) -> Workspace:
    return brought_in(workspace, people, tmp_path, "gradients", "trees")


def brought_in(workspace: Workspace, people: dict[str, Person], folder: Path, *keys: str) -> Workspace:
    """The bank after the files came to hold these questions."""
    texts = {"general": question_file(*map(a_question, keys))}
    filled = reading_from(workspace, write_content(folder / "content", texts, RUBRICS))
    files.bring_in_files(filled, by=people["Max"])
    return filled


def test_a_library_holds_the_bank_with_search_twins_and_choices(small: Workspace, people: dict[str, Person]) -> None:
    found = library.library(small, by=people["Ana"])
    assert list(found.questions) == bank.questions(small, by=people["Ana"])
    assert [found.questions[place].key for place in found.search.find("tree")] == ["trees"]
    assert [found.questions[each.place].key for each in found.twins.nearest("Explain trees")] == ["trees"]
    assert found.by_key["trees"] is found.questions[1]
    assert found.choices == library.Choices(["General"], ["Technical depth"], [])


def test_everybody_shares_one_library_until_the_bank_changes(
    small: Workspace, people: dict[str, Person], tmp_path: Path
) -> None:
    first = library.library(small, by=people["Ana"])
    assert library.library(small, by=people["Max"]) is first
    later = brought_in(small, people, tmp_path, "gradients", "trees", "kernels")
    second = library.library(later, by=people["Ana"])
    assert second.revision > first.revision
    assert [each.key for each in second.questions] == ["gradients", "trees", "kernels"]
    assert second.search.find("kernels") == [2]
    assert first.search.find("kernels") == []


def test_the_revision_of_a_new_bank_is_a_number_that_is_raised(small: Workspace) -> None:
    with small.database.read() as transaction:
        before = revision.revision(transaction)
    small.database.write(revision.touch)
    with small.database.read() as transaction:
        assert revision.revision(transaction) == before + 1


def test_access_is_checked_although_the_library_is_there(small: Workspace, people: dict[str, Person]) -> None:
    library.library(small, by=people["Ana"])
    nobody = people["Ana"].model_copy(update={"id": "nobody"})
    with pytest.raises(NotAllowed):
        library.library(small, by=nobody)
    assert taking_a_person(library) == {"library"}


def test_a_shelf_makes_a_thing_once_however_many_ask_at_once() -> None:
    shelf, made, gate = Shelf(), [], threading.Barrier(8)

    def make(earlier: str | None) -> str:
        made.append(earlier)
        return "made"

    def ask() -> None:
        gate.wait()
        shelf.take("thing", 1, make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made == [None]


def test_a_shelf_keeps_one_revision_and_shows_the_maker_what_was_before() -> None:
    shelf = Shelf()
    assert shelf.take("thing", 2, lambda earlier: f"two after {earlier}") == "two after None"
    assert shelf.take("thing", 2, lambda earlier: "again") == "two after None"
    assert shelf.take("thing", 1, lambda earlier: f"one after {earlier}") == "one after two after None"  # a restore
    assert shelf.take("other", 0, lambda earlier: "other") == "other"


def test_a_thing_that_could_not_be_made_is_asked_for_again() -> None:
    shelf = Shelf()

    def fails(earlier: str | None) -> str:
        raise LookupError("nothing there")

    with pytest.raises(LookupError, match="nothing there"):
        shelf.take("thing", 1, fails)
    assert shelf.take("thing", 1, lambda earlier: "made") == "made"


def test_two_teams_have_shelves_of_their_own(workspace: Workspace) -> None:
    other = replace(workspace, name="demo", shelf=Shelf())
    assert workspace.shelf.take("thing", 1, lambda earlier: "ours") == "ours"
    assert other.shelf.take("thing", 1, lambda earlier: "theirs") == "theirs"
