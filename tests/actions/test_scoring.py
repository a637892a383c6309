"""Live scoring, on both engines: Ana, Bo and Mia sit in the panel round with three questions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from panel.actions import scorecard_reading, scoring
from panel.domain.scorecards import LONGEST_NOTE, Closing, Rating, Scorecard
from panel.errors import InputError, NotFound, PanelError, Sealed, Stale
from panel.house import House, Workspace
from panel.store.database import Row
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person
from tests.rating_events import events_of

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


def card_of(team: Team, who: str = "Ana") -> scorecard_reading.ScorecardView:
    return scorecard_reading.scorecard(team.workspace, by=team.people[who], scorecard_id=team.card(who).id)


def events(team: Team, who: str = "Ana") -> list[tuple[Any, ...]]:
    what = ("actor_id", "question_key", "outcome", "level", "reason", "note", "reworded", "version")
    return [tuple(each[key] for key in what) for each in stored_events(team, who)]


def close(team: Team, seen: Closing, who: str = "Ana", **changed: Any) -> Scorecard:
    """Change parts of the end that a tab shows (`seen`)."""
    return scoring.save_closing(
        team.workspace, by=team.people[who], scorecard_id=team.card(who).id, seen=seen,
        new=seen.model_copy(update=changed),
    )  # fmt: skip


def seal(team: Team, seen: Closing, who: str = "Ana") -> Scorecard:
    return scoring.submit(team.workspace, by=team.people[who], scorecard_id=team.card(who).id, seen=seen)


def audit_of(team: Team, who: str = "Ana") -> list[str]:
    return [each[1] for each in audited(team.workspace, "scorecard", team.card(who).id)]


def stored_events(team: Team, who: str = "Ana") -> list[Row]:
    return stored_events_of(team, team.card(who).id)


def stored_events_of(team: Team, card: str) -> list[Row]:
    with team.workspace.database.read() as transaction:
        return events_of(transaction, card)


def test_a_rating_changes_what_is_given_and_keeps_the_rest(team: Team) -> None:
    first = save(team, outcome="rated", level=4)
    second = save(team, seen=1, note="spoke of cross-validation")
    third = save(team, seen=2, probes_asked=(1, 0, 1, 7, -1))
    fourth = save(team, seen=3, reworded=True)
    last = save(team, seen=4, outcome="not_asked", reason="covered")

    assert (first.outcome, first.level, first.note, first.probes_asked, first.version) == ("rated", 4, "", (), 1)
    assert second == first.model_copy(
        update={"note": "spoke of cross-validation", "version": 2, "updated_at": second.updated_at}
    )
    assert third.probes_asked == (0, 1)  # in order, once, and only probes there are
    assert fourth == third.model_copy(update={"reworded": True, "version": 4, "updated_at": fourth.updated_at})
    assert last == fourth.model_copy(
        update={"outcome": "not_asked", "level": None, "reason": "covered", "version": 5, "updated_at": last.updated_at}
    )
    assert card_of(team).ratings == {QUESTION: last}
    assert save(team, seen=5, outcome="could_not_assess").reason == ""  # an answer takes the reason of the last along


def test_every_save_leaves_an_event_with_who_what_and_when(team: Team) -> None:
    saved = [
        save(team, outcome="rated", level=2),
        save(team, seen=1, level=5, outcome="rated", note="corrected"),
        save(team, seen=2, outcome="not_asked", reason="time", reworded=True),
    ]

    ana = team.people["Ana"].id
    assert events(team) == [
        (ana, QUESTION, "rated", 2, "", "", False, 1), (ana, QUESTION, "rated", 5, "", "corrected", False, 2),
        (ana, QUESTION, "not_asked", None, "time", "corrected", True, 3),
    ]  # fmt: skip
    assert [each["happened_at"] for each in stored_events(team)] == [each.updated_at for each in saved]


def test_a_saved_rating_is_there_for_the_next_process(house: House, team: Team) -> None:
    saved = save(team, outcome="rated", level=3, note=HOSTILE)
    card = team.card("Ana").id
    if not house.settings.is_postgresql:
        house.close()  # a file is open in one process only
    again = House(house.settings)
    view = scorecard_reading.scorecard(again.team, by=team.people["Ana"], scorecard_id=card)
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
        ({"outcome": "rated", "level": 3, "reason": "time"}, "Only a question that was not asked has a reason for it."),
        (
            {"outcome": "could_not_assess", "reason": "covered"},
            "Only a question that was not asked has a reason for it.",
        ),
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

    def test_what_another_tab_left_alone_is_changed_beside_what_it_changed(self, team: Team) -> None:
        """A tab of version 0 and one of version 1: each changes another part."""
        save(team, outcome="rated", level=2)
        save(team, seen=1, note="from the first tab")
        save(team, seen=0, probes_asked=(1,))
        both = save(team, seen=1, outcome="rated", level=4)
        assert (both.level, both.note, both.probes_asked, both.version) == (4, "from the first tab", (1,), 4)
        with pytest.raises(Stale):
            save(team, seen=1, reworded=True, note="from the second tab")
        assert card_of(team).ratings == {QUESTION: both}

    def test_what_another_tab_changed_and_took_back_is_not_changed_unseen(self, team: Team) -> None:
        """A change whose answer was lost is sent again after another tab has undone it."""
        save(team, note="first thought")
        undone = save(team, seen=1, note="")
        with pytest.raises(Stale):
            save(team, note="first thought")
        assert card_of(team).ratings == {QUESTION: undone}
        assert save(team, outcome="rated", level=3).version == 3  # nobody touched the level meanwhile

    def test_level_reason_and_answer_are_one_part(self, team: Team) -> None:
        save(team, outcome="not_asked", reason="time")
        covered = save(team, seen=1, outcome="not_asked", reason="covered")
        for change in ({"outcome": "not_asked", "reason": "not_fitting"}, {"outcome": "rated", "level": 3}):
            with pytest.raises(Stale):
                save(team, seen=1, **change)
        assert card_of(team).ratings == {QUESTION: covered}

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
        assert [(each[-3], each[-1]) for each in events(team)][seen:] == [(rating.note, seen + 1)]

    def test_clearing_an_answer_and_submitting_at_once_never_both_happen(self, team: Team) -> None:
        draft = team.fill("Ana")

        def clear() -> object:
            return save(team, seen=1, outcome="open")

        def submit() -> object:
            return seal(team, draft.closing)

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


class TestSentTwice:
    """The page sends a change again until it is answered, so everything may arrive twice."""

    @pytest.mark.parametrize(
        "change",
        [
            {"outcome": "rated", "level": 4},
            {"outcome": "not_asked", "reason": "not_fitting"},
            {"note": "Drew the two curves.\x00"},
            {"probes_asked": (1, 0, 1)},
            {"reworded": True},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_change_that_is_there_writes_nothing_and_leaves_no_event(
        self, team: Team, change: dict[str, Any]
    ) -> None:
        before = save(team, outcome="rated", level=2)
        first = save(team, seen=1, **change)
        for seen in (1, 2):
            assert save(team, seen=seen, **change) == first
        assert card_of(team).ratings == {QUESTION: first}
        assert [(each["version"], each["happened_at"]) for each in stored_events(team)] == [
            (1, before.updated_at), (2, first.updated_at),
        ]  # fmt: skip

    def test_nothing_at_all_is_no_change(self, team: Team) -> None:
        assert save(team) == Rating(question_key=QUESTION)
        assert save(team, outcome="open", note="", probes_asked=(7,), reworded=False) == Rating(question_key=QUESTION)
        assert (card_of(team).ratings, events(team)) == ({}, [])

    def test_the_same_end_is_written_once(self, team: Team) -> None:
        what = {"recommendation": "yes", "confidence": "medium", "summary": "Not yet.\x00"}
        first = close(team, Closing(), **what)
        assert first.closing == Closing(recommendation="yes", confidence="medium", summary="Not yet.")
        for seen in (Closing(), first.closing):
            assert close(team, seen, **what) == first
        assert (first.version, team.card("Ana"), audit_of(team)) == (2, first, ["save_closing"])

    def test_a_second_submission_is_told_that_the_first_sealed(self, team: Team) -> None:
        draft = team.fill("Ana")
        sealed = seal(team, draft.closing)
        with pytest.raises(Sealed, match="This scorecard has been submitted and no longer changes"):
            seal(team, draft.closing)
        assert (team.card("Ana"), audit_of(team)) == (sealed, ["save_closing", "submit_scorecard"])


class TestTwoTabsOfTheEnd:
    def test_each_part_that_only_one_of_them_changed_is_kept(self, team: Team) -> None:
        shown = Closing()
        close(team, shown, recommendation="no")
        close(team, shown, summary="Not yet.")
        last = close(team, shown, confidence="low")
        assert last.closing == Closing(recommendation="no", confidence="low", summary="Not yet.")
        assert last.version == 4

    @pytest.mark.parametrize(
        ("part", "first", "second"),
        [("recommendation", "no", "yes"), ("confidence", "low", "high"), ("summary", "Not yet.", "By all means.")],
    )
    def test_a_part_that_both_changed_stays_and_takes_nothing_of_the_second_along(
        self, team: Team, part: str, first: str, second: str
    ) -> None:
        saved = close(team, Closing(), **{part: first})
        others = {"recommendation": "strong_no", "confidence": "medium", "summary": "Else."} | {part: second}
        with pytest.raises(Stale, match="The end of this scorecard was changed in another tab"):
            close(team, Closing(), **others)
        assert (team.card("Ana"), audit_of(team)) == (saved, ["save_closing"])

    def test_both_may_have_changed_it_to_the_same(self, team: Team) -> None:
        close(team, Closing(), recommendation="no")
        saved = close(team, Closing(), recommendation="no", confidence="high")
        assert saved.closing == Closing(recommendation="no", confidence="high")

    def test_a_tab_that_missed_a_change_of_the_end_cannot_submit(self, team: Team) -> None:
        shown = team.fill("Ana").closing
        changed = close(team, shown, confidence="low")
        with pytest.raises(Stale, match="Look at it once more, then submit"):
            seal(team, shown)
        assert team.card("Ana") == changed
        assert seal(team, changed.closing).is_submitted

    def test_ends_saved_at_once_lose_nothing(self, team: Team) -> None:
        changes: list[dict[str, Any]] = [{"recommendation": "no"}, {"confidence": "low"}, {"summary": "Not yet."}]
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda change: close(team, Closing(), **change), changes))
        last = team.card("Ana")
        assert last.closing == Closing(recommendation="no", confidence="low", summary="Not yet.")
        assert (last.version, len(audit_of(team))) == (4, 3)


class TestSubmitting:
    def test_a_draft_says_what_it_lacks(self, team: Team) -> None:
        save(team, question="what-bo-asks", outcome="not_asked")
        save(team, question="what-mia-asks", outcome="rated", level=5)
        card = team.card("Ana")
        with pytest.raises(InputError) as refusal:
            seal(team, Closing())
        assert str(refusal.value) == (
            "Question 1: choose a level, “not asked” or “could not assess”. Question 2: say why it was not asked. "
            "Question 3: the lowest or highest level needs evidence. Note what you heard. Choose a recommendation. "
            "Say how sure you are."
        )
        assert (team.card("Ana"), audit_of(team)) == (card, [])

    def test_submitting_seals_what_was_written(self, team: Team) -> None:
        draft = team.fill("Ana", summary=HOSTILE, recommendation="strong_yes")
        sealed = team.submit("Ana")

        assert sealed == draft.model_copy(
            update={"state": "submitted", "version": draft.version + 1, "submitted_at": sealed.submitted_at}
        )
        assert sealed.submitted_at
        assert (sealed.recommendation, sealed.summary) == ("strong_yes", HOSTILE)
        assert team.card("Ana") == sealed

    def test_not_asked_with_its_reason_and_could_not_assess_are_answers(self, team: Team) -> None:
        save(team, outcome="not_asked", reason="covered")
        save(team, question="what-bo-asks", outcome="could_not_assess")
        save(team, question="what-mia-asks", outcome="not_asked", reason="time")
        closed = close(team, Closing(), recommendation="no", confidence="low")
        assert card_of(team).missing == []
        assert seal(team, closed.closing).is_submitted

    @pytest.mark.parametrize(
        ("what", "mended"),
        [
            ({"outcome": "not_asked"}, {"outcome": "not_asked", "reason": "time"}),
            ({"outcome": "rated", "level": 1, "note": "+ 09:31"}, {"note": "+ 09:31 mixed up the two"}),
            ({"outcome": "rated", "level": 5, "note": ""}, {"outcome": "rated", "level": 4}),
        ],
        ids=["reason", "evidence", "no longer at an end"],
    )
    def test_each_rule_of_an_answer_stands_before_submission_and_not_before_saving(
        self, team: Team, what: dict[str, Any], mended: dict[str, Any]
    ) -> None:
        end = team.fill("Ana", note="").closing
        save(team, seen=1, **what)
        with pytest.raises(InputError, match=r"^Question 1: "):
            seal(team, end)
        save(team, seen=2, **mended)
        assert seal(team, end).is_submitted

    def test_a_recommendation_without_how_sure_it_is_does_not_go(self, team: Team) -> None:
        end = close(team, team.fill("Ana").closing, confidence=None).closing
        with pytest.raises(InputError, match=r"^Say how sure you are\.$"):
            seal(team, end)
        assert seal(team, close(team, end, confidence="low").closing).confidence == "low"

    @pytest.mark.parametrize("why", ["submitted", "cancelled"])
    def test_a_sealed_scorecard_refuses_every_write(self, team: Team, why: str) -> None:
        team.fill("Ana", note="as it was")
        sealed = team.submit("Ana") if why == "submitted" else team.card("Ana")
        if why == "cancelled":
            team.cancel("Max")
        ana = {"by": team.people["Ana"], "scorecard_id": sealed.id}
        before, written = scorecard_reading.scorecard(team.workspace, **ana), stored_events_of(team, sealed.id)

        for seen in (0, 1, 2):
            with pytest.raises(Sealed):
                scoring.save_rating(
                    team.workspace, **ana, question_key=QUESTION, seen_version=seen, outcome="rated", level=1
                )
            for change in ({"note": "later"}, {"reworded": True}, {"probes_asked": (0,)}, {"note": "as it was"}):
                with pytest.raises(Sealed):
                    scoring.save_rating(team.workspace, **ana, question_key=QUESTION, seen_version=seen, **change)
        with pytest.raises(Sealed):
            scoring.save_closing(team.workspace, **ana, seen=sealed.closing, new=Closing(summary="later"))
        with pytest.raises(Sealed):
            scoring.submit(team.workspace, **ana, seen=sealed.closing)
        after = scorecard_reading.scorecard(team.workspace, **ana)
        assert (after.scorecard, after.ratings) == (before.scorecard, before.ratings)
        assert stored_events_of(team, sealed.id) == written

    def test_of_several_submissions_at_once_one_seals(self, team: Team) -> None:
        draft = team.fill("Ana")

        def attempt(_: int) -> str:
            try:
                seal(team, draft.closing)
            except PanelError as error:
                return type(error).__name__
            return "sealed"

        with ThreadPoolExecutor(6) as pool:
            found = sorted(pool.map(attempt, range(6)))
        assert found == ["Sealed"] * 5 + ["sealed"]
        assert audit_of(team) == ["save_closing", "submit_scorecard"]

    def test_the_end_and_the_submission_are_on_record_before_and_after(self, team: Team) -> None:
        card = team.fill("Ana", summary="Clear thinker.", recommendation="yes")
        team.submit("Ana")
        ana = team.people["Ana"].id
        empty = {"state": "draft", "recommendation": None, "confidence": None, "summary": ""}
        written = {"state": "draft", "recommendation": "yes", "confidence": "high", "summary": "Clear thinker."}
        assert audited(team.workspace, "scorecard", card.id) == [
            (ana, "save_closing", empty, written),
            (ana, "submit_scorecard", written, written | {"state": "submitted"}),
        ]


FILLED = Closing(recommendation="yes", confidence="high")


def _fresh_card(team: Team, *, filled: bool = False) -> str:
    """Ana's scorecard of one more candidate, untouched by earlier callers."""
    candidate = team.add_candidate("Another")
    if filled:
        team.fill("Ana", candidate=candidate)
    return team.card("Ana", candidate=candidate).id


NOBODY_ELSE = {
    "Ada": "NotAllowed", "Max": "NotAllowed", "Ana": "yes", "Tom": "NotAllowed", "demoted": "NotAllowed",
    "deactivated": "NotAllowed",
}  # fmt: skip
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "save_rating": (
        lambda team, by: scoring.save_rating(
            team.workspace, by=by, scorecard_id=_fresh_card(team), question_key=QUESTION, seen_version=0, note="x"
        ),
        NOBODY_ELSE,
    ),
    "save_closing": (
        lambda team, by: scoring.save_closing(
            team.workspace, by=by, scorecard_id=_fresh_card(team), seen=Closing(), new=Closing(recommendation="no")
        ),
        NOBODY_ELSE,
    ),
    "submit": (
        lambda team, by: scoring.submit(
            team.workspace, by=by, scorecard_id=_fresh_card(team, filled=True), seen=FILLED
        ),
        NOBODY_ELSE,
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(scoring)


@pytest.mark.parametrize("action", ACCESS)
def test_nobody_rates_for_another_whatever_their_access_level(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_scorecard_that_is_not_there_is_not_found(team: Team) -> None:
    card: dict[str, Any] = {"by": team.people["Ana"], "scorecard_id": "nothing"}
    calls: list[Callable[[], object]] = [
        lambda: scoring.save_rating(team.workspace, **card, question_key=QUESTION, seen_version=0, note="x"),
        lambda: scoring.save_closing(team.workspace, **card, seen=Closing(), new=Closing(summary="x")),
        lambda: scoring.submit(team.workspace, **card, seen=Closing()),
    ]
    for call in calls:
        with pytest.raises(NotFound, match="This scorecard does not exist"):
            call()
