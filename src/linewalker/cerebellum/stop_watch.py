"""What a stop is triggered by and what it sweeps over, from the controller's own estimate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from linewalker.cerebellum.dynamics import Dynamics
from linewalker.cerebellum.estimator import Estimator
from linewalker.cerebellum.stop_states import StopCause, StopState
from linewalker.geometry import Pose, log_so3
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import LocalisationFix, Readings

Array = NDArray[np.float64]
RING = 256
SAMPLE_TICKS = 10


@dataclass(frozen=True, kw_only=True)
class StopReport:
    """One stop, from its trigger to a stable hold or a fall.

    Attributes:
        causes: what called for it.
        began_s, ended_s: robot time of trigger and end.
        ended: HOLDING, or FALLEN.
        path_m: way of the base over the floor.
        swept_m2: area of the convex outline of all links and soles, seen from above, over the whole stop.
    """

    causes: frozenset[StopCause]
    began_s: float
    ended_s: float
    ended: StopState
    path_m: float
    swept_m2: float

    @property
    def stop_time_s(self) -> float:
        """From trigger to end."""
        return self.ended_s - self.began_s


class SweptFloor:
    """Way and outline of a robot that is coming to a stand, in the odometry frame."""

    def __init__(self, profile: RobotProfile, dynamics: Dynamics):
        self._body = dynamics
        x, y = profile.sole_half_length_m, profile.sole_half_width_m
        self._corners = np.array([[sx * x, sy * y, 0.0] for sx in (-1, 1) for sy in (-1, 1)])
        self.begin()

    def begin(self) -> None:
        """Forget what was swept."""
        self.path_m, self._ticks = 0.0, 0
        self._last, self._points = self._body.base_p[:2].copy(), [self._seen_from_above()]

    def tick(self) -> None:
        """Take note of where the robot is."""
        here = self._body.base_p[:2].copy()
        self.path_m += float(np.hypot(*(here - self._last)))
        self._last = here
        self._ticks += 1
        if self._ticks % SAMPLE_TICKS == 0:
            self._points.append(self._seen_from_above())

    @property
    def area_m2(self) -> float:
        """Area of the convex outline so far."""
        return float(ConvexHull(np.vstack([*self._points, self._seen_from_above()])).volume)

    def _seen_from_above(self) -> Array:
        body = self._body
        soles = [p + self._corners @ R.T for p, R in zip(body.foot_p, body.foot_R)]
        return np.vstack([body.data.xpos[1:], *soles])[:, :2].copy()


class Consistency:
    """Whether localisation, IMU, encoders and estimate tell the same story.

    A fix is compared with where the estimate has the torso at that time. Noise and the drift of an outage leave
    residuals that the filter soon takes away; one that stays large means that a sensor is wrong, or the filter is.

    Args:
        dynamics: the body as estimated.
        torso: the body that fixes speak of.
    """

    FAR_M, FAR_RAD = 0.08, float(np.radians(5.0))
    FIXES = 10
    """So many fixes in a row that contradict the estimate are believed."""
    FASTEST_M_S = 4.0
    FASTEST_RAD_S = 15.0

    def __init__(self, dynamics: Dynamics, torso: str):
        self._body = dynamics
        at = int(dynamics.model.body(torso).id)
        self._p, self._R = dynamics.data.xpos[at], dynamics.data.xmat[at]
        self._past_s, self._past_p, self._past_R = np.full(RING, -np.inf), np.zeros((RING, 3)), np.zeros((RING, 9))
        self._tick, self._contradictions = 0, 0

    def update(self, readings: Readings, estimator: Estimator) -> bool:
        """Take in one tick; returns whether the estimate can be trusted."""
        body, slot = self._body, self._tick % RING
        self._tick += 1
        self._past_s[slot], self._past_p[slot], self._past_R[slot] = readings.time_s, self._p, self._R
        if readings.fix is not None:
            contradicts = self._contradicts(readings.fix, estimator.X_WO)
            self._contradictions = self._contradictions + 1 if contradicts else 0
        v, w = body.base_v, body.base_w
        too_fast = v @ v > self.FASTEST_M_S**2 or w @ w > self.FASTEST_RAD_S**2
        return self._contradictions < self.FIXES and not too_fast

    def _contradicts(self, fix: LocalisationFix, X_WO: Pose) -> bool:
        slot = int(np.abs(self._past_s - fix.taken_s).argmin())
        X_WT = X_WO @ Pose(p=self._past_p[slot], R=self._past_R[slot].reshape(3, 3))
        far_m = np.linalg.norm(fix.X_WT.p - X_WT.p)
        far_rad = np.linalg.norm(log_so3(fix.X_WT.R @ X_WT.R.T))
        return bool(far_m > self.FAR_M or far_rad > self.FAR_RAD)


def all_finite(readings: Readings) -> bool:
    """Whether the sensors a robot balances with gave numbers."""
    felt = (readings.gyro_rad_s, readings.accel_m_s2, readings.q_rad, readings.dq_rad_s, readings.tau_nm)
    return math.isfinite(sum(float(values @ values) for values in felt))  # one product is quicker than isfinite of each
