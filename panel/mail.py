"""One mail, handed to the mail server that PANEL_SMTP names. What went wrong becomes a sentence without a password."""

import re
import smtplib
import ssl
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from panel.errors import MailError, MailServerUnreachable
from panel.settings import MailServer

SECONDS = 10.0  # for every answer of the server
LONGEST_SUBJECT = 200
LONGEST_ANSWER = 120
SENDER_NAME = "Panel"
JOINER = "\u2060"
TURNS_AROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")  # the direction of a whole line
LATER = "Check PANEL_SMTP and that the mail server runs."


def a_message(*, sender: str, to: str, subject: str, text: str, message_id: str = "") -> EmailMessage:
    """Plain text from the program to one person. The same `message_id` (a word) marks a mail that is sent again.

    Raises MailError for an address that no header can hold.
    """
    name, _, domain = sender.partition("@")
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(SENDER_NAME, name, domain)
        message["To"] = _address(to)
    except ValueError as error:  # email.errors.HeaderParseError is one
        raise MailError(f"The address {_one_line(to)} cannot be written to. Correct it.") from error
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{message_id}@{domain}>" if message_id else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"  # keeps replies of absent people away
    body = text.encode("utf-8", "replace").decode()
    message.set_content(body, cte=None if body.isascii() else "quoted-printable")
    return message


def send(server: MailServer, message: EmailMessage) -> None:
    """Raises MailServerUnreachable when no mail would get through at present, MailError when this one does not."""
    connection = _connected(server, message)
    try:
        connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        answers = [answer for _, answer in error.recipients.values()]
        raise MailError(f"{server.place} refused the address {message['To']}: {_said(answers[0])}") from error
    except smtplib.SMTPSenderRefused as error:
        raise MailError(f"{server.place} refused mail from {message['From']}: {_said(error.smtp_error)}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError(f"{server.place} cannot send to the address {message['To']}.") from error
    except smtplib.SMTPResponseException as error:
        raise MailError(f"{server.place} refused the mail: {_said(error.smtp_error)}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerUnreachable(f"The connection to {server.place} broke off. {LATER}") from error
    finally:
        with suppress(smtplib.SMTPException, OSError):  # how a server says goodbye changes nothing of what it took
            connection.quit()


def _connected(server: MailServer, message: EmailMessage) -> smtplib.SMTP:
    """A connection that has shown its certificate and taken the password, where there are any."""
    own_name = message["From"].addresses[0].domain  # else the library asks the resolver, which may take long
    try:
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, own_name, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, own_name, timeout=SECONDS)
    except ssl.SSLError as error:
        raise MailServerUnreachable(_distrusted(server, error)) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise MailServerUnreachable(f"The mail server {server.place} does not answer. {LATER}") from error
    try:
        _let_in(server, connection)
    except MailServerUnreachable:
        connection.close()
        raise
    return connection


def _let_in(server: MailServer, connection: smtplib.SMTP) -> None:
    try:
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password.get_secret_value())
    except ssl.SSLError as error:
        raise MailServerUnreachable(_distrusted(server, error)) from error
    except smtplib.SMTPAuthenticationError:
        # from None: a server may repeat in its answer what it was sent
        raise MailServerUnreachable(f"{server.place} refused the user and password in PANEL_SMTP.") from None
    except smtplib.SMTPNotSupportedError as error:
        what = "STARTTLS; use smtps:// if it has TLS" if server.security == "starttls" else "a sign-in by password"
        raise MailServerUnreachable(f"{server.place} does not offer {what}. Correct PANEL_SMTP.") from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise MailServerUnreachable(f"The connection to {server.place} broke off. {LATER}") from error


def _distrusted(server: MailServer, error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The certificate of {server.place} is not trusted: {error.verify_message}. Nothing was sent. Use the name "
            "the certificate was made for; SSL_CERT_FILE can name a file with an authority of your own."
        )
    return f"{server.place} does not speak TLS at this port. Use smtp+starttls:// there, or another port."


def _address(text: str) -> Address:
    name, _, domain = text.rpartition("@")
    if not name or "=?" in text or not text.isprintable():
        raise ValueError("a header would read it as something else")
    return Address(username=name, domain=domain)


def _one_line(text: str) -> str:
    """Text for a header. What looks like an encoded word is kept apart: it would be decoded, line breaks included."""
    forward = TURNS_AROUND.sub("", text)
    without_breaks = "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in forward)
    tidy = " ".join(without_breaks.encode("utf-8", "replace").decode().split())
    shortened = tidy if len(tidy) <= LONGEST_SUBJECT else f"{tidy[: LONGEST_SUBJECT - 1]}…"
    return shortened.replace("=?", f"={JOINER}?")


def _said(answer: object) -> str:
    """What the server answered, as one short line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    line = _one_line(text)
    return line if len(line) <= LONGEST_ANSWER else f"{line[: LONGEST_ANSWER - 1]}…"
