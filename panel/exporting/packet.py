"""The decision packet: everything a decision was made on, as one canonical text, and that text as a PDF.

The PDF is made of the text alone, carries it as an attachment, and ends with a seal over its own bytes. The same text
gives the same bytes, so a file can be proved against the text that it carries.
"""

import hashlib
import json
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from panel.domain.debriefs import DecisionOutcome, FairAverage, ScoreSheet
from panel.domain.plans import Sitting
from panel.domain.roles import Role
from panel.domain.scorecards import Confidence, Outcome, Reason, Recommendation

SEAL = b"\n%Panel-seal-SHA-256: "
MAKER_LENGTH = 16
SEAL_LENGTH = len(SEAL) + 64 + 1 + MAKER_LENGTH + 1
MODEL = (
    "Scores are computed from the ratings on the scale 1 to 5: the weighted mean of the questions of each competency, "
    "and of these the mean with the role's weights; medians are those of the single ratings. They are raw: no "
    "interviewer's severity is taken out of them. What was not asked or could not be assessed counts for nothing."
)
RULE = (
    "The mechanical rule says hire where the composite score and every must-have reach {line:g} of 5, and nothing "
    "where a must-have was not assessed."
)


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PacketAnchor(Part):
    level: int
    label: str
    text: str


class PacketQuestion(Part):
    """A frozen question with the rubric it was judged on. Its reference answer is not part of a packet."""

    number: int
    key: str
    version: int
    prompt: str
    probes: tuple[str, ...]
    weight: float
    weight_reason: str
    on_trial: bool
    competency: str
    rubric: str
    rubric_version: int
    anchors: tuple[PacketAnchor, ...]


class PacketRound(Part):
    """A round that was held, as the plan version froze it."""

    id: str
    name: str
    sitting: Sitting
    plan_title: str
    plan_version: int
    plan_version_id: str
    published_at: datetime
    questions: tuple[PacketQuestion, ...]


class PacketRating(Part):
    """Sealed, reconciled and composite level; None where there is none."""

    question: str
    outcome: Outcome
    reason: Reason
    reworded: bool
    sealed: int | None
    reconciled: int | None
    composite: int | None
    note: str


class PacketScorecard(Part):
    id: str
    person: str
    round_id: str
    round_name: str
    submitted_at: datetime
    recommendation: Recommendation
    confidence: Confidence | None
    summary: str
    ratings: tuple[PacketRating, ...]


class PacketReconciliation(Part):
    """`level` is None where an earlier one was taken back."""

    scorecard: str
    question: str
    person: str
    number: int
    level: int | None
    reason: str
    by: str
    at: datetime


class PacketConfirmation(Part):
    """`scorecards` are the ids of what had been submitted, `reconciliations` counts those of the person's ratings."""

    person: str
    at: datetime
    scorecards: tuple[str, ...]
    reconciliations: int


class PacketDecision(Part):
    number: int
    outcome: DecisionOutcome
    reason: str
    conditions: str
    against: str
    revises: str
    present: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    by: str
    at: datetime
    scores: ScoreSheet


class Packet(Part):
    kind: Literal["panel decision packet"] = "panel decision packet"
    format: Literal[1] = 1
    candidate_id: str
    candidate: str
    debrief_id: str
    debrief: int
    opened_by: str
    opened_at: datetime
    role: Role
    rounds: tuple[PacketRound, ...]
    scorecards: tuple[PacketScorecard, ...]
    reconciliations: tuple[PacketReconciliation, ...]
    confirmations: tuple[PacketConfirmation, ...]
    decisions: tuple[PacketDecision, ...] = Field(min_length=1)
    model: str
    rule: str
    fair: FairAverage | None = None

    @property
    def decided_at(self) -> datetime:
        return self.decisions[-1].at

    def question(self, round_id: str, key: str) -> PacketQuestion:
        for each in self.rounds:
            if each.id == round_id:
                for question in each.questions:
                    if question.key == key:
                        return question
        raise KeyError(key)


def canonical(packet: Packet) -> str:
    """The one text of a packet: JSON with sorted keys and no spaces."""
    return json.dumps(packet.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(document: bytes, maker: str) -> bytes:
    """With the seal over its bytes, as a comment after its end; `maker` says which version of the program set it."""
    made = hashlib.sha256(document + maker.encode()).hexdigest()
    return document + SEAL + f"{made} {maker}\n".encode()
