"""Live scoring, on both engines: Ana, Bo and Mia sit in the panel round with three questions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import scoring
from panel.domain.scorecards import LONGEST_NOTE, Rating
from panel.errors import InputError, NotAllowed, NotFound, PanelError, Sealed, Stale
from panel.house import House, Workspace
from panel.store import scorecards as stored_scorecards
from panel.store.database import Row
from tests.factories import MONDAY, Call, Team, a_team, audited, outcomes, taking_a_person

QUESTION = "what-ana-asks"
HOSTILE = '\'; DROP TABLE rating; --\n"x" <script>alert(1)</script> =cmd() %s ? \\ 🧪 ' + "long " * 1900


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def save(team: Team, who: str = "Ana", *, question: str = QUESTION, seen: int = 0, **what: Any) -> Rating:
    return scoring.save_rating(
        team.workspace, by=team.people[who], scorecard_id=team.card(who).id, question_key=question, seen_version=seen,
        **what,
    )  # fmt: skip


def card_of(team: Team, who: str = "Ana") -> scoring.ScorecardView:
    return scoring.scorecard(team.workspace, by=team.people[who], scorecard_id=team.card(who).id)


def events(team: Team, who: str = "Ana") -> list[tuple[Any, ...]]:
    what = ("actor_id", "question_key", "outcome", "level", "note", "version")
    return [tuple(each[key] for key in what) for each in stored_events(team, who)]


def stored_events(team: Team, who: str = "Ana") -> list[Row]:
    with team.workspace.database.read() as transaction:
        return stored_scorecards.events_of_scorecard(transaction, team.card(who).id)


def test_today_shows_own_interviews_and_how_far_their_scorecards_are(team: Team) -> None:
    save(team, outcome="rated", level=4)
    save(team, question="what-bo-asks", outcome="not_asked")
    save(team, question="what-mia-asks", note="only a note so far")

    separate, panel = sorted(scoring.my_agenda(team.workspace, by=team.people["Ana"]), key=lambda each: each.minutes)
    shared = {"candidate_name": "Priya", "candidate_about": "", "plan_title": "Onsite", "role_name": "Engineer"}
    assert panel == scoring.Agenda(
        scorecard_id=team.card("Ana").id, round_name="Panel", sitting="panel", starts_at=MONDAY, minutes=60,
        answered=2, questions=3, submitted=False, with_whom=("Bo", "Mia"), **shared,
    )  # fmt: skip
    assert separate == scoring.Agenda(
        scorecard_id=team.card("Ana", round_name="Separate").id, round_name="Separate", sitting="separate",
        starts_at=MONDAY, minutes=30, answered=0, questions=1, submitted=False, with_whom=(), **shared,
    )  # fmt: skip
    assert scoring.my_agenda(team.workspace, by=team.people["Tom"]) == []


def test_a_cancelled_interview_leaves_today(team: Team) -> None:
    team.cancel("Max")
    assert [each.round_name for each in scoring.my_agenda(team.workspace, by=team.people["Ana"])] == ["Separate"]


def test_a_scorecard_comes_with_its_guide_own_question_first(team: Team) -> None:
    view = card_of(team, "Bo")
    assert [(item.question.key, item.asked_by) for item in view.guide.items] == [
        ("what-bo-asks", "Bo"), ("what-ana-asks", "Ana"), ("what-mia-asks", "Mia"),
    ]  # fmt: skip
    assert (view.person_name, view.role_name, view.candidate.name, view.round.name, view.colleagues, view.ratings) == (
        "Bo", "Engineer", "Priya", "Panel", ("Ana", "Mia"), {},
    )  # fmt: skip


def test_a_rating_changes_what_is_given_and_keeps_the_rest(team: Team) -> None:
    first = save(team, outcome="rated", level=4)
    second = save(team, seen=1, note="spoke of cross-validation")
    third = save(team, seen=2, probes_asked=(1, 0, 1, 7, -1))
    last = save(team, seen=3, outcome="could_not_assess")

    assert (first.outcome, first.level, first.note, first.probes_asked, first.version) == ("rated", 4, "", (), 1)
    assert second == first.model_copy(
        update={"note": "spoke of cross-validation", "version": 2, "updated_at": second.updated_at}
    )
    assert third.probes_asked == (0, 1)  # in order, once, and only probes there are
    assert (last.outcome, last.level, last.note, last.probes_asked, last.version) == (
        "could_not_assess", None, "spoke of cross-validation", (0, 1), 4,
    )  # fmt: skip
    assert card_of(team).ratings == {QUESTION: last}


def test_every_save_leaves_an_event_with_who_what_and_when(team: Team) -> None:
    saved = [save(team, outcome="rated", level=2), save(team, seen=1, level=5, outcome="rated", note="corrected")]

    ana = team.people["Ana"].id
    assert events(team) == [(ana, QUESTION, "rated", 2, "", 1), (ana, QUESTION, "rated", 5, "corrected", 2)]
    assert [each["happened_at"] for each in stored_events(team)] == [each.updated_at for each in saved]


def test_a_saved_rating_is_there_for_the_next_process(house: House, team: Team) -> None:
    saved = save(team, outcome="rated", level=3, note=HOSTILE)
    card = team.card("Ana").id
    if not house.settings.is_postgresql:
        house.close()  # a file is open in one process only
    again = House(house.settings)
    view = scoring.scorecard(again.team, by=team.people["Ana"], scorecard_id=card)
    again.close()
    assert view.ratings == {QUESTION: saved}
    assert view.ratings[QUESTION].note == HOSTILE


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"outcome": "rated", "level": 0}, "Choose a level from 1 to 5."),
        ({"outcome": "rated", "level": 6}, "Choose a level from 1 to 5."),
        ({"outcome": "rated"}, "Choose a level from 1 to 5."),
        ({"outcome": "not_asked", "level": 3}, "“Not asked” and “could not assess” have no level."),
        ({"outcome": "could_not_assess", "level": 1}, "“Not asked” and “could not assess” have no level."),
        ({"outcome": "open", "level": 1}, "“Not asked” and “could not assess” have no level."),
        (
            {"note": "x" * (LONGEST_NOTE + 1)},
            "Keep a note under 10,000 characters; this one has 10,001. It was not saved.",
        ),
    ],
)
def test_what_a_rubric_does_not_have_is_refused_and_nothing_is_written(
    team: Team, what: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputError) as refusal:
        save(team, **what)
    assert str(refusal.value) == sentence
    assert (card_of(team).ratings, events(team)) == ({}, [])


def test_control_and_direction_characters_leave_a_note_and_everything_else_stays(team: Team) -> None:
    assert save(team, note="a\x00b\x1f\tc\nd\u202e 🧪").note == "ab\tc\nd 🧪"


def test_a_question_of_another_round_is_no_part_of_the_scorecard(team: Team) -> None:
    with pytest.raises(NotFound, match="This question is not part of this interview"):
        save(team, question="ana-alone", outcome="rated", level=3)


class TestStaleTabs:
    def test_an_older_tab_is_told_and_the_newer_value_stays(self, team: Team) -> None:
        save(team, outcome="rated", level=2)
        newer = save(team, seen=1, outcome="rated", level=5)
        for seen in (0, 1, 3):
            with pytest.raises(Stale, match="was changed in another tab or window"):
                save(team, seen=seen, outcome="rated", level=1, note="old tab")
        assert card_of(team).ratings == {QUESTION: newer}
        assert [each[-1] for each in events(team)] == [1, 2]

    def test_an_older_tab_does_not_overwrite_the_end_of_a_scorecard(self, team: Team) -> None:
        card = team.card("Ana")
        tab = {"by": team.people["Ana"], "scorecard_id": card.id, "seen_version": card.version}
        saved = scoring.save_closing(team.workspace, **tab, recommendation="no", summary="Not yet.")
        with pytest.raises(Stale, match="was changed in another tab"):
            scoring.save_closing(team.workspace, **tab, recommendation="yes", summary="")
        assert team.card("Ana") == saved

    def test_a_tab_that_missed_a_change_of_the_end_cannot_submit(self, team: Team) -> None:
        before = team.fill("Ana")
        scoring.save_closing(
            team.workspace, by=team.people["Ana"], scorecard_id=before.id, seen_version=before.version,
            recommendation="no", summary="Changed my mind.",
        )  # fmt: skip
        with pytest.raises(Stale, match="Look at it once more, then submit"):
            scoring.submit(team.workspace, by=team.people["Ana"], scorecard_id=before.id, seen_version=before.version)
        assert team.card("Ana").state == "draft"

    @pytest.mark.parametrize("seen", [0, 1])
    def test_of_threads_saving_the_same_rating_exactly_one_wins(self, team: Team, seen: int) -> None:
        if seen:
            save(team, outcome="rated", level=1)
        card, ana = team.card("Ana").id, team.people["Ana"]

        def attempt(number: int) -> str:
            try:
                scoring.save_rating(
                    team.workspace, by=ana, scorecard_id=card, question_key=QUESTION, seen_version=seen,
                    outcome="rated", level=number % 5 + 1, note=f"thread {number}",
                )  # fmt: skip
            except Stale:
                return ""
            return f"thread {number}"

        with ThreadPoolExecutor(8) as pool:
            won = [each for each in pool.map(attempt, range(8)) if each]
        rating = card_of(team).ratings[QUESTION]
        assert won == [rating.note]
        assert rating.version == seen + 1
        assert [each[-2:] for each in events(team)][seen:] == [(rating.note, seen + 1)]

    def test_clearing_an_answer_and_submitting_at_once_never_both_happen(self, team: Team) -> None:
        sealed = team.fill("Ana")
        ana = team.people["Ana"]

        def clear() -> object:
            return save(team, seen=1, outcome="open")

        def submit() -> object:
            return scoring.submit(team.workspace, by=ana, scorecard_id=sealed.id, seen_version=sealed.version)

        def attempt(call: Any) -> str:
            try:
                call()
            except (Sealed, InputError) as error:
                return type(error).__name__
            return "done"

        with ThreadPoolExecutor(2) as pool:
            cleared, submitted = pool.map(attempt, (clear, submit))
        assert (cleared, submitted) in {("done", "InputError"), ("Sealed", "done")}
        assert (card_of(team).missing == []) == (submitted == "done")


class TestSubmitting:
    def test_a_draft_says_what_it_lacks(self, team: Team) -> None:
        save(team, question="what-bo-asks", outcome="not_asked")
        card = team.card("Ana")
        with pytest.raises(InputError) as refusal:
            scoring.submit(team.workspace, by=team.people["Ana"], scorecard_id=card.id, seen_version=card.version)
        assert str(refusal.value) == (
            "Questions 1, 3: choose a level, “not asked” or “could not assess”. Choose a recommendation."
        )
        assert team.card("Ana") == card

    def test_submitting_seals_what_was_written(self, team: Team) -> None:
        draft = team.fill("Ana", summary=HOSTILE, recommendation="strong_yes")
        sealed = team.submit("Ana")

        assert sealed == draft.model_copy(
            update={"state": "submitted", "version": draft.version + 1, "submitted_at": sealed.submitted_at}
        )
        assert sealed.submitted_at
        assert (sealed.recommendation, sealed.summary) == ("strong_yes", HOSTILE)
        assert team.card("Ana") == sealed

    def test_not_asked_and_could_not_assess_are_answers(self, team: Team) -> None:
        save(team, outcome="not_asked")
        save(team, question="what-bo-asks", outcome="could_not_assess")
        save(team, question="what-mia-asks", outcome="not_asked")
        card = team.card("Ana")
        closed = scoring.save_closing(
            team.workspace, by=team.people["Ana"], scorecard_id=card.id, seen_version=card.version,
            recommendation="no", summary="",
        )  # fmt: skip
        assert card_of(team).missing == []
        sealed = scoring.submit(
            team.workspace, by=team.people["Ana"], scorecard_id=card.id, seen_version=closed.version
        )
        assert sealed.is_submitted

    @pytest.mark.parametrize("why", ["submitted", "cancelled"])
    def test_a_sealed_scorecard_refuses_every_write(self, team: Team, why: str) -> None:
        team.fill("Ana", note="as it was")
        sealed = team.submit("Ana") if why == "submitted" else team.card("Ana")
        if why == "cancelled":
            team.cancel("Max")
        ana = {"by": team.people["Ana"], "scorecard_id": sealed.id}
        before = scoring.scorecard(team.workspace, **ana)

        for seen in (0, 1, 2):
            with pytest.raises(Sealed):
                scoring.save_rating(
                    team.workspace, **ana, question_key=QUESTION, seen_version=seen, outcome="rated", level=1
                )
            with pytest.raises(Sealed):
                scoring.save_rating(team.workspace, **ana, question_key=QUESTION, seen_version=seen, note="later")
        with pytest.raises(Sealed):
            scoring.save_closing(
                team.workspace, **ana, seen_version=sealed.version, recommendation="no", summary="later"
            )
        with pytest.raises(Sealed):
            scoring.submit(team.workspace, **ana, seen_version=sealed.version)
        after = scoring.scorecard(team.workspace, **ana)
        assert (after.scorecard, after.ratings) == (before.scorecard, before.ratings)

    def test_of_several_submissions_at_once_one_seals(self, team: Team) -> None:
        draft = team.fill("Ana")

        def attempt(_: int) -> str:
            try:
                scoring.submit(team.workspace, by=team.people["Ana"], scorecard_id=draft.id, seen_version=draft.version)
            except PanelError as error:
                return type(error).__name__
            return "sealed"

        with ThreadPoolExecutor(6) as pool:
            found = sorted(pool.map(attempt, range(6)))
        assert found == ["Sealed"] * 5 + ["sealed"]
        what = [each[1] for each in audited(team.workspace, "scorecard", draft.id)]
        assert what == ["save_closing", "submit_scorecard"]

    def test_the_end_and_the_submission_are_on_record_before_and_after(self, team: Team) -> None:
        card = team.fill("Ana", summary="Clear thinker.", recommendation="yes")
        team.submit("Ana")
        ana = team.people["Ana"].id
        empty = {"state": "draft", "recommendation": None, "summary": ""}
        written = {"state": "draft", "recommendation": "yes", "summary": "Clear thinker."}
        assert audited(team.workspace, "scorecard", card.id) == [
            (ana, "save_closing", empty, written),
            (ana, "submit_scorecard", written, written | {"state": "submitted"}),
        ]


def _fresh_card(team: Team, *, filled: bool = False) -> str:
    """Ana's scorecard of one more candidate, untouched by earlier callers."""
    candidate = team.add_candidate("Another")
    if filled:
        team.fill("Ana", candidate=candidate)
    return team.card("Ana", candidate=candidate).id


def test_managers_are_told_whose_scorecards_they_wait_for(team: Team) -> None:
    team.hand_in("Ana")
    team.fill("Bo")
    team.cancel("Max", round_name="Separate")

    def waiting(minutes: int) -> list[scoring.Missing]:
        return scoring.missing_scorecards(
            team.workspace, by=team.people["Max"], before=MONDAY + timedelta(minutes=minutes)
        )

    assert waiting(0) == []  # it begins just now
    late = sorted(waiting(1), key=lambda each: each.person_name)
    assert late == [scoring.Missing(team.people[name].id, name, "Priya", "Panel", MONDAY) for name in ("Bo", "Mia")]
    team.submit("Bo")
    assert [each.person_name for each in waiting(1)] == ["Mia"]


MANAGERS = {
    "Ada": "yes", "Max": "yes", "Ana": "NotAllowed", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
NOBODY_ELSE = {
    "Ada": "NotAllowed", "Max": "NotAllowed", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "my_agenda": (
        lambda team, by: scoring.my_agenda(team.workspace, by=by),
        dict.fromkeys(NOBODY_ELSE, "yes") | {"deactivated": "NotAllowed"},
    ),
    "missing_scorecards": (
        lambda team, by: scoring.missing_scorecards(team.workspace, by=by, before=MONDAY),
        MANAGERS,
    ),
    "scorecard": (
        lambda team, by: scoring.scorecard(team.workspace, by=by, scorecard_id=_fresh_card(team)),
        NOBODY_ELSE,
    ),
    "panel_scorecards": (
        lambda team, by: scoring.panel_scorecards(team.workspace, by=by, scorecard_id=_fresh_card(team)),
        NOBODY_ELSE,
    ),
    "save_rating": (
        lambda team, by: scoring.save_rating(
            team.workspace, by=by, scorecard_id=_fresh_card(team), question_key=QUESTION, seen_version=0, note="x"
        ),
        NOBODY_ELSE,
    ),
    "save_closing": (
        lambda team, by: scoring.save_closing(
            team.workspace, by=by, scorecard_id=_fresh_card(team), seen_version=1, recommendation="no", summary=""
        ),
        NOBODY_ELSE,
    ),
    "submit": (
        lambda team, by: scoring.submit(
            team.workspace, by=by, scorecard_id=_fresh_card(team, filled=True), seen_version=2
        ),
        NOBODY_ELSE,
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(scoring)


@pytest.mark.parametrize("action", ACCESS)
def test_nobody_rates_or_reads_a_draft_for_another_whatever_their_access_level(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_scorecard_that_is_not_there_is_not_found(team: Team) -> None:
    for call in (scoring.scorecard, scoring.panel_scorecards):
        with pytest.raises(NotFound, match="This scorecard does not exist"):
            call(team.workspace, by=team.people["Ana"], scorecard_id="nothing")
    with pytest.raises(NotFound, match="This scorecard does not exist"):
        scoring.submit(team.workspace, by=team.people["Ana"], scorecard_id="nothing", seen_version=1)


def test_colleagues_read_each_other_after_submitting(team: Team) -> None:
    team.hand_in("Ana", levels=2, note="Ana heard this")
    team.hand_in("Bo", levels=4, note="Bo heard that")
    found = scoring.panel_scorecards(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id)

    (bo,) = found
    assert (bo.person_name, bo.scorecard) == ("Bo", team.card("Bo"))
    assert [(rating.level, rating.note) for rating in bo.ratings.values()] == [(4, "Bo heard that")] * 3
    with pytest.raises(NotAllowed):
        scoring.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Mia").id)
