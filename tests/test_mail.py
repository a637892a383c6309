"""One mail, against a real mail server: what arrives, what is refused and in which words, and never a password."""

import logging
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from panel import mail
from panel.errors import MailError, MailServerUnreachable
from panel.mail import a_message, send
from panel.settings import MailServer
from tests.mailbox import PASSWORD, USER, Mailbox, authority, mail_server
from tests.running import free_port

SECURE = {"user": USER, "password": PASSWORD}


def a_mail(**changes: str) -> EmailMessage:
    facts = {"sender": "panel@example.org", "to": "bo@example.org", "subject": "A subject", "text": "A text.\n"}
    return a_message(**{**facts, **changes})


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


def test_a_mail_arrives_as_it_was_written(box: Mailbox) -> None:
    text = "Hello Zoë,\n\n.a line that begins with a dot\nمرحبا\n" + "x" * 2_000 + "\n"
    send(box.as_server(), a_mail(subject="Scorecard for Zoë Łukasz", text=text, message_id="reminder-1"))
    (taken,) = box.taken
    assert {name: value for name, value in taken.items() if name not in ("Date", "X-Peer")} == {
        "From": "Panel <panel@example.org>",
        "To": "bo@example.org",
        "Subject": "Scorecard for Zoë Łukasz",
        "Message-ID": "<reminder-1@example.org>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    sent_at = parsedate_to_datetime(taken["Date"])
    assert abs(datetime.now(UTC) - sent_at) < timedelta(minutes=5)
    assert (taken.get_content().replace("\r\n", "\n"), box.recipients) == (text, [["bo@example.org"]])


JOINER = "\u2060"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bo\r\nBcc: eve@example.org\r\n\r\nAll is lost", "Bo Bcc: eve@example.org All is lost"),
        ("=?utf-8?q?a=0ABcc:_eve=40example.org?= hi", f"={JOINER}?utf-8?q?a=0ABcc:_eve=40example.org?= hi"),
        ("=?utf-8?b?QmNjOiBldmU=?=", f"={JOINER}?utf-8?b?QmNjOiBldmU={JOINER}?="),
        ("\u202eevil \u2028 line", "evil line"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("half a character \ud800", "half a character ?"),
        ("x" * 5_000, "x" * 199 + "…"),
    ],
    ids=["line breaks", "encoded line break", "encoded word", "turned around", "right to left", "half", "long"],
)
def test_a_hostile_subject_stays_one_subject(box: Mailbox, name: str, shown: str) -> None:
    send(box.as_server(), a_mail(subject=name, text=f"{name}\n"))
    (taken,) = box.taken
    assert (taken["Subject"], taken["Bcc"], box.recipients) == (shown, None, [["bo@example.org"]])
    assert taken.get_content().splitlines() == name.encode("utf-8", "replace").decode().splitlines()


@pytest.mark.parametrize(
    "address", ["", "bo", "bo@example.org\nBcc: eve@example.org", "=?utf-8?q?bo=0ABcc:_eve?=@example.org"]
)
def test_an_address_that_no_header_can_hold_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(MailError, match=r"cannot be written to\. Correct it\."):
        a_mail(to=address)


def test_what_the_server_refuses_is_said_in_its_words(box: Mailbox) -> None:
    def refusal(**changes: str) -> str:
        with pytest.raises(MailError) as refused:
            send(box.as_server(), a_mail(**changes))
        assert not isinstance(refused.value, MailServerUnreachable)
        return str(refused.value)

    box.answers = ["451 try again in an hour", "554 " + "no " * 100]
    assert refusal() == f"127.0.0.1:{box.port} refused the mail: try again in an hour"
    assert refusal() == f"127.0.0.1:{box.port} refused the mail: {('no ' * 100)[:119]}…"
    assert refusal(to="nobody@example.org") == (
        f"127.0.0.1:{box.port} refused the address nobody@example.org: no such mailbox"
    )
    assert box.taken == []


def test_an_address_beyond_ascii_goes_where_the_server_knows_it() -> None:
    with mail_server(enable_SMTPUTF8=True) as knowing:
        send(knowing.as_server(), a_mail(to="zoë@example.org"))
        assert knowing.recipients == [["zoë@example.org"]]
    with mail_server(enable_SMTPUTF8=False) as old, pytest.raises(MailError, match="cannot send to the address zoë@"):
        send(old.as_server(), a_mail(to="zoë@example.org"))


# ---- servers that cannot be used ----------------------------------------------------------------------------------


def unreachable(server: MailServer) -> str:
    with pytest.raises(MailServerUnreachable) as refused:
        send(server, a_mail())
    assert PASSWORD not in str(refused.value)
    return str(refused.value)


def test_a_server_that_is_gone_breaks_off_or_is_unknown_is_said() -> None:
    nobody = MailServer(host="127.0.0.1", port=free_port(), security="none")
    assert unreachable(nobody) == (
        f"The mail server {nobody.place} does not answer. Check PANEL_SMTP and that the mail server runs."
    )
    assert unreachable(MailServer(host="no.such.invalid", port=25, security="none")).startswith(
        "The mail server no.such.invalid:25 does not answer."
    )
    with mail_server() as box:
        box.answers = ["close"]
        assert unreachable(box.as_server()).startswith(f"The connection to 127.0.0.1:{box.port} broke off.")


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        accepted: list[socket.socket] = []
        listener = threading.Thread(target=lambda: accepted.append(silent.accept()[0]))
        listener.start()
        assert "does not answer" in unreachable(MailServer(host="127.0.0.1", port=port, security="none"))
        listener.join()
        accepted[0].close()


@pytest.mark.parametrize(("security", "tls"), [("starttls", False), ("tls", True)])
def test_a_self_made_certificate_is_refused_until_its_maker_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str, tls: bool
) -> None:
    file, certificate = authority(tmp_path)
    with mail_server(certificate=certificate, tls=tls) as box:
        sentence = unreachable(box.as_server(security, "localhost", **SECURE))
        assert sentence.startswith(f"The certificate of localhost:{box.port} is not trusted: ")
        assert (box.signed_in, box.taken) == ([], [])

        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        send(box.as_server(security, "localhost", **SECURE), a_mail())
        assert [each["Subject"] for each in box.taken] == ["A subject"]
        assert (box.signed_in, box.secured) == ([(USER.encode(), PASSWORD.encode())], [True])

        other_name = unreachable(box.as_server(security, "127.0.0.1", **SECURE))
        assert other_name.startswith(f"The certificate of 127.0.0.1:{box.port} is not trusted: ")
        assert len(box.signed_in) == 1


def test_a_wrong_password_is_said_and_repeated_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file, certificate = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with mail_server(certificate=certificate) as box, caplog.at_level(logging.DEBUG):
        server = box.as_server("starttls", "localhost", user=USER, password="wr0ng")
        with pytest.raises(MailServerUnreachable) as refused:
            send(server, a_mail())
        assert str(refused.value) == f"localhost:{box.port} refused the user and password in PANEL_SMTP."
        assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)
        assert (box.signed_in[0], box.taken) == ((USER.encode(), b"wr0ng"), [])
    assert "wr0ng" not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("panel"))


def test_no_password_leaves_without_the_protection_that_was_asked_for(box: Mailbox) -> None:
    sentence = unreachable(box.as_server("starttls", **SECURE))
    assert sentence == (
        f"127.0.0.1:{box.port} does not offer STARTTLS; use smtps:// if it has TLS. Correct PANEL_SMTP."
    )
    sentence = unreachable(box.as_server("tls", **SECURE))
    assert sentence == (
        f"127.0.0.1:{box.port} does not speak TLS at this port. Use smtp+starttls:// there, or another port."
    )
    assert (box.signed_in, box.taken) == ([], [])
