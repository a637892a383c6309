"""What panels can be proposed from: the round, who may sit in it, and what is refused before anything is searched."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from panel.actions.scheduling import existing_candidate, newest_version
from panel.domain.candidates import Candidate
from panel.domain.people import Person
from panel.domain.plans import PublishedRound
from panel.domain.seats import Slot
from panel.domain.training import people_with
from panel.errors import InputError, NotFound
from panel.store import candidates, people, plans, training
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

MOST_CANDIDATES = 1000
MOST_PEOPLE = 60


def panel_round(transaction: Transaction, plan_id: str, round_id: str) -> tuple[PlanVersion, PublishedRound]:
    version = newest_version(transaction, plan_id, role_of(transaction, plan_id))
    each = version.published.round(round_id)
    if each.sitting != "panel":
        raise InputError(
            f"In {each.name} everybody asks their own questions, so seats cannot be exchanged. Choose a panel round."
        )
    return version, each


def role_of(transaction: Transaction, plan_id: str) -> str:
    stored = plans.plan_by_id(transaction, plan_id)
    if stored is None:
        raise NotFound("This plan does not exist. Choose one from the list.")
    return stored.role_id


def who_may(
    transaction: Transaction, each: PublishedRound, active: Sequence[Person]
) -> tuple[frozenset[str], frozenset[str]]:
    """Who may rate in the round, and who may only shadow."""
    known = training.all_training(transaction)
    if each.needs_training:
        return people_with(known, each.needs_training, "trained"), people_with(known, each.needs_training, "trainee")
    return frozenset(one.id for one in active), frozenset()


def people_to_seat(
    transaction: Transaction, each: PublishedRound, raters: Sequence[str], shadows: Sequence[str]
) -> list[Person]:
    """Those chosen, each once. Raises InputError when one is gone, or may not rate in this round."""
    known = {one.id: one for one in people.all_people(transaction)}
    chosen = [_present(known, one) for one in dict.fromkeys([*raters, *shadows])]
    _check_training(transaction, each, [one for one in chosen if one.id in set(raters)])
    return chosen


def candidates_to_seat(
    transaction: Transaction, each: PublishedRound, role_id: str, slots: Mapping[str, Slot]
) -> list[Candidate]:
    """Those chosen. Raises InputError when one is of another role or has a panel, or two interviews overlap.

    Nobody sits in two rooms, and a proposal seats people one interview after another.
    """
    coming = [existing_candidate(transaction, one) for one in slots]
    rows = candidates.interviews_of_role(transaction, role_id)
    seated = {row["candidate_id"] for row in rows if row["round_id"] == each.id and row["state"] != "cancelled"}
    for one in coming:
        if one.role_id != role_id:
            raise InputError(f"{one.name} is not a candidate for this plan's role. Take them out of the list.")
        if one.id in seated:
            raise InputError(f"{one.name} already has an interview for {each.name}. Take them out of the list.")
    in_order = sorted(coming, key=lambda one: slots[one.id].starts_at)
    for one, then in pairwise(in_order):
        if slots[then.id].starts_at < slots[one.id].starts_at + timedelta(minutes=each.minutes):
            raise InputError(
                f"The interviews of {one.name} and {then.name} overlap. Choose fewer interviews a day, or other times."
            )
    return coming


def _present(known: Mapping[str, Person], person_id: str) -> Person:
    person = known.get(person_id)
    if person is None or not person.active:
        raise InputError("Somebody you chose has been deactivated. Reload the page, then choose again.")
    return person


def check_numbers(
    each: PublishedRound,
    slots: Mapping[str, Slot],
    raters: Sequence[str],
    shadows: Sequence[str],
    size: int,
    always: Sequence[str],
) -> None:
    """Raises InputError when these numbers make no panels."""
    if not slots:
        raise InputError("Choose at least one candidate.")
    if len(slots) > MOST_CANDIDATES or len({*raters, *shadows}) > MOST_PEOPLE:
        raise InputError(f"Choose at most {MOST_CANDIDATES:,} candidates and {MOST_PEOPLE} people at once.")
    if not each.minimum_interviewers <= size <= MOST_PEOPLE:
        raise InputError(f"{each.name} needs at least {each.minimum_interviewers} interviewers in a panel.")
    if len(set(raters)) < size:
        raise InputError(f"A panel of {size} needs at least {size} people who rate. Choose more, or a smaller panel.")
    if both := set(raters) & set(shadows):
        raise InputError(f"{len(both)} of the people you chose would both rate and shadow. Take them out of one list.")
    if len(set(always)) > size or not set(always) <= set(raters):
        raise InputError("Who sits in every panel is one of those who rate, and no more people than a panel has.")


def _check_training(transaction: Transaction, each: PublishedRound, raters: Sequence[Person]) -> None:
    may, _ = who_may(transaction, each, raters)
    for one in raters:
        if one.id not in may:
            raise InputError(
                f"{one.name} is not trained for {each.needs_training}, which {each.name} asks for, and can only shadow."
            )
