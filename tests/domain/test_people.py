"""One predicate for each permission."""

from itertools import product

import pytest

from panel.domain import people
from panel.domain.people import ACCESS_NAMES, Access, Person
from panel.errors import InputError

LEVELS = tuple(ACCESS_NAMES)
EASY = "That password is easy to guess. Choose one that is not your address or a repeated character."


def somebody(access: Access, *, active: bool = True, person_id: str = "me") -> Person:
    return Person(id=person_id, name="Somebody", email="somebody@example.org", access=access, active=active)


@pytest.mark.parametrize(
    ("predicate", "who"),
    [
        (people.may_see_names, {"administrator", "manager", "interviewer"}),
        (people.may_read_bank, {"administrator", "manager", "interviewer"}),
        (people.may_manage_people, {"administrator"}),
        (people.may_manage_hiring, {"administrator", "manager"}),
        (people.may_bring_in_content, {"administrator", "manager"}),
        (people.may_compare, {"administrator", "manager"}),
        (people.may_see_team_calibration, {"administrator", "manager"}),
    ],
)
def test_each_permission_belongs_to_its_access_levels_and_to_nobody_deactivated(predicate, who) -> None:  # type: ignore[no-untyped-def]
    assert {access for access in LEVELS if predicate(somebody(access))} == who
    assert not any(predicate(somebody(access, active=False)) for access in LEVELS)


@pytest.mark.parametrize("access", LEVELS)
def test_a_question_set_is_assembled_by_its_interviewer_and_by_managers(access: Access) -> None:
    assert people.may_assemble(somebody(access), interviewer_id="me")
    assert people.may_assemble(somebody(access), interviewer_id="another") == (access != "interviewer")
    assert not people.may_assemble(somebody(access, active=False), interviewer_id="me")


@pytest.mark.parametrize("access", LEVELS)
def test_nobody_rates_for_another(access: Access) -> None:
    assert people.may_score(somebody(access), interviewer_id="me")
    assert not people.may_score(somebody(access), interviewer_id="another")
    assert not people.may_score(somebody(access, active=False), interviewer_id="me")


# (access, submitted, on_panel, owes_own) of every reader who may read another's scorecard
READABLE = {
    ("administrator", True, False, False),
    ("administrator", True, True, False),
    ("manager", True, False, False),
    ("manager", True, True, False),
    ("interviewer", True, True, False),
}
YES_NO = (False, True)


@pytest.mark.parametrize(("access", "submitted", "on_panel", "owes_own"), list(product(LEVELS, YES_NO, YES_NO, YES_NO)))
def test_anothers_scorecard_is_read_when_submitted_by_whoever_owes_none(
    access: Access, submitted: bool, on_panel: bool, owes_own: bool
) -> None:
    facts = {"submitted": submitted, "on_panel": on_panel, "owes_own": owes_own}
    expected = (access, submitted, on_panel, owes_own) in READABLE
    assert people.may_read_scorecard(somebody(access), interviewer_id="another", **facts) == expected
    assert people.may_read_scorecard(somebody(access), interviewer_id="me", **facts)
    for owner in ("me", "another"):
        assert not people.may_read_scorecard(somebody(access, active=False), interviewer_id=owner, **facts)


@pytest.mark.parametrize(
    ("typed", "stored"), [(" Ana@Example.ORG ", "ana@example.org"), ("a+b@c.de", "a+b@c.de"), ("ö@ö.de", "ö@ö.de")]
)
def test_an_address_is_compared_without_case_and_spaces(typed: str, stored: str) -> None:
    assert people.tidy_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@example.org", "a b@c.de", "a@b", "a,b@c.de", "<a@c.de>", "a\x00b@c.de", "x" * 250 + "@c.de"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match=r"^Enter an email address, such as ana@example\.org\.$"):
        people.tidy_email(typed)


@pytest.mark.parametrize("typed", ["", "  ", "x" * 121, "a\x00b", "a\x1bb"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="Enter a name of 1 to 120 characters, as plain text"):
        people.tidy_name(typed)


def test_a_name_is_any_plain_text() -> None:
    for name in ("李 小龙", "<script>alert(1)</script>", "=cmd()", "Zoë 🧪", "'; DROP TABLE person; --"):
        assert people.tidy_name(f" {name} ") == name


def test_only_known_access_levels_are_given() -> None:
    assert [people.tidy_access(access) for access in LEVELS] == list(LEVELS)
    for typed in ("", "root", "Administrator"):
        with pytest.raises(InputError, match="Choose an access level"):
            people.tidy_access(typed)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("nine char", "Choose a password of at least 10 characters. A short sentence works well."),
        ("abc " * 51, "Choose a password of at most 200 characters."),
        ("abababababab", EASY),
        ("ANA@example.org", EASY),
    ],
)
def test_a_weak_password_is_refused_with_what_to_change(password: str, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        people.check_password(password, "ana@example.org")
    assert str(refusal.value) == sentence


def test_a_sentence_is_a_password() -> None:
    people.check_password("ten quiet 🧪", "ana@example.org")
    people.check_password("x y z w " * 25, "ana@example.org")
