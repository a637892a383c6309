"""Where the scores come from: the variance components of one plan, severities, and what more interviewers would add."""

import hashlib

import pandas as pd
import streamlit as st
from markupsafe import Markup

from panel.actions.calibration import TeamCalibration
from panel.stats.generalizability import Design, d_study, typical_items
from panel.stats.mixed_model import MixedModel, crossed_mixed_model
from panel.stats.ratings import read_ratings
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui import charts
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.words import count

PLOT = {"displayModeBar": False}
WORDS = {"target": "candidate", "rater": "interviewer", "item": "question"}
SITTINGS = {"panel": "Panel sittings", "separate": "Separate sittings"}
DESIGNS: dict[str, Design] = {"panel": "same items", "separate": "own items"}
REACH = 0.8
COMPONENTS = {
    "target": "candidates",
    "rater": "severity",
    "item": "questions",
    "target:rater": "halo",
    "residual": "all else",
}


def where_scores_come_from(found: TeamCalibration) -> None:
    frame.section("Where the scores come from", "the mixed model behind fair scores")
    sitting = next(iter(found.tables))
    if len(found.tables) > 1:
        sitting = st.segmented_control(
            "Sittings", list(found.tables), format_func=SITTINGS.__getitem__, default=sitting, required=True,
            key="model-sitting", label_visibility="collapsed",
        )  # fmt: skip
    table = found.tables[sitting]
    model = long_fit("mixed-model", _digest(table), lambda report: crossed_mixed_model(table, report=report))
    if model is None:
        return
    frame.quiet(model.summary(**WORDS))
    if model.not_estimable or model.n_targets < TARGETS_FOR_A_CLAIM:
        return
    st.plotly_chart(
        charts.components([(COMPONENTS[each.term], each.share) for each in model.components], frame.palette()),
        config=PLOT,
        key="components",
        theme=None,
        alt="Share of the variance of the scores by where it comes from",
    )
    frame.quiet(
        "Halo is one interviewer's impression of one candidate that colours all their questions. All else is what "
        "differs from answer to answer."
    )
    frame.html(Markup('<p class="question-prompt">{}</p>').format(_needed(model, table, sitting)))
    _severities(model, found.names)


def _digest(table: pd.DataFrame) -> str:
    """The same ratings give the same model, whoever looks."""
    return hashlib.sha256(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()).hexdigest()


def _needed(model: MixedModel, table: pd.DataFrame, sitting: str) -> str:
    """How many interviewers for a reliability of .80, with as many questions each as they asked so far."""
    asked = typical_items(read_ratings(table))
    return d_study(model, design=DESIGNS[sitting]).summary(REACH, items=asked, **WORDS)


def _severities(model: MixedModel, names: dict[str, str]) -> None:
    """In the order of names, not to be sorted: it is no leaderboard."""
    by_person = {str(each.rater): each for each in model.raters}
    rows = Markup("")
    for person, name in names.items():
        one = by_person.get(person)
        if one is None or one.standard_error is None:
            continue
        rows += Markup("<tr><td>{}</td><td>{:+.2f}</td><td>{:.2f}</td><td>{}</td></tr>").format(
            name,
            one.severity,
            one.standard_error,
            f"{count(one.n_ratings, 'rating')}, {count(one.n_targets, 'candidate')}",
        )
    if not rows:
        frame.quiet("No difference in severity between the interviewers can be told from chance.")
        return
    titles = ("Interviewer", "Severity, levels", "Standard error", "Stands on")
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    with st.expander("Severity by the model"):
        frame.quiet("Above 0 is harsher than the average interviewer; drawn towards 0 where little stands behind it.")
        frame.html(
            Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(
                head, rows
            )
        )
