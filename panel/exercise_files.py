"""The hand-written files `exercises/*.toml`, read with the question bank and the rubrics beside them.

A file that cannot be read does not hide the others, as with the question bank (see content).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from panel.content import PLACES, Content, Stamps, explain, read_content, read_toml, stamps_of
from panel.domain.exercises import AUTHORS, Exercise, FiledAnswer, FiledExercise, Gold, StoredExercise
from panel.domain.rubrics import for_question
from panel.errors import ContentError

PLACE = "exercises"


@dataclass(frozen=True)
class Shipped:
    """An exercise as a file has it, and the gold of its authors."""

    stored: StoredExercise
    gold: Gold


@dataclass(frozen=True)
class ExerciseFiles:
    """Every exercise of the files by id, in the order in which a person meets them. `errors` are sentences."""

    exercises: Mapping[str, Shipped]
    errors: tuple[str, ...]


def read_exercises(root: Path) -> ExerciseFiles:
    """The exercises below `root`, with the questions and rubrics of its own files. Problems are collected."""
    return _read(root, stamps_of(root, (*PLACES, PLACE)))


@lru_cache(maxsize=8)
def _read(root: Path, stamps: Stamps) -> ExerciseFiles:
    content = read_content(root)
    errors: list[str] = []
    found: list[Shipped] = []
    for path in sorted((root / PLACE).glob("*.toml")):
        try:
            found += _answers(path.stem, read_exercise_file(path), content)
        except ContentError as error:
            errors.append(str(error))
    found.sort(key=lambda each: _shuffled(each.stored.id))
    return ExerciseFiles({each.stored.id: each for each in found}, tuple(errors))


def read_exercise_file(path: Path) -> FiledExercise:
    """One exercise. Raises ContentError naming file, answer and field."""
    data = read_toml(path)
    try:
        return FiledExercise.model_validate(data)
    except ValidationError as error:
        raise ContentError(explain(f"{PLACE}/{path.name}", data, error)) from error


def _answers(name: str, filed: FiledExercise, content: Content) -> list[Shipped]:
    """Its answers, numbered in an order that says nothing of how good they are. Raises ContentError."""
    place = f"{PLACE}/{name}.toml"
    if filed.key != name:
        raise ContentError(f"{place}: field key must be the file's name, {name!r}; it is {filed.key!r}.")
    question, category = next(
        ((one, file.category) for file in content.question_files for one in file.questions
         if one.key == filed.question_key), (None, None),
    )  # fmt: skip
    if question is None or category is None or category.key != filed.category:
        raise ContentError(f"{place}: the category {filed.category!r} has no question {filed.question_key!r}.")
    rubric = next((each.rubric() for each in content.rubrics if each.key == filed.rubric_key), None)
    if rubric is None or rubric.competency != filed.competency:
        raise ContentError(f"{place}: there is no rubric {filed.rubric_key!r} for {filed.competency}.")
    asked = question.question()
    used = for_question(rubric, asked)
    highest = max(max(each.gold, each.neighbour) for each in filed.answers)
    if highest > len(used.anchors):
        raise ContentError(f"{place}: gold and neighbour must be levels of the rubric, which has {len(used.anchors)}.")
    in_order = sorted(filed.answers, key=lambda each: _shuffled(f"{filed.key}/{each.key}"))
    return [
        _shipped(
            filed.key,
            each,
            Exercise(
                title=f"{filed.title}, answer {number}", category=category.name, question=asked, rubric=used,
                text=each.text,
            ),
        )
        for number, each in enumerate(in_order, start=1)
    ]  # fmt: skip


def _shipped(key: str, answer: FiledAnswer, exercise: Exercise) -> Shipped:
    exercise_id = f"{key}/{answer.key}"
    stored = StoredExercise(id=exercise_id, exercise=exercise, state="open", version=0, from_file=True)
    gold = Gold(
        exercise_id=exercise_id, number=1, level=answer.gold, neighbour=answer.neighbour, reasoning=answer.reasoning,
        decides=answer.decides, proposed_by=AUTHORS,
    )  # fmt: skip
    return Shipped(stored, gold)


def _shuffled(exercise_id: str) -> str:
    """A key that sorts exercises in an order that nobody chose and that stays."""
    return sha256(exercise_id.encode()).hexdigest()
