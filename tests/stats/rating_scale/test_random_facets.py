import math
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.errors import RatingsError, ScoreOffScale
from panel.stats.rating_scale import joint_maximum_likelihood, random_facets

quick = settings(max_examples=5, deadline=None, derandomize=True)


def measures(found):
    return {measure.label: measure.measure for measure in found}


def steps(found):
    return [step.measure for step in found.thresholds]


def close(value, by=2e-4):
    return pytest.approx(value, abs=by)


@pytest.fixture(scope="module")
def some(simulated):
    frame = simulated(25, 6, 5, panel=3, asked=3, seed=3).ratings
    return frame, random_facets(frame)


def test_intervals_cover_the_truth_and_severities_are_unbiased(simulated):
    """Ten tables of 1,440 ratings: 300 severities, 1,200 fair averages; three standard errors of 95 % are 4 and 2 %."""
    hits, fair_hits, errors, estimates, truths = [], [], [], [], []
    for seed in range(10):
        case = simulated(120, 30, 20, panel=3, asked=4, seed=seed)
        found = random_facets(case.ratings)
        off = np.array([m.measure for m in found.raters]) - case.severity
        hits += (np.abs(off) < 1.96 * np.array([m.se for m in found.raters])).tolist()
        errors += off.tolist()
        estimates += [m.measure for m in found.raters]
        truths += case.severity.tolist()
        fair_off = np.array([m.fair_average for m in found.targets]) - case.fair_average
        fair_hits += (np.abs(fair_off) < 1.96 * np.array([m.fair_average_se for m in found.targets])).tolist()
    assert 0.91 < np.mean(hits) < 0.99
    assert 0.93 < np.mean(fair_hits) < 0.97
    assert np.mean(errors) == pytest.approx(0, abs=0.06)
    # shrunken estimates are unbiased the other way round: the truth, given the estimate, is the estimate
    assert np.polyfit(estimates, truths, 1)[0] == pytest.approx(1, abs=0.08)


def test_variances_and_thresholds_are_near_the_truth(simulated):
    """The truth being the variance of the effects that were drawn, in six tables of 1,800 ratings."""
    cases = [simulated(150, 30, 30, panel=3, asked=4, seed=seed) for seed in range(6)]
    fits = [random_facets(case.ratings) for case in cases]
    found = np.mean([astuple(fit.variances) for fit in fits], axis=0)
    assert found == pytest.approx(np.mean([case.variances for case in cases], axis=0), rel=0.15)
    assert np.mean([steps(fit) for fit in fits], axis=0) == pytest.approx([-1.8, -0.6, 0.5, 1.9], abs=0.06)


def test_a_variance_of_nothing_is_pinned_at_zero(published):
    """Guilford (1954): R's lme4 gives the raters a variance of 0 too, on the scale of the scores."""
    found = random_facets(published("guilford_creativity"))
    assert found.variances.rater == 0.0
    assert {(m.measure, m.se) for m in found.raters} == {(0.0, None)}
    assert "The variance of raters is 0: they differ no more than by chance, and standard errors are not given." in (
        found.notes
    )
    assert all(m.se > 0 for m in found.targets)


def test_without_halo_in_the_model_errors_are_too_small(simulated):
    frame = simulated(80, 12, 10, halo=1.0, seed=2).ratings
    honest, naive = random_facets(frame), random_facets(frame, halo=False)
    assert naive.variances.halo is None and honest.variances.halo > 0.5
    ratio = np.mean([m.se for m in honest.targets]) / np.mean([m.se for m in naive.targets])
    assert ratio > 1.2 and honest.log_likelihood > naive.log_likelihood + 20


def test_measures_are_shrunken_and_extremes_finite(simulated):
    frame = simulated(40, 6, 5, seed=1).ratings
    best = frame[frame["target"] == 0].assign(target="best", score=5)
    worst = frame[frame["target"] == 1].assign(target="worst", score=1)
    both = pd.concat([frame.assign(target="t" + frame["target"].astype(str)), best, worst])
    shrunken = measures(random_facets(both).targets)
    joint = measures(joint_maximum_likelihood(both).targets)
    assert max(shrunken, key=shrunken.get) == "best" and min(shrunken, key=shrunken.get) == "worst"
    assert abs(shrunken["best"]) < abs(joint["best"]) and abs(shrunken["worst"]) < abs(joint["worst"])
    assert np.std(list(shrunken.values())) < np.std(list(joint.values()))


@quick
@given(seed=st.integers(0, 99))
def test_names_and_order_of_rows_change_nothing(some, seed):
    frame, found = some
    renamed = frame.assign(target=-frame["target"], rater="r" + (9 - frame["rater"]).astype(str))
    other = random_facets(renamed.sample(frac=1, random_state=seed))
    assert measures(other.raters) == close({f"r{9 - r}": m for r, m in measures(found.raters).items()})
    assert measures(other.targets) == close({-t: m for t, m in measures(found.targets).items()})
    assert other.log_likelihood == close(found.log_likelihood, 1e-3)


def test_shifting_the_levels_changes_averages_only(some):
    frame, found = some
    other = random_facets(frame.assign(score=frame["score"] - 11))
    assert measures(other.targets) == close(measures(found.targets))
    assert [m.fair_average for m in other.targets] == close([m.fair_average - 11 for m in found.targets])
    assert [m.fair_average_se for m in other.targets] == close([m.fair_average_se for m in found.targets])


def test_reversing_the_scale_turns_every_sign(some):
    frame, found = some
    other = random_facets(frame.assign(score=6 - frame["score"]))
    for facet in ("targets", "raters", "items"):
        one, turned = getattr(found, facet), getattr(other, facet)
        assert measures(turned) == close({label: -value for label, value in measures(one).items()})
        assert [m.se for m in turned] == close([m.se for m in one])
        assert [m.infit for m in turned] == close([m.infit for m in one])
        assert [6 - m.fair_average for m in turned] == close([m.fair_average for m in one])
    assert steps(other) == close([-step for step in reversed(steps(found))])


def test_targets_and_raters_may_change_places(some):
    """The larger of the two is eliminated; what comes out does not depend on which it is."""
    frame, found = some
    other = random_facets(frame.rename(columns={"target": "rater", "rater": "target"}))
    mean = np.mean([-step for step in steps(other)])
    assert mean == pytest.approx(0, abs=1e-12)
    assert other.log_likelihood == close(found.log_likelihood, 1e-3)
    assert (other.variances.target, other.variances.rater, other.variances.halo) == close(
        (found.variances.rater, found.variances.target, found.variances.halo), 2e-3
    )
    assert [m.se for m in found.raters] != [m.se for m in other.targets]  # the mean belongs to the targets
    shift = np.mean(list(measures(found.targets).values()) + list(measures(other.raters).values()))
    ability = {label: -value for label, value in measures(other.raters).items()}
    differences = [measures(found.targets)[label] - ability[label] for label in ability]
    assert differences == close([differences[0]] * len(differences), 2e-3) and math.isfinite(shift)


def test_large_tables_are_worked_through_in_blocks_with_the_same_result(some, monkeypatch):
    frame, found = some
    monkeypatch.setattr("panel.stats.rating_scale.posterior.BLOCK", 100)
    assert random_facets(frame).to_frame().equals(found.to_frame())


@pytest.mark.parametrize(
    ("sizes", "note"),
    [
        ({"n_items": 1, "asked": 1}, "no rater scored two items of the same target"),
        ({"n_raters": 1, "panel": 1}, "no target was scored by two raters"),
        ({"n_targets": 1, "n_raters": 12, "panel": 12, "asked": 5}, "no rater scored two targets"),
    ],
)
def test_says_why_there_is_no_halo(simulated, sizes, note):
    found = random_facets(simulated(**{"n_targets": 60, "seed": 5} | sizes).ratings)
    assert found.not_estimable is None and found.variances.halo is None
    assert any(note in each for each in found.notes)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4, 4], [4, 4]], "every score is the same"),
        ([[3]], "every score is the same"),
        ([[1, 2, None, None], [2, 1, None, None], [None, None, 1, 2], [None, None, 2, 1]], "2 disconnected subsets"),
        ([[1], [2], [3]], "no target has two ratings"),
    ],
)
def test_says_why_there_are_no_measures(table, rows, reason):
    found = random_facets(table(*rows))
    assert found.not_estimable.startswith("not estimable because") and reason in found.not_estimable
    assert (found.targets, found.thresholds, found.log_likelihood, found.variances) == ((), (), None, None)


def test_a_design_that_confounds_raters_with_items_says_so():
    random = np.random.default_rng(4)
    rows = [(t, r, f"{i} of {r}", int(random.integers(1, 6))) for t in range(12) for r in "ABC" for i in range(2)]
    found = random_facets(pd.DataFrame(rows, columns=["target", "rater", "item", "score"]))
    assert found.not_estimable is None
    assert any(
        note.startswith("The design leaves 2 differences between targets, raters and items open")
        for note in found.notes
    )


def test_unusable_scores_are_refused(some):
    frame, _ = some
    with pytest.raises(ScoreOffScale, match="not a whole level"):
        random_facets(frame.assign(score=frame["score"] + 0.5))
    with pytest.raises(RatingsError):
        random_facets(frame, scale=(2, 5))


def test_progress_is_reported_and_can_cancel(some):
    frame, _ = some
    shares = []
    random_facets(frame, report=lambda what, share: shares.append(share))
    assert shares == sorted(shares) and shares[0] == 0 and len(shares) > 5

    class Cancelled(Exception):
        pass

    def cancel(what, share):
        if share > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        random_facets(frame, report=cancel)


def test_summary_names_halo_and_spread_and_keeps_quiet_on_few(simulated, some):
    text = random_facets(simulated(40).ratings).summary(target="candidate", rater="interviewer")
    assert text.startswith("Provisional: Rating scale model by random facets (40 candidates, 8 interviewers, 6 items,")
    assert "Halo, one interviewer's ratings of one candidate moving together, is" in text
    few = some[1].summary()
    assert "No reliability claim: 25 targets rated" in few and "Halo" not in few
