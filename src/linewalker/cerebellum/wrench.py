"""What the floor does to each foot, from motor torques: for feet without force sensors.

The legs' rows of the equations of motion read ``J_leg^T F = ID(q, v, a) - tau``. The inverse dynamics takes the base
acceleration from the IMU and the joint accelerations from filtered encoder speeds. Near a straight knee J_leg is nearly
singular and F = J_leg^-T (...) runs to thousands of newtons; the most likely F under a prior on its size does not.
"""

from __future__ import annotations

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.ekf_kernel import cross
from linewalker.cerebellum.wrench_kernel import likeliest_wrench
from linewalker.geometry import Pose
from linewalker.limbs.robot import Readings

Array = NDArray[np.float64]
FILTER_S = 0.006
"""Time constant of torques and accelerations."""
TORQUE_NM, TORQUE_RATIO = 1.0, 0.04
"""Noise of a joint torque (dry friction most of all): constant, and in proportion to the torque."""
AT_STOP_NM = 100.0
"""Noise of a joint that leans on its mechanical stop."""
STOP_RAD = 0.015
PRIOR_WEIGHTS, PRIOR_WEIGHT_M = 0.77, 0.046
"""Prior of force and torque, in body weights and body weights times metres."""


class WrenchSense:
    """Foot wrenches of one robot.

    Attributes:
        wrench: on each foot, force above torque, world axes, (2, 6).
    """

    def __init__(self, dynamics: Dynamics, X_BI: Pose, dt: float):
        model = dynamics.model
        self.dynamics, self._X_BI, self._share = dynamics, X_BI, dt / FILTER_S
        weight = dynamics.mass * GRAVITY
        self._prior = np.repeat([PRIOR_WEIGHTS * weight, PRIOR_WEIGHT_M * weight], 3)
        self._armature = model.dof_armature.copy()
        stops = np.zeros((model.nv, 2))
        stops[model.jnt_dofadr[1:]] = model.jnt_range[1:] + [STOP_RAD, -STOP_RAD]
        self._stops = stops[dynamics.legs]
        nv = model.nv
        self._rates: Array | None = None
        self._tau, self._acc, self._free = np.zeros(nv), np.zeros(nv), np.zeros(nv)
        self.wrench = np.zeros((2, 6))

    def update(self, readings: Readings, accel_bias: Array) -> Array:
        """Normal forces (2,) at this tick. `Dynamics.update` must have run.

        Args:
            readings: of this tick.
            accel_bias: what the estimator takes the accelerometer's bias for, (3,).
        """
        body, share = self.dynamics, self._share
        torque = np.zeros(body.nv)
        torque[body.joint_v] = readings.tau_nm
        self._accelerate(readings, accel_bias)
        self._tau += min(1.0, share) * (torque - self._tau)
        body.data.qacc[:] = self._acc
        mujoco.mj_rne(body.model, body.data, 1, self._free)
        residual = self._free + self._armature * self._acc - self._tau
        for k in (0, 1):
            leg = body.legs[k]
            tau, q = self._tau[leg], body.q[leg + 1]
            sigma = TORQUE_NM + TORQUE_RATIO * np.abs(tau)
            sigma[(q < self._stops[k, :, 0]) | (q > self._stops[k, :, 1])] = AT_STOP_NM
            J_leg = np.ascontiguousarray(body.J[k][:, leg])
            likeliest_wrench(J_leg, residual[leg], sigma, self._prior, self.wrench[k])
        return self.wrench[:, 2].copy()

    def _accelerate(self, readings: Readings, accel_bias: Array) -> None:
        """Filtered generalised acceleration: joints and base rotation from speeds, base translation from the IMU."""
        body, share = self.dynamics, self._share
        rates = np.zeros(body.nv)
        rates[3:6], rates[body.joint_v] = body.v[3:6], readings.dq_rad_s
        if self._rates is None:
            self._rates = rates.copy()
        change = share * (rates - self._rates)
        self._rates += change
        spin, turning, lever = body.v[3:6], change[3:6] / (share * FILTER_S), self._X_BI.p
        at_base = self._X_BI.R @ (readings.accel_m_s2 - accel_bias) - cross(turning, lever)
        at_base -= cross(spin, cross(spin, lever))
        base = body.base_R @ at_base - [0.0, 0.0, GRAVITY]
        self._acc[:3] += share * (base - self._acc[:3])
        self._acc[3:] = change[3:] / (share * FILTER_S)
