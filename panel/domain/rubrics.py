"""Rating scales and rubrics: the levels, the behaviour that defines each level, and the life of a rubric from draft
to retired.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.questions import Question
from panel.domain.text import Key, Name, Remark

RubricState = Literal["draft", "active", "retired"]
STATE_NAMES: dict[RubricState, str] = {"draft": "Draft", "active": "Active", "retired": "Retired"}
USUAL_LEVELS = 5
Written = tuple[str, str]  # the label and the anchor of a level as somebody types them, lowest level first
# Labels to start a scale with, lowest first. A scale of four has no middle, so every rating takes a side.
SCALES: Mapping[int, tuple[str, ...]] = {
    3: ("Below what is needed", "What is needed", "Above what is needed"),
    4: ("Well below what is needed", "Just below what is needed", "What is needed", "Above what is needed"),
    5: (
        "Well below what is needed",
        "Below what is needed",
        "What is needed",
        "Above what is needed",
        "Well above what is needed",
    ),
    6: (
        "Well below what is needed",
        "Below what is needed",
        "Just below what is needed",
        "What is needed",
        "Above what is needed",
        "Well above what is needed",
    ),
    7: (
        "Well below what is needed",
        "Below what is needed",
        "Just below what is needed",
        "What is needed",
        "Just above what is needed",
        "Above what is needed",
        "Well above what is needed",
    ),
}


class Anchor(BaseModel):
    """The behaviour that defines one level, as it can be seen or heard. In a draft `text` may be empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Annotated[int, Field(ge=1, le=7)]
    label: Name
    text: Remark = ""


class Rubric(BaseModel):
    """A scale of 3 to 7 levels for one competency; a draft may lack some of its texts (see `lacking`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Name
    competency: Name
    about: Remark = ""
    anchors: Annotated[tuple[Anchor, ...], Field(min_length=3, max_length=7)]

    @model_validator(mode="after")
    def levels_run_from_one_without_a_gap(self) -> "Rubric":
        levels = [anchor.level for anchor in self.anchors]
        if levels != list(range(1, len(levels) + 1)):
            raise ValueError(f"levels must run 1, 2, 3, … in order without a gap; they are {levels}")
        return self

    @property
    def levels(self) -> range:
        return range(1, len(self.anchors) + 1)

    def anchor(self, level: int) -> Anchor:
        return self.anchors[level - 1]


class FiledRubric(Rubric):
    """A rubric as a file holds it: with its state. Only an active one must be whole."""

    state: RubricState = "active"

    @model_validator(mode="after")
    def active_rubrics_are_whole(self) -> "FiledRubric":
        missing = lacking(self)
        if self.state == "active" and missing:
            raise ValueError(f'{", ".join(missing)}; add what is missing, or set state = "draft"')
        return self

    def rubric(self) -> Rubric:
        return Rubric.model_validate(self.model_dump(exclude={"state"}))


class BankRubric(BaseModel):
    """A rubric as it stands in the bank now: its text, its version number (from 1) and its state."""

    model_config = ConfigDict(frozen=True)

    rubric: Rubric
    version: int
    state: RubricState = "active"

    @property
    def key(self) -> str:
        return self.rubric.key

    def filed(self) -> FiledRubric:
        """As a file would hold it, whatever it lacks."""
        return FiledRubric.model_construct(**dict(self.rubric), state=self.state)


def lacking(rubric: Rubric) -> list[str]:
    """What a rubric still needs before it can be activated, each a clause; none when it is whole."""
    missing = [] if rubric.about else ["“about” has no text"]
    return missing + [f"level {each.level} ({each.label}) has no text" for each in rubric.anchors if not each.text]


def obstacle(stored: BankRubric) -> str | None:
    """Why a rubric cannot be newly chosen in a plan, as a sentence; None where it can."""
    if stored.state == "draft":
        return f"The rubric {stored.rubric.name} is still a draft. Activate it first, or choose another."
    if stored.state == "retired":
        return f"The rubric {stored.rubric.name} is retired. Choose another."
    return None


def fitting(question: Question, rubrics: Mapping[str, BankRubric]) -> str | None:
    """The key of the active rubric for the question's competency; None where there is none."""
    return next(
        (
            key
            for key, each in rubrics.items()
            if obstacle(each) is None and each.rubric.competency == question.competency
        ),
        None,
    )


def for_question(rubric: Rubric, question: Question) -> Rubric:
    """The rubric as it is used for one question: the question's own anchors stand in place of the rubric's.

    Where the numbers of levels differ, the rubric's hold (see `does_not_fit`).
    """
    own = question.anchors
    if len(own) != len(rubric.anchors):
        return rubric
    anchors = tuple(
        anchor.model_copy(update={"text": text}) if text else anchor
        for anchor, text in zip(rubric.anchors, own, strict=True)
    )
    return rubric.model_copy(update={"anchors": anchors})


def does_not_fit(rubric: Rubric, question: Question) -> str | None:
    """A sentence where a question has anchors of its own for another number of levels; None where they fit."""
    own, levels = len(question.anchors), len(rubric.anchors)
    if not own or own == levels:
        return None
    return (
        f"“{question.prompt}” has anchors of its own for {own} levels, but {rubric.name} has {levels}; "
        "the rubric's own anchors are used."
    )


def rescaled(levels: tuple[Written, ...], count: int) -> tuple[Written, ...]:
    """The same texts on a scale of another length: the ends stay the ends, a new level is empty, and of five levels
    on four the middle one goes. Ready-made labels become those of the new scale."""
    before = len(levels)
    if count < before:
        kept = {place: levels[round(place * (before - 1) / (count - 1))] for place in range(count)}
    else:
        kept = {round(place * (count - 1) / (before - 1)): each for place, each in enumerate(levels)}
    texts = [kept.get(place, ("", "")) for place in range(count)]
    return tuple(
        (ready if label in ("", *SCALES[before]) else label, text)
        for ready, (label, text) in zip(SCALES[count], texts, strict=True)
    )


def unwritten(count: int = USUAL_LEVELS) -> tuple[Written, ...]:
    """A scale with ready-made labels and no anchor yet."""
    return tuple((label, "") for label in SCALES[count])
