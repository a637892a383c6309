"""What the program does by itself: give the reminders that are due, by mail where a mail server is set up.

A reminder is claimed in a transaction before it is sent, so two processes on one database never both send it. A
process that dies between the two leaves a claim, which is taken up again after ten minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from panel.domain.basics import now
from panel.domain.reminders import (
    FIRST_AFTER,
    NO_MORE_AFTER,
    OpenScorecard,
    Reminder,
    State,
    letter,
    subject,
    what_is_due,
)
from panel.domain.scorecards import answered
from panel.errors import MailError, MailServerUnreachable
from panel.house import Workspace
from panel.mail import a_message, send
from panel.store import plans, reminders, scorecards
from panel.store.database import Transaction

LONGEST_INTERVIEW = timedelta(days=1)


@dataclass(frozen=True)
class Claim:
    """A reminder that this process gives. In the app alone it is given with the claim."""

    card: OpenScorecard
    reminder: Reminder
    round_name: str
    answered: int
    questions: int


@dataclass
class Round:
    """How many reminders were given, and a sentence about each mail that was not sent."""

    given: int = 0
    problems: list[str] = field(default_factory=list)


def give_due(
    workspace: Workspace, *, clock: Callable[[], datetime] = now, is_over: Callable[[], bool] = lambda: False
) -> Round:
    """Give everything that is due, one after the other, until `is_over`.

    The demo team's addresses are made up: nothing is ever sent from it. When the mail server cannot be used the round
    ends, and what is left waits for the next one.
    """
    done = Round()
    if workspace.is_demo:
        return done
    for scorecard_id in due(workspace, at=clock()):
        if is_over():
            break
        found = claim(workspace, scorecard_id=scorecard_id, at=clock())
        if found is None:
            continue
        try:
            _deliver(workspace, found)
        except MailError as error:
            settle(workspace, found, "failed")
            done.problems.append(str(error))
            if isinstance(error, MailServerUnreachable):
                break
        else:
            done.given += 1
    return done


def due(workspace: Workspace, *, at: datetime) -> list[str]:
    """The scorecards of which somebody is to be reminded now; the longest open first."""
    with workspace.database.read() as transaction:
        cards = reminders.open_scorecards(
            transaction, after=at - NO_MORE_AFTER - LONGEST_INTERVIEW, before=at - FIRST_AFTER
        )
        known = reminders.reminders_of(transaction, (each.scorecard_id for each in cards))
    return [each.scorecard_id for each in cards if what_is_due(each, known[each.scorecard_id], at)]


def claim(workspace: Workspace, *, scorecard_id: str, at: datetime) -> Claim | None:
    """Take the reminder that is due; None when it is not, or another process has it."""

    def work(transaction: Transaction) -> Claim | None:
        card = reminders.open_scorecard(transaction, scorecard_id)
        if card is None:
            return None
        found = what_is_due(card, reminders.reminders_of(transaction, [scorecard_id])[scorecard_id], at)
        if found is None:
            return None
        reminder = Reminder(
            number=found.number,
            due_at=found.due_at,
            claimed_at=at,
            state="sending" if workspace.settings.smtp else "in_app",
            tries=found.tries + 1,
        )
        reminders.keep_reminder(transaction, scorecard_id, reminder)
        version = plans.plan_versions_by_id(transaction, [card.plan_version_id])[card.plan_version_id]
        guide = version.published.guide(card.round_id, card.assignment_id)
        return Claim(
            card,
            reminder,
            version.published.round(card.round_id).name,
            answered(scorecards.ratings_of(transaction, scorecard_id)),
            len(guide.items),
        )

    return workspace.database.write(work)


def settle(workspace: Workspace, claimed: Claim, state: State) -> None:
    """Keep how the try ended, unless another process has taken the reminder up meanwhile."""
    ended = claimed.reminder.model_copy(update={"state": state})
    workspace.database.write(
        lambda transaction: reminders.settle_reminder(transaction, claimed.card.scorecard_id, ended)
    )


def _deliver(workspace: Workspace, claimed: Claim) -> None:
    settings, card = workspace.settings, claimed.card
    if claimed.reminder.is_given or settings.smtp is None:
        return
    message = a_message(
        sender=settings.mail_from,
        to=card.email,
        subject=subject(card, claimed.round_name),
        text=letter(
            card,
            round_name=claimed.round_name,
            answered=claimed.answered,
            questions=claimed.questions,
            number=claimed.reminder.number,
            address=settings.address,
        ),
        message_id=f"reminder-{card.scorecard_id}-{claimed.reminder.due_at:%Y%m%d%H%M%S}",
    )
    send(settings.smtp, message)
    settle(workspace, claimed, "sent")
