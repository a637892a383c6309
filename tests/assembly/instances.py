"""Small random banks and specs, some of which nothing fits; every kind of constraint appears."""

import random
from collections.abc import Sequence

from panel.assembly import CompetencySpec, InterviewerSpec, Item, Range, Spec
from panel.assembly.spec import Objective

COMPETENCIES = ("Statistics", "Communication", "Coding")


def instance(seed: int, objective: Objective = "information", questions: int = 7) -> tuple[list[Item], Spec]:
    chance = random.Random(seed)
    people = chance.choice((1, 2, 2, 3))
    size = questions - 1 if people == 3 else questions
    items = [
        Item(
            f"q{n}", chance.choice(COMPETENCIES), chance.randint(1, 3), chance.choice((2, 3, 4, 4.5, 6)),
            chance.choice((0.1, 0.2, 0.5, chance.random())), chance.choice((0.0, chance.random())),
        )
        for n in range(size)
    ]  # fmt: skip
    ids = [each.id for each in items]
    names = [f"p{n}" for n in range(people)]
    must, exclude = split(chance, ids)
    return items, Spec(
        tuple(interviewer(chance, name, ids) for name in names),
        {each: competency(chance) for each in COMPETENCIES if chance.random() < 0.6},
        {level: span(chance, 2) for level in (1, 2, 3) if chance.random() < 0.25},
        must,
        exclude,
        tuple(tuple(chance.sample(ids, chance.choice((2, 2, 3)))) for _ in range(chance.choice((0, 0, 1, 2)))),
        (tuple(names[:2]),) if people > 1 and chance.random() < 0.3 else (),
        objective,
    )


def interviewer(chance: random.Random, name: str, ids: Sequence[str]) -> InterviewerSpec:
    low = chance.choice((0, 4, 8))
    return InterviewerSpec(
        name,
        Range(low, low + chance.choice((2, 5, 8))),
        span(chance, 3),
        tuple(chance.sample(COMPETENCIES, 2)) if chance.random() < 0.4 else None,
        {level: span(chance, 1) for level in (1, 2, 3) if chance.random() < 0.25},
        (chance.choice(ids),) if chance.random() < 0.2 else (),
    )


def competency(chance: random.Random) -> CompetencySpec:
    each = chance.choice((Range(), Range(), Range(0, 1), Range(1, 2), Range(2, 3)))
    people = chance.choice((Range(), Range(1), Range(2), Range(0, 1), Range(1, 1)))
    return CompetencySpec(people, span(chance, 2) if chance.random() < 0.5 else Range(), each)


def span(chance: random.Random, most_low: int) -> Range:
    low = chance.randint(0, most_low)
    return Range(low, low + chance.randint(0, 2))


def split(chance: random.Random, ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids that must and that must not be asked, none of them both."""
    named = chance.sample(ids, chance.choice((0, 1, 2)))
    cut = chance.randint(0, len(named))
    return tuple(named[:cut]), tuple(named[cut:])
