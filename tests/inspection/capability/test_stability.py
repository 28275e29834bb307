"""Control charts: a published answer, and what is no chance is found."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.stability import stability
from tests.inspection.capability.published import NIST_FLOWRATES

NAMES = tuple(str(k) for k in range(100))


def test_single_values_to_the_printed_digit() -> None:
    """NIST/SEMATECH e-Handbook 6.3.2.2 prints 50.81, 55.8041, 45.8159 with d2 = 1.128; ours has all digits."""
    study = stability(NIST_FLOWRATES[:, None], NAMES[:10])
    assert round(study.location.centre, 2) == 50.81
    assert round(study.spread.centre, 4) == 1.8778
    assert round(50.81 + 3.0 * study.spread.centre / 1.128, 4) == 55.8041
    assert study.location.upper == pytest.approx(55.8041, abs=2e-3)
    assert study.location.lower == pytest.approx(45.8159, abs=2e-3)
    assert study.stable


@pytest.mark.parametrize(("size", "kind"), [(1, "moving_range"), (5, "range"), (12, "std")])
def test_every_kind_of_chart_finds_the_sigma_that_was_drawn(size: int, kind: str) -> None:
    values = np.random.default_rng(size).normal(7.0, 0.3, (400, size))
    study = stability(values, [str(k) for k in range(400)])
    assert study.spread.kind == kind
    assert study.sigma == pytest.approx(0.3, rel=0.06)
    assert len(study.location.outside) <= 5
    assert study.location.upper - study.location.centre == pytest.approx(3.0 * study.sigma / np.sqrt(size))


def quiet(count: int) -> np.ndarray:
    """Alternates about 0."""
    return np.where(np.arange(count) % 2, 1.0, -1.0) * np.linspace(0.9, 1.1, count)


def test_a_jump_a_run_and_a_trend_are_found() -> None:
    values = quiet(30)
    assert stability(values[:, None], NAMES[:30]).stable
    jump = values.copy()
    jump[20] = 12.0
    assert 20 in stability(jump[:, None], NAMES[:30]).location.outside
    run = values.copy()
    run[10:20] = np.abs(run[10:20])
    assert stability(run[:, None], NAMES[:30]).location.runs
    trend = values.copy()
    trend[12:18] = np.linspace(-1.5, 1.5, 6)
    assert (
        stability(trend[:, None], NAMES[:30]).location.trends == (17, 18)
        or 17 in stability(trend[:, None], NAMES[:30]).location.trends
    )


@pytest.mark.parametrize(
    ("values", "said"), [(np.zeros((7, 3)) + 1.0, "7 points"), (np.ones((20, 3)), "all values are the same")]
)
def test_what_is_no_study_is_refused(values: np.ndarray, said: str) -> None:
    with pytest.raises(InputError, match=said):
        stability(values, NAMES[: len(values)])
