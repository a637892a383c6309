"""Conflicts of interest: declared, withdrawn, found by themselves, and what they keep from happening."""

from itertools import cycle
from pathlib import Path

import pytest

from panel.actions import candidates, conflicts, scheduling
from panel.actions.conflicts import Choice, Declared
from panel.domain.candidates import Candidate
from panel.domain.people import Person
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from tests.ahead import SOON
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person
from tests.seats import book, declare, row_of, seat, waiting

NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
HERS = MANAGERS | {"Ana": "yes"}  # Ana's own
HOSTILE = "<script>alert(1)</script> =cmd() '; DROP TABLE candidate; --"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def own_twin(team: Team) -> Candidate:
    """A candidate with Ana's address, typed in capitals."""
    return waiting(team, "Ana Again", "ANA@Example.org")


def all_of(team: Team) -> list[Declared]:
    return conflicts.all_conflicts(team.workspace, by=team.people["Max"])


KINDS = cycle(("knows", "referred", "own_record"))


def _declare_for_ana(team: Team, by: Person) -> object:
    return conflicts.declare(
        team.workspace, by=by, person_id=team.people["Ana"].id, candidate_id=team.candidate.id, kind=next(KINDS)
    )


def _withdraw_what_ana_declared(team: Team, by: Person) -> None:
    stands = [each.conflict for each in all_of(team)] or [declare(team, "Ana", team.candidate, by="Ana")]
    conflicts.withdraw(team.workspace, by=by, conflict_id=stands[0].id)


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "conflicts_of": (
        lambda team, by: conflicts.conflicts_of(team.workspace, by=by, person_id=team.people["Ana"].id), HERS,
    ),
    "all_conflicts": (lambda team, by: conflicts.all_conflicts(team.workspace, by=by), MANAGERS),
    "candidates_to_name": (
        lambda team, by: conflicts.candidates_to_name(team.workspace, by=by),
        dict.fromkeys(MANAGERS, "yes") | {"deactivated": NO},
    ),
    "declare": (_declare_for_ana, HERS),
    "withdraw": (_withdraw_what_ana_declared, HERS),
}  # fmt: skip


def test_every_action_for_a_person_has_its_access_here() -> None:
    assert set(ACCESS) == taking_a_person(conflicts)


@pytest.mark.parametrize("name", ACCESS)
def test_people_speak_for_themselves_and_managers_for_everybody(team: Team, name: str) -> None:
    call, expected = ACCESS[name]
    assert outcomes(team, call) == expected


def test_a_declared_conflict_reads_whole_and_is_on_record(team: Team) -> None:
    made = declare(team, "Ana", team.candidate, "referred", by="Ana", remark=f"  two\n lines {HOSTILE} ")
    ana = team.people["Ana"].id

    assert made.model_dump(exclude={"id", "declared_at"}) == {
        "person_id": ana, "candidate_id": team.candidate.id, "kind": "referred", "remark": f"two lines {HOSTILE}",
        "declared_by": ana,
    }  # fmt: skip
    assert all_of(team) == conflicts.conflicts_of(team.workspace, by=team.people["Ana"], person_id=ana)
    assert all_of(team) == [Declared(made, "Ana", "Priya")]
    assert audited(team.workspace, "person", ana) == [
        (ana, "declare_conflict", None, made.model_dump(mode="json") | {"declared_at": str(made.declared_at)})
    ]


def test_a_withdrawn_conflict_stands_no_more_and_is_withdrawn_once(team: Team) -> None:
    made = declare(team, "Ana", team.candidate, by="Ana")
    conflicts.withdraw(team.workspace, by=team.people["Max"], conflict_id=made.id)
    with pytest.raises(NotFound, match="was withdrawn already"):
        conflicts.withdraw(team.workspace, by=team.people["Ana"], conflict_id=made.id)

    assert all_of(team) == []
    assert [each[:2] for each in audited(team.workspace, "person", team.people["Ana"].id)] == [
        (team.people["Ana"].id, "declare_conflict"), (team.people["Max"].id, "withdraw_conflict"),
    ]  # fmt: skip
    assert declare(team, "Ana", team.candidate, by="Ana").id != made.id  # and may be declared again


def test_nobody_withdraws_what_a_manager_declared_of_them(team: Team) -> None:
    made = declare(team, "Ana", team.candidate)
    with pytest.raises(NotAllowed, match="A hiring manager declared this conflict"):
        conflicts.withdraw(team.workspace, by=team.people["Ana"], conflict_id=made.id)
    assert [each.conflict for each in all_of(team)] == [made]


def test_nobody_declares_the_same_twice_nor_what_was_found_already(team: Team) -> None:
    declare(team, "Ana", team.candidate, "knows")
    twin = own_twin(team)
    with pytest.raises(InputError, match=r"^This conflict of Ana with Priya is declared already\.$"):
        declare(team, "Ana", team.candidate, "knows", by="Ana")
    with pytest.raises(InputError, match="with Ana Again is declared already"):
        declare(team, "Ana", twin, "own_record")
    declare(team, "Ana", team.candidate, "referred")  # another reason is another conflict
    assert [each.conflict.kind for each in all_of(team)] == ["knows", "referred", "own_record"]


def test_an_interviewer_names_only_candidates_of_their_own_interviews(team: Team) -> None:
    zoe = waiting(team)
    choices = {
        name: conflicts.candidates_to_name(team.workspace, by=team.people[name]) for name in ("Max", "Ana", "Tom")
    }
    hers = Choice(team.candidate.id, "Priya", "Engineer")
    assert choices == {"Max": [hers, Choice(zoe.id, "Zoe Adeyemi", "Engineer")], "Ana": [hers], "Tom": []}
    with pytest.raises(NotFound, match="not one of your interviews"):
        declare(team, "Ana", zoe, by="Ana")
    with pytest.raises(NotFound, match="not one of your interviews"):
        declare(team, "Tom", team.candidate, by="Tom")
    assert all_of(team) == []


def test_a_person_with_the_candidates_address_is_found_without_being_told(team: Team) -> None:
    twin = own_twin(team)
    (found,) = all_of(team)
    assert (found.person_name, found.candidate_name) == ("Ana", "Ana Again")
    assert found.conflict.model_dump(exclude={"declared_at"}) == {
        "id": "", "person_id": team.people["Ana"].id, "candidate_id": twin.id, "kind": "own_record", "remark": "",
        "declared_by": "",
    }  # fmt: skip
    assert conflicts.conflicts_of(team.workspace, by=team.people["Ana"], person_id=team.people["Ana"].id) == [found]

    candidates.change_candidate(
        team.workspace, by=team.people["Max"], candidate_id=twin.id, seen_version=1, name=twin.name, email="", about=""
    )
    assert all_of(team) == []  # and two without an address are no pair


def test_no_interview_is_made_with_somebody_in_conflict_not_even_as_a_shadow(team: Team) -> None:
    zoe = waiting(team)
    declare(team, "Ana", zoe, "referred")
    sentence = (
        "^Ana has a conflict of interest with Zoe Adeyemi: they referred the candidate. Choose a substitute for "
        "Ana’s seat in Panel.$"
    )
    with pytest.raises(InputError, match=sentence):
        book(team, zoe)
    instead = [seat(team, "Ana", "Tom"), seat(team, "Bo"), seat(team, "Mia")]
    with pytest.raises(InputError, match="Ana has a conflict of interest"):
        book(team, zoe, [*instead, seat(team, "Bo", "Ana", shadow=True)])
    with pytest.raises(InputError, match="they are the candidate"):
        book(team, own_twin(team))

    book(team, zoe, instead)
    assert row_of(team, zoe)["people"] == "Tom in Ana’s seat, Bo, Mia"


def test_nothing_of_a_refused_day_is_made(team: Team) -> None:
    """The panel could be made; the separate sittings that come after it could not."""
    zoe = waiting(team)
    declare(team, "Tom", zoe)
    rounds = {team.round_id(each): SOON for each in ("Panel", "Separate")}
    taken = {team.round_id("Separate"): [
        seat(team, each, "Tom" if each == "Ana" else "", round_name="Separate") for each in ("Ana", "Bo", "Mia")
    ]}  # fmt: skip
    with pytest.raises(InputError, match="Tom has a conflict of interest"):
        scheduling.schedule(
            team.workspace, by=team.people["Max"], candidate_id=zoe.id, plan_id=team.plan_id, starts=rounds, seats=taken
        )
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    assert [each.interviews for each in views if each.candidate.id == zoe.id] == [()]


def test_a_conflict_declared_after_the_interview_was_made_is_shown_beside_it(team: Team) -> None:
    assert row_of(team, team.candidate)["conflict"] == ""
    declare(team, "Bo", team.candidate, "knows", by="Bo")
    declare(team, "Tom", team.candidate, "knows")  # who does not sit there

    assert row_of(team, team.candidate)["conflict"] == (
        "Bo has a conflict of interest with Priya: they know the candidate. Cancel this interview and make it again "
        "with a substitute."
    )
    (view,) = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    assert view.conflicts == {
        team.people[name].id: f"{name} has a conflict of interest with Priya: they know the candidate"
        for name in ("Bo", "Tom")
    }


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"kind": ""}, InputError, "Choose why they should not judge"),
        ({"kind": "own_record' OR 1=1"}, InputError, "Choose why they should not judge"),
        ({"remark": "x" * 501}, InputError, "at most 500 characters"),
        ({"remark": "nul \x00"}, InputError, "plain text"),
        ({"remark": "half \ud800"}, InputError, "plain text"),
        ({"person_id": "nobody"}, NotFound, "This person has no account"),
        ({"candidate_id": HOSTILE}, NotFound, "This candidate does not exist"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(
    team: Team, changes: dict[str, str], error: type[Exception], words: str
) -> None:
    facts = {"person_id": team.people["Ana"].id, "candidate_id": team.candidate.id, "kind": "knows"}
    with pytest.raises(error, match=words):
        conflicts.declare(team.workspace, by=team.people["Max"], **(facts | changes))
    assert all_of(team) == []
    with pytest.raises(NotFound):
        conflicts.withdraw(team.workspace, by=team.people["Max"], conflict_id="")
