"""The step that gave the bank its life, on a database that was in use before it, on both engines."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from panel.actions import bank, files, question_life, questions, rubrics
from panel.domain.people import Person
from panel.domain.questions import BankQuestion
from panel.domain.rubrics import BankRubric
from panel.house import House, Workspace
from panel.store import migrations
from panel.store.database import Database, Transaction
from panel.store.migrations import STEPS, applied_steps, migrate
from panel.store.opening import open_database
from tests.factories import GENERAL, RUBRICS, a_question, add_person, question_file, reading_from, write_content

LONG_AGO = datetime(2025, 5, 4, 3, 2, 1)
FIRST, SECOND = a_question("why-ask"), a_question("how-come", minutes=8)
EDITED = a_question("why-ask", prompt="Why ask at all?")


@pytest.fixture
def of_step_one(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Workspace]]:
    """Makes a database of the first step with content, and gives the workspace after all other steps."""
    database = house.team.database
    if house.settings.is_postgresql:
        database.drop()  # type: ignore[attr-defined]
    else:
        database.close()
        Path(house.settings.database).unlink()
    monkeypatch.setattr(migrations, "STEPS", STEPS[:1])
    old = open_database(house.settings)
    old.write(_fill)
    assert applied_steps(old) == 1
    monkeypatch.setattr(migrations, "STEPS", STEPS)

    def migrated() -> Workspace:
        migrate(old)
        return replace(house.team, database=old)

    yield migrated
    old.close()


def _fill(transaction: Transaction) -> None:
    """Two questions, one of them edited once, a category and two rubrics, as the first step's program wrote them."""
    transaction.run("INSERT INTO category VALUES (?, ?, ?)", "general", GENERAL.model_dump_json(), 1)
    for place, (key, version) in enumerate({"why-ask": 2, "how-come": 1}.items()):
        transaction.run("INSERT INTO question VALUES (?, ?, 'general', ?)", key, version, place)
    for question, version in ((FIRST, 1), (EDITED, 2), (SECOND, 1)):
        transaction.run(
            "INSERT INTO question_version (key, version, body, author_id, reason, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            question.key, version, question.model_dump_json(), "files", "First reading of the files", LONG_AGO,
        )  # fmt: skip
    for rubric in RUBRICS:
        transaction.run("INSERT INTO rubric VALUES (?, 1)", rubric.key)
        transaction.run(
            "INSERT INTO rubric_version (key, version, body, author_id, reason, created_at) VALUES (?, 1, ?, ?, ?, ?)",
            rubric.key, rubric.model_dump_json(), "files", "First reading of the files", LONG_AGO,
        )  # fmt: skip


def somebody(workspace: Workspace) -> Person:
    return add_person(workspace, "Max", "manager")


def test_questions_stay_approved_and_rubrics_active(of_step_one: Callable[[], Workspace]) -> None:
    workspace = of_step_one()
    by = somebody(workspace)
    assert bank.questions(workspace, by=by) == [
        BankQuestion(question=EDITED, category=GENERAL, version=2, state="approved"),
        BankQuestion(question=SECOND, category=GENERAL, version=1, state="approved"),
    ]
    assert {each.key: each for each in rubrics.bank_rubrics(workspace, by=by)} == {
        each.key: BankRubric(rubric=each, version=1, state="active") for each in RUBRICS
    }
    assert applied_steps(workspace.database) == len(STEPS)


def test_history_is_kept_and_goes_on(of_step_one: Callable[[], Workspace]) -> None:
    workspace = of_step_one()
    by = somebody(workspace)
    stored = bank.question(workspace, by=by, key="why-ask").stored
    question_life.move_question(workspace, by=by, key="why-ask", seen=questions.Seen(2, "approved"), to="retired")
    versions = bank.question(workspace, by=by, key="why-ask").versions
    assert [(each.number, each.question, each.category, each.author, each.at) for each in versions] == [
        (2, EDITED, "", "the files", LONG_AGO), (1, FIRST, "", "the files", LONG_AGO),
    ]  # fmt: skip
    assert (stored.state, bank.question(workspace, by=by, key="why-ask").stored.state) == ("approved", "retired")


def test_files_that_said_the_same_still_say_the_same(of_step_one: Callable[[], Workspace], tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", {"general": question_file(EDITED, SECOND)}, RUBRICS)
    workspace = reading_from(of_step_one(), folder)
    assert files.differences(workspace, by=somebody(workspace)) == files.Differences((), ())


def test_a_file_that_is_newer_is_known_to_be_so(of_step_one: Callable[[], Workspace], tmp_path: Path) -> None:
    newer = question_file(EDITED.model_copy(update={"minutes": 9}), SECOND)
    workspace = reading_from(of_step_one(), write_content(tmp_path / "content", {"general": newer}, RUBRICS))
    (entry,) = files.differences(workspace, by=somebody(workspace)).entries
    assert (entry.key, entry.standing) == ("why-ask", "files newer")


def test_what_was_retired_or_leaked_since_is_newer_than_the_files(
    of_step_one: Callable[[], Workspace], tmp_path: Path
) -> None:
    folder = write_content(tmp_path / "content", {"general": question_file(EDITED, SECOND)}, RUBRICS)
    workspace = reading_from(of_step_one(), folder)
    by = somebody(workspace)
    question_life.move_question(workspace, by=by, key="why-ask", seen=questions.Seen(2, "approved"), to="retired")
    question_life.mark_leaked(workspace, by=by, key="how-come", seen=None, on=LONG_AGO.date(), reason="Seen on a forum")
    found = files.differences(workspace, by=by)
    assert [(each.key, each.standing) for each in found.entries] == [
        ("why-ask", "database newer"), ("how-come", "database newer"),
    ]  # fmt: skip
    files.bring_in_files(workspace, by=by)
    assert [(each.state, each.leak is not None) for each in bank.questions(workspace, by=by)] == [
        ("retired", False), ("approved", True),
    ]  # fmt: skip


def test_a_file_is_copied_before_the_step(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    if house.settings.is_postgresql:
        pytest.skip("a server is backed up by those who run it")
    place = Path(house.settings.database).with_name("old.duckdb")
    settings = house.settings.model_copy(update={"database": str(place)})
    monkeypatch.setattr(migrations, "STEPS", STEPS[:1])
    old: Database = open_database(settings)
    old.write(_fill)
    old.close()
    monkeypatch.setattr(migrations, "STEPS", STEPS)
    open_database(settings).close()
    (copy,) = place.parent.glob("old.duckdb.step-1.*.backup")
    monkeypatch.setattr(migrations, "STEPS", STEPS[:1])
    kept = open_database(settings.model_copy(update={"database": str(copy)}))
    with kept.read() as transaction:
        assert transaction.rows("SELECT key, version FROM question ORDER BY key") == [
            {"key": "how-come", "version": 1}, {"key": "why-ask", "version": 2},
        ]  # fmt: skip
    kept.close()
