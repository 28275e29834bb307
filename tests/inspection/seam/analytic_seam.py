"""Exact laser profiles of an analytic seam: two curved skins with rolled edges, flanks and a floor, cut by a fan.

Seam frame A: a across (to the slave), t along the seam, n out of the master's skin; origin at the master's foot.
The seam is a cylinder along t, so a ray of any direction is intersected with the section by dropping t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Pose, rotation_x, rotation_y, rotation_z
from linewalker.inspection.seam.edge_fit import Outline
from linewalker.inspection.seam.gap_flush import SeamOutlines
from linewalker.limbs.robot import LineProfile

FLOOR_MM = 12.0
SKIN_MM = 60.0
ROLL_MM = 5.0


@dataclass(frozen=True, kw_only=True)
class AnalyticSeam:
    """True values, mm and 1/mm; tilt turns the slave's skin against the master's.

    An edge is a quarter of an ellipse, ``radius`` deep and ``aspect`` times as wide; ``roll_off`` is how much each skin
    has sunk at its foot, growing with the square of the way over the last `ROLL_MM`.
    """

    gap: float = 4.0
    flush: float = 0.0
    radius_master: float = 2.0
    radius_slave: float = 2.0
    curvature_master: float = 0.0
    curvature_slave: float = 0.0
    tilt: float = 0.0
    aspect_master: float = 1.0
    aspect_slave: float = 1.0
    roll_off: float = 0.0

    def pieces(self) -> list[np.ndarray]:
        """Outline as polylines (k, 2) in (a, n), each visible in one go."""
        master = _side(self.radius_master, self.curvature_master, self.aspect_master, self.roll_off)
        right = _side(self.radius_slave, self.curvature_slave, self.aspect_slave, self.roll_off)
        slave = [piece * [-1, 1] for piece in right]
        c, s = np.cos(self.tilt), np.sin(self.tilt)
        R = self.radius_slave
        tip = np.array([-self.aspect_slave * R, -R]) @ np.array([[c, s], [-s, c]])
        foot = np.array([self.aspect_master * self.radius_master + self.gap - tip[0], self.flush])
        slave = [piece @ np.array([[c, s], [-s, c]]) + foot for piece in slave]
        floor = np.array([[-20.0, -FLOOR_MM], [40.0, -FLOOR_MM]])
        return [*master, *slave, floor]

    def outlines(self, along_S: np.ndarray, master_at_low_x: bool) -> SeamOutlines:
        """What CAD says of this seam."""
        return SeamOutlines(
            master=Outline(radius_mm=self.radius_master, curvature_per_mm=self.curvature_master),
            slave=Outline(radius_mm=self.radius_slave, curvature_per_mm=self.curvature_slave),
            master_at_low_x=master_at_low_x,
            along_S=along_S,
        )


def _side(radius: float, curvature: float, aspect: float, roll_off: float) -> list[np.ndarray]:
    u = np.linspace(-SKIN_MM, 0, 6000)
    angle = np.linspace(0, np.pi / 2, 1500)
    skin = np.column_stack((u, -0.5 * curvature * u * u - roll_off * np.clip(1 + u / ROLL_MM, 0, None) ** 2))
    edge = np.column_stack((aspect * radius * np.sin(angle), radius * np.cos(angle) - radius - roll_off))
    flank = np.column_stack((np.full(400, aspect * radius), np.linspace(-radius - roll_off, -FLOOR_MM, 400)))
    return [skin, edge, flank]


@dataclass(frozen=True, kw_only=True)
class View:
    """How the scanner looks at the seam; mm and rad.

    x: where in the window the seam appears; roll turns in the laser plane, yaw about the skin's normal (the laser
    plane cuts the seam obliquely), pitch tips the plane along the seam; ``turned`` puts the master at the high end.
    """

    standoff: float = 150.0
    x: float = 0.0
    roll: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    turned: bool = False

    def pose(self, seam: AnalyticSeam) -> Pose:
        """X_AS in mm."""
        half_turn = rotation_z(np.pi * self.turned)
        R = half_turn @ rotation_z(self.yaw) @ rotation_x(np.pi + self.pitch) @ rotation_y(self.roll)
        middle = np.array([seam.radius_master + 0.5 * seam.gap, 0.0, 0.0])
        return Pose(p=middle - R @ np.array([self.x, 0.0, self.standoff]), R=R)


@dataclass(frozen=True, kw_only=True)
class Wave:
    """An error of the profiler over its field, mm and rad."""

    height_mm: float
    length_mm: float
    phase: float = 0.0


def scan(
    seam: AnalyticSeam,
    view: View,
    rng: np.random.Generator | None = None,
    *,
    noise: float = 0.02,
    dropouts: float = 0.01,
    outliers: float = 0.005,
    time_s: float = 0.0,
    pitch: float = 0.1,
    wave: Wave | None = None,
    black: bool = False,
) -> tuple[LineProfile, SeamOutlines]:
    """A profile of 60 mm, its pitch at 150 mm, and what CAD and pose say about it; exact without ``rng`` and wave.

    Of black paint every second point comes back, none where the skin is steeper than 40 degrees.
    """
    X_AS = view.pose(seam)
    k = round(60 / pitch)
    slope = (np.arange(k) - 0.5 * (k - 1)) * pitch / 150.0
    rays_S = np.column_stack((slope, 0 * slope, np.ones(k)))
    rays = (rays_S @ X_AS.R.T)[:, [0, 2]]
    z = _ranges(seam, X_AS.p[[0, 2]], rays)
    if wave is not None:
        z = z + wave.height_mm * np.sin(2 * np.pi * 150 * slope / wave.length_mm + wave.phase)
    lost = np.abs(np.gradient(z, slope * z)) > np.tan(np.radians(40.0)) if black else np.zeros(k, bool)
    if rng is not None:
        z = z + noise * rng.standard_normal(k)
        steep = np.abs(np.gradient(z)) > 0.15
        wild = rng.random(k) < np.where(steep, 10 * outliers, outliers)
        z = z + wild * rng.uniform(-4, 4, k)
        lost |= rng.random(k) < dropouts
        if black:
            lost |= rng.random(k) < 0.5
    z = np.where(lost, np.nan, z)
    along_S = X_AS.R.T @ np.array([0.0, 1.0, 0.0])
    master_low = bool((X_AS.R.T @ np.array([1.0, 0, 0]))[0] > 0)
    x = slope * np.where(np.isfinite(z), z, 150.0)
    return LineProfile(time_s=time_s, x_mm=x, z_mm=z), seam.outlines(along_S, master_low)


def _ranges(seam: AnalyticSeam, origin: np.ndarray, rays: np.ndarray) -> np.ndarray:
    """First hit along each ray (in units of the ray) by comparing directions seen from the origin."""
    down = np.array([0.0, -1.0])
    angle = np.arctan2(rays[:, 0], rays @ down)
    best = np.full(len(rays), np.inf)
    for piece in seam.pieces():
        q = piece - origin
        at = np.arctan2(q[:, 0], q @ down)
        start, stop = q[:-1], q[1:]
        low, high = np.minimum(at[:-1], at[1:]), np.maximum(at[:-1], at[1:])
        order = np.argsort(low)
        ascending = bool(np.all(np.diff(at) > 0) or np.all(np.diff(at) < 0))
        for i in range(len(rays)) if not ascending else ():
            for k in np.flatnonzero((low <= angle[i]) & (high >= angle[i])):
                best[i] = min(best[i], _hit(start[k], stop[k], rays[i]))
        if ascending:
            k = np.clip(np.searchsorted(low[order], angle, side="right") - 1, 0, len(low) - 1)
            k = order[k]
            inside = (low[k] <= angle) & (high[k] >= angle)
            hits = _hit(start[k], stop[k], rays)
            best = np.where(inside, np.minimum(best, hits), best)
    return np.where(np.isfinite(best), best, np.nan)


def _hit(start: np.ndarray, stop: np.ndarray, ray: np.ndarray) -> np.ndarray:
    """Range at which a ray from the origin meets a segment's line."""
    step = stop - start
    return (start[..., 0] * step[..., 1] - start[..., 1] * step[..., 0]) / (
        ray[..., 0] * step[..., 1] - ray[..., 1] * step[..., 0]
    )
