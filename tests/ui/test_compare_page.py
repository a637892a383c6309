"""Compare: numbers with what stands behind them, splits, notes, and what is withheld."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def row(page: Tab, candidate: str = "Priya") -> dict[str, Any]:
    """A candidate's row as it is shown; an empty cell is a dash."""
    (table,) = page.app.dataframe
    values = table.value.set_index("Candidate").loc[candidate]
    return {name: "–" if pd.isna(value) else value for name, value in values.items()}


def test_a_score_stands_with_ratings_interviewers_and_scorecards_behind_it(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 4, "what-bo-asks": 2, "what-mia-asks": None})
    team.hand_in("Bo", levels={"what-ana-asks": 1, "what-bo-asks": 5, "what-mia-asks": 4}, recommendation="no")
    page = tab("Max").open("compare")
    # technical depth (4 + 1 + 4) / 3, explanation (2 + 5) / 2, the score is the mean of the two
    assert row(page) == {
        "Score": 3.25, "Technical depth": 3.0, "Explanation": 3.5, "Splits": 2.0, "Scorecards": "2 of 6",
        "Recommendations": "1 yes, 1 no", "From": "5 ratings, 2 people", "Not assessed": 1,
    }  # fmt: skip
    assert page.lacks("1 candidate, 1 with submitted ratings.", "Small differences are not an order.") == []


def test_drafts_and_candidates_without_ratings_have_dashes(team: Team, tab: Seats) -> None:
    team.fill("Ana", levels=5)
    page = tab("Max").open("compare")
    assert row(page) == {
        "Score": "–", "Technical depth": "–", "Explanation": "–", "Splits": "–", "Scorecards": "0 of 6",
        "Recommendations": "", "From": "nothing yet", "Not assessed": 0,
    }  # fmt: skip


def test_a_split_opens_both_notes_beside_their_levels(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=1, note="could not say why", summary="weak on reasons")
    team.hand_in("Bo", levels=4, note="said why twice", summary="strong on reasons", recommendation="strong_yes")
    page = tab("Max").open("compare").tick_row("compared", 0)
    assert page.lacks(
        "Split Technical depth: Ana and Bo are 3 levels apart", "Split Explanation: Ana and Bo are 3 levels apart",
        "1 Ana could not say why", "4 Bo said why twice", "2.5 6 ratings by 2 interviewers, 2 of 6 scorecards",
        "Strong yes Bo, Panel strong on reasons", "Yes Ana, Panel weak on reasons",
    ) == []  # fmt: skip


def test_one_level_apart_is_no_split(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=3)
    team.hand_in("Bo", levels=4)
    page = tab("Max").open("compare")
    assert row(page)["Splits"] == "–"
    assert "apart" not in page.tick_row("compared", 0).text


def test_a_manager_who_owes_sees_the_row_withheld_until_they_submit(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=5)
    page = tab("Mia").open("compare")
    assert row(page)["Scorecards"] == "1 of 6, withheld until you submit"
    assert [row(page)[name] for name in ("Score", "From", "Recommendations")] == ["–", "nothing yet", ""]
    page.tick_row("compared", 0)
    assert page.lacks("withheld from you until you submit your own scorecard") == []
    team.hand_in("Mia", levels=3)
    page.run()
    assert row(page)["Score"] == 4.0


def test_candidates_stand_side_by_side_three_at_most(team: Team, tab: Seats) -> None:
    for place, name in enumerate(("Zoe", "Aaron", "Kim")):
        team.hand_in("Ana", candidate=team.add_candidate(name), levels=2 + place, note=f"heard of {name}")
    page = tab("Max").open("compare")
    (table,) = page.app.dataframe
    assert list(table.value["Candidate"]) == ["Kim", "Aaron", "Zoe", "Priya"]
    page.tick_row("compared", 0, 2)
    assert page.lacks("heard of Kim", "heard of Zoe") == []
    assert "heard of Aaron" not in page.text
    page.tick_row("compared", 0, 1, 2, 3)
    assert page.lacks("The first 3 of 4 chosen candidates are shown.", "heard of Aaron") == []


def test_cells_have_the_colours_of_their_level(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=5)
    (table,) = tab("Max").open("compare").app.dataframe
    styles = table.proto.arrow_data.styler.styles
    coloured = [table.value.columns[int(place)] for place in re.findall(r"row0_col(\d+)", styles)]
    assert coloured == ["Technical depth", "Explanation"]  # the competencies, not the score
    assert "{ background-color: #1F5A99; color: #FFFFFF }" in styles


def test_an_interviewer_is_told_and_shown_nobody(team: Team, tab: Seats) -> None:
    team.hand_in("Bo")
    page = tab("Ana").open("compare")
    assert page.lacks("Only hiring managers and administrators compare candidates.") == []
    named = [line.strip() for line in page.text.splitlines() if "Priya" in line]
    assert [each[:31] for each in named] == ["Your scorecard for Priya is due"]  # her own, which is late
