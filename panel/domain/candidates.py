"""Candidates and the interviews they sit."""

import csv
import io
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from panel.domain.people import EMAIL
from panel.domain.text import Name, without_control_characters
from panel.errors import InputError

InterviewState = Literal["scheduled", "cancelled"]
Opening = Literal["own", "all"]  # when a panelist may read the others: after submitting their own, or after all have
OPENING_NAMES: dict[Opening, str] = {
    "own": "after submitting their own",
    "all": "after everybody has submitted",
}
MOST_AT_ONCE = 1000


class Candidate(BaseModel):
    """Someone who is interviewed for a role."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: Name
    email: str
    role_id: str
    about: str = ""
    version: int = 1


class Interview(BaseModel):
    """One sitting of a candidate with one or more interviewers. `starts_at` is naive UTC."""

    model_config = ConfigDict(frozen=True)

    id: str
    candidate_id: str
    plan_id: str
    plan_version_id: str
    round_id: str
    starts_at: datetime
    minutes: int
    state: InterviewState
    version: int = 1
    opens: Opening = "own"


class NewCandidate(BaseModel):
    """What a manager types or pastes for one candidate."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    email: Annotated[str, Field(max_length=254), AfterValidator(without_control_characters)] = ""
    about: Annotated[str, Field(max_length=2000), AfterValidator(without_control_characters)] = ""


class PastedCandidates(BaseModel):
    """What a pasted table holds: rows that can be added, and sentences about those that cannot."""

    model_config = ConfigDict(frozen=True)

    candidates: tuple[NewCandidate, ...]
    problems: tuple[str, ...]


def short_name(name: str) -> str:
    """`Priya N.` of Priya Nair: who is meant, for a page where the whole name is not needed."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first


def tidy_candidate(*, name: str, email: str = "", about: str = "") -> NewCandidate:
    """Raises InputError saying what to change."""
    email = email.strip().lower()
    if email and not EMAIL.match(email):
        raise InputError(f"{email[:60]} is not an email address.")
    try:
        return NewCandidate(name=name, email=email, about=about.strip())
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        words = {
            "name": "Enter the candidate's name, at most 120 characters, without control characters.",
            "email": "The email address is too long or holds a control character.",
            "about": "Keep the remark under 2,000 characters, without control characters.",
        }
        raise InputError(words[field]) from error


def read_pasted(text: str) -> PastedCandidates:
    """Comma, semicolon or tab separated lines: name, email, remark. A heading line is recognised and skipped."""
    lines = text.replace("\ufeff", "").strip()
    if not lines:
        return PastedCandidates(candidates=(), problems=("Paste at least one line: name, email, remark.",))
    delimiter = max("\t;,", key=lines.splitlines()[0].count)
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=None), delimiter=delimiter))
    except csv.Error:
        unclosed = "A quotation mark opens a cell that never ends. Remove it, then paste again."
        return PastedCandidates(candidates=(), problems=(unclosed,))
    candidates: list[NewCandidate] = []
    problems: list[str] = []
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        if not any(cells) or (number == 1 and cells[0].casefold() in {"name", "candidate", "full name"}):
            continue
        if len(candidates) >= MOST_AT_ONCE:
            problems.append(f"Line {number} and those after it: at most {MOST_AT_ONCE:,} candidates at once.")
            break
        try:
            new = tidy_candidate(name=cells[0], email=cells[1], about=" ".join(cells[2:]).strip())
        except InputError as error:
            problems.append(f"Line {number}: {error}")
            continue
        if (new.name.casefold(), new.email) in seen:
            problems.append(f"Line {number}: {new.name} stands here twice; the second is left out.")
            continue
        seen.add((new.name.casefold(), new.email))
        candidates.append(new)
    return PastedCandidates(candidates=tuple(candidates), problems=tuple(problems))
