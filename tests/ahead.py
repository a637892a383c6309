"""A team whose interviews lie before it."""

from datetime import datetime, timedelta
from typing import Any

from panel.actions import scheduling
from panel.domain.basics import now
from tests.factories import Team

SOON = now().replace(microsecond=0) + timedelta(days=2)


def with_interviews_ahead(team: Team) -> Team:
    """The same team; its panel sits in two days, the separate sittings hourly from then."""
    for round_name in ("Panel", "Separate"):
        for place, row in enumerate(team.interviews(round_name=round_name)):
            move(team, row, SOON + timedelta(hours=place))
    return team


def move(team: Team, row: dict[str, Any], start: datetime) -> None:
    scheduling.move_interview(
        team.workspace, by=team.people["Max"], interview_id=row["id"], seen_version=row["version"], starts_at=start
    )


def cancel_all(team: Team) -> None:
    for row in (*team.interviews(), *team.interviews(round_name="Separate")):
        scheduling.cancel_interview(
            team.workspace, by=team.people["Max"], interview_id=row["id"], seen_version=row["version"]
        )
