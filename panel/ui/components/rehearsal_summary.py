"""What came of a rehearsal: levels, minutes against plan, what was not reached, and the notes."""

import streamlit as st
from markupsafe import Markup

from panel.actions import rehearsals
from panel.actions.rehearsals import RehearsalView
from panel.domain.rehearsals import RehearsedQuestion
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.components.ratings import level_chip, note_block
from panel.ui.resources import visitor
from panel.ui.words import count, when

TELLING = 1.0  # minutes more or less than planned that are worth a word


def summary(view: RehearsalView) -> None:
    started, ended = view.rehearsal.started_at, view.rehearsal.ended_at
    whole = round((ended - started).total_seconds() / 60) if ended else 0
    reached = [each for each in view.questions if each.rating.reached]
    frame.html(
        Markup("<p><b>{}</b> {}</p>").format(
            f"{count(whole, 'minute')} of {view.rehearsal.guide.minutes}",
            f"{len(reached)} of {count(len(view.questions), 'question')} reached · {when(started)}",
        )
    )
    frame.html(
        Markup(
            '<div class="table-scroll"><table class="plain-table"><thead><tr><th>Question</th><th>Level</th>'
            "<th>Minutes</th><th>Planned</th></tr></thead><tbody>{}</tbody></table></div>"
        ).format(Markup("").join(_row(number, each) for number, each in enumerate(view.questions, start=1)))
    )
    missed = [each for each in view.questions if not each.rating.reached]
    if missed:
        planned = sum(each.item.question.minutes for each in missed)
        frame.quiet(
            f"{count(len(missed), 'question')} not reached, planned for {count(planned, 'minute')}. "
            "What would you let go of first next time?"
        )
    noted = [each for each in view.questions if each.rating.note]
    if noted:
        frame.section("Notes")
        frame.html(Markup("").join(_note(each) for each in noted))
    if view.asks:
        st.button("Delete this rehearsal", on_click=_discard, args=(view.rehearsal.id,))


def _row(number: int, each: RehearsedQuestion) -> Markup:
    rubric = each.item.rubric
    level = each.rating.level
    chip = level_chip(level, len(rubric.anchors), rubric.anchor(level).label) if level else "no level chosen"
    if not each.rating.reached:
        chip = "not reached"
    return Markup("<tr><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
        number, each.item.question.prompt, chip, _minutes(each), each.item.question.minutes
    )


def _minutes(each: RehearsedQuestion) -> str:
    if not each.rating.reached:
        return "–"
    said = f"{each.minutes:.1f}"
    if abs(each.over) < TELLING:
        return said
    return f"{said}, {abs(each.over):.0f} {'longer' if each.over > 0 else 'shorter'}"


def _note(each: RehearsedQuestion) -> Markup:
    return Markup("<p><b>{}</b></p>{}").format(each.item.question.prompt, note_block(each.rating.note))


def _discard(rehearsal_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        rehearsals.discard(here.workspace, by=here.person, rehearsal_id=rehearsal_id)
        state.tell("The rehearsal is deleted.")
        go()
