"""A candidate's brief, for those who manage hiring to hand on. It is made of facts and names, never of questions, and
what people typed into it is compared with the questions first.
"""

from typing import Literal

from pydantic import TypeAdapter, ValidationError

from panel.actions.checks import allowed
from panel.actions.handing_on import Typed, candidate_sittings, refuse_telling
from panel.domain.basics import now
from panel.domain.people import Person, may_brief_candidates
from panel.domain.plans import InterviewGuide
from panel.domain.text import Remark
from panel.domain.zones import tidy_zone
from panel.errors import InputError, NotFound
from panel.exporting.brief import USUAL_BRING, Brief, BriefInterview
from panel.exporting.brief_forms import brief_markdown, brief_pdf, brief_text
from panel.exporting.kit import TimeSplit
from panel.exporting.typesetting import Paper
from panel.house import Workspace
from panel.store import audit, candidates, people, plans
from panel.store.database import Row, Transaction
from panel.store.plans import PlanVersion

BriefForm = Literal["pdf", "text", "markdown"]
ONLY_MANAGERS = "Only hiring managers and administrators brief candidates."
REMARK: TypeAdapter[str] = TypeAdapter(Remark)


def brief(workspace: Workspace, *, by: Person, candidate_id: str, zone: str, bring: str = USUAL_BRING) -> Brief:
    """What would be handed on: the interviews ahead in the zone's time. Raises InputError saying what to change."""
    clock, tidy = tidy_zone(zone), _tidy_bring(bring)
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_brief_candidates, ONLY_MANAGERS)
        candidate = candidates.candidate_by_id(transaction, candidate_id)
        if candidate is None:
            raise NotFound("This candidate does not exist. Choose one from the list.")
        sittings = [each for each in candidate_sittings(transaction, candidate_id) if each[0]["state"] != "cancelled"]
        if not sittings:
            raise InputError("This candidate has no interview ahead. Make one first; the brief tells of it.")
        versions = plans.plan_versions_by_id(transaction, (each[0]["plan_version_id"] for each in sittings))
        names = {each.id: each.name for each in people.all_people(transaction)}
    guides = [_guide(row, versions[row["plan_version_id"]]) for sitting in sittings for row in sitting]
    made = Brief(
        candidate_name=candidate.name,
        role_name=versions[sittings[0][0]["plan_version_id"]].published.role.name,
        interviews=tuple(_interview(each, versions[each[0]["plan_version_id"]], names) for each in sittings),
        levels=tuple(sorted({len(item.rubric.anchors) for guide in guides for item in guide.items})),
        dated=max(each.published_at for each in versions.values()),
        bring=tidy,
        zone=clock,
    )
    refuse_telling(_typed(made), versions.values())
    return made


def brief_file(
    workspace: Workspace,
    *,
    by: Person,
    candidate_id: str,
    form: BriefForm,
    zone: str,
    bring: str = USUAL_BRING,
    paper: Paper = "a4",
) -> bytes:
    """The brief as a file; that it was taken is on record."""
    made = brief(workspace, by=by, candidate_id=candidate_id, zone=zone, bring=bring)
    if form == "pdf":
        file = brief_pdf(made, paper)
    else:
        file = (brief_text(made) if form == "text" else brief_markdown(made)).encode()

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_brief_candidates, ONLY_MANAGERS)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="take_brief", subject="candidate",
            subject_id=candidate_id, after={"format": form, "interviews": len(made.interviews)},
        )  # fmt: skip

    workspace.database.write(work)
    return file


def _typed(made: Brief) -> list[Typed]:
    """What people wrote into it, each with what it is."""
    typed = [("What to bring", made.bring), ("The name of the role", made.role_name)]
    for each in made.interviews:
        typed += [("The name of a round", each.round_name), *(("A theme", theme) for theme in each.themes)]
    return typed


def _tidy_bring(bring: str) -> str:
    try:
        return REMARK.validate_python(bring)
    except ValidationError as error:
        raise InputError("Say what to bring in at most 2,000 characters of plain text.") from error


def _interview(sitting: list[Row], version: PlanVersion, names: dict[str, str]) -> BriefInterview:
    first = sitting[0]
    each = version.published.round(first["round_id"])
    themes = {item.rubric.competency for row in sitting for item in _guide(row, version).items}
    return BriefInterview(
        round_name=each.name,
        starts_at=first["starts_at"],
        minutes=int(first["minutes"]),
        with_whom=tuple(names[row["person_id"]] for row in sitting),
        themes=tuple(sorted(themes, key=str.casefold)),
        split=TimeSplit(each.opening_minutes, each.candidate_minutes),
    )


def _guide(row: Row, version: PlanVersion) -> InterviewGuide:
    return version.published.guide(row["round_id"], row["assignment_id"])
