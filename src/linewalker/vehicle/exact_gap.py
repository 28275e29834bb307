"""The true gap and flush of two panels, from the exact construction of their edges.

A rim is a curve of foot points F(u) with the skin's normal N(u) and the binormal B(u) that points into the panel. Its
edge is a circle of radius R about F - R N, in the plane of N and B. Where the master's section plane (through its foot
point, perpendicular to its foot curve) cuts both rims,

    g = F - R N - R B     (the edge's outermost point)
    gap = (g_slave - g_master) . across,  flush = (F_slave - F_master) . N_master,  across = -B_master

which is the definition a line-laser evaluation follows: circle centre plus R along the surface, and tangent point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.interpolate import CubicSpline

from linewalker.geometry import Pose
from linewalker.vehicle.components import Array, Rim

_REACH_M = 0.060
"""A section plane cuts a rim within this distance of the rim's sample nearest to the point."""


@dataclass(frozen=True, kw_only=True)
class EdgePoint:
    """Foot point of a rim in one section plane, in V."""

    foot: Array
    normal: Array
    binormal: Array
    tangent: Array
    radius_m: float

    @property
    def outermost(self) -> Array:
        """The point of the edge circle that reaches farthest into the gap."""
        return self.foot - self.radius_m * (self.normal + self.binormal)


class LocalRim:
    """Smooth curves through the samples of the rim that passes nearest to a point.

    Args:
        rims: the rims of one panel.
        p_m: the point, (3,).
    """

    def __init__(self, rims: Sequence[Rim], p_m: Array):
        rim = min(rims, key=lambda rim: float(((rim.foot_m - p_m) ** 2).sum(1).min()))
        self._arc, self._spline = _curves(rim)
        self._start = float(self._arc[((rim.foot_m - p_m) ** 2).sum(1).argmin()])
        self._radius_m = rim.radius_m

    def at(self, u: float, pose: Pose) -> EdgePoint:
        """The edge at arc length u, of a panel displaced by a pose."""
        foot, normal, tangent = self._spline(u).reshape(3, 3)
        normal = _unit(normal)
        tangent = _unit(tangent - (tangent @ normal) * normal)
        return EdgePoint(
            foot=pose.apply(foot),
            normal=pose.R @ normal,
            binormal=pose.R @ _cross(normal, tangent),
            tangent=pose.R @ tangent,
            radius_m=self._radius_m,
        )

    def foot_of(self, p_m: Array) -> float:
        """Arc length whose section plane goes through a point, on the undisplaced panel."""
        u = self._start
        for _ in range(8):
            edge = self.at(u, Pose())
            u = self._clip(u - float((edge.foot - p_m) @ edge.tangent))
        return u

    def cut(self, p_m: Array, plane_normal: Array, pose: Pose) -> EdgePoint:
        """Where the displaced foot curve goes through the plane that holds p_m and is perpendicular to plane_normal."""
        u = self._start
        for _ in range(8):
            edge = self.at(u, pose)
            slope = float(edge.tangent @ plane_normal)
            if abs(slope) < 1e-3:
                break
            u = self._clip(u - float((edge.foot - p_m) @ plane_normal) / slope)
        return self.at(u, pose)

    def _clip(self, u: float) -> float:
        """Keeps Newton's method on this side of the panel."""
        return min(max(u, self._start - _REACH_M), self._start + _REACH_M)


@lru_cache(maxsize=1024)
def _curves(rim: Rim) -> tuple[Array, CubicSpline]:
    """Arc length of the samples (n,), and the periodic spline of foot, normal and tangent over it."""
    columns = np.hstack((rim.foot_m, rim.normal, rim.tangent))
    closed = np.vstack((columns, columns[:1]))
    arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(closed[:, :3], axis=0), axis=1))))
    return arc[:-1], CubicSpline(arc, closed, bc_type="periodic")


def gap_flush(
    master: Sequence[Rim], slave: Sequence[Rim], p_m: Array, X_master: Pose, X_slave: Pose
) -> tuple[float, float]:
    """Gap and flush, mm.

    Args:
        master, slave: rims of the two panels.
        p_m: a point at the seam of the undisplaced vehicle, (3,).
        X_master, X_slave: displaced panels in V.
    """
    master_rim, slave_rim = LocalRim(master, p_m), LocalRim(slave, p_m)
    a = master_rim.at(master_rim.foot_of(p_m), X_master)
    b = slave_rim.cut(a.foot, a.tangent, X_slave)
    gap = float((b.outermost - a.outermost) @ -a.binormal)
    flush = float((b.foot - a.foot) @ a.normal)
    return gap * 1e3, flush * 1e3


def _unit(v: Array) -> Array:
    return v / np.sqrt(v @ v)


def _cross(a: Array, b: Array) -> Array:
    """Cross product; ten times faster than numpy's for two vectors."""
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])
