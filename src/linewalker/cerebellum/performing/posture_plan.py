"""Whole-body postures of a dance: soles and centre of mass where they have to be, pelvis and upper body as wished."""

from __future__ import annotations

import daqp
import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array, rotation_from_quat
from linewalker.limbs.model.robot_model import SOLES

LEAST_KNEE_RAD = 0.45
"""A knee stays bent by that, which lowers a pelvis that is too high."""
_MARGIN_RAD, _LONGEST = 0.02, 0.2
_STANDING, _SWINGING = 100.0, np.array([20.0, 20.0, 20.0, 1.5, 1.5, 4.0])
_COM, _HEIGHT, _ATTITUDE, _REST, _LAZY = 40.0, 3.0, 1.5, 1.0, 0.03


def sole_rotation(foot: Array) -> Array:
    """Rotation of a sole given as x, y, z, yaw, roll, pitch: Rz(yaw) Ry(pitch) Rx(roll)."""
    (cy, cr, cp), (sy, sr, sp) = np.cos(foot[3:6]), np.sin(foot[3:6])
    return np.array(
        [
            [cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr],
            [sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr],
            [-sp, cp * sr, cp * cr],
        ]
    )


def _vee(E: Array) -> Array:
    return 0.5 * np.array([E[2, 1] - E[1, 2], E[0, 2] - E[2, 0], E[1, 0] - E[0, 1]])


class PosturePlan:
    """Inverse kinematics of the whole body, one small quadratic program a turn, bounds of the joints in it.

    Args:
        body: the robot.

    Attributes:
        q: posture found last, (nq,).
    """

    def __init__(self, body: Dynamics):
        self._body, self._model, self._data = body, body.model, mujoco.MjData(body.model)
        model, nv = self._model, body.nv
        self._nv, self._root = nv, model.body(body.profile.base).id
        self._soles = [model.site(sole).id for sole in SOLES]
        self._low = model.jnt_range[1:, 0] + _MARGIN_RAD
        self._high = model.jnt_range[1:, 1] - _MARGIN_RAD
        standing = np.zeros(model.nq)
        standing[3] = 1.0
        standing[body.joint_q] = body.profile.standing_q()
        for leg in body.profile.legs:
            knee = model.joint(leg.joints[3]).dofadr[0] - 6
            self._low[knee] = max(self._low[knee], min(LEAST_KNEE_RAD, standing[knee + 7]))
        self.q = standing
        self._J, self._Jc = np.zeros((2, 6, nv)), np.zeros((3, nv))
        self._weights = np.full(nv, _LAZY)
        self._weights[2], self._weights[3:6], self._weights[body.rest] = _HEIGHT, _ATTITUDE, _REST
        self._sense, self._none = np.zeros(nv, np.int32), np.zeros((0, nv))
        self._look()
        self.q[2] -= float(np.mean([self._data.site_xpos[sole][2] for sole in self._soles]))

    def begin(self, xy: Array, quat: Array) -> None:
        """Start at a place over the floor (2,) with an attitude (4,)."""
        self.q[:2], self.q[3:7] = xy, quat

    def _look(self) -> None:
        data = self._data
        data.qpos[:] = self.q
        mujoco.mj_kinematics(self._model, data)
        mujoco.mj_comPos(self._model, data)

    def solve(self, wish: tuple[Array, float, Array], com: Array, feet: Array, firm: Array, turns: int = 2) -> float:
        """One posture, from the last one on; returns the greatest miss of a sole that stands, m or rad.

        Args:
            wish: attitude (4,) and height of the pelvis, angles of the upper body (m,).
            com: of the body, over the floor, (2,).
            feet: x, y, z, yaw, roll, pitch of the soles, (2, 6).
            firm: how firmly they have to be there: 1 stands, 0 swings, (2,).
            turns: of the program.
        """
        R = rotation_from_quat(wish[0])
        soles = [sole_rotation(foot) for foot in feet]
        for _ in range(turns):
            self._look()
            self._turn(R, wish, com, (feet, soles, firm))
        self._look()
        miss = 0.0
        for k in range(2):
            if firm[k] > 0.999:
                miss = max(miss, float(np.abs(self._error(k, feet[k], soles[k])).max()))
        return miss

    def _error(self, k: int, foot: Array, sole: Array) -> Array:
        site = self._soles[k]
        E = sole @ self._data.site_xmat[site].reshape(3, 3).T
        return np.concatenate((foot[:3] - self._data.site_xpos[site], _vee(E)))

    def _turn(
        self, R: Array, wish: tuple[Array, float, Array], com: Array, on: tuple[Array, list[Array], Array]
    ) -> None:
        model, data, q, nv = self._model, self._data, self.q, self._nv
        feet, soles, firm = on
        mujoco.mj_jacSubtreeCom(model, data, self._Jc, self._root)
        rows, goals = [_COM * self._Jc[:2]], [_COM * np.clip(com - data.subtree_com[self._root][:2], -0.1, 0.1)]
        for k in range(2):
            mujoco.mj_jacSite(model, data, self._J[k, :3], self._J[k, 3:], self._soles[k])
            weight = _STANDING * firm[k] + (1.0 - firm[k]) * _SWINGING
            rows.append(weight[:, None] * self._J[k])
            goals.append(weight * np.clip(self._error(k, feet[k], soles[k]), -0.1, 0.1))
        wanted = np.zeros(nv)
        wanted[2] = wish[1] - q[2]
        wanted[3:6] = _vee(data.xmat[self._root].reshape(3, 3).T @ R)
        wanted[self._body.rest] = wish[2] - q[self._body.rest + 1]
        A, g, w2 = np.vstack(rows), np.concatenate(goals), self._weights**2
        low = np.concatenate((np.full(6, -_LONGEST), np.clip(self._low - q[7:], -_LONGEST, 0.05)))
        high = np.concatenate((np.full(6, _LONGEST), np.clip(self._high - q[7:], -0.05, _LONGEST)))
        step, _, _, _ = daqp.solve(A.T @ A + np.diag(w2), -A.T @ g - w2 * wanted, self._none, high, low, self._sense)
        mujoco.mj_integratePos(model, q, np.asarray(step), 1.0)
