"""One candidate's fair average as it is now, for a decision that keeps it: it moves with every other candidate."""

from panel.actions.compare import compare
from panel.actions.fair_scores import fair_table
from panel.domain.debriefs import FairAverage
from panel.domain.people import Person
from panel.house import Workspace
from panel.stats.composites import fair_parts
from panel.stats.fair_parts import FairParts
from panel.stats.wording import TARGETS_FOR_A_CLAIM, provisional

IN_WORDS = {
    "target": "candidate", "rater": "severity", "item": "question", "target:rater": "halo", "target:item": "answer",
    "target:part": "competency of a candidate", "residual": "rest",
}  # fmt: skip


def fair_average(workspace: Workspace, *, by: Person, role_id: str, candidate_id: str) -> FairAverage | None:
    """From all ratings of the role that the reader may see; None where nothing can be estimated."""
    table = fair_table(workspace, by=by, role_id=role_id)
    if candidate_id not in set(table.long["target"]):
        return None
    fit = workspace.results.take(
        ("fair of one", table.key, candidate_id), lambda: fair_parts(table.long, [candidate_id])
    )
    if fit.not_estimable:
        return None
    chosen = compare(workspace, by=by, role_id=role_id, candidate_ids=[candidate_id]).candidates
    composite = fit.composite({each.candidate.id: each.profile.weights for each in chosen})
    if candidate_id not in composite.targets:
        return None
    low, high = composite.interval(candidate_id)
    return FairAverage(average=composite.of(candidate_id), low=low, high=high, model=_model(fit))


def _model(fit: FairParts) -> str:
    """What was fitted to what, and how much of it may be claimed."""
    terms = ", ".join(f"{IN_WORDS[each.term]} {each.variance:.3f}" for each in fit.components)
    early = f"Early: fewer than {TARGETS_FOR_A_CLAIM} candidates. " if fit.n_targets < TARGETS_FOR_A_CLAIM else ""
    return (
        f"{early or provisional(fit.n_targets).replace(': ', '. ')}Mixed model by restricted maximum likelihood of "
        f"{fit.n_ratings:,} ratings of {fit.n_targets:,} candidates by {fit.n_raters:,} interviewers on "
        f"{fit.n_items:,} questions; variances: {terms}; competencies weighed as the plan says."
    )
