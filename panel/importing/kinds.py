"""What a document is, by its first bytes, its name and its wording. What cannot be read is said by name."""

import io
import re
import zipfile

from panel.errors import InputError
from panel.importing.tables import delimiter_of

PDF = "This is a PDF. Open it, select the text, copy it and paste it here."
OFFICE = "This is a document of an older Office program. Save it as .xlsx, CSV or plain text and upload that."
WORD = "This is a Word document. Open it, select the text, copy it and paste it here, or save it as plain text."
SLIDES = "This is a presentation. Copy the text with the questions and paste it here."
OPEN_DOCUMENT = "This is an OpenDocument file. Save it as .xlsx, CSV or plain text and upload that."
BOOK = "This is an e-book. Open it, select the text, copy it and paste it here."
ARCHIVE = "This is an archive. Unpack it and upload the documents in it one by one."
IMAGE = "This is an image. Questions are read from text only; type them or paste their text."
RICH_TEXT = "This is rich text (RTF). Open it, select the text, copy it and paste it here, or save it as plain text."
MEDIA = "This is a sound or a film. Questions are read from text only."
BINARY = "This file holds no text that could be read. Upload text, Markdown, CSV, TSV, XLSX, JSON or TOML."
WEB_PAGE = "This is a web page. Open it in a browser, select the text, copy it and paste it here."
MARKUP = "This is a file of markup that is not read here. Open it, select the text, copy it and paste it here."
NOTEBOOK = "This is a notebook. Save it as Markdown and upload that."
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"{\\rtf", RICH_TEXT),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"\xfd7zXZ", ARCHIVE),
    (b"ID3", MEDIA),
    (b"OggS", MEDIA),
    (b"\x1aE\xdf\xa3", MEDIA),
    (b"\x7fELF", BINARY),
    (b"MZ\x90", BINARY),
    (b"SQLite format 3\x00", BINARY),
    (b"PAR1", BINARY),
)
NOT_TEXT = frozenset(range(0x09)) | frozenset(range(0x0E, 0x1B)) | frozenset(range(0x1C, 0x20))
SAMPLE = 60_000
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
TAG_LINE = re.compile(
    r"^\s*</?(?:p|div|h[1-6]|ul|ol|li|span|section|article|script|style|meta|link|table|tr|td|form)\b", re.I
)
MARKDOWN_LINE = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+\S|#{2,6}\S|```|~~~|\|.*\||<details|<summary|!\[|\[!\[)|\]\([^\s()\[\]]+\)|\*\*[^*\s][^*]*\*\*"
)
BULLET = re.compile(r"^[ \t]*[-*+][ \t]+\S", re.MULTILINE)
TOML_TABLE = re.compile(r"^[ \t]*\[\[?[\w.\"-]+\]\]?[ \t]*(?:#.*)?$", re.MULTILINE)
TOML_VALUE = re.compile(r"^[ \t]*[\w\"-]+[ \t]*=\s*(?:[\"'\[{\d]|true|false)", re.MULTILINE)


def refuse_binary(data: bytes) -> bool:
    """Raise InputError for what is no text, naming it; true for an Excel workbook, which is read another way."""
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            raise InputError(sentence)
    if data[:4] == b"RIFF":
        raise InputError(IMAGE if data[8:12] == b"WEBP" else MEDIA)
    if data[4:8] == b"ftyp":
        raise InputError(MEDIA)
    if data.startswith(b"PK\x03\x04"):
        sentence = _in_zip(data)
        if sentence:
            raise InputError(sentence)
        return True
    if _is_binary(data[:SAMPLE]):
        raise InputError(BINARY)
    return False


def _in_zip(data: bytes) -> str:
    """What a zip archive is; empty for an Excel workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ARCHIVE
    if any(name.startswith("xl/") for name in names):
        return ""
    for start, sentence in (("word/", WORD), ("ppt/", SLIDES), ("META-INF/container.xml", BOOK)):
        if any(name.startswith(start) for name in names):
            return sentence
    return OPEN_DOCUMENT if "mimetype" in names and "content.xml" in names else ARCHIVE


def _is_binary(start: bytes) -> bool:
    """Control characters in more than a stray place; UTF-16 and UTF-32 have zeros by their nature."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    half = max(len(start) // 2, 1)
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > 0.4 * half and min(even, odd) < 0.05 * half:
        return False
    return sum(byte in NOT_TEXT for byte in start) > max(0.02 * len(start), 4)


def begins_as_page(text: str) -> bool:
    """Whether HTML of a whole page begins here, perhaps after a declaration and comments."""
    start = text[:SAMPLE].lstrip()
    while start.startswith(("<?", "<!--")):
        end = start.find("-->" if start.startswith("<!--") else ">")
        start = start[end + 1 :].lstrip("-> \t\n") if end >= 0 else ""
    return bool(PAGE.match(start))


def is_web_page(text: str) -> bool:
    """Whether this is HTML as a whole, not Markdown with some tags in it."""
    start = text[:SAMPLE]
    if begins_as_page(start):
        return True
    lines = [line for line in start.split("\n") if line.strip()]
    return len(lines) >= 5 and sum(bool(TAG_LINE.match(line)) for line in lines) > 0.6 * len(lines)


def looks_like_toml(text: str) -> bool:
    start = text[:SAMPLE]
    return bool(TOML_TABLE.search(start)) and len(TOML_VALUE.findall(start)) >= 1


def looks_like_json(text: str) -> bool:
    start = text.lstrip()[:1]
    return start == "{" or (start == "[" and text.lstrip()[1:].lstrip()[:1] in {"{", '"', "[", "]"})


def looks_like_table(text: str) -> bool:
    """Whether nearly all lines part into the same number of cells, three or more rows of them."""
    if looks_like_markdown(text):
        return False
    delimiter = delimiter_of(text)
    if not delimiter:
        return False
    lines = [line for line in text[:SAMPLE].split("\n") if line.strip()]
    holding = sum(delimiter in line for line in lines)
    if len(lines) < 2 or holding < 0.5 * len(lines):
        return False
    return delimiter != "," or '"' in text[:SAMPLE] or len({line.count(",") for line in lines[:50]}) == 1


def looks_like_markdown(text: str) -> bool:
    """Whether marks of Markdown stand in enough lines: a heading, a bold text or a link in every twenty."""
    lines = [line for line in text[:SAMPLE].split("\n") if line.strip()]
    marked = sum(bool(MARKDOWN_LINE.search(line)) for line in lines)
    return marked >= 2 and marked >= 0.05 * len(lines)


def may_be_markdown(text: str) -> bool:
    """Whether any mark of Markdown or any bullet stands in it."""
    start = text[:SAMPLE]
    return bool(BULLET.search(start)) or any(MARKDOWN_LINE.search(line) for line in start.split("\n"))
