"""Bringing rubrics from a file, on both engines: shown first, written when confirmed."""

from pathlib import Path

import pytest

from panel.actions import rubric_edits, rubric_import, rubrics
from panel.actions.rubric_import import Entry, Imported, Preview
from panel.domain.people import Person
from panel.domain.rubrics import BankRubric, FiledRubric, Rubric
from panel.exporting.rubrics import Format, exported
from panel.house import Workspace
from tests.factories import RUBRICS, a_bank, a_rubric, audited, everybody


@pytest.fixture
def people(workspace: Workspace) -> dict[str, Person]:
    return everybody(workspace)


@pytest.fixture
def small(workspace: Workspace, people: dict[str, Person], tmp_path: Path) -> Workspace:
    return a_bank(workspace, tmp_path / "content", people["Ada"])


def filed(rubric: Rubric, **changes: object) -> FiledRubric:
    return FiledRubric.model_validate(rubric.model_dump() | changes)


NEW = filed(a_rubric("fresh", "Freshness", levels=4), state="draft")
CHANGED = filed(RUBRICS[1], about="Heard another way.")
SAME = filed(RUBRICS[0])


def in_bank(rubric: FiledRubric) -> BankRubric:
    return BankRubric(rubric=rubric.rubric(), version=1, state="active")


@pytest.mark.parametrize("form", ["toml", "csv"])
def test_a_file_is_shown_as_new_changed_same_and_errors_and_nothing_is_written(
    small: Workspace, people: dict[str, Person], form: Format
) -> None:
    before = rubrics.bank_rubrics(small, by=people["Max"])
    text = exported([NEW, CHANGED, SAME], form)
    found = rubric_import.preview_import(small, by=people["Max"], name=f"mine.{form}", data=text.encode())

    assert found.entries == (
        Entry("new", NEW, None),
        Entry("changed", CHANGED, in_bank(filed(RUBRICS[1]))),
        Entry("same", SAME, in_bank(SAME)),
    )
    assert rubrics.bank_rubrics(small, by=people["Max"]) == before


def test_confirmed_entries_become_rubrics_and_versions(small: Workspace, people: dict[str, Person]) -> None:
    data = exported([NEW, CHANGED, SAME], "toml").encode()
    found = rubric_import.preview_import(small, by=people["Max"], name="mine.toml", data=data)
    done = rubric_import.import_rubrics(small, by=people["Max"], name="mine.toml", entries=found.entries)

    assert done == Imported(("Freshness", "Explanation"), ())
    assert {each.key: each for each in rubrics.bank_rubrics(small, by=people["Max"])} == {
        "fresh": BankRubric(rubric=NEW.rubric(), version=1, state="draft"),
        "explanation": BankRubric(rubric=CHANGED.rubric(), version=2, state="active"),
        "technical-depth": in_bank(SAME),
    }
    newest = rubrics.rubric(small, by=people["Max"], key="explanation").versions[0]
    assert (newest.author, newest.reason) == ("Max", "Imported from mine.toml")
    assert [each[1] for each in audited(small, "rubric", "explanation")] == ["change_rubric"]
    again = rubric_import.preview_import(small, by=people["Max"], name="mine.toml", data=data)
    assert [each.standing for each in again.entries] == ["same", "same", "same"]


def test_a_file_can_retire_a_rubric_without_a_new_version(small: Workspace, people: dict[str, Person]) -> None:
    retired = filed(RUBRICS[1], state="retired")
    data = exported([retired], "csv").encode()
    found = rubric_import.preview_import(small, by=people["Max"], name="mine.csv", data=data)
    rubric_import.import_rubrics(small, by=people["Max"], name="mine.csv", entries=found.entries)

    view = rubrics.rubric(small, by=people["Max"], key="explanation")
    assert view.stored == BankRubric(rubric=RUBRICS[1], version=1, state="retired")
    assert [(each.state, each.who, each.reason) for each in view.steps] == [
        ("retired", "Max", "Imported from mine.csv")
    ]


def test_what_changed_since_the_preview_is_left_alone_and_told(small: Workspace, people: dict[str, Person]) -> None:
    data = exported([NEW, CHANGED], "toml").encode()
    found = rubric_import.preview_import(small, by=people["Max"], name="mine.toml", data=data)
    seen = rubrics.rubric(small, by=people["Mia"], key="explanation").stored
    rubric_edits.retire(small, by=people["Mia"], key="explanation", seen=seen)

    done = rubric_import.import_rubrics(small, by=people["Max"], name="mine.toml", entries=found.entries)
    assert done == Imported(("Freshness",), ("Explanation",))
    assert rubrics.rubric(small, by=people["Max"], key="explanation").stored == BankRubric(
        rubric=RUBRICS[1], version=1, state="retired"
    )
    twice = rubric_import.import_rubrics(small, by=people["Max"], name="mine.toml", entries=found.entries)
    assert twice == Imported((), ("Freshness", "Explanation"))


def test_a_file_that_cannot_be_read_says_so(small: Workspace, people: dict[str, Person]) -> None:
    found = rubric_import.preview_import(small, by=people["Max"], name="mine.toml", data=b"\xff")
    assert found == Preview((), ("mine.toml: is not UTF-8 text (byte 0). Save it as UTF-8.",))


def test_what_is_taken_out_reads_back_the_same(small: Workspace, people: dict[str, Person]) -> None:
    text = rubric_import.export_rubrics(small, by=people["Ana"], keys={"explanation", "technical-depth"}, form="toml")
    found = rubric_import.preview_import(small, by=people["Max"], name="out.toml", data=text.encode())
    assert [(each.filed.key, each.standing) for each in found.entries] == [
        ("explanation", "same"),
        ("technical-depth", "same"),
    ]
