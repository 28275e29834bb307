"""A robot in somebody else's MuJoCo loop is the simulated robot without its noise."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.model import add_floor, floor_model, robot_spec
from linewalker.limbs.mujoco_body import MujocoBody
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.sensors import PERFECT
from linewalker.limbs.simulated import SimulatedRobot

PROFILE = load_profile("g1")
N = len(PROFILE.joints)


def command(q: np.ndarray) -> JointCommand:
    gains = np.full(N, 200.0), np.full(N, 4.0)
    return JointCommand(q_rad=q, dq_rad_s=np.zeros(N), tau_nm=np.zeros(N), kp_nm_rad=gains[0], kd_nm_s_rad=gains[1])


def test_it_reads_and_drives_what_the_simulated_robot_does() -> None:
    simulated_model, model = (floor_model(PROFILE, visual=False) for _ in range(2))
    robot = SimulatedRobot(simulated_model, mujoco.MjData(simulated_model), PROFILE, noise=PERFECT)
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    for placed in (robot, body):
        placed.place(0.3, -0.2, 0.5)
    rng = np.random.default_rng(0)
    for _ in range(50):
        mujoco.mj_step(model, body.data, nstep=2)
        felt, read = robot.sense(), body.read()
        for name in ("time_s", "q_rad", "dq_rad_s", "tau_nm"):
            np.testing.assert_array_equal(getattr(read, name), getattr(felt, name))
        asked = command(PROFILE.standing_q() + 0.01 * rng.normal(size=N))
        np.testing.assert_array_equal(robot.act(asked), body.drive(asked))
    np.testing.assert_array_equal(robot.data.qpos, body.data.qpos)


def test_readings_stay_as_they_were_read() -> None:
    model = floor_model(PROFILE, visual=False)
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    body.place(0.0, 0.0, 0.0)
    read = body.read()
    assert read.fix is not None
    kept = [read.q_rad.copy(), read.accel_m_s2.copy(), read.fix.X_WT.p.copy()]
    mujoco.mj_step(model, body.data, nstep=100)
    for before, now in zip(kept, (read.q_rad, read.accel_m_s2, read.fix.X_WT.p)):
        np.testing.assert_array_equal(before, now)
    assert body.read(localised=False).fix is None
    assert body.p_WT[2] < kept[2][2]  # without torque it sinks


@pytest.mark.filterwarnings("ignore:Attach")
def test_it_lives_in_a_scene_of_ones_own() -> None:
    """Other things with joints and motors may come first."""
    spec = mujoco.MjSpec()
    door = spec.worldbody.add_body(name="door", pos=[3.0, 0.0, 1.0])
    door.add_joint(name="hinge")
    door.add_geom(size=[0.1, 0.1, 0.1])
    spec.attach(robot_spec(PROFILE, visual=False), frame=spec.worldbody.add_frame(), prefix="")
    add_floor(spec)
    model = spec.compile()
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    body.place(1.0, 2.0, 0.0)
    np.testing.assert_allclose(body.read().q_rad, PROFILE.standing_q())
    assert body.data.joint("hinge").qpos[0] == 0.0


def test_a_model_without_the_robot_is_refused() -> None:
    model = floor_model(load_profile("talos"), visual=False)
    with pytest.raises(InputError, match=r"has no joint left_hip_pitch_joint and \d+ more: expected the robot g1"):
        MujocoBody(model, mujoco.MjData(model), PROFILE)
