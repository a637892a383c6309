"""What Compare says in words: chances, who cannot be compared, must-haves, turned orders, what changes."""

import pytest

from panel.actions.fair_comparison import Apart, Change, MustHaves, Reversal
from panel.domain.team_settings import Display, gap_words
from panel.ui.components import fair_words
from panel.ui.words import isolated
from tests.actions.test_fair_scores import someone

NAMES = {"a": "Ana", "b": "Bo", "c": "Cy"}


def shown(value: float) -> str:
    return f"{value:.1f}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "about even (50 %)"), (0.66, "about 2 in 3 (66 %)"), (0.75, "about 3 in 4 (75 %)"),
        (0.82, "about 4 in 5 (82 %)"), (0.9, "about 9 in 10 (90 %)"), (0.95, "about 19 in 20 (95 %)"),
        (0.98, "about 49 in 50 (98 %)"), (0.99999, "nearly certain (over 99 %)"),
    ],
)  # fmt: skip
def test_a_chance_stands_in_words_with_its_number(value: float, words: str) -> None:
    assert fair_words.chance(value) == words


def test_why_groups_are_apart_names_what_they_share() -> None:
    assert fair_words.apart(Apart(0, 3, 12)) == (
        "Not comparable with those above: no interviewer has rated candidates of both groups, and their question sets "
        "share 3 of 12 questions."
    )
    assert "1 interviewer rated candidates of both groups and their question sets share no question" in (
        fair_words.apart(Apart(1, 0, 12))
    )


def test_must_haves_name_what_is_below_what_may_be_and_what_is_missing() -> None:
    one = someone("one", ("Technical depth", 2))
    found = MustHaves(("Explanation",), ("Technical depth",), ("Honesty",))
    assert fair_words.must_haves(found, one, shown) == (
        "Must-haves: Technical depth below 3.0; Honesty may be below 3.0; Explanation not assessed"
    )
    assert fair_words.must_haves(MustHaves((), (), ()), one, shown) == (
        "Must-haves: all assessed, none below the middle"
    )


def test_a_turned_order_is_told_with_the_numbers_of_both() -> None:
    said = fair_words.reversal(Reversal("a", "b", 0.3, 0.2), NAMES, {"a": 4.0, "b": 3.7}, {"a": 3.4, "b": 3.6}, shown)
    assert said == (
        f"{isolated('Ana')} has the higher raw mean (4.0 and 3.7), {isolated('Bo')} the higher fair average "
        "(3.6 and 3.4)."
    )
    assert fair_words.reversals(5, 3).startswith("So it is with 2 other pairs. Whoever met more lenient interviewers")
    assert fair_words.reversals(3, 3).startswith("Whoever met more lenient interviewers")


def test_what_changes_names_who_moves_and_says_when_all_holds() -> None:
    moved = Change((("a", 1), ("b", -2)), ("c",), parted=True, turned=2, pairs=3)
    assert fair_words.changed(moved, NAMES) == [
        f"{isolated('Ana')} moves up a band or more.", f"{isolated('Bo')} moves down a band or more.",
        f"{isolated('Cy')} has no rating left that counts.",
        "Some candidates can no longer be compared with each other.", "Of 3 pairs of candidates, 2 turned their order.",
    ]  # fmt: skip
    assert fair_words.changed(Change((), (), parted=False, turned=0, pairs=3), NAMES) == [
        "The bands hold: nobody changes band.", "No two candidates change their order.",
    ]  # fmt: skip


def test_a_name_in_another_direction_keeps_to_itself() -> None:
    arabic, isolate, end = "\u0633\u0644\u0645\u0649", "\u2068", "\u2069"
    said = fair_words.changed(Change((("a", 1),), (), parted=False, turned=0, pairs=3), {"a": arabic})
    assert said[0] == f"{isolate}{arabic}{end} moves up a band or more."
    assert isolated(f"A{end}\u202eb{isolate}") == f"{isolate}Ab{end}"


@pytest.mark.parametrize(
    ("difference", "display", "words"),
    [
        (0.04, "levels", "0.0"), (-0.04, "levels", "0.0"), (0.4, "levels", "+0.4"), (-0.06, "levels", "-0.1"),
        (-0.01, "hundred", "0"), (0.4, "hundred", "+10"),
    ],
)  # fmt: skip
def test_a_difference_of_nought_has_no_sign(difference: float, display: Display, words: str) -> None:
    assert gap_words(difference, display) == words
