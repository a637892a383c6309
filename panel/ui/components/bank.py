"""Finding questions and reading one."""

from typing import Literal

import pandas as pd
import streamlit as st
from markupsafe import Markup

from panel.domain.questions import DIFFICULTIES, BankQuestion
from panel.ui.components import frame
from panel.ui.words import count

FILTER_WIDTH = 168  # two in a row on a phone


def filters(questions: list[BankQuestion], *, key: str, bind: bool = False) -> list[BankQuestion]:
    """Search and filters in one row; what is left of the bank."""
    binding: Literal["query-params"] | None = "query-params" if bind else None
    words = st.text_input(
        "Search",
        key=f"{key}search",
        placeholder="Words in any order",
        live="300ms",
        type="search",
        bind=binding,
    )
    categories = list(dict.fromkeys(each.category.name for each in questions))
    competencies = sorted({each.question.competency for each in questions})
    with st.container(horizontal=True, gap="small"):
        chosen: dict[str, list[str]] = {
            "category": _choices("Category", categories, f"{key}category", binding),
            "competency": _choices("Competency", competencies, f"{key}competency", binding),
            "difficulty": _choices("Difficulty", [str(each) for each in DIFFICULTIES], f"{key}difficulty", binding),
        }
        longest = st.number_input(
            "Minutes, at most", 1, 60, value=None, key=f"{key}minutes", placeholder="any", width=FILTER_WIDTH
        )
    return [each for each in questions if _fits(each, words or "", chosen, longest)]


def _choices(label: str, options: list[str], key: str, binding: Literal["query-params"] | None) -> list[str]:
    return st.multiselect(label, options, key=key, bind=binding, placeholder="any", width=FILTER_WIDTH)


def _fits(each: BankQuestion, words: str, chosen: dict[str, list[str]], longest: int | None) -> bool:
    question = each.question
    text = " ".join([question.prompt, question.answer, question.competency, *question.tags]).casefold()
    return (
        all(word in text for word in words.casefold().split())
        and (not chosen["category"] or each.category.name in chosen["category"])
        and (not chosen["competency"] or question.competency in chosen["competency"])
        and (not chosen["difficulty"] or question.difficulty in chosen["difficulty"])
        and (longest is None or question.minutes <= longest)
    )


def table(questions: list[BankQuestion], *, key: str, height: int = 560) -> BankQuestion | None:
    """A table of questions; the selected one."""
    frame_of = pd.DataFrame(
        {
            "Question": [each.question.prompt for each in questions],
            "Min": [each.question.minutes for each in questions],
            "Competency": [each.question.competency for each in questions],
            "Difficulty": [each.question.difficulty for each in questions],
            "Category": [each.category.name for each in questions],
        }
    )
    picked = st.dataframe(
        frame_of,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=min(height, 38 + 35 * len(questions)),
        column_config={
            "Question": st.column_config.TextColumn(width=300),
            "Min": st.column_config.NumberColumn(width=50),
            "Competency": st.column_config.TextColumn(width=130),
            "Difficulty": st.column_config.TextColumn(width=100),
        },
    )
    rows = picked.selection.rows  # type: ignore[union-attr]
    return questions[rows[0]] if rows and rows[0] < len(questions) else None


def read_question(each: BankQuestion) -> None:
    """Everything an interviewer needs to ask and to judge."""
    question = each.question
    frame.html(
        Markup('<p class="quiet">{} · {} · {} · {} · version {}</p><p class="question-prompt">{}</p>').format(
            each.category.name,
            question.competency,
            question.difficulty,
            count(question.minutes, "minute"),
            each.version,
            question.prompt,
        )
    )
    _list("Probes", question.probes)
    frame.html(Markup("<p><b>Reference answer</b></p>"))
    st.markdown(question.answer)
    _list("Sounds strong", question.strong)
    _list("Sounds weak", question.weak)
    tags = Markup(" ").join(Markup('<span class="tag">{}</span>').format(tag) for tag in question.tags)
    frame.html(Markup('<p>{}</p><p class="quiet">{}</p>').format(tags, question.source))


def _list(title: str, lines: tuple[str, ...]) -> None:
    rows = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    frame.html(Markup("<p><b>{}</b></p><ul>{}</ul>").format(title, rows))
