"""Scorecards and ratings: what one interviewer observed of one candidate in one round."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from panel.domain.plans import InterviewGuide

Outcome = Literal["open", "rated", "not_asked", "could_not_assess"]
OUTCOME_NAMES: dict[Outcome, str] = {
    "open": "Not answered yet",
    "rated": "Rated",
    "not_asked": "Not asked",
    "could_not_assess": "Could not assess",
}
Recommendation = Literal["strong_no", "no", "yes", "strong_yes"]
RECOMMENDATION_NAMES: dict[Recommendation, str] = {
    "strong_no": "Strong no",
    "no": "No",
    "yes": "Yes",
    "strong_yes": "Strong yes",
}
State = Literal["draft", "submitted"]
LONGEST_NOTE = 10_000


class Rating(BaseModel):
    """One interviewer, one candidate, one question. `level` is set exactly when the outcome is `rated`."""

    model_config = ConfigDict(frozen=True)

    question_key: str
    outcome: Outcome = "open"
    level: int | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    probes_asked: tuple[int, ...] = ()
    version: int = 0
    updated_at: datetime | None = None


class Scorecard(BaseModel):
    """One interviewer's ratings and recommendation for one candidate and round.

    A `shadow` rates the same questions, blind and sealed like everyone, for their own training: what they say enters
    no score, no comparison, no calibration of the team, and no count of what is submitted.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    interview_id: str
    person_id: str
    assignment_id: str
    candidate_id: str
    round_id: str
    state: State
    recommendation: Recommendation | None
    summary: str
    version: int
    submitted_at: datetime | None = None
    shadow: bool = False

    @property
    def is_submitted(self) -> bool:
        return self.state != "draft"


def answered(ratings: dict[str, Rating]) -> int:
    """How many questions have an answer; "not asked" and "could not assess" are answers."""
    return sum(rating.outcome != "open" for rating in ratings.values())


def what_is_missing(
    guide: InterviewGuide, ratings: dict[str, Rating], recommendation: Recommendation | None
) -> list[str]:
    """Sentences about what stands between a draft and its submission."""
    missing = []
    unanswered = [
        number
        for number, item in enumerate(guide.items, start=1)
        if ratings.get(item.question.key, Rating(question_key=item.question.key)).outcome == "open"
    ]
    if unanswered:
        which = ", ".join(str(number) for number in unanswered)
        word = "Question" if len(unanswered) == 1 else "Questions"
        missing.append(f"{word} {which}: choose a level, “not asked” or “could not assess”.")
    if recommendation is None:
        missing.append("Choose a recommendation.")
    return missing
