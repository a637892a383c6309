"""What a debrief should talk about, found in the ratings: splits first, widest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from panel.domain.composites import Beside, score_sheet
from panel.domain.debriefs import LINE, NEAR
from panel.domain.roles import Role
from panel.domain.scorecards import CONFIDENCE_NAMES, REASON_NAMES, RECOMMENDATION_NAMES, Confidence, Recommendation
from panel.domain.scores import SPLIT, find_splits
from panel.domain.text import listed

Kind = Literal["split", "thin", "left_out", "unsure", "against_own"]
KIND_NAMES: dict[Kind, str] = {
    "split": "Split",
    "thin": "Thin evidence",
    "left_out": "Not assessed",
    "unsure": "Not sure",
    "against_own": "Against own ratings",
}
POSITIVE: tuple[Recommendation, ...] = ("yes", "strong_yes")
Place = tuple[str, str]  # round id, question key


@dataclass(frozen=True)
class AgendaItem:
    """`place` is the question to look at; None where it is none. `settled` splits were reconciled since."""

    kind: Kind
    sentence: str
    place: Place | None = None
    settled: bool = False


@dataclass(frozen=True)
class Recommending:
    """One panelist's sealed recommendation of one round."""

    scorecard_id: str
    person_id: str
    person_name: str
    round_id: str
    round_name: str
    recommendation: Recommendation
    confidence: Confidence | None
    summary: str


def agenda_of(ratings: Sequence[Beside], recommended: Sequence[Recommending], role: Role) -> tuple[AgendaItem, ...]:
    return (
        *_splits(ratings),
        *_thin(ratings, role),
        *_left_out(ratings),
        *_recommendations(ratings, recommended, role),
    )


def _splits(ratings: Sequence[Beside]) -> Iterable[AgendaItem]:
    by_rating = {(each.sealed.interview_id, each.sealed.question_key, each.sealed.person_id): each for each in ratings}
    for split in find_splits(each.sealed for each in ratings):
        low = by_rating[split.low.interview_id, split.question_key, split.low.person_id]
        together = [
            each.composite.level
            for each in ratings
            if each.composite.level is not None
            and (each.sealed.interview_id, each.sealed.question_key) == (split.low.interview_id, split.question_key)
        ]
        now = max(together) - min(together)
        since = f"; {now} after reconciling" if now != split.gap else ""
        yield AgendaItem(
            "split",
            f"{split.low.person_name} and {split.high.person_name} are {split.gap} levels apart{since}: {split.prompt}",
            (low.round_id, split.question_key),
            settled=now < SPLIT,
        )


def _thin(ratings: Sequence[Beside], role: Role) -> Iterable[AgendaItem]:
    for name in role.must_haves:
        rated = [
            each for each in ratings
            if each.sealed.competency == name and each.sealed.level is not None and each.sealed.counts
        ]  # fmt: skip
        if not rated:
            yield AgendaItem("thin", f"{name} is a must-have, and nobody rated it.")
            continue
        people = sorted({each.sealed.person_name for each in rated})
        lacks = ["one rating"] if len(rated) == 1 else []
        lacks += [f"{people[0]} alone rated it"] if len(people) == 1 else []
        lacks += ["no note says why"] if not any(each.sealed.note.strip() for each in rated) else []
        if lacks:
            where = (rated[0].round_id, rated[0].sealed.question_key)
            yield AgendaItem("thin", f"{name} is a must-have: {listed(lacks)}.", where)


def _left_out(ratings: Sequence[Beside]) -> Iterable[AgendaItem]:
    by_question: dict[Place, list[Beside]] = {}
    for each in ratings:
        by_question.setdefault((each.round_id, each.sealed.question_key), []).append(each)
    for place, group in by_question.items():
        if any(each.sealed.level is not None for each in group):
            continue
        why = sorted({_why(each) for each in group})
        yield AgendaItem("left_out", f"{group[0].sealed.prompt} ({'; '.join(why)})", place)


def _why(each: Beside) -> str:
    if each.sealed.outcome == "could_not_assess":
        return f"{each.sealed.person_name} could not assess it"
    reason = REASON_NAMES[each.reason].lower()
    return f"{each.sealed.person_name} did not ask: {reason}"


def _recommendations(
    ratings: Sequence[Beside], recommended: Sequence[Recommending], role: Role
) -> Iterable[AgendaItem]:
    for each in recommended:
        if each.confidence == "low":
            words = RECOMMENDATION_NAMES[each.recommendation].lower()
            sure = CONFIDENCE_NAMES["low"].lower()
            yield AgendaItem("unsure", f"{each.person_name} recommends “{words}” for {each.round_name} and is {sure}.")
    for each in recommended:
        sealed = [replace(one, events=()) for one in ratings if one.scorecard_id == each.scorecard_id]
        own = score_sheet(sealed, role)  # what they wrote with the recommendation, whatever was reconciled since
        if own.sealed_mean is None:
            continue
        low = own.sealed_mean < LINE - NEAR or bool(own.must_haves_below)
        if (each.recommendation in POSITIVE) == low:
            words = RECOMMENDATION_NAMES[each.recommendation].lower()
            told = f"a must-have below {LINE:g}" if own.must_haves_below else f"a mean of {own.sealed_mean:.1f}"
            yield AgendaItem(
                "against_own", f"{each.person_name} recommends “{words}” for {each.round_name} with {told} in their "
                "own ratings."
            )  # fmt: skip
