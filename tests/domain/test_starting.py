"""Starting a set from questions that were asked elsewhere."""

from datetime import date
from typing import Any

from panel.domain.plans import Assignment, Plan, Round
from panel.domain.questions import BankQuestion, Leak
from panel.domain.roles import Role
from panel.domain.rubrics import BankRubric
from panel.domain.set_rules import SetRules
from panel.domain.starting import Start, minutes_left, start
from tests.factories import GENERAL, a_question, a_rubric, an_assignment, planned

ROLE = Role(name="Engineer", competencies=("Technical depth", "Explanation"))
RUBRICS = {each.key: BankRubric(rubric=each, version=1) for each in (a_rubric(), a_rubric("talk", "Explanation"))}


def bank(**changed: dict[str, Any]) -> dict[str, BankQuestion]:
    """Questions of ten minutes, "a" to "f", in version 3; `changed` are facts of the question or of its place."""
    found = {}
    for key in "abcdef":
        facts = changed.get(key, {})
        place = {name: facts[name] for name in ("state", "leak") if name in facts}
        text = {name: value for name, value in facts.items() if name not in place}
        question = a_question(key, **({"minutes": 10} | text))
        found[key] = BankQuestion(question=question, category=GENERAL, version=3, **place)
    return found


def plan(*seats: Assignment, sitting: str = "separate", minutes: int = 60, **rules: Any) -> Plan:
    where = Round.model_validate(
        {"id": "r", "name": "Technical", "sitting": sitting, "minutes": minutes, "assignments": seats}
    )
    return Plan(title="Onsite", rounds=(where,), rules=SetRules.model_validate(rules))


def newest(key: str, rubric: str = "technical-depth") -> Any:
    return planned(key, version=3, rubric=rubric)


def begun(of: Plan, *keys: str, **changed: dict[str, Any]) -> Start:
    return start(of, ROLE, "seat-ana", keys, bank=bank(**changed), rubrics=RUBRICS)


def test_questions_come_in_their_newest_version_with_the_rubric_that_fits() -> None:
    found = begun(plan(an_assignment("ana")), "b", "a", "b", b={"competency": "Explanation"})
    assert found == Start((newest("b", "talk"), newest("a")), {})
    assert found.left_out_in_words() == ""


def test_what_cannot_be_asked_stays_out_and_is_said() -> None:
    of = plan(an_assignment("ana", "e"), an_assignment("bo", "c"), exclude=("f",))
    found = begun(
        of, "a", "b", "c", "d", "e", "f", "gone",
        a={"state": "retired"}, b={"leak": Leak(on=date(2026, 1, 1), reason="Seen on a forum.")},
        d={"competency": "Collaboration"},
    )  # fmt: skip
    assert found == Start((), dict.fromkeys(("gone", "state", "leaked", "others", "excluded", "rubric"), 1))
    assert found.left_out_in_words() == (
        "1 has left the bank, 1 may not be asked any more, 1 may be known to candidates, 1 is asked by others in this "
        "plan, 1 is excluded by the plan's rules and 1 has no active rubric"
    )


def test_only_what_is_to_be_covered_is_taken() -> None:
    found = begun(plan(an_assignment("ana", covers=("Explanation",))), "a", "b", "c", b={"competency": "Explanation"})
    assert found == Start((newest("b", "talk"),), {"competency": 2})
    assert found.left_out_in_words() == "2 measure what is not asked for here"


def test_as_many_as_the_minutes_hold_and_a_shorter_one_may_still_fit() -> None:
    of = plan(an_assignment("ana", "e"), minutes=25)
    found = begun(of, "a", "b", "c", "d", b={"minutes": 6}, d={"minutes": 5})
    assert found == Start((newest("a"), newest("d")), {"minutes": 2})


def test_a_panel_shares_its_minutes() -> None:
    seats = (an_assignment("ana", "a"), an_assignment("bo", "b", "c"))
    for sitting, left in (("panel", 0), ("separate", 20)):
        of = plan(*seats, sitting=sitting, minutes=30)
        assert minutes_left(of.rounds[0], seats[0], bank()) == left
    assert begun(plan(*seats, sitting="panel", minutes=30), "d").left_out == {"minutes": 1}


def test_nothing_to_start_from_adds_nothing() -> None:
    assert begun(plan(an_assignment("ana", "a"))) == Start((), {})
    assert begun(plan(an_assignment("ana", "a")), "a") == Start((), {})
