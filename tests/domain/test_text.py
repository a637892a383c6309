"""Texts shared by the authored documents."""

import pytest

from panel.domain.text import listed


@pytest.mark.parametrize(
    ("names", "said"),
    [((), ""), (("Ana",), "Ana"), (("Ana", "Bo"), "Ana and Bo"), (["Ana", "Bo", "Cy"], "Ana, Bo and Cy")],
)
def test_listed_reads_like_a_sentence(names: tuple[str, ...] | list[str], said: str) -> None:
    assert listed(names) == said
