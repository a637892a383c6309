"""Calibration exercises: blind until one's own rating, rated once, and gold only by two leads.

Max and Mia are managers, Ada administrator; Ana, Bo and Tom are interviewers.
"""

from pathlib import Path
from typing import Any

import pytest

from panel.actions import exercises, gold, own_exercises, practice
from panel.errors import InputError, NotAllowed, NotFound, Sealed, Stale
from panel.house import Workspace
from tests.factories import Team, a_team, audited, outcomes
from tests.practising import (
    KEYS,
    SECRET,
    a_draft,
    agree,
    given,
    propose,
    rate,
    view,
    write_exercises,
)

A, B, C = (f"what-ana-asks/{each}" for each in "abc")


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    made = a_team(workspace, tmp_path / "content")
    write_exercises(tmp_path / "content")
    return made


def everything_read(team: Team, name: str) -> dict[str, Any]:
    """All that practice gives a person to read."""
    how = {"workspace": team.workspace, "by": team.people[name]}
    reads = {
        "list": lambda: exercises.exercises(**how),
        "problems": lambda: exercises.file_problems(**how),
        "progress": lambda: practice.own_progress(**how),
        "trainees": lambda: practice.trainees(**how),
        "linking": lambda: practice.linking_ratings(**how),
    }
    found = {key: given(read) for key, read in reads.items()}
    known = [*(f"{key}/{answer}" for key in KEYS for answer in "abc")]
    return found | {each: given(lambda each=each: view(team, name, each)) for each in known}


class TestBlindness:
    def test_before_ones_own_rating_nothing_of_gold_or_of_others_reaches_anybody(self, team: Team) -> None:
        before = {name: everything_read(team, name) for name in ("Tom", "Max", "Ada")}
        assert SECRET not in str(before)
        for name, level in (("Ana", 1), ("Bo", 2), ("Mia", 5)):
            rate(team, name, A, level, note=f"note of {name}")
        propose(team, "Mia", A, 4, seen=1, reasoning="another reasoning")
        after = {name: everything_read(team, name) for name in ("Tom", "Max", "Ada")}
        for each in before.values():  # the first rating stores the exercise, which changes no more than its version
            each[A]["version"] = "1"
        assert after == before

    def test_gold_changed_in_the_file_changes_nothing_that_somebody_reads_before_rating(self, team: Team) -> None:
        before = {name: everything_read(team, name) for name in ("Tom", "Max")}
        write_exercises(team.workspace.settings.content, golds=(2, 3, 4))
        assert {name: everything_read(team, name) for name in ("Tom", "Max")} == before

    def test_after_rating_one_exercise_the_others_stay_closed(self, team: Team) -> None:
        rate(team, "Tom", A, 2)
        found = everything_read(team, "Tom")
        assert f"{SECRET} {A}" in str(found[A])
        del found[A]
        assert SECRET not in str(found)
        lines = {each.id: each for each in exercises.exercises(team.workspace, by=team.people["Tom"])}
        assert {key for key, each in lines.items() if each.gold is not None} == {A}
        assert (lines[A].own, lines[A].gold) == (2, 1)

    def test_a_list_says_nothing_by_its_order_or_its_titles(self, team: Team) -> None:
        ids = [each.id for each in exercises.exercises(team.workspace, by=team.people["Tom"])]
        write_exercises(team.workspace.settings.content, golds=(2, 3, 4))
        lines = exercises.exercises(team.workspace, by=team.people["Tom"])
        assert [each.id for each in lines] == ids
        assert sorted(each.title for each in lines if each.id.startswith("what-ana-asks/")) == [
            "About what-ana-asks, answer 1", "About what-ana-asks, answer 2", "About what-ana-asks, answer 3",
        ]  # fmt: skip

    def test_the_spread_has_no_names_and_shows_from_three_ratings_on(self, team: Team) -> None:
        for name, level in (("Ana", 1), ("Bo", 2)):
            rate(team, name, A, level, note=f"note of {name}")
            found = view(team, name, A)
            assert found.after
            assert found.after.spread is None
        rate(team, "Tom", A, 2)
        found = view(team, "Tom", A)
        assert found.after
        assert found.after.spread == {1: 1, 2: 2}
        assert "note of" not in str(found)
        assert team.people["Ana"].id not in str(found)

    def test_interviewers_never_see_drafts_proposals_or_history(self, team: Team) -> None:
        draft = a_draft(team)
        propose(team, "Max", draft.id, 3)
        rate(team, "Mia", A, 1)
        propose(team, "Mia", A, 2, seen=1, reasoning="not agreed")
        rate(team, "Tom", A, 2)
        found = view(team, "Tom", A)
        assert found.after
        assert (found.after.waiting, found.after.history) == (None, ())
        assert "not agreed" not in str(everything_read(team, "Tom"))
        assert draft.id not in str(exercises.exercises(team.workspace, by=team.people["Tom"]))
        with pytest.raises(NotFound):
            view(team, "Tom", draft.id)
        with pytest.raises(NotFound):
            rate(team, "Tom", draft.id, 3)


class TestRating:
    def test_is_sealed_at_once_and_made_once_whatever_the_second_tab_says(self, team: Team) -> None:
        rate(team, "Tom", B, 4, note="first")
        with pytest.raises(Sealed, match="perhaps in another tab"):
            rate(team, "Tom", B, 3, note="second")
        found = view(team, "Tom", B).own
        assert found
        assert (found.level, found.note) == (4, "first")
        assert audited(team.workspace, "exercise", B) == [
            (team.people["Tom"].id, "rate_exercise", None, {"level": 4, "note": "first"})
        ]

    @pytest.mark.parametrize("level", [1, 5])
    @pytest.mark.parametrize("note", ["", "  ", "+ 12:03 !"])
    def test_the_ends_need_evidence_in_words(self, team: Team, level: int, note: str) -> None:
        with pytest.raises(InputError, match="needs evidence"):
            rate(team, "Tom", B, level, note)
        rate(team, "Tom", B, 3, "")

    @pytest.mark.parametrize("level", [0, 6, -1])
    def test_refuses_levels_off_the_scale(self, team: Team, level: int) -> None:
        with pytest.raises(InputError, match="from 1 to 5"):
            rate(team, "Tom", B, level)

    def test_refuses_a_note_too_long_and_what_does_not_exist(self, team: Team) -> None:
        with pytest.raises(InputError, match="below 2,000"):
            rate(team, "Tom", B, 3, "x" * 2001)
        for unknown in ("", "what-ana-asks", "what-ana-asks/d", "../a"):
            with pytest.raises(NotFound):
                rate(team, "Tom", unknown, 3)

    def test_hostile_text_is_kept_as_text(self, team: Team) -> None:
        note = "<script>alert(1)</script> =1+1 '; DROP TABLE exercise_rating; --"
        rate(team, "Tom", B, 3, note)
        found = view(team, "Tom", B).own
        assert found
        assert found.note == note

    def test_a_text_stays_as_it_was_first_rated(self, team: Team) -> None:
        rate(team, "Tom", A, 2)
        folder = team.workspace.settings.content / "exercises"
        for file in folder.glob("*.toml"):
            file.write_text(file.read_text().replace("What was said", "Quite another answer"))
        assert view(team, "Ana", A).exercise.text == "What was said, a."
        assert view(team, "Ana", B).exercise.text == "Quite another answer, b."
        for file in folder.glob("*.toml"):
            file.unlink()
        assert [each.id for each in exercises.exercises(team.workspace, by=team.people["Ana"])] == [A]

    def test_everybody_active_may(self, team: Team) -> None:
        assert outcomes(team, lambda team, by: exercises.rate(
            team.workspace, by=by, exercise_id=B, level=3, note=""
        )) == {
            "Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "yes", "demoted": "yes", "deactivated": "NotAllowed",
        }  # fmt: skip


class TestGold:
    def test_the_authors_gold_holds_until_two_leads_agree_to_another(self, team: Team) -> None:
        for name in ("Max", "Mia", "Tom"):
            rate(team, name, A, 2)
        propose(team, "Max", A, 2, seen=1, reasoning="We heard more.")

        def shown(name: str) -> tuple[int, str, str]:
            after = view(team, name, A).after
            assert after
            assert after.gold
            return after.gold.gold.level, after.gold.proposed_by, after.gold.agreed_by

        assert {each: shown(each) for each in ("Max", "Mia", "Tom")} == dict.fromkeys(
            ("Max", "Mia", "Tom"), (1, "", "")
        )
        agree(team, "Mia", A, 2)
        assert {each: shown(each) for each in ("Max", "Mia", "Tom")} == dict.fromkeys(
            ("Max", "Mia", "Tom"), (2, "Max", "Mia")
        )
        after = view(team, "Max", A).after
        assert after
        assert [each.gold.level for each in after.history] == [2, 1]
        actions = [(who, action) for who, action, *_ in audited(team.workspace, "exercise", A)]
        assert actions[-2:] == [(team.people["Max"].id, "propose_gold"), (team.people["Mia"].id, "agree_to_gold")]

    def test_nobody_agrees_to_their_own_proposal(self, team: Team) -> None:
        rate(team, "Max", A, 2)
        propose(team, "Max", A, 2, seen=1)
        with pytest.raises(NotAllowed, match="Another lead"):
            agree(team, "Max", A, 2)

    def test_a_lead_who_has_not_rated_neither_agrees_nor_proposes(self, team: Team) -> None:
        rate(team, "Max", A, 2)
        propose(team, "Max", A, 2, seen=1)
        with pytest.raises(NotAllowed, match="Rate this exercise yourself first"):
            agree(team, "Mia", A, 2)
        with pytest.raises(NotAllowed, match="Rate this exercise yourself first"):
            propose(team, "Mia", A, 3, seen=2)

    def test_whoever_set_a_gold_is_not_blind_any_more_and_cannot_rate(self, team: Team) -> None:
        draft = a_draft(team)
        propose(team, "Max", draft.id, 3)
        with pytest.raises(NotAllowed, match="could not be blind"):
            rate(team, "Max", draft.id, 3)

    def test_a_stale_tab_agrees_to_nothing_newer(self, team: Team) -> None:
        for name in ("Max", "Mia", "Ada"):
            rate(team, name, A, 2)
        propose(team, "Max", A, 2, seen=1)
        with pytest.raises(Stale):
            propose(team, "Mia", A, 3, seen=1)
        propose(team, "Mia", A, 3, seen=2)
        with pytest.raises(Stale):
            agree(team, "Ada", A, 2)
        agree(team, "Ada", A, 3)
        with pytest.raises(Stale):
            agree(team, "Max", A, 3)

    @pytest.mark.parametrize(
        "changes", [{"level": 0}, {"level": 6}, {"neighbour": 5}, {"neighbour": 3}, {"reasoning": " "},
                    {"reasoning": "x" * 1001}, {"reasoning": "a\x00b"}],
    )  # fmt: skip
    def test_refuses_what_cannot_be_a_gold(self, team: Team, changes: dict[str, Any]) -> None:
        rate(team, "Max", A, 2)
        facts: dict[str, Any] = {"level": 3, "neighbour": 2, "reasoning": "said", "decides": ""}
        with pytest.raises(InputError):
            gold.propose(
                team.workspace, by=team.people["Max"], exercise_id=A, seen_number=1, **(facts | changes)
            )  # fmt: skip

    def test_only_leads_set_gold(self, team: Team) -> None:
        for call in (
            lambda team, by: gold.propose(
                team.workspace, by=by, exercise_id=A, seen_number=1, level=2, reasoning="r", decides=""
            ),
            lambda team, by: gold.agree(team.workspace, by=by, exercise_id=A, number=1),
        ):
            found = outcomes(team, call)
            assert {each: found[each] for each in ("Ana", "Tom", "demoted", "deactivated")} == dict.fromkeys(
                ("Ana", "Tom", "demoted", "deactivated"), "NotAllowed"
            )


class TestOwnExercises:
    def test_a_draft_opens_when_a_second_lead_has_rated_it_and_agrees(self, team: Team) -> None:
        draft = a_draft(team)
        with pytest.raises(NotAllowed, match="still being written"):
            rate(team, "Mia", draft.id, 3)
        propose(team, "Max", draft.id, 4)
        assert view(team, "Mia", draft.id).after is None
        rate(team, "Mia", draft.id, 3)
        after = view(team, "Mia", draft.id).after
        assert after
        assert after.waiting
        assert (after.gold, after.waiting.gold.level, after.waiting.proposed_by) == (None, 4, "Max")
        agree(team, "Mia", draft.id, 1)
        rate(team, "Tom", draft.id, 4)
        found = view(team, "Tom", draft.id)
        assert found.after
        assert found.after.gold
        assert (found.state, found.after.gold.gold.level, found.after.gold.agreed_by) == ("open", 4, "Mia")

    def test_leads_who_differ_go_on_until_two_agree(self, team: Team) -> None:
        draft = a_draft(team)
        propose(team, "Max", draft.id, 4)
        rate(team, "Mia", draft.id, 2)
        propose(team, "Mia", draft.id, 2, seen=1)
        agree(team, "Max", draft.id, 2)
        after = view(team, "Max", draft.id).after
        assert after
        assert after.gold
        assert (after.gold.gold.level, after.gold.proposed_by, after.gold.agreed_by) == (2, "Mia", "Max")

    def test_a_text_changes_only_until_a_gold_is_proposed_and_only_from_what_was_seen(self, team: Team) -> None:
        draft = a_draft(team)

        def change(seen: int) -> None:
            own_exercises.change_exercise(
                team.workspace,
                by=team.people["Mia"],
                exercise_id=draft.id,
                seen_version=seen,
                title="New",
                text="Newer.",
            )

        change(1)
        with pytest.raises(Stale):
            change(1)
        assert view(team, "Max", draft.id).exercise.text == "Newer."
        propose(team, "Max", draft.id, 4)
        with pytest.raises(NotAllowed, match="stays as it is"):
            change(2)

    def test_one_that_is_withdrawn_is_seen_by_leads_only_and_counts_in_no_progress(self, team: Team) -> None:
        rate(team, "Tom", A, 1)
        assert practice.own_progress(team.workspace, by=team.people["Tom"]).rated == 1
        own_exercises.withdraw(team.workspace, by=team.people["Max"], exercise_id=A, seen_version=1)
        with pytest.raises(Stale):
            own_exercises.withdraw(team.workspace, by=team.people["Mia"], exercise_id=A, seen_version=1)
        assert practice.own_progress(team.workspace, by=team.people["Tom"]).rated == 0
        with pytest.raises(NotFound):
            view(team, "Ana", A)
        with pytest.raises(NotAllowed, match="taken out of practice"):
            rate(team, "Max", A, 1)
        own_exercises.bring_back(team.workspace, by=team.people["Max"], exercise_id=A, seen_version=2)
        assert practice.own_progress(team.workspace, by=team.people["Tom"]).rated == 1

    def test_warns_of_names_of_candidates_and_colleagues(self, team: Team) -> None:
        def warned(text: str) -> tuple[str, ...]:
            return own_exercises.name_warnings(team.workspace, by=team.people["Max"], text=text)

        assert warned("Then Priya and Bo said so, see www.priya.example.") == ("www.priya.example", "Priya")
        assert warned("Nothing that tells who spoke.") == ()

    def test_refuses_what_is_not_in_the_bank_or_has_no_text(self, team: Team) -> None:
        facts = {"title": "T", "question_key": "what-ana-asks", "rubric_key": "technical-depth", "text": "Said."}
        for changes, kind in (
            ({"question_key": "no-such"}, NotFound), ({"rubric_key": "no-such"}, NotFound),
            ({"text": "  "}, InputError), ({"text": "\u202ereversed"}, InputError), ({"title": ""}, InputError),
            ({"title": "two\nlines"}, InputError),
        ):  # fmt: skip
            with pytest.raises(kind):
                own_exercises.add_exercise(team.workspace, by=team.people["Max"], **(facts | changes))

    def test_only_leads_write_them(self, team: Team) -> None:
        found = outcomes(team, lambda team, by: own_exercises.add_exercise(
            team.workspace, by=by, title="T", question_key="what-ana-asks", rubric_key="technical-depth", text="Said."
        ))  # fmt: skip
        assert found == {
            "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
            "deactivated": "NotAllowed",
        }  # fmt: skip


def test_a_file_that_cannot_be_read_is_named_to_leads_and_hides_no_other(team: Team) -> None:
    folder = team.workspace.settings.content / "exercises"
    (folder / "broken.toml").write_text("key = ")
    (folder / "ana-alone.toml").write_text((folder / "ana-alone.toml").read_text().replace("gold = 1", "gold = 9"))
    problems = exercises.file_problems(team.workspace, by=team.people["Max"])
    assert [each.partition(":")[0] for each in problems] == ["exercises/ana-alone.toml", "exercises/broken.toml"]
    assert exercises.file_problems(team.workspace, by=team.people["Tom"]) == ()
    assert len(exercises.exercises(team.workspace, by=team.people["Tom"])) == 9
