"""The ratings that a reader may see, as one table to take along."""

import streamlit as st

from panel.actions import take_ratings
from panel.actions.tidy_ratings import Chosen
from panel.domain.people import may_see_team_calibration
from panel.exporting.ratings import FORMATS, Format
from panel.exporting.sheets import MOST_ROWS
from panel.ui.components import frame
from panel.ui.resources import Visitor
from panel.ui.words import count

ABOUT: dict[Format, str] = {
    "parquet": "For pandas, R, DuckDB and BI tools. Small, and every column keeps its type.",
    "csv": "For everything else. No cell is run as a formula.",
    "xlsx": "For a spreadsheet. No cell is run as a formula.",
}


def take_data(here: Visitor, chosen: Chosen) -> None:
    """One row for each rating of what is chosen; the file is made when its button is pressed."""
    frame.section("Take the data", "one row for each rating")
    rows = take_ratings.takeable(here.workspace, by=here.person, chosen=chosen)
    if not rows:
        frame.quiet("The submitted ratings that you may see can be taken along here as one table. There are none yet.")
        return
    whose = (
        "Submitted scorecards only; what you still owe a scorecard for is left out."
        if may_see_team_calibration(here.person)
        else "Yours, and those of the panels you sat on, once you have submitted your own."
    )
    frame.quiet(f"{count(rows, 'rating')}. {whose} Without shadows and without what a debrief reconciled.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.selectbox(
            "Format", list(FORMATS), format_func=lambda each: FORMATS[each], key="take-format", width=160
        )
        fits = form != "xlsx" or rows <= MOST_ROWS
        st.download_button(
            f"Take as {FORMATS[form]}",
            data=lambda: take_ratings.taken_ratings(here.workspace, by=here.person, chosen=chosen, form=form),
            file_name=f"ratings.{form}",
            on_click="ignore",
            disabled=not fits,
            key="take-ratings",
        )
    frame.quiet(
        ABOUT[form] if fits else f"A sheet holds at most {MOST_ROWS:,} ratings. Take Parquet or CSV, or choose fewer."
    )
