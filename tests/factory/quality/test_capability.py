"""Capability: the definitions, and intervals that cover the truth as often as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.quality.capability import capability
from tests.factory.quality.test_control_chart import VISCOSITY


def test_the_indexes_of_published_data() -> None:
    found = capability(VISCOSITY, 32.0, 35.0)
    within, overall = np.abs(np.diff(VISCOSITY)).mean() / 1.128, np.std(VISCOSITY, ddof=1)
    mean = np.mean(VISCOSITY)
    for index, value in (
        (found.cp, 3.0 / (6.0 * within)),
        (found.cpk, min(35.0 - mean, mean - 32.0) / (3.0 * within)),
        (found.pp, 3.0 / (6.0 * overall)),
        (found.ppk, min(35.0 - mean, mean - 32.0) / (3.0 * overall)),
    ):
        assert index is not None
        assert index.value == pytest.approx(value)
        assert index.low < index.value < index.high


def test_the_interval_of_pp_is_that_of_the_handbook() -> None:
    """Exact for normal values: 20 of them tell an index from 0.685 to 1.315 of it (chi-square, 19 degrees)."""
    values = np.random.default_rng(1).normal(0.0, 1.0, 20)
    pp = capability(values, -3.0, 3.0).pp
    assert pp is not None
    assert pp.low / pp.value == pytest.approx(0.6847, abs=2e-3)
    assert pp.high / pp.value == pytest.approx(1.3149, abs=2e-3)


def test_the_intervals_cover_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    covered = {"cp": 0, "cpk": 0, "pp": 0, "ppk": 0}
    true = {"cp": 4.0 / 3.0, "pp": 4.0 / 3.0, "cpk": 1.0, "ppk": 1.0}
    for _ in range(400):
        found = capability(rng.normal(1.0, 1.0, 50), -4.0, 4.0)
        for name, value in true.items():
            index = getattr(found, name)
            covered[name] += index.low <= value <= index.high
    assert all(0.90 <= count / 400 <= 0.99 for count in covered.values()), covered


@given(
    values=st.lists(st.floats(-5.0, 5.0).map(lambda value: round(value, 3)), min_size=3, max_size=40, unique=True),
    scale=st.floats(0.1, 10.0),
    shift=st.floats(-5.0, 5.0),
)
def test_an_index_has_no_unit_and_cpk_is_never_above_cp(values: list[float], scale: float, shift: float) -> None:
    one = capability(values, -6.0, 7.0)
    other = capability(scale * np.array(values) + shift, -6.0 * scale + shift, 7.0 * scale + shift)
    for name in ("cp", "cpk", "pp", "ppk"):
        assert getattr(one, name).value == pytest.approx(getattr(other, name).value, rel=1e-6)
    assert one.cpk.value <= one.cp.value + 1e-9  # type: ignore[union-attr]
    assert one.ppk.value <= one.pp.value + 1e-9  # type: ignore[union-attr]


def test_values_that_do_not_differ_have_no_index() -> None:
    found = capability([4.0] * 10, 3.0, 5.0)
    assert (found.cp, found.cpk, found.pp, found.ppk) == (None, None, None, None)


def test_limits_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="not below"):
        capability([1.0, 2.0], 5.0, 5.0)
