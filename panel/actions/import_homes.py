"""The categories in which the questions of an import find their place, made where they are missing."""

from panel.actions.places import Places
from panel.actions.questions import category_named
from panel.domain.questions import Category
from panel.store import bank
from panel.store.database import Transaction


class Homes:
    """Keys of categories and the next place in each, within one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._known = {each.key: each for each in bank.categories(transaction)}
        self._before = {_words(each.name): each.key for each in self._known.values()}
        self._named: dict[str, str] = {}
        self._places = Places(transaction)

    def of(self, described: Category | None, name: str) -> str:
        """The key of a question's category: as the document describes it, or by its name."""
        if described is not None:
            return self._of_described(described)
        if name not in self._named:
            home = category_named(self._transaction, name)
            self._named[name] = home.key
            self._known[home.key] = home
        return self._named[name]

    def next_place(self, key: str) -> int:
        return self._places.next_in(key)

    def _of_described(self, described: Category) -> str:
        """The bank's own category of that key or name stays as it is; a new one comes with its key, order and text."""
        if described.key in self._known:
            return described.key
        if _words(described.name) in self._before:
            return self._before[_words(described.name)]
        bank.save_category(self._transaction, described)
        self._known[described.key] = described
        return described.key


def _words(name: str) -> str:
    return " ".join(name.split()).casefold()
