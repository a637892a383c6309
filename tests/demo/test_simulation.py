"""The demo team as domain objects: no database."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from panel.content import read_content
from panel.demo.people import INTERVIEWERS
from panel.demo.phrases import NOT_ASKED
from panel.demo.planning import Content
from panel.demo.scoring import ALL
from panel.demo.simulation import YES_AND_NO_MEET
from panel.demo.split import VIEWS
from panel.demo.team import DemoCard, DemoPlanning, DemoTeam, build_team
from panel.domain.plans import GuideItem
from panel.domain.questions import BankQuestion
from panel.domain.scorecards import Rating, what_is_missing
from panel.errors import InputError
from panel.settings import ROOT

WEDNESDAY = datetime(2024, 6, 12, 10, 7)


@pytest.fixture(scope="module")
def content() -> Content:
    files = read_content(ROOT)
    assert not files.errors
    return Content(
        questions={
            question.key: BankQuestion(question=question, category=file.category, version=1)
            for file in files.question_files
            for question in file.questions
        },
        rubrics={rubric.key: (rubric, 1) for rubric in files.rubrics},
    )


@pytest.fixture(scope="module")
def team(content: Content) -> DemoTeam:
    return build_team(at=WEDNESDAY, content=content)


def published(team: DemoTeam) -> list[DemoPlanning]:
    return [each for each in team.plans if each.publication]


def items_of(team: DemoTeam) -> dict[str, dict[str, GuideItem]]:
    """Guide items by interview and question."""
    plans = {each.publication.id: each.publication.published for each in team.plans if each.publication}
    return {each.id: plans[each.plan_version_id].items() for each, _ in team.interviews}


def current(team: DemoTeam) -> Iterator[tuple[DemoCard, Rating]]:
    for card in team.cards:
        for history in card.card.histories:
            yield card, history[-1]


def rated(team: DemoTeam) -> Iterator[tuple[DemoCard, Rating, int]]:
    for card, rating in current(team):
        if rating.level is not None:
            yield card, rating, rating.level


def test_has_the_size_that_was_asked_for(team: DemoTeam) -> None:
    assert len(team.roles) == 3
    assert Counter(each.access for each in team.people) == {"interviewer": 12, "manager": 2, "administrator": 1}
    assert len(team.candidates) == 66
    assert len({each.name for each, _ in team.candidates}) == 66
    assert len(list(rated(team))) >= 2500


def test_is_the_same_for_the_same_seed_and_moment(team: DemoTeam, content: Content) -> None:
    assert build_team(at=WEDNESDAY, content=content) == team
    assert build_team(at=WEDNESDAY, content=content, seed=1) != team


def test_uses_every_level_and_every_outcome(team: DemoTeam) -> None:
    levels = Counter(level for _, _, level in rated(team))
    assert set(levels) == {1, 2, 3, 4, 5}
    assert min(levels.values()) > 60
    assert {rating.outcome for _, rating in current(team)} == {"rated", "not_asked", "could_not_assess"}


def test_rates_without_a_level_only_what_was_not_rated(team: DemoTeam) -> None:
    assert all((rating.level is not None) == (rating.outcome == "rated") for _, rating in current(team))


def test_severity_can_be_found_again_in_the_levels(team: DemoTeam) -> None:
    """Least squares of level on answer (candidate and question) and interviewer; severe means lower levels."""
    rows = [
        ((card.scorecard.candidate_id, rating.question_key), card.scorecard.person_id, level)
        for card, rating, level in rated(team)
    ]
    answers = {key: place for place, key in enumerate(dict.fromkeys(answer for answer, _, _ in rows))}
    severity = {
        person.id: demo.manner.severity
        for demo in INTERVIEWERS
        for person in team.people
        if person.email == demo.email and demo.manner
    }
    raters = {key: len(answers) + place for place, key in enumerate(severity)}
    design = np.zeros((len(rows), len(answers) + len(raters)))
    for place, (answer, person, _) in enumerate(rows):
        design[place, answers[answer]] = design[place, raters[person]] = 1
    # A small pull to zero, because interviewers of different roles share no answer.
    levels = np.array([level for *_, level in rows], dtype=float)
    system = design.T @ design + 0.3 * np.eye(design.shape[1])
    found = np.linalg.solve(system, design.T @ (levels - levels.mean()))[len(answers) :]
    assert np.corrcoef(list(severity.values()), -found)[0, 1] > 0.7


def test_narrow_and_wide_raters_differ_in_their_spread(team: DemoTeam) -> None:
    levels = defaultdict(list)
    names = {each.id: each.email.partition("@")[0] for each in team.people}
    for card, _, level in rated(team):
        levels[names[card.scorecard.person_id]].append(level)
    assert np.std(levels["kofi.mensah"]) < 0.85 * np.std(levels["niamh.gallagher"])


def test_every_interviewer_is_linked_to_every_other_by_shared_candidates(team: DemoTeam) -> None:
    groups = [{each.id} for each in team.people if each.access == "interviewer"]
    met = defaultdict(set)
    for card, _, _ in rated(team):
        met[card.scorecard.candidate_id].add(card.scorecard.person_id)
    for together in met.values():
        touched = [each for each in groups if each & together]
        groups = [each for each in groups if not each & together] + [set().union(*touched)]
    assert len(groups) == 1


def test_every_published_guide_fits_its_slot(team: DemoTeam) -> None:
    for plan in published(team):
        assert plan.publication
        for each in plan.publication.published.rounds:
            for guide in each.guides:
                assert guide.items
                assert sum(item.question.minutes for item in guide.items) <= each.minutes


def test_every_plan_covers_its_role_and_mixes_sittings(team: DemoTeam) -> None:
    roles = dict(team.roles)
    for plan in published(team):
        assert plan.publication
        measured = {item.rubric.competency for item in plan.publication.published.items().values()}
        assert set(roles[plan.role_id].measured) <= measured
        assert {each.sitting for each in plan.plan.rounds} == {"panel", "separate"}
        asked = [each.question_key for part in plan.plan.rounds for seat in part.assignments for each in seat.questions]
        assert len(asked) == len(set(asked))


def test_a_draft_leaves_something_to_do_for_manager_and_interviewer(team: DemoTeam) -> None:
    (draft,) = [each for each in team.plans if not each.publication]
    seats = [seat for each in draft.plan.rounds for seat in each.assignments]
    assert [bool(seat.questions) for seat in seats if seat.state == "proposed"] == [True]
    assert [seat.state for seat in seats if not seat.questions] == ["open"]


def test_one_panel_is_plainly_split_and_no_other(team: DemoTeam) -> None:
    levels = defaultdict(list)
    recommendations = defaultdict(set)
    for card, rating, level in rated(team):
        levels[card.scorecard.interview_id, rating.question_key].append(level)
        recommendations[card.scorecard.interview_id].add(card.scorecard.recommendation)
    wide = [key for key, given in levels.items() if max(given) - min(given) >= 3]
    opposed = [key for key, given in recommendations.items() if {"strong_yes", "strong_no"} <= given]
    assert len(wide) == 2
    assert opposed == list({interview for interview, _ in wide})
    assert len([key for key, given in levels.items() if max(given) - min(given) == 2]) > 20


def test_the_split_panel_explains_both_views(team: DemoTeam) -> None:
    notes = {rating.note for _, rating in current(team)}
    for view in VIEWS.values():
        assert {each.note for each in view.answers} <= notes


@pytest.mark.parametrize("minute", [0, 7, 11, 14, 15, 44, 59])
def test_an_interview_starts_within_twenty_minutes_whenever_one_looks(content: Content, minute: int) -> None:
    at = datetime(2024, 6, 14, 16, minute)
    starts = [each.starts_at for each, _ in build_team(at=at, content=content).interviews]
    assert any(timedelta(minutes=3) < start - at <= timedelta(minutes=20) for start in starts)


def test_today_has_open_scorecards_beside_submitted_ones(team: DemoTeam) -> None:
    today = {each.id for each, _ in team.interviews if each.starts_at.date() == WEDNESDAY.date()}
    by_interview = defaultdict(list)
    for card in team.cards:
        if card.scorecard.interview_id in today:
            by_interview[card.scorecard.interview_id].append((card.scorecard.state, len(card.card.histories)))
    mixed = [each for each in by_interview.values() if {state for state, _ in each} == {"draft", "submitted"}]
    assert len(mixed) == 2
    assert all(any(state == "draft" and answers for state, answers in each) for each in mixed)


def test_later_interviews_have_no_answers_and_nothing_happens_in_the_future(team: DemoTeam) -> None:
    starts = {each.id: each.starts_at for each, _ in team.interviews}
    for card in team.cards:
        submitted_at = card.scorecard.submitted_at
        times = [rating.updated_at for history in card.card.histories for rating in history if rating.updated_at]
        assert all(starts[card.scorecard.interview_id] <= each <= WEDNESDAY for each in times)
        assert submitted_at is None or max(times) < submitted_at <= WEDNESDAY
        assert card.created_at <= WEDNESDAY
        if starts[card.scorecard.interview_id] > WEDNESDAY:
            assert not times


def test_scorecards_are_submitted_within_two_days(team: DemoTeam) -> None:
    starts = {each.id: each.starts_at for each, _ in team.interviews}
    late = [
        card.scorecard.submitted_at - starts[card.scorecard.interview_id]
        for card in team.cards
        if card.scorecard.submitted_at
    ]
    assert max(late) < timedelta(days=2)


def test_submitted_scorecards_answer_every_question_and_lack_nothing(team: DemoTeam) -> None:
    plans = {each.publication.id: each.publication.published for each in team.plans if each.publication}
    interviews = {each.id: each for each, _ in team.interviews}
    lacking = Counter[bool]()
    for card in team.cards:
        found = card.scorecard
        guide = plans[interviews[found.interview_id].plan_version_id].guide(found.round_id, found.assignment_id)
        if found.is_submitted:
            assert [history[-1].question_key for history in card.card.histories] == [
                item.question.key for item in guide.items
            ]
            now = {history[-1].question_key: history[-1] for history in card.card.histories}
            assert what_is_missing(guide, now, found) == []
            lacking[any(not each.note for each in now.values())] += 1
    assert lacking[True] > 100  # notes that nothing asks for are left blank now and then


def test_reasons_stand_with_what_was_not_asked_and_are_the_whole_rooms(team: DemoTeam) -> None:
    rooms = defaultdict(set)
    for card, rating in current(team):
        assert bool(rating.reason) == (rating.outcome == "not_asked")
        assert not rating.reworded or rating.outcome == "rated"
        if rating.reason:
            rooms[card.scorecard.interview_id, rating.question_key].add(rating.reason)
            assert not rating.note or rating.note.removesuffix(".") in NOT_ASKED[rating.reason]
    assert {len(each) for each in rooms.values()} == {1}
    assert {reason for each in rooms.values() for reason in each} == {"time", "covered", "not_fitting"}
    assert 40 < sum(rating.reworded for _, rating in current(team)) < 200


def test_interviewers_are_surer_the_further_their_levels_are_from_the_border_of_yes_and_no(team: DemoTeam) -> None:
    distances = defaultdict(list)
    for card in team.cards:
        given = [history[-1].level for history in card.card.histories if history[-1].level is not None]
        assert bool(card.scorecard.confidence) == card.scorecard.is_submitted
        if card.scorecard.confidence:
            distances[card.scorecard.confidence].append(abs(np.mean(given) - YES_AND_NO_MEET))
    means = [np.mean(distances[each]) for each in ("low", "medium", "high")]
    assert means == sorted(means)
    assert min(len(each) for each in distances.values()) > 40


def test_nobody_sits_in_two_interviews_at_once(team: DemoTeam) -> None:
    interviews = {each.id: each for each, _ in team.interviews}
    busy = defaultdict(list)
    for card in team.cards:
        each = interviews[card.scorecard.interview_id]
        busy[card.scorecard.person_id].append((each.starts_at, each.starts_at + timedelta(minutes=each.minutes)))
    for times in busy.values():
        times.sort()
        assert all(end <= begins for (_, end), (begins, _) in pairwise(times))


def test_recommendations_follow_the_levels(team: DemoTeam) -> None:
    means = defaultdict(list)
    for card in team.cards:
        given = [history[-1].level for history in card.card.histories if history[-1].level is not None]
        if card.scorecard.recommendation and given:
            means[card.scorecard.recommendation].append(np.mean(given))
    averages = [np.mean(means[each]) for each in ("strong_no", "no", "yes", "strong_yes")]
    assert averages == sorted(averages)
    assert min(len(each) for each in means.values()) > 20


def test_notes_are_plain_text_and_rarely_repeated(team: DemoTeam) -> None:
    notes = Counter(rating.note for _, rating in current(team) if rating.note)
    assert not [each for each in notes if "<" in each or ">" in each.replace("\n> ", "") or "{" in each]
    assert max(notes.values()) <= 10
    assert len(notes) > 2200


def test_colleagues_never_write_the_same_note_about_one_answer(team: DemoTeam) -> None:
    seen = Counter(
        (card.scorecard.interview_id, rating.question_key, rating.note)
        for card, rating, _ in rated(team)
        if rating.note
    )
    assert max(seen.values()) == 1


def test_histories_end_in_the_current_rating_and_count_their_versions(team: DemoTeam) -> None:
    for card in team.cards:
        for history in card.card.histories:
            assert [each.version for each in history] == list(range(1, len(history) + 1))
    assert any(len(history) == 2 for card in team.cards for history in card.card.histories)


def test_a_changed_bank_still_makes_a_team(content: Content) -> None:
    fewer = {key: each for key, each in content.questions.items() if key not in {"backpropagation", "random-forest"}}
    team = build_team(at=WEDNESDAY, content=Content(fewer, content.rubrics))
    assert len(list(rated(team))) >= 2500


def test_a_bank_that_is_too_small_is_refused(content: Content) -> None:
    few = dict(list(content.questions.items())[:3])
    with pytest.raises(InputError, match="question bank"):
        build_team(at=WEDNESDAY, content=Content(few, content.rubrics))


def test_all_means_more_questions_than_any_guide_has(team: DemoTeam) -> None:
    assert all(len(items) < ALL for items in items_of(team).values())
