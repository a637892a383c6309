"""How the team scores: agreement, severity, drift and where scores come from, of the ratings their reader may see.

Every part is kept under a key that names what the reader may see and what was chosen. So whoever may see the same gets
the same results, a submission makes new ones, and a page that finds all of them reads no rating.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from panel.actions import calibration_parts as parts
from panel.actions.calibration_parts import Agreement, Basis, Beside, LevelUse, Links, Sitting
from panel.actions.checks import allowed
from panel.actions.score_sources import Sources, score_sources
from panel.actions.tidy_ratings import Chosen, TidyRatings, data_key, tidy_ratings
from panel.domain.basics import now
from panel.domain.people import Person, may_see_team_calibration
from panel.house import Workspace
from panel.stats.progress import Report, silent
from panel.stats.timeliness import Timeliness, timeliness
from panel.store import calibration as stored
from panel.store import plans, tidy
from panel.store.database import Transaction

ONLY_MANAGERS = "Only hiring managers and administrators see the team's calibration. Your own card is on this page."
WITHIN_HOURS = 24.0
EVERYTHING = Chosen()


@dataclass(frozen=True)
class Choices:
    """What can be chosen. `rounds` are (role, plan, round) by id; names by id; `competencies` by round id."""

    roles: dict[str, str]
    plans: dict[str, str]
    rounds: tuple[tuple[str, str, str], ...]
    round_names: dict[str, str]
    competencies: dict[str, tuple[str, ...]]

    def rounds_of(self, role_id: str = "", plan_id: str = "") -> list[tuple[str, str, str]]:
        return [each for each in self.rounds if role_id in ("", each[0]) and plan_id in ("", each[1])]


@dataclass(frozen=True)
class TeamCalibration:
    """The parts that are calculated; None where they are not yet. `key` names the ratings and what was chosen of them.

    `withheld` counts candidates with a round of which ratings were left out: `owed` of them because the reader still
    owes a scorecard, the others until the reader's whole panel has submitted.
    """

    key: str
    chosen: Chosen
    withheld: int
    owed: int
    basis: Basis | None = None
    level_use: LevelUse | None = None
    beside: Mapping[Sitting, Beside] | None = None
    timeliness: Timeliness | None = None
    links: Links | None = None
    agreement: Agreement | None = None
    sources: Mapping[Sitting, Sources] | None = None

    @property
    def complete(self) -> bool:
        return self.is_empty or all(getattr(self, name) is not None for name in PARTS)

    @property
    def is_empty(self) -> bool:
        return self.basis is not None and not self.basis.ratings


@dataclass(frozen=True)
class _Sought:
    """What is looked for: whose view, of what, and the ratings, read when the first part needs them."""

    workspace: Workspace
    by: Person
    chosen: Chosen

    @cached_property
    def tidy(self) -> TidyRatings:
        return tidy_ratings(self.workspace, by=self.by)

    @cached_property
    def part(self) -> TidyRatings:
        return self.tidy.where(self.chosen).counted()


Make = Callable[[_Sought, Report], Any]


def _of_ratings(make: Callable[[TidyRatings, Report], Any]) -> Make:
    return lambda sought, report: make(sought.part, report)


def _timeliness(sought: _Sought, report: Report) -> Timeliness:
    with sought.workspace.database.read() as transaction:
        cards = stored.handed_in(transaction)
    return timeliness(_hours(_chosen_cards(cards, sought.chosen)), WITHIN_HOURS)


# In the order of calculating: what is quick and read first comes first. The words say what is being done.
PARTS: Mapping[str, tuple[str, Make]] = {
    "basis": ("Reading the ratings", _of_ratings(parts.basis)),
    "level_use": ("Counting levels", _of_ratings(parts.level_use)),
    "links": ("Looking at who shares candidates with whom", _of_ratings(parts.links)),
    "timeliness": ("Counting hours until scorecards were handed in", _timeliness),
    "agreement": ("Comparing answers that several rated", _of_ratings(parts.agreement)),
    "beside": ("Comparing interviewers on the candidates they share", _of_ratings(parts.beside_others)),
    "sources": ("Looking at who rated whom on what", _of_ratings(score_sources)),
}


def _kept_under(key: Hashable, chosen: Chosen, name: str) -> Hashable:
    """Scorecards become late without anybody doing anything, so what tells of them holds for an hour."""
    return (key, chosen, name, _this_hour()) if name == "timeliness" else (key, chosen, name)


def _this_hour() -> datetime:
    return now().replace(minute=0, second=0, microsecond=0)


def choices(workspace: Workspace, *, by: Person) -> Choices:
    """The roles, plans, rounds and competencies of published plans."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_see_team_calibration, ONLY_MANAGERS)
        rows = stored.asked_parts(transaction)
        roles = {each.id: each.role.name for each in plans.all_roles(transaction)}
        titles = {each.id: each.plan.title for each in plans.all_plans(transaction)}
    measured: dict[str, dict[str, None]] = {}
    for row in rows:
        measured.setdefault(row["round_id"], {})[row["competency"]] = None
    rounds = dict.fromkeys((row["role_id"], row["plan_id"], row["round_id"]) for row in rows)
    return Choices(
        roles={key: name for key, name in roles.items() if any(each[0] == key for each in rounds)},
        plans={key: name for key, name in titles.items() if any(each[1] == key for each in rounds)},
        rounds=tuple(rounds),
        round_names={row["round_id"]: row["round_name"] for row in rows},
        competencies={key: tuple(sorted(each, key=str.casefold)) for key, each in measured.items()},
    )


def calibration_so_far(workspace: Workspace, *, by: Person, chosen: Chosen = EVERYTHING) -> TeamCalibration:
    """What is known already of these ratings; reads none of them."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_see_team_calibration, ONLY_MANAGERS)
        key, (withheld, owed) = data_key(transaction, reader), _withheld(transaction, reader, chosen)
    found: dict[str, Any] = {name: workspace.results.look(_kept_under(key, chosen, name)) for name in PARTS}
    return TeamCalibration(_named(key, chosen), chosen, withheld, owed, **found)


def team_calibration(
    workspace: Workspace,
    *,
    by: Person,
    chosen: Chosen = EVERYTHING,
    report: Report = silent,
) -> TeamCalibration:
    """Every part. `report` is told what is being done, and may raise to stop it; what is finished is kept."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_see_team_calibration, ONLY_MANAGERS)
        key, (withheld, owed) = data_key(transaction, reader), _withheld(transaction, reader, chosen)
    sought, found = _Sought(workspace, by, chosen), {}
    for name, (doing, make) in PARTS.items():
        where = _kept_under(key, chosen, name)
        known = workspace.results.look(where)
        if known is None:
            report(doing, None)
            if sought.tidy.key != key:  # somebody submitted a moment ago
                return team_calibration(workspace, by=by, chosen=chosen, report=report)
            known = workspace.results.take(where, lambda: make(sought, report))  # noqa: B023  # made here
        found[name] = known
        if name == "basis" and not known.ratings:
            break
    return TeamCalibration(_named(key, chosen), chosen, withheld, owed, **found)


def _named(key: Hashable, chosen: Chosen) -> str:
    return hashlib.sha256(repr((key, chosen, _this_hour())).encode()).hexdigest()


def _withheld(transaction: Transaction, reader: Person, chosen: Chosen) -> tuple[int, int]:
    """How many candidates and rounds of the chosen part are withheld from the reader, and for how many of them they
    owe a scorecard."""
    pairs = tidy.withheld_pairs(transaction, tidy.Reader(reader.id))
    if not pairs or not (chosen.role_id or chosen.plan_id or chosen.round_id):
        return len(pairs), sum(each["owed"] for each in pairs)
    there = {
        row["round_id"]
        for row in stored.asked_parts(transaction)
        if chosen.role_id in ("", row["role_id"])
        and chosen.plan_id in ("", row["plan_id"])
        and chosen.round_id in ("", row["round_id"])
    }
    chosen_pairs = [each for each in pairs if each["round_id"] in there]
    return len(chosen_pairs), sum(each["owed"] for each in chosen_pairs)


def _chosen_cards(cards: pd.DataFrame, chosen: Chosen) -> pd.DataFrame:
    """Scorecards of interviews of the chosen role, plan, round and period that are over."""
    starts = pd.to_datetime(cards["starts_at"])
    keep = starts + pd.to_timedelta(cards["minutes"].astype(int), unit="min") <= pd.Timestamp(now())
    wanted = {"role_id": chosen.role_id, "plan_id": chosen.plan_id, "round_id": chosen.round_id}
    for column, value in wanted.items():
        if value:
            keep &= cards[column] == value
    if chosen.since:
        keep &= starts >= pd.Timestamp(chosen.since)
    if chosen.until:
        keep &= starts < pd.Timestamp(chosen.until) + pd.Timedelta(days=1)
    return cards[keep]


def _hours(cards: pd.DataFrame) -> pd.DataFrame:
    """Hours from the planned end of the interview until the scorecard was handed in; below 0 before it."""
    ends = pd.to_datetime(cards["starts_at"]) + pd.to_timedelta(cards["minutes"].astype(int), unit="min")
    waited = pd.to_datetime(cards["submitted_at"]) - ends
    return pd.DataFrame({"rater": cards["person_id"], "hours": waited / pd.Timedelta(hours=1)})
