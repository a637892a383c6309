"""What all pages share: the open house, and who is looking."""

import streamlit as st

from panel.actions import accounts
from panel.domain.people import Person
from panel.errors import NotFound
from panel.house import House, Workspace, open_house
from panel.settings import read_settings


@st.cache_resource(show_spinner=False)
def house() -> House:
    return open_house(read_settings())


def signed_in() -> tuple[Workspace, Person, str] | None:
    """The workspace, the person and their session, checked anew on every run; None when the session has ended.

    The gate puts `<workspace>:<token hash>` into `st.user["session"]`.
    """
    name, _, token_hash = str(st.user.get("session") or "").partition(":")
    if not token_hash:
        return None
    try:
        workspace = house().workspace(name)
    except NotFound:
        return None
    person = accounts.person_signed_in(workspace, token_hash=token_hash)
    return (workspace, person, token_hash) if person else None
