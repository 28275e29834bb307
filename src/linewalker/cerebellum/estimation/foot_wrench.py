"""What the floor does to each foot, from motor torques: for feet without force sensors.

The legs' rows of the equations of motion read ``J_leg^T F = ID(q, v, a) - tau``. The inverse dynamics takes the base
acceleration from the IMU and the joint accelerations from filtered encoder speeds. Near a straight knee J_leg is nearly
singular and F = J_leg^-T (...) runs to thousands of newtons; the most likely F under a prior on its size does not.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.estimation.foot_wrench_kernel import feel_wrenches, follow
from linewalker.cerebellum.estimation.imu_mount import ImuMount
from linewalker.geometry import Array
from linewalker.limbs.held_views import HoldsViews
from linewalker.limbs.robot import Readings
from linewalker.limbs.soundness import LARGEST_N, as_vector, vector_fault

FILTER_S = 0.006
"""Time constant of torques and accelerations."""
TORQUE_NM, TORQUE_RATIO = 1.0, 0.04
"""Noise of a joint torque (dry friction most of all): constant, and in proportion to the torque."""
AT_STOP_NM = 100.0
"""Noise of a joint that leans on its mechanical stop."""
STOP_RAD = 0.015
PRIOR_WEIGHTS, PRIOR_WEIGHT_M = 0.77, 0.046
"""Prior of force and torque, in body weights and body weights times metres."""


class WrenchSense(HoldsViews):
    """Foot wrenches of one robot.

    Attributes:
        wrench: on each foot, force above torque, world axes, (2, 6).
    """

    def __init__(self, dynamics: Dynamics, imu: ImuMount, dt: float):
        model, weight = dynamics.model, dynamics.mass * GRAVITY
        stops = np.zeros((model.nv, 2))
        stops[model.jnt_dofadr[1:]] = model.jnt_range[1:] + [STOP_RAD, -STOP_RAD]
        prior = np.repeat([PRIOR_WEIGHTS * weight, PRIOR_WEIGHT_M * weight], 3)
        self._noise = (np.array([TORQUE_NM, TORQUE_RATIO, AT_STOP_NM]), stops[dynamics.legs], prior)
        self._joints, self._legs = dynamics.joints, dynamics.legs
        self._mount, self._tuning = (imu.p, imu.R), np.array([dt, FILTER_S, GRAVITY])
        self._dynamics, self._body = dynamics, (dynamics.M, dynamics.h, dynamics.J, dynamics.q)
        self._filtered = (np.zeros(model.nv), np.zeros(model.nv), np.zeros(model.nv))
        self._started = False
        self.wrench = np.zeros((2, 6))
        self._take_views()

    def _take_views(self) -> None:
        self._base = (self._dynamics.base_R, self._dynamics.base_w)

    def loads(self, readings: Readings, accel_bias: Array, drop: Callable[[str], None]) -> Array:
        """Normal forces (2,): what the feet report, or, where they report none or what makes no sense, `update`.

        Args:
            readings: of this tick.
            accel_bias: as of `update`.
            drop: told what made no sense.
        """
        if readings.foot_force_n is not None:
            load = as_vector(readings.foot_force_n)
            fault = vector_fault(load, 2, LARGEST_N)
            if not fault:
                return np.asarray(load)
            drop(f"foot_force_n {fault}")
        return self.update(readings, accel_bias)

    def update(self, readings: Readings, accel_bias: Array) -> Array:
        """Normal forces (2,) at this tick. `Dynamics.update` must have run.

        Args:
            readings: of this tick.
            accel_bias: what the estimator takes the accelerometer's bias for, (3,).
        """
        if not self._started:
            self._start(readings)
        measured = (readings.tau_nm, readings.dq_rad_s, readings.accel_m_s2, accel_bias)
        follow(measured, self._base, self._mount, self._joints, self._tuning, self._filtered)
        feel_wrenches(self._body, self._legs, self._filtered, self._noise, self.wrench)
        return self.wrench[:, 2].copy()

    def _start(self, readings: Readings) -> None:
        """Begin without a jump of the speeds."""
        speeds = self._filtered[1]
        speeds[3:6], speeds[self._joints] = self._base[1], readings.dq_rad_s
        self._started = True
