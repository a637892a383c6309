"""How a person likes their scoring screen."""

from pydantic import BaseModel, ConfigDict


class Preferences(BaseModel):
    """`go_on` brings up the next question after a rating; `open_answers` shows reference answers unfolded."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    go_on: bool = False
    open_answers: bool = False
