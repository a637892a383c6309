"""Markdown: the structures in which people keep questions, one a test, with whole outcomes."""

import pytest

from panel.importing.found import FoundQuestion, Problem
from panel.importing.markdown.reader import read_markdown
from tests.importing.shown import aside, asked, prompts

BOLD = """---
title: Which bread?
---
# Baking questions

* Legend: 👶 easy ⭐️ medium 🚀 expert
* Do you know an answer? Please send it

## Dough

**What is gluten? 👶**

A net of proteins in the dough:

- it holds gas
- *it stretches*

<br/>

**Why do we rest dough? ⭐️**

Answer here

<br/>

## Oven
**How does steam change a crust? 🚀**

```
crust = f(steam)  # What is f?
```

$$c = \\frac{s}{t}$$

<!-- to be checked -->
"""


def test_bold_lines_are_questions_and_headings_their_categories() -> None:
    reading = read_markdown(BOLD)
    assert reading.kind == "Markdown"
    assert reading.questions == (
        FoundQuestion(
            "What is gluten?",
            11,
            "Dough",
            "A net of proteins in the dough:\n\n- it holds gas\n- *it stretches*",
            difficulty="introductory",
        ),
        FoundQuestion("Why do we rest dough?", 20, "Dough", "", difficulty="intermediate"),
        FoundQuestion(
            "How does steam change a crust?",
            27,
            "Oven",
            "```\ncrust = f(steam)  # What is f?\n```\n\n$$c = \\frac{s}{t}$$",
            difficulty="advanced",
        ),
    )
    assert aside(reading) == [
        (6, "Explains the marks of difficulty."),
        (7, "Stands before the first question; not a question."),
    ]


NUMBERED = """# 5 Kitchen Questions
A collection.

### Recently added: [Knives](https://example.org/knives)

#### 1) What's the use of a *stock*? [[src](https://example.org/a)]
It carries flavour. ![pot](pot.png)
- bones

#### 2) Explain `deglaze()` ![badge](b.png)
[[Answer]](https://example.org/b)

#### 3) Sauces and roux.
Butter and flour.

##### Why flour?
It binds.

#### 4) Explain a [tomato](https://example.org/t). [[src]](https://example.org/c)

#### 5) When is $x_1 < x_2$ for salt?

## Contributing
1. Fork it.
2. Do you like it?
"""


def test_numbered_headings_are_questions_with_links_as_source_and_without_images() -> None:
    reading = read_markdown(NUMBERED)
    title = "5 Kitchen Questions"
    assert reading.questions == (
        FoundQuestion(
            "What's the use of a stock?",
            6,
            title,
            "It carries flavour. ![pot](pot.png)\n- bones",
            source="https://example.org/a",
        ),
        FoundQuestion("Explain `deglaze()`", 10, title, "[[Answer]](https://example.org/b)"),
        FoundQuestion("Sauces and roux.", 13, title, "Butter and flour.\n\n##### Why flour?\nIt binds."),
        FoundQuestion("Explain a tomato.", 19, title, source="https://example.org/t https://example.org/c"),
        FoundQuestion("When is $x_1 < x_2$ for salt?", 21, title),
    )
    assert aside(reading) == [
        (2, "Stands before the first question; not a question."),
        (23, "Speaks to the reader; not a question."),
    ]


BULLETS = """# Front of House

* Explain how a table is laid
* What do you do when a guest complains?
  * What if the guest is right?
  * When do you call the manager?
* Set this table:
```
fork | plate | knife
```
* [What happens between order and plate?](https://example.org/order)
* Wine and cheese.
* How do you carry three plates?
  * One on the forearm
  * Two in the hand
"""


def test_bullets_are_questions_and_nested_questions_their_follow_ups() -> None:
    category = "Front of House"
    assert read_markdown(BULLETS).questions == (
        FoundQuestion("Explain how a table is laid", 3, category),
        FoundQuestion(
            "What do you do when a guest complains?",
            4,
            category,
            follow_ups=("What if the guest is right?", "When do you call the manager?"),
        ),
        FoundQuestion("Set this table:", 7, category, "```\nfork | plate | knife\n```"),
        FoundQuestion("What happens between order and plate?", 11, category, source="https://example.org/order"),
        FoundQuestion("Wine and cheese.", 12, category),
        FoundQuestion("How do you carry three plates?", 13, category, "* One on the forearm\n* Two in the hand"),
    )
    assert read_markdown(BULLETS).problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "**What is rye?**\n\nA grain.\n\n**Explain malt**\n\nSprouted.",
        "**What is rye?**\nA grain.\n**Explain malt**\nSprouted.",
        "**Q1. What is rye?** A grain.\n\n**Q2. Explain malt** Sprouted.",
        "**Q:** What is rye?\n\n**A:** A grain.\n\n**Q:** Explain malt\n\n**A:** Sprouted.",
        "Q: What is rye?\nA: A grain.\nQ: Explain malt\nA: Sprouted.",
        "### What is rye?\nA grain.\n### Explain malt\nSprouted.",
        "### Q1: What is rye? ###\n\n**Answer:**\n\nA grain.\n\n### Q2: Explain malt ###\n\nAnswer: Sprouted.",
        "#### Question 1: What is rye?\n#### Answer: A grain.\n#### Question 2: Explain malt\n#### Answer\nSprouted.",
        (
            "### Question 1\n\nWhat is rye?\n\n**Answer**\n\nA grain.\n\n### Question 2\n\nExplain malt\n\n"
            "**Answer:** Sprouted."
        ),
        "##What is rye?\nA grain.\n\n##Explain malt\nSprouted.",
        "What is rye?\n---\nA grain.\n\nExplain malt\n---\nSprouted.",
        "1. What is rye?\n\n   A grain.\n2. Explain malt\n\n   Sprouted.",
        "1. What is rye?\n\nA grain.\n\n2. Explain malt\n\nSprouted.",
        "1. ### What is rye?\n\n    A grain.\n\n   **[⬆ Back to Top](#top)**\n\n2. ### Explain malt\n\n    Sprouted.",
        "1. **What is rye?**\n   A grain.\n2. **Explain malt**\n   Sprouted.",
        "- **Q**: What is rye? - **A**: A grain.\n- **Q**: Explain malt\n  - **A**: Sprouted.",
        "- [ ] What is rye?<br>A grain.\n- [x] Explain malt<br/>Sprouted.",
        "* Problem 1: What is rye?\n\nA grain.\n\n* Problem 2: Explain malt\n\nSprouted.",
        (
            "<details><summary>What is rye?</summary>\nA grain.\n</details>\n<details>\n"
            "<summary>Explain malt</summary><br><b>\n\nSprouted.\n</b></details>"
        ),
        (
            "### 1️⃣ What is rye?\n<details><summary>Show answer</summary>\n\nA grain.\n\n</details>\n\n"
            "### ❓ Explain malt\n\nSprouted."
        ),
        "| No. | Question | Answer |\n|---|---|---|\n| 1 | What is rye? | A grain. |\n| 2 | Explain malt | Sprouted. |",
        "What is rye?\n\nA grain.\n\nExplain malt?\n\nSprouted.",
    ],
)
def test_the_same_two_questions_are_found_in_every_usual_dress(source: str) -> None:
    found = asked(read_markdown(source))
    assert [(prompt.rstrip("?"), answer) for _, prompt, answer in found] == [
        ("What is rye", "A grain."),
        ("Explain malt", "Sprouted."),
    ]


def test_a_numbered_heading_without_a_question_mark_is_a_question_if_something_stands_below_it() -> None:
    reading = read_markdown("## 1. What is rye?\nGrain.\n## 2. Why malt?\nSugar.\n## 3. Hops\nBitter.\n## 4. Yeast\n")
    assert prompts(reading) == ["What is rye?", "Why malt?", "Hops"]
    assert reading.problems == (
        Problem(7, "## 4. Yeast", "Looks like a question but is not worded as one, and nothing stands below it."),
    )


def test_a_heading_among_questions_that_does_not_ask_is_left_to_a_person() -> None:
    reading = read_markdown("## Grain\n### What is rye?\nA.\n### What is oat?\nB.\n### Spelt\nC.\n")
    assert prompts(reading) == ["What is rye?", "What is oat?"]
    assert reading.problems == (
        Problem(6, "### Spelt\nC.", "Stands among questions but is not worded as one.", "Grain"),
    )


def test_a_table_of_contents_is_passed_over_without_a_word() -> None:
    reading = read_markdown(
        "# Contents\n- [1. What is rye?](#1-what-is-rye)\n    - [Uses](#uses)\n"
        "- [2. Malt](https://example.org/#:~:text=2)\n\n"
        "## 1. What is rye?\nA grain.\n#### Uses\nBread.\n## 2. Malt\nSprouted.\n"
    )
    assert asked(reading) == [("", "What is rye?", "A grain.\n#### Uses\nBread."), ("", "Malt", "Sprouted.")]
    assert reading.problems == ()


def test_a_list_of_links_that_lead_nowhere_in_the_document_is_a_list_of_questions() -> None:
    reading = read_markdown("# Grain\n1. [What is rye?](#rye)\n2. [What is oat?](#oat)\n")
    assert prompts(reading) == ["What is rye?", "What is oat?"]


def test_a_list_of_links_to_elsewhere_is_no_list_of_questions() -> None:
    reading = read_markdown(
        "# Links\n* [50 questions on rye](https://a.example)\n* [Can you bake? A quiz](https://b.example)\n"
    )
    assert reading.questions == ()
    assert aside(reading) == [(1, "It belongs to no question that was found.")]


def test_list_items_that_only_name_a_topic_are_the_category_of_the_questions_below() -> None:
    reading = read_markdown(
        "# Grain\n1. Rye\n   1. [E] What is rye?\n   2. [H] Why is it dark?\n2. Oat\n   1. [M] What is oat?\n"
    )
    assert [(each.category, each.prompt, each.difficulty) for each in reading.questions] == [
        ("Rye", "What is rye?", "introductory"),
        ("Rye", "Why is it dark?", "advanced"),
        ("Oat", "What is oat?", "intermediate"),
    ]
    assert reading.problems == ()


def test_levels_are_read_from_words_emoji_headings_and_lines_of_their_own() -> None:
    source = (
        "## Advanced\n### What is rye? (easy)\nA.\n### [Medium] What is oat?\nB.\n### What is teff?\nC.\n"
        "## Wheat\n### 🟢 What is spelt?\nD.\n### What is einkorn? - Senior\nE.\n"
        "### What is emmer?\n**Difficulty:** Medium  \n**Tags:** old, grain\n\nF.\n### What is bran?\nG.\n"
    )
    assert [(each.prompt, each.difficulty, each.answer, each.tags) for each in read_markdown(source).questions] == [
        ("What is rye?", "introductory", "A.", ()),
        ("What is oat?", "intermediate", "B.", ()),
        ("What is teff?", "advanced", "C.", ()),
        ("What is spelt?", "introductory", "D.", ()),
        ("What is einkorn?", "advanced", "E.", ()),
        ("What is emmer?", "intermediate", "F.", ("old", "grain")),
        ("What is bran?", None, "G.", ()),
    ]


def test_a_document_explains_its_own_marks() -> None:
    source = "Legend: 🚀 easy, 👶 hard\n\n### What is rye? 🚀\nA.\n\n### What is oat? 👶\nB.\n"
    assert [(each.prompt, each.difficulty) for each in read_markdown(source).questions] == [
        ("What is rye?", "introductory"),
        ("What is oat?", "advanced"),
    ]


def test_sections_for_the_reader_open_no_questions() -> None:
    reading = read_markdown(
        "# Bread\n## Questions\n### What is rye?\nA.\n### What is oat?\nB.\n## FAQ\n### Can I print this?\nYes.\n"
        "## How to use this repo?\nClone it.\n## License\nFree.\n"
    )
    assert asked(reading) == [("Bread", "What is rye?", "A."), ("Bread", "What is oat?", "B.")]
    assert aside(reading) == [
        (7, "Speaks to the reader; not a question."),
        (10, "Speaks to the reader; not a question."),
        (12, "Speaks to the reader; not a question."),
    ]


def test_a_question_in_a_list_of_other_things_is_left_to_a_person() -> None:
    reading = read_markdown("# Study\n* Read the book\n* Bake every day\n* What is rye?\n* Keep notes\n")
    assert reading.questions == ()
    assert (
        Problem(4, "* What is rye?", "Worded as a question, but the list around it holds other things.", "Study")
        in reading.problems
    )


def test_questions_in_an_answer_stay_in_it() -> None:
    source = "### What is rye?\nIs it a grain? Yes.\n\n**Why?**\n- What grows it?\n\n### What is oat?\nAlso one.\n"
    assert asked(read_markdown(source)) == [
        ("", "What is rye?", "Is it a grain? Yes.\n\n**Why?**\n- What grows it?"),
        ("", "What is oat?", "Also one."),
    ]


def test_lists_and_headings_of_questions_may_stand_in_one_document() -> None:
    source = "## Rye\n- What is it?\n- Who grows it?\n\n## Oat\n### What is oat?\nA grain.\n### Who eats it?\nHorses.\n"
    assert asked(read_markdown(source)) == [
        ("Rye", "What is it?", ""),
        ("Rye", "Who grows it?", ""),
        ("Oat", "What is oat?", "A grain."),
        ("Oat", "Who eats it?", "Horses."),
    ]


def test_follow_ups_are_read_from_their_label() -> None:
    source = (
        "### What is rye?\nA grain.\n\n**Follow-up questions:**\n- Who grows it?\n1. Where?\n\n"
        "### What is oat?\nFollow-up: Why?\n"
    )
    assert [(each.prompt, each.answer, each.follow_ups) for each in read_markdown(source).questions] == [
        ("What is rye?", "A grain.", ("Who grows it?", "Where?")),
        ("What is oat?", "", ("Why?",)),
    ]


def test_choices_stay_in_the_answer_with_the_answer_after_them() -> None:
    source = (
        "###### 1. Which grain is it?\n- A: rye\n- B: oat\n<details><summary><b>Answer</b></summary>\n"
        "<p>\n\n#### Answer: B\n\nOat.\n\n</p>\n</details>\n"
    )
    assert asked(read_markdown(source)) == [
        ("", "Which grain is it?", "- A: rye\n- B: oat\n\n\n\n#### Answer: B\n\nOat."),
    ]


def test_links_and_pictures_below_the_last_answer_are_no_part_of_it() -> None:
    source = (
        "## 1. What is rye?\n### Use\nBread.\n## 2. What is oat?\nA grain.\n\n"
        "#### More 👉 [here](https://a.example)\n\n<a href='https://a.example'><img src='a.png'></a>\n"
    )
    reading = read_markdown(source)
    assert asked(reading) == [("", "What is rye?", "### Use\nBread."), ("", "What is oat?", "A grain.")]
    assert aside(reading) == [(7, "It belongs to no question that was found.")]


def test_code_and_latex_keep_what_looks_like_markdown() -> None:
    source = (
        "### What is a comment?\n```\n### Is this a heading?\n- [ ] no\n```\n$$\n# not one\n$$\n### Why $a*b*c$?\nx\n"
    )
    assert asked(read_markdown(source)) == [
        ("", "What is a comment?", "```\n### Is this a heading?\n- [ ] no\n```\n$$\n# not one\n$$"),
        ("", "Why $a*b*c$?", "x"),
    ]


def test_markup_leaves_a_prompt_and_scripts_leave_everything() -> None:
    source = (
        "### What is <b>rye</b>? <img src=x onerror=alert(1)>\n[A](javascript:alert(1)).\n\n<script>\n"
        "alert(2)\n</script>\n\nB.\n"
        "### Why?\nC.\n"
    )
    reading = read_markdown(source)
    assert asked(reading) == [("", "What is rye?", "[A](javascript:alert(1)).\n\n\nB."), ("", "Why?", "C.")]
    assert reading.problems == (Problem(4, "<script>\nalert(2)\n</script>", "A script or an embedded page; left out."),)


def test_bold_lines_above_lists_of_questions_stand_in_for_headings() -> None:
    source = "**Grain**\n\n1. What is rye?\n2. What is oat?\n\n**Larder (hard)**\n1. Why salt?\n2. Explain brine\n"
    reading = read_markdown(source)
    assert [(each.category, each.prompt, each.difficulty) for each in reading.questions] == [
        ("Grain", "What is rye?", None),
        ("Grain", "What is oat?", None),
        ("Larder", "Why salt?", "advanced"),
        ("Larder", "Explain brine", "advanced"),
    ]
    assert reading.problems == ()


def test_a_farewell_below_the_last_rule_is_no_part_of_the_last_answer() -> None:
    source = (
        "### What is rye?\nA.\n\n---\n\n### What is oat?\nB.\n\n---\n\nC.\n\n---\n"
        "⭐ If this is useful, give it a star.\n"
    )
    reading = read_markdown(source)
    assert asked(reading) == [("", "What is rye?", "A."), ("", "What is oat?", "B.\n\n---\n\nC.")]
    assert aside(reading) == [(14, "It belongs to no question that was found.")]


def test_what_is_too_long_for_the_bank_is_said_and_not_cut() -> None:
    source = (
        f"### Why {'so ' * 400}?\nA.\n### What is oat?\n{'b' * 20_001}\n### {'What is it and ' * 9}why?\n- Why rye?\n"
    )
    reading = read_markdown(source)
    assert asked(reading)[0] == ("", "What is oat?", "")
    assert [(each.line, each.reason) for each in reading.problems] == [
        (1, "The question is 1,205 characters long and 1,000 fit. Shorten it and add it by hand."),
        (3, "The answer is 20,001 characters long and 20,000 fit. Shorten it and add it by hand."),
    ]


def test_more_follow_ups_than_the_bank_holds_are_one_problem_that_names_the_question() -> None:
    source = "- What is rye?\n" + "".join(f"  - Why {number}?\n" for number in range(10)) + "- What is oat?\n"
    reading = read_markdown(source)
    assert reading.questions == (
        FoundQuestion("What is rye?", 1, follow_ups=tuple(f"Why {number}?" for number in range(8))),
        FoundQuestion("What is oat?", 12),
    )
    assert reading.problems == (
        Problem(
            1,
            "Why 8?\nWhy 9?",
            '"What is rye?" has more follow-ups than the bank holds: 8 of 1,000 characters each. These were left out.',
        ),
    )


def test_a_heading_worded_as_a_question_is_a_category_where_questions_stand_below_it() -> None:
    source = (
        "## What is bread?\n### What is rye?\nA.\n### What is oat?\nB.\n## Why beer?\n- What is malt?\n- What is hop?\n"
    )
    reading = read_markdown(source)
    assert asked(reading) == [
        ("What is bread?", "What is rye?", "A."),
        ("What is bread?", "What is oat?", "B."),
        ("Why beer?", "What is malt?", ""),
        ("Why beer?", "What is hop?", ""),
    ]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("source", "prompt"),
    [
        ("What does the <canvas> element do?", "What does the <canvas> element do?"),
        ("What is List<String>?", "What is List<String>?"),
        ("What is <T> in f<T>(x)?", "What is <T> in f<T>(x)?"),
        ("When is a <b or b> a?", "When is a <b or b> a?"),
        ("What is the difference between <div> and <span>?", "What is the difference between <div> and <span>?"),
        ("Why does <script> block a page?", "Why does <script> block a page?"),
        ("What is <!DOCTYPE html> for?", "What is <!DOCTYPE html> for?"),
        ("Is `<b>` &lt;strong&gt;?", "Is `<b>` <strong>?"),
        ("What is a <b>bold</b> <kbd>key</kbd><!-- so -->?", "What is a bold key?"),
        ('<a name="rye"></a>What is <a href="https://a.example">rye</a>? <img src="a.png">', "What is rye?"),
        ('<span style="color:red">What is rye?</span>', "What is rye?"),
    ],
)
def test_a_prompt_keeps_the_tags_that_it_speaks_of_and_loses_those_that_dress_it(source: str, prompt: str) -> None:
    in_headings = read_markdown(f"### {source}\nA.\n\n### Why?\nB.\n")
    assert asked(in_headings) == [("", prompt, "A."), ("", "Why?", "B.")]
    assert in_headings.problems == ()
    assert prompts(read_markdown(f"- {source}\n- Why?\n")) == [prompt, "Why?"]
    assert prompts(read_markdown(f"| Question |\n|---|\n| {source} |\n| Why? |\n")) == [prompt, "Why?"]
    fold = f"<details>\n<summary>{source}</summary>\n\nA.\n\n</details>\n"
    assert prompts(read_markdown(fold.replace("&lt;", "<").replace("&gt;", ">"))) == [prompt]


def test_a_break_in_a_prompt_is_a_blank() -> None:
    assert prompts(read_markdown("### What is rye,<br/>and why?\nA.\n")) == ["What is rye, and why?"]
