"""How sure it is that one candidate is above another, in words, within those that can be compared."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.actions.fair_comparison import Standing
from panel.stats.fair_parts import FairParts
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui.components import fair_words, frame
from panel.ui.words import count, isolated

EVEN = 0.6  # up to here neither is named
REACH = 1.96  # standard errors to each side of a 95 % interval


def show(fair: FairParts, standing: Standing, names: dict[str, str], gap: Callable[[float], str]) -> None:
    """`gap` writes a difference as the team wants to read it."""
    frame.section("Is one above another?")
    groups = [[each for band in group for each in band] for group in standing.groups]
    several = [group for group in groups if len(group) > 1]
    if not several:
        frame.quiet("Nobody here can be compared with anybody else.")
        return
    if not fair_words.may_speak_of_chances(fair):
        missing = TARGETS_FOR_A_CLAIM - fair.n_targets
        frame.quiet(
            f"From {TARGETS_FOR_A_CLAIM} rated candidates of a role on, this says how likely it is that one is above "
            f"another; {count(missing, 'candidate')} more {'is' if missing == 1 else 'are'} needed."
        )
        return
    ids = sorted((each for group in several for each in group), key=lambda each: names[each].casefold())
    one = st.selectbox("Candidate", ids, format_func=lambda each: names[each], key="chance-of", width=360)
    group = next(group for group in several if one in group)
    rows = Markup("").join(
        _line(standing, one, other, names, gap)
        for other in sorted(group, key=lambda each: names[each].casefold())
        if other != one
    )
    head = Markup("<tr><th>Beside</th><th>How likely</th><th>{}</th></tr>").format(
        f"Fair average of {isolated(names[one])} less theirs"
    )
    table = Markup('<div class="table-scroll"><table class="plain-table chances">{}{}</table></div>')
    frame.html(table.format(head, rows))
    frame.quiet("Under the model, from these ratings alone. It says nothing of how somebody will do the job.")


def _line(standing: Standing, one: str, other: str, names: dict[str, str], gap: Callable[[float], str]) -> Markup:
    difference, se = standing.composite.difference(one, other)
    above = standing.composite.chance_above(one, other)
    upper, value = (one, above) if above >= 0.5 else (other, 1 - above)
    said = "either is above" if value < EVEN else f"{isolated(names[upper])} is above"
    apart = f"{gap(difference)}, between {gap(difference - REACH * se)} and {gap(difference + REACH * se)}"
    return Markup("<tr><td>{}</td><td>{}: {}</td><td>{}</td></tr>").format(
        isolated(names[other]), said, fair_words.chance(value), apart
    )
