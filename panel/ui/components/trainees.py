"""For those who manage hiring: who is in training, how far they are, and what a training asks for."""

import streamlit as st
from markupsafe import Markup

from panel.actions import practice, team_settings
from panel.actions.practice import Trainee
from panel.domain.training_progress import MOST_NEEDED
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.practice_progress import made_of, meter
from panel.ui.resources import visitor
from panel.ui.words import plain


def trainees() -> None:
    here = visitor()
    found = practice.trainees(here.workspace, by=here.person)
    frame.section("In training", "alphabetical; how far somebody is, not how good")
    if not found:
        frame.quiet("Nobody is a trainee. Under Candidates, Propose panels leads to where somebody is put down as one.")
    else:
        frame.quiet(
            "Counted are exercises that you have rated too: before your own rating you learn nothing of others'."
        )
    for each in found:
        _line(each)
    with st.expander("What a training asks for"):
        _needs(sorted({each.training.subject for each in found}, key=str.casefold))


def _line(each: Trainee) -> None:
    key = f"{each.training.person_id}-{each.training.subject}"
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-trainee-{key}"):
        frame.html(
            Markup('<p><b>{}</b> {}<br><span class="quiet">{}: {}</span></p>{}').format(
                each.name, each.training.subject, each.progress.sentence, made_of(each.progress), meter(each.progress)
            )
        )
        if each.progress.reached:
            st.button(
                "Put down as trained",
                key=f"trained-{key}",
                on_click=_trained,
                args=(each.training.person_id, each.training.subject, each.name),
            )


def _trained(person_id: str, subject: str, name: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        practice.declare_trained(here.workspace, by=here.person, person_id=person_id, subject=subject)
        state.tell(f"{name} is trained for {subject} now.")


# ---- what a training asks for -------------------------------------------------------------------------------------


def _needs(subjects: list[str]) -> None:
    here = visitor()
    usual = team_settings.settings(here.workspace, by=here.person)
    _, own = practice.needs(here.workspace, by=here.person)
    frame.quiet(
        "So many exercises within one level of gold make somebody trained. An interview as a shadow counts as one "
        "when at least four in five of its ratings lie within one level of the raters' median."
    )
    _number("Usually", usual.exercises_within_one, f"need-usual-{usual.version}", _keep_usual)
    for subject in subjects:
        need = own.get(subject.casefold())
        version = need.version if need else 0
        _number(
            f"For {plain(subject)}",
            need.answers if need else usual.exercises_within_one,
            f"need-{subject}-{version}",
            _keep_need,
            subject,
            version,
        )


def _number(label: str, value: int, key: str, keep: object, *args: object) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(label, 1, MOST_NEEDED, value, key=key, width=240)
        st.button("Save", key=f"save-{key}", on_click=keep, args=(key, *args))  # type: ignore[arg-type]


def _keep_usual(key: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        seen = team_settings.settings(here.workspace, by=here.person)
        if key != f"need-usual-{seen.version}":
            state.tell("What a training asks for was changed in the meantime. Look again.", problem=True)
            return
        wanted = seen.model_copy(update={"exercises_within_one": int(st.session_state[key])})
        team_settings.change_settings(here.workspace, by=here.person, wanted=wanted)
        state.tell("Saved.")


def _keep_need(key: str, subject: str, version: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        practice.set_need(
            here.workspace, by=here.person, subject=subject, answers=int(st.session_state[key]), seen_version=version
        )
        state.tell("Saved.")
