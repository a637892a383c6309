"""A candidate whose interviews are over, and their debrief, for tests."""

from collections.abc import Mapping
from typing import Any

from panel.actions import debrief_steps, debriefs, decisions
from panel.actions.debriefs import DebriefView
from panel.domain.debriefs import Debrief, Decision, Reconciliation
from tests.factories import Team

PANEL = ("Ana", "Bo", "Mia")


def all_in(team: Team, *, levels: Mapping[str, Any] | None = None, note: str = "what I heard", **how: Any) -> Team:
    """Everybody has submitted both rounds: Ana rates 2, Bo 5 and Mia 4 unless said otherwise."""
    given: dict[str, Any] = {"Ana": 2, "Bo": 5, "Mia": 4} | dict(levels or {})
    for name in PANEL:
        for round_name in ("Panel", "Separate"):
            team.hand_in(
                name, levels=given[name], note=f"{note} {name}", summary=f"sum {name}", round_name=round_name, **how
            )
    return team


def opened(team: Team, by: str = "Max") -> Debrief:
    return debrief_steps.open_debrief(team.workspace, by=team.people[by], candidate_id=team.candidate.id)


def view(team: Team, by: str = "Max") -> DebriefView:
    return debriefs.debrief(team.workspace, by=team.people[by], candidate_id=team.candidate.id)


def reconciled(
    team: Team, rater: str, level: int | None, *, by: str = "", question: str = "what-ana-asks",
    reason: str = "heard it again", seen: int = 0, round_name: str = "Panel",
) -> Reconciliation:  # fmt: skip
    return debrief_steps.reconcile(
        team.workspace, by=team.people[by or rater], candidate_id=team.candidate.id,
        scorecard_id=team.card(rater, round_name=round_name).id, question_key=question, level=level, reason=reason,
        seen=seen,
    )  # fmt: skip


def confirmed(team: Team, name: str) -> None:
    debrief_steps.confirm(
        team.workspace, by=team.people[name], candidate_id=team.candidate.id, seen=view(team, name).seen_own
    )


def decided(team: Team, outcome: str = "hire", *, by: str = "Max", **how: Any) -> Decision:
    facts: dict[str, Any] = {
        "reason": "the evidence", "present_ids": [team.people[name].id for name in ("Ana", "Max")], "seen": 0,
    }  # fmt: skip
    return decisions.decide(
        team.workspace, by=team.people[by], candidate_id=team.candidate.id, outcome=outcome, **(facts | how)
    )


def states(team: Team) -> dict[str, str]:
    """How every panelist stands to the debrief."""
    return {each.name: each.state for each in view(team).panelists}
