"""Who begins with straight knees stands, too."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.balance.straight_legs import StraightLegs
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.model.robot_model import SOLES, floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot

LOCKED = -0.03


def posture(profile: RobotProfile, bend: float) -> np.ndarray:
    """Arms and all at zero; legs bent by this share of how they are bent when standing, (n,)."""
    return bend * np.where(in_legs(profile), profile.standing_q(), 0.0)


def in_legs(profile: RobotProfile) -> np.ndarray:
    """Which joints are, (n,)."""
    return np.isin(profile.joints, [joint for leg in profile.legs for joint in leg.joints])


def put(name: str, bend: float, seed: int) -> tuple[SimulatedRobot, SafeMotion]:
    """A robot on its feet, in the middle."""
    profile = load_profile(name)
    model = floor_model(profile, visual=False, self_collision=True)
    data = mujoco.MjData(model)
    robot = SimulatedRobot(model, data, profile, seed)
    robot.place(0.0, 0.0, 0.0)
    for joint, angle in zip(profile.joints, posture(profile, bend)):
        data.joint(joint).qpos[0] = angle
    mujoco.mj_kinematics(model, data)
    data.qpos[:3] -= np.mean([data.site(sole).xpos for sole in SOLES], axis=0)
    mujoco.mj_forward(model, data)
    return robot, SafeMotion(MotionController(profile))


def run(robot: SimulatedRobot, motion: SafeMotion, seconds: float) -> None:
    for _ in range(round(seconds / CONTROL_PERIOD_S)):
        robot.act(motion.tick(robot.sense()))


@pytest.mark.parametrize(
    ("robot", "bend", "seed"),
    [*((name, 0.0, seed) for name in sorted(PROFILES) for seed in (0, 1)), ("g1", LOCKED, 2), ("g1", 0.01, 3)],
)
def test_it_stands_and_walks(robot: str, bend: float, seed: int) -> None:
    simulated, motion = put(robot, bend, seed)
    run(simulated, motion, 2.0)
    assert motion.stop_state is StopState.RUNNING
    assert motion.state.settled
    assert motion.state.steps == 0
    motion.walk_to(0.3, 0.0, 0.0)
    run(simulated, motion, 2.0)
    assert motion.stop_state is StopState.RUNNING
    assert motion.state.steps > 0


def test_a_goal_may_be_given_at_once() -> None:
    simulated, motion = put("g1", 0.0, seed=4)
    motion.walk_to(0.4, 0.0, 0.0)
    run(simulated, motion, 5.0)
    assert motion.stop_state is StopState.RUNNING
    assert motion.state.mode is Mode.STANDING
    assert motion.state.arrived


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_only_straight_legs_are_bent_and_only_they_and_only_once(robot: str) -> None:
    profile = load_profile(robot)
    body = Dynamics(profile)
    q = np.zeros(body.model.nq)
    q[3] = 1.0
    for bend, bends in ((0.0, True), (0.3, False)):
        legs = StraightLegs(profile, body)
        angles = posture(profile, bend)
        q[body.joint_q] = angles
        body.update(q, np.zeros(body.nv))
        legs.begin(angles)
        way = [wanted for _ in range(2000) if (wanted := legs.tick(CONTROL_PERIOD_S)) is not None]
        assert bool(way) is bends
        if bends:
            moved, legs_only = np.array(way) - angles, in_legs(profile)
            assert not moved[:, ~legs_only].any()
            assert np.abs(np.diff(moved, axis=0)).max() < 0.8 * CONTROL_PERIOD_S * 1.01
            np.testing.assert_allclose(moved[-1, legs_only], 0.3 * (profile.standing_q() - angles)[legs_only])
