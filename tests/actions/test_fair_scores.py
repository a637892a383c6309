"""The table behind fair scores, and what fair scores say of candidates: bands, must-haves, what if."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from panel.actions import compare, fair_comparison, fair_scores
from panel.actions.compare import Compared, Profile
from panel.actions.fair_comparison import Apart, Change, Fair, MustHaves, Reversal, Standing
from panel.domain.candidates import Candidate
from panel.domain.scores import score_candidate
from panel.errors import NotFound
from panel.house import Workspace
from panel.stats.composites import fair_parts
from panel.stats.fair_parts import Composite, FairParts
from tests.factories import Call, Team, a_team, outcomes, seen, taking_a_person

PLANNED = {"Technical depth": 1.0, "Explanation": 1.0}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


class TestTheTable:
    def test_it_holds_every_level_with_what_it_measures_on_the_scale_1_to_5(self, team: Team) -> None:
        team.hand_in("Ana", levels={"what-ana-asks": 4, "what-bo-asks": 2, "what-mia-asks": None})
        team.hand_in("Bo", levels=5, round_name="Separate")
        table = fair_scores.fair_table(team.workspace, by=team.people["Max"], role_id=team.role_id)
        priya, ana, bo = team.candidate.id, team.people["Ana"].id, team.people["Bo"].id
        panel, separate = team.round_id(), team.round_id("Separate")
        rows = sorted(table.long.itertuples(index=False, name=None))
        assert rows == sorted([
            (priya, ana, f"{panel}:what-ana-asks:Technical depth", "Technical depth", 4.0),
            (priya, ana, f"{panel}:what-bo-asks:Explanation", "Explanation", 2.0),
            (priya, bo, f"{separate}:bo-alone:Technical depth", "Technical depth", 5.0),
        ])  # fmt: skip
        assert table.names == {ana: "Ana", bo: "Bo"}

    def test_its_key_changes_with_a_submission_and_with_nothing_else(self, team: Team) -> None:
        def key() -> object:
            return fair_scores.fair_table(team.workspace, by=team.people["Max"], role_id=team.role_id).key

        first = key()
        team.fill("Ana")
        assert key() == first
        team.submit("Ana")
        assert key() != first

    def test_a_role_that_is_not_there_is_not_found(self, team: Team) -> None:
        with pytest.raises(NotFound, match="This role does not exist"):
            fair_scores.fair_table(team.workspace, by=team.people["Max"], role_id="nothing")

    READERS = {  # noqa: RUF012  # a table of the test
        "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
        "deactivated": "NotAllowed",
    }  # fmt: skip

    def test_only_those_who_manage_hiring_get_it(self, team: Team) -> None:
        call: Call = lambda team, by: fair_scores.fair_table(team.workspace, by=by, role_id=team.role_id)  # noqa: E731
        assert taking_a_person(fair_scores) == {"fair_table"}
        assert outcomes(team, call) == self.READERS


class TestWhatStandsBehind:
    def test_named_candidates_alone_are_read(self, team: Team) -> None:
        zoe = team.add_candidate("Zoe")
        team.hand_in("Ana", candidate=zoe, levels=4)
        team.hand_in("Ana", levels=2)
        found = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id, candidate_ids=[zoe.id])
        assert [(each.candidate.name, each.score.score) for each in found.candidates] == [("Zoe", 4.0)]
        nobody = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id, candidate_ids=[])
        assert nobody.candidates == ()

    def test_questions_asked_of_those_planned_and_the_plan_version(self, team: Team) -> None:
        team.hand_in("Ana", levels={"what-ana-asks": 4, "what-bo-asks": 2})
        (priya,) = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id).candidates
        assert priya.profile == Profile(
            PLANNED, ("Technical depth",), ("Onsite, version 1",), planned=6, asked=2, question_weights=False
        )

    def test_rounds_that_the_reader_owes_are_told_from_those_that_wait_for_others(self, team: Team) -> None:
        team.hand_in("Bo")
        (one,) = compare.compare(team.workspace, by=team.people["Mia"], role_id=team.role_id).candidates
        assert (one.withheld_rounds, one.owed_rounds) == (2, 2)
        team.hand_in("Mia")
        (one,) = compare.compare(team.workspace, by=team.people["Mia"], role_id=team.role_id).candidates
        assert (one.withheld_rounds, one.owed_rounds) == (1, 1)

    def test_everybody_of_the_role_can_be_chosen_by_name_with_their_progress(self, team: Team) -> None:
        zoe = team.add_candidate("Zoe")
        team.hand_in("Ana", candidate=zoe)
        found = compare.choosable(team.workspace, by=team.people["Mia"], role_id=team.role_id)
        assert [(each.name, each.scorecards, each.submitted) for each in found] == [("Priya", 6, 0), ("Zoe", 6, 1)]


# ---- what fair scores say, from a fit -----------------------------------------------------------------------------


def someone(name: str, *levels: tuple[str, int], must: tuple[str, ...] = ("Technical depth",)) -> Compared:
    """Rated on competencies with levels; the id is the name."""
    observed = tuple(
        seen(level, competency=competency, question_key=f"q{place}") for place, (competency, level) in enumerate(levels)
    )
    return Compared(
        Candidate(id=name, name=name, email="", role_id="r"), score_candidate(observed, PLANNED), observed, (), 1, 1, 0,
        profile=Profile(PLANNED, must),
    )  # fmt: skip


def a_fit(table: pd.DataFrame) -> FairParts:
    return fair_parts(table, list(table["target"].unique()))


def ratings(severe: dict[str, float] | None = None, *, seed: int = 2) -> pd.DataFrame:
    """Twelve candidates, three of six interviewers each, two competencies of two questions."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(12):
        true = 2 + 2 * number / 11
        for rater in random.choice(6, 3, replace=False):
            for item, part in enumerate(["Technical depth", "Technical depth", "Explanation", "Explanation"]):
                noise = random.normal(0, 0.4) - (severe or {}).get(f"R{rater}", 0)
                rows.append((f"C{number:02d}", f"R{rater}", f"i{item}", part, true + noise))
    return pd.DataFrame(rows, columns=["target", "rater", "item", "part", "score"])


def of_table(table: pd.DataFrame) -> list[Compared]:
    return [
        someone(
            str(name),
            *[(part, min(max(round(score), 1), 5)) for part, score in zip(rows["part"], rows["score"], strict=True)],
        )
        for name, rows in table.groupby("target")
    ]


class TestStanding:
    def test_bands_are_in_order_and_names_within_them(self) -> None:
        table = ratings()
        chosen = of_table(table)
        found = fair_comparison.standing(a_fit(table), chosen, fair_comparison.as_planned(chosen))
        assert found
        (group,) = found.groups
        assert [sorted(band) for band in group] == [list(band) for band in group]
        assert sorted(each for band in group for each in band) == [f"C{number:02d}" for number in range(12)]
        assert {"C11"} <= set(group[0])
        assert {"C00"} <= set(group[-1])
        assert len(group) > 2

    def test_without_a_model_nobody_stands_anywhere_but_groups_are_known(self) -> None:
        table = ratings()[lambda rows: rows["target"] < "C03"]
        chosen = of_table(table)
        fair = a_fit(table)
        assert fair.not_estimable
        assert fair_comparison.standing(fair, chosen, fair_comparison.as_planned(chosen)) is None
        assert fair_comparison.comparable(fair, [*chosen, someone("new")]) == (("C00", "C01", "C02"),)

    def test_candidates_of_disconnected_panels_stand_apart_with_the_reason(self) -> None:
        table = ratings()
        late = table["target"] >= "C08"
        table["rater"] = np.where(late, "X" + table["rater"], table["rater"])
        table["item"] = np.where(late & (table["part"] == "Explanation"), "other " + table["item"], table["item"])
        chosen = of_table(table)
        found = fair_comparison.standing(a_fit(table), chosen, fair_comparison.as_planned(chosen))
        assert found
        first, second = ([each for band in group for each in band] for group in found.groups)
        assert (len(first), len(second)) == (8, 4)
        assert fair_comparison.apart(table, first, second) == Apart(0, shared_questions=2, questions=6)


class TestMustHaves:
    PART = Composite(("low", "near", "high"), np.array([2.0, 2.8, 4.0]), np.diag([0.04, 0.04, 0.04]))

    @pytest.mark.parametrize(
        ("who", "expected"),
        [("low", MustHaves((), ("Technical depth",), ())), ("near", MustHaves((), (), ("Technical depth",))),
         ("high", MustHaves((), (), ()))],
    )  # fmt: skip
    def test_a_must_have_is_below_where_its_whole_interval_is(self, who: str, expected: MustHaves) -> None:
        found = fair_comparison.must_haves({"Technical depth": self.PART}, someone(who, ("Technical depth", 3)))
        assert found == expected
        assert found.met == (who == "high")

    def test_without_fair_averages_the_raw_mean_is_judged_and_only_may_be_below(self) -> None:
        found = fair_comparison.must_haves({}, someone("one", ("Technical depth", 2)))
        assert found == MustHaves((), (), ("Technical depth",))

    def test_what_nobody_assessed_is_named_and_what_is_nice_to_have_is_not(self) -> None:
        assert fair_comparison.must_haves({}, someone("one", ("Explanation", 1))) == MustHaves(
            ("Technical depth",), (), ()
        )


def standing(values: dict[str, float], *bands: str) -> Standing:
    composite = Composite(tuple(values), np.array(list(values.values())), 0.01 * np.eye(len(values)))
    return Standing(composite, (tuple(tuple(band) for band in bands),))


class TestWhatIf:
    def test_a_pair_whose_order_turns_is_told_with_both_gaps(self) -> None:
        chosen = [someone("a", ("Technical depth", 4)), someone("b", ("Technical depth", 3)), someone("c")]
        turned = fair_comparison.reversals(chosen, standing({"a": 3.2, "b": 3.6, "c": 3.0}, "abc"))
        assert turned == [Reversal("a", "b", 1.0, pytest.approx(0.4))]
        assert fair_comparison.reversals(chosen, standing({"a": 3.6, "b": 3.58}, "ab")) == []

    def test_who_moves_and_how_many_pairs_turn(self) -> None:
        before = standing({"a": 4.0, "b": 3.5, "c": 2.0, "d": 1.9}, "ab", "cd")
        after = standing({"a": 3.0, "b": 3.5, "c": 3.4}, "bc", "a")
        assert fair_comparison.change(before, after) == Change(
            moved=(("a", -1), ("c", 1)), gone=("d",), parted=False, turned=2, pairs=3
        )
        same = fair_comparison.change(before, before)
        assert (same.holds, same.turned, same.pairs) == (True, 0, 6)

    def test_weights_as_planned_all_equal_and_of_must_haves_alone(self) -> None:
        one = someone("a", ("Technical depth", 3))
        one = replace(one, profile=Profile({"Technical depth": 2.0, "Explanation": 1.0}, ("Technical depth",)))
        assert fair_comparison.as_planned([one]) == {"a": {"Technical depth": 2.0, "Explanation": 1.0}}
        assert fair_comparison.all_equal([one]) == {"a": {"Technical depth": 1.0, "Explanation": 1.0}}
        assert fair_comparison.only_must_haves([one]) == {"a": {"Technical depth": 2.0}}

    def test_raw_means_without_one_interviewer(self) -> None:
        observed = (seen(4, person_id="ana"), seen(1, person_id="bo", question_key="q"))
        one = replace(someone("a"), observed=observed)
        kept = fair_comparison.raw_means([one], lambda person: person != "bo", fair_comparison.as_planned([one]))
        nobody = fair_comparison.raw_means([one], lambda _: False, fair_comparison.as_planned([one]))
        assert (kept, nobody) == ({"a": 4.0}, {"a": None})

    def test_a_harsh_interviewer_is_taken_out_of_the_fair_order(self) -> None:
        """C05 and C06 are alike; only C05 met the interviewer who rates two levels lower."""
        table = ratings({"R0": 1.6})
        fair, chosen = a_fit(table), of_table(table)
        composite = fair.composite(fair_comparison.as_planned(chosen))
        true = {f"C{number:02d}": 2 + 2 * number / 11 for number in range(12)}
        raw = table.groupby("target")["score"].mean()
        error = {kind: np.std([value(each) - true[each] for each in true]) for kind, value in
                 {"raw": raw.get, "fair": composite.of}.items()}  # fmt: skip
        assert error["fair"] < 0.6 * error["raw"]


def test_a_fair_average_is_none_for_whoever_was_not_assessed() -> None:
    assert fair_comparison.fair_of(TestMustHaves.PART, "nobody") is None
    assert fair_comparison.fair_of(None, "low") is None
    assert fair_comparison.fair_of(TestMustHaves.PART, "low") == Fair(2.0, *TestMustHaves.PART.interval("low"))
