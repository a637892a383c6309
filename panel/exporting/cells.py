"""Text for a spreadsheet cell: what would start a formula is marked as text, and the mark is taken off again."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it, or where it has one already.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text.lstrip(" '\n").startswith(STARTS_A_FORMULA) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text
