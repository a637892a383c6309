"""The one finding of an interviewer's own card, on made ratings whose fault is known."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from panel.actions.own_calibration import OTHERS, YOU, Finding, OwnCalibration, card_of
from panel.actions.tidy_ratings import TidyRatings
from panel.ui.components.own_card_words import certainty, finding, further, to_try

ME, FELLOWS = "me", ("ana", "bo")
QUESTIONS = ("q1", "q2", "q3", "q4")
Fault = Callable[[float, int, int, np.random.Generator], float]  # (level as the others would, candidate, question)


def ratings(fault: Fault, candidates: int = 40, seed: int = 4, sitting: str = "panel") -> TidyRatings:
    """Everybody rates the same answers with a little error; `fault` says what I make of mine."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(candidates):
        person = random.normal(3, 0.7)
        answers = person + random.normal(0, 0.7, len(QUESTIONS))
        for rater in (ME, *FELLOWS):
            for place, answer in enumerate(answers):
                level = answer + random.normal(0, 0.35)
                level = fault(level, number, place, random) if rater == ME else level
                rows.append((f"c{number:03}", rater, QUESTIONS[place], float(np.clip(round(level), 1, 5)), number))
    table = pd.DataFrame(rows, columns=["target", "rater", "item", "score", "number"])
    table["started"] = pd.Timestamp("2026-01-05") + pd.to_timedelta(table.pop("number") * 6, unit="D")
    for column in ("target", "rater", "item"):
        table[column] = table[column].astype("category")
    table = table.assign(levels=5, sitting=sitting)
    return TidyRatings(table, "made", {}, {}, {}, {}, {}, {})


def nothing(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return level


def harsh(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return level - 0.8


def erratic(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return level + random.normal(0, 1.3)


def all_threes(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return 3.0


def near_the_middle(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return 3 + 0.35 * (level - 3)


def drifting(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return level - 1.2 * (candidate / 40 - 0.5)


def erratic_and_harsh(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return erratic(level, candidate, question, random) - 0.6


def harsh_and_drifting(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
    return drifting(level, candidate, question, random) - 0.6


CASES: list[tuple[Fault, Finding, str, str]] = [
    (nothing, "nothing", "nothing stands out: you rate about as they do.", "keep writing the candidate's words"),
    (
        harsh,
        "severity",
        "levels lower than the average of those you are linked with",
        "which words of the higher anchor",
    ),
    (erratic, "erratic", "your levels and theirs scatter by", "which words of the anchor the answer met"),
    (erratic_and_harsh, "erratic", "your levels and theirs scatter by", "which words of the anchor the answer met"),
    (all_threes, "narrow", "you gave one and the same level to everything.", "before you choose the middle"),
    (near_the_middle, "narrow", "times as far apart as theirs.", "before you choose the middle"),
    (drifting, "drift", "you grew harsher by", "reread the anchors"),
    (
        harsh_and_drifting,
        "severity",
        "levels lower than the average of those you are linked with",
        "which words of the higher anchor",
    ),
]


def card(fault: Fault, **how: object) -> OwnCalibration:
    return card_of(ratings(fault, **how), ME)  # type: ignore[arg-type]  # passed on as they are


@pytest.mark.parametrize(("fault", "wanted", "words", "advice"), CASES, ids=[each[0].__name__ for each in CASES])
def test_the_finding_that_matters_most_is_said_with_one_thing_to_try(
    fault: Fault, wanted: Finding, words: str, advice: str
) -> None:
    made = card(fault)
    assert made.finding == wanted
    assert finding(made).startswith("On the 40 candidates you shared with others, on the same questions,")
    assert words in finding(made)
    assert advice in to_try(made)
    assert "160 ratings of 40 candidates are yours." in certainty(made)


def test_halo_is_told_from_narrow_use() -> None:
    impressions = np.random.default_rng(8).normal(3, 1.0, 40)

    def one_impression(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
        return float(impressions[candidate]) + random.normal(0, 0.2)

    made = card(one_impression)
    # levels that follow nothing but an own impression also disagree with everybody: that comes first
    assert made.finding == "erratic"

    def of_the_whole(level: float, candidate: int, question: int, random: np.random.Generator) -> float:
        return float(wholes[candidate] + 0.35 * (level - wholes[candidate]))

    table = ratings(nothing).rows
    wholes = table[table["rater"] == "ana"].groupby("target", observed=True)["score"].mean().tolist()
    made = card(of_the_whole)
    assert made.finding in ("halo", "narrow")
    assert made.figures
    assert (made.figures.halo.within_ratio.high or 1) < 1


def test_among_three_who_always_sit_together_a_harsh_one_still_moves_the_average() -> None:
    table = ratings(nothing).rows
    table["score"] = table["score"].where(table["rater"] != "ana", (table["score"] - 2).clip(1, 5))
    made = card_of(TidyRatings(table, "made", {}, {}, {}, {}, {}, {}), ME)
    assert made.finding == "severity"
    assert "levels higher than the average of those you are linked with" in finding(made)


def test_who_sits_with_a_harsh_colleague_is_not_told_to_rate_lower() -> None:
    """The colleague sits with me alone; each of the others is linked with me through a few candidates."""
    random = np.random.default_rng(6)
    rows = []
    fellows = [*["harsh"] * 24, *(f"f{number}" for number in range(8) for _ in range(6))]
    for number, fellow in enumerate(fellows):
        answers = random.normal(3.4, 0.7, len(QUESTIONS))
        for rater in (ME, fellow):
            for question, answer in zip(QUESTIONS, answers, strict=True):
                level = answer + random.normal(0, 0.35) - (1.0 if rater == "harsh" else 0.0)
                rows.append((f"c{number:03}", rater, question, float(np.clip(round(level), 1, 5))))
    table = pd.DataFrame(rows, columns=["target", "rater", "item", "score"]).assign(
        levels=5, sitting="panel", started=pd.Timestamp("2026-01-05")
    )
    made = card_of(
        TidyRatings(
            table.astype(dict.fromkeys(("target", "rater", "item"), "category")), "made", {}, {}, {}, {}, {}, {}
        ),
        ME,
    )
    assert made.finding == "nothing"
    assert made.figures
    assert (made.figures.offset.estimate or 0) < -0.2
    assert abs(made.figures.linked.estimate or 0) < 0.2
    assert "levels higher; between" in further(made.figures)[0]  # the plain difference is kept beside it


def test_too_few_candidates_are_too_little_to_say() -> None:
    made = card(erratic, candidates=4)
    assert made.finding == "too little"
    assert certainty(made).startswith("Too little to say for certain: that takes 5 candidates shared with others.")


def test_with_one_other_it_cannot_be_told_whose_the_scatter_is() -> None:
    table = ratings(erratic).rows
    pair = table[table["rater"] != "bo"]
    made = card_of(TidyRatings(pair, "made", {}, {}, {}, {}, {}, {}), ME)
    assert made.finding != "erratic"
    assert made.figures
    assert any("with one other at a time it cannot be told whose it is" in each for each in further(made.figures))


def test_in_separate_sittings_levels_and_drift_are_not_compared() -> None:
    made = card(harsh, sitting="separate")
    assert made.figures
    assert (made.finding, made.figures.sitting, made.figures.levels, made.figures.drift) == (
        "severity", "separate", None, None,
    )  # fmt: skip
    assert finding(made).startswith("On the 40 candidates you shared with others, on other questions, you rate about")


def test_levels_stand_beside_those_of_the_others_on_the_same_answers() -> None:
    made = card(all_threes)
    assert made.figures
    assert made.figures.levels
    by_person = made.figures.levels.to_frame()
    assert sorted(by_person.index) == [OTHERS, YOU]
    assert by_person.loc[YOU].tolist() == [0, 0, 160, 0, 0]
    assert by_person.loc[OTHERS].sum() == 320


def test_a_fair_interviewer_is_hardly_ever_told_of_a_fault() -> None:
    found = [card(nothing, candidates=15, seed=seed).finding for seed in range(40)]
    assert sum(each != "nothing" for each in found) <= 4
