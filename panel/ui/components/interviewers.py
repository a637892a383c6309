"""What is known of each interviewer, one picture at a time, always in the order of names."""

from collections.abc import Sequence

import streamlit as st

from panel.actions.calibration import WITHIN_HOURS, TeamCalibration
from panel.actions.calibration_parts import Beside, LevelUse, Sitting
from panel.actions.linked_by_practice import linked_by_practice
from panel.stats.estimates import Estimate
from panel.stats.timeliness import RaterTimeliness, Timeliness
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui import calibration_charts, charts
from panel.ui.charts import Point
from panel.ui.components import frame
from panel.ui.components.person_rows import Names, shown_people, table
from panel.ui.components.severities import severities
from panel.ui.resources import Visitor
from panel.ui.words import count

PLOT = {"displayModeBar": False}
VIEWS = ("Severity", "Levels used", "Agreement", "Halo", "Drift", "Handing in")
LATE_SCALE = 96.0  # hours that the picture reaches for an interval; for a median it reaches further


def interviewers(here: Visitor, found: TeamCalibration, sitting: Sitting) -> None:
    frame.section("Interviewers", "alphabetical; who met which candidates differs")
    if found.basis is None:
        return
    view = st.segmented_control(
        "What is shown", VIEWS, default=VIEWS[0], required=True, key="calibrated-view", label_visibility="collapsed"
    )
    shown = shown_people(found.basis.names)
    if not shown:
        return
    beside = found.beside.get(sitting) if found.beside is not None else None
    if view == "Levels used":
        _levels(found.level_use, shown)
    elif view == "Handing in":
        _handing_in(found.timeliness, shown)
    elif found.beside is None:
        frame.quiet("Not calculated yet.")
    elif beside is None:
        frame.quiet("Nothing has been submitted in this kind of sitting.")
    elif view == "Severity":
        _severity(here, found, beside, sitting, shown)
    elif view == "Agreement":
        _agreement(beside, shown)
    elif view == "Halo":
        _halo(beside, shown)
    else:
        _drift(beside, shown)


def _severity(here: Visitor, found: TeamCalibration, beside: Beside, sitting: Sitting, shown: Names) -> None:
    """Of interviews alone, or with what was practised as links, which is said."""
    paired = {str(each.rater): each for each in beside.offsets.offsets}
    if not st.toggle("Use exercises and shadow interviews as links", key="severity-links"):
        severities(beside.severity, paired, sitting, shown, found.basis.names if found.basis else shown)
        return
    linked = linked_by_practice(here.workspace, by=here.person, chosen=found.chosen, sitting=sitting)
    frame.quiet(
        f"With {count(linked.exercises, 'rating')} of exercises and {count(linked.shadowed, 'rating')} of shadows as "
        "links. It rests on people rating written answers as they rate talk, which nothing here checks. Only severity "
        "is computed so, and only of people who interviewed; shares of variance and fair averages stay those of "
        "interviews. Exercises that you have not rated yourself are left out."
    )
    severities(linked.severity, paired, sitting, shown, linked.names)


def _chart(points: list[Point], shown: Names, key: str, **how: object) -> None:
    if all(each.estimate is None for each in points):
        frame.quiet("Nobody shares enough candidates with others to say anything.")
        return
    figure = charts.intervals(points, shown, frame.palette(), **how)  # type: ignore[arg-type]  # passed on as they are
    st.plotly_chart(figure, config=PLOT, key=key, theme=None, alt=f"{key} of each interviewer, in the order of names")


def _point(person: str, each: Estimate, form: str, unit: str) -> Point:
    return Point(person, each.estimate, each.low, each.high, f"{_with_interval(each, form)} {unit}")


def _with_interval(each: Estimate, form: str = ".2f") -> str:
    if each.estimate is None:
        return "–"
    if each.low is None or each.high is None:
        return f"{each.estimate:{form}}, no interval"
    return f"{each.estimate:{form}} ({each.low:{form}} to {each.high:{form}})"


# ---- levels -----------------------------------------------------------------------------------------------------


def _levels(found: LevelUse | None, shown: Names) -> None:
    if found is None:
        frame.quiet("Not calculated yet.")
        return
    st.plotly_chart(
        charts.distribution(found.distribution, shown, frame.palette()),
        config=PLOT,
        key="distribution",
        theme=None,
        alt="Share of each level by interviewer, in the order of names",
    )
    spreads = {str(each.rater): each for each in found.spreads.spreads}
    if found.spreads.typical is not None:
        frame.quiet(
            f"The typical standard deviation is {found.spreads.typical:.2f} levels. A much smaller one means that few "
            "levels are used; whom somebody met matters too."
        )
    rows = [
        (
            name,
            f"{spreads[person].n_ratings:,}",
            f"{spreads[person].mean:.2f}",
            "–" if (deviation := spreads[person].standard_deviation) is None else f"{deviation:.2f}",
            f"{spreads[person].n_levels_used} of {len(found.distribution.levels)}",
        )
        for person, name in shown.items()
        if person in spreads
    ]
    table(("Interviewer", "Ratings", "Mean level", "Standard deviation", "Levels used"), rows)


# ---- agreement, halo, drift -------------------------------------------------------------------------------------


def _agreement(found: Beside, shown: Names) -> None:
    by_person = {str(each.rater): each for each in found.agreement.raters if str(each.rater) in shown}
    typical = found.agreement.typical_erratic
    frame.quiet(
        "How far an interviewer's levels scatter about those of people who rated the same, after steady severity is "
        "taken out. The scatter of both sides is in it, so nobody's can be 0."
        + (f" The typical one is {typical:.2f} levels, the line in the picture." if typical is not None else "")
    )
    points = [_point(person, each.erratic, ".2f", "levels of scatter") for person, each in by_person.items()]
    edge = max([x for each in points for x in (each.high, each.estimate) if x is not None], default=1.0)
    _chart(points, shown, "agreement", x_title="levels of scatter", span=(0, 1.1 * edge), line=typical)
    frame.quiet(f"A correlation is given from {TARGETS_FOR_A_CLAIM} shared candidates on. Chance is not taken out.")
    rows = [
        (
            shown[person],
            f"{each.exact.n_targets:,}",
            _with_interval(each.exact, ".0%"),
            _with_interval(each.within_one, ".0%"),
            _with_interval(each.correlation) if each.correlation.n_targets >= TARGETS_FOR_A_CLAIM else "–",
            _with_interval(each.erratic),
        )
        for person, each in sorted(by_person.items(), key=lambda one: list(shown).index(one[0]))
    ]
    table(("Interviewer", "Shared candidates", "Same level", "Within one", "Correlation", "Scatter, levels"), rows)


def _halo(found: Beside, shown: Names) -> None:
    frame.quiet(
        "How much the questions of one candidate differ in an interviewer's levels, as a ratio to people who rated the "
        "same candidates. Below 1 is a sign of halo: one impression decides all questions."
    )
    by_person = {str(each.rater): each.within_ratio for each in found.halo.raters if str(each.rater) in shown}
    points = [_point(person, each, ".2f", "times as much as the others") for person, each in by_person.items()]
    _chart(points, shown, "halo", x_title="times as much as the others; left is more halo", middle=1.0)
    rows = [
        (name, f"{by_person[person].n_targets:,}", _with_interval(by_person[person]))
        for person, name in shown.items()
        if person in by_person
    ]
    table(("Interviewer", "Shared candidates", "Ratio to the others"), rows)


def _drift(found: Beside, shown: Names) -> None:
    if found.drift is None:
        frame.quiet("Drift is told where several rated the same answers, which separate sittings have not.")
        return
    by_person = {str(each.rater): each for each in found.drift.raters if str(each.rater) in shown}
    frame.quiet("How severity changes in 30 days, against people who rated the same answers; they may drift too.")
    points = [_point(person, each.slope, "+.2f", "levels in 30 days") for person, each in by_person.items()]
    _chart(points, shown, "drift", x_title="levels in 30 days; right grows harsher", middle=0.0)
    monthly = {person: each for person, each in by_person.items() if len(each.months) > 1}
    people = [person for person in shown if person in monthly]
    if people:
        chosen = st.selectbox(
            "Month by month", people, format_func=lambda each: shown[each], key="calibrated-months", width=360
        )
        st.plotly_chart(
            calibration_charts.months(monthly[chosen].months, frame.palette()),
            config=PLOT,
            key="months",
            theme=None,
            alt="Severity by month with intervals",
        )
    rows = [
        (name, f"{by_person[person].slope.n_targets:,}", f"{by_person[person].days:.0f}",
         _with_interval(by_person[person].slope, "+.2f"))
        for person, name in shown.items()
        if person in by_person
    ]  # fmt: skip
    table(("Interviewer", "Shared candidates", "Days", "Levels in 30 days"), rows)


# ---- handing in -------------------------------------------------------------------------------------------------


def _handing_in(found: Timeliness | None, shown: Names) -> None:
    if found is None:
        frame.quiet("Not calculated yet.")
        return
    frame.quiet(
        "Hours from the planned end of an interview until half of the scorecards were handed in. What is written down "
        "late is remembered, not observed. Interviews that are not over are left out."
    )
    by_person = {str(each.rater): each for each in found.raters if str(each.rater) in shown}
    points = [
        Point(person, each.median, each.median_low, each.median_high, _late_words(each))
        for person, each in by_person.items()
    ]
    _chart(points, shown, "handing-in", x_title="hours, median", span=hours_shown(points), line=WITHIN_HOURS)
    rows = [
        (
            name,
            f"{by_person[person].n:,}",
            "–" if by_person[person].median is None else f"{by_person[person].median:.1f}",
            "–" if by_person[person].within is None else f"{by_person[person].within:.0%}",
            f"{by_person[person].n_missing:,}",
        )
        for person, name in shown.items()
        if person in by_person
    ]
    table(("Interviewer", "Handed in", "Hours, median", f"Within {WITHIN_HOURS:g} hours", "Not handed in"), rows)


def hours_shown(points: Sequence[Point]) -> tuple[float, float]:
    """What the axis shows: every median, and intervals as far as `LATE_SCALE`."""
    medians = [each.estimate for each in points if each.estimate is not None]
    ends = [each.high for each in points if each.high is not None]
    lowest = min([0.0, *medians, *(each.low for each in points if each.low is not None)])
    reach = max([WITHIN_HOURS, *medians, min(max(ends, default=0.0), LATE_SCALE / 1.1)])
    return max(lowest, -2.0), 1.1 * reach


def _late_words(each: RaterTimeliness) -> str:
    if each.median is None:
        return "nothing handed in"
    return f"half within {each.median:.1f} hours, {count(each.n, 'scorecard')}"
