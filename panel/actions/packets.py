"""Decision packets: made of what the database holds of a decided debrief, and compared with it later."""

from collections.abc import Iterable
from dataclasses import replace

from panel.actions.checks import allowed
from panel.actions.debrief_evidence import Evidence, Sat, evidence_of, joining
from panel.actions.debrief_steps import refuse_closed
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.domain.composites import Beside
from panel.domain.debriefs import LINE, Debrief, Decision
from panel.domain.people import Person, may_lead_debrief, tidy_email
from panel.domain.plans import GuideItem
from panel.errors import InputError, NotFound
from panel.exporting.packet import (
    MODEL,
    RULE,
    Packet,
    PacketAnchor,
    PacketConfirmation,
    PacketDecision,
    PacketQuestion,
    PacketRating,
    PacketReconciliation,
    PacketRound,
    PacketScorecard,
    canonical,
    digest,
)
from panel.exporting.packet_document import packet_pdf
from panel.house import Workspace
from panel.store import audit, candidates, debriefs, people
from panel.store.database import Row, Transaction

ONLY_LEADS = "Only hiring managers and administrators take a decision packet along."
NOTHING_STANDS = "Every interview behind this decision was cancelled since."


def decision_packet(workspace: Workspace, *, by: Person, candidate_id: str, number: int | None = None) -> bytes:
    """The PDF of a decided debrief, the latest unless its number is given; the same data give the same bytes.

    Raises NotAllowed where something of the candidate is withheld from the person, and InputError before a decision,
    or once every interview behind it is cancelled.
    """
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_lead_debrief, ONLY_LEADS)
        person, candidate, sat = joining(transaction, by, candidate_id)
        refuse_closed(transaction, person, candidate, sat)
        packet = packet_of(transaction, candidate, sat, _numbered(transaction, candidate, number))
    made = packet_pdf(packet)
    after = {"debrief": packet.debrief_id, "sha256": digest(canonical(packet))}

    def note(transaction: Transaction) -> None:
        audit.record(
            transaction, at=now(), actor_id=by.id, action="take_packet", subject="candidate", subject_id=candidate_id,
            after=after,
        )  # fmt: skip

    workspace.database.write(note)
    return made


def packet_of(
    transaction: Transaction, candidate: Candidate, sat: Sat, debrief: Debrief, *, decisions: int | None = None
) -> Packet:
    """What the database holds of a debrief up to its last decision, or to an earlier one by its number.

    Raises InputError before a decision, and where no interview behind it stands any longer.
    """
    every = debriefs.decisions_of(transaction, debrief.id)[:decisions]
    if not every:
        raise InputError("This debrief is not decided yet. A packet is made once the decision is written down.")
    last = every[-1]
    evidence = evidence_of(transaction, reader=None, candidate=candidate, sat=sat)
    cards = [each for each in sat.cards if each["submitted_at"] is not None and each["submitted_at"] <= last.decided_at]
    ids = {each["id"] for each in cards}
    events = [
        each for each in evidence.events if each["debrief_number"] <= debrief.number and each["scorecard_id"] in ids
    ]
    ratings = _as_of([each for each in evidence.ratings if each.scorecard_id in ids], debrief, evidence)
    names = {each.id: each.name for each in people.all_people(transaction)}
    if not cards:
        raise InputError(f"{NOTHING_STANDS} So there is nothing to put into a packet.")
    versions = (sat.versions[each["plan_version_id"]] for each in cards)
    newest = max(versions, key=lambda each: (each.published_at, each.id))
    return Packet(
        candidate_id=candidate.id,
        candidate=candidate.name,
        debrief_id=debrief.id,
        debrief=debrief.number,
        opened_by=names[debrief.opened_by],
        opened_at=debrief.opened_at,
        role=newest.published.role,
        rounds=_rounds(cards, sat, ratings, last),
        scorecards=tuple(_scorecard(each, evidence, ratings, sat) for each in cards),
        reconciliations=tuple(_reconciliation(each) for each in events),
        confirmations=tuple(
            PacketConfirmation(
                person=names[each.person_id], at=each.confirmed_at, scorecards=each.scorecards,
                reconciliations=each.reconciliations,
            )
            for each in debriefs.confirmations_of(transaction, debrief.id)
        ),
        decisions=tuple(_decision(each, names) for each in every),
        model=MODEL,
        rule=RULE.format(line=LINE),
        fair=last.fair,
    )  # fmt: skip


def _as_of(ratings: Iterable[Beside], debrief: Debrief, evidence: Evidence) -> list[Beside]:
    """Ratings with what was reconciled of them up to a debrief."""
    number_of = {each["debrief_id"]: each["debrief_number"] for each in evidence.events}
    return [
        replace(each, events=tuple(event for event in each.events if number_of[event.debrief_id] <= debrief.number))
        for each in ratings
    ]


def _rounds(cards: list[Row], sat: Sat, ratings: list[Beside], last: Decision) -> tuple[PacketRound, ...]:
    """The rounds behind the scorecards, in the order of the interviews, with every question that was planned."""
    found: dict[tuple[str, str], PacketRound] = {}
    for card in cards:
        version = sat.versions[card["plan_version_id"]]
        key = (version.id, card["round_id"])
        if key in found:
            continue
        held = version.published.round(card["round_id"])
        found[key] = PacketRound(
            id=held.id,
            name=held.name,
            sitting=held.sitting,
            plan_title=version.published.title,
            plan_version=version.number,
            plan_version_id=version.id,
            published_at=version.published_at,
            questions=tuple(
                PacketQuestion(
                    number=number, key=item.question.key, version=item.question_version, prompt=item.question.prompt,
                    probes=item.question.probes, weight=item.weight, weight_reason=item.weight_reason,
                    on_trial=item.question.key in last.scores.on_trial, competency=item.rubric.competency,
                    rubric=item.rubric.name, rubric_version=item.rubric_version,
                    anchors=tuple(
                        PacketAnchor(level=each.level, label=each.label, text=each.text)
                        for each in item.rubric.anchors
                    ),
                )
                for number, item in enumerate(held.items(), start=1)
            ),
        )  # fmt: skip
    return tuple(found.values())


def _scorecard(card: Row, evidence: Evidence, ratings: list[Beside], sat: Sat) -> PacketScorecard:
    closing = next(each for each in evidence.recommended if each.scorecard_id == card["id"])
    order = [each.question.key for each in _items(card, sat)]
    own = sorted(
        (each for each in ratings if each.scorecard_id == card["id"]),
        key=lambda each: order.index(each.item.question.key),
    )
    return PacketScorecard(
        id=card["id"],
        person=closing.person_name,
        round_id=card["round_id"],
        round_name=closing.round_name,
        submitted_at=card["submitted_at"],
        recommendation=closing.recommendation,
        confidence=closing.confidence,
        summary=closing.summary,
        ratings=tuple(_rating(each) for each in own),
    )


def _items(card: Row, sat: Sat) -> tuple[GuideItem, ...]:
    return sat.versions[card["plan_version_id"]].published.round(card["round_id"]).items()


def _rating(each: Beside) -> PacketRating:
    made = each.reconciled
    return PacketRating(
        question=each.sealed.question_key,
        outcome=each.sealed.outcome,  # type: ignore[arg-type]
        reason=each.reason,
        reworded=each.reworded,
        sealed=each.sealed.level,
        reconciled=made.level if made else None,
        composite=each.composite.level,
        note=each.sealed.note,
    )


def _reconciliation(row: Row) -> PacketReconciliation:
    return PacketReconciliation(
        scorecard=row["scorecard_id"], question=row["question_key"], person=row["rater_name"], number=row["number"],
        level=row["level"], reason=row["reason"], by=row["made_by_name"], at=row["made_at"],
    )  # fmt: skip


def _decision(each: Decision, names: dict[str, str]) -> PacketDecision:
    return PacketDecision(
        number=each.number, outcome=each.outcome, reason=each.reason, conditions=each.conditions, against=each.against,
        revises=each.revises, present=each.present, unconfirmed=each.unconfirmed, by=names[each.decided_by],
        at=each.decided_at, scores=each.scores,
    )  # fmt: skip


def _numbered(transaction: Transaction, candidate: Candidate, number: int | None) -> Debrief:
    every = debriefs.debriefs_of(transaction, candidate.id)
    decided = [each for each in every if debriefs.decisions_of(transaction, each.id)]
    if number is None and decided:
        return decided[-1]
    for each in every:
        if each.number == number:
            return each
    raise NotFound(f"No debrief of {candidate.name} is decided yet. A packet is made once a decision is written down.")


def make_for_address(workspace: Workspace, *, address: str, candidate: str) -> bytes:
    """The packet for the command line: the person by email address, the candidate by email address or name."""
    with workspace.database.read() as transaction:
        person = people.person_by_email(transaction, tidy_email(address))
        found = candidates.candidates_called(transaction, candidate.strip())
    if person is None:
        raise NotFound(f"Nobody on the team has the address {address}.")
    if len(found) != 1:
        raise NotFound(
            f"{len(found) or 'No'} candidates are called {candidate}. Give the email address of exactly one."
        )
    return decision_packet(workspace, by=person, candidate_id=found[0].id)
