"""Where the body is led: away from the pressure, up to its height, upright."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.balance.steering_kernel import steer_com, steer_yaw
from linewalker.geometry import exp_so3
from linewalker.geometry.rotation_kernel import upright


def test_the_body_accelerates_away_from_the_pressure_and_up_to_its_height() -> None:
    out = np.zeros(3)
    com, speed, offset = np.array([0.1, 0.2, 0.55]), np.array([9.0, 9.0, -0.1]), np.array([0.01, 0.0])
    steer_com((com, speed), offset, np.array([0.05, 0.25]), 0.6, np.array([16.0, 60.0, 15.0]), out)
    np.testing.assert_allclose(out, [16 * 0.04, 16 * -0.05, 60 * 0.05 + 1.5])


@given(st.floats(-3, 3), st.floats(-0.3, 0.3))
def test_the_pelvis_turns_towards_upright_and_its_heading(yaw: float, off: float) -> None:
    out = np.zeros(3)
    steer_yaw(upright(yaw - off) @ exp_so3([0.1, 0.0, 0.0]), np.zeros(3), yaw, np.array([150.0, 24.0]), out)
    assert out[0] == pytest.approx(-15.0, abs=0.5)
    assert out[2] == pytest.approx(150.0 * off, abs=1.0)
