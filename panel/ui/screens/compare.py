"""Compare: the candidates of a role side by side, with what stands behind every number."""

import streamlit as st
from markupsafe import Markup

from panel.actions import compare, fair_comparison, fair_scores, roles, team_settings
from panel.actions.compare import Compared
from panel.actions.fair_comparison import Standing
from panel.domain.team_settings import gap_words, score_words
from panel.ui.components import (
    compare_chances,
    compare_pictures,
    compare_rows,
    compare_what_if,
    comparing,
    fair_words,
    frame,
    style,
)
from panel.ui.components.choose_candidates import MOST, choose_candidates
from panel.ui.components.choose_role import choose_role
from panel.ui.components.compare_rows import Beside
from panel.ui.components.score_display import score_display
from panel.ui.resources import visitor
from panel.ui.words import count

here = visitor()
MOST_NEXT_TO_EACH_OTHER = 3
MOST_REVERSALS = 3
HOW = (
    "A raw mean averages the levels given on each competency, and then the competencies as the plan weighs them.",
    "A fair average is what the average interviewer would have given on the average question. It comes from one model "
    "of all ratings of the role that you may read: mean, candidate, candidate's competency, interviewer's severity, "
    "question's difficulty, an interviewer's impression of a candidate as a whole, and what is left. It is drawn "
    "towards the mean of all candidates, the more the fewer ratings it rests on.",
    "A band begins with the highest fair average. Those whose interval overlaps that of the highest share the band; it "
    "is no order. How likely one is above another stands below.",
    "No plan states what a must-have has to reach, so the middle of the scale is taken.",
    "Questions on trial, shadows and answers that were not asked or not assessed enter no number.",
)


def first_line(chosen: tuple[Compared, ...]) -> str:
    """How many candidates, how many of them with ratings, and what is withheld from the reader."""
    rated = sum(each.score.ratings > 0 for each in chosen)
    said = f"{count(len(chosen), 'candidate')}, {rated} with ratings that you may read."
    owed = sum(each.owed_rounds > 0 for each in chosen)
    waiting = sum(each.withheld_rounds > each.owed_rounds for each in chosen)
    if owed:
        said += f" Of {owed:,}, ratings are withheld until you submit your own scorecard."
    if waiting:
        said += f" Of {waiting:,}, ratings are withheld until the whole panel has submitted."
    return said


def plan_line(chosen: tuple[Compared, ...]) -> str:
    """The plan version behind all ratings, once; where there are several, each row names its own."""
    plan = compare_rows.same_plan(chosen)
    return f"All were asked by one plan: {plan}." if plan else ""


def orders_differ(beside: Beside, found: Standing) -> None:
    """Where the raw order and the fair order of two candidates differ: said before anybody asks, and why."""
    turned = fair_comparison.reversals(beside.chosen, found)
    if not turned:
        return
    names = {each.candidate.id: each.candidate.name for each in beside.chosen}
    raw = {each.candidate.id: each.score.score for each in beside.chosen}
    fair = {each: found.composite.of(each) for each in map(str, found.composite.targets)}
    lines = [fair_words.reversal(each, names, raw, fair, beside.shown) for each in turned[:MOST_REVERSALS]]
    rows = Markup("").join(Markup("<li>{}</li>").format(each) for each in lines)
    block = Markup('<div><p><b>Raw order and fair order differ</b></p><ul class="changes">{}</ul></div>')
    frame.html(block.format(rows))
    frame.quiet(fair_words.reversals(len(turned), len(lines)))


def next_to_each_other(beside: Beside) -> None:
    frame.section("Ratings and notes next to each other")
    names = {each.candidate.id: each.candidate.name for each in beside.chosen}
    asked = [each for each in st.query_params.get("side", "").split(",") if each in names]
    picked = st.multiselect(
        f"Up to {MOST_NEXT_TO_EACH_OTHER} candidates", list(names), default=asked[:MOST_NEXT_TO_EACH_OTHER],
        format_func=names.__getitem__, max_selections=MOST_NEXT_TO_EACH_OTHER, key="side-by-side",
        placeholder="Choose whose ratings and notes to read",
    )  # fmt: skip
    if not picked:
        st.query_params.pop("side", None)
    else:
        st.query_params["side"] = ",".join(picked)
        rows = [beside.by_id[each] for each in picked]
        comparing.side_by_side(rows, beside.competencies, beside.shown)


style.also("compare.css")
frame.heading("Compare")
role_id = choose_role(roles.roles(here.workspace, by=here.person), person=here.person)
everyone = compare.choosable(here.workspace, by=here.person, role_id=role_id)
if not everyone:
    frame.empty(
        "No candidate for this role yet.",
        "Add candidates and make their interviews; submitted scorecards fill this page.",
    )
    st.page_link("screens/candidates.py", label="Go to Candidates")
    st.stop()
ids = choose_candidates(everyone, role_id=role_id)
if not ids:
    frame.empty(
        "Nobody is side by side yet.",
        f"Choose 2 to {MOST} candidates above. The address of this page keeps your choice, so it can be sent on.",
    )
    st.stop()

display = team_settings.settings(here.workspace, by=here.person).display
found = compare.compare(here.workspace, by=here.person, role_id=role_id, candidate_ids=ids)
table = fair_scores.fair_table(here.workspace, by=here.person, role_id=role_id)
frame.quiet(" ".join(each for each in (first_line(found.candidates), plan_line(found.candidates)) if each))
fair = compare_what_if.fit(here.workspace, "compare-fair", table, ids)
standing = None
if fair:
    among = " Bands are among the candidates shown here." if len(ids) > 1 and not fair.not_estimable else ""
    frame.quiet(fair_words.standing_on(fair) + among)
    standing = fair_comparison.standing(fair, found.candidates, fair_comparison.as_planned(found.candidates))
beside = Beside(
    chosen=found.candidates,
    competencies=found.competencies,
    role_competencies=found.role_competencies,
    long=table.long,
    shown=lambda value: score_words(value, display),
    fair=fair,
    standing=standing,
    parts=fair_comparison.fair_parts_by_name(fair, found.competencies),
)
if standing:
    orders_differ(beside, standing)
compare_rows.show(beside)
with st.expander("How this is calculated"):
    for line in HOW:
        frame.quiet(line)
    if any(each.profile.question_weights for each in found.candidates):
        frame.quiet("Some questions weigh more than others in the plan. That enters the raw mean only.")
    score_display(here)
if any(each.score.ratings for each in found.candidates):
    if fair and standing:
        names = {each.candidate.id: each.candidate.name for each in found.candidates}
        compare_chances.show(fair, standing, names, lambda value: gap_words(value, display))
    if len(ids) > 1:
        compare_what_if.show(here.workspace, beside, table)
    compare_pictures.pictures(
        beside, found.role_name, lambda: compare.choosable(here.workspace, by=here.person, role_id=role_id)
    )
next_to_each_other(beside)
st.page_link("screens/outcomes.py", label="How hired people did later")
