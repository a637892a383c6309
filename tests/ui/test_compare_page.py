"""Compare: numbers with what stands behind them, splits, notes, bands, and what is withheld."""

from collections.abc import Callable

import numpy as np
import pytest

from panel.actions import team_settings
from panel.domain.candidates import Candidate
from panel.ui.components import choose_candidates
from tests.factories import Team
from tests.patience import once
from tests.ui.driving import EVE, Tab

Seats = Callable[[str], Tab]
EARLY = "Fair averages are not estimable because"
ARABIC, LONG = "عبد الرحمن بن محمد الأنصاري", "Wolfeschlegelsteinhausenbergerdorff-Ávila y López de Heredia"


def many(team: Team, number: int, *, names: tuple[str, ...] = (), harsh: str = "", even: str = "") -> list[Candidate]:
    """Candidates of rising merit rated by the whole panel round; one interviewer may be two levels harsher, one may
    give threes only. The names of the first ones may be given."""
    random = np.random.default_rng(4)
    made = []
    for place in range(number):
        candidate = team.add_candidate(names[place] if place < len(names) else f"C{place:02d}")
        for person in ("Ana", "Bo", "Mia"):
            merit = 2.2 + 2.4 * place / max(number - 1, 1) - (2 if person == harsh else 0)
            levels = {
                key: 3 if person == even else int(min(max(round(merit + random.normal(0, 0.6)), 1), 5))
                for key in ("what-ana-asks", "what-bo-asks", "what-mia-asks")
            }
            team.hand_in(person, candidate=candidate, levels=levels)
        made.append(candidate)
    return made


def settled(page: Tab) -> Tab:
    """The page once nothing is calculated any more."""
    once(lambda: not page.has_button("Cancel") or not page.run().has_button("Cancel"))
    return page


def side(page: Tab, *candidates: Candidate) -> Tab:
    return page.open("compare", side=",".join(each.id for each in candidates))


class TestARow:
    def test_a_score_stands_with_everything_behind_it(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels={"what-ana-asks": 4, "what-bo-asks": 2, "what-mia-asks": None})
        team.hand_in("Bo", levels={"what-ana-asks": 1, "what-bo-asks": 5, "what-mia-asks": 4}, recommendation="no")
        page = tab("Max").open("compare")
        # technical depth (4 + 1 + 4) / 3, explanation (2 + 5) / 2, the score is the mean of the two
        assert page.lacks(
            "1 candidate, 1 with ratings that you may read. All were asked by one plan: Onsite, version 1.",
            "5 ratings, 2 interviewers · 3 of 6 questions asked · 1 not rated", "raw 3.2", "Technical depth 3.0",
            "Explanation 3.5", "2 splits", "1 yes, 1 no", "2 of 6 scorecards submitted",
            "Must-haves: all assessed, none below the middle",
            f"{EARLY} 1 candidate is too few to tell how much candidates differ; 8 are needed.",
            "What you see are raw means",
        ) == []  # fmt: skip

    def test_drafts_and_candidates_without_ratings_have_no_number(self, team: Team, tab: Seats) -> None:
        team.fill("Ana", levels=5)
        page = tab("Max").open("compare")
        assert page.lacks("Priya 0 of 6 scorecards submitted", "1 candidate, 0 with ratings that you may read.") == []
        assert "raw 5" not in page.text

    def test_a_split_opens_both_notes_beside_their_levels(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels=1, note="could not say why", summary="weak on reasons")
        team.hand_in("Bo", levels=4, note="said why twice", summary="strong on reasons", recommendation="strong_yes")
        page = tab("Max").open("compare")
        splits = [
            "Split Technical depth: Ana and Bo are 3 levels apart",
            "1 Ana could not say why",
            "4 Bo said why twice",
        ]
        assert page.lacks("3 splits", "Must-haves: Technical depth may be below 3.0", *splits) == []
        assert "strong on reasons" not in page.text
        assert side(tab("Max"), team.candidate).lacks(
            "2.5 6 ratings by 2 interviewers, 2 of 6 scorecards", "Strong yes Bo, Panel strong on reasons",
            "Yes Ana, Panel weak on reasons", *splits,
        ) == []  # fmt: skip

    def test_one_level_apart_is_no_split(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels=3)
        team.hand_in("Bo", levels=4)
        assert "split" not in tab("Max").open("compare").text

    def test_cells_have_the_colours_of_their_level_and_their_number(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels={"what-ana-asks": 5, "what-bo-asks": 2})
        markup = tab("Max").open("compare").markup
        assert '<b class="chip level-5">5.0</b>' in markup
        assert '<b class="chip level-2">2.0</b>' in markup

    def test_the_team_may_want_scores_of_0_to_100(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels=4)
        page = tab("Max").open("compare")
        page.field("Scores are written, for the whole team").set_value("hundred")
        page.run()
        assert team_settings.settings(team.workspace, by=team.people["Tom"]).display == "hundred"
        assert page.lacks("raw 75", "Technical depth 75") == []
        assert "4.0" not in page.text


class TestBlindness:
    def test_a_manager_who_owes_is_told_what_is_withheld_and_until_when(self, team: Team, tab: Seats) -> None:
        team.hand_in("Ana", levels=5)
        page = side(tab("Mia"), team.candidate)
        assert page.lacks(
            "1 candidate, 0 with ratings that you may read. Of 1, ratings are withheld until you submit your own "
            "scorecard.",
            "Priya 1 of 6 scorecards submitted; 2 rounds withheld until you submit your own",
            "Not assessed in what you may read.",
        ) == []  # fmt: skip
        assert "chip level-" not in page.markup
        team.hand_in("Mia", levels=3)
        page.run()
        assert page.lacks("raw 4.0", "2 of 6 scorecards submitted; 1 round withheld until you submit your own") == []

    def test_an_interviewer_is_told_and_shown_nobody(self, team: Team, tab: Seats) -> None:
        team.hand_in("Bo")
        page = tab("Ana").open("compare")
        assert page.lacks("Only hiring managers and administrators compare candidates.") == []
        named = [line.strip() for line in page.text.splitlines() if "Priya" in line]
        assert [each[:31] for each in named] == ["Your scorecard for Priya is due"]  # her own, which is late

    @pytest.mark.parametrize("name", ["Ada", "Max"])
    def test_those_off_the_panel_who_manage_hiring_compare(self, team: Team, tab: Seats, name: str) -> None:
        team.hand_in("Bo", levels=4)
        assert tab(name).open("compare").lacks("raw 4.0") == []


class TestWhoStandsSideBySide:
    def test_three_at_most_are_read_next_to_each_other(self, team: Team, tab: Seats) -> None:
        made = [team.add_candidate(name) for name in ("Zoe", "Aaron", "Kim")]
        for place, each in enumerate(made):
            team.hand_in("Ana", candidate=each, levels=2 + place, note=f"heard of {each.name}")
        page = side(tab("Max"), made[0], made[2])
        assert page.lacks("heard of Kim", "heard of Zoe") == []
        assert "heard of Aaron" not in page.text

    def test_the_address_says_who_stands_side_by_side(self, team: Team, tab: Seats) -> None:
        zoe = team.add_candidate("Zoe")
        page = tab("Max").open("compare", candidates=zoe.id)
        assert page.lacks("1 candidate, 0 with ratings") == []
        assert zoe.id in page.app.query_params["candidates"]
        page.field("Candidates side by side").set_value([zoe.id, team.candidate.id])
        page.run()
        assert page.lacks("2 candidates, 0 with ratings") == []
        assert "candidates" not in page.app.query_params

    def test_of_many_candidates_none_stand_there_until_they_are_chosen(
        self, team: Team, tab: Seats, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(choose_candidates, "MOST", 1)
        team.add_candidate("Zoe")
        page = tab("Max").open("compare")
        assert page.lacks("Nobody is side by side yet.") == []
        page.field("Candidates side by side").set_value([team.candidate.id])
        page.run()
        assert page.lacks("1 candidate, 0 with ratings") == []

    def test_those_interviewed_last_stand_there_first(
        self, team: Team, tab: Seats, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(choose_candidates, "MOST", 1)
        zoe = team.add_candidate("Zoe")
        team.hand_in("Ana", candidate=zoe)
        page = tab("Max").open("compare")
        assert page.lacks("1 candidate, 1 with ratings that you may read.") == []
        assert page.app.query_params["candidates"] == zoe.id


class TestFairAverages:
    def test_eight_candidates_are_the_first_to_have_them_and_what_if_says_whether_the_order_holds(
        self, team: Team, tab: Seats
    ) -> None:
        many(team, 8, names=(EVE, ARABIC, LONG), harsh="Mia", even="Bo")
        page = settled(tab("Max").open("compare"))
        assert page.lacks(
            "they rest on 8 candidates and 72 ratings of this role. That is early: with fewer than 30 candidates (22 "
            "more are needed)",
            "Highest band", "candidates whose intervals overlap that of the highest of them; by name",
            EVE, ARABIC, LONG,
            "From 30 rated candidates of a role on, this says how likely it is that one is above another; 22 "
            "candidates more are needed.",
            "The plan weighs every competency the same, so nothing changes.",
        ) == []  # fmt: skip
        assert "about 4 in 5" not in page.text
        page.field("What if").set_value("must")
        assert settled(page.run()).lacks("As planned What if Band", "their order") == []
        page.field("What if").set_value("without")
        settled(page.run()).choose("Interviewer to leave out", "Mia").run()
        assert settled(page).lacks("As planned What if Band", "their order") == []

    def test_candidates_of_disconnected_panels_stand_apart_with_the_reason(self, team: Team, tab: Seats) -> None:
        for number, person in enumerate(("Ana", "Bo")):
            for place in range(2):
                candidate = team.add_candidate(f"{person} {place}")
                team.hand_in(person, candidate=candidate, levels=2 + number + place, round_name="Separate")
        page = tab("Max").open("compare")
        assert page.lacks(
            "Not comparable with those above: no interviewer has rated candidates of both groups, and their question "
            "sets share no question."
        ) == []  # fmt: skip


def test_each_picture_is_drawn_for_wide_and_narrow_screens_and_can_be_taken_along(team: Team, tab: Seats) -> None:
    team.hand_in("Ana", levels=4)
    page = tab("Max").open("compare")
    for picture in ("intervals", "competencies", "questions", "interviewers"):
        page.field("Picture").set_value(picture)
        page.run()
        assert page.markup.count("data:image/svg+xml;base64,") == 2
        labels = [each.label for each in page.app.get("download_button")]
        assert {"Picture (PNG)", "Drawing (SVG)", "Data (CSV)"} <= set(labels)
