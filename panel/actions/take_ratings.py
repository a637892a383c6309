"""The ratings as a table to take along: from the page, and for `python -m panel export ratings`.

What is reconciled in a debrief is not in it, only what was sealed; nor are the ratings of shadows.
"""

import io
from typing import BinaryIO

import pandas as pd

from panel.actions.checks import still_active
from panel.actions.tidy_ratings import Chosen, TidyRatings, settled_ratings, tidy_ratings
from panel.actions.told import COMMAND_LINE
from panel.domain.basics import now
from panel.domain.people import Person, tidy_email
from panel.errors import InputError
from panel.exporting.ratings import Format, write_table
from panel.house import Workspace
from panel.store import audit, people


def takeable(workspace: Workspace, *, by: Person, chosen: Chosen) -> int:
    """How many ratings the person may take along of those chosen."""
    return int((~tidy_ratings(workspace, by=by).where(chosen).rows["shadow"]).sum())


def taken_ratings(workspace: Workspace, *, by: Person, chosen: Chosen, form: Format) -> bytes:
    """All that the person may see of the ratings, as a file. That somebody took it along is on record."""
    found = tidy_ratings(workspace, by=by).where(chosen)
    out = io.BytesIO()
    rows = write_table(as_table(found), form, out)
    _note(workspace, by.id, form, rows)
    return out.getvalue()


def write_ratings(
    workspace: Workspace, out: BinaryIO, *, form: Format, chosen: Chosen, of_role: str = "", of_plan: str = "",
    email: str = "",
) -> int:  # fmt: skip
    """For the command line: what the person of that address may see, else what is settled; the number of ratings.

    `of_role` and `of_plan` are names or ids. Raises InputError for one that is not there.
    """
    person = _person_of(workspace, email) if email else None
    found = tidy_ratings(workspace, by=person) if person else settled_ratings(workspace)
    role_id = _named(found.roles, of_role, "role") if of_role else ""
    plan_id = _named(found.plans, of_plan, "plan") if of_plan else ""
    part = found.where(Chosen(role_id=role_id, plan_id=plan_id, since=chosen.since, until=chosen.until))
    rows = write_table(as_table(part), form, out)
    _note(workspace, person.id if person else COMMAND_LINE, form, rows)
    return rows


def as_table(found: TidyRatings) -> pd.DataFrame:
    """The rows without those of shadows, with names beside the ids, in the order of `exporting.ratings.COLUMNS`."""
    rows = found.rows[~found.rows["shadow"]]
    keys = {each: each.partition(":")[2] for each in rows["item"].cat.categories}
    return pd.DataFrame(
        {
            "target": rows["target"],
            "rater": rows["rater"],
            "item": rows["item"],
            "score": rows["score"],
            "outcome": rows["outcome"],
            "competency": rows["competency"],
            "levels": rows["levels"],
            "weight": rows["weight"],
            "counts": rows["counts"],
            "sitting": rows["sitting"],
            "candidate": _called(rows["target"], found.candidates),
            "interviewer": _called(rows["rater"], found.people),
            "question": _called(rows["item"], found.prompts),
            "role": _called(rows["role"], found.roles),
            "plan": _called(rows["plan"], found.plans),
            "plan_version": rows["plan_version"],
            "round": _called(rows["round"], found.rounds),
            "started": rows["started"],
            "submitted": rows["submitted"],
            "question_key": _called(rows["item"], keys),
            "role_id": rows["role"],
            "plan_id": rows["plan"],
            "round_id": rows["round"],
            "interview": rows["interview"],
            "scorecard": rows["scorecard"],
        }
    )


def _called(ids: pd.Series, names: dict[str, str]) -> pd.Series:
    """Names in the place of ids; several ids may have one name."""
    codes, distinct = pd.factorize(pd.Series([names.get(each, "") for each in ids.cat.categories], dtype=object))
    places = codes[ids.cat.codes.to_numpy()] if len(codes) else ids.cat.codes.to_numpy()
    return pd.Series(pd.Categorical.from_codes(places, categories=pd.Index(distinct, dtype=object)), index=ids.index)


def _named(names: dict[str, str], wanted: str, what: str) -> str:
    """The id of what has that name or id. Raises InputError naming those there are."""
    if wanted in names:
        return wanted
    fitting = [each for each, name in names.items() if name.casefold() == wanted.strip().casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise InputError(f"Several {what}s are called {wanted}. Name one by its id: {', '.join(sorted(fitting))}.")
    known = ", ".join(sorted(set(names.values()))) or "none yet"
    raise InputError(f"There is no {what} called {wanted}. The {what}s are: {known}.")


def _person_of(workspace: Workspace, email: str) -> Person:
    address = tidy_email(email)
    with workspace.database.read() as transaction:
        person = people.person_by_email(transaction, address)
    if person is None:
        raise InputError(f"Nobody here has the address {address}. Name somebody with an account.")
    return still_active(person)


def _note(workspace: Workspace, actor_id: str, form: Format, rows: int) -> None:
    workspace.database.write(
        lambda transaction: audit.record(
            transaction, at=now(), actor_id=actor_id, action="export_ratings", subject="ratings",
            subject_id="ratings", after={"format": form, "ratings": rows},
        )
    )  # fmt: skip
