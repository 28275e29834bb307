"""Readings that are made up, held against Newton, MuJoCo and what would have been felt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import mujoco
import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.estimation.foresight import Foresight
from linewalker.cerebellum.estimation.imu_mount import ImuMount
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import Readings
from tests.cerebellum.body.random_state import random_state

DT, GAP_S = 0.002, 0.1
PARTS = {
    "gyro": ("gyro_rad_s",),
    "accelerometer": ("accel_m_s2",),
    "encoders": ("q_rad", "dq_rad_s"),
    "everything": ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm"),
}


def without(readings: Readings, fields: tuple[str, ...]) -> Readings:
    nothing: dict[str, Any] = {field: np.full_like(getattr(readings, field), np.nan) for field in fields}
    return replace(readings, **nothing)


def felt(body: Dynamics, rng: np.random.Generator) -> Readings:
    gyro, accel, q, dq, tau = (rng.normal(size=size) for size in (3, 3, *[len(body.joints)] * 3))
    return Readings(time_s=1.0, gyro_rad_s=gyro, accel_m_s2=accel, q_rad=q, dq_rad_s=dq, tau_nm=tau)


@pytest.mark.parametrize("robot", ["g1", "walker", "talos"])
def test_an_accelerometer_is_foreseen_as_mujoco_has_it(robot: str) -> None:
    profile = load_profile(robot)
    body = Dynamics(profile)
    mount, rng = ImuMount(profile, body), np.random.default_rng(3)
    q, v = random_state(body, 3)
    v[6:] = 0.0  # it counts on joints that hardly add to it
    body.update(q, v)
    mount.update(q, v)
    acceleration = np.r_[rng.normal(size=6), np.zeros(body.nv - 6)]
    model, data = body.model, mujoco.MjData(body.model)
    data.qpos[:], data.qvel[:] = q, v
    mujoco.mj_forward(model, data)
    data.qacc[:] = acceleration
    mujoco.mj_rnePostConstraint(model, data)
    said = np.zeros(6)
    mujoco.mj_objectAcceleration(model, data, mujoco.mjtObj.mjOBJ_SITE, body.site("imu"), said, 1)
    foresight, bias = Foresight(body, mount, DT), rng.normal(size=3)
    readings = felt(body, rng)
    foresight.note(readings)
    made = foresight.fill(readings, {"accel_m_s2"}, (readings.tau_nm, acceleration), bias)
    assert made is not None
    np.testing.assert_allclose(
        made.accel_m_s2 - bias, said[3:] + body.base_R.T @ [0.0, 0.0, 9.81 + model.opt.gravity[2]]
    )


def test_constant_accelerations_carry_what_was_felt_on_as_newton_says() -> None:
    """And only what is faulty is made up."""
    profile = load_profile("g1")
    body = Dynamics(profile)
    mount, rng = ImuMount(profile, body), np.random.default_rng(4)
    foresight, acceleration, ticks = Foresight(body, mount, DT), rng.normal(size=body.nv), 50
    first = now = felt(body, rng)
    foresight.note(first)
    for _ in range(ticks):
        made = foresight.fill(now, ("time_s", *PARTS["everything"]), (first.tau_nm, acceleration), np.zeros(3))
        assert made is not None
        foresight.note(made)
        now = made
    t, joints = ticks * DT, acceleration[body.joints]
    assert now.time_s == pytest.approx(first.time_s + t)
    np.testing.assert_allclose(now.dq_rad_s, first.dq_rad_s + t * joints)
    np.testing.assert_allclose(now.q_rad, first.q_rad + t * first.dq_rad_s + 0.5 * t**2 * joints)
    np.testing.assert_allclose(mount.R @ (now.gyro_rad_s - first.gyro_rad_s), t * acceleration[3:6], atol=1e-12)
    other = foresight.fill(first, {"q_rad"}, (first.tau_nm, acceleration), np.zeros(3))
    assert other is not None
    assert other.gyro_rad_s is first.gyro_rad_s


def test_where_nothing_was_ever_felt_nothing_is_foreseen() -> None:
    profile = load_profile("g1")
    body = Dynamics(profile)
    foresight, readings = Foresight(body, ImuMount(profile, body), DT), felt(body, np.random.default_rng(5))
    assert foresight.fill(readings, {"q_rad"}, (readings.tau_nm, np.zeros(body.nv)), np.zeros(3)) is None


@pytest.mark.parametrize("robot", ["g1", "walker", "talos"])
def test_a_robot_walks_on_through_gaps_of_each_sensor(robot: str) -> None:
    """100 ms of each, wherever in the stride that happens to be."""
    rig, rng = Rig(9, robot), np.random.default_rng(9)
    rig.run(0.6)
    rig.motion.walk(0.4, 0.0, 0.0)
    rig.run(0.9)
    for fields in PARTS.values():
        rig.run(rng.uniform(0.2, 0.6))
        for _ in range(round(GAP_S / DT)):
            rig.robot.act(rig.motion.tick(without(rig.robot.sense(), fields)))
            assert rig.motion.blind
    at = rig.middle()[0]
    rig.run(0.8)
    assert rig.state.mode is Mode.WALKING
    assert rig.middle()[0] - at > 0.2
