"""Every environment variable the program reads, as one model."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from panel.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
Security = Literal["none", "starttls", "tls"]
SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
SMTP_FORMS = "smtp://host:port, smtp+starttls://user:password@host:port or smtps://user:password@host:port"
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class MailServer(BaseModel):
    """Where mail is handed in. `user` is empty where the server asks for none."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    host: str
    port: int
    security: Security
    user: str = ""
    password: SecretStr = SecretStr("")

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


class Settings(BaseModel):
    """`database` is a file path (DuckDB) or a `postgresql://` address.

    PANEL_DATABASE       where the team's data lives; default `data/panel.duckdb` beside the program
    PANEL_CONTENT        folder that holds `question_bank/` and `rubrics/`; default: the program's own
    PANEL_DEMO           `on` (default) or `off`: whether the demo team may be opened
    PANEL_SESSION_HOURS  how long a sign-in lasts without use; default 12
    PANEL_SMTP           the mail server, as one of SMTP_FORMS; without it no mail is sent
    PANEL_MAIL_FROM      the address that mail comes from; needed with PANEL_SMTP
    PANEL_ADDRESS        where people open the app, for links in mail; needed with PANEL_SMTP
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    database: str = str(ROOT / "data" / "panel.duckdb")
    content: Path = ROOT
    demo: bool = True
    session_hours: Annotated[int, Field(ge=1, le=24 * 30)] = 12
    smtp: MailServer | None = None
    mail_from: str = ""
    address: str = ""

    @field_validator("demo", mode="before")
    @classmethod
    def on_or_off(cls, value: object) -> object:
        if isinstance(value, str):
            if value.strip().lower() not in {"on", "off"}:
                raise ValueError("must be on or off")
            return value.strip().lower() == "on"
        return value

    @field_validator("smtp", mode="before")
    @classmethod
    def mail_server(cls, value: object) -> object:
        return _mail_server(value) if isinstance(value, str) else value

    @field_validator("mail_from")
    @classmethod
    def one_address(cls, value: str) -> str:
        if value and ("=?" in value or not ADDRESS.fullmatch(value)):
            raise ValueError("must be one email address, such as panel@example.org")
        return value

    @field_validator("address")
    @classmethod
    def where_the_app_is(cls, value: str) -> str:
        return _web_address(value) if value else value

    @model_validator(mode="after")
    def whole_mail(self) -> "Settings":
        if self.smtp and not (self.mail_from and self.address):
            raise ValueError(
                "needs PANEL_MAIL_FROM, the address that mail comes from, and PANEL_ADDRESS, where people open the app"
            )
        return self

    @property
    def is_postgresql(self) -> bool:
        return self.database.startswith(("postgresql://", "postgres://"))

    @property
    def demo_database(self) -> str:
        """The demo team has a database of its own: a second file, or a second schema."""
        if self.is_postgresql:
            return self.database
        path = Path(self.database)
        return str(path.with_name(f"{path.stem}-demo{path.suffix or '.duckdb'}"))


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises InputError naming the variable that cannot be used."""
    names = {"database": "PANEL_DATABASE", "content": "PANEL_CONTENT", "demo": "PANEL_DEMO"}
    names |= {"session_hours": "PANEL_SESSION_HOURS", "smtp": "PANEL_SMTP"}
    names |= {"mail_from": "PANEL_MAIL_FROM", "address": "PANEL_ADDRESS"}
    given = {field: environment[name].strip() for field, name in names.items() if environment.get(name, "").strip()}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]
        name = names[str(problem["loc"][0])] if problem["loc"] else names["smtp"]
        reason = problem["msg"].removeprefix("Value error, ")
        raise InputError(f"The environment variable {name} cannot be used: {reason}.") from error


def _mail_server(text: str) -> MailServer:
    """Raises ValueError with words that never repeat the text: it may hold a password."""
    try:
        parts = urlsplit(text)
        security, usual_port = SCHEMES[parts.scheme]
        host, port = parts.hostname or "", parts.port or usual_port
    except (KeyError, ValueError) as error:
        raise ValueError(f"must be {SMTP_FORMS}; in user and password, write % : / ? # @ as %25 and so on") from error
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not host or not _ends_at_the_port(parts):
        raise ValueError(f"must be {SMTP_FORMS}; in user and password, write % : / ? # @ as %25 and so on")
    if bool(user) != bool(password):
        raise ValueError("has a user without a password, or a password without a user")
    if password and security == "none":
        raise ValueError("would send the password unprotected; use smtp+starttls:// or smtps://")
    return MailServer(host=host, port=port, security=security, user=user, password=SecretStr(password))


def _web_address(text: str) -> str:
    sentence = "must be where people open the app, such as https://panel.example.org"
    try:
        parts = urlsplit(text)
        named = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ValueError(sentence) from error
    if not named or "@" in parts.netloc or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(sentence)
    if not _ends_at_the_port(parts):
        raise ValueError(f"{sentence}, with nothing after it")
    return f"{parts.scheme}://{parts.netloc}"


def _ends_at_the_port(parts: SplitResult) -> bool:
    return parts.path in {"", "/"} and not parts.query and not parts.fragment
