"""Near duplicates ask for the same in other words; a number or a short term makes another question."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.content import read_content
from panel.finding.twins import Twin, TwinIndex

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [question.prompt for file in read_content(ROOT).question_files for question in file.questions]

SAME = [
    ("What is overfitting?", "Can you explain what overfitting is?"),
    ("What is overfitting?", "What is overfiting?"),
    ("What is L1 regularization?", "Explain L1 regularisation."),
    ("What's the difference between bagging and boosting?", "What is the difference between boosting and bagging?"),
    ("Compare bagging with boosting.", "What is the difference between boosting and bagging?"),
    ("How do you handle missing values in a dataset?", "How would you deal with missing values in a data set?"),
    ("Explain the bias-variance tradeoff.", "What is the bias variance trade-off?"),
    ("What is the difference between TCP and UDP?", "How do TCP and UDP differ?"),
    ("What is a closure in JavaScript?", "Explain closures in JavaScript"),
    (
        "Tell me about a time you disagreed with a coworker.",
        "Describe a situation in which you disagreed with a coworker",
    ),
    ("What is gradient descent and how does it work?", "How does gradient descent work?"),
    ("What is cross validation?", "What is cross-validation and why is it used?"),
    ("Explain supervised and unsupervised learning.", "Unsupervised learning and supervised learning: what are they?"),
    ("What is a confusion matrix?", "What is a confusion matrix, and what do its cells mean?"),
    ("Why do you want to work here?", "Why do you want to work for us?"),
    ("How does garbage collection work in Java?", "Explain Java garbage collection"),
]
OTHER = [
    ("What is L1 regularization?", "What is L2 regularization?"),
    ("What is HTTP/1.1?", "What is HTTP/2?"),
    ("What is a type I error?", "What is a type II error?"),
    ("What is a list in Python?", "What is a tuple in Python?"),
    ("What is the difference between a list and a tuple?", "What is the difference between a list and a set?"),
    ("What is the difference between a list and a tuple?", "What is the difference between a list and an array?"),
    ("What is supervised learning?", "What is unsupervised learning?"),
    ("What is overfitting?", "What is underfitting?"),
    ("What is an inner join?", "What is an outer join?"),
    ("What is a primary key?", "What is a foreign key?"),
    ("What is method overloading in Java?", "What is method overriding in Java?"),
    ("What is authentication?", "What is authorization?"),
    ("What are the advantages of microservices?", "What are the disadvantages of microservices?"),
    ("How do you reverse a linked list?", "How do you detect a cycle in a linked list?"),
    ("Where do you see yourself in five years?", "Where do you see yourself in ten years?"),
    ("What is React?", "What is React Native?"),
    ("What is C?", "What is C++?"),
    ("Explain TCP.", "Explain UDP."),
]
BANKS = {"among the shipped questions": SHIPPED, "in a bank of two": SHIPPED[:2], "alone": []}


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_in_other_words_is_a_twin(one: str, other: str, bank: str) -> None:
    around = BANKS[bank]
    assert [each.place for each in TwinIndex([*around, other]).nearest(one)] == [len(around)]
    assert [each.place for each in TwinIndex([*around, one]).nearest(other)] == [len(around)]


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_question_that_looks_alike_is_no_twin(one: str, other: str, bank: str) -> None:
    assert TwinIndex([*BANKS[bank], other]).nearest(one) == []
    assert TwinIndex([*BANKS[bank], one]).nearest(other) == []


OPENS = [
    (
        "How does a random forest work?",
        "How does a random forest work, and what is random about it? What is its error?",
    ),
    ("What is backpropagation, and how does it work?", "What is backpropagation? Take me through one example by hand."),
    ("Explain database sharding.", "What is database sharding, and when would you rather not do it to a table?"),
]


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize(("short", "long"), OPENS)
def test_a_long_prompt_is_a_twin_of_the_question_it_opens_with(short: str, long: str, bank: str) -> None:
    around = [each for each in BANKS[bank] if "random forest" not in each and "backpropagation" not in each]
    assert [each.place for each in TwinIndex([*around, long]).nearest(short)] == [len(around)]
    assert [each.place for each in TwinIndex([*around, short]).nearest(long)] == [len(around)]


def test_two_prompts_that_only_open_alike_are_no_twins() -> None:
    assert (
        TwinIndex(["What is a decision tree? How do you prune it?"]).nearest(
            "What is a decision tree? Where does it overfit, and on which data?"
        )
        == []
    )


def test_the_shipped_bank_has_no_twins() -> None:
    assert [found for found in TwinIndex(SHIPPED).among_themselves() if found] == []


def test_a_question_is_its_own_twin_and_the_most_alike_comes_first() -> None:
    index = TwinIndex(
        ["What is a confusion matrix, and what do its cells mean?", "What is a tree?", "A confusion matrix?"]
    )
    (first, second) = index.nearest("What is a confusion matrix?")
    assert first == Twin(2, 100.0)
    assert second.place == 0
    assert 74 <= second.likeness < 100
    assert index.nearest("What is a confusion matrix?", most=1) == [first]


def test_twins_within_one_document_are_found_without_themselves() -> None:
    prompts = ["What is overfitting?", "What is a tree?", "Explain overfitting.", "Tell me about overfitting."]
    assert [[each.place for each in found] for found in TwinIndex(prompts).among_themselves(most=2)] == [
        [2, 3], [], [0, 3], [0, 2],
    ]  # fmt: skip


def test_many_are_answered_as_one_by_one() -> None:
    index, asked = TwinIndex(SHIPPED), [*SHIPPED[::-1], "", "?", "What is a zebra?"]
    assert index.nearest_of_many(asked) == [index.nearest(each) for each in asked]
    assert index.nearest_of_many([]) == []


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_prompts_are_compared(prompts: list[str], prompt: str) -> None:
    for each in TwinIndex(prompts).nearest(prompt):
        assert 0 <= each.place < len(prompts)
        assert 74 <= each.likeness <= 100
