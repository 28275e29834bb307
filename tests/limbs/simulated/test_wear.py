"""What is worn on command is worn in the physics and in the sensors, and nothing else is."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.limbs.simulated.wear import HOTTER_K, JUMP_RAD, Wear, WearKind

PROFILE = load_profile("g1")
KNEE = PROFILE.joints.index("left_knee_joint")


def felt(*wear: str, ticks: int = 100) -> tuple[SimulatedRobot, list[Readings]]:
    model = floor_model(PROFILE, visual=False)
    robot = SimulatedRobot(
        model, mujoco.MjData(model), PROFILE, seed=2, wear=[Wear.read(text, PROFILE) for text in wear]
    )
    robot.place(0.0, 0.0, 0.0)
    n, readings = len(PROFILE.joints), []
    stiff = JointCommand(
        q_rad=PROFILE.standing_q(), dq_rad_s=np.zeros(n), tau_nm=np.zeros(n), kp_nm_rad=np.full(n, 300.0),
        kd_nm_s_rad=np.full(n, 5.0),
    )  # fmt: skip
    for _ in range(ticks):
        readings.append(robot.sense())
        robot.act(stiff)
    return robot, readings


def test_it_is_read() -> None:
    wear = Wear.read("encoder:left_knee_joint@5.5", PROFILE)
    assert wear == Wear(kind=WearKind.ENCODER, joint="left_knee_joint", at_s=5.5)
    assert Wear.read("losses", PROFILE) == Wear(kind=WearKind.LOSSES)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("rust:left_knee_joint", "expected one of friction"), ("hot:left_kne", "has no joint 'left_kne'"),
     ("encoder:left_knee_joint@soon", "expected one of"), ("friction", "has no joint")],
)  # fmt: skip
def test_what_is_none_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        Wear.read(text, PROFILE)


def test_friction_is_doubled_where_it_is_worn_and_there_alone() -> None:
    healthy, worn = (felt(*wear, ticks=1)[0].model for wear in ((), ("friction:left_knee_joint",)))
    times = worn.dof_frictionloss / np.where(healthy.dof_frictionloss > 0.0, healthy.dof_frictionloss, 1.0)
    (changed,) = np.flatnonzero(times > 1.5)
    assert worn.jnt_dofadr[worn.joint("left_knee_joint").id] == changed


def test_an_encoder_jumps_when_it_is_to() -> None:
    _, readings = felt("encoder:left_knee_joint@0.1")
    off = np.diff([one.q_rad[KNEE] for one in readings])
    assert np.argmax(np.abs(off)) == 48
    assert off[48] == pytest.approx(JUMP_RAD, abs=0.01)


def test_a_hot_winding_is_told_and_all_warm_up_under_load() -> None:
    _, cool = felt(ticks=400)
    _, hot = felt("hot:left_knee_joint", ticks=400)
    assert cool[-1].winding_c is not None
    assert hot[-1].winding_c is not None
    change = hot[-1].winding_c - cool[-1].winding_c
    assert change[KNEE] == HOTTER_K
    assert np.delete(change, KNEE).max() == 0.0


def test_readings_are_lost_now_and_then() -> None:
    _, readings = felt("losses", ticks=2000)
    passed = np.diff([one.time_s for one in readings])
    assert set(np.round(passed / 0.002)) <= {1.0, 2.0, 3.0}
    assert (passed > 0.003).mean() == pytest.approx(0.02, abs=0.01)
