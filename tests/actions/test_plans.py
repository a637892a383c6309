"""Roles and plans from the first draft to the second version, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from panel.actions import assignments, bank, files, plan_rounds, plans, roles, scorecard_reading
from panel.domain.roles import Role
from panel.domain.set_rules import SetRules
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from panel.store.plans import StoredRole
from tests.factories import (
    QUESTIONS,
    RUBRICS,
    Call,
    Team,
    a_question,
    a_rubric,
    a_team,
    audited,
    outcomes,
    planned,
    published,
    question_file,
    reading_from,
    taking_a_person,
    write_content,
)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def draft_of(team: Team, plan_id: str = "") -> plans.PlanView:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=plan_id or team.plan_id)


def new_plan(team: Team, title: str = "Second plan") -> str:
    return plans.create_plan(team.workspace, by=team.people["Max"], role_id=team.role_id, title=title)


def add_round(team: Team, plan_id: str, *names: str, **changes: Any) -> str:
    facts: dict[str, Any] = {"name": "Screen", "sitting": "panel", "minutes": 30}
    seats = tuple(team.people[name].id for name in names)
    return plan_rounds.add_round(
        team.workspace, by=team.people["Max"], plan_id=plan_id, interviewers=seats, **facts | changes
    )


def choose(team: Team, plan_id: str, key: str = "what-ana-asks", place: int = 0) -> None:
    seat = draft_of(team, plan_id).plan.rounds[0].assignments[place]
    assignments.choose_questions(
        team.workspace, by=team.people["Max"], plan_id=plan_id, assignment_id=seat.id, seen_revision=seat.revision,
        questions=(planned(key),),
    )  # fmt: skip


class TestRoles:
    def test_a_role_is_named_and_measured(self, team: Team) -> None:
        role_id = roles.create_role(
            team.workspace, by=team.people["Max"], name=" Analyst ", competencies=("Explanation", " Data sense"),
            about=" x ",
        )  # fmt: skip
        analyst = Role(name="Analyst", about="x", competencies=("Explanation", "Data sense"))
        assert roles.roles(team.workspace, by=team.people["Tom"])[-1] == StoredRole(role_id, analyst, 1)
        assert audited(team.workspace, "role", role_id) == [
            (team.people["Max"].id, "create_role", None, analyst.model_dump(mode="json"))
        ]

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": " "}, "Enter a name of at most 120 characters."),
            ({"name": "x" * 121}, "Enter a name of at most 120 characters."),
            ({"name": "engineer"}, "There is already a role named engineer. Choose another name."),
            ({"competencies": ()}, "Name between 1 and 12 competencies."),
            ({"competencies": tuple(f"C{n}" for n in range(13))}, "Name between 1 and 12 competencies."),
            ({"competencies": ("Depth", "depth")}, "The same competency is named twice."),
        ],
    )
    def test_a_role_that_cannot_be_used_is_refused_with_a_sentence(
        self, team: Team, changes: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(InputError) as refusal:
            roles.create_role(
                team.workspace, by=team.people["Max"], **{"name": "Analyst", "competencies": ("Depth",)} | changes
            )
        assert str(refusal.value) == sentence
        assert len(roles.roles(team.workspace, by=team.people["Max"])) == 1

    def test_of_two_changes_of_a_role_the_second_is_told(self, team: Team) -> None:
        change = {"by": team.people["Max"], "role_id": team.role_id, "seen_version": 1, "about": ""}
        roles.change_role(team.workspace, **change, name="ML engineer", competencies=("Explanation",))
        with pytest.raises(Stale, match="This role was changed in the meantime"):
            roles.change_role(team.workspace, **change, name="Engineer II", competencies=("Explanation",))

        (stored,) = roles.roles(team.workspace, by=team.people["Max"])
        assert stored == StoredRole(team.role_id, Role(name="ML engineer", competencies=("Explanation",)), 2)
        assert [each[1] for each in audited(team.workspace, "role", team.role_id)] == ["create_role", "change_role"]


class TestDrafting:
    def test_every_change_of_a_draft_is_on_record_with_before_and_after(self, team: Team) -> None:
        plan_id = new_plan(team)
        round_id = add_round(team, plan_id, "Ana")
        by = team.people["Max"]
        plan_rounds.assign(team.workspace, by=by, plan_id=plan_id, round_id=round_id, person_id=team.people["Bo"].id)
        view = draft_of(team, plan_id)
        plan_rounds.change_round(
            team.workspace, by=by, plan_id=plan_id, round_id=round_id, seen_version=view.stored.version,
            name="Screening", sitting="separate", minutes=45,
        )  # fmt: skip
        bo = view.plan.rounds[0].assignments[1]
        plan_rounds.unassign(team.workspace, by=by, plan_id=plan_id, assignment_id=bo.id, seen_revision=bo.revision)
        view = draft_of(team, plan_id)
        (seat,) = view.plan.rounds[0].assignments
        assert (view.plan.rounds[0].name, view.plan.rounds[0].sitting, view.plan.rounds[0].minutes) == (
            "Screening", "separate", 45,
        )  # fmt: skip
        assert seat.interviewer_id == team.people["Ana"].id
        plan_rounds.remove_round(
            team.workspace, by=by, plan_id=plan_id, round_id=round_id, seen_version=view.stored.version
        )
        assert draft_of(team, plan_id).plan.rounds == ()

        events = audited(team.workspace, "plan", plan_id)
        assert [(who, what) for who, what, _, _ in events] == [
            (by.id, what) for what in ("create_plan", "add_round", "assign", "change_round", "unassign", "remove_round")
        ]
        assert [before for _, _, before, _ in events[1:]] == [after for _, _, _, after in events[:-1]]

    def test_a_stale_page_changes_and_removes_no_round(self, team: Team) -> None:
        plan_id = new_plan(team)
        round_id = add_round(team, plan_id)
        old = draft_of(team, plan_id).stored.version
        add_round(team, plan_id, name="Later")
        before = draft_of(team, plan_id)
        with pytest.raises(Stale, match="This plan was changed in the meantime"):
            plan_rounds.change_round(
                team.workspace, by=team.people["Max"], plan_id=plan_id, round_id=round_id, seen_version=old,
                name="Mine", sitting="panel", minutes=30,
            )  # fmt: skip
        with pytest.raises(Stale, match="This plan was changed in the meantime"):
            plan_rounds.remove_round(
                team.workspace, by=team.people["Max"], plan_id=plan_id, round_id=round_id, seen_version=old
            )
        assert draft_of(team, plan_id) == before

    def test_a_stale_page_unassigns_nobody_whose_questions_changed(self, team: Team) -> None:
        plan_id = new_plan(team)
        add_round(team, plan_id, "Ana")
        seat = draft_of(team, plan_id).plan.rounds[0].assignments[0]
        choose(team, plan_id)
        with pytest.raises(Stale, match="This question set was changed in the meantime"):
            plan_rounds.unassign(
                team.workspace, by=team.people["Max"], plan_id=plan_id, assignment_id=seat.id,
                seen_revision=seat.revision,
            )  # fmt: skip
        assert len(draft_of(team, plan_id).plan.rounds[0].assignments) == 1

    def test_managers_adding_rounds_at_once_lose_none(self, team: Team) -> None:
        plan_id = new_plan(team)
        with ThreadPoolExecutor(6) as pool:
            made = set(pool.map(lambda number: add_round(team, plan_id, name=f"Round {number}"), range(12)))
        assert {each.id for each in draft_of(team, plan_id).plan.rounds} == made
        assert draft_of(team, plan_id).stored.version == 13

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "Enter a name of at most 120 characters."),
            ({"minutes": 9}, "The slot must be between 10 and 480 minutes."),
            ({"minutes": 481}, "The slot must be between 10 and 480 minutes."),
        ],
    )
    def test_a_round_that_cannot_be_held_is_refused(self, team: Team, changes: dict[str, Any], sentence: str) -> None:
        plan_id = new_plan(team)
        with pytest.raises(InputError) as refusal:
            add_round(team, plan_id, **changes)
        assert str(refusal.value) == sentence

    def test_a_plan_has_at_most_twelve_rounds(self, team: Team) -> None:
        plan_id = new_plan(team)
        for number in range(12):
            add_round(team, plan_id, name=f"Round {number}")
        with pytest.raises(InputError, match=r"^A plan has at most 12 rounds\.$"):
            add_round(team, plan_id)

    def test_nobody_sits_twice_in_a_round_and_nobody_deactivated_at_all(self, team: Team) -> None:
        plan_id = new_plan(team)
        round_id = add_round(team, plan_id, "Ana", "Ana")
        assert len(draft_of(team, plan_id).plan.rounds[0].assignments) == 1
        seat = {"by": team.people["Max"], "plan_id": plan_id, "round_id": round_id}
        with pytest.raises(InputError, match=r"^Ana is already part of Screen\.$"):
            plan_rounds.assign(team.workspace, **seat, person_id=team.people["Ana"].id)
        team.change("Tom", active=False)
        for who in (team.people["Tom"].id, "nobody"):
            with pytest.raises(InputError, match="cannot be assigned: the account is deactivated or gone"):
                plan_rounds.assign(team.workspace, **seat, person_id=who)

    def test_an_interviewer_sees_the_plans_they_take_part_in(self, team: Team) -> None:
        other = new_plan(team)
        assert [each.id for each in plans.visible_plans(team.workspace, by=team.people["Max"])] == [team.plan_id, other]
        assert [each.id for each in plans.visible_plans(team.workspace, by=team.people["Ana"])] == [team.plan_id]
        assert plans.visible_plans(team.workspace, by=team.people["Tom"]) == []
        with pytest.raises(NotFound, match="does not exist, or you have no part in it"):
            plans.plan(team.workspace, by=team.people["Ana"], plan_id=other)


class TestPublishing:
    def test_a_plan_that_is_not_ready_says_everything_it_lacks(self, team: Team) -> None:
        plan_id = new_plan(team)
        with pytest.raises(InputError) as refusal:
            published(team.workspace, team.people["Max"], plan_id)
        assert str(refusal.value) == "The plan cannot be published yet. The plan has no round yet. Add one."

        add_round(team, plan_id, name="Empty")
        add_round(team, plan_id, "Ana", name="Full")
        with pytest.raises(InputError) as refusal:
            published(team.workspace, team.people["Max"], plan_id)
        assert str(refusal.value) == (
            "The plan cannot be published yet. Empty has no interviewer. Assign one. "
            "Ana has no questions in Full. Choose at least one. "
            "No question measures Technical depth, a must-have. Ask for it, or change the role."
        )
        assert draft_of(team, plan_id).versions == ()

    def test_versions_count_up_and_the_newest_stands_first(self, team: Team) -> None:
        first = team.version
        assert (first.number, first.plan_id, first.published_by) == (1, team.plan_id, team.people["Max"].id)
        draft = draft_of(team)
        plan_rounds.change_round(
            team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id(),
            seen_version=draft.stored.version, name="Panel", sitting="panel", minutes=90,
        )  # fmt: skip
        second = published(team.workspace, team.people["Ada"], team.plan_id)

        assert (second.number, second.published_by) == (2, team.people["Ada"].id)
        assert draft_of(team).versions == (second, first)
        assert [each.published.rounds[0].minutes for each in draft_of(team).versions] == [90, 60]
        assert audited(team.workspace, "plan", team.plan_id)[-1] == (
            team.people["Ada"].id, "publish_plan", None, {"number": 2},
        )  # fmt: skip

    def test_publishing_what_is_in_force_already_makes_no_version(self, team: Team) -> None:
        with pytest.raises(InputError, match=r"^Nothing has changed since version 1; it stays in force\.$"):
            published(team.workspace, team.people["Max"], team.plan_id)
        assert draft_of(team).versions == (team.version,)

    def test_a_manager_publishes_only_what_they_have_seen(self, team: Team) -> None:
        seen = draft_of(team).stored.version
        add_round(team, team.plan_id, "Tom", name="Added by another")
        with pytest.raises(Stale, match="Look at it once more, then publish"):
            plans.publish(team.workspace, by=team.people["Max"], plan_id=team.plan_id, seen_version=seen)
        assert draft_of(team).versions == (team.version,)

    def test_of_managers_publishing_at_once_one_makes_the_version(self, team: Team) -> None:
        plan_id = new_plan(team)
        add_round(team, plan_id, "Ana")
        choose(team, plan_id)

        def attempt(_: int) -> str:
            try:
                return published(team.workspace, team.people["Max"], plan_id).id
            except InputError:
                return ""

        with ThreadPoolExecutor(5) as pool:
            made = [each for each in pool.map(attempt, range(5)) if each]
        assert made == [each.id for each in draft_of(team, plan_id).versions]
        assert len(made) == 1

    def test_an_interviewer_deactivated_since_stops_publishing(self, team: Team) -> None:
        add_round(team, team.plan_id, "Ana", name="Again")
        team.change("Bo", active=False)
        with pytest.raises(InputError, match=r"An interviewer of Panel has been deactivated\. Assign someone else\."):
            published(team.workspace, team.people["Max"], team.plan_id)

    def test_a_proposal_nobody_answered_stops_publishing(self, team: Team) -> None:
        seat = draft_of(team).plan.rounds[0].assignments[0]
        assignments.propose(
            team.workspace, by=team.people["Ana"], plan_id=team.plan_id, assignment_id=seat.id,
            seen_revision=seat.revision,
        )  # fmt: skip
        with pytest.raises(InputError, match=r"Ana proposes questions for Panel\. Accept them or change them first\."):
            published(team.workspace, team.people["Max"], team.plan_id)

    def test_a_set_that_was_handed_back_stops_publishing(self, team: Team) -> None:
        seat = draft_of(team).plan.rounds[0].assignments[0]
        this = {"plan_id": team.plan_id, "assignment_id": seat.id}
        proposed = assignments.propose(team.workspace, by=team.people["Ana"], **this, seen_revision=seat.revision)
        assignments.accept(
            team.workspace, by=team.people["Max"], **this, seen_revision=proposed.revision, accepted=False
        )
        with pytest.raises(InputError, match=r"Ana has not proposed their questions for Panel yet\."):
            published(team.workspace, team.people["Max"], team.plan_id)


class TestFrozen:
    """A changed file of the bank is brought in after publishing."""

    @pytest.fixture
    def later(self, team: Team, tmp_path: Path) -> Team:
        changed = tuple(a_question(each.key, prompt=f"New words for {each.key}?", minutes=9) for each in QUESTIONS)
        anchors = a_rubric(levels=4)
        folder = write_content(tmp_path / "later", {"general": question_file(*changed)}, [anchors, *RUBRICS[1:]])
        later = replace(team, workspace=reading_from(team.workspace, folder))
        found = files.bring_in_files(later.workspace, by=team.people["Max"])
        assert [each.kind for each in found.standing("files newer")] == [*["question"] * len(QUESTIONS), "rubric"]
        return later

    def test_what_is_published_keeps_its_words_rubrics_and_levels(self, later: Team) -> None:
        assert draft_of(later).versions == (later.version,)
        view = scorecard_reading.scorecard(later.workspace, by=later.people["Ana"], scorecard_id=later.card("Ana").id)
        first = view.guide.items[0]
        assert (first.question, first.question_version, first.rubric, first.rubric_version) == (
            QUESTIONS[0], 1, RUBRICS[0], 1,
        )  # fmt: skip
        later.hand_in("Ana", levels=5)  # the new rubric would end at 4

    def test_the_draft_names_the_version_it_chose_and_the_bank_a_newer_one(self, later: Team) -> None:
        chosen = {each.question_key: each.question_version for each in _planned(later)}
        newest = {each.key: each.version for each in bank.questions(later.workspace, by=later.people["Max"])}
        assert (set(chosen.values()), set(newest.values())) == ({1}, {2})

    def test_publishing_again_freezes_the_chosen_version_of_questions_and_the_rubrics_of_the_day(
        self, later: Team
    ) -> None:
        second = published(later.workspace, later.people["Max"], later.plan_id)
        first = second.published.rounds[0].guides[0].items[0]
        assert (first.question, first.question_version) == (QUESTIONS[0], 1)
        assert (first.rubric, first.rubric_version) == (a_rubric(levels=4), 2)

    def test_taking_the_newer_version_makes_a_version_and_interviews_under_way_keep_theirs(self, later: Team) -> None:
        for where in draft_of(later).plan.rounds:
            for seat in where.assignments:
                renewed = tuple(each.model_copy(update={"question_version": 2}) for each in seat.questions)
                assignments.choose_questions(
                    later.workspace, by=later.people["Max"], plan_id=later.plan_id, assignment_id=seat.id,
                    seen_revision=seat.revision, questions=renewed,
                )  # fmt: skip
        second = published(later.workspace, later.people["Max"], later.plan_id)
        zoe = replace(later, version=second).add_candidate("Zoe")

        def asked(**which: Any) -> tuple[str, int, int]:
            card = later.card("Ana", **which)
            view = scorecard_reading.scorecard(later.workspace, by=later.people["Ana"], scorecard_id=card.id)
            item = view.guide.items[0]
            return item.question.prompt, item.question.minutes, len(item.rubric.anchors)

        assert asked() == ("What is what-ana-asks?", 5, 5)
        assert asked(candidate=zoe) == ("New words for what-ana-asks?", 9, 4)
        assert draft_of(later).versions == (second, later.version)

    def test_a_renamed_interviewer_and_role_stay_as_they_were_published(self, later: Team) -> None:
        roles.change_role(
            later.workspace, by=later.people["Max"], role_id=later.role_id, seen_version=1, name="Renamed",
            competencies=("Collaboration",), about="",
        )  # fmt: skip
        frozen = draft_of(later).versions[0].published
        assert (frozen.role.name, frozen.role.measured) == ("Engineer", ("Technical depth", "Explanation"))


def test_only_a_plan_without_a_version_is_discarded_and_that_is_on_record(team: Team) -> None:
    w, by = team.workspace, team.people["Max"]
    wrong = new_plan(team, "Wrong")
    plans.rename_plan(w, by=by, plan_id=wrong, seen_version=1, title=" Right ")
    assert draft_of(team, wrong).plan.title == "Right"
    with pytest.raises(Stale):
        plans.discard_draft(w, by=by, plan_id=wrong, seen_version=1)
    plans.discard_draft(w, by=by, plan_id=wrong, seen_version=2)
    assert [each.id for each in plans.visible_plans(w, by=by)] == [team.plan_id]
    assert [each[1] for each in audited(w, "plan", wrong)] == ["create_plan", "rename_plan", "discard_draft"]
    with pytest.raises(InputError, match="A version of this plan is published, so it stays"):
        plans.discard_draft(w, by=by, plan_id=team.plan_id, seen_version=draft_of(team).stored.version)


def test_when_scorecards_open_is_chosen_for_the_next_version_and_is_on_record(team: Team) -> None:
    max_, seen = team.people["Max"], draft_of(team).stored.version
    before = draft_of(team).plan.opens
    choice = {"by": max_, "plan_id": team.plan_id, "seen_version": seen}
    plans.choose_opening(team.workspace, **choice, opens="all")
    with pytest.raises(Stale):
        plans.choose_opening(team.workspace, **choice, opens="own")
    with pytest.raises(InputError, match="Choose when scorecards open"):
        plans.choose_opening(team.workspace, **choice | {"seen_version": seen + 1}, opens="never")  # type: ignore[arg-type]

    who, what, was, is_now = audited(team.workspace, "plan", team.plan_id)[-1]
    assert (who, what, was["opens"], is_now) == (max_.id, "choose_opening", before, was | {"opens": "all"})
    second = published(team.workspace, max_, team.plan_id)
    zoe = replace(team, version=second).add_candidate("Zoe")
    assert (before, team.version.published.opens, second.published.opens) == ("own", "own", "all")

    def opens(**which: Any) -> str:
        card = team.card("Ana", **which)
        return scorecard_reading.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=card.id).interview.opens

    assert (opens(), opens(candidate=zoe)) == ("own", "all")


def _planned(team: Team) -> list[Any]:
    return [each for where in draft_of(team).plan.rounds for seat in where.assignments for each in seat.questions]


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
SIGNED_IN = dict.fromkeys(MANAGERS, "yes") | {"deactivated": "NotAllowed"}


def _fresh_round(team: Team) -> dict[str, Any]:
    round_id = add_round(team, team.plan_id, name="Fresh")
    return {"plan_id": team.plan_id, "round_id": round_id, "seen_version": draft_of(team).stored.version}


def _fresh_seat(team: Team) -> dict[str, Any]:
    add_round(team, team.plan_id, "Bo", name="Fresh")
    seat = draft_of(team).plan.rounds[-1].assignments[0]
    return {"plan_id": team.plan_id, "assignment_id": seat.id, "seen_revision": seat.revision}


def _ready_plan(team: Team) -> dict[str, Any]:
    plan_id = new_plan(team)
    add_round(team, plan_id, "Bo")
    choose(team, plan_id)
    return {"plan_id": plan_id, "seen_version": draft_of(team, plan_id).stored.version}


def _role_name(team: Team) -> str:
    return f"Role {len(roles.roles(team.workspace, by=team.people['Max']))}"


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "visible_plans": (lambda team, by: plans.visible_plans(team.workspace, by=by), SIGNED_IN),
    "plan": (
        lambda team, by: plans.plan(team.workspace, by=by, plan_id=team.plan_id),
        MANAGERS | {"Ana": "yes", "Tom": "NotFound", "demoted": "NotFound"},
    ),
    "create_plan": (
        lambda team, by: plans.create_plan(team.workspace, by=by, role_id=team.role_id, title="New"),
        MANAGERS,
    ),
    "add_round": (
        lambda team, by: plan_rounds.add_round(
            team.workspace, by=by, plan_id=new_plan(team), name="New", sitting="panel", minutes=30
        ),
        MANAGERS,
    ),
    "change_round": (
        lambda team, by: plan_rounds.change_round(
            team.workspace, by=by, name="New", sitting="panel", minutes=30, **_fresh_round(team)
        ),
        MANAGERS,
    ),
    "remove_round": (lambda team, by: plan_rounds.remove_round(team.workspace, by=by, **_fresh_round(team)), MANAGERS),
    "assign": (
        lambda team, by: plan_rounds.assign(
            team.workspace, by=by, plan_id=team.plan_id, round_id=_fresh_round(team)["round_id"],
            person_id=team.people["Bo"].id,
        ),
        MANAGERS,
    ),
    "unassign": (lambda team, by: plan_rounds.unassign(team.workspace, by=by, **_fresh_seat(team)), MANAGERS),
    "move_round": (
        lambda team, by: plan_rounds.move_round(team.workspace, by=by, step=1, **_fresh_round(team)),
        MANAGERS,
    ),
    "save_seat": (
        lambda team, by: plan_rounds.save_seat(
            team.workspace, by=by, person_id=team.people["Tom"].id, covers=(), **_fresh_seat(team)
        ),
        MANAGERS,
    ),
    "set_rules": (
        lambda team, by: plan_rounds.set_rules(
            team.workspace, by=by, plan_id=team.plan_id, seen_version=draft_of(team).stored.version, chosen=SetRules()
        ),
        MANAGERS,
    ),
    "rename_plan": (
        lambda team, by: plans.rename_plan(
            team.workspace, by=by, plan_id=team.plan_id, seen_version=draft_of(team).stored.version, title="Other"
        ),
        MANAGERS,
    ),
    "choose_opening": (
        lambda team, by: plans.choose_opening(
            team.workspace, by=by, plan_id=team.plan_id, seen_version=draft_of(team).stored.version, opens="all"
        ),
        MANAGERS,
    ),
    "discard_draft": (
        lambda team, by: plans.discard_draft(team.workspace, by=by, plan_id=new_plan(team, "Wrong"), seen_version=1),
        MANAGERS,
    ),
    "as_published": (lambda team, by: plans.as_published(team.workspace, by=by, plan_id=team.plan_id), MANAGERS),
    "publish": (lambda team, by: plans.publish(team.workspace, by=by, **_ready_plan(team)), MANAGERS),
}  # fmt: skip
ROLE_ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "roles": (lambda team, by: roles.roles(team.workspace, by=by), SIGNED_IN),
    "role": (lambda team, by: roles.role(team.workspace, by=by, role_id=team.role_id), MANAGERS),
    "create_role": (
        lambda team, by: roles.create_role(team.workspace, by=by, name=_role_name(team), competencies=("Depth",)),
        MANAGERS,
    ),
    "change_role": (
        lambda team, by: roles.change_role(
            team.workspace, by=by, role_id=team.role_id, name="Renamed", competencies=("Depth",), about="",
            seen_version=roles.roles(team.workspace, by=team.people["Max"])[0].version,
        ),
        MANAGERS,
    ),
}  # fmt: skip


def test_the_tables_of_access_name_every_action() -> None:
    assert set(ACCESS) == taking_a_person(plans) | taking_a_person(plan_rounds)
    assert set(ROLE_ACCESS) == taking_a_person(roles)


@pytest.mark.parametrize("action", [*ACCESS, *ROLE_ACCESS])
def test_plans_and_roles_are_changed_by_those_who_manage_hiring(team: Team, action: str) -> None:
    call, expected = {**ACCESS, **ROLE_ACCESS}[action]
    assert outcomes(team, call) == expected


def test_a_refused_change_leaves_draft_and_record_as_they_were(team: Team) -> None:
    before = (draft_of(team), audited(team.workspace, "plan", team.plan_id))
    for by in (team.people["Ana"], team.people["Tom"]):
        with pytest.raises(NotAllowed):
            plan_rounds.add_round(team.workspace, by=by, plan_id=team.plan_id, name="Mine", sitting="panel", minutes=30)
    assert (draft_of(team), audited(team.workspace, "plan", team.plan_id)) == before


def test_things_that_are_not_there_are_not_found(team: Team) -> None:
    by = team.people["Max"]
    with pytest.raises(NotFound, match="This role does not exist"):
        plans.create_plan(team.workspace, by=by, role_id="nothing", title="New")
    with pytest.raises(NotFound, match="This plan does not exist"):
        plan_rounds.add_round(team.workspace, by=by, plan_id="nothing", name="New", sitting="panel", minutes=30)
    with pytest.raises(NotFound, match="This round is no longer part of the plan"):
        plan_rounds.assign(team.workspace, by=by, plan_id=team.plan_id, round_id="nothing", person_id=by.id)
    with pytest.raises(NotFound, match="This assignment is no longer part of the plan"):
        plan_rounds.unassign(team.workspace, by=by, plan_id=team.plan_id, assignment_id="nothing", seen_revision=1)
