"""A new plan for a role: empty, from a template, or as a copy of another plan."""

import streamlit as st

from panel.actions import plan_copies, plans
from panel.store.plans import StoredRole
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.resources import visitor

EMPTY = "empty"


def new_plan(role: StoredRole) -> None:
    """The form; what it may start from is offered by name."""
    here = visitor()
    starts = {EMPTY: "An empty plan"}
    starts |= {
        f"template {each.id}": f"Template: {each.name}"
        for each in plan_copies.all_templates(here.workspace, by=here.person)
    }
    starts |= {
        f"plan {each.id}": f"Copy of {each.plan.title} ({each.role.role.name})"
        for each in plans.visible_plans(here.workspace, by=here.person)
    }
    st.text_input("Title", value="Interview plan", key=f"title-{role.id}", max_chars=120)
    start = st.selectbox("Start from", list(starts), format_func=lambda each: starts[each], key=f"start-{role.id}")
    if start != EMPTY:
        st.toggle("Bring the questions along", value=True, key=f"start-questions-{role.id}")
    if start.startswith("plan "):
        st.toggle("Bring the interviewers along", value=True, key=f"start-people-{role.id}")
    st.button("Create the plan", key=f"create-{role.id}", on_click=_create, args=(role.id,))
    if start.startswith("template "):
        frame.quiet("Plans that were made from a template stay as they are when it is removed.")
        st.button(
            "Remove this template", key=f"drop-template-{role.id}", on_click=_remove, args=(start.partition(" ")[2],)
        )


def _remove(template_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        plan_copies.remove_template(here.workspace, by=here.person, template_id=template_id)


def _create(role_id: str) -> None:
    here = visitor()
    typed = st.session_state
    kind, _, start_id = typed[f"start-{role_id}"].partition(" ")
    title = typed[f"title-{role_id}"]
    questions = bool(typed.get(f"start-questions-{role_id}", True))
    with frame.told_when_refused():
        if kind == "template":
            plan_id = plan_copies.start_from_template(
                here.workspace,
                by=here.person,
                template_id=start_id,
                role_id=role_id,
                title=title,
                with_questions=questions,
            )
        elif kind == "plan":
            plan_id = plan_copies.copy_plan(
                here.workspace,
                by=here.person,
                plan_id=start_id,
                role_id=role_id,
                title=title,
                with_people=bool(typed.get(f"start-people-{role_id}", True)),
                with_questions=questions,
            )
        else:
            plan_id = plans.create_plan(here.workspace, by=here.person, role_id=role_id, title=title)
        go(plan=plan_id)
