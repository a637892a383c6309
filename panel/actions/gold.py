"""The gold of an exercise: one lead proposes a level with its reasoning, a second agrees.

A lead reads a gold, and agrees to it, only after their own blind rating. Whoever proposed cannot agree as well.
"""

from pydantic import ValidationError

from panel.actions.checks import allowed
from panel.actions.exercise_bank import Known, existing, files_of, keep_texts
from panel.domain.basics import now
from panel.domain.exercises import Gold, knows_gold, proposed
from panel.domain.people import Person, may_set_gold
from panel.errors import InputError, NotAllowed, Stale
from panel.house import Workspace
from panel.store import audit
from panel.store import exercises as stored
from panel.store.database import Transaction

ONLY_LEADS = "Only hiring managers and administrators set the gold of exercises."
RATE_FIRST = "Rate this exercise yourself first, blind. Then you may read its gold, agree to it or propose another."
CHANGED = "The gold of this exercise was changed in the meantime. The newer state is shown now; look at it first."


def propose(
    workspace: Workspace,
    *,
    by: Person,
    exercise_id: str,
    seen_number: int,
    level: int,
    reasoning: str,
    decides: str,
    neighbour: int | None = None,
) -> Gold:
    """The next version of the gold, which waits for a second lead.

    `seen_number` is the newest version that the lead saw, 0 for none. The gold in force stays until another agrees.
    Raises InputError, NotAllowed, NotFound, Stale.
    """
    files = files_of(workspace)

    def work(transaction: Transaction) -> Gold:
        lead = allowed(transaction, by, may_set_gold, ONLY_LEADS)
        known = existing(transaction, files, exercise_id)
        _unless_blind(transaction, lead, known)
        if newest_number(known) != seen_number:
            raise Stale(CHANGED)
        keep_texts(transaction, known)
        new = _tidy(known, lead, level=level, neighbour=neighbour, reasoning=reasoning, decides=decides)
        stored.insert_golds(transaction, [new])
        _record(transaction, lead, "propose_gold", new)
        return new

    return workspace.database.write(work)


def agree(workspace: Workspace, *, by: Person, exercise_id: str, number: int) -> Gold:
    """Agree to the gold that another lead proposed last; an exercise that is a draft is open from then on."""
    files = files_of(workspace)

    def work(transaction: Transaction) -> Gold:
        lead = allowed(transaction, by, may_set_gold, ONLY_LEADS)
        known = existing(transaction, files, exercise_id)
        _unless_blind(transaction, lead, known)
        waiting = proposed(known.golds)
        if waiting is None or waiting.number != number:
            raise Stale(CHANGED)
        if waiting.proposed_by == lead.id:
            raise NotAllowed("You proposed this gold. Another lead has to agree to it.")
        at = now()
        if not stored.agree_to_gold(transaction, exercise_id=exercise_id, number=number, by=lead.id, at=at):
            raise Stale(CHANGED)
        if known.stored.state == "draft":
            stored.move_exercise(transaction, exercise_id=exercise_id, state="open")
        agreed = waiting.model_copy(update={"agreed_by": lead.id, "agreed_at": at})
        _record(transaction, lead, "agree_to_gold", agreed)
        return agreed

    return workspace.database.write(work)


def newest_number(known: Known) -> int:
    return max((each.number for each in known.golds), default=0)


def _unless_blind(transaction: Transaction, lead: Person, known: Known) -> None:
    """Where a gold exists, only a lead who rated the exercise, or set a gold of it before, goes on."""
    if not known.golds or knows_gold(lead.id, known.golds):
        return
    if stored.attempt_of(transaction, exercise_id=known.id, person_id=lead.id) is None:
        raise NotAllowed(RATE_FIRST)


def _tidy(
    known: Known, lead: Person, *, level: int, neighbour: int | None, reasoning: str, decides: str
) -> Gold:  # fmt: skip
    rubric = known.stored.exercise.rubric
    if level not in rubric.levels:
        raise InputError(f"Choose the gold level, from 1 to {len(rubric.anchors)}.")
    if neighbour is not None and (abs(neighbour - level) != 1 or neighbour not in rubric.levels):
        raise InputError("The level it was decided against is the one above or below the gold level.")
    if not reasoning.strip():
        raise InputError("Write the reasoning: which words of the answer meet which words of the anchor.")
    try:
        return Gold(
            exercise_id=known.id, number=newest_number(known) + 1, level=level, neighbour=neighbour,
            reasoning=reasoning, decides=decides, proposed_by=lead.id, proposed_at=now(),
        )  # fmt: skip
    except ValidationError as error:
        raise InputError(
            "Keep the reasoning below 1,000 characters and what decides below 2,000, as plain text."
        ) from error


def _record(transaction: Transaction, lead: Person, action: str, gold: Gold) -> None:
    audit.record(
        transaction, at=now(), actor_id=lead.id, action=action, subject="exercise", subject_id=gold.exercise_id,
        after=gold.model_dump(exclude={"exercise_id"}),
    )  # fmt: skip
