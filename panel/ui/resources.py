"""What all pages share: the open house, and who is looking."""

from threading import Lock
from typing import NamedTuple

import streamlit as st

from panel.actions import sessions
from panel.domain.people import Person
from panel.errors import NotFound
from panel.house import House, Workspace, open_house
from panel.settings import read_settings

LEAVE = "<script>window.location.replace('/signin')</script>"


class Visitor(NamedTuple):
    workspace: Workspace
    person: Person
    token_hash: str


@st.cache_resource(show_spinner=False)
def house() -> House:
    return open_house(read_settings())


@st.cache_resource(show_spinner=False)
def turn_to_fit() -> Lock:
    """Held by the one long calculation of the process that runs."""
    return Lock()


def visitor() -> Visitor:
    """Who is looking, checked anew on every run and every click. A page whose session has ended goes to sign-in.

    The gate puts `<workspace>:<token hash>` into `st.user["session"]`.
    """
    found = _signed_in()
    if found is None:
        st.html(LEAVE, unsafe_allow_javascript=True)
        st.markdown("You are signed out. [Sign in](/signin)")
        st.stop()
    return found


def _signed_in() -> Visitor | None:
    name, _, token_hash = str(st.user.get("session") or "").partition(":")
    if not token_hash:
        return None
    try:
        workspace = house().workspace(name)
    except NotFound:
        return None
    person = sessions.person_signed_in(workspace, token_hash=token_hash)
    return Visitor(workspace, person, token_hash) if person else None
