"""Saves of several interviewers done as one piece of work, on both engines."""

from collections.abc import Sequence
from typing import Any

import pytest

from panel.actions.own_draft import SEALED
from panel.actions.rating_saves import CHANGED_ELSEWHERE, WantedSave, save_together
from panel.domain.plans import GuideItem
from panel.domain.scorecards import Rating
from panel.errors import InputError
from panel.house import Workspace
from panel.store import scorecards
from panel.store.database import Transaction
from tests.factories import Team, a_team
from tests.rating_events import events_of

ANA, BO, MIA = "what-ana-asks", "what-bo-asks", "what-mia-asks"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Any) -> Team:
    return a_team(workspace, tmp_path)


def wanted(team: Team, name: str, question: str, seen: int, *, card: str = "", **change: Any) -> WantedSave:
    """Of `name`, on their own scorecard unless another's is given; `fails` refuses it."""

    def make(old: Rating, _: GuideItem) -> Rating:
        if "fails" in change:
            raise InputError(change["fails"])
        return old.model_copy(update=change)

    return WantedSave(team.people[name], card or team.card(name).id, question, seen, make)


def rated(level: int) -> dict[str, Any]:
    return {"outcome": "rated", "level": level}


def done(team: Team, saves: Sequence[WantedSave]) -> list[Any]:
    """Each save's (level, note, version), or the sentence that refused it."""

    def work(transaction: Transaction) -> list[Any]:
        return save_together(transaction, saves)

    return [
        str(each) if isinstance(each, Exception) else (each[1].level, each[1].note, each[1].version)
        for each in team.workspace.database.write(work)
    ]


def stored(team: Team, name: str) -> tuple[dict[str, tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The current ratings, and the events in their order; the writer stands in each event."""
    with team.workspace.database.read() as transaction:
        ratings = scorecards.ratings_of(transaction, team.card(name).id)
        events = events_of(transaction, team.card(name).id)
    assert {each["actor_id"] for each in events} <= {team.people[name].id}
    return (
        {key: (each.level, each.note, each.version) for key, each in ratings.items()},
        sorted((each["question_key"], each["version"], each["level"], each["note"]) for each in events),
    )


def test_each_save_stands_for_itself(team: Team) -> None:
    """Later saves of a question follow earlier ones, and a refused one changes nothing and stops nobody."""
    team.hand_in("Mia")
    mine = stored(team, "Mia")
    assert done(team, [wanted(team, "Bo", BO, 0, note="before")]) == [(None, "before", 1)]
    found = done(
        team,
        [
            wanted(team, "Ana", ANA, 0, **rated(3)),
            wanted(team, "Bo", BO, 1, **rated(2)),
            wanted(team, "Ana", ANA, 1, note="said why"),
            wanted(team, "Bo", BO, 1, **rated(5)),  # did not see the 2
            wanted(team, "Bo", BO, 1, note="goes well with it"),
            wanted(team, "Tom", ANA, 0, card=team.card("Ana").id, **rated(1)),
            wanted(team, "Mia", MIA, 1, **rated(1)),
            wanted(team, "Ana", "ana-alone", 0, **rated(1)),
            wanted(team, "Ana", ANA, 0, card="no such card", **rated(1)),
            wanted(team, "Ana", BO, 0, fails="wrong level"),
            wanted(team, "Ana", BO, 0, **rated(4)),
            wanted(team, "Ana", ANA, 2, note="said why"),  # arrives twice
        ],
    )
    assert found == [
        (3, "", 1),
        (2, "before", 2),
        (3, "said why", 2),
        CHANGED_ELSEWHERE,
        (2, "goes well with it", 3),
        "Only its interviewer writes on a scorecard.",
        SEALED,
        "This question is not part of this interview.",
        "This scorecard does not exist. Open one from Today.",
        "wrong level",
        (4, "", 1),
        (3, "said why", 2),
    ]
    assert stored(team, "Ana") == (
        {ANA: (3, "said why", 2), BO: (4, "", 1)},
        [(ANA, 1, 3, ""), (ANA, 2, 3, "said why"), (BO, 1, 4, "")],
    )
    assert stored(team, "Bo") == (
        {BO: (2, "goes well with it", 3)},
        [(BO, 1, None, "before"), (BO, 2, 2, "before"), (BO, 3, 2, "goes well with it")],
    )
    assert stored(team, "Mia") == mine


def test_a_change_is_refused_whatever_of_it_the_group_wrote_itself(team: Team) -> None:
    """There and back again within one group is a change, too."""
    assert done(team, [wanted(team, "Ana", ANA, 0, **rated(3))]) == [(3, "", 1)]
    found = done(
        team,
        [
            wanted(team, "Ana", ANA, 1, **rated(4)),
            wanted(team, "Ana", ANA, 2, **rated(3)),
            wanted(team, "Ana", ANA, 1, **rated(5)),
            wanted(team, "Ana", ANA, 2, note="seen at 4"),
            wanted(team, "Ana", ANA, 2, **rated(1)),
        ],
    )
    assert found == [(4, "", 2), (3, "", 3), CHANGED_ELSEWHERE, (3, "seen at 4", 4), CHANGED_ELSEWHERE]
    assert stored(team, "Ana")[0] == {ANA: (3, "seen at 4", 4)}


def test_somebody_who_left_saves_nothing_more(team: Team) -> None:
    open_page = wanted(team, "Bo", BO, 0, **rated(3))
    team.change("Bo", active=False)
    assert done(team, [open_page, wanted(team, "Ana", ANA, 0, **rated(3))]) == [
        "This account has been deactivated. Ask an administrator.",
        (3, "", 1),
    ]


def test_texts_of_every_kind_arrive_as_they_were_written(team: Team) -> None:
    texts = ["'; DROP TABLE rating; --", 'line\nbreak \\ "quoted" {x} [1, 2]', "李 小龙 🧪 مرحبا", "NULL", "x" * 10_000]
    keys = (ANA, BO, MIA)
    saves = [
        wanted(team, name, keys[number % 3], number // 3, note=text)
        for name in ("Ana", "Bo", "Mia")
        for number, text in enumerate(texts)
    ]
    assert done(team, saves) == [(None, text, number // 3 + 1) for _ in range(3) for number, text in enumerate(texts)]
    expected = {ANA: (None, texts[3], 2), BO: (None, texts[4], 2), MIA: (None, texts[2], 1)}
    assert [stored(team, name)[0] for name in ("Ana", "Bo", "Mia")] == [expected] * 3
