"""Which units of an article are its questions: the answered ones, else labelled, counted or single lines."""

from collections.abc import Sequence

from panel.importing.article_units import Unit
from panel.importing.asides import is_for_the_reader, is_perhaps_for_the_reader
from panel.importing.wording import plainly_asks, speaks_to_the_reader

READERS_QUESTION = "A question that a reader has about their own interview, not one to ask a candidate."
UNANSWERED = 'Worded as a question, but without the label "Answer:" that the others have.'
UNSURE = "Worded as a question, but it is not set apart as the others are."


def choose(units: Sequence[Unit]) -> tuple[set[int], dict[int, str]]:
    """Indices of the units that are questions, and of those that a person must decide, with the reason."""
    passed = in_sections_for_the_reader(units)
    candidates = [at for at, unit in enumerate(units) if unit.may_ask and not unit.is_answer]
    for_readers = {at for at in candidates if speaks_to_the_reader(units[at].prompt) and units[at].asks}
    open_ones = [at for at in candidates if at not in for_readers]
    answered = [at for at in open_ones if _is_answered(units, at)]
    if len(answered) >= 2 and len(answered) >= 0.5 * sum(units[at].stands_alone for at in open_ones):
        chosen = set(answered) | _alike(units, open_ones, answered)
        reason = UNANSWERED
    else:
        chosen = _by_form(units, [at for at in open_ones if at not in passed])
        reason = UNSURE
    doubtful = dict.fromkeys(for_readers, READERS_QUESTION)
    for at in open_ones:
        if at not in chosen and at not in passed and units[at].stands_alone and units[at].blank_before:
            doubtful[at] = reason
    return chosen, doubtful


def in_sections_for_the_reader(units: Sequence[Unit]) -> set[int]:
    """The units below headings such as `FAQ` or `Interview tips`, until the next heading of another kind."""
    passed: set[int] = set()
    inside = False
    for at, unit in enumerate(units):
        asked_below = at + 1 < len(units) and units[at + 1].may_ask
        if unit.is_heading and is_for_the_reader(unit.text):
            inside = True
        elif unit.is_heading and is_perhaps_for_the_reader(unit.text):
            inside = not asked_below
        elif unit.is_heading and not unit.asks and asked_below:
            inside = False
        if inside:
            passed.add(at)
    return passed


def _is_answered(units: Sequence[Unit], at: int) -> bool:
    return bool(units[at].rest) or (at + 1 < len(units) and units[at + 1].is_answer)


def _alike(units: Sequence[Unit], open_ones: Sequence[int], answered: Sequence[int]) -> set[int]:
    """Labelled or counted questions without an answer, where most of the answered ones are labelled or counted."""
    if sum(units[at].has_label for at in answered) < 0.6 * len(answered):
        return set()
    known = set(answered)
    found: set[int] = set()
    last = -1
    for at in open_ones:
        if at not in known and (units[at].word or _goes_on(units, at, last)):
            found.add(at)
        if at in known or at in found:
            last = at
    return found


def _goes_on(units: Sequence[Unit], at: int, last: int) -> bool:
    """Whether a unit has the number after that of the last question (-1: none yet), and follows it at once or is set
    apart or worded as a question.
    """
    number = units[last].number or 0 if last >= 0 else 0
    return units[at].number == number + 1 and (at == last + 1 or units[at].asks or units[at].blank_before)


def _by_form(units: Sequence[Unit], open_ones: Sequence[int]) -> set[int]:
    """Without labels of answers: labelled questions, else counted ones, else those that stand by themselves."""
    labelled = {at for at in open_ones if units[at].word}
    if len(labelled) >= 2:
        return labelled
    counted = [at for at in open_ones if units[at].number is not None]
    asking = [at for at in counted if units[at].asks]
    if len(asking) >= 2 and len(asking) >= 0.3 * len(counted):
        chosen: set[int] = set()
        last = -1
        for at in counted:
            if plainly_asks(units[at].prompt) or _goes_on(units, at, last):
                chosen.add(at)
                last = at
        return chosen
    return {at for at in open_ones if units[at].stands_alone}
