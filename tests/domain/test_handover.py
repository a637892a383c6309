"""What a handover may not say, and what it is reminded of."""

import pytest

from panel.domain.handover import judging_words, perhaps_told_rating, told_rating


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I rated her 4 on design", "rated her 4"),
        ("Level 2.", "Level 2"),
        ("score: 3", "score: 3"),
        ("Scored it as a 5", "Scored it as a 5"),
        ("graded 1", "graded 1"),
        ("gave it 4/5", "gave it 4"),
        ("was a 4/5", "4/5"),
        ("level four", "level four"),
        ("I gave her a 4", "gave her a 4"),
        ("gave it a four on graphs", "gave it a four"),
        ("rated her four", "rated her four"),
        ("I rate it 4", "rate it 4"),
        ("Q3: 4, Q4: 2", "Q3: 4"),
        ("question 3 = 4", "question 3 = 4"),
        ("L4 on caching", "L4"),
        ("an L-5", "L-5"),
        ("Level-4", "Level-4"),
        ("level: **4**", "level: **4"),
        ("Rating:\n4", "Rating:\n4"),
        ("top marks", "top marks"),
        ("I would not move forward", "would not move forward"),
        ("should move her forward", "should move her forward"),
        ("not a hire", "not a hire"),
        ("She is a hire", "is a hire"),
        ("3.5/5 so far", "3.5/5"),
        ("a STRONG YES from me", "STRONG YES"),
        ("clear no", "clear no"),
        ("no-hire", "no-hire"),
        ("no hire", "no hire"),
        ("thumbs up", "thumbs up"),
        ("I would not hire", "would not hire"),
        ("I wouldn’t hire", "wouldn’t hire"),
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
        "Uses recommender systems.",
        "Has 4 years of experience; ran 2 of 3 services and 3 out of 5 tests.",
        "Gave 3 examples, gave two good ones, and gave her 5 minutes to read.",
        "Asked about the score. 4 questions remain.",
        "The error rate is 3 percent at a rate of 5 per second.",
        "Compared L1 and L2 regularisation, an L4 load balancer and the L3 cache.",
        "Questions 3-4 and Q5-6 are still open.",
        "Asked whom they hire first.",
    ],
)
def test_facts_with_numbers_are_no_ratings(text: str) -> None:
    assert (told_rating(text), perhaps_told_rating(text)) == ("", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4 of 5", "4 of 5"),
        ("it was 4 out of 5", "4 out of 5"),
        ("3.5 of 5 points", "3.5 of 5"),
        ("I recommend asking about indexes", "recommend"),
        ("my recommendation is open", "recommendation"),
        ("the API rejected the request", "rejected"),
        ("L2, next L3", "L2"),
        ("rated Priya 4", "rated Priya 4"),
        ("the project did not move forward", "move forward"),
    ],
)
def test_what_is_a_rating_in_some_sentences_only_is_told_apart(text: str, told: str) -> None:
    assert (told_rating(text), perhaps_told_rating(text)) == ("", told)


def test_words_that_judge_are_named_once_as_they_stand() -> None:
    assert judging_words("Brilliant and nice. NICE, really nice; quiet") == ("Brilliant", "nice", "quiet")
    assert judging_words("We spoke about weakness, niceties and co-routines; the quietest service.") == ()
    assert judging_words("") == ()
