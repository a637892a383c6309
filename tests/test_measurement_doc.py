"""The worked example of docs/measurement.md says what the code computes from docs/example_ratings.csv."""

import re
from pathlib import Path

import pandas as pd
import pytest

from panel.stats.calibration_report import CalibrationReport, calibration_report

DOCS = Path(__file__).resolve().parent.parent / "docs"
TOUR = re.sub(r"\s+", " ", (DOCS / "measurement.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report() -> CalibrationReport:
    return calibration_report(
        pd.read_csv(DOCS / "example_ratings.csv"),
        scale=(1, 5),
        terms=["target", "rater", "item", "target:rater", "target:item"],
        design="same items",
    )


def test_every_figure_of_the_example_is_the_codes(report: CalibrationReport) -> None:
    alpha, single = report.alphas["ordinal"], report.icc.form("ICC(A,1)")
    assert alpha is not None
    share = {each.term: f"{100 * each.share:.0f} %" for each in report.mixed_model.components}
    severity = {each.rater: f"{each.severity:.2f}".replace("-", "−") for each in report.mixed_model.raters}
    fair = {each.target: each for each in report.mixed_model.targets}
    saoirse, henrike = fair["Saoirse Ní Dhomhnaill"], fair["Henrike Oostendorp"]
    six, three = (report.d_study.raters_needed(items=items) for items in (6, 3))
    claims = [
        f"{report.n_ratings:,} ratings of {report.n_targets} made-up candidates",
        f"(rank {report.design.rank} of {report.design.expected_rank})",
        f"alpha (ordinal) is {alpha.estimate:.2f}, 95 % interval {alpha.low:.2f} to {alpha.high:.2f}",
        f"{100 * (report.percent.exact or 0):.0f} % of pairs gave the same level and "
        f"{100 * (report.percent.within_one or 0):.0f} % were within one",
        f"ICC(A,1) = {single.estimate:.2f}, interval {single.low:.2f} to {single.high:.2f}",
        f"{share['target']} candidates, {share['rater']} severity of interviewers, {share['item']} questions, "
        f"{share['target:rater']} halo, {share['target:item']} single answers (how one candidate did on one question), "
        f"{share['residual']} all else",
        f"Tomasz Zieliński rates {severity['Tomasz Zieliński']} levels below",
        f"severity {severity['Rafael Quintero']}",
        f"raw mean is {saoirse.raw_mean:.2f}; her fair average is {saoirse.fair_average:.2f} with a standard error of "
        f"{saoirse.se:.2f}",
        f"has {henrike.raw_mean:.2f} and {henrike.fair_average:.2f}",
    ]
    assert [claim for claim in claims if claim not in TOUR] == []
    assert (six, three, report.typical_items) == (6, None, 6)
    assert saoirse.n_raters == 3
