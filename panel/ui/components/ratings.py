"""Ratings as they are read: a level as number and word in its colour, the note beside it."""

from markupsafe import Markup

from panel.domain.plans import GuideItem
from panel.domain.scorecards import OUTCOME_NAMES, REASON_NAMES, Rating
from panel.ui.palette import place_on_five


def level_chip(level: int, levels: int, label: str = "") -> Markup:
    """The level's number in its colour; its word follows."""
    chip = Markup('<span class="chip level-{}">{}</span>').format(place_on_five(level, levels) + 1, level)
    return chip + Markup(" {}").format(label) if label else chip


def outcome_chip(item: GuideItem, rating: Rating | None) -> Markup:
    if rating is None or rating.outcome != "rated" or rating.level is None:
        words = OUTCOME_NAMES[rating.outcome if rating else "open"]
        reason = f": {REASON_NAMES[rating.reason].lower()}" if rating and rating.reason else ""
        return Markup('<span class="chip none">{}{}</span>').format(words, reason)
    anchor = item.rubric.anchor(rating.level)
    return level_chip(rating.level, len(item.rubric.anchors), anchor.label)


def note_block(note: str) -> Markup:
    return Markup('<div class="note">{}</div>').format(note) if note.strip() else Markup("")


def rated_question(number: int, item: GuideItem, rating: Rating | None) -> Markup:
    """A question with what was rated and noted, for reading."""
    reworded = Markup(' <span class="quiet">asked in other words</span>') if rating and rating.reworded else Markup("")
    return Markup('<div class="row-line"><p><b>{}</b> {}</p><p>{}{}</p>{}</div>').format(
        number, item.question.prompt, outcome_chip(item, rating), reworded, note_block(rating.note if rating else "")
    )
