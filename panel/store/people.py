"""People, invitations, sign-in sessions and failed attempts."""

from collections.abc import Iterable
from datetime import datetime

from panel.domain.people import Access, Person
from panel.store.database import Row, Transaction

COLUMNS = "id, name, email, access, active, password_hash IS NOT NULL AS has_password, version"


def _person(row: Row) -> Person:
    return Person.model_validate(row)


def all_people(transaction: Transaction) -> list[Person]:
    return [_person(row) for row in transaction.rows(f"SELECT {COLUMNS} FROM person ORDER BY lower(name), id")]


def person_by_id(transaction: Transaction, person_id: str) -> Person | None:
    row = transaction.row(f"SELECT {COLUMNS} FROM person WHERE id = ?", person_id)
    return _person(row) if row else None


def people_by_id(transaction: Transaction, ids: Iterable[str]) -> dict[str, Person]:
    """Those that exist, by id."""
    wanted = list(dict.fromkeys(ids))
    places = ", ".join("?" * len(wanted)) or "NULL"
    rows = transaction.rows(f"SELECT {COLUMNS} FROM person WHERE id IN ({places})", *wanted)
    return {row["id"]: _person(row) for row in rows}


def person_by_email(transaction: Transaction, email: str) -> Person | None:
    row = transaction.row(f"SELECT {COLUMNS} FROM person WHERE email = ?", email)
    return _person(row) if row else None


def password_hash_of(transaction: Transaction, person_id: str) -> str | None:
    row = transaction.row("SELECT password_hash FROM person WHERE id = ?", person_id)
    return row["password_hash"] if row else None


def anyone_exists(transaction: Transaction) -> bool:
    return bool(transaction.rows("SELECT 1 FROM person LIMIT 1"))


def active_administrators(transaction: Transaction) -> int:
    """People who can sign in now and manage others."""
    row = transaction.row(
        "SELECT CAST(count(*) AS BIGINT) AS people FROM person "
        "WHERE access = 'administrator' AND active AND password_hash IS NOT NULL"
    )
    return int(row["people"]) if row else 0


def insert_person(
    transaction: Transaction,
    *,
    person_id: str,
    name: str,
    email: str,
    access: Access,
    password_hash: str | None,
    at: datetime,
) -> None:
    transaction.run(
        "INSERT INTO person (id, name, email, access, active, password_hash, version, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
        person_id, name, email, access, True, password_hash, at,
    )  # fmt: skip


def update_person(transaction: Transaction, *, person: Person, seen_version: int) -> bool:
    """False when somebody else changed the person first."""
    return bool(
        transaction.run(
            "UPDATE person SET name = ?, access = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?",
            person.name, person.access, person.active, person.id, seen_version,
        )
    )  # fmt: skip


def set_password_hash(transaction: Transaction, *, person_id: str, password_hash: str) -> None:
    transaction.run("UPDATE person SET password_hash = ?, version = version + 1 WHERE id = ?", password_hash, person_id)


def insert_invitation(
    transaction: Transaction, *, token_hash: str, person_id: str, created_by: str, at: datetime, expires_at: datetime
) -> None:
    transaction.run(
        "INSERT INTO invitation (token_hash, person_id, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        token_hash, person_id, created_by, at, expires_at,
    )  # fmt: skip


def end_open_invitations(transaction: Transaction, *, person_id: str, at: datetime) -> None:
    """A newer link, or the use of one, ends the others."""
    transaction.run("UPDATE invitation SET used_at = ? WHERE person_id = ? AND used_at IS NULL", at, person_id)


def invited_person(transaction: Transaction, *, token_hash: str, at: datetime) -> Person | None:
    """The active person whose link this is, while it is unused and unexpired."""
    row = transaction.row(
        "SELECT person_id FROM invitation WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?", token_hash, at
    )
    person = person_by_id(transaction, row["person_id"]) if row else None
    return person if person and person.active else None


def insert_session(
    transaction: Transaction, *, token_hash: str, person_id: str, at: datetime, expires_at: datetime
) -> None:
    transaction.run(
        "INSERT INTO web_session (token_hash, person_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
        token_hash, person_id, at, expires_at,
    )  # fmt: skip


def person_of_session(transaction: Transaction, *, token_hash: str, at: datetime) -> tuple[Person, datetime] | None:
    """Who is signed in with this session and until when; None when it ended, expired, or the person was deactivated."""
    row = transaction.row(
        f"SELECT expires_at, {COLUMNS} FROM person JOIN web_session ON web_session.person_id = person.id "
        "WHERE token_hash = ? AND ended_at IS NULL AND expires_at > ? AND active",
        token_hash, at,
    )  # fmt: skip
    return (_person(row), row["expires_at"]) if row else None


def extend_session(transaction: Transaction, *, token_hash: str, expires_at: datetime) -> None:
    transaction.run("UPDATE web_session SET expires_at = ? WHERE token_hash = ?", expires_at, token_hash)


def forget_expired_sessions(transaction: Transaction, *, before: datetime) -> None:
    transaction.run("DELETE FROM web_session WHERE expires_at < ?", before)


def end_session(transaction: Transaction, *, token_hash: str, at: datetime) -> None:
    transaction.run("UPDATE web_session SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL", at, token_hash)


def end_sessions_of(transaction: Transaction, *, person_id: str, at: datetime, except_token: str = "") -> None:
    transaction.run(
        "UPDATE web_session SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL AND token_hash <> ?",
        at, person_id, except_token,
    )  # fmt: skip


def failures_of(transaction: Transaction, subject: str) -> tuple[int, datetime] | None:
    """Failed sign-ins in a row for an account or an address, and when the last one was."""
    row = transaction.row("SELECT failures, last_at FROM sign_in_failure WHERE subject = ?", subject)
    return (int(row["failures"]), row["last_at"]) if row else None


def record_failure(transaction: Transaction, *, subject: str, failures: int, at: datetime) -> None:
    transaction.run(
        "INSERT INTO sign_in_failure (subject, failures, last_at) VALUES (?, ?, ?) "
        "ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
        subject, failures, at,
    )  # fmt: skip


def forget_failures(transaction: Transaction, subject: str) -> None:
    transaction.run("DELETE FROM sign_in_failure WHERE subject = ?", subject)


def forget_failures_before(transaction: Transaction, before: datetime) -> None:
    """Guesses at addresses nobody has would otherwise fill the table."""
    transaction.run("DELETE FROM sign_in_failure WHERE last_at < ?", before)
