"""Markdown that people wrote, made safe: nothing of it runs, fetches or turns into an icon, and code stays code."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from panel.markdown import JOINER, LONGEST, safe

COLON = f"\\:{JOINER}"
DIRECTIVE = re.compile(r":(?:[\w+-]+[:\[]|material/|streamlit/)")
CODE = {"code_inline", "code_block", "fence"}
FORMULAS = {"math_inline", "math_inline_double", "math_block"}
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>", "</b>", "<!-- x -->", "<", ">", "&lt;",
    "<br/>", "<div>\n", "\n</div>\n", "`", "``", "`a < b`", "```\n", "~~~\n", "\n```\n<i>\n```\n", "    <p>\n",
    "$", "$$", "$a<b$", "$$\nx<y\n$$", "![a](http://x/y.png)", "![", "](", ")", "[a](http://x)", "[a]: http://x\n",
    ":red[x]", ":smile:", ":material/home:", ":blue-background[x]", ":", "a:b", "http://x.example", "\n", "\n\n",
    "# ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n| <i> | `<` |\n", "|", "*", "**", "_", "\\", "\\<", "\\`",
    "\\$", " ", "  ", "\t", "word", "é", "🧪", "\r", "\0",
)  # fmt: skip
MARKDOWN = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=14).map("".join)


def parsed(text: str) -> list[Token]:
    """Every token of a text as CommonMark with tables and formulas has it, HTML included, those within lines too."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin, double_inline=True)
    tokens = parser.parse(text)
    return [*tokens, *(child for each in tokens for child in each.children or [])]


def kinds(text: str) -> set[str]:
    return {each.type for each in parsed(text)}


def contents(text: str, wanted: set[str]) -> list[str]:
    return [each.content for each in parsed(text) if each.type in wanted]


def shown_text(text: str) -> str:
    """What is text outside code and formulas, as Streamlit looks for directives in it."""
    return "\n".join(contents(text, {"text"}))


@settings(max_examples=200, deadline=None)
@given(text=MARKDOWN)
def test_no_markdown_keeps_html_images_or_directives(text: str) -> None:
    shown = safe(text)
    assert kinds(shown) & {"html_block", "html_inline", "image"} == set()
    assert DIRECTIVE.findall(shown_text(shown)) == []


@settings(max_examples=200, deadline=None)
@given(text=MARKDOWN)
def test_code_and_formulas_of_any_markdown_are_unchanged(text: str) -> None:
    if kinds(text) & {"html_block", "html_inline", "image"}:
        return  # what stands within a tag becomes text, and may then be code or a formula
    assert contents(safe(text), CODE | FORMULAS) == contents(text, CODE | FORMULAS)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("a <b>bold</b> word", "a &lt;b>bold&lt;/b> word"),
        ("<div>\n:red[x]\n</div>", f"&lt;div>\n{COLON}red[x]\n&lt;/div>"),
        ("![a picture](http://x/y.png)", "[a picture](http://x/y.png)"),
        ("![](http://x/y.png)", "[image](http://x/y.png)"),
        ("<img src=x>", "&lt;img src=x>"),
        (":red[x] :smile: :material/home: :+1: :100:", f"{COLON}red[x] {COLON}smile: {COLON}material/home: "
         f"{COLON}+1: {COLON}100:"),
        ("`<b> :red[x]` and `` ` :smile: ``", "`<b> :red[x]` and `` ` :smile: ``"),
        ("```\n<b> :red[x] ![a](b)\n```", "```\n<b> :red[x] ![a](b)\n```"),
        ("    <b> :red[x]", "    <b> :red[x]"),
        ("$a < b$ and $$x_1 : y$$", "$a < b$ and $$x_1 : y$$"),
        ("- `<li>`\n- <li>", "- `<li>`\n- &lt;li>"),
        ("| a |\n|---|\n| `<i>` <i> |", "| a |\n|---|\n| `<i>` &lt;i> |"),
        ("\r<script>a</script>", "\n&lt;script>a&lt;/script>"),
        ('<b a="\0">', '&lt;b a="\ufffd">'),
        ("x < y and y > z", "x < y and y > z"),
        ("a: b, http://x.example:8080/a", "a: b, http://x.example:8080/a"),
        ("<http://x.example>", "<http://x.example>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_written_and_what_is_shown(written: str, shown: str) -> None:
    assert safe(written) == shown


@pytest.mark.parametrize("piece", ["<b>", "`", "![", "[", "*", "> ", "- ", "<div>\n", ":a[", "$", "|a|\n"])
def test_the_longest_answer_is_made_safe_whatever_it_repeats(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    assert kinds(safe(text)) & {"html_block", "html_inline", "image"} == set()


def test_a_text_longer_than_any_answer_is_escaped_as_a_whole() -> None:
    start, rest = "<b> ![x](y) :red[z]", "a" * LONGEST
    assert safe(start + rest) == f"&lt;b> [x](y) {COLON}red[z]{rest}"


@given(text=MARKDOWN)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)
