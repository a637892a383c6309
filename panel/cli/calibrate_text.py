"""The report of `calibrate` as text for a terminal."""

from collections.abc import Iterable, Sequence

from panel.stats.calibration_report import CalibrationReport
from panel.stats.mixed_model import MixedModel
from panel.stats.rating_scale import RatingScaleFit
from panel.stats.wording import count, too_few

MOST_ROWS = 40
REACH = 0.8


def as_text(report: CalibrationReport, remarks: Sequence[str] = ()) -> str:
    """Sections with a heading each; tables of at most MOST_ROWS rows, told when shortened."""
    counts = ", ".join(
        [count(report.n_targets, "target"), count(report.n_raters, "rater"), count(report.n_items, "item")]
    )
    gate = too_few(report.n_targets)
    shown = (gate, report.design.summary())
    sections = [
        (
            "Ratings",
            [
                f"{count(report.n_ratings, 'rating')}: {counts}.",
                *([f"{gate} With --json every coefficient is given all the same."] if gate else []),
            ],
        ),
        ("Connectivity", [report.design.summary()]),
        ("Agreement", _agreement(report)),
        ("Intraclass correlation", _icc(report)),
        ("Mixed model", _mixed_model(report.mixed_model)),
        ("Rating scale model", _rating_scale(report.rating_scale) if report.rating_scale else []),
        ("More raters or items", _d_study(report)),
        ("Worth knowing", [f"- {each}" for each in (*remarks, *report.warnings) if each not in shown]),
    ]
    said = [(title, [line for line in lines if line != gate or title == "Ratings"]) for title, lines in sections]
    return "\n\n".join(
        "\n".join([title, "-" * len(title), *_trimmed(lines)]) for title, lines in said if _trimmed(lines)
    )


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without the empty line that a heading would be followed by."""
    return list(lines[1:] if lines and not lines[0] else lines)


def _agreement(report: CalibrationReport) -> list[str]:
    coefficients = [report.fleiss, report.ac1, report.ac2_quadratic]
    found = [report.alphas["ordinal"], report.percent, report.kappas, *coefficients]
    return list(dict.fromkeys(each.summary() for each in found if each))


def _icc(report: CalibrationReport) -> list[str]:
    """The agreement of a single rater in words, and every form in a table where a claim may be made."""
    lines = [report.icc.summary()]
    if report.icc.not_estimable or too_few(report.icc.n_compared):
        return lines
    rows = ((form.name, f"{form.k:.3g}", form.estimate, form.low, form.high) for form in report.icc.forms)
    return [*lines, "", *_table(("form", "speaks for raters", "estimate", "low", "high"), rows)]


def _mixed_model(model: MixedModel) -> list[str]:
    lines = [model.summary()]
    if model.not_estimable:
        return lines
    components = ((each.term, each.variance, each.se, f"{each.share:.0%}") for each in model.components)
    lines += ["", *_table(("component", "variance", "se", "share"), components)]
    severities = ((each.rater, each.severity, each.se, each.n_ratings) for each in model.raters)
    lines += ["", *_table(("rater", "severity", "se", "ratings"), severities)] if model.raters else []
    difficulties = ((each.item, each.difficulty, each.se, each.n_ratings) for each in model.items)
    lines += ["", *_table(("item", "difficulty", "se", "ratings"), difficulties)] if model.items else []
    averages = (
        (each.target, each.raw_mean, each.fair_average, each.se, each.n_ratings, each.n_raters)
        for each in model.targets
    )
    return [*lines, "", *_table(("target", "raw mean", "fair average", "se", "ratings", "raters"), averages)]


def _rating_scale(fit: RatingScaleFit) -> list[str]:
    lines = [fit.summary()]
    if fit.not_estimable:
        return lines
    headings = ("measure", "se", "infit", "outfit", "fair average", "ratings")
    for name, measures in (("rater", fit.raters), ("item", fit.items), ("target", fit.targets)):
        rows = (
            (each.label, each.measure, each.se, each.infit, each.outfit, each.fair_average, each.n_ratings)
            for each in measures
        )
        lines += ["", *_table((name, *headings), rows)] if measures else []
    thresholds = ((f"{each.below:g} to {each.level:g}", each.measure, each.se) for each in fit.thresholds)
    return [*lines, "", *_table(("threshold", "measure", "se"), thresholds)]


def _d_study(report: CalibrationReport) -> list[str]:
    study = report.d_study
    lines = [study.summary(REACH, items=report.typical_items)]
    if study.not_estimable or too_few(study.n_targets):
        return lines
    items = {1, 3, report.typical_items}
    chosen = [row for row in study.rows if row.raters in (1, 2, 3, 4, 6, 8) and row.items in items]
    rows = ((row.raters, row.items, row.relative, row.adjusted, row.absolute) for row in chosen)
    return [*lines, "", *_table(("raters", "items each", "relative", "adjusted", "absolute"), rows)]


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Columns as wide as they need; the first to the left, numbers to the right."""
    known = list(rows)
    cells = [list(headings), *([_cell(each) for each in row] for row in known[:MOST_ROWS])]
    widths = [max(len(row[n]) for row in cells) for n in range(len(headings))]
    lines = [
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    if len(known) > MOST_ROWS:
        lines.append(f"... and {len(known) - MOST_ROWS:,} more; --json has all.")
    return lines


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}"
    text = str(value)
    return f"{text[:39]}…" if len(text) > 40 else text
