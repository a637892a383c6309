"""Where scores come from: what is fitted for which sitting, and whose severity compares with whose."""

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from panel.stats.rating_design import rating_design
from panel.ui.components.fair_model import candidates_apart, interviewers_apart
from tests.ui.driving import seen_in

NAMES = {"p1": "Ana", "p2": "Bo", "p3": "Cy", "p4": "Di", "p5": "<b>Ed</b>", "p6": "Flo"}
EVERYBODY = tuple(NAMES)
QUESTIONS = ("q1", "q2", "q3")
LENIENT_TO_HARSH = dict(zip(NAMES, (-0.8, 0.0, 0.8, -0.8, 0.0, 0.8), strict=True))


def ratings(sittings: list[tuple[tuple[str, ...], tuple[str, ...]]], seed: int = 5) -> pd.DataFrame:
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


def page(sitting: str, table: object, names: dict[str, str]) -> None:
    from panel.ui.components.fair_model import of_sitting  # noqa: PLC0415  # a script of its own

    of_sitting(sitting, table, names)


def text_of(sitting: str, table: pd.DataFrame) -> str:
    """What the page says, in one line, once the model is fitted."""
    app = AppTest.from_function(page, args=(sitting, table, NAMES), default_timeout=60).run()
    fit = next(iter(app.session_state["fits"]["mixed-model"].values()))
    assert fit.over.wait(60)
    app.run()
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


def test_where_all_can_be_compared_severity_is_one_table_beside_the_average() -> None:
    said = text_of("panel", ratings([(EVERYBODY[:3], QUESTIONS)] * 32))
    assert "Above 0 is harsher than the average interviewer" in said
    assert "Interviewer Severity, levels Standard error Stands on Ana -" in said
    assert "Group 1" not in said
    assert "Not all candidates can be compared" not in said


def test_severity_of_panels_that_never_meet_stands_in_groups_by_name() -> None:
    said = text_of("panel", ratings(TWO_PANELS))
    assert (
        "Severity compares within each of these 2 groups only: Ana, Bo and Cy; Di, <b>Ed</b> and Flo. Between groups, "
        "a harsh interviewer cannot be told from hard questions or weaker candidates." in said
    )
    assert "Not all candidates can be compared: they fall into 2 groups, of 20 and 16." in said
    assert "Above 0" not in said
    assert (
        "Interviewer Severity, levels Standard error Stands on "
        "Group 1 of 2 Ana # # 60 ratings, 20 candidates Bo # # 60 ratings, 20 candidates "
        "Cy # # 60 ratings, 20 candidates "
        "Group 2 of 2 Di # # 48 ratings, 16 candidates <b>Ed</b> # # 48 ratings, 16 candidates "
        "Flo # # 48 ratings, 16 candidates" in re.sub(r"[+-]?\d\.\d\d", "#", said)
    )


def test_where_all_met_everybody_only_the_questions_stand_between_two_panels() -> None:
    first, second = ratings([(EVERYBODY[:3], ("q1", "q2"))] * 32), ratings([(EVERYBODY[3:], ("q3", "q4"))] * 32)
    said = text_of("panel", pd.concat([first, second]))
    assert (
        "Severity compares within each of these 2 groups only: Ana, Bo and Cy; Di, <b>Ed</b> and Flo. Between groups, "
        "a harsh interviewer cannot be told from hard questions. Within a group, higher is harsher" in said
    )
    assert "Not all candidates" not in said


def test_where_everybody_asks_their_own_questions_no_severity_is_compared() -> None:
    own = [ratings([((EVERYBODY[place],), (f"q{place}", f"r{place}"))] * 36, seed=place) for place in range(3)]
    said = text_of("separate", pd.concat(own))
    assert "The severity of no two interviewers can be compared: a harsh interviewer cannot be told from hard q" in said
    assert "Standard error" not in said
    assert "Not all candidates" not in said


def test_a_design_too_large_to_find_out_says_that_it_is_not_known() -> None:
    design = rating_design(ratings([(EVERYBODY[:3], QUESTIONS)] * 3))
    assert candidates_apart(design) is None
    assert candidates_apart(replace(design, comparable_targets=None, comparable_raters=None)) == (
        "Which candidates and which interviewers can be compared is not known: the ratings are too many and too sparse "
        "to find out."
    )


def test_of_very_many_groups_the_first_are_named() -> None:
    assert interviewers_apart(
        [["Ana", "Bo"], ["Cy"], ["Di"], ["Ed"], ["Flo"], ["Gil"], ["Hu"], ["Ida"]], same_candidates=False
    ) == (
        "Severity compares within each of these 8 groups only: Ana and Bo; Cy; Di; Ed; Flo; Gil; and 2 more below. "
        "Between groups, a harsh interviewer cannot be told from hard questions or weaker candidates."
    )
