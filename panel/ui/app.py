"""The frame around every page: who is looking, and where they can go."""

from typing import Literal

import streamlit as st
from markupsafe import Markup

from panel.domain.people import ACCESS_NAMES, may_manage_hiring, may_manage_people
from panel.ui.components import frame, reminding, style
from panel.ui.resources import Visitor, visitor
from panel.ui.words import plain

LONGEST_IN_MENU = 24  # characters
SAYS_SO_ITSELF = {"", "score"}  # Today lists what is overdue; whoever scores is at it


def run() -> None:
    here = visitor()
    title = "Panel (demo)" if here.workspace.is_demo else "Panel"
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    style.apply(frame.palette())
    page = st.navigation(_pages(here), position="top")
    if here.workspace.is_demo:
        _demo_line(here)
    if page.url_path not in SAYS_SO_ITSELF:
        with frame.page_or_sentence():
            reminding.overdue_line(here)
    frame.show_notice()
    with frame.page_or_sentence():
        page.run()


def _pages(here: Visitor) -> dict[str, list[st.Page]]:
    """Pages a person may not use are left out of the menu but keep their address, where they say why."""
    person = here.person
    hiring, people = _shown(may_manage_hiring(person)), _shown(may_manage_people(person))
    work = [
        st.Page("screens/today.py", title="Today", default=True),
        st.Page("screens/score.py", title="Scorecard", url_path="score", visibility="hidden"),
        st.Page("screens/plans.py", title="Plans", url_path="plans"),
        st.Page("screens/candidates.py", title="Candidates", url_path="candidates", visibility=hiring),
        st.Page("screens/board.py", title="Board", url_path="board", visibility=hiring),
        st.Page("screens/compare.py", title="Compare", url_path="compare", visibility=hiring),
        st.Page("screens/debrief.py", title="Debrief", url_path="debrief", visibility="hidden"),
        st.Page("screens/questions.py", title="Questions", url_path="questions"),
        st.Page("screens/import_questions.py", title="Import and export", url_path="import", visibility="hidden"),
        st.Page("screens/rubrics.py", title="Rubrics", url_path="rubrics"),
        st.Page("screens/calibration.py", title="Calibration", url_path="calibration"),
        st.Page("screens/practice.py", title="Practice", url_path="practice"),
        st.Page("screens/outcomes.py", title="Outcomes", url_path="outcomes", visibility="hidden"),
    ]
    own = [
        st.Page("screens/people.py", title="People", url_path="people", visibility=people),
        st.Page("screens/account.py", title="Account and sign-out", url_path="account"),
    ]
    return {"": work, plain(_for_the_menu(person.name)): own}


def _for_the_menu(name: str) -> str:
    """A long name would leave no room for the pages."""
    return name if len(name) <= LONGEST_IN_MENU else f"{name[: LONGEST_IN_MENU - 1]}…"


def _shown(allowed: bool) -> Literal["visible", "hidden"]:
    return "visible" if allowed else "hidden"


def _demo_line(here: Visitor) -> None:
    line = Markup(
        '<p class="demo-line">Demo team, all of it fictional. You look as {}, {}. '
        '<a href="/demo" target="_self">Look as someone else</a></p>'
    )
    frame.html(line.format(here.person.name, ACCESS_NAMES[here.person.access].lower()))


run()
