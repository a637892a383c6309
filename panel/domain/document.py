"""What every authored document has in common: it is stored whole, never changes in place, and knows its fields."""

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
