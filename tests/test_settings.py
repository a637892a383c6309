"""What the environment may say about mail, and the sentence for what it may not."""

import pytest

from panel.errors import InputError
from panel.settings import MailServer, read_settings

WHO = {"PANEL_MAIL_FROM": "panel@example.org", "PANEL_ADDRESS": "https://panel.example.org"}


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://mail.example.org", MailServer(host="mail.example.org", port=25, security="none")),
        ("smtp://[::1]:2525/", MailServer(host="::1", port=2525, security="none")),
        (
            "smtp+starttls://ana%40example.org:p%2Fq%3A%25@mail.example.org",
            MailServer(
                host="mail.example.org", port=587, security="starttls", user="ana@example.org", password="p/q:%"
            ),
        ),
        (
            "smtps://ana:secret@mail.example.org:4650",
            MailServer(host="mail.example.org", port=4650, security="tls", user="ana", password="secret"),
        ),
    ],
)
def test_a_mail_server_is_read_with_its_usual_port_and_percents_decoded(text: str, server: MailServer) -> None:
    settings = read_settings({"PANEL_SMTP": text, **WHO})
    assert (settings.smtp, settings.mail_from, settings.address) == (server, *WHO.values())


def test_without_a_mail_server_nothing_else_is_needed() -> None:
    settings = read_settings({"PANEL_ADDRESS": "http://localhost:8501/"})
    assert (settings.smtp, settings.mail_from, settings.address) == (None, "", "http://localhost:8501")


NO_PASSWORD_OR_USER = "has a user without a password, or a password without a user"
FORM = "must be smtp://host:port, smtp+starttls://user:password@host:port or smtps://user:password@host:port"
ONE_ADDRESS = "must be one email address, such as panel@example.org"
WHERE = "must be where people open the app, such as https://panel.example.org"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("PANEL_SMTP", "mail.example.org:25", FORM),
        ("PANEL_SMTP", "http://ana:s3cret@mail.example.org", FORM),
        ("PANEL_SMTP", "smtps://ana:s3cret@mail.example.org:99999", FORM),
        ("PANEL_SMTP", "smtps://ana:s3cret/x@mail.example.org", FORM),
        ("PANEL_SMTP", "smtps://ana:s3cret@:465", FORM),
        ("PANEL_SMTP", "smtps://ana:s3cret@mail.example.org/box?x=1", FORM),
        ("PANEL_SMTP", "smtps://ana@mail.example.org", NO_PASSWORD_OR_USER),
        ("PANEL_SMTP", "smtps://:s3cret@mail.example.org", NO_PASSWORD_OR_USER),
        ("PANEL_SMTP", "smtp://ana:s3cret@mail.example.org", "would send the password unprotected"),
        ("PANEL_MAIL_FROM", "Panel <panel@example.org>", ONE_ADDRESS),
        ("PANEL_MAIL_FROM", "panel@example.org\nBcc: eve@example.org", ONE_ADDRESS),
        ("PANEL_MAIL_FROM", "=?utf-8?q?a=0ABcc:eve?=@example.org", ONE_ADDRESS),
        ("PANEL_MAIL_FROM", "panel", ONE_ADDRESS),
        ("PANEL_ADDRESS", "panel.example.org", WHERE),
        ("PANEL_ADDRESS", "javascript://panel.example.org", WHERE),
        ("PANEL_ADDRESS", "https://ana:s3cret@panel.example.org", WHERE),
        ("PANEL_ADDRESS", "https://panel.example.org:port", WHERE),
        ("PANEL_ADDRESS", "https://panel.example.org/app", f"{WHERE}, with nothing after it"),
    ],
)
def test_a_wrong_value_is_named_and_never_repeated(name: str, text: str, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_settings({"PANEL_SMTP": "smtp://localhost", **WHO, name: text})
    sentence = str(refusal.value)
    assert sentence.startswith(f"The environment variable {name} cannot be used: {words}")
    assert "s3cret" not in sentence + str(refusal.value.__cause__)


@pytest.mark.parametrize("missing", sorted(WHO))
def test_a_mail_server_needs_a_sender_and_the_apps_address(missing: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_settings({"PANEL_SMTP": "smtps://ana:s3cret@mail.example.org", **WHO, missing: " "})
    assert str(refusal.value) == (
        "The environment variable PANEL_SMTP cannot be used: needs PANEL_MAIL_FROM, the address that mail comes from, "
        "and PANEL_ADDRESS, where people open the app."
    )
    assert "s3cret" not in str(refusal.value.__cause__)


def test_the_password_shows_in_no_printed_settings() -> None:
    settings = read_settings({"PANEL_SMTP": "smtps://ana:s3cret@mail.example.org", **WHO})
    assert "s3cret" not in f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
