"""Where the scores come from: the variance components of one kind of sitting, and what more interviewers would add."""

import streamlit as st
from markupsafe import Markup

from panel.actions.calibration import TeamCalibration
from panel.actions.calibration_parts import Sitting
from panel.actions.score_sources import Sources
from panel.stats.wording import TARGETS_FOR_A_CLAIM, listed
from panel.ui import calibration_charts, charts
from panel.ui.components import frame
from panel.ui.words import count

PLOT = {"displayModeBar": False}
WORDS = {"target": "candidate", "rater": "interviewer", "item": "question"}
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
MOST_GROUPS_NAMED = 6


def where_scores_come_from(found: TeamCalibration, sitting: Sitting) -> None:
    frame.section("Where the scores come from", "the mixed model behind fair scores")
    if found.sources is None or found.basis is None:
        frame.quiet("Not calculated yet.")
        return
    sources = found.sources.get(sitting)
    if sources is None:
        frame.quiet("Nothing has been submitted in this kind of sitting.")
        return
    shown(sources, found.basis.candidates)


def shown(sources: Sources, candidates: int) -> None:
    model = sources.model
    if model.not_estimable or model.n_targets < TARGETS_FOR_A_CLAIM:
        frame.quiet(model.summary(**WORDS))
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.plotly_chart(
            charts.components([(COMPONENTS[each.term], each.share) for each in model.components], frame.palette()),
            config=PLOT,
            key="components",
            theme=None,
            alt="Share of the variance of the scores by where it comes from",
        )
    with right:
        _study(sources)
    frame.quiet(model.summary(**WORDS))
    frame.quiet(" ".join(MEANINGS[each.term] for each in model.components if each.term in MEANINGS))
    if sources.drawn is not None:
        frame.quiet(
            f"Shares of variance are of {count(sources.drawn, 'candidate')} drawn at random of {candidates:,}, the "
            "same ones every time; all of them would take much longer and say nearly the same."
        )
    apart = candidates_apart(sources.groups)
    if apart:
        frame.quiet(apart)


def _study(sources: Sources) -> None:
    """How many interviewers for a reliability of .80, with as many questions each as they asked so far."""
    study = sources.study
    words = study.summary(REACH, items=sources.questions, **WORDS)
    if study.rows:
        needed = study.raters_needed(REACH, items=sources.questions)
        st.plotly_chart(
            calibration_charts.d_study(study.rows, REACH, needed, frame.palette()),
            config=PLOT,
            key="d-study",
            theme=None,
            alt=f"Reliability by number of interviewers. {words}",
        )
    frame.html(Markup('<p class="finding">{}</p>').format(words))


# ---- who can be compared ----------------------------------------------------------------------------------------


def candidates_apart(groups: tuple[int, ...] | None) -> str | None:
    """The sentence that says which candidates cannot be compared, by the sizes of their groups; None where all can."""
    if groups is None:
        return "Which candidates can be compared is not known: the ratings are too many and too sparse to find out."
    if len(groups) == 1:
        return None
    sizes = listed([f"{size:,}" for size in groups], most=MOST_GROUPS_NAMED)
    return (
        f"Not all candidates can be compared: they fall into {len(groups):,} groups, of {sizes}. Between groups, a "
        "better candidate cannot be told from easier questions or more lenient interviewers."
    )
