"""People: who has an account, and inviting more. Administrators only."""

from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, invitations
from panel.domain.people import ACCESS_NAMES, Access, Person, may_manage_people
from panel.errors import NotAllowed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count

here = visitor()
ACCESS: list[Access] = ["interviewer", "manager", "administrator"]


def show_link(name: str, token: str) -> None:
    """Keep the link for this page only; it is not stored anywhere in readable form."""
    at = urlsplit(st.context.url or "")
    st.session_state[state.INVITATION] = (name, f"{at.scheme}://{at.netloc}/invite/{token}")


def invite() -> None:
    with frame.told_when_refused():
        name = st.session_state["invite-name"]
        token = invitations.invite(
            here.workspace,
            by=here.person,
            name=name,
            email=st.session_state["invite-email"],
            access=st.session_state["invite-access"],
        )
        show_link(name, token)
        st.session_state["invite-name"] = st.session_state["invite-email"] = ""


def renew(person: Person) -> None:
    with frame.told_when_refused():
        show_link(person.name, invitations.renew_invitation(here.workspace, by=here.person, person_id=person.id))


def change(person: Person) -> None:
    with frame.told_when_refused():
        accounts.change_person(
            here.workspace,
            by=here.person,
            person_id=person.id,
            seen_version=person.version,
            name=st.session_state[f"name-{person.id}-{person.version}"],
            access=st.session_state[f"access-{person.id}-{person.version}"],
            active=st.session_state[f"active-{person.id}-{person.version}"],
        )
        state.tell(f"{person.name} is changed.")


def link_box() -> None:
    made = st.session_state.get(state.INVITATION)
    if not made:
        return
    name, link = made
    frame.html(Markup("<p><b>The link for {}</b></p>").format(name))
    st.code(link, language=None)
    frame.quiet("Send it to them yourself. It works once, within 72 hours, and is not shown again.")
    st.button("Hide the link", on_click=lambda: st.session_state.pop(state.INVITATION, None))


def person_row(person: Person) -> None:
    status = "deactivated" if not person.active else "invited, no password yet" if not person.has_password else ""
    if here.workspace.is_demo and person.active:
        status = ""
    words = " · ".join(part for part in (ACCESS_NAMES[person.access], person.email, status) if part)
    with st.container(horizontal=True, vertical_alignment="center", key=f"person-{person.id}"):
        frame.html(Markup('<p>{}<br><span class="quiet">{}</span></p>').format(person.name, words))
        with st.popover("Change"):
            with st.form(f"form-{person.id}-{person.version}", border=False):
                st.text_input("Name", person.name, key=f"name-{person.id}-{person.version}", max_chars=120)
                st.selectbox(
                    "Access level",
                    ACCESS,
                    index=ACCESS.index(person.access),
                    format_func=lambda each: ACCESS_NAMES[each],
                    key=f"access-{person.id}-{person.version}",
                )
                st.checkbox("May sign in", person.active, key=f"active-{person.id}-{person.version}")
                st.form_submit_button("Save the change", on_click=change, args=(person,))
            if here.workspace.is_demo:
                return
            st.button(
                "Make a new link" if not person.has_password else "Make a link for a new password",
                key=f"renew-{person.id}",
                on_click=renew,
                args=(person,),
            )


if not may_manage_people(here.person):
    raise NotAllowed("Only administrators see this page.")
everyone = accounts.people(here.workspace, by=here.person)
frame.heading(
    "People", f"{count(len(everyone), 'account')}. Blindness holds for every access level, administrators too."
)
link_box()
if here.workspace.is_demo:
    frame.quiet(
        "In the demo nobody is invited: its people are entered by one click. Your own team invites by link here."
    )
else:
    with st.form("invite", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name", key="invite-name", max_chars=120)
        st.text_input("Email", key="invite-email", max_chars=254)
        st.selectbox("Access level", ACCESS, format_func=lambda each: ACCESS_NAMES[each], key="invite-access")
        st.form_submit_button("Make an invitation link", on_click=invite, type="primary")
frame.section("Everyone")
wanted = (
    st.text_input("Find", placeholder="Name or address", key="find-person", live="300ms") if len(everyone) > 12 else ""
)
for each in everyone:
    if (wanted or "").casefold() in f"{each.name} {each.email}".casefold():
        person_row(each)
