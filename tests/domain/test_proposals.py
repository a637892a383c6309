"""How a question set goes back and forth between interviewer and manager."""

from panel.domain import proposals
from panel.domain.plans import Assignment
from tests.factories import an_assignment, planned

ONE, TWO, THREE = ((planned(key),) for key in ("one", "two", "three"))


def accepted(*questions: str) -> Assignment:
    """As a manager chose it, before its interviewer did anything."""
    return an_assignment("ana", *questions)


def test_what_was_accepted_stays_known_while_the_interviewer_changes_it() -> None:
    seat = proposals.chosen_by_interviewer(accepted("one"), TWO)
    assert (seat.state, proposals.last_accepted(seat), proposals.own_set(seat)) == ("open", ONE, TWO)
    seat = proposals.proposed(proposals.chosen_by_interviewer(seat, THREE))
    assert (seat.state, proposals.last_accepted(seat)) == ("proposed", ONE)
    back = proposals.answered(seat, accepted=False)
    assert (back.state, proposals.last_accepted(back)) == ("open", ONE)
    taken = proposals.answered(seat, accepted=True)
    assert (taken.state, proposals.last_accepted(taken), proposals.own_set(taken)) == ("accepted", THREE, THREE)


def test_coming_back_to_what_was_accepted_needs_no_new_acceptance() -> None:
    seat = proposals.chosen_by_interviewer(accepted("one"), TWO)
    assert proposals.chosen_by_interviewer(seat, ONE).state == "accepted"
    empty = proposals.chosen_by_interviewer(accepted(), ())
    assert empty.state == "open"


def test_a_managers_change_is_named_until_the_interviewer_goes_with_it_or_makes_another() -> None:
    mine = proposals.answered(proposals.proposed(an_assignment("ana", "one", state="open")), accepted=True)
    changed = proposals.chosen_by_manager(mine, TWO, manager_id="mia")
    again = proposals.chosen_by_manager(changed, THREE, manager_id="max")
    assert [(each.changed_by, each.own_questions, each.questions) for each in (changed, again)] == [
        ("mia", ONE, TWO),
        ("max", ONE, THREE),
    ]
    assert proposals.chosen_by_manager(again, ONE, manager_id="max").changed_by == ""
    for answer in (
        proposals.agreed(again),
        proposals.proposed(again),
        proposals.chosen_by_interviewer(again, TWO),
        proposals.with_interviewer(again, "bo"),
    ):
        assert answer.changed_by == ""
    assert proposals.own_set(proposals.agreed(again)) == THREE


def test_a_set_that_the_manager_chose_first_counts_as_nobodys_change() -> None:
    chosen = proposals.chosen_by_manager(accepted(), ONE, manager_id="mia")
    assert (chosen.state, chosen.changed_by) == ("accepted", "")
    assert proposals.chosen_by_manager(chosen, TWO, manager_id="mia").changed_by == ""


def test_a_proposal_becomes_the_next_interviewers_to_make_again() -> None:
    seat = proposals.with_interviewer(an_assignment("ana", "one", state="proposed"), "bo")
    assert (seat.interviewer_id, seat.state, seat.questions) == ("bo", "open", ONE)
    assert proposals.with_interviewer(accepted("one"), "bo").state == "accepted"
