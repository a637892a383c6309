"""Which addresses are safe to go on to after signing in."""

import pytest

from panel.web.origins import safe_next


@pytest.mark.parametrize(
    "address", ["/", "/score", "/score?card=7&x=%20#notes", "/a//b", "/%2F/evil.example", "/@evil"]
)
def test_pages_of_this_app_are_safe(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "score",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/score\r\nSet-Cookie: a=b",
        "/sc\u00f6re",
        "/" + "a" * 1001,
        "//[evil",
    ],
)
def test_everything_else_leads_to_the_first_page(address: str) -> None:
    assert safe_next(address) == "/"
