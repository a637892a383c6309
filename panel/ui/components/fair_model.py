"""Where the scores come from: the variance components of one plan, severities, and what more interviewers would add."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from panel.actions.calibration import TeamCalibration
from panel.stats.generalizability import Design, d_study, typical_items
from panel.stats.mixed_model import DEFAULT_TERMS, MixedModel, RaterSeverity, crossed_mixed_model
from panel.stats.progress import Report
from panel.stats.rating_design import RatingDesign, rating_design
from panel.stats.ratings import read_ratings
from panel.stats.wording import TARGETS_FOR_A_CLAIM, listed
from panel.ui import charts
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.words import count

PLOT = {"displayModeBar": False}
WORDS = {"target": "candidate", "rater": "interviewer", "item": "question"}
SITTINGS = {"panel": "Panel sittings", "separate": "Separate sittings"}
DESIGNS: dict[str, Design] = {"panel": "same items", "separate": "own items"}
# In a panel several interviewers rate the same answer, so what is good or bad about the answer can be told apart.
TERMS = {"panel": ("target", "rater", "item", "target:rater", "target:item"), "separate": DEFAULT_TERMS}
REACH = 0.8
COMPONENTS = {
    "target": "candidates",
    "rater": "severity",
    "item": "questions",
    "target:rater": "halo",
    "target:item": "answers",
    "residual": "all else",
}
MEANINGS = {
    "target:rater": "Halo is one interviewer's impression of one candidate that colours all their questions.",
    "target:item": "Answers is how one candidate answered one question, whoever rated it.",
    "residual": "All else is what differs from rating to rating.",
}
DRAWN = "drawn towards 0 where little stands behind it."
MOST_GROUPS_NAMED = 6


@dataclass(frozen=True)
class FairModel:
    """What is fitted for one kind of sitting: the model, and what its design can compare."""

    model: MixedModel
    design: RatingDesign


def where_scores_come_from(found: TeamCalibration) -> None:
    frame.section("Where the scores come from", "the mixed model behind fair scores")
    sitting = next(iter(found.tables))
    if len(found.tables) > 1:
        sitting = st.segmented_control(
            "Sittings", list(found.tables), format_func=SITTINGS.__getitem__, default=sitting, required=True,
            key="model-sitting", label_visibility="collapsed",
        )  # fmt: skip
    of_sitting(sitting, found.tables[sitting], found.names)


def of_sitting(sitting: str, table: pd.DataFrame, names: dict[str, str]) -> None:
    """The model of one kind of sitting, "panel" or "separate", from its long table; `names` by interviewer's id."""
    fair = long_fit("mixed-model", f"{sitting}:{_digest(table)}", lambda report: _fitted(sitting, table, report))
    if fair is None:
        return
    model = fair.model
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
    frame.quiet(" ".join(MEANINGS[each.term] for each in model.components if each.term in MEANINGS))
    apart = candidates_apart(fair.design)
    if apart:
        frame.quiet(apart)
    frame.html(Markup('<p class="question-prompt">{}</p>').format(_needed(model, table, sitting)))
    _severities(fair, names)


def _fitted(sitting: str, table: pd.DataFrame, report: Report) -> FairModel:
    report("Looking at who rated whom on what", None)
    design = rating_design(table)
    return FairModel(crossed_mixed_model(table, TERMS[sitting], report=report), design)


def _digest(table: pd.DataFrame) -> str:
    """The same ratings give the same model, whoever looks."""
    return hashlib.sha256(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()).hexdigest()


def _needed(model: MixedModel, table: pd.DataFrame, sitting: str) -> str:
    """How many interviewers for a reliability of .80, with as many questions each as they asked so far."""
    asked = typical_items(read_ratings(table))
    return d_study(model, design=DESIGNS[sitting]).summary(REACH, items=asked, **WORDS)


# ---- who can be compared ----------------------------------------------------------------------------------------


def candidates_apart(design: RatingDesign) -> str | None:
    """The sentence that says which candidates cannot be compared; None where all can."""
    groups = design.comparable_targets
    if groups is None:
        return (
            "Which candidates and which interviewers can be compared is not known: the ratings are too many and too "
            "sparse to find out."
        )
    if design.all_targets_comparable:
        return None
    sizes = listed([f"{len(each):,}" for each in groups], most=MOST_GROUPS_NAMED)
    return (
        f"Not all candidates can be compared: they fall into {len(groups):,} groups, of {sizes}. Between groups, a "
        "better candidate cannot be told from easier questions or more lenient interviewers."
    )


def interviewers_apart(groups: Sequence[Sequence[str]], *, same_candidates: bool) -> str:
    """The sentence that says within which of several groups of names severity can be compared, if within any.

    `same_candidates`: all candidates can be compared, so only the questions stand between the groups.
    """
    why = f"a harsh interviewer cannot be told from hard questions{'' if same_candidates else ' or weaker candidates'}."
    if all(len(each) == 1 for each in groups):
        return f"The severity of no two interviewers can be compared: {why}"
    named = "; ".join(listed(each, most=len(each)) for each in groups[:MOST_GROUPS_NAMED])
    more = len(groups) - MOST_GROUPS_NAMED
    return (
        f"Severity compares within each of these {len(groups)} groups only: {named}"
        f"{f'; and {more} more below' if more > 0 else ''}. Between groups, {why}"
    )


def _groups(design: RatingDesign, names: dict[str, str]) -> list[list[str]]:
    """The ids of the interviewers who can be compared, group by group, in the order of names. One group where it is
    not known, of which `candidates_apart` tells."""
    groups = design.comparable_raters
    if groups is None:
        return [list(names)]
    members = [{str(person) for person in group} for group in groups]
    return [[person for person in names if person in group] for group in members]


# ---- severity ---------------------------------------------------------------------------------------------------


def _severities(fair: FairModel, names: dict[str, str]) -> None:
    """In the order of names, not to be sorted: it is no leaderboard."""
    by_person = {str(each.rater): each for each in fair.model.raters if each.se is not None}
    if not by_person:
        frame.quiet("No difference in severity between the interviewers can be told from chance.")
        return
    groups = _groups(fair.design, names)
    apart = interviewers_apart(
        [[names[person] for person in group] for group in groups], same_candidates=fair.design.all_targets_comparable
    )
    if len(groups) > 1 and all(len(group) == 1 for group in groups):
        frame.quiet(apart)
        return
    with st.expander("Severity by the model"):
        if len(groups) == 1:
            frame.quiet(f"Above 0 is harsher than the average interviewer; {DRAWN}")
            _table(_rows(groups[0], by_person, names))
        else:
            frame.quiet(apart)
            frame.quiet(f"Within a group, higher is harsher; {DRAWN}")
            _table(_rows_in_groups(groups, by_person, names))


def _rows_in_groups(
    groups: Sequence[Sequence[str]], by_person: dict[str, RaterSeverity], names: dict[str, str]
) -> Markup:
    title = Markup('<tr><th colspan="4" scope="rowgroup">Group {} of {}</th></tr>')
    return Markup("").join(
        title.format(number, len(groups)) + _rows(group, by_person, names)
        for number, group in enumerate(groups, start=1)
    )


def _rows(group: Sequence[str], by_person: dict[str, RaterSeverity], names: dict[str, str]) -> Markup:
    return Markup("").join(
        Markup("<tr><td>{}</td><td>{:+.2f}</td><td>{:.2f}</td><td>{}</td></tr>").format(
            names[person],
            by_person[person].severity,
            by_person[person].se,
            f"{count(by_person[person].n_ratings, 'rating')}, {count(by_person[person].n_targets, 'candidate')}",
        )
        for person in group
        if person in by_person
    )


def _table(rows: Markup) -> None:
    titles = ("Interviewer", "Severity, levels", "Standard error", "Stands on")
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    frame.html(
        Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(head, rows)
    )
