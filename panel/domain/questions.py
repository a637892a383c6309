"""Questions of the bank: what is asked of every candidate, and what an interviewer needs to judge the answer."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.text import Key, Name, Prose, Sentence

Difficulty = Literal["introductory", "intermediate", "advanced"]
DIFFICULTIES: tuple[Difficulty, ...] = ("introductory", "intermediate", "advanced")
Minutes = Annotated[int, Field(ge=1, le=60)]


class Category(BaseModel):
    """A heading of the bank; `order` is its place on the page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Name
    order: Annotated[int, Field(ge=1, le=1000)]
    about: Sentence


class Question(BaseModel):
    """One question with everything its interviewer needs.

    `answer` is Markdown (code and LaTeX allowed, HTML shown as text). `strong` and `weak` say what such an
    answer sounds like. `minutes` includes the probes. `source` names where the topic comes from.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    prompt: Sentence
    answer: Prose
    probes: Annotated[tuple[Sentence, ...], Field(min_length=2, max_length=8)]
    strong: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=8)]
    weak: Annotated[tuple[Sentence, ...], Field(min_length=1, max_length=8)]
    competency: Name
    difficulty: Difficulty
    minutes: Minutes
    tags: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    source: Sentence


class QuestionFile(BaseModel):
    """One file of the question bank: a category and its questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    category: Category
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def keys_are_unique(self) -> "QuestionFile":
        seen: set[str] = set()
        for question in self.questions:
            if question.key in seen:
                raise ValueError(f"the key {question.key!r} is used twice; give each question its own")
            seen.add(question.key)
        return self


class BankQuestion(BaseModel):
    """A question as it stands in the bank now: its text, its category and its version number (from 1)."""

    model_config = ConfigDict(frozen=True)

    question: Question
    category: Category
    version: int

    @property
    def key(self) -> str:
        return self.question.key
