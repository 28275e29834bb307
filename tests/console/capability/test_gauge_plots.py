"""The plots of a GRR study show every value."""

from __future__ import annotations

import pytest

from linewalker.console.capability.gauge_plots import gauge_plots
from linewalker.inspection.capability.gauge import gauge_crossed, gauge_nested, gauge_of_parts
from tests.inspection.capability.published import AIAG_GRR

PARTS, OPERATORS = [str(k) for k in range(10)], ["A", "B", "C"]


def count(svg: str) -> int:
    return svg.count("translate(") - 1  # the name of the y axis is turned


def test_every_value_is_drawn_by_part_and_by_operator() -> None:
    _, ranges, means, by_part, by_operator, interaction = (
        plot.svg() for plot in gauge_plots(gauge_crossed(AIAG_GRR, tolerance=8.0), AIAG_GRR, PARTS, OPERATORS)
    )
    assert (count(ranges), count(means)) == (30, 30)
    assert count(by_part) == 90 + 10
    assert count(by_operator) == 90 + 3
    assert count(interaction) == 30 + 3  # and the legend


def test_nested_parts_have_names_of_their_own() -> None:
    values = AIAG_GRR.transpose(1, 0, 2)
    names = [f"{operator}/{part}" for operator in OPERATORS for part in PARTS]
    plots = gauge_plots(gauge_nested(values), values, names, OPERATORS)
    assert count(plots[3].svg()) == 90 + 30
    assert "A/0" in plots[3].svg()


@pytest.mark.parametrize("tolerance", [None, 1.0])
def test_a_gauge_without_operators_has_four(tolerance: float | None) -> None:
    values = AIAG_GRR.reshape(10, 9)
    assert len(gauge_plots(gauge_of_parts(values, tolerance=tolerance), values, PARTS, ())) == 4
