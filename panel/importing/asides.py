"""Passages that speak to the reader: advice, adverts, contents, contributions. None of them holds questions."""

import re

BEFORE = r"^\W*(?:(?:the|some|our|more|other|further|additional|useful|final|my)\s+)*"
# Headings that open a section for the reader, whatever stands in it.
SECTIONS = re.compile(
    BEFORE
    + r"""(?:
        faqs?|frequently\s+asked\s+questions(?:\s*\(faqs?\))?
      | about(?:\s+(?:me|us|this\b.*|the\s+(?:authors?|repo\w*|project|collection|guide|list)))?
      | contribut(?:e|ing|ions?|ors?)(?:\s+(?:to|guide\w*|guideline\w*)\b.*)?|how\s+to\s+contribute|maintainers?
      | references?|bibliography|resources?|further\s+reading|related(?:\s+(?:posts?|articles?|reading|links?))?
      | see\s+also
      | (?:learning|study|preparation|external|online)\s+(?:resources?|materials?|plan|guide)
      | read\s+more|reading(?:\s+list)?|licen[cs]e|copyright|disclaimers?|acknowledge?ments?(?:\s+and\s+\w+)?|credits?
      | thanks|thank\s+you|changelog|roadmap|sponsors?(?:hip)?|support\s+(?:us|me|this\b.*|the\b.*)|donat(?:e|ions?)
      | stargazers?|star\s+history|buy\s+me\s+a\s+coffee|contact(?:s|\s+(?:me|us))?|newsletter|translations?
      | testimonials?
      | how\s+to\s+use\s+(?:this|the\s+(?:repo\w*|list|guide|questions)|it)\b.*|downloading.*
      | leave\s+a\s+(?:comment|reply)
      | share\s+this.*|(?:table\s+of\s+)?contents?|toc|legend|notes?\s+(?:to|for)\s+(?:the\s+)?readers?|preface|foreword
      | conclusions?|wrap(?:ping)?[\s-]*up|(?:final|closing|last)\s+(?:thoughts?|words?|notes?)|thoughts
      | (?:key\s+)?takeaways?|(?:what(?:['’]?s|\s+is)|why)\s+this(?:\s+(?:repo\w*|list|project|guide|book|about))?
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
# Headings that do so only where no questions stand below them: they may name a subject as well.
PERHAPS = re.compile(
    BEFORE
    + r"""(?:
        introduction|intro|overview|summary|index|outline|usage|getting\s+started|quick\s+start|installation
      | prerequisites?
      | sources?|links?|books?|languages?|community|social|support|comments?|feedback|authors?|download|motivation
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
ADVICE = re.compile(
    r"""\b(?:tips?|advice|tricks)\b.*\b(?:interview\w*|prepar\w*|candidates?|success|job)\b
      | \b(?:interview\w*|preparation)\s+(?:tips?|advice|strategy|guide|process|checklist)\b
      | ^\W*(?:tips?|advice)(?:\s+(?:and|&|for|on)\b.*)?\W*$
      | \bhow\s+(?:to|can\s+(?:i|you|we)|should\s+(?:i|you)|do\s+(?:i|you))\s+(?:\w+\s+)?(?:prepare|crack|ace|pass)\b
        .*\b(?:interview|exam|test|job)
      | \bwhat\s+to\s+(?:bring|wear|expect)\b""",
    re.IGNORECASE | re.VERBOSE,
)
CONTENTS = re.compile(r"^\W*(?:table\s+of\s+)?(?:contents?|toc|index|outline)\W*$", re.IGNORECASE)
BACK_TO_TOP = re.compile(
    r"^\W*(?:(?:go\s+)?back\s+to\s+(?:the\s+)?(?:top|contents?|toc|table\s+of\s+contents|index|questions|start)"
    r"|(?:go\s+)?(?:to\s+)?(?:the\s+)?top|return\s+to\s+(?:the\s+)?top|(?:table\s+of\s+contents|toc))\W*$",
    re.IGNORECASE,
)
# A line of an article that is never part of an answer, though it stands right below one.
CALLS = re.compile(
    r"""^\W*(?:
        leave\s+a\s+(?:comment|reply)|(?:post|write|add)\s+a\s+comment|share\s+(?:this|on|via|it)\b
      | sharing\s+is\s+caring
      | (?:please\s+)?subscribe\b|sign\s+up\b|follow\s+(?:us|me)\b|join\s+(?:our|us|the|my)\b|enrol+\b
      | (?:also|must|you\s+may\s+also)\s+(?:read|check|like|see)\b|read\s+(?:more|also|next|our|the\s+full)\b
      | related\s+(?:articles?|posts?|reading|questions)|recommended\s+(?:articles?|reads?|posts?|for\s+you)
      | click\s+(?:here|on|the)\b|download\s+(?:the|our|this|now|free|pdf)\b|advertisements?\b|sponsored\b|ad\b\W*$
      | (?:get|start|try)\s+(?:your|a|our|it|the)\s+(?:\w+\s+){0,2}(?:free|now|today|trial|course|copy)\b
      | (?:book|schedule)\s+(?:a|your)\s+(?:free\s+)?(?:demo|call|class|session|mock)\b
      | check\s+out\s+(?:our|the|my|this)\b|(?:was|is)\s+this\s+(?:article|page|post|helpful)\b|table\s+of\s+contents\b
      | last\s+updated\b|posted\s+(?:on|by)\b|written\s+by\b|by\s+admin\b|tags?\s*:|categor(?:y|ies)\s*:|copyright\b
      | all\s+rights\s+reserved|(?:previous|next)\s+(?:post|article)|photo\s+by\b|image\s+(?:source|credit)
      | \d+\s+(?:min(?:ute)?s?\s+read|comments?|views|shares|claps)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
CLOSING = re.compile(
    r"""^\W*(?:
        (?:in|to)\s+(?:conclu(?:sion|de)|summary|sum\s+up)|conclusion|finally|to\s+wrap\s+up|we\s+hope|i\s+hope
      | hope\s+(?:this|these)|these\s+(?:were|are)|that['’]?s\s+(?:all|it)|this\s+(?:article|post|guide|blog|list)
      | with\s+these|by\s+(?:now|preparing)|(?:good|best\s+of)\s+luck|all\s+the\s+best|thank(?:s|\s+you)\b
      | happy\s+(?:learning|interviewing|coding)|if\s+you\s+(?:liked|enjoyed|found|have\s+any\s+(?:questions|doubts))
    )""",
    re.IGNORECASE | re.VERBOSE,
)
FAREWELL = re.compile(
    r"""^\W*(?:
        if\s+(?:you|this)\b.*\b(?:star|helpful|useful|like|share|support)|.*\bgive\s+(?:it|this|us)\b.*\bstar\b|made\s+with\b
      | this\s+(?:book|repo\w*|guide|list|collection|document|page|project)\b|(?:pull\s+requests?|prs?|contributions?)\b
      | feel\s+free\s+to\b|maintained\s+by\b|created\s+by\b|last\s+updated\b|©|\(c\)|copyright\b|connect\s+with\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
OF_THE_DOCUMENT = re.compile(
    r"\b(?:interview\w*|article|blog|post|guide|list|repo\w*|questions|comments?|readers?|preparation|luck|learning)\b",
    re.IGNORECASE,
)
LONGEST_TITLE = 120  # characters
LONGEST_LINK = 60
LONGEST_CALL = 200


def is_for_the_reader(title: str) -> bool:
    """Whether a heading opens advice, contents, contributions and the like."""
    title = title.strip()
    return len(title) <= LONGEST_TITLE and bool(SECTIONS.match(title) or ADVICE.search(title))


def is_perhaps_for_the_reader(title: str) -> bool:
    """Whether a heading opens such a section unless questions stand below it: `Introduction`, `Getting started`."""
    return len(title) <= LONGEST_TITLE and bool(PERHAPS.match(title.strip()))


def advises(text: str) -> bool:
    """Whether a line asks for advice on interviews, and not something of a candidate."""
    return len(text) <= LONGEST_CALL and bool(ADVICE.search(text)) and "interview" in text.lower()


def is_contents(title: str) -> bool:
    return len(title) <= LONGEST_LINK and bool(CONTENTS.match(title))


def is_back_to_top(text: str) -> bool:
    return len(text) <= LONGEST_LINK and bool(BACK_TO_TOP.match(text))


def calls_the_reader(text: str) -> bool:
    """Whether one line of an article is a call, an advert or a form, not part of an answer."""
    return len(text) <= LONGEST_CALL and bool(CALLS.match(text))


def says_farewell(text: str) -> bool:
    """Whether the text below the last rule of a document takes leave of the reader."""
    return calls_the_reader(text) or closes_the_document(text) or bool(FAREWELL.match(text[:LONGEST_CALL]))


def closes_the_document(text: str) -> bool:
    """Whether a paragraph says goodbye: it opens as a conclusion and speaks of the interview or the article."""
    return bool(CLOSING.match(text) and OF_THE_DOCUMENT.search(text[:400]))
