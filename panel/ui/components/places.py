"""The places of the Plans page, each with an address of its own."""

import streamlit as st


def go(**params: str) -> None:
    """Show another place of this page."""
    st.query_params.from_dict(params)
