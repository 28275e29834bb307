"""An IMU that does not sit on the base."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.imu_mount import ImuMount
from linewalker.geometry import log_so3
from linewalker.limbs.profile import Mount
from linewalker.limbs.profiles import load_profile


def test_fixed_to_the_base_it_stays_where_the_profile_has_it() -> None:
    profile = load_profile("walker")
    dynamics = Dynamics(profile)
    mount = ImuMount(profile, dynamics)
    rng = np.random.default_rng(0)
    mount.update(rng.normal(size=dynamics.model.nq), rng.normal(size=dynamics.nv))
    np.testing.assert_array_equal(mount.p, profile.imu.X_BF.p)
    np.testing.assert_array_equal(mount.R, profile.imu.X_BF.R)
    assert not mount.v.any()
    assert not mount.w.any()


@pytest.mark.parametrize("robot", ["g1", "walker", "talos"])
def test_above_the_waist_its_velocity_is_the_change_of_its_pose(robot: str) -> None:
    profile = load_profile(robot)
    profile = replace(profile, imu=Mount(body=profile.torso, X_BF=profile.imu.X_BF))
    dynamics = Dynamics(profile)
    mount, rng, dt = ImuMount(profile, dynamics), np.random.default_rng(1), 1e-6
    q, v = np.zeros(dynamics.model.nq), np.zeros(dynamics.nv)
    q[:7], v[:6] = rng.normal(size=7), rng.normal(size=6)  # what the base does must not matter
    q[7:], v[6:] = 0.3 * rng.normal(size=dynamics.nv - 6), rng.normal(size=dynamics.nv - 6)
    mount.update(q, v)
    p, R, velocity, spin = (array.copy() for array in (mount.p, mount.R, mount.v, mount.w))
    q[7:] += dt * v[6:]
    mount.update(q, v)
    np.testing.assert_allclose((mount.p - p) / dt, velocity, atol=1e-4)
    np.testing.assert_allclose(log_so3(mount.R @ R.T) / dt, spin, atol=1e-4)
    np.testing.assert_array_equal(load_profile(robot).imu.X_BF.R, np.eye(3))  # the profile is left alone
