"""One sitting of the demo team: the levels, notes, times and recommendations on its interviewers' scorecards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np
from numpy.random import Generator

from panel.demo import notes, simulation, split
from panel.demo.notes import Heard, Wear
from panel.demo.people import DemoPerson, Manner
from panel.domain.plans import InterviewGuide
from panel.domain.questions import Question
from panel.domain.rubrics import Rubric
from panel.domain.scorecards import Confidence, Outcome, Rating, Reason, Recommendation

ALL = 1000  # more questions than any guide has: answered to the end and submitted
LONGEST_DELAY = 46.0  # hours


@dataclass(frozen=True)
class Seated:
    """One interviewer in a sitting. `answers` is how many questions they have answered by now; ALL means submitted."""

    person: DemoPerson
    guide: InterviewGuide
    answers: int

    @property
    def manner(self) -> Manner:
        if self.person.manner is None:
            raise ValueError(f"{self.person.name} does not interview")
        return self.person.manner


@dataclass(frozen=True)
class Card:
    """What is on one scorecard. `histories` holds, per question, every state of its rating; the last is current."""

    histories: tuple[tuple[Rating, ...], ...]
    recommendation: Recommendation | None
    confidence: Confidence | None
    summary: str
    submitted_at: datetime | None


@dataclass(frozen=True)
class World:
    """What all sittings share: chance, the difficulty of the questions, the wear of the phrases, and the present.

    `besides` is the chance of what stands beside levels and times, so that it moves neither.
    """

    chance: Random
    besides: Random
    numbers: Generator
    hard: dict[str, float]
    wear: Wear
    at: datetime


def fill_in(
    world: World, seated: Sequence[Seated], ability: dict[str, float], starts_at: datetime, *, is_split: bool = False
) -> list[Card]:
    """A card for each interviewer of a sitting; all of them heard the same answers to the same questions."""
    items = seated[0].guide.items
    questions = [item.question for item in items]
    rubrics = [item.rubric for item in items]
    heard = [notes.hear(world.chance, each) for each in questions]
    quality = simulation.qualities(world.numbers, questions, ability, world.hard)
    given = simulation.levels(world.numbers, quality, [each.manner for each in seated])
    outcomes = simulation.outcomes(world.numbers, len(items), len(seated))
    left_out_for = [simulation.left_out_for(world.besides) for _ in items]
    in_other_words = [world.besides.random() < simulation.IN_OTHER_WORDS for _ in items]
    minutes = _minutes_into(world.chance, questions)
    ends_at = starts_at + timedelta(minutes=minutes[-1])
    cards = []
    for place, each in enumerate(seated):
        view = split.VIEWS.get(each.person.local) if is_split else None
        levels = [int(level) for level in given[place]]
        if view:
            levels = [min(max(level, view.others[0]), view.others[1]) for level in levels]
        told = _told_of_split(questions, view)
        histories = []
        for number, question in enumerate(questions[: each.answers]):
            outcome: Outcome = "rated" if is_split else outcomes[place][number]
            reason: Reason = left_out_for[number] if outcome == "not_asked" else ""
            level = told[question.key].level if question.key in told else levels[number]
            note = told[question.key].note if question.key in told else ""
            if question.key not in told:
                note = _note(world, each, heard[number], outcome, reason, level)
            rating = Rating(
                question_key=question.key,
                outcome=outcome,
                level=_on_scale(rubrics[number], level) if outcome == "rated" else None,
                note=note,
                probes_asked=heard[number].probes if outcome == "rated" else (),
                reason=reason,
                reworded=in_other_words[number] and outcome == "rated",
            )
            asked_at = starts_at + timedelta(minutes=minutes[number])
            if asked_at > world.at - timedelta(minutes=1) and each.answers != ALL:
                break
            histories.append(_history(world.chance, rating, asked_at, rubrics[number]))
            levels[number] = level
        card = _closed(world, each, questions=questions, histories=histories, levels=levels, ends_at=ends_at, view=view)
        cards.append(_in_order_of(each.guide, card))
    return cards


def _in_order_of(guide: InterviewGuide, card: Card) -> Card:
    """All of a panel hear the same order; a guide lists its interviewer's own questions first."""
    place = {item.question.key: number for number, item in enumerate(guide.items)}
    return replace(card, histories=tuple(sorted(card.histories, key=lambda each: place[each[-1].question_key])))


def _closed(
    world: World,
    each: Seated,
    *,
    questions: Sequence[Question],
    histories: list[tuple[Rating, ...]],
    levels: Sequence[int],
    ends_at: datetime,
    view: split.View | None,
) -> Card:
    if each.answers < len(questions):
        return Card(tuple(histories), None, None, "", None)
    by_competency: dict[str, list[int]] = {}
    for question, history, level in zip(questions, histories, levels, strict=True):
        if history[-1].outcome == "rated":
            by_competency.setdefault(question.competency, []).append(level)
    means = {name: float(np.mean(found)) for name, found in by_competency.items()}
    given = [level for found in by_competency.values() for level in found]
    recommendation = simulation.recommend(world.numbers, given)
    summary = notes.write_summary(world.chance, recommendation, means, world.wear)
    if view:
        recommendation, summary = view.recommendation, view.summary
    hours = min(each.manner.delay * world.chance.lognormvariate(0, 0.7), LONGEST_DELAY)
    last_change = max(history[-1].updated_at or ends_at for history in histories)
    submitted_at = max(ends_at + timedelta(hours=hours), last_change + timedelta(minutes=1))
    return Card(
        tuple(histories),
        recommendation,
        "high" if view else simulation.confidence(world.besides, given),
        summary,
        _not_after(submitted_at, last_change, world.at),
    )


def _not_after(submitted_at: datetime, last_change: datetime, at: datetime) -> datetime:
    """Soon after the last change when the usual time would still be to come."""
    return submitted_at if submitted_at < at else min(last_change + timedelta(minutes=3), at)


def _told_of_split(questions: Sequence[Question], view: split.View | None) -> dict[str, split.Told]:
    """What is told of the two questions the panel is split on; the first two, when the bank has changed."""
    if view is None:
        return {}
    keys = [each.key for each in questions]
    if all(key in keys for key in split.QUESTIONS):
        return dict(zip(split.QUESTIONS, view.answers, strict=True))
    return {key: split.Told(each.level, view.summary) for key, each in zip(keys, view.answers, strict=False)}


def _note(world: World, each: Seated, heard: Heard, outcome: Outcome, reason: Reason, level: int) -> str:
    """Perhaps empty, but for the ends of the scale, which ask for evidence."""
    if outcome != "rated":
        return notes.write_excuse(world.chance, reason, world.wear)
    how: dict[str, Any] = {"level": level, "style": each.manner.style, "wear": world.wear}
    note = notes.write_note(world.chance, heard, **how)
    if not note and level in {1, 5}:
        return notes.write_note(world.besides, heard, **how, may_be_blank=False)
    return note


def _minutes_into(chance: Random, questions: Sequence[Question]) -> list[float]:
    """When each question had been answered, in minutes from the start."""
    passed, minutes = chance.uniform(1, 3), []
    for each in questions:
        passed += each.minutes * chance.uniform(0.8, 1.05)
        minutes.append(passed)
    return minutes


def _history(chance: Random, rating: Rating, at: datetime, rubric: Rubric) -> tuple[Rating, ...]:
    """The level first and the note a little later, now and then with another level at first."""
    at = at.replace(microsecond=0) - timedelta(seconds=chance.randrange(90))
    way = chance.random()
    if rating.outcome != "rated" or rating.level is None or not rating.note or way > 0.42:
        return (rating.model_copy(update={"version": 1, "updated_at": at}),)
    first = rating.level
    if way < 0.06:
        first = rating.level - 1 if rating.level > 1 else rating.level + 1
        first = min(first, len(rubric.anchors))
    before = at - timedelta(seconds=40)
    early = rating.model_copy(update={"version": 1, "updated_at": before, "note": "", "level": first})
    return early, rating.model_copy(update={"version": 2, "updated_at": at})


def _on_scale(rubric: Rubric, level: int) -> int:
    """A level of five on a rubric with another number of levels."""
    top = len(rubric.anchors)
    return level if top == 5 else round(1 + (level - 1) * (top - 1) / 4)
