"""A dance before physics: pelvis, upper body and footsteps over time, as they are wished."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from linewalker.cerebellum.performing.curves import RATE_HZ, minimum_jerk, smooth
from linewalker.geometry import Array, wrap_angle

SHORTEST_SWING_S, SHORTEST_BOTH_S = 0.28, 0.10
"""Least time of a foot in the air, and with both on the floor after it."""
_SCUFF_M, _SCUFF_S = 0.02, 0.12
_LATEST_S = 0.2


@dataclass(frozen=True, kw_only=True)
class Swing:
    """A foot leaves the floor and lands.

    Attributes:
        foot: 0 left, 1 right.
        lift_s, land_s: when.
        to: where it lands: x, y, yaw, (3,).
        height_m: how high it is lifted.
        kick_m: how far it goes off its way in the middle: x, y, z, (3,).
    """

    foot: int
    lift_s: float
    land_s: float
    to: Array
    height_m: float = 0.05
    kick_m: Array = field(default_factory=lambda: np.zeros(3))


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Sampled at `RATE_HZ`, n samples; frame P of the plan: its origin on the floor, where the dance begins.

    Attributes:
        quat: attitude of the pelvis, (n, 4).
        height_m: of the pelvis, (n,).
        rest: angles of waist, arms and head, (n, m).
        com: where the centre of mass is to be over the floor, (n, 2).
        feet: where they stand at first: x, y, yaw, (2, 3).
        swings: in the order of their time.
        phrase_s: when each phrase begins, and the end of the last, (k + 1,).
        names: of the phrases, (k,).
    """

    quat: Array
    height_m: Array
    rest: Array
    com: Array
    feet: Array
    swings: tuple[Swing, ...]
    phrase_s: Array
    names: tuple[str, ...]

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.height_m)


def feet_over_time(feet: Array, swings: tuple[Swing, ...], n: int) -> tuple[Array, Array]:
    """x, y, z, yaw, roll, pitch of each foot (n, 2, 6), and whether it stands (n, 2)."""
    t = np.arange(n) / RATE_HZ
    out, stands = np.zeros((n, 2, 6)), np.ones((n, 2), bool)
    out[:, :, [0, 1, 3]] = feet
    for swing in swings:
        a, b = np.searchsorted(t, (swing.lift_s, swing.land_s))
        if b - a < 2:
            continue
        start = out[a, swing.foot, [0, 1, 3]].copy()
        end = np.array([*swing.to[:2], start[2] + wrap_angle(swing.to[2] - start[2])])
        share = (t[a:b] - swing.lift_s) / (swing.land_s - swing.lift_s)
        hump = 16.0 * share**2 * (1.0 - share) ** 2
        path = start + minimum_jerk(share)[:, None] * (end - start)
        out[a:b, swing.foot, 0], out[a:b, swing.foot, 1] = (path[:, k] + swing.kick_m[k] * hump for k in range(2))
        out[a:b, swing.foot, 3] = path[:, 2]
        edge_s = np.minimum(t[a:b] - swing.lift_s, swing.land_s - t[a:b])
        height = np.maximum((swing.height_m + swing.kick_m[2]) * hump, _SCUFF_M * minimum_jerk(edge_s / _SCUFF_S))
        out[a:b, swing.foot, 2] = smooth(height, 1.0)
        for k, column in ((0, 0), (1, 1), (2, 3)):
            out[b:, swing.foot, column] = end[k]
        stands[a:b, swing.foot] = False
    return out, stands


def spaced(swings: list[Swing], end_s: float) -> tuple[tuple[Swing, ...], int]:
    """Swings one after the other, each with time enough; and how many had to be left out.

    A swing that has no room before its landing is dropped: landings are what falls on a beat.
    """
    kept: list[Swing] = []
    dropped = 0
    for swing in sorted(swings, key=lambda swing: swing.land_s):
        earliest_s = kept[-1].land_s + SHORTEST_BOTH_S if kept else 0.0
        lift_s = max(swing.lift_s, earliest_s)
        if swing.land_s - lift_s < SHORTEST_SWING_S or swing.land_s > end_s - _LATEST_S:
            dropped += 1
            continue
        kept.append(
            Swing(
                foot=swing.foot,
                lift_s=lift_s,
                land_s=swing.land_s,
                to=swing.to,
                height_m=swing.height_m,
                kick_m=swing.kick_m,
            )
        )
    return tuple(kept), dropped
