"""Every bound of a spec as one Rule, and what an assignment makes of it.

This module knows no solver: with it an answer is checked against the words of the spec.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from panel.assembly.answer import Path
from panel.assembly.spec import Item, Range, Spec

Measure = Literal["minutes", "questions", "interviewers", "each"]
Assignment = Mapping[str, tuple[str, ...]]
EXACT = 1e-6  # minutes may be decimals, and their sums are not exact


@dataclass(frozen=True)
class Rule:
    """One end of a range. `interviewer`, `competency` and `difficulty` say of what; None is all."""

    path: Path
    side: Literal["min", "max"]
    bound: float
    measure: Measure
    interviewer: str | None = None
    competency: str | None = None
    difficulty: int | None = None

    def concerns(self, item: Item) -> bool:
        return self.competency in (None, item.competency) and self.difficulty in (None, item.difficulty)

    def broken_by(self, amount: float | None) -> float:
        """How far the amount lies outside; 0 where it does not."""
        if amount is None:
            return 0.0
        outside = self.bound - amount if self.side == "min" else amount - self.bound
        return outside if outside > EXACT else 0.0


def rules_of(spec: Spec) -> list[Rule]:
    """Every bound that says something, in the order of the spec."""
    rules: list[Rule] = []
    for each in spec.interviewers:
        place = ("interviewers", each.id)
        rules += _ends((*place, "minutes"), each.minutes, "minutes", interviewer=each.id)
        rules += _ends((*place, "questions"), each.questions, "questions", interviewer=each.id)
        for level, wanted in sorted(each.difficulty.items()):
            path = (*place, "difficulty", str(level))
            rules += _ends(path, wanted, "questions", interviewer=each.id, difficulty=level)
    for name, competency in spec.competencies.items():
        place = ("competencies", name)
        rules += _ends((*place, "interviewers"), competency.interviewers, "interviewers", competency=name)
        rules += _ends((*place, "questions"), competency.questions, "questions", competency=name)
        rules += _ends((*place, "per_interviewer"), competency.per_interviewer, "each", competency=name)
    for level, wanted in sorted(spec.difficulty.items()):
        rules += _ends(("difficulty", str(level)), wanted, "questions", difficulty=level)
    return rules


def _ends(
    path: Path, wanted: Range, measure: Measure, *,
    interviewer: str | None = None, competency: str | None = None, difficulty: int | None = None,
) -> Iterator[Rule]:  # fmt: skip
    if wanted.low > 0 and not (measure == "each" and wanted.low <= 1):  # who asks it at all asks one
        yield Rule(path, "min", wanted.low, measure, interviewer, competency, difficulty)
    if isfinite(wanted.high):
        yield Rule(path, "max", wanted.high, measure, interviewer, competency, difficulty)


def amount(rule: Rule, items: Mapping[str, Item], assignment: Assignment) -> float | None:
    """What the rule counts: minutes, questions or interviewers; None where nobody is concerned.

    A question that several interviewers ask together counts once, and its interviewers all count.
    """
    if rule.measure in ("minutes", "questions"):
        ids = assignment[rule.interviewer] if rule.interviewer is not None else _all_of(assignment)
        chosen = [item for item in (items[each] for each in ids) if rule.concerns(item)]
        return sum(item.minutes for item in chosen) if rule.measure == "minutes" else len(chosen)
    counts = [sum(rule.concerns(items[each]) for each in ids) for ids in assignment.values()]
    asked = [count for count in counts if count]
    if rule.measure == "interviewers":
        return len(asked)
    return (min(asked) if rule.side == "min" else max(asked)) if asked else None


def _all_of(assignment: Assignment) -> Iterable[str]:
    return dict.fromkeys(each for ids in assignment.values() for each in ids)
