import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.vehicle.build.curves import control_polygon_table, table_values

POLYGON = [(0.0, 0.1), (0.5, 0.4), (1.1, 0.2), (2.0, 0.8), (2.6, 0.3), (3.0, 0.5)]


def test_a_straight_polygon_is_its_own_curve():
    table = control_polygon_table([(x, 0.3 + 0.25 * x) for x in (0.0, 0.4, 1.0, 1.3, 2.0)])
    x = np.linspace(0, 2, 101)
    assert table_values(table, x) == pytest.approx(0.3 + 0.25 * x, abs=1e-9)


def test_the_curve_starts_and_ends_at_the_ends_of_the_polygon_and_is_constant_beyond():
    table = control_polygon_table(POLYGON)
    assert table_values(table, np.array([0.0, 3.0, -5.0, 9.0])) == pytest.approx([0.1, 0.5, 0.1, 0.5], abs=1e-6)


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=12))
def test_the_curve_never_leaves_the_range_of_its_polygon(heights):
    table = control_polygon_table(list(enumerate(heights)))
    y = table_values(table, np.linspace(0, len(heights) - 1, 400))
    assert y.min() > min(heights) - 1e-3
    assert y.max() < max(heights) + 1e-3


def test_slope_and_curvature_are_continuous():
    x = np.linspace(0.05, 2.95, 20001)
    y = table_values(control_polygon_table(POLYGON), x)
    second = np.diff(y, 2) / np.diff(x)[0] ** 2
    assert np.abs(np.diff(second)).max() < 0.02 * np.abs(second).max()


@pytest.mark.parametrize(
    ("points", "word"), [(POLYGON[:3], "4 points"), ([(0, 0), (1, 0), (0.5, 1), (2, 0)], "increasing")]
)
def test_a_polygon_that_makes_no_curve_is_refused(points, word):
    with pytest.raises(ValueError, match=word):
        control_polygon_table(points)
