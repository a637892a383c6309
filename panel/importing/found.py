"""What a reader found in an outside document."""

from dataclasses import dataclass

from panel.domain.questions import Category, Difficulty, Leak, QuestionState


@dataclass(frozen=True)
class FoundQuestion:
    """A question as an outside document holds it. `line` counts from 1 (for tables: the row, heading included).

    Empty texts, None and empty tuples mean that the document does not say. The last fields are filled only by
    documents that know them: this program's own files and exports.
    """

    prompt: str
    line: int
    category: str = ""
    answer: str = ""  # Markdown
    follow_ups: tuple[str, ...] = ()
    difficulty: Difficulty | None = None
    competency: str = ""
    minutes: int | None = None
    tags: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    anchors: tuple[str, ...] = ()
    state: QuestionState | None = None
    leaked: Leak | None = None
    home: Category | None = None  # its category as the document describes it; counts while `category` is its name

    @property
    def described_home(self) -> Category | None:
        """The category with its key and description; None where the document only names one, or a person changed it."""
        return self.home if self.home and self.home.name == self.category else None


@dataclass(frozen=True)
class Problem:
    """A piece of the document that became no question and no part of one, with the reason as a sentence.

    `category` is the heading it stands under, for when a person decides that it is a question after all.
    """

    line: int
    text: str
    reason: str
    category: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of a table: its headings in order, and which heading fills which field (guessed or confirmed)."""

    headings: tuple[str, ...]
    fields: dict[str, str]  # field name of FoundQuestion -> heading


@dataclass(frozen=True)
class Reading:
    """Everything a reader says of one document. `kind` is a word for a person: "Markdown", "article", "CSV" …"""

    kind: str
    questions: tuple[FoundQuestion, ...]
    problems: tuple[Problem, ...]
    columns: Columns | None = None
