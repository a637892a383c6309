"""How the questions do: over all rounds, under the rule of blindness, and with advice only on enough candidates."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from panel.actions.question_advice import advice_on, missing_for_advice, split_in_words
from panel.actions.question_calibration import QuestionLine, question_calibration
from panel.actions.tidy_ratings import Chosen
from panel.errors import NotAllowed
from panel.house import Workspace
from panel.stats.item_levels import level_use
from panel.stats.items import item_analysis
from panel.stats.linked_severity import linked_severity
from panel.stats.steady_splits import level_use_beside_severity
from tests.factories import Team, a_team

SCALE = (1.0, 2.0, 3.0, 4.0, 5.0)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def lines(team: Team, by: str = "Max", **chosen: Any) -> dict[str, QuestionLine]:
    found = question_calibration(team.workspace, by=team.people[by], chosen=Chosen(**chosen))
    return {each.key: each for each in found}


def test_each_question_has_its_numbers_splits_and_exposure(team: Team) -> None:
    for name, level in (("Ana", 2), ("Bo", 3), ("Mia", 3)):
        team.hand_in(name, levels={"what-ana-asks": level, "what-bo-asks": 4, "what-mia-asks": 5})
    found = lines(team)
    assert list(found) == ["what-ana-asks", "what-bo-asks", "what-mia-asks"]
    ana = found["what-ana-asks"]
    assert ana.levels
    assert ana.stored
    assert (ana.found.n_targets, ana.found.n_ratings, ana.found.mean) == (1, 3, pytest.approx(8 / 3))
    assert (ana.levels.splits, ana.levels.n_pairs, ana.asked, ana.advice) == ((0, 2, 0, 0), 3, 1, ())
    assert (ana.rubric_key, found["what-bo-asks"].rubric_key) == ("technical-depth", "technical-depth")
    assert split_in_words(ana.levels, ana.scale) == "2 or 3: 2 of 3 pairs"
    assert missing_for_advice(ana.found) == 29
    assert list(lines(team, competency="Explanation")) == ["what-bo-asks"]


def test_separate_sittings_split_nothing_for_nobody_heard_the_same_answer(team: Team) -> None:
    team.hand_in("Ana", round_name="Separate", levels=4)
    assert {key: each.levels for key, each in lines(team).items()} == {"ana-alone": None}


def test_what_is_withheld_is_in_no_number(team: Team) -> None:
    team.hand_in("Ana")
    team.hand_in("Bo")
    assert (lines(team, "Mia"), len(lines(team))) == ({}, 3)
    with pytest.raises(NotAllowed):
        lines(team, "Ana")


# ---- advice, on made-up ratings -------------------------------------------------------------------------------------


def ratings(kind: str, candidates: int) -> pd.DataFrame:
    """Two interviewers rate `good` and two other questions well; `kind` is rated badly in its own way."""
    random = np.random.default_rng(11)
    rows: list[tuple[str, str, str, float]] = []
    for number in range(candidates):
        able = random.normal(3, 1)
        for rater in ("ana", "bo"):
            for item in ("good", "other", "third"):
                rows.append((f"c{number}", rater, item, float(np.clip(round(able + random.normal(0, 0.3)), 1, 5))))
        odd = {
            "split": (3.0 + number % 2, 4.0 - number % 2), "gap": (1.0 + number % 3, 3.0 + number % 3),
            "crowded": (3.0, 3.0), "noise": (float(1 + number * 7 % 5),) * 2,
        }[kind]  # fmt: skip
        rows += [(f"c{number}", rater, kind, level) for rater, level in zip(("ana", "bo"), odd, strict=True)]
    return pd.DataFrame(rows, columns=["target", "rater", "item", "score"])


def advice(kind: str, candidates: int = 40) -> dict[str, list[tuple[str, str]]]:
    table = ratings(kind, candidates)
    levels = level_use(table, SCALE)
    return {
        str(each.item): [(one.remedy, one.reason) for one in advice_on(each, levels.of(each.item), SCALE)]
        for each in item_analysis(table).items
    }


@pytest.mark.parametrize(
    ("kind", "remedy", "words"),
    [
        ("split", "rewrite", "of 40 pairs of interviewers who heard the same answer, 40 split between 3 and 4"),
        ("gap", "rewrite", "on 40 of 40 shared answers two interviewers were two levels or more apart"),
        ("crowded", "rewrite", "80 of 80 ratings are level 3: it hardly tells candidates apart."),
    ],
)
def test_a_question_is_worth_another_look_for_a_reason_in_words(kind: str, remedy: str, words: str) -> None:
    found = advice(kind)
    assert found["good"] == []
    assert [(one, reason.startswith(f"Provisional: {words}")) for one, reason in found[kind]][:1] == [(remedy, True)]


def test_a_question_that_goes_with_no_other_may_be_retired_when_its_interval_says_so() -> None:
    found = advice("noise", 400)
    assert found["good"] == []
    ((remedy, reason),) = found["noise"]
    assert remedy == "retire"
    assert reason.startswith("its ratings hardly go with other interviewers' ratings of other questions of the same")


@pytest.mark.parametrize("kind", ["split", "gap", "crowded", "noise"])
def test_nothing_is_said_of_fewer_than_thirty_candidates(kind: str) -> None:
    assert advice(kind, 29) == {"good": [], "other": [], "third": [], kind: []}


@pytest.mark.parametrize("every", [60, 3], ids=["always a level", "two levels on every third candidate"])
def test_an_interviewer_who_is_steadily_harsher_is_no_fault_of_the_questions(every: int) -> None:
    random = np.random.default_rng(5)
    rows: list[tuple[str, str, str, float]] = []
    for number in range(60):
        for item in ("one", "two", "three", "four", "five", "six"):
            level, harsher = float(random.integers(3, 6)), 2.0 if number % every == 1 else 1.0
            rows += [(f"c{number}", "ana", item, level), (f"c{number}", "harsh", item, level - harsher)]
        # and one question on which they differ the other way about
        rows += [(f"c{number}", "ana", "odd", 2.0), (f"c{number}", "harsh", "odd", 4.0)]
    table = pd.DataFrame(rows, columns=["target", "rater", "item", "score"])
    seen, left = level_use(table, SCALE), level_use_beside_severity(table, list(SCALE), linked_severity(table))
    for each in item_analysis(table).items:
        assert any("of interviewers who heard" in one.reason or "two levels" in one.reason
                   for one in advice_on(each, seen.of(each.item), SCALE))  # fmt: skip
        said = [one.reason for one in advice_on(each, left.of(each.item), SCALE) if "severity" in one.reason]
        assert said == (
            ["Provisional: on 60 of 60 shared answers two interviewers were two levels or more apart after steady "
             "severity is taken out: they listen for different things."] if each.item == "odd" else []
        )  # fmt: skip
    assert (left.of("one").n_pairs, left.of("one").explained, left.of("odd").gaps) == (60, 60, 60)


def test_severity_that_is_not_sure_is_not_taken_out() -> None:
    table = ratings("split", 40)
    left = level_use_beside_severity(table, list(SCALE), linked_severity(table))
    assert left.to_frame().equals(level_use(table, SCALE).to_frame())
