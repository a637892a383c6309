"""A plan's slots, seats and rules as a specification for the best question set, and its answer as question sets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from panel.actions.question_worth import QuestionWorth
from panel.assembly import Answer, CompetencySpec, InterviewerSpec, Item, Range, Spec
from panel.domain.plans import Assignment, Plan, PlannedQuestion, Round
from panel.domain.questions import DIFFICULTIES, BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import BankRubric, fitting
from panel.domain.set_rules import SetRules, Span

ENOUGH = 0.01  # relative gap with which pages are content
PATIENCE = 20.0  # seconds after which the best so far is shown
PLACE = {each: number for number, each in enumerate(DIFFICULTIES, start=1)}
Kept = Mapping[str, tuple[str, ...]]  # seat -> the keys of the questions it keeps


@dataclass(frozen=True)
class Choice:
    """What may be chosen from: questions with what they are worth, and the rubric each is judged with."""

    questions: Mapping[str, BankQuestion]
    rubrics: Mapping[str, BankRubric]
    worth: Mapping[str, QuestionWorth]

    def competency(self, key: str, planned: PlannedQuestion | None = None) -> str:
        rubric_key = planned.rubric_key if planned else fitting(self.questions[key].question, self.rubrics)
        rubric = self.rubrics.get(rubric_key or "")
        return rubric.rubric.competency if rubric else self.questions[key].question.competency

    def may_be_chosen(self, key: str, rules: SetRules) -> bool:
        """Approved, with a rubric of its own competency, not leaked and not excluded. A must overrules a leak."""
        each = self.questions[key]
        wanted = key in rules.must or (each.leak is None and key not in rules.exclude)
        return wanted and each.state == "approved" and fitting(each.question, self.rubrics) is not None


def items_for(choice: Choice, role: Role, plan: Plan, kept: Kept) -> list[Item]:
    """Everything the sets may be made of: the role's competencies, and whatever is kept."""
    planned = {each.question_key: each for part in _seats(plan) for each in part.questions}
    keep = {key for keys in kept.values() for key in keys}
    found = []
    for key, each in choice.questions.items():
        competency = choice.competency(key, planned[key] if key in keep and key in planned else None)
        if key not in keep and not (competency in role.measured and choice.may_be_chosen(key, plan.rules)):
            continue
        found.append(
            Item(
                id=key,
                competency=competency,
                difficulty=PLACE[each.question.difficulty or "intermediate"],
                minutes=each.question.minutes,
                information=choice.worth[key].information,
                exposure=choice.worth[key].exposure,
                label=f"“{each.question.prompt}”",
            )
        )
    return found


def spec_for_plan(plan: Plan, role: Role, known: set[str], kept: Kept, name: Callable[[str], str]) -> Spec:
    """Every seat of the plan at once. The seats of a panel share one set, for which its whole slot is there."""
    rules = plan.rules
    interviewers = tuple(
        _interviewer(where, seat, rules, kept, name(seat.interviewer_id))
        for where in plan.rounds
        for seat in where.assignments
    )
    competency = CompetencySpec(
        interviewers=_range(rules.interviewers_per_competency), questions=_range(rules.per_competency)
    )
    keep = {key for keys in kept.values() for key in keys}
    return Spec(
        interviewers=interviewers,
        competencies=dict.fromkeys(role.measured, competency),
        must=tuple(each for each in rules.must if each in known),
        exclude=tuple(each for each in rules.exclude if each in known and each not in keep and each not in rules.must),
        enemies=tuple(pair for pair in rules.apart if set(pair) <= known),
        same=tuple(
            tuple(seat.id for seat in where.assignments)
            for where in plan.rounds
            if where.together and len(where.assignments) > 1
        ),
        objective="maximin" if rules.even else "information",
        exposure_penalty=rules.exposure_penalty,
        gap=ENOUGH,
        time_limit=PATIENCE,
        difficulty_names={number: name for name, number in PLACE.items()},
    )


def _interviewer(where: Round, seat: Assignment, rules: SetRules, kept: Kept, name: str) -> InterviewerSpec:
    """In a panel every seat stands for the whole set: its minutes, its numbers, and all competencies anyone covers."""
    together = where.assignments if where.together else (seat,)
    times = len(together)
    covers = None
    if all(each.covers for each in together):
        covers = tuple(dict.fromkeys(one for each in together for one in each.covers))
    return InterviewerSpec(
        id=seat.id,
        minutes=Range(0, where.question_minutes),
        questions=_range(rules.questions, times),
        competencies=covers,
        difficulty={PLACE[each]: _range(rules.of_difficulty(each), times) for each in DIFFICULTIES}
        if rules.says_difficulty
        else {},
        keep=tuple(dict.fromkeys(key for each in together for key in kept.get(each.id, ()))),
        name=where.name if where.together else f"{name} in {where.name}",
    )


def spec_for_seat(
    where: Round,
    seat: Assignment,
    rules: SetRules,
    *,
    minutes_left: int,
    keep: tuple[str, ...],
    known: set[str],
    asked_by_others: Mapping[str, int],
    wanted: Iterable[str],
) -> Spec:
    """One seat; the others' sets stay as they are. `asked_by_others` counts their questions by competency.

    Each competency in `wanted` gets at least one question; upper limits of the day hold with the others counted in.
    """
    most = rules.per_competency.most
    competencies = {
        name: CompetencySpec(questions=Range(0, max(most - asked, 0)) if most is not None else Range())
        for name, asked in asked_by_others.items()
    }
    for name in wanted:
        most_left = competencies[name].questions.high if name in competencies else float("inf")
        competencies[name] = CompetencySpec(questions=Range(1, max(most_left, 1)))
    return Spec(
        interviewers=(
            InterviewerSpec(
                id=seat.id,
                minutes=Range(0, max(minutes_left, 0)),
                questions=_range(rules.questions),
                competencies=seat.covers or None,
                difficulty={PLACE[each]: _range(rules.of_difficulty(each)) for each in DIFFICULTIES}
                if rules.says_difficulty
                else {},
                keep=keep,
                name="You",
            ),
        ),
        competencies=competencies,
        enemies=tuple(pair for pair in rules.apart if set(pair) <= known),
        exposure_penalty=rules.exposure_penalty,
        gap=ENOUGH,
        time_limit=PATIENCE,
        difficulty_names={number: name for name, number in PLACE.items()},
    )


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


def _seats(plan: Plan) -> list[Assignment]:
    return [seat for where in plan.rounds for seat in where.assignments]


def _range(span: Span, times: int = 1) -> Range:
    return Range(span.least * times, float("inf") if span.most is None else span.most * times)
