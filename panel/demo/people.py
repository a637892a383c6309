"""The fictional people of the demo team, and how each interviewer judges and writes."""

from dataclasses import dataclass
from typing import Literal

from panel.domain.people import Access

Style = Literal["plain", "terse", "signs", "probes", "reasons"]


@dataclass(frozen=True)
class Manner:
    """How an interviewer rates, on the latent scale of simulation.py.

    `severity` is subtracted from every judgement. `spread` below 1 keeps levels near the middle. `halo` is the
    standard deviation of one impression that moves all ratings of a candidate together. `delay` is the usual number
    of hours until the scorecard is submitted.
    """

    severity: float
    spread: float
    halo: float
    style: Style
    delay: float


@dataclass(frozen=True)
class DemoPerson:
    name: str
    email: str
    access: Access
    manner: Manner | None = None

    @property
    def local(self) -> str:
        """The part of the email before the @, by which the other modules name a person."""
        return self.email.partition("@")[0]


def _interviewer(
    name: str, local: str, *, severity: float, spread: float, halo: float, style: Style, delay: float
) -> DemoPerson:
    manner = Manner(severity=severity, spread=spread, halo=halo, style=style, delay=delay)
    return DemoPerson(name, f"{local}@example.org", "interviewer", manner)


ADMINISTRATOR = DemoPerson("Elif Yıldırım", "elif.yildirim@example.org", "administrator")
MANAGERS = (
    DemoPerson("Marta Kovačević", "marta.kovacevic@example.org", "manager"),
    DemoPerson("Daniel Osei", "daniel.osei@example.org", "manager"),
)
INTERVIEWERS = (
    _interviewer("Amara Okafor", "amara.okafor", severity=0.05, spread=1.0, halo=0.25, style="plain", delay=3),
    _interviewer("Tomasz Zieliński", "tomasz.zielinski", severity=0.65, spread=1.0, halo=0.2, style="terse", delay=1.5),
    _interviewer("Chen Mei-Ling", "mei-ling.chen", severity=-0.1, spread=1.2, halo=0.2, style="reasons", delay=5),
    _interviewer("Rafael Quintero", "rafael.quintero", severity=-0.6, spread=0.95, halo=0.35, style="plain", delay=20),
    _interviewer("Ingrid Solberg", "ingrid.solberg", severity=0.3, spread=1.1, halo=0.15, style="probes", delay=2),
    _interviewer("Priya Raghunathan", "priya.raghunathan", severity=-0.2, spread=1.0, halo=0.3, style="signs", delay=4),
    _interviewer("Kofi Mensah", "kofi.mensah", severity=0.1, spread=0.55, halo=0.2, style="plain", delay=9),
    _interviewer("Leila Haddad", "leila.haddad", severity=0.0, spread=1.05, halo=0.75, style="reasons", delay=6),
    _interviewer("Jonas Brandt", "jonas.brandt", severity=0.5, spread=0.85, halo=0.25, style="signs", delay=14),
    _interviewer("Sofía Ibáñez", "sofia.ibanez", severity=-0.4, spread=1.1, halo=0.3, style="probes", delay=3),
    _interviewer("Hiroshi Tanabe", "hiroshi.tanabe", severity=-0.05, spread=0.7, halo=0.25, style="terse", delay=1),
    _interviewer("Niamh Gallagher", "niamh.gallagher", severity=0.2, spread=1.15, halo=0.2, style="plain", delay=7),
)
EVERYBODY = (ADMINISTRATOR, *MANAGERS, *INTERVIEWERS)
