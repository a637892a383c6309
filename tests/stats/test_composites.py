"""Fair averages by part: against the crossed model, dense equations and published figures, and by their coverage."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from panel.stats import composites
from panel.stats.bands import bands
from panel.stats.composites import TERMS, fair_parts
from panel.stats.errors import BadOption, MissingColumns, MissingLabels
from panel.stats.fair_parts import Composite, FairParts
from panel.stats.mixed_model import crossed_mixed_model
from panel.stats.part_equations import PART
from panel.stats.progress import Cancelled
from tests.stats.simulated import simulated

REFERENCE = Path(__file__).parents[1] / "reference"


def panels(
    n_targets: int = 20, n_raters: int = 6, parts: int = 3, *, seed: int = 1, own_answers: bool = True
) -> tuple[pd.DataFrame, np.ndarray]:
    """Every target meets three raters who all rate the same answers, three items a part; and its true composites."""
    random = np.random.default_rng(seed)
    target, part = random.normal(3, 0.6, n_targets), random.normal(0, 0.4, (n_targets, parts))
    rater, item = random.normal(0, 0.4, n_raters), random.normal(0, 0.3, 3 * parts)
    rows = []
    for t in range(n_targets):
        answers = random.normal(0, 0.3, 3 * parts) if own_answers else np.zeros(3 * parts)
        for r in random.choice(n_raters, 3, replace=False):
            halo = random.normal(0, 0.3)
            for i in range(3 * parts):
                noise = random.normal(0, 0.6)
                rows.append(
                    (t, r, i, i // 3, target[t] + part[t, i // 3] + rater[r] + item[i] + halo + answers[i] + noise)
                )
    table = pd.DataFrame(rows, columns=["target", "rater", "item", "part", "score"])
    return table, target + part.mean(axis=1)


def equally(found: FairParts) -> Composite:
    return found.composite({target: dict.fromkeys(range(9), 1.0) for target in found.group})


class TestAgainstOtherSolutions:
    def test_with_one_part_it_is_the_crossed_mixed_model(self) -> None:
        table = simulated(60, 8, 10).table.assign(part="all")
        model = crossed_mixed_model(table, TERMS)
        found = fair_parts(table, [each.target for each in model.targets]).part("all")
        assert found.estimate == pytest.approx([each.fair_average for each in model.targets], abs=1e-6)
        assert found.se == pytest.approx([each.se for each in model.targets], abs=1e-6)

    def test_estimates_and_covariance_are_those_of_the_dense_equations(self) -> None:
        table, _ = panels(10)
        found = fair_parts(table, range(10))
        estimate, covariance = dense(table, found)
        assert found.estimate == pytest.approx(estimate, abs=1e-9)
        assert found.covariance == pytest.approx(covariance, abs=1e-9)

    def test_fair_averages_of_brennan_2001_table_3_2_are_shrunken_by_its_generalizability(self) -> None:
        """Persons x (raters within tasks), balanced: components as published, and each person drawn to the mean by
        E-rho2 = .55144 for three tasks of four raters."""
        table = pd.read_csv(REFERENCE / "brennan_3_2.csv").assign(part="performance")
        raw = table.groupby("target")["score"].mean()
        found = fair_parts(table, list(raw.index))
        assert {each.term: each.variance for each in found.components} == pytest.approx(
            {"target": 0.47315, "rater": 0.64753, "item": 0.32515, "target:item": 0.55957, "residual": 2.38025},
            abs=5e-6,
        )
        fair = found.part("performance")
        assert fair.estimate == pytest.approx(4.75 + 0.55144 * (raw.to_numpy() - 4.75), abs=1e-5)


def dense(table: pd.DataFrame, found: FairParts) -> tuple[np.ndarray, np.ndarray]:
    """k'b and v_e k'M^-1 k from Henderson's equations written out, at the variances of the fit."""
    columns = {
        "target": table["target"], "rater": table["rater"], "item": table["item"],
        "target:rater": table["target"] * 100 + table["rater"], "target:item": table["target"] * 100 + table["item"],
        PART: table["target"] * 100 + table["part"],
    }  # fmt: skip
    v = {each.term: each.variance for each in found.components}
    design, ridge, labels = [np.ones((len(table), 1))], [0.0], [("mean", 0)]
    for name, level in columns.items():
        if v.get(name, 0) > 0:
            codes, distinct = pd.factorize(level, sort=True)
            design.append(np.eye(len(distinct))[codes])
            ridge += [v["residual"] / v[name]] * len(distinct)
            labels += [(name, each) for each in distinct]
    w = np.hstack(design)
    inverse = np.linalg.inv(w.T @ w + np.diag(ridge))
    k = np.zeros((len(labels), len(found.keys)))
    for column, (target, part) in enumerate(found.keys):
        for each in (("mean", 0), ("target", target), (PART, int(target) * 100 + int(part))):
            if each in labels:
                k[labels.index(each), column] = 1
    return k.T @ inverse @ w.T @ table["score"].to_numpy(), v["residual"] * k.T @ inverse @ k


class TestComposites:
    def test_a_composite_is_the_weighted_mean_of_the_parts_that_were_assessed(self) -> None:
        table, _ = panels()
        table = table[(table["target"] != 0) | (table["part"] != 2)]
        found = fair_parts(table, [0, 1])
        value = dict(zip(found.keys, found.estimate, strict=True))
        both = found.composite({0: {0: 1.0, 1: 3.0, 2: 2.0}, 1: {0: 1.0, 1: 3.0, 2: 2.0}})
        assert both.of(0) == pytest.approx((value[0, 0] + 3 * value[0, 1]) / 4)
        assert both.of(1) == pytest.approx((value[1, 0] + 3 * value[1, 1] + 2 * value[1, 2]) / 6)
        assert found.part(2).targets == (1,)
        assert found.composite({0: {2: 1.0}, 1: {7: 1.0}}).targets == ()

    def test_the_chance_of_being_above_and_below_add_to_one_and_know_what_is_shared(self) -> None:
        found = equally(fair_parts(panels()[0], range(20)))
        assert found.chance_above(3, 7) + found.chance_above(7, 3) == pytest.approx(1)
        _, se = found.difference(3, 7)
        alone = np.hypot(*found.se[[found.targets.index(3), found.targets.index(7)]])
        assert 0 < se < alone  # both rest on the same mean, which cancels

    def test_labels_and_the_order_of_rows_change_nothing(self) -> None:
        table, _ = panels()
        named = table.assign(
            **{name: [f"{name}-{each:03d}" for each in table[name]] for name in ("target", "rater", "part")}
        )
        shuffled = named.sample(frac=1, random_state=3)
        one, other = fair_parts(table, range(20)), fair_parts(shuffled, [f"target-{each:03d}" for each in range(20)])
        assert other.estimate == pytest.approx(one.estimate, abs=1e-6)
        assert other.covariance == pytest.approx(one.covariance, abs=1e-6)

    def test_targets_without_a_rating_are_passed_over(self) -> None:
        table, _ = panels()
        found = fair_parts(table, [5, "nobody", 5])
        assert {target for target, _ in found.keys} == {5}
        assert fair_parts(table, ["nobody"]).keys == ()


def test_intervals_of_composites_and_of_differences_cover_the_truth() -> None:
    """40 tables of 25 targets, by the interval of each and the difference of each second pair."""
    inside = apart = 0
    for seed in range(40):
        table, truth = panels(25, 8, seed=seed)
        found = equally(fair_parts(table, range(25)))
        for target in range(25):
            low, high = found.interval(target)
            inside += low <= truth[target] <= high
        for one in range(0, 24, 2):
            difference, se = found.difference(one, one + 1)
            apart += abs(difference - truth[one] + truth[one + 1]) <= 1.96 * se
    assert 0.92 < inside / 1000 < 0.98
    assert 0.92 < apart / 480 < 0.98


class TestWhatCannotBeTold:
    def test_a_part_that_each_rater_has_alone_is_no_strength_on_that_part(self) -> None:
        """Each of a target's raters scores the items of one part: impression and strength cannot be told apart."""
        table, _ = panels(20, 6, 3)
        place = table.groupby("target")["rater"].transform(lambda raters: pd.factorize(raters)[0])
        found = fair_parts(table[place == table["part"]], range(20))
        assert found.left_out[PART] == "it groups the ratings exactly as target:rater does"
        assert not found.parts_differ
        assert len(set(found.estimate[:3].round(12))) == 1

    def test_a_part_of_one_item_is_that_answer(self) -> None:
        table, _ = panels(20, 6, 3)
        found = fair_parts(table[table["item"] % 3 == 0], range(20))
        assert found.left_out[PART] == "it groups the ratings exactly as target:item does"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda table: table[table["target"] < 7],
             "not estimable because 7 targets are too few to tell how much targets differ; 8 are needed"),
            (lambda table: table.assign(score=3.0), "not estimable because every score is the same"),
            (lambda table: table.assign(score=2.0 + table["rater"]),
             "not estimable because the terms leave no residual"),
            (lambda table: table.drop_duplicates("target"),
             "not estimable because every target has a single rating, so it cannot be told from the residual"),
        ],
    )  # fmt: skip
    def test_the_reason_is_given(self, change: object, reason: str) -> None:
        found = fair_parts(change(panels()[0]), range(20))  # type: ignore[operator]
        assert (found.not_estimable, found.keys, found.components) == (reason, (), ())

    def test_targets_that_do_not_differ_have_no_fair_averages(self) -> None:
        table, _ = panels()
        random = np.random.default_rng(5)
        noise = table.assign(score=random.choice([-1.0, 1.0], len(table)))
        noise["score"] -= noise.groupby(["target", "part"])["score"].transform("mean")
        assert fair_parts(noise, range(20)).not_estimable == (
            "not estimable because the targets differ by no more than chance would have them"
        )

    def test_groups_that_no_rater_links_are_numbered_apart(self) -> None:
        table, _ = panels(16, 6)
        apart = table.assign(rater=table["rater"] + 100 * (table["target"] >= 8))
        found = fair_parts(apart, range(16))
        assert {found.group[target] for target in range(8)} != {found.group[target] for target in range(8, 16)}
        assert len(set(found.group.values())) == 2

    def test_what_is_wrong_with_a_table_is_said(self) -> None:
        table, _ = panels()
        with pytest.raises(MissingColumns, match="part"):
            fair_parts(table.drop(columns="part"), [0])
        with pytest.raises(MissingLabels, match="no part"):
            fair_parts(table.assign(part=None), [0])
        with pytest.raises(BadOption, match="Item 0 belongs to more than one part"):
            fair_parts(table.assign(part=table["rater"]), [0])


def test_variances_of_many_targets_come_from_a_sample_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    table, _ = panels(60, 8)
    whole = fair_parts(table, range(4))
    monkeypatch.setattr(composites, "MOST_TOGETHER", 300)
    sampled = fair_parts(table, range(4))
    assert (whole.fitted_targets, 8 <= sampled.fitted_targets < 60) == (60, True)
    assert sampled.estimate == pytest.approx(whole.estimate, abs=0.2)


def test_it_is_stopped_by_whoever_waits() -> None:
    def stop(doing: str, share: float | None) -> None:
        if doing.startswith("Solving"):
            raise Cancelled

    with pytest.raises(Cancelled):
        fair_parts(panels()[0], [0], report=stop)


class TestBands:
    @staticmethod
    def of(estimates: Sequence[float], se: float = 0.2) -> Composite:
        return Composite(tuple("abcdef"[: len(estimates)]), np.array(estimates), se**2 * np.eye(len(estimates)))

    def test_whoevers_interval_overlaps_that_of_the_highest_shares_its_band(self) -> None:
        # an interval reaches .39 to each side here, so 3.2 + .39 is below 4.0 - .39, and 3.3 + .39 is not
        assert bands(self.of([4.0, 3.3, 3.2, 2.5]), "abcd") == (("a", "b"), ("c", "d"))

    def test_a_band_has_no_gap_whatever_is_known_of_each(self) -> None:
        found = Composite(("a", "b", "c"), np.array([4.0, 3.1, 3.0]), np.diag([0.04, 0.04, 1.0]))
        assert bands(found, "abc") == (("a",), ("b", "c"))

    def test_only_those_asked_for_are_parted(self) -> None:
        assert bands(self.of([4.0, 3.0, 2.0]), "ca") == (("a",), ("c",))
        assert bands(self.of([4.0]), "a") == (("a",),)
        assert bands(self.of([4.0]), "") == ()


def test_the_example_of_the_docs_has_the_numbers_that_stand_there() -> None:
    """docs/compare.md; the fair averages with four decimals are what lme4 1.1-31 gives by the formula there."""
    table = pd.read_csv(REFERENCE.parents[1] / "docs" / "compare_example.csv")
    found = fair_parts(table, ["Gus", "Ben", "Cem"])
    assert [round(found.variance(term) or 0, 3) for term in ("target", PART, *TERMS[1:], "residual")] == [
        0.130, 0.203, 0.332, 0.344, 0.213, 0.047, 0.253,
    ]  # fmt: skip
    all_parts = found.composite({name: {"depth": 1.0, "clarity": 1.0} for name in ("Gus", "Ben", "Cem")})
    assert [round(all_parts.of(name), 2) for name in ("Cem", "Gus", "Ben")] == [4.03, 2.95, 3.06]
    assert all_parts.se == pytest.approx([0.48] * 3, abs=0.005)
    assert [round(each, 2) for each in all_parts.difference("Ben", "Gus")] == [0.10, 0.40]
    assert round(all_parts.chance_above("Ben", "Gus"), 2) == 0.60
    by_lme4 = {"Cem": 4.0344, "Gus": 2.9528, "Ben": 3.0568}
    assert {name: all_parts.of(name) for name in by_lme4} == pytest.approx(by_lme4, abs=1e-4)


def test_results_say_themselves_in_words_and_as_tables() -> None:
    composite = Composite(("a", "b"), np.array([4.0, 3.0]), np.diag([0.04, 0.01]))
    assert composite.summary(target="candidate") == (
        "Candidate a: 4.00, 95 % interval 3.61 to 4.39. Candidate b: 3.00, 95 % interval 2.80 to 3.20."
    )
    table = composite.to_frame()
    assert table[["target", "estimate", "se"]].to_numpy().tolist() == [["a", 4.0, 0.2], ["b", 3.0, 0.1]]
    assert table[["low", "high"]].to_numpy() == pytest.approx(np.array([[3.608, 4.392], [2.804, 3.196]]), abs=5e-4)
    none = Composite((), np.empty(0), np.empty((0, 0)))
    assert (none.summary(), len(none.to_frame())) == ("", 0)

    ratings, _ = panels(40)
    words = fair_parts(ratings, [0, 1]).summary(target="candidate", rater="interviewer", item="question")
    assert words == (
        "Provisional: Of the variance of the scores behind the fair averages, candidate 27%, interviewer 5%, question "
        "5%, candidate x interviewer 11%, candidate x question 8%, candidate x part 8%, the rest 35% (40 candidates, "
        "6 interviewers, 1080 ratings)."
    )
    few, _ = panels(10)
    assert fair_parts(few, [0]).summary(target="candidate").startswith("No reliability claim: 10 candidates rated")
    nothing = fair_parts(few[few["target"] < 3], [0])
    assert nothing.summary(target="candidate") == (
        "Fair averages are not estimable because 3 candidates are too few to tell how much candidates differ; 8 are "
        "needed."
    )
