"""Training: who is trained for what, and who still shadows."""

from panel.actions.checks import allowed, present
from panel.domain.basics import now
from panel.domain.people import Person, may_manage_hiring, may_speak_for
from panel.domain.training import Training, same_subject, tidy_subject, tidy_training_state
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from panel.store import audit, people, plans, training
from panel.store.database import Transaction

ONLY_MANAGERS = "Only hiring managers and administrators say who is trained for what."
MOST_SUBJECTS = 40  # of one person


def training_of(workspace: Workspace, *, by: Person, person_id: str) -> list[Training]:
    """For the person and for those who manage hiring."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        if not may_speak_for(reader, person_id=person_id):
            raise NotAllowed("You see your own training. Ask a hiring manager about that of others.")
        return [each for each in training.all_training(transaction) if each.person_id == person_id]


def all_training(workspace: Workspace, *, by: Person) -> list[Training]:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return training.all_training(transaction)


def subjects(workspace: Workspace, *, by: Person) -> list[str]:
    """What rounds ask for and what people are trained for, each once, in alphabetical order."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        known = [each.subject for each in training.all_training(transaction)]
        for stored in plans.all_plans(transaction):
            known += [each.needs_training for each in stored.plan.rounds if each.needs_training]
    return sorted({each.casefold(): each for each in reversed(known)}.values(), key=str.casefold)


def set_training(workspace: Workspace, *, by: Person, person_id: str, subject: str, seen: str, state: str) -> None:
    """`seen` and `state` are trainee, trained, or empty for none. Raises Stale when it is no longer as `seen`."""
    name = tidy_subject(subject)
    new = tidy_training_state(state) if state else ""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        about = people.person_by_id(transaction, person_id)
        if about is None:
            raise NotFound("This person has no account. Choose one from the list.")
        every = training.all_training(transaction)
        spelled = next((each.subject for each in every if same_subject(each.subject, name)), name)
        own = {each.subject: each for each in every if each.person_id == person_id}
        old = own.get(spelled)
        if (old.state if old else "") != seen:
            raise Stale(f"The training of {about.name} was changed in the meantime. Look again, then change it.")
        if new and not old and len(own) >= MOST_SUBJECTS:
            raise InputError(f"{about.name} has {MOST_SUBJECTS} trainings already. Remove one first.")
        after = None
        if new:
            after = Training(
                person_id=person_id, subject=spelled, state=tidy_training_state(new), changed_by=person.id,
                changed_at=now(),
            )  # fmt: skip
            training.save_training(transaction, after)
        else:
            training.remove_training(transaction, person_id=person_id, subject=spelled)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="set_training", subject="person", subject_id=person_id,
            before=old.model_dump() if old else None, after=after.model_dump() if after else None,
        )  # fmt: skip

    workspace.database.write(work)
