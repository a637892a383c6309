"""Fair panels: what is proposed keeps every rule, and what is made is made whole or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from panel.actions import agendas, availability, candidates, fair_panels, roles
from panel.actions.fair_panels import FairPanels, NewPanel
from panel.domain.availability import week_of
from panel.domain.people import Person
from panel.domain.seats import Slot, working_days_from
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import scorecards
from tests.factories import Call, Team, a_team, add_person, audited, outcomes, taking_a_person
from tests.seats import asking_for_training, book, declare, row_of, seat, train, waiting

NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
MONDAY = datetime(2027, 3, 1, 9, 0)
HOSTILE = "<script>alert(1)</script> =cmd()"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def slots_of(team: Team, ids: Sequence[str], a_day: int = 4) -> dict[str, Slot]:
    starts = working_days_from(MONDAY, minutes=60, a_day=a_day, number=len(ids))
    return {one: Slot(at, at.date()) for one, at in zip(ids, starts, strict=True)}


def coming(team: Team, number: int) -> list[str]:
    text = "\n".join(f"Candidate {each:02}" for each in range(number))
    assert candidates.add_pasted(team.workspace, by=team.people["Max"], role_id=team.role_id, text=text) == (number, [])
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    return [each.candidate.id for each in views if each.candidate.name.startswith("Candidate")]


def wish(team: Team, ids: Sequence[str], raters: Sequence[str], **how: Any) -> dict[str, Any]:
    """What is asked for; people by name, whoever has none as they are."""
    facts: dict[str, Any] = {
        "slots": slots_of(team, ids), "size": 2, "plan_id": team.plan_id, "round_id": team.round_id(),
        "raters": raters, "shadows": (), "always": (),
    }  # fmt: skip
    facts |= how
    for part in ("raters", "shadows", "always"):
        facts[part] = [team.people[each].id if each in team.people else each for each in facts[part]]
    return facts


def proposed(team: Team, ids: Sequence[str], raters: Sequence[str] = ("Ana", "Bo", "Mia"), **how: Any) -> FairPanels:
    return fair_panels.propose(team.workspace, by=team.people["Max"], **wish(team, ids, **{"raters": raters} | how))


def panels_of(found: FairPanels) -> list[NewPanel]:
    return [
        NewPanel(each.candidate, found.slots[each.candidate].starts_at, each.raters, each.shadows)
        for each in found.proposal.panels
    ]


def make(team: Team, panels: Sequence[NewPanel], by: str = "Max") -> int:
    return fair_panels.make(
        team.workspace, by=team.people[by], plan_id=team.plan_id, round_id=team.round_id(), panels=panels
    )


def made(team: Team, ids: Sequence[str]) -> dict[str, tuple[datetime, set[str], set[str]]]:
    """Start, raters and shadows of the panels that these candidates have."""
    with team.workspace.database.read() as transaction:
        cards = [
            card for each in ids
            for card in scorecards.scorecards_of_round(transaction, candidate_id=each, round_id=team.round_id())
        ]  # fmt: skip
        starts = {row["id"]: row["starts_at"] for row in transaction.rows("SELECT id, starts_at FROM interview")}
    found: dict[str, tuple[datetime, set[str], set[str]]] = {}
    for card in cards:
        panel = found.setdefault(card.candidate_id, (starts[card.interview_id], set(), set()))
        panel[2 if card.shadow else 1].add(card.person_id)
    return found


# ---- who may -------------------------------------------------------------------------------------------------------

NUMBERS = count()


def _chosen(team: Team) -> dict[str, Any]:
    candidate = waiting(team, f"Candidate {next(NUMBERS)}")
    return {
        "plan_id": team.plan_id, "round_id": team.round_id(), "slots": slots_of(team, [candidate.id]), "size": 1,
        "raters": [team.people["Ana"].id],
    }  # fmt: skip


def _make(team: Team, by: Person) -> int:
    (candidate,) = _chosen(team)["slots"]
    panel = NewPanel(candidate, MONDAY, (team.people["Ana"].id,))
    return fair_panels.make(team.workspace, by=by, plan_id=team.plan_id, round_id=team.round_id(), panels=[panel])


ACCESS: dict[str, Call] = {
    "choices": lambda team, by: fair_panels.choices(
        team.workspace, by=by, plan_id=team.plan_id, round_id=team.round_id()
    ),
    "propose": lambda team, by: fair_panels.propose(team.workspace, by=by, **_chosen(team)),
    "check_choice": lambda team, by: fair_panels.check_choice(team.workspace, by=by, **_chosen(team)),
    "make": _make,
}


def test_every_action_for_a_person_has_its_access_here() -> None:
    assert set(ACCESS) == taking_a_person(fair_panels)


@pytest.mark.parametrize("name", ACCESS)
def test_only_those_who_manage_hiring_put_panels_together(team: Team, name: str) -> None:
    assert outcomes(team, ACCESS[name]) == MANAGERS


# ---- what is proposed ----------------------------------------------------------------------------------------------


def test_forty_candidates_and_twelve_people_keep_every_rule_and_are_made(team: Team) -> None:
    names = [f"Person {each:02}" for each in range(12)]
    more = {name: add_person(team.workspace, name.replace(" ", "")) for name in names}
    learners = {name: add_person(team.workspace, name) for name in ("Lea", "Lou")}
    team = replace(team, people=team.people | more | learners)
    ids = coming(team, 40)
    slots = slots_of(team, ids)
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    known = {each.candidate.id: each.candidate for each in views}
    against = {("Person 00", ids[0]), ("Person 05", ids[20]), ("Lea", ids[39])}
    for name, candidate in against:
        declare(team, name, known[candidate])
    gone = slots[ids[4]].day  # four candidates have this day
    availability.add_absence(
        team.workspace, by=team.people["Person 03"], person_id=more["Person 03"].id, first_day=gone, last_day=gone
    )
    availability.set_limit(
        team.workspace, by=team.people["Person 07"], person_id=more["Person 07"].id, seen_version=0, most_a_week=2
    )

    found = proposed(team, ids, names, size=3, shadows=("Lea", "Lou"))
    panels = panels_of(found)
    called = {person.id: name for name, person in team.people.items()}
    rating = [(called[who], each.candidate_id) for each in panels for who in each.raters]
    watching = [(called[who], each.candidate_id) for each in panels for who in each.shadows]
    assert {each.candidate_id for each in panels} == set(ids) and found.proposal.short == ()
    assert {len(set(each.raters)) for each in panels} == {3}
    assert {who for who, _ in rating} == set(names) and {who for who, _ in watching} == {"Lea", "Lou"}
    assert against.isdisjoint([*rating, *watching])
    assert not [1 for who, one in rating if who == "Person 03" and slots[one].day == gone]
    weeks = Counter(week_of(slots[one].day) for who, one in rating if who == "Person 07")
    assert len(weeks) == 2 and set(weeks.values()) == {2}  # ten working days, the limit used and kept
    assert max(Counter(one for _, one in watching).values()) == 1
    assert Counter(who for who, _ in watching) == {"Lea": 3, "Lou": 3}
    loads = Counter(who for who, _ in rating)
    assert sorted(count for who, count in loads.items() if who != "Person 07") == [10] * 5 + [11] * 6
    assert (found.proposal.links.connected, found.proposal.links.full_rank) == (True, True)
    assert found.proposal.links.holding == ()

    assert make(team, panels) == 40
    assert made(team, ids) == {
        each.candidate_id: (each.starts_at, set(each.raters), set(each.shadows)) for each in panels
    }


def test_trainees_are_offered_as_shadows_and_never_proposed_as_raters(team: Team) -> None:
    team = asking_for_training(team)
    for name, state in (("Ana", "trained"), ("Bo", "trained"), ("Max", "trained"), ("Tom", "trainee")):
        train(team, name, state)
    zoe = waiting(team)
    found = fair_panels.choices(team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id())
    ids = {name: person.id for name, person in team.people.items()}
    assert [each.id for each in found.waiting] == [zoe.id]
    assert (found.raters, found.trainees, found.others) == ((ids["Ana"], ids["Bo"]), (ids["Tom"],), (ids["Max"],))
    with pytest.raises(
        InputError, match=r"^Tom is not trained for Technical round, which Panel asks for, and can only shadow\.$"
    ):
        proposed(team, [zoe.id], ("Ana", "Tom"))

    (panel,) = panels_of(proposed(team, [zoe.id], ("Ana", "Bo"), shadows=("Tom",)))
    assert (set(panel.raters), panel.shadows) == ({ids["Ana"], ids["Bo"]}, (ids["Tom"],))
    assert make(team, [panel]) == 1
    assert row_of(team, zoe)["people"] == "Ana, Bo, Tom as a shadow"
    with pytest.raises(InputError, match="Mia is not trained for Technical round"):
        make(team, [replace(panel, candidate_id=waiting(team, "Yan").id, raters=(ids["Mia"],))])


def test_somebody_in_every_panel_yields_to_their_conflicts_and_absences_alone(team: Team) -> None:
    ids = coming(team, 6)
    zero = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)[0].candidate
    declare(team, "Mia", zero)
    availability.set_limit(
        team.workspace, by=team.people["Max"], person_id=team.people["Mia"].id, seen_version=0, most_a_week=1
    )
    availability.add_absence(
        team.workspace, by=team.people["Max"], person_id=team.people["Mia"].id,
        first_day=date(2027, 3, 2), last_day=date(2027, 3, 2),
    )  # fmt: skip
    found = proposed(team, ids, always=("Mia",))
    with_mia = [each.candidate for each in found.proposal.panels if team.people["Mia"].id in each.raters]
    assert with_mia == ids[1:4]  # the first is in conflict, the last two are on the day she is away
    assert len(found.proposal.panels) == 6


def test_loads_and_times_of_interviews_ahead_count(team: Team) -> None:
    """Ana and Tom sit in a panel at nine on Monday: they are not there for another, and have one interview more."""
    book(team, waiting(team), [seat(team, "Ana"), seat(team, "Bo", "Tom")], at=MONDAY + timedelta(minutes=59))
    ids = coming(team, 3)
    found = proposed(team, ids, ("Ana", "Bo", "Mia", "Tom"))
    names = {person.id: name for name, person in team.people.items()}
    first = next(each for each in found.proposal.panels if each.candidate == ids[0])
    assert {names[each] for each in first.raters} == {"Bo", "Mia"}
    assert {names[each.person]: (each.before, each.before + each.new) for each in found.proposal.loads} == {
        "Ana": (1, 2), "Bo": (0, 2), "Mia": (0, 2), "Tom": (1, 2),
    }  # fmt: skip


def test_earlier_panels_link_and_cancelled_ones_do_not(team: Team) -> None:
    (one,) = coming(team, 1)
    assert proposed(team, [one]).proposal.links.connected  # Priya's panel had all three
    team.cancel("Max")
    links = proposed(team, [one]).proposal.links
    assert (links.connected, len(links.apart), links.full_rank) == (False, 1, False)


def test_sitting_in_as_a_shadow_links_nobody(team: Team) -> None:
    team.cancel("Max")
    (one,) = coming(team, 1)
    book(team, waiting(team), [seat(team, "Ana"), seat(team, "Ana", "Bo", shadow=True)])
    assert not proposed(team, [one], ("Ana", "Bo"), size=1).proposal.links.connected
    book(team, waiting(team, "Yan"), [seat(team, "Ana"), seat(team, "Bo")], at=MONDAY - timedelta(days=1))
    assert proposed(team, [one], ("Ana", "Bo"), size=1).proposal.links.connected


# ---- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"slots": {}}, "Choose at least one candidate"),
        ({"size": 0}, "Panel needs at least 1 interviewers in a panel"),
        ({"size": 61}, "Panel needs at least 1 interviewers in a panel"),
        ({"size": 4}, "A panel of 4 needs at least 4 people who rate"),
        ({"shadows": ("Ana",)}, "1 of the people you chose would both rate and shadow"),
        ({"always": ("Tom",)}, "Who sits in every panel is one of those who rate"),
        ({"always": ("Ana", "Bo", "Mia")}, "no more people than a panel has"),
        ({"raters": ["nobody", HOSTILE, "third"]}, "Somebody you chose has been deactivated"),
        ({"raters": [str(each) for each in range(61)]}, "at most 1,000 candidates and 60 people at once"),
    ],
)
def test_what_makes_no_panels_is_refused_alike_before_and_while_searching(
    team: Team, how: dict[str, Any], words: str
) -> None:
    zoe = waiting(team)
    asked = wish(team, [zoe.id], **{"raters": ("Ana", "Bo", "Mia")} | how)
    with pytest.raises(InputError, match=words) as refused:
        fair_panels.propose(team.workspace, by=team.people["Max"], **asked)
    with pytest.raises(InputError) as again:
        fair_panels.check_choice(team.workspace, by=team.people["Max"], **asked)
    assert str(again.value) == str(refused.value)


def test_candidates_who_cannot_come_are_refused_by_name(team: Team) -> None:
    zoe, yan = waiting(team), waiting(team, "Yan")
    elsewhere = roles.create_role(team.workspace, by=team.people["Max"], name="Analyst", competencies=("Explanation",))
    stranger = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=elsewhere, name=HOSTILE)
    at = Slot(MONDAY, MONDAY.date())
    with pytest.raises(InputError, match="Priya already has an interview for Panel"):
        proposed(team, [team.candidate.id])
    with pytest.raises(InputError, match="is not a candidate for this plan's role"):
        proposed(team, [stranger.id])
    with pytest.raises(NotFound, match="This candidate does not exist"):
        proposed(team, ["nobody"])
    with pytest.raises(InputError, match="The interviews of Zoe Adeyemi and Yan overlap"):
        proposed(team, [], slots={yan.id: Slot(MONDAY + timedelta(minutes=59), at.day), zoe.id: at})
    with pytest.raises(NotFound, match="This plan is not one of this role's"):
        make(team, [NewPanel(stranger.id, MONDAY, (team.people["Ana"].id,))])


def test_rounds_of_separate_sittings_and_strange_plans_are_refused(team: Team) -> None:
    zoe = waiting(team)
    with pytest.raises(InputError, match="In Separate everybody asks their own questions"):
        proposed(team, [zoe.id], round_id=team.round_id("Separate"))
    with pytest.raises(NotFound, match="This round is not part of that version"):
        proposed(team, [zoe.id], round_id="elsewhere")
    with pytest.raises(NotFound, match="This plan does not exist"):
        proposed(team, [zoe.id], plan_id=HOSTILE)


# ---- what is made --------------------------------------------------------------------------------------------------


def test_what_is_made_is_on_record_and_on_everybodys_agenda(team: Team) -> None:
    ids = coming(team, 2)
    panels = panels_of(proposed(team, ids, shadows=("Tom",)))
    assert make(team, panels) == 2
    for panel in panels:
        ((who, action, before, after),) = audited(team.workspace, "candidate", panel.candidate_id)[1:]
        (interview,) = after["interviews"]
        (seats,) = after["seats"].values()
        assert (who, action, before) == (team.people["Max"].id, "schedule", None)
        assert interview["starts_at"][:16].replace("T", " ") == str(panel.starts_at)[:16]
        assert {(each["person_id"], bool(each["shadow"])) for each in seats} == {
            *((each, False) for each in panel.raters), *((each, True) for each in panel.shadows),
        }  # fmt: skip
    lines = agendas.my_agenda(team.workspace, by=team.people["Tom"])
    assert {(each.candidate_name, each.shadow) for each in lines} == {("Candidate 00", True), ("Candidate 01", True)}


def test_the_same_panels_are_not_made_twice(team: Team) -> None:
    ids = coming(team, 3)
    panels = panels_of(proposed(team, ids))
    make(team, panels)
    before = made(team, ids)
    with pytest.raises(InputError, match="Candidate 00 already has an interview for Panel"):
        make(team, panels, by="Ada")
    with pytest.raises(InputError, match="There is no panel to make"):
        make(team, [])
    assert made(team, ids) == before
    found = fair_panels.choices(team.workspace, by=team.people["Max"], plan_id=team.plan_id, round_id=team.round_id())
    assert found.waiting == ()


def test_a_conflict_declared_after_the_proposal_makes_none_of_its_panels(team: Team) -> None:
    ids = coming(team, 3)
    panels = panels_of(proposed(team, ids, ("Ana", "Bo")))
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    declare(team, "Bo", next(each.candidate for each in views if each.candidate.id == ids[2]), "referred")
    with pytest.raises(InputError, match="Bo has a conflict of interest with Candidate 02: they referred"):
        make(team, panels)
    assert made(team, ids) == {}


def test_panels_with_somebody_gone_or_twice_or_nobody_are_not_made(team: Team) -> None:
    (one,) = coming(team, 1)
    ana, bo = team.people["Ana"].id, team.people["Bo"].id
    (panel,) = panels_of(proposed(team, [one], ("Ana", "Bo")))
    with pytest.raises(InputError, match="Somebody sits twice in Panel"):
        make(team, [replace(panel, raters=(ana, ana))])
    with pytest.raises(InputError, match="Somebody sits twice in Panel"):
        make(team, [replace(panel, shadows=(bo,))])
    with pytest.raises(InputError, match="The panel of Candidate 00 has nobody who rates"):
        make(team, [replace(panel, raters=(), shadows=(ana,))])
    with pytest.raises(InputError, match="Candidate 00 already has an interview for Panel"):
        make(team, [panel, panel])
    team.change("Bo", active=False)
    with pytest.raises(InputError, match="Bo has been deactivated"):
        make(team, [panel])
    with pytest.raises(InputError, match="Somebody you chose has been deactivated"):
        proposed(team, [one], ("Ana", "Bo"))
    with pytest.raises(NotAllowed):
        make(team, [panel], by="Tom")
    assert made(team, [one]) == {}
