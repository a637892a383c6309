"""Candidates: added by hand or pasted as a table, each with their interviews."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from panel.actions.checks import allowed, unless_stale
from panel.actions.scheduling import ONLY_MANAGERS, existing_candidate
from panel.actions.sittings import sitters_of
from panel.domain.basics import new_id, now
from panel.domain.candidates import Candidate, NewCandidate, PastedCandidates, read_pasted, tidy_candidate
from panel.domain.conflicts import ConflictOfInterest, sentence_of_conflict
from panel.domain.people import Person, may_manage_hiring
from panel.domain.seats import Sitter, in_plan_order, seat_in_words
from panel.errors import InputError, NotFound
from panel.house import Workspace
from panel.store import audit, candidates, conflicts, people, plans
from panel.store.database import Row, Transaction


@dataclass(frozen=True)
class CandidateView:
    """A candidate with their interviews; progress only, never ratings.

    An interview has besides its row `round_name`, `people` (who sits there, in words) and `conflict` (a sentence when
    somebody there has since declared a conflict of interest). `conflicts`: who should not judge, person id to sentence.
    """

    candidate: Candidate
    interviews: tuple[Row, ...]
    conflicts: Mapping[str, str] = field(default_factory=dict)

    @property
    def scorecards(self) -> int:
        return sum(int(each["scorecards"]) for each in self.standing)

    @property
    def submitted(self) -> int:
        return sum(int(each["submitted"] or 0) for each in self.standing)

    @property
    def standing(self) -> list[Row]:
        return [each for each in self.interviews if each["state"] != "cancelled"]


def candidates_of_role(workspace: Workspace, *, by: Person, role_id: str) -> list[CandidateView]:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        found = candidates.candidates_of_role(transaction, role_id)
        rows = candidates.interviews_of_role(transaction, role_id)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
        sitters = sitters_of(transaction, (row["id"] for row in rows))
        names = {each.id: each.name for each in people.all_people(transaction)}
        against = _conflicts(conflicts.conflicts_of_role(transaction, role_id), found, names)
    interviews: dict[str, list[Row]] = {}
    for row in rows:
        each = versions[row["plan_version_id"]].published.round(row["round_id"])
        seated = in_plan_order(each, sitters[row["id"]])
        more = {
            "round_name": each.name,
            "people": ", ".join(seat_in_words(each, one) for one in seated),
            "conflict": _conflict_there(seated, against.get(row["candidate_id"], {})),
        }
        interviews.setdefault(row["candidate_id"], []).append({**row, **more})
    return [CandidateView(each, tuple(interviews.get(each.id, ())), against.get(each.id, {})) for each in found]


def add_candidate(
    workspace: Workspace, *, by: Person, role_id: str, name: str, email: str = "", about: str = ""
) -> Candidate:
    new = tidy_candidate(name=name, email=email, about=about)

    def work(transaction: Transaction) -> Candidate:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _existing_role(transaction, role_id)
        if new.email and (twin := candidates.candidate_with_email(transaction, role_id=role_id, email=new.email)):
            raise InputError(f"{twin.name} already has this email address for this role.")
        return _insert(transaction, person, role_id, new)

    return workspace.database.write(work)


def check_pasted(text: str) -> PastedCandidates:
    """What would be added, before anything is written."""
    return read_pasted(text)


def add_pasted(workspace: Workspace, *, by: Person, role_id: str, text: str) -> tuple[int, list[str]]:
    """Add what can be added, all at once; how many, and a sentence for every line left out."""
    pasted = read_pasted(text)

    def work(transaction: Transaction) -> tuple[int, list[str]]:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _existing_role(transaction, role_id)
        problems = list(pasted.problems)
        present = candidates.candidates_of_role(transaction, role_id)
        emails = {each.email for each in present if each.email}
        nameless = {each.name.casefold() for each in present}
        added = 0
        for new in pasted.candidates:
            if (new.email and new.email in emails) or (not new.email and new.name.casefold() in nameless):
                problems.append(f"{new.name} is already a candidate for this role; left out.")
                continue
            emails.add(new.email)
            _insert(transaction, person, role_id, new)
            added += 1
        return added, problems

    return workspace.database.write(work)


def change_candidate(
    workspace: Workspace, *, by: Person, candidate_id: str, seen_version: int, name: str, email: str, about: str
) -> None:
    new = tidy_candidate(name=name, email=email, about=about)

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        old = existing_candidate(transaction, candidate_id)
        twin = candidates.candidate_with_email(transaction, role_id=old.role_id, email=new.email) if new.email else None
        if twin and twin.id != old.id:
            raise InputError(f"{twin.name} already has this email address for this role.")
        changed = old.model_copy(update=new.model_dump())
        unless_stale(candidates.update_candidate(transaction, changed, seen_version=seen_version), "This candidate")
        audit.record(
            transaction,
            at=now(),
            actor_id=person.id,
            action="change_candidate",
            subject="candidate",
            subject_id=old.id,
            before=old.model_dump(),
            after=changed.model_dump(),
        )

    workspace.database.write(work)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _conflicts(
    standing: list[ConflictOfInterest], found: list[Candidate], names: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Candidate id -> person id -> sentence, without an end."""
    called = {each.id: each.name for each in found}
    against: dict[str, dict[str, str]] = {}
    for each in standing:
        sentence = sentence_of_conflict(names[each.person_id], called[each.candidate_id], each.kind)
        against.setdefault(each.candidate_id, {}).setdefault(each.person_id, sentence)
    return against


def _conflict_there(seated: list[Sitter], against: Mapping[str, str]) -> str:
    sentences = [against[each.person_id] for each in seated if each.person_id in against]
    return f"{sentences[0]}. Cancel this interview and make it again with a substitute." if sentences else ""


def _insert(transaction: Transaction, person: Person, role_id: str, new: NewCandidate) -> Candidate:
    candidate = Candidate(id=new_id(), role_id=role_id, **new.model_dump())
    candidates.insert_candidate(transaction, candidate, created_at=now())
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action="add_candidate",
        subject="candidate",
        subject_id=candidate.id,
        after=candidate.model_dump(),
    )
    return candidate


def _existing_role(transaction: Transaction, role_id: str) -> None:
    if plans.role_by_id(transaction, role_id) is None:
        raise NotFound("This role does not exist. Choose one from the list.")
