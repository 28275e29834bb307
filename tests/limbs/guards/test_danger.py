"""Every limit of what is felt ends a run by its name, and torque goes before temperature does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.guards.danger import Danger, Felt, danger, torque_share
from linewalker.limbs.guards.limits import StateLimits

LIMITS = StateLimits()
N = 4
WELL = Felt(
    q_rad=np.zeros(N),
    dq_rad_s=np.zeros(N),
    gyro_rad_s=np.zeros(3),
    tilt_rad=0.0,
    winding_c=np.full(N, 40.0),
    case_c=np.full(N, 35.0),
    errors=np.zeros(N, np.int64),
    charge_percent=80.0,
)


def but(value: float, size: int = N) -> np.ndarray:
    """A value at joint 2, nothing elsewhere."""
    return np.where(np.arange(size) == 2, value, 0.0)


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("age_s", LIMITS.link_s + 1e-6, Danger.LINK),
        ("age_s", np.nan, Danger.LINK),
        ("q_rad", but(np.nan), Danger.NUMBERS),
        ("tilt_rad", np.nan, Danger.NUMBERS),
        ("errors", but(0x40).astype(int), Danger.ERROR),
        ("winding_c", but(LIMITS.winding_c[1]), Danger.WINDING),
        ("case_c", but(LIMITS.case_c[1]), Danger.CASE),
        ("tilt_rad", LIMITS.tilt_rad, Danger.TILT),
        ("gyro_rad_s", but(-LIMITS.gyro_rad_s, 3), Danger.GYRO),
        ("dq_rad_s", but(-LIMITS.joint_rad_s), Danger.JOINT),
        ("charge_percent", LIMITS.charge_percent, Danger.BATTERY),
    ],
)
def test_each_limit_has_its_name(field: str, value: object, kind: Danger) -> None:
    found = danger(WELL._replace(**{field: value}), LIMITS)
    assert found is not None
    assert found[0] is kind
    if field in ("errors", "winding_c", "case_c", "dq_rad_s"):
        assert found[1].startswith("joint 2: ")


def test_a_robot_that_is_well_goes_on() -> None:
    assert danger(WELL, LIMITS) is None
    assert danger(WELL._replace(charge_percent=None, age_s=LIMITS.link_s), LIMITS) is None


@given(st.floats(0.0, 200.0), st.floats(0.0, 200.0), st.floats(0.0, 5.0))
def test_torque_only_falls_as_it_gets_hotter_and_is_gone_before_the_limit(
    winding: float, case: float, more: float
) -> None:
    share = torque_share(np.array([winding]), np.array([case]), LIMITS)
    hotter = torque_share(np.array([winding + more]), np.array([case + more]), LIMITS)
    assert 0.0 <= hotter[0] <= share[0] <= 1.0
    if winding <= LIMITS.winding_c[0] and case <= LIMITS.case_c[0]:
        assert share[0] == 1.0
    if winding >= LIMITS.winding_c[1] or case >= LIMITS.case_c[1]:
        assert share[0] == 0.0
