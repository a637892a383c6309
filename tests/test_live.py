"""What happens right now: in one process, and between two servers on one PostgreSQL."""

import threading
from collections.abc import Iterator

import pytest

from panel import live
from panel.domain.live import Happening
from panel.house import Workspace
from panel.live import ANYTHING, Live
from panel.settings import Settings
from panel.store import channel
from panel.store.opening import open_database, remove_database
from panel.store.postgres import PostgresDatabase
from tests.patience import once

SAVED = Happening(kind="saved", interview_id="one", scorecard_id="card", question_key="why", version=3)


def here(person: str = "ana", *, tab: str = "a", at: str = "", interview: str = "one") -> Happening:
    return Happening(kind="here", interview_id=interview, person_id=person, tab=tab, question_key=at)


def gone(person: str = "ana", *, tab: str = "a") -> Happening:
    return Happening(kind="gone", interview_id="one", person_id=person, tab=tab)


@pytest.fixture
def told(workspace: Workspace) -> list[Happening]:
    """Everything that listeners of the workspace are told."""
    heard: list[Happening] = []
    workspace.live.listen(heard.append)
    return heard


class TestTelling:
    def test_who_listens_hears_it_until_they_stop(self, workspace: Workspace, told: list[Happening]) -> None:
        first: list[Happening] = []
        stop = workspace.live.listen(first.append)
        workspace.live.tell(SAVED)
        once(lambda: told == [SAVED])
        once(lambda: first == [SAVED])
        stop()
        moved = Happening(kind="moved", interview_id="two")
        workspace.live.tell(moved)
        once(lambda: told == [SAVED, moved])
        assert first == [SAVED]

    def test_one_listener_that_fails_keeps_it_from_no_other_and_from_no_teller(
        self, workspace: Workspace, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(_: Happening) -> None:
            raise RuntimeError("this page is broken")

        heard: list[Happening] = []
        workspace.live.listen(fail)
        workspace.live.listen(heard.append)
        workspace.live.tell(SAVED)
        once(lambda: heard == [SAVED])
        assert "A page could not be told of a change" in caplog.text

    @pytest.mark.parametrize(
        "text", ["{", "[]", "null", '{"kind": "hired", "interview_id": "one"}', '{"kind": "saved"}', "words"]
    )
    def test_what_another_version_of_the_program_says_is_passed_over(
        self, workspace: Workspace, told: list[Happening], text: str
    ) -> None:
        workspace.database.announce(text)
        workspace.live.tell(SAVED)
        once(lambda: told == [SAVED])
        assert workspace.live.revision == 1

    def test_facts_that_a_later_version_adds_are_passed_over(self, workspace: Workspace, told: list[Happening]) -> None:
        workspace.database.announce('{"kind": "moved", "interview_id": "one", "mood": "fine"}')
        once(lambda: told == [Happening(kind="moved", interview_id="one")])

    def test_what_may_have_been_missed_concerns_everybody(self, workspace: Workspace, told: list[Happening]) -> None:
        workspace.database.announce("")
        once(lambda: told == [ANYTHING])
        assert workspace.live.revision == 1

    def test_a_database_that_is_gone_fails_nobody_who_tells(
        self, workspace: Workspace, caplog: pytest.LogCaptureFixture
    ) -> None:
        if isinstance(workspace.database, PostgresDatabase):
            other = Live(PostgresDatabase(workspace.settings.database, "panel"))
            other._database.close()
            other.tell(SAVED)
            assert "Other pages were not told of a change" in caplog.text
        else:
            workspace.database.close()
            workspace.live.tell(SAVED)


class TestPresence:
    def test_a_person_with_two_tabs_is_where_they_went_last_and_stays_until_both_are_closed(
        self, workspace: Workspace
    ) -> None:
        steps: list[tuple[Happening, dict[str, str]]] = [
            (here(at="first"), {"ana": "first"}),
            (here(tab="b", at="second"), {"ana": "second"}),
            (here(tab="a", at="third"), {"ana": "third"}),
            (here("bo"), {"ana": "third", "bo": ""}),
            (gone(tab="a"), {"ana": "second", "bo": ""}),
            (gone(tab="b"), {"bo": ""}),
            (gone(tab="b"), {"bo": ""}),
            (gone("bo"), {}),
        ]
        workspace.live.present("one")
        for happening, expected in steps:
            workspace.live.tell(happening)
            once(lambda expected=expected: workspace.live.present("one") == expected)
        assert workspace.live._pages == {}

    def test_a_sign_of_life_is_no_news_and_does_not_bring_a_page_to_the_front(
        self, workspace: Workspace, told: list[Happening]
    ) -> None:
        for each in (here(at="first"), here(tab="b", at="second"), here(at="first"), SAVED):
            workspace.live.tell(each)
        once(lambda: SAVED in told)
        assert told == [here(at="first"), here(tab="b", at="second"), SAVED]
        assert workspace.live.revision == 3
        assert workspace.live.present("one") == {"ana": "second"}

    def test_interviews_are_apart(self, workspace: Workspace) -> None:
        workspace.live.present("one")
        workspace.live.tell(here(interview="two", at="why"))
        once(lambda: workspace.live.present("two") == {"ana": "why"})
        assert workspace.live.present("one") == {}

    def test_a_page_that_says_nothing_more_is_gone_and_forgotten_and_news_when_it_speaks_again(
        self, workspace: Workspace, told: list[Happening], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace.live.tell(here(interview="of a server that died"))
        workspace.live.tell(here(at="why"))
        once(lambda: len(told) == 2)
        monkeypatch.setattr(live, "ABSENT_AFTER", 0.0)
        assert workspace.live.present("one") == {}
        monkeypatch.undo()
        assert workspace.live.present("one") == {"ana": "why"}

        monkeypatch.setattr(live, "ABSENT_AFTER", 0.0)
        monkeypatch.setattr(live, "HEARD_EVERY", 0.0)  # silent pages are forgotten so often
        workspace.live.tell(here(at="why"))
        once(lambda: len(told) == 3)
        assert list(workspace.live._pages) == ["one"]


@pytest.fixture
def two_servers(postgresql: str) -> Iterator[tuple[Workspace, Workspace]]:
    """Two servers of the app, each with its own connections to one database."""
    settings = Settings(database=postgresql)
    opened = [Workspace("team", open_database(settings), settings) for _ in range(2)]
    yield opened[0], opened[1]
    opened[1].database.close()
    remove_database(opened[0].database)


class TestTwoServers:
    def test_what_one_tells_is_heard_on_both(self, two_servers: tuple[Workspace, Workspace]) -> None:
        heard: list[list[Happening]] = [[], []]
        for place, each in enumerate(two_servers):
            each.live.listen(heard[place].append)
        two_servers[0].live.tell(SAVED)
        once(lambda: heard == [[SAVED], [SAVED]])
        two_servers[1].live.tell(here(at="why"))
        for each in two_servers:
            once(lambda each=each: each.live.present("one") == {"ana": "why"})

    def test_a_line_that_was_cut_is_made_anew_and_everybody_looks(
        self, two_servers: tuple[Workspace, Workspace], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(channel, "AGAIN_AFTER", 0.05)
        one, other = two_servers
        heard: list[Happening] = []
        other.live.listen(heard.append)
        with one.database.read() as transaction:
            cut = transaction.rows(
                "SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()"
            )
        assert [each["done"] for each in cut] == [True]
        once(lambda: heard == [ANYTHING])
        one.live.tell(SAVED)
        once(lambda: heard == [ANYTHING, SAVED])

    def test_closing_ends_the_thread_that_listens(self, two_servers: tuple[Workspace, Workspace]) -> None:
        def listening() -> list[threading.Thread]:
            return [each for each in threading.enumerate() if each.name == "panel_live" and each.is_alive()]

        before = len(listening())
        database = open_database(two_servers[0].settings)
        database.hear(lambda _: None)
        assert len(listening()) == before + 1
        database.close()
        assert len(listening()) == before
