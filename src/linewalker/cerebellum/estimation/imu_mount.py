"""Where the IMU is in the frame of the base, and how it moves there: some robots carry it above the waist."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile


class ImuMount:
    """Pose and velocity of the IMU relative to the base; arrays are overwritten by the next `update`.

    Attributes:
        p, R: position (3,) and rotation (3, 3) of the IMU in the base frame.
        v, w: linear and angular velocity of the IMU relative to the base, in the base frame, (3,) each.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics):
        X_BI = profile.imu.X_BF
        self.p, self.R, self.v, self.w = X_BI.p.copy(), X_BI.R.copy(order="C"), np.zeros(3), np.zeros(3)
        self._rides = profile.imu.body != profile.base
        self._model, self._site = dynamics.model, dynamics.site("imu")
        self._base = int(dynamics.model.body(profile.base).id)
        self._data, self._J = mujoco.MjData(dynamics.model), np.zeros((6, dynamics.nv))

    def update(self, q: Array, v: Array) -> None:
        """Take in the joints of a state q (nq,), v (nv,), whatever its base does; costs nothing if the IMU is fixed."""
        if not self._rides:
            return
        data, J = self._data, self._J
        data.qpos[7:] = q[7:]
        mujoco.mj_kinematics(self._model, data)
        mujoco.mj_comPos(self._model, data)
        mujoco.mj_jacSite(self._model, data, J[:3], J[3:], self._site)
        self.p[:] = data.site_xpos[self._site] - data.xpos[self._base]
        self.R[:] = data.site_xmat[self._site].reshape(3, 3)
        self.v[:], self.w[:] = J[:3, 6:] @ v[6:], J[3:, 6:] @ v[6:]
