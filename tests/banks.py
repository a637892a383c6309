"""Banks of any questions that the domain allows, for properties: every state, and texts that are hard to write down."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from panel.domain.questions import DIFFICULTIES, IN_PLANS, STATE_NAMES, BankQuestion, Category, Leak, Question, lacking

HARD = (
    "'''", '"""', "'", '"', "\\", "\\n", "\\u0041", "\n", "\n\n", "\r\n", "\t", " ", "#", "[[questions]]", "key = 1",
    "=1+1", "+1", "-1", "@x", "|", ";", ",", "- ", "1. ", "Q1: ", "(hard)", "[", "]", '["a"]', "{", "}", "%s", "?",
    "? W", "<script>", "$x$", "```", "é", "ß", "李", "🧪", "👩\u200d🔬", "\u00a0", "\u2028", "\u0085",
    "\ufeff", "\u200b",
    "a", "B", "word", "2", "ﬃ", "\u0301",
)  # fmt: skip
CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
ANY_TEXT = st.lists(st.one_of(st.sampled_from(HARD), st.text(CHARACTERS, max_size=6)), max_size=12).map("".join)
LINES = ANY_TEXT.map(lambda text: " ".join(text.replace("\u2028", " ").replace("\u0085", " ").split("\n")))


def some(texts: st.SearchStrategy[str], longest: int = 1000) -> st.SearchStrategy[str]:
    """Texts that say something once they are trimmed."""
    return texts.map(lambda text: text.replace("\ufeff", "").replace("\r", " ").strip()[:longest].strip()).filter(bool)


KEYS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
SENTENCES = some(ANY_TEXT)
NAMES = some(LINES, 120)


@st.composite
def questions(draw: st.DrawFn, keys: st.SearchStrategy[str] = KEYS, **fixed: Any) -> Question:
    """Any question; a draft's fields may be empty."""
    levels = draw(st.sampled_from((0, 0, 3, 5, 7)))
    anchors = draw(st.lists(st.one_of(st.just(""), SENTENCES), min_size=levels, max_size=levels))
    facts: dict[str, Any] = {
        "key": draw(keys),
        "prompt": draw(SENTENCES),
        "answer": draw(ANY_TEXT),
        "probes": tuple(draw(st.lists(SENTENCES, max_size=3))),
        "strong": tuple(draw(st.lists(SENTENCES, max_size=2))),
        "weak": tuple(draw(st.lists(SENTENCES, max_size=2))),
        "competency": draw(st.one_of(st.just(""), NAMES)),
        "difficulty": draw(st.sampled_from((None, *DIFFICULTIES))),
        "minutes": draw(st.integers(1, 60)),
        "tags": tuple(draw(st.lists(NAMES, max_size=3))),
        "anchors": tuple(anchors) if any(each.strip() for each in anchors) else (),
        "source": draw(ANY_TEXT),
    }
    return Question.model_validate(facts | fixed)


@st.composite
def banks(draw: st.DrawFn, most: int = 5) -> list[BankQuestion]:
    """The questions of a whole bank in its order, as the store gives them."""
    keys = draw(st.lists(KEYS, max_size=3, unique=True, min_size=1))
    categories = [
        Category(key=key, name=draw(NAMES), order=draw(st.integers(1, 1000)), about=draw(ANY_TEXT)) for key in keys
    ]
    categories.sort(key=lambda each: (each.order, each.key))
    found: list[BankQuestion] = []
    for category in categories:
        taken = {each.key for each in found}
        here = draw(st.lists(questions(), min_size=1, max_size=most, unique_by=lambda each: each.key))
        found += [draw(standing(each, category)) for each in here if each.key not in taken]
    return found


@st.composite
def standing(draw: st.DrawFn, question: Question, category: Category) -> BankQuestion:
    """A question in a state that it may have, leaked or not."""
    possible = [each for each in STATE_NAMES if each not in IN_PLANS or not lacking(question)]
    days = st.dates(date(1990, 1, 1), date(2026, 11, 25))
    leak = Leak(on=draw(days), reason=draw(SENTENCES)) if draw(st.booleans()) else None
    return BankQuestion(
        question=question, category=category, version=1, state=draw(st.sampled_from(possible)), leak=leak
    )
