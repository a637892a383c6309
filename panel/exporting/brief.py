"""A candidate's brief: what to expect and how to prepare. It never holds a question, a probe or an answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from panel.domain.text import listed
from panel.exporting.kit import NO_SPLIT, TimeSplit, zone_words

USUAL_BRING = (
    "Paper and a pen, or whatever you like to think with. For a video call: a quiet place, a camera and a microphone "
    "that you have tried, and a telephone number for the case that the line breaks. Nothing needs to be handed in."
)
EXPECT = (
    "You will be asked questions about the themes named with each interview, and follow-ups where something stays "
    "open. The interviewers write while you speak: they keep what you said, so that nothing is judged from memory."
)
THINK = (
    "It is what you say that counts, not how smoothly it comes. Take the time to think, and ask back when a question "
    "is not clear."
)
NOT_KNOWING = (
    "Nobody knows everything, and nobody expects it of you. “I don't know, here is how I would find out” is a welcome "
    "answer: say what you would look up, try or ask."
)
ACCOMMODATIONS = (
    "Tell whoever sent you this if something would help you to show what you can do: more time, a break, another hour, "
    "captions, a place without stairs, questions in writing. You need not say why, and it plays no part in how you are "
    "judged."
)
NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


@dataclass(frozen=True)
class BriefInterview:
    """One interview ahead. `starts_at` is naive UTC; `themes` are names of competencies."""

    round_name: str
    starts_at: datetime
    minutes: int
    with_whom: tuple[str, ...]
    themes: tuple[str, ...]
    split: TimeSplit = NO_SPLIT


@dataclass(frozen=True)
class Brief:
    """`levels` are the lengths of the scales that the answers are judged on; `dated`, naive UTC, is the plan's date."""

    candidate_name: str
    role_name: str
    interviews: tuple[BriefInterview, ...]
    levels: tuple[int, ...]
    dated: datetime
    bring: str = USUAL_BRING
    zone: tzinfo = UTC

    @property
    def title(self) -> str:
        return f"Your {'interview' if len(self.interviews) == 1 else 'interviews'}: {self.role_name}"

    @property
    def zone_line(self) -> str:
        return f"Times are those of {zone_words(self.zone)}."


Section = tuple[str, tuple[str, ...]]  # a heading, paragraphs


def when_words(each: BriefInterview, zone: tzinfo) -> str:
    """`Monday 30 November 2026, 14:00 to 15:00 (UTC+01:00)`; the second day too where it ends on another."""
    start = each.starts_at.replace(tzinfo=UTC).astimezone(zone)
    end = (each.starts_at.replace(tzinfo=UTC) + timedelta(minutes=each.minutes)).astimezone(zone)
    ends = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%A} {end:%H:%M}"
    offset = f"{start:%z}"
    return f"{start:%A} {start.day} {start:%B %Y}, {start:%H:%M} to {ends} (UTC{offset[:3]}:{offset[3:5]})"


def facts_of(each: BriefInterview, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """What a candidate should know of one interview, each with its name."""
    facts = [("When", when_words(each, zone)), ("How long", _length(each))]
    facts += [("With", listed(each.with_whom))] if each.with_whom else []
    facts += [("Themes to prepare", ", ".join(each.themes))] if each.themes else []
    return tuple(facts)


def sections_of(brief: Brief) -> tuple[Section, ...]:
    return (
        ("What to bring", tuple(line.strip() for line in brief.bring.splitlines() if line.strip())),
        ("How answers are judged", (_judging(brief), THINK)),
        ("When you do not know", (NOT_KNOWING,)),
        ("If something would help you", (ACCOMMODATIONS,)),
    )


def _length(each: BriefInterview) -> str:
    split = each.split
    parts = [f"about {split.opening} to arrive and get to know each other"] if split.opening else []
    between = each.minutes - split.opening - split.candidate
    parts += [f"{between} for questions to you"] if parts or split.candidate else []
    parts += [f"{split.candidate} for your own questions"] if split.candidate else []
    return f"{each.minutes} minutes" + (f": {listed(parts)}" if parts else "")


def _judging(brief: Brief) -> str:
    lengths = [NUMBERS[each] for each in sorted(set(brief.levels))]
    scale = f"a scale of {' or '.join(lengths)} levels" if lengths else "a scale"
    people = {name for each in brief.interviews for name in each.with_whom}
    alone = (
        "Several people judge independently of each other: each writes down their judgement before they talk about it."
        if len(people) > 1
        else "Your interviewer writes down their judgement before talking about it with anybody."
    )
    return (
        f"Each answer is judged on {scale}. Every level is described beforehand by what can be heard in an answer, and "
        f"the same questions and descriptions hold for everybody who is interviewed for this role. {alone}"
    )
