"""Decision packets of a real debrief: who takes one along, and what the database says of it later."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import packet_check, packets
from panel.actions.debrief_evidence import sat_with
from panel.domain.debriefs import FairAverage
from panel.domain.people import Person
from panel.errors import InputError, NotAllowed, NotFound
from panel.exporting.packet import Packet, PacketRating, PacketScorecard
from panel.exporting.packet_document import packet_pdf
from panel.exporting.packet_file import check_file
from panel.house import Workspace
from panel.store import audit
from panel.store import debriefs as stored_debriefs
from tests.debriefs import all_in, confirmed, decided, opened, reconciled, view
from tests.factories import MONDAY, QUESTIONS, Team, a_team, outcomes

ruled_in_python = pytest.mark.parametrize("house", ["duckdb"], indirect=True)  # no SQL of its own to try twice


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def taken(team: Team, by: str = "Max", **how: Any) -> bytes:
    return packets.decision_packet(team.workspace, by=team.people[by], candidate_id=team.candidate.id, **how)


def carried(data: bytes) -> Packet:
    found = check_file("a.pdf", data)
    assert (found.verdict, found.packet is None) == ("unchanged", False)
    assert found.packet
    return found.packet


def stored(team: Team, number: int = 1) -> Packet:
    """What the database holds of a debrief, without the file."""
    with team.workspace.database.read() as transaction:
        every = stored_debriefs.debriefs_of(transaction, team.candidate.id)
        sat = sat_with(transaction, team.candidate.id)
        return packets.packet_of(transaction, team.candidate, sat, every[number - 1])


def with_ratings(card: PacketScorecard, ratings: tuple[PacketRating, ...]) -> PacketScorecard:
    return card.model_copy(update={"ratings": ratings})


def decided_team(team: Team, outcome: str = "hire") -> Team:
    all_in(team)
    opened(team)
    reconciled(team, "Ana", 4, reason="the follow-up answered it")
    for name in ("Ana", "Bo"):
        confirmed(team, name)
    decided(team, outcome, conditions="start in May")
    return team


def test_the_same_data_give_the_same_bytes_whoever_takes_them_and_whenever(team: Team) -> None:
    decided_team(team)
    first = taken(team)
    assert [taken(team, name) for name in ("Ada", "Mia")] == [first, first]
    packet = carried(first)
    assert [(each.person, each.round_name, len(each.ratings)) for each in packet.scorecards] == [
        ("Ana", "Panel", 3), ("Bo", "Panel", 3), ("Mia", "Panel", 3),
        ("Ana", "Separate", 1), ("Bo", "Separate", 1), ("Mia", "Separate", 1),
    ]  # fmt: skip
    (rating,) = [each for each in packet.scorecards[0].ratings if each.question == "what-ana-asks"]
    assert (rating.sealed, rating.reconciled, rating.composite, rating.note) == (2, 4, 4, "what I heard Ana")
    assert [(each.person, each.reason) for each in packet.reconciliations] == [("Ana", "the follow-up answered it")]
    assert [each.person for each in packet.confirmations] == ["Ana", "Bo"]
    (decision,) = packet.decisions
    assert (decision.outcome, decision.unconfirmed, decision.scores) == (
        "hire", ("Mia",), view(team).decisions[0].decision.scores,
    )  # fmt: skip
    levels = {each.key: [anchor.level for anchor in each.anchors] for part in packet.rounds for each in part.questions}
    assert levels == {each.key: [1, 2, 3, 4, 5] for each in QUESTIONS}
    assert "All about" not in packet.model_dump_json()  # reference answers are not handed on


@ruled_in_python
def test_before_a_decision_there_is_none(team: Team) -> None:
    all_in(team)
    with pytest.raises(NotFound, match="No debrief of Priya is decided yet"):
        taken(team)
    opened(team)
    with pytest.raises(InputError, match="not decided yet"):
        taken(team, number=1)


@ruled_in_python
def test_it_is_for_those_who_lead_and_who_owe_nothing(team: Team) -> None:
    decided_team(team, "another_round")

    def take(team: Team, by: Person) -> bytes:
        return packets.decision_packet(team.workspace, by=by, candidate_id=team.candidate.id)

    assert outcomes(team, take) == {
        "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
        "deactivated": "NotAllowed",
    }  # fmt: skip
    team.cancel("Max", round_name="Separate")
    team.schedule(team.candidate, "Separate")
    with pytest.raises(NotAllowed, match="You still owe your scorecard"):
        taken(team, "Mia")


@ruled_in_python
def test_taking_one_is_on_record_with_its_digest(team: Team) -> None:
    decided_team(team)
    sha256 = check_file("a.pdf", taken(team)).sha256
    with team.workspace.database.read() as transaction:
        events = audit.events_of(transaction, subject="candidate", subject_id=team.candidate.id)
    assert [(each["actor_id"], sha256 in each["after_text"]) for each in events if each["action"] == "take_packet"] == [
        (team.people["Max"].id, True)
    ]


class TestAgainstTheDatabase:
    def test_it_matches_as_long_as_nothing_happens(self, team: Team) -> None:
        decided_team(team)
        assert packet_check.compare_packet(team.workspace, stored(team)) == packet_check.Compared(known=True)

    def test_what_was_changed_behind_the_tools_back_is_named(self, team: Team) -> None:
        decided_team(team)
        packet = stored(team)
        card = team.card("Bo").id

        def work(transaction: Any) -> None:
            transaction.run(
                "UPDATE rating SET level = 1 WHERE scorecard_id = ? AND question_key = 'what-bo-asks'", card
            )
            transaction.run(
                "UPDATE rating SET note = 'x' WHERE scorecard_id = ? AND question_key = 'what-mia-asks'", card
            )
            transaction.run("UPDATE scorecard SET recommendation = 'no' WHERE id = ?", card)
            transaction.run("UPDATE candidate SET name = 'Prya'")
            transaction.run("UPDATE decision SET body = replace(body, 'start in May', 'start in June')")

        team.workspace.database.write(work)
        found = packet_check.compare_packet(team.workspace, packet)
        assert found.differences == (
            "The candidate is called Prya in the database.",
            "Decision 1 is another in the database.",
            "Bo's scorecard of Panel is closed otherwise in the database.",
            "Bo's rating of question 2 in Panel differs.",
            "Bo's note of question 3 in Panel differs.",
        )
        assert found.since == ()

    def test_what_was_added_since_is_named(self, team: Team) -> None:
        decided_team(team, "hold")
        first = stored(team)
        decided(team, "another_round", seen=1, revises="a new opening")
        opened(team)
        reconciled(team, "Bo", 4, seen=0)
        found = packet_check.compare_packet(team.workspace, first)
        assert found.differences == ()
        assert [each.split(" on ")[0] for each in found.since] == [
            "The decision was revised since: number 2, by Max", "A newer debrief of Priya was opened since: number 2.",
            "Bo's rating of question 1 in Panel was reconciled since.",
        ]  # fmt: skip
        assert stored(team).decisions[0] == first.decisions[0]

    @ruled_in_python
    def test_later_rounds_and_debriefs_leave_an_earlier_packet_as_it_was(self, team: Team) -> None:
        all_in(team)
        opened(team)
        decided(team, "another_round")
        first = stored(team)
        opened(team)
        reconciled(team, "Ana", 4)
        assert stored(team, number=1) == first

    @ruled_in_python
    def test_a_cancelled_interview_is_named(self, team: Team) -> None:
        decided_team(team, "hold")
        packet = stored(team)
        team.cancel("Max", round_name="Separate")
        found = packet_check.compare_packet(team.workspace, packet)
        assert (
            "Ana's scorecard of Separate no longer stands: its interview was cancelled, or there was none."
            in found.differences
        )

    @ruled_in_python
    def test_once_every_interview_is_cancelled_there_is_no_packet_and_an_earlier_one_no_longer_stands(
        self, team: Team
    ) -> None:
        decided_team(team, "hold")
        packet = stored(team)
        for round_name in ("Panel", "Separate"):
            team.cancel("Max", round_name=round_name)
        with pytest.raises(InputError, match="Every interview behind this decision was cancelled since"):
            taken(team)
        assert packet_check.compare_packet(team.workspace, packet).differences == (
            "The packet no longer stands. Every interview behind this decision was cancelled since.",
        )

    @ruled_in_python
    def test_another_database_knows_nothing_of_it(self, team: Team) -> None:
        decided_team(team)
        packet = stored(team)
        strange = packet.model_copy(update={"debrief_id": "of another database"})
        assert packet_check.compare_packet(team.workspace, strange) == packet_check.Compared(known=False)
        strange = packet.model_copy(update={"candidate_id": "nobody"})
        assert packet_check.compare_packet(team.workspace, strange) == packet_check.Compared(known=False)

    @ruled_in_python
    def test_a_forged_content_is_held_against_the_database(self, team: Team) -> None:
        decided_team(team)
        packet = stored(team)
        forged = packet.model_copy(update={"opened_at": MONDAY - timedelta(days=1), "decisions": packet.decisions * 2})
        assert packet_check.compare_packet(team.workspace, forged).differences == (
            "When the debrief was opened is another moment in the database.",
            "The database holds fewer decisions of this debrief.",
        )

    @ruled_in_python
    def test_a_packet_made_anew_from_a_forged_content_is_unchanged_and_never_matches(self, team: Team) -> None:
        decided_team(team)
        packet = stored(team)
        flattering = FairAverage(average=4.9, low=4.8, high=5.0, model="of the forger")
        first, *others = packet.scorecards
        forgeries: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
            "a rating left out": (
                {"scorecards": (with_ratings(first, first.ratings[1:]), *others)},
                ("The packet lacks Ana's rating of question 1 in Panel.",),
            ),
            "all of a card left out": (
                {"scorecards": (with_ratings(first, ()), *others)},
                tuple(f"The packet lacks Ana's rating of question {number} in Panel." for number in (1, 2, 3)),
            ),
            "a rating twice": (
                {"scorecards": (with_ratings(first, (first.ratings[0], *first.ratings)), *others)},
                ("The packet has Ana's rating of question 1 in Panel more than once.",),
            ),
            "a fair average": ({"fair": flattering}, ("The fair average is another in the database.",)),
            "a number": ({"debrief": 7}, ("The debrief has the number 1 in the database.",)),
        }
        for name, (update, differences) in forgeries.items():
            forged = carried(packet_pdf(packet.model_copy(update=update)))  # "unchanged, to the byte"
            found = packet_check.compare_packet(team.workspace, forged)
            assert (found.matches, found.differences) == (False, differences), name

    @ruled_in_python
    def test_every_other_forgery_is_told_too(self, team: Team) -> None:
        decided_team(team)
        packet = stored(team)
        first, *others = packet.scorecards
        strange = first.ratings[0].model_copy(update={"question": "made-up"})
        forgeries: dict[str, tuple[dict[str, Any], str]] = {
            "a rating more": (
                {"scorecards": (with_ratings(first, (*first.ratings, strange)), *others)},
                "Ana's rating of a question in Panel is not in the database.",
            ),
            "a card twice": (
                {"scorecards": (first, *packet.scorecards)},
                "Ana's scorecard of Panel is in the packet more than once.",
            ),
            "a card left out": (
                {"scorecards": tuple(others)}, "The database has a scorecard of Panel by Ana that the packet lacks.",
            ),
            "another order": (
                {"scorecards": (with_ratings(first, first.ratings[::-1]), *others)},
                "The scorecards or their ratings are in another order in the database.",
            ),
            "what no sentence knows": (
                {"kind": "another kind"}, "Something else in the packet is not what the database holds.",
            ),
        }  # fmt: skip
        for name, (update, sentence) in forgeries.items():
            found = packet_check.compare_packet(team.workspace, packet.model_copy(update=update))
            assert found.differences == (sentence,), name
        for field in set(Packet.model_fields) - {"kind", "format", "candidate_id", "debrief_id", "decisions"}:
            other = () if isinstance(getattr(packet, field), tuple) else "another"
            found = packet_check.compare_packet(team.workspace, packet.model_copy(update={field: other}))
            assert found.differences, field
