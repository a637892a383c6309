"""The team's calibration: what is chosen, how far the calculation is, and every part in its place."""

import streamlit as st

from panel.actions import calibration
from panel.actions.calibration import TeamCalibration
from panel.actions.calibration_parts import SITTINGS, Sitting
from panel.actions.tidy_ratings import Chosen
from panel.stats.progress import Report
from panel.ui.components import frame
from panel.ui.components.calibration_filters import chosen_part
from panel.ui.components.interviewers import interviewers
from panel.ui.components.long_fit import long_fit
from panel.ui.components.reliability import reliability
from panel.ui.components.score_sources import where_scores_come_from
from panel.ui.components.shared_candidates import shared_candidates
from panel.ui.resources import Visitor
from panel.ui.words import count

SITTING_NAMES: dict[Sitting, str] = {"panel": "Panel sittings", "separate": "Separate sittings"}
MOMENT = 0.2  # seconds that the page waits for parts that are soon there


def team(here: Visitor) -> Chosen:
    """The parts of the team's calibration; what was chosen to look at, for the parts that follow."""
    frame.section("The team", "for hiring managers and administrators")
    choices = calibration.choices(here.workspace, by=here.person)
    if not choices.rounds:
        frame.empty("No plan is published yet.", "Publish one under Plans; its submitted scorecards fill this page.")
        return Chosen()
    chosen = chosen_part(choices)
    _parts(here, _found(here, chosen))
    return chosen


def _parts(here: Visitor, found: TeamCalibration) -> None:
    if found.basis is None:
        return
    if found.is_empty:
        _nothing(found)
        return
    _basis(found)
    reliability(found)
    sitting = _sitting(found.basis.sittings)
    where_scores_come_from(found, sitting)
    interviewers(here, found, sitting)
    shared_candidates(found)


def _found(here: Visitor, chosen: Chosen) -> TeamCalibration:
    """What is calculated so far; the rest is calculated beside the page, in the order of the page's parts."""

    def so_far() -> TeamCalibration:
        return calibration.calibration_so_far(here.workspace, by=here.person, chosen=chosen)

    def parts() -> tuple[str, ...]:
        found = so_far()
        return tuple(name for name in calibration.PARTS if getattr(found, name) is not None)

    def work(report: Report) -> TeamCalibration:
        return calibration.team_calibration(here.workspace, by=here.person, chosen=chosen, report=report)

    found = so_far()
    if found.complete:
        return found
    with st.container(key="calculating"):
        whole = long_fit("calibration", found.key, work, moment=MOMENT, there=parts)
    return whole or so_far()


def _nothing(found: TeamCalibration) -> None:
    if found.withheld:
        frame.empty("No rating that you may see yet.", " ".join(_left_out(found)))
    else:
        frame.empty("No submitted rating here yet.", "The first submitted scorecards fill this page.")


def _basis(found: TeamCalibration) -> None:
    basis = found.basis
    if basis is None:
        return
    sentences = [
        f"{count(basis.ratings, 'rating')} of {count(basis.candidates, 'candidate')} by "
        f"{count(len(basis.names), 'interviewer')}, submitted scorecards only."
    ]
    sentences += _left_out(found)
    if basis.left_out:
        sentences.append(f"{count(basis.left_out, 'rating')} on another scale left out.")
    frame.quiet(" ".join(sentences))


def _left_out(found: TeamCalibration) -> list[str]:
    """What is withheld from the reader, and until when; nothing where nothing is."""
    sentences = []
    if found.owed:
        sentences.append("Rounds for which you still owe a scorecard are left out until you submit it.")
    if found.withheld > found.owed:
        sentences.append(
            "In rounds that wait for your whole panel, what others rated is left out until all have submitted."
        )
    return sentences


def _sitting(sittings: tuple[Sitting, ...]) -> Sitting:
    """The kind of sitting that the parts below speak of: never both at once."""
    if len(sittings) == 1:
        return sittings[0]
    chosen = st.segmented_control(
        "What follows is of", list(SITTINGS), format_func=SITTING_NAMES.__getitem__, default=sittings[0],
        required=True, key="calibrated-sitting",
    )  # fmt: skip
    return chosen or sittings[0]
