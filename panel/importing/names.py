"""Headings as names of categories."""

import re

from panel.importing.difficulty import PICTURE
from panel.importing.wording import unlabelled

COUNTED = re.compile(r"\s*[(\[]\s*\d+\s*(?:questions?|q(?:ns|s)?|items?)?\s*[)\]]\s*$", re.IGNORECASE)
ENDS = re.compile(rf"^(?:{PICTURE.pattern}|\s)+|(?:{PICTURE.pattern}|\s)+$")
ABOUT_QUESTIONS = re.compile(
    r"^\W*(?:\d+\+?\s+|top\s+|most\s+|common(?:ly)?\s+|asked\s+|frequently\s+|the\s+|list\s+of\s+|all\s+|more\s+)*"
    r"(?:interview\s+)?(?:questions?|q\s*&\s*a|q\s*/\s*a|qna)(?:\s*(?:&|and|/|with)\s*(?:detailed\s+)?answers?)?\W*$",
    re.IGNORECASE,
)


def category_name(title: str) -> str:
    """A heading as the name of a category: without number, count, emoji at its ends and closing colon."""
    name = unlabelled(COUNTED.sub("", " ".join(title.split()))).text
    name = ENDS.sub("", name) or name
    return name.strip().rstrip(":").strip()


def names_no_subject(title: str) -> bool:
    """`Questions & Answers`: a heading above questions that says nothing of what they are about."""
    return bool(ABOUT_QUESTIONS.match(title))
