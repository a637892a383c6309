"""Training: who says it, what is stored, and what it keeps from happening."""

from pathlib import Path

import pytest

from panel.actions import training
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person
from tests.seats import asking_for_training, book, row_of, seat, train, waiting

NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
HERS = MANAGERS | {"Ana": "yes"}  # Ana's own
HOSTILE = "<script>=cmd()'; --"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def known(team: Team) -> list[tuple[str, str, str, str]]:
    """(whose, subject, state, said by), by name."""
    names = {each.id: name for name, each in team.people.items()}
    found = training.all_training(team.workspace, by=team.people["Max"])
    return sorted((names[each.person_id], each.subject, each.state, names[each.changed_by]) for each in found)


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "training_of": (
        lambda team, by: training.training_of(team.workspace, by=by, person_id=team.people["Ana"].id), HERS,
    ),
    "all_training": (lambda team, by: training.all_training(team.workspace, by=by), MANAGERS),
    "subjects": (lambda team, by: training.subjects(team.workspace, by=by), MANAGERS),
    "set_training": (
        lambda team, by: training.set_training(
            team.workspace, by=by, person_id=team.people["Ana"].id, subject=by.name, seen="", state="trainee"
        ), MANAGERS,
    ),
}  # fmt: skip


def test_every_action_for_a_person_has_its_access_here() -> None:
    assert set(ACCESS) == taking_a_person(training)


@pytest.mark.parametrize("name", ACCESS)
def test_managers_say_it_and_everybody_reads_their_own(team: Team, name: str) -> None:
    call, expected = ACCESS[name]
    assert outcomes(team, call) == expected


def test_a_trainee_becomes_trained_and_stops_being_either_on_record(team: Team) -> None:
    ana, ada, max_ = (team.people[each].id for each in ("Ana", "Ada", "Max"))
    train(team, "Ana", "trainee")
    train(team, "Bo", "trained")
    assert known(team) == [
        ("Ana", "Technical round", "trainee", "Max"), ("Bo", "Technical round", "trained", "Max"),
    ]  # fmt: skip
    train(team, "Ana", "trained", seen="trainee", by="Ada")
    (own,) = training.training_of(team.workspace, by=team.people["Ana"], person_id=ana)
    assert own.model_dump(exclude={"changed_at"}) == {
        "person_id": ana, "subject": "Technical round", "state": "trained", "changed_by": ada,
    }  # fmt: skip
    train(team, "Ana", "", seen="trained")
    assert training.training_of(team.workspace, by=team.people["Ana"], person_id=ana) == []

    steps = [
        (who, action, before and before["state"], after and after["state"])
        for who, action, before, after in audited(team.workspace, "person", ana)
    ]
    assert steps == [
        (max_, "set_training", None, "trainee"),
        (ada, "set_training", "trainee", "trained"),
        (max_, "set_training", "trained", None),
    ]


@pytest.mark.parametrize(("seen", "state"), [("", "trained"), ("trained", ""), ("trained", "trainee")])
def test_a_page_that_shows_another_state_changes_nothing(team: Team, seen: str, state: str) -> None:
    train(team, "Ana", "trainee")
    with pytest.raises(Stale, match="The training of Ana was changed in the meantime"):
        train(team, "Ana", state, seen=seen)
    assert known(team) == [("Ana", "Technical round", "trainee", "Max")]


def test_a_subject_is_one_however_it_is_spelled(team: Team) -> None:
    team = asking_for_training(team, "Panel craft")
    train(team, "Ana", "trainee", subject="  technical ROUND ")
    train(team, "Bo", "trainee", subject="Technical round")
    train(team, "Ana", "trained", seen="trainee", subject="TECHNICAL round")
    assert known(team) == [("Ana", "technical ROUND", "trained", "Max"), ("Bo", "technical ROUND", "trainee", "Max")]
    assert training.subjects(team.workspace, by=team.people["Max"]) == ["Panel craft", "technical ROUND"]


def test_a_hostile_subject_is_text(team: Team) -> None:
    train(team, "Ana", "trained", subject=HOSTILE)
    assert known(team) == [("Ana", HOSTILE, "trained", "Max")]


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"subject": " "}, InputError, "Name the training in 1 to 120 characters"),
        ({"subject": "x" * 121}, InputError, "Name the training in 1 to 120 characters"),
        ({"subject": "two\nlines"}, InputError, "Name the training in 1 to 120 characters"),
        ({"subject": "nul \x00"}, InputError, "Name the training in 1 to 120 characters"),
        ({"state": "expert"}, InputError, "Choose trainee or trained"),
        ({"person_id": "nobody"}, NotFound, "This person has no account"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(
    team: Team, changes: dict[str, str], error: type[Exception], words: str
) -> None:
    facts = {"person_id": team.people["Ana"].id, "subject": "Technical round", "seen": "", "state": "trained"}
    with pytest.raises(error, match=words):
        training.set_training(team.workspace, by=team.people["Max"], **(facts | changes))
    assert known(team) == []


def test_nobody_has_more_trainings_than_can_be_read(team: Team) -> None:
    for number in range(training.MOST_SUBJECTS):
        train(team, "Ana", "trained", subject=f"Subject {number}")
    with pytest.raises(InputError, match="Ana has 40 trainings already"):
        train(team, "Ana", "trained", subject="One more")
    train(team, "Ana", "", seen="trained", subject="Subject 7")
    train(team, "Ana", "trained", subject="One more")
    assert len(known(team)) == training.MOST_SUBJECTS


def test_a_round_is_rated_by_the_trained_and_shadowed_by_the_others(team: Team) -> None:
    team = asking_for_training(team)
    train(team, "Bo", "trained", subject="technical ROUND")
    train(team, "Ana", "trainee", subject="technical round")
    zoe = waiting(team)
    with pytest.raises(
        InputError,
        match=r"^Ana is not trained for Technical round, which Panel asks for, and can only shadow\. Choose a "
        "substitute for Ana’s seat in Panel, or put down their training",
    ):
        book(team, zoe)

    book(team, zoe, [seat(team, "Bo"), seat(team, "Bo", "Ana", shadow=True), seat(team, "Mia", "Tom", shadow=True)])
    assert row_of(team, zoe)["people"] == "Bo, Ana as a shadow, Tom as a shadow"
    book(team, zoe, round_name="Separate")  # which asks for no training
