"""Places of questions within their categories."""

from panel.store import bank
from panel.store.database import Transaction


class Places:
    """Where the next question of each category stands."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._last: dict[str, int] = {}

    def next_in(self, category_key: str) -> int:
        if category_key not in self._last:
            self._last[category_key] = bank.last_place(self._transaction, category_key)
        self._last[category_key] += 1
        return self._last[category_key]
