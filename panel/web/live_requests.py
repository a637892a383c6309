"""What a scoring page asks over its websocket, and how it is answered. Every request may arrive twice."""

import json
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panel.actions import handovers, leading, preferences, scoring
from panel.actions.desk import OwnHandover, desk_state, shown_rating
from panel.actions.handovers import Reminder
from panel.domain.people import Person
from panel.domain.preferences import Preferences
from panel.domain.scorecards import Closing, Confidence, Outcome, Reason, Recommendation
from panel.domain.text import Key
from panel.errors import InputError, NotAllowed, NotFound, PanelError, Sealed, Stale, StorageError
from panel.house import Workspace

KINDS: tuple[tuple[type[PanelError], str], ...] = (
    (Reminder, "reminder"),
    (Stale, "stale"),
    (Sealed, "sealed"),
    (NotAllowed, "not_allowed"),
    (NotFound, "not_found"),
    (StorageError, "storage"),
    (InputError, "input"),
)
NOT_READ = "This page sent something that the app does not understand. Reload the page; what you typed is kept."
UNEXPECTED = "Something went wrong while saving. It is kept in this browser and tried again."
HIGHEST_VERSION = 2**31
Answer = dict[str, Any]
log = logging.getLogger(__name__)
Known = TypeVar("Known", bound=BaseModel)


@dataclass(frozen=True)
class Desk:
    """Who writes on which scorecard."""

    workspace: Workspace
    person: Person
    scorecard_id: str

    @property
    def named(self) -> dict[str, Any]:
        return {"by": self.person, "scorecard_id": self.scorecard_id}


class Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class At(Said):
    """What the page shows now. It is not answered."""

    question: Key | Literal[""]


class Request(Said, ABC):
    n: int

    @abstractmethod
    def answer(self, desk: Desk) -> Answer: ...


class Change(BaseModel):
    """Of a rating: what is given changes. `level` and `reason` belong to `outcome`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome | None = None
    level: int | None = None
    reason: Reason = ""
    note: str | None = None
    probes: tuple[int, ...] | None = None
    reworded: bool | None = None


class Save(Request):
    do: Literal["save"]
    question: str
    seen: Annotated[int, Field(ge=0, le=HIGHEST_VERSION)]
    change: Change

    def answer(self, desk: Desk) -> Answer:
        change = self.change
        saved = scoring.save_rating(
            desk.workspace,
            **desk.named,
            question_key=self.question,
            seen_version=self.seen,
            outcome=change.outcome,
            level=change.level,
            reason=change.reason,
            note=change.note,
            probes_asked=change.probes,
            reworded=change.reworded,
        )
        return {"rating": shown_rating(saved).model_dump(mode="json")}


class Typed(BaseModel):
    """An end of a scorecard as it was typed: a summary may be too long, which the action says in its own words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recommendation: Recommendation | None
    confidence: Confidence | None
    summary: str


class Close(Request):
    do: Literal["close"]
    seen: Closing
    new: Typed

    def answer(self, desk: Desk) -> Answer:
        new = Closing.model_construct(**self.new.model_dump())
        saved = scoring.save_closing(desk.workspace, **desk.named, seen=self.seen, new=new)
        return {"closing": saved.closing.model_dump(), "version": saved.version}


class Submit(Request):
    do: Literal["submit"]
    seen: Closing

    def answer(self, desk: Desk) -> Answer:
        scoring.submit(desk.workspace, **desk.named, seen=self.seen)
        return {"sealed": True}


class HandOver(Request):
    do: Literal["hand_over"]
    text: str
    as_it_is: bool = False

    def answer(self, desk: Desk) -> Answer:
        sent = handovers.hand_over(desk.workspace, **desk.named, text=self.text, as_it_is=self.as_it_is)
        return {"handover": OwnHandover(text=sent.text, version=sent.version).model_dump()}


class Start(Request):
    do: Literal["start"]
    again: bool = False

    def answer(self, desk: Desk) -> Answer:
        leading.start_clock(desk.workspace, **desk.named, again=self.again)
        return _panel(desk)


class Lead(Request):
    do: Literal["lead"]
    instead_of: str | None = None

    def answer(self, desk: Desk) -> Answer:
        leading.take_lead(desk.workspace, **desk.named, instead_of=self.instead_of)
        return _panel(desk)


class Unlead(Request):
    do: Literal["unlead"]

    def answer(self, desk: Desk) -> Answer:
        leading.give_up_lead(desk.workspace, **desk.named)
        return _panel(desk)


class Move(Request):
    do: Literal["move"]
    question: str

    def answer(self, desk: Desk) -> Answer:
        leading.move_panel(desk.workspace, **desk.named, question_key=self.question)
        return _panel(desk)


class Prefer(Request):
    do: Literal["prefer"]
    go_on: bool
    open_answers: bool

    def answer(self, desk: Desk) -> Answer:
        wanted = Preferences(go_on=self.go_on, open_answers=self.open_answers)
        return {"preferences": preferences.prefer(desk.workspace, by=desk.person, wanted=wanted).model_dump()}


class Look(Request):
    do: Literal["look"]

    def answer(self, desk: Desk) -> Answer:
        return {"state": desk_state(desk.workspace, **desk.named).model_dump(mode="json")}


REQUESTS: dict[str, type[Request]] = {
    "save": Save, "close": Close, "submit": Submit, "hand_over": HandOver, "start": Start, "lead": Lead,
    "unlead": Unlead, "move": Move, "prefer": Prefer, "look": Look,
}  # fmt: skip


def answered(desk: Desk, said: Any) -> Answer:
    """The answer to one message, whatever it holds; never raises."""
    n = said["n"] if isinstance(said, dict) and isinstance(said.get("n"), int) else None
    request = read(REQUESTS.get(str(said.get("do"))), said) if isinstance(said, dict) else None
    if request is None:
        return {"n": n, "ok": False, "kind": "input", "sentence": NOT_READ}
    try:
        return {"n": n, "ok": True, **request.answer(desk)}
    except PanelError as error:
        kind = next((kind for error_type, kind in KINDS if isinstance(error, error_type)), "input")
        return {"n": n, "ok": False, "kind": kind, "sentence": str(error), **_newer(desk, request, error)}
    except Exception:
        log.exception("A request of a scoring page failed")
        return {"n": n, "ok": False, "kind": "unexpected", "sentence": UNEXPECTED}


def read(model: type[Known] | None, said: Any) -> Known | None:
    """A message as what it says it is, or None when it is not that."""
    try:
        return model.model_validate_json(json.dumps(said)) if model else None
    except (ValidationError, RecursionError):
        return None


def _newer(desk: Desk, request: Request, error: PanelError) -> Answer:
    """With a refusal as stale: what is stored now."""
    if not isinstance(error, Stale) or not isinstance(request, Save | Close | Submit):
        return {}
    try:
        state = desk_state(desk.workspace, **desk.named)
    except PanelError:
        return {}
    if isinstance(request, Save):
        rating = state.ratings.get(request.question)
        return {"rating": rating.model_dump(mode="json") if rating else None}
    return {"closing": state.closing.model_dump(), "version": state.version}


def _panel(desk: Desk) -> Answer:
    return {"panel": desk_state(desk.workspace, **desk.named).panel.model_dump(mode="json")}
