"""The questions that were found: a list to choose from, and the open one to correct, with its twin beside it."""

import streamlit as st
from markupsafe import Markup

from panel.actions.import_preview import Twin
from panel.domain.merging import KEEP_ANSWER_NAMES
from panel.domain.questions import DIFFICULTIES, STATE_NAMES
from panel.markdown import safe
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.import_draft import WAY_MARKS, WAYS, Decision, Draft, correct, keep_only
from panel.ui.components.question_list import PAGE, Column, ListRow, question_list
from panel.ui.words import count, plain

COLUMNS = (Column("Line", 72), Column("Category", 144), Column("Difficulty", 96))
LIST = "import-list"
VIEWS = {"all": "All", "twins": "Near duplicates", "bare": "No answer", "left": "Left out"}


def rows(draft: Draft) -> None:
    left, right = st.columns([6, 7], gap="large")
    with left:
        _view(draft)
        _list(draft)
    with right:
        if draft.selected is not None and draft.selected < len(draft.decisions):
            _open(draft, draft.selected)


def _view(draft: Draft) -> None:
    def changed() -> None:
        draft.only = st.session_state[key]

    key = f"import-view-{draft.preview.id}-{draft.only}"
    sizes = {name: len(Draft.shown(_seen_as(draft, name))) for name in VIEWS}
    st.segmented_control(
        "Show",
        [name for name in VIEWS if sizes[name] or name in {"all", draft.only}],
        default=draft.only,
        format_func=lambda each: f"{VIEWS[each]} {sizes[each]:,}",
        key=key,
        required=True,
        on_change=changed,
        label_visibility="collapsed",
    )


def _seen_as(draft: Draft, name: str) -> Draft:
    return Draft(draft.preview, draft.source, draft.decisions, [], None, name)


def _list(draft: Draft) -> None:
    places = draft.shown()
    if not places:
        frame.empty("None of them.", "Choose another view above.")
        return
    view = f"{draft.preview.id} {draft.only}"
    first = min(state.page(LIST, view) or 0, max(0, (len(places) - 1) // PAGE * PAGE))

    def checked(keys: set[str]) -> None:
        shown = {str(each) for each in places}
        hidden = {str(place) for place, each in enumerate(draft.decisions) if each.way != "leave"} - shown
        keep_only(draft, [int(each) for each in keys | hidden])

    def picked(key: str) -> None:
        draft.selected = int(key)

    question_list(
        [_row(place, draft.decisions[place]) for place in places[first : first + PAGE]],
        key=LIST,
        columns=COLUMNS,
        selected=None if draft.selected is None else str(draft.selected),
        on_pick=picked,
        first=first,
        total=len(places),
        on_turn=lambda to: state.turn_page(LIST, view, to),
        checked={str(place) for place in places if draft.decisions[place].way != "leave"},
        on_check=checked,
        view=view,
        height=620,
    )


def _row(place: int, each: Decision) -> ListRow:
    found = each.found
    notes = [
        count(len(found.follow_ups), "probe") if found.follow_ups else "",
        "" if found.answer else "no answer",
        _likeness(each),
    ]
    return ListRow(
        key=str(place),
        prompt=found.prompt,
        facts=(f"line {found.line:,}", found.category, found.difficulty or ""),
        state=WAY_MARKS[each.way],
        note=" · ".join(note for note in notes if note),
    )


def _likeness(each: Decision) -> str:
    if each.row.in_bank:
        return "in the bank already"
    if each.row.twins:
        return f"like “{_short(each.row.twins[0].stored.question.prompt)}” in the bank"
    return "like an earlier one in this document" if each.row.like_row is not None else ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"


# ---- the open question --------------------------------------------------------------------------------------------


def _open(draft: Draft, place: int) -> None:
    each = draft.decisions[place]
    key = f"{draft.preview.id}-{place}"
    frame.quiet(f"Line {each.found.line:,} of the document")
    _what_to_do(draft, each, key)
    _field(each, key, "prompt", "Question", height=92, longest=1000)
    left, right = st.columns(2, gap="medium")
    with left:
        _field(each, key, "category", "Category", longest=120)
    with right:
        _difficulty(each, key)
    _field(each, key, "answer", "Answer", height=220, longest=20_000)
    _probes(each, key)
    if each.found.answer:
        with st.expander("The answer as it will be shown"):
            st.markdown(safe(each.found.answer))
    if draft.decisions[place].row.like_row is not None:
        earlier = draft.decisions[each.row.like_row or 0].found
        frame.quiet(f"Line {earlier.line:,} of this document asks nearly the same: “{earlier.prompt}”")


def _what_to_do(draft: Draft, each: Decision, key: str) -> None:
    def changed() -> None:
        each.way = st.session_state[f"way-{key}-{each.way}"]

    offered = [way for way in WAYS if each.row.twins or way in {"add", "leave"}]
    st.radio(
        "What becomes of it",
        offered,
        index=offered.index(each.way),
        format_func=lambda way: WAYS[way],
        key=f"way-{key}-{each.way}",
        on_change=changed,
        horizontal=not each.row.twins,
        label_visibility="collapsed",
    )
    if each.row.twins:
        _twin(each, key)


def _twin(each: Decision, key: str) -> None:
    """The question of the bank that asks nearly the same, beside the one found."""
    if len(each.row.twins) > 1:
        by_key = {twin.stored.key: twin for twin in each.row.twins}

        def chosen() -> None:
            each.twin_key = st.session_state[f"twin-{key}"]

        st.selectbox(
            "Nearly the same in the bank", list(by_key), index=list(by_key).index(each.twin_key), key=f"twin-{key}",
            format_func=lambda name: by_key[name].stored.question.prompt, on_change=chosen,
        )  # fmt: skip
    twin = each.twin
    if twin is None:
        return
    _show_twin(twin)
    if each.way == "merge" and twin.stored.question.answer and each.found.answer:

        def kept() -> None:
            each.answer = st.session_state[f"keep-{key}"]

        st.radio(
            "Which answer", list(KEEP_ANSWER_NAMES), index=list(KEEP_ANSWER_NAMES).index(each.answer),
            format_func=lambda name: KEEP_ANSWER_NAMES[name], key=f"keep-{key}", on_change=kept,
        )  # fmt: skip


def _show_twin(twin: Twin) -> None:
    stored = twin.stored
    frame.html(
        Markup('<div class="note"><p class="quiet">In the bank: {}, {}, version {}</p><p><b>{}</b></p></div>').format(
            stored.category.name, STATE_NAMES[stored.state].lower(), stored.version, stored.question.prompt
        )
    )
    with st.expander(plain("Its answer and probes")):
        st.markdown(safe(stored.question.answer) or "No answer yet.")
        frame.html(Markup("").join(Markup("<p>{}</p>").format(probe) for probe in stored.question.probes))


def _field(each: Decision, key: str, name: str, label: str, *, longest: int, height: int | None = None) -> None:
    def changed() -> None:
        correct(each, **{name: str(st.session_state[field] or "").strip()})

    field = f"{name}-{key}"
    value = str(getattr(each.found, name))
    if height is None:
        st.text_input(label, value, key=field, max_chars=longest, on_change=changed)
    else:
        st.text_area(label, value, key=field, max_chars=longest, height=height, on_change=changed)


def _difficulty(each: Decision, key: str) -> None:
    def changed() -> None:
        correct(each, difficulty=st.session_state[f"difficulty-{key}"])

    st.selectbox(
        "Difficulty", DIFFICULTIES, index=DIFFICULTIES.index(each.found.difficulty) if each.found.difficulty else None,
        key=f"difficulty-{key}", placeholder="not said", on_change=changed,
    )  # fmt: skip


def _probes(each: Decision, key: str) -> None:
    def changed() -> None:
        lines = str(st.session_state[f"probes-{key}"] or "").split("\n")
        correct(each, follow_ups=tuple(line.strip() for line in lines if line.strip()))

    st.text_area(
        "Probes, one a line", "\n".join(each.found.follow_ups), key=f"probes-{key}", height=92, max_chars=9_000,
        on_change=changed,
    )  # fmt: skip
