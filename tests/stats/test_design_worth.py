"""The worth of a planned design: equal to the balanced formulas, to a simulation, and to hand-counted weights."""

import numpy as np
import pandas as pd
import pytest

from panel.stats.design_worth import design_worth
from panel.stats.errors import BadOption, RatingsError
from panel.stats.generalizability import Design, generalizability

COMPONENTS = {
    "target": 0.5, "rater": 0.2, "item": 0.3, "target:rater": 0.4, "target:item": 0.15, "rater:item": 0.1,
    "residual": 0.25,
}  # fmt: skip


def a_design(raters: int, items: int, design: Design) -> pd.DataFrame:
    pairs = [(rater, item) for rater in range(raters) for item in range(items)]
    if design == "same items":
        rows = [(f"r{rater}", f"i{item}") for rater, item in pairs]
    elif design == "own items":
        rows = [(f"r{rater}", f"i{rater}-{item}") for rater, item in pairs]
    else:
        rows = [(f"r{rater}-{item}", f"i{item}") for rater, item in pairs]
    return pd.DataFrame(rows, columns=["rater", "item"]).assign(weight=2.0)


@pytest.mark.parametrize("design", ["same items", "own items", "own raters"])
@pytest.mark.parametrize(("raters", "items"), [(1, 1), (3, 1), (1, 4), (3, 5)])
def test_a_balanced_design_is_worth_what_the_formulas_say(design: Design, raters: int, items: int) -> None:
    found, known = (
        design_worth(a_design(raters, items, design), COMPONENTS),
        generalizability(COMPONENTS, raters, items, design),
    )
    assert (found.relative, found.adjusted, found.absolute) == pytest.approx(
        (known.relative, known.adjusted, known.absolute), abs=1e-12
    )


def test_unequal_weights_are_worth_what_a_simulation_finds() -> None:
    """Scores of 200,000 targets, each with raters and items of their own: signal over all variance."""
    design = pd.DataFrame(
        [("a", "1", 3.0), ("a", "2", 1.0), ("b", "1", 1.0), ("b", "3", 2.0)], columns=["rater", "item", "weight"]
    )
    rng = np.random.default_rng(5)
    n = 200_000
    share = (design["weight"] / design["weight"].sum()).to_numpy()
    scores = np.zeros(n)
    for by, terms in (("rater", ("rater", "target:rater")), ("item", ("item", "target:item"))):
        variance = sum(COMPONENTS[each] for each in terms)
        for _, rows in design.groupby(by):
            scores += share[rows.index].sum() * rng.normal(0, variance**0.5, n)
    for each in share:
        scores += each * rng.normal(0, (COMPONENTS["rater:item"] + COMPONENTS["residual"]) ** 0.5, n)
    truth = rng.normal(0, COMPONENTS["target"] ** 0.5, n)
    simulated = np.corrcoef(truth, truth + scores)[0, 1] ** 2
    assert design_worth(design, COMPONENTS).absolute == pytest.approx(simulated, abs=0.01)


def test_counts_and_error_are_told_by_source() -> None:
    found = design_worth(a_design(2, 3, "same items"), {"target": 1.0, "target:rater": 0.4, "residual": 0.6})
    assert (found.raters, found.items, found.ratings) == (2, 3, 6)
    assert found.error == pytest.approx(
        {"target:rater": 0.2, "target:item": 0.0, "residual": 0.1, "item": 0.0, "rater:item": 0.0}
    )
    assert found.adjusted == pytest.approx(1 / 1.3)


def test_a_variance_below_zero_counts_as_none() -> None:
    design = a_design(2, 2, "own items")
    with_negative = design_worth(design, {"target": 1.0, "rater": -0.5, "residual": 1.0})
    assert with_negative == design_worth(design, {"target": 1.0, "residual": 1.0})


def test_without_differences_between_targets_scores_are_worth_nothing() -> None:
    assert design_worth(a_design(2, 2, "own items"), {"target": 0.0, "residual": 1.0}).absolute == 0.0


@pytest.mark.parametrize("weights", [[], [0.0, 1.0], [-1.0, 1.0], [float("nan"), 1.0], [float("inf"), 1.0]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    names = [str(each) for each in range(len(weights))]
    with pytest.raises(RatingsError, match="each with a weight above 0"):
        design_worth(pd.DataFrame({"rater": names, "item": names, "weight": weights}), COMPONENTS)


def test_what_lacks_a_column_or_the_targets_is_refused() -> None:
    with pytest.raises(RatingsError, match="The design lacks the column item"):
        design_worth(pd.DataFrame({"rater": ["a"], "weight": [1.0]}), COMPONENTS)
    with pytest.raises(BadOption, match="lack that of the target"):
        design_worth(a_design(1, 1, "own items"), {"residual": 1.0})
    with pytest.raises(BadOption, match="finite numbers"):
        design_worth(a_design(1, 1, "own items"), {"target": float("nan")})
