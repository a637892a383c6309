"""Calendar files: an interviewer's own interviews, and a candidate's for those who manage hiring.

What was cancelled stays in the file as cancelled, so that a calendar which has it takes it out.
"""

from panel.actions.checks import allowed, present
from panel.actions.handing_on import Sitting, candidate_sittings, own_sittings, refuse_telling
from panel.actions.sittings import sitters_of
from panel.domain.basics import now
from panel.domain.people import Person, may_brief_candidates
from panel.domain.seats import Sitter, colleagues
from panel.domain.text import listed
from panel.domain.zones import tidy_zone
from panel.errors import InputError, NotFound
from panel.exporting.calendars import Entry, Organizer, calendar_file
from panel.house import Workspace
from panel.store import audit, candidates, people, plans
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

ONLY_MANAGERS = "Only hiring managers and administrators give out a candidate's calendar."


def own_ahead(workspace: Workspace, *, by: Person) -> frozenset[str]:
    """The scorecards of the interviews that the person's calendar file would hold."""
    with workspace.database.read() as transaction:
        return frozenset(each[0]["scorecard_id"] for each in own_sittings(transaction, present(transaction, by).id))


def candidate_ahead(workspace: Workspace, *, by: Person, candidate_id: str) -> int:
    """How many interviews a candidate's calendar file would hold, cancelled ones too."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_brief_candidates, ONLY_MANAGERS)
        return len(candidate_sittings(transaction, candidate_id))


def own_calendar(workspace: Workspace, *, by: Person, zone: str, scorecard_id: str | None = None) -> bytes:
    """The person's interviews ahead, or the one of a scorecard of theirs. With names, without questions or remarks."""
    clock = tidy_zone(zone)
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        sittings = own_sittings(transaction, person.id)
        if scorecard_id is not None:
            sittings = [each for each in sittings if each[0]["scorecard_id"] == scorecard_id]
        _some(sittings)
        versions = _versions(transaction, sittings)
        sitters = sitters_of(transaction, (each[0]["interview_id"] for each in sittings))
    entries = [
        _for_interviewer(each, versions[each[0]["plan_version_id"]], sitters[each[0]["interview_id"]])
        for each in sittings
    ]
    organizer = Organizer(person.name, person.email)
    file = calendar_file(entries, name="My interviews", organizer=organizer, zone=clock, made_at=now())

    def work(transaction: Transaction) -> None:
        _on_record(transaction, present(transaction, by), "person", person.id, len(entries))

    workspace.database.write(work)
    return file


def candidate_calendar(workspace: Workspace, *, by: Person, candidate_id: str, zone: str) -> bytes:
    """A candidate's interviews ahead: when, how long and with whom."""
    clock = tidy_zone(zone)
    with workspace.database.read() as transaction:
        person = allowed(transaction, by, may_brief_candidates, ONLY_MANAGERS)
        if candidates.candidate_by_id(transaction, candidate_id) is None:
            raise NotFound("This candidate does not exist. Choose one from the list.")
        sittings = candidate_sittings(transaction, candidate_id)
        _some(sittings)
        versions = _versions(transaction, sittings)
        names = {each.id: each.name for each in people.all_people(transaction)}
    refuse_telling(
        [
            (what, text)
            for each in versions.values()
            for what, text in (
                ("The name of the role", each.published.role.name),
                *(("The name of a round", part.name) for part in each.published.rounds),
            )
        ],
        versions.values(),
    )
    entries = [_for_candidate(each, versions[each[0]["plan_version_id"]], names) for each in sittings]
    organizer = Organizer(person.name, person.email)
    file = calendar_file(entries, name="Interviews", organizer=organizer, zone=clock, made_at=now())

    def work(transaction: Transaction) -> None:
        again = allowed(transaction, by, may_brief_candidates, ONLY_MANAGERS)
        _on_record(transaction, again, "candidate", candidate_id, len(entries))

    workspace.database.write(work)
    return file


def _some(sittings: list[Sitting]) -> None:
    if not sittings:
        raise InputError("There is no interview ahead to put into a calendar.")


def _versions(transaction: Transaction, sittings: list[Sitting]) -> dict[str, PlanVersion]:
    return plans.plan_versions_by_id(transaction, (each[0]["plan_version_id"] for each in sittings))


def _for_interviewer(sitting: Sitting, version: PlanVersion, sitters: list[Sitter]) -> Entry:
    row = sitting[0]
    each = version.published.round(row["round_id"])
    guide = version.published.guide(row["round_id"], row["assignment_id"])
    others = colleagues(each, sitters, row["person_id"])
    together = f" Together with {listed(others)}." if others else ""
    shadows = any(one.shadow for one in sitters if one.person_id == row["person_id"])
    shadow = " You sit in as a shadow." if shadows else ""
    questions = f"{len(guide.items)} question{'' if len(guide.items) == 1 else 's'}"
    return _entry(
        sitting,
        title=f"Interview: {row['candidate_name']}, {each.name}",
        description=(
            f"{each.name} for {version.published.role.name}. {row['minutes']} minutes, {questions}.{together}{shadow} "
            "Your scorecard stands in Panel, under Today."
        ),
        private=True,
    )


def _for_candidate(sitting: Sitting, version: PlanVersion, names: dict[str, str]) -> Entry:
    row = sitting[0]
    each = version.published.round(row["round_id"])
    return _entry(
        sitting,
        title=f"{each.name}: {version.published.role.name}",
        description=f"{row['minutes']} minutes with {listed([names[one['person_id']] for one in sitting])}.",
        private=False,
    )


def _entry(sitting: Sitting, *, title: str, description: str, private: bool) -> Entry:
    row = sitting[0]
    return Entry(
        interview_id=row["interview_id"],
        version=int(row["version"]),
        starts_at=row["starts_at"],
        minutes=int(row["minutes"]),
        title=title,
        description=description,
        cancelled=row["state"] == "cancelled",
        private=private,
    )


def _on_record(transaction: Transaction, person: Person, subject: str, subject_id: str, interviews: int) -> None:
    audit.record(
        transaction, at=now(), actor_id=person.id, action="take_calendar", subject=subject, subject_id=subject_id,
        after={"interviews": interviews},
    )  # fmt: skip
