"""Every exercise by category: what is still to rate, and one's own level beside gold where it is rated."""

import streamlit as st
from markupsafe import Markup

from panel.actions import exercises
from panel.actions.exercises import Line
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.components.ratings import level_chip
from panel.ui.resources import visitor
from panel.ui.words import count, plain


def exercise_list() -> None:
    here = visitor()
    lines = exercises.exercises(here.workspace, by=here.person)
    shown = [each for each in lines if each.state == "open"]
    frame.section("Exercises", "answers to real questions, rated blind with the real rubric")
    if not shown:
        frame.empty("There is no exercise yet.", "Hiring managers write them from answers they have heard.")
        return
    to_rate = next((each for each in shown if each.may_rate), None)
    if to_rate:
        st.button("Rate the next exercise", type="primary", on_click=go, kwargs={"exercise": to_rate.id})
    else:
        frame.quiet("You have rated every exercise.")
    by_category: dict[str, list[Line]] = {}
    for each in sorted(shown, key=lambda each: (each.category, each.title.casefold())):
        by_category.setdefault(each.category, []).append(each)
    chosen = st.segmented_control(
        "Category",
        list(by_category),
        default=next(iter(by_category)),
        format_func=lambda name: plain(_category_words(name, by_category[name])),
        key="exercise-category",
        required=True,
        label_visibility="collapsed",
    )
    with st.container(gap=None):
        for each in by_category.get(chosen or "", []):
            exercise_line(each)


def _category_words(name: str, lines: list[Line]) -> str:
    return f"{name}: {sum(each.own is not None for each in lines)} of {len(lines)}"


def exercise_line(line: Line, quiet: str = "") -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-exercise-{line.id}"):
        frame.html(Markup('<p>{}<br><span class="quiet">{}</span></p>').format(line.title, quiet or line.competency))
        if line.own is not None:
            frame.html(_beside_gold(line, line.own))
        elif line.set_by_reader:
            frame.quiet("you set its gold")
        # A button and not a link: a link to the page one is on shows the exercise, and leaves the address as it was.
        st.button(
            "Rate it" if line.may_rate else "Look at it", key=f"open-exercise-{line.id}", type="tertiary",
            on_click=go, kwargs={"exercise": line.id},
        )  # fmt: skip


def _beside_gold(line: Line, own: int) -> Markup:
    gold = Markup(' <span class="quiet">gold</span> {}').format(level_chip(line.gold, line.levels)) if line.gold else ""
    return Markup('<p><span class="quiet">you</span> {}{}</p>').format(level_chip(own, line.levels), gold)


def of_leads() -> None:
    """For leads: what waits for them, drafts, and what was withdrawn."""
    here = visitor()
    lines = [each for each in exercises.exercises(here.workspace, by=here.person) if each.state != "open"]
    frame.section("Your team's own exercises", "for leads")
    st.button("Write an exercise", on_click=go, kwargs={"part": "write"})
    if not lines:
        frame.quiet("An anonymised answer that your panel found hard to place makes the best exercise.")
    for each in lines:
        waits = "waits for your blind rating" if each.may_rate else ""
        waits = "needs a gold level" if each.unwritten else waits
        words = "withdrawn" if each.state == "withdrawn" else f"draft{f', {waits}' if waits else ''}"
        exercise_line(each, f"{each.competency} · {words}")
    problems = exercises.file_problems(here.workspace, by=here.person)
    if problems:
        with st.expander(f"{count(len(problems), 'exercise file')} cannot be read"):
            for problem in problems:
                frame.quiet(problem)
