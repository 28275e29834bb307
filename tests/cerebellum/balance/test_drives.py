"""What the drives are told."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.balance.drives import Drives
from linewalker.cerebellum.balance.stiff_legs import Brace
from linewalker.cerebellum.balance.upper_body import UpperBody
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_springs_carry_all_but_the_legs_and_swing_little(robot: str) -> None:
    profile = load_profile(robot)
    dynamics, effort = Dynamics(profile), effort_limits(profile)
    q = np.zeros(dynamics.model.nq)
    q[3], q[dynamics.joint_q] = 1.0, profile.standing_q()
    dynamics.update(q, np.zeros(dynamics.nv))
    drives, upper = Drives(dynamics, effort), UpperBody(profile)
    drives.begin()
    command = drives.command(0.1 * effort, upper, Brace(dynamics, effort))
    legs = np.isin(dynamics.joints, dynamics.legs)
    assert not command.kp_nm_rad[legs].any()
    assert not command.kd_nm_s_rad[legs].any()
    np.testing.assert_allclose(command.q_rad[~legs], upper.q)
    np.testing.assert_allclose(command.kp_nm_rad[~legs] * Drives.STIFFNESS_RAD, effort[~legs])
    inertia = np.diag(dynamics.M)[dynamics.joints][~legs]
    share = command.kd_nm_s_rad[~legs] / (2.0 * np.sqrt(command.kp_nm_rad[~legs] * inertia))
    np.testing.assert_allclose(share, 0.7)  # of critical damping
