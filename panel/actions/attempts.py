"""Sign-in slows down after repeated failures, per account and per address.

An attempt is counted before the password is checked and taken back when it was right, so a hundred attempts at
once are not a hundred free ones. Accounts that do not exist are counted like those that do.
"""

import ipaddress
from datetime import datetime, timedelta

from panel.domain.basics import now
from panel.errors import TooManyAttempts
from panel.house import Workspace
from panel.store import people
from panel.store.database import Transaction

FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 20
LONGEST_WAIT = timedelta(minutes=15)
FORGIVEN_AFTER = timedelta(hours=1)  # an hour without a failure gives all free attempts back
MOST_COUNTED = 12  # failures beyond the free ones; 2**12 seconds is more than the longest wait


class WaitFirst(TooManyAttempts):
    """`seconds` is how long to wait, for the Retry-After header."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, -int(-wait.total_seconds() // 1))
        super().__init__(f"Too many attempts. Wait {_in_words(self.seconds)}, then try again.")


def account_subject(email: str) -> str:
    return f"account:{email}"


def address_subject(address: str) -> str:
    """IPv6 hands every household a network of addresses, so its first 64 bits count as one."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "address:unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return f"address:{parsed.ipv4_mapped}"
        return f"address:{ipaddress.ip_network((parsed, 64), strict=False).network_address}"
    return f"address:{parsed}"


def count_attempt(workspace: Workspace, *, email: str, address: str | None = None) -> None:
    """Count an attempt, or raise WaitFirst (and count nothing) while one has to wait."""
    limits = {account_subject(email): FREE_PER_ACCOUNT}
    if address is not None:
        limits[address_subject(address)] = FREE_PER_ADDRESS
    at = now()

    def count(transaction: Transaction) -> None:
        people.forget_failures_before(transaction, at - 3 * FORGIVEN_AFTER)
        failures = {each: _failures(transaction, each, at) for each in limits}
        wait = max(_wait(failures[each], limits[each], at) for each in limits)
        if wait > timedelta(0):
            raise WaitFirst(wait)
        for each, (number, _) in failures.items():
            counted = min(number + 1, limits[each] + MOST_COUNTED)
            people.record_failure(transaction, subject=each, failures=counted, at=at)

    workspace.database.write(count)


def take_back(transaction: Transaction, *, email: str, address: str | None = None) -> None:
    """After the right password: the account starts anew, and the address counts half.

    An office shares one address: the mistypings of fifty people must not add up to a wait for all of them.
    """
    people.forget_failures(transaction, account_subject(email))
    found = people.failures_of(transaction, address_subject(address)) if address is not None else None
    if address is not None and found:
        people.record_failure(transaction, subject=address_subject(address), failures=(found[0] - 1) // 2, at=found[1])


def _failures(transaction: Transaction, subject: str, at: datetime) -> tuple[int, datetime]:
    number, last = people.failures_of(transaction, subject) or (0, at)
    return (0, at) if at - last >= FORGIVEN_AFTER else (number, last)


def _wait(failures: tuple[int, datetime], free: int, at: datetime) -> timedelta:
    number, last = failures
    if number < free:
        return timedelta(0)
    return last + min(timedelta(seconds=2 ** (number - free + 1)), LONGEST_WAIT) - at


def _in_words(seconds: int) -> str:
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
