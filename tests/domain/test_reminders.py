"""When a reminder is due, which one goes now, how long a failing one is tried, and what its mail says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.domain.reminders import Due, OpenScorecard, Reminder, due_at, letter, subject, what_is_due

START = datetime(2026, 3, 2, 9, 0)
END = START + timedelta(minutes=60)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def a_card(**changes: Any) -> OpenScorecard:
    facts: dict[str, Any] = {
        "scorecard_id": "card-1", "person_id": "bo", "person_name": "Bo", "email": "bo@example.org",
        "candidate_name": "Priya Nair", "starts_at": START, "minutes": 60, "plan_version_id": "version-1",
        "round_id": "round-1", "assignment_id": "seat-bo",
    }  # fmt: skip
    return OpenScorecard.model_validate(facts | changes)


def a_reminder(number: int, **changes: Any) -> Reminder:
    moment = due_at(END, number)
    facts: dict[str, Any] = {
        "number": number, "due_at": moment, "claimed_at": moment, "state": "sent", "tries": 1,
    }  # fmt: skip
    return Reminder.model_validate(facts | changes)


@pytest.mark.parametrize(
    ("after_the_end", "number"),
    [
        (HOUR - MINUTE, None),
        (HOUR, 1),
        (25 * HOUR - MINUTE, 1),
        (25 * HOUR, 2),
        (97 * HOUR, 5),
        (121 * HOUR - MINUTE, 5),
        (121 * HOUR, None),
        (-HOUR, None),
    ],
)
def test_one_hour_after_the_end_then_daily_and_none_after_the_fifth_day(
    after_the_end: timedelta, number: int | None
) -> None:
    expected = None if number is None else Due(number=number, due_at=END + HOUR + (number - 1) * 24 * HOUR)
    assert what_is_due(a_card(), [], END + after_the_end) == expected


def test_a_server_that_was_off_for_three_days_gives_the_latest_alone() -> None:
    at = due_at(END, 4) + HOUR
    found = what_is_due(a_card(), [a_reminder(1)], at)
    assert found == Due(number=4, due_at=due_at(END, 4))
    assert what_is_due(a_card(), [a_reminder(1), a_reminder(4)], at) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure
@given(st.lists(st.integers(min_value=-60, max_value=60 * 24 * 7), max_size=60))
def test_whenever_the_server_looks_nobody_is_reminded_twice_of_one_day_or_more_than_five_times(
    minutes: list[int],
) -> None:
    given_so_far: list[Reminder] = []
    for minute in sorted(minutes):
        found = what_is_due(a_card(), given_so_far, END + minute * MINUTE)
        if found:
            given_so_far.append(a_reminder(found.number))
    numbers = [each.number for each in given_so_far]
    assert numbers == sorted(set(numbers)) and set(numbers) <= {1, 2, 3, 4, 5}


def test_a_failed_one_is_tried_again_after_longer_and_longer_pauses_and_five_times_at_most() -> None:
    tried_after = []
    reminder = a_reminder(1, state="failed")
    at = reminder.due_at
    while at < due_at(END, 2):
        found = what_is_due(a_card(), [reminder], at)
        if found:
            tried_after.append((at - reminder.due_at) // MINUTE)
            reminder = reminder.model_copy(update={"claimed_at": at, "tries": found.tries + 1})
        at += MINUTE
    assert tried_after == [5, 35, 155, 515]
    assert reminder.tries == 5


def test_a_claim_is_anothers_for_ten_minutes_and_then_taken_up() -> None:
    claimed = a_reminder(1, state="sending")
    assert what_is_due(a_card(), [claimed], claimed.claimed_at + 10 * MINUTE - MINUTE) is None
    found = what_is_due(a_card(), [claimed], claimed.claimed_at + 10 * MINUTE)
    assert found == Due(number=1, due_at=due_at(END, 1), tries=1)
    often = claimed.model_copy(update={"tries": 5})
    assert what_is_due(a_card(), [often], claimed.claimed_at + HOUR) is None


def test_stopped_means_none_and_resumed_means_from_now_on() -> None:
    stopped = a_card(stopped_by="bo", stopped_at=END + 2 * HOUR)
    assert what_is_due(stopped, [], due_at(END, 2)) is None
    resumed = stopped.model_copy(update={"resumed_at": due_at(END, 2) + HOUR})
    assert what_is_due(resumed, [], due_at(END, 2) + 2 * HOUR) is None
    assert what_is_due(resumed, [], due_at(END, 3)) == Due(number=3, due_at=due_at(END, 3))


def test_an_interview_that_was_moved_to_later_is_reminded_of_anew() -> None:
    moved = a_card(starts_at=START + timedelta(days=7))
    before = [a_reminder(number) for number in range(1, 6)]
    assert what_is_due(moved, before, moved.ends_at + HOUR) == Due(number=1, due_at=moved.ends_at + HOUR)


def test_an_interview_that_was_moved_to_earlier_is_not_reminded_of_more_than_five_times() -> None:
    moved = a_card(starts_at=START - timedelta(hours=3))
    before = [a_reminder(number) for number in range(1, 6)]
    assert what_is_due(moved, before, moved.ends_at + 2 * HOUR) is None


def test_the_letter_says_what_is_open_and_how_to_stop_and_nothing_else() -> None:
    text = letter(
        a_card(), round_name="Technical round", answered=2, questions=6, number=2, address="https://panel.example.org"
    )
    assert subject(a_card(), "Technical round") == "Your scorecard for Priya Nair, Technical round, is still open"
    assert text == (
        "Hello Bo,\n\n"
        "your scorecard for Priya Nair (Technical round) is still open.\n\n"
        "Interview: Monday 2 March 2026, 09:00 to 10:00 UTC\n"
        "Answered: 2 of 6 questions\n\n"
        "Finish and submit it here:\nhttps://panel.example.org/score?scorecard=card-1\n\n"
        "What you remember of an answer fades within a day.\n\n"
        "At most 3 more reminders follow, one a day. To get none, open Today and choose “Stop reminding me”:\n"
        "https://panel.example.org/\n"
    )


@pytest.mark.parametrize(
    ("number", "answered", "sentences"),
    [
        (4, 5, ("Answered: 5 of 6 questions\n", "At most 1 more reminder follows, one a day.")),
        (5, 6, ("Answered: 6 of 6 questions; it only has to be submitted\n", "This is the last reminder of it.")),
    ],
)
def test_the_letter_says_how_many_follow_and_when_only_the_end_is_left(
    number: int, answered: int, sentences: tuple[str, ...]
) -> None:
    text = letter(
        a_card(), round_name="Panel", answered=answered, questions=6, number=number, address="http://a.example"
    )
    assert [each for each in sentences if each not in text] == []


def test_an_interview_over_midnight_names_both_days() -> None:
    late = a_card(starts_at=datetime(2026, 3, 2, 23, 30))
    text = letter(late, round_name="Panel", answered=0, questions=6, number=1, address="http://a.example")
    assert "Monday 2 March 2026, 23:30 to Tuesday 3 March, 00:30 UTC" in text


def test_long_names_are_shortened_in_the_subject() -> None:
    assert subject(a_card(candidate_name="P" * 120), "R" * 120) == (
        f"Your scorecard for {'P' * 59}…, {'R' * 59}…, is still open"
    )
