"""Rigid-body dynamics of a floating-base robot with two legs, from MuJoCo's own functions on a geom-free model."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.upper_body import upper_body_joints
from linewalker.limbs.model import SOLES, build_control_model
from linewalker.limbs.profile import RobotProfile

Array = NDArray[np.float64]
GRAVITY = 9.81


class Dynamics:
    """All that the controller knows about its body at one state. Arrays are overwritten by the next `update`.

    Degrees of freedom: linear velocity of the base in the world, angular velocity of the base in its own frame, then
    the joints in the order of the model; nv is their number, m that of the joints that are not in the legs.

    Attributes:
        M, h: inertia matrix (nv, nv) and bias forces (nv,): M a + h = S tau + J^T w.
        J: Jacobian of each sole, linear above angular, world axes, (2, 6, nv).
        bias: J-dot qd of each sole, (2, 6).
        foot_p, foot_R, foot_v: position (2, 3), rotation (2, 3, 3) and velocity (2, 6) of each sole.
        com, com_v: centre of mass and its velocity, (3,).
        base_p, base_R: pose of the base; base_v its linear velocity in the world, base_w its angular one in its frame.
        mass: kg.
        legs: degrees of freedom of each leg, (2, 6); rest: those of all other joints, (m,), in the order of
            `upper_body_joints`; joints: those of ``profile.joints``, (n,).
    """

    def __init__(self, profile: RobotProfile):
        self.profile = profile
        self.model = build_control_model(profile)
        self.data = mujoco.MjData(self.model)
        model, nv = self.model, self.model.nv
        self.nv, self.mass = nv, float(model.body_mass.sum())
        self.joints = self._dofs(profile.joints)
        self.legs = np.array([self._dofs(leg.joints) for leg in profile.legs])
        self.rest = self._dofs(upper_body_joints(profile))
        self.M, self.h = np.zeros((nv, nv)), np.zeros(nv)
        self.J, self.bias = np.zeros((2, 6, nv)), np.zeros((2, 6))
        self.foot_p, self.foot_R, self.foot_v = np.zeros((2, 3)), np.zeros((2, 3, 3)), np.zeros((2, 6))
        self.q, self.v = np.zeros(model.nq), np.zeros(nv)
        self.q[3] = 1.0
        self._soles = [model.site(sole).id for sole in SOLES]
        self._base = model.body(profile.base).id
        self.com, self.com_v = self.data.subtree_com[self._base], self.data.subtree_linvel[self._base]
        self.base_p, self.base_R = self.data.xpos[self._base], self.data.xmat[self._base].reshape(3, 3)
        self.base_v, self.base_w = self.data.qvel[:3], self.data.qvel[3:6]
        self._six = np.zeros(6)

    def _dofs(self, joints: tuple[str, ...]) -> NDArray[np.int64]:
        return np.array([self.model.joint(joint).dofadr[0] for joint in joints], dtype=np.int64)

    def update(self, q: Array, v: Array) -> None:
        """Compute everything at the state q (nq,), v (nv,)."""
        model, data = self.model, self.data
        data.qpos[:], data.qvel[:] = q, v
        mujoco.mj_kinematics(model, data)
        mujoco.mj_comPos(model, data)
        mujoco.mj_makeM(model, data)
        mujoco.mj_fullM(model, data, self.M)
        mujoco.mj_comVel(model, data)
        mujoco.mj_rne(model, data, 0, self.h)
        data.qacc[:] = 0.0
        mujoco.mj_rnePostConstraint(model, data)
        mujoco.mj_subtreeVel(model, data)
        for k in (0, 1):
            self._update_sole(k)

    def _update_sole(self, k: int) -> None:
        model, data, site, six = self.model, self.data, self._soles[k], self._six
        mujoco.mj_jacSite(model, data, self.J[k, :3], self.J[k, 3:], site)
        mujoco.mj_objectAcceleration(model, data, mujoco.mjtObj.mjOBJ_SITE, site, six, 0)
        self.bias[k, :3], self.bias[k, 3:] = six[3:], six[:3]
        self.bias[k, 2] -= GRAVITY  # MuJoCo accelerates the world instead of pulling at the bodies
        mujoco.mj_objectVelocity(model, data, mujoco.mjtObj.mjOBJ_SITE, site, six, 0)
        self.foot_v[k, :3], self.foot_v[k, 3:] = six[3:], six[:3]
        self.foot_p[k] = data.site_xpos[site]
        self.foot_R[k] = data.site_xmat[site].reshape(3, 3)

    def site(self, name: str) -> int:
        """Number of a named frame of the profile."""
        return int(self.model.site(name).id)
