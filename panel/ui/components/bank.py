"""Finding questions: the search field, the filters, and the list of what is found."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from panel.actions.library import Library
from panel.domain.questions import DIFFICULTIES, STATE_NAMES, BankQuestion
from panel.domain.text import listed
from panel.finding.marks import Marks, excerpt, marks
from panel.finding.search import Found, Term
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.question_list import PAGE, Column, ListRow, question_list
from panel.ui.words import count

FILTER_WIDTH = 168  # two in a row on a phone
PAUSE = "120ms"  # without a letter typed before the search runs: a list is painted within 300 ms of the last letter
MOST_MINUTES = 60
COLUMNS = (Column("Min", 32, "min"), Column("Competency", 144), Column("Difficulty", 96), Column("Category", 136))
# How often a question was asked in interviews: from, to.
EXPOSURE = {"never asked": (0, 0), "asked 1 to 5 times": (1, 5), "more than 5 times": (6, 10**9)}

Binding = Literal["query-params"] | None


@dataclass(frozen=True)
class Finding:
    """The questions found, best first, and what the search says of them."""

    questions: list[BankQuestion]
    search: Found
    view: str = ""  # changes when something else is looked for
    asked: Mapping[str, int] | None = None


@dataclass
class Filters:
    """What is chosen in each filter; an empty list means any."""

    category: list[str] = field(default_factory=list)
    competency: list[str] = field(default_factory=list)
    difficulty: list[str] = field(default_factory=list)
    minutes: int | None = None
    state: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    exposure: list[str] = field(default_factory=list)

    def fits(self, each: BankQuestion, asked: int) -> bool:
        question = each.question
        return (
            (not self.category or each.category.name in self.category)
            and (not self.competency or question.competency in self.competency)
            and (not self.difficulty or question.difficulty in self.difficulty)
            and (self.minutes is None or question.minutes <= self.minutes)
            and (not self.state or STATE_NAMES[each.state] in self.state)
            and (not self.tag or not set(self.tag).isdisjoint(question.tags))
            and (
                not self.exposure or any(low <= asked <= high for low, high in map(EXPOSURE.__getitem__, self.exposure))
            )
        )


def filters(
    library: Library,
    *,
    key: str,
    bind: bool = False,
    among: Collection[str] | None = None,
    asked: Mapping[str, int] | None = None,
) -> Finding:
    """Search and filters over the bank, or over the questions with the keys `among`.

    `asked` says how often each question was asked (a key that is missing: never); without it there is no such filter.
    With `bind` all of it stands in the address.
    """
    binding: Binding = "query-params" if bind else None
    words = st.text_input(
        "Search",
        key=f"{key}search",
        placeholder="Words in any order, typos forgiven",
        live=PAUSE,
        type="search",
        bind=binding,
        label_visibility="collapsed",
    )
    chosen = _filter_fields(library, key, binding, with_exposure=asked is not None)
    found = library.search.search(words or "")
    times = asked or {}
    questions = [library.questions[place] for place in found.places]
    kept = [
        each for each in questions if (among is None or each.key in among) and chosen.fits(each, times.get(each.key, 0))
    ]
    return Finding(kept, found, f"{words} {chosen}", asked)


def _filter_fields(library: Library, key: str, binding: Binding, *, with_exposure: bool) -> Filters:
    offered = library.choices
    rare = ("minutes", "state", "tag", "exposure")

    def choices(label: str, name: str, options: list[str]) -> list[str]:
        return st.multiselect(
            label, options, key=key + name, bind=binding, placeholder=label, width=FILTER_WIDTH,
            label_visibility="collapsed",
        )  # fmt: skip

    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        chosen = Filters(
            category=choices("Category", "category", offered.categories),
            competency=choices("Competency", "competency", offered.competencies),
            difficulty=choices("Difficulty", "difficulty", list(DIFFICULTIES)),
        )
        active = sum(_is_set(key + name, binding) for name in rare)
        with st.popover(f"More filters ({active})" if active else "More filters", key=f"{key}more"):
            chosen.minutes = st.number_input(
                "Minutes, at most", 1, MOST_MINUTES, value=None, key=f"{key}minutes", placeholder="any", bind=binding
            )
            chosen.state = _list_field("State", list(STATE_NAMES.values()), f"{key}state", binding)
            chosen.tag = _list_field("Tag", offered.tags, f"{key}tag", binding)
            if with_exposure:
                chosen.exposure = _list_field("Asked in interviews", list(EXPOSURE), f"{key}exposure", binding)
    return chosen


def _list_field(label: str, options: list[str], key: str, binding: Binding) -> list[str]:
    return st.multiselect(label, options, key=key, bind=binding, placeholder="any")


def _is_set(key: str, binding: Binding) -> bool:
    """Whether a filter that is drawn later in this run narrows the bank."""
    if key in st.session_state:
        return st.session_state[key] not in (None, [])
    return binding is not None and key in st.query_params


def found_list(
    found: Finding,
    *,
    key: str,
    selected: str | None,
    on_pick: Callable[[str], None],
    height: int | None = None,
    otherwise: str = "Use fewer words or clear a filter.",
    notes: Mapping[str, str] | None = None,
    **checking: Any,
) -> None:
    """The list of what was found, a page at a time, with what was searched for marked.

    `otherwise` says what to do when nothing is found; `notes` are remarks by key, shown with the question;
    `checking` are `checked` and `on_check` of question_list.
    """
    if not found.questions:
        frame.empty("No question fits.", otherwise)
        return
    if not found.search.every_word:
        unknown = listed([f"“{each}”" for each in found.search.unknown])
        frame.quiet(f"No question has {unknown or 'all these words'}; these have most of the words.")
    place = state.page(key, found.view)
    if place is None:  # what an address names is shown, unless something is searched for: then the best come first
        at = next((number for number, each in enumerate(found.questions) if each.key == selected), 0)
        place = 0 if found.search.terms else at - at % PAGE
    first = min(place, max(0, (len(found.questions) - 1) // PAGE * PAGE))
    question_list(
        list_rows(found, first, notes or {}),
        key=key,
        columns=COLUMNS,
        selected=selected,
        on_pick=on_pick,
        first=first,
        total=len(found.questions),
        on_turn=lambda to: state.turn_page(key, found.view, to),
        usual_state=STATE_NAMES["approved"],
        view=found.view,
        height=height,
        **checking,
    )


def list_rows(found: Finding, first: int, notes: Mapping[str, str] = MappingProxyType({})) -> list[ListRow]:
    """One page of what was found."""
    return [_row(each, found, notes.get(each.key, "")) for each in found.questions[first : first + PAGE]]


def _row(each: BankQuestion, found: Finding, note: str) -> ListRow:
    question = each.question
    missing = [term for term in found.search.terms if not marks(question.prompt, [term])]
    passage, in_passage = _passage(each, missing)
    times = found.asked.get(each.key, 0) if found.asked is not None else 0
    notes = ["candidates may know it" if each.leak else "", f"asked {count(times, 'time')}" if times else "", note]
    return ListRow(
        key=each.key,
        prompt=question.prompt,
        marks=marks(question.prompt, found.search.terms),
        excerpt=passage,
        excerpt_marks=in_passage,
        facts=(str(question.minutes), question.competency, question.difficulty or "", each.category.name),
        state=STATE_NAMES[each.state],
        note=" · ".join(each for each in notes if each),
    )


def _passage(each: BankQuestion, missing: list[Term]) -> tuple[str, Marks]:
    """What shows why a question was found when its prompt does not: its tags, a probe, or a passage of its answer."""
    question = each.question
    for text in (", ".join(question.tags), *question.probes):
        found = marks(text, missing)
        if found:
            return text, found
    return excerpt(question.answer, missing) if missing else ("", ())
