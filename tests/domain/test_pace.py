"""What to let go of first when an interview runs out of time."""

from panel.domain.pace import let_go_first
from panel.domain.plans import GuideItem, InterviewGuide
from panel.domain.roles import Role
from tests.factories import a_guide, a_question, a_rubric

ROLE = Role.model_validate({"name": "Engineer", "competencies": [{"name": "Depth"}, {"name": "Words", "need": "nice"}]})


def an_item(key: str, competency: str, *, weight: float = 1.0, pilot: bool = False) -> GuideItem:
    (item,) = a_guide(a_question(key), rubric=a_rubric(key, competency)).items
    reason = "" if weight == 1 else "It matters so much."
    return item.model_copy(update={"weight": weight, "weight_reason": reason, "pilot": pilot})


def guide(*items: GuideItem) -> InterviewGuide:
    return a_guide().model_copy(update={"items": items})


def test_pilots_go_first_then_what_is_not_measured_then_the_nice_to_have_then_the_must_have() -> None:
    asked = guide(
        an_item("must", "Depth"),
        an_item("nice", "Words"),
        an_item("strange", "Humour"),
        an_item("trial", "Depth", weight=3, pilot=True),
    )
    assert let_go_first(asked, ROLE) == ("trial", "strange", "nice", "must")


def test_among_equals_the_lighter_goes_first_and_then_the_later() -> None:
    asked = guide(
        an_item("first", "Depth"),
        an_item("heavy", "Depth", weight=2),
        an_item("second", "Depth"),
        an_item("light", "Depth", weight=0.5),
    )
    assert let_go_first(asked, ROLE) == ("light", "second", "first", "heavy")


def test_need_comes_before_weight() -> None:
    asked = guide(an_item("must", "Depth", weight=0.2), an_item("nice", "Words", weight=5))
    assert let_go_first(asked, ROLE) == ("nice", "must")


def test_nothing_asked_is_nothing_to_let_go() -> None:
    assert let_go_first(guide(), ROLE) == ()
