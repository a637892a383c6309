"""The headings of a document and the categories of the bank that they become."""

from collections import Counter

import streamlit as st

from panel.actions import bank
from panel.ui.components import frame
from panel.ui.components.import_draft import Draft, correct
from panel.ui.resources import visitor
from panel.ui.words import count, plain

SHOWN = 40


def headings(draft: Draft) -> None:
    """One field a heading; a change moves every question that stands under it."""
    named = Counter(each.found.category for each in draft.decisions if each.found.category)
    if not named:
        return
    here = visitor()
    known = [each.name for each in bank.categories(here.workspace, by=here.person)]
    new = [name for name in named if name.casefold() not in {each.casefold() for each in known}]
    said = f"{count(len(named), 'category', 'categories')}, {len(new)} of them new to the bank"
    with st.expander(said), st.container(horizontal=True, gap="small"):
        for number, (name, questions) in enumerate(list(named.items())[:SHOWN]):
            _heading(draft, number, name, questions, known)
        if len(named) > SHOWN:
            frame.quiet(f"And {len(named) - SHOWN:,} more; change those one question at a time.")


def _heading(draft: Draft, number: int, name: str, questions: int, known: list[str]) -> None:
    def changed() -> None:
        becomes = str(st.session_state[key] or "").strip() or name
        for each in draft.decisions:
            if each.found.category == name:
                correct(each, category=becomes)

    key = f"heading-{draft.preview.id}-{number}-{name}"
    st.selectbox(
        plain(f"{name} ({questions})"),
        [name, *(each for each in known if each != name)],
        key=key,
        accept_new_options=True,
        on_change=changed,
        width=280,
    )
