"""How the team wants to work: one row."""

from panel.domain.team_settings import TeamSettings
from panel.store.database import Transaction


def team_settings(transaction: Transaction) -> TeamSettings:
    row = transaction.row("SELECT body, version FROM team_setting WHERE id = 'team'")
    if row is None:
        return TeamSettings()
    return TeamSettings.model_validate_json(row["body"]).model_copy(update={"version": int(row["version"])})


def keep_team_settings(transaction: Transaction, wanted: TeamSettings) -> bool:
    """`wanted.version` is the one that was seen. False when somebody else changed them first."""
    body = wanted.model_dump_json(exclude={"version"})
    if wanted.version == 0:
        sql = "INSERT INTO team_setting (id, body, version) VALUES ('team', ?, 1) ON CONFLICT (id) DO NOTHING"
        return bool(transaction.run(sql, body))
    sql = "UPDATE team_setting SET body = ?, version = version + 1 WHERE id = 'team' AND version = ?"
    return bool(transaction.run(sql, body, wanted.version))
