"""How the team wants to work: set once for everybody, by who manages hiring."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Display = Literal["levels", "hundred"]
DISPLAY_NAMES: dict[Display, str] = {
    "levels": "1 to 5, as the rubrics have it",
    "hundred": "0 to 100, computed from 1 to 5",
}
LOWEST, HIGHEST = 1.0, 5.0


class TeamSettings(BaseModel):
    """`display` is how scores are written; ratings stay levels, and nobody types a number out of 100.

    `exercises_within_one` is how many calibration exercises within one level of the gold make somebody trained.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    display: Display = "levels"
    exercises_within_one: Annotated[int, Field(ge=1, le=50)] = 6
    version: int = 0


def on_hundred(score: float) -> float:
    """A score of the scale 1 to 5 on 0 to 100."""
    return 100 * (score - LOWEST) / (HIGHEST - LOWEST)


def score_words(score: float | None, display: Display) -> str:
    """`3.4`, or `60` where the team wants 0 to 100; a dash for none."""
    if score is None:
        return "–"
    return f"{score:.1f}" if display == "levels" else f"{on_hundred(score):.0f}"


def gap_words(difference: float, display: Display) -> str:
    """A difference of two scores: `+0.4`, or `+10` where the team wants 0 to 100."""
    written = f"{difference:+.1f}" if display == "levels" else f"{100 * difference / (HIGHEST - LOWEST):+.0f}"
    return written.lstrip("+-") if float(written) == 0 else written
