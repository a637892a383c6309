"""The thread that reminds people while the app runs."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from panel.domain.basics import now
from panel.house import House
from panel.settings import Settings
from panel.store.database import Transaction
from panel.web.reminding import Reminding
from tests.ahead import move
from tests.factories import Team, a_team
from tests.mailbox import Mailbox, mail_server

NAME = "panel-reminders"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


@pytest.fixture
def house(tmp_path: Path, box: Mailbox) -> Iterator[House]:
    opened = House(
        Settings(
            database=str(tmp_path / "panel.duckdb"), smtp=box.as_server(), mail_from="panel@example.org",
            address="https://panel.example.org",
        )
    )  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def team(house: House, tmp_path: Path) -> Team:
    """Priya's panel ended two hours ago."""
    made = a_team(house.team, tmp_path / "content")
    (row,) = made.interviews()
    move(made, row, now() - timedelta(hours=3))
    return made


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def is_running() -> bool:
    return any(each.name == NAME for each in threading.enumerate())


def test_what_is_due_is_sent_while_it_runs_and_nothing_runs_after_it_was_stopped(
    team: Team, box: Mailbox, house: House
) -> None:
    reminding = Reminding(house, every=0.02)
    reminding.start()
    until(lambda: len(box.taken) == 3)
    reminding.stop()
    assert not is_running()
    assert sorted(each["To"] for each in box.taken) == ["ana@example.org", "bo@example.org", "mia@example.org"]


def test_no_error_ends_it_and_each_is_a_sentence_in_the_log(
    team: Team, box: Mailbox, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def rename(old: str, new: str) -> None:
        def work(transaction: Transaction) -> None:
            transaction.run(f"ALTER TABLE {old} RENAME TO {new}")

        house.team.database.write(work)

    rename("reminder_stop", "elsewhere")
    box.answers = ["451 come back later"]
    reminding = Reminding(house, every=0.02)
    with caplog.at_level(logging.WARNING):
        reminding.start()
        until(lambda: bool(caplog.records))
        rename("elsewhere", "reminder_stop")
        until(lambda: len(box.taken) == 2)
        reminding.stop()
    said = {each.getMessage() for each in caplog.records if each.name.startswith("panel")}
    assert said == {
        f"Reminders wait for the next minute: The database {house.team.database.place} could not do this, and nothing "
        "was changed. Try again.",
        f"A reminder was not sent and will be tried again: {box.as_server().place} refused the mail: come back later",
    }
