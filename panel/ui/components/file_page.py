"""What the files of the question bank and the rubrics hold against the database, and taking the files' side."""

import streamlit as st
from markupsafe import Markup

from panel.actions import files
from panel.actions.filed import Filed
from panel.actions.files import Difference, Mark
from panel.domain.filing import Standing
from panel.domain.questions import STATE_NAMES as QUESTION_STATES
from panel.domain.questions import FiledQuestion
from panel.domain.rubrics import STATE_NAMES as RUBRIC_STATES
from panel.domain.rubrics import FiledRubric
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.difference import difference
from panel.ui.components.question_history import fields_of as question_fields
from panel.ui.components.rubric_reading import fields_of as rubric_fields
from panel.ui.resources import visitor
from panel.ui.words import count, plain, when

GROUPS: dict[Standing, tuple[str, str]] = {
    "only in files": ("New in the files", "not in the database yet"),
    "files newer": ("Newer in the files", "unchanged in the database since both agreed"),
    "both changed": ("Changed on both sides", "look at each; taking the file's side makes it the next version"),
    "database newer": (
        "Newer in the database",
        "written into the files by python -m panel bank sync --take database",
    ),
    "only in database": ("Only in the database", "written into the files by the same command"),
}
SHOWN = 30


def file_page() -> None:
    here = visitor()
    found = files.differences(here.workspace, by=here.person)
    for error in found.errors:
        st.warning(
            "This file cannot be read; the bank keeps what it last read from it.\n\n"
            + "\n\n".join(plain(line) for line in error.splitlines())
        )
    if not found.entries:
        frame.empty("Files and bank hold the same.", "What is changed in question_bank/ or rubrics/ shows here.")
        return
    easy = found.standing(*files.FROM_FILES)
    if easy:
        st.button(
            f"Bring in {count(len(easy), 'entry', 'entries')} from the files",
            type="primary",
            on_click=_take,
            args=([each.mark for each in easy],),
        )
        frame.quiet("Published plans keep the text they were published with.")
    for standing, (title, about) in GROUPS.items():
        _group(title, about, found.standing(standing))


def _group(title: str, about: str, entries: tuple[Difference, ...]) -> None:
    if not entries:
        return
    frame.section(f"{title}: {len(entries):,}", about)
    for each in entries[:SHOWN]:
        with st.expander(plain(f"{each.kind.capitalize()}: {each.title}")):
            _entry(each)
    if len(entries) > SHOWN:
        frame.quiet(f"And {len(entries) - SHOWN:,} more.")


def _entry(each: Difference) -> None:
    if each.stored and each.author and each.at:
        frame.html(
            Markup('<p class="quiet">In the database: version {} by {}, {}: {}</p>').format(
                each.stored.version, each.author, when(each.at), each.reason
            )
        )
    if each.stored and each.in_files:
        frame.quiet("Underlined is the file's, struck through is the database's.")
    difference(_fields(each.stored), _fields(each.in_files))
    if each.in_files:
        st.button("Take the file's side", key=f"take-{each.kind}-{each.key}", on_click=_take, args=([each.mark],))


def _fields(side: Filed | None) -> dict[str, str]:
    if side is None:
        return {}
    document = side.document
    if isinstance(document, FiledQuestion):
        leak = f"since {document.leaked.on:%d %B %Y}: {document.leaked.reason}" if document.leaked else ""
        state = QUESTION_STATES[document.state]
        return question_fields(document, side.place) | {"State": state, "Marked as leaked": leak}
    if isinstance(document, FiledRubric):
        return rubric_fields(document) | {"State": RUBRIC_STATES[document.state]}
    return {name.capitalize(): str(value) for name, value in document.model_dump(exclude={"key"}).items()}


def _take(marks: list[Mark]) -> None:
    here = visitor()
    with frame.told_when_refused():
        taken = files.take_files(here.workspace, by=here.person, marks=marks)
        said = f"{count(len(taken.applied), 'entry', 'entries')} brought in from the files."
        if taken.changed_since:
            left = len(taken.changed_since)
            stay = "stays as it is" if left == 1 else "stay as they are"
            said += f" {count(left, 'entry', 'entries')} changed meanwhile and {stay}."
        state.tell(said, problem=bool(taken.changed_since))
