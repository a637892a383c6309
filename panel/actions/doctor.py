"""What is set up, what is not, and what to do about it. Looks only; changes nothing."""

import importlib.metadata
import platform
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement

from panel.content import read_content
from panel.errors import MailError, StorageError
from panel.mail import a_message, send
from panel.settings import ROOT, Settings
from panel.store.glance import Glance, glance, has_demo, holder_of

OLDEST_PYTHON = (3, 11)
USUAL_PORT = 8501


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing, and what to do when it is not as it should be."""

    good: bool
    text: str
    advice: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which a person would put things right."""
    return [*_programs(), *_content(settings), *_database(settings), *_demo(settings), *_mail(settings), *_reach()]


def try_mail(settings: Settings, to: str) -> Finding:
    """Send a test mail, and say what happened."""
    if settings.smtp is None:
        return Finding(False, "No test mail was sent, because no mail server is set up.", "Set PANEL_SMTP.")
    text = f"This is a test mail of Panel at {settings.address}. Reminders of open scorecards come the same way.\n"
    try:
        send(settings.smtp, a_message(sender=settings.mail_from, to=to, subject="A test mail of Panel", text=text))
    except MailError as error:
        return Finding(False, f"The test mail was not sent. {error}", "Put that right, then try once more.")
    return Finding(True, f"{settings.smtp.place} took the test mail for {to}. If it does not arrive, look among spam.")


def _programs() -> Iterator[Finding]:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        yield Finding(False, f"Python {version} is too old.", f"Install Python {wanted} or newer.")
    else:
        yield Finding(True, f"Python {version}.")
    requirements = list(_requirements())
    wanting = [sentence for each in requirements if (sentence := _shortcoming(each))]
    if wanting:
        yield Finding(False, "Packages: " + "; ".join(wanting) + ".", "Run: pip install -r requirements.txt")
    else:
        yield Finding(True, f"All {len(requirements)} packages of requirements.txt are installed.")


def _requirements() -> Iterator[Requirement]:
    file = ROOT / "requirements.txt"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        try:
            requirement = Requirement(line.partition("#")[0].strip())
        except InvalidRequirement:
            continue  # a blank line or an option of pip
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement


def _shortcoming(requirement: Requirement) -> str:
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{requirement.name} is missing"
    fits = requirement.specifier.contains(version, prereleases=True)
    return "" if fits else f"{requirement.name} {version} is installed, but {requirement.specifier} is needed"


def _content(settings: Settings) -> Iterator[Finding]:
    content = read_content(settings.content)
    questions = sum(len(each.questions) for each in content.question_files)
    advice = "Correct the file; until then what it says is not brought in."
    for error in content.errors:
        yield Finding(False, error, advice)
    text = f"{questions} questions in {len(content.question_files)} categories and {len(content.rubrics)} rubrics"
    if questions and content.rubrics:
        yield Finding(True, f"{text} can be read in {settings.content}.")
    else:
        yield Finding(False, f"Only {text} in {settings.content}.", "Set PANEL_CONTENT to where the files are.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        found = glance(settings)
    except StorageError as error:
        holder = holder_of(error)
        if holder is None:
            yield Finding(False, str(error), "See PANEL_DATABASE in the README.")
        else:
            yield Finding(True, f"The app is running: process {holder} has {settings.database} open.")
            yield Finding(True, "Accounts are not counted while the app runs.")
        return
    if found is None:
        place = "PostgreSQL" if settings.is_postgresql else settings.database
        yield Finding(False, f"There is no data in {place} yet.", "Run: python -m panel serve, and open the page.")
        return
    yield from _state(found)


def _state(found: Glance) -> Iterator[Finding]:
    if found.steps > found.known_steps:
        text = f"The database {found.place} was made by a newer version of this program."
        yield Finding(False, text, "Start the newer version.")
        return
    if found.steps < found.known_steps:
        yield Finding(
            True, f"The database {found.place} is from an older version. The next start brings it up to date."
        )
        return
    yield Finding(True, f"The database {found.place} can be opened and is up to date.")
    administrators = f"{found.administrators} administrator{'s' * (found.administrators != 1)}"
    if found.people == 0:
        advice = "Run: python -m panel serve, open the page and create the first administrator."
        yield Finding(False, "Nobody has an account yet.", advice)
    elif found.administrators == 0:
        advice = "Run: python -m panel reset-link EMAIL, with the address of an administrator."
        yield Finding(False, f"{found.people} people have an account, but no administrator can sign in.", advice)
    else:
        people = "1 person has" if found.people == 1 else f"{found.people} people have"
        yield Finding(True, f"{people} an account; {administrators} can sign in.")


def _demo(settings: Settings) -> Iterator[Finding]:
    if not settings.demo:
        yield Finding(True, "The demo team is switched off (PANEL_DEMO=off).")
        return
    try:
        there = has_demo(settings)
    except StorageError:
        return  # said already
    absent = "There is no demo team; the first page or python -m panel demo makes one."
    yield Finding(True, "The demo team is there." if there else absent)


def _mail(settings: Settings) -> Iterator[Finding]:
    server = settings.smtp
    if server is None:
        yield Finding(True, "No mail server is set up (PANEL_SMTP): reminders stand in the app only.")
        return
    how = {"none": "unprotected", "starttls": "with STARTTLS", "tls": "with TLS"}[server.security]
    yield Finding(
        True,
        f"Reminders are mailed through {server.place}, {how}, from {settings.mail_from}, with links to "
        f"{settings.address}. --mail-to ADDRESS sends a test mail.",
    )


def _reach() -> Iterator[Finding]:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex(("127.0.0.1", USUAL_PORT)) == 0
    if taken:
        yield Finding(True, f"Port {USUAL_PORT} is in use, by the app or by something else; --port chooses another.")
    else:
        yield Finding(True, f"Port {USUAL_PORT} is free.")
    yield Finding(
        True,
        "The app listens on this machine only, over http. For others, put a proxy with https in front of it "
        "that passes the Host header and websockets on.",
    )
