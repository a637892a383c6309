"""Writing rubrics, and taking them from draft to active to retired.

Every edit is a version with author, time and reason. A change names the version and state that its writer saw;
whoever comes second is told, and nothing is overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from panel.actions.checks import allowed
from panel.actions.drafts import note
from panel.actions.rubrics import drafts_using, existing_rubric
from panel.actions.told import author_name, tidy_reason
from panel.domain.basics import now
from panel.domain.keys import new_key
from panel.domain.people import Person, may_write_rubrics
from panel.domain.rubrics import SCALES, STATE_NAMES, BankRubric, Rubric, RubricState, Written, lacking
from panel.errors import InputError, Stale
from panel.house import Workspace
from panel.store import people
from panel.store import rubrics as stored
from panel.store.database import Transaction

ONLY_MANAGERS = "Only hiring managers and administrators write and activate rubrics. Ask one of them."


@dataclass(frozen=True)
class RubricText:
    """What a person writes of a rubric. `anchors` are (label, text), lowest level first; texts may be empty."""

    name: str
    competency: str
    about: str
    anchors: tuple[Written, ...]


def add_rubric(workspace: Workspace, *, by: Person, text: RubricText) -> BankRubric:
    """A new draft."""

    def work(transaction: Transaction) -> BankRubric:
        person = allowed(transaction, by, may_write_rubrics, ONLY_MANAGERS)
        taken = {each.key for each in stored.bank_rubrics(transaction)}
        new = whole_rubric(new_key(text.name, taken, otherwise="rubric"), text)
        insert_rubric(transaction, person, new, state="draft", reason="Written")
        return existing_rubric(transaction, new.key)

    return workspace.database.write(work)


def change_rubric(
    workspace: Workspace, *, by: Person, key: str, seen: BankRubric, text: RubricText, reason: str
) -> BankRubric:
    """A new version; the state stays, and an active rubric must stay whole. Published plans keep their text.

    Raises Stale, with what happened in the meantime, when `seen` is not how the rubric stands now.
    """
    why = tidy_reason(reason, "Say in a few words why you change it; the history keeps the reason.")

    def work(transaction: Transaction) -> BankRubric:
        person = allowed(transaction, by, may_write_rubrics, ONLY_MANAGERS)
        before = existing_rubric(transaction, key)
        _same(transaction, before, seen)
        next_version(transaction, person, before, whole_rubric(key, text), reason=why)
        return existing_rubric(transaction, key)

    return workspace.database.write(work)


def activate(workspace: Workspace, *, by: Person, key: str, seen: BankRubric) -> BankRubric:
    """Make a draft or retired rubric ready for plans. Raises InputError, naming the levels, while one is empty."""
    return _move(workspace, by=by, key=key, seen=seen, to="active", reason="")[0]


def retire(workspace: Workspace, *, by: Person, key: str, seen: BankRubric, reason: str = "") -> tuple[str, ...]:
    """Take a rubric out of use: no plan can newly choose it. The answer is the titles of the plan drafts that have
    it; they and all published plans keep it."""
    return _move(workspace, by=by, key=key, seen=seen, to="retired", reason=reason)[1]


def make_draft(workspace: Workspace, *, by: Person, key: str, seen: BankRubric, reason: str = "") -> BankRubric:
    """Take a rubric back to draft, where its anchors may be unfinished."""
    return _move(workspace, by=by, key=key, seen=seen, to="draft", reason=reason)[0]


def _move(
    workspace: Workspace, *, by: Person, key: str, seen: BankRubric, to: RubricState, reason: str
) -> tuple[BankRubric, tuple[str, ...]]:
    """The rubric in its new state, and the titles of the plan drafts that use it."""
    why = tidy_reason(reason, "") if reason.strip() else ""

    def work(transaction: Transaction) -> tuple[BankRubric, tuple[str, ...]]:
        person = allowed(transaction, by, may_write_rubrics, ONLY_MANAGERS)
        before = existing_rubric(transaction, key)
        _same(transaction, before, seen)
        if before.state == to:
            raise InputError(f"This rubric is {STATE_NAMES[to].lower()} already.")
        if to == "active":
            _must_be_whole(before.rubric, "A rubric can be activated once it is whole")
        if not stored.set_state(transaction, seen=before, state=to):
            raise _stale(transaction, key)
        after = {"state": to} | ({"reason": why} if why else {})
        note(transaction, person, "move_rubric", "rubric", key, {"state": before.state}, after)
        return existing_rubric(transaction, key), drafts_using(transaction, key)

    return workspace.database.write(work)


# ---- steps shared with the import --------------------------------------------------------------------------------


def insert_rubric(transaction: Transaction, person: Person, new: Rubric, *, state: RubricState, reason: str) -> None:
    """Version 1 of a rubric whose key is not taken."""
    if state == "active":
        _must_be_whole(new, "An active rubric must be whole")
    stored.save_rubric(transaction, new, version=1, author_id=person.id, reason=reason, created_at=now(), state=state)
    note(transaction, person, "add_rubric", "rubric", new.key, None, {"state": state} | new.model_dump(mode="json"))


def next_version(transaction: Transaction, person: Person, before: BankRubric, text: Rubric, *, reason: str) -> None:
    """A version after `before`. Raises InputError when nothing changed or an active rubric would not be whole."""
    if text == before.rubric:
        raise InputError("Nothing was changed, so there is nothing to save.")
    if before.state == "active":
        _must_be_whole(text, "An active rubric must stay whole")
    saved = stored.save_next_version(
        transaction, text, seen=before, author_id=person.id, reason=reason, created_at=now()
    )
    if not saved:
        raise _stale(transaction, before.key)
    note(
        transaction, person, "change_rubric", "rubric", before.key,
        before.rubric.model_dump(mode="json"), text.model_dump(mode="json"),
    )  # fmt: skip


def whole_rubric(key: str, text: RubricText) -> Rubric:
    """The rubric a person wrote. Raises InputError with a sentence that names level and field."""
    if len(text.anchors) not in SCALES:
        raise InputError("A scale has 3 to 7 levels.")
    anchors = [
        {"level": level, "label": label, "text": words} for level, (label, words) in enumerate(text.anchors, start=1)
    ]
    fields = {"key": key, "name": text.name, "competency": text.competency, "about": text.about, "anchors": anchors}
    try:
        return Rubric.model_validate(fields)
    except ValidationError as error:
        # A list is also called too short when its entries are wrong; the entries' own errors say it all.
        told = [each for each in error.errors() if each["loc"] != ("anchors",)]
        raise InputError(" ".join(_sentence(each) for each in told)) from error


FIELD_NAMES = {"name": "The name", "competency": "The competency", "about": "What the rubric is about"}


def _sentence(problem: Mapping[str, Any]) -> str:
    place, kind, context = problem["loc"], problem["type"], problem.get("ctx", {})
    if place and place[0] == "anchors":
        part = "The label" if place[-1] == "label" else "The anchor"
        name = f"{part} of level {place[1] + 1}"
    else:
        name = FIELD_NAMES.get(str(place[0]) if place else "", "The rubric")
    if kind == "string_too_long":
        return f"{name} is too long: at most {context['max_length']:,} characters."
    if kind == "string_too_short":
        return f"{name} is empty. Write it, then save."
    return f"{name} {str(problem['msg']).removeprefix('Value error, ')}."


def _must_be_whole(text: Rubric, why: str) -> None:
    missing = lacking(text)
    if missing:
        raise InputError(f"{why}: {', '.join(missing)}. Write what is missing first.")


def _same(transaction: Transaction, now_stored: BankRubric, seen: BankRubric) -> None:
    if (now_stored.version, now_stored.state) != (seen.version, seen.state):
        raise _stale(transaction, now_stored.key)


def _stale(transaction: Transaction, key: str) -> Stale:
    names = {each.id: each.name for each in people.all_people(transaction)}
    found, newest = existing_rubric(transaction, key), stored.versions_of(transaction, key)[0]
    return Stale(
        f"{found.rubric.name} was changed in the meantime: it is now version {found.version} "
        f"({STATE_NAMES[found.state].lower()}), last written by {author_name(newest.author_id, names)}. "
        "Compare it with yours, then save again."
    )
