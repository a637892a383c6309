"""A lead writes an exercise: an answer somebody gave, without anything that tells who."""

import streamlit as st
from markupsafe import Markup

from panel.actions import bank, exercises, own_exercises, rubrics
from panel.domain.people import may_set_gold
from panel.domain.rubrics import fitting, obstacle
from panel.domain.text import listed
from panel.errors import NotAllowed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.resources import visitor

LONGEST_ANSWER = 20_000


def writing_page(exercise_id: str) -> None:
    """A new draft, or one that has no gold yet."""
    here = visitor()
    if not may_set_gold(here.person):
        raise NotAllowed(own_exercises.ONLY_LEADS)
    frame.back("All exercises", go)
    frame.heading(
        "Edit the draft" if exercise_id else "Write an exercise",
        "Write down what was said, and leave out names, employers and products that tell who said it.",
    )
    old = exercises.exercise(here.workspace, by=here.person, exercise_id=exercise_id) if exercise_id else None
    key = f"write-{exercise_id}"
    st.text_input(
        "Title: the topic, never how good the answer is",
        old.exercise.title if old else "",
        key=f"{key}-title",
        max_chars=120,
    )
    question, rubric = ("", "") if old else _choose(key)
    st.text_area(
        "The answer", old.exercise.text if old else "", key=f"{key}-text", max_chars=LONGEST_ANSWER, height=240
    )
    _warn(str(st.session_state[f"{key}-text"] or ""))
    if old:
        st.button("Save the draft", type="primary", on_click=_change, args=(exercise_id, old.version, key))
    else:
        st.button(
            "Save as a draft",
            type="primary",
            disabled=not (question and rubric),
            on_click=_add,
            args=(question, rubric, key),
        )
    frame.quiet("Then you propose its gold level. It opens to everybody once a second lead has rated it and agrees.")


def _choose(key: str) -> tuple[str, str]:
    here = visitor()
    questions = {each.key: each for each in bank.questions(here.workspace, by=here.person)}
    every = {each.key: each for each in rubrics.bank_rubrics(here.workspace, by=here.person) if not obstacle(each)}
    question = st.selectbox(
        "Question that was asked",
        list(questions),
        index=None,
        format_func=lambda each: questions[each].question.prompt,
        key=f"{key}-question",
        placeholder="Choose a question of the bank",
    )
    if not question:
        return "", ""
    fits = fitting(questions[question].question, every)
    order = list(every)
    rubric = st.selectbox(
        "Rubric",
        order,
        index=order.index(fits) if fits else None,
        format_func=lambda each: every[each].rubric.name,
        key=f"{key}-rubric-{question}",
        placeholder="Choose the rubric",
    )
    return question, rubric or ""


def _warn(text: str) -> None:
    here = visitor()
    found = own_exercises.name_warnings(here.workspace, by=here.person, text=text) if text.strip() else ()
    if found:
        frame.html(
            Markup('<div class="advice"><p>This may tell who gave the answer: {}.</p><p>{}</p></div>').format(
                listed(found[:8]), "Write something else in its place. It can be saved as it is where it tells nothing."
            )
        )


def _add(question: str, rubric: str, key: str) -> None:
    here = visitor()
    typed = st.session_state
    with frame.told_when_refused():
        new = own_exercises.add_exercise(
            here.workspace,
            by=here.person,
            title=typed[f"{key}-title"] or "",
            question_key=question,
            rubric_key=rubric,
            text=typed[f"{key}-text"] or "",
        )
        state.tell("The draft is saved. Propose its gold level next.")
        go(exercise=new.id)


def _change(exercise_id: str, version: int, key: str) -> None:
    here = visitor()
    typed = st.session_state
    with frame.told_when_refused():
        own_exercises.change_exercise(
            here.workspace,
            by=here.person,
            exercise_id=exercise_id,
            seen_version=version,
            title=typed[f"{key}-title"] or "",
            text=typed[f"{key}-text"] or "",
        )
        state.tell("The draft is saved.")
        go(exercise=exercise_id)
