"""What a plan covers, how its minutes are spent, and what stands between the draft and publishing."""

from dataclasses import dataclass

from panel.actions.checks import allowed, present
from panel.actions.drafts import ONLY_MANAGERS, existing_draft, existing_role
from panel.domain.conflicts import CONFLICT_NAMES
from panel.domain.coverage import Matrix, coverage_matrix
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Plan, PublishedPlan, assignments_of
from panel.domain.preflight import Conflict, Facts, OtherSet, preflight
from panel.domain.preflight_findings import Finding
from panel.domain.timing import Timing, timings
from panel.domain.training import people_with
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import bank, candidates, conflicts, people, plans, training
from panel.store import rubrics as stored_rubrics
from panel.store.database import Transaction
from panel.store.plans import StoredPlan


@dataclass(frozen=True)
class Reach:
    """What a draft measures and how its slots are spent; nothing about people or candidates."""

    matrix: Matrix
    timings: tuple[Timing, ...]


def reach(workspace: Workspace, *, by: Person, plan_id: str) -> Reach:
    """For those who manage hiring and for the plan's own interviewers."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        stored = existing_draft(transaction, plan_id)
        part = any(assignment.interviewer_id == person.id for _, assignment in assignments_of(stored.plan))
        if not (part or may_manage_hiring(person)):
            raise NotFound("This plan does not exist, or you have no part in it.")
        role = existing_role(transaction, stored.role_id).role
        current = {each.key: each for each in bank.current_questions(transaction)}
        rubrics = {each.key: each.rubric for each in stored_rubrics.bank_rubrics(transaction)}
    return Reach(coverage_matrix(role, stored.plan, current, rubrics), tuple(timings(stored.plan, current)))


def findings(workspace: Workspace, *, by: Person, plan_id: str) -> list[Finding]:
    """What blocks publishing, then advice. For those who manage hiring: it names candidates."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        return findings_of(transaction, stored)


def findings_of(transaction: Transaction, stored: StoredPlan) -> list[Finding]:
    role = existing_role(transaction, stored.role_id).role
    return preflight(role, stored.plan, _facts(transaction, stored))


def _facts(transaction: Transaction, stored: StoredPlan) -> Facts:
    everyone = people.all_people(transaction)
    return Facts(
        bank={each.key: each for each in bank.current_questions(transaction)},
        rubrics={each.key: each for each in stored_rubrics.bank_rubrics(transaction)},
        names={each.id: each.name for each in everyone},
        gone=frozenset(each.id for each in everyone if not each.active),
        conflicts=_conflicts(transaction, stored.role_id),
        trained=_trained(transaction),
        other_sets=_other_sets(transaction, stored),
    )


def _conflicts(transaction: Transaction, role_id: str) -> tuple[Conflict, ...]:
    names = {each.id: each.name for each in candidates.candidates_of_role(transaction, role_id)}
    return tuple(
        Conflict(each.person_id, names[each.candidate_id], CONFLICT_NAMES[each.kind])
        for each in conflicts.conflicts_of_role(transaction, role_id)
    )


def _trained(transaction: Transaction) -> dict[str, frozenset[str]]:
    known = training.all_training(transaction)
    return {each.subject.casefold(): people_with(known, each.subject, "trained") for each in known}


def _other_sets(transaction: Transaction, stored: StoredPlan) -> tuple[OtherSet, ...]:
    """Versions from which the role's candidates have interviews and which ask something else.

    Of other plans only those that stand in for this one, with at least half of their questions in common: a phone
    screen beside a day on site is no other set.
    """
    seated: dict[str, set[str]] = {}
    for row in candidates.interviews_of_role(transaction, stored.role_id):
        if row["state"] != "cancelled":
            seated.setdefault(row["plan_version_id"], set()).add(row["candidate_id"])
    versions = plans.plan_versions_by_id(transaction, seated)
    now_asked = _asked(stored.plan)
    found = []
    for version_id, seen in seated.items():
        version = versions[version_id]
        then_asked = _asked_in(version.published)
        instead = version.plan_id == stored.id or 2 * len(then_asked & now_asked) >= len(then_asked)
        if instead and then_asked != now_asked:
            more, fewer = len(then_asked - now_asked), len(now_asked - then_asked)
            found.append(OtherSet(len(seen), version.published.title, version.number, more, fewer))
    return tuple(sorted(found, key=lambda each: -each.number))


def _asked(plan: Plan) -> set[str]:
    return {planned.question_key for _, part in assignments_of(plan) for planned in part.questions}


def _asked_in(published: PublishedPlan) -> set[str]:
    return {key for _, key in published.items()}
