"""The board: a day's interviews while they happen. It tells progress and presence, and nothing of what was rated.

Answers of every kind count alike. Whether notes were written is told only while questions are unanswered: the lowest
and the highest level need a note before submission, so that "all answered, no notes" and then "submitted" would tell
that no level lies at an end.
"""

from datetime import UTC, datetime
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from panel.actions.checks import allowed
from panel.actions.kept_boards import Boards, boards_of
from panel.domain.basics import now
from panel.domain.board import LONGEST_SITTING, Day, Phase, Span, phase, span
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import InterviewGuide, PublishedPlan
from panel.house import Workspace
from panel.store import board, scorecards
from panel.store.database import Row, Transaction

ONLY_MANAGERS = (
    "Only hiring managers and administrators see the board. Your own interviews and open scorecards stand on Today."
)


class Shown(BaseModel):
    """Moments are milliseconds since 1970, as browsers count."""

    model_config = ConfigDict(frozen=True)


class ShownSeat(Shown):
    """Somebody of an interview. `number` and `prompt` are the question on the page they have open."""

    id: str
    name: str
    shadow: bool
    here: bool
    number: int | None
    prompt: str
    answered: int
    questions: int
    notes: bool | None
    submitted: float | None
    overdue: float | None


class ShownSitting(Shown):
    """An interview. `number` and `prompt` are the question that its lead brought the panel to."""

    id: str
    candidate_id: str
    candidate: str
    role_id: str
    role: str
    round: str
    planned: float
    starts: float
    ends: float
    phase: Phase
    lead: str
    number: int | None
    prompt: str
    people: tuple[ShownSeat, ...]


class ShownLate(Shown):
    """A scorecard of an earlier day that is not submitted."""

    id: str
    person: str
    candidate_id: str
    candidate: str
    role_id: str
    round: str
    starts: float
    answered: int
    questions: int


class Board(Shown):
    sittings: tuple[ShownSitting, ...]
    late: tuple[ShownLate, ...]

    @cached_property
    def text(self) -> str:
        """As JSON, made once for all who look."""
        return self.model_dump_json()


def todays_board(workspace: Workspace, *, by: Person, day: Day, at: datetime | None = None) -> Board:
    """The board of the reader's day. It is up to half a second old, and to two where nobody told of a change."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
    revision, moment = workspace.live.revision, at or now()
    boards: Boards[Board] = boards_of(workspace)
    return boards.take(day, revision=revision, at=moment, make=lambda: _made(workspace, boards, day, moment))


def board_at_hand(workspace: Workspace, *, day: Day) -> Board | None:
    """The board if somebody was given it a moment ago; reads nothing. Only for a reader who was just allowed it."""
    boards: Boards[Board] = boards_of(workspace)
    return boards.kept(day, revision=workspace.live.revision, at=now())


def _made(workspace: Workspace, boards: Boards[Board], day: Day, at: datetime) -> Board:
    with workspace.database.read() as transaction:
        # An interview that runs past midnight is one of both days.
        among = day.starts - LONGEST_SITTING, day.ends
        rows = [each for each in board.sittings_between(transaction, *among) if _planned(each).ends > day.starts]
        seats: dict[str, list[Row]] = {each["id"]: [] for each in rows}
        of_the_day = [each for each in board.seats_between(transaction, *among) if each["interview_id"] in seats]
        for seat in _with_progress(transaction, of_the_day):
            seats[seat["interview_id"]].append(seat)
        overdue = scorecards.overdue_scorecards(transaction, at=day.starts)
        earlier = [each for each in overdue if each["interview_id"] not in seats]
        late = _with_progress(transaction, [each for each in earlier if _planned(each).overdue_from <= at])
        published = boards.plans_of(transaction, (each["plan_version_id"] for each in (*rows, *late)))
    return Board(
        sittings=tuple(
            _sitting(each, seats[each["id"]], published[each["plan_version_id"]], workspace, at) for each in rows
        ),
        late=tuple(_late(each, published[each["plan_version_id"]]) for each in late),
    )


def _sitting(row: Row, seats: list[Row], plan: PublishedPlan, workspace: Workspace, at: datetime) -> ShownSitting:
    pages = workspace.live.present(row["id"])
    when = span(row["starts_at"], int(row["minutes"]), row["started_at"])
    raters = [each for each in seats if not each["shadow"]]
    open_still = [each for each in raters if each["submitted_at"] is None]
    lead = next((each for each in seats if each["person_id"] == row["lead_id"]), None)
    guide = plan.guide(row["round_id"], lead["assignment_id"]) if lead else None
    number, prompt = _question(guide, row["question_key"] or "")
    return ShownSitting(
        id=row["id"],
        candidate_id=row["candidate_id"],
        candidate=row["candidate_name"],
        role_id=row["role_id"],
        role=plan.role.name,
        round=plan.round(row["round_id"]).name,
        planned=_ms(row["starts_at"]),
        starts=_ms(when.starts),
        ends=_ms(when.ends),
        phase=phase(
            when,
            at,
            somebody_is_in_it=any(each["person_id"] in pages for each in open_still),
            answered=any(each["answered"] for each in raters),
            all_submitted=bool(raters) and not open_still,
        ),
        lead=lead["person_name"] if lead else "",
        number=number,
        prompt=prompt,
        people=tuple(
            _seat(each, plan.guide(row["round_id"], each["assignment_id"]), pages, when, at) for each in seats
        ),
    )


def _seat(row: Row, guide: InterviewGuide, pages: dict[str, str], when: Span, at: datetime) -> ShownSeat:
    submitted = row["submitted_at"]
    number, prompt = _question(guide, "" if submitted else pages.get(row["person_id"], ""))
    answers_open = submitted is None and row["answered"] < len(guide.items)
    is_late = submitted is None and not row["shadow"] and at >= when.overdue_from
    return ShownSeat(
        id=row["person_id"],
        name=row["person_name"],
        shadow=bool(row["shadow"]),
        here=row["person_id"] in pages,
        number=number,
        prompt=prompt,
        answered=row["answered"],
        questions=len(guide.items),
        notes=bool(row["noted"]) if answers_open else None,
        submitted=_ms(submitted) if submitted else None,
        overdue=_ms(when.overdue_from) if is_late else None,
    )


def _late(row: Row, plan: PublishedPlan) -> ShownLate:
    return ShownLate(
        id=row["id"],
        person=row["person_name"],
        candidate_id=row["candidate_id"],
        candidate=row["candidate_name"],
        role_id=row["role_id"],
        round=plan.round(row["round_id"]).name,
        starts=_ms(row["starts_at"]),
        answered=row["answered"],
        questions=len(plan.guide(row["round_id"], row["assignment_id"]).items),
    )


def _with_progress(transaction: Transaction, rows: list[Row]) -> list[Row]:
    """Scorecards with `answered` and `noted`."""
    known = board.progress_of(transaction, (each["id"] for each in rows))
    return [{**each, **known[each["id"]]._asdict()} for each in rows]


def _planned(row: Row) -> Span:
    return span(row["starts_at"], int(row["minutes"]))


def _question(guide: InterviewGuide | None, question_key: str) -> tuple[int | None, str]:
    """A question's number in a guide and its prompt."""
    for number, item in enumerate(guide.items if guide else (), start=1):
        if item.question.key == question_key:
            return number, item.question.prompt
    return None, ""


def _ms(moment: datetime) -> float:
    """Of naive UTC."""
    return moment.replace(tzinfo=UTC).timestamp() * 1000
