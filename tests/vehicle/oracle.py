"""An exact laser profile across a seam, from the construction itself: the reference that meshes are held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Pose
from linewalker.vehicle.build.rim import FLOOR_DEPTH_M
from linewalker.vehicle.build.skin import Skin
from linewalker.vehicle.components import Array
from linewalker.vehicle.exact_gap import EdgePoint, LocalRim
from linewalker.vehicle.vehicle import Vehicle
from linewalker.world.deviations import Displacement


@dataclass(frozen=True, kw_only=True)
class Section:
    """Both edges of a seam in the master's section plane, and where a scanner stands over it."""

    master: EdgePoint
    slave: EdgePoint
    X_master: Pose
    X_slave: Pose

    @property
    def middle(self) -> Array:
        """Middle of the gap, level with the master's foot."""
        gap = (self.slave.outermost - self.master.outermost) @ -self.master.binormal
        return self.master.foot - self.master.binormal * (self.master.radius_m + gap / 2)

    def rays(self, count: int = 601, pitch_m: float = 1e-4, standoff_m: float = 0.150) -> tuple[Array, Array]:
        """Origin (3,) and unit directions (n, 3) of a laser line across the seam."""
        origin = self.middle + standoff_m * self.master.normal
        across = (np.arange(count) - count // 2) * pitch_m
        targets = self.middle - across[:, None] * self.master.binormal
        directions = targets - origin
        return origin, directions / np.linalg.norm(directions, axis=1, keepdims=True)

    def flat(self, points: Array) -> Array:
        """(n, 2): mm across the seam and mm along the master's normal."""
        offset = points - self.middle
        return 1e3 * np.column_stack((offset @ -self.master.binormal, offset @ self.master.normal))


def section(vehicle: Vehicle, seam: str, p_m: Array, displacements: Mapping[str, Displacement]) -> Section:
    """The section of a displaced vehicle at a point of a seam."""
    record = vehicle.seams[seam]
    poses = [
        displacements.get(body, Displacement()).pose_about(vehicle.bodies[body].reference_m)
        for body in (record.master, record.slave)
    ]
    master, slave = (LocalRim(vehicle.rims[body], p_m) for body in (record.master, record.slave))
    a = master.at(master.foot_of(p_m), poses[0])
    return Section(master=a, slave=slave.cut(a.foot, a.tangent, poses[1]), X_master=poses[0], X_slave=poses[1])


def profile(skin: Skin, cut: Section, origin: Array, directions: Array) -> Array:
    """Distance along every ray to skin, edge circle, flank or floor, (n,), m."""
    nearest = np.full(len(directions), np.inf)
    for edge, X in ((cut.master, cut.X_master), (cut.slave, cut.X_slave)):
        for distance in (
            _skin(skin, edge, X, origin, directions),
            _circle(edge, origin, directions),
            _flank(edge, origin, directions),
        ):
            nearest = np.minimum(nearest, distance)
    normal = cut.master.normal
    floor = ((cut.middle - FLOOR_DEPTH_M * normal - origin) @ normal) / (directions @ normal)
    return np.where(np.isfinite(nearest), nearest, floor)


def _skin(skin: Skin, edge: EdgePoint, X: Pose, origin: Array, directions: Array) -> Array:
    """Newton's method on f along the ray, in the panel's own frame; only on the panel's side of its foot point."""
    o, d = X.inverse().apply(origin), directions @ X.R
    t = np.full(len(directions), np.linalg.norm(edge.foot - origin))
    for _ in range(8):
        here = o + t[:, None] * d
        value = skin.values(here)
        slope = (skin.values(here + 1e-6 * d) - value) / 1e-6
        t = t - value / np.where(np.abs(slope) < 1e-3, 1e-3, slope)
    inside = (origin + t[:, None] * directions - edge.foot) @ edge.binormal >= 0
    return np.where(inside & (np.abs(skin.values(o + t[:, None] * d)) < 1e-8), t, np.inf)


def _circle(edge: EdgePoint, origin: Array, directions: Array) -> Array:
    to_centre = origin - (edge.foot - edge.radius_m * edge.normal)
    u, v = directions @ edge.binormal, directions @ edge.normal
    p, q = to_centre @ edge.binormal, to_centre @ edge.normal
    a, b, c = u * u + v * v, u * p + v * q, p * p + q * q - edge.radius_m**2
    inside = b * b - a * c
    t = (-b - np.sqrt(np.maximum(inside, 0))) / a
    quarter = (p + t * u <= 0) & (q + t * v >= 0)
    return np.where((inside > 0) & quarter, t, np.inf)


def _flank(edge: EdgePoint, origin: Array, directions: Array) -> Array:
    to_centre = origin - (edge.foot - edge.radius_m * edge.normal)
    u = directions @ edge.binormal
    t = (-edge.radius_m - to_centre @ edge.binormal) / np.where(u == 0, 1e-15, u)
    depth = to_centre @ edge.normal + t * (directions @ edge.normal)
    return np.where((u > 0) & (depth < 0) & (depth > -FLOOR_DEPTH_M) & (t > 0), t, np.inf)
