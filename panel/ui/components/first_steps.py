"""What a new team does first, each step gone once it is done."""

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, candidates, plans, roles
from panel.domain.people import may_manage_hiring, may_manage_people
from panel.ui.components import frame
from panel.ui.resources import Visitor


def first_steps(here: Visitor) -> None:
    """For those who manage hiring, until the first candidate has an interview."""
    if not may_manage_hiring(here.person):
        return
    steps = _open_steps(here)
    if not steps:
        return
    frame.section("First steps")
    for page, label, sentence in steps:
        with st.container(horizontal=True, vertical_alignment="center", key=f"line-step-{page}"):
            frame.html(Markup("<p>{}</p>").format(sentence))
            st.page_link(f"screens/{page}.py", label=label)


def _open_steps(here: Visitor) -> list[tuple[str, str, str]]:
    all_roles = roles.roles(here.workspace, by=here.person)
    published = [each for each in plans.visible_plans(here.workspace, by=here.person) if each.versions]
    invited = len(accounts.people(here.workspace, by=here.person)) > 1
    if published and any(
        view.interviews
        for role in all_roles
        for view in candidates.candidates_of_role(here.workspace, by=here.person, role_id=role.id)
    ):
        return []
    steps = []
    if not invited and may_manage_people(here.person):
        steps.append(("people", "Invite people", "Invite the interviewers; each sets their own password."))
    if not published:
        sentence = "Finish the plan and publish it." if all_roles else "Create a role, then its interview plan."
        steps.append(("plans", "Go to Plans", sentence))
    steps.append(
        ("candidates", "Go to Candidates", "Add candidates and make their interviews from the published plan.")
    )
    return steps
