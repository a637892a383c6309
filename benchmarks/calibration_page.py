"""How long the calibration page takes on 30,000 and on 1,000,000 ratings, in the actions and as a page.

Run: .venv/bin/python benchmarks/calibration_page.py [ratings ...]

The ratings lie in a DuckDB file: published plan versions with what they ask, candidates, interviews and submitted
scorecards, inserted many at a time. The page is Streamlit's AppTest, so without a browser and a network.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from panel.actions import calibration
from panel.actions.own_calibration import own_calibration
from panel.actions.sessions import token_hash
from panel.actions.tidy_ratings import Chosen
from panel.domain.people import Person
from panel.house import House, Workspace, close_house, open_house
from panel.settings import read_settings
from tests.factories import Team, a_team
from tests.ui.driving import APP, session_of

SIZES = {30_000: (1_000, 40), 1_000_000: (50_000, 2_000)}  # ratings: candidates, interviewers
PANEL = 3


def took(name: str, what: Callable[[], Any]) -> Any:
    start, busy = time.perf_counter(), time.process_time()
    found = what()
    spent = f"{time.perf_counter() - start:8.2f} s, {time.process_time() - busy:8.2f} s of the processor"
    print(f"  {name:50} {spent}", flush=True)
    return found


def fill(team: Team, ratings: int, candidates: int, interviewers: int) -> None:
    """Panels of three draw from everybody; each rates as many of the round's questions as make up the ratings."""
    random = np.random.default_rng(7)
    asked = round(ratings / candidates / PANEL)
    people = pd.DataFrame({"id": [f"bp{n:06}" for n in range(interviewers)]})
    start = np.datetime64("2025-01-06T09:00")
    moment = start + random.integers(0, 365 * 8, candidates).astype("timedelta64[h]") * 3
    who = np.stack([random.choice(interviewers, PANEL, replace=False) for _ in range(candidates)])
    level = random.normal(3, 0.6, candidates)
    harsh = random.normal(0, 0.35, interviewers)
    answer = random.normal(0, 0.5, (candidates, asked))
    card = np.arange(candidates * PANEL)
    of_candidate, rater = card // PANEL, who.ravel()
    halo = random.normal(0, 0.4, len(card))
    score = (level[of_candidate] - harsh[rater] + halo)[:, None] + answer[of_candidate]
    score = np.clip(np.round(score + random.normal(0, 0.6, score.shape)), 1, 5).astype(int)
    frames = {
        "people": people.assign(name=[f"Interviewer {n:04}" for n in range(interviewers)]),
        "candidates": pd.DataFrame({"id": [f"bc{n:07}" for n in range(candidates)], "at": moment}),
        "cards": pd.DataFrame(
            {
                "id": [f"bs{n:08}" for n in card],
                "candidate": [f"bc{n:07}" for n in of_candidate],
                "person": people["id"].to_numpy()[rater],
                "at": moment[of_candidate] + random.integers(1, 40, len(card)).astype("timedelta64[h]"),
            }
        ),
        "ratings": pd.DataFrame(
            {
                "card": np.repeat([f"bs{n:08}" for n in card], asked),
                "question": np.tile([f"bench-{n}" for n in range(asked)], len(card)),
                "level": score.ravel(),
            }
        ),
    }
    insert(team, frames, asked)


def insert(team: Team, frames: dict[str, pd.DataFrame], asked: int) -> None:
    round_id = team.round_id()
    seat = next(each for each in team.version.published.rounds if each.id == round_id).guides[0].assignment_id

    def work(transaction: Any) -> None:
        cursor = transaction._cursor  # frames are registered with the engine, which the portable face does not offer
        for name, frame in frames.items():
            cursor.register(f"given_{name}", frame)
        # The version's own rows of what it asks, as often as needed under other questions' keys.
        for number in range(asked):
            transaction.run(
                "INSERT INTO asked_item SELECT plan_version_id, assignment_id, ?, round_id, round_name, sitting, "
                "place, prompt, competency, rubric_key, levels, weight, pilot FROM asked_item "
                "WHERE round_id = ? AND assignment_id = ? ORDER BY question_key LIMIT 1",
                f"bench-{number}", round_id, seat,
            )  # fmt: skip
        copy = {
            "person": ("given_people", "ORDER BY 1", {"id": "g.id", "name": "g.name", "email": "g.id || '@example.org'",
                       "access": "'interviewer'"}, f"t.id = '{team.people['Ana'].id}'"),
            "candidate": ("given_candidates", "", {"id": "g.id", "name": "'Candidate ' || g.id"},
                          f"t.id = '{team.candidate.id}'"),
            "interview": ("given_candidates", "", {"id": "'i' || g.id", "candidate_id": "g.id", "starts_at": "g.at"},
                          f"t.id = '{team.interviews()[0]['id']}'"),
            "scorecard": ("given_cards", "", {"id": "g.id", "interview_id": "'i' || g.candidate",
                          "candidate_id": "g.candidate", "person_id": "g.person", "state": "'submitted'",
                          "assignment_id": f"'{seat}'", "submitted_at": "g.at"}, f"t.id = '{team.card('Ana').id}'"),
            "rating": ("given_ratings", "", {"scorecard_id": "g.card", "question_key": "g.question",
                       "level": "g.level", "outcome": "'rated'"}, "t.level IS NOT NULL"),
        }  # fmt: skip
        for table, (given, order, values, like) in copy.items():
            columns = [row["name"] for row in transaction.rows(f"PRAGMA table_info('{table}')")]
            chosen = ", ".join(values.get(column, f"t.{column}") for column in columns)
            pattern = f"(SELECT * FROM {table} t WHERE {like} LIMIT 1) t"
            transaction.run(f"INSERT INTO {table} SELECT {chosen} FROM {given} g, {pattern} {order}")
        for name in frames:
            cursor.unregister(f"given_{name}")

    team.workspace.database.write(work)


def measure(house: House, team: Team) -> None:
    workspace, manager = house.team, team.people["Max"]

    def parts(where: Workspace, chosen: Chosen = calibration.EVERYTHING) -> None:
        last: list[Any] = [time.process_time(), "Starting"]

        def report(doing: str, share: float | None) -> None:
            name = doing.partition(", step")[0]
            if name != last[1]:
                if time.process_time() - last[0] > 0.2:
                    spent = f"{time.process_time() - last[0]:8.2f} s of the processor"
                    print(f"    {last[1]:60} {spent}", flush=True)
                last[:] = [time.process_time(), name]

        calibration.team_calibration(where, by=manager, chosen=chosen, report=report)
        report("end", None)

    page = took("Page, first paint, nothing calculated", lambda: opened(workspace, manager))
    page.session_state["fits"]["calibration"].popitem()[1].stop.set()
    time.sleep(1)
    workspace.results._kept.clear()
    workspace.tables._kept.clear()
    took("All parts, fresh", lambda: parts(workspace))
    took("What is known so far, all of it kept", lambda: calibration.calibration_so_far(workspace, by=manager))
    page = took("Page from kept results", lambda: opened(workspace, manager))
    took("Page again", page.run)
    recent = Chosen(since=date(2026, 1, 1) - timedelta(days=180))
    competency = next(each for each in page.selectbox if each.label == "Competency")
    competency.select_index(1)
    took("Page after another filter, first paint", page.run)
    took("All parts of another period", lambda: parts(workspace, recent))
    person = next(iter(frame_people(workspace)))
    took("One interviewer's own card, fresh", lambda: own_calibration(workspace, by=person))
    took("One interviewer's own card, kept", lambda: own_calibration(workspace, by=person))


def frame_people(workspace: Workspace) -> list[Person]:
    from panel.store import people

    with workspace.database.read() as transaction:
        found = people.person_by_id(transaction, "bp000001")
    return [found] if found else []


def opened(workspace: Workspace, person: Person) -> AppTest:
    """A new tab that begins with this page."""
    app = AppTest.from_file(str(APP), default_timeout=900)
    app.user = {"session": f"{workspace.name}:{token_hash(session_of(workspace, person))}"}
    app.context = {"timezone": "Etc/UTC", "locale": "en-GB", "url": "https://panel.example/calibration"}
    app.switch_page("screens/calibration.py")
    app.run()
    assert not app.exception
    return app


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or list(SIZES)
    for ratings in sizes:
        candidates, interviewers = SIZES[ratings]
        with tempfile.TemporaryDirectory() as folder:
            os.environ["PANEL_DATABASE"] = str(Path(folder) / "panel.duckdb")
            os.environ["PANEL_CONTENT"] = str(Path(folder) / "content")
            settings = read_settings()
            house = open_house(settings)
            team = a_team(house.team, Path(folder) / "content")
            team.fill("Ana")
            print(f"{ratings:,} ratings, {candidates:,} candidates, {interviewers:,} interviewers", flush=True)
            fill(team, ratings, candidates, interviewers)
            measure(house, team)
            close_house(settings)


if __name__ == "__main__":
    main()
