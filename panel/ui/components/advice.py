"""The writing aid's remarks, beside the level they concern."""

from collections.abc import Iterable

from markupsafe import Markup

from panel.domain.anchor_advice import KIND_NAMES, Advice
from panel.ui.components import frame

LONGEST_QUOTE = 80


def advice_of_level(found: Iterable[Advice], level: int) -> None:
    """Everything the writing aid says of one level; nothing is drawn where it has nothing to say."""
    remarks = [each for each in found if each.level == level]
    if remarks:
        frame.html(Markup('<div class="advice">{}</div>').format(Markup("").join(_remark(each) for each in remarks)))


def _remark(each: Advice) -> Markup:
    words = each.words if len(each.words) <= LONGEST_QUOTE else f"{each.words[:LONGEST_QUOTE].rstrip()}…"
    return Markup("<p><b>{}</b> <q>{}</q></p><p>{} {}</p>").format(
        KIND_NAMES[each.kind], words, each.reason, each.suggestion
    )
