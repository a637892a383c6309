"""Every environment variable the program reads, as one model."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from panel.errors import InputError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseModel):
    """`database` is a file path (DuckDB) or a `postgresql://` address.

    PANEL_DATABASE       where the team's data lives; default `data/panel.duckdb` beside the program
    PANEL_CONTENT        folder that holds `question_bank/` and `rubrics/`; default: the program's own
    PANEL_DEMO           `on` (default) or `off`: whether the demo team may be opened
    PANEL_SESSION_HOURS  how long a sign-in lasts without use; default 12
    """

    model_config = ConfigDict(frozen=True)

    database: str = str(ROOT / "data" / "panel.duckdb")
    content: Path = ROOT
    demo: bool = True
    session_hours: Annotated[int, Field(ge=1, le=24 * 30)] = 12

    @field_validator("demo", mode="before")
    @classmethod
    def on_or_off(cls, value: object) -> object:
        if isinstance(value, str):
            if value.strip().lower() not in {"on", "off"}:
                raise ValueError("must be on or off")
            return value.strip().lower() == "on"
        return value

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
    names["session_hours"] = "PANEL_SESSION_HOURS"
    given = {field: environment[name].strip() for field, name in names.items() if environment.get(name, "").strip()}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]
        name = names[str(problem["loc"][0])]
        reason = problem["msg"].removeprefix("Value error, ")
        raise InputError(f"The environment variable {name} cannot be used: {reason}.") from error
