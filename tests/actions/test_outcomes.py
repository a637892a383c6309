"""How hired people did later: entering, bringing in, taking back, and what the scores may be said to have said."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import debrief_steps, decisions, outcomes
from panel.actions.outcome_scores import CriterionLines, what_scores_said
from panel.domain.outcomes import Outcome
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from tests.factories import Team, a_team

DAY = date(2026, 6, 1)
HEADINGS = "candidate,date,criterion,value,low,high\n"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def enter(team: Team, by: str = "Max", **changes: Any) -> Outcome:
    facts: dict[str, Any] = {
        "candidate_id": team.candidate.id, "on": DAY, "criterion": "Pace", "value": 4.0, "low": 1.0, "high": 5.0,
    }  # fmt: skip
    return outcomes.enter_outcome(team.workspace, by=team.people[by], **(facts | changes))


def known(team: Team) -> list[tuple[str, str, float]]:
    found = outcomes.known_outcomes(team.workspace, by=team.people["Max"])
    return [(found.people[each.candidate_id].candidate.name, each.criterion, each.value) for each in found.outcomes]


def bring_in(team: Team, text: str) -> outcomes.Preview:
    return outcomes.bring_in_outcomes(team.workspace, by=team.people["Max"], name="review.csv", data=text)


def test_what_is_entered_is_known_until_it_is_removed(team: Team) -> None:
    first = enter(team)
    enter(team, on=DAY + timedelta(days=30), value=5.0, criterion="PACE")  # one criterion, however it is written
    assert known(team) == [("Priya", "Pace", 5.0), ("Priya", "Pace", 4.0)]
    with pytest.raises(InputError, match="has a value for this person and day already"):
        enter(team, criterion="pace", value=2.0)
    outcomes.remove_outcome(team.workspace, by=team.people["Max"], outcome_id=first.id)
    assert known(team) == [("Priya", "Pace", 5.0)]
    with pytest.raises(Stale):
        outcomes.remove_outcome(team.workspace, by=team.people["Ada"], outcome_id=first.id)
    with pytest.raises(NotFound):
        enter(team, candidate_id="nobody")


def test_a_table_brings_in_what_is_new_and_says_why_the_rest_is_not(team: Team) -> None:
    enter(team)
    for name in ("Zoe", "Zoe", "=cmd|' /C calc'!A0"):
        team.add_candidate(name)
    text = HEADINGS + "\n".join(
        [
            "priya@example.org,2026-07-01,Pace,3,1,5", "Priya,2026-06-01,pace,2,1,5", "PRIYA,2026-07-01,Pace,5,1,5",
            "Zoe,2026-06-01,Pace,3,1,5", "Nobody,2026-06-01,Pace,3,1,5", "Priya,June,Pace,3,1,5",
            "Priya,2026-06-01,Quality,=2+3,1,5", "Priya,2026-06-01,Quality,9,1,5",
            "'=cmd|' /C calc'!A0,2026-06-01,<b>Quality</b>,3,1,5", ",2026-06-01,Pace,3,1,5",
        ]
    )  # fmt: skip
    seen = outcomes.preview_outcomes(team.workspace, by=team.people["Max"], name="review.csv", data=text)
    assert known(team) == [("Priya", "Pace", 4.0)]
    assert bring_in(team, text) == seen
    assert seen.problems == (
        "Row 3: this criterion has a value for this person and day already.",
        "Row 4: this criterion, person and day stand on an earlier row too.",
        "Row 5: 2 candidates are called Zoe. Add a column email or role that tells them apart.",
        "Row 6: nobody called Nobody is a candidate here. Write the name or address as under Candidates.",
        "Row 7: “June” is not a day. Write it as 2026-05-31.",
        "Row 8: “=2+3” is not a number; the value is needed.",
        "Row 9: 9 is not on the scale from 1 to 5.",
        "Row 11: it names nobody. Give the candidate's email address or name.",
    )
    assert known(team) == [
        ("Priya", "Pace", 3.0), ("=cmd|' /C calc'!A0", "<b>Quality</b>", 3.0), ("Priya", "Pace", 4.0),
    ]  # fmt: skip


def test_an_import_is_taken_back_once_and_leaves_what_was_typed(team: Team) -> None:
    enter(team)
    bring_in(team, f"{HEADINGS}Priya,2026-07-01,Pace,3,1,5\nPriya,2026-08-01,Pace,2,1,5")
    found = outcomes.known_outcomes(team.workspace, by=team.people["Max"])
    (made,) = found.imports
    assert (made.name, made.outcomes, made.left) == ("review.csv", 2, 2)
    with pytest.raises(InputError, match="Nothing can be brought in"):
        bring_in(team, f"{HEADINGS}Priya,2026-07-01,Pace,3,1,5")
    gone = next(each for each in found.outcomes if each.import_id and each.value == 2.0)
    outcomes.remove_outcome(team.workspace, by=team.people["Max"], outcome_id=gone.id)
    assert outcomes.undo_outcome_import(team.workspace, by=team.people["Ada"], import_id=made.id) == 1
    assert known(team) == [("Priya", "Pace", 4.0)]
    with pytest.raises(Stale):
        outcomes.undo_outcome_import(team.workspace, by=team.people["Ada"], import_id=made.id)
    assert outcomes.known_outcomes(team.workspace, by=team.people["Max"]).imports == ()


def test_interviewers_neither_see_nor_enter_outcomes(team: Team) -> None:
    one = enter(team)
    ana = {"by": team.people["Ana"]}
    for call in (
        lambda: outcomes.known_outcomes(team.workspace, **ana),
        lambda: what_scores_said(team.workspace, **ana),
        lambda: outcomes.preview_outcomes(team.workspace, **ana, name="a", data=f"{HEADINGS}Priya,2026-07-01,P,3,1,5"),
        lambda: outcomes.bring_in_outcomes(team.workspace, **ana, name="a", data=f"{HEADINGS}Priya,2026-07-01,P,3,1,5"),
        lambda: outcomes.remove_outcome(team.workspace, **ana, outcome_id=one.id),
        lambda: outcomes.undo_outcome_import(team.workspace, **ana, import_id="x"),
        lambda: enter(team, "Ana", criterion="Other"),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert known(team) == [("Priya", "Pace", 4.0)]


def a_cohort(team: Team, levels: Sequence[int], raters: Sequence[str] = ("Ana",)) -> None:
    """Candidates whom the raters gave these levels on what Ana asks, and who then did just as well."""
    for number, level in enumerate(levels):
        candidate = team.add_candidate(f"Hire {number}")
        for name in raters:
            team.hand_in(name, candidate=candidate, levels={"what-ana-asks": level, "what-bo-asks": 3})
        enter(team, candidate_id=candidate.id, value=float(level), on=date(2026, 11, 1))


def said(team: Team, by: str = "Max") -> CriterionLines:
    (found,) = what_scores_said(team.workspace, by=team.people[by])
    return found


def test_from_ten_hired_and_rated_people_on_it_is_said_what_the_scores_said(team: Team) -> None:
    enter(team)  # Priya has an outcome and no rating
    a_cohort(team, (1, 2, 3, 4, 5, 2, 3, 4, 3))
    few = said(team)
    assert (few.people, few.whole.people, few.whole.missing, few.whole.found, few.pairs) == (10, 9, 1, None, ())
    assert {each.competency: each.people for each in few.competencies} == {"Explanation": 9, "Technical depth": 9}
    a_cohort(team, (5,))
    enough = said(team)
    assert enough.whole.found
    assert enough.whole.found.pearson
    assert (enough.whole.people, enough.candidates, len(enough.pairs)) == (10, 10, 10)
    assert enough.whole.found.pearson.estimate == pytest.approx(1)
    assert {each.competency: each.found and each.found.not_estimable for each in enough.competencies} == {
        "Explanation": "the scores are all the same", "Technical depth": None,
    }  # fmt: skip


def test_a_manager_who_owes_a_scorecard_gets_nothing_of_what_is_withheld(team: Team) -> None:
    a_cohort(team, (2, 4), raters=("Ana", "Bo"))
    assert (said(team, "Mia").whole.people, said(team, "Max").whole.people) == (0, 2)


def test_ratings_after_the_observation_are_no_prediction(team: Team) -> None:
    team.hand_in("Ana")
    enter(team, on=date(2026, 3, 1))  # a day before the interview
    assert (said(team).people, said(team).whole.people) == (1, 0)


def test_whom_a_debrief_decided_to_hire_is_waited_for_until_an_outcome_is_known_or_the_decision_revised(
    team: Team,
) -> None:
    for name in ("Ana", "Bo", "Mia"):
        team.hand_in(name)
        team.hand_in(name, round_name="Separate")
    max_, candidate = team.people["Max"], team.candidate.id
    debrief_steps.open_debrief(team.workspace, by=max_, candidate_id=candidate)

    def decide(outcome: str, seen: int) -> None:
        decisions.decide(
            team.workspace, by=max_, candidate_id=candidate, outcome=outcome, reason="what was heard",
            against="for once", revises="a mistake" if seen else "", present_ids=[max_.id], seen=seen,
        )  # fmt: skip

    def awaited(by: str = "Max") -> list[str]:
        return outcomes.known_outcomes(team.workspace, by=team.people[by]).awaited

    assert awaited() == []
    decide("hire", 0)
    assert awaited() == awaited("Mia") == ["Priya"]
    decide("no_hire", 1)
    assert awaited() == []
    decide("hire", 2)
    enter(team)
    assert awaited() == []


def test_a_decision_is_not_told_to_who_owes_a_scorecard_again(team: Team) -> None:
    for name in ("Ana", "Bo", "Mia"):
        team.hand_in(name)
        team.hand_in(name, round_name="Separate")
    max_, candidate = team.people["Max"], team.candidate.id
    debrief_steps.open_debrief(team.workspace, by=max_, candidate_id=candidate)
    decisions.decide(
        team.workspace, by=max_, candidate_id=candidate, outcome="hire", reason="why", against="for once",
        present_ids=[max_.id], seen=0,
    )  # fmt: skip
    team.cancel("Max")
    team.schedule(team.candidate, "Panel")
    assert [outcomes.known_outcomes(team.workspace, by=team.people[each]).awaited for each in ("Mia", "Max")] == [
        [],
        ["Priya"],
    ]
