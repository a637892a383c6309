"""The bank as a file, for those who may take it along, on both engines."""

from pathlib import Path
from typing import get_args

import pytest

from panel.actions import bank, exports, questions
from panel.exporting.questions import Format, as_bytes
from panel.house import Workspace
from tests.actions.test_questions import a_text
from tests.factories import QUESTIONS, Call, Team, a_team, audited, outcomes, taking_a_person

FORMS: tuple[Format, ...] = get_args(Format)
MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, Call] = {
    "how_many": lambda team, by: exports.how_many(team.workspace, by=by),
    "exported_bank": lambda team, by: exports.exported_bank(team.workspace, by=by, form="csv"),
}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


@pytest.mark.parametrize("form", FORMS)
def test_every_question_in_every_state_is_in_the_file(team: Team, form: Format) -> None:
    questions.add_question(team.workspace, by=team.people["Tom"], text=a_text())
    everything = bank.questions(team.workspace, by=team.people["Max"])
    assert exports.how_many(team.workspace, by=team.people["Max"]) == len(everything) == len(QUESTIONS) + 1
    assert exports.exported_bank(team.workspace, by=team.people["Max"], form=form) == as_bytes(everything, form)


def test_that_somebody_took_the_bank_along_is_on_record(team: Team) -> None:
    exports.exported_bank(team.workspace, by=team.people["Mia"], form="json")
    assert audited(team.workspace, "bank", "bank")[-1] == (
        team.people["Mia"].id, "export_bank", None, {"format": "json", "questions": len(QUESTIONS)},
    )  # fmt: skip


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(exports)


@pytest.mark.parametrize("action", ACCESS)
def test_managers_export(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == MANAGERS
