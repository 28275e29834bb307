"""One side of a seam: the skin, and the circle of the rolled edge tangent to it, fitted together to profile points.

In the side's own frame s grows towards the gap and h points out of the skin. The outline is the skin (a parabola of the
CAD curvature) up to the foot point, then a circle of the edge radius that leaves the skin tangentially:

    u = (q - f) . d,  v = (q - f) . n          with foot f = (t, c), d = (cos a, sin a), n = (-sin a, cos a)
    r = v + k u^2 / 2                          for u <= 0 (skin)
    r = hypot(u, v + R) - R                    for u > 0 (edge)

The signed distance r is continuous with its first derivative at u = 0, so t, c and a come out of one least-squares
problem (Gauss-Newton, biweight of Tukey against outliers) whose covariance covers the whole construction. The noise of
a profiler lies along its beam, so a point of the edge is weighted up by the slope under it. The edge is used up to 65
degrees; beyond, the laser grazes it. A second fit with R free tells whether the CAD radius is believable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from linewalker.geometry import Array
from linewalker.inspection.robust import BIWEIGHT, biweight, deviation_scale
from linewalker.inspection.verdict import Reason, Undecided

Mask = NDArray[np.bool_]

SKIN_WINDOW_MM = 10.0
_SKIN_LEAST_MM = 5.0
_SKIN_LEAST_POINTS = 30
_EDGE_LEAST_POINTS = 6
_EDGE_STEEPEST = np.radians(65.0)
_EDGE_LEAST_SPAN = np.radians(25.0)
_SMOOTH_MM = 0.10  # residual of a skin that is no longer the shape the CAD says
_NOISE_LEAST_MM = 0.004  # facets and digits; the scale of the residuals is never taken to be smaller
_GRAZING = 0.3  # share of the noise that does not lie along the beam
_RADIUS_DEVIATION = 0.12  # of the CAD radius


@dataclass(frozen=True, kw_only=True)
class EdgeFit:
    """A fitted side. Coordinates as the points came in; mm and rad.

    Attributes:
        foot: tangent point f of skin and edge circle, (2,).
        inward: unit direction d of the skin at the foot, into the gap, (2,).
        normal: unit normal n of the skin at the foot, outwards, (2,).
        radius_mm, curvature_per_mm: CAD radius and curvature used.
        covariance: of foot and direction angle (f_0, f_1, angle), (3, 3).
        noise_mm: standard deviation of the residuals.
        free_radius_mm, free_radius_std_mm: radius if it were free, and its standard deviation.
        skin_points, edge_points: how many points carried the fit.
    """

    foot: Array
    inward: Array
    normal: Array
    radius_mm: float
    curvature_per_mm: float
    covariance: Array
    noise_mm: float
    free_radius_mm: float
    free_radius_std_mm: float
    skin_points: int
    edge_points: int

    @property
    def centre(self) -> Array:
        """Centre of the edge circle, (2,)."""
        return self.foot - self.radius_mm * self.normal

    @property
    def tip(self) -> Array:
        """Gap point g: centre plus radius along the skin into the gap, (2,)."""
        return self.centre + self.radius_mm * self.inward


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What is known of a side from CAD: edge radius, and curvature of the skin, positive where it falls away."""

    radius_mm: float
    curvature_per_mm: float = 0.0


@dataclass(frozen=True, kw_only=True)
class _Solution:
    """What a least squares found: (t, c, a, R), the covariance of what was free of it, noise, who carried it."""

    parameters: Array
    covariance: Array
    noise_mm: float
    skin_points: int
    edge_points: int


def fit_edge(points: Array, rim: float, outline: Outline, *, towards: int) -> EdgeFit | Undecided:
    """Fit one side.

    Args:
        points: (k, 2) finite points across and out of the skin, in the order of the scan, from the far skin to the gap.
        rim: first coordinate where the skin is lost, within a radius or so.
        outline: CAD radius and curvature.
        towards: +1 if the gap lies at larger first coordinates, -1 if at smaller.
    """
    mirror = np.array([float(towards), 1.0])
    local = points * mirror
    start = _first_guess(local, rim * towards, outline.radius_mm)
    if isinstance(start, Undecided):
        return start
    solution = _gauss_newton(local, start, outline, free=3, steps=12)
    if isinstance(solution, Undecided):
        return solution
    believed = _gauss_newton(local, solution.parameters, outline, free=4, steps=8)
    if isinstance(believed, Undecided):
        return believed
    free, free_std = float(believed.parameters[3]), float(np.sqrt(believed.covariance[3, 3]))
    if abs(free - outline.radius_mm) > max(5 * free_std, _RADIUS_DEVIATION * outline.radius_mm):
        detail = f"edge radius {free:.2f} +- {free_std:.2f} mm, CAD {outline.radius_mm:.2f} mm"
        return Undecided(reason=Reason.RADIUS_DISAGREES, detail=detail)
    t, c, angle, _ = solution.parameters
    turn = np.diag([float(towards), 1.0, float(towards)])
    return EdgeFit(
        foot=np.array([t, c]) * mirror,
        inward=np.array([np.cos(angle), np.sin(angle)]) * mirror,
        normal=np.array([-np.sin(angle), np.cos(angle)]) * mirror,
        radius_mm=outline.radius_mm,
        curvature_per_mm=outline.curvature_per_mm,
        covariance=turn @ solution.covariance @ turn,
        noise_mm=solution.noise_mm,
        free_radius_mm=free,
        free_radius_std_mm=free_std,
        skin_points=solution.skin_points,
        edge_points=solution.edge_points,
    )


def _first_guess(q: Array, rim: float, radius: float) -> Array | Undecided:
    """(t, c, a, R): a robust line through the skin, then where the profile has sunk 0.3 R under it."""
    smooth = median_filter(q[:, 1], 5, mode="nearest")
    skin = (q[:, 0] < rim - 1.5 * radius) & (q[:, 0] > rim - 1.5 * radius - SKIN_WINDOW_MM)
    if skin.sum() < _SKIN_LEAST_POINTS:
        return Undecided(reason=Reason.TOO_FEW_POINTS, detail=f"{skin.sum()} skin points beside the gap")
    s, h = q[skin, 0] - rim, smooth[skin]
    weight = np.ones_like(s)
    for _ in range(4):
        slope, offset = np.polyfit(s, h, 1, w=np.sqrt(weight))
        residual = h - offset - slope * s
        weight = biweight(residual, max(float(deviation_scale(residual)), 0.02))
    angle = float(np.arctan(slope))
    depth = (smooth - offset - slope * (q[:, 0] - rim)) * np.cos(angle)
    sunk = np.flatnonzero((depth < -0.3 * radius) & (q[:, 0] > rim - 3 * radius))
    if not len(sunk):
        return Undecided(reason=Reason.NO_SEAM, detail="the skin does not end")
    t = q[sunk[0], 0] - np.sin(np.arccos(0.7)) * radius * np.cos(angle)
    return np.array([t, offset + slope * (t - rim), angle, radius])


def _gauss_newton(q: Array, start: Array, outline: Outline, *, free: int, steps: int) -> _Solution | Undecided:
    """Least squares of the signed distance over the first ``free`` of (t, c, a, R), from a start."""
    parameters, noise = start.copy(), 0.1
    for step in range(steps):
        distance, J, skin, edge = _distance(q, parameters, outline.curvature_per_mm)
        gate = max(BIWEIGHT * noise, 0.5 * outline.radius_mm / (step + 1))
        used = (skin | edge) & (np.abs(distance) < gate)
        if (lack := _lack(q, parameters, skin & used, edge & used)) is not None:
            return lack
        r, J = distance[used], J[used]
        noise = max(float(deviation_scale(r[skin[used]])), _NOISE_LEAST_MM)
        weight = biweight(r, max(noise, gate / BIWEIGHT)) / (_GRAZING**2 + (1 + J[:, 3]) ** 2)
        N = (J.T @ (J * weight[:, None]))[:free, :free]
        move = np.linalg.solve(N, (J.T @ (r * weight))[:free])
        parameters[:free] -= move
        if step > 3 and np.abs(move).max() < 2e-4:
            break
    if noise > _SMOOTH_MM:
        return Undecided(reason=Reason.SKIN_NOT_SMOOTH, detail=f"residuals of the skin {noise:.3f} mm")
    scatter = max(noise, float(np.sqrt(np.average(r * r, weights=weight))))
    return _Solution(
        parameters=parameters,
        covariance=scatter**2 * np.asarray(np.linalg.inv(N)),
        noise_mm=scatter,
        skin_points=int(skin[used].sum()),
        edge_points=int(edge[used].sum()),
    )


def _distance(q: Array, parameters: Array, curvature: float) -> tuple[Array, Array, Mask, Mask]:
    """Signed distances (k,), their Jacobian (k, 4) by (t, c, a, R), and which points are skin and edge."""
    t, c, angle, R = parameters
    cos, sin = np.cos(angle), np.sin(angle)
    k = curvature
    ds, dh = q[:, 0] - t, q[:, 1] - c
    u, v = cos * ds + sin * dh, cos * dh - sin * ds
    on_edge = u > 0
    rho = np.where(on_edge, np.hypot(u, v + R), 1.0)
    e_u = np.where(on_edge, u / rho, k * u)  # gradient of the distance in the frame (d, n)
    e_v = np.where(on_edge, (v + R) / rho, 1.0)
    r = np.where(on_edge, rho - R, v + 0.5 * k * u * u)
    J = np.column_stack(
        (-(e_u * cos - e_v * sin), -(e_u * sin + e_v * cos), e_u * v - e_v * u, np.where(on_edge, e_v - 1, 0))
    )
    steep = np.arctan2(u, v + R)
    return r, J, ~on_edge & (u > -SKIN_WINDOW_MM), on_edge & (steep < _EDGE_STEEPEST)


def _lack(q: Array, parameters: Array, skin: Mask, edge: Mask) -> Undecided | None:
    """What is missing for a fit, if anything."""
    reach = parameters[0] - q[skin, 0].min() if skin.any() else 0.0
    if skin.sum() < _SKIN_LEAST_POINTS or reach < _SKIN_LEAST_MM:
        return Undecided(reason=Reason.TOO_FEW_POINTS, detail=f"{skin.sum()} skin points over {reach:.1f} mm")
    arc = (q[edge, 0] - parameters[0]) / parameters[3]
    span = np.arcsin(np.clip(arc.max(), 0, 1)) if edge.any() else 0.0
    if edge.sum() < _EDGE_LEAST_POINTS or span < _EDGE_LEAST_SPAN:
        return Undecided(
            reason=Reason.TOO_FEW_POINTS, detail=f"{edge.sum()} edge points over {np.degrees(span):.0f} deg"
        )
    return None
