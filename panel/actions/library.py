"""The bank as one reads and searches it: a snapshot that is made anew only when the bank has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from panel.actions.checks import allowed
from panel.domain.people import Person, may_read_bank
from panel.domain.questions import BankQuestion
from panel.finding.search import SearchIndex
from panel.finding.twins import TwinIndex
from panel.house import Workspace
from panel.store import bank
from panel.store import revision as revisions

SHELF = "library"


@dataclass(frozen=True)
class Choices:
    """What the bank can be narrowed by: categories in their order, competencies and tags by name."""

    categories: list[str]
    competencies: list[str]
    tags: list[str]


@dataclass(frozen=True)
class Library:
    """Every question of the bank, by category and place; the indexes speak of places in `questions`."""

    revision: int
    questions: tuple[BankQuestion, ...]
    search: SearchIndex

    @cached_property
    def twins(self) -> TwinIndex:
        """Near duplicates; made when first asked for."""
        return TwinIndex([each.question.prompt for each in self.questions])

    @cached_property
    def by_key(self) -> dict[str, BankQuestion]:
        return {each.key: each for each in self.questions}

    @cached_property
    def choices(self) -> Choices:
        return Choices(
            list(dict.fromkeys(each.category.name for each in self.questions)),
            sorted({each.question.competency for each in self.questions} - {""}),
            sorted({tag for each in self.questions for tag in each.question.tags}),
        )


def library(workspace: Workspace, *, by: Person) -> Library:
    """The bank as it stands. Everybody who looks at the same revision shares one snapshot."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, "Sign in to read the question bank.")
        revision = revisions.revision(transaction)

        def make(earlier: Library | None) -> Library:
            return _library(revision, bank.current_questions(transaction), earlier)

        return workspace.shelf.take(SHELF, revision, make)


def _library(revision: int, questions: Sequence[BankQuestion], earlier: Library | None) -> Library:
    index = SearchIndex([each.question for each in questions], earlier.search if earlier else None)
    return Library(revision, tuple(questions), index)
