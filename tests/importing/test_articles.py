"""Plain-text articles: which lines are questions, what answers them, and what speaks to the reader."""

import pytest

from panel.importing.articles import read_article
from panel.importing.found import FoundQuestion, Problem, Reading
from tests.importing.shown import aside, asked, prompts

ARTICLE = """Gardening Interview Questions: What to Ask and Why

Sharing is Caring

Gardening has become a popular trade. This post helps you prepare for an interview.

Gardening Interview Questions

Gardening is the care of plants. There are three kinds of it.

Gardening Interview Questions and Answers

Here is all you need. Questions are divided by category.

General Questions

What drew you to gardening?

Answer: A personal question. Good answers name one plant, and why it mattered.

Which tools do you use most?

Answer: It depends on the season; a spade and shears are common.

Technical Questions

Can you explain how grafting works?

Answer: A shoot of one plant is joined to the root of another. They grow together.

How do you recognise root rot?

Answer: The roots are brown and soft.

Technical Tips for a Gardening Interview

When you answer, it is critical to understand the basics of soil.

Questions on tools can be difficult. Practise them.


In conclusion, these gardening interview questions are a solid start for candidates.


Are these the only questions I should prepare for an interview?

No, they are a sample.

What should I bring to a gardening interview?

Bring gloves.

Leave a Comment"""


def test_an_article_gives_its_answered_questions_and_sets_the_rest_aside() -> None:
    reading = read_article(ARTICLE)
    assert reading == Reading(
        kind="article",
        questions=(
            FoundQuestion(
                "What drew you to gardening?",
                17,
                "General Questions",
                "A personal question. Good answers name one plant, and why it mattered.",
            ),
            FoundQuestion(
                "Which tools do you use most?",
                21,
                "General Questions",
                "It depends on the season; a spade and shears are common.",
            ),
            FoundQuestion(
                "Can you explain how grafting works?",
                27,
                "Technical Questions",
                "A shoot of one plant is joined to the root of another. They grow together.",
            ),
            FoundQuestion("How do you recognise root rot?", 31, "Technical Questions", "The roots are brown and soft."),
        ),
        problems=reading.problems,
    )
    assert aside(reading) == [
        (1, "Stands before the first question; not a question."),
        (35, "Advice for the reader, not a question."),
        (45, "A question that a reader has about their own interview, not one to ask a candidate."),
        (49, "A question that a reader has about their own interview, not one to ask a candidate."),
        (53, "A call to the reader, an advert or a form; not part of an answer."),
    ]


def test_a_passage_set_aside_is_one_problem_that_quotes_its_start() -> None:
    passage = "\n\n".join(f"Paragraph {number} of an introduction that goes on for a while." for number in range(40))
    [problem] = read_article(f"{passage}\n\nQ: What is rust?\nA: Iron with oxygen.").problems
    assert (problem.line, len(problem.text), problem.text[-1]) == (1, 300, "…")
    assert problem.text.startswith("Paragraph 0 of an introduction")


@pytest.mark.parametrize(
    "article",
    [
        "Q: What is rust?\nA: Iron with oxygen.\n\nQ: How is it kept off?\nA: With paint.",
        "Q1. What is rust?\nAnswer: Iron with oxygen.\nQ2. How is it kept off?\nAnswer: With paint.",
        "1. What is rust?\nAns - Iron with oxygen.\n2. How is it kept off?\nAns - With paint.",
        "1) What is rust?\n\nIron with oxygen.\n\n2) How is it kept off?\n\nWith paint.",
        (
            "Question 1: What is rust?\nSolution: Iron with oxygen.\n\nQuestion 2: How is it kept off?\n"
            "Solution: With paint."
        ),
        "What is rust?\n\nIron with oxygen.\n\nHow is it kept off?\n\nWith paint.",
        "What is rust?\nIron with oxygen.\nHow is it kept off?\nWith paint.",
        "1.What is rust? Answer: Iron with oxygen.\n2.How is it kept off? Answer: With paint.",
    ],
)
def test_questions_are_told_by_label_by_count_or_by_standing_alone(article: str) -> None:
    assert asked(read_article(article)) == [
        ("", "What is rust?", "Iron with oxygen."),
        ("", "How is it kept off?", "With paint."),
    ]


def test_headings_in_capitals_underlined_or_in_title_case_are_categories() -> None:
    reading = read_article(
        "METALS\n\nWhat is rust?\n\nIron with oxygen.\n\nWood Work\n\nWhat is a joint?\n\nTwo pieces.\n\n"
        "Glass:\n======\n\nWhy does it break?\n\nIt is brittle.\n"
    )
    assert asked(reading) == [
        ("METALS", "What is rust?", "Iron with oxygen."),
        ("Wood Work", "What is a joint?", "Two pieces."),
        ("Glass", "Why does it break?", "It is brittle."),
    ]
    assert reading.problems == ()


def test_answers_keep_their_paragraphs_lists_and_code() -> None:
    reading = read_article(
        "Q: How do you cut a thread?\nA: In three steps:\n\n- drill\n- chamfer\n1. tap\n\n"
        "    G33 Z-10 K1\n\nClean it.\n\n"
        "Q: And a bolt?\nA: With a die."
    )
    assert asked(reading) == [
        (
            "",
            "How do you cut a thread?",
            "In three steps:\n\n- drill\n- chamfer\n1. tap\n\n    G33 Z-10 K1\n\nClean it.",
        ),
        ("", "And a bolt?", "With a die."),
    ]


def test_tasks_without_a_question_mark_are_questions_where_they_stand_alone() -> None:
    reading = read_article(
        "What is rust?\n\nIron with oxygen.\n\nExplain how steel is hardened.\n\nIt is heated and quenched.\n\n"
        "Tell me about a repair that failed.\n\nListen for what was learnt.\n"
    )
    assert prompts(reading) == [
        "What is rust?",
        "Explain how steel is hardened.",
        "Tell me about a repair that failed.",
    ]


def test_a_rhetorical_question_stays_in_its_answer() -> None:
    article = (
        "1. What is rust?\n\nWhy does iron rust? Because it binds oxygen.\nIs that all? Nearly.\n\n"
        "2. What is steel?\n\nIron."
    )
    assert asked(read_article(article)) == [
        ("", "What is rust?", "Why does iron rust? Because it binds oxygen.\nIs that all? Nearly."),
        ("", "What is steel?", "Iron."),
    ]


def test_a_counted_list_in_an_answer_is_no_list_of_questions() -> None:
    article = (
        "1. How do you weld?\nAns. In steps:\n1. Clean\n2. Clamp\n3. Weld\n\n2. How do you solder?\nAns. With tin.\n"
    )
    assert asked(read_article(article)) == [
        ("", "How do you weld?", "In steps:\n1. Clean\n2. Clamp\n3. Weld"),
        ("", "How do you solder?", "With tin."),
    ]


def test_a_counted_question_that_is_not_worded_as_one_is_kept_in_its_place_of_the_count() -> None:
    article = "1. What is rust?\n\nIron.\n\n2. Cold welding\n\nWithout heat.\n\n3. What is steel?\n\nAlloy."
    assert asked(read_article(article)) == [
        ("", "What is rust?", "Iron."),
        ("", "Cold welding", "Without heat."),
        ("", "What is steel?", "Alloy."),
    ]


def test_difficulty_and_follow_ups_are_read_from_their_labels() -> None:
    article = (
        "Q: What is rust? (easy)\nA: Iron with oxygen.\nFollow-up: How fast does it form?\n\n"
        "Q: What is creep? [Hard]\nA: Slow."
    )
    [first, second] = read_article(article).questions
    assert first == FoundQuestion(
        "What is rust?", 1, "", "Iron with oxygen.", ("How fast does it form?",), "introductory"
    )
    assert second == FoundQuestion("What is creep?", 5, "", "Slow.", (), "advanced")


def test_wrapped_lines_are_one_prompt() -> None:
    article = (
        "1. What is the difference between a metal that is hardened by heat and\n"
        "one that is hardened by cold working?\nAnswer: The structure.\n\n2. What is brass?\nAnswer: Copper and zinc.\n"
    )
    assert prompts(read_article(article)) == [
        "What is the difference between a metal that is hardened by heat and one that is hardened by cold working?",
        "What is brass?",
    ]


def test_an_advert_between_questions_joins_no_answer() -> None:
    reading = read_article(
        "1. What is rust?\nAnswer: Iron.\n\nAlso read: 50 questions for welders\n\n2. What is steel?\nAnswer: Alloy.\n"
    )
    assert asked(reading) == [("", "What is rust?", "Iron."), ("", "What is steel?", "Alloy.")]
    assert reading.problems == (
        Problem(
            4,
            "Also read: 50 questions for welders",
            "A call to the reader, an advert or a form; not part of an answer.",
        ),
    )


def test_a_counted_line_between_questions_without_answers_joins_no_neighbour() -> None:
    assert prompts(read_article("1. What is rust?\n2. Explain creep\n3. MIG against TIG\n4. Why anneal?\n")) == [
        "What is rust?",
        "Explain creep",
        "MIG against TIG",
        "Why anneal?",
    ]
