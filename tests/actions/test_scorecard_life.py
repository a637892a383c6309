"""The life of scorecards in any order: two tabs, lost answers, edits of the plan, cancelling, other people's seats.

After every step the stored rows and what every reader gets are held against `scorecard_model`. Ana, Bo and Mia (a
manager) are the panel, Tom their shadow; Max, a manager, is off it. Reconciling does not exist yet; its rules belong
here once it does.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from panel.actions import candidates, desk, plans, roles, scheduling, scoring
from panel.domain.candidates import Opening
from panel.domain.scorecards import Closing, Rating
from panel.domain.seats import Seat
from panel.errors import InputError, NotAllowed, PanelError
from panel.house import House, Workspace
from tests.factories import MONDAY, Team, a_draft, a_team, plain, published
from tests.scorecard_model import NO_END, Card, Refused, Sitting, State, may_cancel, standing
from tests.scorecard_witness import READERS, Rows, Witness, parts_of
from tests.seats import seat

MOST_CARDS = 8  # a candidate is seated anew once
SHARES = 8  # of the other reading actions, by turns
QUESTIONS = ("what-ana-asks", "what-bo-asks", "what-mia-asks")
SEATINGS: tuple[dict[str, tuple[str, bool]], ...] = (  # who -> whose seat, and whether as a shadow
    {"Ana": ("Ana", False), "Bo": ("Bo", False), "Mia": ("Mia", False), "Tom": ("Ana", True)},
    {"Ana": ("Ana", False), "Tom": ("Bo", False), "Mia": ("Mia", False), "Bo": ("Bo", True)},
    {"Ana": ("Ana", False), "Bo": ("Bo", False), "Tom": ("Mia", False), "Mia": ("Mia", True)},
)
ANSWERS = [
    *(("rated", level, "") for level in (1, 3, 5)), ("not_asked", None, ""), ("not_asked", None, "time"),
    ("could_not_assess", None, ""), ("open", None, ""),
]  # fmt: skip
WRITTEN_AS = {"note": "note", "probes": "probes_asked", "reworded": "reworded"}

a_person = st.sampled_from(["Ana", "Bo", "Mia", "Tom"])
a_tab = st.sampled_from([0, 1])
a_writer = st.sampled_from(["Ana", "Ana", "Mia", "Bo", "Tom"])
a_question = st.sampled_from([QUESTIONS[0], QUESTIONS[0], QUESTIONS[1]])
an_opening = st.sampled_from(["own", "all"])
whether = st.booleans()
VALUES: dict[str, list[Any]] = {
    "answer": ANSWERS[::-1], "note": ["", "new"], "probes": [(), (0,), (0, 1)], "reworded": [False, True]
}  # fmt: skip
some_parts = st.fixed_dictionaries({}, optional={part: st.sampled_from(values) for part, values in VALUES.items()})


class Shown(NamedTuple):
    """What one tab shows: versions by question, and the end."""

    versions: dict[str, int]
    end: State


class Change(NamedTuple):
    """One change on its way from a tab, which showed the version `seen`."""

    card: str
    tab: int
    question: str
    seen: int
    parts: dict[str, Any]


class Life(RuleBasedStateMachine):
    base: ClassVar[Team]
    roles_made: ClassVar[int] = 0

    @initialize(opens=an_opening, early=st.lists(st.sampled_from(["Mia", "Bo", "Tom"]), max_size=3, unique=True))
    def begin(self, opens: Opening, early: list[str]) -> None:
        """A role, a plan and a candidate of its own, so that one example knows nothing of another.

        Some have handed in early, so that what is withheld has something to withhold.
        """
        Life.roles_made += 1
        w, max_ = self.base.workspace, self.base.people["Max"]
        name = f"Role {Life.roles_made}"
        measured = ("Technical depth", roles.competency("Explanation", need="nice"))
        role_id = roles.create_role(w, by=max_, name=name, competencies=measured)
        plan_id = a_draft(w, self.base.people, role_id)
        self.team = replace(self.base, role_id=role_id, plan_id=plan_id)
        self.choose(opens)
        zoe = candidates.add_candidate(w, by=max_, role_id=role_id, name="Zoe")
        self.team = replace(self.team, version=published(w, max_, plan_id), candidate=zoe)
        self.opens = opens
        self.cards: dict[str, Card] = {}
        self.words: dict[str, str] = {}
        self.tabs: dict[tuple[str, int], Shown] = {}
        self.unanswered: list[Change] = []
        self.acknowledged: list[tuple[str, Rating]] = []
        self.at_rest: dict[str, Rows] = {}  # of what was submitted or cancelled, as it was then
        self.looked_at: dict[str, tuple[Any, Any]] = {}  # by scorecard: how it stood, and what stood on it
        self.book(SEATINGS[0])
        self.hand_in(early, 0)

    # ---- writing ------------------------------------------------------------------------------------------------

    @rule(who=a_writer, tab=a_tab, question=a_question, parts=some_parts, answered=whether)
    def rate(self, who: str, tab: int, question: str, parts: dict[str, Any], answered: bool) -> None:
        self.send(self.change(who, tab, question, parts), answered=answered)

    @rule(who=a_writer, question=a_question, part=st.sampled_from(list(VALUES)), data=st.data(), undo=whether)
    def both_tabs_change(self, who: str, question: str, part: str, data: st.DataObject, undo: bool) -> None:
        """The same part, of which both show the same; the first may take it back before the second comes."""
        for tab in (0, 1):
            self.see(who, tab)
        before = self.card_of(who).history(question)[-1][part]
        one, other = (data.draw(st.sampled_from(VALUES[part])) for _ in range(2))
        for tab, value in ((0, one), (0, before), (1, other)) if undo else ((0, one), (1, other)):
            self.send(self.change(who, tab, question, {part: value}), answered=True)

    @precondition(lambda self: self.unanswered)
    @rule(place=st.integers(0, 100))
    def send_again(self, place: int) -> None:
        self.send(self.unanswered.pop(place % len(self.unanswered)), answered=True)

    @rule(
        who=a_writer, tab=a_tab, wording=st.sampled_from(["kept", "cleared", "new"]),
        recommendation=st.sampled_from([None, "yes", "strong_no"]), confidence=st.sampled_from([None, "low", "high"]),
    )  # fmt: skip
    def write_the_end(self, who: str, tab: int, wording: str, **parts: Any) -> None:
        kept = self.shown(who, tab).end["summary"]
        self.close(who, tab, {**parts, "summary": {"kept": kept, "cleared": ""}.get(wording) or self.word(who)})

    @rule(who=a_person, tab=a_tab)
    def look(self, who: str, tab: int) -> None:
        self.see(who, tab)

    @rule(people=st.lists(a_person, min_size=1, max_size=2, unique=True), tab=a_tab)
    def hand_in(self, people: list[str], tab: int) -> None:
        """One after the other answers what is lacking, from a tab that shows everything, and submits."""
        for who in people:
            card = self.see(who, tab)
            for each in card.questions:
                if card.lacks(each):
                    self.send(self.change(who, tab, each, {"answer": ("rated", 5, ""), "note": "new"}), answered=True)
            self.close(who, tab, {"recommendation": "yes", "confidence": "high", "summary": self.word(who)})
            self.submit(who, tab)

    @rule(who=a_person, tab=a_tab)
    def submit(self, who: str, tab: int) -> None:
        """As the tab shows it, which may lack something or show an older end."""
        card, end = self.card_of(who), self.shown(who, tab).end
        seal = {"by": self.team.people[who], "scorecard_id": card.id, "seen": Closing(**end)}
        if self.agreed(lambda: scoring.submit(self.team.workspace, **seal), lambda: card.submit(end)):
            self.at_rest[card.id] = self.witness.rows()[card.id]

    @rule(writer=st.sampled_from(["Ana", "Mia", "Max"]), owner=st.sampled_from(["Bo", "Tom"]))
    def write_on_anothers(self, writer: str, owner: str) -> None:
        card: dict[str, Any] = {"by": self.team.people[writer], "scorecard_id": self.card_of(owner).id}
        with pytest.raises(NotAllowed):
            scoring.save_rating(self.team.workspace, **card, question_key=QUESTIONS[0], seen_version=0, note="mine")
        with pytest.raises(NotAllowed):
            scoring.submit(self.team.workspace, **card, seen=Closing())

    # ---- planning -----------------------------------------------------------------------------------------------

    @rule(opens=an_opening, publish=whether)
    def change_the_plan(self, opens: Opening, publish: bool) -> None:
        """Interviews under way keep what their version says."""
        self.choose(opens)
        if publish:
            self.publish()

    def choose(self, opens: Opening) -> None:
        w, by, plan_id = self.team.workspace, self.team.people["Max"], self.team.plan_id
        seen = plans.plan(w, by=by, plan_id=plan_id).stored.version
        plans.choose_opening(w, by=by, plan_id=plan_id, seen_version=seen, opens=opens)
        self.drafted = opens

    def publish(self) -> None:
        try:
            version = published(self.team.workspace, self.team.people["Mia"], self.team.plan_id)
        except InputError:
            assert self.drafted == self.opens  # there is nothing to publish
        else:
            self.team = replace(self.team, version=version)
            self.opens = self.drafted

    @precondition(lambda self: len(self.cards) < MOST_CARDS)
    @rule(who=st.sampled_from(["Max", "Mia", "Ana"]), seating=st.sampled_from(SEATINGS))
    def cancel_and_seat_anew(self, who: str, seating: dict[str, tuple[str, bool]]) -> None:
        panel = standing(self.cards.values())
        (row,) = self.team.interviews()
        call = {"by": self.team.people[who], "interview_id": row["id"], "seen_version": row["version"]}
        if not may_cancel(who, panel, manages=READERS[who]):
            with pytest.raises(NotAllowed):
                scheduling.cancel_interview(self.team.workspace, **call)
            return
        rows = self.witness.rows()
        scheduling.cancel_interview(self.team.workspace, **call)
        panel[0].sitting.cancelled = True
        self.at_rest |= {each.id: rows[each.id] for each in panel}
        self.book(seating)

    # ---- after every step ---------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_and_nothing_else_changed(self) -> None:
        """A refused change left no trace, what was acknowledged is on record, what was sealed is as it was."""
        found = self.witness.check_rows()
        assert {key: found[key] for key in self.at_rest} == self.at_rest
        for card, rating in self.acknowledged:
            if rating.version:
                saved = found[card].events[rating.question_key][rating.version - 1]
                assert saved == (rating.version, parts_of(rating))

    @invariant()
    def nobody_reads_what_is_withheld(self) -> None:
        """Of what was just written; and of the whole panel when something was submitted, cancelled or made."""
        open_to = {key: (each.submitted, each.sitting.cancelled) for key, each in self.cards.items()}
        turned = {key for key in open_to if open_to[key] != self.looked_at.get(key, ("", ""))[0]}
        written = [key for key, each in self.cards.items() if plain(each) != self.looked_at.get(key, ("", ""))[1]]
        if turned:
            panel = {each.id for each in standing(self.cards.values())}
            for reader in READERS:
                self.witness.check_reader(reader, turned | panel)
        else:
            for key in written:
                self.witness.check_closed(self.cards[key])
        self.looked_at |= {key: (open_to[key], plain(self.cards[key])) for key in written}

    def teardown(self) -> None:
        """By turns, a reader looks at everything, and at some of all the other reading actions."""
        if hasattr(self, "cards"):
            reader = list(READERS)[Life.roles_made % len(READERS)]
            self.witness.check_reader(reader, set(self.cards))
            self.witness.check_desks(reader)
            self.witness.check_more_reads(reader, slice(Life.roles_made % SHARES, None, SHARES))

    # ---- steps --------------------------------------------------------------------------------------------------

    @property
    def witness(self) -> Witness:
        return Witness(self.team, self.cards, self.words)

    def book(self, seating: dict[str, tuple[str, bool]]) -> None:
        seats: list[Seat] = [seat(self.team, of, name, shadow=shadow) for name, (of, shadow) in seating.items()]
        where = self.team.round_id()
        scheduling.schedule(
            self.team.workspace, by=self.team.people["Max"], candidate_id=self.team.candidate.id,
            plan_id=self.team.plan_id, starts={where: MONDAY}, seats={where: seats},
        )  # fmt: skip
        sitting = Sitting(self.opens)
        for name, (_, shadow) in seating.items():
            card = self.team.card(name)
            self.cards[card.id] = Card(card.id, name, shadow, sitting, QUESTIONS)

    def card_of(self, who: str) -> Card:
        return next(each for each in standing(self.cards.values()) if each.owner == who)

    def shown(self, who: str, tab: int) -> Shown:
        return self.tabs.get((self.card_of(who).id, tab), Shown({}, NO_END))

    def see(self, who: str, tab: int) -> Card:
        card = self.card_of(who)
        state = desk.desk_state(self.team.workspace, by=self.team.people[who], scorecard_id=card.id)
        versions = {key: each.version for key, each in state.ratings.items()}
        self.tabs[card.id, tab] = Shown(versions, state.closing.model_dump())
        return card

    def word(self, who: str) -> str:
        """Never the same twice."""
        word = f"word{len(self.words)}of{who}"
        self.words[word + " "] = self.card_of(who).id
        return word + " ."

    def change(self, who: str, tab: int, question: str, parts: dict[str, Any]) -> Change:
        """From what the tab shows; a new note has words of its own."""
        worded = parts | ({"note": self.word(who)} if parts.get("note") == "new" else {})
        return Change(self.card_of(who).id, tab, question, self.shown(who, tab).versions.get(question, 0), worded)

    def send(self, change: Change, *, answered: bool) -> None:
        """`answered`: whether the tab hears of it; otherwise it sends the same again some time."""
        card = self.cards[change.card]
        what = {WRITTEN_AS[part]: value for part, value in change.parts.items() if part != "answer"}
        what |= dict(zip(("outcome", "level", "reason"), change.parts.get("answer", ()), strict=False))
        saved = self.agreed(
            lambda: scoring.save_rating(
                self.team.workspace, by=self.team.people[card.owner], scorecard_id=card.id,
                question_key=change.question, seen_version=change.seen, **what,
            ),
            lambda: card.save(change.question, change.seen, change.parts),
        )  # fmt: skip
        if saved is None:
            return
        self.acknowledged.append((card.id, saved))
        if answered:
            shown = self.tabs.get((card.id, change.tab), Shown({}, NO_END))
            self.tabs[card.id, change.tab] = Shown(shown.versions | {change.question: saved.version}, shown.end)
        else:
            self.unanswered.append(change)

    def close(self, who: str, tab: int, new: State) -> None:
        card, shown = self.card_of(who), self.shown(who, tab)
        ends = {"seen": Closing(**shown.end), "new": Closing(**new)}
        own = {"by": self.team.people[who], "scorecard_id": card.id}
        saved = self.agreed(
            lambda: scoring.save_closing(self.team.workspace, **own, **ends), lambda: card.close(shown.end, new)
        )
        if saved is not None:
            self.tabs[card.id, tab] = Shown(shown.versions, saved.closing.model_dump())

    def agreed(self, act: Callable[[], Any], expect: Callable[[], Any]) -> Any:
        """What the action gives; None where program and model refuse alike."""
        refusals = []
        given = None
        for call in (expect, act):
            try:
                given = call()
            except (Refused, PanelError) as error:
                refusals.append(str(error) if isinstance(error, Refused) else type(error).__name__)
                given = None
            else:
                refusals.append("")
        assert refusals[0] == refusals[1]
        return given


@pytest.mark.parametrize(("steps", "examples"), [(25, {"duckdb": 8, "postgresql": 2})], ids=["25 steps"])
def test_no_order_of_events_shows_loses_or_changes_what_it_must_not(
    workspace: Workspace, house: House, tmp_path: Path, steps: int, examples: dict[str, int]
) -> None:
    Life.base = a_team(workspace, tmp_path / "content")
    many = examples["postgresql" if house.settings.is_postgresql else "duckdb"]
    run_state_machine_as_test(
        Life, settings=settings(max_examples=many, stateful_step_count=steps, deadline=None, derandomize=True)
    )
