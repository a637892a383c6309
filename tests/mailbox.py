"""A real mail server in a thread: what it took, and how it can be made to refuse."""

import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from panel.settings import MailServer
from tests.running import free_port

USER, PASSWORD = "ana@example.org", "s3cret/=:%"


@dataclass
class Mailbox:
    """`answers` are given to the next mails instead of taking them; "close" breaks the connection off."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    signed_in: list[tuple[bytes, bytes]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            answer = self.answers.pop(0)
            if answer == "close":
                server.transport.abort()
            return answer
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients.append(envelope.rcpt_tos)
        self.secured.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox\r\n"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        self.signed_in.append((given.login, given.password))
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    def as_server(self, security: str = "none", host: str = "127.0.0.1", **changes: Any) -> MailServer:
        return MailServer.model_validate({"host": host, "port": self.port, "security": security, **changes})


@contextmanager
def mail_server(*, certificate: trustme.LeafCert | None = None, tls: bool = False, **how: Any) -> Iterator[Mailbox]:
    """A server on a free port. With a certificate it offers STARTTLS, or with `tls` speaks TLS from the start."""
    box = Mailbox(free_port())
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        how |= {"ssl_context": context} if tls else {"tls_context": context, "require_starttls": True}
        how |= {"authenticator": box.authenticate, "auth_require_tls": not tls}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=30, **how)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def authority(folder: Path) -> tuple[Path, trustme.LeafCert]:
    """A certificate for localhost, and the file with which its maker can be trusted."""
    made = trustme.CA()
    file = folder / "authority.pem"
    made.cert_pem.write_to_path(str(file))
    return file, made.issue_cert("localhost")
