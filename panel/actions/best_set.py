"""The best question sets for a plan, or for one seat of it: what to choose from, the search, and taking it over."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from panel.actions.asked_before import asked_before
from panel.actions.assignments import can_be_asked
from panel.actions.checks import allowed, present, unless_stale
from panel.actions.drafts import ONLY_MANAGERS, existing_draft, existing_role, save_draft
from panel.actions.question_worth import question_worth
from panel.actions.set_answer import sets_from
from panel.actions.set_spec import Choice, Kept, cannot_be_asked, items_for, spec_for_plan, spec_for_seat
from panel.assembly import Answer, Item, Spec, assemble
from panel.domain import plans as rules
from panel.domain import proposals
from panel.domain.people import Person, may_assemble, may_manage_hiring
from panel.domain.plans import OPEN_SEAT, Plan, PlannedQuestion, assignments_of, find_assignment
from panel.domain.timing import minutes_together
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import bank, people
from panel.store import rubrics as stored_rubrics
from panel.store.database import Transaction
from panel.store.plans import StoredPlan

WORTH_OF_A_REPEAT = 0.2  # of what a question tells somebody who has not heard it
Sets = Mapping[str, tuple[PlannedQuestion, ...]]


@dataclass(frozen=True)
class Search:
    """Everything a search needs; looking it up is done, nothing is searched yet."""

    stored: StoredPlan
    choice: Choice
    items: tuple[Item, ...]
    spec: Spec
    kept: Kept
    unmet: tuple[str, ...] = ()  # sentences on what must be asked and cannot be


@dataclass(frozen=True)
class Suggestion:
    """An answer of the search as question sets by seat; `plan_version` is the draft it was made for."""

    plan_version: int
    answer: Answer
    sets: Sets
    choice: Choice
    unmet: tuple[str, ...] = ()
    among: int = 0  # questions it could choose from

    @property
    def found(self) -> bool:
        return bool(self.answer.assignment)


def search_for_plan(workspace: Workspace, *, by: Person, plan_id: str, kept: Kept) -> Search:
    """All seats of a plan at once, for those who manage hiring. `kept` are questions that stay where they are."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        if not any(True for _ in assignments_of(stored.plan)):
            raise InputError("Nobody sits in this plan yet. Add a round with its interviewers, then choose.")
        role = existing_role(transaction, stored.role_id).role
        choice = _choice(transaction, reader, stored)
        names = {each.id: each.name for each in people.all_people(transaction)} | {OPEN_SEAT: "The open seat"}
    kept = {
        part.id: tuple(
            key
            for key in dict.fromkeys(kept.get(part.id, ()))
            if key in choice.questions and (part.has(key) or choice.may_be_chosen(key, stored.plan.rules))
        )
        for _, part in assignments_of(stored.plan)
    }
    items = items_for(choice, role, stored.plan, kept)
    known = {each.id for each in items}
    spec = spec_for_plan(stored.plan, role, choice, known, kept, lambda each: names.get(each, "Somebody"))
    return Search(stored, choice, tuple(items), spec, kept, cannot_be_asked(choice, stored.plan.rules, known))


def searched(search: Search, report: Callable[[str], None] | None = None) -> Suggestion:
    """Runs for up to the patience of a page. Needs no database. `report` may raise to end it between two steps."""
    answer = assemble(search.items, search.spec, report=report)
    sets = sets_from(answer, search.stored.plan, search.choice, search.kept)
    return Suggestion(search.stored.version, answer, sets, search.choice, search.unmet, len(search.items))


def suggest_the_rest(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str) -> Suggestion:
    """One seat completed, for its interviewer or who manages the plan; the others' sets stay as they are."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        stored = existing_draft(transaction, plan_id)
        where, seat = find_assignment(stored.plan, assignment_id)
        if not may_assemble(person, interviewer_id=seat.interviewer_id):
            raise NotAllowed("Only this interviewer, or a hiring manager, changes these questions.")
        role = existing_role(transaction, stored.role_id).role
        choice = _choice(transaction, person, stored)
    others = [part for _, part in assignments_of(stored.plan) if part.id != seat.id]
    taken = {each.question_key for part in others for each in part.questions}
    keep = tuple(each.question_key for each in seat.questions if each.question_key in choice.questions)
    spoilt = taken | {one for pair in stored.plan.rules.apart for one in pair if taken & set(pair)}
    items = [
        each
        for each in items_for(choice, role, stored.plan, {seat.id: keep})
        if each.id in keep or each.id not in spoilt
    ]
    items = _spared(items, asked_before(workspace, by=by, plan_id=plan_id, assignment_id=assignment_id), keep)
    in_slot = [part for part in where.assignments if part.id != seat.id] if where.together else []
    left = where.question_minutes - minutes_together(in_slot, dict(choice.questions))
    counts = _counted(others, choice)

    covers = tuple(each for each in seat.covers if each in role.measured)
    nobody_asks = tuple(name for name in role.must_haves if not counts.get(name))
    spec = spec_for_seat(
        where,
        seat,
        stored.plan.rules,
        minutes_left=left,
        keep=keep,
        items=items,
        asked_by_others=counts,
        asking=_asking(others, choice),
        covers=covers,
        wanted=covers or nobody_asks,
    )
    answer = assemble(items, spec)
    sets = sets_from(answer, _alone(stored.plan, seat.id), choice, {seat.id: keep})
    return Suggestion(stored.version, answer, sets, choice)


def _spared(items: list[Item], heard: Collection[str], keep: tuple[str, ...]) -> list[Item]:
    """What a coming candidate was to be asked before tells little the second time."""
    return [
        replace(each, information=each.information * WORTH_OF_A_REPEAT)
        if each.id in heard and each.id not in keep
        else each
        for each in items
    ]


def take_over(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int, sets: Sets) -> None:
    """Give every named seat its set, accepted, all at once or none. Raises Stale when the draft changed meanwhile."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        unless_stale(stored.version == seen_version, "This plan")
        changed = stored.plan
        for seat_id, questions in sets.items():
            _, seat = find_assignment(changed, seat_id)
            if questions == seat.questions and seat.state == "accepted":
                continue
            can_be_asked(transaction, seat, questions)
            taken = proposals.chosen_by_manager(seat, questions, manager_id=person.id)
            taken = taken.model_copy(update={"revision": seat.revision + 1})
            changed = rules.replace_assignment(changed, taken)
        save_draft(transaction, person, stored, changed, "take_over_sets")

    workspace.database.write(work)


def _choice(transaction: Transaction, reader: Person, stored: StoredPlan) -> Choice:
    role = existing_role(transaction, stored.role_id).role
    questions = {each.key: each for each in bank.current_questions(transaction)}
    rubrics = {each.key: each for each in stored_rubrics.bank_rubrics(transaction)}
    worth = question_worth(transaction, reader_id=reader.id, seniority=role.seniority, questions=questions)
    return Choice(questions, rubrics, worth)


def _counted(parts: list[rules.Assignment], choice: Choice) -> dict[str, int]:
    counts: dict[str, int] = {}
    for part in parts:
        for planned in part.questions:
            if planned.question_key in choice.questions:
                name = choice.competency(planned.question_key, planned)
                counts[name] = counts.get(name, 0) + 1
    return counts


def _asking(parts: list[rules.Assignment], choice: Choice) -> dict[str, int]:
    """How many of the others ask each competency."""
    counts: dict[str, int] = {}
    for part in parts:
        for name in _counted([part], choice):
            counts[name] = counts.get(name, 0) + 1
    return counts


def _alone(plan: Plan, seat_id: str) -> Plan:
    """The plan with this seat only, in a sitting of its own."""
    where, seat = find_assignment(plan, seat_id)
    alone = where.model_copy(update={"sitting": "single", "assignments": (seat,)})
    return plan.model_copy(update={"rounds": (alone,)})
