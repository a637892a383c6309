"""Lists of questions that belong to the question above them: its follow-ups, however deep they are nested."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.marks import Mark
from panel.importing.parts import labels_a_part
from panel.importing.wording import PLAIN_TASKS, WORD, answer_after_label, ends_asking

Asks = Callable[[str], bool]
PromptOf = Callable[[str], str]


def own_prompt(item: Block, prompt_of: PromptOf, asks: Asks) -> str | None:
    """The text of a list item that by itself is one question; None for any other item."""
    if not item.children or item.children[0].kind != "paragraph":
        return None
    content = item.children[0].content.strip()
    first, wraps, _ = content.partition("\n")
    if answer_after_label(content) is not None or (wraps and ends_asking(first)):
        return None
    prompt = prompt_of(content)
    return prompt if asks(prompt) and (not wraps or ends_asking(prompt)) else None


def all_prompts(item: Block, prompt_of: PromptOf, asks: Asks) -> list[str] | None:
    """The question of an item and those nested below it, in order; None when anything else stands in it."""
    own = own_prompt(item, prompt_of, asks)
    if own is None:
        return None
    found = [own]
    for block in item.children[1:]:
        below = prompts_of_list(block, prompt_of, asks)
        if below is None:
            return None
        found += below
    return found


def prompts_of_list(block: Block, prompt_of: PromptOf, asks: Asks) -> list[str] | None:
    """All questions of a list that holds nothing else; None for any other block."""
    if block.kind != "list":
        return None
    found: list[str] = []
    for item in block.children:
        prompts = all_prompts(item, prompt_of, asks)
        if prompts is None:
            return None
        found += prompts
    return found


def surely_asks(text: str) -> bool:
    """Whether a bullet that is no follow-up could not be worded so: `What it does` may well be part of an answer."""
    first = WORD.search(text[:200])
    return ends_asking(text) or (first is not None and first[0].lower() in PLAIN_TASKS)


def asking_list(
    document: Document, ledger: Ledger, mark: Mark, end: int, prompt_of: PromptOf
) -> tuple[Block, list[str]] | None:
    """The list of questions that is all there stands between a mark and `end`, beside labelled parts; None if there is
    anything else.
    """
    first = bisect_left(document.blocks, mark.end, key=lambda block: block.start)
    inside: list[Block] = []
    for block in document.blocks[first:]:
        if block.start >= end:
            break
        inside += [] if ledger.is_for_no_answer(block.start) else [block]
        if len(inside) == 1 and block.kind != "list":
            return None
    labelled = under_part_labels(inside)
    others = [block for block in inside if block.start not in labelled and not labels(block)]
    prompts = prompts_of_list(others[0], prompt_of, surely_asks) if len(others) == 1 and not mark.rest else None
    return (others[0], prompts) if prompts else None


def under_part_labels(blocks: Sequence[Block]) -> set[int]:
    """The lines at which lists begin that stand right below a label such as `**Probes**`."""
    return {below.start for above, below in pairwise(blocks) if below.kind == "list" and labels(above)}


def labels(block: Block) -> bool:
    """Whether a block is nothing but the label of a part."""
    if block.kind not in {"heading", "paragraph"} or "\n" in block.content:
        return False
    return labels_a_part(f"# {block.content}" if block.kind == "heading" else block.content)
