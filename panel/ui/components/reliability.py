"""How far interviewers agree, each figure with the words that may be used for it."""

import streamlit as st
from markupsafe import Markup

from panel.actions.calibration import TeamCalibration
from panel.actions.calibration_parts import Agreement
from panel.stats.agreement import Alpha
from panel.stats.icc import Icc
from panel.stats.mean_squares import IccForm
from panel.stats.wording import TARGETS_FOR_A_CLAIM, in_words, listed
from panel.ui import calibration_charts
from panel.ui.components import frame

PLOT = {"displayModeBar": False}
WORDS = {"target": "candidate", "rater": "interviewer"}
Names = dict[str, str]
MOST_ROUNDS = 8


def reliability(found: TeamCalibration) -> None:
    frame.section("How far interviewers agree", "agreement, not validity")
    if found.agreement is None or found.basis is None:
        frame.quiet("Not calculated yet.")
        return
    agreement, names = found.agreement, found.basis.rounds
    left, right = st.columns(2, gap="large")
    with left:
        _title("Panel sittings", "they watched the same answer")
        if agreement.alpha is None:
            frame.quiet("No panel sitting has been submitted.")
        else:
            _panel(agreement, agreement.alpha, names)
    with right:
        _title("Separate sittings", "each their own interview")
        if agreement.separate is None:
            frame.quiet("No separate sitting has been submitted.")
        else:
            _separate(agreement.separate)
    with st.expander("All figures of agreement"):
        _all_figures(agreement, names)


def _title(title: str, quiet: str) -> None:
    frame.html(Markup('<h3 class="part">{} <span class="quiet">{}</span></h3>').format(title, quiet))


def _panel(found: Agreement, alpha: Alpha, names: Names) -> None:
    rounds = sorted(((names[key], one) for key, one in found.rounds.items()), key=lambda each: each[0].casefold())
    _picture("panel", rounds)
    few = [f"{name} ({one.n_compared})" for name, one in rounds if one.n_compared < TARGETS_FOR_A_CLAIM]
    if few:
        frame.quiet(
            f"No reliability claim below {TARGETS_FOR_A_CLAIM} candidates whom two or more rated. So far: "
            f"{listed(few, most=MOST_ROUNDS)}."
        )
    frame.quiet(in_words(alpha.summary(**WORDS), **WORDS))
    if found.exact:
        frame.quiet(in_words(found.exact.summary(**WORDS), **WORDS))
    enough = [(name, one) for name, one in rounds if one.n_compared >= TARGETS_FOR_A_CLAIM]
    if enough:
        with st.expander("Each round in words"):
            for name, one in enough:
                _icc(name, one)


def _separate(found: Icc) -> None:
    _picture("separate", [("All rounds", found)])
    _icc("All rounds of separate sittings", found)
    frame.quiet(
        "Separate interviews ask different questions, so this is agreement about the candidate, questions included."
    )


def _picture(key: str, found: list[tuple[str, Icc]]) -> None:
    """Agreement of one interviewer's mean, where there is enough to claim anything."""
    forms = [(name, one.form("ICC(A,1)")) for name, one in found if _may_be_claimed(one)]
    shown = [(name, form.estimate, form.low, form.high) for name, form in forms if form.estimate is not None]
    if not shown:
        return
    if len(shown) == 1:
        _number(*shown[0])
    else:
        frame.quiet("ICC(A,1), agreement of a single interviewer's mean of a candidate, with 95 % intervals.")
    st.plotly_chart(
        calibration_charts.reliability(shown, frame.palette()),
        config=PLOT,
        key=f"reliability-{key}",
        theme=None,
        alt="Agreement of a single interviewer with its interval, beside the bands poor, moderate, good, excellent",
    )


def _may_be_claimed(found: Icc) -> bool:
    return not found.not_estimable and found.n_compared >= TARGETS_FOR_A_CLAIM


def _number(name: str, estimate: float, low: float | None, high: float | None) -> None:
    interval = f"95 % interval {low:.2f} to {high:.2f}" if low is not None and high is not None else "no interval"
    frame.html(
        Markup('<p><span class="big-number">{:.2f}</span> {} <span class="quiet">{}</span></p>').format(
            estimate, "ICC(A,1), agreement of a single interviewer's mean", interval
        )
    )


def _icc(name: str, found: Icc) -> None:
    if found.not_estimable:
        reason = in_words(found.not_estimable, **WORDS)
        frame.quiet(f"{name}: the intraclass correlation is {reason}.")
    else:
        frame.quiet(f"{name}. {found.summary(**WORDS)}")


def _all_figures(found: Agreement, names: Names) -> None:
    """Every figure that may be claimed, with its interval, to check against other software."""
    rows: list[dict[str, object]] = []
    if found.alpha and found.alpha.n_targets >= TARGETS_FOR_A_CLAIM:
        rows.append(_row("Panel sittings", "alpha, ordinal", found.alpha.n_raters, found.alpha.n_targets, found.alpha))
    iccs = [(names[key], one) for key, one in found.rounds.items()]
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
