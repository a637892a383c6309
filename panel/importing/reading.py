"""The way in: an uploaded file or a pasted text -> its questions, whatever it is written in."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from panel.errors import InputError
from panel.importing import kinds
from panel.importing.articles import read_article
from panel.importing.decoding import clean, decoded
from panel.importing.found import Reading
from panel.importing.markdown.reader import read_markdown
from panel.importing.spreadsheets import read_workbook
from panel.importing.structured import read_json, read_toml
from panel.importing.tables import read_delimited

LIMIT = 10 * 1024 * 1024  # bytes
MOST_LINES = 100_000  # of running text; tables have limits of their own
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"})
DELIMITED = frozenset({".csv", ".tsv", ".tab"})
JSON = frozenset({".json", ".jsonl", ".ndjson"})
TOML = frozenset({".toml"})
REFUSED = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml"), kinds.WEB_PAGE),
    **dict.fromkeys((".xml", ".rst", ".tex", ".adoc", ".yaml", ".yml"), kinds.MARKUP),
    ".ipynb": kinds.NOTEBOOK,
}
EMPTY = "This document is empty. Choose a document that holds questions, or paste them."


def read_document(name: str, data: bytes, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read an uploaded file; of `name` only the ending counts, and the content where the ending says nothing.

    `columns` says which column of a table (or key of an object) fills which field, as `Reading.columns.fields` does;
    without it they are guessed. Raises InputError, one sentence for a person, for what cannot be read at all.
    """
    _refuse_size(len(data))
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise InputError(EMPTY)
    if kinds.refuse_binary(data):
        return read_workbook(data, columns=columns)
    ending = PurePath(name.lower()).suffix
    if ending in REFUSED:
        raise InputError(REFUSED[ending])
    text = decoded(data)
    says_what_it_is = ending in MARKDOWN | DELIMITED | JSON | TOML  # then tags in its texts make it no web page
    _refuse_text(text, named=says_what_it_is)
    if ending in JSON:
        return read_json(text, columns=columns)
    if ending in TOML:
        return read_toml(text, columns=columns)
    if ending in DELIMITED:
        return read_delimited(text, columns=columns)
    if ending in MARKDOWN:
        _refuse_lines(text)
        return _better(text, read_markdown, read_article)
    return _by_content(text, columns)


def read_pasted(text: str, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read a pasted text as what it looks like: JSON, TOML, a table, Markdown or an article.

    Raises InputError as `read_document` does.
    """
    _refuse_size(len(text.encode("utf-8", errors="replace")))
    text = clean(text)
    _refuse_text(text, named=False)
    return _by_content(text, columns)


def _by_content(text: str, columns: Mapping[str, str] | None) -> Reading:
    readers: list[tuple[Callable[[str], bool], Callable[..., Reading]]] = [
        (kinds.looks_like_json, read_json),
        (kinds.looks_like_toml, read_toml),
    ]
    for looks_like_it, read in readers:
        if looks_like_it(text):
            try:
                return read(text, columns=columns)
            except InputError:
                if columns is not None:
                    raise  # it is this, and the columns are wrong
    if kinds.looks_like_table(text):
        return read_delimited(text, columns=columns)
    _refuse_lines(text)
    if kinds.looks_like_markdown(text):
        return _better(text, read_markdown, read_article)
    article = read_article(text)
    if not kinds.may_be_markdown(text):
        return article
    markdown = read_markdown(text)
    return markdown if len(markdown.questions) >= len(article.questions) else article


def _better(text: str, first: Callable[[str], Reading], second: Callable[[str], Reading]) -> Reading:
    """The first reading, unless it finds next to nothing and the second finds more."""
    reading = first(text)
    if len(reading.questions) > 1:
        return reading
    other = second(text)
    return other if len(other.questions) > len(reading.questions) + 1 else reading


def _refuse_size(size: int) -> None:
    if size > LIMIT:
        raise InputError(
            f"This document has {size / 1024 / 1024:,.1f} MB and at most {LIMIT // 1024 // 1024} MB can be read. "
            "Split it, or keep only the part that holds questions."
        )


def _refuse_lines(text: str) -> None:
    if text.count("\n") > MOST_LINES:
        raise InputError(f"This document has more than {MOST_LINES:,} lines. Split it into several documents.")


def _refuse_text(text: str, *, named: bool) -> None:
    if not text.strip():
        raise InputError(EMPTY)
    if not named and kinds.is_web_page(text):
        raise InputError(kinds.WEB_PAGE)
    if named and kinds.begins_as_page(text):
        raise InputError(kinds.WEB_PAGE)
