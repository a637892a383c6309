"""Signing in, staying signed in, and being slowed down, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher

from panel.actions import accounts, attempts, passwords, sessions
from panel.actions.attempts import WaitFirst
from panel.domain import basics
from panel.errors import InputError, PanelError, TooManyAttempts
from panel.house import House, Workspace
from panel.store import people
from tests.teammates import PASSWORD, administrator, invited, of_token


class Clock:
    """The time as attempts and sessions see it."""

    def __init__(self) -> None:
        self.time = basics.now()

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (attempts, sessions, accounts):
        monkeypatch.setattr(module, "now", clock)
    return clock


def attempt(workspace: Workspace, email: str, password: str, address: str = "10.0.0.1") -> str:
    """What the person reads; empty when they are in."""
    try:
        accounts.sign_in(workspace, email=email, password=password, address=address)
    except PanelError as error:
        return str(error)
    return ""


WRONG = "The email address or the password is not right. Check both and try again."


def test_the_right_password_signs_in_whatever_the_case_of_the_address(workspace: Workspace) -> None:
    ana = administrator(workspace)
    token = accounts.sign_in(workspace, email=" ANA@Example.org ", password=PASSWORD, address="10.0.0.1")
    assert of_token(workspace, token) == ana


def test_the_same_password_typed_on_another_keyboard_is_the_same(workspace: Workspace) -> None:
    accounts.create_first_administrator(workspace, name="Zoë", email="zoe@example.org", password="café crème brûlée")
    assert attempt(workspace, "zoe@example.org", "cafe\u0301 cre\u0300me bru\u0302le\u0301e") == ""


def test_only_hashes_are_stored(workspace: Workspace) -> None:
    administrator(workspace)
    token = accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1")
    with workspace.database.read() as transaction:
        kept = str(transaction.rows("SELECT * FROM web_session") + transaction.rows("SELECT * FROM person"))
    assert accounts.token_hash(token) in kept
    assert "$argon2id$" in kept
    assert token not in kept and PASSWORD not in kept


def test_nothing_tells_whether_an_account_exists(workspace: Workspace, clock: Clock) -> None:
    """A wrong password, nobody, no password yet and a deactivated person read the same, attempt by attempt."""
    ana = administrator(workspace)
    invited(workspace, ana, "Ben")
    cai, link = invited(workspace, ana, "Cai")
    accounts.accept_invitation(workspace, token=link, password=PASSWORD)
    cai = next(each for each in accounts.people(workspace, by=ana) if each.id == cai.id)
    accounts.change_person(
        workspace, by=ana, person_id=cai.id, seen_version=cai.version, name="Cai", access="interviewer", active=False
    )

    def story(email: str, password: str, address: str) -> list[str]:
        return [attempt(workspace, email, password, address) for _ in range(8)]

    stories = [
        story("ana@example.org", "wrong password", "10.0.0.1"),
        story("nobody@example.org", "wrong password", "10.0.0.2"),
        story("ben@example.org", "wrong password", "10.0.0.3"),
        story("cai@example.org", PASSWORD, "10.0.0.4"),
    ]
    assert stories[0] == [WRONG] * 5 + ["Too many attempts. Wait 2 seconds, then try again."] * 3
    assert stories == [stories[0]] * 4


class CountingHasher(PasswordHasher):
    """The real one, remembering the cost of every check: what an argon2 hash says before its salt."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.checked.append(str(hash).rsplit("$", 2)[0])
        return super().verify(hash, password)  # type: ignore[return-value]


def test_unknown_accounts_cost_the_same_work(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = CountingHasher()
    monkeypatch.setattr(passwords, "HASHER", hasher)
    administrator(workspace)
    assert attempt(workspace, "ana@example.org", "wrong password", "10.0.0.1") == WRONG
    assert attempt(workspace, "nobody@example.org", "wrong password", "10.0.0.2") == WRONG
    known, unknown = hasher.checked
    assert known == unknown == "$argon2id$v=19$m=8,t=1,p=1"


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(workspace: Workspace, clock: Clock) -> None:
    administrator(workspace)
    waits = []
    for _ in range(16):
        while True:
            try:
                accounts.sign_in(workspace, email="ana@example.org", password="wrong", address="10.0.0.1")
            except WaitFirst as error:
                waits.append(error.seconds)
                clock.pass_(seconds=error.seconds)
            except InputError:
                break
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_the_right_password_is_refused_during_the_wait_and_starts_anew_after_it(
    workspace: Workspace, clock: Clock
) -> None:
    administrator(workspace)
    for _ in range(5):
        attempt(workspace, "ana@example.org", "wrong")
    assert attempt(workspace, "ana@example.org", PASSWORD) == "Too many attempts. Wait 2 seconds, then try again."

    clock.pass_(seconds=2)
    assert attempt(workspace, "ana@example.org", PASSWORD) == ""
    assert [attempt(workspace, "ana@example.org", "wrong") for _ in range(5)] == [WRONG] * 5


def test_an_hour_without_a_failure_gives_the_free_attempts_back(workspace: Workspace, clock: Clock) -> None:
    administrator(workspace)
    for _ in range(5):
        attempt(workspace, "ana@example.org", "wrong")
    clock.pass_(hours=1)
    assert [attempt(workspace, "ana@example.org", "wrong") for _ in range(5)] == [WRONG] * 5


def test_one_address_that_tries_many_accounts_is_slowed_down(workspace: Workspace, clock: Clock) -> None:
    administrator(workspace)
    texts = [attempt(workspace, f"person{n}@example.org", "wrong", "10.0.0.1") for n in range(22)]
    assert texts[:20] == [WRONG] * 20
    assert texts[20:] == ["Too many attempts. Wait 2 seconds, then try again."] * 2
    assert attempt(workspace, "ana@example.org", PASSWORD, "10.0.0.2") == ""

    clock.pass_(seconds=2)
    assert attempt(workspace, "ana@example.org", PASSWORD, "10.0.0.1") == ""
    assert attempt(workspace, "person30@example.org", "wrong", "10.0.0.1") == WRONG


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("10.0.0.1", "address:10.0.0.1"),
        ("::ffff:10.0.0.1", "address:10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "address:2001:db8:1:2::"),
        ("fe80::1%eth0", "address:fe80::"),
        ("", "address:unknown"),
        ("not an address", "address:unknown"),
    ],
)
def test_addresses_of_one_household_count_as_one(address: str, subject: str) -> None:
    assert attempts.address_subject(address) == subject


def test_a_hundred_attempts_at_once_are_not_a_hundred_free_ones(workspace: Workspace) -> None:
    administrator(workspace)

    def try_once(number: int) -> bool:
        return attempt(workspace, "ana@example.org", f"guess {number}", f"10.0.1.{number}") == WRONG

    with ThreadPoolExecutor(16) as pool:
        tried = sum(pool.map(try_once, range(60)))
    assert tried == 5


def test_counters_survive_a_restart(house: House) -> None:
    administrator(house.team)
    for _ in range(5):
        attempt(house.team, "ana@example.org", "wrong")
    if not house.settings.is_postgresql:
        house.close()
    reopened = House(house.settings)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(reopened.team, email="ana@example.org", password=PASSWORD, address="10.0.0.9")
    reopened.close()


def test_huge_and_hostile_input_is_refused_before_any_work(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator(workspace)
    hasher = CountingHasher()
    monkeypatch.setattr(passwords, "HASHER", hasher)
    assert attempt(workspace, "ana@example.org", "x" * 10_000_000).startswith("That password is too long")
    for email in ("a" * 300 + "@example.org", "an\x00a@example.org", "' OR 1=1 --", "", "\ud800@example.org"):
        assert attempt(workspace, email, "wrong") == "Enter an email address, such as ana@example.org."
    assert hasher.checked == []
    assert attempt(workspace, "ana@example.org", "\x00\ud800 wrong") == WRONG


def test_an_outdated_hash_is_replaced_at_the_next_sign_in(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = administrator(workspace)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert attempt(workspace, "ana@example.org", PASSWORD) == ""
    with workspace.database.read() as transaction:
        assert "m=16,t=2,p=1" in (people.password_hash_of(transaction, ana.id) or "")
    assert attempt(workspace, "ana@example.org", PASSWORD) == ""


def test_use_extends_a_session_and_idleness_ends_it(workspace: Workspace, clock: Clock) -> None:
    administrator(workspace)
    token = accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1")
    session = accounts.token_hash(token)
    for _ in range(5):
        clock.pass_(hours=11)
        assert accounts.person_signed_in(workspace, token_hash=session)
    clock.pass_(hours=11)
    assert accounts.person_signed_in(workspace, token_hash=session, extend=False)
    clock.pass_(hours=1, seconds=1)
    assert accounts.person_signed_in(workspace, token_hash=session) is None


def test_looking_at_a_fresh_session_writes_nothing(
    workspace: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator(workspace)
    token = accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1")
    monkeypatch.setattr(workspace.database, "write", None)
    clock.pass_(hours=1)
    assert of_token(workspace, token).name == "Ana"


def test_signing_out_ends_the_session_and_only_this_one(workspace: Workspace) -> None:
    administrator(workspace)
    first, second = (
        accounts.sign_in(workspace, email="ana@example.org", password=PASSWORD, address="10.0.0.1") for _ in range(2)
    )
    accounts.sign_out(workspace, token_hash=accounts.token_hash(first))
    accounts.sign_out(workspace, token_hash=accounts.token_hash(first))
    accounts.sign_out(workspace, token_hash="unknown")
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(first)) is None
    assert accounts.person_signed_in(workspace, token_hash=accounts.token_hash(second))
    assert accounts.person_signed_in(workspace, token_hash="") is None
