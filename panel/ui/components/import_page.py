"""Bringing in a document: read it, look through what was found, decide, confirm."""

from collections.abc import Mapping

import streamlit as st

from panel.actions import import_preview, imports, rubrics
from panel.actions.imports import LANDING, WITHOUT_HEADING, Defaults
from panel.actions.library import library
from panel.domain.questions import DIFFICULTIES, STATE_NAMES, USUAL_MINUTES
from panel.errors import PanelError
from panel.ui import state
from panel.ui.components import frame, import_draft
from panel.ui.components.import_draft import Draft
from panel.ui.components.import_headings import headings
from panel.ui.components.import_problems import problems
from panel.ui.components.import_rows import rows
from panel.ui.resources import visitor
from panel.ui.words import count, plain

PASTED = "import-pasted"
UPLOADS = "import-uploads"  # how often the upload field was emptied
FIELDS = {
    "prompt": "Question", "answer": "Answer", "category": "Category", "follow_ups": "Follow-ups",
    "difficulty": "Difficulty", "competency": "Competency", "minutes": "Minutes", "tags": "Tags",
    "strong": "Strong signs", "weak": "Weak signs", "source": "Source",
}  # fmt: skip
ACCEPTED = "A plain-text article, Markdown, CSV, TSV, XLSX, JSON or TOML; at most 10 MB."


def import_page() -> None:
    draft = import_draft.current()
    if draft is None:
        _choose_document()
    else:
        _look_through(draft)


# ---- choosing a document ------------------------------------------------------------------------------------------


def _choose_document() -> None:
    left, right = st.columns(2, gap="large")
    with left:
        frame.section("Upload", ACCEPTED)
        uploads = st.session_state.setdefault(UPLOADS, 0)
        file = st.file_uploader(
            "Document", key=f"import-file-{uploads}", label_visibility="collapsed", max_upload_size=100
        )
        if file is not None:
            _read_upload(file.name, file.getvalue())
    with right:
        frame.section("Or paste", "the text of an article, Markdown or a table")
        st.text_area("Text", key=PASTED, height=220, label_visibility="collapsed", placeholder="Paste it here")
        st.button("Read the text", type="primary", on_click=_read_pasted)


def _read_upload(name: str, data: bytes) -> None:
    here = visitor()
    try:
        with st.spinner("Reading the document"):
            preview = import_preview.preview_document(here.workspace, by=here.person, name=name, data=data)
    except PanelError as error:
        st.warning(plain(f"{name}: {error}"))
        return
    st.session_state[UPLOADS] += 1  # the field is empty when one comes back
    import_draft.begin(preview, data)
    st.rerun()


def _read_pasted() -> None:
    here = visitor()
    with frame.told_when_refused():
        text = str(st.session_state.get(PASTED) or "")
        import_draft.begin(import_preview.preview_pasted(here.workspace, by=here.person, text=text), text)


# ---- looking through ----------------------------------------------------------------------------------------------


def _look_through(draft: Draft) -> None:
    taken = draft.taken()
    left_behind = len(draft.problems) - len(draft.dismissed)
    frame.section(draft.preview.name, f"read as {draft.preview.kind}")
    said = [f"{count(len(draft.decisions), 'question')} found"]
    said += [f"{count(left_behind, 'passage')} not placed"] if left_behind else ["every passage placed"]
    frame.quiet(", ".join(said) + ". Nothing is written yet; what you correct here lives in this tab only.")
    if draft.preview.columns:
        _columns(draft)
    if not draft.decisions and not draft.problems:
        frame.empty("No question was found.", "Choose another document, or paste its text.")
    headings(draft)
    defaults, lands = _defaults()
    with st.container(horizontal=True, vertical_alignment="center", key="import-confirm"):
        st.button(
            f"Bring in {count(len(taken), 'question')}",
            type="primary",
            disabled=not taken,
            on_click=_confirm,
            args=(draft, defaults, lands),
        )
        st.button("Discard", on_click=import_draft.discard)
        if left_behind:
            frame.quiet(f"{count(left_behind, 'passage')} below {'stays' if left_behind == 1 else 'stay'} behind.")
    if draft.decisions:
        rows(draft)
    problems(draft)


def _defaults() -> tuple[Defaults, str]:
    """What holds for questions whose document does not say, and how all of them come in."""
    here = visitor()
    everything = library(here.workspace, by=here.person)
    measured = {each.rubric.competency for each in rubrics.bank_rubrics(here.workspace, by=here.person)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="import-defaults"):
        lands = st.selectbox(
            "Come in as", LANDING, format_func=lambda each: STATE_NAMES[each], key="import-lands", width=168,
            help="Where the document names no state. Those that lack a reference answer, a competency or a "
            "difficulty stay drafts.",
        )  # fmt: skip
        category = st.selectbox(
            "Without a heading", [WITHOUT_HEADING, *everything.choices.categories], key="import-category",
            accept_new_options=True, width=200,
        )  # fmt: skip
        competency = st.selectbox(
            "Competency, if not said", sorted(measured | set(everything.choices.competencies)), index=None,
            key="import-competency", accept_new_options=True, placeholder="leave empty", width=220,
        )  # fmt: skip
        difficulty = st.selectbox(
            "Difficulty, if not said", DIFFICULTIES, index=None, key="import-difficulty", placeholder="leave empty",
            width=200,
        )  # fmt: skip
        minutes = st.number_input("Minutes, if not said", 1, 60, USUAL_MINUTES, key="import-minutes", width=168)
    defaults = Defaults(
        category=category or WITHOUT_HEADING,
        competency=competency or "",
        difficulty=difficulty or "",
        minutes=int(minutes),
    )
    return defaults, lands


def _columns(draft: Draft) -> None:
    """Which column of a table is what: guessed, to be confirmed or corrected."""
    columns = draft.preview.columns
    assert columns
    guessed = ", ".join(f"{FIELDS.get(name, name)}: {heading}" for name, heading in columns.fields.items())
    with st.expander(plain(f"Columns. {guessed or 'None was recognised; choose them'}"), expanded=not columns.fields):
        with st.container(horizontal=True, gap="small"):
            for name, label in FIELDS.items():
                heading = columns.fields.get(name)
                st.selectbox(
                    label,
                    columns.headings,
                    index=columns.headings.index(heading) if heading in columns.headings else None,
                    placeholder="none",
                    key=_column_key(draft, name),
                    width=168,
                )
        st.button("Read again with these columns", on_click=_read_again, args=(draft,))


def _column_key(draft: Draft, name: str) -> str:
    return f"column-{draft.preview.id}-{name}"


def _read_again(draft: Draft) -> None:
    here = visitor()
    chosen: Mapping[str, str] = {
        name: heading for name in FIELDS if (heading := st.session_state.get(_column_key(draft, name)))
    }
    with frame.told_when_refused():
        if isinstance(draft.source, str):
            preview = import_preview.preview_pasted(here.workspace, by=here.person, text=draft.source, columns=chosen)
        else:
            preview = import_preview.preview_document(
                here.workspace, by=here.person, name=draft.preview.name, data=draft.source, columns=chosen
            )
        import_draft.begin(preview, draft.source)


def _confirm(draft: Draft, defaults: Defaults, lands: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        done = imports.bring_in(
            here.workspace,
            by=here.person,
            import_id=draft.preview.id,
            name=draft.preview.name,
            choices=[each.choice() for each in draft.taken()],
            defaults=defaults,
            state=lands,  # type: ignore[arg-type]
        )
        parts = [f"{count(done.added, 'question')} brought in"]
        parts += [f"{done.merged} changed"] if done.merged else []
        parts += [f"{done.left_as_draft} kept as drafts because they lack something"] if done.left_as_draft else []
        import_draft.discard()
        st.session_state.pop(PASTED, None)
        st.query_params["part"] = "history"
        state.tell(", ".join(parts) + ".")
