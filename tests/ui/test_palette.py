"""The palette, as the look of the app fixes it, can be read and told apart with any colour vision."""

from itertools import pairwise

import numpy as np
import pytest

from panel.ui.palette import DARK, LIGHT, Palette, nearest, place_on_five

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), table 1, severity 1.0, on linear RGB
VISION = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2: the ratio of relative luminances."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(each)) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ rgb / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, vision: str | None = None) -> float:
    """CIE76, as somebody with this colour vision sees it."""
    seen = np.array(VISION[vision]) if vision else np.eye(3)
    first, second = (lab(np.clip(seen @ linear(each), 0, 1)) for each in (one, other))
    return float(np.linalg.norm(first - second))


def test_the_measures_agree_with_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert difference("#000000", "#FFFFFF") == pytest.approx(100, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert difference("#B00000", "#5B5B00", "deuteranopia") < difference("#B00000", "#5B5B00") / 2


def test_the_palettes_are_those_of_the_look() -> None:
    assert LIGHT.levels == ("#A8480F", "#DE9A5C", "#B9BDC6", "#6F9FD0", "#1F5A99")
    assert DARK.levels == ("#FFA25C", "#A3622F", "#6A707B", "#3F73B8", "#9CCBFF")
    assert (LIGHT.page, LIGHT.surface, LIGHT.text, LIGHT.quiet, LIGHT.accent) == (
        "#FBFBF9", "#FFFFFF", "#1B1F24", "#59616B", "#0F5C66",
    )  # fmt: skip
    assert (DARK.page, DARK.surface, DARK.text, DARK.quiet, DARK.accent) == (
        "#14171C", "#1B1F26", "#E7EAEE", "#9AA3AD", "#5FC3CF",
    )  # fmt: skip


@BOTH
def test_text_on_every_level_can_be_read(palette: Palette) -> None:
    ratios = [contrast(*each) for each in zip(palette.on_levels, palette.levels, strict=True)]
    assert [round(each, 2) for each in ratios if each < 4.5] == []


@BOTH
@pytest.mark.parametrize("part", ["text", "quiet", "accent"])
def test_words_and_actions_can_be_read_on_page_and_panel(palette: Palette, part: str) -> None:
    colour = getattr(palette, part)
    assert min(contrast(colour, palette.page), contrast(colour, palette.surface)) >= 4.5


@BOTH
@pytest.mark.parametrize("vision", ["protanopia", "deuteranopia", None])
def test_neighbouring_levels_differ_with_every_colour_vision(palette: Palette, vision: str | None) -> None:
    differences = [difference(one, other, vision) for one, other in pairwise(palette.levels)]
    assert [round(each, 1) for each in differences if each < 20] == []


@BOTH
def test_the_accent_is_no_level(palette: Palette) -> None:
    assert palette.accent not in palette.levels


@pytest.mark.parametrize(("levels", "places"), [(5, [0, 1, 2, 3, 4]), (4, [0, 1, 3, 4]), (3, [0, 2, 4]), (2, [0, 4])])
def test_a_scale_with_fewer_levels_keeps_the_ends(levels: int, places: list[int]) -> None:
    assert [place_on_five(level, levels) for level in range(1, levels + 1)] == places


@pytest.mark.parametrize(("score", "place"), [(1.0, 0), (1.6, 1), (3.4, 2), (4.6, 4), (5.0, 4), (0.2, 0), (7.0, 4)])
def test_a_mean_has_the_colour_of_the_nearest_level(score: float, place: int) -> None:
    assert nearest(score) == place


def test_means_halfway_between_levels_stay_in_order() -> None:
    places = [nearest(each) for each in (1.5, 2.5, 3.5, 4.5)]
    assert places == sorted(places)
