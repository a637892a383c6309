"""What the scores said of how hired people did later, in words that the numbers bear."""

import streamlit as st
from markupsafe import Markup

from panel.actions.outcome_scores import FEWEST_PEOPLE, CriterionLines, ScoreLine
from panel.stats.association import Association, Correlation
from panel.stats.wording import provisional
from panel.ui import outcome_charts
from panel.ui.components import frame
from panel.ui.outcome_charts import WHOLE_NAME
from panel.ui.words import count

PLOT = {"displayModeBar": False}
RESTRICTED = (
    "Only people who were hired are seen here; those with low scores mostly were not. That narrows the scores, so the "
    "true relation is probably stronger than it looks."
)


def criterion(found: CriterionLines, place: int) -> None:
    """One criterion: a sentence, the picture, and what stands behind it."""
    whole = found.whole
    frame.section(
        found.criterion, f"{count(found.people, 'person', 'people')} with a value, {whole.people} of them rated before"
    )
    if whole.found is None:
        frame.quiet(
            f"What the scores said is shown from {FEWEST_PEOPLE} people on who were rated before and have a value "
            f"now; {whole.missing} more {'is' if whole.missing == 1 else 'are'} needed."
        )
        return
    frame.html(Markup("<p>{}</p>").format(sentence(whole)))
    if whole.found.pearson is None:
        return
    lines = [whole, *found.competencies]
    st.plotly_chart(
        outcome_charts.correlations(lines, frame.palette()), config=PLOT, key=f"correlations-{place}", theme=None,
        alt="Correlation of each score with the outcome, with interval",
    )  # fmt: skip
    frame.quiet(f"{RESTRICTED} {_for_all(whole.found, found.candidates)}")
    few = [each for each in found.competencies if each.found is None]
    if few:
        said = ", ".join(f"{each.competency} ({each.missing})" for each in few)
        frame.quiet(f"Too few people to say anything, with how many more it takes: {said}.")
    if len(lines) - len(few) > 1:
        frame.quiet(
            f"These are {len(lines) - len(few)} looks at the same few people: of twenty such intervals, about one "
            "misses the truth by chance alone. Filled is an interval that leaves out 0."
        )
    with st.expander("Person by person, and the numbers"):
        st.plotly_chart(
            outcome_charts.people(found, frame.palette()), config=PLOT, key=f"people-{place}", theme=None,
            alt="Score before against outcome, one point a person",
        )  # fmt: skip
        _numbers(lines)


def sentence(line: ScoreLine) -> str:
    """What may be said of the whole."""
    found = line.found
    if found is None:
        return ""
    if found.pearson is None:
        return f"Nothing can be said of {count(line.people, 'person', 'people')}: {found.not_estimable}."
    r = found.pearson
    first = provisional(found.n)
    if r.low is None:
        return (
            f"{first}The scores and outcomes of {found.n} people lie on one line, which such numbers never do for long."
        )
    numbers = f"correlation {_said(r)}, {found.n} people"
    if not r.excludes(0):
        return f"{first}It cannot be said yet whether people who scored higher did better later ({numbers})."
    way = "better" if r.estimate > 0 else "worse"
    return f"{first}People who scored higher did {way} later ({numbers})."


def _for_all(found: Association, candidates: int) -> str:
    """Thorndike's case 2 in words, beside the correlation as it is."""
    if found.corrected is None or found.spread_ratio is None:
        return ""
    return (
        f"The scores of all {candidates:,} rated candidates of these roles lie {found.spread_ratio:.1f} times as far "
        "apart. If people were hired on these scores alone, the correlation among all of them would be about "
        f"{_said(found.corrected)}; how far other reasons decided is not known, so take it as a guess "
        "(Thorndike's case 2)."
    )


def _numbers(lines: list[ScoreLine]) -> None:
    titles = ("Score", "People", "Pearson", "Spearman, by rank")
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            each.competency or WHOLE_NAME,
            each.people,
            _briefly(each.found.pearson) if each.found and each.found.pearson else "–",
            _briefly(each.found.spearman) if each.found and each.found.spearman else "–",
        )
        for each in lines
    )
    frame.html(
        Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(head, rows)
    )


def _briefly(found: Correlation) -> str:
    if found.low is None or found.high is None:
        return _number(found.estimate)
    return f"{_number(found.estimate)} ({_number(found.low)} to {_number(found.high)})"


def _number(value: float) -> str:
    """Two decimals; what rounds to nothing has no sign."""
    return f"{round(value, 2) + 0.0:.2f}"


def _said(found: Correlation) -> str:
    if found.low is None or found.high is None:
        return f"{_number(found.estimate)}, no interval"
    return f"{_number(found.estimate)}, 95 % interval {_number(found.low)} to {_number(found.high)}"
