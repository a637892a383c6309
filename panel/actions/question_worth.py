"""What a question tells of a candidate and how worn it is, for putting question sets together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from panel.actions.long_table import long_table
from panel.domain.basics import now
from panel.domain.questions import BankQuestion, Difficulty
from panel.domain.roles import Seniority
from panel.stats.information import information
from panel.stats.items import ItemStatistics, item_analysis
from panel.store import reports
from panel.store.database import Transaction

LATELY = timedelta(days=365)
HALF_WORN = 20  # candidates of the last year after whom a question counts as half worn
# Where answers to a question of each difficulty usually fall on the scale (0 lowest level, 1 highest), and how much
# further up the candidates of a role stand by its seniority. Stated values, used until ratings say better.
USUAL_POSITION: Mapping[Difficulty, float] = {"introductory": 0.72, "intermediate": 0.55, "advanced": 0.38}
ABOVE_USUAL: Mapping[Seniority, float] = {"": 0.0, "entry": -0.12, "mid": 0.0, "senior": 0.1, "lead": 0.14}


@dataclass(frozen=True)
class QuestionWorth:
    """`information` in usual questions (1 tells as much as a usual one); `exposure` 0 (fresh) to 1 (worn).

    `rated` candidates stand behind what is measured, 0 where stated values are used; `lately` heard it within a year.
    """

    information: float
    exposure: float
    rated: int
    lately: int


def question_worth(
    transaction: Transaction, *, reader_id: str, seniority: Seniority, questions: Mapping[str, BankQuestion]
) -> dict[str, QuestionWorth]:
    """For every question by key, from the ratings of all roles, without those withheld from the reader."""
    measured = _measured(transaction, reader_id)
    lately: dict[str, int] = {}
    for row in reports.exposure(transaction, reader_id=reader_id, since=now() - LATELY):
        lately[row["question_key"]] = lately.get(row["question_key"], 0) + int(row["lately"])
    return {key: _worth(each, measured.get(key), lately.get(key, 0), seniority) for key, each in questions.items()}


def usual_position(difficulty: Difficulty | None, seniority: Seniority) -> float:
    """Where answers are expected to fall, 0 to 1, before any rating says so."""
    return min(max(USUAL_POSITION[difficulty or "intermediate"] + ABOVE_USUAL[seniority], 0.0), 1.0)


def _worth(
    each: BankQuestion, known: tuple[ItemStatistics, float] | None, lately: int, seniority: Seniority
) -> QuestionWorth:
    usual = usual_position(each.question.difficulty, seniority)
    exposure = lately / (lately + HALF_WORN)
    if known is None:
        return QuestionWorth(information(None, None, 0, usual), exposure, 0, lately)
    found, position = known
    worth = information(found.discrimination_across.estimate, position, found.n_targets, usual)
    return QuestionWorth(worth, exposure, found.n_targets, lately)


def _measured(transaction: Transaction, reader_id: str) -> dict[str, tuple[ItemStatistics, float]]:
    """The statistics of every rated question, with where on the scale its mean falls (0 to 1)."""
    ratings = long_table(transaction, reports.readable_levels(transaction, reader_id=reader_id))
    if ratings.empty:
        return {}
    ratings["score"] = (ratings["score"] - 1) / (ratings["levels"] - 1)
    ratings["item"] = ratings["item"].str.partition(":")[2]
    once = ratings.drop_duplicates(["target", "rater", "item"])
    analysis = item_analysis(once[["target", "rater", "item", "score"]])
    return {str(each.item): (each, each.mean) for each in analysis.items}
