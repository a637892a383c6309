"""For leads: the gold of an exercise, what was proposed and agreed, and the steps that change it."""

import streamlit as st
from markupsafe import Markup

from panel.actions import gold, own_exercises
from panel.actions.exercises import After, ExerciseView, GoldStep
from panel.domain.rubrics import Rubric
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.components.ratings import level_chip
from panel.ui.resources import visitor
from panel.ui.words import day, when


def gold_form(view: ExerciseView) -> None:
    """Nothing of the gold is here before the lead has rated the exercise."""
    frame.section("For leads", "the gold of this exercise")
    if view.after is None and not view.unwritten:
        frame.quiet("Rate it yourself first, blind. Then you read its gold here, and agree to it or propose another.")
    else:
        _gold(view)
    _life(view)


def _gold(view: ExerciseView) -> None:
    here = visitor()
    waiting = view.after.waiting if view.after else None
    if waiting:
        _waiting(view, waiting, own=waiting.gold.proposed_by == here.person.id)
    with st.expander("Propose a gold level" if view.unwritten else "Propose another gold level, or confirm this one"):
        _propose(view)
    if view.after and view.after.history:
        with st.expander("History of the gold"):
            _history(view.exercise.rubric, view.after)


def _waiting(view: ExerciseView, step: GoldStep, *, own: bool) -> None:
    rubric = view.exercise.rubric
    frame.html(
        Markup('<div class="note"><p>{} <b>{}</b></p><p>{}</p></div>').format(
            "You proposed" if own else f"{step.proposed_by or 'Somebody who left'} proposes",
            level_chip(step.gold.level, len(rubric.anchors), rubric.anchor(step.gold.level).label),
            step.gold.reasoning,
        )
    )
    if own:
        frame.quiet("Another hiring manager or administrator agrees to it, after their own blind rating.")
        return
    st.button(f"Agree to {step.gold.level}", on_click=_agree, args=(view.id, step.gold.number), key="agree-to-gold")


def _propose(view: ExerciseView) -> None:
    rubric = view.exercise.rubric
    newest = view.after.history[0].gold if view.after and view.after.history else None
    number = newest.number if newest else 0
    key = f"gold-{view.id}-{number}"
    levels = [each.level for each in rubric.anchors]
    with st.form(key, border=False):
        st.selectbox(
            "Gold level",
            levels,
            index=newest.level - 1 if newest else None,
            format_func=lambda each: f"{each} {rubric.anchor(each).label}",
            key=f"{key}-level",
            placeholder="Choose a level",
        )
        st.selectbox(
            "Decided against",
            [None, *levels],
            index=newest.neighbour if newest and newest.neighbour else 0,
            format_func=lambda each: f"{each} {rubric.anchor(each).label}" if each else "No other level comes near",
            key=f"{key}-neighbour",
        )
        st.text_area(
            "Reasoning: which words of the answer meet which words of the anchor",
            newest.reasoning if newest else "",
            key=f"{key}-reasoning",
            max_chars=1000,
        )
        st.text_area(
            "What decides between the two levels",
            newest.decides if newest else "",
            key=f"{key}-decides",
            max_chars=2000,
        )
        st.form_submit_button("Propose this gold", on_click=_send, args=(view.id, number, key))


def _send(exercise_id: str, number: int, key: str) -> None:
    here = visitor()
    typed = st.session_state
    with frame.told_when_refused():
        gold.propose(
            here.workspace,
            by=here.person,
            exercise_id=exercise_id,
            seen_number=number,
            level=typed[f"{key}-level"] or 0,
            neighbour=typed[f"{key}-neighbour"],
            reasoning=typed[f"{key}-reasoning"] or "",
            decides=typed[f"{key}-decides"] or "",
        )
        state.tell("The gold is proposed. It counts once a second lead agrees.")


def _agree(exercise_id: str, number: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        gold.agree(here.workspace, by=here.person, exercise_id=exercise_id, number=number)
        state.tell("Two leads stand behind this gold now.")


def _history(rubric: Rubric, after: After) -> None:
    frame.html(Markup("").join(_event(rubric, each) for each in after.history))


def _event(rubric: Rubric, step: GoldStep) -> Markup:
    if step.gold.of_authors:
        who = "set by the authors of this exercise"
    else:
        proposed = step.gold.proposed_at
        who = f"proposed by {step.proposed_by or 'somebody who left'}{f', {when(proposed)}' if proposed else ''}"
        if step.gold.agreed_at:
            who += f"; agreed by {step.agreed_by or 'somebody who left'}, {day(step.gold.agreed_at)}"
    chip = level_chip(step.gold.level, len(rubric.anchors), rubric.anchor(step.gold.level).label)
    return Markup('<div class="row-line"><p><b>{}</b> <span class="quiet">{}</span></p><p>{}</p></div>').format(
        chip, who, step.gold.reasoning
    )


# ---- the life of an exercise --------------------------------------------------------------------------------------


def _life(view: ExerciseView) -> None:
    with st.container(horizontal=True):
        if view.state == "withdrawn":
            st.button("Bring it back", on_click=_bring_back, args=(view.id, view.version))
        else:
            st.button("Take it out of practice", on_click=_withdraw, args=(view.id, view.version))
        if view.unwritten and view.state == "draft":
            st.button("Edit the draft", on_click=go, kwargs={"part": "write", "exercise": view.id})


def _withdraw(exercise_id: str, version: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        own_exercises.withdraw(here.workspace, by=here.person, exercise_id=exercise_id, seen_version=version)
        state.tell("It is out of practice. Ratings of it are kept and count in no progress.")


def _bring_back(exercise_id: str, version: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        own_exercises.bring_back(here.workspace, by=here.person, exercise_id=exercise_id, seen_version=version)
        state.tell("It is back in practice.")
