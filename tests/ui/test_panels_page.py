"""Proposing panels, substitutes, and what decides where somebody may sit, without a browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from panel.actions import availability, candidates, conflicts, scheduling, training
from panel.domain.basics import now
from panel.domain.seats import panel_seats
from tests.factories import Team
from tests.ui.driving import EVE, Tab

Seats = Callable[[str], Tab]


def with_candidates(team: Team, number: int) -> list[str]:
    """So many candidates without an interview."""
    return [
        candidates.add_candidate(
            team.workspace, by=team.people["Max"], role_id=team.role_id, name=f"Candidate {each}"
        ).id
        for each in range(number)
    ]


def panels_made(team: Team) -> set[tuple[str, frozenset[str]]]:
    """(candidate, who sits) of the panels of those added here."""
    with team.workspace.database.read() as transaction:
        rows = transaction.rows(
            "SELECT s.candidate_id, s.person_id FROM scorecard s WHERE s.round_id = ?", team.round_id()
        )
    seated: dict[str, set[str]] = {}
    for row in rows:
        seated.setdefault(row["candidate_id"], set()).add(row["person_id"])
    return {(each, frozenset(who)) for each, who in seated.items() if each != team.candidate.id}


def test_panels_are_proposed_looked_at_and_made(team: Team, tab: Seats) -> None:
    coming = with_candidates(team, 6)
    conflicts.declare(
        team.workspace, by=team.people["Max"], person_id=team.people["Ana"].id, candidate_id=coming[0], kind="knows"
    )
    max_ = tab("Max").open("candidates", role=team.role_id)
    max_.click("Propose panels")
    assert max_.lacks("Nothing is written before you make the interviews.", "Panel (Onsite)") == []
    max_.fill("Interviewers in a panel", 2).click("Propose panels")
    assert max_.lacks("Proposed panels 6 panels", "Everybody can be compared with everybody") == []
    assert panels_made(team) == set()

    max_.click("Make these interviews")
    assert max_.toasts == ["6 interviews made. The panels see them on Today."]
    made = dict(panels_made(team))
    assert set(made) == set(coming)
    assert team.people["Ana"].id not in made[coming[0]]
    assert {len(who) for who in made.values()} == {2}


def test_what_cannot_be_is_said_in_place(team: Team, tab: Seats) -> None:
    with_candidates(team, 2)
    max_ = tab("Max").open("candidates", role=team.role_id, part="panels")
    max_.fill("Interviewers in a panel", 12).click("Propose panels")
    assert max_.warnings == ["A panel of 12 needs at least 12 people who rate. Choose more, or a smaller panel."]
    max_.fill("Candidates", []).fill("Interviewers in a panel", 2).click("Propose panels")
    assert max_.warnings == ["Choose at least one candidate."]


def test_nobody_but_those_who_manage_hiring_proposes(team: Team, tab: Seats) -> None:
    ana = tab("Ana").open("candidates", role=team.role_id, part="panels")
    assert not ana.has_button("Propose panels")
    assert ana.warnings == ["Only hiring managers and administrators manage candidates and interviews."]


def test_with_nobody_waiting_the_page_says_so(team: Team, tab: Seats) -> None:
    max_ = tab("Max").open("candidates", role=team.role_id, part="panels")
    assert max_.lacks("Every candidate of this role has an interview for this round.") == []


def test_a_conflict_asks_for_a_substitute_and_takes_one(team: Team, tab: Seats) -> None:
    (zoe,) = with_candidates(team, 1)
    conflicts.declare(
        team.workspace, by=team.people["Max"], person_id=team.people["Ana"].id, candidate_id=zoe, kind="referred"
    )
    max_ = tab("Max").open("candidates", role=team.role_id, candidate=zoe)
    max_.click("Make the interviews")
    assert max_.warnings == [
        "Ana has a conflict of interest with Candidate 0: they referred the candidate. "
        "Choose a substitute for Ana’s seat in Panel."
    ]
    for where in ("Panel", "Separate"):
        max_.fill(f"Ana’s seat in {where}", team.people["Tom"].id)
    max_.click("Make the interviews")
    assert max_.toasts == ["4 interviews made for Candidate 0. The panel sees them on Today."]
    assert max_.lacks("Tom in Ana’s seat") == []


def test_training_is_put_down_turned_and_removed(team: Team, tab: Seats) -> None:
    with_candidates(team, 1)
    for who in ("Ana", "Tom"):
        training.set_training(
            team.workspace, by=team.people["Max"], person_id=team.people[who].id, subject="Depth round", seen="",
            state="trainee",
        )  # fmt: skip
    max_ = tab("Max").open("candidates", role=team.role_id, part="panels", person=team.people["Bo"].id)
    max_.choose("Training", "Depth round").click("Put down the training")
    assert max_.lacks("Depth round Trainee: sits in as a shadow") == []
    max_.open("candidates", role=team.role_id, part="panels", person=team.people["Tom"].id)
    assert max_.lacks("Depth round Trainee: sits in as a shadow") == []
    max_.click("Is trained now")
    known = training.training_of(team.workspace, by=team.people["Max"], person_id=team.people["Tom"].id)
    assert [(each.subject, each.state) for each in known] == [("Depth round", "trained")]
    max_.click("Remove the training")
    assert training.training_of(team.workspace, by=team.people["Max"], person_id=team.people["Tom"].id) == []


def test_somebody_says_on_their_account_where_they_may_not_sit(team: Team, tab: Seats) -> None:
    ana = tab("Ana").open("account")
    ana.fill("Interviews a week at most", 3).click("Save the limit")
    ana.fill("Remark on these days", EVE).click("Add days away")
    ana.fill("Candidate", team.candidate.id).click("Declare the conflict")
    assert ana.lacks("Priya they referred the candidate", "Away ", EVE) == []
    found = availability.availability_of(team.workspace, by=team.people["Ana"], person_id=team.people["Ana"].id)
    assert (found.limit.most_a_week, len(found.absences)) == (3, 1)
    ana.click("Withdraw").click("Remove these days")
    assert conflicts.conflicts_of(team.workspace, by=team.people["Ana"], person_id=team.people["Ana"].id) == []


def test_days_that_run_backwards_are_refused_in_words(team: Team, tab: Seats) -> None:
    ana = tab("Ana").open("account")
    ana.fill("Last day away", (now() - timedelta(days=9)).date()).click("Add days away")
    assert ana.warnings == ["The last day away is before the first. Change one of them."]


@pytest.mark.parametrize("name", ["Ana", "Tom"])
def test_an_interviewer_changes_no_training(team: Team, tab: Seats, name: str) -> None:
    assert not tab(name).open("account").has_button("Put down the training")


def test_a_shadow_is_told_that_it_counts_for_training_only(team: Team, tab: Seats) -> None:
    (zoe,) = with_candidates(team, 1)
    published = team.version.published.round(team.round_id())
    seats = panel_seats(published, [team.people["Ana"].id, team.people["Bo"].id], [team.people["Tom"].id])
    scheduling.schedule(
        team.workspace, by=team.people["Max"], candidate_id=zoe, plan_id=team.plan_id,
        starts={team.round_id(): now()}, seats={team.round_id(): seats},
    )  # fmt: skip
    tom = tab("Tom")
    assert tom.lacks("as a shadow") == []
    with team.workspace.database.read() as transaction:
        (row,) = transaction.rows("SELECT id FROM scorecard WHERE person_id = ?", team.people["Tom"].id)
    tom.open("score", scorecard=row["id"])
    assert tom.data_of("desk")["shadow"] is True
    assert tab("Max").open("candidates", role=team.role_id, candidate=zoe).lacks("Tom as a shadow") == []


def test_a_conflict_declared_meanwhile_stops_the_making(team: Team, tab: Seats) -> None:
    coming = with_candidates(team, 2)
    max_ = tab("Max").open("candidates", role=team.role_id, part="panels")
    max_.fill("Interviewers in a panel", 3).fill(
        "People who may rate", [team.people[each].id for each in ("Ana", "Bo", "Mia")]
    ).click("Propose panels")
    conflicts.declare(
        team.workspace, by=team.people["Max"], person_id=team.people["Bo"].id, candidate_id=coming[0], kind="knows"
    )
    max_.click("Make these interviews")
    assert len(max_.warnings) == 1
    assert "conflict of interest" in max_.warnings[0]
    assert panels_made(team) == set()
    assert scheduling.ONLY_MANAGERS not in max_.text
