"""Finding a rubric, reading it, its life and its versions."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from markupsafe import Markup

from panel.actions import rubric_edits
from panel.actions.rubrics import RubricView, Step, Version
from panel.actions.told import LONGEST_REASON
from panel.domain.people import may_write_rubrics
from panel.domain.rubrics import STATE_NAMES, BankRubric, Rubric, lacking
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.difference import difference
from panel.ui.components.places import go
from panel.ui.components.ratings import level_chip
from panel.ui.resources import visitor
from panel.ui.words import count, when

PARTS = TEXT, PREVIEW, HISTORY = "Text", "Preview", "History"


def table(rubrics: list[BankRubric]) -> BankRubric | None:
    """All rubrics; the selected one."""
    picked = st.dataframe(
        pd.DataFrame(
            {
                "Rubric": [each.rubric.name for each in rubrics],
                "State": [STATE_NAMES[each.state] for each in rubrics],
                "Competency": [each.rubric.competency for each in rubrics],
                "Levels": [len(each.rubric.anchors) for each in rubrics],
            }
        ),
        key="rubrics",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(560, 38 + 35 * len(rubrics)),
        column_config={
            "Rubric": st.column_config.TextColumn(width=165),
            "State": st.column_config.TextColumn(width=70),
            "Competency": st.column_config.TextColumn(width=165),
            "Levels": st.column_config.NumberColumn(width=55),
        },
    )
    rows = picked.selection.rows  # type: ignore[union-attr]
    return rubrics[rows[0]] if rows and rows[0] < len(rubrics) else None


def read_rubric(view: RubricView) -> bool:
    """Draw a rubric; whether its preview is wanted, which needs the whole width of the page."""
    stored = view.stored
    frame.html(
        Markup('<p class="question-prompt">{}</p><p class="quiet">{} · {} · {} · version {}</p>').format(
            stored.rubric.name,
            stored.rubric.competency,
            STATE_NAMES[stored.state],
            count(len(stored.rubric.anchors), "level"),
            stored.version,
        )
    )
    if may_write_rubrics(visitor().person):
        _life(view)
    part = st.segmented_control(
        "Part", PARTS, default=TEXT, key="rubric-part", required=True, label_visibility="collapsed"
    )
    if part == TEXT:
        _text(stored.rubric)
    elif part == HISTORY:
        _history(view)
    return part == PREVIEW


def _text(rubric: Rubric) -> None:
    frame.html(Markup('<p class="prose">{}</p>').format(rubric.about))
    for anchor in rubric.anchors:
        frame.html(
            Markup('<div class="row-line"><p><b>{}</b></p><p class="prose">{}</p></div>').format(
                level_chip(anchor.level, len(rubric.anchors), anchor.label),
                anchor.text or Markup('<span class="quiet">No anchor yet.</span>'),
            )
        )


# ---- draft, active, retired -------------------------------------------------------------------------------------


def _life(view: RubricView) -> None:
    stored = view.stored
    missing = lacking(stored.rubric)
    with st.container(horizontal=True):
        st.button("Edit", on_click=go, kwargs={"rubric": stored.key, "part": "edit"})
        if stored.state != "active":
            st.button("Activate", type="primary", disabled=bool(missing), on_click=_activate, args=(stored,))
        if stored.state != "draft":
            _with_reason("Back to draft", stored, _make_draft)
        if stored.state != "retired":
            _with_reason("Retire", stored, _retire)
    if missing and stored.state != "active":
        frame.quiet(f"It can be activated once it is whole: {listed(missing)}.")
    if view.in_drafts and stored.state == "active":
        frame.quiet(f"Used in the plan {'draft' if len(view.in_drafts) == 1 else 'drafts'} {listed(view.in_drafts)}.")


def _with_reason(label: str, stored: BankRubric, act: Callable[[BankRubric, str], None]) -> None:
    with st.popover(label):
        key = f"{label}-{stored.key}-{stored.version}"
        st.text_input("Why? The history keeps it.", key=key, max_chars=LONGEST_REASON)
        frame.quiet("No plan can newly choose it then. Plans that have it keep it.")
        st.button(f"{label} now", key=f"do-{key}", on_click=lambda: act(stored, str(st.session_state[key] or "")))


def _activate(stored: BankRubric) -> None:
    here = visitor()
    with frame.told_when_refused():
        rubric_edits.activate(here.workspace, by=here.person, key=stored.key, seen=stored)
        state.tell(f"{stored.rubric.name} is active. Plans can choose it.")


def _make_draft(stored: BankRubric, reason: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        rubric_edits.make_draft(here.workspace, by=here.person, key=stored.key, seen=stored, reason=reason)
        state.tell(f"{stored.rubric.name} is a draft again.")


def _retire(stored: BankRubric, reason: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        drafts = rubric_edits.retire(here.workspace, by=here.person, key=stored.key, seen=stored, reason=reason)
        kept = f" Still used in {listed(drafts)}." if drafts else ""
        state.tell(f"{stored.rubric.name} is retired.{kept}")


# ---- history ----------------------------------------------------------------------------------------------------


def _history(view: RubricView) -> None:
    """What happened to it, newest first, and two versions beside each other."""
    events: list[Version | Step] = [*view.versions, *view.steps]
    events.sort(key=lambda each: each.at, reverse=True)
    frame.html(Markup("").join(_event(each) for each in events))
    if len(view.versions) < 2:
        return
    frame.section("Compare two versions")
    numbers = [each.number for each in view.versions]
    with st.container(horizontal=True):
        older = st.selectbox("From version", numbers, index=1, key=f"older-{view.stored.key}-{numbers[0]}", width=168)
        newer = st.selectbox("To version", numbers, index=0, key=f"newer-{view.stored.key}-{numbers[0]}", width=168)
    by_number = {each.number: each.rubric for each in view.versions}
    difference(fields_of(by_number[older]), fields_of(by_number[newer]))


def _event(each: Version | Step) -> Markup:
    what = f"Version {each.number}" if isinstance(each, Version) else STATE_NAMES[each.state]
    who = each.author if isinstance(each, Version) else each.who
    return Markup('<div class="row-line"><p><b>{}</b> <span class="quiet">{} · {}</span></p><p>{}</p></div>').format(
        what, who, when(each.at), each.reason
    )


def fields_of(rubric: Rubric) -> dict[str, str]:
    """A rubric as named texts, for comparing two of them."""
    whole = {"Name": rubric.name, "Competency": rubric.competency, "About": rubric.about}
    return whole | {f"Level {each.level}": f"{each.label}\n{each.text}".strip() for each in rubric.anchors}
