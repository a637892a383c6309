"""The source lines below a prompt of a Markdown document -> its body."""

from collections.abc import Callable

from panel.importing.bodies import Body, SourceLine, as_follow_up, fill, is_rule, one_line
from panel.importing.difficulty import Marks
from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.inline import plain
from panel.importing.markdown.marks import Mark
from panel.importing.markdown.nested import all_prompts, asking_list, own_prompt
from panel.importing.wording import ends_asking, is_put_to_somebody, plainly_asks


def body_of(document: Document, ledger: Ledger, marks: Marks, mark: Mark, end: int) -> Body:
    """Read the lines from the end of the prompt to `end`. Silent lines are left out, rules within an answer stay."""
    body = Body()

    def prompt_of(text: str) -> str:
        return as_follow_up(marks.taken_from(plain(document, text))[0])

    def text_of(text: str) -> str:
        return one_line(plain(document, text))

    taken = _follow_ups_below(document, ledger, mark, end, body, prompt_of)
    lines = [SourceLine(mark.rest)] if mark.rest else []
    below = [
        number
        for number in range(mark.end, end)
        if number not in taken and (not ledger.is_for_no_answer(number) or is_rule(document.lines[number]))
    ]
    indent = _indent(document, mark, below)
    for number in below:
        lines.append(SourceLine(_shifted(document.lines[number], indent), number in document.code))
    return fill(body, lines, prompt_of, text_of)


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


def _follow_ups_below(
    document: Document, ledger: Ledger, mark: Mark, end: int, body: Body, prompt_of: Callable[[str], str]
) -> set[int]:
    """Take lists of questions that have no label; returns the lines that they take."""
    if mark.block.kind == "item":
        return _nested_follow_ups(mark.block, end, body, prompt_of)
    found = asking_list(document, ledger, mark, end, prompt_of) if is_put_to_somebody(mark.text) else None
    if found is None:
        return set()
    block, prompts = found
    body.follow_ups += prompts
    return set(range(block.start, block.end))


def _nested_follow_ups(item: Block, end: int, body: Body, prompt_of: Callable[[str], str]) -> set[int]:
    """Bullets below a list item that are worded as questions.

    A follow-up with an answer of its own stays in the answer as well, with what stands below it.
    """
    taken: set[int] = set()
    for block in item.children:
        if block.kind != "list" or block.start >= end:
            continue
        asks = plainly_asks if block is item.children[1] else ends_asking  # a list below an answer is its own
        prompts = [own_prompt(each, prompt_of, asks) for each in block.children]
        if sum(each is not None for each in prompts) < 0.5 * len(prompts):
            continue
        for each, prompt in zip(block.children, prompts, strict=True):
            whole = all_prompts(each, prompt_of, asks)
            if whole is not None:
                taken |= set(range(each.start, each.end))
            body.follow_ups += whole or ([prompt] if prompt is not None else [])
    return taken
