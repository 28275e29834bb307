"""Where the bodies that are seen from outside stood in the recent past, and how encoder offsets move them."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.pose_memory_kernel import relate, remember
from linewalker.geometry import Array
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.profile import RobotProfile, upper_body_joints

RING = 256
TORSO = "torso"


def offset_joints(profile: RobotProfile, dynamics: Dynamics) -> tuple[str, ...]:
    """Joints between the IMU and the bodies that are seen from outside, in the order of ``profile.joints``.

    Their encoder offsets are what the station's tracker can tell.
    """
    seen = [profile.torso, *(mount.body for mount in profile.scanners.values())]
    to_imu = _joints_above(dynamics.model, profile.imu.body)
    between = set().union(*(_joints_above(dynamics.model, body) ^ to_imu for body in seen))
    return tuple(name for name in upper_body_joints(profile) if name in between)


def _joints_above(model: mujoco.MjModel, body: str) -> set[str]:
    at, names = model.body(body).id, set()
    while at > 0:
        for joint in range(model.body_jntadr[at], model.body_jntadr[at] + model.body_jntnum[at]):
            names.add(model.joint(joint).name)
        at = model.body_parentid[at]
    return names


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Where a body was thought to be at a past tick, in O, with the offsets believed now.

    Attributes:
        p, R: its pose, (3,) and (3, 3).
        lever: from the IMU to it, (3,).
        slopes: change of place above attitude for a larger offset of each joint while the IMU stays, (6, k); negative
            Jacobians, for an angle is the encoder's minus its offset.
    """

    p: Array
    R: Array
    lever: Array
    slopes: Array


class Sightings(HoldsViews):
    """Memory of the torso and the scanners over the last `RING` ticks.

    Args:
        profile: the robot.
        dynamics: its body as estimated.
        joints: whose encoder offsets are learnt, see `offset_joints`.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, joints: tuple[str, ...]):
        model, data = dynamics.model, dynamics.data
        self._model, self._data = model, data
        self._dofs = np.array([model.joint(name).dofadr[0] for name in joints], np.int64)
        torso, imu = int(model.body(profile.torso).id), dynamics.site("imu")
        sites = np.array([dynamics.site(name) for name in profile.scanners], np.int64)
        self._row = {TORSO: 0} | {name: 1 + i for i, name in enumerate(profile.scanners)}
        self._bodies = [torso, *(int(model.site_bodyid[site]) for site in sites)]
        self._imu, self._rows = imu, (torso, sites, imu)
        count = len(self._bodies)
        self._p, self._R = np.zeros((RING, count, 3)), np.zeros((RING, count, 3, 3))
        self._imu_p, self._offsets = np.zeros((RING, 3)), np.zeros((RING, len(joints)))
        self._J, self._J_imu = np.zeros((6, dynamics.nv)), np.zeros((6, dynamics.nv))
        self._take_views()

    def _take_views(self) -> None:
        data, (torso, sites, imu) = self._data, self._rows
        self._places = [data.xpos[torso], *(data.site_xpos[site] for site in sites)]
        self._imu_place = data.site_xpos[imu]
        self._seen = (data.xpos, data.xmat, data.site_xpos, data.site_xmat)

    def note(self, tick: int, offsets: Array) -> None:
        """Remember this tick, at which the offsets (k,) were believed."""
        slot = tick % RING
        memory = (self._p[slot], self._R[slot], self._imu_p[slot], self._offsets[slot])
        remember(self._seen, self._rows, offsets, memory)

    def recall(self, name: str, tick: int, offsets: Array) -> Sighting:
        """A body at a past tick, `TORSO` or the name of a scanner, corrected for the offsets (k,) believed now.

        The slopes are those of the present posture: within the latency of a fix they hardly change.
        """
        row, slot, model, data = self._row[name], tick % RING, self._model, self._data
        now, J, J_imu = (self._places[row], self._imu_place), self._J, self._J_imu
        mujoco.mj_jac(model, data, J[:3], J[3:], now[0], self._bodies[row])
        mujoco.mj_jacSite(model, data, J_imu[:3], J_imu[3:], self._imu)
        past = (self._p[slot, row], self._R[slot, row], self._imu_p[slot], self._offsets[slot])
        then = Sighting(p=np.empty(3), R=np.empty((3, 3)), lever=np.empty(3), slopes=np.empty((6, len(self._dofs))))
        relate(now, past, (J, J_imu), self._dofs, offsets, (then.p, then.R, then.lever, then.slopes))
        return then
