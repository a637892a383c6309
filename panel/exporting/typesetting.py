"""Sets a document as PDF with Typst, and a drawing as PNG.

What people wrote reaches the templates as JSON and is never read as Typst code, so no text can open a file, import a
package or break a document. Nothing is fetched: the letters come from packages and from the machine.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

Template = Literal["kit", "brief", "packet"]
Paper = Literal["a4", "us-letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "us-letter": "Letter"}
FINE = 192  # dots an inch; a pixel of a drawing is a 96th of one
TEMPLATES = Path(__file__).resolve().parent / "templates"
# Latin, Greek and Cyrillic; Arabic; Devanagari; Thai; Chinese, Japanese and Korean. Other scripts need a font of the
# machine; without one they print as boxes, as emoji do.
FONT_PACKAGES = (
    "fontpkg_inter", "fontpkg_noto_sans_arabic", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_thai",
    "noto_cjk_sans_jp_regular",
)  # fmt: skip


def set_pdf(template: Template, data: Mapping[str, Any], *, dated: datetime, own_letters_only: bool = False) -> bytes:
    """The document; the same data give the same bytes. `dated`, naive UTC, becomes the date of its making.

    With `own_letters_only` no font of the machine is looked at, so that the bytes are those of every other machine.
    """
    compiler = typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(own_only=own_letters_only),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", timestamp=int(dated.replace(tzinfo=UTC).timestamp()))
    if not isinstance(made, bytes):  # one file, however many pages
        raise TypeError("Typst gave no single file")
    return made


def set_png(svg: str) -> bytes:
    """A drawing as a picture, twice as fine as a screen shows it."""
    compiler = typst.Compiler(
        TEMPLATES / "figure.typ", root=TEMPLATES, font_paths=_fonts(own_only=False), sys_inputs={"svg": svg}
    )
    made = compiler.compile(format="png", ppi=FINE)
    if not isinstance(made, bytes):  # one page, so one picture
        raise TypeError("Typst gave no single picture")
    return made


@lru_cache(maxsize=2)
def _fonts(*, own_only: bool) -> typst.Fonts:
    """Looked for once a process: it takes about a tenth of a second."""
    return typst.Fonts(include_system_fonts=not own_only, font_paths=[str(files(each)) for each in FONT_PACKAGES])
