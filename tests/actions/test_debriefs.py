"""Debriefs: who sees what and when, sealed ratings with reconciled ones beside them, confirmations, decisions."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from panel.actions import compare, debrief_steps, debriefs, decisions
from panel.domain.basics import now
from panel.domain.debriefs import FairAverage
from panel.errors import InputError, NotAllowed, NotFound, PanelError, Sealed, Stale
from panel.house import Workspace
from panel.recent import Recent
from panel.store import scorecards
from tests.debriefs import PANEL, all_in, confirmed, decided, opened, reconciled, states, view
from tests.factories import Team, a_team, audited, outcomes, plain
from tests.seats import opening_after_all

SECRET = "heron 71 of 5"
ruled_in_python = pytest.mark.parametrize("house", ["duckdb"], indirect=True)  # no SQL of its own to try twice


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def what_is_given(team: Team, name: str) -> str:
    """Everything a person gets of the debrief, or the refusal, as text."""
    try:
        found: Any = plain(view(team, name))
    except PanelError as error:
        found = str(error)
    return f"{found} {plain(debriefs.debriefs_to_confirm(team.workspace, by=team.people[name]))}"


def sealed(team: Team) -> list[Any]:
    """Every scorecard of the candidate with all that was ever rated on it."""
    with team.workspace.database.read() as transaction:
        cards = transaction.rows("SELECT * FROM scorecard ORDER BY id")
        ratings = transaction.rows("SELECT * FROM rating ORDER BY scorecard_id, question_key")
        events = transaction.rows("SELECT * FROM rating_event ORDER BY id")
    return [cards, ratings, events]


class TestWhoSeesIt:
    def test_the_panel_and_those_who_manage_hiring_once_it_is_open(self, team: Team) -> None:
        all_in(team, note=SECRET)
        before = {name: SECRET in what_is_given(team, name) for name in team.people}
        opened(team)
        after = {name: SECRET in what_is_given(team, name) for name in team.people}
        assert before == dict.fromkeys(team.people, False)
        assert after == dict.fromkeys(team.people, True) | {"Tom": False}

    def test_whoever_still_owes_sees_nothing_whatever_their_access(self, team: Team) -> None:
        for name in ("Ana", "Bo"):
            for round_name in ("Panel", "Separate"):
                team.hand_in(name, note=SECRET, round_name=round_name)
        team.hand_in("Mia", note="own words", round_name="Panel")
        opened(team)
        assert SECRET in what_is_given(team, "Max")
        closed = view(team, "Mia")
        assert closed.closed.startswith("You still owe your scorecard of Priya for Separate.")
        assert (closed.agenda, closed.rounds, closed.scores, closed.decisions, closed.panelists) == (
            (),
            (),
            None,
            (),
            (),
        )
        assert debriefs.debriefs_to_confirm(team.workspace, by=team.people["Mia"]) == []
        with pytest.raises(NotAllowed, match="You still owe your scorecard"):
            decided(team, by="Mia")
        with pytest.raises(NotAllowed, match="You still owe your scorecard"):
            opened(team, "Mia")
        with pytest.raises(NotAllowed, match="You still owe your scorecard"):
            reconciled(team, "Ana", 4, by="Mia")

    def test_a_new_interview_closes_a_decided_debrief_to_whoever_sits_in_it(self, team: Team) -> None:
        all_in(team)
        opened(team)
        decided(team, "another_round", reason=SECRET)
        team.cancel("Max", round_name="Separate")
        team.schedule(team.candidate, "Separate")
        assert {name: SECRET in what_is_given(team, name) for name in (*PANEL, "Max")} == {
            "Ana": False, "Bo": False, "Mia": False, "Max": True,
        }  # fmt: skip

    def test_where_the_plan_waits_for_all_the_panel_waits_and_others_do_not(self, team: Team) -> None:
        team.cancel("Max")
        team.cancel("Max", round_name="Separate")
        team = opening_after_all(team)
        team.schedule(team.candidate, "Panel")
        team.hand_in("Ana", note=SECRET)
        team.hand_in("Mia", note="mine")
        opened(team)
        assert view(team, "Mia").closed == (
            "The plan opens scorecards after everybody has submitted. The debrief opens to you once Bo has submitted."
        )
        assert (SECRET in what_is_given(team, "Max"), SECRET in what_is_given(team, "Ana")) == (True, False)
        team.hand_in("Bo")
        assert SECRET in what_is_given(team, "Mia")

    def test_what_is_withheld_changes_nothing_that_a_blind_reader_gets(self, team: Team) -> None:
        all_in(team)
        opened(team)
        team.cancel("Max", round_name="Separate")
        team.schedule(team.candidate, "Separate")
        team.hand_in("Bo", round_name="Separate", levels=4)
        before = {name: what_is_given(team, name) for name in ("Ana", "Mia", "Tom")}
        card = team.card("Bo", round_name="Separate").id
        team.workspace.database.write(
            lambda transaction: transaction.run("UPDATE rating SET level = 1, note = 'x' WHERE scorecard_id = ?", card)
        )
        reconciled(team, "Bo", 4, by="Max")
        assert {name: what_is_given(team, name) for name in ("Ana", "Mia", "Tom")} == before

    @ruled_in_python
    def test_each_access_level_on_each_step(self, team: Team) -> None:
        all_in(team, levels={"Ana": 4})

        def call(what: str) -> Callable[[Team, Any], object]:
            candidate = team.candidate.id

            def reconcile(team: Team, by: Any) -> object:
                card = team.card("Ana").id
                with team.workspace.database.read() as transaction:
                    rows = transaction.rows("SELECT 1 FROM reconciliation WHERE scorecard_id = ?", card)
                return debrief_steps.reconcile(
                    team.workspace, by=by, candidate_id=candidate, scorecard_id=card, question_key="what-ana-asks",
                    level=1 + (len(rows) % 2), reason="why", seen=len(rows),
                )  # fmt: skip

            def decide(team: Team, by: Any) -> object:
                rows = view(team, "Max").decisions
                return decisions.decide(
                    team.workspace, by=by, candidate_id=candidate, outcome="hold", reason="why", revises="why",
                    present_ids=[team.people["Max"].id], seen=len(rows),
                )  # fmt: skip

            steps: dict[str, Callable[[Team, Any], object]] = {
                "open": lambda team, by: debrief_steps.open_debrief(team.workspace, by=by, candidate_id=candidate),
                "read": lambda team, by: debriefs.debrief(team.workspace, by=by, candidate_id=candidate),
                "reconcile": reconcile,
                "confirm": lambda team, by: debrief_steps.confirm(
                    team.workspace, by=by, candidate_id=candidate, seen=view(team, "Ana").seen_own
                ),
                "decide": decide,
            }
            return steps[what]

        refused = {"Tom": "NotAllowed", "demoted": "NotAllowed", "deactivated": "NotAllowed"}
        for step, ana in (("open", "NotAllowed"), ("read", "yes"), ("reconcile", "yes")):
            assert outcomes(team, call(step)) == {"Ada": "yes", "Max": "yes", "Ana": ana} | refused, step
            team.workspace.database.write(
                lambda transaction: transaction.run("DELETE FROM person WHERE name IN ('Demoted', 'Gone')")
            )
        assert outcomes(team, call("confirm")) == {"Ada": "NotAllowed", "Max": "NotAllowed", "Ana": "yes"} | refused
        team.workspace.database.write(
            lambda transaction: transaction.run("DELETE FROM person WHERE name IN ('Demoted', 'Gone')")
        )
        assert outcomes(team, call("decide")) == {"Ada": "yes", "Max": "yes", "Ana": "NotAllowed"} | refused


class TestReconciling:
    def test_sealed_reconciled_and_composite_stand_beside_each_other(self, team: Team) -> None:
        all_in(team)
        opened(team)
        before = sealed(team)
        made = reconciled(team, "Ana", 4, reason="Bo's note says it")
        assert sealed(team) == before

        (question,) = [
            each for part in view(team).rounds for each in part.questions if each.item.question.key == "what-ana-asks"
        ]
        shown = {
            each.sealed.person_name: (
                each.sealed.level, each.reconciled.level if each.reconciled else None, each.composite.level,
            )
            for each in question.ratings
        }  # fmt: skip
        assert shown == {"Ana": (2, 4, 4), "Bo": (5, None, 5), "Mia": (4, None, 4)}
        assert audited(team.workspace, "scorecard", made.scorecard_id)[-1] == (
            team.people["Ana"].id, "reconcile_rating", {"question_key": "what-ana-asks", "level": None},
            {"question_key": "what-ana-asks", "level": 4, "reason": "Bo's note says it"},
        )  # fmt: skip

    def test_taking_back_and_reconciling_again_are_events_of_their_own(self, team: Team) -> None:
        all_in(team)
        opened(team)
        reconciled(team, "Ana", 4)
        reconciled(team, "Ana", None, by="Max", reason="too far", seen=1)
        assert _of_ana(team) == (2, None, 2)
        reconciled(team, "Ana", 3, seen=2)
        assert _of_ana(team) == (2, 3, 3)
        assert [(each["level"], each["made_by_name"], each["number"]) for each in view(team).events] == [
            (4, "Ana", 1), (None, "Max", 2), (3, "Ana", 3),
        ]  # fmt: skip

    @ruled_in_python
    def test_what_cannot_be_reconciled_is_refused_in_words(self, team: Team) -> None:
        all_in(team)
        opened(team)
        refusals = {
            (6, "why"): "Choose a level from 1 to 5.",
            (0, "why"): "Choose a level from 1 to 5.",
            (2, "why"): "This is the sealed level already; choose another one to reconcile.",
            (None, "why"): "There is no reconciled level to take back.",
            (4, "  \n"): "Say why: what did the debrief bring to light about this answer?",
            (4, "x" * 10_001): "Keep a reason under 10,000 characters; this one has 10,001.",
        }
        for (level, reason), sentence in refusals.items():
            with pytest.raises(InputError) as refused:
                reconciled(team, "Ana", level, reason=reason)
            assert str(refused.value) == sentence

    @ruled_in_python
    def test_ten_thousand_characters_and_markup_are_a_reason(self, team: Team) -> None:
        all_in(team)
        opened(team)
        text = ("<img src=x onerror=alert(1)> =1+1 " * 400)[:10_000].strip()
        assert reconciled(team, "Ana", 4, reason=f"{text}\x00").reason == text

    @ruled_in_python
    def test_a_rating_without_a_level_stays_as_it_is(self, team: Team) -> None:
        left_out = {"what-ana-asks": None, "what-bo-asks": 3, "what-mia-asks": 3, "ana-alone": 3}
        all_in(team, levels={"Ana": left_out})
        opened(team)
        with pytest.raises(InputError, match="Only a rating with a level is reconciled"):
            reconciled(team, "Ana", 4)

    def test_a_stale_tab_is_told(self, team: Team) -> None:
        all_in(team)
        opened(team)
        reconciled(team, "Ana", 4)
        with pytest.raises(Stale, match="This rating was reconciled in the meantime"):
            reconciled(team, "Ana", 3, by="Max")
        assert _of_ana(team) == (2, 4, 4)

    @ruled_in_python
    def test_nothing_of_a_round_is_reconciled_while_somebody_owes_there(self, team: Team) -> None:
        team.hand_in("Ana", levels=2)
        team.hand_in("Bo")
        for name in PANEL:
            team.hand_in(name, round_name="Separate", levels=2)
        opened(team)
        with pytest.raises(InputError, match="Mia still owes a scorecard of Panel"):
            reconciled(team, "Ana", 4, by="Max")
        reconciled(team, "Ana", 4, by="Max", round_name="Separate", question="ana-alone")

    @ruled_in_python
    def test_only_the_rater_or_who_leads(self, team: Team) -> None:
        all_in(team)
        opened(team)
        with pytest.raises(NotAllowed, match="by whoever made it, or by who leads"):
            reconciled(team, "Ana", 4, by="Bo")

    @ruled_in_python
    def test_another_candidates_rating_is_not_part_of_it(self, team: Team) -> None:
        all_in(team)
        opened(team)
        zoe = team.add_candidate("Zoe")
        card = team.hand_in("Ana", candidate=zoe)
        with pytest.raises(NotFound, match="This rating is not part of the debrief"):
            debrief_steps.reconcile(
                team.workspace, by=team.people["Max"], candidate_id=team.candidate.id, scorecard_id=card.id,
                question_key="what-ana-asks", level=4, reason="why", seen=0,
            )  # fmt: skip

    @ruled_in_python
    def test_comparison_goes_on_with_what_was_sealed(self, team: Team) -> None:
        all_in(team)
        opened(team)
        before = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id)
        reconciled(team, "Ana", 5)
        assert compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id) == before


def _of_ana(team: Team) -> tuple[int | None, int | None, int | None]:
    found = [
        each
        for part in view(team).rounds
        for question in part.questions
        for each in question.ratings
        if each.sealed.person_name == "Ana" and each.sealed.question_key == "what-ana-asks"
    ]
    (one,) = found
    return one.sealed.level, one.reconciled.level if one.reconciled else None, one.composite.level


class TestConfirming:
    def test_everybody_confirms_and_whoever_is_reconciled_confirms_anew(self, team: Team) -> None:
        all_in(team)
        opened(team)
        assert states(team) == dict.fromkeys(PANEL, "not_yet")
        for name in PANEL:
            confirmed(team, name)
            confirmed(team, name)  # a second press changes nothing
        assert states(team) == dict.fromkeys(PANEL, "confirmed")
        assert debriefs.debriefs_to_confirm(team.workspace, by=team.people["Ana"]) == []

        reconciled(team, "Ana", 4, by="Max")
        assert states(team) == {"Ana": "anew", "Bo": "confirmed", "Mia": "confirmed"}
        (line,) = debriefs.debriefs_to_confirm(team.workspace, by=team.people["Ana"])
        assert (line.candidate_name, line.anew) == ("Priya", True)
        assert debriefs.debriefs_to_confirm(team.workspace, by=team.people["Bo"]) == []
        confirmed(team, "Ana")
        assert states(team) == dict.fromkeys(PANEL, "confirmed")

    @ruled_in_python
    def test_a_page_from_before_a_reconciliation_confirms_nothing(self, team: Team) -> None:
        all_in(team)
        opened(team)
        seen = view(team, "Ana").seen_own
        reconciled(team, "Ana", 4, by="Max")
        with pytest.raises(Stale, match="Something was added since you opened this page"):
            debrief_steps.confirm(team.workspace, by=team.people["Ana"], candidate_id=team.candidate.id, seen=seen)
        assert states(team)["Ana"] == "not_yet"

    def test_a_confirmation_is_of_those_scorecards_and_not_of_as_many_others(self, team: Team) -> None:
        all_in(team)
        opened(team)
        for name in PANEL:
            confirmed(team, name)
        seen = view(team, "Ana").seen_own
        team.cancel("Max", round_name="Separate")
        team.schedule(team.candidate, "Separate")
        for name in PANEL:
            team.hand_in(name, levels=1, round_name="Separate")
        assert view(team).submitted == len(seen[0]) == 6  # as many as before
        assert states(team) == dict.fromkeys(PANEL, "anew")
        for name in PANEL:
            (line,) = debriefs.debriefs_to_confirm(team.workspace, by=team.people[name])
            assert line.anew, name
        with pytest.raises(Stale, match="Something was added since you opened this page"):
            debrief_steps.confirm(team.workspace, by=team.people["Ana"], candidate_id=team.candidate.id, seen=seen)
        confirmed(team, "Ana")
        assert states(team)["Ana"] == "confirmed"
        assert debriefs.debriefs_to_confirm(team.workspace, by=team.people["Ana"]) == []

    @ruled_in_python
    def test_a_manager_off_the_panel_has_nothing_to_confirm(self, team: Team) -> None:
        all_in(team)
        opened(team)
        assert debriefs.debriefs_to_confirm(team.workspace, by=team.people["Max"]) == []
        with pytest.raises(NotAllowed, match="Those who rated the candidate confirm"):
            confirmed(team, "Max")


class Watched(Recent):
    """Remembers which results were asked for."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.keys: list[Any] = []

    def take(self, key: Any, make: Callable[[], Any]) -> Any:
        self.keys.append(key)
        return super().take(key, make)


class TestDeciding:
    def test_a_decision_keeps_the_scores_it_was_made_on(self, team: Team) -> None:
        all_in(team)
        opened(team)
        made = decided(team, "hire", conditions="start in May")
        assert (made.outcome, made.reason, made.conditions, made.present, made.against, made.unconfirmed) == (
            "hire", "the evidence", "start in May", ("Ana", "Max"), "", ("Ana", "Bo", "Mia"),
        )  # fmt: skip
        # Technical depth: panel (2+5+4)*2, alone 2 and 5; explanation: panel 2+5+4, alone 4
        assert (made.scores.sealed_mean, made.scores.sealed_median, made.scores.standing) == (3.6875, 4.0, "above")
        with pytest.raises(Sealed, match="This debrief is decided"):
            reconciled(team, "Ana", 4)
        assert [each.decision for each in view(team).decisions] == [made]

    @ruled_in_python
    @pytest.mark.parametrize(("level", "outcome"), [(2, "hire"), (4, "no_hire")])
    def test_a_decision_against_the_scores_needs_a_reason_of_its_own(
        self, team: Team, level: int, outcome: str
    ) -> None:
        all_in(team, levels=dict.fromkeys(PANEL, level))
        opened(team)
        with pytest.raises(InputError, match="Say why the decision departs from them"):
            decided(team, outcome)
        assert decided(team, outcome, against="rare experience").against == "rare experience"

    @ruled_in_python
    def test_a_reconciled_rating_moves_the_line_for_the_decision(self, team: Team) -> None:
        all_in(team, levels={"Ana": 3, "Bo": 3, "Mia": 3})
        opened(team)
        assert view(team).scores.standing == "above"  # type: ignore[union-attr]
        reconciled(team, "Ana", 2)
        scores = view(team).scores
        assert scores is not None
        assert (scores.standing, scores.sealed_mean, scores.must_haves_below) == ("below", 3.0, ("Technical depth",))

    @ruled_in_python
    def test_what_is_missing_is_said(self, team: Team) -> None:
        all_in(team)
        opened(team)
        refusals: list[tuple[dict[str, Any], str]] = [
            ({"outcome": "promote"}, "Choose what was decided"),
            ({"reason": " "}, "Give the reason of the decision"),
            ({"present_ids": []}, "Say who was there"),
            ({"present_ids": ["nobody"]}, "Say who was there"),
            ({"reason": "x" * 10_001}, "Keep a reason under 10,000 characters"),
            ({"conditions": "x" * 10_001}, "Keep the conditions under 10,000 characters"),
        ]
        for how, sentence in refusals:
            with pytest.raises(InputError, match=sentence):
                decided(team, **({"outcome": "hire"} | how))
        assert view(team).decisions == ()

    @ruled_in_python
    def test_the_fair_average_of_a_decision_is_for_those_who_may_compare(self, team: Team) -> None:
        all_in(team)
        opened(team)
        decided(team, "another_round")
        fair = FairAverage(average=4.25, low=3.5, high=4.75, model="of every candidate")

        def work(transaction: Any) -> None:
            row = transaction.row("SELECT body FROM decision")
            body = json.loads(row["body"]) | {"fair": fair.model_dump()}
            transaction.run("UPDATE decision SET body = ?", json.dumps(body))

        team.workspace.database.write(work)
        given = {name: view(team, name).decisions[0].decision.fair for name in ("Ada", "Max", *PANEL)}
        assert given == {"Ada": fair, "Max": fair, "Mia": fair, "Ana": None, "Bo": None}
        opened(team)  # the decision is one of an earlier debrief now
        given = {name: view(team, name).earlier[0][1][0].decision.fair for name in ("Max", "Ana")}
        assert given == {"Max": fair, "Ana": None}

    @ruled_in_python
    def test_nothing_is_fitted_for_a_decision_that_is_refused(self, team: Team) -> None:
        all_in(team)
        opened(team)
        asked = Watched(8)
        team = replace(team, workspace=replace(team.workspace, results=asked))
        refusals: list[dict[str, Any]] = [
            {"by": "Ana"}, {"seen": 1}, {"present_ids": []}, {"reason": " "}, {"outcome": "no_hire"},
        ]  # fmt: skip
        for how in refusals:
            with pytest.raises(PanelError):
                decided(team, **({"outcome": "hire"} | how))
        assert asked.keys == []
        decided(team, "hire")
        assert [each[0] for each in asked.keys] == ["fair of one"]

    def test_a_second_press_is_told_and_a_revision_stands_beside_the_first(self, team: Team) -> None:
        all_in(team)
        opened(team)
        decided(team, "hire")
        with pytest.raises(Stale, match="The decision is written down; pressing once more changed nothing"):
            decided(team, "hire")
        for others in ({"by": "Ada"}, {"outcome": "hold"}, {"reason": "another one"}):
            with pytest.raises(Stale, match="A decision was written down in the meantime"):
                decided(team, **({"outcome": "hire"} | others))
        with pytest.raises(InputError, match="Say why the earlier decision is revised"):
            decided(team, "hold", seen=1)
        decided(team, "hold", seen=1, revises="a reference fell through")
        made = [each.decision for each in view(team).decisions]
        assert [(each.number, each.outcome, each.revises) for each in made] == [
            (1, "hire", ""), (2, "hold", "a reference fell through"),
        ]  # fmt: skip

    @ruled_in_python
    def test_another_debrief_follows_hold_and_another_round_only(self, team: Team) -> None:
        all_in(team)
        first = opened(team)
        assert opened(team) == first  # already open
        decided(team, "another_round")
        second = opened(team)
        assert (second.number, view(team).decisions, len(view(team).earlier)) == (2, (), 1)
        decided(team, "hire")
        with pytest.raises(InputError, match="Revise the decision instead"):
            opened(team)

    @ruled_in_python
    def test_nothing_is_decided_while_somebody_owes_in_a_round_that_has_begun(self, team: Team) -> None:
        for name in PANEL:
            team.hand_in(name, levels=4)
        opened(team)
        with pytest.raises(InputError, match="Priya still has interviews ahead: Separate"):
            decided(team, "hire")
        team.hand_in("Ana", round_name="Separate", levels=4)
        with pytest.raises(InputError, match="Bo and Mia still owe a scorecard of Priya"):
            decided(team, "another_round")

    @ruled_in_python
    def test_who_has_left_holds_up_nobody(self, team: Team) -> None:
        team.hand_in("Ana", levels=4)
        team.hand_in("Mia", levels=4)
        team.cancel("Max", round_name="Separate")
        opened(team)
        team.change("Bo", active=False)
        reconciled(team, "Ana", 3)
        assert decided(team, "hire").outcome == "hire"

    @ruled_in_python
    def test_no_debrief_without_evidence(self, team: Team) -> None:
        with pytest.raises(InputError, match="No scorecard of Priya is submitted yet"):
            opened(team)
        with pytest.raises(NotFound, match="The debrief of Priya is not open yet"):
            all_in(team) and decided(team)


@ruled_in_python
def test_the_agenda_names_splits_thin_evidence_and_doubtful_recommendations(team: Team) -> None:
    for name, level, recommendation in (("Ana", 1, "yes"), ("Bo", 4, "no"), ("Mia", 4, "yes")):
        levels = {"what-ana-asks": level, "what-bo-asks": None, "what-mia-asks": 4}
        team.hand_in(name, levels=levels, recommendation=recommendation)  # type: ignore[arg-type]
    team.cancel("Max", round_name="Separate")
    opened(team)
    assert [(each.kind, each.sentence) for each in view(team).agenda] == [
        ("split", "Ana and Bo are 3 levels apart: What is what-ana-asks?"),
        (
            "left_out",
            "What is what-bo-asks? (Ana did not ask: no time left; Bo did not ask: no time left; "
            "Mia did not ask: no time left)",
        ),
        ("against_own", "Ana recommends “yes” for Panel with a must-have below 3 in their own ratings."),
        ("against_own", "Bo recommends “no” for Panel with a mean of 4.0 in their own ratings."),
    ]
    reconciled(team, "Ana", 3)
    told = [each.sentence for each in view(team).agenda if each.kind == "against_own"]
    assert told[0] == "Ana recommends “yes” for Panel with a must-have below 3 in their own ratings."  # as sealed
    first = view(team).agenda[0]
    assert (first.settled, first.sentence) == (
        True, "Ana and Bo are 3 levels apart; 1 after reconciling: What is what-ana-asks?",
    )  # fmt: skip


@ruled_in_python
def test_moments_and_ids_are_kept_with_every_event(team: Team) -> None:
    all_in(team)
    debrief = opened(team)
    before = now()
    made = reconciled(team, "Ana", 4)
    assert (made.debrief_id, made.made_by, before <= made.made_at <= now()) == (debrief.id, team.people["Ana"].id, True)
    with team.workspace.database.read() as transaction:
        assert scorecards.ratings_of(transaction, made.scorecard_id)["what-ana-asks"].level == 2
        (row,) = transaction.rows("SELECT after_text FROM audit_event WHERE action = 'open_debrief'")
    assert json.loads(row["after_text"])["number"] == 1
