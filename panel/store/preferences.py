"""How people like their screens."""

from panel.domain.preferences import Preferences
from panel.store.database import Transaction


def preferences_of(transaction: Transaction, person_id: str) -> Preferences:
    row = transaction.row("SELECT body FROM preference WHERE person_id = ?", person_id)
    return Preferences.model_validate_json(row["body"]) if row else Preferences()


def keep_preferences(transaction: Transaction, person_id: str, preferences: Preferences) -> None:
    transaction.run(
        "INSERT INTO preference (person_id, body) VALUES (?, ?) "
        "ON CONFLICT (person_id) DO UPDATE SET body = excluded.body",
        person_id, preferences.model_dump_json(),
    )  # fmt: skip
