"""A plan's slots, seats and rules as a specification for the best question set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from panel.actions.question_worth import QuestionWorth
from panel.assembly import CompetencySpec, InterviewerSpec, Item, Range, Spec
from panel.domain.plans import Assignment, Plan, PlannedQuestion, Round
from panel.domain.questions import DIFFICULTIES, IN_PLANS, BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import BankRubric, fitting
from panel.domain.set_rules import SetRules, Span

ENOUGH = 0.01  # relative gap with which pages are content
ENOUGH_FOR_THE_WEAKEST = 0.05  # the same for the weakest set, which takes longer to prove
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
        """Approved, with a rubric of its own competency, not leaked and not excluded; what must be asked may also be on
        trial or leaked."""
        each = self.questions[key]
        if fitting(each.question, self.rubrics) is None:
            return False
        if key in rules.must:
            return each.state in IN_PLANS
        return each.state == "approved" and each.leak is None and key not in rules.exclude


def items_for(choice: Choice, role: Role, plan: Plan, kept: Kept) -> list[Item]:
    """Everything the sets may be made of: the role's competencies, and whatever is kept."""
    planned = {each.question_key: each for part in _seats(plan) for each in part.questions}
    keep = {key for keys in kept.values() for key in keys}
    found = []
    for key, each in choice.questions.items():
        competency = choice.competency(key, planned[key] if key in keep and key in planned else None)
        wanted = competency in role.measured or key in plan.rules.must
        if key not in keep and not (wanted and choice.may_be_chosen(key, plan.rules)):
            continue
        found.append(
            Item(
                id=key,
                competency=competency,
                difficulty=PLACE[each.question.difficulty or "intermediate"],
                minutes=each.question.minutes,
                information=choice.worth[key].information,
                exposure=choice.worth[key].exposure,
                label=each.question.prompt,
            )
        )
    return found


def spec_for_plan(
    plan: Plan, role: Role, choice: Choice, known: set[str], kept: Kept, name: Callable[[str], str]
) -> Spec:
    """Every seat of the plan at once. The seats of a panel share one set, for which its whole slot is there."""
    rules = plan.rules
    again = _asked_again(plan, kept)
    interviewers = tuple(
        _interviewer(where, seat, role, rules, choice, kept, again, name(seat.interviewer_id))
        for where in plan.rounds
        for seat in where.assignments
    )
    competency = CompetencySpec(
        interviewers=_range(rules.interviewers_per_competency),
        questions=_range(rules.per_competency),
        per_interviewer=_range(rules.per_competency_and_interviewer),
    )
    keep = {key for keys in kept.values() for key in keys}
    return Spec(
        interviewers=interviewers,
        competencies=dict.fromkeys(role.measured, competency),
        difficulty={PLACE[each]: _range(span) for each, span in rules.difficulty_in_all.items()},
        must=tuple(each for each in rules.must if each in known),
        exclude=tuple(each for each in rules.exclude if each in known and each not in keep),
        enemies=tuple(pair for pair in rules.apart if set(pair) <= known),
        same=tuple(
            tuple(seat.id for seat in where.assignments)
            for where in plan.rounds
            if where.together and len(where.assignments) > 1
        ),
        objective="maximin" if rules.even else "information",
        exposure_penalty=rules.exposure_penalty,
        gap=ENOUGH_FOR_THE_WEAKEST if rules.even else ENOUGH,
        time_limit=PATIENCE,
        difficulty_names={number: name for name, number in PLACE.items()},
    )


def cannot_be_asked(choice: Choice, rules: SetRules, known: set[str]) -> tuple[str, ...]:
    """A sentence for each question that must be asked and cannot be."""
    return tuple(
        f"“{choice.questions[key].question.prompt}” must be asked, but it may not be: it is neither approved nor on "
        "trial, or no active rubric judges what it measures."
        if key in choice.questions
        else "A question that must be asked has left the bank. Take it out of the rules."
        for key in rules.must
        if key not in known
    )


def _asked_again(plan: Plan, kept: Kept) -> dict[str, frozenset[str]]:
    """What a round that may repeat keeps and another asks too, by seat. It takes time there and is not chosen again."""
    elsewhere = {
        key
        for where in plan.rounds
        if not where.may_repeat
        for seat in where.assignments
        for key in kept.get(seat.id, ())
    }
    found: dict[str, frozenset[str]] = {}
    for where in plan.rounds:
        if not where.may_repeat:
            continue
        for group in [where.assignments] if where.together else [(seat,) for seat in where.assignments]:
            own = {key for seat in group for key in kept.get(seat.id, ())}
            found |= {seat.id: frozenset(own & elsewhere) for seat in group}
            elsewhere |= own
    return found


def _interviewer(
    where: Round,
    seat: Assignment,
    role: Role,
    rules: SetRules,
    choice: Choice,
    kept: Kept,
    again: Mapping[str, frozenset[str]],
    name: str,
) -> InterviewerSpec:
    """In a panel every seat stands for the whole set: its minutes, its numbers, and all competencies anyone covers."""
    together = where.assignments if where.together else (seat,)
    repeated = again.get(seat.id, frozenset())
    keep = tuple(
        key for key in dict.fromkeys(key for each in together for key in kept.get(each.id, ())) if key not in repeated
    )
    covers = [[one for one in each.covers if one in role.measured] for each in together]
    competencies = None
    if all(covers):  # what is kept is asked, whatever somebody was asked to cover since
        asked = [choice.competency(key, _planned(together, key)) for key in keep]
        competencies = tuple(dict.fromkeys([*(one for each in covers for one in each), *asked]))
    spent = sum(choice.questions[key].question.minutes for key in repeated)
    questions = _range(rules.questions, len(together))
    return InterviewerSpec(
        id=seat.id,
        minutes=Range(0, max(where.question_minutes - spent, 0)),
        questions=Range(max(questions.low - len(repeated), 0), max(questions.high - len(repeated), 0)),
        competencies=competencies,
        difficulty=_difficulty(rules, len(together)),
        keep=keep,
        name=where.name if where.together else f"{name} in {where.name}",
    )


def _planned(seats: Iterable[Assignment], key: str) -> PlannedQuestion | None:
    return next((each for seat in seats for each in seat.questions if each.question_key == key), None)


def _difficulty(rules: SetRules, times: int = 1) -> dict[int, Range]:
    if not rules.says_difficulty:
        return {}
    return {PLACE[each]: _range(rules.of_difficulty(each), times) for each in DIFFICULTIES}


def spec_for_seat(
    where: Round,
    seat: Assignment,
    rules: SetRules,
    *,
    minutes_left: int,
    keep: tuple[str, ...],
    items: Sequence[Item],
    asked_by_others: Mapping[str, int],
    asking: Mapping[str, int],
    covers: tuple[str, ...],
    wanted: Iterable[str],
) -> Spec:
    """One seat; the others' sets stay as they are. `asked_by_others` counts their questions by competency, `asking`
    how many of them ask it.

    Each competency in `wanted` gets at least one question as far as the time goes; upper limits of the day hold with
    the others counted in.
    """
    known = {each.id: each for each in items}
    own = {known[key].competency for key in keep}
    most, most_asking = rules.per_competency.most, rules.interviewers_per_competency.most
    upper = {name: float("inf") if most is None else max(most - asked, 0) for name, asked in asked_by_others.items()}
    for name, number in asking.items():
        if most_asking is not None and number >= most_asking and name not in own:
            upper[name] = 0
    competencies = {name: CompetencySpec(questions=Range(0, high)) for name, high in upper.items()}
    for name in _that_fit(wanted, own, items, keep, minutes_left, rules):
        if upper.get(name, 1) >= 1:
            competencies[name] = CompetencySpec(questions=Range(1, upper.get(name, float("inf"))))
    return Spec(
        interviewers=(
            InterviewerSpec(
                id=seat.id,
                minutes=Range(0, max(minutes_left, 0)),
                questions=_range(rules.questions),
                competencies=tuple(dict.fromkeys([*covers, *sorted(own)])) if covers else None,
                difficulty=_difficulty(rules),
                keep=keep,
                name="You",
            ),
        ),
        competencies=competencies,
        enemies=tuple(pair for pair in rules.apart if set(pair) <= set(known)),
        exposure_penalty=rules.exposure_penalty,
        gap=ENOUGH,
        time_limit=PATIENCE,
        difficulty_names={number: name for name, number in PLACE.items()},
    )


def _that_fit(
    wanted: Iterable[str],
    own: set[str],
    items: Sequence[Item],
    keep: tuple[str, ...],
    minutes_left: int,
    rules: SetRules,
) -> list[str]:
    """Of the competencies wanted, those that a shortest question each leaves time and number for, in their order."""
    minutes = minutes_left - sum(each.minutes for each in items if each.id in keep)
    number = (rules.questions.most if rules.questions.most is not None else len(items)) - len(keep)
    found = []
    for name in wanted:
        shortest = min(
            (each.minutes for each in items if each.competency == name and each.id not in keep), default=None
        )
        if name in own:
            found.append(name)
        elif shortest is not None and shortest <= minutes and number > 0:
            found.append(name)
            minutes -= shortest
            number -= 1
    return found


def _seats(plan: Plan) -> list[Assignment]:
    return [seat for where in plan.rounds for seat in where.assignments]


def _range(span: Span, times: int = 1) -> Range:
    return Range(span.least * times, float("inf") if span.most is None else span.most * times)
