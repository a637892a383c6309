"""Tables of contents, and the other lines of a Markdown document that say nothing of questions."""

import re
from collections.abc import Iterable

from panel.importing.asides import is_back_to_top, is_contents
from panel.importing.bodies import EMPTY_HTML
from panel.importing.ledger import Ledger, Silent
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.folds import without_tags
from panel.importing.markdown.inline import line_of
from panel.importing.wording import PLACEHOLDER, unlabelled

NAVIGATION = re.compile(r"^\s*[←↑⬆⬅◀«⇧🔝🔙]|[→»▶➡]\s*$")
COMMENT = re.compile(r"^\s*<!--.*?(?:-->\s*$|\Z)", re.DOTALL)


SILENT_BLOCKS: dict[str, Silent] = {"rule": "rule", "front": "front matter"}


def pass_over(document: Document, ledger: Ledger, titles: Iterable[str]) -> set[int]:
    """Give the silent lines their fate; returns the lines of the tables of contents.

    `titles` are the texts of headings and possible questions: a list of links is a table of contents when it leads to
    them, whatever stands above it.
    """
    known = {_key(title) for title in titles}
    anchors = {_slug(title) for title in known} | _named_anchors(document)
    contents: set[int] = set()
    heading: Block | None = None
    for block in document.blocks:
        if block.kind == "heading":
            heading = block
        elif block.kind in {"list", "table"} and _is_contents(document, block, heading, known, anchors):
            ledger.silence(block.start, block.end, "contents")
            contents |= set(range(block.start, block.end))
    for block in document.walk():
        kind = _silent_kind(document, block)
        if kind:
            ledger.silence(block.start, block.end, kind)
    return contents


def _silent_kind(document: Document, block: Block) -> Silent | None:
    if block.kind not in {"html", "paragraph"} or len(block.content) > 5000:
        return SILENT_BLOCKS.get(block.kind)
    if EMPTY_HTML.match(block.content):
        return "break"
    if COMMENT.match(block.content):
        return "comment"
    if block.kind == "html":
        return "back to top" if is_back_to_top(without_tags(block.content)) else None
    if "\n" in block.content:
        return None
    return _silent_line(document, block)


def _silent_line(document: Document, block: Block) -> Silent | None:
    line = line_of(document, block.content)
    if (is_back_to_top(line.text) and not line.links) or (line.all_link and NAVIGATION.match(line.text)):
        return "back to top"
    return "placeholder" if PLACEHOLDER.match(line.text) and not line.links else None


def _is_contents(document: Document, block: Block, heading: Block | None, known: set[str], anchors: set[str]) -> bool:
    """Whether nearly all entries are links that lead to parts of this document."""
    entries = _entries(document, block)
    links = [(text, target) for text, target in entries if target is not None]
    if not links or len(links) < 0.7 * len(entries):
        return False
    leading = sum(_leads_here(text, target, known, anchors) for text, target in links)
    if heading and is_contents(line_of(document, heading.content).text):
        return all(target.startswith("#") for _, target in links) or leading > 0
    return leading >= 0.5 * len(links)


def _leads_here(text: str, target: str, known: set[str], anchors: set[str]) -> bool:
    return _key(text) in known or (target.startswith("#") and target[1:].strip("-").lower() in anchors)


def _entries(document: Document, block: Block) -> list[tuple[str, str | None]]:
    """The text of each entry with the address that it leads to, if it is a link and nothing else."""
    sources: list[str] = []
    for each in block.walk():
        if each.kind == "item" and each.children and each.children[0].kind == "paragraph":
            sources += each.children[0].content.split("\n")
        elif each.kind == "row":
            sources += [cell for cell in each.cells if "](" in cell]
    found: list[tuple[str, str | None]] = []
    for source in sources[:2000]:
        line = line_of(document, source)
        target = re.search(r"\]\(\s*<?([^\s)>]*)", source)
        found.append((line.text, target[1] if line.all_link and target else None))
    return found


def _named_anchors(document: Document) -> set[str]:
    found = re.findall(r"<\w+\s[^>]*(?:name|id)\s*=\s*[\"']([^\"'>]+)", "\n".join(document.lines))
    return {name.lower() for name in found}


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", unlabelled(text).text.lower()).strip()


def _slug(key: str) -> str:
    return key.replace(" ", "-")
