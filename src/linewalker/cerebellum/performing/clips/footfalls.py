"""Which feet of a dancer stand when, and where they go when they do not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.performing.clips.figure import Figure
from linewalker.cerebellum.performing.curves import RATE_HZ, minimum_jerk
from linewalker.geometry import Array, wrap_angle

_LOW, _SLOW = 0.055, 0.34
"""Of a foot that stands: height over the floor, leg lengths; speed, leg lengths a second."""
_SHORTEST_LIFT_S, _SHORTEST_HOLD_S, _EDGE_S = 0.10, 0.12, 0.1
_STAYS, _STAYS_RAD, _STAYS_LOW = 0.04, 0.15, 0.08
"""A foot that lifts no higher and lands as near has not stepped."""
_CLEARANCE = 0.05


@dataclass(frozen=True, kw_only=True)
class Footfall:
    """A step of a dancer: foot, when it leaves and lands; where to: x, y, yaw; its height and how far it goes off its
    way in the middle: x, y; leg lengths."""

    foot: int
    lift_s: float
    land_s: float
    to: Array
    height: float
    aside: Array


def footfalls(figure: Figure) -> tuple[Array, list[Footfall]]:
    """Where the feet stand at first: x, y, yaw, (2, 3); and all steps, by the middle of their time."""
    places, height, yaw = figure.feet[:, :, :2], figure.feet[:, :, 2], figure.feet[:, :, 3]
    speed = np.linalg.norm(np.gradient(places, 1.0 / RATE_HZ, axis=0), axis=2)
    stands = _cleaned((height < _LOW) & (speed < _SLOW), height)
    first, found = np.zeros((2, 3)), list[Footfall]()
    for f in range(2):
        holds = [
            (a, b, np.array([*np.median(places[a:b, f], axis=0), np.median(yaw[a:b, f])]))
            for a, b, on in _runs(stands[:, f])
            if on
        ]
        first[f] = at = holds[0][2]
        for (_, lift, _), (land, _, to) in pairwise(holds):
            peak = float(height[lift:land, f].max())
            near = np.hypot(*(to - at)[:2]) < _STAYS and abs(to[2] - at[2]) < _STAYS_RAD
            if near and peak < _STAYS_LOW:
                continue
            middle = (lift + land) // 2
            half = minimum_jerk(np.array([(middle - lift) / (land - lift)]))[0]
            aside = places[middle, f] - (at + half * (to - at))[:2]
            lift_s, land_s = lift / RATE_HZ, land / RATE_HZ
            found.append(Footfall(foot=f, lift_s=lift_s, land_s=land_s, to=to, height=peak, aside=aside))
            at = to
    return first, sorted(found, key=lambda fall: fall.lift_s + fall.land_s)


def _runs(on: NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    edges = [0, *(np.flatnonzero(np.diff(on.astype(int))) + 1).tolist(), len(on)]
    return [(a, b, bool(on[a])) for a, b in pairwise(edges)]


def _cleaned(stands: NDArray[np.bool_], height: Array) -> NDArray[np.bool_]:
    """Without spells that are too short; one foot at least stands, the lower one; both do at the ends."""
    out = stands.copy()
    for f in range(2):
        _without_short(out, f, False, _SHORTEST_LIFT_S)
        _without_short(out, f, True, _SHORTEST_HOLD_S)
    none = np.flatnonzero(~out.any(axis=1))
    out[none, height[none].argmin(axis=1)] = True
    for f in range(2):
        _without_short(out, f, True, _SHORTEST_HOLD_S, only_where=out[:, 1 - f])
    edge = int(_EDGE_S * RATE_HZ)
    out[:edge], out[-edge:] = True, True
    return out


def _without_short(
    out: NDArray[np.bool_], f: int, what: bool, shortest_s: float, only_where: NDArray[np.bool_] | None = None
) -> None:
    for a, b, on in _runs(out[:, f]):
        if on == what and b - a < shortest_s * RATE_HZ and (only_where is None or only_where[a:b].all()):
            out[a:b, f] = not what


def apart(to: Array, other: Array, foot: int, narrowest: float, widest: float) -> Array:
    """A foothold x, y, yaw (3,) that neither crosses the other foot's nor makes a split with it, in its unit."""
    side, turned = (1.0 if foot == 0 else -1.0), float(np.clip(wrap_angle(to[2] - other[2]), -0.9, 0.9))
    middle = other[2] + 0.5 * turned
    c, s = np.cos(middle), np.sin(middle)
    x, y = c * (to - other)[0] + s * (to - other)[1], -s * (to - other)[0] + c * (to - other)[1]
    y = side * np.clip(side * y, narrowest, widest)
    reach = np.sqrt(max(widest**2 - y**2, 0.0)) if abs(y) < widest else 0.0
    x = np.clip(x, -max(reach, narrowest), max(reach, narrowest))
    return np.array([other[0] + c * x - s * y, other[1] + s * x + c * y, other[2] + turned])
