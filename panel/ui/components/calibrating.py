"""The team's calibration, each figure with the words that may be used for it."""

import streamlit as st
from markupsafe import Markup

from panel.actions import calibration, plans, roles
from panel.actions.calibration import PanelAgreement, TeamCalibration
from panel.stats.agreement import Alpha
from panel.stats.icc import Icc
from panel.stats.mean_squares import IccForm
from panel.stats.severity import RaterOffsets
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui import charts
from panel.ui.components import frame
from panel.ui.components.choose_role import choose_role
from panel.ui.components.fair_model import where_scores_come_from
from panel.ui.resources import Visitor
from panel.ui.words import count

PLOT = {"displayModeBar": False}
WORDS = {"target": "candidate", "rater": "interviewer"}


def team(here: Visitor) -> None:
    frame.section("The team")
    role_id = choose_role(roles.roles(here.workspace, by=here.person), person=here.person)
    of_role = [each for each in plans.visible_plans(here.workspace, by=here.person) if each.stored.role_id == role_id]
    if not of_role:
        frame.empty("This role has no plan yet.", "Create one under Plans; its submitted scorecards fill this page.")
        return
    plan = of_role[0]
    if len(of_role) > 1:
        plan = st.selectbox("Plan", of_role, format_func=lambda each: each.plan.title, key="calibrated-plan", width=360)
    with st.spinner("Resampling candidates for the intervals", show_time=True):
        found = calibration.team_calibration(here.workspace, by=here.person, role_id=role_id, plan_id=plan.id)
    if found is None:
        frame.empty("No submitted rating of this plan yet.", "The first submitted scorecards fill this page.")
        return
    _basis(found)
    _agreement(found)
    where_scores_come_from(found)
    _interviewers(found)


def _basis(found: TeamCalibration) -> None:
    sentences = [
        f"{count(found.ratings, 'rating')} of {count(found.candidates, 'candidate')} by "
        f"{count(len(found.names), 'interviewer')}, submitted scorecards only."
    ]
    if found.withheld:
        sentences.append("Rounds for which you still owe a scorecard are left out until you submit it.")
    if found.left_out:
        sentences.append(f"{count(found.left_out, 'rating')} on another scale left out.")
    if not found.connectivity.is_connected:
        sentences.append(
            f"The ratings fall into {len(found.connectivity.subsets)} groups that share no candidate and no "
            "interviewer; they cannot be compared with each other."
        )
    frame.quiet(" ".join(sentences))


def _agreement(found: TeamCalibration) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        frame.section("Panel sittings", "they watched the same answer")
        if found.panel is None:
            frame.quiet("No panel sitting of this plan has been submitted.")
        else:
            _panel(found.panel, found.round_names)
    with right:
        frame.section("Separate sittings", "each their own interview")
        if found.separate is None:
            frame.quiet("No separate sitting of this plan has been submitted.")
        else:
            _icc("All rounds of separate sittings", found.separate)
            frame.quiet(
                "Separate interviews ask different questions, so this is agreement about the "
                "candidate, questions included."
            )
    with st.expander("All figures"):
        _all_figures(found)


def _panel(found: PanelAgreement, names: dict[str, str]) -> None:
    alpha = found.alpha
    _number("Krippendorff's alpha, ordinal, on single answers", alpha.estimate, alpha.low, alpha.high, alpha.n_targets)
    frame.quiet(alpha.summary(**WORDS))
    for round_id, one in found.rounds.items():
        _icc(names[round_id], one)
    frame.quiet(found.exact.summary(**WORDS))


def _icc(name: str, found: Icc) -> None:
    if found.not_estimable:
        frame.quiet(f"{name}: the intraclass correlation is {found.not_estimable}.")
        return
    form = found.form("ICC(A,1)")
    _number(f"{name}: ICC(A,1) of one interviewer's mean", form.estimate, form.low, form.high, found.n_compared)
    frame.quiet(f"{name}. {found.summary(**WORDS)}")


def _all_figures(found: TeamCalibration) -> None:
    """Every figure that may be claimed, with its interval, to check against other software."""
    rows: list[dict[str, object]] = []
    if found.panel and found.panel.alpha.n_targets >= TARGETS_FOR_A_CLAIM:
        alpha = found.panel.alpha
        rows.append(_row("Panel sittings", "alpha, ordinal", alpha.n_raters, alpha.n_targets, alpha))
    iccs = [(found.round_names[each], one) for each, one in (found.panel.rounds if found.panel else {}).items()]
    iccs += [("Separate sittings", found.separate)] if found.separate else []
    for name, one in iccs:
        if one.n_compared >= TARGETS_FOR_A_CLAIM:
            rows += [_row(name, each.name, each.k, one.n_compared, each, one.method) for each in one.forms]
    if not rows:
        frame.quiet(f"Figures stand here from {TARGETS_FOR_A_CLAIM} candidates on.")
        return
    numbers = {name: st.column_config.NumberColumn(format="%.4f") for name in ("Estimate", "Low", "High")}
    st.dataframe(
        rows,
        hide_index=True,
        placeholder="–",
        column_config={**numbers, "Speaks for": st.column_config.NumberColumn(format="%.1f")},
    )


def _row(
    where: str, name: str, speaks_for: float, candidates: int, found: Alpha | IccForm, by: str = ""
) -> dict[str, object]:
    return {
        "Round": where,
        "Figure": name,
        "Speaks for": speaks_for,
        "Candidates": candidates,
        "Estimate": found.estimate,
        "Low": found.low,
        "High": found.high,
        "By": by or "coincidences, bootstrap",
    }


def _number(name: str, estimate: float | None, low: float | None, high: float | None, candidates: int) -> None:
    """The estimate with its interval, held back where there are too few candidates to claim anything."""
    if estimate is None or candidates < TARGETS_FOR_A_CLAIM:
        return
    interval = f"95 % interval {low:.2f} to {high:.2f}" if low is not None and high is not None else "no interval"
    frame.html(
        Markup('<p><span class="big-number">{:.2f}</span> {} <span class="quiet">{}</span></p>').format(
            estimate, name, interval
        )
    )


def _interviewers(found: TeamCalibration) -> None:
    colours = frame.palette()
    frame.section("Levels each interviewer uses", "alphabetical; who met which candidates differs")
    st.plotly_chart(
        charts.distribution(found.distribution, found.names, colours),
        config=PLOT,
        key="distribution",
        theme=None,
        alt="Share of each level by interviewer",
    )
    _offsets(found.panel_offsets, found.names, "panel sittings: same candidate, same question")
    _offsets(found.separate_offsets, found.names, "separate sittings: same candidate, each their own questions")
    frame.section("Spread", "how far an interviewer's levels lie apart")
    st.plotly_chart(
        charts.spreads(found.spreads.spreads, found.names, found.spreads.typical, colours),
        config=PLOT,
        key="spreads",
        theme=None,
        alt="Mean and spread of each interviewer's ratings",
    )
    _numbers(found)


def _offsets(found: RaterOffsets | None, names: dict[str, str], basis: str) -> None:
    if found is None:
        return
    frame.section("Offset on shared candidates", basis)
    if any(each.estimate is not None for each in found.offsets):
        st.plotly_chart(
            charts.offsets(found.offsets, names, frame.palette()),
            config=PLOT,
            key=f"offsets-{basis}",
            theme=None,
            alt="Offset of each interviewer with interval",
        )
    missing = sorted(names[str(each.rater)] for each in found.offsets if each.estimate is None)
    if missing:
        frame.quiet(f"Not enough shared candidates to say anything of: {', '.join(missing)}.")


def _numbers(found: TeamCalibration) -> None:
    """A table in the order of names, not to be sorted: it is no leaderboard."""

    def offset(of: RaterOffsets | None, person: str) -> str:
        one = next((each for each in of.offsets if each.rater == person), None) if of else None
        if one is None or one.estimate is None:
            return "–"
        interval = f" ({one.low:+.2f} to {one.high:+.2f})" if one.low is not None and one.high is not None else ""
        return f"{one.estimate:+.2f}{interval}, {count(one.n_targets, 'candidate')}"

    rows = Markup("")
    for person, name in found.names.items():
        one = found.spreads.of(person)
        deviation = "–" if one.standard_deviation is None else f"{one.standard_deviation:.2f}"
        rows += Markup("<tr><td>{}</td><td>{}</td><td>{:.2f}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            name,
            one.n_ratings,
            one.mean,
            deviation,
            offset(found.panel_offsets, person),
            offset(found.separate_offsets, person),
        )
    titles = ("Interviewer", "Ratings", "Mean level", "Standard deviation", "Offset in panels", "Offset in separate")
    head = Markup("").join(Markup("<th>{}</th>").format(title) for title in titles)
    with st.expander("The numbers"):
        frame.html(
            Markup('<div class="table-scroll"><table class="plain-table"><tr>{}</tr>{}</table></div>').format(
                head, rows
            )
        )
