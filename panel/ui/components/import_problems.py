"""The passages that were not placed: read each with its reason, and make a question of one that is one."""

import streamlit as st
from markupsafe import Markup

from panel.actions import import_preview
from panel.importing.found import FoundQuestion, Problem
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.import_draft import Draft, add_row
from panel.ui.resources import visitor
from panel.ui.words import count

SHOWN = 20


def problems(draft: Draft) -> None:
    waiting = [place for place in range(len(draft.problems)) if place not in draft.dismissed]
    frame.section("Not placed", count(len(waiting), "passage") if waiting else "")
    if not waiting:
        frame.quiet("Every passage of the document became a question or part of one.")
        return
    frame.quiet("These stay behind unless you make a question of them.")
    page = min(st.session_state.get(_page(draft), 0), (len(waiting) - 1) // SHOWN)
    for place in waiting[page * SHOWN : (page + 1) * SHOWN]:
        _one(draft, place)
    if len(waiting) > SHOWN:
        _turn(draft, page, len(waiting))


def _page(draft: Draft) -> str:
    return f"problems-page-{draft.preview.id}"


def _turn(draft: Draft, page: int, total: int) -> None:
    def to(number: int) -> None:
        st.session_state[_page(draft)] = number

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Earlier", key="problems-earlier", disabled=page == 0, on_click=to, args=(page - 1,))
        st.button("Later", key="problems-later", disabled=(page + 1) * SHOWN >= total, on_click=to, args=(page + 1,))
        frame.quiet(f"{page * SHOWN + 1:,} to {min((page + 1) * SHOWN, total):,} of {total:,}")


def _one(draft: Draft, place: int) -> None:
    each = draft.problems[place]
    with st.container(key=f"line-problem-{draft.preview.id}-{place}"):
        left, right = st.columns([8, 3], vertical_alignment="center")
        with left:
            frame.html(
                Markup('<p><b>Line {}</b> <span class="quiet">{}</span></p><p class="passage">{}</p>').format(
                    f"{each.line:,}", each.reason, each.text
                )
            )
        with right, st.container(horizontal=True):
            st.button("Make it a question", key=f"make-{place}", on_click=_make, args=(draft, place))
            st.button("Seen", key=f"seen-{place}", on_click=draft.dismissed.add, args=(place,))


def _make(draft: Draft, place: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        row = import_preview.row_of(here.workspace, by=here.person, found=_as_question(draft.problems[place]))
        add_row(draft, row)
        draft.dismissed.add(place)
        state.tell("It stands in the list now. Correct its text before you bring it in.")


def _as_question(problem: Problem) -> FoundQuestion:
    """The passage's first line as the question, the rest as its answer."""
    first, _, rest = problem.text.strip().partition("\n")
    return FoundQuestion(
        prompt=first.strip()[:1000] or "New question", line=problem.line, category=problem.category,
        answer=rest.strip(),
    )  # fmt: skip
