"""Hot loops of contact sensing; `contact` says what they are for."""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array
from linewalker.kernel import Flags, Matrix, Numbers, Vector, kernel

LEAST_SHARE = 0.05
"""Load, relative to a fully believed foot, below which doubt grows no further."""


@kernel()
def feel(down: Flags, load: Array, foot_p: Array, weight: float) -> None:
    """A foot presses when its load is above a threshold with hysteresis and it is not far above the other foot."""
    low0 = foot_p[0, 2] < foot_p[1, 2] + 0.02
    low1 = foot_p[1, 2] < foot_p[0, 2] + 0.02
    down[0] = load[0] > (0.07 if down[0] else 0.14) * weight and low0
    down[1] = load[1] > (0.07 if down[1] else 0.14) * weight and low1


@kernel()
def choose_landmarks(
    down: Flags, planned: Flags, load: Array, stood: NDArray[np.int64], stands: Flags, fresh: Flags, settle: int
) -> None:
    """Fill which feet are to be taken for landmarks (2,), and which of them newly.

    A foot is one when it is meant to stand, presses and has done so for ``settle`` ticks; if none has, the more loaded
    of those that are meant to stand is taken.
    """
    any_stands, best = False, 0 if planned[0] else 1
    for k in range(2):
        stood[k] = stood[k] + 1 if down[k] and planned[k] else 0
        fresh[k] = not stands[k]
        stands[k] = stood[k] > settle
        any_stands = any_stands or stands[k]
        if planned[k] and load[k] > load[best]:
            best = k
    if not any_stands:
        stands[best] = True
    for k in range(2):
        fresh[k] = fresh[k] and stands[k]


@kernel()
def doubt(load: Array, stood: NDArray[np.int64], smooth: Array, tuning: Array, dt: float, variances: Array) -> None:
    """Fill what a landmark is worth: variances (2, 6) of one tick's creep and turn, of kinematics, floor, and tilt.

    A sole tilts on a floor that gives way when load moves onto it or off it: its tilt is a random walk whose speed
    follows the change of load within the last ``tilt_s``.

    Args:
        load: of each foot, (2,).
        stood: ticks it has stood, (2,).
        smooth: load of each foot smoothed quickly and slowly, (2, 2), changed in place.
        tuning: creep_m, creep_rad, calm_m, calm_rad, trust_s, foot_m, foot_rad, floor_m, the load of a foot
            that is fully believed, tilt_s, and the tilt by one newton, (11,).
        dt: period, s.
        variances: out.
    """
    for k in range(2):
        share = min(max(load[k] / tuning[8], LEAST_SHARE), 1.0)
        restless = exp(-2.0 * stood[k] * dt / tuning[4])
        per_tick = dt / share**2
        variances[k, 0] = (tuning[0] ** 2 * restless + tuning[2] ** 2) * per_tick
        variances[k, 1] = (tuning[1] ** 2 * restless + tuning[3] ** 2) * per_tick
        variances[k, 2] = tuning[5] ** 2 / share
        variances[k, 3] = tuning[6] ** 2 / share
        variances[k, 4] = tuning[7] ** 2
        smooth[0, k] += 5.0 * dt / tuning[9] * (load[k] - smooth[0, k])
        smooth[1, k] += dt / tuning[9] * (smooth[0, k] - smooth[1, k])
        tilt = tuning[10] * (smooth[0, k] - smooth[1, k])
        variances[k, 5] = tilt * tilt * dt / tuning[9]


@kernel(entry=True)
def sense_contact(
    load: Vector,
    foot_p: Matrix,
    planned: Flags,
    feet: tuple[Flags, Flags, Flags, Numbers, Matrix],
    settle: int,
    tuning: Vector,
    dt: float,
    weight: float,
    variances: Matrix,
) -> None:
    """One tick of `feel`, `choose_landmarks` and `doubt`; ``feet`` are their down, stands, fresh, stood, smooth."""
    down, stands, fresh, stood, smooth = feet
    feel(down, load, foot_p, weight)
    choose_landmarks(down, planned, load, stood, stands, fresh, settle)
    doubt(load, stood, smooth, tuning, dt, variances)
