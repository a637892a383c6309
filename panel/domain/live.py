"""A sitting while it happens: since when, who leads, and at which question the panel is."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

EARLIEST_CLOCK = timedelta(hours=2)  # before the planned start


class LiveSitting(BaseModel):
    """`version` is 0 until somebody starts the clock or leads. `question_key` is empty until a lead moves."""

    model_config = ConfigDict(frozen=True)

    interview_id: str
    started_at: datetime | None = None
    lead_id: str | None = None
    question_key: str = ""
    version: int = 0


def clock_that_counts(started_at: datetime | None, *, starts_at: datetime) -> datetime | None:
    """When the clock was started; None where that was for another day, from which the interview was moved."""
    return started_at if started_at and started_at >= starts_at - EARLIEST_CLOCK else None


class Happening(BaseModel):
    """What others may want to look at anew. It names things and never tells what was rated.

    `tab` tells one open page of a person from another. With `here`, `question_key` is what the page shows; with
    `saved`, it names the rating, or is empty for the end of the scorecard, and `version` is that of what was saved. An
    empty `interview_id` means any.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["saved", "submitted", "moved", "here", "gone", "changed"]
    interview_id: str
    scorecard_id: str = ""
    person_id: str = ""
    tab: str = ""
    question_key: str = ""
    version: int = 0
