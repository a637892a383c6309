"""What a handover may not say, and what it is reminded of."""

import pytest

from panel.domain.handover import judging_words, told_rating


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I rated her 4 on design", "rated her 4"),
        ("Level 2.", "Level 2"),
        ("score: 3", "score: 3"),
        ("Scored it as a 5", "Scored it as a 5"),
        ("graded 1", "graded 1"),
        ("gave it 4/5", "4/5"),
        ("4 out of 5", "4 out of 5"),
        ("3.5/5 so far", "3.5/5"),
        ("a STRONG YES from me", "STRONG YES"),
        ("clear no", "clear no"),
        ("no-hire", "no-hire"),
        ("no hire", "no hire"),
        ("thumbs up", "thumbs up"),
        ("I would not hire", "would not hire"),
        ("I wouldn’t hire", "wouldn’t hire"),
        ("I recommend going on", "recommend"),
        ("my recommendation is open", "recommendation"),
        ("reject", "reject"),
    ],
)
def test_a_rating_or_a_recommendation_is_found_in_the_words_people_use(text: str, told: str) -> None:
    assert told_rating(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We stopped at question 4; caching is still open.",
        "Asked for 5 minutes to think.",
        "Built a recommendation system and a recommendation engine.",
        "Works at level of kernels.",
        "Speaks of version 2 of the rating page.",
        "They moved from 3 servers to 40.",
        "Arrived at 9/30.",
        "The rate was 10 requests a second.",
        "Yes, they have a work permit.",
    ],
)
def test_facts_with_numbers_are_no_ratings(text: str) -> None:
    assert told_rating(text) == ""


def test_words_that_judge_are_named_once_as_they_stand() -> None:
    assert judging_words("Brilliant and nice. NICE, really nice; quiet") == ("Brilliant", "nice", "quiet")
    assert judging_words("We spoke about weakness, niceties and co-routines; the quietest service.") == ()
    assert judging_words("") == ()
