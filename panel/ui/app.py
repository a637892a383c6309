"""The frame around every page: who is looking, and where they can go."""

import streamlit as st

from panel.ui.resources import signed_in


def run() -> None:
    st.set_page_config(page_title="Panel", layout="wide")
    here = signed_in()
    if here is None:
        st.html("<script>window.location.replace('/signin')</script>", unsafe_allow_javascript=True)
        st.stop()
    workspace, person, _ = here
    st.write(person.name, workspace.name)


run()
