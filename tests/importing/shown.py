"""Readings as plain tuples, so that a test can state a whole document's outcome."""

from panel.importing.found import Reading


def asked(reading: Reading) -> list[tuple[str, str, str]]:
    """(category, prompt, answer) of every question, in order."""
    return [(each.category, each.prompt, each.answer) for each in reading.questions]


def aside(reading: Reading) -> list[tuple[int, str]]:
    """(line, reason) of every problem, in order."""
    return [(each.line, each.reason) for each in reading.problems]


def prompts(reading: Reading) -> list[str]:
    return [each.prompt for each in reading.questions]
