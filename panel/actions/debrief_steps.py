"""What is written into a debrief before its decision: opening it, reconciling ratings, confirming.

Nothing here touches a scorecard. A reconciliation stands beside the sealed rating, and only where nobody owes a
scorecard of that candidate and round any more.
"""

from panel.actions.checks import allowed, unless_stale
from panel.actions.debrief_evidence import Sat, closed_to, joining
from panel.actions.debriefs import may_open_next
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate
from panel.domain.debriefs import (
    Confirmation,
    Debrief,
    Reconciliation,
    current,
    is_current,
    last_confirmations,
    tidy_words,
)
from panel.domain.people import Person, may_lead_debrief, may_reconcile
from panel.domain.scorecards import Scorecard
from panel.domain.text import listed
from panel.errors import InputError, NotAllowed, NotFound, Sealed, Stale
from panel.house import Workspace
from panel.store import audit, candidates, debriefs, plans, scorecards
from panel.store.database import Transaction

ONLY_LEADS = "Only hiring managers and administrators open a debrief."
SAY_WHY = "Say why: what did the debrief bring to light about this answer?"


def open_debrief(workspace: Workspace, *, by: Person, candidate_id: str) -> Debrief:
    """The first debrief of a candidate, or the next one after "hold" or "another round".

    Whoever finds it open already gets it as it is. Raises InputError while nothing is submitted.
    """

    def work(transaction: Transaction) -> Debrief:
        allowed(transaction, by, may_lead_debrief, ONLY_LEADS)
        person, candidate, sat = joining(transaction, by, candidate_id)
        refuse_closed(transaction, person, candidate, sat)
        if not sat.submitted:
            raise InputError(f"No scorecard of {candidate.name} is submitted yet. A debrief begins with evidence.")
        every = debriefs.debriefs_of(transaction, candidate.id)
        last = every[-1] if every else None
        decisions = debriefs.decisions_of(transaction, last.id) if last else []
        if last and not decisions:
            return last
        if not may_open_next(last, decisions):
            raise InputError(
                "This debrief has ended with a decision that leaves nothing open. Revise the decision instead."
            )
        opened = Debrief(
            id=new_id(), candidate_id=candidate.id, number=len(every) + 1, opened_by=person.id, opened_at=now()
        )
        unless_stale(debriefs.insert_debrief(transaction, opened), "This debrief")
        _note(transaction, person, "open_debrief", opened, {"number": opened.number})
        return opened

    return workspace.database.write(work)


def reconcile(
    workspace: Workspace,
    *,
    by: Person,
    candidate_id: str,
    scorecard_id: str,
    question_key: str,
    level: int | None,
    reason: str,
    seen: int,
) -> Reconciliation:
    """Put another level beside a sealed rating; None takes the one that stands back.

    `seen` is how many reconciliations of this rating the writer's page shows. Raises InputError without a reason, or
    for a level that the frozen rubric does not have; Stale where another one came first; Sealed once it is decided.
    """
    why = tidy_words(reason, asked=SAY_WHY)

    def work(transaction: Transaction) -> Reconciliation:
        person, candidate, sat = joining(transaction, by, candidate_id)
        refuse_closed(transaction, person, candidate, sat)
        debrief = open_one(transaction, candidate)
        card = _card(transaction, candidate, sat, scorecard_id)
        if not may_reconcile(person, rater_id=card.person_id):
            raise NotAllowed("A rating is reconciled by whoever made it, or by who leads the debrief.")
        events = debriefs.reconciliations_of(transaction, scorecard_id=card.id, question_key=question_key)
        if len(events) != seen:
            raise Stale("This rating was reconciled in the meantime. The newer state is shown now; look at it first.")
        _check_level(transaction, card, question_key, level, events)
        made = Reconciliation(
            scorecard_id=card.id, question_key=question_key, number=len(events) + 1, debrief_id=debrief.id,
            level=level, reason=why, made_by=person.id, made_at=now(),
        )  # fmt: skip
        unless_stale(debriefs.insert_reconciliation(transaction, made), "This rating")
        before = current(events)
        audit.record(
            transaction, at=made.made_at, actor_id=person.id,
            action="reconcile_rating" if level is not None else "withdraw_reconciliation", subject="scorecard",
            subject_id=card.id, before={"question_key": question_key, "level": before.level if before else None},
            after={"question_key": question_key, "level": level, "reason": why},
        )  # fmt: skip
        return made

    return workspace.database.write(work)


def confirm(workspace: Workspace, *, by: Person, candidate_id: str, seen: tuple[tuple[str, ...], int]) -> Confirmation:
    """The panelist has read the evidence, and their scorecard stands as it is reconciled.

    `seen` is `seen_own` of the page: which scorecards, and how many reconciliations of their own ratings, it shows. A
    second press changes nothing. Raises Stale where others are submitted, or more was reconciled, since.
    """

    def work(transaction: Transaction) -> Confirmation:
        person, candidate, sat = joining(transaction, by, candidate_id)
        refuse_closed(transaction, person, candidate, sat)
        if not sat.has(person.id):
            raise NotAllowed("Those who rated the candidate confirm. You have no scorecard here.")
        debrief = open_one(transaction, candidate)
        made = debriefs.reconciled_of_raters(transaction, candidate.id).get(person.id, 0)
        if seen != (sat.submitted_ids, made):
            raise Stale("Something was added since you opened this page. Read it once more, then confirm.")
        every = debriefs.confirmations_of(transaction, debrief.id)
        last = last_confirmations(every).get(person.id)
        if last and is_current(last, scorecards=sat.submitted_ids, reconciliations=made):
            return last
        new = Confirmation(
            debrief_id=debrief.id, person_id=person.id, number=last.number + 1 if last else 1,
            scorecards=sat.submitted_ids, reconciliations=made, confirmed_at=now(),
        )  # fmt: skip
        unless_stale(debriefs.insert_confirmation(transaction, new), "Your confirmation")
        after = {"scorecards": list(new.scorecards), "reconciliations": made}
        _note(transaction, person, "confirm_debrief", debrief, after)
        return new

    return workspace.database.write(work)


# ---- shared steps -----------------------------------------------------------------------------------------------


def refuse_closed(transaction: Transaction, person: Person, candidate: Candidate, sat: Sat) -> None:
    """Raise NotAllowed where something of the candidate is withheld from the person."""
    closed = closed_to(transaction, person, candidate, sat)
    if closed:
        raise NotAllowed(closed)


def open_one(transaction: Transaction, candidate: Candidate) -> Debrief:
    """Raises NotFound where no debrief was opened, and Sealed where the last one is decided."""
    every = debriefs.debriefs_of(transaction, candidate.id)
    if not every:
        raise NotFound(f"The debrief of {candidate.name} is not open yet. A hiring manager opens it.")
    if debriefs.decisions_of(transaction, every[-1].id):
        raise Sealed("This debrief is decided, so nothing more is written into it. The decision itself can be revised.")
    return every[-1]


def _card(transaction: Transaction, candidate: Candidate, sat: Sat, scorecard_id: str) -> Scorecard:
    """A submitted scorecard of the candidate in a round for which nobody owes one."""
    card = scorecards.scorecard_by_id(transaction, scorecard_id)
    standing = {each["id"] for each in sat.cards}
    if card is None or card.id not in standing or card.candidate_id != candidate.id or not card.is_submitted:
        raise NotFound("This rating is not part of the debrief. Reload the page to see what is.")
    owing = sorted({each["person_name"] for each in sat.owing if each["round_id"] == card.round_id})
    if owing:
        raise InputError(
            f"{listed(owing)} still {'owes' if len(owing) == 1 else 'owe'} a scorecard of "
            f"{sat.round_names[card.round_id]}. Nothing of this round is reconciled before everybody has submitted."
        )
    return card


def _check_level(
    transaction: Transaction, card: Scorecard, question_key: str, level: int | None, events: list[Reconciliation]
) -> None:
    rating = scorecards.ratings_of(transaction, card.id).get(question_key)
    if rating is None or rating.level is None:
        raise InputError(
            "Only a rating with a level is reconciled. “Not asked” and “could not assess” stay as they are."
        )
    if level is None:
        if current(events) is None:
            raise InputError("There is no reconciled level to take back.")
        return
    interview = candidates.interview_by_id(transaction, card.interview_id)
    published = plans.published_by_id(transaction, interview.plan_version_id) if interview else None
    if published is None:
        raise NotFound("The interview of this rating is gone. Reload the page to see what is left.")
    rubric = published.items()[card.assignment_id, question_key].rubric
    if level not in rubric.levels:
        raise InputError(f"Choose a level from 1 to {len(rubric.anchors)}.")
    standing = current(events)
    if level == rating.level:
        raise InputError(
            "This is the sealed level. Take the reconciled one back instead."
            if standing
            else "This is the sealed level already; choose another one to reconcile."
        )
    if standing and standing.level == level:
        raise InputError("This level stands there already. Choose another one, or take it back.")


def _note(transaction: Transaction, person: Person, action: str, debrief: Debrief, after: dict[str, object]) -> None:
    audit.record(
        transaction, at=now(), actor_id=person.id, action=action, subject="candidate",
        subject_id=debrief.candidate_id, after={"debrief": debrief.id} | after,
    )  # fmt: skip
