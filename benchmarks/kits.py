"""How long kits, briefs and calendar files take, on the demo team.

Run: .venv/bin/python benchmarks/kits.py
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from panel.actions import accounts, briefs, calendar_files, candidates, demo, kits, plans
from panel.house import House
from panel.settings import Settings

REPEATS = 5


def show(name: str, make: Callable[[int], bytes]) -> None:
    """The first time and the middle one of the others; every time with other data, because Typst remembers."""
    took, used, size = [], [], 0
    for turn in range(REPEATS):
        start, worked = time.perf_counter(), time.process_time()
        size = len(make(turn))
        took.append(time.perf_counter() - start)
        used.append(time.process_time() - worked)
    print(
        f"  {name:34} first {took[0]:6.3f} s (processor {used[0]:6.3f} s)   "
        f"then {sorted(took[1:])[REPEATS // 2 - 1]:6.3f} s ({sorted(used[1:])[REPEATS // 2 - 1]:6.3f} s)   "
        f"{size / 1000:6.0f} kB"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(database=f"{folder}/panel.duckdb"))
        workspace = house.open_demo()
        demo.create_demo_team(workspace)
        manager = next(each for each in accounts.demo_people(workspace) if each.access == "manager")
        views = [each for each in plans.visible_plans(workspace, by=manager) if each.versions]
        view = next(each for each in views if each.role.role.name == "Machine learning engineer")
        version = view.versions[0]
        guides = kits.printable_guides(workspace, by=manager, plan_version_id=version.id)
        zones = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Asia/Tokyo")

        def kit(turn: int, form: kits.KitForm, count: int = 1) -> bytes:
            chosen = [guides[turn % len(guides)]] if count == 1 else guides
            return kits.plan_kits(
                workspace, by=manager, plan_version_id=version.id, form=form, zone=zones[turn],
                assignment_ids=[each.assignment_id for each in chosen],
            )  # fmt: skip

        print(f"{len(guides)} guides of {', '.join(str(each.questions) for each in guides)} questions")
        show("one kit, PDF", lambda turn: kit(turn, "pdf"))
        show("one kit, Markdown", lambda turn: kit(turn, "markdown"))
        show("all kits of the plan in one PDF", lambda turn: kit(turn, "pdf", count=len(guides)))

        found = candidates.candidates_of_role(workspace, by=manager, role_id=view.role.id)
        someone = next(
            each.candidate
            for each in found
            if calendar_files.candidate_ahead(workspace, by=manager, candidate_id=each.candidate.id)
        )

        def brief(turn: int, form: briefs.BriefForm) -> bytes:
            return briefs.brief_file(
                workspace, by=manager, candidate_id=someone.id, form=form, zone=zones[turn], bring=f"A pen, {turn}"
            )

        show("a brief, PDF", lambda turn: brief(turn, "pdf"))
        show("a brief, text", lambda turn: brief(turn, "text"))
        show(
            "a calendar file",
            lambda turn: calendar_files.candidate_calendar(
                workspace, by=manager, candidate_id=someone.id, zone=zones[turn]
            ),
        )
        print(f"Memory of the process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
        house.close()
