"""A spec that cannot be meant, refused before anything is solved; the place that is wrong goes with the error."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite, isnan

from panel.assembly.answer import Path
from panel.assembly.spec import DIFFICULTIES, InterviewerSpec, Item, Range, Spec
from panel.errors import InputError

MOST_ITEMS = 100_000
MOST_INTERVIEWERS = 100


class SpecError(InputError):
    """A spec or an item that cannot be used. `path` is its place in the spec; empty for items."""

    def __init__(self, text: str, path: Path = ()) -> None:
        super().__init__(text)
        self.path = path


def check(items: Sequence[Item], spec: Spec) -> None:
    """Raise SpecError for the first thing that cannot be meant."""
    _check_items(items)
    known = {each.id for each in items}
    if not spec.interviewers:
        raise SpecError("There are no interviewers. Name at least one.", ("interviewers",))
    if len(spec.interviewers) > MOST_INTERVIEWERS:
        raise SpecError(f"There are more than {MOST_INTERVIEWERS} interviewers.", ("interviewers",))
    _refuse_twice((each.id for each in spec.interviewers), "The interviewer {} stands in the spec twice.")
    for each in spec.interviewers:
        _check_interviewer(each, known)
    for name, wanted in spec.competencies.items():
        for field in ("interviewers", "questions", "per_interviewer"):
            _check_range(getattr(wanted, field), ("competencies", name, field), whole=True)
    _check_difficulties(spec.difficulty, ("difficulty",))
    _check_numbers(spec)
    _check_wishes(spec, known)


def _check_items(items: Sequence[Item]) -> None:
    if len(items) > MOST_ITEMS:
        raise SpecError(f"There are {len(items):,} questions, and at most {MOST_ITEMS:,} can be chosen from.")
    _refuse_twice((each.id for each in items), "The question {} stands in the bank twice.")
    for each in items:
        if each.difficulty not in DIFFICULTIES:
            raise SpecError(f"Question {shown(each.id)}: the difficulty must be 1, 2 or 3.")
        numbers = {"minutes": each.minutes, "information": each.information, "exposure": each.exposure}
        for field, number in numbers.items():
            if not isfinite(number) or abs(number) > 1e9:
                raise SpecError(f"Question {shown(each.id)}: {field} must be an ordinary number.")
        if each.minutes < 0 or each.exposure < 0:
            field = "minutes" if each.minutes < 0 else "exposure"
            raise SpecError(f"Question {shown(each.id)}: {field} must not be below 0.")


def _check_interviewer(each: InterviewerSpec, known: set[str]) -> None:
    place = ("interviewers", each.id)
    _check_range(each.minutes, (*place, "minutes"))
    _check_range(each.questions, (*place, "questions"), whole=True)
    _check_difficulties(each.difficulty, (*place, "difficulty"))
    _refuse_unknown(each.keep, known, (*place, "keep"))


def _check_difficulties(ranges: Mapping[int, Range], place: Path) -> None:
    for level, wanted in ranges.items():
        if level not in DIFFICULTIES:
            raise SpecError(f"{spoken(place)}: there is no difficulty {level}; they are 1, 2 and 3.", place)
        _check_range(wanted, (*place, str(level)), whole=True)


def _check_range(wanted: Range, place: Path, *, whole: bool = False) -> None:
    low, high = wanted.low, wanted.high
    if isnan(low) or isnan(high) or low == inf:
        raise SpecError(f"{spoken(place)}: both ends must be ordinary numbers.", place)
    if low < 0:
        raise SpecError(f"{spoken(place)}: the least, {low:g}, is below 0.", place)
    if low > high:
        raise SpecError(f"{spoken(place)}: the least, {low:g}, is above the most, {high:g}.", place)
    if whole and any(isfinite(end) and end != int(end) for end in (low, high)):
        raise SpecError(f"{spoken(place)}: questions and interviewers are counted in whole numbers.", place)


def _check_numbers(spec: Spec) -> None:
    if spec.objective not in ("information", "maximin"):
        raise SpecError("The objective is either information or maximin.", ("objective",))
    if not isfinite(spec.exposure_penalty) or not 0 <= spec.exposure_penalty <= 1e6:
        raise SpecError("exposure_penalty must be a number from 0.", ("exposure_penalty",))
    if not 0 <= spec.gap < 1:
        raise SpecError("gap must be a number from 0 to below 1, such as 0.01 for 1 %.", ("gap",))
    if not 0 < spec.time_limit <= 86_400:
        raise SpecError("time_limit must be a number of seconds above 0, and at most a day.", ("time_limit",))


def _check_wishes(spec: Spec, known: set[str]) -> None:
    _refuse_unknown(spec.must, known, ("must",))
    both = sorted(set(spec.must) & set(spec.exclude))
    if both:
        raise SpecError(f"{_named(both)} stands under must and under exclude. Take it out of one.", ("must",))
    for group in spec.enemies:
        _refuse_unknown(group, known, ("enemies",))
        if len(set(group)) < 2 or len(set(group)) < len(group):
            raise SpecError("enemies: each entry names two different questions or more.", ("enemies",))
    people = {each.id for each in spec.interviewers}
    for group in spec.same:
        strangers = [each for each in group if each not in people]
        if strangers:
            raise SpecError(f"same: there is no interviewer {_named(strangers)}.", ("same",))
        if len(set(group)) < 2:
            raise SpecError("same: each entry names two different interviewers or more.", ("same",))


def _refuse_unknown(ids: Iterable[str], known: set[str], place: Path) -> None:
    strangers = [each for each in dict.fromkeys(ids) if each not in known]
    if strangers:
        raise SpecError(f"{spoken(place)}: the bank has no question {_named(strangers)}.", place)


def _refuse_twice(ids: Iterable[str], sentence: str) -> None:
    twice = [each for each, times in Counter(ids).items() if times > 1]
    if twice:
        raise SpecError(sentence.format(shown(twice[0])))


def spoken(place: Path) -> str:
    """A place in the spec in words: `interviewers ana, difficulty 2`."""
    if place[0] in ("interviewers", "competencies") and len(place) > 1:
        return ", ".join(filter(None, [f"{place[0]} {shown(place[1])}", " ".join(place[2:])]))
    return " ".join(place)


def shown(text: str) -> str:
    """A name as it may stand in a sentence: on one line and not too long."""
    line = " ".join(text.split())
    return f"“{line[:59]}…”" if len(line) > 60 else f"“{line}”"


def _named(ids: Sequence[str], most: int = 5) -> str:
    more = f" and {len(ids) - most:,} others" if len(ids) > most else ""
    return ", ".join(shown(each) for each in ids[:most]) + more
