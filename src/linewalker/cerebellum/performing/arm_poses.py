"""Hands of any robot: places about the shoulder in arm lengths become angles of waist and arms."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.movement import Hand, Pose
from linewalker.geometry import Array
from linewalker.limbs.profile import upper_body_joints

_TURNS, _MARGIN_RAD, _LONGEST_STEP = 80, 0.08, 0.2
_DAMPING, _HOMESICK = 2e-3, 0.02
_UPRIGHT = 0.9


class ArmPoses:
    """Inverse kinematics of the arms of one robot, damped, from how they are carried.

    Attributes:
        home: angles of waist, arms and head as they are carried, (m,), in the order of `upper_body_joints`.
        arm_m, leg_m: lengths that choreographies are measured in.
        low, high: bounds of these angles, a little inside, (m,).
    """

    def __init__(self, body: Dynamics):
        self._body, self._model, self._profile = body, body.model, body.profile
        model, profile = self._model, self._profile
        self._data = mujoco.MjData(model)
        self._standing = np.zeros(model.nq)
        self._standing[3] = 1.0
        self._standing[body.joint_q] = profile.standing_q()
        self.home = self._standing[body.rest + 1]
        self.low, self.high = (model.jnt_range[body.rest - 5, k] + sign * _MARGIN_RAD for k, sign in ((0, 1), (1, -1)))
        self._dofs = [np.array([model.joint(name).dofadr[0] for name in arm.joints]) for arm in profile.arms]
        self._hands = [model.site(name).id for name in ("left_hand", "right_hand")]
        self._shoulders = [model.joint(arm.joints[1]).id for arm in profile.arms]
        self._torso = model.body(profile.torso).id
        self._twist = self._upper(axis=2, among=profile.waist)
        self._lifts = [self._upper(axis=1, among=arm.joints[:3]) for arm in profile.arms]
        self._known: dict[tuple[int, Hand], Array] = {}
        self._measure()

    def _upper(self, axis: int, among: tuple[str, ...]) -> int | None:
        """Place, among the upper-body joints, of the first of these that turns about an axis."""
        names = upper_body_joints(self._profile)
        found = (name for name in among if abs(self._model.jnt_axis[self._model.joint(name).id][axis]) > _UPRIGHT)
        return next((names.index(name) for name in found), None)

    def _measure(self) -> None:
        d, model = self._data, self._model
        self._pose(self._standing)
        elbow = model.joint(self._profile.arms[0].joints[3]).id
        upper = np.linalg.norm(d.xanchor[self._shoulders[0]] - d.xanchor[elbow])
        self.arm_m = float(upper + np.linalg.norm(d.xanchor[elbow] - d.site_xpos[self._hands[0]]))
        straight = np.zeros(model.nq)
        straight[3] = 1.0
        self._pose(straight)
        hip, ankle = (model.joint(self._profile.legs[0].joints[k]).id for k in (1, -1))
        self.leg_m = float(np.linalg.norm(d.xanchor[hip] - d.xanchor[ankle]))

    def _pose(self, q: Array) -> None:
        self._data.qpos[:] = q
        mujoco.mj_kinematics(self._model, self._data)
        mujoco.mj_comPos(self._model, self._data)

    def of(self, pose: Pose) -> Array:
        """Angles (m,) of a pose."""
        q = self._standing.copy()
        for side, hand in enumerate((pose.left, pose.right)):
            if hand is not None:
                q[self._dofs[side] + 1] = self._arm(side, hand)
        rest = q[self._body.rest + 1]
        return self.twisted(rest, np.radians(pose.twist_deg))

    def twisted(self, rest: Array, angle_rad: float | Array) -> Array:
        """The waist turned by so much more: angles (..., m)."""
        if self._twist is not None:
            rest[..., self._twist] += angle_rad
        return rest

    def lifted(self, rest: Array, angle_rad: float | Array) -> Array:
        """Both arms raised ahead by so much more, where a shoulder turns that way: angles (..., m)."""
        for lift in self._lifts:
            if lift is not None:
                rest[..., lift] -= angle_rad
        return rest

    def _arm(self, side: int, hand: Hand) -> Array:
        key = (side, hand)
        if key not in self._known:
            self._known[key] = self._solve(side, hand)
        return self._known[key]

    def _solve(self, side: int, hand: Hand) -> Array:
        d, dofs, q = self._data, self._dofs[side], self._standing.copy()
        ahead, out, up = hand
        offset = self.arm_m * np.array([ahead, out if side == 0 else -out, up])
        low, high = (self._model.jnt_range[dofs - 5, k] + sign * _MARGIN_RAD for k, sign in ((0, 1), (1, -1)))
        J = np.zeros((3, self._model.nv))
        for _ in range(_TURNS):
            self._pose(q)
            goal = d.xanchor[self._shoulders[side]] + d.xmat[self._torso].reshape(3, 3) @ offset
            mujoco.mj_jacSite(self._model, d, J, None, self._hands[side])
            A = J[:, dofs]
            gain = A.T @ np.linalg.inv(A @ A.T + _DAMPING * np.eye(3))
            back = _HOMESICK * (self._standing[dofs + 1] - q[dofs + 1])
            step = gain @ (goal - d.site_xpos[self._hands[side]]) + back - gain @ (A @ back)
            q[dofs + 1] = np.clip(q[dofs + 1] + np.clip(step, -_LONGEST_STEP, _LONGEST_STEP), low, high)
        return np.asarray(q[dofs + 1])
