"""How the questions do, and the way from each that is worth another look to where it is mended."""

import hashlib

import streamlit as st
from markupsafe import Markup

from panel.actions import question_life
from panel.actions.question_advice import missing_for_advice, split_in_words
from panel.actions.question_calibration import QuestionLine, question_calibration
from panel.actions.questions import Seen
from panel.actions.tidy_ratings import Chosen, tidy_ratings
from panel.actions.told import LONGEST_REASON
from panel.domain.questions import STATE_NAMES
from panel.stats.estimates import Estimate
from panel.stats.progress import Report
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.question_charts import difficulty_and_discrimination, discrimination_of
from panel.ui.resources import Visitor, visitor
from panel.ui.words import count

SHOWN = 12
AT_ONCE = 60_000  # ratings, gone through in about half a second


def questions_part(here: Visitor, chosen: Chosen) -> None:
    """For those who manage hiring."""
    frame.section("Questions", "how hard each is, and whether it goes with the others")
    lines = _lines(here, chosen)
    if lines is None:
        return
    if not lines:
        frame.quiet("No question of what is chosen was rated yet.")
        return
    enough = [each for each in lines if not missing_for_advice(each.found)]
    _gate(lines, enough)
    drawn = [each for each in enough if _known(each.found.difficulty) and _known(discrimination_of(each))]
    if drawn:
        st.plotly_chart(
            difficulty_and_discrimination(drawn, frame.palette()),
            config={"displayModeBar": False},
            key="questions-picture",
            theme=None,
            alt="Difficulty of each question against how well it goes with the other questions",
        )
        frame.quiet(
            "Hard is not bad, and easy is not: what counts is that a question goes with the others. The correlation is "
            "with what other interviewers gave the candidate on other questions, where there are such ratings."
        )
    if enough:
        _worth_another_look([each for each in enough if each.advice and each.stored and each.stored.state != "retired"])
    _numbers(lines)


def _lines(here: Visitor, chosen: Chosen) -> tuple[QuestionLine, ...] | None:
    """At once, or beside the page where there are very many ratings; None while it is not there."""
    ratings = tidy_ratings(here.workspace, by=here.person).where(chosen)
    if len(ratings.rows) <= AT_ONCE:
        return question_calibration(here.workspace, by=here.person, chosen=chosen)

    def work(report: Report) -> tuple[QuestionLine, ...]:
        report("Going through every question", None)
        return question_calibration(here.workspace, by=here.person, chosen=chosen)

    return long_fit("questions", hashlib.sha256(repr(ratings.key).encode()).hexdigest(), work)


def _gate(lines: tuple[QuestionLine, ...], enough: list[QuestionLine]) -> None:
    few = len(lines) - len(enough)
    if not few:
        return
    most = max(each.found.n_targets for each in lines if each not in enough)
    missing = TARGETS_FOR_A_CLAIM - most
    frame.quiet(
        f"{count(few, 'question')} of {len(lines)} {'was' if few == 1 else 'were'} rated for fewer than "
        f"{TARGETS_FOR_A_CLAIM} candidates, and nothing is said of {'it' if few == 1 else 'them'} yet; "
        f"the nearest lacks {count(missing, 'candidate')}."
    )


def _worth_another_look(lines: list[QuestionLine]) -> None:
    frame.section("Worth another look", "reasons to read a question again, not verdicts")
    if not lines:
        frame.quiet("Nothing in the ratings speaks against a question that is in use.")
    for each in lines[:SHOWN]:
        _one(each)
    if len(lines) > SHOWN:
        frame.quiet(f"And {len(lines) - SHOWN} more; choose a role or a competency above to see them.")


def _one(each: QuestionLine) -> None:
    reasons = Markup("").join(Markup("<p>{}</p>").format(one.reason[0].upper() + one.reason[1:]) for one in each.advice)
    asked = f"{count(each.asked, 'candidate was', 'candidates were')} asked it, {each.lately} in the last 90 days."
    frame.html(
        Markup('<div class="finding"><p><strong>{}</strong></p>{}<p class="quiet">{}</p></div>').format(
            each.prompt, reasons, asked
        )
    )
    with st.container(horizontal=True, vertical_alignment="center", key=f"finding-{each.key}"):
        st.page_link(
            "screens/questions.py", label="Rewrite its anchors", query_params={"question": each.key, "part": "edit"}
        )
        if each.rubric_key:
            st.page_link("screens/rubrics.py", label="Read its rubric", query_params={"rubric": each.rubric_key})
        with st.popover("Retire question", key=f"retiring-{each.key}"):
            frame.quiet("Plans cannot choose it any more; published plans keep asking it. Its ratings stay.")
            st.text_input("Why", key=f"why-retire-{each.key}", max_chars=LONGEST_REASON, value=each.advice[0].reason)
            st.button("Retire", type="primary", key=f"retire-{each.key}", on_click=_retire, args=(each,))


def _retire(each: QuestionLine) -> None:
    here = visitor()
    with frame.told_when_refused():
        if each.stored is None:
            return
        _, planned = question_life.move_question(
            here.workspace, by=here.person, key=each.key, seen=Seen(each.stored.version, each.stored.state),
            to="retired", reason=str(st.session_state.get(f"why-retire-{each.key}") or ""),
        )  # fmt: skip
        drafts = f" These plan drafts still hold it: {', '.join(planned)}." if planned else ""
        state.tell(f"The question is retired. Plans cannot choose it any more.{drafts}", problem=bool(planned))


def _numbers(lines: tuple[QuestionLine, ...]) -> None:
    titles = (
        "Question", "State", "Candidates", "Mean", "Harder than the others by", "Goes with the others",
        "Panels split most at", "Asked in 90 days",
    )  # fmt: skip
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in _cells(each)))
        for each in lines
    )
    with st.expander("The numbers of every question"):
        frame.quiet("Where panels split is counted after steady severity is taken out: it is no fault of a question.")
        frame.html(
            Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(
                head, rows
            )
        )


def _cells(each: QuestionLine) -> tuple[object, ...]:
    few = bool(missing_for_advice(each.found))
    return (
        each.prompt,
        STATE_NAMES[each.stored.state] if each.stored else "not in the bank",
        each.found.n_targets,
        f"{each.found.mean:.2f}",
        "–" if few else _interval(each.found.difficulty, "+.2f"),
        "–" if few else _interval(discrimination_of(each), ".2f"),
        split_in_words(each.levels, each.scale) or "–" if each.levels and each.levels.n_units else "–",
        each.lately,
    )


def _interval(found: Estimate, form: str) -> str:
    if found.estimate is None:
        return "–"
    if found.low is None or found.high is None:
        return f"{found.estimate:{form}}"
    return f"{found.estimate:{form}} ({found.low:{form}} to {found.high:{form}})"


def _known(found: Estimate) -> bool:
    return found.estimate is not None
