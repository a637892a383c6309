"""How much a question tells: from how well it discriminates and where on the scale its answers fall.

An item whose scores correlate r with what is measured carries r^2 / (1 - r^2) of signal for each unit of noise; sums
of it give the maximal reliability of a set of items (Hancock & Mueller 2001, Rethinking construct reliability). Near
an end of the scale everybody scores alike and little is told: the signal is scaled by 4 p (1 - p), where p, 0 to 1, is
where the mean score falls on the scale. Both are shrunk to their usual values as long as few were rated. The unit is
a usual item: 1 tells as much as an item with the usual discrimination in the middle of the scale.
"""

from __future__ import annotations

from math import atanh, tanh

from panel.stats.errors import BadOption

USUAL_DISCRIMINATION = 0.40
"""Item-rest correlation of a sound item where nothing is known of it."""
WEIGHT_OF_USUAL = 30.0
"""Targets that the usual values count for."""
LEAST_SPREAD = 0.36
"""4 p (1 - p) of an item that nine of ten score alike; no item is taken to tell less by its place alone."""
STRONGEST = 0.95
"""Correlations are taken to be at most this: above, the signal has no sensible size."""


def information(discrimination: float | None, position: float | None, n_targets: int, usual_position: float) -> float:
    """Information in usual items, 0 or more.

    ``discrimination`` (-1 to 1) and ``position`` (0 to 1) come from ``n_targets`` targets, None where they are not
    known; ``usual_position`` (0 to 1) is where an item of its kind is expected. Raises BadOption outside these ranges.
    """
    for value, low in ((discrimination, -1.0), (position, 0.0), (usual_position, 0.0)):
        if value is not None and not low <= value <= 1.0:
            raise BadOption(f"A discrimination lies between -1 and 1 and a position between 0 and 1, not at {value!r}.")
    if n_targets < 0:
        raise BadOption("The number of targets is 0 or more.")
    r = _shrunk(discrimination, n_targets)
    p = usual_position
    if position is not None:
        p = (n_targets * position + WEIGHT_OF_USUAL * usual_position) / (n_targets + WEIGHT_OF_USUAL)
    return _signal(r) / _signal(USUAL_DISCRIMINATION) * max(4 * p * (1 - p), LEAST_SPREAD)


def _shrunk(discrimination: float | None, n_targets: int) -> float:
    """Averaged on Fisher's scale with the usual value; an item that orders targets the wrong way tells nothing."""
    if discrimination is None:
        return USUAL_DISCRIMINATION
    known = atanh(max(min(discrimination, STRONGEST), -STRONGEST))
    z = (n_targets * known + WEIGHT_OF_USUAL * atanh(USUAL_DISCRIMINATION)) / (n_targets + WEIGHT_OF_USUAL)
    return max(tanh(z), 0.0)


def _signal(r: float) -> float:
    return r**2 / (1 - r**2)
