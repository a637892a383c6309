"""One row a candidate: fair average with its interval beside the raw mean, competencies, splits, and what is withheld.

Bands are blocks with a faint background, and within one candidates stand by name: their order is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from panel.actions import fair_comparison
from panel.actions.compare import Compared
from panel.actions.fair_comparison import Standing
from panel.domain.scorecards import RECOMMENDATION_NAMES
from panel.stats.fair_parts import Composite, FairParts
from panel.ui.components import fair_words, frame
from panel.ui.components.comparing import split_fold, withheld
from panel.ui.components.fair_words import Shown
from panel.ui.palette import nearest
from panel.ui.words import count


@dataclass(frozen=True, eq=False)
class Beside:
    """What all rows need. `fair` and `standing` are None while they are calculated, `standing` also without a model;
    `parts` are the fair averages by competency."""

    chosen: tuple[Compared, ...]
    competencies: tuple[str, ...]
    role_competencies: tuple[str, ...]
    long: pd.DataFrame
    shown: Shown
    fair: FairParts | None = None
    standing: Standing | None = None
    parts: Mapping[str, Composite] | None = None

    @property
    def by_id(self) -> dict[str, Compared]:
        return {each.candidate.id: each for each in self.chosen}

    @property
    def must_haves(self) -> set[str]:
        return {name for each in self.chosen for name in each.profile.must_haves}


def show(beside: Beside) -> None:
    by_id = beside.by_id
    blocks = [_head(beside)]
    groups = _groups(beside)
    for place, group in enumerate(groups):
        if place:
            first, own = ([each for band in one for each in band] for one in (groups[0], group))
            why = fair_words.apart(fair_comparison.apart(beside.long, first, own))
            blocks.append(Markup('<p class="apart">{}</p>').format(why))
        for number, band in enumerate(group):
            title = fair_words.band_title(number, len(band)) if beside.standing and len(by_id) > 1 else ""
            blocks.append(_band(title, number, [by_id[each] for each in band], beside))
    told = {each for group in groups for band in group for each in band}
    rest = [each for each in beside.chosen if each.candidate.id not in told]
    if rest:
        blocks.append(_unrated(rest))
    frame.html(Markup('<div class="compare" style="--cells:{}">{}</div>').format(
        len(beside.competencies), Markup("").join(blocks)
    ))  # fmt: skip


def _groups(beside: Beside) -> Sequence[Sequence[Sequence[str]]]:
    """Groups that compare, of bands, of candidates. Without a model each group is one block, by name."""
    if beside.standing:
        return beside.standing.groups
    rated = [each for each in beside.chosen if each.score.score is not None]
    if beside.fair is None:
        return [[[each.candidate.id for each in rated]]] if rated else []
    return [[group] for group in fair_comparison.comparable(beside.fair, rated)]


def _band(title: str, number: int, some: Sequence[Compared], beside: Beside) -> Markup:
    line = Markup('<p class="band-title">{}</p>').format(title) if title else Markup("")
    shade = "" if number % 2 else " shaded"
    rows = Markup("").join(_row(each, beside) for each in some)
    return Markup('<section class="band{}">{}{}</section>').format(shade, line, rows)


def _unrated(some: Sequence[Compared]) -> Markup:
    lines = Markup("").join(
        Markup('<div class="quietly"><b>{}</b> {}</div>').format(each.candidate.name, progress(each)) for each in some
    )
    title = Markup('<p class="band-title">No rating yet that counts and that you may read; by name</p>')
    return Markup('<section class="band">{}{}</section>').format(title, lines)


def _head(beside: Beside) -> Markup:
    must = beside.must_haves
    names = Markup("").join(
        Markup('<span title="{}"><b>{}</b>{}</span>').format(
            name, name, Markup(" <i>must have</i>") if name in must else ""
        )
        for name in beside.competencies
    )
    scale = Markup("").join(Markup("<i>{}</i>").format(beside.shown(level)) for level in (1.0, 2.0, 3.0, 4.0, 5.0))
    return Markup(
        '<div class="compare-row compare-head"><span></span><div class="scale"><p class="key"><i class="fair"></i> '
        'fair average, 95 % interval <i class="raw"></i> raw mean</p><p class="ticks">{}</p></div>'
        '<div class="cells">{}</div></div>'
    ).format(scale, names)


def _row(each: Compared, beside: Beside) -> Markup:
    said = behind(each, beside.role_competencies, plan_said=bool(same_plan(beside.chosen)))
    fair = fair_comparison.fair_of(beside.standing.composite if beside.standing else None, each.candidate.id)
    cells = Markup("").join(_cell(each, name, beside) for name in beside.competencies)
    return Markup(
        '<div class="compare-row"><div class="who"><b title="{}">{}</b><p class="quiet">{}</p></div>'
        '<div class="scale">{}</div><div class="cells">{}</div><div class="besides">{}</div></div>'
    ).format(
        each.candidate.name, each.candidate.name, said, _scale(each, fair, beside), cells,
        _besides(each, beside),
    )  # fmt: skip


def behind(each: Compared, role: Sequence[str], *, plan_said: bool = False) -> str:
    """What stands behind a score: ratings, people, questions asked of those planned, and the plan versions."""
    if not each.score.ratings:
        return "nothing yet"
    assessed = sum(name in each.score.competencies for name in role)
    parts = [f"{count(each.score.ratings, 'rating')}, {count(each.score.interviewers, 'interviewer')}"]
    if each.profile.planned:
        parts.append(f"{each.profile.asked} of {count(each.profile.planned, 'question')} asked")
    if assessed < len(role):
        parts.append(f"{assessed} of {len(role)} competencies")
    if each.score.not_assessed:
        parts.append(f"{each.score.not_assessed} not rated")
    if each.score.on_trial:
        parts.append(f"{each.score.on_trial} on trial, not counted")
    return " · ".join([*parts, *(() if plan_said else each.profile.plans)])


def same_plan(chosen: Sequence[Compared]) -> str:
    """The plan version behind all ratings, where there is one."""
    plans = {each.profile.plans for each in chosen if each.score.ratings}
    (only,) = plans if len(plans) == 1 else ((),)
    return only[0] if len(only) == 1 else ""


def _scale(each: Compared, fair: fair_comparison.Fair | None, beside: Beside) -> Markup:
    raw, shown = each.score.score, beside.shown
    if raw is None:
        return Markup('<div class="track"></div><p class="numbers">&nbsp;</p>')
    marks = Markup("")
    words = Markup('<span class="quiet">raw</span> {}').format(shown(raw))
    if fair:
        low, high = _percent(fair.low), _percent(fair.high)
        marks += Markup('<i class="whisker" style="left:{:.1f}%;width:{:.1f}%"></i>').format(low, high - low)
        words = Markup('<b>{}</b> <span class="quiet">{} to {}</span> ').format(
            shown(fair.value), shown(fair.low), shown(fair.high)
        ) + Markup(' <span class="quiet">·</span> ') + words  # fmt: skip
    marks += Markup('<i class="raw" style="left:{:.1f}%"></i>').format(_percent(raw))
    if fair:
        marks += Markup('<i class="fair" style="left:{:.1f}%"></i>').format(_percent(fair.value))
    return Markup('<div class="track" aria-hidden="true">{}</div><p class="numbers">{}</p>').format(marks, words)


def _percent(value: float) -> float:
    return min(max((value - 1) / 4, 0.0), 1.0) * 100


def _cell(each: Compared, name: str, beside: Beside) -> Markup:
    raw = each.score.competencies.get(name)
    label = Markup('<span class="cell-name">{}</span>').format(name)
    if raw is None:
        return Markup('<span class="cell" title="{}: {}">{}<b class="chip none">–</b></span>').format(
            name, "withheld or not assessed" if each.withheld_rounds else "not assessed", label
        )
    fair = fair_comparison.fair_of((beside.parts or {}).get(name), each.candidate.id)
    value, shown = (fair.value if fair else raw.score), beside.shown
    says = f"{count(raw.ratings, 'rating')} by {count(raw.interviewers, 'interviewer')}"
    if fair:
        says = f"fair {shown(fair.value)}, {shown(fair.low)} to {shown(fair.high)}; {says}"
    besides = Markup('<span class="quiet">raw {}</span>').format(shown(raw.score)) if fair else Markup("")
    return Markup('<span class="cell" title="{}: {}">{}<b class="chip level-{}">{}</b>{}</span>').format(
        name, says, label, nearest(value) + 1, shown(value), besides
    )


def _besides(each: Compared, beside: Beside) -> Markup:
    must = fair_words.must_haves(fair_comparison.must_haves(beside.parts or {}, each), each, beside.shown)
    lines = [must, recommended(each), progress(each)]
    said = Markup("").join(Markup("<span>{}</span>").format(line) for line in lines if line)
    splits = each.score.splits
    fold = Markup("")
    if splits:
        fold = Markup('<details class="splits"><summary>{}</summary>{}</details>').format(
            count(len(splits), "split"), Markup("").join(split_fold(one) for one in splits)
        )
    return Markup('<p class="quiet">{}</p>{}').format(said, fold)


def recommended(each: Compared) -> str:
    """`1 strong yes, 2 no`, of the recommendations the reader may see."""
    tally: dict[str, int] = {}
    for one in each.recommendations:
        tally[one.recommendation] = tally.get(one.recommendation, 0) + 1
    return ", ".join(
        f"{tally[key]} {name.lower()}" for key, name in reversed(RECOMMENDATION_NAMES.items()) if key in tally
    )


def progress(each: Compared) -> str:
    """Scorecards submitted, and what of them is withheld from the reader, until when."""
    if not each.scorecards:
        return "no interview yet"
    said = f"{each.submitted} of {count(each.scorecards, 'scorecard')} submitted"
    return f"{said}; {withheld(each)}" if each.withheld_rounds else said
