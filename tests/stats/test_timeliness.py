import numpy as np
import pandas as pd
import pytest

from panel.stats.errors import BadOption, InfiniteScore, MissingColumns, MissingLabels, NotANumber
from panel.stats.timeliness import RaterTimeliness, timeliness


def submissions(**hours):
    return pd.DataFrame([(rater, each) for rater, many in hours.items() for each in many], columns=["rater", "hours"])


def test_median_share_and_count_by_hand():
    """Wilson's interval for 8 of 10 is .4902 to .9433; the median of 10 lies between the 2nd and the 9th at 97.9 %."""
    found = timeliness(submissions(Ana=[30, 1, 2, 3, 48, 4, 5, 6, 7, 24, np.nan]))
    assert found.of("Ana") == RaterTimeliness(
        rater="Ana",
        n=10,
        n_missing=1,
        median=5.5,
        median_low=2.0,
        median_high=30.0,
        within=0.8,
        within_low=pytest.approx(0.4902, abs=5e-5),
        within_high=pytest.approx(0.9433, abs=5e-5),
    )
    assert found.summary(rater="interviewer") == (
        "Interviewer Ana: half of 10 submissions came within 5.5 hours, and 80% within 24 "
        "(95 % interval 49% to 94%); 1 not submitted."
    )


def test_five_submissions_are_too_few_for_an_interval_of_the_median():
    found = timeliness(submissions(A=[1, 2, 3, 4, 5], B=[1, 2, 3, 4, 5, 6]))
    assert (found.of("A").median, found.of("A").median_low) == (3.0, None)
    # all six values on one side of the median has the chance 2 / 64 = 3.1 %
    assert (found.of("B").median_low, found.of("B").median_high) == (1.0, 6.0)


def test_nothing_submitted_is_a_reason_and_not_a_zero():
    found = timeliness(submissions(B=[np.nan, None], A=[-0.5]))
    assert [each.rater for each in found.raters] == ["A", "B"]
    assert (found.of("A").median, found.of("A").within) == (-0.5, 1.0)
    reason = "not estimable because nothing was submitted"
    assert found.of("B") == RaterTimeliness("B", 0, 2, None, None, None, None, None, None, reason)
    assert found.summary().endswith(f"Rater B: timeliness is {reason}; 2 not submitted.")
    assert found.to_frame()["n"].tolist() == [1, 0]


def test_no_rows_are_no_raters():
    found = timeliness(pd.DataFrame({"rater": [], "hours": []}))
    assert (found.raters, found.to_frame().empty, found.summary()) == ((), True, "Nothing was submitted.")


def test_bad_input_is_named():
    good = submissions(A=[1.0])
    with pytest.raises(MissingColumns, match="lack the column"):
        timeliness(good.drop(columns="hours"))
    with pytest.raises(MissingLabels):
        timeliness(good.assign(rater=None))
    with pytest.raises(NotANumber):
        timeliness(good.assign(hours="soon"))
    with pytest.raises(InfiniteScore):
        timeliness(good.assign(hours=np.inf))
    for limit in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadOption):
            timeliness(good, limit=limit)
    with pytest.raises(BadOption):
        timeliness(good, confidence=1)
