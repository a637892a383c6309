"""What calibration needs beside the ratings: what can be chosen, and when scorecards were handed in."""

import pandas as pd

from panel.store.database import Row, Transaction


def asked_parts(transaction: Transaction) -> list[Row]:
    """What published plans measure where. Rows, later versions last: role_id, plan_id, round_id, round_name,
    competency, number (of the latest version that has the round under this name)."""
    return transaction.rows(
        "SELECT l.role_id, v.plan_id, a.round_id, a.round_name, a.competency, "
        "CAST(max(v.number) AS BIGINT) AS number FROM asked_item a "
        "JOIN plan_version v ON v.id = a.plan_version_id JOIN plan l ON l.id = v.plan_id "
        "GROUP BY l.role_id, v.plan_id, a.round_id, a.round_name, a.competency "
        "ORDER BY 6, 4, 3, 5"
    )


def handed_in(transaction: Transaction) -> pd.DataFrame:
    """Every scorecard of a standing interview, shadows' left out: when its interview ended by plan, and when it was
    handed in (missing while it is not). It tells nothing that was rated.

    Columns: person_id, role_id, plan_id, round_id, starts_at, minutes, submitted_at.
    """
    return transaction.typed_frame(
        "SELECT s.person_id, c.role_id, i.plan_id, s.round_id, i.starts_at, i.minutes, s.submitted_at "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
        "WHERE i.state <> 'cancelled' AND NOT s.shadow"
    )
