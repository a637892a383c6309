"""How the team wants to work: everybody reads it, managers change it, and two tabs do not overwrite each other."""

import pytest

from panel.actions.team_settings import change_settings, settings
from panel.domain.team_settings import TeamSettings, score_words
from panel.errors import InputError, NotAllowed, Stale
from panel.house import Workspace
from tests.factories import audited, everybody


def test_managers_change_how_the_team_works_for_everybody(workspace: Workspace) -> None:
    people = everybody(workspace)
    assert settings(workspace, by=people["Tom"]) == TeamSettings()
    wanted = TeamSettings(display="hundred", exercises_within_one=4)
    changed = change_settings(workspace, by=people["Max"], wanted=wanted)
    assert changed == settings(workspace, by=people["Tom"]) == wanted.model_copy(update={"version": 1})
    assert [each[:2] for each in audited(workspace, "team", "team")] == [(people["Max"].id, "change_settings")]
    assert change_settings(workspace, by=people["Ada"], wanted=changed) == changed
    again = change_settings(workspace, by=people["Ada"], wanted=changed.model_copy(update={"display": "levels"}))
    assert again.version == 2


def test_a_stale_tab_an_interviewer_and_a_number_out_of_bounds_change_nothing(workspace: Workspace) -> None:
    people = everybody(workspace)
    change_settings(workspace, by=people["Max"], wanted=TeamSettings(display="hundred"))
    before = settings(workspace, by=people["Max"])
    with pytest.raises(Stale):
        change_settings(workspace, by=people["Ada"], wanted=TeamSettings(exercises_within_one=9))
    with pytest.raises(NotAllowed):
        change_settings(workspace, by=people["Tom"], wanted=before.model_copy(update={"display": "levels"}))
    with pytest.raises(InputError):
        change_settings(workspace, by=people["Max"], wanted=before.model_copy(update={"exercises_within_one": 0}))
    assert settings(workspace, by=people["Max"]) == before


def test_scores_are_written_on_either_scale_and_a_missing_one_is_a_dash() -> None:
    assert [score_words(each, "levels") for each in (1.0, 3.44, None)] == ["1.0", "3.4", "–"]
    assert [score_words(each, "hundred") for each in (1.0, 3.44, 5.0, None)] == ["0", "61", "100", "–"]
