"""Standing on two feet, quietly, with the pelvis where a reach wants it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.balance.steering_kernel import steer_tilt
from linewalker.cerebellum.balance.whole_body import CALM_SPIN, Tasks
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.feet import turn
from linewalker.cerebellum.body.pendulum import capture_point, divergent_component, natural_frequency
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile


@dataclass(frozen=True, kw_only=True)
class StandTuning:
    """Gains of standing.

    Attributes:
        entry: time constant in which the DCM found at the beginning is led to rest, times omega.
        dcm_gain: of the centre of pressure on a DCM error (1 only balances, more brings it back).
        height_stiffness, height_damping: of the height of the pelvis.
        tilt_stiffness, tilt_damping: of its rotation.
        foot_damping: of the feet, 1/s.
    """

    entry: float = 0.48
    dcm_gain: float = 3.0
    height_stiffness: float = 60.0
    height_damping: float = 15.0
    tilt_stiffness: float = 150.0
    tilt_damping: float = 24.0
    foot_damping: float = 30.0


class Stand:
    """Balance above the middle of the feet.

    Attributes:
        time_s: time since standing began.
        pelvis_height_m: of the pelvis above the soles when nothing else is asked.
    """

    def __init__(self, profile: RobotProfile, dynamics: Dynamics, tuning: StandTuning | None = None):
        self.dynamics, self.tuning = dynamics, tuning if tuning is not None else StandTuning()
        self.omega = natural_frequency(profile.com_height_m)
        self.pelvis_height_m = standing_height(profile, dynamics)
        self.time_s, self._entry_s = 0.0, self.tuning.entry / self.omega
        self._dcm_from, self._height_from = np.zeros(2), 0.0
        self._tilt_gains = np.array([self.tuning.tilt_stiffness, self.tuning.tilt_damping])

    def begin(self) -> None:
        """Start from the present motion."""
        self.time_s = 0.0
        body = self.dynamics
        self._dcm_from = divergent_component(body, self.omega)
        self._height_from = body.base_p[2] - body.foot_p[:, 2].mean() - self.pelvis_height_m

    def dcm_error(self, middle: Array) -> Array:
        """DCM relative to the middle of the feet, in their frame, (2,)."""
        body = self.dynamics
        return turn(-middle[2], divergent_component(body, self.omega) - middle[:2])

    def capture_error(self, middle: Array) -> Array:
        """Like `dcm_error`, with the angular momentum counted in."""
        return turn(-middle[2], capture_point(self.dynamics, self.omega) - middle[:2])

    def tick(self, dt: float, middle: Array, offsets: Array, tasks: Tasks) -> None:
        """Write this tick's tasks.

        Args:
            dt: period.
            middle: x, y, yaw between the feet.
            offsets: pelvis height (1,), pelvis rotation vector (3,), shift of the balance point (2,): (6,).
            tasks: out.
        """
        t, body, omega = self.tuning, self.dynamics, self.omega
        self.time_s += dt
        fade = np.exp(-self.time_s / self._entry_s)
        target = middle[:2] + turn(middle[2], offsets[4:6])
        start = (self._dcm_from - target) * fade
        wanted, speed = target + start, -start / self._entry_s
        dcm = divergent_component(body, omega)
        pressure = wanted - speed / omega + t.dcm_gain * (dcm - wanted)
        tasks.com_acc[:2] = omega**2 * (body.com[:2] - pressure)
        floor = 0.5 * (body.foot_p[0, 2] + body.foot_p[1, 2])
        height = floor + self.pelvis_height_m + offsets[0] + self._height_from * fade
        tasks.com_acc[2] = t.height_stiffness * (height - body.base_p[2]) - t.height_damping * body.base_v[2]
        steer_tilt(body.base_R, body.base_w, middle[2], offsets[1:4], self._tilt_gains, tasks.spin_acc)
        tasks.spin_price[:] = CALM_SPIN
        tasks.foot_acc[:] = -t.foot_damping * body.foot_v
        tasks.contact[:], tasks.max_force_n[:] = 1.0, 3.0 * body.mass * GRAVITY


def standing_height(profile: RobotProfile, dynamics: Dynamics) -> float:
    """Height of the base above the soles in the standing posture of the profile."""
    q = np.zeros(dynamics.model.nq)
    q[3] = 1.0
    q[dynamics.joints + 1] = profile.standing_q()
    dynamics.update(q, np.zeros(dynamics.nv))
    return float(dynamics.base_p[2] - dynamics.foot_p[:, 2].mean())
