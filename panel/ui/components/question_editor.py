"""Writing a question: its fields, near duplicates while one writes, and the answer as it will be shown.

What is typed stays in this tab until it is saved, also when somebody else saves first: then the newer text and what
differs are shown, and the writer decides.
"""

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from panel.actions import bank, library, questions, rubrics
from panel.actions.questions import QuestionText, Seen
from panel.actions.told import LONGEST_REASON
from panel.domain.questions import DIFFICULTIES, STATE_NAMES, USUAL_MINUTES, BankQuestion, Question
from panel.domain.rubrics import Rubric, obstacle
from panel.markdown import safe
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.anchors_editor import anchors_editor
from panel.ui.components.difference import difference
from panel.ui.components.question_history import fields_of
from panel.ui.resources import visitor
from panel.ui.words import plain

EDITS = "question-edits"  # key of the question, empty for a new one -> Edit
TEXTS = ("prompt", "answer", "source")
LISTS = ("probes", "strong", "weak")
LABELS = {"probes": "Probes", "strong": "Sounds strong", "weak": "Sounds weak"}


@dataclass
class Edit:
    """One question being written in this tab. `seen` is what the writer built on, None for a new question."""

    name: str = ""
    seen: BankQuestion | None = None

    def key(self, part: str) -> str:
        return f"write-{self.name}-{part}"


def editor(stored: BankQuestion | None) -> None:
    """The page for a new question (`stored` is None) or for the next version of one."""
    edit = _edit(stored)
    frame.back("Back to the questions", _leave)
    if stored:
        frame.heading("Edit the question", "Saved as the next version; published plans keep theirs.")
    else:
        frame.heading("New question", "Saved as a draft. Once it is whole, hand it in for review.")
    if stored and edit.seen and (stored.version, stored.state) != (edit.seen.version, edit.seen.state):
        _newer(edit, stored)
    left, right = st.columns([7, 5], gap="large")
    with left:
        _fields(edit)
        _own_anchors(edit)
        _save_row(edit, stored)
    with right:
        _twins(edit)
        _answer_as_shown(edit)


# ---- what is typed ------------------------------------------------------------------------------------------------


def _edit(stored: BankQuestion | None) -> Edit:
    edits: dict[str, Edit] = st.session_state.setdefault(EDITS, {})
    name = stored.key if stored else ""
    if name not in edits:
        edits[name] = Edit(name, stored)
        _fill(edits[name], stored)
    return edits[name]


def _fill(edit: Edit, stored: BankQuestion | None) -> None:
    question = stored.question if stored else None
    put = st.session_state
    for part in TEXTS:
        put[edit.key(part)] = getattr(question, part) if question else ""
    for part in LISTS:
        put[edit.key(part)] = "\n".join(getattr(question, part)) if question else ""
    put[edit.key("category")] = stored.category.name if stored else None
    put[edit.key("competency")] = (question.competency or None) if question else None
    put[edit.key("difficulty")] = question.difficulty if question else None
    put[edit.key("minutes")] = question.minutes if question else USUAL_MINUTES
    put[edit.key("tags")] = list(question.tags) if question else []
    put[edit.key("anchors")] = question.anchors if question else ()
    for level in range(1, 8):
        put.pop(f"{edit.key('own')}-{level}", None)


def _typed(edit: Edit, part: str) -> str:
    return str(st.session_state.get(edit.key(part)) or "")


def _text(edit: Edit) -> QuestionText:
    lists = {part: tuple(line for line in _typed(edit, part).split("\n") if line.strip()) for part in LISTS}
    return QuestionText(
        category=_typed(edit, "category"),
        prompt=_typed(edit, "prompt"),
        answer=_typed(edit, "answer"),
        competency=_typed(edit, "competency"),
        difficulty=st.session_state.get(edit.key("difficulty")),
        minutes=int(st.session_state.get(edit.key("minutes")) or USUAL_MINUTES),
        tags=tuple(st.session_state.get(edit.key("tags")) or ()),
        anchors=st.session_state.get(edit.key("anchors")) or (),
        source=_typed(edit, "source"),
        **lists,
    )


# ---- the fields ---------------------------------------------------------------------------------------------------


def _fields(edit: Edit) -> None:
    everything = _bank()
    _prompt(edit)
    left, right = st.columns(2, gap="medium")
    with left:
        _choice("Category", edit.key("category"), everything.choices.categories, "Choose, or name a new one")
        st.selectbox(
            "Difficulty", DIFFICULTIES, index=None, key=edit.key("difficulty"), persist_state="session",
            placeholder="Choose",
        )  # fmt: skip
    with right:
        _choice("Competency", edit.key("competency"), _competencies(), "What it measures")
        st.number_input("Minutes, probes included", 1, 60, key=edit.key("minutes"), persist_state="session")
    st.text_area(
        "Reference answer",
        key=edit.key("answer"),
        height=260,
        max_chars=20_000,
        persist_state="session",
        placeholder="Markdown, with `code` and $formulas$; enough for an interviewer from another field to judge by",
    )
    for part in LISTS:
        st.text_area(
            f"{LABELS[part]}, one a line", key=edit.key(part), height=116, max_chars=9_000, persist_state="session"
        )
    st.multiselect(
        "Tags", sorted({*everything.choices.tags, *(st.session_state.get(edit.key("tags")) or [])}),
        key=edit.key("tags"), accept_new_options=True, max_selections=12, persist_state="session",
        placeholder="Choose, or write a new one",
    )  # fmt: skip
    st.text_input("Source", key=edit.key("source"), max_chars=2000, persist_state="session")


def _prompt(edit: Edit) -> None:
    """One line, so that near duplicates show with every key; of several lines only where it was stored so."""
    key, placeholder = edit.key("prompt"), "As it is said to the candidate"
    if "\n" in _typed(edit, "prompt"):
        st.text_area("Question", key=key, height=92, max_chars=1000, persist_state="session", placeholder=placeholder)
    else:
        st.text_input(
            "Question", key=key, max_chars=1000, persist_state="session", live="300ms", placeholder=placeholder
        )


def _choice(label: str, key: str, options: list[str], placeholder: str) -> None:
    """One of those in use, or a new one."""
    written = st.session_state.get(key)
    offered = options if not written or written in options else [*options, str(written)]
    st.selectbox(
        label, offered, index=None, key=key, accept_new_options=True, placeholder=placeholder, persist_state="session"
    )


def _bank() -> library.Library:
    here = visitor()
    return library.library(here.workspace, by=here.person)


def _competencies() -> list[str]:
    here = visitor()
    measured = {each.rubric.competency for each in rubrics.bank_rubrics(here.workspace, by=here.person)}
    return sorted(measured | set(_bank().choices.competencies))


def _own_anchors(edit: Edit) -> None:
    rubric = _rubric_of(_typed(edit, "competency"))
    current: tuple[str, ...] = st.session_state.get(edit.key("anchors")) or ()
    with st.expander("What each level sounds like here", expanded=bool(current)):
        if rubric is None:
            frame.quiet(
                "Choose a competency that has an active rubric; then this question can have anchors of its own."
            )
            return
        frame.quiet(
            f"Written here, a level's anchor stands in place of the one in {rubric.name}, for this question only."
        )
        st.session_state[edit.key("anchors")] = anchors_editor(rubric, current, edit.key("own"))


def _rubric_of(competency: str) -> Rubric | None:
    here = visitor()
    stored = rubrics.bank_rubrics(here.workspace, by=here.person)
    return next(
        (each.rubric for each in stored if each.rubric.competency == competency and obstacle(each) is None), None
    )


# ---- beside the fields --------------------------------------------------------------------------------------------


def _twins(edit: Edit) -> None:
    """Questions of the bank that ask nearly the same."""
    prompt = _typed(edit, "prompt")
    everything = _bank()
    near = [
        everything.questions[each.place]
        for each in everything.twins.nearest(prompt)
        if everything.questions[each.place].key != edit.name
    ]
    frame.section("Near duplicates")
    if not prompt.strip():
        frame.quiet("While you write, questions that ask nearly the same show here.")
    elif not near:
        frame.quiet("No question of the bank asks nearly the same.")
    for each in near:
        facts = (each.category.name, STATE_NAMES[each.state], f"version {each.version}")
        frame.html(
            Markup('<div class="row-line"><p><b>{}</b></p><p class="quiet">{}</p></div>').format(
                each.question.prompt, " · ".join(facts)
            )
        )
        with st.expander(plain("Its answer")):
            st.markdown(safe(each.question.answer) or "No answer yet.")


def _answer_as_shown(edit: Edit) -> None:
    frame.section("The answer as it is shown")
    answer = _typed(edit, "answer")
    if answer.strip():
        st.markdown(safe(answer))
    else:
        frame.quiet("Markdown, code and formulas show here as interviewers will see them.")


# ---- saving -------------------------------------------------------------------------------------------------------


def _save_row(edit: Edit, stored: BankQuestion | None) -> None:
    if stored:
        st.text_input(
            "Why this change?", key=edit.key("reason"), max_chars=LONGEST_REASON, persist_state="session",
            placeholder="A few words for the history",
        )  # fmt: skip
    with st.container(horizontal=True):
        label = f"Save as version {stored.version + 1}" if stored else "Save the draft"
        st.button(label, type="primary", on_click=_save, args=(edit,), key="save-question")
        st.button("Discard", on_click=_discard, args=(edit,))


def _save(edit: Edit) -> None:
    here = visitor()
    with frame.told_when_refused():
        if edit.seen is None:
            saved = questions.add_question(here.workspace, by=here.person, text=_text(edit))
            state.tell("The question is saved as a draft.")
        else:
            saved = questions.change_question(
                here.workspace,
                by=here.person,
                key=edit.seen.key,
                seen=Seen(edit.seen.version, edit.seen.state),
                text=_text(edit),
                reason=_typed(edit, "reason"),
            )
            state.tell(f"Version {saved.version} is saved.")
        _forget(edit)
        st.query_params["question"] = saved.key
        _leave()


def _leave() -> None:
    """Back to the list as it was, with what was searched for."""
    st.query_params.pop("part", None)


def _discard(edit: Edit) -> None:
    _forget(edit)
    _leave()


def _forget(edit: Edit) -> None:
    st.session_state[EDITS].pop(edit.name, None)
    st.session_state.pop(edit.key("reason"), None)


def _newer(edit: Edit, stored: BankQuestion) -> None:
    """Somebody else saved first: what differs, and the choice."""
    here = visitor()
    newest = bank.question(here.workspace, by=here.person, key=stored.key).versions[0]
    what = f"Version {newest.number} by {newest.author} is newer than what you began with."
    if edit.seen and edit.seen.version == stored.version:
        what = f"This question is now {STATE_NAMES[stored.state].lower()}; it was not when you began."
    frame.html(
        Markup('<div class="newer"><p><b>{}</b></p><p class="quiet">{}</p></div>').format(
            what, "What you typed is still in the fields below. Underlined is yours, struck through is theirs."
        )
    )
    mine = fields_of(_as_typed(edit, stored), _typed(edit, "category"))
    difference(fields_of(stored.question, stored.category.name), mine)
    with st.container(horizontal=True):
        st.button("Go on with mine", on_click=_build_on, args=(edit, stored))
        st.button("Take theirs", on_click=_take, args=(edit, stored))


def _as_typed(edit: Edit, stored: BankQuestion) -> Question:
    """What is typed, to be looked at, whether it could be saved or not."""
    text = _text(edit)
    return Question.model_construct(key=stored.key, **text.model_dump(exclude={"category"}))


def _build_on(edit: Edit, stored: BankQuestion) -> None:
    edit.seen = stored


def _take(edit: Edit, stored: BankQuestion) -> None:
    edit.seen = stored
    _fill(edit, stored)
