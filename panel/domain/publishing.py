"""Publishing: freezing a plan with the full text of everything it names."""

from panel.domain.plans import (
    Assignment,
    GuideItem,
    InterviewGuide,
    Plan,
    PlannedQuestion,
    PublishedPlan,
    PublishedRound,
    Round,
)
from panel.domain.questions import BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import Rubric, for_question
from panel.errors import InputError


def freeze(
    role: Role,
    plan: Plan,
    questions: dict[tuple[str, int], BankQuestion],
    rubrics: dict[str, tuple[Rubric, int]],
    names: dict[str, str],
) -> PublishedPlan:
    """The plan with the full text of everything it names. In a panel sitting every guide holds all its questions,
    the interviewer's own first."""

    def item(planned: PlannedQuestion, asker: str) -> GuideItem:
        found = questions[planned.question_key, planned.question_version]
        rubric, rubric_version = rubrics[planned.rubric_key]
        rubric = for_question(rubric, found.question)
        return GuideItem(
            question=found.question,
            question_version=planned.question_version,
            category=found.category.name,
            rubric=rubric,
            rubric_version=rubric_version,
            weight=planned.weight,
            weight_reason=planned.weight_reason,
            asked_by=names[asker],
            pilot=found.state == "pilot",
        )

    def guide(each: Round, assignment: Assignment) -> InterviewGuide:
        heard = each.assignments if each.together else (assignment,)
        items: dict[str, GuideItem] = {}
        for part in heard:
            for planned in part.questions:
                items.setdefault(planned.question_key, item(planned, part.interviewer_id))
        own_first = sorted(items.values(), key=lambda item: not assignment.has(item.question.key))
        return InterviewGuide(
            assignment_id=assignment.id,
            interviewer_id=assignment.interviewer_id,
            interviewer_name=names[assignment.interviewer_id],
            items=tuple(own_first),
        )

    rounds = tuple(
        PublishedRound(
            id=each.id,
            name=each.name,
            sitting=each.sitting,
            minutes=each.minutes,
            opening_minutes=each.opening_minutes,
            candidate_minutes=each.candidate_minutes,
            minimum_interviewers=each.minimum_interviewers,
            needs_training=each.needs_training,
            guides=tuple(guide(each, assignment) for assignment in each.assignments),
        )
        for each in plan.rounds
    )
    if not rounds:
        raise InputError("The plan has no round yet. Add one, then publish.")
    return PublishedPlan(title=plan.title, role=role, rounds=rounds, opens=plan.opens)


def outdated(published: PublishedPlan, bank: dict[str, BankQuestion]) -> list[BankQuestion]:
    """The questions of a published version that have a newer text in the bank, each once, as they stand there now."""
    frozen = {item.question.key: item.question_version for item in published.items().values()}
    return [bank[key] for key, version in frozen.items() if key in bank and bank[key].version > version]


def leaked(published: PublishedPlan, bank: dict[str, BankQuestion]) -> list[BankQuestion]:
    """The questions of a published version that are marked as leaked, each once."""
    asked = dict.fromkeys(item.question.key for item in published.items().values())
    return [bank[key] for key in asked if key in bank and bank[key].leak]
