"""Questions of the bank: what is asked of every candidate, what an interviewer needs to judge the answer, and the
life of a question from draft to retired.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.text import Draft, Key, Label, Name, Remark, Sentence, listed

Difficulty = Literal["introductory", "intermediate", "advanced"]
DIFFICULTIES: tuple[Difficulty, ...] = ("introductory", "intermediate", "advanced")
Minutes = Annotated[int, Field(ge=1, le=60)]
USUAL_MINUTES = 5

QuestionState = Literal["draft", "in_review", "approved", "pilot", "retired"]
STATE_NAMES: dict[QuestionState, str] = {
    "draft": "Draft",
    "in_review": "In review",
    "approved": "Approved",
    "pilot": "Pilot",
    "retired": "Retired",
}
IN_PLANS: tuple[QuestionState, ...] = ("approved", "pilot")  # only these may enter a plan
UNDER_WAY: tuple[QuestionState, ...] = ("draft", "in_review")  # everybody may write on these
# From each state, where a question can go. `moves_of_everybody` are those that need no manager.
MOVES: Mapping[QuestionState, tuple[QuestionState, ...]] = {
    "draft": ("in_review", "approved", "pilot", "retired"),
    "in_review": ("approved", "pilot", "draft", "retired"),
    "pilot": ("approved", "draft", "retired"),
    "approved": ("pilot", "draft", "retired"),
    "retired": ("draft",),
}
MOVES_OF_EVERYBODY: frozenset[tuple[QuestionState, QuestionState]] = frozenset(
    {("draft", "in_review"), ("in_review", "draft")}
)


class Category(BaseModel):
    """A heading of the bank; `order` is its place on the page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Name
    order: Annotated[int, Field(ge=1, le=1000)]
    about: Remark = ""


class Question(BaseModel):
    """One question with everything its interviewer needs; a draft may lack some of it (see `lacking`).

    `answer` is Markdown (code and LaTeX allowed, HTML shown as text). `strong` and `weak` say what such an
    answer sounds like. `minutes` includes the probes. `anchors` says what the levels sound like for this question:
    one text for each level of its scale, lowest first, empty where the rubric's own anchor holds. `source` names
    where the question comes from.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    prompt: Sentence
    answer: Draft = ""
    probes: Annotated[tuple[Sentence, ...], Field(max_length=8)] = ()
    strong: Annotated[tuple[Sentence, ...], Field(max_length=8)] = ()
    weak: Annotated[tuple[Sentence, ...], Field(max_length=8)] = ()
    competency: Label = ""
    difficulty: Difficulty | None = None
    minutes: Minutes
    tags: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    anchors: Annotated[tuple[Remark, ...], Field(max_length=7)] = ()
    source: Remark = ""

    @model_validator(mode="after")
    def anchors_fit_a_scale(self) -> "Question":
        if self.anchors and (len(self.anchors) < 3 or not any(self.anchors)):
            raise ValueError("anchors name each of the 3 to 7 levels; leave them out where the rubric's hold")
        return self


class Leak(BaseModel):
    """The mark that candidates may know a question: since when, and how that was learnt."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date
    reason: Sentence


class FiledQuestion(Question):
    """A question as a file holds it: with its state, and the mark that it leaked."""

    state: QuestionState = "approved"
    leaked: Leak | None = None

    @model_validator(mode="after")
    def asked_questions_are_whole(self) -> "FiledQuestion":
        missing = lacking(self)
        if self.state in IN_PLANS and missing:
            raise ValueError(
                f'{self.state} questions need {listed(missing)}; add what is missing, or set state = "draft"'
            )
        return self

    def question(self) -> Question:
        return Question.model_validate(self.model_dump(exclude={"state", "leaked"}))


class QuestionFile(BaseModel):
    """One file of the question bank: a category and its questions; none where all of them went elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    category: Category
    questions: tuple[FiledQuestion, ...] = ()

    @model_validator(mode="after")
    def keys_are_unique(self) -> "QuestionFile":
        seen: set[str] = set()
        for question in self.questions:
            if question.key in seen:
                raise ValueError(f"the key {question.key!r} is used twice; give each question its own")
            seen.add(question.key)
        return self


class BankQuestion(BaseModel):
    """A question as it stands in the bank now: its text, its category, its version number (from 1) and its state."""

    model_config = ConfigDict(frozen=True)

    question: Question
    category: Category
    version: int
    state: QuestionState = "approved"
    leak: Leak | None = None

    @property
    def key(self) -> str:
        return self.question.key

    def filed(self) -> FiledQuestion:
        """As a file would hold it, whatever it lacks."""
        return FiledQuestion.model_construct(**dict(self.question), state=self.state, leaked=self.leak)


def lacking(question: Question) -> list[str]:
    """What a question still needs before it can be asked in a plan; each a noun, none when it is whole."""
    missing = []
    if not question.answer and not any(question.anchors):
        missing.append("a reference answer")
    if not question.competency:
        missing.append("a competency")
    if question.difficulty is None:
        missing.append("a difficulty")
    return missing


def moves_of_everybody(state: QuestionState) -> tuple[QuestionState, ...]:
    """Where anybody on the team may take a question from here; every other move is a manager's."""
    return tuple(to for to in MOVES[state] if (state, to) in MOVES_OF_EVERYBODY)
