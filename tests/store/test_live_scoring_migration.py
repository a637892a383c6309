"""The step that came with live scoring, on a database that was in use before it, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from panel.actions import compare, scorecard_reading, scoring
from panel.domain.people import Person
from panel.domain.scorecards import Closing, Rating
from panel.errors import Sealed
from panel.house import House, Workspace
from panel.store import migrations
from panel.store.database import Row, Transaction
from panel.store.migrations import STEPS, applied_steps, migrate
from panel.store.opening import open_database
from tests.factories import Team, a_team
from tests.snapshot import contents

BEFORE = 4  # steps that were there before
MADE_LATER = {"asked_item", "team_setting"}
LONG_AGO = datetime(2025, 5, 4, 3, 2, 1)
NEW = {
    "rating": {"reason", "reworded"},
    "rating_event": {"reason", "reworded"},
    "scorecard": {"confidence"},
    "interview": {"opens"},
}


@pytest.fixture
def team(house: House, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Team]:
    """A team whose rows were written before the step, with the step behind them.

    Ana's draft has a rating that was changed and a question not asked; Bo's scorecard was submitted, with the highest
    level and no word beside it, which was allowed then.
    """
    made = a_team(workspace, tmp_path / "content")
    rows = {
        table: [{key: value for key, value in row.items() if key not in NEW.get(table, ())} for row in _dicts(held)]
        for table, held in contents(workspace).items()
    }
    cards = {name: made.card(name).id for name in ("Ana", "Bo")}
    if house.settings.is_postgresql:
        workspace.database.drop()  # type: ignore[attr-defined]
    else:
        workspace.database.close()
        Path(house.settings.database).unlink()
    monkeypatch.setattr(migrations, "STEPS", STEPS[:BEFORE])
    old = open_database(house.settings)
    old.write(lambda transaction: _fill(transaction, rows, cards, made.people))
    assert applied_steps(old) == BEFORE
    monkeypatch.setattr(migrations, "STEPS", STEPS)
    migrate(old)
    yield replace(made, workspace=replace(made.workspace, database=old))
    old.close()


def _dicts(held: tuple[list[str], Any]) -> list[Row]:
    columns, values = held
    return [dict(zip(columns, each, strict=True)) for each in values]


def _fill(
    transaction: Transaction, rows: dict[str, list[Row]], cards: dict[str, str], people: dict[str, Person]
) -> None:
    for table, many in rows.items():
        if table in MADE_LATER:
            continue
        transaction.run(f"DELETE FROM {table}")
        for row in many:
            _insert(transaction, table, row)
    for name, states in {
        "Ana": [
            ("what-ana-asks", "rated", 2, "", "[]", 1), ("what-ana-asks", "rated", 4, "better", "[0]", 2),
            ("what-bo-asks", "not_asked", None, "no time", "[]", 1),
        ],
        "Bo": [(key, "rated", 5, "", "[]", 1) for key in ("what-ana-asks", "what-bo-asks", "what-mia-asks")],
    }.items():  # fmt: skip
        for number, state in enumerate(states):
            facts = dict(
                zip(("question_key", "outcome", "level", "note", "probes_asked", "version"), state, strict=True)
            )
            written = {"scorecard_id": cards[name], **facts}
            who = {"id": f"{name}-{number}", "happened_at": LONG_AGO, "actor_id": people[name].id}
            _insert(transaction, "rating_event", written | who)
            transaction.run(
                "DELETE FROM rating WHERE scorecard_id = ? AND question_key = ?", cards[name], facts["question_key"]
            )
            _insert(transaction, "rating", written | {"updated_at": LONG_AGO})
    transaction.run(
        "UPDATE scorecard SET state = 'submitted', recommendation = 'yes', summary = 'Sound.', version = 3, "
        "submitted_at = ? WHERE id = ?",
        LONG_AGO, cards["Bo"],
    )  # fmt: skip


def _insert(transaction: Transaction, table: str, row: Row) -> None:
    places = ", ".join("?" * len(row))
    transaction.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", *row.values())


def test_ratings_events_and_ends_are_kept_and_say_nothing_they_did_not_say(team: Team) -> None:
    ana = scorecard_reading.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id)
    assert ana.ratings == {
        "what-ana-asks": Rating(
            question_key="what-ana-asks", outcome="rated", level=4, note="better", probes_asked=(0,), version=2,
            updated_at=LONG_AGO,
        ),
        "what-bo-asks": Rating(
            question_key="what-bo-asks", outcome="not_asked", note="no time", version=1, updated_at=LONG_AGO
        ),
    }  # fmt: skip
    assert (ana.interview.opens, ana.scorecard.confidence) == ("own", None)
    with team.workspace.database.read() as transaction:
        rows = transaction.rows("SELECT id, level, note, reason, reworded FROM rating_event ORDER BY id")
    assert [tuple(row.values()) for row in rows if row["id"].startswith("Ana")] == [
        ("Ana-0", 2, "", "", False), ("Ana-1", 4, "better", "", False), ("Ana-2", None, "no time", "", False),
    ]  # fmt: skip
    assert applied_steps(team.workspace.database) == len(STEPS)


def test_what_was_submitted_stays_so_and_counts_although_it_lacks_what_is_asked_today(team: Team) -> None:
    bo = team.card("Bo")
    assert (bo.state, bo.closing, bo.version) == (
        "submitted", Closing(recommendation="yes", confidence=None, summary="Sound."), 3,
    )  # fmt: skip
    with pytest.raises(Sealed):
        scoring.save_closing(
            team.workspace, by=team.people["Bo"], scorecard_id=bo.id, seen=bo.closing, new=Closing(confidence="high")
        )
    (one,) = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id).candidates
    assert (one.score.score, [(each.person_name, each.summary) for each in one.recommendations]) == (
        5.0, [("Bo", "Sound.")],
    )  # fmt: skip


def test_a_draft_from_before_is_gone_on_with_and_asks_for_what_is_new(team: Team) -> None:
    ana: dict[str, Any] = {"by": team.people["Ana"], "scorecard_id": team.card("Ana").id}
    assert scorecard_reading.scorecard(team.workspace, **ana).missing == [
        "Question 3: choose a level, “not asked” or “could not assess”.",
        "Question 2: say why it was not asked.",
        "Choose a recommendation.",
        "Say how sure you are.",
    ]
    saved = scoring.save_rating(
        team.workspace, **ana, question_key="what-bo-asks", seen_version=1, outcome="not_asked", reason="time"
    )
    assert (saved.reason, saved.note, saved.version) == ("time", "no time", 2)
    team.hand_in("Ana", levels=3)
    assert team.card("Ana").is_submitted
