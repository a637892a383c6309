"""Saving ratings: what several interviewers save at the same moment is checked, written and committed together.

Each save stands for itself: one that is refused changes nothing and holds up nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from panel.actions.checks import still_active
from panel.actions.own_draft import refuse_unless_writable
from panel.actions.scorecard_reading import NO_SCORECARD, guide_in, item_of
from panel.domain.basics import now
from panel.domain.candidates import Interview
from panel.domain.people import Person
from panel.domain.plans import GuideItem
from panel.domain.scorecards import Rating, Scorecard
from panel.errors import NotFound, PanelError, Stale
from panel.store import people, rating_saves, scorecards
from panel.store.database import Transaction
from panel.store.rating_saves import Place, RatingSave

CHANGED_ELSEWHERE = "This question was changed in another tab or window. The newer state is shown now."
Saved = tuple[Scorecard, Rating]


@dataclass(frozen=True)
class WantedSave:
    """`change` makes the new rating of the stored one, or raises what is wrong with it."""

    by: Person
    scorecard_id: str
    question_key: str
    seen_version: int
    change: Callable[[Rating, GuideItem], Rating]

    @property
    def place(self) -> Place:
        return self.scorecard_id, self.question_key


@dataclass
class _Known:
    """What the saves are checked against, read once for all, and what they want to write so far."""

    people: dict[str, Person]
    sittings: dict[str, tuple[Scorecard, Interview | None]]
    ratings: dict[Place, Rating]
    saves: list[RatingSave] = field(default_factory=list)


def save_together(transaction: Transaction, wanted: Sequence[WantedSave]) -> list[Saved | Exception]:
    """Every save's scorecard and rating, or why it was refused. Later saves of a question follow earlier ones."""
    known = _Known(
        people.people_by_id(transaction, (each.by.id for each in wanted)),
        rating_saves.sittings_of(transaction, (each.scorecard_id for each in wanted)),
        rating_saves.ratings_at(transaction, (each.place for each in wanted)),
    )
    found = [_outcome(transaction, known, each) for each in wanted]
    if known.saves and not rating_saves.save_ratings(transaction, known.saves):
        raise Stale(CHANGED_ELSEWHERE)
    return found


def _outcome(transaction: Transaction, known: _Known, wanted: WantedSave) -> Saved | Exception:
    try:
        return _save(transaction, known, wanted)
    except (PanelError, ValueError) as error:
        return error


def _save(transaction: Transaction, known: _Known, wanted: WantedSave) -> Saved:
    person = still_active(known.people.get(wanted.by.id))
    if wanted.scorecard_id not in known.sittings:
        raise NotFound(NO_SCORECARD)
    own, maybe = known.sittings[wanted.scorecard_id]
    interview = refuse_unless_writable(person, own, maybe)
    item = item_of(guide_in(transaction, own, interview)[1], wanted.question_key)
    old = known.ratings[wanted.place]
    new = wanted.change(old, item)
    if old.version != wanted.seen_version:
        _refuse_overwriting(_since(transaction, known, wanted), old, new)
    if new == old:
        return own, old
    new = new.model_copy(update={"version": old.version + 1, "updated_at": now()})
    known.ratings[wanted.place] = new
    known.saves.append(RatingSave(own.id, person.id, new))
    return own, new


def _since(transaction: Transaction, known: _Known, wanted: WantedSave) -> list[Rating]:
    """Every state of the rating from the one seen on, with those that this group is about to write."""
    seen = wanted.seen_version
    about_to_be = [each.rating for each in known.saves if each.place == wanted.place and each.rating.version >= seen]
    if about_to_be and about_to_be[0].version == seen:
        return about_to_be
    card, key = wanted.place
    return scorecards.ratings_since(transaction, scorecard_id=card, question_key=key, version=seen) + about_to_be


def _refuse_overwriting(since: list[Rating], old: Rating, new: Rating) -> None:
    """Raise Stale when the change touches what another tab changed after the first of `since`, and be it back again."""

    def parts(rating: Rating) -> tuple[object, ...]:
        answer = rating.outcome, rating.level, rating.reason
        return answer, rating.note, rating.probes_asked, rating.reworded

    for present_value, wanted, *known in zip(*map(parts, (old, new, *since, old)), strict=True):
        if present_value != wanted and any(each != known[0] for each in known):
            raise Stale(CHANGED_ELSEWHERE)
