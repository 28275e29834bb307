"""Readings that make no sense, made up from what the body was about to do.

A gap in what is felt is no gap in what is known: commands bring about accelerations that the controller has worked
out, and these carry the last readings on. Balance loses little by that: what is unstable about a body on two legs grows
by half within 0.1 s. So a robot walks on while sensors are silent for a moment.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.estimation.imu_mount import ImuMount
from linewalker.geometry import Array
from linewalker.limbs.robot import Readings


class Foresight:
    """What sensors would say now.

    Args:
        dynamics: the body as estimated.
        mount: where its IMU is.
        period_s: of the control ticks.
    """

    def __init__(self, dynamics: Dynamics, mount: ImuMount, period_s: float):
        self._body, self._mount, self._dt = dynamics, mount, period_s
        self._last: Readings | None = None

    def note(self, readings: Readings) -> None:
        """Take note of the readings of a tick, felt or made up."""
        self._last = readings

    def fill(
        self, readings: Readings, faulty: Collection[str], acting: tuple[Array, Array], accel_bias: Array
    ) -> Readings | None:
        """Readings that say in their faulty fields what is most likely.

        Args:
            readings: of this tick.
            faulty: fields of theirs that make no sense.
            acting: torques of the drives (n,) and the generalised accelerations (nv,) they bring about.
            accel_bias: of the accelerometer, (3,).

        Returns:
            None where none were ever felt.
        """
        last, dt, (torque, acceleration) = self._last, self._dt, acting
        if last is None:
            return None
        made: dict[str, Any] = {}
        if "time_s" in faulty:
            made["time_s"] = last.time_s + dt
        if "gyro_rad_s" in faulty:
            made["gyro_rad_s"] = last.gyro_rad_s + dt * self._mount.R.T @ acceleration[3:6]
        if "accel_m_s2" in faulty:
            made["accel_m_s2"] = self._specific_force(acceleration) + accel_bias
        if "dq_rad_s" in faulty:
            made["dq_rad_s"] = last.dq_rad_s + dt * acceleration[self._body.joints]
        if "q_rad" in faulty:
            made["q_rad"] = last.q_rad + 0.5 * dt * (last.dq_rad_s + made.get("dq_rad_s", readings.dq_rad_s))
        if "tau_nm" in faulty:
            made["tau_nm"] = torque
        return replace(readings, **made)

    def _specific_force(self, acceleration: Array) -> Array:
        """What an accelerometer without bias says, (3,), at accelerations (nv,); those of joints hardly add to it."""
        body, mount = self._body, self._mount
        w = body.base_w
        ridden = np.cross(acceleration[3:6], mount.p) + np.cross(w, np.cross(w, mount.p))
        return np.asarray(mount.R.T @ (body.base_R.T @ (acceleration[:3] + [0.0, 0.0, GRAVITY]) + ridden))
