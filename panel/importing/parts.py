"""Labels of the parts of a question: its follow-ups, and what a strong and a weak answer sound like."""

import re
from typing import Literal

from panel.importing.wording import after_label

Part = Literal["follow_ups", "strong", "weak"]
FOLLOW_UPS = re.compile(
    r"""^[\s>]*(?:[-*+]\s+)?(?:\#{1,6}\s*)?[*_]{0,3}
        (?:(?:possible|optional|suggested|further)\s+)?
        (?:follow[\s-]?ups?|probes?|probing|nachfragen?|relances?|repreguntas?)(?:\s+questions?)?(?:\s*\d+)?
        \s*(?:[*_]{0,3}\s*[:：.–—-]+\s*[*_]{0,3}|[*_]{0,3}\s*$)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
OPENED = (
    r"^[\s>]*(?:[-*+]\s+)?(?:\#{1,6}\s*[*_]{0,3}|[*_]{2,3})\s*"  # a heading or bold: `Red flags:` may open a sentence
)
CLOSED = r"\s*(?:[*_]{0,3}\s*[:：]+\s*[*_]{0,3}|[*_]{0,3}\s*$)\s*"
SIGNS = r"(?:signs?|signals?|marks?|indicators?)"


def _signs_label(how: str, flags: str) -> re.Pattern[str]:
    """`Sounds strong`, `Signs of a strong answer`, `A strong answer sounds like`, `Strong signs`, `Green flags`."""
    answer = r"(?:answers?|responses?|candidates?)"
    forms = (
        rf"(?:sounds?|looks?)\s+(?:{how})",
        rf"{SIGNS}\s+of\s+(?:an?\s+)?(?:{how})\s+{answer}",
        rf"(?:what\s+)?(?:an?\s+)?(?:{how})\s+{answer}\s+(?:sounds?|looks?)\s+like",
        rf"(?:{how})\s+{SIGNS}",
        rf"(?:{flags})\s+flags?",
    )
    return re.compile(rf"{OPENED}(?:{'|'.join(forms)}){CLOSED}", re.IGNORECASE)


LABELS: dict[Part, re.Pattern[str]] = {
    "follow_ups": FOLLOW_UPS,
    "strong": _signs_label("strong|good|great|positive", "green"),
    "weak": _signs_label("weak|poor|bad|negative", "red"),
}


def part_after_label(line: str) -> tuple[Part, str] | None:
    """The part that a line labels and what follows the label on it (perhaps nothing); None without such a label."""
    for part, label in LABELS.items():
        rest = after_label(label, line)
        if rest is not None:
            return part, rest
    return None


def labels_a_part(line: str) -> bool:
    return part_after_label(line) is not None
