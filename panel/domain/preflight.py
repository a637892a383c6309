"""What stands between a draft and a published plan, and what a planner should know: each a sentence with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from panel.domain.coverage import Matrix, coverage_matrix
from panel.domain.plans import OPEN_SEAT, Assignment, Plan, Round, assignments_of
from panel.domain.preflight_content import content_findings
from panel.domain.preflight_findings import Finding, Place, advises, stops
from panel.domain.questions import BankQuestion
from panel.domain.roles import Role, advice_on_number
from panel.domain.rubrics import BankRubric
from panel.domain.text import listed
from panel.domain.timing import timings


@dataclass(frozen=True)
class Conflict:
    """An interviewer who should not judge a candidate of the role; `why` goes on after "because they"."""

    person_id: str
    candidate_name: str
    why: str


@dataclass(frozen=True)
class OtherSet:
    """Candidates of the role who have interviews from a question set that differs from the draft's.

    `more` and `fewer` count the questions that set asks besides the draft's, and those it lacks.
    """

    candidates: int
    title: str
    number: int
    more: int
    fewer: int


@dataclass(frozen=True)
class Facts:
    """What preflight needs to know besides the plan. `trained` holds people by what they are trained for."""

    bank: dict[str, BankQuestion]
    rubrics: dict[str, BankRubric]
    names: Mapping[str, str]
    gone: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
    trained: Mapping[str, frozenset[str]] = field(default_factory=dict)
    other_sets: tuple[OtherSet, ...] = ()

    def name(self, person_id: str) -> str:
        return self.names.get(person_id, "Somebody") if person_id != OPEN_SEAT else "The open seat"


def preflight(role: Role, plan: Plan, facts: Facts) -> list[Finding]:
    """What blocks publishing first, then advice; in each, in the order of the plan."""
    rubrics = {key: each.rubric for key, each in facts.rubrics.items()}
    found = [
        *_rounds(plan, facts),
        *_times(plan, facts),
        *_covered(plan, coverage_matrix(role, plan, facts.bank, rubrics), facts),
        *content_findings(plan, facts.bank, facts.rubrics, facts.name),
        *_people(plan, facts),
        *_others(facts),
        *_profile(role),
    ]
    return sorted(found, key=lambda each: not each.blocks)


def _rounds(plan: Plan, facts: Facts) -> list[Finding]:
    if not plan.rounds:
        return [stops("The plan has no round yet. Add one.", Place("plan"))]
    found = []
    for each in plan.rounds:
        place = Place("round", each.id)
        if not each.assignments:
            found.append(stops(f"{each.name} has no interviewer. Assign one.", place))
        elif len(each.assignments) < each.minimum_interviewers:
            found.append(
                stops(
                    f"{each.name} needs at least {each.minimum_interviewers} interviewers and has "
                    f"{len(each.assignments)}. Assign more, or lower the number.",
                    place,
                )
            )
        for assignment in each.assignments:
            found += _seat(each, assignment, facts)
    return found


def _seat(each: Round, assignment: Assignment, facts: Facts) -> list[Finding]:
    place = Place("seat", assignment.id)
    if assignment.interviewer_id == OPEN_SEAT:
        return [stops(f"A seat in {each.name} has no interviewer yet. Choose who takes it.", Place("round", each.id))]
    who = facts.name(assignment.interviewer_id)
    if assignment.interviewer_id in facts.gone:
        sentence = f"An interviewer of {each.name} has been deactivated. Assign someone else."
        return [stops(sentence, Place("round", each.id))]
    if not assignment.questions and not (each.together and any(one.questions for one in each.assignments)):
        return [stops(f"{who} has no questions in {each.name}. Choose at least one.", place)]
    if assignment.questions and assignment.state == "proposed":
        return [stops(f"{who} proposes questions for {each.name}. Accept them or change them first.", place)]
    if assignment.questions and assignment.state == "open":
        return [
            stops(
                f"{who} has not proposed their questions for {each.name} yet. Wait, or accept them as they are.", place
            )
        ]
    return []


def _times(plan: Plan, facts: Facts) -> list[Finding]:
    found = []
    for line in timings(plan, facts.bank):
        if line.over:
            who = f" ({facts.name(line.who)})" if line.seat_id else ""
            place = Place("seat", line.seat_id) if line.seat_id else Place("round", line.round_id)
            room = "the slot is" if line.room == line.slot else f"of the {line.slot} of the slot, questions have"
            found.append(advises(f"{line.round_name}{who} needs {line.minutes} minutes; {room} {line.room}.", place))
    return found


def _covered(plan: Plan, matrix: Matrix, facts: Facts) -> list[Finding]:
    found: list[Finding] = []
    if not plan.rounds:
        return found
    for row in matrix.rows:
        place = Place("coverage", row.competency)
        if row.uncovered and row.must_have:
            found.append(
                stops(f"No question measures {row.competency}, a must-have. Ask for it, or change the role.", place)
            )
        elif row.uncovered:
            found.append(advises(f"No question measures {row.competency}.", place))
        elif row.seen_by_one and len({seat.interviewer_id for seat in matrix.seats}) > 1:
            found.append(
                advises(f"{row.competency} is seen by one interviewer only; a second would show how sure it is.", place)
            )
        if row.over_asked:
            found.append(
                advises(
                    f"{row.competency} takes {row.questions} questions and {row.minutes} minutes, more than its share.",
                    place,
                )
            )
    measured = {row.competency for row in matrix.rows if row.in_role}
    for where, assignment in assignments_of(plan):
        stale = [each for each in assignment.covers if each not in measured]
        if stale:
            found.append(
                advises(
                    f"{facts.name(assignment.interviewer_id)} is asked to cover {listed(stale)} in {where.name}, which "
                    "the role does not measure. Change the seat.",
                    Place("round", where.id),
                )
            )
    for (where, assignment), column in zip(assignments_of(plan), range(len(matrix.seats)), strict=True):
        missing = [row.competency for row in matrix.rows if row.cells[column].asked_to_cover]
        missing = [name for name in missing if not _asks(matrix, name, column)]
        if missing and assignment.questions:
            who = facts.name(assignment.interviewer_id)
            found.append(
                advises(
                    f"{who} is asked to cover {listed(missing)} in {where.name} and has no question for it.",
                    Place("seat", assignment.id),
                )
            )
    return found


def _asks(matrix: Matrix, competency: str, column: int) -> bool:
    return any(row.competency == competency and row.cells[column].asks for row in matrix.rows)


def _people(plan: Plan, facts: Facts) -> list[Finding]:
    found = []
    for where, assignment in assignments_of(plan):
        subject = where.needs_training
        if assignment.interviewer_id == OPEN_SEAT or not subject:
            continue
        if assignment.interviewer_id not in facts.trained.get(subject.casefold(), frozenset()):
            found.append(
                advises(
                    f"{facts.name(assignment.interviewer_id)} is not trained for {subject}, which {where.name} asks "
                    "for. Let them shadow first, or put down their training.",
                    Place("people", assignment.interviewer_id),
                )
            )
    seated = dict.fromkeys(assignment.interviewer_id for _, assignment in assignments_of(plan))
    for conflict in facts.conflicts:
        if conflict.person_id in seated:
            found.append(
                advises(
                    f"{facts.name(conflict.person_id)} should not interview {conflict.candidate_name}, because they "
                    f"{conflict.why}. Plan a substitute for that interview.",
                    Place("people", conflict.person_id),
                )
            )
    return found


def _others(facts: Facts) -> list[Finding]:
    return [
        advises(
            f"{each.candidates} {'candidate has' if each.candidates == 1 else 'candidates have'} interviews from "
            f"version {each.number} of {each.title}, which asks {each.more} other "
            f"{'question' if each.more == 1 else 'questions'} and lacks {each.fewer} of these. Scores compare only "
            "over what all were asked.",
            Place("versions"),
        )
        for each in facts.other_sets
    ]


def _profile(role: Role) -> list[Finding]:
    advice = advice_on_number(role)
    return [advises(f"{role.name} measures {len(role.competencies)}. {advice}", Place("role"))] if advice else []
