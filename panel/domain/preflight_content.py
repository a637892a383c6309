"""What preflight finds in the questions and rubrics of a plan."""

from collections.abc import Callable, Mapping

from panel.domain.plans import Assignment, Plan, Round, assignments_of
from panel.domain.preflight_findings import Finding, Place, advises, stops
from panel.domain.questions import IN_PLANS, STATE_NAMES, BankQuestion
from panel.domain.rubrics import BankRubric, does_not_fit, for_question
from panel.domain.text import listed


def content_findings(
    plan: Plan,
    bank: Mapping[str, BankQuestion],
    rubrics: Mapping[str, BankRubric],
    name: Callable[[str], str],
) -> list[Finding]:
    """Questions that may not or should not be asked, repeats, and rubrics that are not ready."""
    found = [
        finding
        for where, assignment in assignments_of(plan)
        for finding in _questions(where, assignment, name(assignment.interviewer_id), bank)
    ]
    return [
        *found,
        *_repeats(plan, bank),
        *_apart(plan, bank),
        *_wishes(plan, bank),
        *_rubrics(plan, rubrics),
        *_anchors(plan, bank, rubrics),
    ]


def _questions(where: Round, assignment: Assignment, who: str, bank: Mapping[str, BankQuestion]) -> list[Finding]:
    place = Place("seat", assignment.id)
    found = []
    for planned in assignment.questions:
        each = bank.get(planned.question_key)
        if each is None:
            found.append(stops(f"A question of {who} in {where.name} is no longer in the bank. Remove it.", place))
            continue
        prompt = f"“{each.question.prompt}”"
        if each.state not in IN_PLANS:
            found.append(
                stops(
                    f"{prompt} ({who}, {where.name}) is {STATE_NAMES[each.state].lower()}. "
                    "Only approved and pilot questions are asked: remove it, or have it approved.",
                    place,
                )
            )
        if each.state == "pilot":
            found.append(
                advises(f"{prompt} ({who}, {where.name}) is on trial; it is rated and does not count yet.", place)
            )
        if each.leak:
            found.append(
                advises(f"{prompt} is marked as leaked since {each.leak.on:%d %B %Y}: {each.leak.reason}", place)
            )
    return found


def _repeats(plan: Plan, bank: Mapping[str, BankQuestion]) -> list[Finding]:
    """A question that a candidate would hear twice in the day; the last place is the one to mend.

    What two of a panel chose is asked once, and a round may say that it repeats on purpose.
    """
    asked: dict[str, dict[str, str]] = {}
    for where, assignment in assignments_of(plan):
        if where.may_repeat:
            continue
        for planned in assignment.questions:
            occasion = where.id if where.together else assignment.id
            asked.setdefault(planned.question_key, {})[occasion] = assignment.id
    return [
        stops(
            f"“{bank[key].question.prompt}” is asked {len(seats)} times; the candidate would hear it again. "
            "Ask something else instead.",
            Place("seat", list(seats.values())[-1]),
        )
        for key, seats in asked.items()
        if len(seats) > 1 and key in bank
    ]


def _apart(plan: Plan, bank: Mapping[str, BankQuestion]) -> list[Finding]:
    asked = {planned.question_key: part.id for _, part in assignments_of(plan) for planned in part.questions}
    return [
        advises(
            f"“{bank[one].question.prompt}” and “{bank[other].question.prompt}” are both asked, and one gives the "
            "other away.",
            Place("seat", asked[other]),
        )
        for one, other in plan.rules.apart
        if one in asked and other in asked and one in bank and other in bank
    ]


def _wishes(plan: Plan, bank: Mapping[str, BankQuestion]) -> list[Finding]:
    asked = {planned.question_key: part.id for _, part in assignments_of(plan) for planned in part.questions}
    found = [
        advises(f"“{bank[key].question.prompt}” must be asked by the rules and is not.", Place("sets"))
        for key in plan.rules.must
        if key in bank and key not in asked and asked
    ]
    found += [
        advises(f"“{bank[key].question.prompt}” must not be asked by the rules and is.", Place("seat", asked[key]))
        for key in plan.rules.exclude
        if key in bank and key in asked
    ]
    return found


def _rubrics(plan: Plan, rubrics: Mapping[str, BankRubric]) -> list[Finding]:
    """A retired rubric may still judge what was planned with it; one that is a draft again, or gone, may not."""
    chosen = {planned.rubric_key: part.id for _, part in assignments_of(plan) for planned in part.questions}
    found = []
    for key, seat in chosen.items():
        if key not in rubrics:
            sentence = "A rubric of this plan is no longer there. Choose another for its questions."
            found.append(stops(sentence, Place("seat", seat)))
        elif rubrics[key].state == "draft":
            name = rubrics[key].rubric.name
            sentence = f"The rubric {name} is a draft again. Activate it, or choose another for its questions."
            found.append(stops(sentence, Place("rubric", key)))
    return found


def _anchors(plan: Plan, bank: Mapping[str, BankQuestion], rubrics: Mapping[str, BankRubric]) -> list[Finding]:
    pairs = dict.fromkeys(
        (planned.question_key, planned.rubric_key) for _, part in assignments_of(plan) for planned in part.questions
    )
    found = []
    for question_key, rubric_key in pairs:
        if question_key not in bank or rubric_key not in rubrics:
            continue
        question, rubric = bank[question_key].question, rubrics[rubric_key].rubric
        bare = [str(each.level) for each in for_question(rubric, question).anchors if not each.text]
        if bare and rubrics[rubric_key].state != "draft":
            levels = f"{'level' if len(bare) == 1 else 'levels'} {listed(bare)}"
            sentence = f"The rubric {rubric.name} has no anchor for {levels}. Write what can be heard there."
            found.append(stops(sentence, Place("rubric", rubric_key)))
        if words := does_not_fit(rubric, question):
            found.append(advises(words, Place("question", question_key)))
    return list({each.sentence: each for each in found}.values())
