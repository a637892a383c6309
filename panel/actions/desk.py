"""What the scoring page shows of a scorecard while it is written: the interviewer's own ratings, and the sitting."""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

from panel.actions.checks import present
from panel.actions.handovers import handed_over_to
from panel.actions.scorecard_reading import existing
from panel.domain.candidates import Interview
from panel.domain.live import clock_that_counts
from panel.domain.people import Person
from panel.domain.preferences import Preferences
from panel.domain.scorecards import Closing, Outcome, Rating, Reason
from panel.errors import NotAllowed, NotFound
from panel.house import Workspace
from panel.store import candidates, handovers, live_sittings, preferences, scorecards
from panel.store.database import Transaction


class Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class ShownRating(Shown):
    """A rating as the page knows it; `at` is when it was saved, in milliseconds since 1970."""

    outcome: Outcome
    level: int | None
    reason: Reason
    note: str
    probes: tuple[int, ...]
    reworded: bool
    version: int
    at: float


class ShownPerson(Shown):
    """Somebody of the sitting: progress only, never what they rated."""

    id: str
    name: str
    here: bool
    shadow: bool
    submitted: bool
    me: bool


class ShownPanel(Shown):
    """`started` is when the clock was started that counts, in milliseconds since 1970."""

    started: float | None
    lead: str | None
    question: str
    people: tuple[ShownPerson, ...]


class ShownHandover(Shown):
    person: str
    round: str
    text: str
    at: float


class OwnHandover(Shown):
    text: str
    version: int


class DeskState(Shown):
    """Everything of the page that changes while it is open. `version` is the scorecard's own: that of its end.

    `starts` is the planned start in milliseconds since 1970, `minutes` the planned length.
    """

    interview_id: str
    starts: float
    minutes: int
    version: int
    ratings: dict[str, ShownRating]
    closing: Closing
    submitted: bool
    cancelled: bool
    panel: ShownPanel
    handovers: tuple[ShownHandover, ...]
    handover: OwnHandover | None
    preferences: Preferences


def desk_state(workspace: Workspace, *, by: Person, scorecard_id: str) -> DeskState:
    """How one of the reader's own scorecards stands. Raises NotFound, or NotAllowed for another's."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        own = existing(transaction, scorecard_id)
        if own.person_id != person.id:
            raise NotAllowed("Only its interviewer opens a scorecard for writing.")
        interview = candidates.interview_by_id(transaction, own.interview_id)
        if interview is None:
            raise NotFound("The interview of this scorecard is gone. Open one from Today.")
        sent = handovers.handover_of(transaction, own.id)
        return DeskState(
            interview_id=interview.id,
            starts=_ms(interview.starts_at),
            minutes=interview.minutes,
            version=own.version,
            ratings={key: shown_rating(each) for key, each in scorecards.ratings_of(transaction, own.id).items()},
            closing=own.closing,
            submitted=own.is_submitted,
            cancelled=interview.state == "cancelled",
            panel=_panel(workspace, transaction, interview, person),
            handovers=tuple(
                ShownHandover(person=each.person_name, round=each.round_name, text=each.text, at=_ms(each.sent_at))
                for each in handed_over_to(transaction, own, interview)
            ),
            handover=OwnHandover(text=sent.text, version=sent.version) if sent else None,
            preferences=preferences.preferences_of(transaction, person.id),
        )


def shown_rating(rating: Rating) -> ShownRating:
    return ShownRating(
        outcome=rating.outcome,
        level=rating.level,
        reason=rating.reason,
        note=rating.note,
        probes=rating.probes_asked,
        reworded=rating.reworded,
        version=rating.version,
        at=_ms(rating.updated_at) if rating.updated_at else 0,
    )


def _panel(workspace: Workspace, transaction: Transaction, interview: Interview, reader: Person) -> ShownPanel:
    sitting = live_sittings.live_sitting(transaction, interview.id)
    started = clock_that_counts(sitting.started_at, starts_at=interview.starts_at)
    here = workspace.live.present(interview.id)
    seats = scorecards.seats_of_interviews(transaction, [interview.id])[interview.id]
    return ShownPanel(
        started=_ms(started) if started else None,
        lead=sitting.lead_id,
        question=sitting.question_key,
        people=tuple(
            ShownPerson(
                id=seat["person_id"],
                name=seat["person_name"],
                here=seat["person_id"] in here or seat["person_id"] == reader.id,
                shadow=bool(seat["shadow"]),
                submitted=seat["state"] != "draft",
                me=seat["person_id"] == reader.id,
            )
            for seat in seats
        ),
    )


def _ms(moment: datetime) -> float:
    """Milliseconds since 1970 of naive UTC, as browsers count."""
    return moment.replace(tzinfo=UTC).timestamp() * 1000
