"""Transactions, conflicts, migrations and durability, on a real DuckDB file and a real PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from panel.domain.candidates import Candidate
from panel.domain.roles import Role
from panel.domain.scorecards import Rating
from panel.errors import StorageError
from panel.house import House
from panel.settings import ROOT, Settings
from panel.store import candidates, migrations, plans, scorecards
from panel.store.database import Database, Transaction, insert_many
from panel.store.duck import LARGEST_GROUP, DuckDatabase
from panel.store.migrations import STEPS, applied_steps, migrate
from panel.store.opening import demo_exists, open_database
from tests.factories import MONDAY
from tests.rating_events import events_of

HOSTILE = [
    "'; DROP TABLE thing; --",
    "\"double\" 'single' `back` \\ backslash \\' %s %(name)s % ? ?1 $1 :name {x}",
    "emoji 🧪👩\u200d🔬 李 小龙 مرحبا \u202eright-to-left \u200b zero width",
    "line\nbreak\r\n\ttab",
    "<script>alert(1)</script> =cmd()|'/C calc'!A0",
    "ten thousand " + "ö" * 10_000,
    "",
    " ",
    "NULL",
]


class Refused(Exception):
    """What a job of these tests raises."""


@pytest.fixture
def database(house: House) -> Database:
    """A migrated database with a table of things: id, number, text."""
    opened = house.team.database
    opened.write(
        lambda transaction: transaction.run("CREATE TABLE thing (id VARCHAR PRIMARY KEY, number BIGINT, text VARCHAR)")
    )
    return opened


def put(transaction: Transaction, thing: str, number: int = 0, text: str | None = None) -> int:
    return transaction.run("INSERT INTO thing (id, number, text) VALUES (?, ?, ?)", thing, number, text)


def things(database: Database) -> list[str]:
    with database.read() as transaction:
        return [each["id"] for each in transaction.rows("SELECT id FROM thing ORDER BY id")]


class TestTransactions:
    def test_what_a_write_returns_comes_after_its_commit(self, database: Database) -> None:
        assert database.write(lambda transaction: put(transaction, "a") + put(transaction, "b")) == 2
        assert things(database) == ["a", "b"]

    def test_an_exception_leaves_nothing_of_the_transaction(self, database: Database) -> None:
        def work(transaction: Transaction) -> None:
            put(transaction, "a")
            put(transaction, "b")
            raise Refused("no")

        with pytest.raises(Refused, match=r"^no$"):
            database.write(work)
        assert things(database) == []
        database.write(lambda transaction: put(transaction, "c"))
        assert things(database) == ["c"]

    def test_a_failing_statement_leaves_nothing_of_the_transaction(self, database: Database) -> None:
        def work(transaction: Transaction) -> None:
            put(transaction, "a")
            transaction.run("INSERT INTO no_such_table VALUES (1)")

        with pytest.raises(StorageError, match="nothing was changed") as told:
            database.write(work)
        assert "no_such_table" in str(told.value.__cause__)
        assert things(database) == []

    def test_an_exception_while_reading_harms_nothing(self, database: Database) -> None:
        with pytest.raises(Refused), database.read():
            raise Refused
        assert things(database) == []

    def test_a_reader_sees_one_moment_however_long_it_reads(self, database: Database) -> None:
        database.write(lambda transaction: put(transaction, "a"))
        with database.read() as transaction:
            first = transaction.rows("SELECT id FROM thing")
            database.write(lambda other: put(other, "b"))  # is not held up by the reader either
            database.write(lambda other: other.run("DELETE FROM thing WHERE id = ?", "a"))
            assert transaction.rows("SELECT id FROM thing") == first == [{"id": "a"}]
        assert things(database) == ["b"]

    def test_a_reader_never_sees_half_a_write(self, database: Database) -> None:
        stop = threading.Event()

        def read_on() -> set[tuple[int, int]]:
            found = set()
            while not stop.is_set():
                with database.read() as transaction:
                    numbers = [each["number"] for each in transaction.rows("SELECT number FROM thing")]
                    found.add((len(numbers), sum(numbers)))
            return found

        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(read_on)
            for number in range(40):
                names = (f"plus {number}", f"minus {number}")
                database.write(lambda t, names=names: [put(t, names[0], 1), put(t, names[1], -1)])
            stop.set()
            moments = seen.result()
        assert all((count % 2, total) == (0, 0) for count, total in moments)

    def test_rows_touched_are_counted(self, database: Database) -> None:
        database.write(lambda transaction: [put(transaction, each) for each in "abc"])
        update = "UPDATE thing SET number = 7 WHERE id <> ?"
        assert database.write(lambda transaction: transaction.run(update, "a")) == 2
        assert database.write(lambda transaction: transaction.run(update + " AND number = 0", "a")) == 0
        ignore = "INSERT INTO thing (id, number) VALUES (?, 1) ON CONFLICT (id) DO NOTHING"
        assert [database.write(lambda transaction, each=each: transaction.run(ignore, each)) for each in "ad"] == [0, 1]
        assert database.write(lambda transaction: transaction.run("DELETE FROM thing")) == 4

    def test_many_rows_go_in_at_once(self, database: Database) -> None:
        rows = [(f"{number:04}", number, None) for number in range(501)]
        database.write(lambda transaction: insert_many(transaction, "thing", "id, number, text", iter(rows)))
        with database.read() as transaction:
            found = transaction.rows("SELECT id, number, text FROM thing ORDER BY id")
        assert [tuple(each.values()) for each in found] == rows
        database.write(lambda transaction: insert_many(transaction, "thing", "id", []))

    def test_rows_row_and_frame_say_the_same(self, database: Database) -> None:
        database.write(lambda transaction: [put(transaction, "a", 1, "x"), put(transaction, "b", 2)])
        query = "SELECT id, number, text FROM thing WHERE number > ? ORDER BY id"
        with database.read() as transaction:
            rows = transaction.rows(query, 0)
            assert rows == [{"id": "a", "number": 1, "text": "x"}, {"id": "b", "number": 2, "text": None}]
            assert transaction.row(query, 0) == rows[0]
            assert transaction.row(query, 9) is None
            frame = transaction.frame(query, 0)
            assert frame[["id", "number"]].to_dict("list") == {"id": ["a", "b"], "number": [1, 2]}
            assert frame["text"].isna().tolist() == [False, True]
            assert list(transaction.frame(query, 9).columns) == ["id", "number", "text"]

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_hostile_text_comes_out_as_it_went_in(self, database: Database, text: str) -> None:
        database.write(lambda transaction: put(transaction, text, 1, text))
        with database.read() as transaction:
            assert transaction.rows("SELECT id, text FROM thing WHERE id = ? AND text = ?", text, text) == [
                {"id": text, "text": text}
            ]
            assert transaction.row("SELECT count(*) AS n FROM thing WHERE text LIKE '%' AND number <> 5") == {"n": 1}

    def test_no_variable_of_the_program_can_be_read_as_a_table(self, database: Database) -> None:
        secret = pd.DataFrame({"a": [1]})
        with pytest.raises(StorageError) as told, database.read() as transaction:
            transaction.rows("SELECT * FROM secret")
        assert "secret" in str(told.value.__cause__)
        assert len(secret) == 1


class TestManyWriters:
    def test_writers_at_once_lose_nothing(self, database: Database) -> None:
        names = [f"{thread}-{number}" for thread in range(8) for number in range(15)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: database.write(lambda transaction: put(transaction, name)), names))
        assert things(database) == sorted(names)

    def test_counting_up_at_once_counts_every_step(self, database: Database) -> None:
        database.write(lambda transaction: put(transaction, "counter"))

        def up(_: int) -> None:
            def work(transaction: Transaction) -> None:
                row = transaction.row("SELECT number FROM thing WHERE id = ?", "counter")
                assert row
                transaction.run("UPDATE thing SET number = ? WHERE id = ?", row["number"] + 1, "counter")

            database.write(work)

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(up, range(30)))
        with database.read() as transaction:
            assert transaction.row("SELECT number FROM thing") == {"number": 30}

    def test_of_writers_naming_the_same_version_one_wins(self, database: Database) -> None:
        database.write(lambda transaction: put(transaction, "a", 1))

        def attempt(number: int) -> bool:
            return bool(
                database.write(
                    lambda transaction: transaction.run(
                        "UPDATE thing SET text = ?, number = number + 1 WHERE id = 'a' AND number = ?", str(number), 1
                    )
                )
            )

        with ThreadPoolExecutor(8) as pool:
            won = [number for number, saved in enumerate(pool.map(attempt, range(8))) if saved]
        with database.read() as transaction:
            assert transaction.rows("SELECT number, text FROM thing") == [{"number": 2, "text": str(won[0])}]
        assert len(won) == 1

    def test_of_writers_of_the_same_key_one_wins_and_the_others_are_told(self, database: Database) -> None:
        def attempt(_: int) -> bool:
            def work(transaction: Transaction) -> None:
                if transaction.row("SELECT 1 FROM thing WHERE id = ?", "a"):
                    raise Refused
                put(transaction, "a")

            try:
                database.write(work)
            except Refused:
                return False
            return True

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(attempt, range(6))) == 1

    def test_readers_get_their_own_rows_while_others_write(self, database: Database) -> None:
        database.write(lambda transaction: [put(transaction, str(number), number) for number in range(20)])

        def ask(number: int) -> bool:
            if number % 5 == 0:
                database.write(lambda transaction: put(transaction, f"new {number}"))
            with database.read() as transaction:
                row = transaction.row("SELECT id, number FROM thing WHERE id = ?", str(number % 20))
            return row == {"id": str(number % 20), "number": number % 20}

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(120)))


class TestStaleVersions:
    """Each writer names the version it saw; an older one writes nothing, whatever was checked before."""

    def test_a_rating_of_an_older_version_is_not_written_and_leaves_no_event(self, house: House) -> None:
        database = house.team.database

        def save(note: str, *, seen: int) -> bool:
            rating = Rating(question_key="q", note=note, version=seen + 1, updated_at=MONDAY)
            return database.write(
                lambda transaction: scorecards.save_rating(
                    transaction, rating, scorecard_id="card", actor_id="ana", seen_version=seen
                )
            )

        assert [save("first", seen=0), save("second", seen=1)] == [True, True]
        assert [save("late", seen=seen) for seen in (0, 1, 3)] == [False] * 3
        with database.read() as transaction:
            kept = scorecards.ratings_of(transaction, "card")
            events = events_of(transaction, "card")
        assert {key: each.note for key, each in kept.items()} == {"q": "second"}
        assert [(each["note"], each["version"]) for each in events] == [("first", 1), ("second", 2)]

    def test_a_candidate_and_a_role_of_an_older_version_are_not_written(self, house: House) -> None:
        zoe = Candidate(id="zoe", name="Zoe", email="", role_id="role")
        role = Role(name="Engineer", competencies=("Depth",))

        def work(transaction: Transaction) -> list[bool]:
            candidates.insert_candidate(transaction, zoe, created_at=MONDAY)
            plans.insert_role(transaction, role_id="role", role=role, created_at=MONDAY)
            seen = (1, 1, 3, 2)
            return [
                *(candidates.update_candidate(transaction, zoe, seen_version=each) for each in seen),
                *(plans.update_role(transaction, role_id="role", role=role, seen_version=each) for each in seen),
            ]

        assert house.team.database.write(work) == [True, False, False, True] * 2


class TestGroups:
    """DuckDB: writes that wait are committed together."""

    @pytest.fixture
    def duck(self, tmp_path: Path) -> Iterator[DuckDatabase]:
        opened = DuckDatabase(tmp_path / "group.duckdb")
        opened.write(
            lambda transaction: transaction.run(
                "CREATE TABLE thing (id VARCHAR PRIMARY KEY, number BIGINT, text VARCHAR)"
            )
        )
        yield opened
        opened.close()

    def written(self, duck: DuckDatabase, jobs: list[Callable[[Transaction], Any]]) -> list[Any]:
        return self.together(duck, [lambda job=each: duck.write(job) for each in jobs])

    def together(self, duck: DuckDatabase, calls: list[Callable[[], Any]]) -> list[Any]:
        """Make all calls while the writer is busy, so that they form one group; results or exceptions in order."""
        busy, go_on = threading.Event(), threading.Event()

        def hold(_: Transaction) -> None:
            busy.set()
            assert go_on.wait(20)

        def answer(call: Callable[[], Any]) -> Any:
            try:
                return call()
            except Exception as error:
                return error

        with ThreadPoolExecutor(len(calls) + 1) as pool:
            first = pool.submit(duck.write, hold)
            assert busy.wait(20)
            waiting = []
            for number, call in enumerate(calls, start=1):
                waiting.append(pool.submit(answer, call))
                while duck._waiting.qsize() < number:  # in this order, and all of them before the writer goes on
                    pass
            go_on.set()
            first.result()
            return [each.result() for each in waiting]

    def test_one_failing_job_does_not_spoil_the_others(self, duck: DuckDatabase) -> None:
        def refuse(transaction: Transaction) -> None:
            put(transaction, "half")
            raise Refused("only me")

        def clash(transaction: Transaction) -> None:
            put(transaction, "a")

        found = self.written(duck, [lambda t: put(t, "a"), refuse, lambda t: put(t, "b"), clash, lambda t: put(t, "c")])
        assert [type(each).__name__ for each in found] == ["int", "Refused", "int", "StorageError", "int"]
        assert str(found[1]) == "only me"
        assert things(duck) == ["a", "b", "c"]

    def test_a_group_is_written_in_the_order_it_came(self, duck: DuckDatabase) -> None:
        duck.write(lambda transaction: put(transaction, "log", 0, ""))

        def append(letter: str) -> Callable[[Transaction], Any]:
            return lambda transaction: transaction.run("UPDATE thing SET text = text || ? WHERE id = 'log'", letter)

        self.written(duck, [append(each) for each in "abcdefgh"])
        with duck.read() as transaction:
            assert transaction.row("SELECT text FROM thing") == {"text": "abcdefgh"}

    def test_more_than_a_group_holds_is_written_too(self, duck: DuckDatabase) -> None:
        names = [f"{number:03}" for number in range(LARGEST_GROUP + 5)]
        self.written(duck, [lambda t, name=name: put(t, name) for name in names])
        assert things(duck) == names

    def test_work_of_one_kind_that_waits_together_is_done_in_one_call(self, duck: DuckDatabase) -> None:
        """And a refusal among its results reaches its own caller only."""
        calls: list[list[str]] = []

        def put_all(transaction: Transaction, names: Sequence[str]) -> list[str | Exception]:
            calls.append(list(names))
            insert_many(transaction, "thing", "id", [(each,) for each in names if each != "no"])
            return [Refused(each) if each == "no" else each.upper() for each in names]

        def handed_in(name: str) -> Callable[[], Any]:
            return lambda: duck.write_together(put_all, name)

        waiting = [handed_in("a"), handed_in("no"), handed_in("b"), lambda: duck.write(lambda t: put(t, "between"))]
        found = self.together(duck, [*waiting, handed_in("c"), handed_in("d")])
        assert [str(each) for each in found] == ["A", "no", "B", "1", "C", "D"]
        assert isinstance(found[1], Refused)
        assert calls == [["a", "no", "b"], ["c", "d"]]
        assert things(duck) == ["a", "b", "between", "c", "d"]

    def test_work_that_fails_together_is_tried_alone(self, duck: DuckDatabase) -> None:
        calls: list[list[str]] = []

        def put_all(transaction: Transaction, names: Sequence[str]) -> list[str | Exception]:
            calls.append(list(names))
            insert_many(transaction, "thing", "id", [(each,) for each in names])
            if "no" in names:
                raise Refused("all of these")
            return list(names)

        found = self.together(duck, [lambda n=name: duck.write_together(put_all, n) for name in ("a", "no", "b")])
        assert [str(each) for each in found] == ["a", "all of these", "b"]
        assert calls == [["a", "no", "b"], ["a"], ["no"], ["b"]]
        assert things(duck) == ["a", "b"]

    def test_closing_finishes_what_was_handed_in(self, duck: DuckDatabase) -> None:
        with ThreadPoolExecutor(4) as pool:
            waiting = [pool.submit(lambda n=number: duck.write(lambda t: put(t, f"{n:02}"))) for number in range(20)]
            for each in waiting:
                each.result()
            duck.close()
        again = DuckDatabase(duck.path)
        assert things(again) == [f"{number:02}" for number in range(20)]
        again.close()

    def test_a_closed_database_says_so(self, duck: DuckDatabase) -> None:
        duck.close()
        duck.close()
        sentence = f"The database {duck.path} has been closed. Reload the page."
        with pytest.raises(StorageError) as refusal:
            duck.write(lambda t: put(t, "a"))
        assert str(refusal.value) == sentence
        with pytest.raises(StorageError) as refusal, duck.read():
            pass
        assert str(refusal.value) == sentence


def m_next(transaction: Transaction) -> None:
    transaction.run("ALTER TABLE person ADD COLUMN nickname VARCHAR")
    transaction.run("UPDATE person SET nickname = lower(name)")


def m_fails(transaction: Transaction) -> None:
    transaction.run("ALTER TABLE person ADD COLUMN half VARCHAR")
    raise Refused("the step failed")


def columns_of_person(database: Database) -> set[str]:
    with database.read() as transaction:
        return set(transaction.frame("SELECT * FROM person").columns)


class TestMigrations:
    def test_a_new_database_has_every_step_behind_it(self, house: House) -> None:
        assert applied_steps(house.team.database) == len(STEPS)
        with house.team.database.read() as transaction:
            rows = transaction.rows("SELECT number, name FROM migration ORDER BY number")
        assert rows == [{"number": n, "name": step.__name__} for n, step in enumerate(STEPS, start=1)]

    def test_migrating_again_changes_nothing(self, house: House) -> None:
        called: list[int] = []
        with house.team.database.read() as transaction:
            before = transaction.rows("SELECT * FROM migration")
        migrate(house.team.database, called.append)
        with house.team.database.read() as transaction:
            assert transaction.rows("SELECT * FROM migration") == before
        assert called == []

    def test_a_later_step_is_applied_once_after_the_warning(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = house.team.database
        _add_person(database, "Ana")
        monkeypatch.setattr(migrations, "STEPS", (*STEPS, m_next))
        called: list[int] = []
        for _ in range(2):
            migrate(database, called.append)
        assert called == [len(STEPS)]
        with database.read() as transaction:
            assert transaction.rows("SELECT name, nickname FROM person") == [{"name": "Ana", "nickname": "ana"}]
            assert transaction.row("SELECT name FROM migration WHERE number = ?", len(STEPS) + 1) == {"name": "m_next"}

    def test_a_failing_step_leaves_the_database_as_it_was(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        database = house.team.database
        before = columns_of_person(database)
        monkeypatch.setattr(migrations, "STEPS", (*STEPS, m_fails))
        with pytest.raises(Refused, match="the step failed"):
            migrate(database)
        assert (columns_of_person(database), applied_steps(database)) == (before, len(STEPS))

    def test_processes_migrating_at_once_apply_each_step_once(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(migrations, "STEPS", (*STEPS, m_next))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: migrate(house.team.database), range(4)))
        assert applied_steps(house.team.database) == len(STEPS) + 1

    def test_servers_started_at_once_on_an_empty_postgresql_all_open_it(self, house: House) -> None:
        if not house.settings.is_postgresql:
            pytest.skip("a DuckDB file belongs to one process")
        house.team.database.drop()  # type: ignore[attr-defined]
        settings = house.settings.model_copy(update={"demo": False})
        with ThreadPoolExecutor(6) as pool:
            opened = list(pool.map(lambda _: open_database(settings), range(6)))
        assert {applied_steps(each) for each in opened} == {len(STEPS)}
        for each in opened:
            each.close()

    def test_a_newer_database_is_refused_and_unchanged(self, house: House) -> None:
        database = house.team.database
        database.write(
            lambda transaction: transaction.run(
                "INSERT INTO migration (number, name, applied_at) VALUES (?, 'later', TIMESTAMP '2030-01-01 00:00:00')",
                len(STEPS) + 1,
            )
        )
        before = columns_of_person(database)
        if not house.settings.is_postgresql:
            house.close()
        with pytest.raises(StorageError) as refusal:
            House(house.settings)
        assert str(refusal.value) == (
            f"The database {database.place} was made by a newer version of this program "
            f"(step {len(STEPS) + 1}; this one knows {len(STEPS)}). Start the newer version; nothing was changed."
        )
        again: Database = database if house.settings.is_postgresql else DuckDatabase(Path(database.place))
        assert (columns_of_person(again), applied_steps(again)) == (before, len(STEPS) + 1)
        if again is not database:
            again.close()

    def test_a_file_is_backed_up_before_it_is_migrated(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = Settings(database=str(tmp_path / "it's panel.duckdb"))
        first = open_database(settings)
        _add_person(first, "Ana")
        first.close()
        assert sorted(each.name for each in tmp_path.iterdir()) == ["it's panel.duckdb"]  # nothing to back up yet

        monkeypatch.setattr(migrations, "STEPS", (*STEPS, m_next))
        second = open_database(settings)
        assert "nickname" in columns_of_person(second)
        second.close()
        (backup,) = tmp_path.glob(f"it's panel.duckdb.step-{len(STEPS)}.*.backup")

        monkeypatch.undo()
        old = DuckDatabase(backup)
        assert "nickname" not in columns_of_person(old)
        assert applied_steps(old) == len(STEPS)
        with old.read() as transaction:
            assert transaction.rows("SELECT name FROM person") == [{"name": "Ana"}]
        old.close()
        open_database(Settings(database=str(backup))).close()  # the older program opens it as it is

    def test_the_demo_team_is_there_once_opened_and_gone_once_removed(self, house: House) -> None:
        assert not demo_exists(house.settings)
        house.open_demo()
        _add_person(house.team.database, "Ana")
        assert demo_exists(house.settings)
        house.remove_demo()
        assert not demo_exists(house.settings)
        with house.team.database.read() as transaction:
            assert transaction.rows("SELECT name FROM person") == [{"name": "Ana"}]


def _add_person(database: Database, name: str) -> None:
    database.write(
        lambda transaction: transaction.run(
            "INSERT INTO person (id, name, email, access, active, version, created_at) "
            "VALUES (?, ?, '', 'manager', TRUE, 1, TIMESTAMP '2026-01-01 00:00:00')",
            name, name,
        )
    )  # fmt: skip


def run_python(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


OPEN_HOUSE = """
import sys
from panel.errors import StorageError
from panel.house import House
from panel.settings import Settings
try:
    House(Settings(database=sys.argv[1]))
except StorageError as error:
    print(error)
"""

WRITE_UNTIL_KILLED = """
import sys, threading
from panel.house import House
from panel.settings import Settings
database = House(Settings(database=sys.argv[1])).team.database
create = "CREATE TABLE IF NOT EXISTS thing (id VARCHAR PRIMARY KEY)"
database.write(lambda transaction: transaction.run(create))
say = threading.Lock()
def write_on(name):
    for number in range(1_000_000):
        key = f"{name}-{number}"
        database.write(lambda transaction: transaction.run("INSERT INTO thing (id) VALUES (?)", key))
        with say:
            print(key, flush=True)
for name in "abcd":
    threading.Thread(target=write_on, args=(name,)).start()
"""


class TestOtherProcesses:
    def test_a_second_process_is_told_which_file_is_in_use(self, tmp_path: Path) -> None:
        path = tmp_path / "panel.duckdb"
        first = DuckDatabase(path)
        second = run_python(OPEN_HOUSE, str(path))
        said, trouble = second.communicate(timeout=60)
        first.close()
        assert (said, trouble) == (
            f"The file {path} is in use: the app is already running with it. Use that one, or stop it first. "
            "A second process can have a file of its own: set PANEL_DATABASE.\n",
            "",
        )

    def test_a_second_process_shares_postgresql(self, house: House) -> None:
        if not house.settings.is_postgresql:
            pytest.skip("a DuckDB file belongs to one process")
        second = run_python(OPEN_HOUSE, house.settings.database)
        assert second.communicate(timeout=60) == ("", "")

    @pytest.mark.parametrize("kill_after", [1, 40, 150])
    def test_a_process_killed_while_writing_loses_nothing_it_acknowledged(self, house: House, kill_after: int) -> None:
        if not house.settings.is_postgresql:
            house.close()
        process = run_python(WRITE_UNTIL_KILLED, house.settings.database)
        assert process.stdout
        assert process.stderr
        acknowledged = [process.stdout.readline().strip() for _ in range(kill_after)]
        process.send_signal(signal.SIGKILL)
        rest, trouble = process.stdout.read(), process.stderr.read()
        process.wait(timeout=60)
        process.stdout.close()
        process.stderr.close()
        acknowledged += rest.rpartition("\n")[0].split()  # without a last line cut off while it was printed
        assert trouble == ""
        assert len(acknowledged) >= kill_after

        again = House(house.settings)
        kept = set(things(again.team.database))
        again.team.database.write(lambda transaction: transaction.run("INSERT INTO thing (id) VALUES ('after')"))
        assert "after" in things(again.team.database)
        again.close()
        assert set(acknowledged) - kept == set()
        assert len(kept) <= len(acknowledged) + 4  # at most what each thread had not yet said

    def test_what_is_no_database_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.duckdb"
        path.write_text("dear diary " * 1000)
        with pytest.raises(StorageError) as refusal:
            DuckDatabase(path)
        assert str(refusal.value).startswith(f"The file {path} cannot be opened as a database: ")

    def test_a_server_that_is_not_there_is_named_without_its_password(self) -> None:
        with pytest.raises(StorageError) as refusal:
            House(Settings(database="postgresql://ana:s3cret@127.0.0.1:1/panel", demo=False))
        assert str(refusal.value).startswith("PostgreSQL at 127.0.0.1:1/panel cannot be reached: ")
        assert "s3cret" not in str(refusal.value)
