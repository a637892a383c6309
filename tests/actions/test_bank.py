"""Bringing the files into the bank, on both engines."""

from pathlib import Path

import pytest

from panel.actions import bank, rubrics, start
from panel.domain.questions import Category
from panel.house import House, Workspace
from panel.settings import Settings
from tests.factories import (
    GENERAL,
    QUESTIONS,
    RUBRICS,
    Call,
    Team,
    a_question,
    a_rubric,
    a_team,
    audited,
    everybody,
    in_bank,
    outcomes,
    question_file,
    reading_from,
    taking_a_person,
    toml,
    write_content,
)

TECHNICAL = Category(key="technical", name="Technical", order=2, about="How it works.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_content(
        tmp_path / "content",
        {
            "a-technical": question_file(a_question("gradients"), category=TECHNICAL),
            "general": question_file(a_question("why-ask"), a_question("how-come")),
        },
        RUBRICS,
    )


@pytest.fixture
def small(workspace: Workspace, folder: Path) -> Workspace:
    return reading_from(workspace, folder)


def test_a_new_team_starts_with_what_the_files_hold(house: House, folder: Path) -> None:
    house._open["team"] = reading_from(house.team, folder)
    start.prepare(house)
    start.prepare(house)  # a second start brings nothing in twice

    somebody = everybody(house.team)["Tom"]
    assert [(each.key, each.category, each.version) for each in bank.questions(house.team, by=somebody)] == [
        ("why-ask", GENERAL, 1), ("how-come", GENERAL, 1), ("gradients", TECHNICAL, 1),
    ]  # fmt: skip
    assert rubrics.rubrics(house.team, by=somebody) == {
        "explanation": (RUBRICS[1], 1),
        "technical-depth": (RUBRICS[0], 1),
    }
    assert [each[:2] for each in audited(house.team, "bank", "bank")] == [("files", "bring_in_files")]


def test_a_text_comes_out_as_it_went_in(workspace: Workspace, tmp_path: Path) -> None:
    hostile = a_question(
        "hostile",
        prompt='\'; DROP TABLE question; -- "x" %s ? \\ 🧪 =cmd()|calc',
        answer="$$\\frac{1}{2}$$ `<script>alert(1)</script>`\n\n" + "ö" * 10_000,
    )
    small = reading_from(workspace, write_content(tmp_path, {"general": question_file(hostile)}, RUBRICS))
    people = everybody(small)
    bank.bring_in_files(small, by=people["Max"])
    assert bank.questions(small, by=people["Ana"]) == list(in_bank(hostile).values())


def test_differences_are_named_before_anything_is_written(small: Workspace, folder: Path) -> None:
    people = everybody(small)
    bank.bring_in_files(small, by=people["Max"])
    changed = a_question("why-ask", minutes=9)
    fresh = a_question("fresh")
    longer = a_rubric(levels=6)
    new = a_rubric("data-sense", "Data sense")
    write_content(folder, {"general": question_file(changed, a_question("how-come"), fresh)}, [longer, new])

    found = bank.differences(small, by=people["Max"])
    assert found == bank.Differences((fresh,), (changed,), (new,), (longer,), ())
    assert found.any_change
    assert {each.version for each in bank.questions(small, by=people["Max"])} == {1}

    assert bank.bring_in_files(small, by=people["Max"]) == found
    assert {each.key: (each.question, each.version) for each in bank.questions(small, by=people["Max"])} == {
        "why-ask": (changed, 2), "how-come": (a_question("how-come"), 1), "fresh": (fresh, 1),
        "gradients": (a_question("gradients"), 1),
    }  # fmt: skip
    assert rubrics.rubrics(small, by=people["Max"]) == {
        "data-sense": (new, 1), "explanation": (RUBRICS[1], 1), "technical-depth": (longer, 2),
    }  # fmt: skip
    assert not bank.differences(small, by=people["Max"]).any_change


def test_bringing_in_is_on_record(small: Workspace) -> None:
    people = everybody(small)
    bank.bring_in_files(small, by=people["Max"])
    assert audited(small, "bank", "bank") == [
        (
            people["Max"].id,
            "bring_in_files",
            {"questions": 0, "rubrics": 0},
            {"written_questions": ["gradients", "how-come", "why-ask"], "rubrics": ["explanation", "technical-depth"]},
        )
    ]


def test_a_broken_file_is_named_and_leaves_the_others(small: Workspace, folder: Path) -> None:
    write_content(folder, {"general": "[category"})
    people = everybody(small)
    found = bank.bring_in_files(small, by=people["Max"])

    assert len(found.errors) == 1
    assert found.errors[0].startswith("question_bank/general.toml: is not valid TOML: ")
    assert [each.key for each in bank.questions(small, by=people["Max"])] == ["gradients"]


def test_a_question_taken_out_of_the_files_stays_in_the_bank(small: Workspace, folder: Path) -> None:
    people = everybody(small)
    bank.bring_in_files(small, by=people["Max"])
    (folder / "question_bank" / "a-technical.toml").unlink()
    assert not bank.bring_in_files(small, by=people["Max"]).any_change
    assert [each.key for each in bank.questions(small, by=people["Max"])] == ["why-ask", "how-come", "gradients"]


def test_a_key_in_two_files_is_told_and_the_first_file_counts(small: Workspace, folder: Path) -> None:
    twin = a_question("gradients", prompt="The second of that name?")
    write_content(folder, {"general": question_file(twin, a_question("why-ask"))})
    people = everybody(small)
    found = bank.bring_in_files(small, by=people["Max"])

    assert found.errors == (
        "question_bank/general.toml: the key 'gradients' stands in question_bank/a-technical.toml already; "
        "give this one its own.",
    )
    again = bank.bring_in_files(small, by=people["Max"])
    assert not again.any_change
    assert {each.key: (each.question, each.version) for each in bank.questions(small, by=people["Max"])} == {
        "why-ask": (a_question("why-ask"), 1), "gradients": (a_question("gradients"), 1),
    }  # fmt: skip


def test_a_rubric_key_in_two_files_is_told_and_the_first_file_counts(small: Workspace, folder: Path) -> None:
    twin = a_rubric("explanation", "The second of that name")
    write_content(folder, {}, {"z-copy": toml(twin, tables="anchors")})
    people = everybody(small)
    found = bank.bring_in_files(small, by=people["Max"])

    assert found.errors == (
        "rubrics/z-copy.toml: the key 'explanation' stands in rubrics/explanation.toml already; give this one its own.",
    )
    assert rubrics.rubrics(small, by=people["Max"])["explanation"] == (RUBRICS[1], 1)
    assert not bank.differences(small, by=people["Max"]).any_change


def test_a_folder_without_files_brings_in_nothing(workspace: Workspace, tmp_path: Path) -> None:
    empty = reading_from(workspace, tmp_path / "nowhere")
    people = everybody(empty)
    assert bank.bring_in_files(empty, by=people["Max"]) == bank.Differences((), (), (), (), ())


def test_the_programs_own_files_can_be_brought_in(workspace: Workspace) -> None:
    people = everybody(workspace)
    assert workspace.settings.content == Settings().content
    assert bank.bring_in_files(workspace, by=people["Max"]).errors == ()
    assert not bank.differences(workspace, by=people["Max"]).any_change


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
SIGNED_IN = dict.fromkeys(MANAGERS, "yes") | {"deactivated": "NotAllowed"}
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "questions": (lambda team, by: bank.questions(team.workspace, by=by), SIGNED_IN),
    "differences": (lambda team, by: bank.differences(team.workspace, by=by), MANAGERS),
    "bring_in_files": (lambda team, by: bank.bring_in_files(team.workspace, by=by), MANAGERS),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(bank)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_reads_the_bank_and_managers_fill_it(workspace: Workspace, tmp_path: Path, action: str) -> None:
    team: Team = a_team(workspace, tmp_path / "content")
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
    assert len(bank.questions(team.workspace, by=team.people["Ana"])) == len(QUESTIONS)
