"""The debrief of a candidate, as its reader may see it. What is written in it stands in `debrief_steps`."""

from dataclasses import dataclass, field, replace

from panel.actions.checks import present
from panel.actions.debrief_evidence import Panelist, Sat, closed_to, evidence_of, joining, panelists
from panel.domain.candidates import Candidate
from panel.domain.composites import Beside, score_sheet
from panel.domain.debrief_agenda import AgendaItem, Recommending, agenda_of
from panel.domain.debriefs import FINAL, Debrief, Decision, ScoreSheet
from panel.domain.people import Person, may_compare, may_lead_debrief
from panel.domain.plans import GuideItem
from panel.domain.roles import Role
from panel.domain.team_settings import Display
from panel.house import Workspace
from panel.store import debriefs, people, reports, team_settings
from panel.store.database import Row


@dataclass(frozen=True)
class AskedQuestion:
    """One question of a round with everybody's rating of it. `number` counts within the round."""

    number: int
    item: GuideItem
    must: bool
    ratings: tuple[Beside, ...]


@dataclass(frozen=True)
class AskedRound:
    round_id: str
    name: str
    plan_title: str
    plan_number: int
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True)
class Decided:
    """A decision with the name of who wrote it down; without its fair average for those who may not compare."""

    decision: Decision
    by_name: str


@dataclass(frozen=True)
class DebriefView:
    """`closed` says why nothing below it is shown; it is empty where the reader may see the debrief.

    `late` are the names of those who are waited for in rounds that have begun, `ahead` the rounds of which nothing is
    submitted. `events` are reconciliations with names, oldest first. `seen_own` is what the reader would confirm now.
    """

    candidate: Candidate
    role: Role
    submitted: int
    scorecards: int
    leads: bool
    closed: str = ""
    debrief: Debrief | None = None
    may_open: bool = False
    agenda: tuple[AgendaItem, ...] = ()
    rounds: tuple[AskedRound, ...] = ()
    recommended: tuple[Recommending, ...] = ()
    scores: ScoreSheet | None = None
    panelists: tuple[Panelist, ...] = ()
    events: tuple[Row, ...] = ()
    decisions: tuple[Decided, ...] = ()
    earlier: tuple[tuple[Debrief, tuple[Decided, ...]], ...] = ()
    late: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    seen_own: tuple[tuple[str, ...], int] = ((), 0)
    names: dict[str, str] = field(default_factory=dict)  # everybody active, by person id
    display: Display = "levels"

    @property
    def is_open(self) -> bool:
        return self.debrief is not None and not self.decisions

    def own(self, person_id: str) -> Panelist | None:
        return next((each for each in self.panelists if each.person_id == person_id), None)


def debrief(workspace: Workspace, *, by: Person, candidate_id: str) -> DebriefView:
    """The candidate's latest debrief. Raises NotFound, and NotAllowed for those who have no part in it."""
    with workspace.database.read() as transaction:
        reader, candidate, sat = joining(transaction, by, candidate_id)
        closed = closed_to(transaction, reader, candidate, sat)
        leads = may_lead_debrief(reader)
        every = debriefs.debriefs_of(transaction, candidate.id)
        if not closed and not leads and not every:
            closed = f"The debrief of {candidate.name} is not open yet. A hiring manager opens it."
        if closed:
            role = next(iter(sat.versions.values())).published.role
            return DebriefView(candidate, role, sat.submitted, len(sat.cards), leads, closed=closed)
        evidence = evidence_of(transaction, reader=reader, candidate=candidate, sat=sat)
        everybody = people.all_people(transaction)
        names = {each.id: each.name for each in everybody}
        decided = [(each, _decided(debriefs.decisions_of(transaction, each.id), names, reader)) for each in every]
        last, decisions = decided[-1] if decided else (None, ())
        view = DebriefView(
            candidate=candidate,
            role=evidence.role,
            submitted=sat.submitted,
            scorecards=len(sat.cards),
            leads=leads,
            debrief=last,
            may_open=leads and bool(sat.submitted) and may_open_next(last, [each.decision for each in decisions]),
            late=names_late(sat),
            ahead=names_ahead(sat),
            earlier=tuple(decided[:-1]),
        )
        if last is None:
            return view
        made = debriefs.reconciled_of_raters(transaction, candidate.id)
        return replace(
            view,
            agenda=agenda_of(evidence.ratings, evidence.recommended, evidence.role),
            rounds=_rounds(evidence.ratings, sat, evidence.role),
            recommended=evidence.recommended,
            scores=score_sheet(evidence.ratings, evidence.role),
            panelists=panelists(transaction, sat, last),
            events=evidence.events,
            decisions=decisions,
            seen_own=(sat.submitted_ids, made.get(reader.id, 0)),
            names={each.id: each.name for each in everybody if each.active},
            display=team_settings.team_settings(transaction).display,
        )


@dataclass(frozen=True)
class ToConfirm:
    """An open debrief that waits for the reader's confirmation; `anew` where they confirmed before."""

    candidate_id: str
    candidate_name: str
    anew: bool


def debriefs_to_confirm(workspace: Workspace, *, by: Person) -> list[ToConfirm]:
    """Of candidates whom the reader rated and of whom nothing is withheld from them; oldest first."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        rows = reports.unconfirmed_debriefs(transaction, reader_id=person.id)
    return [ToConfirm(row["candidate_id"], row["candidate_name"], bool(row["anew"])) for row in rows]


# ---- shared steps -----------------------------------------------------------------------------------------------


def may_open_next(last: Debrief | None, decisions: list[Decision]) -> bool:
    """Whether another debrief may be opened: the first, or one after "hold" or "another round"."""
    return last is None or (bool(decisions) and decisions[-1].outcome not in FINAL)


def _decided(decisions: list[Decision], names: dict[str, str], reader: Person) -> tuple[Decided, ...]:
    """The fair average was made of every other candidate too, so only those who may compare them get it."""
    shown = decisions if may_compare(reader) else [each.model_copy(update={"fair": None}) for each in decisions]
    return tuple(Decided(each, names[each.decided_by]) for each in shown)


def names_late(sat: Sat) -> tuple[str, ...]:
    return tuple(sorted({each["person_name"] for each in sat.owing if each["round_id"] in sat.begun}))


def names_ahead(sat: Sat) -> tuple[str, ...]:
    ahead = (each["round_id"] for each in sat.owing if each["round_id"] not in sat.begun)
    return tuple(dict.fromkeys(sat.round_names[each] for each in ahead))


def _rounds(ratings: tuple[Beside, ...], sat: Sat, role: Role) -> tuple[AskedRound, ...]:
    version_of = {each["id"]: sat.versions[each["plan_version_id"]] for each in sat.cards}
    found = []
    for round_id in dict.fromkeys(each.round_id for each in ratings):
        of_round = [each for each in ratings if each.round_id == round_id]
        version = version_of[of_round[0].scorecard_id]
        order = {item.question.key: n for n, item in enumerate(version.published.round(round_id).items(), start=1)}
        grouped: dict[str, list[Beside]] = {}
        for each in of_round:
            grouped.setdefault(each.sealed.question_key, []).append(each)
        questions = tuple(
            AskedQuestion(
                order[key],
                grouped[key][0].item,
                grouped[key][0].sealed.competency in role.must_haves,
                tuple(sorted(grouped[key], key=lambda each: each.sealed.person_name.casefold())),
            )
            for key in sorted(grouped, key=order.__getitem__)
        )
        found.append(
            AskedRound(round_id, sat.round_names[round_id], version.published.title, version.number, questions)
        )
    return tuple(found)
