"""Scoring: one question at a time, the end of the scorecard, and what is open once it is sealed."""

import re
from collections.abc import Callable

from panel.actions import scoring
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]
SAVED = re.compile(r"saved \d\d:\d\d:\d\d")


def own_card(team: Team, tab: Seats, name: str = "Ana", **address: str) -> Tab:
    return tab(name).open("score", scorecard=team.card(name).id, **address)


def rate(page: Tab, level: int) -> Tab:
    return page.click(f"**{level}** Label {level}")


def stored(team: Team, name: str = "Ana") -> dict[str, tuple[str, int | None, str]]:
    view = scoring.scorecard(team.workspace, by=team.people[name], scorecard_id=team.card(name).id)
    return {key: (each.outcome, each.level, each.note) for key, each in view.ratings.items()}


def test_a_question_stands_with_probes_answer_signs_and_anchors(team: Team, tab: Seats) -> None:
    page = own_card(team, tab)
    assert page.lacks(
        "Priya · Panel Engineer", "0 of 3 answered", "What is what-ana-asks?", "Why?", "What if not?",
        "All about what-ana-asks.", "Gives a reason.", "Gives a slogan.",
        *(f"technical-depth: behaviour of level {level}." for level in range(1, 6)),
        "Not answered yet nothing saved yet",
    ) == []  # fmt: skip
    assert stored(team) == {}


def test_an_answer_is_in_the_database_before_the_page_says_so(team: Team, tab: Seats) -> None:
    page = own_card(team, tab)
    rate(page, 4)
    assert stored(team) == {"what-ana-asks": ("rated", 4, "")}
    assert page.lacks("4 Label 4 saved", "1 of 3 answered") == []
    assert SAVED.search(page.text)
    page.click("Not asked")
    assert stored(team) == {"what-ana-asks": ("not_asked", None, "")}
    page.click("Could not assess")
    assert stored(team) == {"what-ana-asks": ("could_not_assess", None, "")}
    assert page.lacks("1 of 3 answered") == []


def test_probes_that_were_asked_are_kept(team: Team, tab: Seats) -> None:
    page = own_card(team, tab)
    page.fill("What if not?", True).run()
    view = scoring.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id)
    assert view.ratings["what-ana-asks"].probes_asked == (1,)
    again = own_card(team, tab)
    assert [again.field(each).value for each in ("Why?", "What if not?")] == [False, True]


def test_one_goes_forward_to_the_end_and_back(team: Team, tab: Seats) -> None:
    page = own_card(team, tab)
    assert page.button("Previous").disabled
    page.click("Next")
    assert page.lacks("What is what-bo-asks?", "asked by Bo") == []
    page.click("Next").click("To the end")
    assert page.lacks("Your ratings", "Your recommendation") == []
    assert page.button("Next").disabled
    page.click("Previous")
    assert page.lacks("What is what-mia-asks?") == []
    assert page.app.query_params["q"] == "3"


def test_the_place_stands_in_the_address(team: Team, tab: Seats) -> None:
    assert own_card(team, tab, q="2").lacks("What is what-bo-asks?") == []
    assert own_card(team, tab, q="End").lacks("Your ratings") == []
    assert own_card(team, tab, q="999").lacks("What is what-ana-asks?") == []


def test_a_scorecard_is_submitted_when_nothing_is_missing_and_sealed_from_then_on(team: Team, tab: Seats) -> None:
    page = own_card(team, tab)
    page.click("Next").click("Next").click("To the end")
    assert page.lacks("Questions 1, 2, 3: choose a level", "Choose a recommendation.") == []
    assert page.button("Submit scorecard").disabled
    for level in (3, 2, 5):
        page.click("Previous")
        rate(page, level)
    page.click("Next").click("Next").click("To the end")
    assert page.lacks("5 Label 5", "2 Label 2", "3 Label 3", "Choose a recommendation.") == []
    page.fill("Recommendation for this round", "yes").run()
    page.click("Submit scorecard")
    assert page.lacks("Waiting for Bo and Mia.", "scorecard of Ana", "Yes Ana No summary.", "5 Label 5") == []
    assert [page.has_button(each) for each in ("Submit scorecard", "Not asked", "Next")] == [False] * 3


def test_a_second_tab_is_told_and_overwrites_nothing(team: Team, tab: Seats) -> None:
    first, second = own_card(team, tab), own_card(team, tab)
    rate(first, 5)
    second.click("Not asked")
    assert stored(team) == {"what-ana-asks": ("rated", 5, "")}
    (warning,) = second.warnings
    assert "changed in another tab or window" in warning
    assert second.lacks("5 Label 5 saved") == []


def test_a_tab_left_open_cannot_change_a_sealed_scorecard(team: Team, tab: Seats) -> None:
    left_open = own_card(team, tab)
    team.hand_in("Ana", levels=3)
    rate(left_open, 5)
    assert {level for _, level, _ in stored(team).values()} == {3}
    assert left_open.lacks("scorecard of Ana", "The rest of the panel") == []


def test_a_cancelled_interview_takes_no_more_answers(team: Team, tab: Seats) -> None:
    page, card = own_card(team, tab), team.card("Ana").id
    team.cancel("Max")
    rate(page, 4)
    (warning,) = page.warnings
    assert warning.startswith("This interview was cancelled; its scorecard no longer changes.")
    assert scoring.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=card).ratings == {}


def test_without_a_scorecard_or_with_a_wrong_one_the_page_says_where_to_go(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("score")
    assert page.lacks("No scorecard is open.", "Open one of your interviews from Today.") == []
    assert tab("Ana").open("score", scorecard="nothing").lacks("This scorecard does not exist.") == []


def test_anothers_scorecard_is_closed_until_both_are_submitted(team: Team, tab: Seats) -> None:
    def bos_card(name: str) -> Tab:
        return tab(name).open("score", scorecard=team.card("Bo").id)

    closed = "This scorecard is closed to you"
    team.fill("Bo", levels=2, note="all of it", summary="the sum")
    assert [bos_card(name).lacks(closed) for name in ("Ana", "Mia", "Max", "Ada", "Tom")] == [[]] * 5
    team.submit("Bo")
    assert [bos_card(name).lacks(closed) for name in ("Ana", "Mia", "Tom")] == [[]] * 3
    for name in ("Max", "Ada"):
        page = bos_card(name)
        assert page.lacks("scorecard of Bo", "all of it", "the sum", "2 Label 2") == []
        assert not page.has_button("Not asked")
    team.hand_in("Ana")
    assert bos_card("Ana").lacks("scorecard of Bo", "all of it") == []
    assert own_card(team, tab).lacks("Bo: Yes", "all of it", "the sum") == []
    assert "Waiting for" not in own_card(team, tab).text
