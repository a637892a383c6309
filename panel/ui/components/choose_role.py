"""The role a page speaks of, kept in the URL."""

import streamlit as st

from panel.domain.people import Person, may_manage_hiring
from panel.store.plans import StoredRole
from panel.ui.components import frame


def choose_role(roles: list[StoredRole], *, person: Person) -> str:
    """The chosen role's id; without any role, the page ends with the first step."""
    if not roles:
        frame.empty(
            "There is no role yet.",
            "A role is the opening you hire for, with the competencies you measure. Create the first one under Plans."
            if may_manage_hiring(person)
            else "Once a hiring manager has created one, this page fills.",
        )
        st.page_link("screens/plans.py", label="Go to Plans")
        st.stop()
    ids = [each.id for each in roles]
    names = {each.id: each.role.name for each in roles}
    asked = st.query_params.get("role", "")
    chosen = st.selectbox(
        "Role",
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda each: names[each],
        key="role-choice",
        width=360,
    )
    st.query_params["role"] = chosen
    return chosen
