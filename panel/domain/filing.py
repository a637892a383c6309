"""Files and database hold the same documents; what differs between them, and which side changed since they agreed."""

import hashlib
import json
from typing import Literal

from pydantic import BaseModel

Kind = Literal["category", "question", "rubric"]
Standing = Literal["same", "only in files", "only in database", "files newer", "database newer", "both changed"]


def digest(document: BaseModel, place: str = "") -> str:
    """A short name for what a document says; `place` is where it stands (a question's category).

    Fields at their default do not count, so that a field which a later version of the program adds changes nothing.
    """
    body = json.dumps([document.model_dump(mode="json", exclude_defaults=True), place], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def standing(in_files: str | None, stored: str | None, agreed: str | None) -> Standing:
    """How one document stands: its digest in the files, in the database, and when both last agreed.

    A document taken out of the files stays in the database, which then alone has it. Where nothing is known of an
    agreement, a difference could come from either side, so both count as changed.
    """
    if in_files == stored:
        return "same"
    if stored is None:
        return "only in files"
    if in_files is None:
        return "only in database"
    if stored == agreed:
        return "files newer"
    if in_files == agreed:
        return "database newer"
    return "both changed"
