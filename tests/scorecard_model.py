"""What scorecards should be, in the fewest words: a second account of their rules to hold the program against.

Nothing of the program is used here but the kinds of refusals, by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Part = Any
State = dict[str, Part]  # of a rating: answer (outcome, level, reason), note, probes, reworded
EMPTY: State = {"answer": ("open", None, ""), "note": "", "probes": (), "reworded": False}
NO_END: State = {"recommendation": None, "confidence": None, "summary": ""}
LOWEST, HIGHEST = 1, 5


class Refused(Exception):
    """Named as the program's refusal is."""


@dataclass
class Sitting:
    """One standing or cancelled interview."""

    opens: str
    cancelled: bool = False


@dataclass
class Card:
    """`histories` holds every state of a question's rating, the empty one first, so a state's place is its version."""

    id: str
    owner: str
    shadow: bool
    sitting: Sitting
    questions: tuple[str, ...]
    histories: dict[str, list[State]] = field(default_factory=dict)
    end: State = field(default_factory=lambda: dict(NO_END))
    submitted: bool = False
    log: list[str] = field(default_factory=list)  # what is on record of the scorecard itself

    def history(self, question: str) -> list[State]:
        return self.histories.get(question, [EMPTY])

    @property
    def version(self) -> int:
        return 1 + len(self.log)

    def lacks(self, question: str) -> bool:
        """Whether the question keeps the scorecard from being submitted."""
        state = self.history(question)[-1]
        outcome, level, reason = state["answer"]
        unexplained = outcome == "not_asked" and not reason
        unproven = level in (LOWEST, HIGHEST) and not any(each.isalpha() for each in state["note"])
        return outcome == "open" or unexplained or unproven

    @property
    def lacking(self) -> bool:
        return any(map(self.lacks, self.questions)) or None in (self.end["recommendation"], self.end["confidence"])

    def save(self, question: str, seen: int, change: Mapping[str, Part]) -> int:
        """The version afterwards; nothing is added where the change is there already."""
        self._open_for_writing()
        states = self.history(question)
        for part, wanted in change.items():
            touched = any(each[part] != states[seen][part] for each in states[seen:])
            if touched and states[-1][part] != wanted:
                raise Refused("Stale")
        new = states[-1] | change
        if new != states[-1]:
            self.histories[question] = [*states, new]
        return len(self.history(question)) - 1

    def close(self, seen: State, new: State) -> None:
        self._open_for_writing()
        changed = {part: new[part] for part in new if new[part] != seen[part]}
        if any(self.end[part] not in (seen[part], changed[part]) for part in changed):
            raise Refused("Stale")
        if self.end | changed != self.end:
            self.end = self.end | changed
            self.log.append("save_closing")

    def submit(self, seen: State) -> None:
        self._open_for_writing()
        if self.lacking:
            raise Refused("InputError")
        if seen != self.end:
            raise Refused("Stale")
        self.submitted = True
        self.log.append("submit_scorecard")

    def _open_for_writing(self) -> None:
        if self.submitted or self.sitting.cancelled:
            raise Refused("Sealed")


def standing(cards: Iterable[Card]) -> list[Card]:
    return [each for each in cards if not each.sitting.cancelled]


def may_read(reader: str, card: Card, cards: Iterable[Card], *, manages: bool) -> bool:
    """Of all cards of one candidate and round."""
    if card.owner == reader:
        return True
    if card.sitting.cancelled or not card.submitted:
        return False
    panel = standing(cards)
    own = [each for each in panel if each.owner == reader]
    if not own:
        return manages
    waits_for = own if card.sitting.opens == "own" else [*own, *(each for each in panel if not each.shadow)]
    return all(each.submitted for each in waits_for)


def may_cancel(who: str, cards: Iterable[Card], *, manages: bool) -> bool:
    """A manager who owes cannot, once somebody else has submitted."""
    panel = standing(cards)
    owes = any(each.owner == who and not each.submitted for each in panel)
    return manages and not (owes and any(each.owner != who and each.submitted for each in panel))
