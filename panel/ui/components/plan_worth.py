"""Expected reliability: what a plan's scores will be worth, why, and what one more interviewer or question adds."""

import hashlib

import pandas as pd
from markupsafe import Markup

from panel.actions import plan_worth
from panel.actions.plan_worth import PUBLISHED, SOURCE, PlannedRatings, PlanWorth
from panel.actions.plans import PlanView
from panel.stats.mixed_model import MixedModel, crossed_mixed_model
from panel.stats.progress import Report
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.resources import visitor
from panel.ui.words import count

TERMS = ("target", "rater", "item", "target:rater", "target:item")
MEANT = 0.80  # what is usually asked of scores that decide about one person (docs/measurement.md)
CAUSES = {
    "target:rater": "one interviewer's view of one candidate (halo)",
    "target:item": "a candidate who happens to know this question",
    "item": "questions of unequal difficulty",
    "rater:item": "an interviewer's own reading of a question",
    "residual": "what remains, chance among it",
}


def worth_section(view: PlanView) -> None:
    here = visitor()
    frame.section("Expected reliability", "what the scores of this plan will be worth, before the first interview")
    planned = plan_worth.planned_ratings(here.workspace, by=here.person, plan_id=view.id)
    if planned.now.empty:
        frame.empty("No question is planned yet.", "Choose questions for a round; what they are worth stands here.")
        return
    components, source = PUBLISHED, _published_words(planned)
    if planned.enough:
        model = long_fit("plan-worth", _digest(planned.earlier), lambda report: _fitted(planned.earlier, report))
        if model is None:
            return
        own = plan_worth.components_of(model)
        if own:
            components, source = own, _own_words(planned)
    _show(plan_worth.worth_of(planned, components), source)


def _show(found: PlanWorth, source: str) -> None:
    now = found.now
    frame.html(
        Markup('<p><span class="big-number">{:.2f}</span> {}</p>').format(
            now.adjusted,
            f"is what scores from {count(now.raters, 'interviewer')} on {count(now.items, 'question')} will be worth, "
            "with severity taken out (0 says nothing of the candidate, 1 says all)",
        )
    )
    enough = "That is enough" if now.adjusted >= MEANT else "That is less than is usually asked"
    frame.quiet(
        f"{enough} for a decision about one person ({MEANT:.2f}). As plain means, with harsh and lenient interviewers "
        f"left in, {now.absolute:.2f}. {source}"
    )
    if found.steps:
        rows = Markup("").join(
            Markup("<tr><td>{}</td><td>{:.2f}</td><td>{:+.2f}</td></tr>").format(
                step.words, step.worth.adjusted, step.worth.adjusted - now.adjusted
            )
            for step in found.steps
        )
        head = Markup("<tr><th>What would add to it</th><th>Worth then</th><th>Gain</th></tr>")
        frame.html(
            Markup(
                '<div class="table-scroll"><table class="plain-table narrow"><thead>{}</thead><tbody>{}</tbody></table>'
                "</div>"
            ).format(head, rows)
        )
    _causes(found)


def _causes(found: PlanWorth) -> None:
    error = {name: value for name, value in found.now.error.items() if value > 0}
    whole = sum(error.values())
    if not whole:
        return
    first = max(error, key=lambda name: error[name])
    frame.quiet(f"Most of what makes scores unsure is {CAUSES[first]}: {error[first] / whole:.0%} of the error.")


def _published_words(planned: PlannedRatings) -> str:
    have = (
        f"This role has ratings of {count(planned.candidates, 'candidate')} so far, and its own figures start at "
        f"{TARGETS_FOR_A_CLAIM}"
        if planned.candidates
        else "This role has no ratings yet"
    )
    shares = "candidate 28 %, candidate by interviewer 40 %, candidate by question 18 %, interviewer 9 %, question 1 %"
    return f"{have}, so the variances are those of a published study ({SOURCE}: {shares}; the rest to chance)."


def _own_words(planned: PlannedRatings) -> str:
    return (
        f"The variances are those of this role's own {len(planned.earlier):,} ratings of "
        f"{count(planned.candidates, 'candidate')} that you may see."
    )


def _fitted(table: pd.DataFrame, report: Report) -> MixedModel:
    return crossed_mixed_model(table, TERMS, report=report)


def _digest(table: pd.DataFrame) -> str:
    """The same ratings give the same model, whoever looks."""
    return hashlib.sha256(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()).hexdigest()
