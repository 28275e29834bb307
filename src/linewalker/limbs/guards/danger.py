"""What a robot feels that no controller goes on with, and how much torque a hot drive has left."""

from __future__ import annotations

import math
from enum import Enum
from typing import NamedTuple

import numpy as np

from linewalker.geometry import Array
from linewalker.limbs.guards.limits import StateLimits


class Danger(Enum):
    """Why a robot is let down."""

    LINK = "no state came for too long"
    NUMBERS = "a sensor gives no numbers"
    ERROR = "a drive reports an error"
    WINDING = "a winding is too hot"
    CASE = "the case of a drive is too hot"
    TILT = "the pelvis is tilted too far"
    GYRO = "the pelvis turns too fast"
    JOINT = "a joint turns too fast"
    BATTERY = "the battery is nearly empty"


class Felt(NamedTuple):
    """What is judged; vectors of joints are (n,).

    Attributes:
        q_rad, dq_rad_s: angles and speeds of the joints.
        gyro_rad_s: of the pelvis, (3,).
        tilt_rad: of the pelvis.
        winding_c, case_c: temperatures of the drives.
        errors: their error codes, 0 for none.
        age_s: of all this.
        charge_percent: of the battery; None where it has not said yet.
    """

    q_rad: Array
    dq_rad_s: Array
    gyro_rad_s: Array
    tilt_rad: float
    winding_c: Array
    case_c: Array
    errors: Array
    age_s: float = 0.0
    charge_percent: float | None = None


def danger(felt: Felt, limits: StateLimits) -> tuple[Danger, str] | None:
    """What is wrong first, and where with how much; None where nothing is. A number that is none is never in order."""
    if not felt.age_s <= limits.link_s:
        return Danger.LINK, f"{felt.age_s:.3g} s; allowed {limits.link_s:g}"
    numbers = (felt.q_rad, felt.dq_rad_s, felt.gyro_rad_s)
    if not (all(np.isfinite(part).all() for part in numbers) and math.isfinite(felt.tilt_rad)):
        return Danger.NUMBERS, "angle, speed or IMU"
    if felt.errors.any():
        at = int(np.flatnonzero(felt.errors)[0])
        return Danger.ERROR, f"joint {at}: code {int(felt.errors[at]):#x}"
    for kind, values, allowed in (
        (Danger.WINDING, felt.winding_c, limits.winding_c[1]),
        (Danger.CASE, felt.case_c, limits.case_c[1]),
        (Danger.TILT, np.array([felt.tilt_rad]), limits.tilt_rad),
        (Danger.GYRO, np.abs(felt.gyro_rad_s), limits.gyro_rad_s),
        (Danger.JOINT, np.abs(felt.dq_rad_s), limits.joint_rad_s),
    ):
        worst = int(values.argmax())
        if not values[worst] < allowed:
            return (
                kind,
                f"{'joint ' + str(worst) + ': ' if len(values) > 3 else ''}{values[worst]:.3g}, from {allowed:g} on",
            )
    if felt.charge_percent is not None and not felt.charge_percent > limits.charge_percent:
        return Danger.BATTERY, f"{felt.charge_percent:.3g} %; expected more than {limits.charge_percent:g}"
    return None


def torque_share(winding_c: Array, case_c: Array, limits: StateLimits) -> Array:
    """Share of its torque that each drive has left, falling evenly from warm to too hot, (n,)."""
    left = [
        (hot - values) / (hot - warm)
        for values, (warm, hot) in ((winding_c, limits.winding_c), (case_c, limits.case_c))
    ]
    return np.clip(np.minimum(*left), 0.0, 1.0)
