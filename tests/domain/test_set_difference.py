"""What differs between two question sets."""

import random

import pytest

from panel.domain.set_difference import Changed, Moved, SetDifference, set_difference
from tests.factories import planned


def of(keys: str) -> tuple:  # type: ignore[type-arg]
    return tuple(planned(each) for each in keys)


def test_sets_that_say_the_same_differ_in_nothing() -> None:
    for same in ("", "a", "abc"):
        assert set_difference(of(same), of(same)) == SetDifference()
        assert not set_difference(of(same), of(same))


def test_what_came_went_moved_and_is_judged_otherwise_is_named() -> None:
    heavier = planned("c", weight=2.0, reason="core", rubric="explanation", version=2)
    before, after = of("abcd"), (planned("d"), planned("a"), heavier, planned("e"))
    assert set_difference(before, after) == SetDifference(
        added=(planned("e"),),
        removed=(planned("b"),),
        moved=(Moved(planned("d"), before=4, after=1),),
        changed=(Changed(planned("c"), heavier),),
    )


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("abcde", "eabcd", "e"), ("abcde", "bcdea", "a"), ("ab", "ba", "b"), ("abcd", "xbcy", ""), ("abc", "xac", "")],
)
def test_the_fewest_moves_explain_an_order(before: str, after: str, moved: str) -> None:
    found = set_difference(of(before), of(after))
    assert [each.question.question_key for each in found.moved] == list(moved)


def test_without_the_moved_ones_the_order_is_the_same() -> None:
    chance = random.Random(4)
    for _ in range(200):
        before = chance.sample("abcdefghij", chance.randint(0, 10))
        after = chance.sample("abcdefghij", chance.randint(0, 10))
        found = set_difference(of("".join(before)), of("".join(after)))
        moved = {each.question.question_key for each in found.moved}
        left = [
            [each for each in one if each in before and each in after and each not in moved] for one in (before, after)
        ]
        assert left[0] == left[1]
        assert {each.question_key for each in found.added} == set(after) - set(before)
        assert {each.question_key for each in found.removed} == set(before) - set(after)
