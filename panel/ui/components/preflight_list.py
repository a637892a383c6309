"""What blocks publishing and what is advice, each with the way to where it is mended."""

from collections.abc import Callable
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from panel.actions.plans import PlanView
from panel.domain.preflight_findings import Finding, Place
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.words import count

SHOWN = 4  # of each kind; the rest is a click away


def preflight_list(view: PlanView, found: list[Finding]) -> None:
    for blocks, group in groupby(found, key=lambda each: each.blocks):
        some = list(group)
        kind = "blocks" if blocks else "advice"
        title = "To do before publishing" if blocks else "Worth a look"
        frame.html(Markup("<p><b>{}</b> <span class='quiet'>{}</span></p>").format(title, count(len(some), "point")))
        for number, each in enumerate(some[:SHOWN]):
            _line(view, each, f"{kind}-{number}")
        if len(some) > SHOWN:
            with st.expander(f"{len(some) - SHOWN} more", key=f"more-{kind}"):
                for number, each in enumerate(some[SHOWN:], start=SHOWN):
                    _line(view, each, f"{kind}-{number}")


def _line(view: PlanView, finding: Finding, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"finding-{key}"):
        frame.html(
            Markup('<p class="{}">{}: {}</p>').format(
                "finding blocks" if finding.blocks else "finding",
                "To do" if finding.blocks else "Consider",
                finding.sentence,
            )
        )
        _mend(view, finding.place, key)


def _mend(view: PlanView, place: Place, key: str) -> None:
    """The way to the place, a button on this page or a link to another."""

    def button(label: str, **where: str) -> None:
        address = where if "role" in where else {"plan": view.id, **where}
        st.button(label, key=f"mend-{key}", on_click=go, kwargs=address, type="tertiary")

    ways: dict[str, Callable[[], None]] = {
        "plan": lambda: button("Go to the rounds", at="rounds"),
        "round": lambda: button("Change the round", at="rounds", round=place.key),
        "seat": lambda: button("Open the questions", part=place.key),
        "coverage": lambda: button("See the coverage", at="coverage"),
        "sets": lambda: button("Open the question sets", at="sets"),
        "versions": lambda: button("See the versions", at="versions"),
        "role": lambda: button("Open the role profile", role=view.role.id),
        "question": lambda: _link("Open the question", "questions", {"question": place.key}),
        "rubric": lambda: _link("Open the rubric", "rubrics", {"rubric": place.key}),
        "people": lambda: _link(
            "Open training and conflicts", "candidates", {"part": "panels", "role": view.role.id, "person": place.key}
        ),
    }
    ways[place.kind]()


def _link(label: str, page: str, params: dict[str, str]) -> None:
    st.page_link(f"screens/{page}.py", label=label, query_params=params)
