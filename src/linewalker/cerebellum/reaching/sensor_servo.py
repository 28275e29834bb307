"""Closes the loop on the pose the controller estimates for a sensor, by shifting the references of the joints."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.cerebellum.controller import BodyController
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.geometry import Array, Pose, log_so3
from linewalker.limbs.profile import upper_body_joints

_DAMPING = 1e-4  # m^2 and rad^2: what a step may cost in exactness near a singularity
_SMOOTH_S = 0.03
_MARGIN = 0.4  # of the distance that postures keep from the joints' limits


class SensorServo:
    """Damped differential inverse kinematics (Nakamura and Hanafusa 1986) on references; acts as integral action.

    The error is smoothed, for encoder noise passes into it and not into the truth.

    Args:
        motion: the controller whose estimate is used.
        ik: knows the sensor, the joints that move it and their limits.
        waist_share: how much the waist takes part, against 1 for the limb.
        largest_m, largest_rad: a larger error counts as this one.

    Attributes:
        shift: what to add to the planned reference of each upper-body joint, (m,).
        X_WF: target.
    """

    def __init__(
        self, motion: BodyController, ik: WholeBodyIK, *, waist_share: float, largest_m: float, largest_rad: float
    ):
        joints, profile = upper_body_joints(motion.profile), motion.profile
        self._motion, self._largest = motion, (largest_m, largest_rad)
        self._moved = np.array([joints.index(name) for name in ik.moving])
        self._share = np.array([waist_share if name in profile.waist else 1.0 for name in ik.moving])
        index, margin = ik.moving_index, _MARGIN * ik.rules.joint_margin_rad
        self._lower, self._upper = ik.figure.lower[index] + margin, ik.figure.upper[index] - margin
        self._site = motion.dynamics.site(ik.sensor)
        self._J = np.zeros((6, motion.dynamics.nv))
        self.shift = np.zeros(len(joints))
        self.X_WF = Pose()
        self._smooth: Array | None = None

    def error(self) -> Array:
        """Error of the estimated sensor pose, position above rotation, in the axes of O, (6,); m and rad."""
        data, X_OF = self._motion.dynamics.data, self._motion.estimate.X_WO.inverse() @ self.X_WF
        R = data.site_xmat[self._site].reshape(3, 3)
        return np.concatenate((X_OF.p - data.site_xpos[self._site], R @ log_so3(R.T @ X_OF.R)))

    @property
    def smooth_error(self) -> Array:
        """The same, smoothed while `correct` runs, (6,)."""
        return self.error() if self._smooth is None else self._smooth

    def forget(self) -> None:
        """Start smoothing afresh: the target or the sensor is going to move."""
        self._smooth = None

    def correct(self, planned: Array, gain_per_s: float) -> None:
        """One control tick: take away a share of the error.

        Args:
            planned: references of the upper-body joints without the shift, (m,).
            gain_per_s: share of the error per second.
        """
        dynamics, now = self._motion.dynamics, self.error()
        self._smooth = (
            now if self._smooth is None else self._smooth + self._motion.period_s / _SMOOTH_S * (now - self._smooth)
        )
        e = self._smooth.copy()
        for part, largest in zip((e[:3], e[3:]), self._largest):
            part *= min(1.0, largest / max(float(np.linalg.norm(part)), 1e-9))
        mujoco.mj_jacSite(dynamics.model, dynamics.data, self._J[:3], self._J[3:], self._site)
        J = self._J[:, dynamics.rest[self._moved]]
        A = (J * self._share) @ J.T
        A.flat[::7] += _DAMPING
        step = self._share * (J.T @ np.linalg.solve(A, e)) * (gain_per_s * self._motion.period_s)
        wanted = planned[self._moved] + self.shift[self._moved] + step
        self.shift[self._moved] = np.clip(wanted, self._lower, self._upper) - planned[self._moved]
