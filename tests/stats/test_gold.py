"""One rater against gold. Wilson's intervals: Newcombe (1998), Statistics in Medicine 17:857-872, table I."""

from dataclasses import astuple

import pandas as pd
import pytest
from scipy import stats

from panel.stats.errors import BadOption, MissingColumns
from panel.stats.gold import FEWEST, against_gold


def rated(*pairs: tuple[float | None, float]) -> pd.DataFrame:
    return pd.DataFrame([(str(n), *pair) for n, pair in enumerate(pairs)], columns=["target", "score", "gold"])


def test_shares_have_the_published_intervals() -> None:
    """Newcombe's 15 of 148 by the score method without continuity correction: 0.0624 to 0.1605."""
    found = against_gold(rated(*[(3, 3)] * 15, *[(5, 3)] * 133))
    assert found.exact and found.within_one
    assert (found.exact.hits, found.exact.n) == (15, 148)
    assert (found.exact.low, found.exact.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert found.within_one == found.exact


def test_the_mean_difference_has_students_interval() -> None:
    gaps = [1, 0, 2, -1, 1, 0]
    found = against_gold(rated(*[(3 + gap, 3) for gap in gaps]))
    expected = stats.t.interval(0.95, 5, loc=0.5, scale=stats.sem(gaps))
    assert (found.difference, found.low, found.high) == pytest.approx((0.5, *expected))
    assert found.within_one and found.within_one.hits == 5


def test_below_the_fewest_nothing_is_said() -> None:
    found = against_gold(rated((3, 3), (4, 3)))
    assert astuple(found) == (
        2, None, None, None, None, None, 0.95, f"{FEWEST - 2} more exercises before this says anything",
    )  # fmt: skip
    assert found.summary() == "3 more exercises before this says anything."
    assert found.to_frame().empty
    assert against_gold(rated()).not_estimable == "5 more exercises before this says anything"
    assert against_gold(rated(*[(3, 3)] * 4)).not_estimable == "1 more exercise before this says anything"


def test_what_is_missing_counts_nowhere() -> None:
    found = against_gold(rated(*[(3, 3)] * 5, (None, 3)))
    assert (found.n, found.difference, found.low, found.high) == (5, 0.0, None, None)


def test_says_it_in_one_sentence() -> None:
    found = against_gold(rated((4, 3), (4, 3), (3, 3), (3, 3), (1, 3)))
    assert found.summary(target="exercise") == (
        "On 5 exercises: 80% within one level of gold (38% to 96%), 40% exactly on it (12% to 77%); mean difference "
        "+0.00 levels (-1.52 to +1.52)."
    )
    assert list(found.to_frame()["measure"]) == ["exact", "within_one", "difference"]


def test_refuses_what_it_cannot_use() -> None:
    with pytest.raises(MissingColumns) as refused:
        against_gold(pd.DataFrame({"target": ["a"]}))
    assert str(refused.value) == "The ratings lack the column(s) score, gold; needed are target, score and gold."
    with pytest.raises(BadOption):
        against_gold(rated((3, 3)), confidence=2)
