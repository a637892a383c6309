"""How well the ratings of one element fit: infit and outfit mean squares, raw and standardised.

Wright & Masters (1982), Rating Scale Analysis, ch. 5; Wilson & Hilferty (1931) for the cube-root transformation. A mean
square of 1 is expected; above 1 the ratings are noisier than the model, below 1 more predictable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from panel.stats.rating_scale.probabilities import Response, summed
from panel.stats.ratings import Codes, Floats

SMALLEST_VARIANCE = 1e-10


@dataclass(frozen=True, eq=False)
class Fit:
    """Mean squares and their standardised forms (approximately N(0, 1) when the model holds), one per element.

    NaN where an element has no ratings in the model.
    """

    infit: Floats
    infit_z: Floats
    outfit: Floats
    outfit_z: Floats


class Residuals:
    """Squared residuals of N ratings against the variance that they should have."""

    def __init__(self, category: Codes, found: Response, used_up: Floats | None = None) -> None:
        """``used_up`` (N,) is the share of each variance that fitting the rating's own effects took away."""
        self.variance = np.maximum(found.variance, SMALLEST_VARIANCE)
        left = self.variance if used_up is None else self.variance * (1 - used_up)
        self.left = np.maximum(left, SMALLEST_VARIANCE)
        self.squared = (category - found.expected) ** 2
        self.fourth = found.fourth_moment

    def by(self, code: Codes, size: int) -> Fit:
        """Fit of every element, from the codes (N,) of its facet."""

        def total(values: Floats) -> Floats:
            return summed(values, code, size)

        n = np.bincount(code, minlength=size).astype(np.float64)
        some = n > 0
        safe_n = np.where(some, n, 1.0)
        information = np.where(some, total(self.variance), 1.0)
        infit = total(self.squared) / np.where(some, total(self.left), 1.0)
        outfit = total(self.squared / self.left) / safe_n
        # var(infit) = sum(C - V^2) / (sum V)^2 and var(outfit) = sum(C / V^2 - 1) / n^2, C the fourth moment
        infit_q = np.sqrt(np.maximum(total(self.fourth - self.variance**2), 0.0)) / information
        outfit_q = np.sqrt(np.maximum(total(self.fourth / self.variance**2 - 1), 0.0)) / safe_n
        columns = (infit, _standardised(infit, infit_q), outfit, _standardised(outfit, outfit_q))
        return Fit(*(np.where(some, column, np.nan) for column in columns))


def _standardised(mean_square: Floats, q: Floats) -> Floats:
    """t = (ms^(1/3) - 1) 3 / q + q / 3; NaN where a mean square cannot vary."""
    varies = q > 0
    safe_q = np.where(varies, q, 1.0)
    return np.where(varies, (np.cbrt(mean_square) - 1) * 3 / safe_q + safe_q / 3, np.nan)
