"""What changed between two texts, word by word, for reading: added words underlined, removed ones struck through."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from markupsafe import Markup

from panel.ui.components import frame

PIECE = re.compile(r"\w+|\s+|[^\w\s]")
MOST_PIECES = 4_000  # of both texts together; beyond that whole lines are compared, which stays quick


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Every field that differs between two documents, by the name that people know it by; equal ones are left out."""
    frame.html(difference_markup(before, after))


def difference_markup(before: Mapping[str, str], after: Mapping[str, str]) -> Markup:
    rows = [
        Markup('<dt>{}</dt><dd class="difference">{}</dd>').format(name, words_changed(was, becomes))
        for name in dict.fromkeys([*before, *after])
        if (was := before.get(name, "")) != (becomes := after.get(name, ""))
    ]
    if not rows:
        return Markup('<p class="quiet">Both say the same.</p>')
    return Markup('<dl class="differences">{}</dl>').format(Markup("").join(rows))


def words_changed(before: str, after: str) -> Markup:
    """One text, with what was taken out in <del> and what was put in in <ins>; every character escaped."""
    old, new = _pieces(before, after)
    parts: list[Markup] = []
    for kind, a, b, c, d in _runs(old, new):
        if kind == "equal":
            parts.append(Markup.escape("".join(old[a:b])))
            continue
        if a < b:
            parts.append(Markup("<del>{}</del>").format("".join(old[a:b])))
        if c < d:
            parts.append(Markup("<ins>{}</ins>").format("".join(new[c:d])))
    return Markup("").join(parts)


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) + len(new) <= MOST_PIECES:
        return old, new
    return before.splitlines(keepends=True), after.splitlines(keepends=True)


Run = tuple[str, int, int, int, int]


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """difflib's opcodes, with a space that stayed between two changed words joined to them: a changed phrase reads
    as one."""
    waiting: Run | None = None
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        between = kind == "equal" and waiting is not None and place + 1 < len(codes)
        if between and "".join(old[a:b]).isspace():
            kind = "replace"  # noqa: PLW2901
        if kind == "equal":
            if waiting:
                yield waiting
                waiting = None
            yield (kind, a, b, c, d)
        else:
            waiting = ("replace", waiting[1] if waiting else a, b, waiting[3] if waiting else c, d)
    if waiting:
        yield waiting
