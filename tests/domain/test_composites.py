"""Sealed, reconciled and composite ratings under any order of events, and the scores of each."""

from datetime import datetime
from statistics import fmean

from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.composites import Beside, score_sheet
from panel.domain.debriefs import (
    Reconciliation,
    ScoreSheet,
    current,
    departs,
    is_current,
    last_confirmations,
    standing_words,
)
from panel.domain.roles import Role
from tests.factories import a_guide, a_question, seen

ITEM = a_guide(a_question("why-validate")).items[0]
AT = datetime(2026, 3, 2, 9, 0)
ROLE = Role.model_validate({
    "name": "Engineer",
    "competencies": [
        {"name": "Technical depth"},
        {"name": "Explanation", "need": "nice", "weight": 2, "weight_reason": "they teach"},
    ],
})  # fmt: skip


def event(number: int, level: int | None) -> Reconciliation:
    return Reconciliation(
        scorecard_id="card", question_key="why-validate", number=number, debrief_id="d", level=level, reason="why",
        made_by="ana", made_at=AT,
    )  # fmt: skip


def beside(level: int | None, *events: int | None, **changes: object) -> Beside:
    made = tuple(event(number, each) for number, each in enumerate(events, start=1))
    return Beside("card", "round", seen(level, **changes), ITEM, made)


levels = st.integers(1, 5)
histories = st.lists(st.none() | levels, max_size=6)


@given(sealed=st.none() | levels, events=histories)
def test_events_never_touch_what_was_sealed_and_the_last_one_holds(
    sealed: int | None, events: list[int | None]
) -> None:
    one = beside(sealed, *events)
    assert one.sealed == seen(sealed)
    holds = events[-1] if events else None
    assert (one.reconciled.level if one.reconciled else None) == holds
    assert one.composite.level == (sealed if holds is None or sealed is None else holds)
    assert one.composite.on_five == (None if one.composite.level is None else float(one.composite.level))


@given(events=st.lists(st.none() | levels, min_size=1, max_size=6), chance=st.randoms())
def test_the_order_in_which_events_are_read_does_not_matter(events: list[int | None], chance: object) -> None:
    made = [event(number, each) for number, each in enumerate(events, start=1)]
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert current(shuffled) == current(made)


@settings(max_examples=50)
@given(given_levels=st.lists(st.tuples(levels, histories), min_size=1, max_size=8))
def test_each_column_is_the_mean_of_its_own_levels(given_levels: list[tuple[int, list[int | None]]]) -> None:
    every = [beside(level, *events) for level, events in given_levels]
    sheet = score_sheet(every, ROLE)
    (one,) = sheet.competencies
    held = [each.reconciled.level for each in every if each.reconciled and each.reconciled.level]
    composite = [each.composite.level or 0 for each in every]
    assert (one.sealed_mean, one.composite_mean, one.reconciled) == (
        round(fmean(level for level, _ in given_levels), 6), round(fmean(composite), 6), len(held),
    )  # fmt: skip
    assert one.reconciled_mean == (round(fmean(held), 6) if held else None)
    assert score_sheet([beside(level) for level, _ in given_levels], ROLE).sealed_mean == sheet.sealed_mean


def test_means_weigh_and_medians_do_not() -> None:
    sheet = score_sheet(
        [
            beside(1, weight=3.0), beside(5), beside(4, competency="Explanation"), beside(2, competency="Charm"),
            beside(None), beside(5, counts=False, question_key="pilot"),
        ],
        ROLE,
    )  # fmt: skip
    assert (sheet.ratings, sheet.not_assessed, sheet.on_trial) == (4, 1, ("pilot",))
    found = {
        each.competency: (each.need, each.weight, each.sealed_mean, each.sealed_median) for each in sheet.competencies
    }
    assert found == {
        "Technical depth": ("must", 1.0, 2.0, 3.0), "Explanation": ("nice", 2.0, 4.0, 4.0),
        "Charm": ("", None, 2.0, 2.0),
    }  # fmt: skip
    assert (sheet.sealed_mean, sheet.sealed_median) == (round((2 + 2 * 4) / 3, 6), 3.0)


def test_the_rule_asks_for_the_line_over_all_and_in_every_must_have() -> None:
    def standing(*ratings: Beside) -> tuple[str, str]:
        sheet: ScoreSheet = score_sheet(ratings, ROLE)
        return sheet.standing, standing_words(sheet)

    explained = beside(5, competency="Explanation")
    assert standing(beside(3), explained) == (
        "above", "By the mechanical rule the scores say hire: the composite and every must-have reach 3 of 5.",
    )  # fmt: skip
    assert standing(beside(2), explained) == (
        "below",
        "By the mechanical rule the scores do not say hire: of the must-haves, Technical depth is below 3 of 5.",
    )
    assert standing(beside(2), beside(2, competency="Explanation")) == (
        "below",
        "By the mechanical rule the scores do not say hire: the composite is below 3 of 5 and of the must-haves, "
        "Technical depth is below 3 of 5.",
    )
    assert standing(explained) == (
        "open", "The mechanical rule says nothing: nobody rated Technical depth, which must be had.",
    )  # fmt: skip
    assert standing() == ("open", "The mechanical rule says nothing: no rating counts yet.")
    assert standing(beside(2, 3), explained)[0] == "above"


def test_only_hiring_below_and_refusing_above_depart_from_the_scores() -> None:
    against = {(outcome, standing) for outcome in ("hire", "no_hire", "hold", "another_round")
               for standing in ("above", "below", "open") if departs(outcome, standing)}  # type: ignore[arg-type]  # fmt: skip
    assert against == {("hire", "below"), ("hire", "open"), ("no_hire", "above")}


def test_nobody_is_taken_for_confirmed_who_never_was() -> None:
    assert not is_current(None, scorecards=0, reconciliations=0)
    assert last_confirmations([]) == {}
