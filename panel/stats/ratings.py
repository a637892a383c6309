"""The long table of ratings, checked once: columns ``target, rater, item, score``.

``item`` is optional (absent means one item). A missing score is NaN, None or an absent row and is dropped, never 0.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from panel.stats.errors import (
    DifferentItems,
    DuplicateRatings,
    InfiniteScore,
    MissingColumns,
    MissingLabels,
    NoRatings,
    NotANumber,
    SeveralItems,
)
from panel.stats.wording import count

Floats: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Label: TypeAlias = Hashable

LARGEST_SIZE = 1e50
"""Fourth powers of scores are still numbers up to here, and down to its inverse."""


@dataclass(frozen=True, eq=False)
class Ratings:
    """N checked ratings. Row n says: rater ``raters[rater[n]]`` gave target ``targets[target[n]]`` the ``score[n]``.

    ``target``, ``rater``, ``item`` are codes (N,) into the sorted labels; ``score`` is (N,), finite.
    ``note`` says what was done to the scores before, and travels into every result.
    """

    targets: tuple[Label, ...]
    raters: tuple[Label, ...]
    items: tuple[Label, ...]
    target: Codes
    rater: Codes
    item: Codes
    score: Floats
    note: str | None = None

    @property
    def n_targets(self) -> int:
        return len(self.targets)

    @property
    def n_raters(self) -> int:
        return len(self.raters)

    @property
    def n_items(self) -> int:
        return len(self.items)

    @property
    def n_ratings(self) -> int:
        return len(self.score)

    @property
    def unit(self) -> Codes:
        """(N,) code of the unit, a unit being one item of one target; codes may have gaps."""
        return self.target * self.n_items + self.item


def read_ratings(ratings: pd.DataFrame | Ratings) -> Ratings:
    """Check a long table and code its labels. A table that was read before is returned as it is.

    Raises MissingColumns, MissingLabels, NotANumber, InfiniteScore, DuplicateRatings or NoRatings.
    """
    if isinstance(ratings, Ratings):
        return ratings
    if not isinstance(ratings, pd.DataFrame):
        raise MissingColumns("The ratings are a table (a DataFrame) with the columns target, rater, item and score.")
    _require_columns(ratings)
    score = _numbers(ratings["score"])
    scored = ~np.isnan(score)
    if not scored.any():
        raise NoRatings("There are no ratings: every score is missing." if len(score) else "There are no ratings.")
    rows = ratings.loc[scored]
    target, targets = _codes(rows["target"], "target")
    rater, raters = _codes(rows["rater"], "rater")
    if "item" in ratings.columns:
        item, items = _codes(rows["item"], "item")
    else:
        item, items = np.zeros(len(rows), dtype=np.int64), (1,)
    checked = Ratings(targets, raters, items, target, rater, item, score[scored])
    _require_one_score_each(checked)
    return checked


def _require_columns(frame: pd.DataFrame) -> None:
    absent = [name for name in ("target", "rater", "score") if name not in frame.columns]
    if absent:
        raise MissingColumns(f"The ratings lack the column(s) {', '.join(absent)}; needed are target, rater and score.")
    twice = [name for name in ("target", "rater", "item", "score") if list(frame.columns).count(name) > 1]
    if twice:
        raise MissingColumns(f"The ratings have more than one column named {', '.join(twice)}.")


def _numbers(scores: pd.Series) -> Floats:
    if not (pd.api.types.is_numeric_dtype(scores) and not pd.api.types.is_complex_dtype(scores)):
        values = scores.astype(object)
        for value in values[values.notna()]:
            if isinstance(value, (str, bytes, complex)) or not _is_number(value):
                raise NotANumber(f"The score {value!r} is not a number.")
        scores = values.map(float, na_action="ignore")
    numbers: Floats = scores.to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isinf(numbers).any():
        raise InfiniteScore("A score is infinite; a missing score is left empty.")
    largest = float(np.nanmax(np.abs(numbers), initial=0.0))
    if largest > 0 and not 1 / LARGEST_SIZE < largest < LARGEST_SIZE:
        kind = "large" if largest > 1 else "small"
        raise InfiniteScore(f"The largest score is {largest:g}, too {kind} to be squared; use another scale.")
    return numbers


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]  # asking is the point
    except (TypeError, ValueError):
        return False
    return True


def _codes(labels: pd.Series, column: str) -> tuple[Codes, tuple[Label, ...]]:
    """Codes into the sorted distinct labels, so that the order of rows does not matter."""
    codes, distinct = pd.factorize(labels)
    if (codes < 0).any():
        raise MissingLabels(f"A rating has a score but no {column}.")
    names = list(distinct)
    try:
        order = sorted(range(len(names)), key=lambda n: names[n])
    except TypeError:
        order = sorted(range(len(names)), key=lambda n: (type(names[n]).__name__, str(names[n])))
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    return place[codes], tuple(names[n] for n in order)


def _require_one_score_each(ratings: Ratings) -> None:
    cell = ratings.unit * ratings.n_raters + ratings.rater
    order = np.argsort(cell, kind="stable")
    repeats = np.flatnonzero(np.diff(cell[order]) == 0)
    if len(repeats):
        n = order[repeats[0]]
        raise DuplicateRatings(
            f"Rater {ratings.raters[ratings.rater[n]]} scored item {ratings.items[ratings.item[n]]} of target "
            f"{ratings.targets[ratings.target[n]]} more than once ({len(repeats)} repeated rating(s) in all)."
        )


def distinct_partners(level: Codes, partner: Codes, n_levels: int) -> Codes:
    """(n_levels,) how many different ``partner`` codes (N,) occur with each ``level`` (N,)."""
    size = int(partner.max()) + 1
    return np.asarray(np.bincount(np.unique(level * size + partner) // size, minlength=n_levels))


def units_by_raters(ratings: pd.DataFrame | Ratings) -> pd.DataFrame:
    """Matrix of scores, one row per (target, item) that was scored, one column per rater; NaN is missing."""
    known = read_ratings(ratings)
    units, row = np.unique(known.unit, return_inverse=True)
    matrix = np.full((len(units), known.n_raters), np.nan)
    matrix[row, known.rater] = known.score
    names = [(known.targets[u // known.n_items], known.items[u % known.n_items]) for u in units]
    index = pd.MultiIndex.from_tuples(names, names=["target", "item"])
    return pd.DataFrame(matrix, index=index, columns=pd.Index(known.raters, name="rater"))


def targets_by_raters(ratings: pd.DataFrame | Ratings) -> pd.DataFrame:
    """Matrix of scores, targets x raters; NaN is missing. Raises SeveralItems unless there is one item."""
    known = one_score_per_target_and_rater(ratings)
    matrix = np.full((known.n_targets, known.n_raters), np.nan)
    matrix[known.target, known.rater] = known.score
    return pd.DataFrame(
        matrix, index=pd.Index(known.targets, name="target"), columns=pd.Index(known.raters, name="rater")
    )


def one_score_per_target_and_rater(ratings: pd.DataFrame | Ratings) -> Ratings:
    """The ratings, if every rater scored every target at most once. Raises SeveralItems otherwise."""
    known = read_ratings(ratings)
    if len(np.unique(known.target * known.n_raters + known.rater)) < known.n_ratings:
        raise SeveralItems(
            f"There are {known.n_items} items, and one score per target and rater is needed: "
            "take one item, or ask for means with mean_over_items(ratings)."
        )
    return known


def mean_over_items(ratings: pd.DataFrame | Ratings, *, require_same_items: bool = True) -> Ratings:
    """One score per target and rater: the mean over items. What was done stands in ``note``.

    Means over different items differ because the items do. So DifferentItems is raised when the raters of one target
    scored different items; with ``require_same_items=False`` the means are taken and the note counts such targets.
    """
    known = read_ratings(ratings)
    pair = known.target * known.n_raters + known.rater
    pairs, place, n_scores = np.unique(pair, return_inverse=True, return_counts=True)
    target, rater = pairs // known.n_raters, pairs % known.n_raters
    units_of_target = np.bincount(np.unique(known.unit) // known.n_items, minlength=known.n_targets)
    uneven = np.unique(target[n_scores < units_of_target[target]])
    if len(uneven) and require_same_items:
        raise DifferentItems(
            f"On {len(uneven)} of {known.n_targets} targets (for one, {known.targets[uneven[0]]}) the raters scored "
            "different items, so their means over items do not compare."
        )
    return Ratings(
        known.targets,
        known.raters,
        ("mean",),
        target,
        rater,
        np.zeros(len(pairs), dtype=np.int64),
        np.bincount(place, weights=known.score) / n_scores,
        note=_what_was_averaged(known, units_of_target, len(uneven)),
    )


def _what_was_averaged(known: Ratings, units_of_target: Codes, n_uneven: int) -> str:
    note = f"Scores are means over {count(known.n_items, 'item')}."
    if n_uneven:
        note += f" On {n_uneven} of {known.n_targets} targets the raters scored different items."
    if (units_of_target < known.n_items).any():
        note += " Not every target was scored on every item."
    return note
