"""Candidates next to each other: by competency, every rating with its anchor and the note that explains it."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.actions.compare import Compared
from panel.domain.scorecards import OUTCOME_NAMES, RECOMMENDATION_NAMES
from panel.domain.scores import Observed, Split
from panel.ui.components import frame
from panel.ui.components.ratings import level_chip, note_block
from panel.ui.palette import nearest
from panel.ui.words import count


def side_by_side(chosen: list[Compared], competencies: tuple[str, ...], shown: Callable[[float], str]) -> None:
    """`shown` writes a score as the team wants to read it."""
    for column, each in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
        with column:
            _headline(each, shown)
    for name in competencies:
        frame.section(name)
        for column, each in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
            with column:
                _competency(each, name, shown)
    frame.section("Recommendations")
    for column, each in zip(st.columns(len(chosen), gap="large"), chosen, strict=True):
        with column:
            _recommendations(each)


def _headline(each: Compared, shown: Callable[[float], str]) -> None:
    score = "–" if each.score.score is None else shown(each.score.score)
    behind = f"{count(each.score.ratings, 'rating')} by {count(each.score.interviewers, 'interviewer')}"
    frame.html(
        Markup(
            '<p class="question-prompt">{}</p><p><b>{}</b> <span class="quiet">{}, {} of {} scorecards</span></p>'
        ).format(each.candidate.name, score, behind, each.submitted, each.scorecards)
    )
    st.page_link("screens/debrief.py", label="Open the debrief", query_params={"candidate": each.candidate.id})
    if each.withheld_rounds:
        frame.quiet(f"{withheld(each)}.")
    for split in each.score.splits:
        frame.html(split_fold(split))


def split_fold(split: Split) -> Markup:
    """A split that opens the two ratings with their notes."""
    return Markup(
        "<details><summary><b>Split</b> {}: {} and {} are {} levels apart</summary>"
        '<p class="quiet">{}</p>{}{}</details>'
    ).format(
        split.competency, split.low.person_name, split.high.person_name, split.gap, split.prompt,
        _rating(split.low), _rating(split.high),
    )  # fmt: skip


def withheld(each: Compared) -> str:
    """`2 rounds withheld until you submit your own`, or until the panel has; empty without any."""
    waiting = each.withheld_rounds - each.owed_rounds
    parts = []
    if each.owed_rounds:
        parts.append(f"{count(each.owed_rounds, 'round')} withheld until you submit your own")
    if waiting > 0:
        parts.append(f"{count(waiting, 'round')} withheld until the whole panel has submitted")
    return "; ".join(parts)


def _recommendations(each: Compared) -> None:
    for one in each.recommendations:
        words = RECOMMENDATION_NAMES[one.recommendation]  # type: ignore[index]
        frame.html(
            Markup('<p><b>{}</b> <span class="quiet">{}, {}</span></p>{}').format(
                words, one.person_name, one.round_name, note_block(one.summary)
            )
        )


def _competency(each: Compared, name: str, shown: Callable[[float], str]) -> None:
    score = each.score.competencies.get(name)
    if score is None:
        frame.quiet("Not assessed in what you may read." if each.withheld_rounds else "Not assessed.")
    else:
        frame.html(
            Markup('<p><span class="chip level-{}">{}</span> <span class="quiet">{} by {}</span></p>').format(
                nearest(score.score) + 1,
                shown(score.score),
                count(score.ratings, "rating"),
                count(score.interviewers, "interviewer"),
            )
        )
    questions: dict[tuple[str, str], list[Observed]] = {}
    for one in each.observed:
        if one.competency == name:
            questions.setdefault((one.round_name, one.prompt), []).append(one)
    for (round_name, prompt), ratings in sorted(questions.items(), key=lambda each: each[0]):
        rows = Markup("").join(
            _rating(one) for one in sorted(ratings, key=lambda one: (one.level or 0, one.person_name))
        )
        frame.html(
            Markup('<div class="row-line"><p>{} <span class="quiet">{}</span></p>{}</div>').format(
                prompt, round_name if ratings[0].counts else f"{round_name} · on trial, not counted yet", rows
            )
        )


def _rating(one: Observed) -> Markup:
    if one.level is None:
        chip = Markup('<span class="chip none">{}</span>').format(OUTCOME_NAMES[one.outcome])  # type: ignore[index]
    else:
        chip = level_chip(one.level, one.levels, one.label)
    return Markup('<p title="{}">{} <span class="quiet">{}</span></p>{}').format(
        one.anchor, chip, one.person_name, note_block(one.note)
    )
