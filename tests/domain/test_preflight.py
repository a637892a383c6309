"""Minutes, coverage, and what preflight finds: every sentence with its place, and what blocks."""

from datetime import date
from typing import Any

import pytest

from panel.domain.coverage import Cell, Coverage, Matrix, coverage_matrix
from panel.domain.plans import OPEN_SEAT, Plan, Round
from panel.domain.preflight import Conflict, Facts, OtherSet, preflight
from panel.domain.preflight_findings import Finding, Place
from panel.domain.questions import STATE_NAMES, BankQuestion, Leak, QuestionState
from panel.domain.roles import Role, RoleCompetency
from panel.domain.rubrics import BankRubric, RubricState
from panel.domain.set_rules import SetRules, Span
from panel.domain.timing import Timing, minutes_of, timings
from tests.domain.test_plans import BANK, DEPTH, NAMES, ROLE, RUBRICS, a_plan, a_round
from tests.factories import a_question, an_assignment, in_bank, planned

DEPTH_ONLY = Role(name="Engineer", competencies=("Technical depth",))
BOTH = (an_assignment("ana", "five"), an_assignment("bo", "ten"))
ONE_ROUND = a_plan(a_round("Panel", *BOTH))
STORED = {key: BankRubric(rubric=each, version=1) for key, each in RUBRICS.items()}


def found(plan: Plan = ONE_ROUND, role: Role = DEPTH_ONLY, **facts: Any) -> list[Finding]:
    """What preflight finds, but for the advice on the number of competencies."""
    known = {"bank": BANK, "rubrics": STORED, "names": NAMES} | facts
    return [each for each in preflight(role, plan, Facts(**known)) if each.place.kind != "role"]


def blocks(*args: Any, **facts: Any) -> list[str]:
    return [each.sentence for each in found(*args, **facts) if each.blocks]


def advice(*args: Any, **facts: Any) -> list[str]:
    return [each.sentence for each in found(*args, **facts) if not each.blocks]


def standing(state: QuestionState, leak: Leak | None = None) -> dict[str, BankQuestion]:
    """The bank with question five as given."""
    return BANK | {"five": BANK["five"].model_copy(update={"state": state, "leak": leak})}


class TestMinutes:
    def test_an_assignment_takes_the_minutes_of_its_questions(self) -> None:
        assert minutes_of(an_assignment("ana", "five", "ten"), BANK) == 15

    def test_a_question_that_left_the_bank_counts_nothing(self) -> None:
        assert minutes_of(an_assignment("ana", "five", "gone"), BANK) == 5

    def test_a_panel_sits_once_and_a_sequence_for_each(self) -> None:
        seats = (an_assignment("ana", "five", "ten"), an_assignment("bo", "talk"))
        together, apart = a_round("Panel", *seats, minutes=30), a_round("Apart", *seats, sitting="separate", minutes=15)
        lines = timings(a_plan(together, apart), BANK)
        assert lines == [
            Timing(round_id="panel", round_name="Panel", who="", seat_id="", minutes=35, slot=30),
            Timing(round_id="apart", round_name="Apart", who="ana", seat_id="seat-ana", minutes=15, slot=15),
            Timing(round_id="apart", round_name="Apart", who="bo", seat_id="seat-bo", minutes=20, slot=15),
        ]
        assert [each.over for each in lines] == [5, 0, 5]

    def test_opening_and_the_candidates_questions_leave_less_room(self) -> None:
        each = a_round("Panel", *BOTH, minutes=30).model_copy(update={"opening_minutes": 5, "candidate_minutes": 12})
        (line,) = timings(a_plan(each), BANK)
        assert (line.room, line.minutes, line.over) == (13, 15, 2)
        assert advice(a_plan(each)) == ["Panel needs 15 minutes; of the 30 of the slot, questions have 13."]

    def test_what_two_of_a_panel_chose_takes_its_minutes_once(self) -> None:
        plan = a_plan(a_round("Panel", an_assignment("ana", "ten"), an_assignment("bo", "ten"), minutes=15))
        assert [line.over for line in timings(plan, BANK)] == [0]
        (row,) = coverage_matrix(DEPTH_ONLY, plan, BANK, RUBRICS).rows
        assert (row.minutes, row.repeated) == (10, 0)


class TestCoverage:
    def test_every_competency_of_the_role_stands_there_covered_or_not_and_others_after(self) -> None:
        role = Role(name="Engineer", competencies=("Data sense", RoleCompetency(name="Technical depth", need="nice")))
        plan = a_plan(
            a_round("Panel", *BOTH),
            a_round("Apart", an_assignment("cy", planned("talk", rubric="explanation")), sitting="separate"),
        )
        asks, rates, nothing = Cell(1, 2, 5, False), Cell(1, 2, 10, False), Cell(0, 0, 0, False)
        matrix = coverage_matrix(role, plan, BANK, RUBRICS)
        assert [(each.interviewer_id, each.round_name) for each in matrix.seats] == [
            ("ana", "Panel"), ("bo", "Panel"), ("cy", "Apart"),
        ]  # fmt: skip
        assert matrix.rows == (
            Coverage("Data sense", True, True, 0, 0, 0, (nothing,) * 3),
            Coverage("Technical depth", True, False, 2, 15, 2, (asks, rates, nothing)),
            Coverage("Explanation", False, False, 1, 20, 1, (nothing, nothing, Cell(1, 1, 20, False))),
        )
        assert [each.uncovered for each in matrix.rows] == [True, False, False]

    @pytest.mark.parametrize("rubric", ["explanation", "gone"])
    def test_a_question_measures_what_its_rubric_is_for_and_without_one_its_own(self, rubric: str) -> None:
        key = "five" if rubric == "explanation" else "talk"
        plan = a_plan(a_round("Panel", an_assignment("ana", planned(key, rubric=rubric))))
        rows = coverage_matrix(ROLE, plan, BANK, RUBRICS).rows
        assert {each.competency: each.questions for each in rows} == {
            "Technical depth": 0, "Explanation": 1, "Data sense": 0,
        }  # fmt: skip

    def test_somebody_in_two_rounds_is_one_pair_of_eyes(self) -> None:
        plan = a_plan(
            a_round("One", an_assignment("ana", "five"), sitting="single"),
            a_round("Two", an_assignment("ana", "ten"), sitting="single"),
        )
        (row,) = coverage_matrix(DEPTH_ONLY, plan, BANK, RUBRICS).rows
        assert (row.interviewers, row.seen_by_one) == (1, True)

    def test_a_repeat_and_too_many_are_marked(self) -> None:
        plan = a_plan(
            a_round("One", an_assignment("ana", "five", "ten"), sitting="single"),
            a_round("Two", an_assignment("bo", "ten"), sitting="single"),
        )
        rules = SetRules(per_competency=Span(least=1, most=1))
        (row,) = coverage_matrix(DEPTH_ONLY, plan.model_copy(update={"rules": rules}), BANK, RUBRICS).rows
        assert (row.questions, row.repeated, row.over_asked) == (2, 1, True)

    def test_a_plan_without_seats_has_rows_and_no_columns(self) -> None:
        matrix: Matrix = coverage_matrix(ROLE, a_plan(), BANK, RUBRICS)
        assert (matrix.seats, [each.uncovered for each in matrix.rows]) == ((), [True] * 3)


class TestRounds:
    def test_a_whole_plan_has_nothing_against_it(self) -> None:
        assert found() == []

    def test_a_plan_without_a_round_is_blocked(self) -> None:
        assert found(a_plan()) == [Finding(True, "The plan has no round yet. Add one.", Place("plan"))]

    @pytest.mark.parametrize(
        ("each", "sentence", "place"),
        [
            (a_round("Panel"), "Panel has no interviewer. Assign one.", Place("round", "panel")),
            (
                a_round("Panel", an_assignment("ana", state="open")),
                "Ana has no questions in Panel. Choose at least one.",
                Place("seat", "seat-ana"),
            ),
            (
                a_round("Panel", an_assignment("ana", "five", state="proposed")),
                "Ana proposes questions for Panel. Accept them or change them first.",
                Place("seat", "seat-ana"),
            ),
            (
                a_round("Panel", an_assignment("ana", "five", state="open")),
                "Ana has not proposed their questions for Panel yet. Wait, or accept them as they are.",
                Place("seat", "seat-ana"),
            ),
            (
                a_round("Panel", an_assignment(OPEN_SEAT, "five", id="seat-1")),
                "A seat in Panel has no interviewer yet. Choose who takes it.",
                Place("round", "panel"),
            ),
            (
                a_round("Panel", an_assignment("zoe", state="open")),
                "Somebody has no questions in Panel. Choose at least one.",
                Place("seat", "seat-zoe"),
            ),
            (
                a_round("Panel", an_assignment("ana", "five", "gone")),
                "A question of Ana in Panel is no longer in the bank. Remove it.",
                Place("seat", "seat-ana"),
            ),
            (
                a_round("Panel", an_assignment("ana", "five")).model_copy(update={"minimum_interviewers": 2}),
                "Panel needs at least 2 interviewers and has 1. Assign more, or lower the number.",
                Place("round", "panel"),
            ),
        ],
    )
    def test_what_blocks_is_a_sentence_with_its_place(self, each: Round, sentence: str, place: Place) -> None:
        role = Role(name="Engineer", competencies=(RoleCompetency(name="Technical depth", need="nice"),))
        assert [one for one in found(a_plan(each), role) if one.blocks] == [Finding(True, sentence, place)]

    def test_a_panelist_who_only_rates_needs_no_question(self) -> None:
        assert found(a_plan(a_round("Panel", an_assignment("ana", "five"), an_assignment("bo", state="open")))) == []

    def test_somebody_deactivated_blocks(self) -> None:
        assert blocks(gone=frozenset({"bo"})) == ["An interviewer of Panel has been deactivated. Assign someone else."]

    def test_minutes_over_the_slot_are_advice(self) -> None:
        apart = a_round("Apart", an_assignment("ana", "five", "ten"), sitting="separate", minutes=10)
        plan = a_plan(a_round("Panel", an_assignment("bo", "talk"), minutes=15), apart)
        assert [(each.sentence, each.place) for each in found(plan) if "minutes;" in each.sentence] == [
            ("Panel needs 20 minutes; the slot is 15.", Place("round", "panel")),
            ("Apart (Ana) needs 15 minutes; the slot is 10.", Place("seat", "seat-ana")),
        ]


class TestCompetencies:
    def test_a_must_have_without_a_question_blocks_and_a_nice_to_have_does_not(self) -> None:
        role = Role(
            name="Engineer",
            competencies=("Technical depth", "Data sense", RoleCompetency(name="Explanation", need="nice")),
        )
        assert blocks(role=role) == ["No question measures Data sense, a must-have. Ask for it, or change the role."]
        assert advice(role=role) == ["No question measures Explanation."]

    def test_one_pair_of_eyes_is_advice_where_there_are_others(self) -> None:
        apart = a_plan(
            a_round(
                "Apart",
                an_assignment("ana", "five"),
                an_assignment("bo", planned("talk", rubric="explanation")),
                sitting="separate",
            )
        )
        assert advice(apart) == ["Technical depth is seen by one interviewer only; a second would show how sure it is."]
        alone = a_plan(a_round("Screen", an_assignment("ana", "five"), sitting="single"))
        assert advice(alone) == []

    def test_what_somebody_is_asked_to_cover_and_does_not_is_advice(self) -> None:
        seats = (an_assignment("ana", "five", covers=("Technical depth", "Explanation")), an_assignment("bo", "ten"))
        assert advice(a_plan(a_round("Panel", *seats)), Role(name="E", competencies=("Technical depth",))) == [
            "Ana is asked to cover Explanation in Panel, which the role does not measure. Change the seat."
        ]
        role = Role(name="E", competencies=("Technical depth", RoleCompetency(name="Explanation", need="nice")))
        assert advice(a_plan(a_round("Panel", *seats)), role) == [
            "No question measures Explanation.",
            "Ana is asked to cover Explanation in Panel and has no question for it.",
        ]

    @pytest.mark.parametrize(("number", "advised"), [(3, True), (4, False), (6, False), (7, True)])
    def test_four_to_six_competencies_are_advised_with_the_reason(self, number: int, advised: bool) -> None:
        role = Role(name="Engineer", competencies=tuple(f"Competency {each}" for each in range(number)))
        said = [each for each in preflight(role, ONE_ROUND, Facts(BANK, STORED, NAMES)) if each.place.kind == "role"]
        assert [("Four to six competencies are advised." in each.sentence, each.blocks) for each in said] == (
            [(True, False)] if advised else []
        )


class TestQuestionsAndRubrics:
    @pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
    def test_a_question_that_may_not_be_asked_blocks(self, state: QuestionState) -> None:
        assert blocks(bank=standing(state)) == [
            f"“What is five?” (Ana, Panel) is {STATE_NAMES[state].lower()}. "
            "Only approved and pilot questions are asked: remove it, or have it approved."
        ]

    def test_a_pilot_and_a_leak_are_advice(self) -> None:
        leak = Leak(on=date(2026, 3, 1), reason="Seen on a forum.")
        assert found(bank=standing("pilot", leak)) == [
            Finding(
                False,
                "“What is five?” (Ana, Panel) is on trial; it is rated and does not count yet.",
                Place("seat", "seat-ana"),
            ),
            Finding(
                False,
                "“What is five?” is marked as leaked since 01 March 2026: Seen on a forum.",
                Place("seat", "seat-ana"),
            ),
        ]

    def test_a_question_heard_twice_in_a_day_blocks_at_its_last_place(self) -> None:
        twice = a_plan(a_round("Panel", *BOTH), a_round("Again", an_assignment("cy", "five"), sitting="single"))
        assert [each for each in found(twice) if each.blocks] == [
            Finding(
                True,
                "“What is five?” is asked 2 times; the candidate would hear it again. Ask something else instead.",
                Place("seat", "seat-cy"),
            )
        ]

    def test_what_the_rules_wish_and_the_plan_does_not_keep_is_advice(self) -> None:
        plan = ONE_ROUND.model_copy(update={"rules": SetRules(must=("talk", "five"), exclude=("ten",))})
        assert [(each.sentence, each.place) for each in found(plan)] == [
            ("“What is talk?” must be asked by the rules and is not.", Place("sets")),
            ("“What is ten?” must not be asked by the rules and is.", Place("seat", "seat-bo")),
        ]

    def test_a_round_may_repeat_on_purpose(self) -> None:
        again = a_round("Again", an_assignment("cy", "five"), sitting="single").model_copy(update={"may_repeat": True})
        assert blocks(a_plan(a_round("Panel", *BOTH), again)) == []

    def test_what_two_of_a_panel_chose_is_asked_once(self) -> None:
        assert blocks(a_plan(a_round("Panel", an_assignment("ana", "five"), an_assignment("bo", "five")))) == []

    def test_questions_that_give_each_other_away_are_advice(self) -> None:
        plan = ONE_ROUND.model_copy(update={"rules": SetRules(apart=(("five", "ten"), ("five", "talk")))})
        assert advice(plan) == ["“What is five?” and “What is ten?” are both asked, and one gives the other away."]

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("active", []),
            ("retired", []),
            (
                "draft",
                ["The rubric technical-depth is a draft again. Activate it, or choose another for its questions."],
            ),
        ],
    )
    def test_a_rubric_that_is_a_draft_again_blocks(self, state: RubricState, expected: list[str]) -> None:
        depth = DEPTH.model_copy(update={"name": "technical-depth"})
        rubrics = STORED | {"technical-depth": BankRubric(rubric=depth, version=2, state=state)}
        assert (blocks(rubrics=rubrics), advice(rubrics=rubrics)) == (expected, [])

    def test_a_rubric_that_is_gone_or_lacks_anchors_blocks(self) -> None:
        gone = a_plan(a_round("Panel", an_assignment("ana", planned("five", rubric="gone"), "ten")))
        assert blocks(gone) == ["A rubric of this plan is no longer there. Choose another for its questions."]
        bare = DEPTH.model_copy(
            update={
                "anchors": tuple(
                    each.model_copy(update={"text": ""}) if each.level in (2, 4) else each for each in DEPTH.anchors
                )
            }
        )
        assert blocks(rubrics=STORED | {"technical-depth": BankRubric(rubric=bare, version=2)}) == [
            "The rubric Technical depth has no anchor for levels 2 and 4. Write what can be heard there."
        ]

    @pytest.mark.parametrize(("levels", "fits"), [(5, True), (4, False), (0, True)])
    def test_own_anchors_for_another_scale_are_advice(self, levels: int, fits: bool) -> None:
        own = BANK | in_bank(a_question("five", anchors=tuple(f"Own {level}." for level in range(1, levels + 1))))
        said = (
            "“What is five?” has anchors of its own for 4 levels, but Technical depth has 5; "
            "the rubric's own anchors are used."
        )
        assert (blocks(bank=own), advice(bank=own)) == ([], [] if fits else [said])


class TestPeople:
    def test_somebody_not_trained_for_the_round_is_named(self) -> None:
        asks = ONE_ROUND.rounds[0].model_copy(update={"needs_training": "Technical round"})
        trained = {"technical round": frozenset({"ana"})}
        assert found(a_plan(asks), trained=trained) == [
            Finding(
                False,
                "Bo is not trained for Technical round, which Panel asks for. Let them shadow first, or put down "
                "their training.",
                Place("people", "bo"),
            )
        ]

    def test_a_conflict_of_somebody_in_the_plan_is_named(self) -> None:
        conflicts = (Conflict("ana", "Priya", "referred the candidate"), Conflict("zoe", "Rohan", "know them"))
        assert advice(conflicts=conflicts) == [
            "Ana should not interview Priya, because they referred the candidate. Plan a substitute for that interview."
        ]

    @pytest.mark.parametrize(("candidates", "words"), [(1, "1 candidate has"), (3, "3 candidates have")])
    def test_candidates_with_another_question_set_are_counted(self, candidates: int, words: str) -> None:
        assert advice(other_sets=(OtherSet(candidates, "Onsite", 1, 2, 1),)) == [
            f"{words} interviews from version 1 of Onsite, which asks 2 other questions and lacks 1 of these. "
            "Scores compare only over what all were asked."
        ]
