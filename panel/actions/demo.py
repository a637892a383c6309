"""The demo team: fictional people, plans, candidates and ratings in a database of their own."""

from datetime import datetime

from panel.actions import sessions
from panel.actions.demo_debriefs import store_debriefs
from panel.actions.exercise_bank import files_of
from panel.actions.files import seed_when_empty
from panel.demo.people import EVERYBODY
from panel.demo.planning import Content
from panel.demo.practising import DemoPractice, practise
from panel.demo.team import SEED, DemoTeam, build_team
from panel.demo.waiting import Waiting
from panel.domain.basics import now
from panel.domain.people import Access, Person
from panel.errors import NotAllowed
from panel.house import Workspace
from panel.store import (
    audit,
    availability,
    bank,
    candidates,
    conflicts,
    exercises,
    people,
    plans,
    rubrics,
    scorecards,
    training,
)
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

SIMULATION = "simulation"  # the actor of what no person did
ORDER: tuple[Access, ...] = ("manager", "interviewer", "administrator")


def create_demo_team(workspace: Workspace) -> None:
    """Fill the demo workspace, all at once or not at all. Does nothing when somebody is there already.

    Raises NotAllowed in the team's own workspace, and InputError when the question bank is too small for it.
    """
    if not workspace.is_demo:
        raise NotAllowed("The demo team is kept apart from your own team's data and is never put into it.")
    seed_when_empty(workspace)
    with workspace.database.read() as transaction:
        if people.anyone_exists(transaction):
            return
        content = Content(
            questions={each.key: each for each in bank.current_questions(transaction)},
            rubrics=rubrics.current_rubrics(transaction),
        )
    at = now()
    team = build_team(at=at, content=content)
    ids = [person.id for person in team.people]
    shipped = [(each.stored, each.gold) for each in files_of(workspace).exercises.values()]
    practice = practise(list(zip(ids, EVERYBODY, strict=True)), shipped, at=at, seed=SEED)
    workspace.database.write(lambda transaction: _store(transaction, team, practice))


def demo_people(workspace: Workspace) -> list[Person]:
    """Everybody one can sign in as with one click, managers first; nobody in the team's own workspace."""
    return sorted(sessions.demo_people(workspace), key=lambda each: ORDER.index(each.access))


def _store(transaction: Transaction, team: DemoTeam, practice: DemoPractice) -> None:
    if people.anyone_exists(transaction):
        return  # another process was first
    for person in team.people:
        people.insert_person(
            transaction, person_id=person.id, name=person.name, email=person.email, access=person.access,
            password_hash=None, at=team.founded_at,
        )  # fmt: skip
    for role_id, role in team.roles:
        plans.insert_role(transaction, role_id=role_id, role=role, created_at=team.founded_at)
    _store_plans(transaction, team)
    for candidate, created_at in team.candidates:
        candidates.insert_candidate(transaction, candidate, created_at=created_at)
    _store_who_may_sit(transaction, team.waiting, team.founded_at)
    candidates.insert_interviews(transaction, team.interviews)
    scorecards.insert_scorecards(transaction, [(each.scorecard, each.created_at) for each in team.cards])
    scorecards.insert_histories(
        transaction,
        [
            (each.scorecard.id, each.scorecard.person_id, history)
            for each in team.cards
            for history in each.card.histories
        ],
    )
    for exercise in practice.exercises:
        exercises.insert_exercise(transaction, exercise, at=team.founded_at)
    exercises.insert_golds(transaction, practice.golds)
    exercises.insert_attempts(transaction, practice.attempts)
    store_debriefs(transaction, team)
    audit.record(
        transaction, at=now(), actor_id=SIMULATION, action="create_demo_team", subject="team", subject_id="demo",
        after={"people": len(team.people), "candidates": len(team.candidates), "scorecards": len(team.cards)},
    )  # fmt: skip


def _store_who_may_sit(transaction: Transaction, waiting: Waiting, at: datetime) -> None:
    for each in waiting.training:
        training.save_training(transaction, each)
    for conflict in waiting.conflicts:
        conflicts.insert_conflict(transaction, conflict)
    for absence in waiting.absences:
        availability.insert_absences(transaction, [absence], declared_by=absence.person_id, at=at)


def _store_plans(transaction: Transaction, team: DemoTeam) -> None:
    for each in team.plans:
        plans.insert_plan(
            transaction, plan_id=each.id, role_id=each.role_id, plan=each.plan, created_at=each.created_at
        )
        if each.publication is None:
            continue
        done = each.publication
        plans.insert_plan_version(transaction, PlanVersion(done.id, each.id, 1, done.published, done.by, done.at))
        audit.record(
            transaction, at=done.at, actor_id=done.by, action="publish_plan", subject="plan", subject_id=each.id,
            after={"number": 1},
        )  # fmt: skip
