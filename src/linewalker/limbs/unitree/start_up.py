"""From a robot that hangs without torque to one that stands loaded: each stage ends when it has been measured.

The operator says yes before each stage; where a stage is not confirmed within its time the error names what is missing,
and whoever holds the robot with ``with`` damps it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

import mujoco
import numpy as np

from linewalker.errors import RobotStopped
from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.unitree.g1_robot import G1Robot

PREPARE_S, STAGE_S, LOADED_S = 3.0, 2.0, 120.0
STILL_RAD_S, NEAR_RAD = 0.5, 0.15
BENT_RAD = 0.25
"""A joint pulls with its whole torque when it is this far from where it is prepared to be."""
DAMPING_S = 0.02
"""Of the prepared joints, as a share of each drive's torque per rad/s."""
EACH, BOTH, LASTS_S = 0.2, 0.6, 0.3
"""Shares of the weight that each sole and both carry before balance begins, and for how long."""


class Stage(Enum):
    """Of a start."""

    DAMPING = "damping: the vendor's controller is released, joints only brake"
    PREPARE = "prepare: joints move to the standing posture in 3 s"
    TAKEOVER = "takeover: let it down with the hoist until both soles carry it"


class SoleLoad:
    """How much the ground pushes each sole up, told from the torques of its leg and the posture.

    Args:
        profile: the robot.
    """

    def __init__(self, profile: RobotProfile):
        self._model = build_control_model(profile)
        self._data = mujoco.MjData(self._model)
        joints = [self._model.joint(name) for name in profile.joints]
        self._q = np.array([joint.qposadr[0] for joint in joints])
        self._legs = [
            (
                [profile.joints.index(name) for name in leg.joints],
                [self._model.joint(name).dofadr[0] for name in leg.joints],
                self._model.body(leg.end.body).id,
            )
            for leg in profile.legs
        ]
        self.weight_n = 9.81 * float(self._model.body_mass.sum())

    def shares(self, readings: Readings) -> Array:
        """Of the weight, on the left and the right sole, (2,); right for a robot at rest whose pelvis is level."""
        model, data = self._model, self._data
        data.qpos[self._q] = readings.q_rad
        mujoco.mj_forward(model, data)
        loads = np.zeros(2)
        for side, (at, dofs, body) in enumerate(self._legs):
            jacobian = np.zeros((6, model.nv))
            mujoco.mj_jac(model, data, jacobian[:3], jacobian[3:], data.xpos[body], body)
            missing = data.qfrc_bias[dofs] - readings.tau_nm[at]
            loads[side] = np.linalg.lstsq(jacobian[:, dofs].T, missing, rcond=1e-3)[0][2]
        return loads / self.weight_n


def start_up(robot: G1Robot, confirmed: Callable[[Stage], bool]) -> None:
    """Bring it to where a controller takes over with the next tick; it is held by springs until then.

    Args:
        robot: connected.
        confirmed: whether the operator has said yes to a stage; asked every period, while the robot is kept as it is.

    Raises:
        RobotStopped: a stage was not confirmed by measurement, a danger, the remote.
        RobotLost: it does not answer.
    """
    load = SoleLoad(robot.profile)
    while not confirmed(Stage.DAMPING):
        robot.sense()
    robot.drive()
    _until(robot, None, STAGE_S, lambda felt: bool(np.abs(felt.dq_rad_s).max() < STILL_RAD_S), "joints still move")
    begin = _until(robot, None, math.inf, lambda _: confirmed(Stage.PREPARE), "").q_rad
    posture = robot.profile.standing_q()
    began_s, zero, torque = robot.time_s, np.zeros_like(posture), robot.guard.limits.torque_nm
    kp, kd = torque / BENT_RAD, DAMPING_S * torque

    def held() -> JointCommand:
        share = min(1.0, (robot.time_s - began_s) / PREPARE_S)
        q = begin + share * share * (3.0 - 2.0 * share) * (posture - begin)
        return JointCommand(q_rad=q, dq_rad_s=zero, tau_nm=zero, kp_nm_rad=kp, kd_nm_s_rad=kd)

    def near(felt: Readings) -> bool:
        return felt.time_s > began_s + PREPARE_S and float(np.abs(felt.q_rad - posture).max()) < NEAR_RAD

    _until(robot, held, PREPARE_S + STAGE_S, near, "a joint is not where it was sent")
    _until(robot, held, math.inf, lambda _: confirmed(Stage.TAKEOVER), "")
    since_s = robot.time_s

    def loaded(felt: Readings) -> bool:
        nonlocal since_s
        shares = load.shares(felt)
        if not (shares.min() > EACH and shares.sum() > BOTH):
            since_s = felt.time_s
        return felt.time_s - since_s > LASTS_S

    _until(robot, held, LOADED_S, loaded, "the soles do not carry it; let it down further")


def _until(
    robot: G1Robot,
    held: Callable[[], JointCommand] | None,
    patience_s: float,
    confirmed: Callable[[Readings], bool],
    missing: str,
) -> Readings:
    """Damp it, or hold it, until something is confirmed; no state stays without its answer. Returns what was felt."""
    end_s = robot.time_s + patience_s
    while True:
        felt = robot.sense()
        if held is None:
            robot.damp()
        else:
            robot.act(held())
        if confirmed(felt):
            return felt
        if robot.time_s > end_s:
            raise RobotStopped(f"{missing} after {patience_s:g} s; the robot is let down")
