"""A sitting while it happens: its clock, who leads the panel, and the question the panel is at.

A panel has one lead or none. Whoever takes the lead names whom they saw leading, so that of two at once the second is
told. A lead who leaves keeps the lead until somebody else takes it; nobody's screen is held.
"""

from collections.abc import Callable

from panel.actions.own_draft import own_draft
from panel.actions.scorecard_reading import guide_of
from panel.domain.basics import now
from panel.domain.live import Happening, LiveSitting, clock_that_counts
from panel.domain.people import Person
from panel.domain.scorecards import Scorecard
from panel.errors import InputError, NotAllowed, Stale
from panel.house import Workspace
from panel.store import audit, live_sittings, people
from panel.store.database import Transaction

TOO_EARLY = (
    "The clock starts at most two hours before the planned time. If the interview is held now, ask a hiring manager to "
    "move it."
)
Change = Callable[[Transaction, Scorecard, LiveSitting], LiveSitting]


def start_clock(workspace: Workspace, *, by: Person, scorecard_id: str, again: bool = False) -> LiveSitting:
    """The interview begins now. A second start changes nothing unless it is to start `again`.

    Raises InputError long before the planned start: such a clock would not count.
    """

    def change(transaction: Transaction, own: Scorecard, old: LiveSitting) -> LiveSitting:
        planned = guide_of(transaction, own)[3].starts_at
        if clock_that_counts(old.started_at, starts_at=planned) and not again:
            return old
        if not clock_that_counts(now(), starts_at=planned):
            raise InputError(TOO_EARLY)
        return old.model_copy(update={"started_at": now()})

    return _change(workspace, by, scorecard_id, "start_clock", change)


def take_lead(workspace: Workspace, *, by: Person, scorecard_id: str, instead_of: str | None) -> LiveSitting:
    """Lead the panel. `instead_of` is the id of who leads on the writer's page; Stale when another does by now."""

    def change(transaction: Transaction, own: Scorecard, old: LiveSitting) -> LiveSitting:
        sits_together, first = _panel_questions(transaction, own)
        if not sits_together:
            raise InputError("Only a panel in one sitting has a lead.")
        if own.shadow:
            raise NotAllowed("A shadow follows the panel and does not lead it.")
        if old.lead_id not in (instead_of, own.person_id):
            name = _name(transaction, old.lead_id)
            raise Stale(f"{name} has just taken the lead." if name else "The lead was given up a moment ago.")
        return old.model_copy(update={"lead_id": own.person_id, "question_key": old.question_key or first})

    return _change(workspace, by, scorecard_id, "take_lead", change)


def give_up_lead(workspace: Workspace, *, by: Person, scorecard_id: str) -> LiveSitting:
    """Lead no longer. Who does not lead changes nothing."""

    def change(_: Transaction, own: Scorecard, old: LiveSitting) -> LiveSitting:
        return old.model_copy(update={"lead_id": None}) if old.lead_id == own.person_id else old

    return _change(workspace, by, scorecard_id, "give_up_lead", change)


def move_panel(workspace: Workspace, *, by: Person, scorecard_id: str, question_key: str) -> LiveSitting:
    """Bring the panel to a question. Raises NotAllowed when the writer does not lead."""

    def change(transaction: Transaction, own: Scorecard, old: LiveSitting) -> LiveSitting:
        if old.lead_id != own.person_id:
            name = _name(transaction, old.lead_id)
            raise NotAllowed(f"{name} leads the panel now." if name else "Nobody leads the panel. Take the lead first.")
        if question_key not in _keys(transaction, own):
            raise InputError("This question is not part of this interview.")
        return old.model_copy(update={"question_key": question_key})

    return _change(workspace, by, scorecard_id, "move_panel", change)


def _change(workspace: Workspace, by: Person, scorecard_id: str, action: str, change: Change) -> LiveSitting:
    def work(transaction: Transaction) -> tuple[LiveSitting, bool]:
        own, person = own_draft(transaction, by, scorecard_id)
        old = live_sittings.live_sitting(transaction, own.interview_id)
        new = change(transaction, own, old)
        if new == old:
            return old, False
        new = new.model_copy(update={"version": old.version + 1})
        live_sittings.keep_live_sitting(transaction, new, at=now())
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action=action,
            subject="interview",
            subject_id=own.interview_id,
            before=old.model_dump(),
            after=new.model_dump(),
        )
        return new, True

    new, changed = workspace.database.write(work)
    if changed:
        workspace.live.tell(Happening(kind="moved", interview_id=new.interview_id))
    return new


def _panel_questions(transaction: Transaction, own: Scorecard) -> tuple[bool, str]:
    each, guide, _, _ = guide_of(transaction, own)
    return each.sitting == "panel", guide.items[0].question.key if guide.items else ""


def _keys(transaction: Transaction, own: Scorecard) -> set[str]:
    return {item.question.key for item in guide_of(transaction, own)[1].items}


def _name(transaction: Transaction, person_id: str | None) -> str:
    found = people.person_by_id(transaction, person_id) if person_id else None
    return found.name if found else ""
