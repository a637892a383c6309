"""The real server, asked without a browser: what the gate must hold when everything is put together."""

from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from panel.actions import accounts
from tests.running import RunningApp
from tests.teammates import PASSWORD


def set_up(app: RunningApp) -> str:
    """The cookie of the first administrator."""
    form = {"name": "Ana", "email": "ana@example.org", "password": PASSWORD}
    return app.ask("POST", "/setup", form, origin=app.address).cookie


def stream(app: RunningApp, **headers: str) -> int:
    """The status of the handshake of Streamlit's websocket."""
    named = {name.replace("_", "-"): value for name, value in headers.items() if name != "origin"}
    try:
        with connect(
            f"ws://{app.host}/_stcore/stream",
            origin=Origin(headers["origin"]) if "origin" in headers else None,
            additional_headers=named,
            subprotocols=[Subprotocol("streamlit")],
        ):
            return 101
    except InvalidStatus as refusal:
        return refusal.response.status_code


def _listen(socket: ClientConnection) -> None:
    while True:
        socket.recv(timeout=10)


def test_streamlit_stands_behind_the_gate(app: RunningApp) -> None:
    cookie = set_up(app)
    told = f"team:{accounts.token_hash(cookie.partition('.')[2])}"

    assert app.ask("GET", "/").status == 303
    assert app.ask("GET", "/", x_panel_session=told).status == 303
    assert app.ask("GET", "/", cookie=cookie).status == 200
    for path in ("/_stcore/host-config", "/_stcore/metrics", "/media/x.png", "/static/%2e%2e/%2e%2e/media/x"):
        assert app.ask("GET", path).status == 401
        assert app.ask("GET", path, x_panel_session=told).status == 401
    assert app.ask("GET", "/_stcore/health").status == 200

    assert stream(app, origin=app.address, cookie=cookie) == 101
    assert stream(app, origin=app.address) == 403
    assert stream(app, origin=app.address, x_panel_session=told) == 403
    assert stream(app, origin="http://evil.example", cookie=cookie) == 403
    assert stream(app, cookie=cookie) == 403

    assert app.ask("POST", "/signout", {}, origin="http://evil.example", cookie=cookie).status == 403
    assert app.ask("POST", "/signout", {}, origin=app.address, cookie=cookie).status == 303
    assert app.ask("GET", "/", cookie=cookie).status == 303
    assert stream(app, origin=app.address, cookie=cookie) == 403


def test_signing_out_closes_an_open_websocket(app: RunningApp) -> None:
    cookie = set_up(app)
    with connect(
        f"ws://{app.host}/_stcore/stream",
        origin=Origin(app.address),
        additional_headers={"cookie": cookie},
        subprotocols=[Subprotocol("streamlit")],
    ) as socket:
        app.ask("POST", "/signout", {}, origin=app.address, cookie=cookie)
        with pytest.raises(ConnectionClosedError):
            _listen(socket)
        assert (socket.close_code, socket.close_reason) == (1008, "signed out")
    assert "Traceback" not in app.log.read_text()


def test_a_page_of_ours_hears_that_it_is_signed_out_and_another_site_hears_nothing(app: RunningApp) -> None:
    set_up(app)
    with connect(f"ws://{app.host}/live?board=1", origin=Origin(app.address)) as socket:
        with pytest.raises(ConnectionClosedError):
            _listen(socket)
        assert (socket.close_code, socket.close_reason) == (1008, "sign in first")
    with pytest.raises(InvalidStatus), connect(f"ws://{app.host}/live?board=1", origin=Origin("http://evil.example")):
        pass
    assert "Traceback" not in app.log.read_text()


def test_a_second_process_on_the_same_file_says_so_and_stops(app: RunningApp) -> None:
    second = RunningApp(app.database)
    with pytest.raises(AssertionError, match="the app is already running with it"):
        second.start()
    assert second.process and second.process.returncode == 1
    assert "Traceback" not in app.log.read_text()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PANEL_DATABASE": "postgresql://panel:secret@127.0.0.1:1/panel"}, "PostgreSQL at 127.0.0.1:1/panel"),
        ({"PANEL_DEMO": "perhaps"}, "PANEL_DEMO cannot be used"),
        ({}, "cannot be opened as a database"),
    ],
)
def test_what_keeps_it_from_starting_is_said_in_one_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    (tmp_path / "panel.duckdb").write_bytes(b"not a database" * 1000)
    broken = RunningApp(tmp_path / "panel.duckdb", environment)
    with pytest.raises(AssertionError, match="did not start"):
        broken.start()
    said = broken.log.read_text()
    assert sentence in said
    assert "Traceback" not in said and "secret" not in said
    assert broken.process and broken.process.returncode == 1
