"""What somebody can rehearse: the guides of published plans they have a seat in, and their own part of a draft."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Assignment, Plan, PublishedPlan, Round, assignments_of
from panel.domain.publishing import freeze
from panel.domain.rehearsals import RehearsedGuide
from panel.store import bank, people, plans, rubrics, scorecards
from panel.store.database import Transaction
from panel.store.plans import PlanVersion, StoredPlan


@dataclass(frozen=True)
class Offer:
    """A guide that can be rehearsed. `of` is its interviewer's name, `draft` is true for a part not published yet."""

    id: str
    guide: RehearsedGuide
    of: str
    own: bool
    draft: bool


def offers_to(transaction: Transaction, person: Person) -> list[Offer]:
    """One's own first, drafts among them; those who manage hiring may rehearse every published guide."""
    seats = {row["assignment_id"] for row in scorecards.scorecards_of_person(transaction, person.id)}
    found: list[Offer] = []
    for stored in plans.all_plans(transaction):
        versions = plans.versions_of(transaction, stored.id)
        if versions:
            found += _published(person, versions[0], seats)
        found += _drafts(transaction, person, stored, versions[0].published if versions else None)
    return sorted(found, key=lambda each: not each.own)


def _published(person: Person, version: PlanVersion, seats: set[str]) -> Iterator[Offer]:
    for each in version.published.rounds:
        for guide in each.guides:
            own = guide.interviewer_id == person.id or guide.assignment_id in seats
            if guide.items and (own or may_manage_hiring(person)):
                rehearsed = RehearsedGuide(
                    plan_title=version.published.title, round_name=each.name, minutes=each.minutes,
                    opening_minutes=each.opening_minutes, candidate_minutes=each.candidate_minutes, items=guide.items,
                )  # fmt: skip
                yield Offer(f"{version.id}:{guide.assignment_id}", rehearsed, guide.interviewer_name, own, draft=False)


def _drafts(
    transaction: Transaction, person: Person, stored: StoredPlan, published: PublishedPlan | None
) -> Iterator[Offer]:
    """One's own parts of the draft that say something else than what is published."""
    for where, assignment in assignments_of(stored.plan):
        if assignment.interviewer_id == person.id and assignment.questions:
            guide = _of_draft(transaction, stored, where, assignment)
            if guide and not _says_the_same(guide, published, assignment.id):
                yield Offer(f"{stored.id}:{assignment.id}", guide, person.name, own=True, draft=True)


def _of_draft(
    transaction: Transaction, stored: StoredPlan, where: Round, assignment: Assignment
) -> RehearsedGuide | None:
    """The part as it would be frozen now, by itself; None where a question or its rubric is gone."""
    role = plans.role_by_id(transaction, stored.role_id)
    alone = Plan(title=stored.plan.title, rounds=(where.model_copy(update={"assignments": (assignment,)}),))
    wanted = {(each.question_key, each.question_version) for each in assignment.questions}
    names = {each.id: each.name for each in people.all_people(transaction)}
    questions = bank.question_versions(transaction, wanted)
    try:
        if role is None:
            return None
        (each,) = freeze(role.role, alone, questions, rubrics.current_rubrics(transaction), names).rounds
        return RehearsedGuide(
            plan_title=stored.plan.title, round_name=each.name, minutes=each.minutes,
            opening_minutes=each.opening_minutes, candidate_minutes=each.candidate_minutes, items=each.guides[0].items,
        )  # fmt: skip
    except (KeyError, ValidationError):
        return None


def _says_the_same(guide: RehearsedGuide, published: PublishedPlan | None, assignment_id: str) -> bool:
    """Whether the published guide of this seat asks the same of its own interviewer."""
    guides = [one for each in published.rounds for one in each.guides] if published else []
    found = next((one for one in guides if one.assignment_id == assignment_id), None)
    if found is None:
        return False
    own = [item.question for item in found.items if item.asked_by == found.interviewer_name]
    return own == [item.question for item in guide.items]
