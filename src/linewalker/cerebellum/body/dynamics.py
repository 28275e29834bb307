"""Rigid-body dynamics of a floating-base robot with two legs, from MuJoCo's own functions on a geom-free model."""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.dynamics_kernel import see_momentum, see_soles
from linewalker.geometry import Array
from linewalker.kernel import make_ready
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.model.robot_model import SOLES, build_control_model
from linewalker.limbs.profile import RobotProfile, upper_body_joints
from linewalker.limbs.selection import selection

GRAVITY = 9.81


class Dynamics(HoldsViews):
    """All that the controller knows about its body at one state. Arrays are overwritten by the next `update`.

    Degrees of freedom: linear velocity of the base in the world, angular velocity of the base in its own frame, then
    the joints in the order of the model; nv is their number, m that of the joints that are not in the legs.

    Attributes:
        M, h: inertia matrix (nv, nv) and bias forces (nv,): M a + h = S tau + J^T w.
        J: Jacobian of each sole, linear above angular, world axes, (2, 6, nv).
        bias: J-dot qd of each sole, (2, 6).
        foot_p, foot_R, foot_v: position (2, 3), rotation (2, 3, 3) and velocity (2, 6) of each sole.
        com, com_v: centre of mass and its velocity, (3,); spin: angular momentum about it, (3,).
        base_p, base_R: pose of the base; base_v its linear velocity in the world, base_w its angular one in its frame.
        mass: kg.
        legs: degrees of freedom of each leg, (2, 6); rest: those of all other joints, (m,), in the order of
            `upper_body_joints`; joints: those of ``profile.joints``, (n,).
        joint_q, joint_v: where the joints of the profile stand in q and v.
    """

    def __init__(self, profile: RobotProfile):
        make_ready()
        self.profile = profile
        self.model = build_control_model(profile)
        self.data = mujoco.MjData(self.model)
        model, nv = self.model, self.model.nv
        self.nv, self.mass = nv, float(model.body_mass.sum())
        self.joints = self._dofs(profile.joints)
        self.legs = np.array([self._dofs(leg.joints) for leg in profile.legs])
        self.rest = self._dofs(upper_body_joints(profile))
        self.joint_v, self.joint_q = selection(self.joints), selection(self.joints + 1)
        self.M, self.h = np.zeros((nv, nv)), np.zeros(nv)
        self.J, self.bias = np.zeros((2, 6, nv)), np.zeros((2, 6))
        self.foot_p, self.foot_R, self.foot_v = np.zeros((2, 3)), np.zeros((2, 3, 3)), np.zeros((2, 6))
        self.q, self.v = np.zeros(model.nq), np.zeros(nv)
        self.q[3] = 1.0
        self.com_v, self.spin = np.zeros(3), np.zeros(3)
        self._soles = np.array([model.site(sole).id for sole in SOLES])
        self._chains = np.array([_chain(model, site) for site in self._soles])
        self._take_views()

    def _take_views(self) -> None:
        data, base = self.data, self.model.body(self.profile.base).id
        self.com = data.subtree_com[base]
        self.base_p, self.base_R = data.xpos[base], data.xmat[base].reshape(3, 3)
        self.base_v, self.base_w = data.qvel[:3], data.qvel[3:6]
        self._motion = (data.cdof, data.cdof_dot, data.qvel)
        self._places = (data.site_xpos, data.site_xmat, self.com)
        self._told = (self.J, self.bias, self.foot_v, self.foot_p, self.foot_R)
        self._base = (self.base_p, self.base_R, self.com)
        self._state = (data.qpos, data.qvel)

    def _dofs(self, joints: tuple[str, ...]) -> NDArray[np.int64]:
        return np.array([self.model.joint(joint).dofadr[0] for joint in joints], dtype=np.int64)

    def update(self, q: Array, v: Array) -> None:
        """Compute everything at the state q (nq,), v (nv,)."""
        model, data = self.model, self.data
        qpos, qvel = self._state
        qpos[:], qvel[:] = q, v
        mujoco.mj_kinematics(model, data)
        mujoco.mj_comPos(model, data)
        mujoco.mj_makeM(model, data)
        mujoco.mj_fullM(model, data, self.M)
        mujoco.mj_comVel(model, data)
        mujoco.mj_rne(model, data, 0, self.h)
        see_soles(self._soles, self._chains, self._motion, self._places, self._told)
        see_momentum(self.M, qvel, self.mass, self._base, self.com_v, self.spin)

    def joint_number(self, joints: tuple[str, ...]) -> NDArray[np.int64]:
        """Where these joints stand in q, (k,)."""
        return self._dofs(joints) + 1

    def site(self, name: str) -> int:
        """Number of a named frame of the profile."""
        return int(self.model.site(name).id)


def _chain(model: mujoco.MjModel, site: int) -> list[int]:
    """Degrees of freedom that move a site."""
    body = int(model.site_bodyid[site])
    dof, chain = int(model.body_dofadr[body] + model.body_dofnum[body] - 1), []
    while dof >= 0:
        chain.append(dof)
        dof = int(model.dof_parentid[dof])
    return chain[::-1]
