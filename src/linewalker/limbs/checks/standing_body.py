"""A robot stood up on flat ground, for checks and facts: its control model in the standing posture of the profile."""

from __future__ import annotations

from functools import cached_property

import mujoco
import numpy as np

from linewalker.geometry import Array
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.model.robot_model import SOLES, build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.physics.geom_groups import GeomGroup

HANDS = ("left_hand", "right_hand")


class StandingBody:
    """The robot in its standing posture, base upright; frame B is its base."""

    def __init__(self, profile: RobotProfile):
        self.profile = profile = mounted(profile)
        self.model = build_control_model(profile)
        self.data = mujoco.MjData(self.model)
        self.base = self.model.body(profile.base).id
        self.qadr = {name: int(self.model.joint(name).qposadr[0]) for name in profile.joints}
        self.dof = {name: int(self.model.joint(name).dofadr[0]) for name in profile.joints}
        self.mass_kg = float(self.model.body_mass.sum())
        self.stand(profile.standing_q())

    def stand(self, q: Array) -> None:
        """Take joint angles, (n,)."""
        self.data.qpos[:7] = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
        self.data.qpos[[self.qadr[name] for name in self.profile.joints]] = q
        mujoco.mj_forward(self.model, self.data)

    def site_p(self, name: str) -> Array:
        """Position of a named frame, (3,)."""
        return self.data.site(name).xpos.copy()

    def site_R(self, name: str) -> Array:
        """Axes of a named frame, (3, 3)."""
        return self.data.site(name).xmat.reshape(3, 3).copy()

    def axis(self, joint: str) -> Array:
        """Axis of a joint, (3,)."""
        return self.data.xaxis[self.model.joint(joint).id].copy()

    def anchor(self, joint: str) -> Array:
        """A point on the axis of a joint, (3,)."""
        return self.data.xanchor[self.model.joint(joint).id].copy()

    def jacobian(self, site: str) -> Array:
        """Jacobian of a named frame, linear above angular, (6, nv)."""
        J = np.zeros((6, self.model.nv))
        mujoco.mj_jacSite(self.model, self.data, J[:3], J[3:], self.model.site(site).id)
        return J

    @cached_property
    def ground(self) -> Array:
        """Middle between the soles, (3,)."""
        return 0.5 * (self.site_p(SOLES[0]) + self.site_p(SOLES[1]))

    @cached_property
    def com(self) -> Array:
        """Centre of mass, (3,)."""
        return self.data.subtree_com[self.base].copy()

    @cached_property
    def leg_m(self) -> float:
        """From the first joint of the left leg to its sole."""
        return float(np.linalg.norm(self.anchor(self.profile.legs[0].joints[0]) - self.site_p(SOLES[0])))


def arm_reach_m(body: StandingBody, side: int, samples: int = 1500) -> float:
    """Greatest distance of a hand from the first joint of its arm, over random postures within the limits."""
    arm, rng = body.profile.arms[side], np.random.default_rng(side)
    q = body.profile.standing_q()
    at = [body.profile.joints.index(joint) for joint in arm.joints]
    ranges = np.clip([body.model.joint(joint).range for joint in arm.joints], -np.pi, np.pi)
    best = 0.0
    for draw in rng.uniform(ranges[:, 0], ranges[:, 1], (samples, len(at))):
        q[at] = draw
        body.data.qpos[[body.qadr[name] for name in body.profile.joints]] = q
        mujoco.mj_kinematics(body.model, body.data)
        shoulder = body.data.xanchor[body.model.joint(arm.joints[0]).id]
        best = max(best, float(np.linalg.norm(body.data.site(HANDS[side]).xpos - shoulder)))
    body.stand(body.profile.standing_q())
    return best


def seen_points(model: mujoco.MjModel, body: str) -> Array:
    """Vertices of the visual meshes of a body of `robot_spec`'s model, in its frame, (k, 3)."""
    clouds = [np.zeros((0, 3))]
    for geom in range(model.ngeom):
        mesh = model.geom_dataid[geom]
        ours = model.geom_bodyid[geom] == model.body(body).id and model.geom_group[geom] == GeomGroup.VISUAL
        if mesh >= 0 and ours:
            first, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
            R = np.zeros(9)
            mujoco.mju_quat2Mat(R, model.geom_quat[geom])
            vertices = model.mesh_vert[first : first + count].astype(float)
            clouds.append(vertices @ R.reshape(3, 3).T + model.geom_pos[geom])
    return np.vstack(clouds)
