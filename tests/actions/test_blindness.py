"""The rule of blindness, through every action that reads, on both engines.

The panel is Ana, Bo (interviewers) and Mia (manager). Off it are Ada (administrator), Max (manager) and Tom
(interviewer). Ada's level and Max's are told apart by nothing here (test_people), so the readers are the other five.

Every read is tried with each rule on both engines. Where all reads are repeated in other states or orders, PostgreSQL
is given all of them and DuckDB one: the text of the queries is the same, and one costs DuckDB four times as much.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from panel.actions import (
    agendas,
    asked_before,
    assignments,
    availability,
    bank,
    best_set,
    board,
    calibration,
    candidates,
    compare,
    conflicts,
    debrief_steps,
    debriefs,
    decisions,
    desk,
    earlier_sets,
    exercises,
    fair_panels,
    fair_scores,
    favourites,
    files,
    gold,
    handovers,
    imports,
    leading,
    linked_by_practice,
    outcome_scores,
    outcomes,
    own_calibration,
    own_exercises,
    packets,
    plan_check,
    plan_copies,
    plan_rounds,
    plan_worth,
    plans,
    practice,
    preferences,
    question_calibration,
    question_life,
    questions,
    rehearsals,
    reminders,
    roles,
    rubric_edits,
    rubric_import,
    rubrics,
    scheduling,
    scorecard_reading,
    scoring,
    take_ratings,
    team_settings,
    tidy_ratings,
    training,
    waiting,
)
from panel.actions.tidy_ratings import Chosen
from panel.domain.candidates import Opening
from panel.domain.people import Person
from panel.domain.plans import Assignment, assignments_of
from panel.domain.seats import Slot
from panel.errors import NotAllowed, PanelError, Sealed
from panel.exporting.packet_file import check_file
from panel.house import Workspace
from tests.boards import DAY
from tests.factories import MONDAY, Team, a_team, plain, taking_a_person
from tests.seats import opening_after_all

pytestmark = pytest.mark.long

PANEL = ("Ana", "Bo", "Mia")
OFF = ("Max", "Tom")
EVERYBODY = (*PANEL, *OFF)
ORDERS = (("Ana", "Bo", "Mia"), ("Mia", "Ana", "Bo"), ("Bo", "Mia", "Ana"))  # everybody first, second and last
LATER = MONDAY + timedelta(days=1)
ONE_OF_EACH_ROUND = ("what-bo-asks", "bo-alone")  # the first is rated by the whole panel; one query reads any


def every_card(team: Team) -> list[str]:
    """The ids of all scorecards on which something is written, standing or not."""
    with team.workspace.database.read() as transaction:
        rows = transaction.rows("SELECT DISTINCT scorecard_id FROM rating ORDER BY scorecard_id")
    return [each["scorecard_id"] for each in rows]


def seats_of(team: Team) -> list[Assignment]:
    plan = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan
    return [seat for _, seat in assignments_of(plan)]


def seats_for(team: Team, by: Person) -> list[Assignment]:
    """The first seat of the plan, and the reader's own first."""
    every = seats_of(team)
    own = [seat for seat in every if seat.interviewer_id == by.id]
    return list({seat.id: seat for seat in [*every[:1], *own[:1]]}.values())


def _suggested(team: Team, by: Person, seat_id: str) -> Any:
    """What is suggested and what each question is said to be worth, without how long it took."""
    found = best_set.suggest_the_rest(team.workspace, by=by, plan_id=team.plan_id, assignment_id=seat_id)
    return [dict(found.sets), dict(found.choice.worth)]


def _of_all_cards(action: Callable[..., Any]) -> Callable[[Team, Person], Any]:
    return lambda team, by: [
        _given(lambda card=card: action(team.workspace, by=by, scorecard_id=card)) for card in every_card(team)
    ]


def _first_seat(team: Team) -> dict[str, str]:
    """Where a set is put together: in a seat of the round that came after the candidate's."""
    seats = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).plan.rounds[-1].assignments
    return {"plan_id": team.plan_id, "assignment_id": seats[0].id}


def _each_person(action: Callable[..., Any]) -> Callable[[Team, Person], Any]:
    return lambda team, by: [
        _given(lambda one=one: action(team.workspace, by=by, person_id=one.id)) for one in team.people.values()
    ]


def _proposed(team: Team, by: Person) -> Any:
    """Panels for whoever waits for one, from everybody."""
    chosen: dict[str, Any] = {"plan_id": team.plan_id, "round_id": team.round_id()}
    found = fair_panels.choices(team.workspace, by=by, **chosen)
    chosen |= {"slots": {each.id: Slot(LATER, LATER.date()) for each in found.waiting}, "size": 2}
    raters = [team.people[each].id for each in EVERYBODY]
    fair_panels.check_choice(team.workspace, by=by, raters=raters, **chosen)
    return fair_panels.propose(team.workspace, by=by, raters=raters, **chosen)


def _afresh(team: Team) -> Workspace:
    """With nothing kept in memory: `rewrite` changes what never changes."""
    return Workspace(team.workspace.name, team.workspace.database, team.workspace.settings)


def _rows_of(table: fair_scores.FairTable) -> Any:
    return [table.long.sort_values(list(table.long)).to_dict("records"), table.names]


def _board(team: Team, by: Person) -> Any:
    """Of the day of the candidate's interviews, made anew."""
    return [board.todays_board(_afresh(team), by=by, day=DAY, at=at) for at in (MONDAY + timedelta(minutes=9), LATER)]


def _packet(team: Team, by: Person) -> Any:
    """What the packet carries; its pages are made of that alone."""
    data = packets.decision_packet(team.workspace, by=by, candidate_id=team.candidate.id)
    return check_file("packet.pdf", data).packet


def _calibration_kept(team: Team, by: Person) -> Any:
    """What is kept after everybody who may has looked."""
    fresh = _afresh(team)
    for each in team.people.values():
        with suppress(NotAllowed):
            calibration.team_calibration(fresh, by=each)
    return calibration.calibration_so_far(fresh, by=by)


def _own_card_kept(team: Team, by: Person) -> Any:
    fresh = _afresh(team)
    for each in team.people.values():
        own_calibration.own_calibration(fresh, by=each)
    return own_calibration.own_calibration_so_far(fresh, by=by)


READS: dict[str, Callable[[Team, Person], Any]] = {
    "bank.questions": lambda team, by: bank.questions(team.workspace, by=by),
    "rubrics.rubrics": lambda team, by: rubrics.rubrics(team.workspace, by=by),
    "bank.categories": lambda team, by: bank.categories(team.workspace, by=by),
    "bank.question": lambda team, by: [bank.question(team.workspace, by=by, key=key) for key in ONE_OF_EACH_ROUND],
    "bank.exposures": lambda team, by: bank.exposures(team.workspace, by=by),
    "files.differences": lambda team, by: files.differences(team.workspace, by=by),
    "files.file_notice": lambda team, by: files.file_notice(team.workspace, by=by),
    "imports.past_imports": lambda team, by: imports.past_imports(team.workspace, by=by),
    "rubrics.bank_rubrics": lambda team, by: rubrics.bank_rubrics(team.workspace, by=by),
    "rubrics.rubric": lambda team, by: rubrics.rubric(team.workspace, by=by, key="explanation"),
    "rubric_import.export_rubrics": lambda team, by: rubric_import.export_rubrics(
        team.workspace, by=by, keys={"explanation"}, form="toml"
    ),
    "rubric_import.preview_import": lambda team, by: rubric_import.preview_import(
        team.workspace, by=by, name="a.toml", data=b""
    ),
    "roles.role": lambda team, by: roles.role(team.workspace, by=by, role_id=team.role_id),
    "plans.as_published": lambda team, by: plans.as_published(team.workspace, by=by, plan_id=team.plan_id),
    "plan_check.reach": lambda team, by: plan_check.reach(team.workspace, by=by, plan_id=team.plan_id),
    "plan_check.findings": lambda team, by: plan_check.findings(team.workspace, by=by, plan_id=team.plan_id),
    "plan_copies.all_templates": lambda team, by: plan_copies.all_templates(team.workspace, by=by),
    "plan_worth.planned_ratings": lambda team, by: plan_worth.planned_ratings(
        team.workspace, by=by, plan_id=team.plan_id
    ),
    "best_set.search_for_plan": lambda team, by: (
        best_set.search_for_plan(team.workspace, by=by, plan_id=team.plan_id, kept={}).items
    ),
    "best_set.suggest_the_rest": lambda team, by: [
        _given(lambda seat=seat: _suggested(team, by, seat.id)) for seat in seats_for(team, by)
    ],
    "roles.roles": lambda team, by: roles.roles(team.workspace, by=by),
    "plans.visible_plans": lambda team, by: plans.visible_plans(team.workspace, by=by),
    "plans.plan": lambda team, by: plans.plan(team.workspace, by=by, plan_id=team.plan_id),
    "waiting.waiting_for": lambda team, by: waiting.waiting_for(team.workspace, by=by),
    "reminders.my_reminders": lambda team, by: reminders.my_reminders(team.workspace, by=by),
    "reminders.reminders_of_others": lambda team, by: reminders.reminders_of_others(team.workspace, by=by),
    "favourites.favourites": lambda team, by: favourites.favourites(team.workspace, by=by),
    "earlier_sets.earlier_sets": lambda team, by: earlier_sets.earlier_sets(team.workspace, by=by, **_first_seat(team)),
    "asked_before.asked_before": lambda team, by: asked_before.asked_before(team.workspace, by=by, **_first_seat(team)),
    "candidates.candidates_of_role": lambda team, by: candidates.candidates_of_role(
        team.workspace, by=by, role_id=team.role_id
    ),
    "tidy_ratings.tidy_ratings": lambda team, by: tidy_ratings.tidy_ratings(_afresh(team), by=by).rows,
    "question_calibration.question_calibration": lambda team, by: question_calibration.question_calibration(
        _afresh(team), by=by, chosen=Chosen()
    ),
    "outcomes.known_outcomes": lambda team, by: outcomes.known_outcomes(team.workspace, by=by),
    "outcomes.preview_outcomes": lambda team, by: outcomes.preview_outcomes(
        team.workspace, by=by, name="a.csv", data="candidate,date,criterion,value,low,high\nPriya,2026-04-01,Pace,3,1,5"
    ),
    "outcome_scores.what_scores_said": lambda team, by: outcome_scores.what_scores_said(_afresh(team), by=by),
    "take_ratings.takeable": lambda team, by: take_ratings.takeable(_afresh(team), by=by, chosen=Chosen()),
    "take_ratings.taken_ratings": lambda team, by: take_ratings.taken_ratings(
        _afresh(team), by=by, chosen=Chosen(), form="csv"
    ).decode("utf-8-sig"),
    "team_settings.settings": lambda team, by: team_settings.settings(team.workspace, by=by),
    "compare.compare": lambda team, by: compare.compare(team.workspace, by=by, role_id=team.role_id),
    "compare.choosable": lambda team, by: compare.choosable(team.workspace, by=by, role_id=team.role_id),
    "fair_scores.fair_table": lambda team, by: _rows_of(
        fair_scores.fair_table(_afresh(team), by=by, role_id=team.role_id)
    ),
    "tidy_ratings.own_ratings": lambda team, by: tidy_ratings.own_ratings(_afresh(team), by=by).rows,
    "calibration.choices": lambda team, by: calibration.choices(team.workspace, by=by),
    "calibration.team_calibration": lambda team, by: calibration.team_calibration(_afresh(team), by=by),
    "calibration.calibration_so_far": _calibration_kept,
    "own_calibration.own_calibration": lambda team, by: own_calibration.own_calibration(_afresh(team), by=by),
    "own_calibration.own_calibration_so_far": _own_card_kept,
    "agendas.my_agenda": lambda team, by: agendas.my_agenda(team.workspace, by=by),
    "agendas.missing_scorecards": lambda team, by: agendas.missing_scorecards(team.workspace, by=by, before=LATER),
    "scorecard_reading.scorecard": _of_all_cards(scorecard_reading.scorecard),
    "scorecard_reading.panel_scorecards": _of_all_cards(scorecard_reading.panel_scorecards),
    "scorecard_reading.awaited": _of_all_cards(scorecard_reading.awaited),
    "desk.desk_state": _of_all_cards(desk.desk_state),
    "debriefs.debrief": lambda team, by: debriefs.debrief(team.workspace, by=by, candidate_id=team.candidate.id),
    "debriefs.debriefs_to_confirm": lambda team, by: debriefs.debriefs_to_confirm(team.workspace, by=by),
    "packets.decision_packet": _packet,
    "preferences.my_preferences": lambda team, by: preferences.my_preferences(team.workspace, by=by),
    "board.todays_board": _board,
    "conflicts.conflicts_of": _each_person(conflicts.conflicts_of),
    "conflicts.all_conflicts": lambda team, by: conflicts.all_conflicts(team.workspace, by=by),
    "conflicts.candidates_to_name": lambda team, by: conflicts.candidates_to_name(team.workspace, by=by),
    "training.training_of": _each_person(training.training_of),
    "training.all_training": lambda team, by: training.all_training(team.workspace, by=by),
    "training.subjects": lambda team, by: training.subjects(team.workspace, by=by),
    "exercises.exercises": lambda team, by: exercises.exercises(team.workspace, by=by),
    "exercises.exercise": lambda team, by: exercises.exercise(team.workspace, by=by, exercise_id="hard-feedback/a"),
    "exercises.file_problems": lambda team, by: exercises.file_problems(team.workspace, by=by),
    "own_exercises.name_warnings": lambda team, by: own_exercises.name_warnings(team.workspace, by=by, text="Priya"),
    "practice.own_progress": lambda team, by: practice.own_progress(team.workspace, by=by),
    "practice.own_training": lambda team, by: practice.own_training(team.workspace, by=by),
    "practice.trainees": lambda team, by: practice.trainees(team.workspace, by=by),
    "practice.needs": lambda team, by: practice.needs(team.workspace, by=by),
    "linked_by_practice.linked_by_practice": lambda team, by: linked_by_practice.linked_by_practice(
        _afresh(team), by=by, chosen=Chosen(), sitting="panel"
    ),
    "practice.linking_ratings": lambda team, by: practice.linking_ratings(team.workspace, by=by),
    "rehearsals.offers": lambda team, by: rehearsals.offers(team.workspace, by=by),
    "rehearsals.rehearsals": lambda team, by: rehearsals.rehearsals(team.workspace, by=by),
    "rehearsals.rehearsal": lambda team, by: rehearsals.rehearsal(team.workspace, by=by, rehearsal_id="none"),
    "availability.availability_of": _each_person(availability.availability_of),
    "availability.everybodys_availability": lambda team, by: availability.everybodys_availability(
        team.workspace, by=by
    ),
    "fair_panels.choices": lambda team, by: fair_panels.choices(
        team.workspace, by=by, plan_id=team.plan_id, round_id=team.round_id()
    ),
    "fair_panels.propose": _proposed,
}
OF_CARDS = (
    "scorecard_reading.scorecard", "scorecard_reading.panel_scorecards", "scorecard_reading.awaited",
    "desk.desk_state",
)  # fmt: skip
WRITES: dict[ModuleType, set[str]] = {
    bank: set(),
    files: {"bring_in_files", "take_files"},
    imports: {"bring_in", "undo"},
    questions: {"add_question", "change_question"},
    question_life: {"move_question", "move_many", "mark_leaked", "clear_leak"},
    plan_rounds: {
        "add_round",
        "change_round",
        "move_round",
        "remove_round",
        "assign",
        "unassign",
        "save_seat",
        "set_rules",
    },
    plan_copies: {"copy_plan", "start_from_template", "save_template", "remove_template"},
    plan_check: set(),
    plan_worth: set(),
    best_set: {"take_over"},
    rubrics: set(),
    rubric_edits: {"add_rubric", "change_rubric", "activate", "retire", "make_draft"},
    rubric_import: {"import_rubrics"},
    roles: {"create_role", "change_role"},
    plans: {"create_plan", "rename_plan", "choose_opening", "discard_draft", "publish"},
    assignments: {"choose_questions", "set_questions", "reorder_questions", "propose", "accept", "agree"},
    waiting: set(),
    reminders: {"stop", "resume"},
    favourites: {"keep_at_hand", "let_go"},
    earlier_sets: {"start_from"},
    asked_before: set(),
    candidates: {"add_candidate", "add_pasted", "change_candidate"},
    scheduling: {"schedule", "cancel_interview", "move_interview"},
    agendas: set(),
    scorecard_reading: set(),
    scoring: {"save_rating", "save_closing", "submit"},
    desk: set(),
    leading: {"start_clock", "take_lead", "give_up_lead", "move_panel"},
    handovers: {"hand_over"},
    preferences: {"prefer"},
    compare: set(),
    fair_scores: set(),
    tidy_ratings: set(),
    take_ratings: set(),
    question_calibration: set(),
    outcomes: {"enter_outcome", "remove_outcome", "bring_in_outcomes", "undo_outcome_import"},
    outcome_scores: set(),
    team_settings: {"change_settings"},
    board: set(),
    calibration: set(),
    own_calibration: set(),
    conflicts: {"declare", "withdraw"},
    training: {"set_training"},
    exercises: {"rate"},
    gold: {"propose", "agree"},
    own_exercises: {"add_exercise", "change_exercise", "withdraw", "bring_back"},
    practice: {"declare_trained", "set_need"},
    linked_by_practice: set(),
    rehearsals: {"begin", "note", "move", "end", "discard"},
    availability: {"set_limit", "add_absence", "remove_absence"},
    fair_panels: {"check_choice", "make"},
    debriefs: set(),
    debrief_steps: {"open_debrief", "reconcile", "confirm"},
    decisions: {"decide"},
    packets: set(),
}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def readings(team: Team, reader: str) -> dict[str, Any]:
    """Everything every reading action gives to a reader, in plain values; a refusal is its sentence."""
    return {name: _given(lambda read=read: read(team, team.people[reader])) for name, read in READS.items()}


def _given(call: Callable[[], Any]) -> Any:
    try:
        return plain(call())
    except PanelError as error:
        return str(error)


def secret_of(name: str) -> str:
    return f"secret-{name}-5d1f"


def whose_secrets_reach(team: Team, reader: str) -> set[str]:
    return secrets_that_reach(team, reader)[""]


def secrets_that_reach(team: Team, reader: str, *kinds: str) -> dict[str, set[str]]:
    """Whose secrets of each kind are anywhere in what the reader gets."""
    return secrets_in(readings(team, reader), *kinds)


def secrets_in(given: dict[str, Any], *kinds: str) -> dict[str, set[str]]:
    text = str(given)
    return {kind: {name for name in PANEL if secret_of(name + kind) in text} for kind in kinds or ("",)}


def fill_with_secrets(team: Team, *names: str, kind: str = "", **where: Any) -> None:
    for name in names:
        secret = secret_of(name + kind)
        team.fill(
            name, levels={"Ana": 2, "Bo": 5, "Mia": 1}[name], note=f"note {secret}", summary=f"sum {secret}", **where
        )


def rewrite(team: Team, card: str, *, level: int, text: str, recommendation: str) -> None:
    """Change what somebody observed behind the tool's back, sealed or not."""

    def work(transaction: Any) -> None:
        transaction.run("UPDATE rating SET level = ?, note = ? WHERE scorecard_id = ?", level, text, card)
        transaction.run("UPDATE scorecard SET recommendation = ?, summary = ? WHERE id = ?", recommendation, text, card)

    team.workspace.database.write(work)


def let_the_whole_panel_score_two_others(team: Team) -> None:
    for number, name in enumerate(("Zoe", "Aaron")):
        candidate = team.add_candidate(name)
        for place, person in enumerate(PANEL):
            team.hand_in(person, candidate=candidate, levels=2 + (number + place) % 3)


def in_full_on_postgresql(*cases: Any) -> list[Any]:
    """Engine and case: all cases on PostgreSQL, the first on DuckDB."""
    told = [("duckdb", cases[0]), *(("postgresql", each) for each in dict.fromkeys(cases))]
    return [
        pytest.param(*each, id=f"{each[0]}-{each[1] if isinstance(each[1], str) else '-'.join(each[1])}")
        for each in told
    ]


@pytest.mark.parametrize("module", WRITES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_reading_action_is_forgotten_here(module: ModuleType) -> None:
    name = module.__name__.rpartition(".")[2]
    reads = {each.partition(".")[2] for each in READS if each.startswith(f"{name}.")}
    assert reads | WRITES[module] == taking_a_person(module)


@pytest.mark.parametrize(("house", "order"), in_full_on_postgresql(*ORDERS), indirect=["house"])
def test_anothers_scorecard_reaches_the_panel_when_the_plan_says_and_managers_off_it_at_once(
    team: Team, order: tuple[str, ...]
) -> None:
    """Priya's plan opens a panel's scorecards after one's own, Zoe's after everybody's; both panels go on in step."""
    fill_with_secrets(team, *PANEL, kind="own")
    team = opening_after_all(team)
    zoe = team.add_candidate("Zoe")
    fill_with_secrets(team, *PANEL, kind="all", candidate=zoe)
    handed_in: set[str] = set()
    for name in order:
        team.submit(name)
        team.submit(name, candidate=zoe)
        handed_in.add(name)
        after_own = {each: handed_in if each in handed_in else {each} for each in PANEL}
        after_all = {each: handed_in if len(handed_in) == len(PANEL) else {each} for each in PANEL}
        assert {each: secrets_that_reach(team, each, "own", "all") for each in EVERYBODY} == {
            **{each: {"own": after_own[each], "all": after_all[each]} for each in PANEL},
            "Max": {"own": handed_in, "all": handed_in},
            "Tom": {"own": set(), "all": set()},
        }


def test_drafts_reach_nobody_but_their_interviewer(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    assert {each: whose_secrets_reach(team, each) for each in EVERYBODY} == {
        "Ana": {"Ana"}, "Bo": {"Bo"}, "Mia": {"Mia"}, "Max": set(), "Tom": set(),
    }  # fmt: skip


OF_MANAGERS = {
    "compare.compare", "fair_scores.fair_table", "tidy_ratings.tidy_ratings", "take_ratings.taken_ratings",
    "question_calibration.question_calibration", "calibration.team_calibration", "calibration.calibration_so_far",
    "scorecard_reading.scorecard", "plan_worth.planned_ratings", "best_set.search_for_plan",
    "best_set.suggest_the_rest",
}  # fmt: skip
OF_SEVERAL = {"scorecard_reading.panel_scorecards", "linked_by_practice.linked_by_practice"}  # who rated the same
OWN_DRAFT = {"scorecard_reading.scorecard", "desk.desk_state"}
OWN_CARD = {
    "own_calibration.own_calibration", "own_calibration.own_calibration_so_far", "tidy_ratings.own_ratings",
    "tidy_ratings.tidy_ratings", "take_ratings.taken_ratings",
}  # fmt: skip
OWN = OWN_DRAFT | OWN_CARD | {"best_set.suggest_the_rest"}
OTHERS = OWN_CARD | {
    "scorecard_reading.scorecard", "scorecard_reading.panel_scorecards", "best_set.suggest_the_rest",
}  # fmt: skip


STATES: dict[str, tuple[Opening, tuple[str, ...], dict[str, set[str]]]] = {
    "drafts": ("own", (), {"Bo": OWN_DRAFT}),
    "Bo has submitted": ("own", ("Bo",), {"Bo": OWN, "Max": OF_MANAGERS}),
    "Bo and Ana have submitted": (
        "own",
        ("Bo", "Ana"),
        {
            "Bo": OWN | {"scorecard_reading.panel_scorecards"},
            "Ana": OTHERS,
            "Max": OF_MANAGERS | OF_SEVERAL,
        },
    ),
    "the panel waits for Ana": (
        "all",
        ("Bo", "Mia"),
        {"Bo": OWN, "Max": OF_MANAGERS | OF_SEVERAL},
    ),
}


@pytest.mark.parametrize(
    ("house", "state"), in_full_on_postgresql("Bo and Ana have submitted", *STATES), indirect=["house"]
)
def test_what_is_withheld_changes_no_number_no_order_and_no_word_that_a_reader_gets(team: Team, state: str) -> None:
    opens, handed_in, reached = STATES[state]
    let_the_whole_panel_score_two_others(team)
    if opens == "all":
        team.cancel("Max")
        team = opening_after_all(team)
        team.schedule(team.candidate, "Panel")
    fill_with_secrets(team, *PANEL)
    for name in handed_in:
        team.submit(name)

    before = {each: readings(team, each) for each in EVERYBODY}
    rewrite(team, team.card("Bo").id, level=1, text="quite another note", recommendation="strong_no")
    after = {each: readings(team, each) for each in EVERYBODY}

    changed = {each: {name for name in READS if before[each][name] != after[each][name]} for each in EVERYBODY}
    assert changed == {each: reached.get(each, set()) for each in EVERYBODY}


def test_compare_counts_for_a_blind_manager_only_what_she_may_see(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    team.submit("Bo")

    def line(reader: str) -> tuple[Any, ...]:
        found = compare.compare(team.workspace, by=team.people[reader], role_id=team.role_id)
        (one,) = found.candidates
        return (
            one.score.score, one.score.ratings, one.score.interviewers, one.score.not_assessed, one.score.splits,
            len(one.observed), len(one.recommendations), one.scorecards, one.submitted, one.withheld_rounds,
        )  # fmt: skip

    assert line("Max") == (5.0, 3, 1, 0, (), 3, 1, 6, 1, 0)
    assert line("Mia") == (None, 0, 0, 0, (), 0, 0, 6, 1, 2)  # progress is shown, ratings are not

    team.submit("Mia")
    assert line("Mia") == (*line("Max")[:-1], 1)  # she still owes the separate round


def test_an_interviewer_off_the_panel_never_reads_it(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    fill_with_secrets(team, *PANEL, round_name="Separate")
    for name in PANEL:
        team.submit(name)
        team.submit(name, round_name="Separate")

    assert whose_secrets_reach(team, "Tom") == set()
    for card in every_card(team):
        with pytest.raises(NotAllowed, match="This scorecard is closed to you"):
            scorecard_reading.scorecard(team.workspace, by=team.people["Tom"], scorecard_id=card)
        with pytest.raises(NotAllowed, match="This scorecard is closed to you"):
            scorecard_reading.panel_scorecards(team.workspace, by=team.people["Tom"], scorecard_id=card)


def test_separate_sittings_of_one_round_are_blind_to_each_other(team: Team) -> None:
    fill_with_secrets(team, *PANEL, round_name="Separate")
    team.submit("Ana", round_name="Separate")
    assert {each: whose_secrets_reach(team, each) for each in PANEL} == {"Ana": {"Ana"}, "Bo": {"Bo"}, "Mia": {"Mia"}}

    team.submit("Bo", round_name="Separate")
    assert {each: whose_secrets_reach(team, each) for each in PANEL} == {
        "Ana": {"Ana", "Bo"}, "Bo": {"Ana", "Bo"}, "Mia": {"Mia"},
    }  # fmt: skip


def test_owing_one_round_closes_that_round_only(team: Team) -> None:
    team.hand_in("Bo", note="panel round", levels=4)
    team.hand_in("Bo", note="separate round", levels=2, round_name="Separate")
    team.hand_in("Mia", round_name="Separate", levels=2)

    text = str(readings(team, "Mia"))
    assert ("panel round" in text, "separate round" in text) == (False, True)
    (one,) = compare.compare(team.workspace, by=team.people["Mia"], role_id=team.role_id).candidates
    assert ({each.round_name for each in one.observed}, one.score.score, one.withheld_rounds) == ({"Separate"}, 2.0, 1)


def test_owing_one_candidate_closes_no_other(team: Team) -> None:
    zoe = team.add_candidate("Zoe")
    fill_with_secrets(team, *PANEL, candidate=zoe)
    team.submit("Bo", candidate=zoe)
    team.submit("Ana", candidate=zoe)

    assert whose_secrets_reach(team, "Ana") == {"Ana", "Bo"}  # although she owes Priya's


class TestCancelling:
    """Cancelling lifts what is owed, so whoever owes cannot do it once there is something to see."""

    @pytest.mark.parametrize("round_name", ["Panel", "Separate"])
    def test_a_manager_who_owes_cannot_cancel_to_see(self, team: Team, round_name: str) -> None:
        fill_with_secrets(team, *PANEL, round_name=round_name)
        team.submit("Bo", round_name=round_name)
        before = readings(team, "Mia")

        with pytest.raises(NotAllowed, match="Submit yours first, or ask another manager to cancel"):
            team.cancel("Mia", round_name=round_name)

        after = readings(team, "Mia")
        assert after == before
        assert secrets_in(after)[""] == {"Mia"}

    def test_another_manager_may_cancel_and_then_nobody_reads_what_was_submitted(self, team: Team) -> None:
        fill_with_secrets(team, *PANEL)
        team.submit("Bo")
        team.cancel("Max")

        assert {each: whose_secrets_reach(team, each) for each in EVERYBODY} == {
            "Ana": {"Ana"}, "Bo": {"Bo"}, "Mia": {"Mia"}, "Max": set(), "Tom": set(),
        }  # fmt: skip
        (one,) = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id).candidates
        assert (one.score.score, one.observed, one.recommendations) == (None, (), ())

    def test_nothing_is_owed_for_a_cancelled_sitting(self, team: Team) -> None:
        fill_with_secrets(team, *PANEL, round_name="Separate")
        sittings = {each["id"]: each for each in team.interviews(round_name="Separate")}
        hers = sittings[team.card("Mia", round_name="Separate").interview_id]
        scheduling.cancel_interview(
            team.workspace, by=team.people["Max"], interview_id=hers["id"], seen_version=hers["version"]
        )
        team.submit("Bo", round_name="Separate")

        assert {each: whose_secrets_reach(team, each) for each in ("Ana", "Mia")} == {
            "Ana": {"Ana"}, "Mia": {"Bo", "Mia"},  # a manager off the panel, as Max is
        }  # fmt: skip
        (one,) = compare.compare(team.workspace, by=team.people["Mia"], role_id=team.role_id).candidates
        assert ({each.person_name for each in one.observed}, one.withheld_rounds) == ({"Bo"}, 1)  # the panel round

    def test_a_new_interview_after_a_cancelled_one_is_owed_anew(self, team: Team) -> None:
        fill_with_secrets(team, *PANEL)
        for name in PANEL:
            team.submit(name)
        team.cancel("Max")
        team.schedule(team.candidate, "Panel")
        team.hand_in("Bo", note="second time", levels=4)

        assert {each: "second time" in str(readings(team, each)) for each in EVERYBODY} == {
            "Ana": False, "Mia": False, "Tom": False, "Bo": True, "Max": True,
        }  # fmt: skip

    def test_cancelling_before_anything_is_submitted_shows_nothing_to_whoever_did_it(self, team: Team) -> None:
        fill_with_secrets(team, *PANEL)
        card = team.card("Bo")
        team.cancel("Mia")

        assert whose_secrets_reach(team, "Mia") == {"Mia"}
        with pytest.raises(Sealed, match="This interview was cancelled"):
            scoring.submit(team.workspace, by=team.people["Bo"], scorecard_id=card.id, seen=card.closing)


def test_a_manager_made_interviewer_keeps_nothing_from_an_open_page(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    team.submit("Bo")
    assert whose_secrets_reach(team, "Max") == {"Bo"}

    team.change("Max", access="interviewer")  # his page still holds the Person from before
    assert whose_secrets_reach(team, "Max") == set()


def test_a_deactivated_person_reads_nothing_not_even_their_own(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    for name in PANEL:
        team.submit(name)
    team.change("Mia", active=False)

    refusal = "This account has been deactivated. Ask an administrator."
    of_cards = dict.fromkeys(OF_CARDS, [repr(refusal)] * 3)
    of_seats = {"best_set.suggest_the_rest": [repr(refusal)] * len(seats_for(team, team.people["Mia"]))}
    of_people = dict.fromkeys(
        ("conflicts.conflicts_of", "training.training_of", "availability.availability_of"),
        [repr(refusal)] * len(team.people),
    )
    assert readings(team, "Mia") == dict.fromkeys(READS, refusal) | of_cards | of_seats | of_people


def test_becoming_a_manager_does_not_lift_what_is_owed(team: Team) -> None:
    fill_with_secrets(team, *PANEL)
    team.submit("Bo")
    team.change("Ana", access="administrator")

    assert whose_secrets_reach(team, "Ana") == {"Ana"}
    with pytest.raises(NotAllowed, match="Submit yours first"):
        team.cancel("Ana")
