"""The steps of undoing an import inside a transaction."""

from dataclasses import dataclass

from panel.domain.basics import now
from panel.domain.plans import assignments_of
from panel.domain.questions import IN_PLANS, BankQuestion, Question, lacking
from panel.store import bank, plans
from panel.store.bank import NewVersion
from panel.store.database import Transaction
from panel.store.imports import ChangedByImport, ImportBody


@dataclass(frozen=True)
class Undone:
    """What undoing did. `kept` are the prompts of questions that were edited, planned with or marked as leaked
    since."""

    removed: int
    restored: int
    kept: tuple[str, ...]


def take_back(transaction: Transaction, body: ImportBody, *, author_id: str, reason: str) -> Undone:
    """Take out what an import added, bring back what it changed, and remove the categories it made."""
    current = {each.key: each for each in bank.current_questions(transaction)}
    planned = planned_keys(transaction)
    added = [current[key] for key in body.added if key in current]
    gone = {each.key for each in added if _untouched(each, body) and each.key not in planned}
    kept = [each.question.prompt for each in added if each.key not in gone]
    bank.remove_questions(transaction, gone)
    places = bank.places(transaction)
    restored = []
    for change in body.changed:
        if change.key not in current:
            continue
        before = _as_before(transaction, current[change.key], change)
        if before is None:
            kept.append(current[change.key].question.prompt)
        else:
            restored.append(following(current[change.key], before, places[change.key]))
    bank.put_versions(transaction, restored, author_id=author_id, reason=reason, created_at=now())
    for category in body.categories:
        bank.remove_category(transaction, category)
    return Undone(len(gone), len(restored), tuple(kept))


def _untouched(stored: BankQuestion, body: ImportBody) -> bool:
    """Whether nobody wrote on a question or marked it as leaked since it came in; its state alone does not count."""
    return stored.version == body.added[stored.key] and (stored.leak is None or stored.key in body.leaked)


def following(stored: BankQuestion, question: Question, place: int) -> NewVersion:
    """The next version of a question, in the state and the place that it has."""
    return NewVersion(question, stored.category.key, place, stored.version + 1, stored.state, stored.leak)


def planned_keys(transaction: Transaction) -> set[str]:
    """Questions that stand in a plan's draft or in a published version."""
    keys: set[str] = set()
    for stored in plans.all_plans(transaction):
        keys |= {each.question_key for _, part in assignments_of(stored.plan) for each in part.questions}
        for version in plans.versions_of(transaction, stored.id):
            keys |= {key for _, key in version.published.items()}
    return keys


def _as_before(transaction: Transaction, stored: BankQuestion, change: ChangedByImport) -> Question | None:
    """What a question said before the import; None where it was edited since, or approved with what the import gave."""
    if stored.version != change.after:
        return None
    earlier = bank.question_versions(transaction, {(change.key, change.before)})[change.key, change.before].question
    return None if stored.state in IN_PLANS and lacking(earlier) else earlier
