"""The evidence of a debrief: what there is to talk about, and everybody's rating of each question side by side."""

import streamlit as st
from markupsafe import Markup

from panel.actions.debriefs import AskedQuestion, AskedRound, DebriefView
from panel.domain.composites import Beside
from panel.domain.debrief_agenda import KIND_NAMES, AgendaItem, Place
from panel.domain.scorecards import CONFIDENCE_NAMES, OUTCOME_NAMES, REASON_NAMES, RECOMMENDATION_NAMES
from panel.domain.scores import Observed
from panel.ui.components import frame
from panel.ui.components.debrief_reconciling import reconciling
from panel.ui.components.ratings import level_chip, note_block
from panel.ui.words import count


def agenda(view: DebriefView) -> None:
    frame.section("To talk about", "found in the ratings; the widest split first")
    if not view.agenda:
        frame.empty("Nothing stands out.", "Nobody is two levels apart, and every must-have has evidence.")
        return
    anchors = _anchors(view)
    frame.html(
        Markup('<ol class="debrief-agenda">{}</ol>').format(
            Markup("").join(_item(each, anchors) for each in view.agenda)
        )
    )


def evidence(view: DebriefView) -> None:
    for each in view.rounds:
        frame.section(f"Evidence: {each.name}", f"{each.plan_title}, version {each.plan_number}")
        for question in each.questions:
            _question(view, each, question)


def recommendations(view: DebriefView) -> None:
    frame.section("Recommendations", "each as it was sealed, before anybody had talked")
    cells = Markup("").join(
        Markup('<div><p><b>{}</b>{}</p><p class="quiet">{}, {}</p>{}</div>').format(
            RECOMMENDATION_NAMES[each.recommendation],
            f", {CONFIDENCE_NAMES[each.confidence].lower()}" if each.confidence else "",
            each.person_name,
            each.round_name,
            note_block(each.summary),
        )
        for each in view.recommended
    )
    frame.html(Markup('<div class="side-by-side">{}</div>').format(cells))


def _anchors(view: DebriefView) -> dict[Place, tuple[str, str]]:
    """Where each question stands on the page, and how it is called."""
    places = [(each, question) for each in view.rounds for question in each.questions]
    return {
        (each.round_id, question.item.question.key): (f"question-{place}", f"{each.name}, question {question.number}")
        for place, (each, question) in enumerate(places, start=1)
    }


def _item(each: AgendaItem, anchors: dict[Place, tuple[str, str]]) -> Markup:
    link = Markup("")
    if each.place in anchors:
        link = Markup(' <a href="#{}" target="_self">{}</a>').format(*anchors[each.place])
    settled = Markup(' <span class="tag">reconciled</span>') if each.settled else Markup("")
    return Markup("<li><b>{}</b>{} {}{}</li>").format(KIND_NAMES[each.kind], settled, each.sentence, link)


def _question(view: DebriefView, where: AskedRound, asked: AskedQuestion) -> None:
    place = (where.round_id, asked.item.question.key)
    marked = dict.fromkeys(KIND_NAMES[each.kind].lower() for each in view.agenda if each.place == place)
    about = [asked.item.rubric.competency, "must have" if asked.must else ""]
    about += [f"weight {asked.item.weight:g}" if asked.item.weight != 1 else ""]
    about += marked
    about += ["" if asked.ratings[0].sealed.counts else "on trial, not counted yet"]
    frame.html(
        Markup(
            '<div class="debrief-question" id="{}"><p><b>{}</b> {}</p><p class="quiet">{}</p>'
            '<div class="side-by-side">{}</div></div>'
        ).format(
            _anchors(view)[place][0],
            asked.number,
            asked.item.question.prompt,
            " · ".join(each for each in about if each),
            Markup("").join(_rating(each) for each in asked.ratings),
        )
    )
    _history(view, asked)
    if view.is_open:
        reconciling(view, asked)


def _rating(each: Beside) -> Markup:
    """Note first, then the levels in three columns that are never mixed."""
    note = note_block(each.sealed.note) or Markup('<p class="quiet">No note.</p>')
    return Markup(
        '<div><p><b>{}</b></p>{}<dl class="three-levels"><div><dt>Sealed</dt><dd>{}</dd></div>'
        "<div><dt>Reconciled</dt><dd>{}</dd></div><div><dt>Composite</dt><dd>{}</dd></div></dl></div>"
    ).format(
        each.sealed.person_name,
        note,
        _sealed_chip(each),
        _chip(each.composite) if each.reconciled else "–",
        level_chip(each.composite.level, each.composite.levels) if each.composite.level is not None else "–",
    )


def _sealed_chip(each: Beside) -> Markup:
    if each.sealed.level is not None:
        return _chip(each.sealed)
    why = f": {REASON_NAMES[each.reason].lower()}" if each.reason else ""
    return Markup('<span class="chip none">{}{}</span>').format(OUTCOME_NAMES[each.sealed.outcome], why)  # type: ignore[index]


def _chip(one: Observed) -> Markup:
    return Markup('<span title="{}">{}</span>').format(one.anchor, level_chip(one.level or 0, one.levels, one.label))


def _history(view: DebriefView, asked: AskedQuestion) -> None:
    cards = {each.scorecard_id for each in asked.ratings}
    key = asked.item.question.key
    made = [each for each in view.events if each["scorecard_id"] in cards and each["question_key"] == key]
    if not made:
        return
    lines = Markup("").join(
        Markup("<li>{}: {}, by {}. {}</li>").format(
            each["rater_name"],
            "taken back" if each["level"] is None else f"level {each['level']} beside the sealed one",
            each["made_by_name"],
            each["reason"],
        )
        for each in made
    )
    frame.html(
        Markup("<details><summary>{}</summary><ul class='changes'>{}</ul></details>").format(
            count(len(made), "reconciliation"), lines
        )
    )


def closed(view: DebriefView) -> None:
    """The page of a reader from whom something is withheld: a sentence, and where to go."""
    frame.html(Markup('<div class="empty"><p>{}</p></div>').format(view.closed))
    st.page_link("screens/today.py", label="Go to Today")
