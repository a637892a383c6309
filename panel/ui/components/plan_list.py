"""The list of roles with their plans, and the way to a new one."""

import streamlit as st
from markupsafe import Markup

from panel.actions import plans, roles
from panel.actions.plans import PlanView
from panel.domain.people import may_manage_hiring
from panel.domain.roles import NEED_NAMES, SENIORITY_NAMES, Role
from panel.store.plans import StoredRole
from panel.ui.components import frame
from panel.ui.components.new_plan import new_plan
from panel.ui.components.places import go
from panel.ui.components.role_profile import role_profile
from panel.ui.resources import visitor
from panel.ui.words import count, when


def list_page() -> None:
    here = visitor()
    manages = may_manage_hiring(here.person)
    found = plans.visible_plans(here.workspace, by=here.person)
    all_roles = roles.roles(here.workspace, by=here.person)
    frame.heading("Plans", "What is asked of a role's candidates, by whom, in which round, judged with which rubric.")
    if not found and not manages:
        frame.empty("You are not part of a plan yet.", "When a hiring manager assigns you, your part stands here.")
        return
    if not all_roles:
        frame.empty("There is no role yet.", "Start with the opening you hire for and the competencies you measure.")
    for role in all_roles:
        of_role = [each for each in found if each.stored.role_id == role.id]
        if of_role or manages:
            _role_section(role, of_role, manages=manages)
    if manages:
        with st.expander("Create a role", expanded=not all_roles):
            role_profile(None)


def profile_line(role: Role) -> str:
    """`Senior · Technical depth, Explanation; nice to have: Collaboration`."""
    names = ", ".join(role.must_haves)
    nice = ", ".join(each for each in role.measured if each not in role.must_haves)
    measured = "; ".join(each for each in (names, f"{NEED_NAMES['nice']}: {nice}" if nice else "") if each)
    return " · ".join(each for each in (SENIORITY_NAMES[role.seniority] if role.seniority else "", measured) if each)


def _role_section(role: StoredRole, found: list[PlanView], *, manages: bool) -> None:
    frame.section(role.role.name, profile_line(role.role))
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            newest = each.versions[0] if each.versions else None
            words = f"version {newest.number} published {when(newest.published_at)}" if newest else "draft"
            frame.html(
                Markup('<p><b>{}</b> <span class="quiet">{}, {}</span></p>').format(
                    each.plan.title, count(len(each.plan.rounds), "round"), words
                )
            )
            st.button("Open the plan", key=f"open-{each.id}", on_click=go, kwargs={"plan": each.id})
    if manages:
        with st.container(horizontal=True):
            with st.popover("New plan"):
                new_plan(role)
            st.button("Role profile", key=f"profile-{role.id}", on_click=go, kwargs={"role": role.id})
