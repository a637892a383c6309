"""Plans: roles, interview plans, and the question set of one assignment."""

import streamlit as st

from panel.actions import plans
from panel.ui.components import assembling
from panel.ui.components.plan_list import list_page
from panel.ui.components.plan_page import plan_page
from panel.ui.components.role_profile import profile_page
from panel.ui.resources import visitor

here = visitor()
plan_id = st.query_params.get("plan", "")
part, role_id = st.query_params.get("part", ""), st.query_params.get("role", "")

if plan_id and part:
    assembling.assignment_page(plans.plan(here.workspace, by=here.person, plan_id=plan_id), part)
elif plan_id:
    plan_page(plans.plan(here.workspace, by=here.person, plan_id=plan_id))
elif role_id:
    profile_page(role_id)
else:
    list_page()
