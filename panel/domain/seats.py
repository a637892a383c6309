"""Who sits in an interview: a seat is a guide of the round, and whoever takes it asks what the guide says.

In a panel everyone rates every question, so anybody may take any seat, and a panel may be smaller or larger than the
plan's. In other rounds every guide has one rater. A shadow shares the seat of a rater.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from panel.domain.plans import InterviewGuide, PublishedRound
from panel.errors import InputError


@dataclass(frozen=True)
class Seat:
    assignment_id: str
    person_id: str
    shadow: bool = False


@dataclass(frozen=True)
class Sitter:
    """Somebody in a standing interview, by name."""

    person_id: str
    name: str
    assignment_id: str
    shadow: bool


@dataclass(frozen=True)
class Slot:
    """When an interview is: naive UTC, and the day it is where the planner is."""

    starts_at: datetime
    day: date


def planned_seats(each: PublishedRound, substitutes: Mapping[str, str] | None = None) -> tuple[Seat, ...]:
    """The plan's interviewers, or whoever sits in for them (by assignment id)."""
    instead = substitutes or {}
    return tuple(
        Seat(guide.assignment_id, instead.get(guide.assignment_id, guide.interviewer_id)) for guide in each.guides
    )


def panel_seats(each: PublishedRound, raters: Sequence[str], shadows: Sequence[str] = ()) -> tuple[Seat, ...]:
    """Everybody in their own seat where the plan has one for them; the others take the free ones in turn."""
    own = {guide.interviewer_id: guide.assignment_id for guide in each.guides}
    taken = {own[who] for who in raters if who in own}
    free = [guide.assignment_id for guide in each.guides if guide.assignment_id not in taken]
    places = free or [guide.assignment_id for guide in each.guides]
    strangers = [who for who in raters if who not in own]
    given = own | {who: places[number % len(places)] for number, who in enumerate(strangers)}
    seats = [Seat(given[who], who) for who in raters]
    return (*seats, *(Seat(seats[number % len(seats)].assignment_id, who, True) for number, who in enumerate(shadows)))


def check_seats(each: PublishedRound, seats: Sequence[Seat]) -> None:
    """Raises InputError when the seats do not make an interview of this round."""
    known = [guide.assignment_id for guide in each.guides]
    raters = [seat for seat in seats if not seat.shadow]
    if any(seat.assignment_id not in known for seat in seats):
        raise InputError(f"A seat is not part of {each.name} any more. Reload the page.")
    if len({seat.person_id for seat in seats}) < len(seats):
        raise InputError(f"Somebody sits twice in {each.name}. Choose another person for one of the seats.")
    if each.sitting == "panel":
        if not raters or len(raters) < each.minimum_interviewers:
            raise InputError(
                f"{each.name} needs at least {max(each.minimum_interviewers, 1)} interviewers who rate. Choose more."
            )
    elif sorted(seat.assignment_id for seat in raters) != sorted(known):
        raise InputError(f"Every part of {each.name} needs one interviewer. Choose somebody for each.")


def in_plan_order(each: PublishedRound, sitters: Sequence[Sitter]) -> list[Sitter]:
    """Raters in the order of the plan's seats, then shadows."""
    place = {guide.assignment_id: number for number, guide in enumerate(each.guides)}
    return sorted(sitters, key=lambda one: (one.shadow, place[one.assignment_id], one.name.casefold()))


def seat_in_words(each: PublishedRound, sitter: Sitter) -> str:
    """`Ana`, `Rafael in Ana’s seat`, `Mei as a shadow`."""
    if sitter.shadow:
        return f"{sitter.name} as a shadow"
    guide = next(one for one in each.guides if one.assignment_id == sitter.assignment_id)
    return (
        sitter.name if guide.interviewer_id == sitter.person_id else f"{sitter.name} in {guide.interviewer_name}’s seat"
    )


def colleagues(each: PublishedRound, sitters: Sequence[Sitter], person_id: str) -> tuple[str, ...]:
    """Who else is in the room, in words."""
    others = [one for one in in_plan_order(each, sitters) if one.person_id != person_id]
    return tuple(f"{one.name} as a shadow" if one.shadow else one.name for one in others)


def asked_by_sitters(each: PublishedRound, guide: InterviewGuide, sitters: Sequence[Sitter]) -> InterviewGuide:
    """The guide with the names of those who sit in the seats. The questions of an empty seat go round the raters."""
    raters = [one for one in in_plan_order(each, sitters) if not one.shadow]
    if not raters:
        return guide
    seated = {one.assignment_id: one.name for one in reversed(raters)}
    asks = {
        other.interviewer_name: seated.get(other.assignment_id, raters[number % len(raters)].name)
        for number, other in enumerate(each.guides)
    }
    items = tuple(item.model_copy(update={"asked_by": asks.get(item.asked_by, item.asked_by)}) for item in guide.items)
    return guide.model_copy(update={"items": items})


def working_days_from(first: datetime, *, minutes: int, a_day: int, number: int) -> list[datetime]:
    """Starts one after another, `a_day` on each working day from `first` on, each after 15 minutes' rest."""
    starts: list[datetime] = []
    day = first
    while len(starts) < number:
        if day.weekday() < 5:
            rest = min(a_day, number - len(starts))
            starts += [day + timedelta(minutes=place * (minutes + 15)) for place in range(rest)]
        day += timedelta(days=1)
    return starts
