import pytest

from panel.stats.wording import band, band_of_interval, claim, listed, provisional, too_few, with_interval


@pytest.mark.parametrize(
    ("value", "name"),
    [(-0.3, "poor"), (0.4999, "poor"), (0.5, "moderate"), (0.75, "good"), (0.9, "excellent"), (1.0, "excellent")],
)
def test_bands_are_those_of_koo_and_li(value, name):
    """Koo & Li (2016): poor below .50, moderate to .75, good to .90, excellent above."""
    assert band(value) == name


def test_both_ends_of_the_interval_are_judged():
    assert band_of_interval(0.2, 0.8) == "between poor and good"
    assert band_of_interval(0.76, 0.89) == "good"


def test_no_claim_below_30_targets_and_a_provisional_one_below_100():
    assert (
        too_few(29, "candidate")
        == "No reliability claim: 29 candidates rated, 1 more needed to reach the minimum of 30."
    )
    assert too_few(1) == "No reliability claim: 1 target rated, 29 more needed to reach the minimum of 30."
    assert too_few(30) is None
    assert (provisional(99), provisional(100)) == ("Provisional: ", "")


def test_a_missing_interval_is_named():
    assert with_interval(0.714, 0.342, 0.946, 0.95) == "0.71, 95 % interval 0.34 to 0.95"
    assert with_interval(0.714, 0.342, 0.946, 0.999) == "0.71, 99.9 % interval 0.34 to 0.95"
    assert with_interval(1.0, None, None, 0.95) == "1.00, without an interval"


def test_a_claim_is_held_back_softened_or_made():
    assert claim(29, "it agrees.", "candidate") == too_few(29, "candidate")
    assert claim(99, "it agrees.") == "Provisional: It agrees."
    assert claim(100, "it agrees.") == "It agrees."


def test_names_are_listed_as_one_speaks_and_many_are_counted():
    assert listed(["Ana"]) == "Ana"
    assert listed(["Ana", "Bo"], "or") == "Ana or Bo"
    assert listed(["Ana", "Bo", 3]) == "Ana, Bo and 3"
    assert listed(list("abcdefg")) == "a, b, c and 4 others"
    assert listed(list("abcd")) == "a, b, c and 1 other"
