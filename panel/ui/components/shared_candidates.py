"""Who shares candidates with whom: what links the interviewers, as a picture and in words."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from panel.actions.calibration import TeamCalibration
from panel.actions.calibration_parts import Links
from panel.seating.report import Links as Circle
from panel.seating.report import WeakestLink
from panel.stats.ratings import Label
from panel.stats.weak_links import WeakLink
from panel.stats.wording import listed
from panel.ui import link_chart
from panel.ui.components import frame
from panel.ui.components.person_rows import Names, table

PLOT = {"displayModeBar": False}
MOST_ON_CIRCLE = 20
MOST_GROUPS = 4


def shared_candidates(found: TeamCalibration) -> None:
    frame.section("Who shares candidates with whom", "through shared candidates, interviewers can be compared")
    if found.links is None or found.basis is None:
        frame.quiet("Not calculated yet.")
        return
    links, names = found.links, found.basis.names
    words, picture = st.columns([5, 6], gap="large")
    with words:
        for sentence in in_words(links, names):
            frame.html(Markup("<p>{}</p>").format(sentence))
    with picture:
        _picture(links, names)


def in_words(links: Links, names: Names) -> list[str]:
    """Groups that share nobody, and what hangs by a thread with the overlap that would mend it."""
    if len(links.people) == 1:
        return ["One interviewer rated everybody, so there is nobody to compare with."]
    if len(links.groups) == 1:
        said = ["Over all sittings, all interviewers are linked through candidates they share."]
    else:
        groups = "; ".join(listed(_names(group, names)) for group in links.groups[:MOST_GROUPS])
        more = len(links.groups) - MOST_GROUPS
        said = [
            f"Over all sittings, the interviewers fall into {len(links.groups):,} groups that share no candidate: "
            f"{groups}{f'; and {more:,} more' if more > 0 else ''}. Between groups nothing can be compared. To "
            f"link the first two, let {listed(_names(links.groups[1], names), 'or')} also rate 3 candidates of "
            f"{listed(_names(links.groups[0], names), 'or')}."
        ]
    said += [_weak(link, links, names) for link in links.weak]
    more = links.n_weak - len(links.weak)
    return said + ([f"There are {more:,} more weak links."] if more > 0 else [])


def _weak(link: WeakLink, links: Links, names: Names) -> str:
    by = links.names if link.kind == "target" else names
    told = WeakLink(
        link.kind,
        tuple(_names([str(each) for each in link.by], by)),
        tuple(tuple(_names([str(each) for each in side], names)) for side in link.sides),
        link.shared_needed,
    )
    return told.summary(target="candidate", rater="interviewer")


def _names(people: tuple[str, ...] | list[str], names: Names) -> list[str]:
    return sorted((names[each] for each in people), key=str.casefold)


def _picture(links: Links, names: Names) -> None:
    people = list(names)
    if len(people) < 2:
        return
    if len(people) > MOST_ON_CIRCLE:
        around = st.selectbox(
            "Around", people, format_func=lambda each: names[each], key="calibrated-around", width=360
        )
        people = _nearest(links, around, people)
    shown = _between(links, people)
    st.plotly_chart(
        link_chart.links(shown, people, names, frame.palette()),
        config=PLOT,
        key="calibrated-links",
        theme=None,
        alt="Who shares candidates with whom; a thicker line is more, a dashed one crosses the weakest link",
    )
    frame.quiet("A thicker line: more candidates shared. Dashed: what hangs by a thread.")
    rows = sorted((*_names([one, other], names), f"{shared:,}") for one, other, shared in shown.shared)
    table(("Interviewer", "With", "Candidates shared"), rows)


def _nearest(links: Links, around: str, people: list[str]) -> list[str]:
    """A person and those who share most candidates with them, in the order of names."""
    place = links.people.index(around)
    own = links.pairs[(links.pairs["first"] == place) | (links.pairs["second"] == place)]
    most = own.sort_values("shared", ascending=False).head(MOST_ON_CIRCLE - 1)
    near = {links.people[each] for each in pd.concat([most["first"], most["second"]])} | {around}
    return [each for each in people if each in near]


def _ids(side: tuple[Label, ...]) -> tuple[str, ...]:
    return tuple(str(each) for each in side)


def _between(links: Links, people: list[str]) -> Circle:
    """The links among some people, as the picture of proposed panels takes them."""
    places = {links.people.index(each) for each in people}
    among = links.pairs[links.pairs["first"].isin(places) & links.pairs["second"].isin(places)]
    shared = tuple(
        (links.people[one], links.people[other], int(many))
        for one, other, many in among[["first", "second", "shared"]].itertuples(index=False)
    )
    weakest = None
    if links.weak:
        one, *_, other = links.weak[0].sides
        by = len(links.weak[0].by)
        weakest = WeakestLink(_ids(one), _ids(other), shared=by, unbeatable=False)
    return Circle(shared, weakest, (), full_rank=True, holding=(), impossible=False)
