"""What a stop is triggered by and what it sweeps over, from the controller's own estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.estimate import Estimate
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState, names_of
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile

SAMPLE_TICKS = 10


@dataclass(frozen=True, kw_only=True)
class StopReport:
    """One stop, from its trigger to a stable hold or a fall.

    Attributes:
        causes: what called for it.
        details: what more is known of a cause: the sensor, the field, the source.
        began_s, ended_s: robot time of trigger and end.
        ended: HOLDING, or FALLEN.
        path_m: way of the base over the floor.
        swept_m2: area of the convex outline of all links and soles, seen from above, over the whole stop.
    """

    causes: frozenset[StopCause]
    details: Mapping[StopCause, str]
    began_s: float
    ended_s: float
    ended: StopState
    path_m: float
    swept_m2: float

    @property
    def why(self) -> str:
        """Causes in words."""
        return names_of(self.causes, self.details)

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
        points = np.vstack([*self._points, self._seen_from_above()])
        seen = points[np.isfinite(points).all(axis=1)]
        return float(ConvexHull(seen).volume) if len(seen) > 2 else 0.0

    def _seen_from_above(self) -> Array:
        body = self._body
        soles = [p + self._corners @ R.T for p, R in zip(body.foot_p, body.foot_R)]
        return np.vstack([body.data.xpos[1:], *soles])[:, :2].copy()


class Consistency:
    """Whether localisation, IMU, encoders and estimate tell the same story.

    A fix is compared with where the estimate had the torso at that time. Noise and the drift of an outage leave
    residuals that the filter soon takes away; one that stays large means that a sensor is wrong, or the filter is.
    """

    FAR_M, FAR_RAD = 0.08, float(np.radians(5.0))
    FIXES = 10
    """So many fixes in a row that contradict the estimate are believed."""
    FASTEST_M_S = 4.0
    FASTEST_RAD_S = 15.0

    def __init__(self) -> None:
        self._contradictions = 0

    def fault(self, estimate: Estimate) -> str:
        """Take in the estimate of one tick; returns why it can not be trusted, or an empty text."""
        if estimate.fix_off is not None:
            far_m, far_rad = estimate.fix_off
            contradicts = far_m > self.FAR_M or far_rad > self.FAR_RAD
            self._contradictions = self._contradictions + 1 if contradicts else 0
        if self._contradictions >= self.FIXES:
            return "fixes contradict it"
        (vx, vy, vz), (wx, wy, wz) = estimate.base_m_s.tolist(), estimate.base_rad_s.tolist()  # quicker than numpy's
        quick = vx * vx + vy * vy + vz * vz > self.FASTEST_M_S**2
        too_fast = quick or wx * wx + wy * wy + wz * wz > self.FASTEST_RAD_S**2
        return "it moves faster than a robot can" if too_fast else ""
