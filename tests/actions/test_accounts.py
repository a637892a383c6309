"""Accounts, on both engines."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.actions import accounts
from panel.domain.people import ACCESS_NAMES, Access, Person
from panel.errors import InputError, NotAllowed, PanelError, Stale
from panel.house import House, Workspace
from panel.store import audit
from tests.teammates import PASSWORD, administrator, invited, member, of_token


def actions_of(workspace: Workspace, person: Person) -> list[str]:
    with workspace.database.read() as transaction:
        return sorted(each["action"] for each in audit.events_of(transaction, subject="person", subject_id=person.id))


def change(workspace: Workspace, by: Person, person: Person, **changes: object) -> Person:
    facts = {"name": person.name, "access": person.access, "active": person.active, "seen_version": person.version}
    return accounts.change_person(workspace, by=by, person_id=person.id, **{**facts, **changes})  # type: ignore[arg-type]


def test_the_first_administrator_is_signed_in_and_on_record(workspace: Workspace) -> None:
    assert not accounts.anyone_exists(workspace)
    ana = administrator(workspace)

    assert accounts.anyone_exists(workspace)
    assert (ana.name, ana.email, ana.access, ana.active) == ("Ana", "ana@example.org", "administrator", True)
    assert actions_of(workspace, ana) == ["create_first_administrator", "sign_in"]


def test_of_several_first_administrators_at_once_one_is_made(workspace: Workspace) -> None:
    def attempt(number: int) -> str:
        try:
            return accounts.create_first_administrator(
                workspace, name=f"Person {number}", email=f"p{number}@example.org", password=PASSWORD
            )
        except NotAllowed:
            return ""

    with ThreadPoolExecutor(8) as pool:
        made = [token for token in pool.map(attempt, range(8)) if token]
    assert len(made) == 1
    assert len(accounts.people(workspace, by=of_token(workspace, made[0]))) == 1


@pytest.mark.parametrize(
    ("name", "email", "password"),
    [
        ("", "ana@example.org", PASSWORD),
        ("A\x00na", "ana@example.org", PASSWORD),
        ("x" * 121, "ana@example.org", PASSWORD),
        ("Ana", "ana", PASSWORD),
        ("Ana", "an\x00a@example.org", PASSWORD),
        ("Ana", "ana@example.org", "short"),
        ("Ana", "ana@example.org", "aaaaaaaaaaaaaa"),
        ("Ana", "ana@example.org", "ana@example.org"),
        ("Ana", "ana@example.org", "x" * 1001),
    ],
)
def test_what_cannot_be_an_account_is_refused(workspace: Workspace, name: str, email: str, password: str) -> None:
    with pytest.raises(InputError):
        accounts.create_first_administrator(workspace, name=name, email=email, password=password)
    assert not accounts.anyone_exists(workspace)


def test_a_new_password_ends_the_other_sessions(workspace: Workspace) -> None:
    administrator(workspace)
    here = accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1")
    there = accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.2")
    ana = of_token(workspace, here)

    with pytest.raises(InputError, match="present password is not right"):
        accounts.change_password(
            workspace, by=ana, token_hash=accounts.token_hash(here), old="something else", new="nine loud trumpets"
        )
    accounts.change_password(
        workspace, by=ana, token_hash=accounts.token_hash(here), old=PASSWORD, new="nine loud trumpets"
    )

    assert of_token(workspace, here) == ana.model_copy(update={"version": ana.version + 1})
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(there)) is None
    assert accounts.sign_in(workspace, email="ana@example.org", password="nine loud trumpets", address="10.0.0.1")
    with pytest.raises(InputError):
        accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1")


def test_guessing_the_present_password_is_slowed_down(workspace: Workspace) -> None:
    ana = administrator(workspace)
    texts = []
    for _ in range(7):
        with pytest.raises(PanelError) as refusal:
            accounts.change_password(workspace, by=ana, token_hash="", old="wrong", new="nine loud trumpets")
        texts.append(str(refusal.value))
    assert [text.startswith("Too many attempts") for text in texts] == [False] * 5 + [True] * 2


def test_a_deactivated_person_is_out_at_once_and_can_come_back(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, session = member(workspace, ana, "Ben")

    gone = change(workspace, ana, ben, active=False)
    assert not gone.active
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(session)) is None
    with pytest.raises(InputError):
        accounts.sign_in(workspace, email=ben.email, password=PASSWORD, address="10.0.0.1")
    with pytest.raises(InputError, match="has been deactivated"):
        accounts.renew_invitation(workspace, by=ana, person_id=ben.id)

    change(workspace, ana, gone, active=True)
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(session)) is None
    assert accounts.sign_in(workspace, email=ben.email, password=PASSWORD, address="10.0.0.1")


def test_a_change_of_a_person_who_was_changed_meanwhile_is_refused(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, _ = member(workspace, ana, "Ben")
    changed = change(workspace, ana, ben, name="Benjamin")
    assert (changed.name, changed.version) == ("Benjamin", ben.version + 1)

    with pytest.raises(Stale):
        change(workspace, ana, ben, access="manager")
    assert changed in accounts.people(workspace, by=ana)


def test_somebody_can_always_manage_the_team(workspace: Workspace) -> None:
    ana = administrator(workspace)
    invited(workspace, ana, "Cai", "administrator")  # has no password yet, so cannot sign in
    for changes in ({"access": "manager"}, {"access": "interviewer"}):
        with pytest.raises(NotAllowed, match="only administrator"):
            change(workspace, ana, ana, **changes)
    with pytest.raises(NotAllowed, match="your own account"):
        change(workspace, ana, ana, active=False)

    ben, _ = member(workspace, ana, "Ben", "administrator")
    assert change(workspace, ana, ana, access="interviewer").access == "interviewer"
    with pytest.raises(NotAllowed):
        change(workspace, ben, ben, access="manager")


def test_of_two_administrators_who_demote_each_other_at_once_one_remains(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, _ = member(workspace, ana, "Ben", "administrator")

    def demote(pair: tuple[Person, Person]) -> None:
        with contextlib.suppress(NotAllowed):
            change(workspace, pair[0], pair[1], access="interviewer")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(demote, [(ana, ben), (ben, ana)]))
    people = accounts.people(workspace, by=ana)
    assert sorted(each.access for each in people) == ["administrator", "interviewer"]


def test_a_demoted_administrator_gets_nothing_from_a_page_left_open(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, _ = member(workspace, ana, "Ben", "administrator")
    change(workspace, ana, ben, access="manager")
    assert ben.access == "administrator"  # what Ben's page still believes

    with pytest.raises(NotAllowed):
        accounts.invite(workspace, by=ben, name="Cai", email="cai@example.org", access="administrator")
    with pytest.raises(NotAllowed):
        change(workspace, ben, ana, access="interviewer")


@pytest.mark.parametrize("access", ACCESS_NAMES)
def test_access_rules_of_every_action(workspace: Workspace, access: Access) -> None:
    """What each access level, and nobody, may do with accounts."""
    ana = administrator(workspace)
    actor, session = member(workspace, ana, "Actor", access)
    other, _ = member(workspace, ana, "Other")
    stranger = actor.model_copy(update={"id": "nobody"})

    def outcomes(by: Person) -> dict[str, bool]:
        def works(attempt: object) -> bool:
            try:
                attempt()  # type: ignore[operator]
            except NotAllowed:
                return False
            return True

        return {
            "people": works(lambda: accounts.people(workspace, by=by)),
            "invite": works(
                lambda: accounts.invite(workspace, by=by, name="New", email="new@example.org", access="manager")
            ),
            "renew_invitation": works(lambda: accounts.renew_invitation(workspace, by=by, person_id=other.id)),
            "change_person": works(lambda: change(workspace, by, other, name="Other name")),
            "change_password": works(
                lambda: accounts.change_password(
                    workspace, by=by, token_hash=accounts.token_hash(session), old=PASSWORD, new="nine loud trumpets"
                )
            ),
        }

    manages = access == "administrator"
    assert outcomes(stranger) == dict.fromkeys(outcomes(stranger), False)
    assert outcomes(actor) == {
        "people": True,
        "invite": manages,
        "renew_invitation": manages,
        "change_person": manages,
        "change_password": True,
    }
    gone = next(each for each in accounts.people(workspace, by=ana) if each.id == actor.id)
    change(workspace, ana, gone, active=False)
    assert outcomes(actor) == dict.fromkeys(outcomes(actor), False)


def test_the_audit_trail_holds_no_secret(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, session = member(workspace, ana, "Ben")
    change(workspace, ana, ben, access="manager")
    with workspace.database.read() as transaction:
        events = transaction.rows("SELECT actor_id, action, before_text, after_text FROM audit_event")

    assert [each["before_text"] for each in events if each["action"] == "change_person"] == [
        '{"name": "Ben", "access": "interviewer", "active": true}'
    ]
    text = str(events)
    assert not any(secret in text for secret in (PASSWORD, session, accounts.token_hash(session), "argon2"))


def test_only_the_demo_team_is_entered_without_a_password(house: House) -> None:
    ana = administrator(house.team)
    with pytest.raises(NotAllowed):
        accounts.sign_in_as_demo_person(house.team, person_id=ana.id)
    assert accounts.demo_people(house.team) == []

    demo = house.open_demo()
    dana = administrator(demo)
    assert accounts.demo_people(demo) == [dana]
    token = accounts.sign_in_as_demo_person(demo, person_id=dana.id)
    assert of_token(demo, token) == dana
    assert accounts.person_signed_in(house.team, token_hash=accounts.token_hash(token)) is None
    with pytest.raises(InputError):
        accounts.sign_in_as_demo_person(demo, person_id=ana.id)
