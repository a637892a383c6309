"""What people are trained for. A round may ask for a training; who is still a trainee sits in it only as a shadow."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from panel.domain.text import Name
from panel.errors import InputError

TrainingState = Literal["trainee", "trained"]
TRAINING_NAMES: dict[TrainingState, str] = {"trainee": "Trainee: sits in as a shadow", "trained": "Trained"}
SUBJECT: TypeAdapter[str] = TypeAdapter(Name)


class Training(BaseModel):
    """A person and a subject, such as "Technical round", which is what rounds ask for."""

    model_config = ConfigDict(frozen=True)

    person_id: str
    subject: Name
    state: TrainingState
    changed_by: str
    changed_at: datetime


def same_subject(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def people_with(trainings: Iterable[Training], subject: str, state: TrainingState) -> frozenset[str]:
    """Ids of the people who are in this state for a subject."""
    return frozenset(
        each.person_id for each in trainings if each.state == state and same_subject(each.subject, subject)
    )


def tidy_subject(text: str) -> str:
    try:
        return SUBJECT.validate_python(text)
    except ValidationError as error:
        raise InputError("Name the training in 1 to 120 characters, such as Technical round.") from error


def tidy_training_state(text: str) -> TrainingState:
    for state in TRAINING_NAMES:
        if state == text:
            return state
    raise InputError("Choose trainee or trained.")
