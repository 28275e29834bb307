"""The robot as a figure: where its parts are for given joint angles, how they move with them, how near they come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.body.clearance_kernel import clearance_rows, segment_points
from linewalker.geometry import Array, Pose, quat_from_rotation
from linewalker.kernel import Numbers, make_ready
from linewalker.limbs.model.robot_model import build_control_model, robot_spec
from linewalker.limbs.profile import Mount, RobotProfile
from linewalker.physics.geom_groups import GeomGroup

_ROOM = 128
_NEIGHBOUR_HINGES = 3
_TOUCHING_M = 0.005  # nearer than this when standing, parts belong together


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The outside of a robot as c capsules.

    Attributes:
        bodies: name of the body each moves with, (c,).
        ends_m: ends of their segments in the frames of those bodies, (c, 2, 3).
        radii_m: (c,).
    """

    bodies: tuple[str, ...]
    ends_m: Array
    radii_m: Array


def shape_of(profile: RobotProfile) -> Shape:
    """What physics lets touch other things: capsules and balls as they are, boxes as the capsule round them."""
    model = robot_spec(profile, visual=False).compile()
    geoms = [geom for geom in range(model.ngeom) if model.geom_group[geom] == GeomGroup.COLLIDER]
    ends, radii = np.zeros((len(geoms), 2, 3)), np.zeros(len(geoms))
    for i, geom in enumerate(geoms):
        size, axis, half = model.geom_size[geom], 2, 0.0
        radii[i] = size[0]
        if model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_CAPSULE:
            half = size[1]
        elif model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_BOX:
            axis = int(np.argmax(size))
            across = float(np.linalg.norm(np.delete(size, axis)))
            radii[i] = 1.1 * across
            half = max(size[axis] - np.sqrt(radii[i] ** 2 - across**2), 0.0)
        R = np.zeros(9)
        mujoco.mju_quat2Mat(R, model.geom_quat[geom])
        ends[i] = model.geom_pos[geom] + np.outer([-half, half], R.reshape(3, 3)[:, axis])
    bodies = tuple(model.body(model.geom_bodyid[geom]).name for geom in geoms)
    return Shape(bodies=bodies, ends_m=ends, radii_m=radii)


class Figure:
    """Kinematics of one robot; it holds one posture at a time.

    Tangent vectors are MuJoCo's, (6 + h,): base velocity in W, base rotation about its own axes, then the hinges in
    the order of the model.

    Args:
        profile: the robot.

    Attributes:
        profile, model, data, shape: the robot, its geom-free model and its state, its outside.
        lower, upper: limits of ``profile.joints``, rad, (n,).
        column, column_of: of ``profile.joints`` in a tangent vector, (n,), and by name.
        standing_gaps_m: gap of every two capsules when standing, (c, c); infinite where they can not meet.
    """

    def __init__(self, profile: RobotProfile):
        make_ready()
        self.profile, self.model, self.shape = profile, build_control_model(profile), shape_of(profile)
        model = self.model
        self.data = mujoco.MjData(model)
        self.column = np.array([model.joint(name).dofadr[0] for name in profile.joints])
        self.column_of = dict(zip(profile.joints, self.column))
        limits = model.jnt_range[[model.joint(name).id for name in profile.joints]]
        self.lower, self.upper = limits[:, 0].copy(), limits[:, 1].copy()
        self._hinge_names = [model.joint(model.dof_jntid[column]).name for column in range(6, model.nv)]
        self._body_ids = {model.body(body).name: body for body in range(model.nbody)}
        self._masks = self._hinges_above_bodies()
        self._bodies = np.array([model.body(body).id for body in self.shape.bodies])
        self._pairs, self.standing_gaps_m = self._capsules_that_can_meet()
        self._make_room(_ROOM)
        self._jacobian, self._com_jacobian = np.zeros((6, model.nv)), np.zeros((3, model.nv))

    def _hinges_above_bodies(self) -> NDArray[np.bool_]:
        """(bodies, h): whether a hinge moves a body."""
        model = self.model
        masks = np.zeros((model.nbody, model.nv - 6), bool)
        for body in range(1, model.nbody):
            masks[body] = masks[model.body_parentid[body]]
            for dof in range(model.body_dofadr[body], model.body_dofadr[body] + model.body_dofnum[body]):
                if dof >= 6:
                    masks[body, dof - 6] = True
        return masks

    def _capsules_that_can_meet(self) -> tuple[Numbers, Array]:
        """Pairs to hold apart, (k, 2): three hinges or more between them, and not in touch when standing.

        Also the gap of every two capsules when standing, (c, c); infinite where they are not such a pair.
        """
        self.place(Pose(), self.profile.standing_q())
        ends, radii = self._ends(), self.shape.radii_m
        gaps = np.full((len(ends), len(ends)), np.inf)
        pairs = []
        for i in range(len(ends)):
            for j in range(i):
                between = (self._masks[self._bodies[i]] ^ self._masks[self._bodies[j]]).sum()
                a, b = segment_points(*ends[i], *ends[j])
                gap = float(np.linalg.norm(a - b)) - radii[i] - radii[j]
                if between >= _NEIGHBOUR_HINGES and gap > _TOUCHING_M:
                    pairs.append((i, j))
                    gaps[i, j] = gaps[j, i] = gap
        return np.array(pairs, np.int64).reshape(-1, 2), gaps

    def place(self, X_WB: Pose, q_rad: Array) -> None:
        """Take up a posture: base pose and joint angles in the order of ``profile.joints``."""
        self.data.qpos[:3] = X_WB.p
        self.data.qpos[3:7] = quat_from_rotation(X_WB.R)
        self.data.qpos[self.column + 1] = q_rad
        self._update()

    def move(self, tangent: Array) -> None:
        """Step along a tangent vector, (6 + h,)."""
        mujoco.mj_integratePos(self.model, self.data.qpos, tangent, 1.0)
        self._update()

    def _update(self) -> None:
        mujoco.mj_kinematics(self.model, self.data)
        mujoco.mj_comPos(self.model, self.data)

    @property
    def q_rad(self) -> Array:
        """Joint angles, (n,)."""
        return self.data.qpos[self.column + 1]

    @property
    def X_WB(self) -> Pose:
        """Pose of the base."""
        body = self._body_ids[self.profile.base]
        return Pose(p=self.data.xpos[body].copy(), R=self.data.xmat[body].reshape(3, 3).copy())

    def pose_of(self, mount: Mount) -> Pose:
        """X_WF of a frame fixed to a body."""
        body = self._body_ids[mount.body]
        return Pose(p=self.data.xpos[body].copy(), R=self.data.xmat[body].reshape(3, 3).copy()) @ mount.X_BF

    def jacobian(self, mount: Mount) -> Array:
        """Velocity of the origin of a mounted frame over its angular velocity, in W, per tangent vector, (6, 6 + h)."""
        body = self._body_ids[mount.body]
        p = self.data.xmat[body].reshape(3, 3) @ mount.X_BF.p + self.data.xpos[body]
        mujoco.mj_jac(self.model, self.data, self._jacobian[:3], self._jacobian[3:], p, body)
        return self._jacobian.copy()

    def com(self) -> Array:
        """Centre of mass in W, (3,)."""
        return self.data.subtree_com[1].copy()

    def com_jacobian(self) -> Array:
        """Velocity of the centre of mass per tangent vector, (3, 6 + h)."""
        mujoco.mj_jacSubtreeCom(self.model, self.data, self._com_jacobian, 1)
        return self._com_jacobian

    def hinge_names_of(self, body: str) -> tuple[str, ...]:
        """Names of the joints that move a body."""
        return tuple(name for name, moves in zip(self._hinge_names, self._masks[self._body_ids[body]]) if moves)

    def hinges_above(self, bodies: Numbers) -> NDArray[np.bool_]:
        """Whether a hinge, in the order of the model, moves each of these bodies, (k, h)."""
        return self._masks[bodies]

    def capsules_moved_by(self, joints: Collection[str]) -> NDArray[np.bool_]:
        """Whether any of these joints moves a capsule, (c,)."""
        named = np.array([name in joints for name in self._hinge_names], bool)
        return (self._masks[self._bodies] & named).any(axis=1)

    def clearances(self, obstacles: Obstacles, reach_m: float) -> tuple[Array, Array, Numbers]:
        """Distances below ``reach_m`` between the capsules and from them to obstacles.

        Returns:
            distances (r,), their gradients (r, 6 + h) and labels (r, 2): two capsules, or one and -1 - a prism.
        """
        data, base = self.data, self._body_ids[self.profile.base]
        count = clearance_rows(
            self._ends(),
            (self.shape.radii_m, self._bodies, self._masks, self._pairs),
            (obstacles.corners, obstacles.first, obstacles.heights),
            (data.xpos[base], data.xmat[base].reshape(3, 3), data.xanchor[1:], data.xaxis[1:]),
            reach_m,
            (self._distances, self._rows, self._labels),
        )
        if count > len(self._distances):
            self._make_room(2 * count)
            return self.clearances(obstacles, reach_m)
        return self._distances[:count], self._rows[:count], self._labels[:count]

    def _make_room(self, rows: int) -> None:
        self._distances, self._labels = np.zeros(rows), np.zeros((rows, 2), np.int64)
        self._rows = np.zeros((rows, self.model.nv))

    def _ends(self) -> Array:
        """Ends of the capsules in W, (c, 2, 3)."""
        R = self.data.xmat[self._bodies].reshape(-1, 1, 3, 3)
        return (R @ self.shape.ends_m[..., None])[..., 0] + self.data.xpos[self._bodies][:, None]
