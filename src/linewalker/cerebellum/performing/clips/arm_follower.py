"""Arms of a robot after those of a dancer: hands and elbows where theirs are, in arm lengths."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.arm_poses import ArmPoses
from linewalker.geometry import Array

_TURNS, _FIRST_TURNS, _LONGEST_STEP = 3, 40, 0.15
_ELBOW, _DAMPING, _HOMESICK = 0.5, 5e-3, 0.02


class ArmFollower:
    """Damped inverse kinematics of both arms, each posture from the last one on.

    Args:
        body: the robot.
        poses: its arms.
    """

    def __init__(self, body: Dynamics, poses: ArmPoses):
        model, profile = body.model, body.profile
        self._model, self._data, self._poses = model, mujoco.MjData(model), poses
        self._q = np.zeros(model.nq)
        self._q[3] = 1.0
        self._q[body.joint_q] = profile.standing_q()
        self._home = self._q.copy()
        self._rest = body.rest
        self._dofs = [np.array([model.joint(name).dofadr[0] for name in arm.joints]) for arm in profile.arms]
        self._shoulders = [model.joint(arm.joints[1]).id for arm in profile.arms]
        self._elbows = [model.joint(arm.joints[3]).id for arm in profile.arms]
        self._hands = [model.site(name).id for name in ("left_hand", "right_hand")]
        self._torso = model.body(profile.torso).id

    def follow(self, hands: Array, elbows: Array) -> Array:
        """Angles of the upper body (n, m), the waist as it stands; hands and elbows (n, 2, 3) from the shoulder."""
        out = np.zeros((len(hands), len(self._rest)))
        for i in range(len(hands)):
            for _ in range(_TURNS if i else _FIRST_TURNS):
                self._turn(self._poses.arm_m * hands[i], self._poses.arm_m * elbows[i])
            out[i] = self._q[self._rest + 1]
        return out

    def _turn(self, hands: Array, elbows: Array) -> None:
        model, d = self._model, self._data
        d.qpos[:] = self._q
        mujoco.mj_kinematics(model, d)
        mujoco.mj_comPos(model, d)
        R = d.xmat[self._torso].reshape(3, 3)
        J, J_elbow = np.zeros((3, model.nv)), np.zeros((3, model.nv))
        for side in range(2):
            dofs, shoulder = self._dofs[side], d.xanchor[self._shoulders[side]]
            elbow = self._elbows[side]
            mujoco.mj_jacSite(model, d, J, None, self._hands[side])
            mujoco.mj_jac(model, d, J_elbow, None, d.xanchor[elbow], int(model.jnt_bodyid[elbow]))
            A = np.vstack((J[:, dofs], _ELBOW * J_elbow[:, dofs]))
            miss = np.concatenate(
                (
                    shoulder + R @ hands[side] - d.site_xpos[self._hands[side]],
                    _ELBOW * (shoulder + R @ elbows[side] - d.xanchor[elbow]),
                )
            )
            back = _HOMESICK * (self._home[dofs + 1] - self._q[dofs + 1])
            gain = A.T @ np.linalg.inv(A @ A.T + _DAMPING * np.eye(6))
            step = gain @ (miss - A @ back) + back
            low, high = model.jnt_range[dofs - 5].T
            self._q[dofs + 1] = np.clip(
                self._q[dofs + 1] + np.clip(step, -_LONGEST_STEP, _LONGEST_STEP), low + 0.08, high - 0.08
            )
