"""How long the screens' reads take, on the demo team and on a role with 1,000 candidates more and 54,000 ratings.

Run: .venv/bin/python benchmarks/screens.py
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from panel.actions import (
    accounts,
    asked_before,
    bank,
    best_set,
    calibration,
    candidates,
    compare,
    demo,
    earlier_sets,
    plans,
    scoring,
)
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate, Interview
from panel.domain.people import Person
from panel.domain.scorecards import Rating, Scorecard
from panel.house import House, Workspace
from panel.settings import Settings
from panel.store import candidates as candidate_rows
from panel.store import scorecards as scorecard_rows

MANY = 1_000


def show(name: str, read: Callable[[], object]) -> None:
    took = []
    for _ in range(5):
        start = time.perf_counter()
        read()
        took.append(1000 * (time.perf_counter() - start))
    print(f"  {name:44} first {took[0]:7.1f} ms   then {min(took[1:]):7.1f} ms")


def screens(workspace: Workspace, manager: Person, plan: plans.PlanView, interviewer: Person) -> None:
    role_id = plan.role.id
    show("Questions: the whole bank", lambda: bank.questions(workspace, by=manager))
    show("Today of an interviewer", lambda: scoring.my_agenda(workspace, by=interviewer))
    show("Candidates", lambda: candidates.candidates_of_role(workspace, by=manager, role_id=role_id))
    show("Compare", lambda: compare.compare(workspace, by=manager, role_id=role_id))
    show(
        "Calibration of the plan, 1,000 bootstraps",
        lambda: calibration.team_calibration(workspace, by=manager, role_id=role_id, plan_id=plan.id),
    )
    seat = {"plan_id": plan.id, "assignment_id": plan.plan.rounds[0].assignments[0].id}
    show(
        "One question set: the rest suggested",
        lambda: best_set.suggest_the_rest(workspace, by=interviewer, **seat),
    )
    show("One question set: asked before", lambda: asked_before.asked_before(workspace, by=interviewer, **seat))
    show("One question set: earlier sets", lambda: earlier_sets.earlier_sets(workspace, by=interviewer, **seat))
    show("Own calibration card", lambda: calibration.own_calibration(workspace, by=interviewer))


def add_many(workspace: Workspace, plan: plans.PlanView) -> None:
    """1,000 more candidates with submitted scorecards in every round."""
    chance, version = random.Random(7), plan.versions[0]
    interviews, cards, histories = [], [], []
    for number in range(MANY):
        candidate = Candidate(id=new_id(), name=f"Candidate {number:04d}", email="", role_id=plan.role.id)
        workspace.database.write(
            lambda transaction, candidate=candidate: candidate_rows.insert_candidate(  # type: ignore[misc]
                transaction, candidate, created_at=now()
            )
        )
        ability = chance.gauss(3, 0.8)
        for each in version.published.rounds:
            interview = Interview(
                id=new_id(), candidate_id=candidate.id, plan_id=plan.id, plan_version_id=version.id, round_id=each.id,
                starts_at=now() - timedelta(days=3), minutes=each.minutes, state="scheduled",
            )  # fmt: skip
            interviews.append((interview, now()))
            for guide in each.guides:
                card = Scorecard(
                    id=new_id(), interview_id=interview.id, person_id=guide.interviewer_id,
                    assignment_id=guide.assignment_id, candidate_id=candidate.id, round_id=each.id, state="submitted",
                    recommendation="yes", summary="", version=2, submitted_at=now(),
                )  # fmt: skip
                cards.append((card, now()))
                for item in guide.items:
                    level = min(5, max(1, round(chance.gauss(ability, 0.9))))
                    rated = Rating(
                        question_key=item.question.key, outcome="rated", level=level, version=1, updated_at=now()
                    )
                    histories.append((card.id, guide.interviewer_id, [rated]))

    def write(transaction: object) -> None:
        candidate_rows.insert_interviews(transaction, interviews)  # type: ignore[arg-type]
        scorecard_rows.insert_scorecards(transaction, cards)  # type: ignore[arg-type]
        scorecard_rows.insert_histories(transaction, histories)  # type: ignore[arg-type]

    workspace.database.write(write)
    print(f"\n{MANY:,} candidates more, {len(histories):,} ratings")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(database=f"{folder}/panel.duckdb"))
        workspace = house.open_demo()
        start = time.perf_counter()
        demo.create_demo_team(workspace)
        print(f"The demo team was made in {time.perf_counter() - start:.1f} s")
        people = accounts.demo_people(workspace)
        manager = next(each for each in people if each.access == "manager")
        views = plans.visible_plans(workspace, by=manager)
        plan = next(each for each in views if each.role.role.name == "Machine learning engineer")
        seat = plan.plan.rounds[0].assignments[0].interviewer_id
        interviewer = next(each for each in people if each.id == seat)
        screens(workspace, manager, plan, interviewer)
        add_many(workspace, plan)
        screens(workspace, manager, plan, interviewer)
        house.close()
