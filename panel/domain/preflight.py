"""What a planner wants to see before publishing: minutes against the slot, competencies covered, and what is wrong."""

from pydantic import BaseModel, ConfigDict

from panel.domain.plans import Assignment, Plan, Role, assignments_of
from panel.domain.questions import IN_PLANS, STATE_NAMES, BankQuestion, Question
from panel.domain.rubrics import BankRubric, Rubric, does_not_fit


class Timing(BaseModel):
    """Planned minutes against the slot. `who` is the interviewer's id, empty for a sitting of the whole panel."""

    model_config = ConfigDict(frozen=True)

    round_id: str
    round_name: str
    who: str
    minutes: int
    slot: int

    @property
    def over(self) -> int:
        return max(self.minutes - self.slot, 0)


class Coverage(BaseModel):
    """How well a plan measures one competency."""

    model_config = ConfigDict(frozen=True)

    competency: str
    questions: int
    minutes: int
    interviewers: int
    in_role: bool


def minutes_of(assignment: Assignment, bank: dict[str, BankQuestion]) -> int:
    """Minutes of an assignment's questions; a question that left the bank counts nothing."""
    return sum(bank[each.question_key].question.minutes for each in assignment.questions if each.question_key in bank)


def timings(plan: Plan, bank: dict[str, BankQuestion]) -> list[Timing]:
    """One line for a sitting of the whole panel, one for each interviewer of separate sittings."""
    lines = []
    for each in plan.rounds:
        if each.sitting == "panel":
            total = sum(minutes_of(assignment, bank) for assignment in each.assignments)
            lines.append(Timing(round_id=each.id, round_name=each.name, who="", minutes=total, slot=each.minutes))
            continue
        for assignment in each.assignments:
            used = minutes_of(assignment, bank)
            who = assignment.interviewer_id
            lines.append(Timing(round_id=each.id, round_name=each.name, who=who, minutes=used, slot=each.minutes))
    return lines


def coverage(role: Role, plan: Plan, bank: dict[str, BankQuestion], rubrics: dict[str, Rubric]) -> list[Coverage]:
    """Every competency of the role, covered or not, then those the plan measures besides.

    A question measures the competency of the rubric it is judged with.
    """
    asked: dict[str, list[tuple[Question, int]]] = {name: [] for name in role.competencies}
    for each, assignment in assignments_of(plan):
        raters = len(each.assignments) if each.sitting == "panel" else 1
        for planned in assignment.questions:
            if planned.question_key in bank:
                question = bank[planned.question_key].question
                rubric = rubrics.get(planned.rubric_key)
                asked.setdefault(rubric.competency if rubric else question.competency, []).append((question, raters))
    return [
        Coverage(
            competency=name,
            questions=len(found),
            minutes=sum(question.minutes for question, _ in found),
            interviewers=sum(raters for _, raters in found),
            in_role=name in role.competencies,
        )
        for name, found in asked.items()
    ]


def preflight(
    role: Role, plan: Plan, bank: dict[str, BankQuestion], rubrics: dict[str, BankRubric], names: dict[str, str]
) -> tuple[list[str], list[str]]:
    """What stops publishing, and what a planner should know. Both are sentences."""
    stops: list[str] = []
    warns: list[str] = []
    if not plan.rounds:
        stops.append("The plan has no round yet. Add one.")
    for each in plan.rounds:
        if not each.assignments:
            stops.append(f"{each.name} has no interviewer. Assign one.")
        for assignment in each.assignments:
            who = names.get(assignment.interviewer_id, "Somebody")
            stops.extend(_what_stops(assignment, who, each.name, bank))
    for line in timings(plan, bank):
        if line.over:
            who = f" ({names.get(line.who, 'Somebody')})" if line.who else ""
            warns.append(f"{line.round_name}{who} needs {line.minutes} minutes; the slot is {line.slot}.")
    for cover in coverage(role, plan, bank, {key: each.rubric for key, each in rubrics.items()}):
        if cover.in_role and not cover.questions:
            warns.append(f"No question measures {cover.competency}.")
    warns.extend(_asked_more_than_once(plan, bank))
    warns.extend(_known_to_candidates(plan, bank))
    stops.extend(_rubrics_not_ready(plan, rubrics))
    warns.extend(_own_anchors_that_do_not_fit(plan, bank, rubrics))
    return stops, warns


def _what_stops(assignment: Assignment, who: str, where: str, bank: dict[str, BankQuestion]) -> list[str]:
    if not assignment.questions:
        return [f"{who} has no questions in {where}. Choose at least one."]
    stops = []
    for planned in assignment.questions:
        found = bank.get(planned.question_key)
        if found is None:
            stops.append(f"A question of {who} in {where} is no longer in the bank. Remove it.")
        elif found.state not in IN_PLANS:
            stops.append(
                f"“{found.question.prompt}” ({who}, {where}) is {STATE_NAMES[found.state].lower()}. "
                "Only approved and pilot questions are asked: remove it, or have it approved."
            )
    if assignment.state == "proposed":
        stops.append(f"{who} proposes questions for {where}. Accept them or change them first.")
    if assignment.state == "open":
        stops.append(f"{who} has not proposed their questions for {where} yet. Wait, or accept them as they are.")
    return stops


def _asked_more_than_once(plan: Plan, bank: dict[str, BankQuestion]) -> list[str]:
    times: dict[str, int] = {}
    for _, assignment in assignments_of(plan):
        for planned in assignment.questions:
            times[planned.question_key] = times.get(planned.question_key, 0) + 1
    return [
        f"“{bank[key].question.prompt}” is asked {count} times; the candidate will hear it again."
        for key, count in times.items()
        if count > 1 and key in bank
    ]


def _known_to_candidates(plan: Plan, bank: dict[str, BankQuestion]) -> list[str]:
    asked = dict.fromkeys(each.question_key for _, part in assignments_of(plan) for each in part.questions)
    leaked = [(found, found.leak) for key in asked if (found := bank.get(key)) and found.leak]
    return [
        f"“{found.question.prompt}” is marked as leaked since {leak.on:%d %B %Y}: {leak.reason}"
        for found, leak in leaked
        if leak
    ]


def _rubrics_not_ready(plan: Plan, rubrics: dict[str, BankRubric]) -> list[str]:
    """A retired rubric may still judge what was planned with it; one that is a draft again, or gone, may not."""
    chosen = dict.fromkeys(each.rubric_key for _, part in assignments_of(plan) for each in part.questions)
    stops = []
    for key in chosen:
        if key not in rubrics:
            stops.append("A rubric of this plan is no longer there. Choose another for its questions.")
        elif rubrics[key].state == "draft":
            name = rubrics[key].rubric.name
            stops.append(f"The rubric {name} is a draft again. Activate it, or choose another for its questions.")
    return stops


def _own_anchors_that_do_not_fit(
    plan: Plan, bank: dict[str, BankQuestion], rubrics: dict[str, BankRubric]
) -> list[str]:
    pairs = dict.fromkeys(
        (each.question_key, each.rubric_key) for _, part in assignments_of(plan) for each in part.questions
    )
    said = [
        does_not_fit(rubrics[rubric].rubric, bank[question].question)
        for question, rubric in pairs
        if question in bank and rubric in rubrics
    ]
    return [each for each in said if each]
