"""The drawing of a tolerance puts values where they belong."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.console.tolerance_bar import WIDTH, tolerance_bar
from linewalker.inspection.verdict import Reason, Verdict
from tests.factory.samples import badge, gap


def shapes(*entries):
    return ElementTree.fromstring(str(tolerance_bar(entries)))


def dot_x(value: float) -> float:
    [dot] = [shape for shape in shapes(gap(value=value)) if shape.tag == "circle"]
    return float(dot.attrib["cx"])


def inside() -> tuple[float, float]:
    [zone] = [shape for shape in shapes(gap()) if shape.attrib.get("class") == "inside"]
    left = float(zone.attrib["x"])
    return left, left + float(zone.attrib["width"])


@given(st.floats(2.4, 5.6), st.floats(2.4, 5.6))
def test_greater_values_lie_to_the_right(one, other):
    if one < other:
        assert dot_x(one) <= dot_x(other)


@given(st.floats(2.4, 5.6))
def test_a_value_is_drawn_inside_exactly_if_it_is_inside(value):
    left, right = inside()
    if abs(value - 3.3) > 0.01 and abs(value - 4.7) > 0.01:
        assert (left <= dot_x(value) <= right) == (3.3 <= value <= 4.7)


@given(st.floats(-1000.0, 1000.0))
def test_nothing_is_drawn_outside_the_drawing(value):
    text = str(tolerance_bar([gap(value=value)]))
    numbers = [float(number) for number in re.findall(r'(?:cx|x1|x2|x)="(-?[\d.]+)"', text)]
    assert all(0.0 <= number <= WIDTH for number in numbers)


def test_a_value_far_outside_is_a_triangle_at_the_end():
    shape = shapes(gap(value=9.0, verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE))[-1]
    assert shape.attrib["class"] == "mark nok"
    assert shape.attrib["d"].endswith("z")


def test_several_cars_share_one_drawing_and_cars_without_a_value_leave_no_mark():
    drawn = shapes(gap(value=4.0), gap(value=4.2), gap(value=None, verdict=Verdict.NOT_DECIDABLE))
    assert sum(shape.tag == "circle" for shape in drawn) == 2


@pytest.mark.parametrize("entry", [badge(), gap(lower=None), gap(lower=4.7, upper=4.7)])
def test_what_has_no_tolerance_has_no_drawing(entry):
    assert tolerance_bar([entry]) == ""


def test_words_from_outside_are_escaped():
    assert "<script>" not in str(tolerance_bar([gap(unit="<script>")]))
