"""Every test on PostgreSQL begins with what the program makes of an empty schema, whatever was left in it before."""

from collections.abc import Callable

import pytest

from panel.house import House, Workspace
from panel.store.migrations import STEPS, applied_steps
from tests.emptying import EmptySchema, shape_of
from tests.factories import everybody
from tests.snapshot import contents


def run(sql: str) -> Callable[[House], object]:
    return lambda house: house.team.database.write(lambda transaction: transaction.run(sql))


LEFT: dict[str, Callable[[House], object]] = {
    "people": lambda house: everybody(house.team),
    "a changed row of the program's own": run("UPDATE bank_revision SET revision = 9"),
    "a lost row of the program's own": run("DELETE FROM bank_revision"),
    "a table": run("CREATE TABLE thing (id VARCHAR PRIMARY KEY)"),
    "a column": run("ALTER TABLE person ADD COLUMN thing VARCHAR"),
    "a table less": run("DROP TABLE rating CASCADE"),
    "an index less": run("DROP INDEX scorecard_by_interview"),
    "a step of the future": run("INSERT INTO migration VALUES (999, 'm999_later', CURRENT_TIMESTAMP)"),
    "a step less": run(f"DELETE FROM migration WHERE number = {len(STEPS)}"),
    "no schema": lambda house: house.team.database.drop(),  # type: ignore[attr-defined]
    "a demo team": lambda house: everybody(house.open_demo()),
}


def everything(workspace: Workspace) -> tuple[object, ...]:
    return contents(workspace), shape_of(workspace), applied_steps(workspace.database)


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_the_next_test_begins_anew(empty_schema: EmptySchema, left: Callable[[House], object]) -> None:
    house = empty_schema.opened()
    new = everything(house.team)
    left(house)
    empty_schema.left(house)

    again = empty_schema.opened()
    try:
        assert (everything(again.team), again.demo) == (new, None)
        assert new[2] == len(STEPS)
    finally:
        empty_schema.left(again)


def test_what_a_test_leaves_is_seen(empty_schema: EmptySchema) -> None:
    """The comparison above can fail: all but the demo team and a dropped schema change what it compares."""
    unseen = []
    for name, left in LEFT.items():
        house = empty_schema.opened()
        new = everything(house.team)
        left(house)
        if name not in ("a demo team", "no schema") and everything(house.team) == new:
            unseen.append(name)
        empty_schema.left(house)
    assert unseen == []


def test_a_database_that_a_test_has_broken_is_emptied_all_the_same(
    empty_schema: EmptySchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = empty_schema.opened()
    new = everything(house.team)
    everybody(house.team)
    for method in ("read", "write"):
        monkeypatch.setattr(house.team.database, method, None)
    empty_schema.left(house)

    again = empty_schema.opened()
    assert everything(again.team) == new
    empty_schema.left(again)
