"""What a manager asks of the question sets of a plan, beyond the minutes of its rounds."""

from typing import Annotated

from pydantic import Field, model_validator

from panel.domain.document import Document
from panel.domain.questions import DIFFICULTIES, Difficulty
from panel.domain.text import Key

Number = Annotated[int, Field(ge=0, le=60)]


class Span(Document):
    """At least and at most so many; `most` is None where there is no upper limit."""

    least: Number = 0
    most: Number | None = None

    @model_validator(mode="after")
    def runs_upwards(self) -> "Span":
        if self.most is not None and self.most < self.least:
            raise ValueError(f"at least {self.least} and at most {self.most} cannot both hold")
        return self


class SetRules(Document):
    """The rules by which question sets are put together. What is not said is free.

    `questions` counts per interviewer, `per_competency` and `interviewers_per_competency` over the candidate's whole
    day, `difficulty` per interviewer and `difficulty_in_all` over the day. `apart` are pairs of which at most one is
    asked, because one gives the other away. `even` makes the weakest set as good as can be, in place of the best sum.
    """

    questions: Span = Span(least=1)
    per_competency: Span = Span(least=1)
    interviewers_per_competency: Span = Span()
    per_competency_and_interviewer: Span = Span()
    difficulty: dict[Difficulty, Span] = Field(default_factory=dict)
    difficulty_in_all: dict[Difficulty, Span] = Field(default_factory=dict)
    must: tuple[Key, ...] = ()
    exclude: tuple[Key, ...] = ()
    apart: tuple[tuple[Key, Key], ...] = ()
    exposure_penalty: Annotated[float, Field(ge=0, le=10)] = 0.3
    even: bool = False

    @model_validator(mode="after")
    def nothing_is_both_asked_and_not(self) -> "SetRules":
        if set(self.must) & set(self.exclude):
            raise ValueError("a question cannot both be asked and not be asked; take it out of one of the lists")
        return self

    def of_difficulty(self, difficulty: Difficulty) -> Span:
        return self.difficulty.get(difficulty, Span())

    @property
    def says_difficulty(self) -> bool:
        return any(self.of_difficulty(each) != Span() for each in DIFFICULTIES)
