"""Rating scales and rubrics: the levels, and the behaviour that defines each level."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.text import Key, Name, Sentence


class Anchor(BaseModel):
    """The behaviour that defines one level, as it can be seen or heard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Annotated[int, Field(ge=1, le=7)]
    label: Name
    text: Sentence


class Rubric(BaseModel):
    """A scale of 3 to 7 levels with an anchor at every level, for one competency."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    name: Name
    competency: Name
    about: Sentence
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
