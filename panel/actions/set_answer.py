"""The answer of the search for the best question set, as question sets of a plan."""

from panel.actions.set_spec import Choice, Kept
from panel.assembly import Answer
from panel.domain.plans import Assignment, Plan, PlannedQuestion, Round
from panel.domain.rubrics import fitting


def sets_from(answer: Answer, plan: Plan, choice: Choice, kept: Kept) -> dict[str, tuple[PlannedQuestion, ...]]:
    """The answer as question sets by seat. What a seat keeps stays as it was, in its order, and comes first."""
    found: dict[str, tuple[PlannedQuestion, ...]] = {}
    for where in plan.rounds:
        if not where.together:
            for seat in where.assignments:
                found[seat.id] = _set_of(seat, answer.assignment.get(seat.id, ()), choice, kept)
        elif where.assignments:
            chosen = answer.assignment.get(where.assignments[0].id, ())
            for seat, keys in zip(where.assignments, _shared_out(where, chosen, choice, kept), strict=True):
                found[seat.id] = _set_of(seat, keys, choice, kept)
    return found


def _shared_out(where: Round, chosen: tuple[str, ...], choice: Choice, kept: Kept) -> list[tuple[str, ...]]:
    """Who of a panel asks what: the one with the fewest minutes so far among those asked to cover it."""
    parts: dict[str, list[str]] = {seat.id: list(kept.get(seat.id, ())) for seat in where.assignments}
    keep = {key for keys in parts.values() for key in keys}

    def minutes(seat: Assignment) -> int:
        return sum(choice.questions[key].question.minutes for key in parts[seat.id])

    for key in sorted(set(chosen) - keep, key=lambda each: (-choice.questions[each].question.minutes, each)):
        competency = choice.competency(key)
        able = [seat for seat in where.assignments if not seat.covers or competency in seat.covers]
        parts[min(able or where.assignments, key=minutes).id].append(key)
    return [tuple(parts[seat.id]) for seat in where.assignments]


def _set_of(seat: Assignment, keys: tuple[str, ...], choice: Choice, kept: Kept) -> tuple[PlannedQuestion, ...]:
    keep = kept.get(seat.id, ())
    old = [each for each in seat.questions if each.question_key in keep]
    stay = {each.question_key for each in old}
    new = [
        PlannedQuestion(
            question_key=key,
            question_version=choice.questions[key].version,
            rubric_key=fitting(choice.questions[key].question, choice.rubrics) or "",
        )
        for key in (*keep, *(each for each in keys if each not in keep))
        if key not in stay
    ]
    return (*old, *new)
