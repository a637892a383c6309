"""Documents put together from known questions come back as those questions, and no line of any document is lost."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.importing.articles import read_article
from panel.importing.markdown.reader import read_markdown
from tests.importing.shown import asked
from tests.importing.test_articles import ARTICLE
from tests.importing.test_markdown import BOLD, BULLETS, NUMBERED

Bank = list[tuple[str, list[tuple[str, str]]]]  # categories with their prompts and answers

SUBJECTS = ("rye", "oats", "malt", "yeast", "salt", "water", "steam", "crust", "crumb", "sourdough", "butter", "honey")
PROMPTS = ("What is {}?", "How would you store {}? And why?", "Explain the use of {}.", "Why does `{}` matter?")
CHUNKS = (
    "The word {} is short.",
    "Is {} dear? It depends on the year.",
    "- one of {}\n- two of it",
    "1. take {}\n2. stir",
    "```\n# What is {} here?\n**Why?**\n```",
    "| {} | cost |\n|---|---|\n| a | 1 |",
    "> A proverb on {}.",
    "**Mind:** {} spoils.",
)


@st.composite
def banks(draw: st.DrawFn, chunks: tuple[str, ...] = CHUNKS) -> Bank:
    """Two or three categories of two to four questions, each about a subject of its own."""
    subjects = iter(draw(st.permutations(SUBJECTS)))
    bank: Bank = []
    for name in ("Grain", "Hearth", "Larder")[: draw(st.integers(2, 3))]:
        questions = []
        for _ in range(draw(st.integers(2, 4))):
            subject = next(subjects)
            parts = draw(st.lists(st.sampled_from(chunks), min_size=1, max_size=3, unique=True))
            prompt = draw(st.sampled_from(PROMPTS)).format(subject)
            questions.append((prompt, "\n\n".join(part.format(subject) for part in parts)))
        bank.append((name, questions))
    return bank


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else line for line in text.split("\n")).strip()


def flat(bank: Bank) -> list[tuple[str, str, str]]:
    return [(name, prompt, answer) for name, questions in bank for prompt, answer in questions]


def dressed(bank: Bank, dress: Callable[[int, str, str], str], heading: str = "## {}") -> str:
    parts: list[str] = []
    number = 0
    for name, questions in bank:
        parts.append(heading.format(name))
        for prompt, answer in questions:
            number += 1
            parts.append(dress(number, prompt, answer))
    return "\n\n".join(parts) + "\n"


DRESSES: dict[str, Callable[[int, str, str], str]] = {
    "bold": lambda number, prompt, answer: f"**{prompt}**\n\n{answer}\n\n<br/>",
    "counted bold": lambda number, prompt, answer: f"**{number}. {prompt}**\n\n{answer}\n\n---",
    "heading": lambda number, prompt, answer: f"### {prompt}\n\n{answer}",
    "counted heading": lambda number, prompt, answer: f"#### {number}) {prompt} [[src](https://a.example)]\n{answer}",
    "labelled heading": lambda number, prompt, answer: f"### Q{number}: {prompt}\n\n**Answer:**\n\n{answer}",
    "item": lambda number, prompt, answer: f"{number}. {prompt}\n\n{indented('    ' + answer, 4)}".replace(
        "\n\n", "\n\n    ", 1
    ),
    "item with a heading": lambda number, prompt, answer: (
        f"{number}. ### {prompt}\n\n    {indented(answer, 4)}\n\n   **[⬆ Back to Top](#grain)**"
    ),
    "fold": lambda number, prompt, answer: f"<details>\n<summary>{prompt}</summary>\n\n{answer}\n\n</details>",
}


@pytest.mark.parametrize("dress", DRESSES)
@settings(max_examples=40, deadline=None)
@given(bank=banks())
def test_questions_come_back_from_markdown_as_they_were_put_in(dress: str, bank: Bank) -> None:
    reading = read_markdown(dressed(bank, DRESSES[dress]))
    assert asked(reading) == flat(bank)
    assert reading.problems == ()


@pytest.mark.parametrize(
    "dress",
    [
        lambda number, prompt, answer: f"{prompt}\n\nAnswer: {answer}",
        lambda number, prompt, answer: f"{number}. {prompt}\nAns. {answer}",
        lambda number, prompt, answer: f"Q{number}: {prompt}\nA: {answer}",
        lambda number, prompt, answer: f"{number}) {prompt}\n\n{answer}",
    ],
)
@settings(max_examples=40, deadline=None)
@given(bank=banks(chunks=CHUNKS[:4]))
def test_questions_come_back_from_an_article_as_they_were_put_in(
    dress: Callable[[int, str, str], str], bank: Bank
) -> None:
    reading = read_article(dressed(bank, dress, heading="{} Questions"))
    assert asked(reading) == [(f"{category} Questions", prompt, answer) for category, prompt, answer in flat(bank)]
    assert reading.problems == ()


LINES = (
    "# Bread",
    "## FAQ",
    "### 3. Of wheat",
    "### What is wheat?",
    "**Why wheat?**",
    "**Kneading**",
    "Some words on wheat.",
    "Is it so?",
    "- wheat",
    "- What mills wheat?",
    "  - When?",
    "1. Describe milling",
    "Q: Who mills?",
    "Answer: the miller",
    "> quoted",
    "| Question | Answer |\n|---|---|\n| What for? | bread |",
    "```\nflour = 1\n```",
    "<details><summary>How ground?</summary>\nfinely\n</details>",
    "[link](https://a.example)",
    "![picture](a.png)",
    "",
)
UNSPOKEN = re.compile(r"\W*(?:Q|Answer|Question|\d+|faq|details|summary|https|example|png|a|link|picture|src)\W*", re.I)


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=14))
def test_every_word_of_a_document_is_in_a_question_or_in_a_problem(lines: list[str]) -> None:
    reading = read_markdown("\n".join(lines))
    told = " ".join(
        [each.text for each in reading.problems]
        + [
            " ".join([each.prompt, each.answer, each.category, each.source, *each.follow_ups])
            for each in reading.questions
        ]
    )
    above = {"Bread"}  # a heading above other headings says nothing by itself
    words = {word for line in lines for word in re.findall(r"\w+", line) if not UNSPOKEN.fullmatch(word)}
    assert words - above <= set(re.findall(r"\w+", told)) | {"Of", "wheat", "What", "is"}


@pytest.mark.parametrize("source", [BOLD, NUMBERED, BULLETS])
def test_no_line_of_a_document_is_lost(source: str) -> None:
    """Beside what is named here, every line's words are in a question or in a problem."""
    unspoken = re.compile(r"^(?:---|title: .*|<br/>|Answer here|<!-- .* -->|# .*)$")
    reading = read_markdown(source)
    told = " ".join(
        [each.text for each in reading.problems]
        + [" ".join([each.prompt, each.answer, each.category, *each.follow_ups]) for each in reading.questions]
    )
    heard = set(re.findall(r"\w+", told))
    lost = [
        line
        for line in source.split("\n")
        if not unspoken.match(line)
        and not set(re.findall(r"\b[a-z]{4,}\b", re.sub(r"\[?!?\[.*?\]\(.*?\)\]?", "", line))) <= heard
    ]
    assert lost == []


def test_no_line_of_an_article_is_lost() -> None:
    reading = read_article(ARTICLE)
    assert sum(len(each.answer) + len(each.prompt) for each in reading.questions) + sum(
        len(each.text) for each in reading.problems
    ) > 0.75 * len(ARTICLE)
    starts = {each.line for each in reading.questions} | {each.line for each in reading.problems}
    assert max(starts) == ARTICLE.count("\n") + 1
