"""Texts shared by the authored documents."""

import pytest
from pydantic import TypeAdapter, ValidationError

from panel.domain.text import Draft, Name, listed


@pytest.mark.parametrize(
    ("names", "said"),
    [((), ""), (("Ana",), "Ana"), (("Ana", "Bo"), "Ana and Bo"), (["Ana", "Bo", "Cy"], "Ana, Bo and Cy")],
)
def test_listed_reads_like_a_sentence(names: tuple[str, ...] | list[str], said: str) -> None:
    assert listed(names) == said


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one_newline(end: str) -> None:
    assert TypeAdapter(Draft).validate_python(f"a{end}b") == "a\nb"
    with pytest.raises(ValidationError, match="must be one line"):
        TypeAdapter(Name).validate_python(f"a{end}b")


def test_marks_of_byte_order_go_before_a_text_is_trimmed_and_measured() -> None:
    assert TypeAdapter(Draft).validate_python("\ufeff a \ufeff b \ufeff") == "a  b"
    assert TypeAdapter(Name).validate_python("\ufeff" + "x" * 120) == "x" * 120
    with pytest.raises(ValidationError, match="at least 1 character"):
        TypeAdapter(Name).validate_python("\ufeff \ufeff")


@pytest.mark.parametrize("value", [3, None, b"bytes", ["a"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Draft).validate_python(value, strict=True)
