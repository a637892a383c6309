"""What a question's numbers suggest: which are worth another look, and why, in words. Numbers in, sentences out.

Nothing is said of a question below `TARGETS_FOR_A_CLAIM` candidates, and what is said rests on the interval where
there is one: a question whose interval reaches good values is left alone.
"""

from dataclasses import dataclass
from typing import Literal

from panel.stats.item_levels import ItemLevels
from panel.stats.items import ItemStatistics
from panel.stats.wording import TARGETS_FOR_A_CLAIM, provisional

Remedy = Literal["rewrite", "retire"]

WEAK = 0.20  # an item-rest correlation below which a question says little: Ebel & Frisbie 1991, ch. 13
SPLIT = 1 / 3  # of the pairs of interviewers, on the two sides of one boundary
GAPS = 0.20  # of the shared answers, with two levels or more between two interviewers
CROWDED = 0.80  # of the ratings, on one level


@dataclass(frozen=True)
class Advice:
    """Why a question is worth another look, and what would help first."""

    remedy: Remedy
    reason: str


def advice_on(found: ItemStatistics, levels: ItemLevels | None, scale: tuple[float, ...]) -> tuple[Advice, ...]:
    """`levels` counts the pairs of interviewers who heard the same answer, on `scale`; None where there were none."""
    if found.n_targets < TARGETS_FOR_A_CLAIM:
        return ()
    said = [*_of_levels(levels, scale), *_of_use(levels, scale), *_of_discrimination(found)]
    return tuple(Advice(each.remedy, f"{provisional(found.n_targets)}{each.reason}") for each in said)


def missing_for_advice(found: ItemStatistics) -> int:
    """How many more candidates it takes before anything is said."""
    return max(0, TARGETS_FOR_A_CLAIM - found.n_targets)


def split_in_words(levels: ItemLevels, scale: tuple[float, ...]) -> str:
    """Between which neighbours interviewers split most; empty where they never did."""
    place = levels.most_split
    if place is None:
        return ""
    return f"{scale[place]:g} or {scale[place + 1]:g}: {levels.splits[place]} of {levels.n_pairs} pairs"


def _of_levels(levels: ItemLevels | None, scale: tuple[float, ...]) -> list[Advice]:
    if levels is None or levels.n_units < TARGETS_FOR_A_CLAIM:
        return []
    said = []
    place = levels.most_split
    if place is not None and levels.splits[place] >= SPLIT * levels.n_pairs:
        said.append(
            Advice(
                "rewrite",
                f"of {levels.n_pairs} pairs of interviewers who heard the same answer, {levels.splits[place]} split "
                f"between {scale[place]:g} and {scale[place + 1]:g} after steady severity is taken out: these two "
                "anchors do not tell answers apart.",
            )
        )
    if levels.units_with_gap >= GAPS * levels.n_units:
        said.append(
            Advice(
                "rewrite",
                f"on {levels.units_with_gap} of {levels.n_units} shared answers two interviewers were two levels or "
                "more apart after steady severity is taken out: they listen for different things.",
            )
        )
    return said


def _of_use(levels: ItemLevels | None, scale: tuple[float, ...]) -> list[Advice]:
    if levels is None or sum(levels.used) < TARGETS_FOR_A_CLAIM:
        return []
    total, most = sum(levels.used), max(levels.used)
    if most < CROWDED * total:
        return []
    level = scale[levels.used.index(most)]
    return [Advice("rewrite", f"{most} of {total} ratings are level {level:g}: it hardly tells candidates apart.")]


def _of_discrimination(found: ItemStatistics) -> list[Advice]:
    """By the correlation with what other interviewers heard, where there is one: one's own is raised by halo."""
    for each, whose in (
        (found.discrimination_across, "other interviewers' ratings of other questions"),
        (found.discrimination, "the same interviewer's ratings of other questions"),
    ):
        if each.estimate is None or each.low is None or each.high is None or each.n_targets < TARGETS_FOR_A_CLAIM:
            continue
        if each.high >= WEAK:
            return []
        return [
            Advice(
                "retire",
                f"its ratings hardly go with {whose} of the same candidates ({each.estimate:.2f}, 95 % interval "
                f"{each.low:.2f} to {each.high:.2f}): it measures something else, or little.",
            )
        ]
    return []
