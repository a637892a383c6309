"""Exercises for tests: files beside a team's content, and everything that an exercise could give away."""

from pathlib import Path
from typing import Any

from panel.actions import exercises, gold, own_exercises
from panel.domain.exercises import StoredExercise
from panel.errors import PanelError
from tests.factories import Team, plain, toml

QUALITIES = ("weak", "middling", "strong")
KEYS = ("what-ana-asks", "what-bo-asks", "what-mia-asks", "ana-alone")  # questions with this competency
SECRET = "the reasoning behind gold"


def exercise_file(key: str, golds: tuple[int, int, int] = (1, 3, 5), **changes: Any) -> str:
    """Three answers to the question of the same key; `a` is weak, `b` middling, `c` strong."""
    facts: dict[str, Any] = {
        "key": key, "title": f"About {key}", "category": "general", "competency": "Technical depth",
        "question_key": key, "rubric_key": "technical-depth",
    }  # fmt: skip
    answers = [
        {
            "key": name, "quality": quality, "text": f"What was said, {name}.", "gold": level,
            "neighbour": level + 1 if level < 5 else 4, "reasoning": f"{SECRET} {key}/{name}",
            "decides": f"what decides {key}/{name}",
        }
        for name, quality, level in zip("abc", QUALITIES, golds, strict=True)
    ]  # fmt: skip
    return toml(facts | {"answers": answers} | changes, tables="answers")


def write_exercises(folder: Path, *keys: str, golds: tuple[int, int, int] = (1, 3, 5)) -> None:
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    for key in keys or KEYS:
        (folder / "exercises" / f"{key}.toml").write_text(exercise_file(key, golds), encoding="utf-8")


def rate(team: Team, name: str, exercise_id: str, level: int, note: str = "because") -> None:
    exercises.rate(team.workspace, by=team.people[name], exercise_id=exercise_id, level=level, note=note)


def rate_many(team: Team, name: str, gaps: list[int], *, first: int = 0) -> None:
    """Middling answers and then strong ones, each rated so far from its gold."""
    ids = [f"{key}/{answer}" for answer in "bac" for key in KEYS][first:]
    for exercise_id, gap in zip(ids, gaps, strict=False):
        rate(team, name, exercise_id, {"a": 1, "b": 3, "c": 5}[exercise_id[-1]] + gap)


def view(team: Team, name: str, exercise_id: str) -> exercises.ExerciseView:
    return exercises.exercise(team.workspace, by=team.people[name], exercise_id=exercise_id)


def a_draft(team: Team, name: str = "Max", text: str = "What somebody said.") -> StoredExercise:
    return own_exercises.add_exercise(
        team.workspace, by=team.people[name], title="A hard one", question_key="what-ana-asks",
        rubric_key="technical-depth", text=text,
    )  # fmt: skip


def propose(team: Team, name: str, exercise_id: str, level: int, *, seen: int = 0, reasoning: str = SECRET) -> Any:
    return gold.propose(
        team.workspace, by=team.people[name], exercise_id=exercise_id, seen_number=seen, level=level,
        reasoning=reasoning, decides="",
    )  # fmt: skip


def agree(team: Team, name: str, exercise_id: str, number: int) -> Any:
    return gold.agree(team.workspace, by=team.people[name], exercise_id=exercise_id, number=number)


def given(call: Any) -> Any:
    """What an action gives, in plain values; a refusal is its sentence."""
    try:
        return plain(call())
    except PanelError as error:
        return str(error)
