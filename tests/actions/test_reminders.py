"""Reminders of open scorecards, on both engines: who gets one, once; what a crash, a dead mail server and days off do.

Ana, Bo and Mia owe Priya's panel and separate rounds; the panel ended on MONDAY at 10:00, the sittings at 09:30.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from panel.actions import reminders
from panel.actions.reminders import Reminded
from panel.actions.reminding import Claim, claim, due, give_due, settle
from panel.domain.basics import now
from panel.domain.reminders import Reminder
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import House, Workspace
from panel.store import reminders as stored
from tests.ahead import move
from tests.factories import MONDAY, Team, a_team, audited, outcomes
from tests.mailbox import Mailbox, mail_server
from tests.running import free_port
from tests.seats import book, seat, waiting

PANEL_END = MONDAY + timedelta(hours=1)
FIRST = PANEL_END + timedelta(hours=1)
DAY = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """Only Priya's panel round is owed."""
    made = a_team(workspace, tmp_path / "content")
    made.cancel("Max", round_name="Separate")
    return made


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


def mailing(team: Team, box: Mailbox) -> Team:
    """The same team with a mail server."""
    how = {"smtp": box.as_server(), "mail_from": "panel@example.org", "address": "https://panel.example.org"}
    workspace = replace(team.workspace, settings=team.workspace.settings.model_copy(update=how))
    return replace(team, workspace=workspace)


def given_at(team: Team, at: datetime) -> tuple[int, list[str]]:
    done = give_due(team.workspace, clock=lambda: at)
    return done.given, done.problems


def reminded(team: Team, name: str) -> list[tuple[int, str, int]]:
    """(number, state, tries) of the reminders of somebody's panel scorecard."""
    card = team.card(name).id
    with team.workspace.database.read() as transaction:
        found = stored.reminders_of(transaction, [card])[card]
    return [(each.number, each.state, each.tries) for each in found]


def to_whom(box: Mailbox) -> list[str]:
    return sorted(each for many in box.recipients for each in many)


# ---- who gets one, and what it says -------------------------------------------------------------------------------


def test_an_hour_after_the_end_each_interviewer_gets_one_mail_and_no_second(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    team.fill("Bo", levels=2, note="a secret note", recommendation="strong_no")
    assert given_at(team, FIRST - MINUTE) == (0, [])
    assert given_at(team, FIRST) == (3, [])
    assert given_at(team, FIRST + MINUTE) == (0, [])
    assert to_whom(box) == ["ana@example.org", "bo@example.org", "mia@example.org"]
    mail = next(each for each in box.taken if each["To"] == "bo@example.org")
    assert mail["Subject"] == "Your scorecard for Priya, Panel, is still open"
    assert mail.get_content().replace("\r\n", "\n") == (
        "Hello Bo,\n\n"
        "your scorecard for Priya (Panel) is still open.\n\n"
        "Interview: Monday 2 March 2026, 09:00 to 10:00 UTC\n"
        "Answered: 3 of 3 questions; it only has to be submitted\n\n"
        f"Finish and submit it here:\nhttps://panel.example.org/score?scorecard={team.card('Bo').id}\n\n"
        "What you remember of an answer fades within a day.\n\n"
        "At most 4 more reminders follow, one a day. To get none, open Today and choose “Stop reminding me”:\n"
        "https://panel.example.org/\n"
    )


def test_submitted_cancelled_deactivated_and_shadow_are_not_reminded(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    zoe = waiting(team, "Zoe")
    seats = [seat(team, each) for each in ("Ana", "Bo", "Mia")]
    book(team, zoe, [*seats, seat(team, "Ana", "Tom", shadow=True)], at=MONDAY)
    team.hand_in("Ana")
    team.change("Mia", active=False)
    assert given_at(team, FIRST) == (3, [])  # Ana's of Zoe, Bo's of both
    assert to_whom(box) == ["ana@example.org", "bo@example.org", "bo@example.org"]
    team.cancel("Max")
    assert given_at(team, FIRST + DAY) == (2, [])


def test_five_days_five_mails_and_then_silence(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    for name in ("Ana", "Mia"):
        team.hand_in(name)
    assert [given_at(team, FIRST + hour * timedelta(hours=1))[0] for hour in range(0, 24 * 9, 6)] == (
        [1, 0, 0, 0] * 5 + [0] * 16
    )
    assert reminded(team, "Bo") == [(number, "sent", 1) for number in range(1, 6)]
    assert len({each["Message-ID"] for each in box.taken}) == 5


def test_a_server_that_was_off_for_three_days_sends_one(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    given_at(team, FIRST)
    assert given_at(team, FIRST + 3 * DAY + MINUTE) == (3, [])
    assert reminded(team, "Bo") == [(1, "sent", 1), (4, "sent", 1)]


def test_without_a_mail_server_reminders_stand_in_the_app(team: Team) -> None:
    assert given_at(team, FIRST) == (3, [])
    assert reminded(team, "Bo") == [(1, "in_app", 1)]
    assert given_at(team, FIRST + MINUTE) == (0, [])


def test_no_mail_ever_leaves_from_the_demo_team(house: House, tmp_path: Path, box: Mailbox) -> None:
    demo = mailing(a_team(house.open_demo(), tmp_path / "content"), box)
    assert len(due(demo.workspace, at=FIRST)) > 0
    assert (given_at(demo, FIRST), box.taken, reminded(demo, "Bo")) == ((0, []), [], [])


# ---- when something goes wrong ------------------------------------------------------------------------------------


def test_two_at_once_send_each_reminder_once(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    start = threading.Barrier(4)
    given: list[int] = []

    def replica() -> None:
        start.wait()
        given.append(given_at(team, FIRST)[0])

    threads = [threading.Thread(target=replica) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (sum(given), to_whom(box)) == (3, ["ana@example.org", "bo@example.org", "mia@example.org"])


def test_of_two_claims_of_one_reminder_one_is_given(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    card, start = team.card("Bo").id, threading.Barrier(6)
    claims: list[Claim | None] = []

    def replica() -> None:
        start.wait()
        claims.append(claim(team.workspace, scorecard_id=card, at=FIRST))

    threads = [threading.Thread(target=replica) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [each.reminder.tries for each in claims if each] == [1]
    assert reminded(team, "Bo") == [(1, "sending", 1)]


def test_a_crash_between_claim_and_mail_is_made_good_after_ten_minutes(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    died = claim(team.workspace, scorecard_id=team.card("Bo").id, at=FIRST)
    assert died
    assert given_at(team, FIRST + 9 * MINUTE) == (2, [])
    assert "bo@example.org" not in to_whom(box)
    assert given_at(team, FIRST + 10 * MINUTE) == (1, [])
    assert reminded(team, "Bo") == [(1, "sent", 2)]
    settle(team.workspace, died, "failed")  # it was only slow: what another has done stays
    assert reminded(team, "Bo") == [(1, "sent", 2)]


def test_a_refused_mail_is_tried_again_and_holds_up_nobody_else(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    box.answers = ["451 later"]
    refused = f"{box.as_server().place} refused the mail: later"
    assert given_at(team, FIRST) == (2, [refused])
    assert given_at(team, FIRST + 4 * MINUTE) == (0, [])
    assert given_at(team, FIRST + 5 * MINUTE) == (1, [])
    assert len(to_whom(box)) == len(set(to_whom(box))) == 3


def test_a_mail_that_is_always_refused_is_given_up_after_five_tries_until_the_next_day(
    team: Team, box: Mailbox
) -> None:
    team = mailing(team, box)
    for name in ("Ana", "Mia"):
        team.hand_in(name)
    box.answers = ["554 no"] * 6
    tried = [bool(given_at(team, FIRST + minute * MINUTE)[1]) for minute in range(0, 24 * 60, 5)]
    assert sum(tried) == 5
    assert reminded(team, "Bo") == [(1, "failed", 5)]
    given_at(team, FIRST + DAY)
    given_at(team, FIRST + DAY + 5 * MINUTE)
    assert reminded(team, "Bo") == [(1, "failed", 5), (2, "sent", 2)]


def test_a_dead_mail_server_ends_the_round_and_the_mails_go_when_it_is_back(team: Team, box: Mailbox) -> None:
    working = mailing(team, box)
    gone = Mailbox(free_port())
    broken = mailing(team, gone)
    sentence = f"The mail server {gone.as_server().place} does not answer."
    first_round = given_at(broken, FIRST)
    assert (first_round[0], [each[: len(sentence)] for each in first_round[1]]) == (0, [sentence])
    assert given_at(working, FIRST + 5 * MINUTE) == (3, [])
    assert to_whom(box) == ["ana@example.org", "bo@example.org", "mia@example.org"]


def test_a_round_ends_between_two_mails_when_the_app_stops(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    done = give_due(team.workspace, clock=lambda: FIRST, is_over=lambda: len(box.taken) == 1)
    assert (done.given, len(box.taken)) == (1, 1)


def test_what_is_submitted_or_stopped_between_the_look_and_the_claim_is_not_sent(team: Team, box: Mailbox) -> None:
    team = mailing(team, box)
    bo, mia = team.card("Bo").id, team.card("Mia").id
    assert {bo, mia} <= set(due(team.workspace, at=FIRST))
    team.hand_in("Bo")
    reminders.stop(team.workspace, by=team.people["Mia"], scorecard_id=mia)
    assert [claim(team.workspace, scorecard_id=each, at=FIRST) for each in (bo, mia)] == [None, None]


# ---- what people see and stop -------------------------------------------------------------------------------------


def some_hours_ago(team: Team, hours: float) -> datetime:
    """Priya's panel is moved so that it ended then; the end."""
    (row,) = team.interviews()
    end = now().replace(microsecond=0) - timedelta(hours=hours)
    move(team, row, end - timedelta(minutes=row["minutes"]))
    return end


def told(team: Team, name: str, **changes: object) -> Reminded:
    """What is known of somebody's overdue panel scorecard of Priya."""
    (row,) = team.interviews()
    facts = {
        "scorecard_id": team.card(name).id, "person_id": team.people[name].id, "candidate_name": "Priya",
        "ended_at": row["starts_at"] + timedelta(minutes=60), "times": 0, "last_at": None, "last_by": None,
        "stopped_by": "", "stopped_id": "",
    }  # fmt: skip
    return Reminded(**(facts | changes))


def test_a_person_sees_their_own_overdue_scorecards_and_how_often_they_were_reminded(team: Team, box: Mailbox) -> None:
    end = some_hours_ago(team, 30)
    by_mail = end + timedelta(hours=2)
    given_at(team, by_mail - timedelta(minutes=30))
    assert reminders.my_reminders(team.workspace, by=team.people["Bo"]) == [
        told(team, "Bo", times=1, last_at=by_mail - timedelta(minutes=30), last_by="app")
    ]
    given_at(mailing(team, box), end + timedelta(hours=26))
    assert reminders.my_reminders(team.workspace, by=team.people["Bo"]) == [
        told(team, "Bo", times=2, last_at=end + timedelta(hours=26), last_by="mail")
    ]
    assert reminders.my_reminders(team.workspace, by=team.people["Tom"]) == []
    team.hand_in("Bo")
    assert reminders.my_reminders(team.workspace, by=team.people["Bo"]) == []


def test_a_scorecard_is_not_overdue_within_the_hour(team: Team) -> None:
    some_hours_ago(team, 0.9)
    assert reminders.my_reminders(team.workspace, by=team.people["Bo"]) == []
    assert reminders.reminders_of_others(team.workspace, by=team.people["Max"]) == {}


def test_a_manager_sees_what_went_to_others_and_not_what_went_to_them(team: Team) -> None:
    given_at(team, FIRST)
    seen = reminders.reminders_of_others(team.workspace, by=team.people["Mia"])
    by_app = {"times": 1, "last_at": FIRST, "last_by": "app"}
    assert dict(seen) == {team.card(name).id: told(team, name, **by_app) for name in ("Ana", "Bo")}
    assert set(reminders.reminders_of_others(team.workspace, by=team.people["Max"])) == {
        team.card(name).id for name in ("Ana", "Bo", "Mia")
    }


def test_stopping_and_resuming_is_audited_and_said_by_name(team: Team) -> None:
    card, bo, max_ = team.card("Bo"), team.people["Bo"], team.people["Max"]
    reminders.stop(team.workspace, by=max_, scorecard_id=card.id)
    reminders.stop(team.workspace, by=bo, scorecard_id=card.id)  # stopped already: nothing happens
    assert reminders.my_reminders(team.workspace, by=bo) == [told(team, "Bo", stopped_by="Max", stopped_id=max_.id)]
    assert given_at(team, FIRST) == (2, [])

    reminders.resume(team.workspace, by=bo, scorecard_id=card.id)
    assert reminders.my_reminders(team.workspace, by=bo) == [told(team, "Bo")]
    reminders.stop(team.workspace, by=bo, scorecard_id=card.id)
    on, off = {"reminders": "on"}, {"reminders": "stopped"}
    assert audited(team.workspace, "scorecard", card.id) == [
        (max_.id, "stop_reminders", on, off),
        (bo.id, "resume_reminders", off, on),
        (bo.id, "stop_reminders", on, off),
    ]


def test_whoever_is_reminded_again_gets_the_next_and_not_the_one_they_stopped(team: Team) -> None:
    end = some_hours_ago(team, 2)
    for each in (reminders.stop, reminders.resume):
        each(team.workspace, by=team.people["Bo"], scorecard_id=team.card("Bo").id)
    given_at(team, now())
    assert (reminded(team, "Bo"), reminded(team, "Ana")) == ([], [(1, "in_app", 1)])
    given_at(team, end + timedelta(hours=25))
    assert reminded(team, "Bo") == [(2, "in_app", 1)]


@pytest.mark.parametrize("change", [reminders.stop, reminders.resume], ids=["stop", "resume"])
def test_its_interviewer_and_managers_stop_and_resume(team: Team, change: object) -> None:
    card = team.card("Ana").id
    assert outcomes(team, lambda which, person: change(which.workspace, by=person, scorecard_id=card)) == {
        "Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
        "deactivated": "NotAllowed",
    }  # fmt: skip


def test_reading_what_others_are_reminded_of_is_for_managers(team: Team) -> None:
    assert outcomes(team, lambda which, person: reminders.reminders_of_others(which.workspace, by=person)) == {
        "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
        "deactivated": "NotAllowed",
    }  # fmt: skip


def test_there_is_nothing_to_stop_on_a_submitted_or_unknown_scorecard(team: Team) -> None:
    team.hand_in("Ana")
    with pytest.raises(InputError, match="nobody is reminded of it any more"):
        reminders.stop(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id)
    with pytest.raises(NotAllowed, match="Only its interviewer and those who manage hiring"):
        reminders.stop(team.workspace, by=team.people["Tom"], scorecard_id=team.card("Ana").id)
    with pytest.raises(NotFound):
        reminders.stop(team.workspace, by=team.people["Max"], scorecard_id="no such")


def test_a_reminder_is_kept_once_for_each_moment(team: Team) -> None:
    card = team.card("Bo").id
    first = Reminder(number=1, due_at=FIRST, claimed_at=FIRST, state="sending", tries=1)
    for each in (first, first.model_copy(update={"state": "failed"}), first.model_copy(update={"tries": 2})):
        team.workspace.database.write(lambda transaction, each=each: stored.keep_reminder(transaction, card, each))
    assert reminded(team, "Bo") == [(1, "sending", 2)]
