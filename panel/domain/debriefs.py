"""After the interviews: the debrief of a candidate, reconciled ratings, who has confirmed, and the decision.

Everything here is only ever added. A debrief is open until its first decision; a later decision revises it, and the
earlier ones stay beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from panel.domain.roles import Need
from panel.domain.scorecards import LONGEST_NOTE
from panel.domain.text import CONTROL, listed
from panel.errors import InputError

DecisionOutcome = Literal["hire", "no_hire", "hold", "another_round"]
DECISION_NAMES: dict[DecisionOutcome, str] = {
    "hire": "Hire",
    "no_hire": "Do not hire",
    "hold": "Hold",
    "another_round": "Another round",
}
FINAL: tuple[DecisionOutcome, ...] = ("hire", "no_hire")  # nothing of the candidate is left to be decided
LINE = 3.0  # on the scale 1 to 5: the level that every rubric words as meeting what is asked
NEAR = 1e-9  # a mean that is the line but for the arithmetic

Standing = Literal["above", "below", "open"]  # against the line; open where it cannot be said


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True)


class Debrief(Fact):
    """`number` counts 1, 2, 3 … within the candidate. `opened_at` is naive UTC, as all moments here."""

    id: str
    candidate_id: str
    number: int
    opened_by: str
    opened_at: datetime


class Reconciliation(Fact):
    """A new value beside a sealed rating. `level` is None where an earlier one is withdrawn.

    `number` counts 1, 2, 3 … within the rating; the last is what holds.
    """

    scorecard_id: str
    question_key: str
    number: int
    debrief_id: str
    level: int | None
    reason: str
    made_by: str
    made_at: datetime


class Confirmation(Fact):
    """A panelist has read the evidence and stands by their scorecard, as it is reconciled.

    `scorecards` are the ids of those that were submitted for the candidate then, sorted, and `reconciliations` counts
    those of this panelist's ratings. With other scorecards, or another count, the panelist is asked anew.
    """

    debrief_id: str
    person_id: str
    number: int
    scorecards: tuple[str, ...]
    reconciliations: int
    confirmed_at: datetime


class CompetencySheet(Fact):
    """One competency's ratings on the scale 1 to 5: as sealed, the reconciled ones alone, and composite.

    `need` is empty, and `weight` None, for what the role does not measure: it is shown and enters no score.
    """

    competency: str
    need: Need | Literal[""]
    weight: float | None
    ratings: int
    interviewers: int
    reconciled: int
    sealed_mean: float
    sealed_median: float
    reconciled_mean: float | None
    composite_mean: float
    composite_median: float


class ScoreSheet(Fact):
    """What the ratings say by themselves. It is computed; a decision keeps the one it was made on.

    The means over all are those of the role's competencies with its weights, the medians those of the single ratings.
    """

    ratings: int
    interviewers: int
    reconciled: int
    not_assessed: int
    on_trial: tuple[str, ...]  # questions whose ratings did not count yet
    splits: int
    sealed_mean: float | None
    sealed_median: float | None
    composite_mean: float | None
    composite_median: float | None
    competencies: tuple[CompetencySheet, ...]
    must_haves_missing: tuple[str, ...]
    line: float = LINE

    @property
    def must_haves_below(self) -> tuple[str, ...]:
        return tuple(
            each.competency
            for each in self.competencies
            if each.need == "must" and each.composite_mean < self.line - NEAR
        )

    @property
    def standing(self) -> Standing:
        """The mechanical rule: the composite reaches the line, and so does every must-have."""
        if self.composite_mean is None:
            return "open"
        if self.composite_mean < self.line - NEAR or self.must_haves_below:
            return "below"
        return "open" if self.must_haves_missing else "above"


class FairAverage(Fact):
    """The candidate's fair average on the scale 1 to 5 with its 95 % interval, and what made it, in words."""

    average: float
    low: float
    high: float
    model: str


class Decision(Fact):
    """What the panel decided, by whom it was written down, and the scores it was made on.

    `against` says why it departs from the mechanical rule, `revises` why an earlier decision is changed. `present` and
    `unconfirmed` are names: who was there, and which panelists had not confirmed. `fair` is what the model said then,
    where it was at hand: it moves with every other candidate, so it is kept and never computed anew.
    """

    debrief_id: str
    number: int
    outcome: DecisionOutcome
    reason: str
    conditions: str
    present: tuple[str, ...]
    against: str
    revises: str
    unconfirmed: tuple[str, ...]
    scores: ScoreSheet
    fair: FairAverage | None = None
    decided_by: str
    decided_at: datetime


def departs(outcome: DecisionOutcome, standing: Standing) -> bool:
    """Whether a decision goes against what the ratings say by the mechanical rule."""
    return (outcome == "hire" and standing != "above") or (outcome == "no_hire" and standing == "above")


def standing_words(sheet: ScoreSheet) -> str:
    """What the mechanical rule says of the scores, as one sentence."""
    if sheet.composite_mean is None:
        return "The mechanical rule says nothing: no rating counts yet."
    line = f"{sheet.line:g} of 5"
    if sheet.standing == "above":
        return f"By the mechanical rule the scores say hire: the composite and every must-have reach {line}."
    if sheet.standing == "open":
        return f"The mechanical rule says nothing: nobody rated {listed(sheet.must_haves_missing)}, which must be had."
    why = [f"the composite is below {line}"] if sheet.composite_mean < sheet.line - NEAR else []
    below = sheet.must_haves_below
    why += [f"of the must-haves, {listed(below)} {'is' if len(below) == 1 else 'are'} below {line}"] if below else []
    return f"By the mechanical rule the scores do not say hire: {listed(why)}."


def current(events: Sequence[Reconciliation]) -> Reconciliation | None:
    """What holds beside a sealed rating: the last of its events, unless that withdraws."""
    last = max(events, key=lambda each: each.number, default=None)
    return last if last and last.level is not None else None


def is_current(confirmation: Confirmation | None, *, scorecards: tuple[str, ...], reconciliations: int) -> bool:
    return (
        confirmation is not None
        and confirmation.scorecards == scorecards
        and confirmation.reconciliations == reconciliations
    )


def last_confirmations(confirmations: Iterable[Confirmation]) -> dict[str, Confirmation]:
    """By person id."""
    return {each.person_id: each for each in sorted(confirmations, key=lambda each: each.number)}


def tidy_words(text: str, *, asked: str = "", what: str = "a reason") -> str:
    """Without control characters, trimmed. `asked` is the sentence for an empty text, where it must not be.

    Raises InputError.
    """
    tidy = CONTROL.sub("", text).strip()
    if not tidy and asked:
        raise InputError(asked)
    if len(tidy) > LONGEST_NOTE:
        raise InputError(f"Keep {what} under {LONGEST_NOTE:,} characters; this one has {len(tidy):,}.")
    return tidy


def tidy_outcome(text: str) -> DecisionOutcome:
    for outcome in DECISION_NAMES:
        if outcome == text:
            return outcome
    raise InputError("Choose what was decided: hire, do not hire, hold or another round.")
