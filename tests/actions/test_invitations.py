"""One-time links, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from panel.actions import accounts, invitations
from panel.domain import basics
from panel.errors import InputError, NotFound
from panel.house import Workspace
from tests.teammates import PASSWORD, administrator, invited, member, of_token


def test_an_invited_person_sets_their_own_password(workspace: Workspace) -> None:
    ana = administrator(workspace)
    link = accounts.invite(workspace, by=ana, name=" Ben ", email="BEN@example.org", access="manager")
    person = accounts.invited_person(workspace, token=link)
    assert person and (person.name, person.email, person.access) == ("Ben", "ben@example.org", "manager")
    assert accounts.invited_person(workspace, token=link) == person  # looking does not use it

    with pytest.raises(InputError, match="at least 10 characters"):
        accounts.accept_invitation(workspace, token=link, password="short")
    session = accounts.accept_invitation(workspace, token=link, password=PASSWORD)
    assert of_token(workspace, session).id == person.id
    assert accounts.sign_in(workspace, email="ben@example.org", password=PASSWORD, address="10.0.0.1")


def test_a_link_works_once(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, link = invited(workspace, ana, "Ben")

    def use(number: int) -> str:
        try:
            return accounts.accept_invitation(workspace, token=link, password=f"{PASSWORD} {number}")
        except NotFound:
            return ""

    with ThreadPoolExecutor(6) as pool:
        sessions = [each for each in pool.map(use, range(6)) if each]
    assert len(sessions) == 1
    assert of_token(workspace, sessions[0]).id == ben.id
    assert accounts.invited_person(workspace, token=link) is None
    with pytest.raises(NotFound, match="used, replaced or has expired"):
        accounts.accept_invitation(workspace, token=link, password=PASSWORD)


def test_a_link_expires_after_three_days(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = administrator(workspace)
    _, link = invited(workspace, ana, "Ben")
    at = basics.now()
    monkeypatch.setattr(invitations, "now", lambda: at + timedelta(hours=71))
    assert accounts.invited_person(workspace, token=link)
    monkeypatch.setattr(invitations, "now", lambda: at + timedelta(hours=73))
    assert accounts.invited_person(workspace, token=link) is None
    with pytest.raises(NotFound):
        accounts.accept_invitation(workspace, token=link, password=PASSWORD)


def test_an_address_has_one_account(workspace: Workspace) -> None:
    ana = administrator(workspace)
    invited(workspace, ana, "Ben")
    with pytest.raises(InputError, match=r"Ben already has an account with ben@example\.org"):
        accounts.invite(workspace, by=ana, name="Another", email="Ben@Example.org", access="interviewer")


def test_of_many_invitations_to_one_address_at_once_one_is_made(workspace: Workspace) -> None:
    ana = administrator(workspace)

    def invite(number: int) -> bool:
        try:
            accounts.invite(workspace, by=ana, name=f"Ben {number}", email="ben@example.org", access="interviewer")
        except InputError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(invite, range(6))) == 1
    assert len(accounts.people(workspace, by=ana)) == 2


def test_a_newer_link_ends_the_older_one(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, older = invited(workspace, ana, "Ben")
    newer = accounts.renew_invitation(workspace, by=ana, person_id=ben.id)
    assert accounts.invited_person(workspace, token=older) is None
    assert accounts.invited_person(workspace, token=newer) == ben


def test_a_forgotten_password_is_replaced_only_when_the_link_is_used(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, session = member(workspace, ana, "Ben")
    link = accounts.renew_invitation(workspace, by=ana, person_id=ben.id)
    assert of_token(workspace, session) == ben
    assert accounts.sign_in(workspace, email=ben.email, password=PASSWORD, address="10.0.0.1")

    newer = accounts.accept_invitation(workspace, token=link, password="nine loud trumpets")
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(session)) is None
    assert of_token(workspace, newer).id == ben.id


def test_a_link_lets_a_slowed_down_person_in(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, _ = member(workspace, ana, "Ben")
    for _ in range(5):
        with pytest.raises(InputError):
            accounts.sign_in(workspace, email=ben.email, password="wrong", address="10.0.0.1")
    link = accounts.renew_invitation(workspace, by=ana, person_id=ben.id)
    accounts.accept_invitation(workspace, token=link, password="nine loud trumpets")
    assert accounts.sign_in(workspace, email=ben.email, password="nine loud trumpets", address="10.0.0.1")


def test_the_command_line_lets_only_administrators_in_again(workspace: Workspace) -> None:
    ana = administrator(workspace)
    ben, _ = member(workspace, ana, "Ben")
    link = accounts.link_for_locked_out_administrator(workspace, email="Ana@example.org")
    assert accounts.invited_person(workspace, token=link) == ana
    for email in (ben.email, "nobody@example.org"):
        with pytest.raises(InputError, match="No active administrator"):
            accounts.link_for_locked_out_administrator(workspace, email=email)


@pytest.mark.parametrize("token", ["", "x", "../..", "\ud800", "a" * 100_000])
def test_a_made_up_link_opens_nothing(workspace: Workspace, token: str) -> None:
    administrator(workspace)
    assert accounts.invited_person(workspace, token=token) is None
