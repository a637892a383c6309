"""One's own scorecard while it may still be written on."""

from panel.actions.checks import present
from panel.actions.scorecard_reading import existing
from panel.domain.candidates import Interview
from panel.domain.people import Person, may_score
from panel.domain.scorecards import Scorecard
from panel.errors import NotAllowed, Sealed
from panel.store import candidates
from panel.store.database import Transaction

SEALED = "This scorecard has been submitted and no longer changes."
CANCELLED = "This interview was cancelled; its scorecard no longer changes. Your manager can tell you why."


def own_draft(transaction: Transaction, writer: Person, scorecard_id: str) -> tuple[Scorecard, Person]:
    """The scorecard and its interviewer, who may write on it. Raises NotFound, NotAllowed or Sealed."""
    person = present(transaction, writer)
    own = existing(transaction, scorecard_id)
    refuse_unless_writable(person, own, candidates.interview_by_id(transaction, own.interview_id))
    return own, person


def refuse_unless_writable(person: Person, own: Scorecard, interview: Interview | None) -> Interview:
    """The interview, when the person may write on its scorecard. Raises NotAllowed or Sealed."""
    if not may_score(person, interviewer_id=own.person_id):
        raise NotAllowed("Only its interviewer writes on a scorecard.")
    unless_sealed(not own.is_submitted)
    if interview is None or interview.state == "cancelled":
        raise Sealed(CANCELLED)
    return interview


def unless_sealed(open_still: bool) -> None:
    if not open_still:
        raise Sealed(SEALED)
