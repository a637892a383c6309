"""Who waits for a panel in the demo team, and what decides who may sit there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from panel.demo.candidates import NEW_DATA_SCIENTISTS
from panel.demo.roles import DATA_SCIENTIST
from panel.demo.timetable import working_day
from panel.domain.availability import Absence
from panel.domain.candidates import Candidate
from panel.domain.conflicts import ConflictOfInterest
from panel.domain.training import Training, TrainingState

TRAINED = ("kofi.mensah", "leila.haddad", "mei-ling.chen", "amara.okafor", "jonas.brandt", "niamh.gallagher")
TRAINEE = "sofia.ibanez"
STATES: dict[TrainingState, tuple[str, ...]] = {"trained": TRAINED, "trainee": (TRAINEE,)}
AWAY = "niamh.gallagher"
KNOWS = ("leila.haddad", "Eszter Balogh")


@dataclass(frozen=True)
class Waiting:
    """Candidates without an interview, and what is said about those who could meet them."""

    candidates: list[Candidate] = field(default_factory=list)
    training: list[Training] = field(default_factory=list)
    conflicts: list[ConflictOfInterest] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)


def waiting(
    *, at: datetime, founded_at: datetime, role_id: str, first: int, ids: Mapping[str, str], make_id: Callable[[], str]
) -> Waiting:
    """`ids` gives people by the part of the email before the @; `first` is the number of the first candidate."""
    (subject,) = {each.training for each in DATA_SCIENTIST.plan.rounds if each.training}
    manager = ids[DATA_SCIENTIST.manager]
    coming = [
        Candidate(
            id=make_id(), name=name, email=f"candidate.{first + number:02d}@example.org", role_id=role_id, about=about
        )
        for number, (name, about) in enumerate(NEW_DATA_SCIENTISTS)
    ]
    person, known = KNOWS
    knows = ConflictOfInterest(
        id=make_id(), person_id=ids[person], candidate_id=next(each.id for each in coming if each.name == known),
        kind="knows", remark="We shared an office at university.", declared_by=manager,
        declared_at=at - timedelta(hours=20),
    )  # fmt: skip
    day = working_day((at + timedelta(days=2)).date())
    return Waiting(
        coming,
        [
            Training(person_id=ids[each], subject=subject, state=state, changed_by=manager, changed_at=founded_at)
            for state, people in STATES.items()
            for each in people
        ],
        [knows],
        [
            Absence(
                id=make_id(), person_id=ids[AWAY], first_day=day, last_day=day + timedelta(days=2), remark="Conference"
            )
        ],
    )
