"""The debriefs of the demo team: one that is open, with the panel that is plainly split, and one that is decided."""

from datetime import datetime, timedelta

from panel.actions.debrief_evidence import evidence_of, sat_with
from panel.demo import split
from panel.demo.team import DemoTeam
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate
from panel.domain.composites import score_sheet
from panel.domain.debriefs import Confirmation, Debrief, Decision, DecisionOutcome, Reconciliation
from panel.store import debriefs
from panel.store.database import Transaction

RECONCILED = (
    "Read beside the others' notes, the example I had taken for a slip was the answer to the follow-up. It meets the "
    "level above."
)
REASON: dict[DecisionOutcome, str] = {
    "hire": (
        "Every must-have was shown in more than one interview, with examples from the candidate's own work. What "
        "stayed open in one round was answered in the next."
    ),
    "no_hire": (
        "What must be had was not shown. Read side by side, the notes describe the same picture from one round to the "
        "next, and the follow-ups did not change it."
    ),
}
CONDITIONS: dict[DecisionOutcome, str] = {"hire": "A first month beside somebody who knows the platform."}


def store_debriefs(transaction: Transaction, team: DemoTeam) -> None:
    """Of candidates whose interviews are all over; nothing where there are too few of them."""
    role_id = next((role_id for role_id, role in team.roles if role.name == split.ROLE), "")
    published = next((each.publication for each in team.plans if each.role_id == role_id and each.publication), None)
    of_role = [each for each, _ in team.candidates if each.role_id == role_id]
    if published is None or len(of_role) < 1 - split.CANDIDATE:
        return
    _decided(transaction, of_role[split.CANDIDATE - 1], published.by)
    _open(transaction, of_role[split.CANDIDATE], published.by)


def _open(transaction: Transaction, candidate: Candidate, by: str) -> Debrief:
    sat = sat_with(transaction, candidate.id)
    last: datetime = max(each["submitted_at"] for each in sat.cards)
    debrief = Debrief(id=new_id(), candidate_id=candidate.id, number=1, opened_by=by, opened_at=_meeting(last))
    debriefs.insert_debrief(transaction, debrief)
    return debrief


def _meeting(last: datetime) -> datetime:
    """Ten o'clock on the working day after the last scorecard, unless that is still to come."""
    day = last + timedelta(days=1)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    planned = day.replace(hour=10, minute=0, second=0, microsecond=0)
    return planned if planned < now() - timedelta(hours=1) else last + timedelta(minutes=1)


def _decided(transaction: Transaction, candidate: Candidate, by: str) -> None:
    debrief = _open(transaction, candidate, by)
    sat = sat_with(transaction, candidate.id)
    at = debrief.opened_at + timedelta(minutes=12)
    evidence = evidence_of(transaction, reader=None, candidate=candidate, sat=sat)
    low = min(
        (each for each in evidence.ratings if each.sealed.level is not None), key=lambda each: each.sealed.on_five or 0
    )
    debriefs.insert_reconciliation(
        transaction,
        Reconciliation(
            scorecard_id=low.scorecard_id, question_key=low.sealed.question_key, number=1, debrief_id=debrief.id,
            level=(low.sealed.level or 0) + 1, reason=RECONCILED, made_by=low.sealed.person_id, made_at=at,
        ),
    )  # fmt: skip
    panel = dict.fromkeys(each["person_id"] for each in sat.cards)
    for place, person_id in enumerate(panel, start=1):
        made = Confirmation(
            debrief_id=debrief.id, person_id=person_id, number=1, scorecards=sat.submitted_ids,
            reconciliations=int(person_id == low.sealed.person_id), confirmed_at=at + timedelta(minutes=place),
        )  # fmt: skip
        debriefs.insert_confirmation(transaction, made)
    evidence = evidence_of(transaction, reader=None, candidate=candidate, sat=sat)
    scores = score_sheet(evidence.ratings, evidence.role)
    outcome: DecisionOutcome = "hire" if scores.standing == "above" else "no_hire"
    names = sorted({each["person_name"] for each in sat.cards}, key=str.casefold)
    decision = Decision(
        debrief_id=debrief.id, number=1, outcome=outcome, reason=REASON[outcome],
        conditions=CONDITIONS.get(outcome, ""), present=tuple(names), against="", revises="", unconfirmed=(),
        scores=scores, decided_by=by, decided_at=at + timedelta(minutes=20),
    )  # fmt: skip
    debriefs.insert_decision(transaction, decision)
