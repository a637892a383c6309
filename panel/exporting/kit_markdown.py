"""Kits as Markdown, for those who read on a screen or keep notes in a text file."""

from collections.abc import Sequence

from panel.domain.plans import GuideItem
from panel.domain.scorecards import RECOMMENDATION_NAMES
from panel.exporting.kit import KEEP_SAFE, REMINDERS, Kit
from panel.exporting.markdown_lines import bullets, plain, quoted
from panel.markdown import safe

BOX = "[ ]"


def kits_markdown(kits: Sequence[Kit]) -> str:
    return "\n\n---\n\n".join("\n\n".join(_kit(each)) for each in kits) + "\n"


def _kit(kit: Kit) -> list[str]:
    clock = kit.clock()
    parts = [f"# Interview kit: {plain(kit.round_name)}", _facts(kit), f"*{plain(KEEP_SAFE)}*", _timetable(kit)]
    for number, item in enumerate(kit.guide.items, start=1):
        parts += _question(kit, number, item, clock[number - 1])
    boxes = "\n".join(f"- {BOX} {name}" for name in RECOMMENDATION_NAMES.values())
    parts += ["## After the interview", "**Your recommendation**", boxes, "**Why: the evidence that decided it**"]
    return [*parts, "## Fair to everybody", bullets(REMINDERS)]


def _facts(kit: Kit) -> str:
    facts = {
        "Candidate": kit.occasion.candidate_name if kit.occasion else "",
        "Date and time": kit.when_words,
        "Interviewer": kit.guide.interviewer_name,
        "Together with": ", ".join(kit.with_whom),
        "Role": kit.role_name,
        "Plan": kit.version_words,
    }
    return "\n".join(f"- {name}: {plain(value)}" for name, value in facts.items() if value)


def _timetable(kit: Kit) -> str:
    parts = ", ".join(f"{name.lower()} {minutes}" for name, minutes in kit.timetable())
    return f"**{kit.minutes} minutes**: {parts}"


def _question(kit: Kit, number: int, item: GuideItem, begins: int) -> list[str]:
    question = item.question
    facts = [f"{question.minutes} min", f"from minute {begins}", plain(kit.asked_words(item))]
    parts = [f"## {number}. {plain(question.prompt)}", "*" + " · ".join(each for each in facts if each) + "*"]
    if question.probes:
        parts += ["**Probes**", bullets(question.probes, f"- {BOX}")]
    parts += [f"**Levels: {plain(item.rubric.name)}**"]
    parts += [plain(item.rubric.about)] if item.rubric.about else []
    levels = [
        f"- {BOX} **{each.level} {plain(each.label)}** {plain(each.text)}".rstrip() for each in item.rubric.anchors
    ]
    parts += ["\n".join([*levels, f"- {BOX} Not asked", f"- {BOX} Could not assess"])]
    for title, lines in (("Sounds strong", question.strong), ("Sounds weak", question.weak)):
        parts += [f"**{title}**", bullets(lines)] if lines else []
    parts += ["**Reference answer**", quoted(safe(question.answer))] if question.answer else []
    return [*parts, "**Notes**"]
