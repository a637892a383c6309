"""A candidate's brief: its whole text, and that it tells no question."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from panel.content import read_content
from panel.domain.overlap import repeated, secrets_of
from panel.domain.questions import Question
from panel.exporting.brief import Brief, BriefInterview, when_words
from panel.exporting.brief_forms import brief_markdown, brief_pdf, brief_text
from panel.exporting.kit import TimeSplit
from panel.settings import ROOT
from tests.factories import a_guide, a_question

TALK = BriefInterview("First talk", datetime(2026, 11, 30, 13, 0), 30, ("Ana",), ("Explanation",), TimeSplit(5, 5))
DEPTH = BriefInterview("Depth", datetime(2026, 12, 1, 9, 0), 60, ("Ana", "Bo", "Mia"), ("Data sense", "Honesty"))
HOSTILE = '#read("/etc/passwd") $x^2$ *_@ \\ <script>alert(1)</script> =cmd() `raw` [b](http://e.x) ~'


def a_brief(**changes: Any) -> Brief:
    facts: dict[str, Any] = {
        "candidate_name": "Priya", "role_name": "Engineer", "interviews": (TALK, DEPTH), "levels": (5,),
        "dated": datetime(2026, 11, 1), "bring": "A pen.\nYour laptop.", "zone": ZoneInfo("Asia/Kolkata"),
    }  # fmt: skip
    return Brief(**(facts | changes))


def words(made: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    return "".join(text.replace("\u200b", "").split())


def test_the_whole_brief_as_text() -> None:
    assert brief_text(a_brief()) == TEXT


def test_the_same_words_in_every_form() -> None:
    rendered = MarkdownIt("commonmark").render(brief_markdown(a_brief()))
    printed, read = words(brief_pdf(a_brief(), "a4")), "".join(rendered.split())
    for word in {each.strip(".,:;“”()") for each in TEXT.split() if not each.startswith("-")}:
        assert word in printed and word in read, word


def test_times_are_the_candidates_own() -> None:
    late = replace(TALK, starts_at=datetime(2026, 11, 30, 23, 30), minutes=90)
    assert [when_words(late, ZoneInfo(zone)) for zone in ("UTC", "America/New_York", "Pacific/Kiritimati")] == [
        "Monday 30 November 2026, 23:30 to Tuesday 01:00 (UTC+00:00)",
        "Monday 30 November 2026, 18:30 to 20:00 (UTC-05:00)",
        "Tuesday 1 December 2026, 13:30 to 15:00 (UTC+14:00)",
    ]


def test_an_hour_that_clocks_skip_is_told_as_they_show_it() -> None:
    spring = replace(TALK, starts_at=datetime(2026, 3, 29, 0, 30), minutes=60)
    told = "Sunday 29 March 2026, 01:30 to 03:30 (UTC+01:00)"
    assert when_words(spring, ZoneInfo("Europe/Berlin")) == told


def test_one_interviewer_alone_is_not_called_several() -> None:
    text = brief_text(a_brief(interviews=(TALK,), levels=(4, 5)))
    assert "Your interview: Engineer" in text and "Several people" not in text
    assert "a scale of four or five levels" in " ".join(text.split())


def test_what_people_typed_stays_text() -> None:
    brief = a_brief(candidate_name=HOSTILE, role_name=HOSTILE, bring=HOSTILE, interviews=(
        replace(DEPTH, round_name=HOSTILE, with_whom=(HOSTILE,), themes=(HOSTILE,)),
    ))  # fmt: skip
    printed = words(brief_pdf(brief, "us-letter"))
    assert printed.count("".join(HOSTILE.split())) >= 6 and "root:" not in printed
    html = MarkdownIt("commonmark").render(brief_markdown(brief))
    assert "<script" not in html and "href" not in html and html.count("$x^2$ *_@") == 6


def test_the_same_brief_is_the_same_file() -> None:
    assert brief_pdf(a_brief(), "a4") == brief_pdf(a_brief(), "a4") != brief_pdf(a_brief(bring="Else."), "a4")


# ---- telling no question ------------------------------------------------------------------------------------------


def texts_of(question: Question) -> tuple[str, ...]:
    return (question.prompt, question.answer, *question.probes, *question.strong, *question.weak, *question.anchors)


def test_no_sentence_of_ours_repeats_the_bank() -> None:
    """Five words in a row of any question, probe or answer of the bank, anywhere in a brief."""
    bank = [text for file in read_content(ROOT).question_files for each in file.questions for text in texts_of(each)]
    assert len(bank) > 500
    assert repeated(brief_text(Brief("Priya", "Engineer", (TALK, DEPTH), (5,), datetime(2026, 11, 1))), bank) is None


SECRET = a_question("secret", prompt="How would you find a slow query, and what then?", probes=("Why is that?", "And?"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Think about how WOULD you find… a slow thing.", "how would you find a"),
        ("find a slow query and", "find a slow query and"),
        ("All about secret matters.", "all about secret"),  # a whole answer of three words
        ("Ask yourself: why is that", "why is that"),
        ("how would you", None),
        ("a slow query", None),
        ("And? And!", None),
        ("", None),
        ("What is", None),
    ],
)
def test_words_of_a_question_are_found(typed: str, told: str | None) -> None:
    assert repeated(typed, texts_of(SECRET)) == told


def test_the_rubrics_of_a_guide_are_secret_too() -> None:
    guide = a_guide(a_question("first"))
    assert {"What is first?", "Why?", "All about first.", "technical-depth: behaviour of level 5."} <= {
        *secrets_of([guide])
    }


TEXT = """\
Your interviews: Engineer

For Priya

You will be asked questions about the themes named with each interview, and
follow-ups where something stays open. The interviewers write while you
speak: they keep what you said, so that nothing is judged from memory.

First talk
----------
When: Monday 30 November 2026, 18:30 to 19:00 (UTC+05:30)
How long: 30 minutes: about 5 to arrive and get to know each other, 20 for
  questions to you and 5 for your own questions
With: Ana
Themes to prepare: Explanation

Depth
-----
When: Tuesday 1 December 2026, 14:30 to 15:30 (UTC+05:30)
How long: 60 minutes
With: Ana, Bo and Mia
Themes to prepare: Data sense, Honesty

Times are those of Asia/Kolkata.

What to bring
-------------
A pen.
Your laptop.

How answers are judged
----------------------
Each answer is judged on a scale of five levels. Every level is described
beforehand by what can be heard in an answer, and the same questions and
descriptions hold for everybody who is interviewed for this role. Several
people judge independently of each other: each writes down their judgement
before they talk about it.
It is what you say that counts, not how smoothly it comes. Take the time to
think, and ask back when a question is not clear.

When you do not know
--------------------
Nobody knows everything, and nobody expects it of you. “I don't know, here
is how I would find out” is a welcome answer: say what you would look up,
try or ask.

If something would help you
---------------------------
Tell whoever sent you this if something would help you to show what you can
do: more time, a break, another hour, captions, a place without stairs,
questions in writing. You need not say why, and it plays no part in how you
are judged.
"""
