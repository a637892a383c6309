"""Progress beside gold, what makes somebody trained, and linking data for severity."""

from pathlib import Path

import pytest

from panel.actions import calibration, own_exercises, practice, training
from panel.actions.linked_by_practice import linked_by_practice
from panel.actions.tidy_ratings import Chosen
from panel.errors import InputError, Stale
from panel.house import Workspace
from panel.stats.severity import offset_on_shared_targets
from tests.actions.test_blindness import READS
from tests.factories import Team, a_team, audited, outcomes, plain
from tests.practising import KEYS, a_draft, agree, propose, rate, rate_many, write_exercises
from tests.seats import train, with_a_shadow

A, B = "what-ana-asks/a", "what-ana-asks/b"
SUBJECT = "Technical round"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    made = a_team(workspace, tmp_path / "content")
    write_exercises(tmp_path / "content")
    return made


def own(team: Team, name: str) -> practice.OwnProgress:
    return practice.own_progress(team.workspace, by=team.people[name])


def of_trainee(team: Team, reader: str = "Max") -> practice.TrainingProgress:
    (found,) = practice.trainees(team.workspace, by=team.people[reader])
    return found.progress


def declare(team: Team, name: str = "Tom", by: str = "Max") -> None:
    practice.declare_trained(team.workspace, by=team.people[by], person_id=team.people[name].id, subject=SUBJECT)


class TestProgress:
    def test_says_nothing_before_five_exercises(self, team: Team) -> None:
        assert (own(team, "Tom").rated, own(team, "Tom").to_rate) == (0, 12)
        rate_many(team, "Tom", [0, 1])
        found = own(team, "Tom")
        assert (found.rated, found.to_rate, found.against.exact) == (2, 10, None)
        assert found.against.not_estimable == "3 more exercises before this says anything"

    def test_puts_ones_levels_beside_gold(self, team: Team) -> None:
        rate_many(team, "Tom", [0, 1, 2, -1, 2, 0])  # four answers at gold 3, then two at gold 1
        found = own(team, "Tom")
        assert found.against.within_one
        assert found.against.exact
        assert sorted(found.gaps) == [-1, 0, 0, 1, 2, 2]
        assert (found.against.exact.hits, found.against.within_one.hits, found.middle_within) == (2, 4, 4)

    def test_follows_the_gold_that_holds_now(self, team: Team) -> None:
        for name in ("Tom", "Max", "Mia"):
            rate(team, name, B, 4)
        propose(team, "Max", B, 4, seen=1)
        assert own(team, "Tom").gaps == (1,)
        agree(team, "Mia", B, 2)
        assert own(team, "Tom").gaps == (0,)

    def test_leaves_out_exercises_whose_gold_one_set(self, team: Team) -> None:
        for name in ("Max", "Mia"):
            rate(team, name, B, 4)
        propose(team, "Max", B, 4, seen=1)
        agree(team, "Mia", B, 2)
        found = own(team, "Max")
        assert (found.rated, found.set_by_self, found.gaps, found.to_rate) == (1, 1, (), 11)

    def test_is_ones_own_whoever_asks(self, team: Team) -> None:
        rate_many(team, "Tom", [0, 1, 2, -1, 2])
        before = {name: plain(own(team, name)) for name in ("Ana", "Max")}
        rate(team, "Tom", "ana-alone/c", 5)
        assert {name: plain(own(team, name)) for name in ("Ana", "Max")} == before


class TestTraining:
    def test_exercises_within_one_level_count_towards_the_teams_number(self, team: Team) -> None:
        train(team, "Tom", "trainee")
        rate_many(team, "Max", [0] * 7)
        rate_many(team, "Tom", [0, 1, 2, -1, 0])
        assert of_trainee(team).sentence == "4 of 6 within one level"
        with pytest.raises(InputError, match="4 of 6 within one level"):
            declare(team)
        rate_many(team, "Tom", [1, 0], first=5)
        assert own(team, "Tom").trainings[0][1] == of_trainee(team)
        assert of_trainee(team).reached
        declare(team)
        (now_trained,) = training.training_of(team.workspace, by=team.people["Tom"], person_id=team.people["Tom"].id)
        assert (now_trained.state, now_trained.changed_by) == ("trained", team.people["Max"].id)
        *_, (who, action, before, after) = audited(team.workspace, "person", team.people["Tom"].id)
        assert (who, action, before["state"], after["state"]) == (
            team.people["Max"].id, "declare_trained", "trainee", "trained",
        )  # fmt: skip
        assert (after["exercises"], after["exercises_within"], after["needed"]) == (7, 6, 6)
        with pytest.raises(Stale):
            declare(team, by="Mia")
        assert practice.trainees(team.workspace, by=team.people["Max"]) == []

    def test_of_exercises_that_a_manager_has_not_met_no_number_tells_them_anything(self, team: Team) -> None:
        """Tom's only exercise, near gold or far from it, looks to Max as if there were none."""
        train(team, "Tom", "trainee")
        practice.set_need(team.workspace, by=team.people["Max"], subject=SUBJECT, answers=1, seen_version=0)
        nothing = of_trainee(team)
        rate(team, "Tom", A, 1)
        for name in ("Bo", "Mia", "Ada"):
            rate(team, name, A, 5)
        rate(team, "Tom", B, 5)
        assert of_trainee(team) == nothing
        assert (nothing.rated, nothing.within, nothing.reached) == (0, 0, False)
        with pytest.raises(InputError, match="0 of 1 within one level, of the exercises that you have rated too"):
            declare(team)
        assert (own(team, "Tom").trainings[0][1].rated, own(team, "Tom").trainings[0][1].reached) == (2, True)
        rate(team, "Max", B, 3)
        assert (of_trainee(team).rated, of_trainee(team).within) == (1, 0)
        assert (of_trainee(team, "Mia").rated, of_trainee(team, "Mia").within) == (1, 1)
        declare(team, by="Mia")

    def test_exercises_whose_gold_a_manager_set_count_for_them(self, team: Team) -> None:
        train(team, "Tom", "trainee")
        draft = a_draft(team)
        propose(team, "Max", draft.id, 3)
        rate(team, "Mia", draft.id, 3)
        agree(team, "Mia", draft.id, 1)
        rate(team, "Tom", draft.id, 4)
        assert {each: of_trainee(team, each).rated for each in ("Max", "Mia", "Ada")} == {"Max": 1, "Mia": 1, "Ada": 0}

    def test_a_training_can_ask_for_another_number(self, team: Team) -> None:
        train(team, "Tom", "trainee")

        def ask(answers: int, seen: int, by: str = "Max") -> None:
            practice.set_need(
                team.workspace, by=team.people[by], subject="technical ROUND", answers=answers, seen_version=seen
            )

        ask(2, 0)
        with pytest.raises(Stale):
            ask(3, 0, by="Mia")
        for wrong in (0, 51):
            with pytest.raises(InputError):
                ask(wrong, 1)
        assert of_trainee(team).needed == 2
        assert audited(team.workspace, "training", "technical round")[-1][3] == {
            "subject": "technical round", "answers": 2, "version": 1,
        }  # fmt: skip

    def test_interviews_as_a_shadow_count_the_same_way_as_far_as_the_reader_may_see(self, team: Team) -> None:
        train(team, "Tom", "trainee")
        zoe = with_a_shadow(team)
        for name, level in (("Ana", 5), ("Bo", 4), ("Tom", 3)):
            team.hand_in(name, candidate=zoe, levels=level)
        assert {each: of_trainee(team, each).shadowed for each in ("Max", "Mia")} == {"Max": 1, "Mia": 0}
        assert of_trainee(team).shadowed_within == 0  # the median of 4 and 5 is more than one level away
        team.hand_in("Mia", candidate=zoe, levels=4)
        for reader in ("Max", "Mia"):
            found = of_trainee(team, reader)
            assert (found.shadowed, found.shadowed_within, found.within) == (1, 1, 1)

    def test_who_may(self, team: Team) -> None:
        tom = team.people["Tom"].id
        managers = {"Ada": "yes", "Max": "yes"} | dict.fromkeys(("Ana", "Tom", "demoted", "deactivated"), "NotAllowed")
        calls = [
            lambda team, by: practice.trainees(team.workspace, by=by),
            lambda team, by: practice.needs(team.workspace, by=by),
            lambda team, by: practice.linking_ratings(team.workspace, by=by),
        ]
        assert [outcomes(team, call) for call in calls] == [managers] * 3
        found = outcomes(
            team, lambda team, by: practice.declare_trained(team.workspace, by=by, person_id=tom, subject="X")
        )
        assert found == managers | {"Ada": "Stale", "Max": "Stale"}
        assert outcomes(team, lambda team, by: practice.own_progress(team.workspace, by=by))["Tom"] == "yes"


class TestLinkingData:
    def test_holds_exercises_that_the_reader_has_rated(self, team: Team) -> None:
        for name, level in (("Tom", 2), ("Ana", 4), ("Max", 3)):
            rate(team, name, B, level)
        rate(team, "Tom", A, 2)  # Max has not rated this one
        found = practice.linking_ratings(team.workspace, by=team.people["Max"])
        assert tuple(found.columns) == practice.LINKING
        rows = sorted(found[["target", "name", "item", "score", "levels", "source"]].to_numpy().tolist())
        assert rows == [
            [f"exercise:{B}", name, "exercise:what-ana-asks", score, 5, "exercise"]
            for name, score in (("Ana", 4.0), ("Max", 3.0), ("Tom", 2.0))
        ]
        assert practice.linking_ratings(team.workspace, by=team.people["Mia"]).empty

    def test_holds_shadows_where_blindness_lets_the_reader(self, team: Team) -> None:
        zoe = with_a_shadow(team)
        team.hand_in("Tom", candidate=zoe, levels=3)
        found = practice.linking_ratings(team.workspace, by=team.people["Max"])
        assert (set(found["source"]), set(found["name"]), set(found["target"]), len(found)) == (
            {"shadow"}, {"Tom"}, {zoe.id}, 3,
        )  # fmt: skip
        assert practice.linking_ratings(team.workspace, by=team.people["Mia"]).empty  # she owes her own

    def test_can_be_put_beside_the_ratings_of_candidates_as_it_is(self, team: Team) -> None:
        for name, level in (("Ana", 4), ("Bo", 2), ("Max", 3)):
            for key in KEYS:
                rate(team, name, f"{key}/b", level)
        found = practice.linking_ratings(team.workspace, by=team.people["Max"])
        offsets = offset_on_shared_targets(found, by_item=True)
        by_name = dict(zip(found["rater"], found["name"], strict=True))
        estimates = {by_name[str(each.rater)]: each.estimate for each in offsets.offsets}
        assert estimates == {"Ana": -1.5, "Bo": 1.5, "Max": 0.0}

    def test_enters_no_score_and_no_dashboard_by_itself(self, team: Team) -> None:
        for number, name in enumerate(("Ana", "Bo", "Mia")):
            team.hand_in(name, levels=2 + number)

        def said() -> str:
            names = ("compare.compare", "calibration.team_calibration", "plan_worth.planned_ratings", "bank.exposures")
            return str(plain([READS[each](team, team.people["Max"]) for each in names]))

        before = said()
        for name in ("Ana", "Bo", "Max"):
            rate_many(team, name, [0, 1, 2])
        assert said() == before

    def test_leaves_out_what_was_withdrawn(self, team: Team) -> None:
        rate(team, "Max", B, 3)
        own_exercises.withdraw(team.workspace, by=team.people["Max"], exercise_id=B, seen_version=1)
        assert practice.linking_ratings(team.workspace, by=team.people["Max"]).empty

    def test_links_interviewers_who_share_no_candidate_and_changes_nothing_else(self, team: Team) -> None:
        """Ana and Bo rate Priya, Mia rates Zoe alone; an exercise shows Mia two levels harsher than both."""
        zoe = team.add_candidate("Zoe")
        for name in ("Ana", "Bo"):
            team.hand_in(name, levels=4)
        team.hand_in("Mia", candidate=zoe, levels=2)
        for key in KEYS[:2]:
            for name, level in (("Ana", 4), ("Bo", 4), ("Mia", 2), ("Max", 3)):
                rate(team, name, f"{key}/b", level)
        by = team.people["Max"]
        before = plain(calibration.team_calibration(team.workspace, by=by))
        found = linked_by_practice(team.workspace, by=by, chosen=Chosen(), sitting="panel")
        severity = {found.names[str(each.rater)]: each.severity.estimate for each in found.severity.raters}
        assert (found.exercises, found.shadowed, len(found.severity.groups)) == (8, 0, 1)
        assert severity == pytest.approx({"Ana": -0.75, "Bo": -0.75, "Max": 0.25, "Mia": 1.25})
        assert plain(calibration.team_calibration(team.workspace, by=by)) == before
