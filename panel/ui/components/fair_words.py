"""What the page of comparison says of fair averages: what they stand on, who cannot be compared, how sure an order is.

`shown` writes a number of the scale 1 to 5 as the team wants to read it.
"""

from collections.abc import Callable, Sequence

from panel.actions.compare import Compared
from panel.actions.fair_comparison import MIDDLE, Apart, Change, MustHaves, Reversal
from panel.stats.fair_parts import FairParts
from panel.stats.part_equations import PART
from panel.stats.wording import TARGETS_FOR_A_CLAIM, TARGETS_FOR_A_FIRM_CLAIM, in_words, listed
from panel.ui.words import count, isolated

Shown = Callable[[float], str]
RAW_ONLY = "What you see are raw means: how severe interviewers and how hard questions were is not taken out of them."
BANDS = ("Highest band", "Next band")
CHANCES = (
    (0.99, "nearly certain"), (0.97, "about 49 in 50"), (0.93, "about 19 in 20"), (0.85, "about 9 in 10"),
    (0.775, "about 4 in 5"), (0.71, "about 3 in 4"), (0.6, "about 2 in 3"), (0.0, "about even"),
)  # fmt: skip
MOST_NAMED = 4


def standing_on(fair: FairParts) -> str:
    """What fair averages of this table may claim, and why there are none where there are none."""
    if fair.not_estimable:
        return f"Fair averages are {in_words(fair.not_estimable, 'candidate', 'interviewer')}. {RAW_ONLY}"
    return " ".join(each for each in (_how_firm(fair), _parts_alike(fair)) if each)


def _how_firm(fair: FairParts) -> str:
    behind = f"{count(fair.n_targets, 'candidate')} and {count(fair.n_ratings, 'rating')} of this role"
    model = f"Fair averages take out how severe interviewers and how hard questions were; they rest on {behind}."
    if fair.n_targets < TARGETS_FOR_A_CLAIM:
        missing = TARGETS_FOR_A_CLAIM - fair.n_targets
        return (
            f"{model} That is early: with fewer than {TARGETS_FOR_A_CLAIM} candidates ({missing} more "
            f"{'is' if missing == 1 else 'are'} needed) "
            "intervals come out somewhat too narrow, and no chances are given."
        )
    return f"{model} Provisional." if fair.n_targets < TARGETS_FOR_A_FIRM_CLAIM else model


def _parts_alike(fair: FairParts) -> str:
    if fair.parts_differ:
        return ""
    why = fair.left_out.get(PART, "")
    if "target:rater" in why:
        reason = "each competency of a candidate was judged by one interviewer alone"
    elif "target:item" in why:
        reason = "each competency of a candidate was judged by one answer alone"
    elif why:
        reason = "too few ratings tell one competency from another"
    else:
        reason = "competencies of one candidate differ by no more than chance"
    return f"By competency, raw means are shown: {reason}."


def may_speak_of_chances(fair: FairParts) -> bool:
    return not fair.not_estimable and fair.n_targets >= TARGETS_FOR_A_CLAIM


def chance(value: float) -> str:
    """`about 4 in 5 (82 %)`."""
    words = next(words for edge, words in CHANCES if value >= edge)
    percent = "over 99 %" if value > 0.99 else f"{value:.0%}".replace("%", " %")
    return f"{words} ({percent})"


def band_title(place: int, size: int) -> str:
    if size == 1:
        return f"{BANDS[min(place, 1)]}: one candidate"
    return f"{BANDS[min(place, 1)]}: {size} candidates whose intervals overlap that of the highest of them; by name"


def apart(why: Apart) -> str:
    """Why a group of candidates cannot be compared with the first."""
    questions = (
        "their question sets share no question"
        if not why.shared_questions
        else f"their question sets share {why.shared_questions} of {count(why.questions, 'question')}"
    )
    if not why.shared_interviewers:
        return f"Not comparable with those above: no interviewer has rated candidates of both groups, and {questions}."
    people = count(why.shared_interviewers, "interviewer")
    return (
        f"Not comparable with those above: {people} rated candidates of both groups and {questions}, which is too "
        "little to tell a better candidate from easier questions or more lenient interviewers."
    )


def must_haves(found: MustHaves, each: Compared, shown: Shown) -> str:
    """What the must-have rule says of a candidate; empty where there is nothing to say."""
    if not each.profile.must_haves or (each.withheld_rounds and not each.score.ratings):
        return ""
    where = "not assessed in what you may read" if each.withheld_rounds else "not assessed"
    parts = [
        f"{listed(names, most=MOST_NAMED)} {words}"
        for names, words in (
            (found.below, f"below {shown(MIDDLE)}"),
            (found.may_be_below, f"may be below {shown(MIDDLE)}"),
            (found.not_assessed, where),
        )
        if names
    ]
    return f"Must-haves: {'; '.join(parts)}" if parts else "Must-haves: all assessed, none below the middle"


def reversal(
    each: Reversal, names: dict[str, str], raw: dict[str, float | None], fair: dict[str, float], shown: Shown
) -> str:
    one, other = isolated(names[each.one]), isolated(names[each.other])
    return (
        f"{one} has the higher raw mean ({shown(raw[each.one] or 0)} and {shown(raw[each.other] or 0)}), {other} the "
        f"higher fair average ({shown(fair[each.other])} and {shown(fair[each.one])})."
    )


def reversals(number: int, shown: int) -> str:
    """What stands after the pairs that are named: how many more there are, and why orders differ."""
    more = f"So it is with {count(number - shown, 'other pair')}. " if number > shown else ""
    return (
        f"{more}Whoever met more lenient interviewers or easier questions, or was rated less often, comes nearer "
        "to the others. Within a band neither order is known."
    )


def changed(found: Change, names: dict[str, str]) -> list[str]:
    """Whether bands and order hold under another weighing, and who moves."""
    sentences = []
    if found.holds:
        sentences.append("The bands hold: nobody changes band.")
    up = [names[each] for each, by in found.moved if by > 0]
    down = [names[each] for each, by in found.moved if by < 0]
    for some, way in ((up, "up"), (down, "down")):
        if some:
            sentences.append(f"{_named(some)} {'moves' if len(some) == 1 else 'move'} {way} a band or more.")
    if found.gone:
        gone = [names[each] for each in found.gone]
        sentences.append(f"{_named(gone)} {'has' if len(gone) == 1 else 'have'} no rating left that counts.")
    if found.parted:
        sentences.append("Some candidates can no longer be compared with each other.")
    if not found.turned:
        sentences.append("No two candidates change their order.")
    else:
        sentences.append(f"Of {count(found.pairs, 'pair')} of candidates, {found.turned:,} turned their order.")
    return sentences


def _named(some: Sequence[str]) -> str:
    return listed([isolated(each) for each in sorted(some)], most=MOST_NAMED)
