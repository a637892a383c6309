"""What leaves the program: kits, briefs and calendar files, by access, on record, on both engines."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from pypdf import PdfReader

from panel.actions import briefs, calendar_files, candidates, kits, plans
from panel.domain.basics import now
from panel.errors import InputError, NotAllowed, NotFound
from panel.exporting.brief_forms import brief_text
from panel.house import Workspace
from tests.ahead import SOON, cancel_all, move, with_interviews_ahead
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person

NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
EVERYBODY = {"Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "yes", "demoted": "yes", "deactivated": NO}
OWN_AND_MANAGERS = MANAGERS | {"Ana": "yes"}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return with_interviews_ahead(a_team(workspace, tmp_path / "content"))


def seat(team: Team, name: str, round_name: str = "Panel") -> str:
    guides = team.version.published.round(team.round_id(round_name)).guides
    return next(each.assignment_id for each in guides if each.interviewer_name == name)


def kit_of(team: Team, name: str, by: str, **how: Any) -> bytes:
    facts: dict[str, Any] = {"form": "markdown", "assignment_ids": [seat(team, name)]}
    return kits.plan_kits(
        team.workspace, by=team.people[by], plan_version_id=team.version.id, **(facts | how)
    )  # fmt: skip


def brief_of(team: Team, by: str = "Max", **how: Any) -> str:
    facts: dict[str, Any] = {"candidate_id": team.candidate.id, "zone": "UTC"}
    return brief_text(briefs.brief(team.workspace, by=team.people[by], **(facts | how)))


def events(file: bytes) -> list[Any]:
    return list(vobject.readOne(file.decode()).vevent_list)


# ---- who may take what --------------------------------------------------------------------------------------------

ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "printable_guides": (
        lambda team, by: kits.printable_guides(team.workspace, by=by, plan_version_id=team.version.id), EVERYBODY,
    ),
    "plan_kits": (
        lambda team, by: kits.plan_kits(
            team.workspace, by=by, plan_version_id=team.version.id, assignment_ids=[seat(team, "Ana")],
            form="markdown",
        ), OWN_AND_MANAGERS,
    ),
    "printable_interview": (
        lambda team, by: kits.printable_interview(team.workspace, by=by, scorecard_id=team.card("Ana").id), EVERYBODY,
    ),
    "interview_kit": (
        lambda team, by: kits.interview_kit(
            team.workspace, by=by, scorecard_id=team.card("Ana").id, form="markdown"
        ), OWN_AND_MANAGERS,
    ),
    "brief": (
        lambda team, by: briefs.brief(team.workspace, by=by, candidate_id=team.candidate.id, zone="UTC"), MANAGERS,
    ),
    "brief_file": (
        lambda team, by: briefs.brief_file(
            team.workspace, by=by, candidate_id=team.candidate.id, zone="UTC", form="text"
        ), MANAGERS,
    ),
    "own_ahead": (lambda team, by: calendar_files.own_ahead(team.workspace, by=by), EVERYBODY),
    "own_calendar": (
        lambda team, by: calendar_files.own_calendar(team.workspace, by=by, zone="UTC"),
        dict.fromkeys(EVERYBODY, "InputError") | {"Ana": "yes", "deactivated": NO},
    ),
    "candidate_ahead": (
        lambda team, by: calendar_files.candidate_ahead(team.workspace, by=by, candidate_id=team.candidate.id),
        MANAGERS,
    ),
    "candidate_calendar": (
        lambda team, by: calendar_files.candidate_calendar(
            team.workspace, by=by, candidate_id=team.candidate.id, zone="UTC"
        ), MANAGERS,
    ),
}  # fmt: skip


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(kits) | taking_a_person(briefs) | taking_a_person(calendar_files)


@pytest.mark.parametrize("action", ACCESS)
def test_who_may_take_what(team: Team, action: str) -> None:
    call, wanted = ACCESS[action]
    assert outcomes(team, call) == wanted


def test_interviewers_print_their_own_guides_and_managers_any(team: Team) -> None:
    def offered(name: str) -> list[tuple[str, str, int]]:
        guides = kits.printable_guides(team.workspace, by=team.people[name], plan_version_id=team.version.id)
        return [(each.round_name, each.interviewer_name, each.questions) for each in guides]

    assert offered("Ana") == [("Panel", "Ana", 3), ("Separate", "Ana", 1)]
    assert offered("Tom") == []
    assert len(offered("Max")) == 6
    for names in (["Bo"], ["Ana", "Bo"]):
        with pytest.raises(NotAllowed):
            kit_of(team, "Ana", "Ana", assignment_ids=[seat(team, name) for name in names])


def test_of_anothers_interview_no_kit_is_offered(team: Team) -> None:
    def offered(name: str) -> bool:
        return kits.printable_interview(
            team.workspace, by=team.people[name], scorecard_id=team.card("Ana").id
        ) is not None  # fmt: skip

    assert [offered(name) for name in ("Ana", "Bo", "Tom", "Mia", "Ada")] == [True, False, False, True, True]


# ---- kits ---------------------------------------------------------------------------------------------------------


def test_a_kit_names_the_published_version_and_its_questions(team: Team) -> None:
    text = kit_of(team, "Bo", "Max").decode()
    said = ("Interviewer: Bo", "Together with: Ana, Mia", "Role: Engineer", "Plan: Onsite, version 1, published")
    assert [each for each in (*said, "What is what-ana-asks?", "What is what-bo-asks?") if each not in text] == []
    assert "Candidate:" not in text


def test_of_a_draft_nothing_prints(team: Team) -> None:
    plan_id = plans.create_plan(team.workspace, by=team.people["Max"], role_id=team.role_id, title="Draft")
    with pytest.raises(NotFound):
        kits.plan_kits(
            team.workspace, by=team.people["Max"], plan_version_id=plan_id, assignment_ids=["x"], form="markdown"
        )


@pytest.mark.parametrize("assignment_ids", [[], ["of another plan"]])
def test_a_guide_that_is_not_there_is_said_so(team: Team, assignment_ids: list[str]) -> None:
    with pytest.raises(NotFound):
        kit_of(team, "Ana", "Max", assignment_ids=assignment_ids)


def test_a_kit_for_an_interview_names_the_candidate_in_the_readers_time(team: Team) -> None:
    made = kits.interview_kit(
        team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id, form="markdown", zone="Asia/Tokyo"
    )
    local = SOON + timedelta(hours=9)
    assert (
        f"- Candidate: Priya\n- Date and time: {local:%a} {local.day} {local:%b %Y, %H:%M} Asia/Tokyo" in made.decode()
    )


def test_a_kit_holds_no_rating(team: Team) -> None:
    """Not even of scorecards that are in, nor one's own."""
    before = kits.interview_kit(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id, form="pdf")
    team.hand_in("Bo", levels=5, note="a note by Bo", summary="a summary by Bo")
    team.fill("Ana", levels=1, note="a note by Ana")
    after = kits.interview_kit(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id, form="pdf")
    assert before == after


def test_what_was_cancelled_does_not_print(team: Team) -> None:
    card = team.card("Ana").id
    cancel_all(team)
    assert kits.printable_interview(team.workspace, by=team.people["Ana"], scorecard_id=card) is None
    with pytest.raises(InputError, match="was cancelled"):
        kits.interview_kit(team.workspace, by=team.people["Ana"], scorecard_id=card, form="pdf")


def test_all_guides_come_as_one_file(team: Team) -> None:
    every = [each.assignment_id for part in team.version.published.rounds for each in part.guides]
    made = kit_of(team, "Ana", "Max", assignment_ids=every, form="pdf", paper="us-letter")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert text.count("Interview kit") == 6


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "UTC\n", "<script>"])
def test_what_is_no_time_zone_is_refused(team: Team, zone: str) -> None:
    with pytest.raises(InputError, match="Choose a time zone"):
        kit_of(team, "Ana", "Ana", zone=zone)
    with pytest.raises(InputError, match="Choose a time zone"):
        brief_of(team, zone=zone)


# ---- briefs -------------------------------------------------------------------------------------------------------


def test_a_brief_tells_of_the_interviews_ahead(team: Team) -> None:
    text = brief_of(team)
    assert text.count("When:") == 4 and "With: Ana, Bo and Mia" in text
    assert "Themes to prepare: Explanation, Technical depth" in text


def test_a_brief_tells_no_question_of_its_plan(team: Team) -> None:
    told = brief_of(team)
    parts = [item.question for each in team.version.published.rounds for guide in each.guides for item in guide.items]
    secrets = [text for each in parts for text in (each.prompt, each.answer, *each.probes, *each.strong, *each.weak)]
    assert [each for each in secrets if each in told] == []
    assert not any(each.key in told for each in parts)


@pytest.mark.parametrize("bring", ["Think about “What is WHAT-ana-asks” first.", "all about bo-alone"])
def test_a_question_in_what_to_bring_is_refused(team: Team, bring: str) -> None:
    with pytest.raises(InputError, match=r"What to bring says “.*”, which stands in a question"):
        brief_of(team, bring=bring)


@pytest.mark.parametrize("bring", ["x" * 2001, "a \x00 b", "right \u202e left"])
def test_what_to_bring_is_plain_text(team: Team, bring: str) -> None:
    with pytest.raises(InputError, match="plain text"):
        brief_of(team, bring=bring)


def test_without_an_interview_ahead_there_is_no_brief(team: Team) -> None:
    cancel_all(team)
    with pytest.raises(InputError, match="no interview ahead"):
        brief_of(team)
    with pytest.raises(NotFound):
        brief_of(team, candidate_id="nobody")


# ---- calendar files -----------------------------------------------------------------------------------------------


def test_an_interviewer_gets_their_own_interviews_without_questions_or_remarks(team: Team) -> None:
    max_ = team.people["Max"]
    candidates.change_candidate(
        team.workspace, by=max_, candidate_id=team.candidate.id, seen_version=team.candidate.version,
        name="Priya", email="priya@example.org", about="a private remark",
    )  # fmt: skip
    file = calendar_files.own_calendar(team.workspace, by=team.people["Ana"], zone="Europe/Berlin")
    found = events(file)
    assert [each.summary.value for each in found] == ["Interview: Priya, Panel", "Interview: Priya, Separate"]
    assert found[0].description.value == (
        "Panel for Engineer. 60 minutes, 3 questions. Together with Bo and Mia. "
        "Your scorecard stands in Panel, under Today."
    )
    assert b"private remark" not in file and b"What is" not in file and b"priya@" not in file


def test_one_interview_alone(team: Team) -> None:
    card = team.card("Ana", round_name="Separate").id
    file = calendar_files.own_calendar(team.workspace, by=team.people["Ana"], zone="UTC", scorecard_id=card)
    assert [each.summary.value for each in events(file)] == ["Interview: Priya, Separate"]
    with pytest.raises(InputError):
        calendar_files.own_calendar(team.workspace, by=team.people["Bo"], zone="UTC", scorecard_id=card)


def test_a_candidate_gets_every_sitting_with_its_people(team: Team) -> None:
    file = calendar_files.candidate_calendar(
        team.workspace, by=team.people["Max"], candidate_id=team.candidate.id, zone="Europe/Berlin"
    )
    assert sorted((each.summary.value, each.description.value) for each in events(file)) == [
        ("Panel: Engineer", "60 minutes with Ana, Bo and Mia."),
        ("Separate: Engineer", "30 minutes with Ana."),
        ("Separate: Engineer", "30 minutes with Bo."),
        ("Separate: Engineer", "30 minutes with Mia."),
    ]
    assert {each.organizer.value for each in events(file)} == {"mailto:max@example.org"}
    assert b"What is" not in file


def test_a_moved_interview_changes_its_entry_and_a_cancelled_one_takes_it_out(team: Team) -> None:
    def panel_entry() -> tuple[str, int, str, datetime]:
        file = calendar_files.own_calendar(team.workspace, by=team.people["Ana"], zone="UTC")
        found = next(each for each in events(file) if each.summary.value.endswith("Panel"))
        start = found.dtstart.value.replace(tzinfo=None)
        return found.uid.value, int(found.sequence.value), found.status.value, start

    before = panel_entry()
    move(team, team.interviews()[0], SOON + timedelta(days=1))
    moved = panel_entry()
    cancel_all(team)
    gone = panel_entry()
    assert before[0] == moved[0] == gone[0]
    assert [moved[1] - before[1], gone[1] - moved[1]] == [1, 1]
    assert (before[2], moved[2], gone[2]) == ("CONFIRMED", "CONFIRMED", "CANCELLED")
    assert (before[3], moved[3]) == (SOON, SOON + timedelta(days=1))


def test_what_is_over_is_in_no_calendar(team: Team) -> None:
    for row in (*team.interviews(), *team.interviews(round_name="Separate")):
        move(team, row, now() - timedelta(hours=3))
    assert calendar_files.own_ahead(team.workspace, by=team.people["Ana"]) == frozenset()
    with pytest.raises(InputError, match="no interview ahead"):
        calendar_files.own_calendar(team.workspace, by=team.people["Ana"], zone="UTC")


# ---- on record ----------------------------------------------------------------------------------------------------


def test_that_somebody_took_something_along_is_on_record(team: Team) -> None:
    workspace, ana, max_ = team.workspace, team.people["Ana"], team.people["Max"]
    interview = team.interviews()[0]["id"]
    kit_of(team, "Bo", "Max")
    kits.interview_kit(workspace, by=ana, scorecard_id=team.card("Ana").id, form="markdown")
    briefs.brief_file(workspace, by=max_, candidate_id=team.candidate.id, form="text", zone="UTC")
    calendar_files.own_calendar(workspace, by=ana, zone="UTC")
    calendar_files.candidate_calendar(workspace, by=max_, candidate_id=team.candidate.id, zone="UTC")
    last = [
        audited(workspace, "plan", team.plan_id)[-1],
        audited(workspace, "interview", interview)[-1],
        *audited(workspace, "candidate", team.candidate.id)[-2:],
        audited(workspace, "person", ana.id)[-1],
    ]
    assert last == [
        (max_.id, "take_kit", None, {"version": 1, "interviewers": ["Bo"], "format": "markdown"}),
        (ana.id, "take_kit", None, {"interviewer": "Ana", "format": "markdown"}),
        (max_.id, "take_brief", None, {"format": "text", "interviews": 4}),
        (max_.id, "take_calendar", None, {"interviews": 4}),
        (ana.id, "take_calendar", None, {"interviews": 2}),
    ]
