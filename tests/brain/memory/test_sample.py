"""Statistics against answers known by hand, and against numpy."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.brain.memory.sample import aggregated, capability
from linewalker.brain.memory.statistic import Aggregate

KNOWN = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]
"""Its population has the standard deviation 2, so a sample has 2 sqrt(8/7)."""


@pytest.mark.parametrize(
    ("aggregate", "answer"),
    [
        (Aggregate.MEAN, 5.0),
        (Aggregate.MEDIAN, 4.5),
        (Aggregate.MIN, 2.0),
        (Aggregate.MAX, 9.0),
        (Aggregate.SUM, 40.0),
        (Aggregate.RANGE, 7.0),
        (Aggregate.SPREAD, 2.0 * (8 / 7) ** 0.5),
    ],
)
def test_a_known_sample(aggregate, answer):
    assert aggregated(KNOWN, aggregate) == pytest.approx(answer, abs=1e-12)


def test_one_value_has_no_spread_and_none_has_nothing():
    assert aggregated([3.0], Aggregate.SPREAD) is None
    assert aggregated([3.0], Aggregate.RANGE) is None
    assert aggregated([3.0], Aggregate.MEAN) == 3.0
    for aggregate in (Aggregate.MEAN, Aggregate.MEDIAN, Aggregate.MIN, Aggregate.MAX, Aggregate.SUM, Aggregate.SPREAD):
        assert aggregated([], aggregate) is None
    with pytest.raises(ValueError, match="no number"):
        aggregated([1.0], Aggregate.MOST)


def test_capability_is_that_of_the_textbook():
    values = np.random.default_rng(0).normal(4.1, 0.1, 50)
    cp, cpk = capability(list(values), 3.2, 4.8)
    spread = values.std(ddof=1)
    assert cp == pytest.approx(1.6 / (6 * spread))
    assert cpk == pytest.approx((4.8 - values.mean()) / (3 * spread))
    assert capability([4.0], 3.2, 4.8) is None
    assert capability([4.0, 4.0], 3.2, 4.8) is None
