import datetime

import numpy as np
import pandas as pd
import pytest

from panel.stats.drift import Drift, drift
from panel.stats.errors import BadOption, MissingColumns, NoRatings, NotATime
from panel.stats.estimates import Estimate

START = pd.Timestamp("2026-01-01")


def over_time(days, a, b=None):
    """A and B score one target on each of the days; B gives 3 unless told otherwise."""
    rows = []
    for target, day in enumerate(days):
        when = START + pd.Timedelta(days=day)
        rows.append((target, "A", float(a[target]), when))
        rows.append((target, "B", 3.0 if b is None else float(b[target]), when))
    return pd.DataFrame(rows, columns=["target", "rater", "score", "time"])


def drifting(n_targets=60, per_month=-0.25):
    """A grows harsher (per_month below 0) by so much a month; B and C do not."""
    random = np.random.default_rng(5)
    rows = []
    for target, day in enumerate(np.linspace(0, 300, n_targets)):
        ability = random.normal(3, 0.8)
        for rater in "ABC":
            drifted = per_month * day / 30 if rater == "A" else 0
            rows.append((target, rater, ability + drifted + random.normal(0, 0.6), START + pd.Timedelta(days=day)))
    return pd.DataFrame(rows, columns=["target", "rater", "score", "time"])


def test_the_slope_of_an_exact_line_is_that_line():
    """A falls by 1 in 60 days against B, so severity rises by 0.5 in 30."""
    found = drift(over_time([0, 15, 30, 45, 60], [4, 3.75, 3.5, 3.25, 3])).of("A")
    assert (found.slope.estimate, found.slope.low, found.days) == (pytest.approx(0.5), None, 60)
    assert found.slope.note == "There is no interval because no target changes the number."


def test_slope_is_the_least_squares_slope_of_the_difference():
    days, scores = [0, 10, 25, 40, 70, 95], [3, 4, 2, 3, 2, 1]
    found = drift(over_time(days, scores)).of("A")
    slope = np.polyfit(np.array(days) / 30, 3 - np.array(scores), 1)[0]
    assert found.slope.estimate == pytest.approx(slope)
    assert drift(over_time(days, scores)).of("B").slope.estimate == pytest.approx(-slope)
    # the same on another day, level and in the other direction
    later = over_time(days, scores).assign(time=lambda x: x["time"] + pd.Timedelta(days=4000))
    assert drift(later).of("A").slope.estimate == pytest.approx(slope)
    reverse = over_time(days, scores).assign(score=lambda x: 100 - x["score"])
    assert drift(reverse).of("A").slope.estimate == pytest.approx(-slope)


def test_a_drifting_rater_is_found_in_slope_and_months():
    found = drift(drifting())
    slope = found.of("A").slope
    assert slope.low < 0.25 < slope.high
    assert slope.low > 0
    months = found.of("A").months
    assert [months[0].month, months[-1].month] == ["2026-01", "2026-10"]
    assert months[-1].severity.estimate - months[0].severity.estimate > 1.5
    assert found.of("A").summary(target="candidate", rater="interviewer").endswith("Provisional: Growing harsher.")
    assert drift(drifting(per_month=0.25)).of("A").summary().endswith("Provisional: Growing more lenient.")
    assert drift(drifting(per_month=0)).of("A").summary().endswith("Provisional: The interval includes no drift.")


def test_meeting_a_severer_rater_later_is_not_drift():
    """A is steady; B (one higher) sits with A at first, C (one lower) later."""
    days = np.arange(0, 120, 10)
    rows = [(t, "A", 3 + t % 2, START + pd.Timedelta(days=int(day))) for t, day in enumerate(days)]
    rows += [
        (t, "B" if t < 6 else "C", 3 + t % 2 + (1 if t < 6 else -1), START + pd.Timedelta(days=int(day)))
        for t, day in enumerate(days)
    ]
    found = drift(pd.DataFrame(rows, columns=["target", "rater", "score", "time"])).of("A")
    assert found.slope.estimate == pytest.approx(0)


def test_a_month_is_the_mean_over_its_targets():
    found = drift(over_time([0, 1, 40], [1, 2, 5])).of("A")
    january, february = found.months
    # 3 - 1 and 3 - 2; t with one degree of freedom reaches 12.706 standard errors of 0.5
    assert january.severity == Estimate(
        1.5, pytest.approx(-4.853, abs=1e-3), pytest.approx(7.853, abs=1e-3), 0.95, 2, 2
    )
    assert (february.month, february.severity.estimate, february.severity.low) == ("2026-02", -2.0, None)
    assert drift(over_time([0, 1, 40], [1, 2, 5])).months_to_frame()[
        ["rater", "month", "severity"]
    ].to_numpy().tolist() == [
        ["A", "2026-01", 1.5],
        ["A", "2026-02", -2.0],
        ["B", "2026-01", -1.5],
        ["B", "2026-02", 2.0],
    ]


def test_few_targets_or_few_days_give_no_slope():
    few = drift(over_time([0, 30, 60], [1, 2, 3])).of("A")
    assert few.slope.not_estimable == (
        "not estimable because it takes 5 targets shared with other raters, and there are 3"
    )
    short = drift(over_time([0, 1, 2, 3, 4, 5], [1, 2, 3, 2, 1, 2])).of("A")
    assert short.slope.not_estimable == (
        "not estimable because it takes 14 days between the first and the last rating shared with one other rater"
    )
    assert short.summary() == f"Rater A: drift is {short.slope.not_estimable}."


def test_nobody_to_compare_with_gives_no_slope():
    alone = over_time(range(0, 100, 10), [3] * 10).query("rater == 'A'")
    found = drift(alone).of("A")
    assert (found.slope.n_targets, found.slope.estimate, found.months) == (0, None, ())
    assert drift(alone).months_to_frame().empty


def test_ratings_without_a_time_are_left_out_and_counted():
    frame = over_time(range(0, 100, 10), [1, 2, 3, 2, 1, 2, 3, 2, 1, 2])
    frame.loc[0, "time"] = pd.NaT
    found = drift(frame)
    assert found == drift(frame.assign(time=frame["time"].dt.strftime("%Y-%m-%d").fillna("")))
    assert (found.n_without_time, found.of("A").slope.n_targets) == (1, 9)
    assert found.summary().endswith("1 rating without a time left out.")
    nothing = drift(frame.assign(time=pd.NaT))
    assert nothing == Drift((), 20)
    assert nothing.to_frame().columns[0] == "rater"


@pytest.mark.parametrize(
    "written",
    [
        lambda time: time.dt.strftime("%Y-%m-%dT%H:%M:%S"),
        lambda time: time.dt.strftime("%Y-%m-%d"),
        lambda time: time.dt.date,
        lambda time: time.dt.tz_localize("Asia/Tokyo"),
        lambda time: time.astype("datetime64[s]"),
        lambda time: time.map(lambda each: datetime.datetime(each.year, each.month, each.day)).astype(object),
    ],
)
def test_times_may_be_dates_or_text(written):
    frame = over_time(range(0, 100, 10), [1, 2, 3, 2, 1, 2, 3, 2, 1, 2])
    found = drift(frame.assign(time=written(frame["time"]))).of("A").slope
    assert found.estimate == pytest.approx(drift(frame).of("A").slope.estimate)


@pytest.mark.parametrize("time", [20260101, 1.5, True, "yesterday", "31/12/2026", [1], 1j])
def test_what_is_no_date_is_named(time):
    frame = over_time(range(0, 60, 10), [1, 2, 3, 2, 1, 2])
    with pytest.raises(NotATime):
        drift(frame.assign(time=[time] * len(frame)))


def test_other_input_is_refused_by_name():
    frame = over_time(range(0, 60, 10), [1, 2, 3, 2, 1, 2])
    with pytest.raises(MissingColumns, match="Drift needs one column named time"):
        drift(frame.drop(columns="time"))
    with pytest.raises(MissingColumns, match="lack the column"):
        drift(frame.drop(columns="score"))
    with pytest.raises(NoRatings):
        drift(frame.assign(score=None))
    with pytest.raises(BadOption):
        drift(frame, confidence=2)
