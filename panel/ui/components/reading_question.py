"""One question, read whole."""

import streamlit as st
from markupsafe import Markup

from panel.domain.questions import STATE_NAMES, BankQuestion
from panel.markdown import safe
from panel.ui.components import frame
from panel.ui.words import count


def read_question(each: BankQuestion) -> None:
    """Everything an interviewer needs to ask and to judge."""
    question_heading(each)
    question_text(each)


def question_heading(each: BankQuestion) -> None:
    """The question itself, with the facts of it in one quiet line."""
    question = each.question
    facts = [
        each.category.name,
        question.competency,
        question.difficulty or "",
        count(question.minutes, "minute"),
        f"version {each.version}",
        STATE_NAMES[each.state].lower() if each.state != "approved" else "",
    ]
    frame.html(
        Markup('<p class="quiet">{}</p><p class="question-prompt">{}</p>').format(
            " · ".join(fact for fact in facts if fact), question.prompt
        )
    )


def question_text(each: BankQuestion) -> None:
    """Probes, reference answer, signs, the question's own anchors, tags and source."""
    question = each.question
    _list("Probes", question.probes)
    if question.answer:
        frame.html(Markup("<p><b>Reference answer</b></p>"))
        st.markdown(safe(question.answer))
    _list("Sounds strong", question.strong)
    _list("Sounds weak", question.weak)
    own = tuple(f"{level}: {text}" for level, text in enumerate(question.anchors, start=1) if text)
    _list("What a level sounds like here", own)
    tags = Markup(" ").join(Markup('<span class="tag">{}</span>').format(tag) for tag in question.tags)
    frame.html(Markup('<p>{}</p><p class="quiet">{}</p>').format(tags, question.source))


def _list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        rows = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
        frame.html(Markup("<p><b>{}</b></p><ul>{}</ul>").format(title, rows))
