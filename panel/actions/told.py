"""What actions say of who did something and why."""

from collections.abc import Mapping

from panel.errors import InputError

FILES = "files"  # the author of versions that came from question_bank/ and rubrics/
COMMAND_LINE = "command line"  # the author of what somebody on this machine did without signing in
NO_PERSON = {FILES: "the files", COMMAND_LINE: "the command line"}
LONGEST_REASON = 300


def author_name(author_id: str, names: Mapping[str, str]) -> str:
    """Who wrote something, for a reader; what no person did is said so."""
    return names.get(author_id) or NO_PERSON.get(author_id, "somebody who left")


def tidy_reason(text: str, otherwise: str = "Give the reason in at most 300 characters.") -> str:
    """One line of at most 300 characters. Raises InputError with the sentence `otherwise` when there is none."""
    reason = " ".join(text.split())
    if not reason:
        raise InputError(otherwise)
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputError(f"Give the reason as plain text of at most {LONGEST_REASON} characters.")
    return reason
