"""Kits: the printed guide read back as a PDF, and as Markdown."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from panel.domain.plans import GuideItem, InterviewGuide
from panel.domain.questions import Question
from panel.exporting.kit import REMINDERS, Kit, Occasion, TimeSplit
from panel.exporting.kit_document import document_of, kits_pdf
from panel.exporting.kit_markdown import kits_markdown
from tests.factories import a_question, a_rubric

HOSTILE = '#read("/etc/passwd") #import "x": * $x^2$ *_@ \\ <script>alert(1)</script> =cmd() /* `raw` <a> [b] ~'
EVIL_NAMES = (HOSTILE, "王小明 김철수", "محمد بن سلمان", "हिन्दी ไทย", "w" * 120, "=cmd|' /C calc'!A0", "🎉")
ASKED = a_question("first", minutes=7)
ANSWER = "Call `fit()`, then:\n\n```python\nmodel.fit(x)\n```\n\nIt is $\\frac{a}{b}$."
HEARD = a_question("second", minutes=5, answer=ANSWER)


def an_item(question: Question, asked_by: str = "Ana", levels: int = 5) -> GuideItem:
    return GuideItem(
        question=question, question_version=1, category="General", rubric=a_rubric(levels=levels), rubric_version=1,
        weight=1.0, weight_reason="", asked_by=asked_by,
    )  # fmt: skip


def a_kit(*items: GuideItem, **changes: Any) -> Kit:
    guide = InterviewGuide(
        assignment_id="seat", interviewer_id="ana", interviewer_name="Ana",
        items=items or (an_item(ASKED), an_item(HEARD, "Bo")),
    )  # fmt: skip
    facts: dict[str, Any] = {
        "plan_title": "Onsite", "version": 3, "published_at": datetime(2026, 11, 1, 23, 30), "role_name": "Engineer",
        "round_name": "Technical", "minutes": 30, "guide": guide, "with_whom": ("Bo",), "split": TimeSplit(5, 10),
        "occasion": Occasion("Priya", datetime(2026, 11, 30, 13, 0)), "zone": ZoneInfo("Europe/Berlin"),
    }  # fmt: skip
    return Kit(**(facts | changes))


def pages(made: bytes) -> list[str]:
    """The words of each page, as a reader of PDF finds them, spaces and places to break left out."""
    return ["".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(io.BytesIO(made)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


# ---- what is on the pages -----------------------------------------------------------------------------------------


def test_the_first_page_says_who_when_and_which_version() -> None:
    first = pages(kits_pdf([a_kit()], "a4"))[0]
    said = (
        "Technical", "Priya", "Mon 30 Nov 2026, 14:00 Europe/Berlin", "Ana", "Bo", "Engineer",
        "Onsite, version 3, published 2 Nov 2026", "30 minutes", "5 min", "Opening", "12 min", "10 min",
        "Candidate asks", "3 min", "To spare", ASKED.prompt, HEARD.prompt,
    )  # fmt: skip
    assert [each for each in said if squeezed(each) not in first] == []


def test_a_question_has_a_page_with_its_probes_signs_and_every_level() -> None:
    found = pages(kits_pdf([a_kit()], "a4"))
    assert len(found) == 5  # the first, two questions, the reference answers, the last
    for number, question in enumerate((ASKED, HEARD), start=1):
        levels = [f"Label {level} technical-depth: behaviour of level {level}." for level in range(1, 6)]
        wanted = (f"Question {number}", question.prompt, *question.probes, *question.strong, *question.weak, *levels)
        assert [each for each in (*wanted, "Not asked", "Notes") if squeezed(each) not in found[number]] == []


def test_in_a_sitting_of_several_the_own_questions_are_marked() -> None:
    found = pages(kits_pdf([a_kit()], "a4"))
    assert "Youaskthis" in found[1] and "Youaskthis" not in found[2]
    assert squeezed("Bo asks this; you rate it too") in found[2]
    alone = pages(kits_pdf([a_kit(with_whom=())], "a4"))
    assert not any("askthis" in each or "asksthis" in each for each in alone)


def test_the_last_page_asks_for_a_recommendation_and_says_what_is_fair() -> None:
    last = pages(kits_pdf([a_kit()], "a4"))[-1]
    assert all(each in last for each in ("Strongno", "Strongyes", *map(squeezed, REMINDERS)))


def test_reference_answers_are_set_with_code_and_formulas() -> None:
    answers = pages(kits_pdf([a_kit()], "a4"))[3]
    assert "Callfit(),then:" in answers and "model.fit(x)" in answers and "Itis𝑎𝑏." in answers


def test_the_clock_runs_from_the_opening() -> None:
    assert a_kit().clock() == (5, 12)
    assert a_kit().timetable() == (("Opening", 5), ("Questions", 12), ("Candidate asks", 10), ("To spare", 3))
    assert a_kit(minutes=20).timetable()[-1] == ("Candidate asks", 10)
    assert squeezed("The questions take 7 minutes longer") in pages(kits_pdf([a_kit(minutes=20)], "a4"))[0]


def test_without_an_interview_there_is_room_for_name_and_date() -> None:
    first = pages(kits_pdf([a_kit(occasion=None)], "a4"))[0]
    assert "Candidate" in first and "Dateandtime" in first and "Priya" not in first


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_both_papers(paper: Any, size: tuple[int, int]) -> None:
    box = PdfReader(io.BytesIO(kits_pdf([a_kit()], paper))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_several_kits_in_one_file_count_their_pages_each_for_itself() -> None:
    found = pages(kits_pdf([a_kit(), a_kit(an_item(ASKED))], "a4"))
    assert [each.rpartition("Page")[2][:4] for each in found] == [
        "1of5", "2of5", "3of5", "4of5", "5of5", "1of4", "2of4", "3of4", "4of4",
    ]  # fmt: skip


def test_the_same_kit_is_the_same_file() -> None:
    made = kits_pdf([a_kit()], "a4")
    assert made == kits_pdf([a_kit()], "a4")
    assert made != kits_pdf([a_kit(round_name="Other")], "a4")
    assert PdfReader(io.BytesIO(made)).metadata.creation_date_raw == "D:20261101233000Z"  # type: ignore[union-attr]


# ---- what people typed stays text ---------------------------------------------------------------------------------


def test_what_looks_like_code_of_the_typesetter_is_printed_as_it_is() -> None:
    question = a_question("evil", prompt=HOSTILE, probes=(HOSTILE,), strong=(HOSTILE,), weak=(HOSTILE,))
    found = pages(kits_pdf([a_kit(an_item(question, HOSTILE), round_name=HOSTILE, with_whom=(HOSTILE,))], "a4"))
    assert found[1].count(squeezed(HOSTILE)) == 5  # with who asks it
    assert "root:" not in "".join(found)


@pytest.mark.parametrize("name", EVIL_NAMES)
def test_every_name_finds_its_place(name: str) -> None:
    guide = replace(a_kit(), occasion=Occasion(name, datetime(2026, 11, 30, 13, 0)), role_name=name, round_name=name)
    assert len(pages(kits_pdf([guide], "a4"))) == 5


def test_letters_of_other_scripts_are_there() -> None:
    """A letter without a font has no text of its own in the file's fonts: it would be the box of glyph 0."""
    prompt = "王小明 김철수 محمد हिन्दी ไทย Σίσυφος Привет"
    reader = PdfReader(io.BytesIO(kits_pdf([a_kit(an_item(a_question("scripts", prompt=prompt)))], "a4")))
    fonts = {str(each["/BaseFont"]) for page in reader.pages for each in fonts_of(page)}
    wanted = ("Inter", "NotoSansArabic", "NotoSansDevanagari", "NotoSansThai", "NotoSansCJK")
    assert [name for name in wanted if not any(name in each for each in fonts)] == []


def fonts_of(page: Any) -> list[Any]:
    return [each.get_object() for each in page["/Resources"]["/Font"].values()]


def test_a_prompt_of_a_thousand_letters_without_a_space_stays_on_the_page() -> None:
    found = pages(kits_pdf([a_kit(an_item(a_question("long", prompt="w" * 1000, probes=("x" * 1000,))))], "a4"))
    assert found[1].count("w") >= 1000 and found[1].count("x") >= 1000


def test_a_question_that_fills_a_page_still_has_its_notes() -> None:
    line = "Says why, and says it at length, with an example of their own and what came of it. " * 10
    question = a_question("full", prompt=line[:900], probes=(line[:900],) * 8, strong=(line[:900],) * 8)
    found = pages(kits_pdf([a_kit(an_item(question, levels=7))], "a4"))
    assert sum("Notes:whatwassaid" in each for each in found) == 1
    assert all(any(f"Label{level}" in each for each in found) for level in range(1, 8))


TYPED = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=120)
MARKS = st.text(st.sampled_from("#$*_`~[](){}<>\\/@=+-:;\"'|&^!? \nab1"), min_size=1, max_size=200)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(prompt=TYPED.filter(str.strip), answer=MARKS.filter(str.strip))
def test_no_text_breaks_a_kit(prompt: str, answer: str) -> None:
    assert kits_pdf([a_kit(an_item(a_question("any", prompt=prompt, answer=answer)))], "a4").startswith(b"%PDF")


# ---- Markdown -----------------------------------------------------------------------------------------------------


def test_the_whole_kit_as_markdown() -> None:
    assert kits_markdown([a_kit(an_item(ASKED, levels=3))]) == MARKDOWN


def test_typed_marks_are_text_in_markdown() -> None:
    question = a_question("evil", prompt=HOSTILE, probes=(HOSTILE,))
    html = MarkdownIt("commonmark").render(kits_markdown([a_kit(an_item(question), round_name=HOSTILE)]))
    assert "<script" not in html and "<a>" not in html and html.count("$x^2$ *_@") == 3


def test_headings_of_an_answer_stay_within_it() -> None:
    text = kits_markdown([a_kit(an_item(a_question("heading", answer="# Top\n\n---\n\nEnd")))])
    assert "> # Top\n>\n> ---\n>\n> End" in text


def test_nothing_of_a_kit_is_left_out_of_its_data() -> None:
    """What the page is set from names each question once, in order, with its levels."""
    data = document_of([a_kit()], "a4")["kits"][0]
    assert [(each["prompt"], each["minutes"], each["begins"], each["own"]) for each in data["questions"]] == [
        (ASKED.prompt, 7, 5, True), (HEARD.prompt, 5, 12, False),
    ]  # fmt: skip


MARKDOWN = f"""# Interview kit: Technical

- Candidate: Priya
- Date and time: Mon 30 Nov 2026, 14:00 Europe/Berlin
- Interviewer: Ana
- Together with: Bo
- Role: Engineer
- Plan: Onsite, version 3, published 2 Nov 2026

*Holds questions and answers: keep it from candidates, and shred it after use.*

**30 minutes**: opening 5, questions 7, candidate asks 10, to spare 8

## 1. What is first?

*7 min · from minute 5 · You ask this*

**Probes**

- [ ] Why?
- [ ] What if not?

**Levels: Technical depth**

How technical-depth is heard.

- [ ] **1 Label 1** technical-depth: behaviour of level 1.
- [ ] **2 Label 2** technical-depth: behaviour of level 2.
- [ ] **3 Label 3** technical-depth: behaviour of level 3.
- [ ] Not asked
- [ ] Could not assess

**Sounds strong**

- Gives a reason.

**Sounds weak**

- Gives a slogan.

**Reference answer**

> All about first.

**Notes**

## After the interview

**Your recommendation**

- [ ] Strong no
- [ ] No
- [ ] Yes
- [ ] Strong yes

**Why: the evidence that decided it**

## Fair to everybody

{chr(10).join("- " + each for each in REMINDERS)}
"""
