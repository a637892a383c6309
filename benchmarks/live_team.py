"""A made-up team in the middle of interviewing: panels of five, each before a candidate of its own.

The plan, its candidates and their interviews are made with the program's own actions.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from panel.actions import assignments, candidates, plan_rounds, plans, roles, scheduling
from panel.domain.basics import now
from panel.domain.people import Person
from panel.domain.seats import Seat
from panel.house import Workspace
from panel.store import scorecards
from tests.factories import RUBRICS, a_bank, a_question, add_person, planned, published

PANEL = 5
QUESTIONS = 12
ANSWER = "What a good answer names, with the reason behind each part of it. " * 14  # about 170 words


@dataclass(frozen=True)
class LiveSeat:
    """An interviewer with their scorecard, and the questions it asks in their order."""

    person: Person
    scorecard_id: str
    interview_id: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class LiveTeam:
    """`seats` are in the order of the panels: the first five sit together, and so on."""

    workspace: Workspace
    managers: list[Person]
    seats: list[LiveSeat]

    @property
    def panels(self) -> list[list[LiveSeat]]:
        return [self.seats[start : start + PANEL] for start in range(0, len(self.seats), PANEL)]


def live_team(workspace: Workspace, folder: Path, *, interviewers: int, managers: int = 5) -> LiveTeam:
    """At least so many interviewers, whose interviews began a moment ago."""
    bosses = [add_person(workspace, f"Manager{number}", "manager") for number in range(managers)]
    crowd = -(-interviewers // PANEL) * PANEL
    people = [add_person(workspace, f"Interviewer{number}") for number in range(crowd)]
    keys = [f"question-{number:02}" for number in range(QUESTIONS)]
    questions = [a_question(key, answer=ANSWER) for key in keys]
    by = bosses[0]
    small = a_bank(workspace, folder / "content", add_person(workspace, "Ada", "administrator"), questions, RUBRICS)
    role_id = roles.create_role(small, by=by, name="Engineer", competencies=("Technical depth",))
    plan_id, round_id = _plan(small, by, role_id, people[:PANEL], keys)
    seats: list[LiveSeat] = []
    chairs = [each.id for each in plans.plan(small, by=by, plan_id=plan_id).plan.rounds[0].assignments]
    for start in range(0, crowd, PANEL):
        candidate = candidates.add_candidate(small, by=by, role_id=role_id, name=f"Candidate {start // PANEL}")
        sitting = [Seat(chair, each.id) for chair, each in zip(chairs, people[start : start + PANEL], strict=True)]
        scheduling.schedule(
            small,
            by=by,
            candidate_id=candidate.id,
            plan_id=plan_id,
            starts={round_id: now() - timedelta(minutes=5)},
            seats={round_id: sitting},
        )
        with workspace.database.read() as transaction:
            cards = scorecards.scorecards_of_round(transaction, candidate_id=candidate.id, round_id=round_id)
        by_person = {each.person_id: each for each in cards}
        for person in people[start : start + PANEL]:
            card = by_person[person.id]
            seats.append(LiveSeat(person, card.id, card.interview_id, tuple(keys)))
    return LiveTeam(small, bosses, seats)


def _plan(workspace: Workspace, by: Person, role_id: str, people: list[Person], keys: list[str]) -> tuple[str, str]:
    """A published plan of one panel round whose seats share the questions: its id and the round's."""
    plan_id = plans.create_plan(workspace, by=by, role_id=role_id, title="Panel")
    round_id = plan_rounds.add_round(
        workspace,
        by=by,
        plan_id=plan_id,
        name="Panel",
        sitting="panel",
        minutes=90,
        interviewers=tuple(each.id for each in people),
    )
    rounds = plans.plan(workspace, by=by, plan_id=plan_id).plan.rounds
    for place, seat in enumerate(rounds[0].assignments):
        assignments.choose_questions(
            workspace,
            by=by,
            plan_id=plan_id,
            assignment_id=seat.id,
            seen_revision=seat.revision,
            questions=tuple(planned(key) for key in keys[place::PANEL]),
        )
    published(workspace, by, plan_id)
    return plan_id, round_id
