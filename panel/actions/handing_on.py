"""What briefs and calendar files share: the interviews ahead, and that no typed text tells a question."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from panel.domain.basics import now
from panel.domain.overlap import repeated, secrets_of
from panel.errors import InputError
from panel.store import diary
from panel.store.database import Row, Transaction
from panel.store.plans import PlanVersion

LONGEST_SITTING = timedelta(hours=8)

Typed = tuple[str, str]  # what a text is, as a sentence begins with it; the text
Sitting = list[Row]  # one interview, a row for each of its people


def candidate_sittings(transaction: Transaction, candidate_id: str) -> list[Sitting]:
    """A candidate's interviews that have not ended, cancelled ones too; soonest first."""
    return _sittings(diary.sittings_of_candidate(transaction, candidate_id, since=now() - LONGEST_SITTING))


def own_sittings(transaction: Transaction, person_id: str) -> list[Sitting]:
    """A person's interviews that have not ended, cancelled ones too; soonest first, with the person's row alone."""
    return _sittings(diary.sittings_of_person(transaction, person_id, since=now() - LONGEST_SITTING))


def _sittings(rows: list[Row]) -> list[Sitting]:
    ahead = [row for row in rows if row["starts_at"] + timedelta(minutes=int(row["minutes"])) > now()]
    return [list(sitting) for _, sitting in groupby(ahead, key=lambda row: row["interview_id"])]


def refuse_telling(typed: Iterable[Typed], versions: Iterable[PlanVersion]) -> None:
    """Raise InputError where a text for a candidate repeats a question of these plans, or what makes an answer good."""
    secrets = secrets_of(guide for each in versions for part in each.published.rounds for guide in part.guides)
    for what, text in typed:
        told = repeated(text, secrets)
        if told:
            raise InputError(
                f"{what} says “{told}”, which stands in a question of this plan or in its answer. Candidates must not "
                "read it beforehand: say it in other words."
            )
