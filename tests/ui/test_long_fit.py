"""A long calculation beside the page: done at once, watched, cancelled, failed, abandoned, done again."""

import threading
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from panel.ui import resources
from panel.ui.components.long_fit import Fit
from tests.ui.slow_work import GATES, Gate

SOON = 10  # seconds; a slow machine is no failure


def page(name: str, key: str, work: str = "counted", abandoned_after: float = 20.0) -> None:
    import streamlit as st  # noqa: PLC0415  # the function is run as a script of its own

    from panel.ui.components.long_fit import long_fit  # noqa: PLC0415
    from tests.ui import slow_work  # noqa: PLC0415

    key = st.session_state.get("key", key)
    found = long_fit(
        name, key, lambda report: getattr(slow_work, work)(name, key, report), abandoned_after=abandoned_after
    )
    if found is not None:
        st.write(f"Found: {found}")
    st.write("What stands below.")


def texts(app: AppTest) -> str:
    assert not app.exception
    return " ".join(each.value for each in app.markdown) + " ".join(str(each.value) for each in app.get("html"))


def buttons(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


@pytest.fixture
def gate(request: pytest.FixtureRequest) -> Iterator[Gate]:
    gate = GATES[request.node.name] = Gate()
    yield gate
    gate.open.set()  # what still runs ends, and gives its turn to the next test


def opened(request: pytest.FixtureRequest, key: str = "one", **how: object) -> AppTest:
    return AppTest.from_function(page, kwargs={"name": request.node.name, "key": key, **how}, default_timeout=20)


def at(app: AppTest, key: str) -> str:
    """The texts of the page when it wants the result for another key."""
    app.session_state["key"] = key
    return texts(app.run())


def fit_of(app: AppTest, request: pytest.FixtureRequest, key: str = "one") -> Fit:
    fit: Fit = app.session_state["fits"][request.node.name][key]
    return fit


def test_what_is_over_in_a_moment_is_simply_there(gate: Gate, request: pytest.FixtureRequest) -> None:
    gate.open.set()
    app = opened(request).run()
    assert "Found: forty-two of one" in texts(app)
    assert buttons(app) == []


def test_what_takes_longer_says_what_it_does_until_it_is_there(gate: Gate, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    assert "Step " in texts(app)
    assert "Found" not in texts(app)
    assert "What stands below." in texts(app)
    assert buttons(app) == ["Cancel"]
    gate.open.set()
    assert "Found: forty-two of one" in texts(app.run())
    assert gate.begun == ["one"]


def test_it_is_cancelled_and_calculated_again(gate: Gate, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    app.button[0].click().run()
    assert "The calculation was cancelled." in texts(app)
    assert buttons(app) == ["Calculate again"]
    gate.open.set()
    app.button[0].click().run()
    assert "Found: forty-two of one" in texts(app)


def test_one_that_waits_for_another_says_so_and_is_cancelled_at_once(
    gate: Gate, request: pytest.FixtureRequest
) -> None:
    turn = resources.turn_to_fit()
    with turn:
        app = opened(request).run()
        assert "Waiting for another calculation" in texts(app)
        app.button[0].click().run()
        assert "The calculation was cancelled." in texts(app)
    assert gate.begun == []
    gate.open.set()
    app.button[0].click().run()
    assert "Found: forty-two of one" in texts(app)


def test_one_that_waits_begins_when_the_other_is_over(gate: Gate, request: pytest.FixtureRequest) -> None:
    gate.open.set()
    with resources.turn_to_fit():
        app = opened(request).run()
        assert gate.begun == []
    assert "Found: forty-two of one" in texts(app.run())


def test_work_that_fails_is_logged_and_said_in_a_sentence_and_can_be_tried_again(
    gate: Gate, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    app = opened(request, work="failing").run()
    assert "This could not be calculated." in texts(app)
    assert "What stands below." in texts(app)
    assert buttons(app) == ["Calculate again"]
    assert [str(each.exc_info[1]) for each in caplog.records if each.exc_info] == ["the work itself took too long"]
    gate.open.set()
    app.button[0].click().run()
    assert "Found: forty-two of one" in texts(app)


def test_a_closed_tab_ends_its_calculation_and_one_that_comes_back_begins_it_anew(
    gate: Gate, request: pytest.FixtureRequest
) -> None:
    app = opened(request, abandoned_after=1.0).run()
    fit = fit_of(app, request)
    assert fit.over.wait(SOON)
    assert fit.ended == "abandoned"
    gate.open.set()
    assert "Found: forty-two of one" in texts(app.run())
    assert gate.begun == ["one", "one"]


def test_a_closed_tab_waits_for_no_turn(gate: Gate, request: pytest.FixtureRequest) -> None:
    with resources.turn_to_fit():
        fit = fit_of(opened(request, abandoned_after=1.0).run(), request)
        assert fit.over.wait(SOON)
    assert (fit.ended, gate.begun) == ("abandoned", [])


def test_another_key_stops_the_fit_of_the_older_one(gate: Gate, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    older = fit_of(app, request)
    assert "Step " in at(app, "two")
    assert older.over.wait(SOON)
    assert older.ended == "cancelled"
    gate.open.set()
    assert "Found: forty-two of two" in texts(app.run())
    assert "Found: forty-two of one" in at(app, "one")
    assert gate.begun == ["one", "two", "one"]


def test_going_back_and_forth_calculates_each_once(gate: Gate, request: pytest.FixtureRequest) -> None:
    gate.open.set()
    app = opened(request)
    for key in ("A", "B", "A", "B", "A"):
        assert f"Found: forty-two of {key}" in at(app, key)
    assert gate.begun == ["A", "B"]


def test_a_tab_keeps_its_four_latest_results(gate: Gate, request: pytest.FixtureRequest) -> None:
    gate.open.set()
    app = opened(request)
    for key in "ABCDAE":
        at(app, key)
    assert list(app.session_state["fits"][request.node.name]) == ["C", "D", "A", "E"]
    at(app, "A")
    at(app, "B")
    assert gate.begun == ["A", "B", "C", "D", "E", "B"]


def test_the_thread_of_a_calculation_does_not_keep_the_process_from_ending(
    gate: Gate, request: pytest.FixtureRequest
) -> None:
    opened(request).run()
    assert [each.daemon for each in threading.enumerate() if each.name == "fit"] == [True]
