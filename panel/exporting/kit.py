"""An interviewer's kit: one guide of a published plan, as it is printed and taken into the room. It holds no rating."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from panel.domain.plans import GuideItem, InterviewGuide

REMINDERS = (
    "Ask every candidate of this round the same questions in the same order, and give each the same time.",
    "Ask a probe when the answer leaves something open. Do not help, and do not show whether you like what you hear.",
    "Write down what was said or done, in the candidate's words. “Quick” and “impressive” are no evidence; "
    "“named two causes before I asked” is.",
    "Judge each answer by the descriptions of the levels alone, not by the answer before it and not by the last "
    "candidate.",
    "“I don't know, here is how I would find out” is an answer. Hear how they would find out, then rate it.",
    "A question that was not asked is marked as not asked. It counts for nothing, and against nobody.",
    "Submit your scorecard before you talk with anybody about the candidate.",
)
KEEP_SAFE = "Holds questions and answers: keep it from candidates, and shred it after use."


@dataclass(frozen=True)
class TimeSplit:
    """Minutes of a sitting that are not for its questions: the welcome before, the candidate's own questions after."""

    opening: int = 0
    candidate: int = 0


NO_SPLIT = TimeSplit()


@dataclass(frozen=True)
class Occasion:
    """The interview a kit is printed for. `starts_at` is naive UTC."""

    candidate_name: str
    starts_at: datetime


@dataclass(frozen=True)
class Kit:
    """One guide with what stands around it. `published_at` is naive UTC; `zone` is where its reader's clock stands.

    Without an occasion it has room for a name and a date.
    """

    plan_title: str
    version: int
    published_at: datetime
    role_name: str
    round_name: str
    minutes: int
    guide: InterviewGuide
    with_whom: tuple[str, ...] = ()
    split: TimeSplit = NO_SPLIT
    occasion: Occasion | None = None
    zone: tzinfo = UTC

    @property
    def question_minutes(self) -> int:
        return sum(item.question.minutes for item in self.guide.items)

    @property
    def dated(self) -> datetime:
        """Naive UTC: the moment that its document bears, so that the same kit is the same file."""
        return self.published_at

    @property
    def version_words(self) -> str:
        return f"{self.plan_title}, version {self.version}, published {day_words(self.published_at, self.zone)}"

    @property
    def when_words(self) -> str:
        """`Mon 30 Nov 2026, 14:00 Europe/Berlin`; empty without an occasion."""
        if self.occasion is None:
            return ""
        local = self.occasion.starts_at.replace(tzinfo=UTC).astimezone(self.zone)
        return f"{local:%a} {day_words(self.occasion.starts_at, self.zone)}, {local:%H:%M} {zone_words(self.zone)}"

    def asked_words(self, item: GuideItem) -> str:
        """Who asks a question, where several people hear its answer; otherwise nothing."""
        if not self.with_whom:
            return ""
        if self.is_own(item):
            return "You ask this"
        return f"{item.asked_by} asks this; you rate it too"

    def is_own(self, item: GuideItem) -> bool:
        return item.asked_by == self.guide.interviewer_name

    def timetable(self) -> tuple[tuple[str, int], ...]:
        """The parts of the sitting in their order with their minutes, what is left over included."""
        left = self.minutes - self.split.opening - self.split.candidate - self.question_minutes
        parts = (
            ("Opening", self.split.opening),
            ("Questions", self.question_minutes),
            ("Candidate asks", self.split.candidate),
            ("To spare", left),
        )
        return tuple((name, minutes) for name, minutes in parts if minutes > 0)

    def clock(self) -> tuple[int, ...]:
        """For each question, the minute of the sitting at which it begins when all goes to plan."""
        begins, at = [], self.split.opening
        for item in self.guide.items:
            begins.append(at)
            at += item.question.minutes
        return tuple(begins)


def day_words(moment: datetime, zone: tzinfo) -> str:
    """Naive UTC as `30 Nov 2026` of a time zone."""
    local = moment.replace(tzinfo=UTC).astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def zone_words(zone: tzinfo) -> str:
    """`Europe/Berlin`, or `UTC`."""
    return str(zone)
