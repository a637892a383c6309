"""Compare: the candidates of a role side by side, with what stands behind every number."""

import pandas as pd
import streamlit as st

from panel.actions import compare, roles
from panel.actions.compare import Compared, Comparison
from panel.domain.scorecards import RECOMMENDATION_NAMES
from panel.ui.components import comparing, frame
from panel.ui.components.choose_role import choose_role
from panel.ui.palette import nearest
from panel.ui.resources import visitor
from panel.ui.words import count

here = visitor()
MOST_SIDE_BY_SIDE = 3
OWN_COLUMNS = {
    "From",
    "Candidate",
    "Score",
    "Splits",
    "Scorecards",
    "Recommendations",
    "Ratings",
    "Interviewers",
    "Not assessed",
}


def recommended(each: Compared) -> str:
    tally: dict[str, int] = {}
    for one in each.recommendations:
        tally[one.recommendation] = tally.get(one.recommendation, 0) + 1
    return ", ".join(
        f"{tally[key]} {name.lower()}" for key, name in reversed(RECOMMENDATION_NAMES.items()) if key in tally
    )


def state_of(each: Compared) -> str:
    if each.withheld_rounds:
        return f"{each.submitted} of {each.scorecards}, withheld until you submit"
    return f"{each.submitted} of {each.scorecards}" if each.scorecards else "no interview yet"


def columns_of(found: Comparison) -> dict[str, str]:
    """The column of each competency; one that is named like a column of ours is told apart."""
    return {name: f"{name} (competency)" if name in OWN_COLUMNS else name for name in found.competencies}


def behind(each: Compared, role: tuple[str, ...]) -> str:
    """What stands behind a score: ratings, people, and how much of the role was assessed."""
    if not each.score.ratings:
        return "nothing yet"
    assessed = sum(name in each.score.competencies for name in role)
    people = count(each.score.interviewers, "person", "people")
    ratings = f"{count(each.score.ratings, 'rating')}, {people}"
    return ratings if assessed == len(role) else f"{ratings}; {assessed} of {len(role)} competencies"


def table_of(found: Comparison, shown: list[Compared], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Candidate": [each.candidate.name for each in shown],
            "Score": [each.score.score for each in shown],
            "From": [behind(each, found.role_competencies) for each in shown],
            **{
                column: [
                    each.score.competencies[name].score if name in each.score.competencies else None for each in shown
                ]
                for name, column in columns.items()
            },
            "Splits": [len(each.score.splits) or None for each in shown],
            "Scorecards": [state_of(each) for each in shown],
            "Recommendations": [recommended(each) for each in shown],
            "Not assessed": [each.score.not_assessed for each in shown],
        }
    ).astype({"Score": float, "Splits": float} | dict.fromkeys(columns.values(), float))


def in_level_colours(table: pd.DataFrame, competencies: list[str]) -> "pd.io.formats.style.Styler":
    colours = frame.palette()

    def cell(value: float) -> str:
        if pd.isna(value):
            return ""
        place = nearest(value)
        return f"background-color: {colours.levels[place]}; color: {colours.on_levels[place]}"

    styler = table.style.map(cell, subset=competencies)
    return styler.format("{:.1f}", subset=["Score", *competencies], na_rep="–").format(
        "{:.0f}", subset=["Splits"], na_rep=""
    )


frame.heading("Compare")
role_id = choose_role(roles.roles(here.workspace, by=here.person), person=here.person)
found = compare.compare(here.workspace, by=here.person, role_id=role_id)
if not found.candidates:
    frame.empty(
        "No candidate for this role yet.",
        "Add candidates and make their interviews; submitted scorecards fill this page.",
    )
    st.page_link("screens/candidates.py", label="Go to Candidates")
    st.stop()

# By score, so that close candidates stand together; without a rank, because close scores are no order.
shown = sorted(found.candidates, key=lambda each: (-(each.score.score or 0), each.candidate.name.casefold()))
rated = sum(each.score.score is not None for each in shown)
frame.quiet(
    f"{count(len(shown), 'candidate')}, {rated} with submitted ratings. A score is the mean of the competencies "
    "assessed, each weighing the same, on the scale 1 to 5. It is the raw mean: an interviewer's severity is not taken "
    "out of it. "
    "Small differences are not an order."
)
columns = columns_of(found)
table = table_of(found, shown, columns)
picked = st.dataframe(
    in_level_colours(table, list(columns.values())),
    key="compared",
    hide_index=True,
    on_select="rerun",
    selection_mode="multi-row",
    height=min(560, 38 + 35 * len(shown)),
    placeholder="–",
    column_config={
        "Candidate": st.column_config.TextColumn(pinned=True, width="medium"),
        "From": st.column_config.TextColumn(
            help="Ratings, interviewers and the part of the role behind the score", width=160
        ),
        "Splits": st.column_config.NumberColumn(help="Questions on which interviewers differ by two levels or more"),
        "Not assessed": st.column_config.NumberColumn(
            help="Answers “not asked” and “could not assess”; they lower nothing"
        ),
        "Scorecards": st.column_config.TextColumn(help="Submitted of all"),
    },
)
rows = [shown[row] for row in picked.selection.rows if row < len(shown)]  # type: ignore[union-attr]
if not rows:
    frame.empty(
        "Nobody is side by side yet.",
        f"Choose up to {MOST_SIDE_BY_SIDE} candidates in the table to read ratings and notes next to each other.",
    )
elif len(rows) > MOST_SIDE_BY_SIDE:
    frame.quiet(f"The first {MOST_SIDE_BY_SIDE} of {len(rows)} chosen candidates are shown.")
if rows:
    comparing.side_by_side(rows[:MOST_SIDE_BY_SIDE], found.competencies)
