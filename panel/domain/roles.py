"""Roles: the opening being hired for, and the profile that its candidates are measured against."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from panel.domain.document import Document
from panel.domain.text import Name, Remark

Need = Literal["must", "nice"]
NEED_NAMES: dict[Need, str] = {"must": "must have", "nice": "nice to have"}
Seniority = Literal["", "entry", "mid", "senior", "lead"]
SENIORITY_NAMES: dict[Seniority, str] = {
    "": "Not said",
    "entry": "Entry",
    "mid": "Mid-level",
    "senior": "Senior",
    "lead": "Lead",
}
Weight = Annotated[float, Field(gt=0, le=5)]
FEWEST_ADVISED, MOST_ADVISED = 4, 6
WHY_FOUR_TO_SIX = (
    "Four to six competencies are advised. With fewer, a whole side of the work goes unmeasured; with more, each gets "
    "only a question or two, interviewers stop telling them apart, and their scores say the same under many names."
)


class RoleCompetency(Document):
    """One thing that is measured for a role. A weight other than 1 needs a written reason."""

    name: Name
    need: Need = "must"
    weight: Weight = 1.0
    weight_reason: Remark = ""

    @model_validator(mode="before")
    @classmethod
    def a_name_alone_is_enough(cls, value: Any) -> Any:
        """Roles of earlier versions, and published plans, hold names alone: each a must-have of weight 1."""
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def unequal_weight_has_a_reason(self) -> "RoleCompetency":
        if self.weight != 1 and not self.weight_reason:
            raise ValueError(
                f"competencies weigh the same unless a reason is written; say why {self.name} weighs {self.weight:g}"
            )
        return self


class Role(Document):
    """The opening being hired for, and what is measured for it."""

    name: Name
    about: Remark = ""
    seniority: Seniority = ""
    competencies: Annotated[tuple[RoleCompetency, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def competencies_differ(self) -> "Role":
        if len({each.casefold() for each in self.measured}) < len(self.competencies):
            raise ValueError("the same competency is named twice")
        return self

    @property
    def measured(self) -> tuple[str, ...]:
        """The names of the competencies, in their order."""
        return tuple(each.name for each in self.competencies)

    @property
    def must_haves(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.competencies if each.need == "must")

    @property
    def weights(self) -> dict[str, float]:
        return {each.name: each.weight for each in self.competencies}


def advice_on_number(role: Role) -> str:
    """Why four to six competencies are better, where a role has another number; empty where it has not."""
    return "" if FEWEST_ADVISED <= len(role.competencies) <= MOST_ADVISED else WHY_FOUR_TO_SIX
