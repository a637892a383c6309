"""How harsh each interviewer is, in levels of the scale, with intervals; in groups where not all can be compared."""

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from panel.actions.calibration_parts import Sitting
from panel.stats.estimates import Estimate
from panel.stats.linked_severity import LinkedSeverities
from panel.stats.severity import RaterOffset
from panel.stats.wording import listed
from panel.ui import charts
from panel.ui.charts import Point
from panel.ui.components import frame
from panel.ui.components.person_rows import Names, table

PLOT = {"displayModeBar": False}
MOST_GROUPS_NAMED = 6
MOST_OF_A_GROUP = 8
ADJUSTED, PAIRED = "beside all who are linked", "beside those they sat with"
HOW = (
    "Above 0 is harsher. The filled dot is beside the average of all interviewers who are linked, and takes into "
    "account how harsh the others of each sitting are; the hollow dot is the plain difference from those they sat with."
)
OWN_QUESTIONS = (
    "In separate interviews each asks their own questions, so an interviewer of harder questions looks harsher."
)


def severities(
    severity: LinkedSeverities, paired: Mapping[str, RaterOffset], sitting: Sitting, shown: Names, everybody: Names
) -> None:
    found = {str(each.rater): each.severity for each in severity.raters if str(each.rater) in shown}
    frame.quiet(HOW + (f" {OWN_QUESTIONS}" if sitting == "separate" else ""))
    groups = [tuple(str(each) for each in group) for group in severity.groups]
    linked = [group for group in groups if len(group) > 1]
    if not linked:
        frame.quiet("No two interviewers rated the same in this kind of sitting, so nothing can be compared.")
        return
    if len(groups) > 1:
        names = [sorted((everybody[each] for each in group), key=str.casefold) for group in groups]
        frame.quiet(interviewers_apart(names))
    for number, group in enumerate(linked, start=1):
        among = {person: name for person, name in shown.items() if person in set(group) and person in found}
        if among:
            if len(linked) > 1:
                frame.html(Markup('<p class="quiet">Group {} of {}</p>').format(number, len(linked)))
            _picture(found, paired, among, f"severity-{number}")
    _numbers(found, paired, shown)


def interviewers_apart(groups: Sequence[Sequence[str]]) -> str:
    """The sentence that says within which of several groups of names, largest first, severity can be compared."""
    linked = [group for group in groups if len(group) > 1]
    alone = [group[0] for group in groups if len(group) == 1]
    said = []
    if len(linked) > 1:
        named = "; ".join(listed(each, most=MOST_OF_A_GROUP) for each in linked[:MOST_GROUPS_NAMED])
        more = len(linked) - MOST_GROUPS_NAMED
        said.append(
            f"In this kind of sitting, severity compares within each of these {len(linked)} groups only: {named}"
            f"{f'; and {more} more' if more > 0 else ''}. Between groups, a harsh interviewer cannot be told from "
            "weaker candidates."
        )
    if alone:
        shares = "shares" if len(alone) == 1 else "share"
        said.append(
            f"{listed(alone, most=MOST_OF_A_GROUP)} {shares} nothing with anybody in this kind of sitting and "
            "cannot be compared."
        )
    return " ".join(said)


def harsher(estimate: float | None, low: float | None, high: float | None) -> str:
    """ "0.4 levels harsher, between 0.1 and 0.7"."""
    if estimate is None:
        return "nothing shared"
    way = "harsher" if estimate > 0 else "more lenient"
    if low is None or high is None:
        return f"{abs(estimate):.1f} levels {way}, without an interval" if abs(estimate) >= 0.05 else "no difference"
    if low <= 0 <= high:
        return f"no clear difference: between {abs(low):.1f} more lenient and {high:.1f} harsher"
    near, far = sorted((abs(low), abs(high)))
    return f"{abs(estimate):.1f} levels {way}, between {near:.1f} and {far:.1f}"


def _beside_fellows(each: RaterOffset | None) -> str:
    return harsher(each.estimate, each.low, each.high) if each else "–"


def _picture(found: Mapping[str, Estimate], paired: Mapping[str, RaterOffset], among: Names, key: str) -> None:
    points = [
        Point(
            person, each.estimate, each.low, each.high, harsher(each.estimate, each.low, each.high),
            paired[person].estimate if person in paired else None,
        )
        for person, each in found.items()
        if person in among
    ]  # fmt: skip
    figure = charts.intervals(
        points, among, frame.palette(), x_title="levels; right is harsher, left more lenient", middle=0.0,
        filled=ADJUSTED, hollow=PAIRED,
    )  # fmt: skip
    alt = "Severity of each interviewer with its interval, in the order of their names"
    st.plotly_chart(figure, config=PLOT, key=key, theme=None, alt=alt)


def _numbers(found: Mapping[str, Estimate], paired: Mapping[str, RaterOffset], shown: Names) -> None:
    rows = [
        (
            name,
            harsher(found[person].estimate, found[person].low, found[person].high),
            _beside_fellows(paired.get(person)),
            f"{found[person].n_ratings:,}",
            f"{found[person].n_targets:,}",
        )
        for person, name in shown.items()
        if person in found
    ]
    table(
        ("Interviewer", "Beside all linked", "Beside those they sat with", "Shared ratings", "Shared candidates"), rows
    )
