"""The sign-out button: a plain form to the gate, so that the session ends on the server and the cookie goes."""

import streamlit as st

HTML = '<form method="post" action="/signout"><button type="submit">Sign out</button></form>'
CSS = """
button { font: inherit; padding: 6px 14px; min-height: 40px; border-radius: 6px; cursor: pointer;
  color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color); }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
_sign_out = st.components.v2.component("sign_out", html=HTML, css=CSS)


def sign_out_button() -> None:
    _sign_out(key="sign_out")
