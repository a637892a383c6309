"""The colours, in one place. Levels have these colours everywhere and nothing else has them.

Neighbouring levels differ by 20 or more (CIE76) under deuteranopia and protanopia. A level is never colour alone:
the number and its word stand with it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    page: str
    surface: str
    text: str
    quiet: str
    accent: str
    line: str
    levels: tuple[str, str, str, str, str]
    on_levels: tuple[str, str, str, str, str]  # text on each level's colour, 4.5:1 or better


LIGHT = Palette(
    page="#FBFBF9",
    surface="#FFFFFF",
    text="#1B1F24",
    quiet="#59616B",
    accent="#0F5C66",
    line="#DDDDD6",
    levels=("#A8480F", "#DE9A5C", "#B9BDC6", "#6F9FD0", "#1F5A99"),
    on_levels=("#FFFFFF", "#1B1F24", "#1B1F24", "#1B1F24", "#FFFFFF"),
)
DARK = Palette(
    page="#14171C",
    surface="#1B1F26",
    text="#E7EAEE",
    quiet="#9AA3AD",
    accent="#5FC3CF",
    line="#323842",
    levels=("#FFA25C", "#A3622F", "#6A707B", "#3F73B8", "#9CCBFF"),
    on_levels=("#14171C", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#14171C"),
)


def place_on_five(level: int, levels: int) -> int:
    """The colour index (0 to 4) of a level on a scale with any number of levels."""
    return round((level - 1) * 4 / (levels - 1))


def nearest(score: float) -> int:
    """The colour index of a mean on the scale 1 to 5."""
    return min(max(round(score) - 1, 0), 4)
