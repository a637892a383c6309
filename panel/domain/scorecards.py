"""Scorecards and ratings: what one interviewer observed of one candidate in one round."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from panel.domain.plans import GuideItem, InterviewGuide
from panel.domain.rubrics import Rubric
from panel.domain.text import listed

Outcome = Literal["open", "rated", "not_asked", "could_not_assess"]
OUTCOME_NAMES: dict[Outcome, str] = {
    "open": "Not answered yet",
    "rated": "Rated",
    "not_asked": "Not asked",
    "could_not_assess": "Could not assess",
}
Reason = Literal["", "time", "covered", "not_fitting"]
REASON_NAMES: dict[Reason, str] = {
    "": "No reason given",
    "time": "No time left",
    "covered": "Already covered",
    "not_fitting": "Does not fit this candidate",
}
Recommendation = Literal["strong_no", "no", "yes", "strong_yes"]
RECOMMENDATION_NAMES: dict[Recommendation, str] = {
    "strong_no": "Strong no",
    "no": "No",
    "yes": "Yes",
    "strong_yes": "Strong yes",
}
Confidence = Literal["low", "medium", "high"]
CONFIDENCE_NAMES: dict[Confidence, str] = {"low": "Not sure", "medium": "Fairly sure", "high": "Sure"}
State = Literal["draft", "submitted"]
LONGEST_NOTE = 10_000


class Rating(BaseModel):
    """One interviewer, one candidate, one question. `level` is set exactly when the outcome is `rated`.

    `reason` says why a question was not asked. `reworded` is true when it was asked in other words.
    """

    model_config = ConfigDict(frozen=True)

    question_key: str
    outcome: Outcome = "open"
    level: int | None = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    probes_asked: tuple[int, ...] = ()
    reason: Reason = ""
    reworded: bool = False
    version: int = 0
    updated_at: datetime | None = None


class Closing(BaseModel):
    """The end of a scorecard, as its interviewer has it so far."""

    model_config = ConfigDict(frozen=True)

    recommendation: Recommendation | None = None
    confidence: Confidence | None = None
    summary: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


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
    confidence: Confidence | None = None

    @property
    def is_submitted(self) -> bool:
        return self.state != "draft"

    @property
    def closing(self) -> Closing:
        return Closing(recommendation=self.recommendation, confidence=self.confidence, summary=self.summary)


def answered(ratings: dict[str, Rating]) -> int:
    """How many questions have an answer; "not asked" and "could not assess" are answers."""
    return sum(rating.outcome != "open" for rating in ratings.values())


def lacks_evidence(rubric: Rubric, rating: Rating) -> bool:
    """Whether a level is the lowest or the highest of its scale and no note says why; marks and times say nothing."""
    at_an_end = rating.level in (rubric.anchors[0].level, rubric.anchors[-1].level)
    return at_an_end and not any(character.isalpha() for character in rating.note)


def what_is_missing(guide: InterviewGuide, ratings: dict[str, Rating], scorecard: Scorecard) -> list[str]:
    """Sentences about what stands between a draft and its submission."""

    def rating_of(item: GuideItem) -> Rating:
        return ratings.get(item.question.key, Rating(question_key=item.question.key))

    numbered = [(str(number), item, rating_of(item)) for number, item in enumerate(guide.items, start=1)]
    missing = []
    unanswered = [number for number, _, rating in numbered if rating.outcome == "open"]
    if unanswered:
        missing.append(f"{_questions(unanswered)}: choose a level, “not asked” or “could not assess”.")
    unexplained = [number for number, _, rating in numbered if rating.outcome == "not_asked" and not rating.reason]
    if unexplained:
        missing.append(f"{_questions(unexplained)}: say why it was not asked.")
    unproven = [number for number, item, rating in numbered if lacks_evidence(item.rubric, rating)]
    if unproven:
        missing.append(f"{_questions(unproven)}: the lowest or highest level needs evidence. Note what you heard.")
    if scorecard.recommendation is None:
        missing.append("Choose a recommendation.")
    if scorecard.confidence is None:
        missing.append("Say how sure you are.")
    return missing


def _questions(numbers: list[str]) -> str:
    return f"{'Question' if len(numbers) == 1 else 'Questions'} {listed(numbers)}"
