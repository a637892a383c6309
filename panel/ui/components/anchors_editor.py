"""A question's own anchors: what the levels of its rubric sound like in answers to this question."""

import streamlit as st
from markupsafe import Markup

from panel.domain.anchor_advice import advise_anchors
from panel.domain.rubrics import Anchor, Rubric
from panel.ui.components import frame
from panel.ui.components.advice import advice_of_level
from panel.ui.components.ratings import level_chip

LONGEST_ANCHOR = 2000


def anchors_editor(rubric: Rubric, current: tuple[str, ...], key: str) -> tuple[str, ...]:
    """A field for each level beside the rubric's text; the texts as they stand in the fields, lowest level first.

    Empty where the rubric's own anchor holds; an empty tuple when no field is filled. Anchors in `current` for
    another number of levels are kept as they are until something is written. `key` begins the keys of the fields.
    """
    fits = len(current) == len(rubric.anchors)
    if current and not fits:
        frame.quiet(
            f"This question has anchors of its own for {len(current)} levels; {rubric.name} has {len(rubric.anchors)}. "
            "Written anew here, they replace those."
        )
    typed = [_typed(key, anchor.level, current[anchor.level - 1] if fits else "") for anchor in rubric.anchors]
    found = advise_anchors([own or anchor.text for own, anchor in zip(typed, rubric.anchors, strict=True)])
    texts = []
    for anchor, own in zip(rubric.anchors, typed, strict=True):
        with st.container(key=f"line-{key}-{anchor.level}"):
            left, right = st.columns([6, 5], gap="medium")
            with left:
                texts.append(_field(key, anchor, own))
                advice_of_level(found if own else (), anchor.level)
            with right:
                frame.html(
                    Markup('<p>{}</p><p class="quiet">{}</p>').format(
                        level_chip(anchor.level, len(rubric.anchors), anchor.label), anchor.text or "No anchor yet."
                    )
                )
    if any(texts):
        return tuple(texts)
    return () if fits else current


def _typed(key: str, level: int, stored: str) -> str:
    """What stands in a field before it is drawn, so that advice belongs to the newest text of every level."""
    value = st.session_state.setdefault(f"{key}-{level}", stored)
    return str(value or "").strip()


def _field(key: str, anchor: Anchor, own: str) -> str:
    text = st.text_area(
        f"What a {anchor.level} sounds like here",
        key=f"{key}-{anchor.level}",
        height=92,
        max_chars=LONGEST_ANCHOR,
        placeholder="Empty: the rubric's own anchor holds",
        persist_state="session",
    )
    return (text or "").strip()
