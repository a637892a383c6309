"""What a calibration lead asks of a table of ratings first: agreement, correlations, models, design, in one result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import numpy as np
import pandas as pd

from panel.stats.agreement import Alpha, Level, PercentAgreement, krippendorff_alpha, percent_agreement
from panel.stats.agreement_coefficients import AgreementCoefficient, agreement_coefficient
from panel.stats.cohen_kappa import CohenKappas, cohen_kappas
from panel.stats.errors import BadOption, RatingsError, ScoreOffScale
from panel.stats.generalizability import Design, DStudy, d_study, observed_design, typical_items
from panel.stats.icc import ANOVA, Icc, icc
from panel.stats.mean_squares import IccForm
from panel.stats.mixed_model import DEFAULT_TERMS, MixedModel, crossed_mixed_model
from panel.stats.progress import Report, silent
from panel.stats.rating_design import RatingDesign, rating_design
from panel.stats.rating_scale import RatingScaleFit, joint_maximum_likelihood, random_facets
from panel.stats.rating_scale.joint import Noncenter
from panel.stats.ratings import Ratings, mean_over_items, read_ratings
from panel.stats.wording import TARGETS_FOR_A_FIRM_CLAIM, provisional, too_few

Model = Literal["mixed", "rating-scale", "jml"]
LEVELS: tuple[Level, ...] = get_args(Level)
MOST_LEVELS_OF_A_SCALE = 100
RATERS_STUDIED = range(1, 11)
ITEMS_STUDIED = range(1, 11)
SAME_ANSWERS = (
    "Several raters scored the same items of a target. How a target does on one item is then a source of its own, "
    "which further raters do not average out: --terms target,rater,item,target:rater,target:item "
    "--design same-items takes it apart."
)
Part = TypeVar("Part")


@dataclass(frozen=True)
class CalibrationReport:
    """Agreement, intraclass correlations, models, D study and connectivity of one table of ratings.

    ``typical_items`` is how many items one rater scored of one target, at the median.
    A part is None where it was not asked for, or where the ratings cannot be used for it; ``warnings`` says which.
    """

    n_targets: int
    n_raters: int
    n_items: int
    n_ratings: int
    design: RatingDesign
    alphas: dict[Level, Alpha | None]
    percent: PercentAgreement
    kappas: CohenKappas | None
    fleiss: AgreementCoefficient | None
    ac1: AgreementCoefficient | None
    ac2_quadratic: AgreementCoefficient | None
    icc: Icc
    mixed_model: MixedModel
    rating_scale: RatingScaleFit | None
    d_study: DStudy
    typical_items: int
    warnings: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """The agreement coefficients and intraclass correlations: name, estimate, low, high, not_estimable."""
        named: list[tuple[str, Alpha | AgreementCoefficient | IccForm]] = []
        named += [(f"Krippendorff's alpha ({level})", each) for level, each in self.alphas.items() if each]
        named += [(each.name, each) for each in (self.fleiss, self.ac1, self.ac2_quadratic) if each]
        named += [(form.name, form) for form in self.icc.forms]
        rows = [(name, each.estimate, each.low, each.high, each.not_estimable) for name, each in named]
        return pd.DataFrame(rows, columns=["name", "estimate", "low", "high", "not_estimable"])

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        """A sentence or two for each part, a line each."""
        agreement = [self.alphas["ordinal"], self.percent, self.icc]
        said = [self.design.summary(target=target, rater=rater, item=item)]
        said += [part.summary(target=target, rater=rater) for part in agreement if part]
        said.append(self.mixed_model.summary(target=target, rater=rater, item=item))
        said.append(self.d_study.summary(items=self.typical_items, target=target, rater=rater, item=item))
        said += [self.rating_scale.summary(target=target, rater=rater)] if self.rating_scale else []
        return "\n".join([*dict.fromkeys(said), *self.warnings])


def calibration_report(
    ratings: pd.DataFrame | Ratings,
    *,
    terms: Sequence[str] = DEFAULT_TERMS,
    model: Model = "mixed",
    scale: tuple[float, float] | None = None,
    bootstrap: int = 1000,
    seed: int = 1,
    design: Design | None = None,
    noncenter: Noncenter = "rater",
    two_stage: bool = False,
    report: Report = silent,
) -> CalibrationReport:
    """Compute every part. ``scale`` is its lowest and highest level; scores outside are refused.

    ``model`` "mixed" fits the mixed model alone, the others a rating scale model beside it. Raises RatingsError for
    ratings or options that cannot be used at all.
    """
    if model not in get_args(Model):
        raise BadOption(f"The model is one of {', '.join(get_args(Model))}, not {model!r}.")
    known = read_ratings(ratings)
    levels = _levels(known, scale)
    attempts = _Attempts(report)
    report("Connectivity", None)
    connected = rating_design(known)
    alphas = {
        level: attempts.make(f"Krippendorff's alpha ({level})", _alpha_of(known, level, bootstrap, seed))
        for level in LEVELS
    }
    kappas = attempts.make("Cohen's kappa", lambda: cohen_kappas(known))
    fleiss = attempts.make("Fleiss' kappa", lambda: agreement_coefficient(known, "Fleiss", levels=levels))
    ac1 = attempts.make("Gwet's AC1", lambda: agreement_coefficient(known, "Gwet", levels=levels))
    ac2 = attempts.make("Gwet's AC2", lambda: agreement_coefficient(known, "Gwet", "quadratic", levels=levels))
    report("Intraclass correlation", None)
    correlations = icc(mean_over_items(known, require_same_items=False) if known.n_items > 1 else known)
    mixed = crossed_mixed_model(known, terms, two_stage=two_stage, report=report)
    scaled = None
    if model != "mixed":
        scaled = attempts.make("Rating scale model", _rating_scale(known, model, scale, noncenter, report))
    study = d_study(mixed, RATERS_STUDIED, ITEMS_STUDIED, design or _design_of(known))
    said = [
        *attempts.refused,
        *_of_size(known),
        *([kappas.note] if kappas and kappas.note else []),
        *_of_correlations(known, correlations),
        *_of_mixed_model(known, mixed, study),
        *_of_design(connected),
        *(_of_rating_scale(scaled) if scaled else []),
    ]
    return CalibrationReport(
        n_targets=known.n_targets, n_raters=known.n_raters, n_items=known.n_items, n_ratings=known.n_ratings,
        design=connected, alphas=alphas, percent=percent_agreement(known), kappas=kappas, fleiss=fleiss, ac1=ac1,
        ac2_quadratic=ac2, icc=correlations, mixed_model=mixed, rating_scale=scaled, d_study=study,
        typical_items=typical_items(known), warnings=tuple(dict.fromkeys(said)),
    )  # fmt: skip


class _Attempts:
    """Parts of a report, and a sentence for each that these ratings cannot be used for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.refused: list[str] = []

    def make(self, doing: str, work: Callable[[], Part]) -> Part | None:
        self.report(doing, None)
        try:
            return work()
        except RatingsError as error:
            self.refused.append(f"{doing}: {error}")
            return None


def _levels(known: Ratings, scale: tuple[float, float] | None) -> list[float] | None:
    """The levels of the scale in whole steps; None without a scale. Raises ScoreOffScale, BadOption."""
    if scale is None:
        return None
    low, high = scale
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise BadOption("A scale has a lowest and a highest level, such as 1 and 5.")
    off = np.flatnonzero((known.score < low) | (known.score > high))
    if len(off):
        n = off[0]
        more = f" ({len(off) - 1:,} more)" if len(off) > 1 else ""
        raise ScoreOffScale(
            f"The score {known.score[n]:g}, given by {known.raters[known.rater[n]]} to "
            f"{known.targets[known.target[n]]}, lies outside the scale {low:g} to {high:g}{more}."
        )
    whole = bool((known.score == np.round(known.score)).all()) and low == round(low) and high == round(high)
    return (
        [float(x) for x in range(round(low), round(high) + 1)]
        if whole and high - low < MOST_LEVELS_OF_A_SCALE
        else None
    )


def _alpha_of(known: Ratings, level: Level, bootstrap: int, seed: int) -> Callable[[], Alpha]:
    return lambda: krippendorff_alpha(known, level, bootstrap=bootstrap, seed=seed)


def _rating_scale(
    known: Ratings, model: Model, scale: tuple[float, float] | None, noncenter: Noncenter, report: Report
) -> Callable[[], RatingScaleFit]:
    if model == "jml":
        return lambda: joint_maximum_likelihood(known, scale, noncenter, report)
    return lambda: random_facets(known, scale, report=report)


def several_rate_the_same(known: Ratings) -> bool:
    """Whether raters of one target mostly score the same items, so that a target's answer to an item is rated twice."""
    return observed_design(known) == "same items"


def _design_of(known: Ratings) -> Design:
    """Each rater asks items of their own, unless these raters kept to one item each."""
    return "own raters" if observed_design(known) == "own raters" else "own items"


# ---- what is worth knowing of each part ----------------------------------------------------------------------------


def _of_size(known: Ratings) -> list[str]:
    few = too_few(known.n_targets)
    if few:
        return [few]
    if provisional(known.n_targets):
        return [f"Provisional: fewer than {TARGETS_FOR_A_FIRM_CLAIM} targets are rated."]
    return []


def _of_correlations(known: Ratings, found: Icc) -> list[str]:
    said = ["Intraclass correlations are those of each rater's mean over items."] if known.n_items > 1 else []
    if found.not_estimable:
        return [*said, f"The intraclass correlation is {found.not_estimable}."]
    if found.method != ANOVA:
        return [*said, f"Not everybody rated everybody: intraclass correlations come from {found.method}."]
    return said


def _of_mixed_model(known: Ratings, mixed: MixedModel, study: DStudy) -> list[str]:
    if mixed.not_estimable:
        return [f"The mixed model is {mixed.not_estimable}."]
    levels = {"target": known.n_targets, "rater": known.n_raters, "item": known.n_items}
    said = [
        f"The mixed model is without {name}: {reason}."
        for name, reason in mixed.left_out.items()
        if all(levels[facet] > 1 for facet in name.split(":"))
    ]
    said += mixed.notes
    if several_rate_the_same(known) and mixed.variance("target:item") is None:
        said.append(SAME_ANSWERS)
    return [*said, study.one_item_only] if study.one_item_only else said


def _of_design(design: RatingDesign) -> list[str]:
    if not design.is_connected or design.rank_deficiency:
        return [design.summary()]
    return [design.weak_links.summary()] if design.weak_links.links else []


def _of_rating_scale(scaled: RatingScaleFit) -> list[str]:
    if scaled.not_estimable:
        return [f"The rating scale model is {scaled.not_estimable}.", *scaled.notes]
    measures = [each.measure for each in scaled.thresholds]
    in_order = measures == sorted(measures)
    disordered = "The thresholds are not in order: some levels are nowhere the most likely."
    return [*scaled.notes] if in_order else [*scaled.notes, disordered]
