"""How hired people did later: entered one by one or brought in as a table, looked at, and taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from panel.actions.checks import allowed
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate
from panel.domain.outcomes import NewOutcome, Outcome, read_day, read_number, tidy_outcome
from panel.domain.people import Person, may_manage_hiring
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.importing.outcomes import OutcomeRow, read_outcome_file, read_outcome_text
from panel.store import audit, candidates, outcomes, people, plans, reports
from panel.store.database import Transaction
from panel.store.outcomes import OutcomeImport

ONLY_MANAGERS = "Only hiring managers and administrators see and enter how people did later."
LONGEST_NAME = 120


@dataclass(frozen=True)
class KnownPerson:
    """A candidate as outcomes name one."""

    candidate: Candidate
    role: str


@dataclass(frozen=True)
class KnownOutcomes:
    """What stands, the latest first; `people` holds every candidate by id, `names` whoever entered something, `hired`
    the ids of those whom a debrief decided to hire, as far as the reader may know."""

    outcomes: tuple[Outcome, ...]
    imports: tuple[OutcomeImport, ...]
    people: dict[str, KnownPerson]
    names: dict[str, str]
    hired: frozenset[str] = frozenset()

    @property
    def awaited(self) -> list[str]:
        """Names of the hired of whom no outcome is known yet."""
        known = {each.candidate_id for each in self.outcomes}
        waiting = [self.people[each].candidate.name for each in self.hired if each not in known]
        return sorted(waiting, key=str.casefold)

    @property
    def criteria(self) -> list[str]:
        return sorted({each.criterion for each in self.outcomes}, key=str.casefold)


@dataclass(frozen=True)
class Preview:
    """What a table would bring in, and a sentence for each row that it would not."""

    name: str
    ready: tuple[NewOutcome, ...]
    problems: tuple[str, ...]


def known_outcomes(workspace: Workspace, *, by: Person) -> KnownOutcomes:
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return KnownOutcomes(
            tuple(outcomes.all_outcomes(transaction)),
            tuple(outcomes.standing_imports(transaction)),
            _everybody(transaction),
            {each.id: each.name for each in people.all_people(transaction)},
            frozenset(reports.hired(transaction, reader_id=reader.id)),
        )


def enter_outcome(
    workspace: Workspace, *, by: Person, candidate_id: str, on: date, criterion: str, value: float, low: float,
    high: float,
) -> Outcome:  # fmt: skip
    """One observation of one person, who counts as hired from then on."""
    new = tidy_outcome(
        candidate_id=candidate_id, on=on, criterion=criterion, value=value, low=low, high=high, today=now().date()
    )
    outcome_id = new_id()

    def work(transaction: Transaction) -> Outcome:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        if candidates.candidate_by_id(transaction, candidate_id) is None:
            raise NotFound("This candidate does not exist. Choose one from the list.")
        standing = outcomes.all_outcomes(transaction)
        if _same(new) in {_same(each) for each in standing}:
            raise InputError("This criterion has a value for this person and day already. Remove that one first.")
        outcome = Outcome(
            **_spelled(new, _spellings(standing)).model_dump(),
            id=outcome_id,
            import_id="",
            entered_by=person.id,
            entered_at=now(),
        )
        outcomes.insert_outcomes(transaction, [outcome])
        audit.record(
            transaction, at=outcome.entered_at, actor_id=person.id, action="enter_outcome", subject="outcome",
            subject_id=outcome.id, after=new.model_dump(mode="json"),
        )  # fmt: skip
        return outcome

    return workspace.database.write(work)


def remove_outcome(workspace: Workspace, *, by: Person, outcome_id: str) -> None:
    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        old = outcomes.outcome_by_id(transaction, outcome_id)
        if old is None or not outcomes.remove_outcome(transaction, outcome_id, by=person.id, at=now()):
            raise Stale("This outcome was removed in the meantime.")
        audit.record(
            transaction, at=now(), actor_id=person.id, action="remove_outcome", subject="outcome",
            subject_id=outcome_id, before=old.model_dump(mode="json"),
        )  # fmt: skip

    workspace.database.write(work)


def preview_outcomes(workspace: Workspace, *, by: Person, name: str, data: bytes | str) -> Preview:
    """What a file (bytes) or a pasted text would bring in; nothing is written."""
    rows = read_outcome_text(data) if isinstance(data, str) else read_outcome_file(data)
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return _preview(transaction, name, rows)


def bring_in_outcomes(workspace: Workspace, *, by: Person, name: str, data: bytes | str) -> Preview:
    """Read the document anew and bring in what can be, all at once; the answer is what was done."""
    rows = read_outcome_text(data) if isinstance(data, str) else read_outcome_file(data)
    import_id = new_id()
    ids = [new_id() for _ in rows]

    def work(transaction: Transaction) -> Preview:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        found = _preview(transaction, name, rows)
        if not found.ready:
            raise InputError("Nothing can be brought in: no row is new and complete. Correct them, then try again.")
        at = now()
        made = OutcomeImport(import_id, found.name, person.id, at, len(found.ready), len(found.ready))
        outcomes.insert_import(transaction, made)
        outcomes.insert_outcomes(
            transaction,
            (
                Outcome(**each.model_dump(), id=outcome_id, import_id=import_id, entered_by=person.id, entered_at=at)
                for outcome_id, each in zip(ids, found.ready, strict=False)
            ),
        )
        audit.record(
            transaction, at=at, actor_id=person.id, action="import_outcomes", subject="outcome_import",
            subject_id=import_id, after={"name": found.name, "outcomes": len(found.ready)},
        )  # fmt: skip
        return found

    return workspace.database.write(work)


def undo_outcome_import(workspace: Workspace, *, by: Person, import_id: str) -> int:
    """Take back what an import brought in; how many outcomes that were left of it."""

    def work(transaction: Transaction) -> int:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        removed = outcomes.undo_import(transaction, import_id, by=person.id, at=now())
        if removed is None:
            raise Stale("This import was taken back in the meantime.")
        audit.record(
            transaction, at=now(), actor_id=person.id, action="undo_outcome_import", subject="outcome_import",
            subject_id=import_id, after={"removed": removed},
        )  # fmt: skip
        return removed

    return workspace.database.write(work)


# ---- shared steps -------------------------------------------------------------------------------------------------


def _everybody(transaction: Transaction) -> dict[str, KnownPerson]:
    return {
        each.id: KnownPerson(each, role.role.name)
        for role in plans.all_roles(transaction)
        for each in candidates.candidates_of_role(transaction, role.id)
    }


def _preview(transaction: Transaction, name: str, rows: list[OutcomeRow]) -> Preview:
    everybody = _everybody(transaction)
    standing = outcomes.all_outcomes(transaction)
    known, spellings = {_same(each) for each in standing}, _spellings(standing)
    here: Counter[tuple[str, str, date]] = Counter()
    ready: list[NewOutcome] = []
    problems: list[str] = []
    for row in rows:
        try:
            new = _spelled(_new(row.texts, everybody), spellings)
            if _same(new) in known:
                raise InputError("this criterion has a value for this person and day already.")
            if here[_same(new)]:
                raise InputError("this criterion, person and day stand on an earlier row too.")
        except InputError as error:
            problems.append(f"Row {row.number}: {error}")
            continue
        here[_same(new)] += 1
        ready.append(new)
    called = " ".join(name.split())[:LONGEST_NAME]
    return Preview(called if called.isprintable() and called else "a table", tuple(ready), tuple(problems))


def _new(texts: Mapping[str, str], everybody: dict[str, KnownPerson]) -> NewOutcome:
    return tidy_outcome(
        candidate_id=_whose(texts, everybody),
        on=read_day(texts["on"]),
        criterion=texts["criterion"],
        value=read_number(texts["value"], "the value"),
        low=read_number(texts["low"], "the lower end of the scale"),
        high=read_number(texts["high"], "the upper end of the scale"),
        today=now().date(),
    )


def _whose(texts: Mapping[str, str], everybody: dict[str, KnownPerson]) -> str:
    """By address where there is one, else by name; with the role where several fit."""
    email, name = texts.get("email", "").strip().casefold(), " ".join(texts.get("candidate", "").split())
    if not email and "@" in name:
        email = name.casefold()
    role = " ".join(texts.get("role", "").split()).casefold()
    fitting = [
        each
        for each in everybody.values()
        if (each.candidate.email == email if email else each.candidate.name.casefold() == name.casefold())
        and (not role or each.role.casefold() == role)
    ]
    if len(fitting) == 1:
        return fitting[0].candidate.id
    said = (email or name)[:80]
    if not said:
        raise InputError("it names nobody. Give the candidate's email address or name.")
    if not fitting:
        raise InputError(f"nobody called {said} is a candidate here. Write the name or address as under Candidates.")
    raise InputError(f"{len(fitting)} candidates are called {said}. Add a column email or role that tells them apart.")


def _spellings(standing: Iterable[Outcome]) -> dict[str, str]:
    """How each criterion is written already."""
    return {each.criterion.casefold(): each.criterion for each in standing}


def _spelled(new: NewOutcome, spellings: dict[str, str]) -> NewOutcome:
    """With its criterion as it was first written, so that it is one; a new one joins the spellings."""
    return new.model_copy(update={"criterion": spellings.setdefault(new.criterion.casefold(), new.criterion)})


def _same(each: NewOutcome) -> tuple[str, str, date]:
    return each.candidate_id, each.criterion.casefold(), each.on
