"""The scoring page without a browser: what it sends to the desk, and what is open once a scorecard is sealed."""

from collections.abc import Callable
from typing import Any

from panel.actions import scoring
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def own_card(team: Team, tab: Seats, name: str = "Ana") -> Tab:
    return tab(name).open("score", scorecard=team.card(name).id)


def sent(page: Tab) -> dict[str, Any]:
    """What the browser is given to draw the desk from; empty where there is no desk."""
    return page.data_of("desk")


def test_the_desk_is_given_every_question_with_all_that_belongs_to_it(team: Team, tab: Seats) -> None:
    desk = sent(own_card(team, tab))
    assert (desk["candidate"], desk["round"], desk["role"]) == ("Priya", "Panel", "Engineer")
    first = desk["items"][0]
    assert [each["key"] for each in desk["items"]] == ["what-ana-asks", "what-bo-asks", "what-mia-asks"]
    assert first["prompt"] == "What is what-ana-asks?"
    assert first["probes"] == ["Why?", "What if not?"]
    assert first["answer"] == "<p>All about what-ana-asks.</p>\n"
    assert (first["strong"], first["weak"]) == (["Gives a reason."], ["Gives a slogan."])
    assert [each["text"] for each in first["levels"]] == [
        f"technical-depth: behaviour of level {level}." for level in range(1, 6)
    ]
    assert [each["colour"] for each in first["levels"]] == [1, 2, 3, 4, 5]
    assert [each["askedBy"] for each in desk["items"]] == ["", "Bo", "Mia"]


def test_the_desk_opens_with_what_is_in_the_database(team: Team, tab: Seats) -> None:
    card = team.card("Ana")
    scoring.save_rating(
        team.workspace, by=team.people["Ana"], scorecard_id=card.id, question_key="what-ana-asks", seen_version=0,
        outcome="rated", level=4, note="heard it", probes_asked=(1,), reworded=True,
    )  # fmt: skip
    state = sent(own_card(team, tab))["state"]
    rating = state["ratings"]["what-ana-asks"]
    assert {key: rating[key] for key in ("outcome", "level", "note", "probes", "reworded", "version")} == {
        "outcome": "rated", "level": 4, "note": "heard it", "probes": [1], "reworded": True, "version": 1,
    }  # fmt: skip
    assert state["closing"] == {"recommendation": None, "confidence": None, "summary": ""}


def test_nothing_of_another_panelist_is_sent(team: Team, tab: Seats) -> None:
    team.fill("Bo", levels=2, note="bos own words", summary="bos sum")
    team.hand_in("Mia", levels=5, note="mias own words", summary="mias sum")
    page = own_card(team, tab)
    for words in ("bos own words", "bos sum", "mias own words", "mias sum"):
        assert not page.was_sent(words)
    assert sent(page)["state"]["ratings"] == {}


def test_without_a_scorecard_or_with_a_wrong_one_the_page_says_where_to_go(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("score")
    assert page.lacks("No scorecard is open.", "Open one of your interviews from Today.") == []
    assert tab("Ana").open("score", scorecard="nothing").lacks("This scorecard does not exist.") == []


def test_a_sealed_scorecard_is_read_not_rated(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=3, note="as heard")
    page = own_card(team, tab)
    assert sent(page) == {}
    assert (
        page.lacks("Waiting for Bo and Mia.", "scorecard of Ana, submitted", "Yes, sure Ana No summary.", "3 Label 3")
        == []
    )


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
        assert sent(page) == {}
    team.hand_in("Ana")
    assert bos_card("Ana").lacks("scorecard of Bo", "all of it") == []
    assert own_card(team, tab).lacks("Bo: Yes", "all of it", "the sum", "Waiting for Mia.") == []
    team.hand_in("Mia")
    assert "Waiting for" not in own_card(team, tab).text
