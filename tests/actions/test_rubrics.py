"""Rubrics, on both engines."""

from pathlib import Path

import pytest

from panel.actions import rubrics
from panel.house import Workspace
from tests.factories import Call, Team, a_team, outcomes, taking_a_person

SIGNED_IN = {
    "Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "yes", "demoted": "yes", "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "rubrics": (lambda team, by: rubrics.rubrics(team.workspace, by=by), SIGNED_IN),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(rubrics)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_reads_the_rubrics(workspace: Workspace, tmp_path: Path, action: str) -> None:
    team: Team = a_team(workspace, tmp_path / "content")
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
