"""The decision of a debrief, kept with the scores it was made on. It is revised by another one beside it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

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
    ScoreSheet,
    departs,
    tidy_outcome,
    tidy_words,
)
from panel.domain.people import Person, may_lead_debrief
from panel.domain.text import listed
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.store import audit, debriefs, people
from panel.store.database import Transaction

ONLY_LEADS = "Only hiring managers and administrators write a decision down."
ASK_REASON = "Give the reason of the decision: the evidence that decided it."
ASK_AGAINST = {
    "hire": "The scores by themselves do not say hire. Say why the decision departs from them.",
    "no_hire": "The scores by themselves say hire. Say why the decision departs from them.",
}
PRESSED_TWICE = "The decision is written down; pressing once more changed nothing."
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
    asked = _Asked(candidate_id, chosen, words, present_ids, seen)
    with workspace.database.read() as transaction:  # before anything is fitted, which takes its time
        role_id = _ready(transaction, by, asked).candidate.role_id
    fair = fair_average(workspace, by=by, role_id=role_id, candidate_id=candidate_id)

    def work(transaction: Transaction) -> Decision:
        ready = _ready(transaction, by, asked)
        earlier = ready.earlier
        against = departs(chosen, ready.scores.standing)
        made = Decision(
            debrief_id=ready.debrief.id,
            number=len(earlier) + 1,
            outcome=chosen,
            reason=words["reason"],
            conditions=words["conditions"],
            present=ready.present,
            against=words["against"] if against else "",
            revises=words["revises"] if earlier else "",
            unconfirmed=ready.unconfirmed,
            scores=ready.scores,
            fair=fair,
            decided_by=ready.person.id,
            decided_at=now(),
        )
        unless_stale(debriefs.insert_decision(transaction, made), "The decision")
        audit.record(
            transaction, at=made.decided_at, actor_id=made.decided_by, action="decide", subject="candidate",
            subject_id=candidate_id, before=earlier[-1].model_dump() if earlier else None, after=made.model_dump(),
        )  # fmt: skip
        return made

    return workspace.database.write(work)


@dataclass(frozen=True)
class _Asked:
    """What is to be written down, as the writer's page says it."""

    candidate_id: str
    outcome: DecisionOutcome
    words: Mapping[str, str]
    present_ids: Collection[str]
    seen: int


@dataclass(frozen=True)
class _Ready:
    """What a decision is made on, once nothing stands against it."""

    person: Person
    candidate: Candidate
    debrief: Debrief
    earlier: list[Decision]
    scores: ScoreSheet
    present: tuple[str, ...]
    unconfirmed: tuple[str, ...]


def _is_the_same(made: Decision, person: Person, asked: _Asked) -> bool:
    """Whether this is the second press of one's own button."""
    return (made.decided_by, made.outcome, made.reason) == (person.id, asked.outcome, asked.words["reason"])


def _ready(transaction: Transaction, by: Person, asked: _Asked) -> _Ready:
    """Raises whatever stands against the decision: access, another one that came first, words or scorecards missing."""
    allowed(transaction, by, may_lead_debrief, ONLY_LEADS)
    person, candidate, sat = joining(transaction, by, asked.candidate_id)
    refuse_closed(transaction, person, candidate, sat)
    debrief = _last(transaction, candidate)
    earlier = debriefs.decisions_of(transaction, debrief.id)
    if len(earlier) != asked.seen:
        if len(earlier) == asked.seen + 1 and _is_the_same(earlier[-1], person, asked):
            raise Stale(PRESSED_TWICE)
        raise Stale("A decision was written down in the meantime. It is shown now; revise it if it is not right.")
    if earlier and not asked.words["revises"]:
        raise InputError(ASK_REVISION)
    _everything_is_in(sat, candidate, asked.outcome)
    evidence = evidence_of(transaction, reader=person, candidate=candidate, sat=sat)
    scores = score_sheet(evidence.ratings, evidence.role)
    if departs(asked.outcome, scores.standing) and not asked.words["against"]:
        raise InputError(ASK_AGAINST[asked.outcome])
    names = _names(transaction, asked.present_ids)
    lacking = tuple(each.name for each in panelists(transaction, sat, debrief) if each.state in ("anew", "not_yet"))
    return _Ready(person, candidate, debrief, earlier, scores, names, lacking)


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
