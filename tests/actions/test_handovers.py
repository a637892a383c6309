"""Handovers, on both engines. Ana, Bo and Mia sit in the panel in two days, then alone, an hour apart each."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from panel.actions import handovers, scheduling
from panel.actions.handovers import HandedOver, Reminder
from panel.domain.candidates import Candidate
from panel.domain.handover import LONGEST_HANDOVER, Handover
from panel.domain.live import Happening
from panel.errors import InputError, NotAllowed, NotFound, Sealed
from panel.house import Workspace
from tests.ahead import SOON, move, with_interviews_ahead
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person
from tests.patience import once
from tests.seats import book, seat, waiting

FACT = "We spoke about caching; sharding is still open."
READERS = ("Ana", "Bo", "Mia")


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return with_interviews_ahead(a_team(workspace, tmp_path / "content"))


def send(team: Team, who: str, text: str = FACT, *, round_name: str = "Separate", **how: Any) -> Handover:
    candidate = how.pop("candidate", None)
    card = team.card(who, round_name=round_name, candidate=candidate).id
    return handovers.hand_over(team.workspace, by=team.people[who], scorecard_id=card, text=text, **how)


def read(team: Team, who: str, round_name: str = "Separate", candidate: Candidate | None = None) -> list[HandedOver]:
    card = team.card(who, round_name=round_name, candidate=candidate).id
    return handovers.handed_over(team.workspace, by=team.people[who], scorecard_id=card)


def reached(team: Team, round_name: str = "Separate") -> dict[str, list[str]]:
    """The texts that each reads in a round."""
    return {who: [each.text for each in read(team, who, round_name)] for who in READERS}


def own(team: Team, who: str, round_name: str = "Separate") -> Handover | None:
    card = team.card(who, round_name=round_name).id
    return handovers.own_handover(team.workspace, by=team.people[who], scorecard_id=card)


def sittings(team: Team) -> dict[str, dict[str, Any]]:
    """The separate interviews by who sits in them."""
    cards = {team.card(who, round_name="Separate").interview_id: who for who in READERS}
    return {cards[row["id"]]: row for row in team.interviews(round_name="Separate")}


class TestWhoReads:
    def test_who_meets_the_candidate_later_and_nobody_else(self, team: Team) -> None:
        sent = send(team, "Bo")
        assert reached(team) == {"Ana": [], "Bo": [], "Mia": [FACT]}
        assert reached(team, "Panel") == {"Ana": [], "Bo": [], "Mia": []}
        assert read(team, "Mia") == [HandedOver("Bo", "Separate", FACT, sent.sent_at)]

    def test_several_come_in_the_order_of_the_interviews(self, team: Team) -> None:
        send(team, "Bo", "second")
        send(team, "Ana", "first")
        assert reached(team) == {"Ana": [], "Bo": ["first"], "Mia": ["first", "second"]}

    def test_nobody_of_the_same_sitting_before_they_submitted_their_own(self, team: Team) -> None:
        for row in team.interviews(round_name="Separate"):
            move(team, row, SOON + timedelta(days=1))
        send(team, "Ana", round_name="Panel")
        assert reached(team, "Panel") == {"Ana": [], "Bo": [], "Mia": []}
        assert reached(team) == {"Ana": [FACT], "Bo": [], "Mia": []}

        team.hand_in("Bo")
        assert reached(team) == {"Ana": [FACT], "Bo": [FACT], "Mia": []}
        assert reached(team, "Panel") == {"Ana": [], "Bo": [], "Mia": []}

    def test_of_another_candidate_nothing(self, team: Team) -> None:
        zoe = team.add_candidate("Zoe")
        send(team, "Ana")
        assert [read(team, who, candidate=zoe) for who in READERS] == [[], [], []]

    def test_somebody_who_sits_there_instead_reads_it_too(self, team: Team) -> None:
        candidate = waiting(team)
        book(team, candidate, [seat(team, "Ana")])
        alone = {"Ana": "Tom", "Bo": "Bo", "Mia": "Mia"}
        seats = [seat(team, of, who, round_name="Separate") for of, who in alone.items()]
        book(team, candidate, seats, round_name="Separate", at=SOON + timedelta(days=1))
        send(team, "Ana", round_name="Panel", candidate=candidate)
        assert [each.text for each in read(team, "Tom", candidate=candidate)] == [FACT]

    def test_what_comes_earlier_after_a_move_is_read_then(self, team: Team) -> None:
        send(team, "Mia")
        assert reached(team) == {"Ana": [], "Bo": [], "Mia": []}
        move(team, sittings(team)["Mia"], SOON - timedelta(hours=5))
        assert reached(team) == {"Ana": [FACT], "Bo": [FACT], "Mia": []}

    def test_interviews_at_the_same_moment_hand_nothing_over(self, team: Team) -> None:
        send(team, "Ana")
        for row in sittings(team).values():
            move(team, row, SOON)
        assert reached(team) == {"Ana": [], "Bo": [], "Mia": []}

    def test_nothing_of_a_cancelled_interview_and_nothing_in_one(self, team: Team) -> None:
        send(team, "Ana")
        rows = sittings(team)
        bo = {"by": team.people["Bo"], "scorecard_id": team.card("Bo", round_name="Separate").id}
        assert [each.text for each in handovers.handed_over(team.workspace, **bo)] == [FACT]
        _cancel(team, rows["Bo"])
        assert handovers.handed_over(team.workspace, **bo) == []
        assert [each.text for each in read(team, "Mia")] == [FACT]
        _cancel(team, rows["Ana"])
        assert read(team, "Mia") == []


def _cancel(team: Team, row: dict[str, Any]) -> None:
    scheduling.cancel_interview(
        team.workspace, by=team.people["Max"], interview_id=row["id"], seen_version=row["version"]
    )


class TestSending:
    def test_it_is_kept_and_replaced_and_taken_back(self, team: Team) -> None:
        assert own(team, "Ana") is None
        card = team.card("Ana", round_name="Separate")
        first = send(team, "Ana", "  one\x00 line\nand another\u202e ")
        assert first == Handover(
            scorecard_id=card.id, candidate_id=team.candidate.id, text="one line\nand another", version=1,
            sent_at=first.sent_at,
        )  # fmt: skip
        second = send(team, "Ana", "another")
        assert (second.text, second.version, own(team, "Ana")) == ("another", 2, second)
        assert reached(team)["Mia"] == ["another"]
        last = send(team, "Ana", " ")
        assert (last.text, last.version, own(team, "Ana"), reached(team)["Mia"]) == ("", 3, last, [])

        ana = team.people["Ana"].id
        texts = (None, "one line\nand another", "another", "")
        expected = [
            (ana, "hand_over", {"text": before} if before is not None else None, {"text": after})
            for before, after in pairwise(texts)
        ]
        assert audited(team.workspace, "scorecard", card.id) == expected

    def test_what_is_sent_twice_is_written_and_told_once(self, team: Team) -> None:
        heard: list[Happening] = []
        team.workspace.live.listen(heard.append)
        card = team.card("Ana", round_name="Separate")
        assert send(team, "Ana") == send(team, "Ana")
        assert len(audited(team.workspace, "scorecard", card.id)) == 1
        end = Happening(kind="changed", interview_id="the end")
        team.workspace.live.tell(end)
        once(lambda: end in heard)
        told = {each.interview_id for each in heard[:-1]}
        later = {row["id"] for row in sittings(team).values()}
        assert (told, len(heard)) == (later, 4)

    @pytest.mark.parametrize("as_it_is", [False, True])
    @pytest.mark.parametrize("text", ["I rated her 4", "Level 5 on caching", "a strong yes", "Q3: 4"])
    def test_what_tells_a_rating_never_leaves(self, team: Team, text: str, as_it_is: bool) -> None:
        with pytest.raises(InputError, match="tells how you rate") as refusal:
            send(team, "Ana", text, as_it_is=as_it_is)
        assert not isinstance(refusal.value, Reminder)
        assert (own(team, "Ana"), reached(team)) == (None, {"Ana": [], "Bo": [], "Mia": []})

    def test_words_that_judge_are_pointed_out_and_leave_only_when_meant(self, team: Team) -> None:
        text = "Nervous at first; a Senior title at Acme"
        with pytest.raises(Reminder) as reminder:
            send(team, "Ana", text)
        assert str(reminder.value) == (
            "“Nervous” and “Senior” may judge the person. Say what was asked and what is still open, or send it as it "
            "is if it is a fact."
        )
        assert own(team, "Ana") is None
        assert send(team, "Ana", text, as_it_is=True).text == text

    def test_what_may_tell_a_rating_is_pointed_out_too_and_leaves_only_when_meant(self, team: Team) -> None:
        text = "The API rejected the request"
        with pytest.raises(Reminder) as reminder:
            send(team, "Ana", f"{text}; a strong typist")
        assert str(reminder.value) == (
            "“rejected” may tell how you rate, which the next interviewer must not know. “strong” may judge the "
            "person. Say what was asked and what is still open, or send it as it is if it is a fact."
        )
        assert own(team, "Ana") is None
        assert send(team, "Ana", text, as_it_is=True).text == text

    def test_it_has_an_end(self, team: Team) -> None:
        assert send(team, "Ana", "x" * LONGEST_HANDOVER).version == 1
        with pytest.raises(InputError, match=r"under 1,000 characters; this one has 1,001"):
            send(team, "Ana", "x" * (LONGEST_HANDOVER + 1))

    def test_it_may_be_sent_after_the_scorecard_was_submitted(self, team: Team) -> None:
        team.hand_in("Ana", round_name="Separate")
        send(team, "Ana")
        assert reached(team)["Bo"] == [FACT]

    def test_nothing_is_handed_over_from_a_cancelled_interview(self, team: Team) -> None:
        card = {"by": team.people["Ana"], "scorecard_id": team.card("Ana", round_name="Separate").id}
        _cancel(team, sittings(team)["Ana"])
        with pytest.raises(Sealed, match="This interview was cancelled"):
            handovers.hand_over(team.workspace, **card, text=FACT)
        assert handovers.own_handover(team.workspace, **card) is None


OWN_ONLY = {
    "Ada": "NotAllowed", "Max": "NotAllowed", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, Call] = {
    "hand_over": lambda team, by: handovers.hand_over(
        team.workspace, by=by, scorecard_id=team.card("Ana").id, text=FACT
    ),
    "own_handover": lambda team, by: handovers.own_handover(team.workspace, by=by, scorecard_id=team.card("Ana").id),
    "handed_over": lambda team, by: handovers.handed_over(team.workspace, by=by, scorecard_id=team.card("Ana").id),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(handovers)


@pytest.mark.parametrize("action", ACCESS)
def test_managers_neither_write_nor_read_for_an_interviewer(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == OWN_ONLY


def test_a_scorecard_that_is_not_there_is_not_found(team: Team) -> None:
    nothing = {"by": team.people["Ana"], "scorecard_id": "nothing"}
    for call in (handovers.own_handover, handovers.handed_over):
        with pytest.raises(NotFound, match="This scorecard does not exist"):
            call(team.workspace, **nothing)
    with pytest.raises(NotFound, match="This scorecard does not exist"):
        handovers.hand_over(team.workspace, **nothing, text=FACT)


def test_a_colleague_of_the_same_sitting_cannot_send_in_anothers_name(team: Team) -> None:
    with pytest.raises(NotAllowed, match="Only its interviewer hands over from a scorecard"):
        handovers.hand_over(team.workspace, by=team.people["Bo"], scorecard_id=team.card("Ana").id, text=FACT)
