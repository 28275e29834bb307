"""The record that leaves the estimation: what it says is what the filter has, and it stays as it was."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.rig import Rig


@pytest.fixture(scope="module")
def rig() -> Rig:
    rig = Rig(seed=2)
    rig.robot.place(2.0, -1.0, 0.7)
    rig.run(0.5)
    return rig


def test_its_poses_are_those_of_the_robot(rig: Rig) -> None:
    estimate, profile = rig.motion.estimate, rig.robot.profile
    for X, body in ((estimate.X_WB, profile.base), (estimate.X_WT, profile.torso)):
        truth = rig.data.body(body)
        assert X.p == pytest.approx(truth.xpos, abs=0.02)
        assert pytest.approx(truth.xmat.reshape(3, 3), abs=0.02) == X.R
    np.testing.assert_array_equal(estimate.X_WT.p, rig.motion.pose_of("torso").p)
    np.testing.assert_array_equal(estimate.X_WB.R, rig.motion.pose_of("base").R)


def test_its_joints_and_speeds_are_in_the_order_of_the_profile(rig: Rig) -> None:
    estimate, n = rig.motion.estimate, len(rig.robot.profile.joints)
    assert estimate.q_rad.shape == estimate.dq_rad_s.shape == (n,)
    np.testing.assert_allclose(estimate.q_rad, rig.robot.body.q_rad, atol=0.015)
    assert np.linalg.norm(estimate.base_m_s) < 0.05
    assert np.linalg.norm(estimate.base_rad_s) < 0.05


def test_the_next_tick_does_not_change_it(rig: Rig) -> None:
    estimate = rig.motion.estimate
    before, covariance = estimate.numbers.copy(), estimate.covariance.copy()
    rig.run(0.1)
    np.testing.assert_array_equal(estimate.numbers, before)
    np.testing.assert_array_equal(estimate.covariance, covariance)
    assert not np.array_equal(rig.motion.estimate.numbers, before)
    with pytest.raises(AttributeError):
        estimate.localised = False  # type: ignore[misc]


def test_it_says_how_much_of_it_is_to_be_believed(rig: Rig) -> None:
    estimate = rig.motion.estimate
    assert estimate.localised
    assert 0.0 < estimate.fix_age_s < 0.1
    assert estimate.finite
    assert not estimate._replace(numbers=np.full_like(estimate.numbers, np.nan)).finite
    assert not estimate._replace(covariance=np.full_like(estimate.covariance, np.inf)).finite
