"""Which feet press on the floor, and how far each may be taken for a landmark that stays where it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.estimation.contact_kernel import sense_contact
from linewalker.geometry import Array

FULL_LOAD = 0.45
"""Load in body weights at which a foot is believed fully: nearly half of it, as when standing on two."""
WARM_UP_TICKS = 50
"""Ticks after the start in which a foot need not have stood for a while: the robot is standing already."""


@dataclass(frozen=True, kw_only=True)
class FootTuning:
    """How far feet are to be believed.

    Attributes:
        creep_m, creep_rad: random walk of a fully loaded foot, per root second; grows as the load falls.
        calm_m, calm_rad: what it falls to while a foot goes on standing; trust_s is the time constant.
        tilt_rad: how far a sole tilts on a floor that gives way when the whole weight moves, within tilt_s.
        foot_m, foot_rad: noise of the leg kinematics.
        floor_m: how flat the floor is.
        settle_ticks: how long a foot must have stood before it is believed to stand still.
    """

    creep_m: float = 0.004
    creep_rad: float = 0.1
    calm_m: float = 1e-4
    calm_rad: float = 1e-4
    trust_s: float = 0.3
    tilt_rad: float = 0.06
    tilt_s: float = 0.3
    foot_m: float = 0.0007
    foot_rad: float = 0.0007
    floor_m: float = 0.01
    settle_ticks: int = 10


class ContactSense:
    """The feet of one robot as the estimator sees them.

    Attributes:
        down: which feet press on the floor, (2,) bool.
        load_n: normal force of each, (2,).
        stands, fresh: which are landmarks, and which of those are so only from this tick on, (2,) bool.
        variances: see `contact_kernel.doubt`, (2, 6).
    """

    def __init__(self, mass: float, dt: float, tuning: FootTuning | None = None):
        t = tuning if tuning is not None else FootTuning()
        self.weight_n, self._dt, self._settle = mass * GRAVITY, dt, t.settle_ticks
        self._tuning = np.array(
            [t.creep_m, t.creep_rad, t.calm_m, t.calm_rad, t.trust_s, t.foot_m, t.foot_rad, t.floor_m]
            + [FULL_LOAD * self.weight_n, t.tilt_s, t.tilt_rad / self.weight_n]
        )
        self.down = np.array([True, True])
        self.load_n = np.full(2, 0.5 * self.weight_n)
        self.stands, self.fresh = np.zeros(2, np.bool_), np.zeros(2, np.bool_)
        self.variances = np.zeros((2, 6))
        smooth = np.full((2, 2), 0.5 * self.weight_n)
        self._feet = (self.down, self.stands, self.fresh, np.zeros(2, np.int64), smooth)
        self._tick = 0

    def update(self, load_n: Array, foot_p: Array, planned: NDArray[np.bool_]) -> None:
        """Take in one tick: normal forces (2,), places of the soles (2, 3), and which feet are meant to stand (2,)."""
        self.load_n[:] = load_n
        self._tick += 1
        settle = self._settle if self._tick > WARM_UP_TICKS else 0
        sense_contact(
            self.load_n, foot_p, planned, self._feet, settle, self._tuning, self._dt, self.weight_n, self.variances
        )
