"""Ratings of several scorecards written at once: two or three statements, however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panel.domain.basics import new_id
from panel.domain.candidates import Interview
from panel.domain.scorecards import Rating, Scorecard
from panel.store.candidates import INTERVIEW
from panel.store.database import Transaction
from panel.store.scorecards import RATING, SCORECARD, rating_of_row, save_rating, values_of

TYPES = ("VARCHAR", "VARCHAR", "BIGINT", "VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "BIGINT")  # of RATING
Place = tuple[str, str]  # a scorecard's id and a question's key


@dataclass(frozen=True)
class RatingSave:
    """A rating's next state; `rating.version` is one more than that of the state before."""

    scorecard_id: str
    actor_id: str
    rating: Rating

    @property
    def place(self) -> Place:
        return self.scorecard_id, self.rating.question_key


def sittings_of(
    transaction: Transaction, scorecard_ids: Iterable[str]
) -> dict[str, tuple[Scorecard, Interview | None]]:
    """The scorecards that exist with their interviews, by scorecard id."""
    ids = list(dict.fromkeys(scorecard_ids))
    rows = transaction.rows(f"SELECT {SCORECARD} FROM scorecard WHERE id IN ({_places(ids)})", *ids)
    cards = [Scorecard.model_validate(row) for row in rows]
    wanted = list({each.interview_id for each in cards})
    interviews = transaction.rows(f"SELECT {INTERVIEW} FROM interview WHERE id IN ({_places(wanted)})", *wanted)
    by_id = {row["id"]: Interview.model_validate(row) for row in interviews}
    return {each.id: (each, by_id.get(each.interview_id)) for each in cards}


def ratings_at(transaction: Transaction, places: Iterable[Place]) -> dict[Place, Rating]:
    """The current ratings of these places; an empty one where there is none yet."""
    wanted = dict.fromkeys(places)
    cards, keys = list({card for card, _ in wanted}), list({key for _, key in wanted})
    rows = transaction.rows(
        f"SELECT scorecard_id, {RATING}, updated_at FROM rating "
        f"WHERE scorecard_id IN ({_places(cards)}) AND question_key IN ({_places(keys)})",
        *cards, *keys,
    )  # fmt: skip
    found = {(row["scorecard_id"], row["question_key"]): rating_of_row(row) for row in rows}
    return {place: found.get(place) or Rating(question_key=place[1]) for place in wanted}


def save_ratings(transaction: Transaction, saves: Sequence[RatingSave]) -> bool:
    """Write the values and their events, those of one place in the order of their versions.

    False when another write came first anywhere; the caller then gives up the transaction.
    """
    if len(saves) == 1:
        (one,) = saves
        return save_rating(
            transaction,
            one.rating,
            scorecard_id=one.scorecard_id,
            actor_id=one.actor_id,
            seen_version=one.rating.version - 1,
        )
    first = {each.place: each for each in reversed(saves)}
    last = {each.place: each for each in saves}
    new = [each for place, each in last.items() if first[place].rating.version == 1]
    known = [each for place, each in last.items() if first[place].rating.version > 1]
    written = _insert(transaction, new) + _update(transaction, known, [first[each.place].rating for each in known])
    if written != len(last):
        return False
    events = [(new_id(), each.scorecard_id, each.rating.updated_at, each.actor_id) for each in saves]
    transaction.run(
        f"INSERT INTO rating_event (id, scorecard_id, happened_at, actor_id, {RATING}) "
        f"SELECT {_columns('VARCHAR', 'VARCHAR', 'TIMESTAMP', 'VARCHAR', *TYPES)}",
        *_turned([(*event, *values_of(each.rating)) for event, each in zip(events, saves, strict=True)]),
    )
    return True


def _insert(transaction: Transaction, saves: Sequence[RatingSave]) -> int:
    if not saves:
        return 0
    return transaction.run(
        f"INSERT INTO rating (scorecard_id, {RATING}, updated_at) "
        f"SELECT {_columns('VARCHAR', *TYPES, 'TIMESTAMP')} ON CONFLICT (scorecard_id, question_key) DO NOTHING",
        *_turned([(each.scorecard_id, *values_of(each.rating), each.rating.updated_at) for each in saves]),
    )


def _update(transaction: Transaction, saves: Sequence[RatingSave], first: Sequence[Rating]) -> int:
    """`first` are the ratings of the same places whose version follows the stored one."""
    if not saves:
        return 0
    names = (*RATING.split(", "), "scorecard_id", "updated_at", "seen")
    types = (*TYPES, "VARCHAR", "TIMESTAMP", "BIGINT")
    given = ", ".join(f"unnest(CAST(? AS {kind}[])) AS {name}" for name, kind in zip(names, types, strict=True))
    changed = ", ".join(f"{each} = n.{each}" for each in (*RATING.split(", ")[1:], "updated_at"))
    return transaction.run(
        f"UPDATE rating SET {changed} FROM (SELECT {given}) n WHERE rating.scorecard_id = n.scorecard_id "
        "AND rating.question_key = n.question_key AND rating.version = n.seen",
        *_turned(
            [
                (*values_of(each.rating), each.scorecard_id, each.rating.updated_at, before.version - 1)
                for each, before in zip(saves, first, strict=True)
            ]
        ),
    )


def _columns(*types: str) -> str:
    return ", ".join(f"unnest(CAST(? AS {each}[]))" for each in types)


def _turned(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    """Rows as columns."""
    return [list(column) for column in zip(*rows, strict=True)]


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"
