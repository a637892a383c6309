"""How sure it is that one candidate is above another, in words, within those that can be compared."""

import streamlit as st
from markupsafe import Markup

from panel.actions.fair_comparison import Standing
from panel.stats.composites import FairParts
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui.components import fair_words, frame
from panel.ui.words import count

REACH = 1.96  # standard errors to each side of a 95 % interval


def show(fair: FairParts, standing: Standing, names: dict[str, str]) -> None:
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
        _line(standing, one, other, names)
        for other in sorted(group, key=lambda each: names[each].casefold())
        if other != one
    )
    head = Markup("<tr><th>{}</th><th>Fair averages apart, in levels</th></tr>").format(
        f"{names[one]} beside each of those who can be compared"
    )
    frame.html(
        Markup('<div class="table-scroll"><table class="plain-table chances">{}{}</table></div>').format(head, rows)
    )
    frame.quiet(
        "Under the model, from these ratings alone: about the interviews, not about how somebody will do the job."
    )


def _line(standing: Standing, one: str, other: str, names: dict[str, str]) -> Markup:
    difference, se = standing.composite.difference(one, other)
    above = standing.composite.chance_above(one, other)
    upper, lower, value = (one, other, above) if above >= 0.5 else (other, one, 1 - above)
    if value < 0.6:
        said = f"{names[one]} or {names[other]} above: {fair_words.chance(value)}"
    else:
        said = f"{names[upper]} above {names[lower]}: {fair_words.chance(value)}"
    return Markup("<tr><td>{}</td><td>{:+.1f}, between {:+.1f} and {:+.1f}</td></tr>").format(
        said, difference, difference - REACH * se, difference + REACH * se
    )
