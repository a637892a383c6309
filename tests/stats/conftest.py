"""Published ratings, and small tables written as matrices."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture
def published() -> Callable[[str], pd.DataFrame]:
    """The long table of a published case, by name."""
    return lambda name: pd.read_csv(REFERENCE / f"{name}.csv")


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    """A long table from rows of scores, targets t1, t2, ... by raters A, B, ...; None is a missing score."""

    def make(*rows: list[float | None]) -> pd.DataFrame:
        cells = [
            (f"t{t}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[r], score)
            for t, row in enumerate(rows, start=1)
            for r, score in enumerate(row)
            if score is not None
        ]
        return pd.DataFrame(cells, columns=["target", "rater", "score"])

    return make
