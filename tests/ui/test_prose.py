"""Answers as the scoring page shows them: HTML that runs nothing and fetches nothing."""

import pytest

from panel.ui.prose import LONGEST, as_html


def test_markdown_becomes_html() -> None:
    text = "Say **why**:\n\n- first\n- `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    shown = as_html(text)
    for part in ("<strong>why</strong>", "<li>first</li>", "<code>code</code>", "<td>2</td>"):
        assert part in shown


def test_a_formula_is_drawn_by_the_browser() -> None:
    shown = as_html(r"The loss is $\frac{1}{n} < x$.")
    assert "<mfrac>" in shown
    assert "&lt;" in shown
    assert "$" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)",
        "[x]( vbscript:x)",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\text{<img src=x onerror=alert(1)>}$",
        r"$\style{background:url(//evil.example)}{x}$",
        r"$\class{x\" onclick=\"alert(1)}{y}$",
        "$$<svg onload=alert(1)>$$",
        "`<script>`",
        "<" * 50,
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    shown = as_html(text)
    for sign in (
        "<script",
        "<img",
        "<svg",
        'src="',
        'onclick="',
        'href="javascript',
        'href="data',
        'href="vb',
        "style=",
        "url(//",
    ):
        assert sign not in shown.replace("<code>", ""), shown


def test_a_link_opens_beside_the_interview() -> None:
    assert 'target="_blank" rel="noopener noreferrer"' in as_html("[docs](https://example.org)")


def test_a_very_long_text_is_shown_as_it_is() -> None:
    assert as_html("<b>" + "*x* " * LONGEST).startswith("<p>&lt;b&gt;*x* *x*")
