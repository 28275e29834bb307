"""The budget: the worked example of ISO 22514-7 from its data to its indices, and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.budget import PROCESS, SYSTEM, budget
from linewalker.inspection.capability.gauge import gauge_crossed
from linewalker.inspection.capability.linearity import linearity
from tests.inspection.capability.published import ISO_GRR, ISO_LINEARITY, ISO_LINEARITY_REFERENCES


def test_iso_to_the_printed_digit() -> None:
    """ISO 22514-7:2012, A.3 to A.5: tolerance 9, u_CAL 0.005, resolution 0.005."""
    line = linearity(np.repeat(ISO_LINEARITY_REFERENCES, 4), ISO_LINEARITY.ravel())
    gauge = gauge_crossed(ISO_GRR)
    found = budget(
        {
            "calibration": 0.005,
            "resolution": 0.005 / math.sqrt(12.0),
            "linearity": line.linearity_std,
            "repeatability": line.repeatability,
            "repeatability_parts": gauge.repeatability,
            "operators": gauge.operators,
        },
        9.0,
    )
    assert found.system == pytest.approx(0.0836, abs=6e-5)
    assert found.process == pytest.approx(0.2093, abs=6e-5)
    assert found.expanded(found.system) == pytest.approx(0.1672, abs=1e-4)
    assert found.expanded(found.process) == pytest.approx(0.4185, abs=2e-4)
    assert round(found.ratio_percent(found.system), 1) == 3.7
    assert round(found.ratio_percent(found.process), 1) == 9.3
    assert found.capable
    assert [entry.name for entry in found.entries if not entry.in_process] == ["resolution", "repeatability"]


def test_at_the_least_tolerance_the_ratio_is_at_its_limit() -> None:
    found = budget({"repeatability": 0.02, "bias": 0.01, "operators": 0.03}, 1.0)
    at = budget({"repeatability": 0.02, "bias": 0.01}, found.least_tolerance(process=False))
    assert at.ratio_percent(at.system) == pytest.approx(15.0)
    assert at.process is None
    whole = budget({"repeatability": 0.02, "bias": 0.01, "operators": 0.03}, found.least_tolerance(process=True))
    assert whole.ratio_percent(whole.process) == pytest.approx(30.0)


def test_every_source_makes_it_larger() -> None:
    least = budget({"calibration": 0.01}, 1.0).system
    for name in (*SYSTEM, *PROCESS):
        found = budget({"calibration": 0.01} | {name: 0.02}, 1.0)
        assert (found.process or found.system) > least


def test_a_finer_repeatability_than_the_resolution_does_not_count() -> None:
    assert budget({"resolution": 0.03, "repeatability": 0.01}, 1.0).system == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("components", "tolerance", "said"),
    [
        ({}, 1.0, "nothing is known"),
        ({"moon": 1.0}, 1.0, "unknown source 'moon'; there is calibration"),
        ({"bias": -1.0}, 1.0, "bias: -1 is no standard uncertainty"),
        ({"bias": 1.0}, 0.0, "no tolerance"),
    ],
)
def test_what_is_no_budget_is_refused(components: dict[str, float], tolerance: float, said: str) -> None:
    with pytest.raises(InputError, match=said):
        budget(components, tolerance)
