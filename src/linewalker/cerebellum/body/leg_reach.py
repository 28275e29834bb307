"""How far the legs reach, and what keeps a swinging leg from being stretched: a straight knee has lost a freedom."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import Array
from linewalker.kernel import Matrix, Vector, kernel
from linewalker.limbs.profile import RobotProfile

STRETCH = 0.97
"""Share of its length a leg is stretched to by a foothold."""
TAUT = 0.985
"""Share of its length at which a swinging leg is to stand still in its own direction."""
PELVIS_ROLL_RAD = 0.15
"""Roll of the pelvis a wide step may count on."""
ANKLE_ROLL_RAD = 1.0
"""More roll of an ankle than this is not counted on."""
BRAKE_M_S2 = 30.0
"""With how much a leg that is being stretched is braked."""
BRAKE_RATE = 60.0
"""Gain on the speed of stretching, 1/s."""


@dataclass(frozen=True, kw_only=True)
class LegReach:
    """How far the legs of a standing robot reach. A leg ends at the ankle: where the foot points does not matter then.

    Attributes:
        hip_height_m: of the hips above the ankles when standing.
        length_m: from hip to ankle with a straight knee.
        toe_m: how far the centre of the sole lies ahead of the ankle.
        ankle_roll_rad: how far the ankle tilts sideways.
    """

    hip_height_m: float
    length_m: float
    toe_m: float
    ankle_roll_rad: float

    def lean_m(self, height_m: float) -> float:
        """Sideways distance from a hip so high in which a foot can be put down flat, the pelvis rolling a little."""
        return float(height_m * np.tan(self.ankle_roll_rad + PELVIS_ROLL_RAD))

    def radius_m(self, height_m: float) -> float:
        """Horizontal distance from a hip so high above the ankle in which a foot can be put down flat."""
        return float(np.sqrt(max((STRETCH * self.length_m) ** 2 - height_m**2, 0.01)))


class Legs:
    """Hips and ankles of one robot: the hip is where the axes of the first leg joints meet.

    Attributes:
        reach: how far they reach.
    """

    def __init__(self, profile: RobotProfile, body: Dynamics):
        self._body = body
        self._hips = np.array([body.model.joint(leg.joints[1]).id for leg in profile.legs])
        self._ankles = np.array([body.model.joint(leg.joints[-1]).id for leg in profile.legs])
        q, still = np.zeros(body.model.nq), np.zeros(body.nv)
        q[3] = 1.0
        body.update(q, still)
        length = float(np.linalg.norm(self.hips - self.ankles, axis=1).mean())
        toe = float((body.foot_p - self.ankles)[:, 0].mean())
        q[body.joints + 1] = profile.standing_q()
        body.update(q, still)
        roll = body.model.jnt_range[self._ankles[0]]
        self.reach = LegReach(
            hip_height_m=float((self.hips - self.ankles)[:, 2].mean()),
            length_m=length,
            toe_m=toe,
            ankle_roll_rad=float(min(abs(roll[0]), roll[1], ANKLE_ROLL_RAD)),
        )

    @property
    def _anchors(self) -> Array:
        return self._body.data.xanchor

    @property
    def hips(self) -> Array:
        """Places of the hips, (2, 3)."""
        return self._anchors[self._hips]

    @property
    def ankles(self) -> Array:
        """Places of the ankles, (2, 3)."""
        return self._anchors[self._ankles]

    def height_m(self, side: int) -> float:
        """How high the hip of one side is above the lower ankle."""
        return float(self._anchors[self._hips[side], 2] - self._anchors[self._ankles, 2].min())

    def spare(self, side: int, acceleration: Array) -> None:
        """Keep a swinging leg from being stretched; see `spare_leg`."""
        body = self._body
        hip, ankle = self._anchors[self._hips[side]], self._anchors[self._ankles[side]]
        base = (body.base_p, body.base_R, body.base_v, body.base_w)
        spare_leg(hip, ankle, base, body.foot_p[side], body.foot_v[side], TAUT * self.reach.length_m, acceleration)


@kernel(entry=True)
def spare_leg(
    hip: Vector,
    ankle: Vector,
    base: tuple[Vector, Matrix, Vector, Vector],
    foot: Vector,
    foot_v: Vector,
    longest: float,
    out: Vector,
) -> None:
    """Bound the acceleration of a swing foot away from its hip, so that the leg stops short of its greatest length.

    Stretching may be no faster than what a constant braking comes to rest from: l' <= sqrt(2 a (l_max - l)).

    Args:
        hip, ankle: places, (3,).
        base: position, rotation, velocity, and angular velocity in its own frame, of the pelvis.
        foot, foot_v: position (3,) and velocity (6,) of the sole.
        longest: l_max.
        out: acceleration of the foot, linear above angular, (6,), changed in place.
    """
    p, R, v, w = base
    line, lever, arm = ankle - hip, hip - p, ankle - foot
    spin = R @ w
    length = sqrt(line[0] ** 2 + line[1] ** 2 + line[2] ** 2)
    rate, along = 0.0, 0.0
    for i in range(3):
        j, k = (i + 1) % 3, (i + 2) % 3
        of_hip = v[i] + spin[j] * lever[k] - spin[k] * lever[j]
        of_ankle = foot_v[i] + foot_v[3 + j] * arm[k] - foot_v[3 + k] * arm[j]
        rate += line[i] / length * (of_ankle - of_hip)
        along += line[i] / length * out[i]
    room = longest - length
    fastest = sqrt(2.0 * BRAKE_M_S2 * room) if room > 0.0 else BRAKE_RATE * room
    excess = along - BRAKE_RATE * (fastest - rate)
    if excess > 0.0:
        for i in range(3):
            out[i] -= excess * line[i] / length
