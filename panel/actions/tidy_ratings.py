"""All ratings a reader may see as one tidy table, kept in memory until a rating is submitted or a name changes.

Its columns are those of `stats` (target, rater, item, score) with what people choose by beside them.
"""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from panel.actions.checks import present
from panel.domain.people import Person, may_manage_hiring
from panel.house import Workspace
from panel.store import plans, revision, tidy
from panel.store.database import Transaction
from panel.store.tidy import OUTCOMES, Reader

TRIES = 3  # somebody may submit between naming what is wanted and reading it


@dataclass(frozen=True)
class Chosen:
    """Which ratings are looked at; empty means all. `until` is the last day, UTC."""

    role_id: str = ""
    plan_id: str = ""
    round_id: str = ""
    competency: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, eq=False)
class TidyRatings:
    """`rows`: one rating each, with the columns

    target, rater     ids of the candidate and the interviewer (categorical, as all text)
    item              a question in a round: "round id:question key"
    score             the level on its rubric's scale; NaN where not asked or not assessed
    outcome           rated, not_asked, could_not_assess
    competency, levels, weight, sitting ("panel" or "separate"), counts (False: a pilot question)
    role, plan, plan_version (its number), round, interview, scorecard: ids
    started, submitted: naive UTC
    shadow            True for a shadow's rating, which enters no score

    `key` names exactly these rows, for results that are computed from them. The names are by id.
    """

    rows: pd.DataFrame
    key: Hashable
    candidates: dict[str, str]
    people: dict[str, str]
    prompts: dict[str, str]
    rounds: dict[str, str]
    roles: dict[str, str]
    plans: dict[str, str]

    def where(self, chosen: Chosen) -> "TidyRatings":
        """The chosen part, with the same names."""
        found = self.rows
        parts = {
            "role": chosen.role_id, "plan": chosen.plan_id, "round": chosen.round_id, "competency": chosen.competency,
        }  # fmt: skip
        keep = np.ones(len(found), dtype=bool)
        for column, wanted in parts.items():
            if wanted:
                keep &= _is(found[column], wanted)
        if chosen.since:
            keep &= (found["started"] >= pd.Timestamp(chosen.since)).to_numpy()
        if chosen.until:
            keep &= (found["started"] < pd.Timestamp(chosen.until + timedelta(days=1))).to_numpy()
        return replace(self, rows=found if keep.all() else found[keep], key=(self.key, chosen))

    def counted(self) -> "TidyRatings":
        """What enters scores: rated, no shadow's, no pilot question."""
        keep = self.rows["score"].notna() & ~self.rows["shadow"] & self.rows["counts"]
        return replace(self, rows=self.rows if keep.all() else self.rows[keep], key=(self.key, "counted"))


def tidy_ratings(workspace: Workspace, *, by: Person) -> TidyRatings:
    """For those who manage hiring all that is not withheld from them; for others their own panels' ratings."""
    for _ in range(TRIES):
        with workspace.database.read() as transaction:
            person = present(transaction, by)
            reader = Reader(person.id, may_manage_hiring(person))
            key = _key(transaction, reader)
            if not reader.manages:  # little, and it would push out what many share
                return _read(transaction, reader, key)
        found = _shared(workspace, reader, key)
        if found.key == key:
            break
    return found


def own_ratings(workspace: Workspace, *, by: Person) -> TidyRatings:
    """Of the candidates and rounds for which they have submitted themselves, whoever they are. Not kept: it is little,
    and would push out what many share."""
    with workspace.database.read() as transaction:
        reader = Reader(present(transaction, by).id, manages=False)
        return _read(transaction, reader, _key(transaction, reader))


def settled_ratings(workspace: Workspace) -> TidyRatings:
    """Of candidates and rounds for which nobody owes a scorecard any more: what any reader may be given who manages
    hiring, for commands that run where the database is."""
    with workspace.database.read() as transaction:
        return _read(transaction, Reader(""), (revision.of_ratings(transaction), "settled"))


def data_key(transaction: Transaction, person: Person, *, own: bool = False) -> Hashable:
    """Names what the person may see of the ratings now, or with `own` what `own_ratings` gives: whatever is kept under
    it is fresh and theirs to see."""
    return _key(transaction, Reader(person.id, may_manage_hiring(person) and not own))


def _shared(workspace: Workspace, reader: Reader, key: Hashable) -> TidyRatings:
    """What is kept for this key, or what there is now. Who waits for another's reading holds no connection meanwhile.

    What was read after somebody submitted says so by its own key; it was read by the rules of that moment.
    """

    def read() -> TidyRatings:
        with workspace.database.read() as transaction:
            return _read(transaction, reader, _key(transaction, reader))

    return workspace.tables.take(("tidy", key), read)


def _key(transaction: Transaction, reader: Reader) -> Hashable:
    return (revision.of_ratings(transaction), _visible(transaction, reader))


def _visible(transaction: Transaction, reader: Reader) -> str:
    """The same word for readers who see the same."""
    pairs = [("withheld", each) for each in tidy.withheld_pairs(transaction, reader)]
    if not reader.manages:
        pairs += [("own", each) for each in tidy.submitted_pairs(transaction, reader)]
    # Of what waits for others a rater still has their own, so two from whom the same is withheld may not see the same.
    whose = reader.id if any(kind == "withheld" for kind, _ in pairs) else ""
    text = repr((whose, [(kind, each["candidate_id"], each["round_id"]) for kind, each in pairs]))
    return f"{'all' if reader.manages else 'own'}:{hashlib.sha256(text.encode()).hexdigest()}"


def _read(transaction: Transaction, reader: Reader, key: Hashable) -> TidyRatings:
    found = tidy.rows(transaction, reader)
    named = tidy.names(transaction)
    asked = found.asked
    item = asked["round_id"] + ":" + asked["question_key"]
    return TidyRatings(
        rows=_table(found, item),
        key=key,
        candidates=named["candidates"],
        people=named["people"],
        prompts=dict(zip(item, asked["prompt"], strict=True)),
        rounds=dict(zip(asked["round_id"], asked["round_name"], strict=True)),
        roles={each.id: each.role.name for each in plans.all_roles(transaction)},
        plans={each.id: each.plan.title for each in plans.all_plans(transaction)},
    )


def _table(found: tidy.Rows, item: pd.Series) -> pd.DataFrame:
    cards, asked = found.cards, found.asked
    card = found.ratings["card"].to_numpy(dtype=np.int64)
    question = found.ratings["asked"].to_numpy(dtype=np.int64)
    sitting = asked["sitting"].where(asked["sitting"] == "panel", "separate")
    approved = _times(asked["approved_at"])
    counts = ~asked["pilot"].astype(bool) | (approved > _times(asked["published_at"]))
    outcome = found.ratings["outcome"].to_numpy(dtype=np.int64)
    table = pd.DataFrame(
        {
            "target": _spread(cards["candidate_id"], card),
            "rater": _spread(cards["person_id"], card),
            "item": _spread(item, question),
            "score": found.ratings["level"].to_numpy(dtype=np.float64, na_value=np.nan),
            "outcome": pd.Categorical.from_codes(outcome, categories=pd.Index(OUTCOMES, dtype=object)),
            "competency": _spread(asked["competency"], question),
            "levels": asked["levels"].to_numpy(dtype=np.int64)[question],
            "weight": asked["weight"].to_numpy(dtype=np.float64)[question],
            "sitting": _spread(sitting, question),
            "counts": counts.to_numpy(dtype=bool)[question],
            "role": _spread(cards["role_id"], card),
            "plan": _spread(cards["plan_id"], card),
            "plan_version": asked["number"].to_numpy(dtype=np.int64)[question],
            "round": _spread(cards["round_id"], card),
            "interview": _spread(cards["interview_id"], card),
            "scorecard": _spread(cards["id"], card),
            "started": _times(cards["starts_at"]).to_numpy()[card],
            "submitted": _times(cards["submitted_at"]).to_numpy()[card],
            "shadow": cards["shadow"].to_numpy(dtype=bool)[card],
        }
    )
    return table[table["outcome"] != "open"]


def _spread(labels: pd.Series, place: np.ndarray) -> pd.Categorical:  # type: ignore[type-arg]
    """The label at each place, its text kept once."""
    codes, distinct = pd.factorize(labels, sort=True)
    return pd.Categorical.from_codes(codes[place], categories=pd.Index(distinct, dtype=object))


def _times(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column).astype("datetime64[us]")


def _is(column: pd.Series, wanted: str) -> np.ndarray:  # type: ignore[type-arg]
    place = column.cat.categories.get_indexer([wanted])[0]
    return np.asarray(column.cat.codes == place) if place >= 0 else np.zeros(len(column), dtype=bool)
