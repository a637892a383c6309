"""A long calculation beside the page: done at once, watched, cancelled, done again."""

from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.slow_work import GATES


def page(name: str, key: str) -> None:
    import streamlit as st  # noqa: PLC0415  # the function is run as a script of its own

    from panel.ui.components.long_fit import long_fit  # noqa: PLC0415
    from tests.ui.slow_work import counted  # noqa: PLC0415

    found = long_fit(name, key, lambda report: counted(name, report))
    if found is not None:
        st.write(f"Found: {found}")


def texts(app: AppTest) -> str:
    return " ".join(each.value for each in app.markdown) + " ".join(str(each.value) for each in app.get("html"))


def buttons(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


@pytest.fixture
def gate(request: pytest.FixtureRequest) -> Event:
    GATES[request.node.name] = Event()
    return GATES[request.node.name]


def opened(request: pytest.FixtureRequest, key: str = "one") -> AppTest:
    return AppTest.from_function(page, kwargs={"name": request.node.name, "key": key}, default_timeout=20)


def test_what_is_over_in_a_moment_is_simply_there(gate: Event, request: pytest.FixtureRequest) -> None:
    gate.set()
    app = opened(request).run()
    assert "Found: forty-two" in texts(app)
    assert buttons(app) == []


def test_what_takes_longer_says_what_it_does_until_it_is_there(gate: Event, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    assert "Step " in texts(app)
    assert "Found" not in texts(app)
    assert buttons(app) == ["Cancel"]
    gate.set()
    assert "Found: forty-two" in texts(app.run())


def test_it_is_cancelled_and_calculated_again(gate: Event, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    app.button[0].click().run()
    app.run()
    assert "The calculation was cancelled." in texts(app)
    assert buttons(app) == ["Calculate again"]
    gate.set()
    app.button[0].click().run()
    assert "Found: forty-two" in texts(app.run())


def test_newer_ratings_stop_the_fit_of_the_older_ones(gate: Event, request: pytest.FixtureRequest) -> None:
    app = opened(request).run()
    older = app.session_state[f"fit-{request.node.name}"]
    newer = opened(request, key="two")
    newer.session_state[f"fit-{request.node.name}"] = older
    gate.set()
    assert "Found: forty-two" in texts(newer.run())
    assert older.stop.is_set()
