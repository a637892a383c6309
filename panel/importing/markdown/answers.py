"""The source lines below a prompt of a Markdown document -> its body."""

from collections.abc import Callable

from panel.importing.bodies import Body, SourceLine, as_follow_up, fill, is_rule
from panel.importing.difficulty import Marks
from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.inline import plain
from panel.importing.markdown.marks import Mark
from panel.importing.wording import answer_after_label, ends_asking, plainly_asks


def body_of(document: Document, ledger: Ledger, marks: Marks, mark: Mark, end: int) -> Body:
    """Read the lines from the end of the prompt to `end`. Silent lines are left out, rules within an answer stay."""
    body = Body()

    def prompt_of(text: str) -> str:
        return as_follow_up(marks.taken_from(plain(document, text))[0])

    taken = _nested_follow_ups(document, mark, end, body, prompt_of)
    lines = [SourceLine(mark.rest)] if mark.rest else []
    below = [
        number
        for number in range(mark.end, end)
        if number not in taken and (not ledger.is_for_no_answer(number) or is_rule(document.lines[number]))
    ]
    indent = _indent(document, mark, below)
    for number in below:
        lines.append(SourceLine(_shifted(document.lines[number], indent), number in document.code))
    return fill(body, lines, prompt_of)


def _indent(document: Document, mark: Mark, below: list[int]) -> int:
    """How far the lines are indented only because they belong to a list item."""
    if mark.block.kind != "item" and mark.block.depth == 0:
        return 0
    first = next((document.lines[number] for number in below if document.lines[number].strip()), "").expandtabs(4)
    return len(first) - len(first.lstrip(" "))


def _shifted(line: str, indent: int) -> str:
    if not indent:
        return line
    text = line.expandtabs(4) if line.startswith(("\t", " ")) else line
    blanks = len(text) - len(text.lstrip(" "))
    return text[min(blanks, indent) :]


def _nested_follow_ups(
    document: Document, mark: Mark, end: int, body: Body, prompt_of: Callable[[str], str]
) -> set[int]:
    """Bullets below a list item that are worded as questions; returns the lines that they take.

    A follow-up with an answer of its own stays in the answer as well, with what stands below it.
    """
    taken: set[int] = set()
    for block in mark.block.children if mark.block.kind == "item" else []:
        if block.kind != "list" or block.start >= end:
            continue
        asks = plainly_asks if block is mark.block.children[1] else ends_asking  # a list below an answer is its own
        asking = [item for item in block.children if _is_follow_up(item, prompt_of, asks)]
        if len(asking) < 0.5 * len(block.children):
            continue
        for item in asking:
            body.follow_ups.append(prompt_of(item.children[0].content))
            if len(item.children) == 1:
                taken |= set(range(item.start, item.end))
    return taken


def _is_follow_up(item: Block, prompt_of: Callable[[str], str], asks: Callable[[str], bool]) -> bool:
    if not item.children or item.children[0].kind != "paragraph":
        return False
    content = item.children[0].content
    return answer_after_label(content) is None and "\n" not in content.strip() and asks(prompt_of(content))
