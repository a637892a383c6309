"""Who uses the tool, and one predicate for each thing they may do.

A predicate answers from facts it is given; `actions` fetch the facts and call it before every read or write.
"""

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from panel.domain.text import Name
from panel.errors import InputError

Access = Literal["administrator", "manager", "interviewer"]
ACCESS_NAMES: dict[Access, str] = {
    "administrator": "Administrator",
    "manager": "Hiring manager",
    "interviewer": "Interviewer",
}
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
EMAIL = re.compile(r"^[^@\s<>,;:\"']+@[^@\s<>,;:\"']+\.[^@\s<>,;:\"']+$")
NAME: TypeAdapter[str] = TypeAdapter(Name)


class Person(BaseModel):
    """Someone with an account. `has_password` is false until an invitation has been used."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: Name
    email: str
    access: Access
    active: bool = True
    has_password: bool = False
    version: int = 1


def tidy_email(text: str) -> str:
    """Trimmed and lower case, as accounts are compared. Raises InputError."""
    email = text.strip().lower()
    if len(email) > 254 or not EMAIL.match(email) or not email.isprintable():
        raise InputError("Enter an email address, such as ana@example.org.")
    return email


def tidy_name(text: str) -> str:
    """Trimmed. Raises InputError."""
    try:
        return NAME.validate_python(text)
    except ValidationError as error:
        raise InputError("Enter a name of 1 to 120 characters, as plain text.") from error


def tidy_access(text: str) -> Access:
    for access in ACCESS_NAMES:
        if access == text:
            return access
    raise InputError("Choose an access level: administrator, hiring manager or interviewer.")


def check_password(password: str, email: str) -> None:
    """Length over composition (NIST SP 800-63B). Raises InputError saying what to change."""
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Choose a password of at least {SHORTEST_PASSWORD} characters. A short sentence works well.")
    if len(password) > LONGEST_PASSWORD:
        raise InputError(f"Choose a password of at most {LONGEST_PASSWORD} characters.")
    if len(set(password)) < 4 or password.lower() in {email, email.split("@", maxsplit=1)[0]}:
        raise InputError("That password is easy to guess. Choose one that is not your address or a repeated character.")


def may_see_names(person: Person) -> bool:
    """Who else is on the team, for pickers and to put a name beside what somebody did."""
    return person.active


def may_manage_people(person: Person) -> bool:
    return person.active and person.access == "administrator"


def may_manage_hiring(person: Person) -> bool:
    """Roles, plans, candidates and interviews."""
    return person.active and person.access in {"administrator", "manager"}


def may_bring_in_content(person: Person) -> bool:
    """Bring the files of the question bank and the rubrics into the database."""
    return may_manage_hiring(person)


def may_read_bank(person: Person) -> bool:
    return person.active


def may_write_questions(person: Person) -> bool:
    """Write a new question, or on one that is still a draft or in review, and hand it in for review."""
    return person.active


def may_review_questions(person: Person) -> bool:
    """Approve, pilot, retire, mark as leaked, change what is approved, import, and undo an import."""
    return may_manage_hiring(person)


def may_write_rubrics(person: Person) -> bool:
    """Write rubrics, activate, retire and import them."""
    return may_manage_hiring(person)


def may_assemble(person: Person, *, interviewer_id: str) -> bool:
    """Choose the questions of an assignment: its interviewer, or whoever manages the plan."""
    return person.active and (person.id == interviewer_id or may_manage_hiring(person))


def may_speak_for(person: Person, *, person_id: str) -> bool:
    """Declare a conflict of interest, say when somebody is away, and read both: for oneself, or as a manager."""
    return person.active and (person.id == person_id or may_manage_hiring(person))


def may_score(person: Person, *, interviewer_id: str) -> bool:
    """Nobody rates for another, whatever their access level."""
    return person.active and person.id == interviewer_id


def may_stop_reminders(person: Person, *, interviewer_id: str) -> bool:
    """Stop and resume the reminders of an open scorecard: its interviewer, or whoever manages hiring."""
    return person.active and (person.id == interviewer_id or may_manage_hiring(person))


def may_take_kit(person: Person, *, interviewer_id: str) -> bool:
    """Print a guide with its questions and answers: its interviewer, or whoever manages the plan."""
    return person.active and (person.id == interviewer_id or may_manage_hiring(person))


def may_brief_candidates(person: Person) -> bool:
    """Take along what is handed to a candidate: the brief and the calendar file."""
    return may_manage_hiring(person)


def may_practise(person: Person) -> bool:
    """Rate calibration exercises, and rehearse an interview with a colleague."""
    return person.active


def may_set_gold(person: Person) -> bool:
    """Write exercises, propose their gold and agree to what another lead proposed."""
    return may_manage_hiring(person)


def may_compare(person: Person) -> bool:
    return may_manage_hiring(person)


def may_see_team_calibration(person: Person) -> bool:
    return may_manage_hiring(person)


def may_read_scorecard(
    person: Person, *, interviewer_id: str, submitted: bool, on_panel: bool, owes_own: bool, waits_for_all: bool = False
) -> bool:
    """The rule of blindness, for one scorecard and one reader.

    Own scorecards are always readable. Another's is readable only once it is submitted, by the panel of that
    candidate and round and by those who manage hiring, and never by someone who still owes their own
    (`owes_own`) for the same candidate and round, whatever their access level. `waits_for_all` is true where the plan
    opens scorecards to the panel only after all have submitted, and somebody has not.
    """
    if not person.active:
        return False
    if person.id == interviewer_id:
        return True
    if not submitted or owes_own or (on_panel and waits_for_all):
        return False
    return on_panel or may_manage_hiring(person)


def may_lead_debrief(person: Person) -> bool:
    """Open a debrief, reconcile for another, write the decision down, and take the packet along."""
    return may_manage_hiring(person)


def may_join_debrief(person: Person, *, on_panel: bool) -> bool:
    """Read a candidate's debrief, once nothing of the candidate is withheld: whoever rated there, and who leads it."""
    return person.active and (on_panel or may_lead_debrief(person))


def may_reconcile(person: Person, *, rater_id: str) -> bool:
    """A value beside a sealed rating: its rater, or who leads the debrief. The sealed one stays in any case."""
    return person.active and (person.id == rater_id or may_lead_debrief(person))
