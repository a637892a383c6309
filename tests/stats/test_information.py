"""What a question tells: usual where nothing is known, measured where much is, and never of a senseless size."""

import pytest

from panel.stats.errors import BadOption
from panel.stats.information import USUAL_DISCRIMINATION, information


def test_a_usual_question_in_the_middle_of_the_scale_is_the_unit() -> None:
    assert information(None, None, 0, 0.5) == pytest.approx(1.0)
    assert information(USUAL_DISCRIMINATION, 0.5, 1000, 0.5) == pytest.approx(1.0)


def test_much_data_gives_the_measured_value() -> None:
    by_hand = (0.6**2 / 0.64) / (0.4**2 / 0.84) * 4 * 0.3 * 0.7
    assert information(0.6, 0.3, 10**9, 0.5) == pytest.approx(by_hand, rel=1e-6)


def test_few_candidates_move_it_part_of_the_way() -> None:
    usual, few, many = (information(0.7, 0.5, n, 0.5) for n in (0, 10, 1000))
    assert usual < few < many
    assert information(0.7, 0.5, 0, 0.5) == pytest.approx(1.0)


def test_what_everybody_tops_tells_little_and_what_orders_them_wrongly_tells_nothing() -> None:
    assert information(None, 1.0, 10**9, 0.5) == pytest.approx(0.36)
    assert information(-0.4, 0.5, 10**9, 0.5) == 0.0


@pytest.mark.parametrize("r", [1.0, -1.0])
def test_a_perfect_correlation_has_a_finite_size(r: float) -> None:
    assert 0 <= information(r, 0.5, 10**9, 0.5) < 60


@pytest.mark.parametrize(
    "bad",
    [(1.1, 0.5, 5, 0.5), (0.5, -0.1, 5, 0.5), (0.5, 0.5, 5, 2.0), (float("nan"), 0.5, 5, 0.5), (0.5, 0.5, -1, 0.5)],
)
def test_what_lies_outside_its_range_is_refused(bad: tuple[float, float, int, float]) -> None:
    with pytest.raises(BadOption):
        information(*bad)
