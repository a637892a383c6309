"""D studies: Brennan's figures, the formula by hand, and what is out of reach."""

from pathlib import Path

import pandas as pd
import pytest

from panel.stats.errors import BadOption
from panel.stats.generalizability import d_study, generalizability, observed_design
from panel.stats.mixed_model import crossed_mixed_model
from panel.stats.ratings import read_ratings
from tests.stats.simulated import simulated

BRENNAN = Path(__file__).parents[1] / "reference" / "brennan_3_2.csv"
PUBLISHED = {"target": 0.28, "rater": 0.09, "item": 0.01, "target:rater": 0.40, "residual": 0.18}


def test_brennan_2001_page_116() -> None:
    """p x (R:T) with 3 tasks and 4 raters of their own each: E rho^2 = .55144, Phi = .46370."""
    table = pd.read_csv(BRENNAN)
    model = crossed_mixed_model(table, ["target", "item", "rater", "target:item"])
    design = observed_design(read_ratings(table))
    found = d_study(model, raters=[4], items=[3], design=design).rows[0]
    assert design == "own raters"
    assert (found.relative, found.absolute) == (pytest.approx(0.55143885), pytest.approx(0.46370236))


def test_the_formula_for_interviewers_with_questions_of_their_own() -> None:
    vc, vr, vq, vcr, ve = PUBLISHED.values()
    found = generalizability(PUBLISHED, raters=4, items=3)
    assert found.absolute == pytest.approx(vc / (vc + (vr + vcr) / 4 + (vq + ve) / 12))
    assert found.adjusted == pytest.approx(vc / (vc + vcr / 4 + (vq + ve) / 12))
    assert found.relative == pytest.approx(vc / (vc + vcr / 4 + ve / 12))


def test_questions_that_all_ask_alike_do_not_average_out_over_interviewers() -> None:
    vc, vr, vq, vcr, ve = PUBLISHED.values()
    found = generalizability(PUBLISHED, raters=4, items=3, design="same items")
    assert found.absolute == pytest.approx(vc / (vc + (vr + vcr) / 4 + vq / 3 + ve / 12))


def test_more_raters_and_items_are_never_worse() -> None:
    study = d_study(crossed_mixed_model(simulated(200, 20, 20).table), raters=range(1, 8), items=[1, 3, 5])
    frame = study.to_frame()
    for _, rows in frame.groupby("items"):
        assert all(rows[name].is_monotonic_increasing for name in ("relative", "adjusted", "absolute"))
    assert (frame["relative"] >= frame["adjusted"]).all()
    assert (frame["adjusted"] >= frame["absolute"]).all()


def test_how_many_interviewers_for_eighty() -> None:
    study = d_study(crossed_mixed_model(simulated(400, 30, 30, seed=2).table))
    needed = study.raters_needed(0.8, items=4)
    assert needed is not None
    assert generalizability(study.components, needed, 4).adjusted >= 0.8
    assert generalizability(study.components, needed - 1, 4).adjusted < 0.8
    assert study.summary(items=4, rater="interviewer", item="question") == (
        f"A reliability of 0.80 takes {needed} interviewers with 4 questions of their own each, "
        "with severity taken out of the scores."
    )


def test_out_of_reach_is_said() -> None:
    truth = simulated(400, 30, 30, seed=2, variances={"target": 0.01, "target:rater": 1.0})
    said = d_study(crossed_mixed_model(truth.table)).summary(0.9, rater="interviewer", item="question")
    assert said == (
        "A reliability of 0.90 is out of reach: 50 interviewers with 1 question of their own each are not enough, "
        "with severity taken out of the scores."
    )


def test_few_targets_make_no_claim() -> None:
    study = d_study(crossed_mixed_model(simulated(20, 5, 6).table))
    assert study.summary() == "No reliability claim: 20 targets rated, 10 more needed to reach the minimum of 30."


def test_without_a_model_there_is_no_study() -> None:
    same = pd.DataFrame({"target": ["a", "b"], "rater": ["x", "x"], "score": [3, 3]})
    study = d_study(crossed_mixed_model(same))
    assert (study.rows, study.raters_needed()) == ((), None)
    assert study.not_estimable == "not estimable because every score is the same"


def test_how_raters_and_items_met_is_seen() -> None:
    crossed = pd.DataFrame([(t, r, i, 1) for t in range(3) for r in range(2) for i in range(2)])
    crossed.columns = pd.Index(["target", "rater", "item", "score"])
    assert observed_design(read_ratings(crossed)) == "same items"
    assert observed_design(read_ratings(simulated(40, 5, 40).table)) == "own items"


@pytest.mark.parametrize(("raters", "items", "design"), [(0, 1, "own items"), (1, 0, "own items"), (1, 1, "none")])
def test_numbers_that_make_no_sense_are_refused(raters: int, items: int, design: str) -> None:
    with pytest.raises(BadOption):
        generalizability(PUBLISHED, raters, items, design)  # type: ignore[arg-type]


def test_items_that_never_were_are_not_studied() -> None:
    """With one item the halo is in the residual; divided by items it would promise .950 where the truth is .665."""
    table = simulated(300, 30, 1, panel=3, asked=1, variances={"target": 1.0, "target:rater": 1.0, "rater": 0.0}).table
    study = d_study(crossed_mixed_model(table), items=[1, 10])
    assert {row.items for row in study.rows} == {1}
    assert study.raters_needed(0.6, items=10) == study.raters_needed(0.6, items=1)
    assert study.one_item_only == (
        "More than one item each is not studied without the term target:rater: every combination of target and rater "
        "has a single rating, so it cannot be told from the residual."
    )


def test_without_the_halo_among_the_terms_one_item_is_studied() -> None:
    study = d_study(crossed_mixed_model(simulated(100, 10, 10).table, ["target", "rater", "item"]), items=[1, 3])
    assert {row.items for row in study.rows} == {1}
    assert study.one_item_only is not None


def test_the_sentence_names_the_design() -> None:
    model = crossed_mixed_model(simulated(400, 30, 30, seed=2).table)
    said = d_study(model, design="same items").summary(items=2, rater="interviewer", item="question")
    assert "who all rate the same 2 questions" in said
