"""Search: words in any order, typos forgiven, best first, and nothing that is typed can break it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.content import read_content
from panel.domain.questions import Question
from panel.finding.search import SearchIndex
from panel.finding.words import STOP_WORDS, words_of
from tests.factories import a_question

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [question for file in read_content(ROOT).question_files for question in file.questions]
SHIPPED_INDEX = SearchIndex(SHIPPED)

BANK = [
    a_question("overfitting", prompt="What is overfitting?", answer="It is learning the noise.", tags=("validation",)),
    a_question("k-means", prompt="How does k-means work?", answer="Centres move.", tags=("clustering",)),
    a_question("l1", prompt="What is L1 regularization?", answer="Against overfitting.", tags=("linear models",)),
    a_question("l2", prompt="What is L2 regularisation?", answer="Weights shrink.", tags=("linear models",)),
    a_question("naive", prompt="Explain naïve Bayes.", answer="Independence.", tags=("probability",)),
    a_question("feedback", prompt="Tell me about feedback.", answer="A story.", competency="Teamwork"),
    a_question("languages", prompt="C++ or C#?", answer="Either.", probes=("What of the list type?",)),
]
INDEX = SearchIndex(BANK)


def found(words: str) -> list[str]:
    return [BANK[place].key for place in INDEX.find(words)]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("overfitting", ["overfitting", "l1"]),
        ("OVERFITTING?", ["overfitting", "l1"]),
        ("noise learning", ["overfitting"]),
        ("over", ["overfitting", "l1"]),
        ("fitting", ["overfitting", "l1"]),
        ("overfiting", ["overfitting", "l1"]),
        ("overiftting", ["overfitting", "l1"]),
        ("ovefit", ["overfitting", "l1"]),
        ("over fitting", ["overfitting", "l1"]),
        ("k means", ["k-means"]),
        ("kmeans", ["k-means"]),
        ("K‑Means", ["k-means"]),
        ("naive", ["naive"]),
        ("NAÏVE", ["naive"]),
        ("l1", ["l1"]),
        ("L3", []),
        ("regularization", ["l1", "l2"]),
        ("regularisation", ["l2", "l1"]),
        ("clustring", ["k-means"]),
        ("teamwork", ["feedback"]),
        ("c++", ["languages"]),
        ("c#", ["languages"]),
        ("list", ["languages"]),
        ("lust", ["k-means"]),  # stands inside "clustering"
        ("lits", ["languages"]),
        ("lst", []),
        ("what is the overfitting", ["overfitting", "l1"]),
        ("zebra", []),
        ("zebra unicorn overfitting", []),
        ("zebra overfitting", ["overfitting", "l1"]),
        ("feedback clustering", ["feedback", "k-means"]),
    ],
)
def test_words_find_what_a_person_means_by_them(words: str, keys: list[str]) -> None:
    assert found(words) == keys


@pytest.mark.parametrize("words", ["", "   ", "???", "(.*)", "🧪", "\\", "[", "-", "\x00", "'"])
def test_without_a_word_everything_is_found_in_order(words: str) -> None:
    assert INDEX.find(words) == list(range(len(BANK)))


def test_words_that_no_question_has_are_named() -> None:
    assert INDEX.search("zebra overfitting").unknown == ("zebra",)
    assert INDEX.search("overfitting").unknown == ()


def test_the_prompt_outweighs_tags_then_competency_probes_and_answer() -> None:
    index = SearchIndex(
        [
            a_question("answer", prompt="One?", answer="About gradients.", probes=(), competency="Other"),
            a_question("probe", prompt="Two?", answer="", probes=("gradients",), competency="Other"),
            a_question("competency", prompt="Three?", answer="", probes=(), competency="gradients"),
            a_question("tag", prompt="Four?", answer="gradients", probes=("gradients",), tags=("gradients",)),
            a_question("prompt", prompt="Why gradients in a long prompt?", answer="", probes=(), competency="Other"),
        ]
    )
    assert index.find("gradients") == [4, 3, 2, 1, 0]


def test_the_word_itself_comes_before_longer_words_and_these_before_typos() -> None:
    index = SearchIndex(
        [a_question(word, prompt=f"Why {word}?", answer="") for word in ("embedding", "embed", "unembedded", "embeds")]
    )
    assert index.find("embed") == [1, 3, 0, 2]
    assert SearchIndex([a_question(prompt="Why embeddimgs?"), a_question(prompt="Why embeddings?")]).find(
        "embeddings"
    ) == [1, 0]


def test_rare_words_weigh_more_than_common_ones() -> None:
    common = [a_question(f"c{number}", prompt=f"A model, number {number}, of trees?", answer="") for number in range(9)]
    index = SearchIndex([*common, a_question("rare", prompt="Kernels?", answer="model")])
    assert index.find("model kernels")[0] == 9
    assert index.find("kernels trees model")[0] == 9


def test_of_equal_matches_the_shorter_prompt_comes_first() -> None:
    index = SearchIndex([a_question(prompt="What is caching in a distributed system?"), a_question(prompt="Caching?")])
    assert index.find("caching") == [1, 0]


def test_two_words_that_the_bank_writes_as_one_come_before_words_that_stand_apart() -> None:
    index = SearchIndex(
        [
            a_question(prompt="K is the count, means are centres: why?", answer=""),
            a_question(prompt="When would you explain the choice of k-means to somebody?", answer=""),
            a_question(prompt="Can R find a range?", answer=""),
        ]
    )
    assert index.find("k means") == [1, 0]
    assert index.find("k mea") == [1, 0]
    assert index.find("r f") == [2]  # not the beginning of "rf…"


def test_an_index_made_from_an_earlier_one_finds_the_same() -> None:
    changed = [*BANK[1:], a_question("l1", prompt="What is the lasso?"), a_question("new", prompt="A new overfiting?")]
    fresh, built_on = SearchIndex(changed), SearchIndex(changed, INDEX)
    for words in ("overfitting", "lasso", "regularization", "noise", "k means", "overfiting", ""):
        assert built_on.find(words) == fresh.find(words)
    assert SearchIndex(BANK, built_on).search("lasso").unknown == ("lasso",)  # a word that is gone is not known


def test_an_empty_bank_answers() -> None:
    assert SearchIndex([]).find("anything") == []
    assert SearchIndex([]).find("") == []


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_answered_with_different_places_of_the_bank(words: str) -> None:
    places = INDEX.find(words)
    assert len(set(places)) == len(places)
    assert set(places) <= set(range(len(BANK)))


@pytest.mark.parametrize(
    "words", ["a" * 10_000, "word " * 2_000, "(a+)+$" * 1_000, "🧪é" * 5_000, " ".join(map(str, range(3_000)))]
)
def test_a_very_long_text_is_cut_and_answered(words: str) -> None:
    result = SHIPPED_INDEX.search(words)
    assert len(result.terms) <= 16


@pytest.mark.parametrize("question", SHIPPED, ids=lambda each: each.key)
def test_every_word_of_a_prompt_finds_its_question(question: Question) -> None:
    place = SHIPPED.index(question)
    for word in set(words_of(question.prompt)) - STOP_WORDS:
        assert place in SHIPPED_INDEX.find(word)
    assert SHIPPED_INDEX.find(question.prompt[:80])[0] == place
