"""Where somebody stands in practice: their trainings, and their levels beside gold, with how sure that is."""

from collections import Counter

import streamlit as st
from markupsafe import Markup

from panel.actions import practice
from panel.actions.practice import OwnProgress
from panel.domain.training_progress import TrainingProgress
from panel.stats.gold import FEWEST, AgainstGold, Share, too_few
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count

FURTHEST = 3  # levels; what is further away stands with it


def own_progress() -> None:
    here = visitor()
    found = practice.own_progress(here.workspace, by=here.person)
    seen = "; how far you are in training is shown to hiring managers too" if found.trainings else ""
    frame.section("Where you stand", f"your levels beside gold are shown to you alone{seen}")
    for training, progress in found.trainings:
        frame.html(_training(training.subject, training.state == "trained", progress))
    _against_gold(found)


def _training(subject: str, trained: bool, progress: TrainingProgress) -> Markup:
    if trained:
        return Markup('<p><b>{}</b> <span class="quiet">you are trained for it</span></p>').format(subject)
    done = (
        f"{progress.sentence}; a hiring manager who has rated these exercises too can put you down as trained"
        if progress.reached
        else progress.sentence
    )
    return Markup('<p><b>{}</b> {}</p>{}<p class="quiet">{}</p>').format(
        subject, done, meter(progress), made_of(progress)
    )


def meter(progress: TrainingProgress) -> Markup:
    width = min(100, round(100 * progress.within / progress.needed))
    return Markup('<div class="meter"><i style="width:{}%"></i></div>').format(width)


def made_of(progress: TrainingProgress) -> str:
    """`5 exercises rated, 3 of them within one level; 1 interview as a shadow, 1 of them within one level`."""
    parts = [f"{count(progress.exercises, 'exercise')} rated, {progress.exercises_within} of them within one level"]
    if progress.shadowed:
        parts.append(
            f"{count(progress.shadowed, 'interview')} as a shadow, {progress.shadowed_within} of them within one level"
        )
    return "; ".join(parts)


def _against_gold(found: OwnProgress) -> None:
    if not found.rated:
        frame.quiet(
            f"Rate {FEWEST} exercises, blind and with the real rubric; then it stands here how your levels lie beside "
            "gold."
        )
        return
    beside = found.against
    if beside.exact is None or beside.within_one is None:
        frame.quiet(f"{count(beside.n, 'exercise')} rated. {too_few(beside.n)}.")
    else:
        left, right = st.columns(2, gap="large")
        with left:
            frame.html(measures(beside, beside.within_one, beside.exact))
        with right:
            frame.html(_gaps(found.gaps))
        frame.quiet(
            f"Somebody who always chose the middle level would be within one level on {found.middle_within} of "
            f"these {beside.n}."
        )
    if found.set_by_self:
        frame.quiet(f"{count(found.set_by_self, 'exercise')} whose gold you set yourself are left out.")


def measures(beside: AgainstGold, near: Share, exact: Share) -> Markup:
    """Shares and the mean difference, each with its interval."""
    rows = [
        ("Within one level of gold", _share(near)),
        ("Exactly on gold", _share(exact)),
        ("On average", difference(beside)),
    ]
    lines = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*each) for each in rows)
    return Markup('<dl class="measures">{}</dl><p class="quiet">{}</p>').format(
        lines,
        f"On {count(beside.n, 'exercise')}. The ranges would hold the true value in 95 of 100 such sets of exercises.",
    )


def _share(share: Share) -> str:
    return f"{share.hits} of {share.n}: in the long run {share.low:.0%} to {share.high:.0%}"


def difference(beside: AgainstGold) -> str:
    if beside.difference is None:
        return too_few(beside.n)
    size = abs(beside.difference)
    way = "higher" if beside.difference > 0 else "lower"
    if beside.low is None or beside.high is None:
        return f"{size:.1f} levels {way} every time" if size else "on gold every time"
    if beside.low <= 0 <= beside.high:
        return f"about like gold: between {abs(beside.low):.1f} levels lower and {beside.high:.1f} higher"
    near, far = sorted((abs(beside.low), abs(beside.high)))
    return f"{size:.1f} levels {way} than gold; between {near:.1f} and {far:.1f}"


def _gaps(gaps: tuple[int, ...]) -> Markup:
    """How often the rating lay how far from gold."""
    counted = Counter(max(-FURTHEST, min(FURTHEST, each)) for each in gaps)
    most = max(counted.values(), default=1)
    bars = Markup("").join(
        Markup('<div><span>{}</span><i style="height:{}%"></i><span>{}</span></div>').format(
            counted[gap] or "", round(60 * counted[gap] / most), f"{gap:+d}" if gap else "gold"
        )
        for gap in range(-FURTHEST, FURTHEST + 1)
    )
    said = ", ".join(f"{counted[gap]} at {gap:+d}" for gap in sorted(counted))
    return Markup('<div class="gaps" role="img" aria-label="Your levels beside gold: {}">{}</div>').format(
        said, bars
    ) + Markup('<p class="quiet">levels below and above gold, by number of exercises</p>')
