"""How harsh each interviewer is, in levels of the scale, with intervals; in groups where not all can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from panel.actions.calibration_parts import Beside
from panel.actions.score_sources import Comparable, Sources
from panel.stats.mixed_model import RaterSeverity
from panel.stats.severity import RaterOffset
from panel.stats.wording import TARGETS_FOR_A_CLAIM, listed
from panel.ui import charts
from panel.ui.charts import Point
from panel.ui.components import frame
from panel.ui.components.person_rows import Names, table

PLOT = {"displayModeBar": False}
REACH_OF_95 = 1.96
MOST_GROUPS_NAMED = 6
BY_MODEL = "by the model of all ratings"
PAIRED = "beside those they sat with"


@dataclass(frozen=True)
class Severity:
    """One interviewer's severity: of the model where there is one, else from shared candidates alone."""

    estimate: float | None
    low: float | None
    high: float | None
    paired: RaterOffset | None
    ratings: int
    candidates: int

    @property
    def hollow(self) -> float | None:
        return self.paired.estimate if self.paired else None

    @property
    def words(self) -> str:
        return harsher(self.estimate, self.low, self.high)


def harsher(estimate: float | None, low: float | None, high: float | None) -> str:
    """ "0.4 levels harsher, between 0.1 and 0.7"."""
    if estimate is None:
        return "too few shared candidates to say"
    way = "harsher" if estimate > 0 else "more lenient"
    if low is None or high is None:
        return f"{abs(estimate):.1f} levels {way}, without an interval" if abs(estimate) >= 0.05 else "no difference"
    if low <= 0 <= high:
        return f"no clear difference: between {abs(low):.1f} more lenient and {high:.1f} harsher"
    near, far = sorted((abs(low), abs(high)))
    return f"{abs(estimate):.1f} levels {way}, between {near:.1f} and {far:.1f}"


def severities(beside: Beside, sources: Sources | None, shown: Names) -> None:
    model = _model(sources)
    found = {person: _of(person, beside, model) for person in shown}
    if model is None:
        frame.quiet(f"Against those who rated the same candidates. {_why_no_model(sources)}")
        _picture(found, shown, "severity", by_model=False)
    else:
        assert sources is not None
        frame.quiet(
            "The filled dot takes into account how harsh the others of each panel are, and is drawn towards 0 where "
            "little stands behind it; the hollow dot is the plain difference from those they sat with."
        )
        _by_groups(found, shown, sources.comparable)
    _numbers(found, shown, by_model=model is not None)


def _model(sources: Sources | None) -> Mapping[str, RaterSeverity] | None:
    """Severities by interviewer's id; None where there are none to show."""
    if sources is None or sources.severities.not_estimable or sources.severities.n_targets < TARGETS_FOR_A_CLAIM:
        return None
    found = {str(each.rater): each for each in sources.severities.raters if each.se is not None}
    return found or None


def _why_no_model(sources: Sources | None) -> str:
    if sources is None:
        return "The model of all ratings is not calculated yet."
    if sources.severities.not_estimable:
        return f"The model of all ratings is {sources.severities.not_estimable}."
    if sources.severities.n_targets < TARGETS_FOR_A_CLAIM:
        return f"From {TARGETS_FOR_A_CLAIM} candidates on, a model takes into account who sat with whom."
    return "By the model of all ratings, no difference between interviewers can be told from chance."


def _of(person: str, beside: Beside, model: Mapping[str, RaterSeverity] | None) -> Severity:
    paired = next((each for each in beside.offsets.offsets if each.rater == person), None)
    if model is not None and person in model:
        one, reach = model[person], REACH_OF_95 * (model[person].se or 0.0)
        return Severity(one.severity, one.severity - reach, one.severity + reach, paired, one.n_ratings, one.n_targets)
    if paired is None or model is not None:
        return Severity(None, None, None, paired, 0, 0)
    return Severity(paired.estimate, paired.low, paired.high, paired, paired.n_ratings, paired.n_targets)


def _by_groups(found: dict[str, Severity], shown: Names, comparable: Comparable) -> None:
    groups = comparable.interviewers
    if groups is None or len(groups) == 1:
        _picture(found, shown, "severity", by_model=True)
        return
    members = [[person for person in shown if person in set(group)] for group in groups]
    names = [[shown[person] for person in group] for group in members if group]
    frame.quiet(interviewers_apart(names, same_candidates=comparable.all_candidates))
    if all(len(group) == 1 for group in groups):
        return
    for number, group in enumerate(members, start=1):
        if group:
            frame.html(Markup('<p class="quiet">Group {} of {}</p>').format(number, len(groups)))
            _picture(found, {person: shown[person] for person in group}, f"severity-{number}", by_model=True)


def interviewers_apart(groups: Sequence[Sequence[str]], *, same_candidates: bool) -> str:
    """The sentence that says within which of several groups of names severity can be compared, if within any.

    `same_candidates`: all candidates can be compared, so only the questions stand between the groups.
    """
    why = f"a harsh interviewer cannot be told from hard questions{'' if same_candidates else ' or weaker candidates'}."
    if all(len(each) == 1 for each in groups):
        return f"The severity of no two interviewers can be compared: {why}"
    named = "; ".join(listed(each, most=len(each)) for each in groups[:MOST_GROUPS_NAMED])
    more = len(groups) - MOST_GROUPS_NAMED
    return (
        f"Severity compares within each of these {len(groups)} groups only: {named}"
        f"{f'; and {more} more below' if more > 0 else ''}. Between groups, {why}"
    )


def _picture(found: dict[str, Severity], shown: Names, key: str, *, by_model: bool) -> None:
    points = [
        Point(
            person,
            each.estimate,
            each.low,
            each.high,
            each.words,
            each.hollow if by_model else None,
        )
        for person, each in found.items()
        if person in shown
    ]
    if all(each.estimate is None and each.hollow is None for each in points):
        frame.quiet("Nobody shares enough candidates with others to say anything.")
        return
    st.plotly_chart(
        charts.intervals(
            points, shown, frame.palette(), x_title="levels; right is harsher, left more lenient", middle=0.0,
            filled=BY_MODEL if by_model else "", hollow=PAIRED if by_model else "",
        ),
        config=PLOT,
        key=key,
        theme=None,
        alt="Severity of each interviewer with its interval, in the order of their names",
    )  # fmt: skip


def _numbers(found: dict[str, Severity], shown: Names, *, by_model: bool) -> None:
    titles = ("By the model", "Beside those they sat with") if by_model else ("Severity",)
    rows = [
        (
            shown[person],
            each.words,
            *([_paired_words(each.paired)] if by_model else []),
            f"{each.ratings:,}",
            f"{each.candidates:,}",
        )
        for person, each in found.items()
    ]
    shared = "" if by_model else "shared "
    table(("Interviewer", *titles, f"{shared}ratings".capitalize(), f"{shared}candidates".capitalize()), rows)


def _paired_words(paired: RaterOffset | None) -> str:
    return harsher(paired.estimate, paired.low, paired.high) if paired else "–"
