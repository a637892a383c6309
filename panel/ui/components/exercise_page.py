"""One exercise: the answer and the levels beside it; after one's own rating the gold and the panel's spread."""

import streamlit as st
from markupsafe import Markup

from panel.actions import exercises
from panel.actions.exercises import After, ExerciseView, GoldStep
from panel.domain.exercises import LONGEST_NOTE, Attempt, Exercise
from panel.domain.people import may_set_gold
from panel.domain.rubrics import Rubric
from panel.markdown import safe
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.gold_form import gold_form
from panel.ui.components.level_buttons import level_buttons
from panel.ui.components.places import go
from panel.ui.components.ratings import level_chip, note_block
from panel.ui.palette import place_on_five
from panel.ui.resources import visitor
from panel.ui.words import count, day


def exercise_page(exercise_id: str) -> None:
    here = visitor()
    view = exercises.exercise(here.workspace, by=here.person, exercise_id=exercise_id)
    one = view.exercise
    frame.back("All exercises", go)
    made = "a made-up answer" if view.from_file else "an anonymised answer"
    frame.heading(one.title, f"{one.category} · {one.competency} · {made}")
    left, right = st.columns([6, 5], gap="large")
    with left:
        _answer(one)
    with right:
        if view.after:
            _what_came_of_it(view, view.after)
        elif view.may_rate:
            _rate(view)
        else:
            frame.quiet(_why_not(view))
    if may_set_gold(here.person):
        gold_form(view)


def _answer(one: Exercise) -> None:
    frame.html(Markup('<p class="question-prompt">{}</p>').format(one.question.prompt))
    with st.container(key="answer"):
        st.markdown(safe(one.text))
    if one.question.answer:
        with st.expander("Reference answer"):
            st.markdown(safe(one.question.answer))


def _why_not(view: ExerciseView) -> str:
    if view.state == "withdrawn":
        return "This exercise was taken out of practice."
    return "This exercise is still being written. It can be rated once its gold is proposed."


# ---- rating -----------------------------------------------------------------------------------------------------


def _rate(view: ExerciseView) -> None:
    rubric = view.exercise.rubric
    frame.section("Your level", f"{rubric.name}; keys 1 to {len(rubric.anchors)}")
    frame.quiet(rubric.about)
    chosen = state.level(view.id)
    level_buttons(
        rubric, key=f"exercise-{view.id}", chosen=chosen, choose=lambda level: state.choose_level(view.id, level)
    )
    note = f"exercise-note-{view.id}"
    st.text_area(
        "What in the answer decides? The lowest and the highest level need it.",
        key=note,
        max_chars=LONGEST_NOTE,
        height=96,
    )
    st.button("Seal my rating", type="primary", disabled=chosen is None, on_click=_seal, args=(view.id, chosen, note))
    frame.quiet("It is sealed then. You see the gold level, its reasoning and how others rated once yours is.")


def _seal(exercise_id: str, level: int, note: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        exercises.rate(
            here.workspace, by=here.person, exercise_id=exercise_id, level=level, note=st.session_state[note] or ""
        )
        state.tell("Your rating is sealed.")


# ---- after one's own rating -------------------------------------------------------------------------------------


def _what_came_of_it(view: ExerciseView, after: After) -> None:
    rubric = view.exercise.rubric
    shown = after.gold or after.waiting
    own = view.own
    frame.html(
        Markup('<div class="verdicts">{}{}</div>').format(
            _verdict("Your level", rubric, own.level) if own else "",
            _verdict("Gold" if after.gold else "Proposed gold", rubric, shown.gold.level) if shown else "",
        )
    )
    frame.html(Markup("<p>{}</p>").format(_gap(own, shown, agreed=after.gold is not None)))
    if own and own.note:
        frame.html(note_block(own.note))
    if shown:
        _reasoning(rubric, shown)
    _spread(rubric, after, own)
    with st.expander("All levels"):
        frame.html(_anchors(rubric, own, shown))
    following = _next(view.id)
    if following:
        st.button("Rate the next exercise", type="primary", on_click=go, kwargs={"exercise": following})


def _verdict(title: str, rubric: Rubric, level: int) -> Markup:
    chip = level_chip(level, len(rubric.anchors), rubric.anchor(level).label)
    return Markup("<div><p>{}</p><p><b>{}</b></p></div>").format(title, chip)


def _gap(own: Attempt | None, shown: GoldStep | None, *, agreed: bool) -> str:
    if own is None:
        return "You set the gold of this exercise, so no rating of yours stands beside it."
    if shown is None:
        return "No gold is agreed for it yet."
    gap = own.level - shown.gold.level
    other = "the gold level" if agreed else "the gold level that one lead proposed"
    if not gap:
        return f"You chose {other}."
    return f"You rated {count(abs(gap), 'level')} {'above' if gap > 0 else 'below'} {other}."


def _reasoning(rubric: Rubric, step: GoldStep) -> None:
    gold = step.gold
    against = f", not {gold.neighbour}" if gold.neighbour else ""
    frame.html(Markup('<p><b>Why {}</b></p><p class="prose">{}</p>').format(gold.level, gold.reasoning))
    if gold.decides:
        frame.html(
            Markup(
                '<p><b>The anchor that decides</b> <span class="quiet">{}{}</span></p>'
                '<p class="prose">{}</p><p class="prose quiet">“{}”</p>'
            ).format(gold.level, against, gold.decides, rubric.anchor(gold.level).text)
        )
    frame.quiet(who_stands_behind(step))


def who_stands_behind(step: GoldStep) -> str:
    """Only two people of the team make an agreed gold; what the authors set is said to be theirs."""
    if step.gold.of_authors:
        return "Set by the authors of this exercise. No two leads of your team have confirmed it yet."
    first = step.proposed_by or "somebody who left"
    if step.gold.agreed_by and step.gold.agreed_at:
        return f"Agreed by {first} and {step.agreed_by or 'somebody who left'}, {day(step.gold.agreed_at)}."
    return f"Proposed by {first}; a second lead has not agreed yet."


def _spread(rubric: Rubric, after: After, own: Attempt | None) -> None:
    frame.section("How the panel rated it")
    if after.spread is None:
        frame.quiet(f"Shown once {exercises.FEWEST_FOR_SPREAD} people have rated it. Names are never shown.")
        return
    most = max(after.spread.values())
    levels = len(rubric.anchors)
    rows = Markup("").join(
        Markup(
            '{}<span class="bar"><i class="level-{}" style="width:{}%"></i></span><span class="people">{}{}</span>'
        ).format(
            level_chip(level, levels),
            place_on_five(level, levels) + 1,
            round(100 * after.spread.get(level, 0) / most),
            count(after.spread.get(level, 0), "person", "people"),
            Markup(' <span class="tag">you</span>') if own and own.level == level else "",
        )
        for level in rubric.levels
    )
    frame.html(Markup('<div class="spread">{}</div>').format(rows))


def _anchors(rubric: Rubric, own: Attempt | None, shown: GoldStep | None) -> Markup:
    def marks(level: int) -> Markup:
        said = [
            "your level" if own and own.level == level else "",
            "gold" if shown and shown.gold.level == level else "",
            "decided against" if shown and shown.gold.neighbour == level else "",
        ]
        return Markup("").join(Markup('<span class="tag">{}</span>').format(each) for each in said if each)

    return Markup("").join(
        Markup('<div class="anchor-line"><p><b>{}</b>{}</p><p class="prose">{}</p></div>').format(
            level_chip(each.level, len(rubric.anchors), each.label), marks(each.level), each.text
        )
        for each in rubric.anchors
    )


def _next(exercise_id: str) -> str | None:
    here = visitor()
    lines = exercises.exercises(here.workspace, by=here.person)
    return next((each.id for each in lines if each.may_rate and each.id != exercise_id), None)
