"""Plots are well-formed, put values where they belong, and nothing outside."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.capability.plot import HEIGHT, WIDTH, Plot, decade_ticks, span, ticks
from linewalker.inspection.title import Title

A, B = Title(zh="甲", en="a"), Title(zh="乙 < &", en="b < &")


def places(plot: Plot) -> list[tuple[float, float]]:
    found = re.findall(r'translate\(([-\d.]+) ([-\d.]+)\)" d=', plot.svg())
    return [(float(x), float(y)) for x, y in found]


def plot_of(x: np.ndarray, y: np.ndarray, **more) -> Plot:
    plot = Plot(A, A, B, x_range=span(x), y_range=span(y), **more)
    plot.marks(x, y)
    return plot


finite = st.floats(-1e6, 1e6).map(lambda value: round(value, 6))


@given(st.lists(st.tuples(finite, finite), min_size=1, max_size=20))
def test_marks_keep_their_order_and_stay_inside(points: list[tuple[float, float]]) -> None:
    x, y = (np.array(values) for values in zip(*points))
    found = places(plot_of(x, y))
    assert len(found) == len(points)
    for (px, py), (qx, qy), one, other in zip(found, found[1:], points, points[1:]):
        assert px <= qx if one[0] <= other[0] else px >= qx
        assert py >= qy if one[1] <= other[1] else py <= qy
    assert all(0.0 < px < WIDTH and 0.0 < py < HEIGHT for px, py in found)


def test_it_is_well_formed_whatever_is_drawn_and_called() -> None:
    plot = plot_of(np.array([1.0, 2.0]), np.array([0.0, 5.0]), names=["<script>", "x" * 40])
    plot.line(np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    plot.band(np.array([0.0, 1.0]), np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    plot.bars(np.array([0.0, 1.0]), np.array([1.0, 2.0]), 0.5)
    plot.whisker(0.0, 1.0, 2.0)
    plot.level(2.0, "<b>", below=True)
    plot.level(99.0, "not in range")
    plot.upright(0.5, "&", left=True)
    plot.legend(["<i>", "b"])
    text = plot.svg()
    root = ElementTree.fromstring(text)
    assert root.tag == "svg"
    assert "<script>" not in text
    assert "not in range" not in text
    assert {element.tag for element in root} <= {"title", "rect", "path", "text"}


def test_a_bar_is_as_wide_and_as_high_as_it_says() -> None:
    plot = Plot(A, A, B, x_range=(0.0, 1.0), y_range=(0.0, 100.0), names=["a", "b"])
    plot.bars(np.array([0.0, 1.0]), np.array([50.0, 100.0]), 0.5)
    bars = [e for e in ElementTree.fromstring(plot.svg()) if "column" in e.attrib.get("class", "")]
    first, second = ({key: float(e.attrib[key]) for key in ("x", "width", "height")} for e in bars)
    assert second["height"] == pytest.approx(2.0 * first["height"], abs=0.3)
    assert first["width"] == pytest.approx(0.5 * (second["x"] - first["x"]), abs=0.3)


def test_a_logarithmic_axis_has_equal_steps_for_equal_factors() -> None:
    plot = plot_of(np.array([0.1, 1.0, 10.0]), np.array([0.0, 0.5, 1.0]), logarithmic=True)
    (a, _), (b, _), (c, _) = places(plot)
    assert b - a == pytest.approx(c - b, abs=0.2)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_ticks_are_few_and_inside(low: float, width: float) -> None:
    found = ticks(low, low + width)
    assert 2 <= len(found) <= 13
    assert all(low - 1e-6 * width <= at <= low + width * (1 + 1e-6) for at in found)


def test_ticks_are_round() -> None:
    assert ticks(0.0, 1.0) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert decade_ticks(0.03, 3.0) == pytest.approx([0.05, 0.1, 0.2, 0.5, 1.0, 2.0])


def test_values_that_are_all_alike_have_a_plot() -> None:
    assert "nan" not in plot_of(np.zeros(3), np.zeros(3)).svg()
