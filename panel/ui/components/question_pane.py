"""The open question: its text, where it stands in its life, how often it was asked, and what changed."""

import streamlit as st
from markupsafe import Markup

from panel.actions import bank, question_life
from panel.actions.bank import QuestionView, Use
from panel.actions.questions import Seen
from panel.actions.told import LONGEST_REASON
from panel.domain.basics import now
from panel.domain.people import Person, may_review_questions
from panel.domain.questions import (
    IN_PLANS,
    MOVES,
    UNDER_WAY,
    BankQuestion,
    QuestionState,
    lacking,
    moves_of_everybody,
)
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.question_history import history
from panel.ui.components.reading_question import question_heading, question_text
from panel.ui.resources import visitor
from panel.ui.words import count

VERBS: dict[QuestionState, str] = {
    "draft": "Take back to draft",
    "in_review": "Hand in for review",
    "approved": "Approve",
    "pilot": "Make it a pilot",
    "retired": "Retire",
}
DONE: dict[QuestionState, str] = {
    "draft": "The question is a draft again.",
    "in_review": "The question waits for review.",
    "approved": "The question is approved. Plans can choose it.",
    "pilot": "The question is a pilot: plans can choose it, it is rated, and it does not count until it is approved.",
    "retired": "The question is retired. Plans cannot choose it any more.",
}
PARTS = TEXT, USE, HISTORY = "Text", "Use", "History"


def question_pane(key: str) -> None:
    """Everything about one question, for whoever is looking."""
    here = visitor()
    view = bank.question(here.workspace, by=here.person, key=key)
    question_heading(view.stored)
    _life(view, here.person)
    part = st.segmented_control(
        "Part", PARTS, default=TEXT, key="question-part", required=True, label_visibility="collapsed"
    )
    if part == USE:
        _use(view)
    elif part == HISTORY:
        history(view)
    else:
        question_text(view.stored)


# ---- the life of a question ---------------------------------------------------------------------------------------


def _life(view: QuestionView, person: Person) -> None:
    stored = view.stored
    reviews = may_review_questions(person)
    missing = lacking(stored.question)
    moves = MOVES[stored.state] if reviews else moves_of_everybody(stored.state)
    first = next((to for to in ("approved", "in_review") if to in moves and not (missing and to in IN_PLANS)), None)
    with st.container(horizontal=True, key="question-life"):
        if reviews or stored.state in UNDER_WAY:
            st.button("Edit", on_click=_edit)
        if first and stored.state != "retired":
            st.button(VERBS[first], type="primary", on_click=_move, args=(stored, first, ""), key=f"first-{first}")
        others = [to for to in moves if to != first]
        if others:
            with st.popover("Change state"):
                _other_moves(view, others, missing)
        if reviews:
            with st.popover("Leaked" if stored.leak else "Mark as leaked"):
                _leak(stored)
    if missing and stored.state not in IN_PLANS:
        frame.quiet(f"Before it can be approved it needs {listed(missing)}.")
    if not reviews and stored.state not in UNDER_WAY:
        frame.quiet("Hiring managers change approved questions. You can write your version as a new question.")
    if stored.leak:
        frame.html(
            Markup('<p class="said"><b>Candidates may know it</b> since {}: {}</p>').format(
                f"{stored.leak.on:%d %B %Y}", stored.leak.reason
            )
        )


def _edit() -> None:
    st.query_params["part"] = "edit"


def _other_moves(view: QuestionView, moves: list[QuestionState], missing: list[str]) -> None:
    stored = view.stored
    reason = f"move-reason-{stored.key}-{stored.version}-{stored.state}"
    st.text_input("Why? The history keeps it.", key=reason, max_chars=LONGEST_REASON)
    if "retired" in moves and view.uses:
        frame.quiet(f"Retiring takes it out of the next version of {listed(_used_in(view.uses))}.")
    for to in moves:
        st.button(
            VERBS[to],
            key=f"move-{to}",
            disabled=bool(missing) and to in IN_PLANS,
            on_click=lambda to=to: _move(stored, to, str(st.session_state.get(reason) or "")),
        )


def _used_in(uses: tuple[Use, ...]) -> list[str]:
    return [f"{each.plan_title} ({each.role_name})" for each in uses if each.in_draft] or ["no plan"]


def _move(stored: BankQuestion, to: QuestionState, reason: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        _, planned = question_life.move_question(
            here.workspace, by=here.person, key=stored.key, seen=Seen(stored.version, stored.state), to=to,
            reason=reason,
        )  # fmt: skip
        state.tell(DONE[to] + (f" These plan drafts still hold it: {listed(planned)}." if planned else ""))


def _leak(stored: BankQuestion) -> None:
    if stored.leak:
        frame.quiet("Plans that ask it are warned. Take the mark away if it was a mistake; the history keeps both.")
        st.button("Take the mark away", on_click=_clear_leak, args=(stored,))
        return
    key = f"leak-{stored.key}"
    st.date_input("Noticed on", value=now().date(), max_value=now().date(), key=f"{key}-day")
    st.text_input("How do you know?", key=f"{key}-reason", max_chars=LONGEST_REASON)
    st.button("Mark it as leaked", key=f"{key}-mark", on_click=_mark_leaked, args=(stored,))


def _mark_leaked(stored: BankQuestion) -> None:
    here = visitor()
    with frame.told_when_refused():
        question_life.mark_leaked(
            here.workspace,
            by=here.person,
            key=stored.key,
            seen=stored.leak,
            on=st.session_state[f"leak-{stored.key}-day"],
            reason=str(st.session_state[f"leak-{stored.key}-reason"] or ""),
        )
        state.tell("The question is marked. Plans that ask it are warned before they are published.")


def _clear_leak(stored: BankQuestion) -> None:
    here = visitor()
    with frame.told_when_refused():
        question_life.clear_leak(here.workspace, by=here.person, key=stored.key, seen=stored.leak)
        state.tell("The mark is taken away.")


# ---- where it is used ---------------------------------------------------------------------------------------------


def _use(view: QuestionView) -> None:
    shown = view.exposure
    frame.section("Asked", "counted from submitted scorecards, except where you still owe your own")
    if not shown.asked:
        frame.quiet("Nobody was asked this question yet.")
    else:
        lately = count(shown.lately, "candidate") if shown.lately else "nobody"
        frame.html(
            Markup('<p><span class="big-number">{}</span>{}; {} in the last 90 days</p>').format(
                shown.asked, "candidate" if shown.asked == 1 else "candidates", lately
            )
        )
        frame.html(
            Markup("<ul>{}</ul>").format(
                Markup("").join(Markup("<li>{}: {}</li>").format(role, times) for role, times in shown.by_role)
            )
        )
    frame.section("Plans")
    if not view.uses:
        frame.quiet("No plan that you can see asks it.")
    for use in view.uses:
        frame.html(
            Markup('<p>{} <span class="quiet">{}</span></p>').format(
                use.plan_title, " · ".join(part for part in _use_words(use) if part)
            )
        )


def _use_words(use: Use) -> list[str]:
    return [
        use.role_name,
        "in the draft" if use.in_draft else "not in the draft any more",
        f"in version {use.published}" if use.published else "not published with it",
        f"{count(use.interviews_ahead, 'interview')} to come" if use.interviews_ahead else "",
    ]
