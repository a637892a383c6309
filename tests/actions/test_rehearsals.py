"""Rehearsals stay between two people: no dashboard, export, board or count knows of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, plans, rehearsals
from panel.domain.plans import assignments_of
from panel.domain.rehearsals import Rehearsal
from panel.errors import InputError, NotAllowed, NotFound, Sealed, Stale
from panel.house import Workspace
from tests.actions.test_blindness import EVERYBODY, readings
from tests.factories import Team, a_team, audited, outcomes, planned
from tests.snapshot import contents

pytestmark = pytest.mark.long

OF_REHEARSALS = {"rehearsal", "rehearsal_rating", "audit_event"}
HOSTILE = "<script>alert(1)</script> =1+1"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def offers(team: Team, name: str) -> list[str]:
    """What somebody can rehearse: round, whose part, and how many questions."""
    found = rehearsals.offers(team.workspace, by=team.people[name])
    return [
        f"{each.guide.round_name}, {'draft of ' if each.draft else ''}{each.of}: {len(each.guide.items)}"
        for each in found
    ]


def begin(team: Team, name: str = "Ana", colleague: str = "Tom", *, place: int = 0) -> Rehearsal:
    offer = rehearsals.offers(team.workspace, by=team.people[name])[place]
    return rehearsals.begin(
        team.workspace, by=team.people[name], offer_id=offer.id, colleague_id=team.people[colleague].id
    )


def read(team: Team, name: str, rehearsal: Rehearsal) -> rehearsals.RehearsalView:
    return rehearsals.rehearsal(team.workspace, by=team.people[name], rehearsal_id=rehearsal.id)


def note(
    team: Team, rehearsal: Rehearsal, *, name: str = "Ana", question: str = "what-ana-asks", seen: int = 0,
    level: int | None = 4, text: str = "heard",
) -> Any:  # fmt: skip
    return rehearsals.note(
        team.workspace, by=team.people[name], rehearsal_id=rehearsal.id, question_key=question, seen_version=seen,
        level=level, text=text,
    )  # fmt: skip


def move(team: Team, rehearsal: Rehearsal, to: str, seen: int) -> None:
    rehearsals.move(
        team.workspace, by=team.people["Ana"], rehearsal_id=rehearsal.id, seen_version=seen, question_key=to
    )


def end(team: Team, rehearsal: Rehearsal, seen: int) -> None:
    rehearsals.end(team.workspace, by=team.people["Ana"], rehearsal_id=rehearsal.id, seen_version=seen)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the clock of rehearsals go on by so many seconds."""
    passed = [0]
    true_now = rehearsals.now
    monkeypatch.setattr(rehearsals, "now", lambda: true_now() + timedelta(seconds=passed[0]))

    def go_on(seconds: int) -> None:
        passed[0] += seconds

    return go_on


def test_a_rehearsal_changes_nothing_that_anybody_reads_of_real_interviews(team: Team) -> None:
    for number, name in enumerate(("Ana", "Bo", "Mia")):
        team.hand_in(name, levels=2 + number)
    before = {name: readings(team, name) for name in EVERYBODY}
    tables = contents(team.workspace)

    rehearsal = begin(team, "Ana", "Bo")
    for number, item in enumerate(rehearsal.guide.items, start=1):
        note(team, rehearsal, question=item.question.key, level=1, text="very bad")
        move(team, rehearsal, item.question.key, number)
    end(team, rehearsal, len(rehearsal.guide.items) + 1)

    after = {name: readings(team, name) for name in EVERYBODY}
    for each in (before, after):
        for name in ("Ana", "Bo"):
            del each[name]["rehearsals.rehearsals"]
    assert after == before
    changed = contents(team.workspace)
    assert {table for table in changed if changed[table] != tables.get(table)} == OF_REHEARSALS


def test_ones_own_guides_are_offered_and_managers_are_offered_all(team: Team) -> None:
    assert offers(team, "Ana") == ["Panel, Ana: 3", "Separate, Ana: 1"]
    assert offers(team, "Mia")[:2] == ["Panel, Mia: 3", "Separate, Mia: 1"]
    assert len(offers(team, "Mia")) == len(offers(team, "Max")) == 6
    assert offers(team, "Tom") == []


def test_ones_own_part_of_a_draft_can_be_rehearsed_once_it_differs_from_what_is_published(team: Team) -> None:
    draft = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan
    seat = next(each for where, each in assignments_of(draft) if where.name == "Separate")
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision, questions=(planned("ana-alone"), planned("bo-alone")),
    )  # fmt: skip
    assert offers(team, "Ana") == ["Panel, Ana: 3", "Separate, Ana: 1", "Separate, draft of Ana: 2"]
    assert not any("draft" in each for each in offers(team, "Max"))
    rehearsal = begin(team, place=2)
    assert [each.question.key for each in rehearsal.guide.items] == ["ana-alone", "bo-alone"]


def test_the_summary_counts_minutes_against_the_plan_and_what_was_not_reached(
    team: Team, later: Callable[[int], None]
) -> None:
    rehearsal = begin(team)
    later(120)
    note(team, rehearsal, level=4, text=HOSTILE)
    later(60)
    move(team, rehearsal, "what-bo-asks", 1)
    later(420)
    move(team, rehearsal, "what-ana-asks", 2)
    later(30)
    end(team, rehearsal, 3)
    found = {each.item.question.key: each for each in read(team, "Ana", rehearsal).questions}
    assert {key: (each.rating.level, each.rating.note, each.rating.reached) for key, each in found.items()} == {
        "what-ana-asks": (4, HOSTILE, True), "what-bo-asks": (None, "", True), "what-mia-asks": (None, "", False),
    }  # fmt: skip
    minutes = {key: (each.minutes, each.over) for key, each in found.items()}
    assert minutes["what-ana-asks"] == pytest.approx((3.5, -1.5), abs=0.1)
    assert minutes["what-bo-asks"] == pytest.approx((7.0, 2.0), abs=0.1)
    assert minutes["what-mia-asks"] == (0.0, -5.0)


def test_is_read_by_the_two_only_and_by_the_colleague_once_it_is_over(team: Team) -> None:
    rehearsal = begin(team)
    note(team, rehearsal)
    with pytest.raises(NotAllowed, match="once the rehearsal has ended"):
        read(team, "Tom", rehearsal)
    end(team, rehearsal, 1)
    assert (read(team, "Tom", rehearsal).asks, read(team, "Ana", rehearsal).asks) == (False, True)
    assert read(team, "Tom", rehearsal).questions == read(team, "Ana", rehearsal).questions
    for name in ("Ada", "Max", "Bo"):
        with pytest.raises(NotFound):
            read(team, name, rehearsal)
        assert rehearsals.rehearsals(team.workspace, by=team.people[name]) == []
    (line,) = rehearsals.rehearsals(team.workspace, by=team.people["Tom"])
    assert (line.with_whom, line.asks, line.is_over, line.round_name) == ("Ana", False, True, "Panel")


def test_only_the_interviewer_writes_and_nothing_after_the_end(team: Team) -> None:
    rehearsal = begin(team)
    for name in ("Tom", "Max"):
        with pytest.raises(NotFound):
            note(team, rehearsal, name=name)
    end(team, rehearsal, 1)
    with pytest.raises(Sealed):
        note(team, rehearsal)
    with pytest.raises(Sealed):
        move(team, rehearsal, "what-bo-asks", 2)
    actions = [each[1] for each in audited(team.workspace, "rehearsal", rehearsal.id)]
    assert actions == ["begin_rehearsal", "end_rehearsal"]


def test_a_stale_tab_overwrites_nothing(team: Team) -> None:
    rehearsal = begin(team)
    note(team, rehearsal, level=4, text="first")
    with pytest.raises(Stale):
        note(team, rehearsal, level=2, text="second")
    move(team, rehearsal, "what-bo-asks", 1)
    with pytest.raises(Stale):
        move(team, rehearsal, "what-mia-asks", 1)
    with pytest.raises(Stale):
        end(team, rehearsal, 1)
    note(team, rehearsal, seen=1, level=3, text="third")
    found = read(team, "Ana", rehearsal).questions[0].rating
    assert (found.level, found.note) == (3, "third")


def test_refuses_what_cannot_be(team: Team) -> None:
    for colleague in ("Ana", "nobody"):
        with pytest.raises(InputError, match="plays the candidate"):
            rehearsals.begin(
                team.workspace, by=team.people["Ana"], offer_id=rehearsals.offers(
                    team.workspace, by=team.people["Ana"])[0].id,
                colleague_id=team.people["Ana"].id if colleague == "Ana" else "nobody",
            )  # fmt: skip
    others = rehearsals.offers(team.workspace, by=team.people["Bo"])[0].id
    with pytest.raises(NotFound):
        rehearsals.begin(team.workspace, by=team.people["Ana"], offer_id=others, colleague_id=team.people["Bo"].id)
    rehearsal = begin(team)
    with pytest.raises(InputError):
        note(team, rehearsal, level=6)
    with pytest.raises(InputError):
        note(team, rehearsal, question="ana-alone")
    with pytest.raises(InputError):
        note(team, rehearsal, text="x" * 2001)
    with pytest.raises(NotFound):
        move(team, rehearsal, "ana-alone", 1)


def test_its_interviewer_deletes_it_with_everything_noted(team: Team) -> None:
    rehearsal = begin(team)
    note(team, rehearsal, text="to be forgotten")
    with pytest.raises(NotFound):
        rehearsals.discard(team.workspace, by=team.people["Tom"], rehearsal_id=rehearsal.id)
    rehearsals.discard(team.workspace, by=team.people["Ana"], rehearsal_id=rehearsal.id)
    with pytest.raises(NotFound):
        read(team, "Ana", rehearsal)
    held = contents(team.workspace)
    assert {"rehearsal", "rehearsal_rating"} & set(held) == set()
    assert "to be forgotten" not in str(held)


def test_everybody_active_may_look(team: Team) -> None:
    for call in (
        lambda team, by: rehearsals.offers(team.workspace, by=by),
        lambda team, by: rehearsals.rehearsals(team.workspace, by=by),
    ):
        found = outcomes(team, call)
        assert {found[each] for each in ("Ada", "Max", "Ana", "Tom", "demoted")} == {"yes"}
        assert found["deactivated"] == "NotAllowed"
