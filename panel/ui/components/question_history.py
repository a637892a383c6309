"""What happened to a question, newest first, and two of its versions beside each other."""

import streamlit as st
from markupsafe import Markup

from panel.actions.bank import QuestionView, Step, Version
from panel.domain.questions import STATE_NAMES, Question
from panel.ui.components import frame
from panel.ui.components.difference import difference
from panel.ui.words import when


def history(view: QuestionView) -> None:
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
    by_number = {each.number: each for each in view.versions}
    difference(*(fields_of(by_number[each].question, by_number[each].category) for each in (older, newer)))


def _event(each: Version | Step) -> Markup:
    who = each.author if isinstance(each, Version) else each.who
    return Markup('<div class="row-line"><p><b>{}</b> <span class="quiet">{} · {}</span></p><p>{}</p></div>').format(
        _what(each), who, when(each.at), each.reason
    )


def _what(each: Version | Step) -> str:
    if isinstance(each, Version):
        return f"Version {each.number}"
    if each.state:
        return STATE_NAMES[each.state]
    return f"Marked as leaked since {each.leak.on:%d %B %Y}" if each.leak else "No longer marked as leaked"


def fields_of(question: Question, category: str) -> dict[str, str]:
    """A question as named texts, for comparing two of them."""
    return {
        "Question": question.prompt,
        "Category": category,
        "Competency": question.competency,
        "Difficulty": question.difficulty or "",
        "Minutes": str(question.minutes),
        "Reference answer": question.answer,
        "Probes": "\n".join(question.probes),
        "Sounds strong": "\n".join(question.strong),
        "Sounds weak": "\n".join(question.weak),
        "Tags": ", ".join(question.tags),
        "Source": question.source,
    } | {f"Own anchor of level {level}": text for level, text in enumerate(question.anchors, start=1)}
