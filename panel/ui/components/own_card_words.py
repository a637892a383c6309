"""What an interviewer's own card says, in sentences that a person can act on."""

from panel.actions.own_calibration import FEWEST_SHARED, Finding, OwnCalibration, OwnFigures
from panel.stats.estimates import Estimate
from panel.stats.severity import RaterOffset
from panel.ui.words import count

TO_TRY: dict[Finding, str] = {
    "erratic": "write down, before you choose a level, which words of the anchor the answer met. Two people who point "
    "at the same words disagree far less.",
    "narrow": "before you choose the middle, read the anchors one above and one below it to yourself, and ask which of "
    "their words the answer has.",
    "halo": "rate each question as soon as it is answered, and before the next is asked. An impression of the whole "
    "candidate comes later.",
    "drift": "reread the anchors before your next interview, or rate an exercise: they stay where they were.",
    "nothing": "keep writing the candidate's words next to the level; it is what a debrief needs.",
    "too little": "keep writing the candidate's words next to the level; it is what a debrief needs.",
}
HARSH = "before you choose, ask which words of the higher anchor the answer lacks. If none, take the higher one."
LENIENT = "before you choose, find the words in your note that earn the level. If there are none, take the lower one."


def finding(card: OwnCalibration) -> str:
    """One sentence: what matters most."""
    found = card.figures
    if found is None or card.finding == "too little":
        return _too_little(card)
    if card.finding == "severity":
        return severity_sentence(found)
    said = {"erratic": _erratic, "narrow": _narrow, "halo": _halo, "drift": _drift}.get(card.finding, _nothing)
    return f"{_where(found)} {said(found)}"


def _erratic(found: OwnFigures) -> str:
    own, others = found.agreement.erratic.estimate or 0.0, found.others_erratic or 0.0
    return (
        f"your levels and theirs scatter by {own:.1f} levels, and theirs among themselves by {others:.1f}; steady "
        "differences are taken out."
    )


def _narrow(found: OwnFigures) -> str:
    ratio = (found.scale_use.spread_ratio.estimate if found.scale_use else None) or 0.0
    if ratio == 0:
        return "you gave one and the same level to everything."
    return f"your levels lie {ratio:.2f} times as far apart as theirs."


def _halo(found: OwnFigures) -> str:
    ratio = found.halo.within_ratio.estimate or 0.0
    return f"your levels for one candidate's questions differ {ratio:.2f} times as much as theirs."


def _drift(found: OwnFigures) -> str:
    slope = (found.drift.slope.estimate if found.drift else None) or 0.0
    way = "harsher" if slope > 0 else "more lenient"
    return f"you grew {way} by {abs(slope):.1f} levels in 30 days, against them."


def _nothing(found: OwnFigures) -> str:
    return "nothing stands out: you rate about as they do."


def _too_little(card: OwnCalibration) -> str:
    found = card.figures
    if found is None or not found.shared:
        return "You have not rated a candidate together with others yet, so nothing can be compared."
    if found.offset.estimate is None:
        return f"You share {count(found.shared, 'candidate')} with others so far, which is too little to say anything."
    return offset_sentence(found)


def certainty(card: OwnCalibration) -> str:
    """How certain the finding is."""
    found = card.figures
    behind = f"{count(card.ratings, 'rating')} of {count(card.candidates, 'candidate')} are yours."
    if found is None or found.shared < FEWEST_SHARED:
        return f"Too little to say for certain: that takes {FEWEST_SHARED} candidates shared with others. {behind}"
    shown = {
        "erratic": found.agreement.erratic,
        "narrow": found.scale_use.spread_ratio if found.scale_use else None,
        "halo": found.halo.within_ratio,
        "drift": found.drift.slope if found.drift else None,
    }.get(card.finding)
    if card.finding == "severity":
        return f"Steady severity can be adjusted for, and fair scores do so. {behind}"
    if shown is None:
        return f"{_steady(found.linked if found.linked.low is not None else found.offset)} {behind}"
    if shown.low is None or shown.high is None:
        return f"There is no interval, because it is the same for every candidate. {behind}"
    return f"The 95 % interval is {shown.low:.2f} to {shown.high:.2f}. {behind}"


def to_try(card: OwnCalibration) -> str:
    words = TO_TRY.get(card.finding, "")
    if card.finding == "severity" and card.figures is not None:
        linked, plain = card.figures.linked, card.figures.offset
        words = HARSH if ((linked.estimate if linked.low is not None else plain.estimate) or 0.0) > 0 else LENIENT
    return f"One thing to try: {words}"


def severity_sentence(found: OwnFigures) -> str:
    """Steady severity beside all who are linked, where it has an interval; the plain difference stands below it.

    It takes into account how harsh each of them is.
    """
    linked = found.linked
    if linked.estimate is None or linked.low is None or linked.high is None:
        return offset_sentence(found)
    way = "lower" if linked.estimate > 0 else "higher"
    near, far = sorted((abs(linked.low), abs(linked.high)))
    return (
        f"{_where(found)} you rate about {abs(linked.estimate):.1f} levels {way} than the average of those you are "
        f"linked with; between {near:.1f} and {far:.1f}."
    )


def offset_sentence(found: OwnFigures) -> str:
    where, offset = _where(found), found.offset
    if offset.estimate is None:
        return "You have not rated two or more candidates together with others yet, so no offset can be said."
    size = abs(offset.estimate)
    way = "lower" if offset.estimate > 0 else "higher"
    if offset.low is None or offset.high is None:  # there is no interval when the difference is always the same
        return (
            f"{where} you rated {size:.1f} levels {way} every time." if size else f"{where} you rated just like them."
        )
    if offset.low <= 0 <= offset.high:
        return (
            f"{where} you rated about like them: between {abs(offset.low):.1f} levels higher and "
            f"{abs(offset.high):.1f} lower."
        )
    near, far = sorted((abs(offset.low), abs(offset.high)))
    return f"{where} you rated about {size:.1f} levels {way}; between {near:.1f} and {far:.1f}."


def _steady(offset: RaterOffset | Estimate) -> str:
    if offset.low is None or offset.high is None:
        return "There is no steady difference in level."
    return (
        f"A steady difference in level, if there is one, lies between {max(-offset.low, 0.0):.1f} levels higher and "
        f"{max(offset.high, 0.0):.1f} lower."
    )


def further(found: OwnFigures) -> list[str]:
    """Everything else, each with its interval; all of it against people who rated the same candidates."""
    said = [offset_sentence(found)]
    same = found.agreement.exact
    if same.estimate is not None:
        said.append(
            f"You gave the same level as another in {same.estimate:.0%} of cases{_between(same, '.0%')}, and were "
            f"within one level in {found.agreement.within_one.estimate or 0:.0%}. Chance is not taken out."
        )
    scatter = found.agreement.erratic
    if scatter.estimate is not None:
        others = found.others_erratic
        beside = (
            f"; the others' among themselves is {others:.2f}"
            if others is not None
            else "; with one other at a time it cannot be told whose it is"
        )
        said.append(
            f"Apart from steady differences, your levels and theirs scatter by {scatter.estimate:.2f} levels"
            f"{_between(scatter)}{beside}."
        )
    if found.scale_use is not None and found.scale_use.spread_ratio.estimate is not None:
        spread, middle = found.scale_use.spread_ratio, found.scale_use.middle
        said.append(f"Your levels lie {spread.estimate:.2f} times as far apart as theirs{_between(spread)}.")
        if middle.estimate is not None:
            said.append(f"You use the middle level {_points(middle)} than they do{_between(middle, '+.0%')}.")
    halo = found.halo.within_ratio
    if halo.estimate is not None:
        said.append(
            f"One candidate's questions differ {halo.estimate:.2f} times as much with you as with them{_between(halo)}."
        )
    if found.drift is not None and found.drift.slope.estimate is not None:
        slope = found.drift.slope
        said.append(
            f"Over {found.drift.days:.0f} days your severity changed by {slope.estimate:+.2f} levels in 30 days"
            f"{_between(slope, '+.2f')}; above 0 is harsher."
        )
    return said


def _where(found: OwnFigures) -> str:
    asked = "the same questions" if found.sitting == "panel" else "other questions"
    return f"On the {count(found.shared, 'candidate')} you shared with others, on {asked},"


def _points(found: Estimate) -> str:
    share = found.estimate or 0.0
    points = count(round(100 * abs(share)), "percentage point")
    return f"{points} {'more' if share > 0 else 'less'} often"


def _between(found: Estimate | RaterOffset, form: str = ".2f") -> str:
    if found.low is None or found.high is None:
        return ", without an interval"
    return f", between {found.low:{form}} and {found.high:{form}}"
