"""The crossed mixed model: published and lme4 figures, exactness of every shortcut, and what cannot be told."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.errors import BadOption, DuplicateRatings
from panel.stats.mixed_model import TERMS, MixedModel, crossed_mixed_model
from panel.stats.mixed_model.equations import MEAN, System
from panel.stats.mixed_model.terms import usable_terms
from panel.stats.progress import Cancelled
from panel.stats.ratings import read_ratings
from tests.stats.simulated import VARIANCES, simulated

REFERENCE = Path(__file__).parents[1] / "reference"


def case(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{name}.csv")


def variances(model: MixedModel) -> dict[str, float]:
    return {each.term: each.variance for each in model.components}


class TestPublishedFigures:
    def test_brennan_2001_table_3_2(self) -> None:
        """Persons x (raters within tasks), balanced, so that REML gives the figures of the analysis of variance."""
        model = crossed_mixed_model(case("brennan_3_2"), ["target", "item", "rater", "target:item"])
        assert variances(model) == pytest.approx(
            {"target": 0.47315, "item": 0.32515, "rater": 0.64753, "target:item": 0.55957, "residual": 2.38025},
            abs=5e-6,
        )
        assert model.mean == pytest.approx(4.75)

    def test_guilford_1954_with_halo_and_no_variance_of_raters(self) -> None:
        """lme4 1.1-31: lmer(score ~ 1 + (1|target) + (1|item) + (1|rater) + (1|target:rater))."""
        model = crossed_mixed_model(case("guilford_creativity"))
        assert variances(model) == pytest.approx(
            {"target": 0.54159, "rater": 0.0, "item": 0.48190, "target:rater": 1.23638, "residual": 1.51333}, abs=1e-4
        )
        assert model.log_likelihood == pytest.approx(-193.944782, abs=1e-6)
        assert model.mean_se == pytest.approx(0.497033, abs=1e-5)
        fair = {each.target: each.fair_average - 4.838095 for each in model.targets}
        assert [fair[name] for name in ("Anne", "Betty", "Chris")] == pytest.approx(
            [-0.088037, 0.733642, -0.293457], abs=1e-5
        )
        difficulty = {each.item: each.difficulty for each in model.items}
        assert [difficulty[name] for name in ("Attack", "Enthusiasm")] == pytest.approx([-0.513665, 0.936196], abs=1e-5)
        assert [(each.severity, each.se) for each in model.raters] == [(0.0, None)] * 3
        assert model.notes == ("The variance of rater is estimated as zero.",)

    def test_shrout_and_fleiss_1979(self) -> None:
        """Balanced without items: the components behind ICC(2,1) = .2898."""
        model = crossed_mixed_model(case("shrout_fleiss_1979"))
        assert variances(model) == pytest.approx({"target": 2.55556, "rater": 5.24444, "residual": 1.01944}, abs=1e-5)
        assert next(iter(variances(model).values())) / sum(variances(model).values()) == pytest.approx(
            0.28976, abs=1e-5
        )
        assert model.left_out == {
            "item": "there is only one item",
            "target:rater": "every combination of target and rater has a single rating, "
            "so it cannot be told from the residual",
        }


# ---- every shortcut against the plain matrices ----


def dense_answer(table: pd.DataFrame, v: dict[str, float]) -> tuple[dict[str, np.ndarray], np.ndarray, float]:
    """BLUPs, the covariance of (mean, all effects) and the restricted log likelihood, from V itself."""
    known = read_ratings(table)
    terms, _ = usable_terms(known, [name for name in TERMS if name in v])
    n = known.n_ratings
    z = {term.name: np.eye(term.n_levels)[term.level] for term in terms}
    x = np.ones((n, 1))
    whole = sum(v[name] * part @ part.T for name, part in z.items()) + v["residual"] * np.eye(n)
    inverse = np.linalg.inv(whole)
    information = x.T @ inverse @ x
    p = inverse - inverse @ x @ np.linalg.solve(information, x.T @ inverse)
    y = known.score
    effects = {name: v[name] * part.T @ p @ y for name, part in z.items()}
    effects[MEAN] = np.linalg.solve(information, x.T @ inverse @ y)
    log_likelihood = -0.5 * (
        (n - 1) * np.log(2 * np.pi) + np.linalg.slogdet(whole)[1] + np.linalg.slogdet(information)[1] + float(y @ p @ y)
    )
    design = np.hstack([x, *z.values()])
    ratio = np.concatenate([[0.0], *(np.full(part.shape[1], v["residual"] / v[name]) for name, part in z.items())])
    covariance = v["residual"] * np.linalg.inv(design.T @ design + np.diag(ratio))
    return effects, covariance, log_likelihood


@pytest.mark.parametrize(
    "terms",
    [
        ("target", "rater", "item", "target:rater"),
        ("target", "rater", "item"),
        ("target", "item", "target:item"),
        ("target", "rater", "item", "rater:item"),
        TERMS,
    ],
)
@pytest.mark.parametrize("size", [(30, 6, 8), (6, 25, 8)])  # more targets than raters, and fewer
def test_elimination_changes_nothing(terms: tuple[str, ...], size: tuple[int, int, int]) -> None:
    table = simulated(*size, panel=3, asked=4, seed=3).table
    model = crossed_mixed_model(table, terms)
    v = variances(model)
    fitted = {name: value for name, value in v.items() if value > 0}
    effects, covariance, log_likelihood = dense_answer(table, fitted)
    assert model.log_likelihood == pytest.approx(log_likelihood, abs=1e-6)
    assert model.mean == pytest.approx(float(effects[MEAN][0]))
    assert model.mean_se == pytest.approx(np.sqrt(covariance[0, 0]))
    start = 1
    for name in (each for each in TERMS if each in fitted):
        own = slice(start, start + len(effects[name]))
        start = own.stop
        if name == "target":
            found = [(each.fair_average - model.mean, each.se) for each in model.targets]
            error = np.sqrt(covariance[0, 0] + np.diag(covariance)[own] + 2 * covariance[0, own])
        elif name in ("rater", "item"):
            rows = model.raters if name == "rater" else model.items
            found = [(-getattr(each, "severity", getattr(each, "difficulty", None)), each.se) for each in rows]
            error = np.sqrt(np.diag(covariance)[own])
        else:
            continue
        assert np.array(found) == pytest.approx(np.column_stack([effects[name], error]), abs=1e-6)


def test_every_trace_is_exact() -> None:
    known = read_ratings(simulated(20, 5, 6, seed=4).table)
    terms, _ = usable_terms(known, ["target", "rater", "item", "target:rater"])
    system = System(terms, known.n_ratings)
    assert (system.outer_name, system.inner_name) == ("target:rater", "target")
    ratio = {"target": 1.5, "rater": 4.0, "item": 6.0, "target:rater": 3.0}
    design = np.hstack([np.ones((known.n_ratings, 1)), *(np.eye(term.n_levels)[term.level] for term in terms)])
    penalty = np.concatenate([[0.0], *(np.full(term.n_levels, ratio[term.name]) for term in terms)])
    matrix = design.T @ design + np.diag(penalty)
    inverse = np.linalg.inv(matrix)
    factored = system.coefficients().factored(ratio)
    assert factored.log_determinant() == pytest.approx(np.linalg.slogdet(matrix)[1])
    solution = inverse @ design.T @ known.score
    effects = factored.solve(known.score)
    assert np.concatenate([effects[MEAN], *(effects[term.name] for term in terms)]) == pytest.approx(solution)
    start = 1
    for term in terms:
        own = slice(start, start + term.n_levels)
        start = own.stop
        assert factored.trace(term.name) == pytest.approx(np.trace(inverse[own, own]))


# ---- the truth is found ----


def test_known_variances_are_found_within_their_standard_errors() -> None:
    model = crossed_mixed_model(simulated(1500, 60, 80, panel=4, asked=4, seed=11).table)
    for each in model.components:
        assert each.se is not None
        assert abs(each.variance - VARIANCES[each.term]) < 3 * each.se


def test_severity_is_unbiased_and_its_intervals_cover() -> None:
    """A short version of benchmarks/coverage.py: 12 tables of about 1,400 ratings."""
    covered, errors = [], []
    for seed in range(12):
        truth = simulated(120, 20, 30, panel=3, asked=4, seed=seed)
        model = crossed_mixed_model(truth.table)
        found = np.array([(each.severity, each.se) for each in model.raters])
        # The mean of the raters who happened to be drawn belongs to the mean of the model.
        errors += list(found[:, 0] - truth.severity)
        covered += list(np.abs(found[:, 0] - truth.severity) < 1.96 * found[:, 1])
    assert abs(float(np.mean(errors))) < 0.05
    assert 0.91 < float(np.mean(covered)) < 0.99


def test_a_variance_of_zero_is_reported_as_zero_and_the_rest_stays_right() -> None:
    truth = simulated(600, 30, 40, seed=5, variances={"item": 0.0, "target:rater": 0.0})
    model = crossed_mixed_model(truth.table)
    found = variances(model)
    assert found["item"] < 0.01
    assert found["target:rater"] < 0.03
    assert found["residual"] == pytest.approx(0.7, abs=0.05)
    without = crossed_mixed_model(truth.table, [name for name, v in found.items() if v > 0 and name != "residual"])
    assert model.log_likelihood == pytest.approx(without.log_likelihood, abs=1e-9)


def test_two_stages_come_close_and_say_so() -> None:
    table = simulated(3000, 40, 40, seed=6).table
    full, quick = crossed_mixed_model(table), crossed_mixed_model(table, two_stage=True)
    assert variances(quick) == pytest.approx(variances(full), rel=0.5)
    assert [each.fair_average for each in quick.targets] == pytest.approx(
        [each.fair_average for each in full.targets], abs=0.15
    )
    assert quick.notes == ("The variance components come from a tenth of the targets.",)


TIES = [
    [[1, 2], [2, 1], [4, 5], [5, 4]],  # raters with equal totals
    [[1, 2], [2, 1], [3, 4], [4, 3], [5, 5], [2, 2]],
    [[1, 1, 2], [2, 2, 1], [4, 4, 5], [5, 5, 4]],  # the second copies the first
]


def deviance_at(table: pd.DataFrame, v: dict[str, float]) -> float:
    return -2 * dense_answer(table, v)[2]


@pytest.mark.parametrize("scores", TIES)
def test_where_all_effects_of_a_term_are_zero_the_greatest_likelihood_is_found(scores: list[list[int]]) -> None:
    """Average information says nothing there; lme4 gives 1.8, 0 and .3333 for the second table."""
    cells = [(t, r, float(score)) for t, row in enumerate(scores) for r, score in enumerate(row)]
    table = pd.DataFrame(cells, columns=["target", "rater", "score"])
    check_greatest(table, crossed_mixed_model(table))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_small_whole_numbers_with_many_ties_are_fitted_to_the_greatest_likelihood(seed: int) -> None:
    random = np.random.default_rng(seed)
    shape = random.integers([3, 2, 1], [7, 5, 4])
    cells = [(*place, float(random.integers(1, 6))) for place in np.ndindex(*shape)]
    table = pd.DataFrame(cells, columns=["target", "rater", "item", "score"])
    model = crossed_mixed_model(table)
    if not model.not_estimable:
        check_greatest(table, model)


def check_greatest(table: pd.DataFrame, model: MixedModel) -> None:
    """No small change of a variance lowers the deviance, and no standard error is absurd."""
    v, total = variances(model), float(table["score"].var())
    least = deviance_at(table, {name: value for name, value in v.items() if value > 0})
    for name, value in v.items():
        steps = [0.99 * value, 1.01 * value] if value else [1e-4 * total, 1e-2 * total]
        for step in steps:
            changed = {term: old for term, old in {**v, name: step}.items() if old > 0}
            assert deviance_at(table, changed) > least - 1e-6
    assert not model.notes or all("zero" in note for note in model.notes)
    assert all(each.se is None or each.se < 100 * total for each in model.components)


# ---- what must not matter ----


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), add=st.sampled_from([-2.0, 0.0, 100.0]), reverse=st.booleans())
def test_order_names_and_scale_do_not_matter(seed: int, add: float, reverse: bool) -> None:
    table = simulated(25, 6, 7, seed=seed).table
    plain = crossed_mixed_model(table)
    other = table.sample(frac=1, random_state=seed).assign(
        rater=lambda rows: "r" + (99 - rows["rater"]).astype(str),
        score=lambda rows: (6 - rows["score"] if reverse else rows["score"]) + add,
    )
    changed = crossed_mixed_model(other)
    sign = -1 if reverse else 1
    assert variances(changed) == pytest.approx(variances(plain), abs=1e-5)
    assert changed.mean == pytest.approx((6 - plain.mean if reverse else plain.mean) + add, abs=1e-5)
    severity = {each.rater: each.severity for each in changed.raters}
    for each in plain.raters:
        assert severity[f"r{99 - each.rater}"] == pytest.approx(sign * each.severity, abs=1e-4)


# ---- what cannot be told ----


def rows(*scores: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(scores, columns=["target", "rater", "score"])


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (rows(("a", "x", 3), ("a", "y", 3), ("b", "x", 3)), "every score is the same"),
        (rows(("a", "x", 3), ("a", "y", 4)), "there is only one target"),
        (rows(("a", "x", 3), ("b", "x", 4), ("c", "x", 5)), "every target has a single rating, so it cannot be told"),
        (
            rows(*((t, r, i + 2 * j) for i, t in enumerate("abc") for j, r in enumerate("xyz"))),
            "the terms leave no res",
        ),
        (case("irrNA_ConsistNA"), "the terms leave no residual"),
    ],
)
def test_nothing_is_said_where_nothing_can_be(table: pd.DataFrame, reason: str) -> None:
    model = crossed_mixed_model(table)
    assert model.not_estimable is not None
    assert model.not_estimable.startswith(f"not estimable because {reason}")
    assert (model.components, model.targets, model.mean) == ((), (), None)
    assert model.summary().startswith("The mixed model is not estimable because")


def test_one_rater_leaves_a_model_of_targets_and_items() -> None:
    table = simulated(40, 1, 6, panel=1, asked=4).table
    model = crossed_mixed_model(table)
    assert set(variances(model)) == {"target", "item", "residual"}
    assert model.raters == ()
    assert model.left_out["rater"] == "there is only one rater"


@pytest.mark.parametrize("apart", ["rater", "item"])
def test_targets_that_do_not_compare_are_numbered_and_said(apart: str) -> None:
    """Two panels that share no rater, or raters whose items in the two groups have nothing in common."""
    one, other = simulated(40, 5, 6, seed=1).table, simulated(40, 5, 6, seed=2).table
    other = other.assign(target=other["target"] + 1000, **{apart: other[apart] + 1000})
    both = pd.concat([one, other])
    model = crossed_mixed_model(both)
    assert model.n_groups == 2
    assert {each.group for each in model.targets} == {1, 2}
    assert "The design parts the targets into 2 groups; fair averages compare within a group only." in model.summary()


def test_claims_are_gated_by_the_number_of_targets() -> None:
    table = simulated(29, 5, 6).table
    assert crossed_mixed_model(table).summary() == (
        "No reliability claim: 29 targets rated, 1 more needed to reach the minimum of 30."
    )
    said = crossed_mixed_model(simulated(60, 5, 6).table).summary(target="candidate", rater="interviewer")
    assert said.startswith("Provisional: Of the variance of the scores, candidate ")
    assert said.endswith("(60 candidates, 5 interviewers, 720 ratings).")


@pytest.mark.parametrize("terms", [["rater"], ["target", "nobody"], ["target", "target:rater:item"], []])
def test_terms_that_make_no_sense_are_named(terms: list[str]) -> None:
    with pytest.raises(BadOption):
        crossed_mixed_model(case("guilford_creativity"), terms)


def test_the_order_in_an_interaction_does_not_matter() -> None:
    one = crossed_mixed_model(case("guilford_creativity"), ["target", "rater:target"])
    assert variances(one).keys() == {"target", "target:rater", "residual"}


def test_repeated_ratings_are_refused() -> None:
    with pytest.raises(DuplicateRatings):
        crossed_mixed_model(rows(("a", "x", 3), ("a", "x", 4)))


def test_a_fit_reports_and_can_be_stopped() -> None:
    told: list[str] = []

    def stop_at_the_second_step(doing: str, share: float | None) -> None:
        told.append(doing)
        if len(told) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        crossed_mixed_model(simulated(50, 6, 7).table, report=stop_at_the_second_step)
    assert told[:2] == ["Setting up the equations", "Fitting variance components, step 1"]


def test_frames_have_a_row_for_each() -> None:
    model = crossed_mixed_model(case("guilford_creativity"))
    assert model.to_frame().columns.tolist() == ["term", "variance", "se", "share"]
    assert [len(model.to_frame(what)) for what in ("components", "raters", "items", "targets")] == [5, 3, 5, 7]
    assert json.loads(model.to_frame("targets").to_json(orient="records"))[0]["target"] == "Anne"
