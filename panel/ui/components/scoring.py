"""The scoring page's parts: one question at a time, its level buttons and note, and the end of the scorecard.

Every callback writes to the database before the screen is drawn again, so what the screen says is saved is saved.
"""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.actions import scoring
from panel.actions.scoring import ScorecardView
from panel.domain.plans import GuideItem
from panel.domain.scorecards import LONGEST_NOTE, OUTCOME_NAMES, RECOMMENDATION_NAMES, Outcome, Rating, Scorecard
from panel.domain.text import listed
from panel.markdown import safe
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.levels import levels
from panel.ui.components.note_field import note_field
from panel.ui.components.ratings import outcome_chip, rated_question
from panel.ui.resources import visitor
from panel.ui.words import local, plain

OTHER_OUTCOMES: tuple[tuple[Outcome, str], ...] = (("not_asked", "n"), ("could_not_assess", "u"))
MARKS = {"open": "", "rated": " ✓", "not_asked": " –", "could_not_assess": " –"}


def rating_of(view: ScorecardView, key: str) -> Rating:
    return view.ratings.get(key, Rating(question_key=key))


def saved_words(rating: Rating) -> str:
    return f"saved {local(rating.updated_at):%H:%M:%S}" if rating.updated_at else "nothing saved yet"


def question(view: ScorecardView, number: int, go_on: Callable[[], None]) -> None:
    """The question with probes, reference answer, anchors, levels and note; `go_on` draws the way to the others."""
    item = view.guide.items[number - 1]
    rating = state.see(_place(view, item), rating_of(view, item.question.key))
    left, right = st.columns([6, 5], gap="large")
    with left:
        asker = f" · asked by {item.asked_by}" if view.colleagues and item.asked_by != view.person_name else ""
        trial = " · on trial: rated like the others, does not count yet" if item.pilot else ""
        frame.html(
            Markup('<p class="quiet">{} · {} · about {} minutes{}{}</p><p class="question-prompt">{}</p>').format(
                item.category, item.rubric.competency, item.question.minutes, asker, trial, item.question.prompt
            )
        )
        _probes(view, item, rating)
        with st.expander("Reference answer"):
            st.markdown(safe(item.question.answer))
        with st.expander("What strong and weak answers sound like"):
            _signs("Strong", item.question.strong)
            _signs("Weak", item.question.weak)
    with right:
        _note(view, item, rating)
    _levels(view, item, rating, go_on)


def _place(view: ScorecardView, item: GuideItem) -> str:
    return f"{view.scorecard.id}:{item.question.key}"


def _signs(title: str, signs: tuple[str, ...]) -> None:
    rows = Markup("").join(Markup("<li>{}</li>").format(each) for each in signs)
    frame.html(Markup("<p><b>{}</b></p><ul>{}</ul>").format(title, rows))


def _probes(view: ScorecardView, item: GuideItem, rating: Rating) -> None:
    def changed(place: int, key: str) -> None:
        asked = set(state.seen(_place(view, item), rating).probes_asked) - {place}
        _save(view, item, probes_asked=tuple(asked | {place} if st.session_state[key] else asked))

    for place, probe in enumerate(item.question.probes):
        key = f"probe-{_place(view, item)}-{place}-{rating.version}"
        st.checkbox(plain(probe), value=place in rating.probes_asked, key=key, on_change=changed, args=(place, key))


def _note(view: ScorecardView, item: GuideItem, rating: Rating) -> None:
    def save(text: str, *, seen_version: int, was: str) -> int:
        if text == state.seen(_place(view, item), rating).note:
            return seen_version  # an echo of what is stored
        return _write(view, item, seen_version, note=text).version

    note_field(
        place=_place(view, item),
        label="Notes, saved as you type",
        text=rating.note,
        version=rating.version,
        saved=saved_words(rating) if rating.note else "",
        longest=LONGEST_NOTE,
        placeholder="What you heard, in their words",
        save=save,
    )


def _levels(view: ScorecardView, item: GuideItem, rating: Rating, go_on: Callable[[], None]) -> None:
    def choose(outcome: Outcome, level: int | None) -> None:
        _save(view, item, outcome=outcome, level=level)

    chosen = rating.level if rating.outcome == "rated" else None
    levels(item.rubric, place=item.question.key, chosen=chosen, choose=lambda level: choose("rated", level))
    with st.container(horizontal=True, key="other-outcomes", vertical_alignment="center"):
        for outcome, shortcut in OTHER_OUTCOMES:
            st.button(
                OUTCOME_NAMES[outcome],
                key=f"{outcome}-{item.question.key}",
                shortcut=shortcut,
                on_click=choose,
                args=(outcome, None),
                type="primary" if rating.outcome == outcome else "secondary",
            )
        frame.html(
            Markup('<p role="status">{} <span class="quiet">{}</span></p>').format(
                outcome_chip(item, rating), saved_words(rating)
            )
        )
        go_on()


def _save(view: ScorecardView, item: GuideItem, **change: object) -> None:
    """Save what a click changed, on top of the newest state this tab knows."""
    known = state.seen(_place(view, item), rating_of(view, item.question.key))
    with frame.told_when_refused():
        _write(view, item, known.version, **change)


def _write(view: ScorecardView, item: GuideItem, seen_version: int, **change: object) -> Rating:
    here = visitor()
    saved = scoring.save_rating(
        here.workspace,
        by=here.person,
        scorecard_id=view.scorecard.id,
        question_key=item.question.key,
        seen_version=seen_version,
        **change,  # type: ignore[arg-type]
    )
    return state.see(_place(view, item), saved)


# ---- the end of the scorecard -----------------------------------------------------------------------------------


def closing(view: ScorecardView) -> None:
    """Everything rated on one page, the recommendation, and the submission."""
    frame.section("Your ratings")
    rows = [
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            number, each.question.prompt, outcome_chip(each, view.ratings.get(each.question.key))
        )
        for number, each in enumerate(view.guide.items, start=1)
    ]
    frame.html(Markup('<table class="plain-table"><tbody>{}</tbody></table>').format(Markup("").join(rows)))
    frame.section("Your recommendation")
    _recommendation(view)
    _summary(view)
    frame.section("Submit", "sealed from then on; the others' scorecards open to you")
    for sentence in view.missing:
        frame.quiet(sentence)
    st.button(
        "Submit scorecard", type="primary", disabled=bool(view.missing), on_click=_submit, args=(view,), key="submit"
    )


def _recommendation(view: ScorecardView) -> None:
    shown = view.scorecard.recommendation
    key = f"recommendation-{view.scorecard.id}-{shown}"

    def changed() -> None:
        with frame.told_when_refused():
            now_stored = _stored(view)
            known = {shown, state.seen(key, shown)}
            seen = now_stored if now_stored.recommendation in known else view.scorecard
            saved = _save_closing(now_stored, seen.version, recommendation=st.session_state[key])
            state.see(key, saved.recommendation)

    st.segmented_control(
        "Recommendation for this round",
        list(RECOMMENDATION_NAMES),
        format_func=lambda each: RECOMMENDATION_NAMES[each],
        default=shown,
        key=key,
        on_change=changed,
    )


def _summary(view: ScorecardView) -> None:
    place = f"{view.scorecard.id}:summary"

    def save(text: str, *, seen_version: int, was: str) -> int:
        now_stored = _stored(view)
        if text == now_stored.summary:
            return now_stored.version
        if now_stored.summary in {was, state.seen(place, was)}:
            seen_version = now_stored.version  # only the recommendation changed since
        saved = _save_closing(now_stored, seen_version, summary=text)
        state.see(place, saved.summary)
        return saved.version

    note_field(
        place=place,
        label="Summary, saved as you type",
        text=view.scorecard.summary,
        version=view.scorecard.version,
        saved="saved" if view.scorecard.summary else "",
        longest=LONGEST_NOTE,
        placeholder="Two sentences: what decided it, and what you would ask next",
        save=save,
    )


def _stored(view: ScorecardView) -> Scorecard:
    here = visitor()
    return scoring.scorecard(here.workspace, by=here.person, scorecard_id=view.scorecard.id).scorecard


def _save_closing(stored: Scorecard, seen_version: int, **change: object) -> Scorecard:
    here = visitor()
    return scoring.save_closing(
        here.workspace,
        by=here.person,
        scorecard_id=stored.id,
        seen_version=seen_version,
        **({"recommendation": stored.recommendation, "summary": stored.summary} | change),  # type: ignore[arg-type]
    )


def _submit(view: ScorecardView) -> None:
    here = visitor()
    with frame.told_when_refused():
        stored = _stored(view)
        same = stored.recommendation == view.scorecard.recommendation
        seen = stored if same else view.scorecard  # a summary saved a moment ago is this tab's own or shown next
        scoring.submit(here.workspace, by=here.person, scorecard_id=stored.id, seen_version=seen.version)
        state.tell("Your scorecard is submitted and sealed.")


# ---- a submitted scorecard --------------------------------------------------------------------------------------


def sealed(view: ScorecardView, others: list[ScorecardView]) -> None:
    """A submitted scorecard for reading, and the panel's where they are open to the reader."""
    scorecard_for_reading(view)
    here = visitor()
    if view.scorecard.person_id != here.person.id:
        return
    frame.section("The rest of the panel")
    if not others:
        waiting = f"Waiting for {listed(view.colleagues)}." if view.colleagues else "Nobody else rated this round yet."
        frame.quiet(f"Their scorecards open here once they are submitted. {waiting}")
    for other in others:
        with st.expander(plain(f"{other.seat}: {recommendation_words(other)}")):
            scorecard_for_reading(other)


def scorecard_for_reading(view: ScorecardView) -> None:
    frame.html(
        Markup('<p><b>{}</b> <span class="quiet">{}</span></p><div class="note">{}</div>').format(
            recommendation_words(view), view.person_name, view.scorecard.summary or "No summary."
        )
    )
    frame.html(
        Markup("").join(
            rated_question(number, each, view.ratings.get(each.question.key))
            for number, each in enumerate(view.guide.items, start=1)
        )
    )


def recommendation_words(view: ScorecardView) -> str:
    chosen = view.scorecard.recommendation
    return RECOMMENDATION_NAMES[chosen] if chosen else "No recommendation yet"
