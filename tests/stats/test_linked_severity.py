"""Severity through chains of shared units: exact where it can be told, and intervals that hold what is true."""

import numpy as np
import pandas as pd
import pytest

from panel.stats.linked_severity import NOTHING_SHARED, linked_severity
from panel.stats.severity import offset_on_shared_targets

SEVERITY = {"Ana": 1.0, "Bo": 0.0, "Cy": -0.5, "Di": -0.5}


def exact(pairs: list[tuple[str, str]], candidates: int = 6) -> pd.DataFrame:
    """Every pair rates as many candidates on two items; scores are candidate + item - severity, without error."""
    rows = [
        (f"{one}{other}{n}", rater, item, 3 + 0.3 * n + hard - SEVERITY[rater])
        for one, other in pairs
        for n in range(candidates)
        for rater in (one, other)
        for item, hard in (("a", 0.0), ("b", -0.7))
    ]
    return pd.DataFrame(rows, columns=["target", "rater", "item", "score"])


def found(table: pd.DataFrame, **how: bool) -> dict[str, float | None]:
    result = linked_severity(table, **how)
    return {str(each.rater): each.severity.estimate for each in result.raters}


def test_severity_is_found_through_a_chain_where_the_paired_offset_is_not() -> None:
    chain = exact([("Ana", "Bo"), ("Bo", "Cy"), ("Cy", "Di")])
    assert found(chain) == pytest.approx(SEVERITY)
    # Ana met nobody but Bo, so all that her own pairs say is that she is a level harsher than Bo
    assert offset_on_shared_targets(chain).of("Ana").estimate == pytest.approx(1.0)
    assert offset_on_shared_targets(chain).of("Bo").estimate == pytest.approx(-0.25)
    assert found(chain, by_item=False) == pytest.approx(SEVERITY)


def test_groups_that_share_nothing_each_have_their_own_average() -> None:
    result = linked_severity(exact([("Ana", "Bo"), ("Cy", "Di")]))
    assert [{each.rater: each.severity.estimate for each in result.raters}] == [
        pytest.approx({"Ana": 0.5, "Bo": -0.5, "Cy": 0.0, "Di": 0.0})
    ]
    assert result.groups == (("Ana", "Bo"), ("Cy", "Di"))
    assert result.to_frame()["group"].tolist() == [1, 1, 2, 2]


def test_who_shares_nothing_has_no_severity_and_changes_nobodys() -> None:
    alone = pd.DataFrame([("z", "Zoe", "a", 5.0), ("y", "Zoe", "a", 1.0)], columns=["target", "rater", "item", "score"])
    pairs = exact([("Ana", "Bo"), ("Bo", "Cy"), ("Cy", "Di")])
    result = linked_severity(pd.concat([pairs, alone]))
    assert result.of("Zoe").severity.not_estimable == NOTHING_SHARED
    assert result.groups == (("Ana", "Bo", "Cy", "Di"), ("Zoe",))
    assert {key: value for key, value in found(pd.concat([pairs, alone])).items() if key != "Zoe"} == pytest.approx(
        SEVERITY
    )
    nothing = linked_severity(alone)
    assert [each.severity.estimate for each in nothing.raters] == [None]


def test_there_is_no_interval_where_nothing_varies_or_little_is_shared() -> None:
    assert [each.severity.low for each in linked_severity(exact([("Ana", "Bo")])).raters] == [None, None]
    few = linked_severity(exact([("Ana", "Bo")], candidates=4)).of("Ana").severity
    assert (few.low, few.note) == (None, "There is no interval on fewer than 5 targets.")


def test_the_order_of_rows_does_not_matter() -> None:
    table = exact([("Ana", "Bo"), ("Bo", "Cy")])
    table["score"] += np.random.default_rng(1).normal(0, 1, len(table))
    shuffled = table.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(linked_severity(shuffled).to_frame(), linked_severity(table).to_frame())


@pytest.mark.parametrize(("candidates", "raters", "panel"), [(8, 3, 3), (20, 6, 3), (60, 12, 2)])
def test_intervals_hold_the_true_severity_as_often_as_they_say(candidates: int, raters: int, panel: int) -> None:
    hits: list[bool] = []
    for seed in range(60):
        random = np.random.default_rng(seed)
        true = random.normal(0, 0.4, raters)
        target = np.repeat(np.arange(candidates), panel * 3)
        rater = np.repeat(np.argsort(random.random((candidates, raters)), axis=1)[:, :panel].ravel(), 3)
        halo = np.repeat(random.normal(0, 0.45, candidates * panel), 3)
        score = random.normal(3, 0.7, candidates)[target] - true[rater] + halo + random.normal(0, 0.7, len(target))
        item = np.tile(np.arange(3), candidates * panel)
        table = pd.DataFrame({"target": target, "rater": rater, "item": item, "score": score})
        result = linked_severity(table)
        if len(result.groups) > 1:
            continue
        centred = true - true.mean()
        for each in result.raters:
            low, high = each.severity.low, each.severity.high
            if low is not None and high is not None:
                hits.append(bool(low <= centred[int(str(each.rater))] <= high))
    assert 0.91 <= np.mean(hits) <= 0.99
