"""`python -m panel`, in a process of its own where the exit code or the file lock matters."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from panel.actions import accounts
from panel.house import House
from panel.settings import Settings
from tests.mailbox import mail_server
from tests.running import ROOT, RunningApp, free_port
from tests.teammates import PASSWORD, administrator, invited, member

pytestmark = pytest.mark.long


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "panel.duckdb"


def panel(database: Path | str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PANEL_DATABASE": str(database), **environment}
    command = [sys.executable, "-m", "panel", *words]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False)


def test_doctor_says_what_to_do_before_the_first_start(database: Path) -> None:
    answer = panel(database, "doctor")
    assert answer.returncode == 1
    assert f"to do  There is no data in {database} yet." in answer.stdout
    assert "python -m panel serve" in answer.stdout
    assert "rubrics can be read" in answer.stdout
    assert not database.exists()


def test_doctor_is_content_with_a_team_that_can_work(database: Path, quick_passwords: None) -> None:
    house = House(Settings(database=str(database)))
    assert "to do  Nobody has an account yet." in _after_closing(house, database)

    house = House(Settings(database=str(database)))
    invited(house.team, administrator(house.team), "Ben")
    house.close()
    answer = panel(database, "doctor")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "ok     2 people have an account; 1 administrator can sign in." in answer.stdout
    assert "There is no demo team" in answer.stdout
    assert "to do" not in answer.stdout


def _after_closing(house: House, database: Path) -> str:
    house.close()
    return panel(database, "doctor").stdout


def test_doctor_names_the_process_that_has_the_file_open(app: RunningApp) -> None:
    answer = panel(app.database, "doctor")
    assert answer.returncode == 0
    assert app.process and f"The app is running: process {app.process.pid} has" in answer.stdout
    for words in (("reset-link", "ana@example.org"), ("demo", "--remove")):
        refused = panel(app.database, *words)
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1 and "the app is already running with it" in refused.stderr


def test_doctor_names_every_file_that_cannot_be_read(database: Path, tmp_path: Path) -> None:
    (tmp_path / "question_bank").mkdir()
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "question_bank" / "general.toml").write_text("category = [")
    (tmp_path / "rubrics" / "depth.toml").write_bytes(b"\xff")
    answer = panel(database, "doctor", PANEL_CONTENT=str(tmp_path))
    assert answer.returncode == 1
    assert "to do  question_bank/general.toml: is not valid TOML" in answer.stdout
    assert "to do  rubrics/depth.toml: is not UTF-8 text" in answer.stdout


@pytest.mark.parametrize("database", ["broken.duckdb", "postgresql://panel:secret@127.0.0.1:1/panel"])
def test_doctor_reports_a_database_that_cannot_be_opened(tmp_path: Path, database: str) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"not a database" * 1000)
    place = database if "://" in database else str(tmp_path / database)
    answer = panel(place, "doctor")
    assert answer.returncode == 1
    assert "to do  " in answer.stdout and "Traceback" not in answer.stderr and "secret" not in answer.stdout


def test_doctor_works_on_postgresql_while_the_app_runs(postgresql: str, quick_passwords: None) -> None:
    house = House(Settings(database=postgresql))
    try:
        administrator(house.team)
        answer = panel(postgresql, "doctor")
        assert answer.returncode == 0
        assert "1 person has an account; 1 administrator can sign in." in answer.stdout
    finally:
        house.team.database.drop()  # type: ignore[attr-defined]
        house.close()


def test_a_locked_out_administrator_gets_a_link(database: Path, quick_passwords: None) -> None:
    house = House(Settings(database=str(database)))
    member(house.team, administrator(house.team), "Ben")
    house.close()

    answer = panel(database, "reset-link", "ana@example.org", "--url", "https://panel.example.org/")
    assert answer.returncode == 0
    address, _, token = answer.stdout.strip().rpartition("/")
    assert address == "https://panel.example.org/invite"
    assert panel(database, "reset-link", "ben@example.org").returncode == 1

    house = House(Settings(database=str(database)))
    accounts.accept_invitation(house.team, token=token, password="nine loud trumpets")
    assert accounts.sign_in(house.team, email="ana@example.org", password="nine loud trumpets", address="10.0.0.1")
    assert PASSWORD not in answer.stdout
    house.close()


def test_an_unusable_variable_is_named_in_one_line(database: Path) -> None:
    answer = panel(database, "doctor", PANEL_SESSION_HOURS="soon")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The environment variable PANEL_SESSION_HOURS cannot be used")
    assert answer.stderr.count("\n") == 1


def test_doctor_says_how_mail_is_set_up_and_sends_a_test_mail(database: Path) -> None:
    with mail_server() as box:
        mail = {
            "PANEL_SMTP": f"smtp://127.0.0.1:{box.port}", "PANEL_MAIL_FROM": "panel@example.org",
            "PANEL_ADDRESS": "https://panel.example.org",
        }  # fmt: skip
        answer = panel(database, "doctor", "--mail-to", "bo@example.org", **mail)
        refused = panel(database, "doctor", "--mail-to", "nobody@example.org", **mail)
    assert (
        f"ok     Reminders are mailed through 127.0.0.1:{box.port}, unprotected, from panel@example.org, with links to "
        "https://panel.example.org. --mail-to ADDRESS sends a test mail.\n"
    ) in answer.stdout
    assert (
        f"ok     127.0.0.1:{box.port} took the test mail for bo@example.org. If it does not arrive, look among spam.\n"
    ) in answer.stdout
    (taken,) = box.taken
    assert (taken["Subject"], box.recipients) == ("A test mail of Panel", [["bo@example.org"]])
    assert (
        f"to do  The test mail was not sent. 127.0.0.1:{box.port} refused the address nobody@example.org: "
        "no such mailbox\n       Put that right, then try once more.\n"
    ) in refused.stdout


def test_doctor_without_a_mail_server_says_where_reminders_are(database: Path) -> None:
    answer = panel(database, "doctor", "--mail-to", "bo@example.org")
    assert "ok     No mail server is set up (PANEL_SMTP): reminders stand in the app only.\n" in answer.stdout
    assert "to do  No test mail was sent, because no mail server is set up.\n       Set PANEL_SMTP.\n" in answer.stdout


def test_doctor_never_says_the_mail_servers_password(database: Path) -> None:
    mail = {"PANEL_MAIL_FROM": "panel@example.org", "PANEL_ADDRESS": "https://panel.example.org"}
    for smtp in (f"smtps://ana:s3cret@127.0.0.1:{free_port()}", "smtps://ana:s3cret@127.0.0.1:port"):
        answer = panel(database, "doctor", "--mail-to", "bo@example.org", PANEL_SMTP=smtp, **mail)
        assert answer.returncode == 1
        assert "s3cret" not in answer.stdout + answer.stderr


def test_serve_starts_the_same_app(database: Path) -> None:
    port = free_port()
    environment = {**os.environ, "PANEL_DATABASE": str(database)}
    command = [sys.executable, "-m", "panel", "serve", "--port", str(port)]
    log = database.with_name("serve.log")
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    asker = RunningApp(database, port=port)
    try:
        for _ in range(300):
            try:
                assert asker.ask("GET", "/healthz").status == 200
                break
            except OSError:
                time.sleep(0.1)
        assert asker.ask("GET", "/welcome").status == 200
        assert f"Panel is ready: http://localhost:{port}" in log.read_text()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    assert "Traceback" not in log.read_text()
