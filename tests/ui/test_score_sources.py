"""Where scores come from: what is fitted for which sitting, and whose severity compares with whose."""

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from panel.actions import score_sources
from panel.ui.components.score_sources import candidates_apart
from panel.ui.components.severities import harsher, interviewers_apart
from tests.ui.driving import seen_in

NAMES = {"p1": "Ana", "p2": "Bo", "p3": "Cy", "p4": "Di", "p5": "<b>Ed</b>", "p6": "Flo"}
EVERYBODY = tuple(NAMES)
QUESTIONS = ("q1", "q2", "q3")
LENIENT_TO_HARSH = dict(zip(NAMES, (-0.8, 0.0, 0.8, -0.8, 0.0, 0.8), strict=True))


def ratings(sittings: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], seed: int = 5) -> pd.DataFrame:
    """A long table: in sitting n, candidate n is rated by these interviewers on these questions, level 1 to 5."""
    random = np.random.default_rng(seed)
    rows = []
    for number, (people, questions) in enumerate(sittings):
        level = random.normal(3, 0.8)
        answers = {question: random.normal(0, 0.6) for question in questions}
        for person, question in product(people, questions):
            score = level + answers[question] - LENIENT_TO_HARSH[person] + random.normal(0, 0.5)
            rows.append((f"candidate {number}", person, question, float(np.clip(np.round(score), 1, 5))))
    return pd.DataFrame(rows, columns=["target", "rater", "item", "score"])


def page(table: "Any", sitting: "Any", names: dict[str, str]) -> None:
    """What the page says of one kind of sitting, as it stands on the calibration page."""
    from panel.actions.calibration_parts import of_one_sitting  # noqa: PLC0415  # a script of its own
    from panel.actions.score_sources import sources_of  # noqa: PLC0415
    from panel.ui.components import score_sources, severities  # noqa: PLC0415

    sources = sources_of(sitting, table)
    score_sources.shown(sources, table["target"].nunique())
    beside = of_one_sitting(sitting, table, 5)
    paired = {str(each.rater): each for each in beside.offsets.offsets}
    severities.severities(beside.severity, paired, sitting, names, names)


def text_of(sitting: str, table: pd.DataFrame) -> str:
    """What the page says, in one line."""
    dated = table.assign(started=pd.Timestamp("2026-03-02"))
    app = AppTest.from_function(page, args=(dated, sitting, NAMES), default_timeout=60).run()
    assert not app.exception
    return " ".join(" ".join(line for node in app._tree for line in seen_in(node)).split())


TWO_PANELS = [(EVERYBODY[:3], ("q1", "q2", "q3"))] * 20 + [(EVERYBODY[3:], ("q4", "q5", "q6"))] * 16


def test_in_a_panel_the_answer_is_told_from_everything_else() -> None:
    said = text_of("panel", ratings([(EVERYBODY[:3], QUESTIONS)] * 32))
    assert "candidate x question" in said
    assert (
        "Halo is one interviewer's impression of one candidate that colours all their questions. Answers is how one "
        "candidate answered one question, whoever rated it. All else is what differs from rating to rating." in said
    )


def test_in_separate_sittings_there_is_no_answer_that_two_heard() -> None:
    sittings = [((EVERYBODY[n % 3], EVERYBODY[(n + 1) % 3]), QUESTIONS) for n in range(32)]
    said = text_of("separate", ratings(sittings))
    assert "Provisional: Of the variance of the scores, candidate" in said
    assert "Answers is" not in said
    assert "candidate x question" not in said


def test_where_all_can_be_compared_severity_is_one_picture_in_the_order_of_names() -> None:
    said = text_of("panel", ratings([(EVERYBODY[:3], QUESTIONS)] * 32))
    assert "takes into account how harsh the others of each sitting are" in said
    row = r"{} {}, between \d\.\d and \d\.\d {}, between \d\.\d and \d\.\d 96 32"
    lenient, harsh = (r"\d\.\d levels " + way for way in ("more lenient", "harsher"))
    assert re.search(row.format("Ana", lenient, lenient), said)
    assert re.search(row.format("Cy", harsh, harsh), said)
    assert "Bo no clear difference: between" in said
    assert said.index("Ana 0") < said.index("Bo no") < said.index("Cy 0")
    assert "Group 1" not in said
    assert "can be compared" not in said


def test_severity_of_panels_that_never_meet_stands_in_groups_by_name() -> None:
    said = text_of("panel", ratings(TWO_PANELS))
    assert (
        "In this kind of sitting, severity compares within each of these 2 groups only: Ana, Bo and Cy; <b>Ed</b>, Di "
        "and Flo. Between groups, a harsh interviewer cannot be told from weaker candidates." in said
    )
    assert "Not all candidates can be compared: they fall into 2 groups, of 20 and 16." in said
    assert "Group 1 of 2" in said
    assert "Group 2 of 2" in said


def test_where_nobody_rated_what_another_did_no_severity_is_compared() -> None:
    own = [
        ratings([((EVERYBODY[place],), (f"q{place}", f"r{place}"))] * 12, seed=place).assign(place=place)
        for place in range(3)
    ]
    rows = pd.concat(own)
    rows["target"] = rows["target"] + rows["place"].astype(str)
    said = text_of("separate", rows)
    assert "No two interviewers rated the same in this kind of sitting, so nothing can be compared." in said
    assert "Group 1" not in said


def test_eight_candidates_support_no_reliability_but_severity_with_its_interval() -> None:
    said = text_of("panel", ratings([(EVERYBODY[:3], QUESTIONS)] * 8))
    assert "No reliability claim: 8 candidates rated, 22 more needed to reach the minimum of 30." in said
    assert "Cy 1.0 levels harsher, between" in said or "Cy 0." in said


def test_what_takes_too_many_interviewers_is_out_of_reach_in_words() -> None:
    random = np.random.default_rng(2)
    rows = [
        (f"candidate {number}", person, question, round(float(np.clip(level + answer + random.normal(0, 0.6), 1, 5))))
        for number in range(60)
        for level in [random.normal(3, 0.5)]
        for question in QUESTIONS
        for answer in [random.normal(0, 1.0)]
        for person in EVERYBODY[:3]
    ]
    said = text_of("panel", pd.DataFrame(rows, columns=["target", "rater", "item", "score"]).astype({"score": float}))
    assert "Provisional: A reliability of 0.80 is out of reach: 50 interviewers" in said


def test_a_large_panel_is_fitted_on_candidates_drawn_at_random_and_says_so() -> None:
    table = ratings([(EVERYBODY[:3], QUESTIONS)] * 400)
    found = score_sources.sources_of("panel", table)
    assert found.drawn == 333
    assert {each.term for each in found.model.components} == {*score_sources.TERMS["panel"], "residual"}
    assert (found.groups, found.model.n_targets) == ((400,), 333)
    assert score_sources.sources_of("panel", table).model == found.model
    assert "Shares of variance are of 333 candidates drawn at random of 400" in text_of("panel", table)


def test_a_design_too_large_to_find_out_says_that_it_is_not_known() -> None:
    assert candidates_apart((3,)) is None
    assert candidates_apart(None) == (
        "Which candidates can be compared is not known: the ratings are too many and too sparse to find out."
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0.42, 0.11, 0.73), "0.4 levels harsher, between 0.1 and 0.7"),
        ((-0.42, -0.73, -0.11), "0.4 levels more lenient, between 0.1 and 0.7"),
        ((0.05, -0.2, 0.3), "no clear difference: between 0.2 more lenient and 0.3 harsher"),
        ((1.0, None, None), "1.0 levels harsher, without an interval"),
        ((0.0, None, None), "no difference"),
        ((None, None, None), "nothing shared"),
    ],
)
def test_severity_is_said_in_levels(numbers: tuple[float | None, ...], words: str) -> None:
    assert harsher(*numbers) == words


def test_many_groups_are_counted_not_all_named_and_who_shares_nothing_is() -> None:
    groups = [*([f"{one}{two}" for two in "ab"] for one in "cdefghij"), ["Zoe"]]
    said = interviewers_apart(groups)
    assert said.startswith(
        "In this kind of sitting, severity compares within each of these 8 groups only: ca and cb; da and db;"
    )
    assert said.endswith(
        "; and 2 more. Between groups, a harsh interviewer cannot be told from weaker candidates. "
        "Zoe shares nothing with anybody in this kind of sitting and cannot be compared."
    )
