"""Rounds, seats, rules, copies and templates of plan drafts: who may, what is refused, and what is on record."""

from pathlib import Path

import pytest

from panel.actions import plan_check, plan_copies, plan_rounds, plans, roles
from panel.domain.plans import OPEN_SEAT, Plan
from panel.domain.set_rules import SetRules, Span
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from tests.factories import Team, a_team, audited, outcomes


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def draft(team: Team, plan_id: str = "") -> Plan:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=plan_id or team.plan_id).plan


def version(team: Team) -> int:
    return plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).stored.version


def save_seat(team: Team, who: str, covers: tuple[str, ...] = (), *, seen: int | None = None, place: int = 0) -> None:
    seat = draft(team).rounds[0].assignments[place]
    plan_rounds.save_seat(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, assignment_id=seat.id,
        seen_revision=seat.revision if seen is None else seen,
        person_id=team.people[who].id if who else OPEN_SEAT, covers=covers,
    )  # fmt: skip


def test_only_those_who_manage_hiring_copy_keep_templates_and_check(team: Team) -> None:
    w, plan_id = team.workspace, team.plan_id
    allowed = {"Ada": "yes", "Max": "yes"}
    refused = {"Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed", "deactivated": "NotAllowed"}
    names = iter("ABCDEFGHIJ")
    assert (
        outcomes(
            team, lambda t, by: plan_copies.save_template(w, by=by, plan_id=plan_id, name=f"Template {next(names)}")
        )
        == allowed | refused
    )
    assert (
        outcomes(
            team, lambda t, by: plan_copies.copy_plan(w, by=by, plan_id=plan_id, role_id=team.role_id, title="Copy")
        )
        == allowed | refused
    )
    assert outcomes(team, lambda t, by: plan_check.findings(w, by=by, plan_id=plan_id)) == allowed | refused


def test_a_plans_reach_is_for_those_who_take_part(team: Team) -> None:
    assert outcomes(team, lambda t, by: plan_check.reach(t.workspace, by=by, plan_id=t.plan_id)) == {
        "Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "NotFound", "demoted": "NotFound",
        "deactivated": "NotAllowed",
    }  # fmt: skip


def test_a_round_moves_within_the_day_and_stays_at_its_ends(team: Team) -> None:
    first, second = (each.name for each in draft(team).rounds)
    for step, order in ((1, [second, first]), (5, [second, first]), (-9, [first, second])):
        plan_rounds.move_round(
            team.workspace, by=team.people["Max"], plan_id=team.plan_id,
            round_id=next(each.id for each in draft(team).rounds if each.name == first),
            seen_version=version(team), step=step,
        )  # fmt: skip
        assert [each.name for each in draft(team).rounds] == order


def test_a_seat_is_opened_taken_and_told_what_to_cover_and_keeps_its_questions(team: Team) -> None:
    before = draft(team).rounds[0].assignments[0]
    save_seat(team, "")
    assert plans.as_published(team.workspace, by=team.people["Max"], plan_id=team.plan_id) is None
    save_seat(team, "Tom", ("Explanation",))
    after = draft(team).rounds[0].assignments[0]
    assert (after.interviewer_id, after.covers, after.questions, after.revision) == (
        team.people["Tom"].id, ("Explanation",), before.questions, before.revision + 2,
    )  # fmt: skip
    assert [each[1] for each in audited(team.workspace, "plan", team.plan_id)][-2:] == ["save_seat", "save_seat"]


def test_nobody_sits_twice_in_a_round_and_nobody_gone_at_all(team: Team) -> None:
    with pytest.raises(InputError, match="Bo is already part of Panel"):
        save_seat(team, "Bo")
    team.change("Tom", active=False)
    with pytest.raises(InputError, match="the account is deactivated or gone"):
        save_seat(team, "Tom")


def test_a_stale_seat_and_stale_rules_are_told(team: Team) -> None:
    seen = draft(team).rounds[0].assignments[0].revision
    old = version(team)
    save_seat(team, "Tom")
    with pytest.raises(Stale):
        save_seat(team, "Ana", seen=seen)
    with pytest.raises(Stale):
        plan_rounds.set_rules(
            team.workspace, by=team.people["Max"], plan_id=team.plan_id, seen_version=old, chosen=SetRules()
        )
    assert draft(team).rounds[0].assignments[0].interviewer_id == team.people["Tom"].id


def test_rules_stay_with_the_plan_and_with_its_copies(team: Team) -> None:
    chosen = SetRules(per_competency=Span(least=1, most=3), exposure_penalty=0.5)
    plan_rounds.set_rules(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, seen_version=version(team), chosen=chosen
    )
    copy = plan_copies.copy_plan(
        team.workspace, by=team.people["Max"], plan_id=team.plan_id, role_id=team.role_id, title="Copy"
    )
    assert (draft(team).rules, draft(team, copy).rules) == (chosen, chosen)


def test_a_template_starts_a_plan_for_another_role_with_open_seats(team: Team) -> None:
    by = team.people["Max"]
    other = roles.create_role(team.workspace, by=by, name="Writer", competencies=("Explanation",))
    template = plan_copies.save_template(team.workspace, by=by, plan_id=team.plan_id, name=" Usual day ")
    assert [each.name for each in plan_copies.all_templates(team.workspace, by=by)] == ["Usual day"]
    with pytest.raises(InputError, match="There is already a template named usual day"):
        plan_copies.save_template(team.workspace, by=by, plan_id=team.plan_id, name="usual day")
    plan_id = plan_copies.start_from_template(
        team.workspace, by=by, template_id=template, role_id=other, title="Day", with_questions=False
    )
    made = plans.plan(team.workspace, by=by, plan_id=plan_id)
    assert (made.role.id, [each.name for each in made.plan.rounds]) == (other, ["Panel", "Separate"])
    assert {
        (seat.interviewer_id, seat.questions, seat.state) for each in made.plan.rounds for seat in each.assignments
    } == {(OPEN_SEAT, (), "open")}

    plan_copies.remove_template(team.workspace, by=by, template_id=template)
    assert plan_copies.all_templates(team.workspace, by=by) == []
    with pytest.raises(NotFound, match="This template is no longer there"):
        plan_copies.remove_template(team.workspace, by=by, template_id=template)
    assert draft(team, plan_id).title == "Day"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b"])
def test_a_template_needs_a_name(team: Team, name: str) -> None:
    with pytest.raises(InputError):
        plan_copies.save_template(team.workspace, by=team.people["Max"], plan_id=team.plan_id, name=name)


def test_a_plan_without_rounds_makes_no_template(team: Team) -> None:
    by = team.people["Max"]
    empty = plans.create_plan(team.workspace, by=by, role_id=team.role_id, title="Empty")
    with pytest.raises(InputError, match="makes no template"):
        plan_copies.save_template(team.workspace, by=by, plan_id=empty, name="Nothing")


def test_candidates_with_another_question_set_are_advised_of(team: Team) -> None:
    by = team.people["Max"]
    assert [each.sentence for each in plan_check.findings(team.workspace, by=by, plan_id=team.plan_id)
            if each.place.kind == "versions"] == []  # fmt: skip
    last = draft(team).rounds[-1]
    plan_rounds.remove_round(team.workspace, by=by, plan_id=team.plan_id, round_id=last.id, seen_version=version(team))
    (said,) = [
        each.sentence
        for each in plan_check.findings(team.workspace, by=by, plan_id=team.plan_id)
        if each.place.kind == "versions"
    ]
    assert said.startswith("1 candidate has interviews from version 1 of Onsite, which asks ")
