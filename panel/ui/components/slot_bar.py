"""How a slot is spent, as a bar with its words: opening, questions, the candidate's own questions."""

from markupsafe import Markup

from panel.domain.timing import Timing
from panel.ui.components import frame


def slot_bar(line: Timing, who: str = "") -> None:
    frame.html(slot_markup(line, who))


def slot_markup(line: Timing, who: str = "") -> Markup:
    """Widths are shares of the slot, or of what is planned where that is longer."""
    whole = max(line.slot, line.opening + line.minutes + line.candidate, 1)
    parts = [("opening", line.opening), ("asked", line.minutes - line.over), ("over", line.over)]
    parts += [("free", max(line.room - line.minutes, 0)), ("candidate", line.candidate)]
    bar = Markup("").join(
        Markup('<i class="{}" style="width:{}%"></i>').format(name, round(100 * minutes / whole, 2))
        for name, minutes in parts
        if minutes
    )
    return Markup('<p>{}{}</p><div class="slot" role="presentation">{}</div><p class="quiet">{}</p>').format(
        f"{who}: " if who else "", in_words(line), bar, split_in_words(line)
    )


def in_words(line: Timing) -> str:
    """`41 of 45 minutes`, with what is over."""
    over = f", {line.over} over the slot" if line.over else ""
    return f"{line.minutes} of {line.room} minutes{over}"


def split_in_words(line: Timing) -> str:
    parts = [f"{line.opening} opening"] if line.opening else []
    parts.append(f"{line.room} questions")
    parts += [f"{line.candidate} the candidate's questions"] if line.candidate else []
    return f"Slot of {line.slot} minutes" + (f": {', '.join(parts)}" if len(parts) > 1 else "")
