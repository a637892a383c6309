"""How long a keystroke's search takes in a bank of 10,000 questions, beside two plain ways in the same run; and near
duplicates of 5,000 prompts among 10,000.

Run: .venv/bin/python benchmarks/search.py
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz, process, utils

from benchmarks.believable import believable_questions
from panel.domain.questions import Question
from panel.finding.marks import excerpt, marks
from panel.finding.search import SearchIndex
from panel.finding.twins import TwinIndex

BANK = 10_000
IMPORTED = 5_000
PAGE = 50
TYPED = (
    "overfitting", "k means", "regularisaton l1", "gradient boostig in production", "what is the bias variance",
    "databse indexes", "explain garbage collecton to a product manager", "c++", "feedback small team", "zzyzx",
)  # fmt: skip


def keystrokes() -> Iterator[str]:
    """Every query as it stands after each letter."""
    for query in TYPED:
        yield from (query[:length] for length in range(1, len(query) + 1))


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(name: str, search: Callable[[str], object], queries: list[str]) -> None:
    took = sorted(1000 * timed(lambda query=query: search(query)) for query in queries)  # type: ignore[misc]
    p95 = took[int(0.95 * len(took))]
    print(f"  {name:58} p50 {statistics.median(took):8.1f} ms   p95 {p95:8.1f} ms   most {took[-1]:8.1f} ms")


def text_of(question: Question) -> str:
    return " ".join([question.prompt, *question.tags, question.competency, *question.probes, question.answer])


def searching(questions: list[Question]) -> None:
    start = time.perf_counter()
    index = SearchIndex(questions)
    print(f"Index of {len(questions):,} questions: {time.perf_counter() - start:.2f} s")
    changed = [*questions[:-1], questions[-1].model_copy(update={"prompt": "What changed?"})]
    print(f"The same after one question changed: {timed(lambda: SearchIndex(changed, index)):.2f} s")
    typed = list(keystrokes())
    texts = [text_of(each).lower() for each in questions]
    processed = [utils.default_process(each) for each in texts]

    def with_marks(words: str) -> None:
        found = index.search(words)
        for place in found.places[:PAGE]:
            marks(questions[place].prompt, found.terms)
            excerpt(questions[place].answer, found.terms)

    def substrings(words: str) -> list[int]:
        wanted = words.lower().split()
        return [place for place, text in enumerate(texts) if all(word in text for word in wanted)]

    print(f"{len(typed)} keystrokes of {len(TYPED)} queries, some with typos")
    show("search (ours)", index.search, typed)
    show(f"search, with marks and passages of {PAGE} rows (ours)", with_marks, typed)
    show("substrings of every text (no typos, no order)", substrings, typed)
    few = typed[::12]
    show("rapidfuzz WRatio over every text, each 12th keystroke", lambda words: process.extract(
        words, processed, scorer=fuzz.WRatio, limit=PAGE), few)  # fmt: skip


def twins(prompts: list[str], imported: list[str]) -> None:
    start = time.perf_counter()
    index = TwinIndex(prompts)
    print(f"\nTwin index of {len(prompts):,} prompts: {time.perf_counter() - start:.2f} s")
    print(f"Twins of one prompt: {1000 * timed(lambda: index.nearest(imported[0])):.1f} ms")
    print(f"Twins of {len(imported):,} prompts: {timed(lambda: index.nearest_of_many(imported)):.2f} s")
    print(f"{len(imported):,} prompts among themselves: {timed(TwinIndex(imported).among_themselves):.2f} s")
    few = imported[:50]
    peer = timed(lambda: [process.extract(each, prompts, scorer=fuzz.token_set_ratio, limit=3) for each in few])
    print(
        f"Peer, rapidfuzz token_set_ratio with every prompt: {peer * len(imported) / len(few):.0f} s (from {len(few)})"
    )


if __name__ == "__main__":
    bank = [each.question for each in believable_questions(BANK)]
    searching(bank)
    twins([each.prompt for each in bank], [each.question.prompt for each in believable_questions(IMPORTED, seed=8)])
