"""How results may be put into words: bands by interval, and no claim on few targets."""

from __future__ import annotations

import re
from collections.abc import Sequence

TARGETS_FOR_A_CLAIM = 30
TARGETS_FOR_A_FIRM_CLAIM = 100

KOO_LI = ((0.50, "poor"), (0.75, "moderate"), (0.90, "good"), (float("inf"), "excellent"))
"""Koo & Li (2016), J Chiropr Med 15:155-163: the upper edge of each band of an intraclass correlation."""

KRIPPENDORFF = ((0.667, "not to be relied on"), (0.800, "tentative"), (float("inf"), "dependable"))
"""Krippendorff (2004), Content Analysis, p. 241: the upper edge of each band of alpha."""

Bands = tuple[tuple[float, str], ...]


def band(value: float, bands: Bands = KOO_LI) -> str:
    """The name of the band that ``value`` falls in; a value on an edge is in the higher band."""
    return next(name for edge, name in bands if value < edge)


def band_of_interval(low: float, high: float, bands: Bands = KOO_LI) -> str:
    """Both ends of an interval: "good", or "between poor and good"."""
    lower, upper = band(low, bands), band(high, bands)
    return lower if lower == upper else f"between {lower} and {upper}"


def too_few(n_targets: int, target: str = "target") -> str | None:
    """The sentence that stands in place of a claim when there are too few targets, else None."""
    missing = TARGETS_FOR_A_CLAIM - n_targets
    if missing <= 0:
        return None
    return (
        f"No reliability claim: {count(n_targets, target)} rated, {missing} more needed "
        f"to reach the minimum of {TARGETS_FOR_A_CLAIM}."
    )


def provisional(n_targets: int) -> str:
    """The word put before every claim on fewer than 100 targets."""
    return "Provisional: " if n_targets < TARGETS_FOR_A_FIRM_CLAIM else ""


def claim(n_targets: int, text: str, target: str = "target") -> str:
    """A claim as it may be made on so many targets: not at all, provisionally, or as it stands."""
    return too_few(n_targets, target) or f"{provisional(n_targets)}{text[0].upper()}{text[1:]}"


def in_words(text: str, target: str, rater: str) -> str:
    """A note that speaks of targets and raters, in the reader's own words for them."""
    for plain, word in (("target", target), ("rater", rater)):
        text = re.sub(rf"\b{plain}(s?)\b", rf"{word}\1", text)
    return text


def noted(note: str | None, target: str, rater: str) -> list[str]:
    """The note in the reader's words, as one more sentence of a summary; none when there is nothing to note."""
    return [in_words(note, target, rater)] if note else []


def count(n: int, noun: str) -> str:
    """A number with its noun: "1 target", "12 targets"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def with_interval(estimate: float, low: float | None, high: float | None, confidence: float) -> str:
    """ "0.71, 95 % interval 0.34 to 0.95"."""
    if low is None or high is None:
        return f"{estimate:.2f}, without an interval"
    return f"{estimate:.2f}, {confidence * 100:.4g} % interval {low:.2f} to {high:.2f}"


def listed(labels: Sequence[object], last: str = "and", most: int = 3) -> str:
    """Names in a sentence: "Ana", "Ana and Bo", "Ana, Bo, Cy and 4 others"."""
    names = [str(label) for label in labels[:most]]
    if len(labels) > most:
        names.append(count(len(labels) - most, "other"))
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
