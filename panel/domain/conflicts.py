"""Conflicts of interest: who should not judge a candidate, and why."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from panel.domain.text import Remark
from panel.errors import InputError

ConflictKind = Literal["referred", "knows", "own_record"]
CONFLICT_NAMES: dict[ConflictKind, str] = {  # go on after "they" and after a name
    "referred": "referred the candidate",
    "knows": "know the candidate",
    "own_record": "are the candidate",
}
CONFLICT_LABELS: dict[ConflictKind, str] = {
    "referred": "Referred the candidate",
    "knows": "Knows the candidate",
    "own_record": "Is the candidate",
}


class ConflictOfInterest(BaseModel):
    """One person and one candidate. Without `id` it was found by itself: they have the same email address."""

    model_config = ConfigDict(frozen=True)

    id: str
    person_id: str
    candidate_id: str
    kind: ConflictKind
    remark: Remark = ""
    declared_by: str = ""
    declared_at: datetime


def tidy_conflict_kind(text: str) -> ConflictKind:
    for kind in CONFLICT_NAMES:
        if kind == text:
            return kind
    raise InputError("Choose why they should not judge: they referred, know or are the candidate.")


def sentence_of_conflict(person_name: str, candidate_name: str, kind: ConflictKind) -> str:
    """Without an end, so that what to do can follow."""
    return f"{person_name} has a conflict of interest with {candidate_name}: they {CONFLICT_NAMES[kind]}"
