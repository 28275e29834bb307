"""Constants of the range: tables of the literature, and the law of two values."""

from __future__ import annotations

import math

import pytest

from linewalker.inspection.capability.ranges import range_constants


@pytest.mark.parametrize(
    ("count", "d2", "d3"),
    [(2, 1.128, 0.8525), (3, 1.693, 0.8884), (4, 2.059, 0.8798), (5, 2.326, 0.8641), (10, 3.078, 0.7971)],
)
def test_they_are_those_of_the_tables(count: int, d2: float, d3: float) -> None:
    """AIAG MSA 4th ed., appendix C; ASTM E2587, table of factors."""
    constants = range_constants(count)
    assert round(constants.mean, 3) == d2
    assert constants.spread == pytest.approx(d3, abs=1.01e-4)


@pytest.mark.parametrize(("count", "d2_star"), [(2, 1.41421), (3, 1.91155), (4, 2.23887), (5, 2.48124), (10, 3.17905)])
def test_those_of_one_range_are_printed_by_aiag(count: int, d2_star: float) -> None:
    """AIAG MSA 4th ed., appendix C, g = 1."""
    assert range_constants(count).of_one == pytest.approx(d2_star, abs=1.01e-5)


@pytest.mark.parametrize(("trials", "k1"), [(2, 0.8862), (3, 0.5908)])
def test_k1_is_printed_on_the_worksheet(trials: int, k1: float) -> None:
    assert round(1.0 / range_constants(trials).mean, 4) == k1


@pytest.mark.parametrize(("count", "k"), [(2, 0.7071), (3, 0.5231), (5, 0.4030), (9, 0.3249), (10, 0.3146)])
def test_k2_and_k3_are_printed_on_the_worksheet(count: int, k: float) -> None:
    assert round(1.0 / range_constants(count).of_one, 4) == k


def test_the_range_of_two_is_the_size_of_a_normal_difference() -> None:
    two = range_constants(2)
    assert two.mean == pytest.approx(2.0 / math.sqrt(math.pi), rel=1e-12)
    assert two.of_one == pytest.approx(math.sqrt(2.0), rel=1e-12)


def test_limits_of_five_and_of_ten() -> None:
    """D3 and D4 of the tables."""
    assert (range_constants(5).lower, round(range_constants(5).upper, 3)) == (0.0, 2.114)
    assert (round(range_constants(10).lower, 3), round(range_constants(10).upper, 3)) == (0.223, 1.777)


def test_one_value_has_no_range() -> None:
    with pytest.raises(ValueError, match="2 or more"):
        range_constants(1)
