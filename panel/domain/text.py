"""Text types shared by the authored documents: trimmed, bounded, without control characters."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

# Control characters, those that turn the direction of a whole line around, and halves of a character.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
WITHOUT_SHAPE = re.compile("[\ufeff\ufffe\uffff]")  # marks of byte order and what is no character: pasted, never typed

LONGEST_PROSE = 20_000  # characters


def without_control_characters(value: str) -> str:
    """Refuse characters that no person types; tab and newline are text."""
    if CONTROL.search(value):
        raise ValueError("contains a control character; retype it as plain text")
    return value


def plain_lines(value: Any) -> Any:
    """Every kind of line end as one newline, so that a text read back from a file equals the one that was written.

    Runs before the text is trimmed and measured. What is no text is left for pydantic to refuse.
    """
    return WITHOUT_SHAPE.sub("", LINE_ENDS.sub("\n", value)) if isinstance(value, str) else value


def one_line(value: str) -> str:
    if "\n" in value:
        raise ValueError("must be one line")
    return value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
    AfterValidator(one_line),
]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1000),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
]
Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_PROSE),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
]
Remark = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
]
# Parts of a document that may still be empty while it is written.
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=120),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
    AfterValidator(one_line),
]
Draft = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_PROSE),
    BeforeValidator(plain_lines),
    AfterValidator(without_control_characters),
]


def listed(names: tuple[str, ...] | list[str]) -> str:
    """`Ana, Bo and Cy`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
