"""My account: password, sign-out, and in the demo its removal."""

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, demo_opening
from panel.domain.people import ACCESS_NAMES
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.person_seating import about_person
from panel.ui.components.sign_out import sign_out_button
from panel.ui.resources import house, visitor

here = visitor()


def change_password() -> None:
    with frame.told_when_refused():
        accounts.change_password(
            here.workspace,
            by=here.person,
            token_hash=here.token_hash,
            old=st.session_state["old-password"],
            new=st.session_state["new-password"],
        )
        state.tell("Your password is changed. Your other sessions have ended.")
    st.session_state["old-password"] = st.session_state["new-password"] = ""


def remove_demo() -> None:
    with frame.told_when_refused():
        demo_opening.remove_demo_team(house(), by=here.person)


frame.heading(here.person.name, f"{ACCESS_NAMES[here.person.access]} · {here.person.email}")
sign_out_button()

if here.workspace.is_demo:
    frame.section("The demo team")
    frame.quiet("Everything here is fictional and lives in a database of its own, apart from your team's data.")
    with st.popover("Remove the demo team"):
        frame.quiet("This deletes the demo team with everything in it. Your own team's data is not touched.")
        st.button("Remove it now", on_click=remove_demo, type="primary")
else:
    frame.section("Password")
    with st.form("password", border=False, width=420):
        st.text_input("Present password", type="password", key="old-password", autocomplete="current-password")
        st.text_input(
            "New password, at least 10 characters", type="password", key="new-password", autocomplete="new-password"
        )
        st.form_submit_button("Change the password", on_click=change_password)

frame.section("Where you may sit", "conflicts of interest and days away keep you out of interviews")
about_person(here.person.id)
frame.html(Markup('<p class="quiet">The theme follows your system.</p>'))
