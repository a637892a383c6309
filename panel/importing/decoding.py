"""Bytes or pasted text -> text that the domain accepts: one kind of line end, no control characters."""

import codecs
import re

from charset_normalizer import from_bytes

from panel.errors import InputError

# As panel.domain.text.CONTROL refuses them; here they go, so that a stray form feed does not cost the whole document.
DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Windows-1252 leaves five bytes unassigned; as browsers do, they are read as the control characters of Latin-1.
UNASSIGNED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
FOREIGN = 0.4  # a greater share of letters beyond ASCII is another alphabet, read wrongly
SAMPLE = 60_000  # bytes that are enough to tell an encoding


def decoded(data: bytes) -> str:
    """The text of a file. UTF-8 and UTF-16 are told by their own rules, Windows-1252 by what it leaves readable.

    Raises InputError for bytes that are text in no encoding that can be told.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, errors="replace"))
    silent = _utf16_without_mark(data)
    if silent:
        return clean(data.decode(silent, errors="replace"))
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(_single_bytes(data))


def clean(text: str) -> str:
    """Line ends as one newline, and without the characters that no person types."""
    return DROPPED.sub("", LINE_ENDS.sub("\n", text))


def _utf16_without_mark(data: bytes) -> str:
    """The byte order of UTF-16 that lacks its mark: in Western text, every other byte is then zero."""
    start = data[:SAMPLE]
    half = len(start) // 2
    if half < 2:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else ""


def _single_bytes(data: bytes) -> str:
    """Text of one byte a character. A few broken bytes in UTF-8 do not turn the rest of it into Windows-1252."""
    mended = data.decode("utf-8", errors="replace")
    high = sum(byte >= 0x80 for byte in data[:SAMPLE])
    if mended[:SAMPLE].count("\ufffd") < 0.1 * high:
        return mended
    if not UNASSIGNED & set(data):
        western = data.decode("cp1252")
        letters = [char for char in western[:SAMPLE] if char.isalpha()]
        foreign = sum(not char.isascii() for char in letters)
        if foreign <= max(FOREIGN * len(letters), 10):
            return western
    guess = from_bytes(data[:SAMPLE]).best()
    if guess is None:
        raise InputError(
            "The encoding of this file could not be told, so its letters would come out wrong. "
            "Save it as UTF-8 and upload it again."
        )
    return data.decode(guess.encoding, errors="replace")
