"""How questions and answers are worded and labelled in other people's documents, mostly English ones."""

import re
from dataclasses import dataclass

QUESTION_LABEL = re.compile(
    r"""^[\s"'“(\[]*(?:
        (?:(?:interview\s+)?question|ques|que|qn|q|frage|pregunta|domanda|problem|exercise)\s*(?:no\.?|\#|\.|-)?\s*(?P<counted>\d{1,4})\s*(?:[.:)\]–—-]+|\s)\s*
      | (?:question|ques|q|frage|pregunta|domanda)\s*(?:[:)\]–—]+|\.(?=\s)|\s-\s)\s*
      | [#(\[]?(?P<number>\d{1,4})(?:[.)\]:]+(?!\d)|\s+[–—-]\s|\ufe0f?\u20e3)\s*
    )(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
ANSWER_WORDS = (
    r"(?:(?:sample|model|reference|expected|possible|example|suggested|short|long|ideal|good|brief|detailed|correct)\s+)?"
    r"(?:answers?|ans|solution|response|antwort|respuesta|réponse|risposta|resposta)"
)
ANSWER_LABEL = re.compile(
    rf"""^[\s>]*(?:[-*+]\s+)?(?:\#{{1,6}}\s*)?(?:<\w+>\s*)*(?:👉|✅|💡|📝|➡️|🔹)?\s*[*_]{{0,3}}
        (?:{ANSWER_WORDS}(?:\s*\#?\d{{1,4}})?|a(?:\s?\d{{1,4}})?(?=\s*[*_]{{0,3}}:))
        (?:\s*[*_]{{0,3}}\s*(?:[:：][-–—]?|\.(?=\s|$|[*_])|\)|[–—-]+(?=\s|$))\s*[*_]{{0,3}}|\s*[*_]{{1,3}}\s*$|\s*$)
        (?:</\w+>)*\s*""",
    re.IGNORECASE | re.VERBOSE,
)
ANNOUNCEMENT = re.compile(
    r"^\W*(?:(?:click|tap|press)\b.*|(?:show|see|view|reveal|toggle|expand|open)\b.*|(?:hint|answer|solution|explanation|code|"
    r"example|output|details?|more|spoiler)s?\b[^?]*)\W*$",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"^[\s*_<>-]*(?:(?:your |the )?answer (?:goes )?here|to ?do|tbd|tba|n/a|coming soon|wip|\?+|\.{2,}|…|-+)"
    r"[\s*_.!-]*$",
    re.IGNORECASE,
)
QUESTION_WORDS = """
    what what's what’s whats why why's how how's when when's which who who's whom whose where where's was wie warum wann
"""
TASK_WORDS = """
    add analyze analyse argue arrange assess assume build calculate check classify code coding combine compare compute
    consider construct contrast convert count create critique debug deduce define demonstrate derive describe design
    detect determine develop diagnose differentiate difference differences discuss distinguish draw elaborate
    enumerate estimate evaluate explain express extract fill find fix formulate generate give given group guess
    identify illustrate imagine implement improve infer interpret introduce justify let let's list make mention merge
    modify name optimize optimise outline output perform pick plan plot predict prepare print proof propose prove
    provide rank rate reconstruct reduce refactor remove replace reverse rewrite say select separate share shorten show
    simplify simulate sketch solve sort specify state suggest summarize summarise suppose swap take talk tell think
    trace train transform translate true try use validate verify walk write erkläre beschreibe nenne vergleiche
"""
# Tasks that hardly begin a sentence of an answer: "use" and "take" often do.
PLAIN_TASK_WORDS = "explain describe tell define compare discuss walk list name give differentiate distinguish"
PLAIN_TASKS = frozenset(PLAIN_TASK_WORDS.split())
# What follows a verb that sets a task: `Design a shop` is one, `Design patterns` is a subject.
OBJECT_WORDS = """
    a an the this that these those one two three some any each every your you me us it how what why when which whether
    between through about
"""
# What follows a question word in a question without its mark: `How do you bake`, but not `Where and having`.
VERB_WORDS = "is are was were do does did can could would will should has have had to you we"
ASKING = frozenset(QUESTION_WORDS.split())
TELLING = frozenset(TASK_WORDS.split())
SAID_TO_SOMEBODY = frozenset({"explain", "describe", "tell", "discuss", "erkläre", "beschreibe"})
POLITE = frozenset({"please", "now", "briefly", "can", "could", "and", "or", "then"})
OBJECTS = frozenset(OBJECT_WORDS.split())
VERBS = frozenset(VERB_WORDS.split())
SENTENCE_END = re.compile(r"\w{2}[.!。][\"'”’»)]*$")
SENTENCES = re.compile(r"(?<=[.!:;?])\s+")
END = re.compile(r"[?？؟][\s\"'”’»)\]*_`!.…]*$")
INSIDE = re.compile(r"[?？؟](?=[\s\"'”’»)\]]|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LONGEST_LABEL = 120  # characters of a line in which a label could end
HELD_BACK = re.compile(r"\b(?:I|my|me)\b")
TO_ME = re.compile(
    r"\b(?:tell|show|give|take|walk|talk|guide|teach|convince|sell)\s+me\b", re.IGNORECASE
)  # says the interviewer
OF_INTERVIEWS = re.compile(r"\b(?:interview|prepare|preparation|apply|hired|recruit|career|resume|job)", re.IGNORECASE)


@dataclass(frozen=True)
class Labelled:
    """A text without its label. `word` when the label says that it is a question, `number` when it counts."""

    text: str
    word: bool = False
    number: int | None = None

    @property
    def has_label(self) -> bool:
        return self.word or self.number is not None


def unlabelled(text: str) -> Labelled:
    """`Q12. What is X?` -> `What is X?`, word, 12. A text that is nothing but a label keeps it."""
    text = text.strip()
    match = QUESTION_LABEL.match(text[:LONGEST_LABEL])
    if match is None or match.end() >= len(text):
        return Labelled(text)
    counted = match["counted"] or match["number"]
    opened = match[0].lstrip()[:1]
    rest = text[match.end() :].strip()
    if opened in "\"'“" and rest[-1:] in "\"'”":
        rest = rest[:-1]
    return Labelled(rest.strip(), match["number"] is None, int(counted) if counted else None)


def asks(text: str) -> bool:
    """Whether a text by itself is worded as something to ask: with a question mark, or as a question or a task."""
    return ends_asking(text) or bool(INSIDE.search(text)) or opens_asking(text) or opens_asking(_after_title(text))


def _after_title(text: str) -> str:
    """`Factorial. Calculate the factorial of …` -> what follows the short title; nothing when there is none."""
    title, _, rest = text.partition(". ")
    return rest if len(title.split()) <= 5 else ""


def ends_asking(text: str) -> bool:
    return bool(END.search(text))


def ends_sentence(text: str) -> bool:
    return bool(SENTENCE_END.search(text))


def opens_asking(text: str) -> bool:
    """Whether the first word asks or sets a task: `How to …`, `Explain …`, `Please describe …`."""
    words = [each.lower() for each in WORD.findall(text[:200])[:3]]
    while words and words[0] in {"please", "now", "briefly", "can", "could", "you", "and", "or"}:
        words = words[1:]
    return bool(words) and (words[0] in ASKING or words[0] in TELLING)


def plainly_asks(text: str) -> bool:
    """Whether a text ends by asking, or opens with a word that is hardly ever an answer's."""
    first = WORD.search(text[:200])
    return ends_asking(text) or (first is not None and first[0].lower() in ASKING | PLAIN_TASKS)


def is_put_to_somebody(text: str) -> bool:
    """Whether a text is a question or a request as one says it to somebody, and not a subject: `Tell me about rye`,
    `A late shift. Take me through it.`, but not `Design patterns` and `List comprehensions`.
    """
    return ends_asking(text) or any(map(_is_put, SENTENCES.split(text[:1000])))


def _is_put(sentence: str) -> bool:
    words = [each for each in WORD.findall(sentence[:200])[:8] if each.lower() not in POLITE]
    if len(words) < 2 or words[1] == "A":  # `Group A`
        return False
    first, second = (each.lower() for each in words[:2])
    if first in ASKING:
        return second in VERBS and len(words) > 2
    return first in SAID_TO_SOMEBODY or (first in TELLING and second in OBJECTS)


def speaks_to_the_reader(text: str) -> bool:
    """A question that a reader has about their own interview, not one to ask a candidate."""
    return bool(HELD_BACK.search(TO_ME.sub("", text)) and OF_INTERVIEWS.search(text))


def answer_after_label(line: str) -> str | None:
    """What follows `Answer:` on its line (perhaps nothing); None when the line has no such label."""
    rest = after_label(ANSWER_LABEL, line)
    if rest is None:
        return None
    return rest.removesuffix("**") if rest.count("**") % 2 else rest  # **Answer: 3** was bold as a whole


def announces_an_answer(text: str) -> bool:
    """Whether a text only says that an answer stands below it: `Show answer`, `Click to expand`, `Solution`."""
    return not text or (len(text) <= LONGEST_LABEL and bool(ANNOUNCEMENT.match(text)))


def after_label(label: re.Pattern[str], line: str) -> str | None:
    """What follows a label. Only the head of a line is looked at: patterns take long on endless blanks."""
    line = line.strip()
    match = label.match(line[:LONGEST_LABEL])
    if match is None or (match.end() == LONGEST_LABEL and len(line) > LONGEST_LABEL):
        return None
    return line[match.end() :].strip()
