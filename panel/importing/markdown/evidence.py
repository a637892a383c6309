"""What stands below a heading and so tells whether it is a question: labelled parts, or nothing but questions."""

from collections.abc import Sequence

from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Document
from panel.importing.markdown.inline import plain
from panel.importing.markdown.marks import Mark
from panel.importing.markdown.nested import asking_list, labels
from panel.importing.parts import labels_a_part, part_after_label


def with_parts(document: Document, marks: Sequence[Mark]) -> set[int]:
    """Indices of the headings with follow-ups or signs of their own: each label once, and no other question between.

    A list right below the heading means that the parts belong to its last item.
    """
    found: set[int] = set()
    owner: int | None = None
    seen: set[str] = set()
    following = 0
    before = None  # the kind of the block above
    for block in document.blocks:
        while following < len(marks) and marks[following].start <= block.start:
            mark = marks[following]
            if mark.form == "heading" and not labels_a_part(f"# {mark.text}"):
                owner, seen = following, set()
            elif mark.form not in {"heading", "item"} and mark.asks:
                owner = None
            following += 1
        if owner is not None and block.kind == "list" and before == "heading" and not seen:
            owner = None
        if owner is not None and labels(block):
            labelled = part_after_label(f"# {block.content}" if block.kind == "heading" else block.content)
            name = labelled[0] if labelled else ""
            found = found - {owner} if name in seen else found | {owner}
            seen.add(name)
        before = block.kind
    return found


def above_questions(document: Document, ledger: Ledger, marks: Sequence[Mark], ends: Sequence[int]) -> set[int]:
    """Indices of the headings below which nothing stands but a list of questions."""
    return {
        at
        for at, mark in enumerate(marks)
        if mark.form == "heading"
        and asking_list(document, ledger, mark, ends[at], lambda text: " ".join(plain(document, text).split()))
    }
