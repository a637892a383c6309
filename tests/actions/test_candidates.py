"""Candidates and their interviews, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import candidates, plan_rounds, plans, scheduling
from panel.domain.candidates import Candidate, Interview
from panel.errors import InputError, NotAllowed, NotFound, PanelError, Stale
from panel.house import Workspace
from panel.store import scorecards as stored_scorecards
from tests.factories import MONDAY, Call, Team, a_team, audited, outcomes, published, taking_a_person

HOSTILE = '\'; DROP TABLE candidate; -- "x" <script>alert(1)</script> =cmd() %s ? \\ 🧪'


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def present(team: Team) -> list[Candidate]:
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    return [each.candidate for each in views]


def add(team: Team, name: str = "Zoe", **changes: str) -> Candidate:
    return candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name=name, **changes)


def paste(team: Team, text: str) -> tuple[int, list[str]]:
    return candidates.add_pasted(team.workspace, by=team.people["Max"], role_id=team.role_id, text=text)


def schedule(team: Team, candidate: Candidate, *rounds: str) -> list[Interview]:
    return scheduling.schedule(
        team.workspace, by=team.people["Max"], candidate_id=candidate.id, plan_id=team.plan_id,
        starts={team.round_id(each): MONDAY for each in rounds},
    )  # fmt: skip


class TestAdding:
    def test_a_candidate_is_added_by_hand(self, team: Team) -> None:
        zoe = add(team, " Zoe ", email=" Zoe@Example.org ", about=f" {HOSTILE} ")
        assert zoe == Candidate(
            id=zoe.id, name="Zoe", email="zoe@example.org", role_id=team.role_id, about=HOSTILE, version=1
        )
        assert present(team) == [team.candidate, zoe]
        assert audited(team.workspace, "candidate", zoe.id) == [
            (team.people["Max"].id, "add_candidate", None, zoe.model_dump())
        ]

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": " "}, "Enter the candidate's name, at most 120 characters, without control characters."),
            ({"name": "a\x00b"}, "Enter the candidate's name, at most 120 characters, without control characters."),
            ({"email": "zoe"}, "zoe is not an email address."),
            ({"email": "PRIYA@example.org"}, "Priya already has this email address for this role."),
            ({"about": "x" * 2001}, "Keep the remark under 2,000 characters, without control characters."),
            ({"about": "a\x00b"}, "Keep the remark under 2,000 characters, without control characters."),
            ({"email": "a\x00b@example.org"}, "The email address is too long or holds a control character."),
        ],
    )
    def test_what_cannot_be_used_is_refused(self, team: Team, changes: dict[str, str], sentence: str) -> None:
        with pytest.raises(InputError) as refusal:
            add(team, **{"name": "Zoe"} | changes)
        assert str(refusal.value) == sentence
        assert present(team) == [team.candidate]

    def test_a_pasted_table_adds_what_it_can_and_names_what_it_cannot(self, team: Team) -> None:
        text = (
            "Name;Email;Remark\n"
            "Zoe;zoe@example.org;referred by Tom\n"
            "=cmd()|calc;;<script>alert(1)</script>\n"
            "Priya again;PRIYA@example.org;\n"
            "Priya;;\n"
            "Yan;not an address;\n"
            "Zoe;zoe@example.org;\n"
            "Zora;zoe@example.org;\n"
        )
        assert paste(team, text) == (
            2,
            [
                "Line 6: not an address is not an email address.",
                "Line 7: Zoe stands here twice; the second is left out.",
                "Priya again is already a candidate for this role; left out.",
                "Priya is already a candidate for this role; left out.",
                "Zora is already a candidate for this role; left out.",
            ],
        )
        assert [(each.name, each.email, each.about) for each in present(team)] == [
            ("=cmd()|calc", "", "<script>alert(1)</script>"),
            ("Priya", "priya@example.org", ""),
            ("Zoe", "zoe@example.org", "referred by Tom"),
        ]
        assert all(len(audited(team.workspace, "candidate", each.id)) >= 1 for each in present(team))

    def test_pasting_twice_adds_nothing_the_second_time(self, team: Team) -> None:
        text = "Zoe,zoe@example.org\nYan,\n"
        assert paste(team, text) == (2, [])
        added, problems = paste(team, text)
        assert (added, len(problems), len(present(team))) == (0, 2, 3)

    def test_what_would_be_added_is_shown_before_anything_is_written(self, team: Team) -> None:
        shown = candidates.check_pasted("Zoe,zoe@example.org\n")
        assert ([each.name for each in shown.candidates], shown.problems) == (["Zoe"], ())
        assert present(team) == [team.candidate]

    def test_of_two_changes_of_a_candidate_the_second_is_told(self, team: Team) -> None:
        change = {"by": team.people["Max"], "candidate_id": team.candidate.id, "seen_version": 1}
        candidates.change_candidate(team.workspace, **change, name="Priya N.", email="", about="Moved.")
        with pytest.raises(Stale, match="This candidate was changed in the meantime"):
            candidates.change_candidate(team.workspace, **change, name="Pria", email="", about="")
        changed = team.candidate.model_copy(update={"name": "Priya N.", "email": "", "about": "Moved.", "version": 2})
        assert present(team) == [changed]
        who, what, before, after = audited(team.workspace, "candidate", team.candidate.id)[-1]
        assert (who, what) == (team.people["Max"].id, "change_candidate")
        assert (before["name"], after["name"]) == ("Priya", "Priya N.")

    def test_two_candidates_of_a_role_share_no_address(self, team: Team) -> None:
        zoe = add(team, email="zoe@example.org")
        with pytest.raises(InputError, match="Priya already has this email address for this role"):
            candidates.change_candidate(
                team.workspace, by=team.people["Max"], candidate_id=zoe.id, seen_version=1, name="Zoe",
                email="priya@example.org", about="",
            )  # fmt: skip

    def test_of_people_adding_the_same_address_at_once_one_succeeds(self, team: Team) -> None:
        def attempt(number: int) -> bool:
            try:
                add(team, f"Zoe {number}", email="zoe@example.org")
            except InputError:
                return False
            return True

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(attempt, range(6))) == 1
        assert len(present(team)) == 2


class TestInterviews:
    def test_a_panel_round_is_one_interview_and_a_separate_round_one_for_each_interviewer(self, team: Team) -> None:
        zoe = add(team)
        made = schedule(team, zoe, "Panel", "Separate")

        rounds = {each.id: each for each in team.version.published.rounds}
        shared = {"candidate_id": zoe.id, "plan_id": team.plan_id, "plan_version_id": team.version.id}
        assert [each.model_dump(exclude={"id"}) for each in made] == [
            {
                **shared, "round_id": team.round_id(name), "starts_at": MONDAY + timedelta(minutes=wait),
                "minutes": rounds[team.round_id(name)].minutes, "state": "scheduled", "version": 1,
                "opens": "own",
            }
            for name, wait in (("Panel", 0), ("Separate", 0), ("Separate", 30), ("Separate", 60))
        ]  # fmt: skip
        with team.workspace.database.read() as transaction:
            seats = [
                [each.person_id for each in stored_scorecards.scorecards_of_interview(transaction, one.id)]
                for one in made
            ]
        ids = [team.people[name].id for name in ("Ana", "Bo", "Mia")]
        assert [sorted(each) for each in seats] == [sorted(ids), *([each] for each in ids)]

        who, what, before, after = audited(team.workspace, "candidate", zoe.id)[-1]
        assert (who, what, before) == (team.people["Max"].id, "schedule", None)
        assert [each["id"] for each in after["interviews"]] == [each.id for each in made]

    def test_a_list_of_candidates_shows_progress_and_no_rating(self, team: Team) -> None:
        team.hand_in("Ana")
        team.fill("Bo")
        (view,) = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
        assert [(each["round_name"], each["scorecards"], each["submitted"]) for each in view.interviews] == [
            ("Panel", 3, 1), ("Separate", 1, 0), ("Separate", 1, 0), ("Separate", 1, 0),
        ]  # fmt: skip
        assert view.standing == list(view.interviews)

    def test_a_round_is_sat_once(self, team: Team) -> None:
        with pytest.raises(InputError, match=r"^Priya already has an interview for Panel\.$"):
            schedule(team, team.candidate, "Panel")
        zoe = add(team)
        schedule(team, zoe, "Panel")
        with pytest.raises(InputError, match="already has an interview for Panel"):
            schedule(team, zoe, "Separate", "Panel")
        assert len(_interviews(team, zoe)) == 1  # all or nothing

    def test_of_managers_scheduling_at_once_one_makes_the_interview(self, team: Team) -> None:
        zoe = add(team)

        def attempt(_: int) -> str:
            try:
                schedule(team, zoe, "Panel")
            except PanelError as error:
                return type(error).__name__
            return "made"

        with ThreadPoolExecutor(5) as pool:
            assert sorted(pool.map(attempt, range(5))) == ["InputError"] * 4 + ["made"]
        assert len(_interviews(team, zoe)) == 1

    def test_an_interviewer_deactivated_since_publishing_cannot_be_scheduled(self, team: Team) -> None:
        team.change("Bo", active=False)
        zoe = add(team)
        for name in ("Panel", "Separate"):
            with pytest.raises(InputError) as refusal:
                schedule(team, zoe, name)
            assert str(refusal.value) == (
                f"Bo has been deactivated. Choose a substitute for Bo’s seat in {name}, or assign someone else in the "
                "plan and publish it again."
            )
        assert _interviews(team, zoe) == []

    def test_interviews_are_made_from_the_newest_version_and_old_ones_keep_theirs(self, team: Team) -> None:
        view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
        plan_rounds.change_round(
            team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id(),
            seen_version=view.stored.version, name="Panel", sitting="panel", minutes=90,
        )  # fmt: skip
        second = published(team.workspace, team.people["Max"], team.plan_id)
        (made,) = schedule(team, add(team), "Panel")
        assert (made.plan_version_id, made.minutes) == (second.id, 90)
        (old,) = team.interviews()
        assert (old["plan_version_id"], old["minutes"]) == (team.version.id, 60)

    def test_a_plan_of_another_role_or_without_a_version_makes_no_interview(self, team: Team) -> None:
        unpublished = plans.create_plan(team.workspace, by=team.people["Max"], role_id=team.role_id, title="Not ready")
        zoe = add(team)
        with pytest.raises(InputError, match="This plan has not been published yet"):
            schedule(replace(team, plan_id=unpublished), zoe, "Panel")
        with pytest.raises(NotFound, match="This plan is not one of this role's"):
            schedule(replace(team, plan_id="nothing"), zoe, "Panel")
        with pytest.raises(InputError, match="Choose at least one round"):
            schedule(team, zoe)

    def test_an_interview_is_moved_and_cancelled_on_record(self, team: Team) -> None:
        (one,) = team.interviews()
        later = MONDAY + timedelta(days=1)
        this = {"by": team.people["Max"], "interview_id": one["id"]}
        scheduling.move_interview(team.workspace, **this, seen_version=1, starts_at=later)
        (moved,) = team.interviews()
        assert moved == {**one, "starts_at": later, "version": 2}

        scheduling.cancel_interview(team.workspace, **this, seen_version=2)
        assert team.interviews() == []
        boss = team.people["Max"].id
        events = audited(team.workspace, "interview", one["id"])
        assert [(who, what) for who, what, _, _ in events] == [(boss, "move_interview"), (boss, "cancel_interview")]
        assert [(before["state"], after["state"]) for _, _, before, after in events] == [
            ("scheduled", "scheduled"), ("scheduled", "cancelled"),
        ]  # fmt: skip
        assert [after["starts_at"] for _, _, _, after in events] == [str(later)] * 2

        for again in (scheduling.cancel_interview, lambda *a, **k: scheduling.move_interview(*a, **k, starts_at=later)):
            with pytest.raises(NotFound, match="This interview is no longer there"):
                again(team.workspace, **this, seen_version=3)

    def test_a_stale_page_moves_and_cancels_nothing(self, team: Team) -> None:
        (one,) = team.interviews()
        this = {"by": team.people["Max"], "interview_id": one["id"]}
        scheduling.move_interview(team.workspace, **this, seen_version=1, starts_at=MONDAY + timedelta(hours=1))
        before = team.interviews()
        with pytest.raises(Stale, match="This interview was changed in the meantime"):
            scheduling.move_interview(team.workspace, **this, seen_version=1, starts_at=MONDAY)
        with pytest.raises(Stale, match="This interview was changed in the meantime"):
            scheduling.cancel_interview(team.workspace, **this, seen_version=1)
        assert team.interviews() == before

    def test_a_cancelled_round_can_be_scheduled_again(self, team: Team) -> None:
        team.cancel("Max")
        schedule(team, team.candidate, "Panel")
        assert len(team.interviews()) == 1


def _interviews(team: Team, candidate: Candidate) -> list[Any]:
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    return next(list(each.interviews) for each in views if each.candidate.id == candidate.id)


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip


def _fresh(team: Team, by: Any, act: Any) -> object:
    """Act on an interview of one more candidate."""
    (made,) = schedule(team, add(team, "Another"), "Panel")
    return act(team.workspace, by=by, interview_id=made.id, seen_version=1)


ACCESS: dict[str, Call] = {
    "candidates_of_role": lambda team, by: candidates.candidates_of_role(team.workspace, by=by, role_id=team.role_id),
    "add_candidate": lambda team, by: candidates.add_candidate(
        team.workspace, by=by, role_id=team.role_id, name="New"
    ),
    "add_pasted": lambda team, by: candidates.add_pasted(team.workspace, by=by, role_id=team.role_id, text="New,"),
    "change_candidate": lambda team, by: candidates.change_candidate(
        team.workspace, by=by, candidate_id=add(team, "Another").id, seen_version=1, name="New", email="", about=""
    ),
    "schedule": lambda team, by: scheduling.schedule(
        team.workspace, by=by, candidate_id=add(team, "Another").id, plan_id=team.plan_id,
        starts={team.round_id(): MONDAY},
    ),
    "cancel_interview": lambda team, by: _fresh(team, by, scheduling.cancel_interview),
    "move_interview": lambda team, by: _fresh(
        team, by, lambda workspace, **which: scheduling.move_interview(workspace, **which, starts_at=MONDAY)
    ),
}  # fmt: skip


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(candidates) | taking_a_person(scheduling)


@pytest.mark.parametrize("action", ACCESS)
def test_candidates_are_managed_by_those_who_manage_hiring(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == MANAGERS


def test_a_refused_write_leaves_no_candidate_behind(team: Team) -> None:
    for name in ("Ana", "Tom"):
        with pytest.raises(NotAllowed):
            candidates.add_pasted(team.workspace, by=team.people[name], role_id=team.role_id, text="New,\nNewer,")
    assert present(team) == [team.candidate]


def test_things_that_are_not_there_are_not_found(team: Team) -> None:
    by = team.people["Max"]
    with pytest.raises(NotFound, match="This role does not exist"):
        candidates.add_candidate(team.workspace, by=by, role_id="nothing", name="New")
    with pytest.raises(NotFound, match="This candidate does not exist"):
        candidates.change_candidate(
            team.workspace, by=by, candidate_id="nothing", seen_version=1, name="New", email="", about=""
        )
    with pytest.raises(NotFound, match="This round is not part of that version of the plan"):
        scheduling.schedule(
            team.workspace, by=by, candidate_id=team.candidate.id, plan_id=team.plan_id, starts={"nothing": MONDAY}
        )
