"""Writing a rubric: a field for each level, and the writing aid's remarks beside the level they concern.

What is typed stays in this tab until it is saved, also when somebody else saves first: then the newer text and what
differs are shown, and the writer decides.
"""

from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from markupsafe import Markup

from panel.actions import rubric_edits
from panel.actions.rubric_edits import RubricText
from panel.actions.rubrics import RubricView
from panel.actions.told import LONGEST_REASON
from panel.domain.anchor_advice import Advice, advise_anchors
from panel.domain.rubrics import SCALES, STATE_NAMES, Anchor, BankRubric, Rubric, Written, rescaled, unwritten
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.advice import advice_of_level
from panel.ui.components.difference import difference
from panel.ui.components.places import go
from panel.ui.components.preview import preview
from panel.ui.components.ratings import level_chip
from panel.ui.components.rubric_reading import fields_of
from panel.ui.resources import visitor
from panel.ui.words import plain, when

EDITS = "rubric-edits"  # key of the rubric, empty for a new one -> Edit
LONGEST_LABEL, LONGEST_TEXT = 120, 2000


@dataclass
class Edit:
    """One rubric being written in this tab. `seen` is what the writer built on, None for a new rubric; `set_aside`
    keeps the levels of scales chosen before, by their number."""

    name: str = ""
    seen: BankRubric | None = None
    generation: int = 0
    set_aside: dict[int, tuple[Written, ...]] = field(default_factory=dict)

    def key(self, part: str) -> str:
        return f"edit-{self.name}-{self.generation}-{part}"


def editor(view: RubricView | None, competencies: list[str]) -> None:
    """The page for a new rubric (`view` is None) or for the next version of one."""
    edit = _edit(view.stored if view else None)
    title = f"Edit {view.stored.rubric.name}" if view else "New rubric"
    frame.back("Back to the rubrics", partial(_leave, edit))
    frame.heading(title, "Saved as the next version; published plans keep theirs." if view else "Saved as a draft.")
    if view and edit.seen != view.stored:
        _newer(edit, view)
    _whole(edit, competencies)
    _scale(edit)
    found = advise_anchors([text for _, text in _written(edit)])
    for level in range(1, _count(edit) + 1):
        _level(edit, level, found)
    _save_row(edit, view)
    preview(_as_typed(edit))


# ---- what is typed ------------------------------------------------------------------------------------------------


def _edit(stored: BankRubric | None) -> Edit:
    edits: dict[str, Edit] = st.session_state.setdefault(EDITS, {})
    name = stored.key if stored else ""
    if name not in edits:
        edits[name] = Edit(name=name, seen=stored)
        _fill(edits[name], stored.rubric if stored else None)
    return edits[name]


def _fill(edit: Edit, rubric: Rubric | None) -> None:
    """Put a rubric's text, or an empty scale of five, into the fields."""
    for part in ("name", "competency", "about"):
        st.session_state[edit.key(part)] = getattr(rubric, part) if rubric else ""
    levels = tuple((each.label, each.text) for each in rubric.anchors) if rubric else unwritten()
    _put_levels(edit, levels)


def _put_levels(edit: Edit, levels: tuple[Written, ...]) -> None:
    st.session_state[edit.key("count")] = len(levels)
    for level, (label, text) in enumerate(levels, start=1):
        st.session_state[edit.key(f"label-{level}")] = label
        st.session_state[edit.key(f"text-{level}")] = text


def _typed(edit: Edit, part: str) -> str:
    return str(st.session_state.get(edit.key(part)) or "")


def _count(edit: Edit) -> int:
    return int(st.session_state[edit.key("count")])


def _written(edit: Edit, count: int | None = None) -> tuple[Written, ...]:
    levels = range(1, (count or _count(edit)) + 1)
    return tuple((_typed(edit, f"label-{level}"), _typed(edit, f"text-{level}")) for level in levels)


def _text(edit: Edit) -> RubricText:
    return RubricText(_typed(edit, "name"), _typed(edit, "competency"), _typed(edit, "about"), _written(edit))


def _as_typed(edit: Edit) -> Rubric:
    """What is typed, to be looked at, whether it could be saved or not."""
    anchors = tuple(
        Anchor.model_construct(level=level, label=label, text=text)
        for level, (label, text) in enumerate(_written(edit), start=1)
    )
    return Rubric.model_construct(
        key="preview",
        name=_typed(edit, "name"),
        competency=_typed(edit, "competency"),
        about=_typed(edit, "about"),
        anchors=anchors,
    )


# ---- the fields ---------------------------------------------------------------------------------------------------


def _whole(edit: Edit, competencies: list[str]) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.text_input("Name", key=edit.key("name"), max_chars=LONGEST_LABEL, persist_state="session")
    with right:
        st.text_input(
            "Competency",
            key=edit.key("competency"),
            max_chars=LONGEST_LABEL,
            persist_state="session",
            placeholder="What it measures",
            help=plain("In use now: " + ", ".join(competencies)) if competencies else None,
        )
    st.text_area(
        "About",
        key=edit.key("about"),
        height=92,
        max_chars=LONGEST_TEXT,
        persist_state="session",
        placeholder="What to listen for, and how to choose between two levels",
    )


def _scale(edit: Edit) -> None:
    """The number of levels; a scale that is left is kept, so that coming back loses nothing."""

    def changed(before: int) -> None:
        levels, count = _written(edit, before), _count(edit)
        aside = edit.set_aside.get(count)
        edit.set_aside[before] = levels
        _put_levels(edit, aside if aside and rescaled(aside, before) == levels else rescaled(levels, count))

    frame.section("Levels", "five is usual; four has no middle, so every rating takes a side")
    st.segmented_control(
        "Number of levels",
        list(SCALES),
        key=edit.key("count"),
        required=True,
        format_func=lambda each: f"{each} levels" if each != 4 else "4 levels, no middle",
        on_change=changed,
        args=(_count(edit),),
        label_visibility="collapsed",
        persist_state="session",
    )


def _level(edit: Edit, level: int, found: tuple[Advice, ...]) -> None:
    with st.container(key=f"line-{edit.key(str(level))}"):
        left, right = st.columns([7, 4], gap="medium")
        with left:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                frame.html(Markup('<p class="level-number">{}</p>').format(level_chip(level, _count(edit))))
                st.text_input(
                    f"Label of level {level}",
                    key=edit.key(f"label-{level}"),
                    max_chars=LONGEST_LABEL,
                    persist_state="session",
                )
            st.text_area(
                f"Anchor of level {level}",
                key=edit.key(f"text-{level}"),
                height=92,
                max_chars=LONGEST_TEXT,
                persist_state="session",
                placeholder="What is said or done at this level, as anybody would hear it",
            )
        with right:
            advice_of_level(found, level)


# ---- saving -------------------------------------------------------------------------------------------------------


def _save_row(edit: Edit, view: RubricView | None) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if view:
            st.text_input("Why this change?", key=edit.key("reason"), max_chars=LONGEST_REASON, persist_state="session")
        label = f"Save as version {view.stored.version + 1}" if view else "Save the draft"
        st.button(label, type="primary", on_click=_save, args=(edit,))
        st.button("Discard", on_click=_discard, args=(edit,))


def _save(edit: Edit) -> None:
    here = visitor()
    with frame.told_when_refused():
        if edit.seen is None:
            saved = rubric_edits.add_rubric(here.workspace, by=here.person, text=_text(edit))
            state.tell(f"{saved.rubric.name} is saved as a draft.")
        else:
            saved = rubric_edits.change_rubric(
                here.workspace,
                by=here.person,
                key=edit.seen.key,
                seen=edit.seen,
                text=_text(edit),
                reason=_typed(edit, "reason"),
            )
            state.tell(f"Version {saved.version} of {saved.rubric.name} is saved.")
        _forget(edit)
        go(rubric=saved.key)


def _leave(edit: Edit) -> None:
    go(**({"rubric": edit.name} if edit.name else {}))


def _discard(edit: Edit) -> None:
    _forget(edit)
    _leave(edit)


def _forget(edit: Edit) -> None:
    st.session_state[EDITS].pop(edit.name, None)


def _newer(edit: Edit, view: RubricView) -> None:
    """Somebody else saved first: what differs, and the choice."""
    newest, stored = view.versions[0], view.stored
    what = f"Version {newest.number} by {newest.author} ({when(newest.at)}) is newer than what you began with."
    if edit.seen and edit.seen.version == stored.version:
        what = f"This rubric is now {STATE_NAMES[stored.state].lower()}; it was not when you began."
    frame.html(
        Markup('<div class="newer"><p><b>{}</b></p><p class="quiet">{}</p></div>').format(
            what,
            "What you typed is still in the fields below. Underlined is yours, struck through is theirs.",
        )
    )
    difference(fields_of(stored.rubric), fields_of(_as_typed(edit)))
    with st.container(horizontal=True):
        st.button("Go on with mine", on_click=_build_on, args=(edit, stored))
        st.button("Take theirs", on_click=_take, args=(edit, stored))


def _build_on(edit: Edit, stored: BankRubric) -> None:
    edit.seen = stored


def _take(edit: Edit, stored: BankRubric) -> None:
    edit.seen = stored
    _fill(edit, stored.rubric)
