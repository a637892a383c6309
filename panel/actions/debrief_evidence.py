"""What a debrief is made of, as one reader may see it: ratings beside their reconciliations, recommendations, panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from panel.actions.checks import present
from panel.actions.compare import observations
from panel.domain.candidates import Candidate
from panel.domain.composites import Beside
from panel.domain.debrief_agenda import Recommending
from panel.domain.debriefs import Debrief, Reconciliation, is_current, last_confirmations
from panel.domain.people import Person, may_join_debrief, may_lead_debrief
from panel.domain.roles import Role
from panel.domain.text import listed
from panel.errors import NotAllowed, NotFound
from panel.store import candidates, debriefs, plans, reports
from panel.store.database import Row, Transaction
from panel.store.plans import PlanVersion

ONLY_THE_PANEL = "A debrief is for those who rated the candidate and for those who manage hiring."
PanelistState = Literal["confirmed", "anew", "not_yet", "owes", "left"]


@dataclass(frozen=True)
class Evidence:
    """`role` is that of the newest plan version behind the scorecards."""

    role: Role
    versions: Mapping[str, PlanVersion]
    ratings: tuple[Beside, ...]
    recommended: tuple[Recommending, ...]
    events: tuple[Row, ...]  # reconciliations, with names


@dataclass(frozen=True)
class Panelist:
    """Somebody who rates the candidate, by name; `rounds` are those they sit in."""

    person_id: str
    name: str
    rounds: tuple[str, ...]
    state: PanelistState
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Sat:
    """Who sits with a candidate: `cards` as in `debriefs.cards_of_candidate`, with the names of the rounds."""

    cards: tuple[Row, ...]
    round_names: Mapping[str, str]
    versions: Mapping[str, PlanVersion]

    @property
    def submitted(self) -> int:
        return sum(each["state"] != "draft" for each in self.cards)

    @property
    def submitted_ids(self) -> tuple[str, ...]:
        return tuple(sorted(each["id"] for each in self.cards if each["state"] != "draft"))

    @property
    def begun(self) -> set[str]:
        """Rounds of which something is submitted."""
        return {each["round_id"] for each in self.cards if each["state"] != "draft"}

    @property
    def owing(self) -> list[Row]:
        """Scorecards that are waited for; nobody waits for people who have left."""
        return [each for each in self.cards if each["state"] == "draft" and each["active"]]

    def has(self, person_id: str) -> bool:
        return any(each["person_id"] == person_id for each in self.cards)


def joining(transaction: Transaction, by: Person, candidate_id: str) -> tuple[Person, Candidate, Sat]:
    """Whoever has a part in the candidate's debrief. Says nothing yet of what may be withheld from them."""
    person = present(transaction, by)
    candidate = candidates.candidate_by_id(transaction, candidate_id)
    if candidate is None:
        if may_lead_debrief(person):
            raise NotFound("This candidate does not exist. Choose one from Candidates.")
        raise NotAllowed(ONLY_THE_PANEL)
    sat = sat_with(transaction, candidate.id)
    if not may_join_debrief(person, on_panel=sat.has(person.id)):
        raise NotAllowed(ONLY_THE_PANEL)
    return person, candidate, sat


def sat_with(transaction: Transaction, candidate_id: str) -> Sat:
    cards = debriefs.cards_of_candidate(transaction, candidate_id)
    versions = plans.plan_versions_by_id(transaction, (each["plan_version_id"] for each in cards))
    names = {
        each["round_id"]: versions[each["plan_version_id"]].published.round(each["round_id"]).name for each in cards
    }
    return Sat(tuple(cards), names, versions)


def closed_to(transaction: Transaction, reader: Person, candidate: Candidate, sat: Sat) -> str:
    """Why nothing of the candidate's debrief is shown to the reader; empty where nothing is withheld from them."""
    withheld = reports.withheld_rounds(transaction, reader_id=reader.id, candidate_id=candidate.id)
    if not withheld:
        return ""
    owed = debriefs.rounds_owed(transaction, person_id=reader.id, candidate_id=candidate.id)
    if owed:
        versions = plans.plan_versions_by_id(transaction, (version for version, _ in owed))
        rounds = sorted({versions[version].published.round(round_id).name for version, round_id in owed})
        return (
            f"You still owe your scorecard of {candidate.name} for {listed(rounds)}. Until it is submitted, nothing of "
            "this debrief is shown to you, so that your ratings stay your own. Submit it from Today, then come back."
        )
    late = sorted(
        {each["person_name"] for each in sat.cards if each["state"] == "draft" and each["round_id"] in withheld}
    )
    return (
        f"The plan opens scorecards after everybody has submitted. The debrief opens to you once {listed(late)} "
        f"{'has' if len(late) == 1 else 'have'} submitted."
    )


def evidence_of(transaction: Transaction, *, reader: Person | None, candidate: Candidate, sat: Sat) -> Evidence:
    """Everything of the candidate that the reader may see; no reader for the program itself, which may see all.

    Those who rate but do not lead read another round's ratings once all of that round are in.
    """
    reader_id = reader.id if reader else ""
    ratings = reports.readable_ratings_of_candidate(transaction, reader_id=reader_id, candidate_id=candidate.id)
    closings = reports.readable_closings_of_candidate(transaction, reader_id=reader_id, candidate_id=candidate.id)
    rows = reports.readable_reconciliations(transaction, reader_id=reader_id, candidate_id=candidate.id)
    closed = _unfinished_elsewhere(reader, sat)
    events: dict[tuple[str, str], list[Reconciliation]] = {}
    for row in rows:
        events.setdefault((row["scorecard_id"], row["question_key"]), []).append(
            Reconciliation.model_validate({name: row[name] for name in Reconciliation.model_fields})
        )
    observed = observations(transaction, ratings).get(candidate.id, [])
    beside = tuple(
        Beside(
            row.scorecard_id,
            row.round_id,
            one,
            sat.versions[row.plan_version_id].published.items()[row.assignment_id, row.question_key],
            tuple(events.get((row.scorecard_id, row.question_key), ())),
            row.reason or "",
            bool(row.reworded),
        )
        for row, one in zip(ratings.itertuples(index=False), observed, strict=True)
        if row.round_id not in closed
    )
    recommended = tuple(_recommending(each, sat) for each in closings if each["round_id"] not in closed)
    shown = {each.scorecard_id for each in recommended}
    versions = {each["plan_version_id"]: sat.versions[each["plan_version_id"]] for each in closings}
    return Evidence(
        role=_role(transaction, candidate, list(versions.values())),
        versions=versions,
        ratings=beside,
        recommended=recommended,
        events=tuple(row for row in rows if row["scorecard_id"] in shown),
    )


def panelists(transaction: Transaction, sat: Sat, debrief: Debrief) -> tuple[Panelist, ...]:
    """Everybody who rates the candidate, by name, with how they stand to the debrief."""
    last = last_confirmations(debriefs.confirmations_of(transaction, debrief.id))
    made = debriefs.reconciled_of_raters(transaction, debrief.candidate_id)
    found = []
    for person_id in dict.fromkeys(each["person_id"] for each in sat.cards):
        own = [each for each in sat.cards if each["person_id"] == person_id]
        confirmation = last.get(person_id)
        holds = is_current(confirmation, scorecards=sat.submitted_ids, reconciliations=made.get(person_id, 0))
        state: PanelistState = "confirmed" if holds else "anew" if confirmation else "not_yet"
        if any(each["state"] == "draft" for each in own):
            state = "owes"
        elif not holds and not own[0]["active"]:
            state = "left"
        rounds = tuple(dict.fromkeys(sat.round_names[each["round_id"]] for each in own))
        at = confirmation.confirmed_at if confirmation and holds else None
        found.append(Panelist(person_id, own[0]["person_name"], rounds, state, at))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.person_id)))


def _unfinished_elsewhere(reader: Person | None, sat: Sat) -> set[str]:
    if reader is None or reader.access != "interviewer":
        return set()
    own = {each["round_id"] for each in sat.cards if each["person_id"] == reader.id}
    return {each["round_id"] for each in sat.owing} - own


def _recommending(row: Row, sat: Sat) -> Recommending:
    return Recommending(
        scorecard_id=row["scorecard_id"],
        person_id=row["person_id"],
        person_name=row["person_name"],
        round_id=row["round_id"],
        round_name=sat.round_names[row["round_id"]],
        recommendation=row["recommendation"],
        confidence=row["confidence"],
        summary=row["summary"],
    )


def _role(transaction: Transaction, candidate: Candidate, versions: Sequence[PlanVersion]) -> Role:
    if versions:
        return max(versions, key=lambda each: (each.published_at, each.id)).published.role
    stored = plans.role_by_id(transaction, candidate.role_id)
    assert stored is not None  # a candidate is never without a role
    return stored.role
