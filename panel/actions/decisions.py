"""The decision of a debrief, kept with the scores it was made on. It is revised by another one beside it."""

from collections.abc import Collection

from panel.actions.checks import allowed, unless_stale
from panel.actions.debrief_evidence import Sat, evidence_of, joining, panelists
from panel.actions.debrief_steps import refuse_closed
from panel.actions.debriefs import names_late
from panel.actions.fair_average import fair_average
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.domain.composites import score_sheet
from panel.domain.debriefs import (
    FINAL,
    Debrief,
    Decision,
    DecisionOutcome,
    FairAverage,
    departs,
    tidy_outcome,
    tidy_words,
)
from panel.domain.people import Person, may_lead_debrief
from panel.domain.text import listed
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.store import audit, candidates, debriefs, people
from panel.store.database import Transaction

ONLY_LEADS = "Only hiring managers and administrators write a decision down."
ASK_REASON = "Give the reason of the decision: the evidence that decided it."
ASK_AGAINST = {
    "hire": "The scores by themselves do not say hire. Say why the decision departs from them.",
    "no_hire": "The scores by themselves say hire. Say why the decision departs from them.",
}
ASK_REVISION = "Say why the earlier decision is revised. It stays beside this one."


def decide(
    workspace: Workspace,
    *,
    by: Person,
    candidate_id: str,
    outcome: str,
    reason: str,
    conditions: str = "",
    present_ids: Collection[str] = (),
    against: str = "",
    revises: str = "",
    seen: int,
) -> Decision:
    """Write down what the panel decided, or revise it. The scores and the fair average of this moment stay with it.

    `seen` is how many decisions of this debrief the writer's page shows. Raises InputError naming what is missing;
    Stale where another decision came first, which also holds for the second of two presses.
    """
    chosen = tidy_outcome(outcome)
    words = {
        "reason": tidy_words(reason, asked=ASK_REASON),
        "conditions": tidy_words(conditions, what="the conditions"),
        "against": tidy_words(against),
        "revises": tidy_words(revises),
    }

    fair = _fair(workspace, by, candidate_id)

    def work(transaction: Transaction) -> Decision:
        allowed(transaction, by, may_lead_debrief, ONLY_LEADS)
        person, candidate, sat = joining(transaction, by, candidate_id)
        refuse_closed(transaction, person, candidate, sat)
        debrief = _last(transaction, candidate)
        earlier = debriefs.decisions_of(transaction, debrief.id)
        if len(earlier) != seen:
            raise Stale("A decision was written down in the meantime. It is shown now; revise it if it is not right.")
        if earlier and not words["revises"]:
            raise InputError(ASK_REVISION)
        _everything_is_in(sat, candidate, chosen)
        evidence = evidence_of(transaction, reader=person, candidate=candidate, sat=sat)
        scores = score_sheet(evidence.ratings, evidence.role)
        if departs(chosen, scores.standing) and not words["against"]:
            raise InputError(ASK_AGAINST[chosen])
        made = Decision(
            debrief_id=debrief.id,
            number=len(earlier) + 1,
            outcome=chosen,
            reason=words["reason"],
            conditions=words["conditions"],
            present=_names(transaction, present_ids),
            against=words["against"] if departs(chosen, scores.standing) else "",
            revises=words["revises"] if earlier else "",
            unconfirmed=tuple(
                each.name for each in panelists(transaction, sat, debrief) if each.state in ("anew", "not_yet")
            ),
            scores=scores,
            fair=fair,
            decided_by=person.id,
            decided_at=now(),
        )
        unless_stale(debriefs.insert_decision(transaction, made), "The decision")
        audit.record(
            transaction, at=made.decided_at, actor_id=person.id, action="decide", subject="candidate",
            subject_id=candidate.id, before=earlier[-1].model_dump() if earlier else None, after=made.model_dump(),
        )  # fmt: skip
        return made

    return workspace.database.write(work)


def _fair(workspace: Workspace, by: Person, candidate_id: str) -> FairAverage | None:
    """What the model says of the candidate now, to those who may know."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_lead_debrief, ONLY_LEADS)
        candidate = candidates.candidate_by_id(transaction, candidate_id)
    if candidate is None:
        return None
    return fair_average(workspace, by=by, role_id=candidate.role_id, candidate_id=candidate_id)


def _last(transaction: Transaction, candidate: Candidate) -> Debrief:
    every = debriefs.debriefs_of(transaction, candidate.id)
    if not every:
        raise NotFound(f"The debrief of {candidate.name} is not open yet. Open it first.")
    return every[-1]


def _everything_is_in(sat: Sat, candidate: Candidate, outcome: DecisionOutcome) -> None:
    late = names_late(sat)
    if late:
        raise InputError(
            f"{listed(late)} still {'owes' if len(late) == 1 else 'owe'} a scorecard of {candidate.name}. Decide once "
            "it is submitted, so that nobody rates with the decision in mind."
        )
    if outcome in FINAL and sat.owing:
        rounds = listed(sorted({sat.round_names[each["round_id"]] for each in sat.owing}))
        raise InputError(
            f"{candidate.name} still has interviews ahead: {rounds}. Cancel them first, or choose “hold” or “another "
            "round”."
        )


def _names(transaction: Transaction, ids: Collection[str]) -> tuple[str, ...]:
    found = people.people_by_id(transaction, ids)
    if not found or len(found) < len(set(ids)):
        raise InputError("Say who was there: choose at least one person.")
    return tuple(sorted((each.name for each in found.values()), key=str.casefold))
