"""The parts of a question in Markdown: follow-ups, signs and facts, and the headings that they show to be questions."""

from pathlib import Path

import pytest

from panel.content import read_content
from panel.domain.questions import BankQuestion
from panel.exporting.questions import as_markdown
from panel.importing.facts import Facts, facts_in
from panel.importing.found import FoundQuestion
from panel.importing.markdown.reader import read_markdown
from panel.importing.parts import part_after_label
from tests.importing.shown import aside, asked, prompts

ROOT = Path(__file__).resolve().parent.parent.parent

GUIDE = """# Bakery interviews

## Working together

### Tell me about a quarrel over a recipe. Take me through it.

Listen for what the other baker wanted.

**Probes**

- What did you try first?
- Who else in the bakery
  heard of it?

**Sounds strong**

- Names the other's *reason*.

**Sounds weak**

- Has never quarrelled,
  with anybody.

### Walk me through a late delivery

A cause, and whom they told.

**Follow-up questions:**
1. Who waited?
2. What did it cost?

## Care

### A night shift with a broken oven.

#### Follow-ups
- Whom did you call?

#### Red flags
- Blames the oven.
"""


def test_headings_that_ask_without_a_question_mark_keep_their_answers_follow_ups_and_signs() -> None:
    reading = read_markdown(GUIDE)
    assert reading.questions == (
        FoundQuestion(
            "Tell me about a quarrel over a recipe. Take me through it.",
            5,
            "Working together",
            "Listen for what the other baker wanted.",
            ("What did you try first?", "Who else in the bakery heard of it?"),
            strong=("Names the other's reason.",),
            weak=("Has never quarrelled, with anybody.",),
        ),
        FoundQuestion(
            "Walk me through a late delivery",
            24,
            "Working together",
            "A cause, and whom they told.",
            ("Who waited?", "What did it cost?"),
        ),
        FoundQuestion(
            "A night shift with a broken oven.",
            34,
            "Care",
            follow_ups=("Whom did you call?",),
            weak=("Blames the oven.",),
        ),
    )
    assert reading.problems == ()


def test_headings_with_nothing_but_probes_below_them_are_questions() -> None:
    source = "## Care\n### Tell me about rye\n**Probes**\n- Who grows it?\n### The dough\n**Probes**\n- Is it wet?\n"
    reading = read_markdown(source)
    assert [(each.category, each.prompt, each.follow_ups, each.answer) for each in reading.questions] == [
        ("Care", "Tell me about rye", ("Who grows it?",), ""),
        ("Care", "The dough", ("Is it wet?",), ""),
    ]
    assert reading.problems == ()


def test_a_label_with_several_questions_above_it_makes_no_question_of_their_heading() -> None:
    source = "## Grain\n**What is rye?**\nA.\n\n**Probes**\n- Where?\n\n**What is oat?**\nB.\n\n**Probes**\n- When?\n"
    reading = read_markdown(source)
    assert [(each.category, each.prompt, each.follow_ups) for each in reading.questions] == [
        ("Grain", "What is rye?", ("Where?",)),
        ("Grain", "What is oat?", ("When?",)),
    ]


def test_a_heading_that_ends_as_a_sentence_is_a_question_among_headings_that_ask() -> None:
    source = "## Care\n### Describe your oven.\nHot.\n### Explain dough.\nWet.\n### A burnt loaf, and a guest.\nCalm.\n"
    reading = read_markdown(source)
    assert prompts(reading) == ["Describe your oven.", "Explain dough.", "A burnt loaf, and a guest."]
    assert reading.problems == ()


def test_a_heading_above_questions_is_a_category_unless_somebody_is_asked_it() -> None:
    source = (
        "# Guide\n## Design patterns\n- What is a peel?\n- Explain a couche\n## List comprehensions\n- Why so?\n"
        "## Tell me about a burnt loaf\n- Who saw it?\n  - When?\n- Would you bake it again?\n"
        "## What bakers ask about rye\n- What is rye?\n"
    )
    reading = read_markdown(source)
    assert [(each.category, each.prompt, each.follow_ups) for each in reading.questions] == [
        ("Design patterns", "What is a peel?", ()),
        ("Design patterns", "Explain a couche", ()),
        ("List comprehensions", "Why so?", ()),
        ("Guide", "Tell me about a burnt loaf", ("Who saw it?", "When?", "Would you bake it again?")),
        ("What bakers ask about rye", "What is rye?", ()),
    ]
    assert [each.answer for each in reading.questions] == [""] * 5
    assert reading.problems == ()


def test_bullets_that_may_be_an_answer_are_no_follow_ups() -> None:
    source = "### What does a recipe need?\n- What it makes\n- How long it takes\n### Why salt?\n- Taste\n"
    assert asked(read_markdown(source)) == [
        ("", "What does a recipe need?", "- What it makes\n- How long it takes"),
        ("", "Why salt?", "- Taste"),
    ]


def test_follow_ups_are_found_however_deep_they_are_nested() -> None:
    source = (
        "- Describe a burnt loaf\n  - How did you notice?\n    - Would you do the same again, and\n      why?\n"
        "  - Who paid?\n- What is rye?\n"
    )
    reading = read_markdown(source)
    assert reading.questions == (
        FoundQuestion(
            "Describe a burnt loaf",
            1,
            follow_ups=("How did you notice?", "Would you do the same again, and why?", "Who paid?"),
        ),
        FoundQuestion("What is rye?", 6),
    )
    assert reading.problems == ()


def test_a_nested_question_with_an_answer_is_a_follow_up_and_keeps_its_answer() -> None:
    reading = read_markdown("- What is rye?\n  - Who grows it?\n    - Farmers in the north\n- What is oat?\n")
    assert reading.questions[0] == FoundQuestion(
        "What is rye?",
        1,
        answer="- Who grows it?\n  - Farmers in the north",
        follow_ups=("Who grows it?",),
    )


def test_a_label_above_no_list_stays_in_the_answer() -> None:
    source = "### What is rye?\nA grain.\n\n**Red flags**\n\nNone are known.\n### What is oat?\nOne too.\n"
    assert asked(read_markdown(source))[0] == ("", "What is rye?", "A grain.\n\n**Red flags**\n\nNone are known.")


def test_a_request_to_tell_the_interviewer_is_no_question_of_a_reader() -> None:
    source = "### Tell me about your last job?\nA.\n### How should I dress for my interview?\nB.\n"
    assert prompts(read_markdown(source)) == ["Tell me about your last job?"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("**Probes**", ("follow_ups", "")),
        ("#### Follow-up questions:", ("follow_ups", "")),
        ("**Sounds strong**", ("strong", "")),
        ("## Signs of a strong answer", ("strong", "")),
        ("**Green flags:** asks back", ("strong", "asks back")),
        ("**What a weak answer sounds like:**", ("weak", "")),
        ("- **Red flags**", ("weak", "")),
        ("Red flags: odd traffic at night", None),
        ("**Good answer:** it rises", None),
        ("**Strong dough** rises", None),
    ],
)
def test_labels_of_parts(line: str, found: tuple[str, str] | None) -> None:
    assert part_after_label(line) == found


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("*Care · introductory · 4 min*", Facts("Care", "introductory", 4)),
        ("_Hard | 15 minutes_", Facts("", "advanced", 15)),
        ("Care · medium · 5 min", Facts("Care", "intermediate", 5)),
        ("*Care · 5 min · in review*", Facts("Care", None, 5, "in_review")),
        ("*7 min*", Facts(minutes=7)),
        ("*Care · Bread*", None),
        ("*Advanced*", None),
        ("7 min", None),
        ("*Bake · it · for · long · 7 min*", None),
        ("*5 min · 6 min*", None),
        ("| rye | 5 min |", None),
    ],
)
def test_a_line_of_facts_names_minutes_or_a_level_and_little_else(line: str, facts: Facts | None) -> None:
    assert facts_in(line, str.strip) == facts


def test_the_shipped_bank_comes_back_from_its_own_markdown() -> None:
    bank = [
        BankQuestion(question=each.question(), category=file.category, version=1, state=each.state)
        for file in read_content(ROOT).question_files
        for each in file.questions
    ]
    reading = read_markdown(as_markdown(bank))
    lines = as_markdown(bank).split("\n")
    assert [
        (each.category, each.prompt, each.answer, each.follow_ups, each.strong, each.weak, each.competency,
         each.difficulty, each.minutes)
        for each in reading.questions
    ] == [
        (each.category.name, question.prompt, question.answer, question.probes, question.strong, question.weak,
         question.competency, question.difficulty, question.minutes)
        for each in bank
        for question in [each.question]
    ]  # fmt: skip
    assert [lines[line - 1] for line, _ in aside(reading)] == list(
        dict.fromkeys(each.category.about for each in bank if each.category.about)
    )


def test_a_draft_comes_back_from_markdown_as_a_draft() -> None:
    reading = read_markdown("# Question bank\n\n## Care\n\n### What is rye?\n\n*Care · 5 min · draft*\n\nA grain.\n")
    assert reading.questions == (
        FoundQuestion("What is rye?", 5, "Care", "A grain.", competency="Care", minutes=5, state="draft"),
    )
