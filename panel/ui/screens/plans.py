"""Plans: roles, interview plans, and the question set of one assignment."""

import streamlit as st

from panel.actions import plans
from panel.ui.components import assembling, planning
from panel.ui.resources import visitor

here = visitor()
plan_id = st.query_params.get("plan", "")
part = st.query_params.get("part", "")

if plan_id and part:
    assembling.assignment_page(plans.plan(here.workspace, by=here.person, plan_id=plan_id), part)
elif plan_id:
    planning.plan_page(plans.plan(here.workspace, by=here.person, plan_id=plan_id))
else:
    planning.list_page()
