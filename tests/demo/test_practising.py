"""What the demo team rated in exercises: no database."""

from collections import defaultdict
from datetime import datetime
from statistics import mean

import pytest

from panel.demo.people import EVERYBODY
from panel.demo.practising import OF_MANAGERS, OF_TRAINEE, DemoPractice, practise
from panel.demo.waiting import TRAINEE
from panel.domain.exercises import in_force
from panel.domain.scorecards import Rating, lacks_evidence
from panel.exercise_files import read_exercises
from panel.settings import ROOT

WEDNESDAY = datetime(2024, 6, 12, 10, 7)
PEOPLE = [(each.local, each) for each in EVERYBODY]
SHIPPED = [(each.stored, each.gold) for each in read_exercises(ROOT).exercises.values()]


@pytest.fixture(scope="module")
def practice() -> DemoPractice:
    return practise(PEOPLE, SHIPPED, at=WEDNESDAY, seed=11)


def test_nobody_has_rated_everything_and_the_administrator_nothing(practice: DemoPractice) -> None:
    number = {local: sum(each.person_id == local for each in practice.attempts) for local, _ in PEOPLE}
    assert number["elif.yildirim"] == 0
    assert number[TRAINEE] == OF_TRAINEE
    assert {number[each.local] for each in EVERYBODY if each.access == "manager"} == {OF_MANAGERS}
    assert max(number.values()) < len(SHIPPED)


def test_everybody_is_as_severe_as_in_their_interviews(practice: DemoPractice) -> None:
    gold = {stored.id: gold.level for stored, gold in SHIPPED}
    gaps = defaultdict(list)
    for each in practice.attempts:
        gaps[each.person_id].append(each.level - gold[each.exercise_id])
    severity = {each.local: each.manner.severity for each in EVERYBODY if each.manner}
    harsh = [gap for local, found in gaps.items() if severity.get(local, 0) >= 0.3 for gap in found]
    lenient = [gap for local, found in gaps.items() if severity.get(local, 0) <= -0.4 for gap in found]
    assert mean(harsh) < -0.25 < 0.15 < mean(lenient)


def test_every_rating_could_have_been_made_on_the_page(practice: DemoPractice) -> None:
    rubrics = {each.id: each.exercise.rubric for each in practice.exercises}
    assert {each.exercise_id for each in practice.attempts} == set(rubrics)
    assert len({(each.exercise_id, each.person_id) for each in practice.attempts}) == len(practice.attempts)
    for each in practice.attempts:
        rating = Rating(question_key="q", outcome="rated", level=each.level, note=each.note)
        assert not lacks_evidence(rubrics[each.exercise_id], rating)
        assert each.rated_at < WEDNESDAY


def test_two_golds_are_confirmed_by_both_managers_after_their_ratings(practice: DemoPractice) -> None:
    confirmed = [each for each in practice.golds if not each.of_authors]
    rated = {(each.exercise_id, each.person_id): each.rated_at for each in practice.attempts}
    assert len(confirmed) == 2
    for gold in confirmed:
        golds = [each for each in practice.golds if each.exercise_id == gold.exercise_id]
        assert in_force(golds) == gold
        assert gold.proposed_by != gold.agreed_by
        assert gold.proposed_at
        assert gold.agreed_at
        for person, at in ((gold.proposed_by, gold.proposed_at), (gold.agreed_by, gold.agreed_at)):
            assert rated[gold.exercise_id, person] < at


def test_the_same_seed_and_moment_give_the_same(practice: DemoPractice) -> None:
    assert practise(PEOPLE, SHIPPED, at=WEDNESDAY, seed=11) == practice
