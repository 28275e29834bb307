"""Limits: those of every robot can be met, and none is wider than the vendor's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.guards.limits import StateLimits, command_limits
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.mark.parametrize("name", PROFILES)
def test_every_robot_stands_within_its_limits(name: str) -> None:
    profile = load_profile(name)
    limits, standing = command_limits(profile), profile.standing_q()
    assert ((limits.lower_rad < standing) & (standing < limits.upper_rad)).all()
    assert all(len(vars(limits)[field]) == len(profile.joints) for field in vars(limits))


def test_the_limits_are_the_vendors_or_tighter() -> None:
    limits, felt = command_limits(load_profile("g1")), StateLimits()
    assert (limits.fastest_rad_s <= 10.0).all()
    assert limits.torque_nm[[0, 1, 3, 4]].tolist() == [88.0, 139.0, 139.0, 35.0]
    assert felt.tilt_rad <= 1.0
    assert (felt.joint_rad_s, felt.gyro_rad_s) <= (10.0, 6.0)
    assert (felt.winding_c[1], felt.case_c[1]) <= (120.0, 85.0)
    assert felt.charge_percent >= 20.0
    assert felt.link_s <= 1.0


def test_limits_that_are_none_are_refused() -> None:
    limits = command_limits(load_profile("g1"))
    for name in ("fastest_rad_s", "torque_nm", "step_rad", "step_nm", "damping_nm_s_rad"):
        for nothing in (0.0, -1.0, np.nan):
            with pytest.raises(InputError, match=name):
                replace(limits, **{name: np.append(vars(limits)[name][1:], nothing)})
    with pytest.raises(InputError, match="lower_rad"):
        replace(limits, lower_rad=limits.upper_rad)
