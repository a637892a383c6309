"""The report of `calibrate` as JSON. Numbers that the ratings cannot give are null."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from panel.stats.agreement_coefficients import AgreementCoefficient
from panel.stats.calibration_report import CalibrationReport
from panel.stats.cohen_kappa import CohenKappas
from panel.stats.icc import Icc
from panel.stats.mixed_model import MixedModel
from panel.stats.rating_scale import Measure, RatingScaleFit

TERMS = ("target", "rater", "item", "target:rater")


def as_json(report: CalibrationReport, remarks: Sequence[str] = ()) -> dict[str, Any]:
    """A document of plain values, in the order it is read."""
    design = report.design
    return {
        "n": {
            "targets": report.n_targets,
            "raters": report.n_raters,
            "items": report.n_items,
            "ratings": report.n_ratings,
        },
        "connectivity": {
            "subsets": len(design.subsets),
            "rank": design.rank,
            "expected_rank": design.expected_rank,
            "rank_deficiency": design.rank_deficiency,
            "all_targets_comparable": design.all_targets_comparable,
            "weak_links": [each.summary() for each in design.weak_links.links],
        },
        "agreement": _agreement(report),
        "icc": _icc(report.icc),
        "mixed_model": None if report.mixed_model.not_estimable else _mixed_model(report.mixed_model),
        "rating_scale": _rating_scale(report.rating_scale),
        "d_study": [
            {
                "raters": row.raters,
                "items": row.items,
                "relative": row.relative,
                "adjusted": row.adjusted,
                "absolute": row.absolute,
            }
            for row in report.d_study.rows
        ],
        "d_study_design": report.d_study.design,
        "warnings": [*remarks, *report.warnings],
    }


def _agreement(report: CalibrationReport) -> dict[str, Any]:
    alphas = report.alphas
    return {
        "alpha": {level: alpha.estimate if alpha else None for level, alpha in alphas.items()},
        "alpha_ci": {
            level: {"low": alpha.low, "high": alpha.high} if alpha else None for level, alpha in alphas.items()
        },
        "percent_exact": report.percent.exact,
        "percent_within_one": report.percent.within_one,
        "cohen_kappa": _kappas(report.kappas) if report.kappas else {},
        "fleiss_kappa": _coefficient(report.fleiss),
        "gwet_ac1": _coefficient(report.ac1),
        "gwet_ac2_quadratic": _coefficient(report.ac2_quadratic),
    }


def _kappas(kappas: CohenKappas) -> dict[str, dict[str, Any]]:
    """By "A-B"; where names with hyphens make two pairs alike, by their names as a JSON list."""
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for each in kappas.kappas:
        pair = pairs.setdefault((str(each.first), str(each.second)), {"n": each.n_units, "se": {}})
        pair[each.weights] = each.estimate
        pair["se"][each.weights] = each.se
    times = Counter("-".join(names) for names in pairs)
    return {
        "-".join(names) if times["-".join(names)] == 1 else json.dumps(names, ensure_ascii=False): pair
        for names, pair in pairs.items()
    }


def _coefficient(found: AgreementCoefficient | None) -> dict[str, float | None] | None:
    if found is None:
        return None
    return {"estimate": found.estimate, "se": found.se, "low": found.low, "high": found.high}


def _icc(icc: Icc) -> dict[str, dict[str, Any]]:
    """Every form under its name by Shrout & Fleiss, and by McGraw & Wong where that differs."""
    forms: dict[str, dict[str, Any]] = {}
    for form in icc.forms:
        found = {
            "value": form.estimate,
            "f": form.F,
            "df1": form.df1,
            "df2": form.df2,
            "low": form.low,
            "high": form.high,
            "k": form.k,
            "method": icc.method,
        }
        forms[form.shrout_fleiss] = found
        forms[form.name] = found
    return forms


def _mixed_model(model: MixedModel) -> dict[str, Any]:
    components = {each.term: each for each in model.components}
    names = list(dict.fromkeys([*TERMS, *components]))
    return {
        "mean": model.mean,
        "mean_se": model.mean_se,
        "components": {name: components[name].variance if name in components else None for name in names},
        "components_se": {name: components[name].se if name in components else None for name in names},
        "log_likelihood": model.log_likelihood,
        "raters": [
            {"id": str(each.rater), "severity": each.severity, "se": each.se, "n": each.n_ratings}
            for each in model.raters
        ],
        "targets": [
            {
                "id": str(each.target),
                "raw_mean": each.raw_mean,
                "fair_average": each.fair_average,
                "se": each.se,
                "n": each.n_ratings,
                "raters": each.n_raters,
                "group": each.group,
            }
            for each in model.targets
        ],
        "items": [
            {"id": str(each.item), "difficulty": each.difficulty, "se": each.se, "n": each.n_ratings}
            for each in model.items
        ],
    }


def _rating_scale(fit: RatingScaleFit | None) -> dict[str, Any] | None:
    if fit is None or fit.not_estimable:
        return None
    return {
        "method": fit.method,
        "raters": [_measure(each) for each in fit.raters],
        "targets": [_measure(each) for each in fit.targets],
        "items": [_measure(each) for each in fit.items],
        "thresholds": [each.measure for each in fit.thresholds],
        "threshold_levels": [each.level for each in fit.thresholds],
        "thresholds_se": [each.se for each in fit.thresholds],
        "log_likelihood": fit.log_likelihood,
    }


def _measure(each: Measure) -> dict[str, Any]:
    return {
        "id": str(each.label),
        "measure": each.measure,
        "se": each.se,
        "infit": each.infit,
        "outfit": each.outfit,
        "n": each.n_ratings,
        "fair_average": each.fair_average,
        "extreme": each.extreme,
    }
