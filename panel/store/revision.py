"""How often the bank changed, and what the ratings stand at: readers keep what they derived until that is another."""

from panel.store.database import Transaction


def revision(transaction: Transaction) -> int:
    row = transaction.row("SELECT revision FROM bank_revision WHERE id = 'bank'")
    return int(row["revision"]) if row else 0


def touch(transaction: Transaction) -> None:
    """Say that a question, category or rubric changed."""
    transaction.run("UPDATE bank_revision SET revision = revision + 1 WHERE id = 'bank'")


def of_ratings(transaction: Transaction) -> str:
    """A word that is another one whenever what may be computed from submitted ratings is.

    Submitted ratings never change, so it is enough to know how many scorecards there are and when the last came,
    which interviews stand, what is published, and what the bank and the team's names are.
    """
    parts = [
        "SELECT CAST(count(*) AS BIGINT) AS cards, "
        "CAST(sum(CASE WHEN state <> 'draft' THEN 1 ELSE 0 END) AS BIGINT) AS submitted, "
        "max(submitted_at) AS last FROM scorecard",
        "SELECT CAST(count(*) AS BIGINT) AS interviews, CAST(sum(version) AS BIGINT) AS moves FROM interview",
        "SELECT CAST(count(*) AS BIGINT) AS published FROM plan_version",
        "SELECT CAST(sum(version) AS BIGINT) AS people FROM person",
        "SELECT CAST(count(*) AS BIGINT) AS candidates, CAST(sum(version) AS BIGINT) AS named FROM candidate",
        "SELECT CAST(sum(version) AS BIGINT) AS roles FROM role",
        "SELECT CAST(sum(version) AS BIGINT) AS plans FROM plan",
        "SELECT revision FROM bank_revision WHERE id = 'bank'",
    ]
    return "|".join(str(value) for sql in parts for value in (transaction.row(sql) or {}).values())
