"""Where the vehicle stands, from seams that were seen.

A point seen in the middle of a seam lies on the nominal seam curve up to what the panels are out of place: it says two
things (across the seam and along its normal) and nothing along the seam. Gauss-Newton over a small motion of the
vehicle (translation, rotation vector, both in W about the vehicle's origin), with the parking tolerance as prior and
Cauchy weights, so that one displaced panel does not drag the car along.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from linewalker.geometry import Array, Pose, exp_so3
from linewalker.inspection.cad.seam import Seam

_STEPS = 10


def _parking_std() -> Array:
    return np.array([0.020, 0.020, 0.0, 0.0, 0.0, np.radians(0.5)])


@dataclass(frozen=True, kw_only=True)
class SeamObservation:
    """A point seen in the middle between the edges of a seam.

    Attributes:
        seam: the nominal seam.
        middle_W: where it was seen, (3,), m.
        std_mm: standard deviation across the seam and along its normal: robot, scanner and panel fit together.
    """

    seam: Seam
    middle_W: Array
    std_mm: float = 2.0


@dataclass(frozen=True, kw_only=True)
class ParkingPrior:
    """Where the vehicle stands before anything was seen.

    Attributes:
        X_WV: the nominal pose.
        std: (6,) standard deviations of x, y, z (m) and of the rotation about W x, y, z (rad); zero holds a component.
    """

    X_WV: Pose
    std: Array = field(default_factory=_parking_std)


@dataclass(frozen=True, kw_only=True)
class VehiclePose:
    """Where the vehicle stands.

    Attributes:
        X_WV: the pose.
        covariance: (6, 6) of (x, y, z, rotation vector) in W about the vehicle's origin; zero where held.
        residual_mm: (m, 2) what is left of each observation across the seam and along its normal.
    """

    X_WV: Pose
    covariance: Array = field(default_factory=lambda: np.zeros((6, 6)))
    residual_mm: Array = field(default_factory=lambda: np.zeros((0, 2)))

    def std_mm(self, p_V_mm: Array, direction_V: Array) -> float:
        """Standard deviation, mm, of the place of a vehicle point along a direction."""
        d_W, arm_W = self.X_WV.R @ direction_V, self.X_WV.R @ (1e-3 * p_V_mm)
        gradient = np.r_[d_W, np.cross(arm_W, d_W)]
        return 1e3 * float(np.sqrt(gradient @ self.covariance @ gradient))

    @property
    def turn_std_rad(self) -> float:
        """Standard deviation of the rotation about the axis where it is known least."""
        return float(np.sqrt(np.linalg.eigvalsh(self.covariance[3:, 3:])[-1]))


def locate_vehicle(observations: Sequence[SeamObservation], prior: ParkingPrior) -> VehiclePose:
    """The pose that agrees best with what was seen and with the prior; with no observation, the prior."""
    free = np.flatnonzero(prior.std > 0)
    information = np.diag(prior.std[free] ** -2)
    X_WV, moved = prior.X_WV, np.zeros(6)
    N, residual = information, np.zeros((0, 2))
    for _ in range(_STEPS if observations else 0):
        residual, jacobian = _residuals(observations, X_WV)
        std_m = 1e-3 * np.array([o.std_mm for o in observations])[:, None]
        weight = 1 / (std_m**2 * (1 + (residual / (2 * std_m)) ** 2))  # Cauchy
        J, w = jacobian[:, :, free].reshape(-1, len(free)), weight.ravel()
        N = J.T @ (J * w[:, None]) + information
        step = -np.linalg.solve(N, J.T @ (w * residual.ravel()) + information @ moved[free])
        moved[free] += step
        X_WV = Pose(p=prior.X_WV.p + moved[:3], R=exp_so3(moved[3:]) @ prior.X_WV.R)
        if np.abs(step).max() < 1e-7:
            break
    covariance = np.zeros((6, 6))
    covariance[np.ix_(free, free)] = np.linalg.inv(N)
    return VehiclePose(X_WV=X_WV, covariance=covariance, residual_mm=1e3 * residual)


def _residuals(observations: Sequence[SeamObservation], X_WV: Pose) -> tuple[Array, Array]:
    """Distances (m, 2) of the observations from their seams, m, and derivatives (m, 2, 6) by the vehicle's motion."""
    residual, jacobian = np.zeros((len(observations), 2)), np.zeros((len(observations), 2, 6))
    for i, seen in enumerate(observations):
        p_V = X_WV.inverse().apply(seen.middle_W)
        point = seen.seam.at_arc(seen.seam.project(1e3 * p_V))
        arm_W = seen.middle_W - X_WV.p
        for k, axis_V in enumerate((point.across, point.normal)):
            axis_W = X_WV.R @ axis_V
            residual[i, k] = (p_V - 1e-3 * point.middle_V_mm) @ axis_V
            jacobian[i, k] = -np.r_[axis_W, np.cross(arm_W, axis_W)]
    return residual, jacobian
