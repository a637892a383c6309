"""What was published, as it was, and what changed from version to version."""

from collections.abc import Mapping

from markupsafe import Markup

from panel.actions import plans
from panel.actions.plans import PlanView
from panel.domain.plan_difference import differences
from panel.domain.plans import PublishedPlan
from panel.domain.publishing import leaked, outdated
from panel.domain.questions import BankQuestion
from panel.domain.text import listed
from panel.store.plans import PlanVersion
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count, when


def versions(view: PlanView, names: Mapping[str, str], questions: dict[str, BankQuestion], *, manages: bool) -> None:
    frame.section("Published versions", "frozen; interviews keep the version they were made from")
    if not view.versions:
        frame.empty("Nothing is published yet.", "Mend what stands under “To do before publishing”, then publish.")
        return
    newest = view.versions[0]
    _news(newest, questions)
    if manages:
        _what_publishing_changes(view, newest)
    older: list[PlanVersion | None] = [*view.versions[1:], None]
    for version, before in zip(view.versions, older, strict=True):
        who = names.get(version.published_by, "somebody who left")
        frame.html(
            Markup("<details><summary>Version {}, {}, by {}</summary>{}{}</details>").format(
                version.number,
                when(version.published_at),
                who,
                _changes(before.published, version.published) if before else Markup(""),
                _text(version.published),
            )
        )


def _news(newest: PlanVersion, questions: dict[str, BankQuestion]) -> None:
    newer = outdated(newest.published, questions)
    if newer:
        frame.quiet(
            f"{count(len(newer), 'question')} of version {newest.number} "
            f"{'has a newer version' if len(newer) == 1 else 'have newer versions'} in the bank: "
            + listed([f"“{each.question.prompt}”" for each in newer])
            + ". Take them over in the question sets, then publish the next version."
        )
    known = leaked(newest.published, questions)
    if known:
        frame.html(
            Markup("<p>Candidates may know {} of version {}: {}</p>").format(
                count(len(known), "question"),
                newest.number,
                listed([f"“{each.question.prompt}”" for each in known])
                + ". Take them out of the question sets, then publish the next version.",
            )
        )


def _what_publishing_changes(view: PlanView, newest: PlanVersion) -> None:
    """The draft against the newest version, so that nobody publishes blindly."""
    here = visitor()
    draft = plans.as_published(here.workspace, by=here.person, plan_id=view.id)
    changed = differences(newest.published, draft) if draft else []
    if changed:
        frame.html(Markup("<p><b>The draft against version {}</b></p>{}").format(newest.number, _list(changed)))
        frame.quiet("Interviews that were made from an earlier version keep it.")


def _changes(old: PublishedPlan, new: PublishedPlan) -> Markup:
    changed = differences(old, new)
    return Markup("<p><b>What changed</b></p>{}").format(_list(changed)) if changed else Markup("")


def _list(sentences: list[str]) -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(each) for each in sentences)
    return Markup('<ul class="changes">{}</ul>').format(lines)


def _text(published: PublishedPlan) -> Markup:
    return Markup("").join(
        Markup("<p><b>{}</b></p><ol>{}</ol>").format(
            each.name,
            Markup("").join(
                Markup('<li>{} <span class="quiet">{}, {}</span></li>').format(
                    item.question.prompt, item.asked_by, item.rubric.name
                )
                for item in each.items()
            ),
        )
        for each in published.rounds
    )
