"""Passwords are kept as argon2id hashes. Checking one costs the same whether or not there is anything to check."""

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from panel.errors import InputError

LONGEST_INPUT = 1000
HASHER = PasswordHasher()


def hash_of(password: str) -> str:
    """Slow and memory-hungry on purpose: call it outside a transaction."""
    return HASHER.hash(_bytes(password))


def refuse_if_huge(password: str) -> None:
    """Raise InputError before any work is spent on input that nobody typed."""
    if len(password) > LONGEST_INPUT:
        raise InputError("That password is too long to be one. Type it again.")


def matches(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the stored hash; does the same work when nothing is stored."""
    refuse_if_huge(password)
    nobody = _hash_of_nobody(HASHER)
    try:
        HASHER.verify(stored or nobody, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    return HASHER.check_needs_rehash(stored)


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_bytes(32))


def _bytes(password: str) -> bytes:
    """The same password typed on different keyboards can differ in code points; NFKC makes it one."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
