"""Kits, briefs and calendar files on the pages: offered to whoever may take them, and to nobody else."""

from collections.abc import Callable

import pytest

from panel.actions import candidates
from panel.ui.words import JOINER
from tests.ahead import cancel_all, with_interviews_ahead
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]
BRIEF = ["Brief as PDF", "Brief as text", "Brief as Markdown", "Calendar file"]


def downloads(tab: Tab) -> list[str]:
    return [each.proto.label for each in tab.app.get("download_button")]


def test_today_offers_ones_own_interviews_ahead(team: Team, tab: Seats) -> None:
    assert downloads(tab("Ana")) == []  # everything is over
    with_interviews_ahead(team)
    offered = downloads(tab("Ana"))
    assert offered[0] == "Calendar file"
    assert [each.partition(", ")[0] + each.split(", ")[1] for each in offered[1:]] == ["PriyaPanel", "PriyaSeparate"]
    assert [downloads(tab(name)) for name in ("Tom", "Max", "Ada")] == [[], [], []]


def test_a_scorecard_offers_its_kit_to_its_interviewer_and_to_managers(team: Team, tab: Seats) -> None:
    with_interviews_ahead(team)
    card = team.hand_in("Ana").id
    team.hand_in("Bo")

    def offered(name: str) -> list[str]:
        return downloads(tab(name).open("score", scorecard=card))

    assert offered("Ana") == ["Kit as PDF", "Kit as Markdown", "Calendar file"]
    assert offered("Max") == offered("Ada") == ["Kit as PDF", "Kit as Markdown"]
    assert offered("Bo") == offered("Tom") == []  # Bo may read it, and has a kit of his own


def test_a_plan_offers_the_guides_that_the_reader_may_print(team: Team, tab: Seats) -> None:
    def guides(name: str) -> list[str]:
        page = tab(name).open("plans", plan=team.plan_id, at="versions")
        assert downloads(page) == ["Download as PDF", "Download as Markdown"]
        options: list[str] = page.field("Guide").options
        return options

    assert guides("Ana") == [
        "All 2 guides in one file", "Panel, Ana: 3 questions", "Separate, Ana: 1 question",
    ]  # fmt: skip
    assert len(guides("Max")) == 7


def test_a_candidate_with_interviews_ahead_can_be_briefed(team: Team, tab: Seats) -> None:
    def page() -> Tab:
        return tab("Max").open("candidates", candidate=team.candidate.id)

    assert downloads(page()) == []
    with_interviews_ahead(team)
    shown = page()
    assert downloads(shown) == BRIEF
    assert shown.lacks("For Priya", "With: Ana, Bo and Mia", "Themes to prepare: Explanation, Technical depth") == []
    shown.choose("Time zone of the candidate", "Asia/Kolkata").run()
    assert shown.lacks("(UTC+05:30)", "Times are those of Asia/Kolkata.") == []

    shown.fill("What to bring", "Your <b>own</b> laptop").click("Put it into the brief")
    assert shown.lacks("What to bring", "Your <b>own</b> laptop") == [] and "<b>own" not in shown.markup
    shown.fill("What to bring", "Read up: what is what-ana-asks").click("Put it into the brief")
    assert shown.lacks("What to bring says “what is what ana asks”, which stands in a question of this plan") == []
    assert downloads(shown) == ["Calendar file"]

    cancel_all(team)
    gone = page()
    assert gone.lacks("This candidate has no interview ahead. Make one first") == []
    assert downloads(gone) == ["Calendar file"]  # which takes the interviews out of the candidate's calendar


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "**bold** :red[x] $x$ [here](http://evil.example)"])
def test_a_name_is_shown_as_typed_wherever_it_labels_a_file(team: Team, tab: Seats, name: str) -> None:
    with_interviews_ahead(team)
    candidates.change_candidate(
        team.workspace, by=team.people["Max"], candidate_id=team.candidate.id, seen_version=team.candidate.version,
        name=name, email="", about="",
    )  # fmt: skip
    today, card = tab("Ana"), tab("Ana").open("score", scorecard=team.card("Ana").id)
    briefed = tab("Max").open("candidates", candidate=team.candidate.id)
    assert briefed.lacks(f"For {name}") == [] and len(downloads(today)) == 3
    for page in (today, card, briefed):
        labels = "\n".join(downloads(page)) + page.markdown
        assert name not in labels.replace(JOINER, "") and "<script" not in page.markup
