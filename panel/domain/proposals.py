"""How a question set goes back and forth between its interviewer and the manager, and what each of them compares.

An open or proposed set is the interviewer's. An accepted one is what a manager accepted or chose.
"""

from panel.domain.plans import Assignment, PlannedQuestion

Questions = tuple[PlannedQuestion, ...]


def last_accepted(seat: Assignment) -> Questions:
    """The set that a manager accepted last; empty before that."""
    return seat.questions if seat.state == "accepted" else seat.accepted_questions


def own_set(seat: Assignment) -> Questions:
    """The set as its interviewer left it last; empty while they have not chosen anything."""
    return seat.own_questions if seat.state == "accepted" else seat.questions


def chosen_by_interviewer(seat: Assignment, questions: Questions) -> Assignment:
    """The interviewer's set waits to be proposed, unless it is the very one that was accepted."""
    accepted = last_accepted(seat)
    back = bool(questions) and questions == accepted
    return _set(
        seat,
        questions=questions,
        state="accepted" if back else "open",
        accepted_questions=() if back else accepted,
        own_questions=questions,
        changed_by="",
    )


def chosen_by_manager(seat: Assignment, questions: Questions, *, manager_id: str) -> Assignment:
    """A manager's choice is accepted at once. Where it differs from the interviewer's own set, both will see how."""
    own = own_set(seat)
    return _set(
        seat,
        questions=questions,
        state="accepted" if questions else "open",
        accepted_questions=(),
        own_questions=own,
        changed_by=manager_id if own and questions != own else "",
    )


def proposed(seat: Assignment) -> Assignment:
    """Proposing a set that a manager changed makes it the interviewer's own."""
    return _set(
        seat,
        state="proposed",
        accepted_questions=last_accepted(seat),
        own_questions=seat.questions,
        changed_by="",
    )


def answered(seat: Assignment, *, accepted: bool) -> Assignment:
    """Accepted, or handed back to the interviewer with what was accepted before it still known."""
    own = own_set(seat)
    return _set(
        seat,
        state="accepted" if accepted else "open",
        accepted_questions=() if accepted else seat.accepted_questions,
        own_questions=own,
        changed_by="",
    )


def agreed(seat: Assignment) -> Assignment:
    """The interviewer has seen what a manager changed and goes with it."""
    return _set(seat, own_questions=seat.questions, changed_by="")


def with_interviewer(seat: Assignment, person_id: str) -> Assignment:
    """Somebody else takes the seat: its questions stay, and a proposal becomes theirs to make again."""
    state = "open" if seat.state == "proposed" else seat.state
    return _set(seat, interviewer_id=person_id, state=state, own_questions=(), changed_by="")


def _set(seat: Assignment, **changes: object) -> Assignment:
    return seat.model_copy(update=changes)
