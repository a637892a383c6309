"""A file that may be a decision packet: what it carries, and whether a single byte of it was changed.

It may come from anybody, so nothing in it is believed: its size is bounded, what it carries is a checked model, and the
document is made anew from that and compared byte for byte.
"""

import re
import zlib
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from panel.errors import InputError
from panel.exporting.packet import MAKER_LENGTH, SEAL, SEAL_LENGTH, Packet, canonical, digest, sealed
from panel.exporting.packet_document import maker, packet_pdf

MOST_BYTES = 30_000_000
MOST_CONTENT = 10_000_000
ATTACHED = re.compile(rb"<<[^<>]{0,200}/Type ?/EmbeddedFile[^\r\n]{0,300}>>\r?\nstream\r?\n")
NOT_OURS = "{name} is a PDF, but no decision packet of this program: it carries no content to check."
OLDER = (
    "{name} says that it was set by another version of the program, and this one cannot read the content it carries. "
    "Check it with the version that made it."
)

Verdict = Literal["unchanged", "changed", "other_maker"]


@dataclass(frozen=True)
class CheckedFile:
    """`packet` is what the file carries, None where it is too damaged; `sentence` says how the file relates to it."""

    packet: Packet | None
    verdict: Verdict
    sentence: str
    sha256: str


def check_file(name: str, data: bytes) -> CheckedFile:
    """Raises InputError for what is no packet, or one so damaged that nothing can be read from it."""
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{name} is larger than {MOST_BYTES / 1e6:,.0f} MB, which no decision packet is. It was not read."
        )
    if not data.startswith(b"%PDF-"):
        raise InputError(f"{name} is no PDF file. Name the PDF that was downloaded from the debrief.")
    fits, ours = _seal_fits(data), _maker(data) == maker()
    try:
        packet, text = _carried(name, data)
    except InputError as error:
        if fits and not ours:
            raise InputError(OLDER.format(name=name)) from error
        if not _has_seal(data):
            raise
        return CheckedFile(None, "changed", str(error), "")
    sha256 = digest(text)
    if not fits:
        return CheckedFile(packet, "changed", f"{name} was changed: {_broken_seal(data)}", sha256)
    if not ours:
        sentence = (
            f"{name} was set by another version of the program, so it cannot be made anew for comparison. The seal "
            "over its bytes fits, which protects against accidents but not against somebody who renews it."
        )
        return CheckedFile(packet, "other_maker", sentence, sha256)
    if canonical(packet) == text and _made_anew(packet) == data:
        return CheckedFile(packet, "unchanged", f"{name} is unchanged, to the byte.", sha256)
    sentence = (
        f"{name} was changed: it is not what this program makes of the content it carries. The seal at its end fits, "
        "so it was set after the change."
    )
    return CheckedFile(packet, "changed", sentence, sha256)


def _carried(name: str, data: bytes) -> tuple[Packet, str]:
    found = [each.end() for each in ATTACHED.finditer(data)]
    if not found:
        if _has_seal(data):
            raise InputError(f"{name} was changed: the content that it carried is not found.")
        if not data.rstrip().endswith(b"%%EOF"):
            raise InputError(f"{name} is cut off or damaged: its end is missing, and nothing in it can be checked.")
        raise InputError(NOT_OURS.format(name=name))
    if len(found) > 1:
        raise InputError(NOT_OURS.format(name=name))
    opened = zlib.decompressobj()
    try:
        content = opened.decompress(data[found[0] :], MOST_CONTENT)
    except zlib.error as error:
        raise InputError(f"{name} was changed or damaged: the content it carries cannot be unpacked.") from error
    if opened.unconsumed_tail:
        raise InputError(f"{name} carries more than {MOST_CONTENT / 1e6:,.0f} MB of content. It was not read.")
    if not opened.eof:
        raise InputError(f"{name} is cut off: the content it carries does not end.")
    try:
        text = content.decode()
        return Packet.model_validate_json(text), text
    except (UnicodeDecodeError, ValidationError, RecursionError) as error:
        raise InputError(
            f"{name} carries a content that is no decision packet of this program, or one that was changed."
        ) from error


def _has_seal(data: bytes) -> bool:
    return data[-SEAL_LENGTH:].startswith(SEAL)


def _seal_fits(data: bytes) -> bool:
    return _has_seal(data) and data == sealed(data[:-SEAL_LENGTH], _maker(data))


def _maker(data: bytes) -> str:
    return data[-MAKER_LENGTH - 1 : -1].decode("ascii", errors="replace")


def _broken_seal(data: bytes) -> str:
    if not _has_seal(data):
        return "its end, which seals all bytes before it, is missing or another."
    return "its bytes do not fit the seal at its end."


def _made_anew(packet: Packet) -> bytes:
    """What this program makes of the content; nothing where it cannot be set at all."""
    try:
        return packet_pdf(packet)
    except (KeyError, ValueError, RuntimeError):  # a content that no decision ever had
        return b""
