"""Rehearsals: choosing what and with whom, the page of the one who asks, and the summary both read."""

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, rehearsals
from panel.actions.rehearsal_offers import Offer
from panel.actions.rehearsals import RehearsalLine, RehearsalView
from panel.domain.basics import now
from panel.domain.rehearsals import LONGEST_NOTE, RehearsalRating
from panel.markdown import safe
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.level_buttons import level_buttons
from panel.ui.components.places import go
from panel.ui.components.rehearsal_summary import summary
from panel.ui.resources import visitor
from panel.ui.words import when

LOOK_AGAIN = 5.0  # seconds between two looks at the clock


def rehearse() -> None:
    here = visitor()
    frame.section("Rehearse", "with a colleague who plays the candidate")
    offers = rehearsals.offers(here.workspace, by=here.person)
    if offers:
        _begin_form(offers)
    else:
        frame.quiet("Once you have a seat in an interview plan, you can rehearse its questions here.")
    past = rehearsals.rehearsals(here.workspace, by=here.person)
    for each in past[:5]:
        _line(each)
    if len(past) > 5:
        with st.expander("Earlier rehearsals"):
            for each in past[5:]:
                _line(each)


def _begin_form(offers: list[Offer]) -> None:
    here = visitor()
    by_id = {each.id: each for each in offers}
    names = {
        each.id: each.name
        for each in accounts.people(here.workspace, by=here.person)
        if each.active and each.id != here.person.id
    }
    with (
        st.form("begin-rehearsal", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="rehearsal-choice"),
    ):
        st.selectbox(
            "Questions", list(by_id), format_func=lambda each: _offer_words(by_id[each]), key="rehearsal-offer"
        )
        st.selectbox(
            "Plays the candidate",
            list(names),
            index=None,
            format_func=lambda each: names[each],
            key="rehearsal-colleague",
            placeholder="Choose a colleague",
        )
        st.form_submit_button("Begin the rehearsal", on_click=_begin)
    frame.quiet("It stays between the two of you: no dashboard, no export and no board knows of it.")


def _offer_words(offer: Offer) -> str:
    whose = "your draft" if offer.draft else "your part" if offer.own else f"part of {offer.of}"
    return f"{offer.guide.plan_title}, {offer.guide.round_name}: {whose}"


def _line(each: RehearsalLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-rehearsal-{each.id}"):
        role = (
            f"with {each.with_whom} as the candidate" if each.asks else f"you played the candidate of {each.with_whom}"
        )
        frame.html(
            Markup('<p>{}, {}<br><span class="quiet">{} · {}</span></p>').format(
                each.plan_title, each.round_name, when(each.started_at), role
            )
        )
        if each.asks or each.is_over:
            st.button(
                "Read the summary" if each.is_over else "Go on", key=f"open-rehearsal-{each.id}", type="tertiary",
                on_click=go, kwargs={"rehearsal": each.id},
            )  # fmt: skip
        else:
            frame.quiet("going on")


def _begin() -> None:
    here = visitor()
    with frame.told_when_refused():
        new = rehearsals.begin(
            here.workspace,
            by=here.person,
            offer_id=st.session_state["rehearsal-offer"] or "",
            colleague_id=st.session_state["rehearsal-colleague"] or "",
        )
        go(rehearsal=new.id)


# ---- the page of the one who asks ---------------------------------------------------------------------------------


def rehearsal_page(rehearsal_id: str) -> None:
    here = visitor()
    view = rehearsals.rehearsal(here.workspace, by=here.person, rehearsal_id=rehearsal_id)
    frame.back("Practice", go)
    guide = view.rehearsal.guide
    frame.heading(
        f"Rehearsal: {guide.round_name}",
        f"{guide.plan_title} · {view.interviewer} asks, {view.colleague} plays the candidate",
    )
    if view.rehearsal.is_over:
        summary(view)
    else:
        _asking(view)


def _asking(view: RehearsalView) -> None:
    keys = [each.item.question.key for each in view.questions]
    place = keys.index(view.rehearsal.question_key)
    with st.container(key="rehearsal-clock"):
        st.fragment(_clock, run_every=LOOK_AGAIN)(view, place)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _question(view, place)
    with right:
        _rating(view, place)
    with st.container(horizontal=True, key="rehearsal-steps"):
        if place > 0:
            st.button("Previous question", on_click=_move, args=(view, keys[place - 1]), shortcut="Ctrl+Left")
        last = place == len(keys) - 1
        if not last:
            st.button(
                "Next question", type="primary", on_click=_move, args=(view, keys[place + 1]), shortcut="Ctrl+Right"
            )
        st.button("End and read the summary", type="primary" if last else "secondary", on_click=_end, args=(view,))


def _clock(view: RehearsalView, place: int) -> None:
    """Minutes of the sitting and of the open question, against the plan."""
    at = now()
    guide, one = view.rehearsal.guide, view.questions[place]
    whole = int((at - view.rehearsal.started_at).total_seconds() // 60)
    here = int((one.rating.seconds + view.rehearsal.seconds_open(at)) // 60)
    frame.html(
        Markup('<p class="rehearsal-clock"><b>{} of {} minutes</b> · question {} of {}: {} of {} minutes</p>').format(
            whole, guide.minutes, place + 1, len(view.questions), here, one.item.question.minutes
        )
    )


def _question(view: RehearsalView, place: int) -> None:
    question = view.questions[place].item.question
    frame.html(Markup('<p class="question-prompt">{}</p>').format(question.prompt))
    if question.probes:
        rows = Markup("").join(Markup("<li>{}</li>").format(each) for each in question.probes)
        frame.html(Markup("<p><b>Probes</b></p><ul>{}</ul>").format(rows))
    if question.answer:
        with st.expander("Reference answer", key=f"reference-{question.key}"):
            st.markdown(safe(question.answer))


def _rating(view: RehearsalView, place: int) -> None:
    one = view.questions[place]
    key = f"rehearsal-{view.rehearsal.id}-{one.item.question.key}"
    text = f"{key}-note-{one.rating.version}"
    kept = one.rating  # what this page wrote last: a note and a level can both come with one press, in either order

    def keep(level: int | None) -> None:
        nonlocal kept
        kept = _note(view, kept, level, str(st.session_state.get(text) or "")) or kept

    level_buttons(one.item.rubric, key=key, chosen=one.rating.level, choose=keep)
    st.text_area(
        "Notes",
        one.rating.note,
        key=text,
        max_chars=LONGEST_NOTE,
        height=120,
        on_change=lambda: keep(kept.level),
    )


def _note(view: RehearsalView, seen: RehearsalRating, level: int | None, text: str) -> RehearsalRating | None:
    """What is kept now; None where it was refused."""
    here = visitor()
    with frame.told_when_refused():
        return rehearsals.note(
            here.workspace,
            by=here.person,
            rehearsal_id=view.rehearsal.id,
            question_key=seen.question_key,
            seen_version=seen.version,
            level=level,
            text=text,
        )
    return None


def _move(view: RehearsalView, question_key: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        rehearsals.move(
            here.workspace,
            by=here.person,
            rehearsal_id=view.rehearsal.id,
            seen_version=view.rehearsal.version,
            question_key=question_key,
        )


def _end(view: RehearsalView) -> None:
    here = visitor()
    with frame.told_when_refused():
        rehearsals.end(
            here.workspace, by=here.person, rehearsal_id=view.rehearsal.id, seen_version=view.rehearsal.version
        )
        state.tell("The rehearsal has ended. You both can read the summary.")
