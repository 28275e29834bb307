"""Obstacles as users write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from linewalker.console.obstacles import read_obstacle
from linewalker.errors import InputError


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.01, 5))
def test_a_round_obstacle_holds_its_circle_and_little_more(x: float, y: float, radius_m: float) -> None:
    outline = Polygon(read_obstacle(f"{x},{y},{radius_m}"))
    assert outline.buffer(1e-9 * (1 + abs(x) + abs(y))).contains(Point(x, y).buffer(radius_m))
    assert outline.area < 1.03 * np.pi * radius_m**2


def test_corners_are_taken_as_they_are_written() -> None:
    assert read_obstacle("1,0 2,0.5  2,1").tolist() == [[1.0, 0.0], [2.0, 0.5], [2.0, 1.0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a round one"),
        ("1,2", "expected a round one"),
        ("1,2,3,4", "expected a round one"),
        ("1,2,x", "expected a round one"),
        ("1,2,nan", "expected a round one"),
        ("0,0 1,1", "expected a round one"),
        ("0,0 1,1 2,0,1", "expected a round one"),
        ("1,2,0", "radius is 0 m; expected 0.005 or more"),
        ("1,2,1e-9", "radius is 1e-09 m"),
        ("1e300,0,0.3", "within 1000 m"),
        ("1,0 2,0 2,1e-5", "no area"),
        ("0,0 1,1 1,0 0,1", "crosses itself"),
        ("0,0 1,1 2,2", "no area"),
    ],
)
def test_what_is_no_obstacle_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_obstacle(text)
    assert repr(text) in str(refused.value)
