"""The board on both engines: who may see it, what it tells of a day, and that it tells nothing of a rating.

The candidate's panel is Ana, Bo and Mia from ten to eleven, and so are three separate sittings of half an hour.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import leading, scheduling, scoring
from panel.actions.board import Board, ShownSeat, ShownSitting, todays_board
from panel.domain.basics import new_id, now
from panel.domain.board import Day
from panel.domain.live import Happening
from panel.errors import InputError
from panel.house import Workspace
from tests.factories import Team, a_team, outcomes

TODAY = now().replace(hour=0, minute=0, second=0, microsecond=0)
TEN = TODAY + timedelta(hours=10)
DAY = Day(TODAY, TODAY + timedelta(days=1))
BEFORE, DURING = TODAY + timedelta(hours=9), TODAY + timedelta(hours=10, minutes=20)
AFTER, EVENING = TODAY + timedelta(hours=11, minutes=30), TODAY + timedelta(hours=20)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    made = a_team(workspace, tmp_path / "content")
    for round_name in ("Panel", "Separate"):
        for row in made.interviews(round_name=round_name):
            move(made, row, TEN)
    return made


def move(team: Team, row: dict[str, Any], starts_at: datetime) -> None:
    scheduling.move_interview(
        team.workspace, by=team.people["Max"], interview_id=row["id"], seen_version=row["version"], starts_at=starts_at
    )


def look(team: Team, at: datetime, *, by: str = "Max", day: Day = DAY) -> Board:
    return todays_board(team.workspace, by=team.people[by], day=day, at=at)


def panel_of(board: Board) -> ShownSitting:
    return next(each for each in board.sittings if each.round == "Panel")


def seat_of(board: Board, name: str) -> ShownSeat:
    return next(each for each in panel_of(board).people if each.name == name)


def be(team: Team, name: str, question_key: str = "", *, kind: Any = "here") -> None:
    """Somebody has their scorecard of the panel open at a question."""
    card = team.card(name)
    team.workspace.live.tell(
        Happening(
            kind=kind, interview_id=card.interview_id, person_id=card.person_id, tab="tab", question_key=question_key
        )
    )
    everything_told_is_heard(team)


def everything_told_is_heard(team: Team) -> None:
    """On PostgreSQL what is told goes by the server."""
    heard = "the last of what was told"
    last = Happening(kind="here", interview_id=heard, person_id=heard, question_key=new_id())
    live, deadline = team.workspace.live, time.monotonic() + 30
    live.present(heard)  # it hears from the first question on
    live.tell(last)
    while live.present(heard).get(heard) != last.question_key and time.monotonic() < deadline:
        time.sleep(0.005)
    assert live.present(heard) == {heard: last.question_key}


def ms(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp() * 1000


def test_who_manages_hiring_sees_the_board(team: Team) -> None:
    assert outcomes(team, lambda team, by: todays_board(team.workspace, by=by, day=DAY)) == {
        "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
        "deactivated": "NotAllowed",
    }  # fmt: skip


def test_an_interview_ahead_stands_with_its_panel(team: Team) -> None:
    people = team.people
    assert panel_of(look(team, BEFORE)) == ShownSitting(
        id=team.card("Ana").interview_id,
        candidate_id=team.candidate.id,
        candidate="Priya",
        role_id=team.role_id,
        role="Engineer",
        round="Panel",
        planned=ms(TEN),
        starts=ms(TEN),
        ends=ms(TEN + timedelta(hours=1)),
        phase="ahead",
        lead="",
        number=None,
        prompt="",
        people=tuple(
            ShownSeat(
                id=people[name].id, name=name, shadow=False, here=False, number=None, prompt="", answered=0,
                questions=3, notes=False, submitted=None, overdue=None,
            )
            for name in ("Ana", "Bo", "Mia")
        ),
    )  # fmt: skip


def test_interviews_stand_by_their_start_and_then_their_candidate(team: Team) -> None:
    aaron = team.add_candidate("Aaron")
    for row in team.interviews(round_name="Separate")[:1]:
        move(team, row, TEN - timedelta(hours=1))
    with team.workspace.database.read() as transaction:
        found = transaction.rows("SELECT id, version FROM interview WHERE candidate_id = ?", aaron.id)
    for row in found:
        move(team, row, TEN)
    stand = [(each.planned, each.candidate) for each in look(team, BEFORE).sittings]
    first, *rest = stand
    assert first == (ms(TEN - timedelta(hours=1)), "Priya")
    assert rest == [(ms(TEN), "Aaron")] * 4 + [(ms(TEN), "Priya")] * 3


def test_somebody_is_at_the_question_on_their_page_until_it_is_closed(team: Team) -> None:
    assert panel_of(look(team, DURING)).phase == "due"
    be(team, "Bo", "what-mia-asks")
    running = look(team, DURING + timedelta(seconds=1))
    bo, ana = seat_of(running, "Bo"), seat_of(running, "Ana")
    assert panel_of(running).phase == "running"
    assert (bo.here, bo.number, bo.prompt) == (True, 3, "What is what-mia-asks?")
    assert (ana.here, ana.number, ana.prompt) == (False, None, "")
    be(team, "Bo", kind="gone")
    assert not seat_of(look(team, DURING + timedelta(seconds=2)), "Bo").here


def test_the_clock_and_the_lead_of_a_panel_are_told(team: Team) -> None:
    ana = {"by": team.people["Ana"], "scorecard_id": team.card("Ana").id}
    move(team, team.interviews()[0], now() - timedelta(minutes=1))
    started = leading.start_clock(team.workspace, **ana).started_at
    leading.take_lead(team.workspace, **ana, instead_of=None)
    leading.move_panel(team.workspace, **ana, question_key="what-bo-asks")
    found = panel_of(look(team, now() + timedelta(minutes=1), day=Day(now() - timedelta(hours=9), now())))
    assert started
    assert (found.phase, found.starts, found.ends) == ("running", ms(started), ms(started + timedelta(hours=1)))
    assert (found.lead, found.number, found.prompt) == ("Ana", 2, "What is what-bo-asks?")


def rate(team: Team, name: str, question_key: str, level: int, note: str = "") -> None:
    scoring.save_rating(
        team.workspace, by=team.people[name], scorecard_id=team.card(name).id, question_key=question_key,
        seen_version=0, outcome="rated", level=level, note=note,
    )  # fmt: skip


def test_progress_counts_answers_of_every_kind_and_notes_are_yes_or_no(team: Team) -> None:
    team.fill("Bo", levels={"what-ana-asks": 5}, note="")
    rate(team, "Ana", "what-ana-asks", 3, "what I heard")
    found = look(team, AFTER)
    assert [(each.name, each.answered, each.notes) for each in panel_of(found).people] == [
        ("Ana", 1, True), ("Bo", 3, None), ("Mia", 0, False),
    ]  # fmt: skip


@pytest.mark.parametrize("at", [DURING, EVENING], ids=["running", "late"])
def test_from_the_last_answer_on_nothing_says_whether_a_draft_has_notes(team: Team, at: datetime) -> None:
    seen = {}
    for name, note in (("Ana", "what I heard"), ("Bo", "")):
        found = []
        for number, key in enumerate(("what-ana-asks", "what-bo-asks", "what-mia-asks")):
            rate(team, name, key, 3, note)
            fresh = Workspace(team.workspace.name, team.workspace.database, team.workspace.settings)
            board = todays_board(fresh, by=team.people["Max"], day=DAY, at=at)
            found.append((number + 1, seat_of(board, name).notes))
        seen[name] = found
    assert seen == {"Ana": [(1, True), (2, True), (3, None)], "Bo": [(1, False), (2, False), (3, None)]}


def test_a_submitted_scorecard_says_when_and_no_longer_whether_it_has_notes(team: Team) -> None:
    for number, name in enumerate(("Ana", "Bo")):
        sealed = team.hand_in(name)
        seen = seat_of(look(team, AFTER + timedelta(minutes=number)), name)
        assert sealed.submitted_at
        assert (seen.submitted, seen.notes, seen.overdue) == (ms(sealed.submitted_at), None, None)
    assert panel_of(look(team, DURING)).phase == "running"
    team.hand_in("Mia")
    assert panel_of(look(team, DURING + timedelta(minutes=1))).phase == "ended"


def test_what_is_not_submitted_an_hour_after_the_end_is_overdue_and_a_shadows_never(team: Team) -> None:
    team.workspace.database.write(
        lambda transaction: transaction.run("UPDATE scorecard SET shadow = ? WHERE id = ?", True, team.card("Mia").id)
    )
    team.hand_in("Ana")
    due = TEN + timedelta(hours=2)
    for at, expected in ((due - timedelta(seconds=3), None), (due, ms(due))):
        assert [(each.name, each.shadow, each.overdue) for each in panel_of(look(team, at)).people] == [
            ("Ana", False, None), ("Bo", False, expected), ("Mia", True, None),
        ]  # fmt: skip


def test_what_is_overdue_from_earlier_days_stands_by_itself_oldest_first(team: Team) -> None:
    move(team, team.interviews()[0], TEN - timedelta(days=3))
    team.fill("Ana")
    team.hand_in("Bo")
    late = look(team, EVENING).late
    assert [(each.person, each.candidate, each.round, each.starts, each.answered, each.questions) for each in late] == [
        (name, "Priya", "Panel", ms(TEN - timedelta(days=3)), answered, 3)
        for name, answered in (("Ana", 3), ("Mia", 0))
    ]  # fmt: skip
    assert {each.round for each in look(team, EVENING).sittings} == {"Separate"}


def test_an_interview_that_runs_past_midnight_is_one_of_both_days_and_late_in_neither_before_it_is_due(
    team: Team,
) -> None:
    move(team, team.interviews()[0], TODAY - timedelta(minutes=30))
    for day in (DAY, Day(TODAY - timedelta(days=1), TODAY)):
        assert "Panel" in {each.round for each in look(team, TODAY + timedelta(minutes=5), day=day).sittings}
    move(team, team.interviews()[0], TODAY - timedelta(minutes=61))
    shortly_after = look(team, TODAY + timedelta(minutes=10))
    assert {each.round for each in shortly_after.sittings} == {"Separate"}
    assert shortly_after.late == ()
    assert len(look(team, TODAY + timedelta(minutes=59)).late) == 3


def test_a_cancelled_interview_is_gone_and_so_are_its_scorecards(team: Team) -> None:
    team.cancel("Max")
    team.cancel("Max", round_name="Separate")
    assert look(team, EVENING) == Board(sittings=(), late=())


def test_a_change_that_was_told_shows_after_half_a_second_and_one_that_was_not_after_two(team: Team) -> None:
    everything_told_is_heard(team)
    first = look(team, DURING)
    team.fill("Ana")
    everything_told_is_heard(team)
    assert look(team, DURING + timedelta(seconds=0.4)) is first
    second = look(team, DURING + timedelta(seconds=0.5))
    assert seat_of(second, "Ana").answered == 3
    team.workspace.database.write(
        lambda transaction: transaction.run("DELETE FROM rating WHERE scorecard_id = ?", team.card("Ana").id)
    )
    assert look(team, DURING + timedelta(seconds=2.4)) is second
    assert seat_of(look(team, DURING + timedelta(seconds=2.5)), "Ana").answered == 0


def test_boards_of_other_days_are_kept_beside_each_other(team: Team) -> None:
    other = Day(DAY.starts + timedelta(hours=1), DAY.ends + timedelta(hours=1))
    mine, theirs = look(team, DURING), look(team, DURING, day=other)
    assert look(team, DURING) is mine
    assert look(team, DURING, day=other) is theirs


def test_a_day_that_is_looked_at_again_is_not_given_up_for_days_that_were_asked_for_once(team: Team) -> None:
    def others(*numbers: int) -> None:
        for number in numbers:
            look(team, DURING, day=Day(DAY.starts + timedelta(minutes=number), DAY.ends + timedelta(minutes=number)))

    look(team, DURING)
    others(*range(1, 39))
    mine = look(team, DURING + timedelta(seconds=3))
    others(*range(39, 60))
    assert look(team, DURING + timedelta(seconds=3)) is mine


# ---- blindness ----------------------------------------------------------------------------------------------------


def everything_a_board_says(team: Team) -> list[Any]:
    fresh = Workspace(team.workspace.name, team.workspace.database, team.workspace.settings)  # nothing kept
    return [
        todays_board(fresh, by=team.people[reader], day=DAY, at=at).model_dump()
        for reader in ("Mia", "Max", "Ada")
        for at in (BEFORE, DURING, AFTER, EVENING)
    ]


@pytest.mark.parametrize("handed_in", [(), ("Bo",), ("Ana", "Bo", "Mia")], ids=["drafts", "one in", "all in"])
def test_two_worlds_that_differ_only_in_what_was_observed_give_the_same_board(
    team: Team, handed_in: tuple[str, ...]
) -> None:
    for name in ("Ana", "Bo", "Mia"):
        team.fill(name, levels=3, note="short")
    for name in handed_in:
        team.submit(name)
    before = everything_a_board_says(team)

    def another_world(transaction: Any) -> None:
        for answer, key in (("rated", "what-ana-asks"), ("not_asked", "what-bo-asks"), ("could_not_assess", None)):
            transaction.run(
                "UPDATE rating SET outcome = ?, level = ?, reason = ?, note = ?, probes_asked = ?, reworded = ? "
                "WHERE question_key = ?",
                answer, 1 if answer == "rated" else None, "time" if answer == "not_asked" else "",
                "a much longer note about quite another thing", "[0, 1]", True, key or "what-mia-asks",
            )  # fmt: skip
        transaction.run(
            "UPDATE scorecard SET recommendation = ?, confidence = ?, summary = ?", "strong_no", "low", "No."
        )

    team.workspace.database.write(another_world)
    assert everything_a_board_says(team) == before


def test_of_a_sealed_scorecard_the_board_does_not_tell_whether_an_end_of_the_scale_was_given(team: Team) -> None:
    """An end needs a note before submission; a middle level needs none."""
    team.fill("Ana", levels=5, note="")
    with pytest.raises(InputError, match="needs evidence"):
        team.submit("Ana")
    team.fill("Ana", levels=5, note="what I heard")
    team.fill("Bo", levels=3, note="")
    for name in ("Ana", "Bo"):
        team.submit(name)
    ana, bo = (seat_of(look(team, EVENING), name).model_dump() for name in ("Ana", "Bo"))
    differing = {name for name in ana if ana[name] != bo[name]}
    assert differing <= {"id", "name", "submitted"}


def test_a_board_that_is_open_while_somebody_rates_sees_each_answer(team: Team) -> None:
    card = team.card("Ana")
    seen = []
    for number, key in enumerate(("what-ana-asks", "what-bo-asks", "what-mia-asks")):
        scoring.save_rating(
            team.workspace, by=team.people["Ana"], scorecard_id=card.id, question_key=key, seen_version=0,
            outcome="rated", level=number + 1,
        )  # fmt: skip
        everything_told_is_heard(team)
        seen.append(seat_of(look(team, DURING + timedelta(seconds=number)), "Ana").answered)
    assert seen == [1, 2, 3]
