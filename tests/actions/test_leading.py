"""The clock and the lead of a panel, on both engines: Ana, Bo and Mia sit in one panel, Tom may shadow it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import leading, scheduling
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.domain.live import Happening, LiveSitting
from panel.domain.people import Person
from panel.errors import InputError, NotAllowed, NotFound, Sealed, Stale
from panel.house import Workspace
from panel.store import candidates, live_sittings
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person
from tests.patience import once
from tests.seats import with_a_shadow

FIRST, SECOND = "what-ana-asks", "what-bo-asks"


@dataclass
class Sitting:
    """One candidate's interview and what its people do in it."""

    team: Team
    candidate: Candidate | None = None
    round_name: str = "Panel"

    def card(self, who: str) -> str:
        return self.team.card(who, candidate=self.candidate, round_name=self.round_name).id

    def _as(self, who: str) -> dict[str, Any]:
        return {"by": self.team.people[who], "scorecard_id": self.card(who)}

    def start(self, who: str, *, again: bool = False) -> LiveSitting:
        return leading.start_clock(self.team.workspace, **self._as(who), again=again)

    def lead(self, who: str, *, instead_of: str | None = None) -> LiveSitting:
        seen = self.team.people[instead_of].id if instead_of else None
        return leading.take_lead(self.team.workspace, **self._as(who), instead_of=seen)

    def unlead(self, who: str) -> LiveSitting:
        return leading.give_up_lead(self.team.workspace, **self._as(who))

    def move(self, who: str, question: str) -> LiveSitting:
        return leading.move_panel(self.team.workspace, **self._as(who), question_key=question)

    def now(self, who: str = "Bo") -> LiveSitting:
        return leading.sitting_of(self.team.workspace, **self._as(who))

    def is_planned(self, starts_at: datetime) -> None:
        w, by = self.team.workspace, self.team.people["Max"]
        with w.database.read() as transaction:
            found = candidates.interview_by_id(transaction, self.interview_id)
        assert found
        scheduling.move_interview(
            w, by=by, interview_id=found.id, seen_version=found.version, starts_at=starts_at.replace(microsecond=0)
        )

    @property
    def interview_id(self) -> str:
        return self.team.card("Ana", candidate=self.candidate, round_name=self.round_name).interview_id

    def done(self) -> list[tuple[str, str]]:
        """Who did what, oldest first."""
        names = {person.id: name for name, person in self.team.people.items()}
        events = audited(self.team.workspace, "interview", self.interview_id)
        return [(names[who], what) for who, what, _, _ in events]


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


@pytest.fixture
def sitting(team: Team) -> Sitting:
    return Sitting(team)


class TestTheClock:
    def test_it_starts_once_for_everybody_and_anew_only_when_asked(self, sitting: Sitting) -> None:
        assert sitting.now() == LiveSitting(interview_id=sitting.interview_id)
        first = sitting.start("Ana")
        assert first.started_at
        assert first == LiveSitting(interview_id=sitting.interview_id, started_at=first.started_at, version=1)
        assert (sitting.start("Bo"), sitting.now("Mia")) == (first, first)

        again = sitting.start("Bo", again=True)
        assert again.started_at
        assert again.started_at > first.started_at
        assert again == first.model_copy(update={"started_at": again.started_at, "version": 2})
        assert sitting.done() == [("Ana", "start_clock"), ("Bo", "start_clock")]

    def test_a_shadow_and_who_sits_alone_may_start_it(self, team: Team) -> None:
        shadowed = Sitting(team, with_a_shadow(team))
        shadowed.is_planned(now())
        assert shadowed.start("Tom").started_at
        alone = Sitting(team, round_name="Separate").start("Ana")
        assert alone.started_at
        assert Sitting(team).now().started_at is None

    def test_a_clock_from_before_the_interview_was_moved_to_another_day_starts_anew(self, sitting: Sitting) -> None:
        first = sitting.start("Ana")
        sitting.is_planned(now() + timedelta(hours=2, minutes=1))
        for again in (False, True):
            with pytest.raises(InputError, match="starts at most two hours before the planned time"):
                sitting.start("Bo", again=again)
        assert sitting.now() == first
        earlier = first.model_copy(update={"started_at": now() - timedelta(days=1)})
        sitting.team.workspace.database.write(
            lambda transaction: live_sittings.keep_live_sitting(transaction, earlier, at=now())
        )
        sitting.is_planned(now() + timedelta(hours=1))
        anew = sitting.start("Bo")
        assert anew.started_at
        assert anew.started_at > first.started_at
        assert sitting.start("Mia") == anew


class TestTheLead:
    def test_who_leads_brings_the_panel_to_their_own_first_question_or_leaves_it_where_it_is(
        self, sitting: Sitting
    ) -> None:
        bo = sitting.team.people["Bo"].id
        led = sitting.lead("Bo")
        assert led == LiveSitting(interview_id=sitting.interview_id, lead_id=bo, question_key=SECOND, version=1)
        moved = sitting.move("Bo", "what-mia-asks")
        assert sitting.lead("Mia", instead_of="Bo") == moved.model_copy(
            update={"lead_id": sitting.team.people["Mia"].id, "version": 3}
        )
        assert sitting.done() == [("Bo", "take_lead"), ("Bo", "move_panel"), ("Mia", "take_lead")]

    def test_of_several_who_take_it_at_once_one_leads_and_the_others_are_told_who(self, sitting: Sitting) -> None:
        def attempt(who: str) -> str:
            try:
                sitting.lead(who)
            except Stale as error:
                return str(error)
            return who

        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(attempt, ("Ana", "Bo", "Mia")))
        (leads,) = [each for each in found if each in sitting.team.people]
        assert sorted(found) == sorted([leads, *[f"{leads} has just taken the lead."] * 2])
        assert (sitting.now().lead_id, sitting.done()) == (sitting.team.people[leads].id, [(leads, "take_lead")])

    def test_it_is_taken_from_whom_one_saw_leading_and_from_nobody_else(self, sitting: Sitting) -> None:
        sitting.lead("Ana")
        with pytest.raises(Stale, match=r"^Ana has just taken the lead\.$"):
            sitting.lead("Bo")
        with pytest.raises(Stale, match=r"^Ana has just taken the lead\.$"):
            sitting.lead("Bo", instead_of="Mia")
        assert sitting.lead("Bo", instead_of="Ana").lead_id == sitting.team.people["Bo"].id
        sitting.unlead("Bo")
        with pytest.raises(Stale, match=r"^The lead was given up a moment ago\.$"):
            sitting.lead("Mia", instead_of="Bo")

    def test_asking_twice_changes_nothing(self, sitting: Sitting) -> None:
        led = sitting.lead("Ana")
        assert (sitting.lead("Ana"), sitting.lead("Ana", instead_of="Bo")) == (led, led)
        moved = sitting.move("Ana", SECOND)
        assert sitting.move("Ana", SECOND) == moved
        left = sitting.unlead("Ana")
        assert sitting.unlead("Ana") == left
        assert [what for _, what in sitting.done()] == ["take_lead", "move_panel", "give_up_lead"]

    def test_only_who_leads_moves_the_panel_or_gives_the_lead_up(self, sitting: Sitting) -> None:
        with pytest.raises(NotAllowed, match=r"^Nobody leads the panel\. Take the lead first\.$"):
            sitting.move("Bo", SECOND)
        led = sitting.lead("Ana")
        with pytest.raises(NotAllowed, match=r"^Ana leads the panel now\.$"):
            sitting.move("Bo", SECOND)
        assert sitting.unlead("Bo") == led
        assert sitting.now() == led

    def test_the_panel_is_moved_to_its_own_questions_only(self, sitting: Sitting) -> None:
        led = sitting.lead("Ana")
        for strange in ("ana-alone", "", "<b>"):
            with pytest.raises(InputError, match="not part of this interview"):
                sitting.move("Ana", strange)
        assert sitting.now() == led

    def test_a_shadow_follows_and_does_not_lead(self, team: Team) -> None:
        shadowed = Sitting(team, with_a_shadow(team))
        with pytest.raises(NotAllowed, match="A shadow follows the panel and does not lead it"):
            shadowed.lead("Tom")
        led = shadowed.lead("Ana")
        assert shadowed.now("Tom") == led

    def test_who_sits_alone_has_nobody_to_lead(self, team: Team) -> None:
        with pytest.raises(InputError, match="Only a panel in one sitting has a lead"):
            Sitting(team, round_name="Separate").lead("Ana")

    def test_every_candidate_has_a_panel_of_their_own(self, team: Team) -> None:
        one, other = Sitting(team), Sitting(team, team.add_candidate("Zoe"))
        one.lead("Ana")
        assert other.now() == LiveSitting(interview_id=other.interview_id)

    @pytest.mark.parametrize("who", ["Ana", "Bo"])
    def test_a_lead_who_submits_leads_no_longer_and_others_who_submit_change_nothing(
        self, sitting: Sitting, who: str
    ) -> None:
        led = sitting.lead("Ana")
        sitting.team.hand_in(who)
        expected = led.model_copy(update={"lead_id": None, "version": 2}) if who == "Ana" else led
        assert sitting.now("Mia") == expected
        assert sitting.done() == [("Ana", "take_lead"), *([("Ana", "give_up_lead")] if who == "Ana" else [])]

    @pytest.mark.parametrize("why", ["submitted", "cancelled"])
    def test_who_is_done_changes_nothing_of_the_sitting(self, team: Team, why: str) -> None:
        sitting = Sitting(team, team.candidate)
        card = {"by": team.people["Ana"], "scorecard_id": sitting.card("Ana")}
        if why == "submitted":
            team.hand_in("Ana")
        else:
            team.cancel("Max")
        before = leading.sitting_of(team.workspace, **card)
        for call in (
            lambda: leading.start_clock(team.workspace, **card),
            lambda: leading.take_lead(team.workspace, **card, instead_of=None),
            lambda: leading.give_up_lead(team.workspace, **card),
            lambda: leading.move_panel(team.workspace, **card, question_key=FIRST),
        ):
            with pytest.raises(Sealed):
                call()
        assert leading.sitting_of(team.workspace, **card) == before


def test_a_change_is_told_once_and_what_changes_nothing_is_not_told(sitting: Sitting) -> None:
    heard: list[Happening] = []
    sitting.team.workspace.live.listen(heard.append)
    for _ in range(2):
        sitting.start("Ana")
        sitting.lead("Ana")
        sitting.move("Ana", SECOND)
    sitting.unlead("Ana")
    sitting.team.workspace.live.tell(Happening(kind="changed", interview_id="the end"))
    once(lambda: heard and heard[-1].interview_id == "the end")
    assert heard[:-1] == [Happening(kind="moved", interview_id=sitting.interview_id)] * 4


def _card(team: Team) -> str:
    return team.card("Ana").id


def _led_and_moved(team: Team, by: Person) -> object:
    leading.take_lead(team.workspace, by=team.people["Ana"], scorecard_id=_card(team), instead_of=None)
    return leading.move_panel(team.workspace, by=by, scorecard_id=_card(team), question_key=SECOND)


OWN_ONLY = {
    "Ada": "NotAllowed", "Max": "NotAllowed", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, Call] = {
    "start_clock": lambda team, by: leading.start_clock(team.workspace, by=by, scorecard_id=_card(team)),
    "take_lead": lambda team, by: leading.take_lead(team.workspace, by=by, scorecard_id=_card(team), instead_of=None),
    "give_up_lead": lambda team, by: leading.give_up_lead(team.workspace, by=by, scorecard_id=_card(team)),
    "move_panel": _led_and_moved,
    "sitting_of": lambda team, by: leading.sitting_of(team.workspace, by=by, scorecard_id=_card(team)),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(leading)


@pytest.mark.parametrize("action", ACCESS)
def test_only_the_scorecards_interviewer_acts_and_reads(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == OWN_ONLY


def test_a_scorecard_that_is_not_there_is_not_found(team: Team) -> None:
    nothing = {"by": team.people["Ana"], "scorecard_id": "nothing"}
    for call in (leading.start_clock, leading.give_up_lead, leading.sitting_of):
        with pytest.raises(NotFound, match="This scorecard does not exist"):
            call(team.workspace, **nothing)
