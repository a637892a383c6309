"""What if: with equal weights, by must-haves alone, or without one interviewer, does the order hold, and who moves?"""

import hashlib
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.actions import fair_comparison
from panel.actions.fair_comparison import Standing, Weights
from panel.actions.fair_scores import FairTable
from panel.house import Workspace
from panel.stats.composites import fair_parts
from panel.stats.fair_parts import FairParts
from panel.ui.components import fair_words, frame
from panel.ui.components.compare_rows import Beside
from panel.ui.components.long_fit import long_fit
from panel.ui.words import isolated

EQUAL, MUST, WITHOUT = "equal", "must", "without"
KINDS = {EQUAL: "Equal weights", MUST: "Only must-haves", WITHOUT: "Without one interviewer"}


MOST_AT_ONCE = 150  # rated candidates of a role that are all fitted for, so that another choice needs no other fit


def fit(workspace: Workspace, name: str, table: FairTable, ids: list[str], without: str = "") -> FairParts | None:
    """The fair averages of the named candidates from the whole role's ratings; None while they are calculated.

    A result is shared by all tabs whose readers may see the same ratings.
    """
    long = table.long[table.long["rater"] != without] if without else table.long
    if long.empty:
        return None
    rated = long["target"].unique().tolist()
    wanted = sorted(rated if len(rated) <= MOST_AT_ONCE else ids)
    key = hashlib.sha256(repr((table.key, wanted, without)).encode()).hexdigest()
    found: FairParts | None = workspace.results.look(("fair", key))
    if found is None:
        found = long_fit(name, key, lambda report: fair_parts(long, wanted, report=report))
        if found is not None:
            workspace.results.keep(("fair", key), found)
    return found


def show(workspace: Workspace, beside: Beside, table: FairTable) -> None:
    frame.section("What if", "does the order hold?")
    kind = st.segmented_control(
        "What if", list(KINDS), format_func=KINDS.__getitem__, default=EQUAL, required=True, key="what-if",
        label_visibility="collapsed",
    )  # fmt: skip
    if kind == WITHOUT:
        _without(workspace, beside, table)
    else:
        _weighed(beside, kind)


def _weighed(beside: Beside, kind: str) -> None:
    chosen = beside.chosen
    planned = fair_comparison.as_planned(chosen)
    wanted = fair_comparison.all_equal(chosen) if kind == EQUAL else fair_comparison.only_must_haves(chosen)
    if _same(planned, wanted):
        frame.quiet(
            "The plan weighs every competency the same, so nothing changes."
            if kind == EQUAL
            else "Every competency is a must-have, so nothing changes."
        )
        return
    after = fair_comparison.standing(beside.fair, chosen, wanted) if beside.fair else None
    _result(beside, after, wanted, lambda _: True)


def _same(one: Weights, other: Weights) -> bool:
    """Whether two weighings are in proportion for everybody."""
    return all(_shares(one[each]) == _shares(other[each]) for each in one)


def _shares(weights: dict[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: round(weight / total, 9) for name, weight in weights.items()}


def _without(workspace: Workspace, beside: Beside, table: FairTable) -> None:
    rated_by = {one.person_id for each in beside.chosen for one in each.observed if one.level is not None}
    people = [each for each in table.names if each in rated_by]
    if len(people) < 2:
        frame.quiet("There is no second interviewer whose ratings would be left.")
        return
    who = st.selectbox(
        "Interviewer to leave out", people, format_func=table.names.__getitem__, key="what-if-without", width=360
    )
    planned = fair_comparison.as_planned(beside.chosen)
    after = None
    if beside.standing:
        fair = fit(workspace, "compare-without", table, [each.candidate.id for each in beside.chosen], who)
        if fair is None:
            return
        if fair.not_estimable:
            frame.quiet(fair_words.standing_on(fair))
        after = fair_comparison.standing(fair, beside.chosen, planned)
    _result(beside, after, planned, lambda person: person != who)


def _result(beside: Beside, after: Standing | None, weights: Weights, keep: Callable[[str], bool]) -> None:
    names = {each.candidate.id: each.candidate.name for each in beside.chosen}
    raw = fair_comparison.raw_means(beside.chosen, keep, weights)
    found = fair_comparison.change(beside.standing, after) if beside.standing and after else None
    if found:
        frame.html(Markup("<p><b>{}</b></p>").format(" ".join(fair_words.changed(found, names))))
    else:
        frame.quiet("Raw means, since there are no fair averages: small differences are not an order.")
    moved = dict(found.moved) if found else None
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            isolated(each.candidate.name),
            _numbers(beside, beside.standing, each.candidate.id, each.score.score),
            _numbers(beside, after, each.candidate.id, raw[each.candidate.id]),
            _way(moved.get(each.candidate.id, 0)) if moved is not None else "",
        )
        for each in beside.chosen
        if each.score.score is not None
    )
    head = Markup("<tr><th>Candidate</th><th>As planned</th><th>What if</th><th>Band</th></tr>")
    frame.html(Markup('<div class="table-scroll"><table class="plain-table">{}{}</table></div>').format(head, rows))


def _numbers(beside: Beside, standing: Standing | None, candidate_id: str, raw: float | None) -> str:
    fair = fair_comparison.fair_of(standing.composite if standing else None, candidate_id)
    parts = [f"fair {beside.shown(fair.value)}"] if fair else []
    parts.append("no rating left" if raw is None else f"raw {beside.shown(raw)}")
    return ", ".join(parts)


def _way(by: int) -> str:
    if not by:
        return "same"
    return f"{'up' if by > 0 else 'down'} {abs(by)}"
