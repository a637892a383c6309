"""Markdown and formulas as trees for the typesetter."""

from typing import Any

import pytest

from panel.exporting.formulas import MOST_SIGNS, formula
from panel.exporting.markdown_lines import plain, quoted
from panel.exporting.prose_tree import LONGEST, breakable, prose_tree


def text(said: str) -> dict[str, Any]:
    return {"kind": "text", "text": said}


def paragraph(*inside: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "paragraph", "inside": list(inside)}


SQUARE = {"kind": "formula", "tree": ["script", ["text", "x"], None, ["text", "2"]], "source": "x^2"}


@pytest.mark.parametrize(
    ("written", "tree"),
    [
        ("", []),
        ("one\ntwo", [paragraph(text("one"), text(" "), text("two"))]),
        ("a  \nb", [paragraph(text("a"), {"kind": "break"}, text("b"))]),
        ("# T", [{"kind": "heading", "inside": [text("T")]}]),
        ("*a* **b** `c`", [paragraph(
            {"kind": "emphasis", "inside": [text("a")]}, text(" "), {"kind": "strong", "inside": [text("b")]},
            text(" "), {"kind": "code", "text": "c"},
        )]),
        ("see $x^2$.", [paragraph(text("see "), SQUARE, text("."))]),
        ("$$\nx^2\n$$", [SQUARE]),
        ("```Python run\nx = 1\n```", [{"kind": "code", "text": "x = 1", "language": "python"}]),
        ("    x = 1", [{"kind": "code", "text": "x = 1", "language": ""}]),
        ("> q", [{"kind": "quote", "blocks": [paragraph(text("q"))]}]),
        ("---", [{"kind": "rule"}]),
        ("3. a\n4. b", [{"kind": "list", "ordered": True, "start": 3, "items": [
            [paragraph(text("a"))], [paragraph(text("b"))],
        ]}]),
        ("- a\n  - b", [{"kind": "list", "ordered": False, "start": 0, "items": [[
            paragraph(text("a")),
            {"kind": "list", "ordered": False, "start": 0, "items": [[paragraph(text("b"))]]},
        ]]}]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [{"kind": "table", "rows": [
            [[text("a")], [text("b")]], [[text("1")], [text("2")]],
        ]}]),
        ("[l](http://x.y)", [paragraph({"kind": "link", "inside": [text("l")], "to": "http://x.y"})]),
        ("<http://x.y>", [paragraph({"kind": "link", "inside": [text("http://x.y")], "to": ""})]),
        ("![alt](http://x.y/z.png) ![](u)", [paragraph(text("[alt]"), text(" "), text("[image]"))]),
    ],
)  # fmt: skip
def test_each_kind_of_markdown(written: str, tree: list[Any]) -> None:
    assert prose_tree(written) == tree


@pytest.mark.parametrize("html", ["<script>alert(1)</script>", "a <b onclick='x'>b</b>", "<!-- c -->"])
def test_raw_html_is_text(html: str) -> None:
    assert "".join(piece["text"] for block in prose_tree(html) for piece in block["inside"]) == html


@pytest.mark.parametrize("written", ["*" * 3000 + "a" + "*" * 3000, "> " * 400 + "deep", "[" * 3000, "- " * 400 + "x"])
def test_marks_within_marks_end_somewhere(written: str) -> None:
    assert depth(prose_tree(written)) < 60


def depth(tree: Any) -> int:
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + max((depth(each) for each in inside), default=0)


def test_a_text_too_long_to_parse_is_shown_as_it_is() -> None:
    assert prose_tree("*a* " * LONGEST) == [paragraph(text("*a* " * LONGEST))]


def test_long_words_may_break() -> None:
    assert breakable("w" * 90) == "w" * 40 + "\u200b" + "w" * 40 + "\u200b" + "w" * 10
    assert breakable("short words and " + "w" * 40) == "short words and " + "w" * 40


# ---- formulas -----------------------------------------------------------------------------------------------------

X, Y, N = ["text", "x"], ["text", "y"], ["text", "n"]


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("x", X),
        ("x < y", ["row", X, ["text", "<"], Y]),
        (r"\frac{x}{y}", ["fraction", X, Y]),
        (r"\sqrt{x}", ["root", None, ["row", X]]),
        (r"\sqrt[n]{x}", ["root", N, X]),
        ("x_n", ["script", X, N, None]),
        ("x_n^y", ["script", X, N, Y]),
        (r"\hat x", ["accent", X, "\u0302"]),
        (r"\max x", ["row", ["name", "max"], X]),
        (r"\text{if } x", ["row", ["words", "if\u00a0"], X]),
        (r"\mathrm d x", ["row", ["upright", "d"], X]),
        (r"\left( x \right]", ["fence", "(", X, "]"]),
        (r"\begin{matrix} x & y \\ n & x \end{matrix}", ["table", [X, Y], [N, X]]),
    ],
)
def test_what_a_formula_becomes(source: str, tree: list[Any]) -> None:
    assert formula(source) == tree


DEEP = "x^{" * 80 + "y" + "}" * 80


@pytest.mark.parametrize(
    "source",
    ["", " ", r"\unknown{a}", r"\frac{", "{" * 3000, r"\sqrt" * 50, "x" * (MOST_SIGNS + 1), DEEP],
)
def test_what_is_no_formula_is_shown_as_it_is_written(source: str) -> None:
    assert formula(source) is None


# ---- Markdown that shows what was typed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a # b - c + d (e) 1. f: g", "a # b - c + d (e) 1. f: g"),
        ("# head", r"\# head"), ("- item", r"\- item"), ("1. one", r"1\. one"), ("2) two", r"2\) two"),
        ("> quote", r"\> quote"), ("=cmd()", r"\=cmd()"), (":red[x]", r"\:red\[x\]"),
        ("*b* _i_ `c` ~s~ [l](u) ![i](u)", r"\*b\* \_i\_ \`c\` \~s\~ \[l\](u) !\[i\](u)"),
        ("<script>", r"\<script>"), ("&lt; & co", r"\&lt; & co"), ("$x$ | \\", r"\$x\$ \| \\"),
        (" two\n lines ", "two lines"),
    ],
)  # fmt: skip
def test_a_line_shows_what_was_typed(typed: str, written: str) -> None:
    assert plain(typed) == written


def test_a_quoted_text_stays_within_its_mark() -> None:
    assert quoted("a\n\n# b") == "> a\n>\n> # b"
