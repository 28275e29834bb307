"""One side of a seam: the skin, and the rolled edge tangent to it, fitted together to profile points.

In the side's own frame s grows towards the gap and h points out of the skin. The outline is the skin (a parabola of the
CAD curvature, which rolls off by w towards its foot, as a panel does where it is bent) up to the foot point, then a
quarter of an ellipse: R deep, e R wide, a circle where e, its aspect, is one:

    u = (q - f) . d,  v = (q - f) . n          with foot f = (t, c), d = (cos a, sin a), n = (-sin a, cos a)
    v + k u^2 / 2 + w (1 + u / L)^2 = 0        for u <= 0 (skin); the last term for the last L = 5 mm only
    (u / (e R))^2 + ((v + w + R) / R)^2 = 1    for u > 0 (edge)

The noise of a profiler lies along its beams, and their directions are known. So what is made small is the difference
between the range that was measured and that at which the beam meets the outline; which points count, and how a
difference changes with t, c and a, depends on the beams alone. (Distances of noisy points to the outline are biased: at
0.02 mm of noise, by as much as the shape of an edge is uncertain.) t, c and a come out of one least-squares problem
(Gauss-Newton, biweight of Tukey against outliers) whose covariance covers the whole construction. The edge is used up
to 76 degrees; beyond, the laser grazes it. R, e and w are given: what the points say of them, place and direction
eliminated, is handed on (`edge_shape` puts all profiles of a scan together). The foot lies on the skin as it would be
without rolling off.
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
_SKIN_LEAST_POINTS = 20
_EDGE_LEAST_POINTS = 2
_EDGE_WIDEST = np.sin(np.radians(76.0))  # of the edge's width
_SUNK = 0.10  # of the radius, under the skin: there the edge has begun, even if the laser is lost soon
_EDGE_LEAST_SPAN = np.radians(15.0)
_SMOOTH_MM = 0.10  # residual of a skin that is no longer the shape the CAD says
_NOISE_LEAST_MM = 0.004  # facets and digits; the scale of the residuals is never taken to be smaller
_STEPS, _NEAR = 12, 3
_GRAZING = 0.3  # share of the noise that does not lie along the beam
_ROLL_MM = 5.0  # the skin rolls off over so much of it
_RADIUS_DEVIATION = 0.25  # of the radius, in one profile
_WAVES_MM = (60.0, 30.0, 20.0, 15.0)  # lengths of errors over the field of a profiler


@dataclass(frozen=True, kw_only=True)
class EdgeFit:
    """A fitted side. Coordinates as the points came in; mm and rad. Its place is (f_0, f_1, direction angle).

    Attributes:
        foot: tangent point f of skin and edge, (2,).
        inward: unit direction d of the skin at the foot, into the gap, (2,).
        normal: unit normal n of the skin at the foot, outwards, (2,).
        outline: edge and curvature used.
        covariance: of the place, from the noise, (3, 3).
        place_by_shape: change of the place with the shape (radius, aspect, roll-off), (3, 3).
        place_by_wave: change of the place with an error of the profiler that is a sine or a cosine over its field, 1 mm
            high, for each wavelength of `_WAVES_MM`, (3, 8).
        shape_score, shape_information: derivatives of the log-likelihood by the shape, place eliminated: first, (3,),
            and second with its sign turned, (3, 3).
        score_by_wave: change of the score with such an error of the profiler, (3, 8).
        noise_mm: standard deviation of the residuals.
        skin_points, edge_points: how many points carried the fit.
    """

    foot: Array
    inward: Array
    normal: Array
    outline: Outline
    covariance: Array
    place_by_shape: Array
    place_by_wave: Array
    shape_score: Array
    shape_information: Array
    score_by_wave: Array
    noise_mm: float
    skin_points: int
    edge_points: int

    @property
    def centre(self) -> Array:
        """Centre of the edge, (2,)."""
        return self.foot - (self.outline.radius_mm + self.outline.roll_off_mm) * self.normal

    @property
    def tip(self) -> Array:
        """Gap point g: where the edge is farthest into the gap, (2,)."""
        return self.centre + self.outline.width_mm * self.inward

    @property
    def free_radius_mm(self) -> float:
        """The radius that these points alone would have, the rest of the shape held."""
        return float(self.outline.radius_mm + self.shape_score[0] / self.shape_information[0, 0])

    @property
    def free_radius_std_mm(self) -> float:
        """Standard deviation of `free_radius_mm`."""
        return float(self.shape_information[0, 0] ** -0.5)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What is known of a side before it is seen.

    Attributes:
        radius_mm: how deep the rolled edge reaches under the skin.
        curvature_per_mm: of the skin, positive where it falls away.
        aspect: width of the edge, along the skin, by its depth; one for a circle.
        roll_off_mm: how far the skin has sunk where the edge begins.
    """

    radius_mm: float
    curvature_per_mm: float = 0.0
    aspect: float = 1.0
    roll_off_mm: float = 0.0

    @property
    def shape(self) -> Array:
        """(radius, aspect, roll-off), (3,)."""
        return np.array([self.radius_mm, self.aspect, self.roll_off_mm])

    @property
    def width_mm(self) -> float:
        """How far the edge reaches into the gap from its foot."""
        return self.aspect * self.radius_mm


@dataclass(frozen=True, kw_only=True, eq=False)
class _Beams:
    """Points as beams that ended: from where, (2,), unit directions (k, 2), ranges (k,), mm."""

    source: Array
    direction: Array
    range_mm: Array

    @property
    def points(self) -> Array:
        """Where they ended, (k, 2)."""
        return self.source + self.range_mm[:, None] * self.direction


@dataclass(frozen=True, kw_only=True, eq=False)
class _Errors:
    """What is left of each beam: measured less expected range (k,), its derivatives by (t, c, a, R, e, w), (k, 6), the
    cosine of incidence (k,), and which beams should have met the skin, and the edge."""

    range_mm: Array
    jacobian: Array
    cosine: Array
    skin: Mask
    edge: Mask


@dataclass(frozen=True, kw_only=True, eq=False)
class _Solution:
    """What a least squares found: (t, c, a), the errors left, which beams carried it, with which weights."""

    parameters: Array
    errors: _Errors
    used: Mask
    weight: Array
    noise_mm: float


def fit_edge(
    points: Array, rim: float, outline: Outline, *, towards: int, source: Array, start: EdgeFit | None = None
) -> EdgeFit | Undecided:
    """Fit one side.

    Args:
        points: (k, 2) finite points across and out of the skin, in the order of the scan, from the far skin to the gap.
        rim: first coordinate where the skin is lost, within a radius or so.
        outline: edge and curvature expected.
        towards: +1 if the gap lies at larger first coordinates, -1 if at smaller.
        source: where the beams come from, (2,).
        start: a fit of the same points with an outline that differs little; saves steps.
    """
    mirror = np.array([float(towards), 1.0])
    near = np.abs(points[:, 0] - rim) < SKIN_WINDOW_MM + 3 * outline.radius_mm
    sight = (points[near] - source) * mirror
    reach = np.linalg.norm(sight, axis=1)
    beams = _Beams(source=source * mirror, direction=sight / reach[:, None], range_mm=reach)
    if start is None:
        guess = _first_guess(beams.points, rim * towards, outline.radius_mm)
    else:
        guess = np.array([*start.foot * mirror, np.arcsin(start.inward[1])])
    if isinstance(guess, Undecided):
        return guess
    solution = _gauss_newton(beams, guess, outline, first=0 if start is None else _NEAR)
    if isinstance(solution, Undecided):
        return solution
    fit = _described(solution, beams, outline, towards)
    radius, free, std = outline.radius_mm, fit.free_radius_mm, fit.free_radius_std_mm
    if abs(free - radius) > max(5 * std, _RADIUS_DEVIATION * radius):
        detail = f"edge radius {free:.2f} +- {std:.2f} mm, expected {radius:.2f} mm"
        return Undecided(reason=Reason.RADIUS_DISAGREES, detail=detail)
    return fit


def _described(solution: _Solution, beams: _Beams, outline: Outline, towards: int) -> EdgeFit:
    """The fit in the frame of the points, and what else moves it: the shape of the edge, waves of the profiler."""
    t, c, angle = solution.parameters
    mirror, turn = np.array([towards, 1.0]), np.array([towards, 1.0, towards])
    used, errors = solution.used, solution.errors
    J = errors.jacobian[used]
    weighted = J * solution.weight[:, None]
    N = J.T @ weighted
    inverse = np.linalg.inv(N[:3, :3])
    by_shape = -inverse @ N[:3, 3:]
    gradient = -(weighted.T @ errors.range_mm[used])
    by_wave = -(weighted.T @ _waves(beams.points[used, 0] * towards))
    return EdgeFit(
        foot=np.array([t, c]) * mirror,
        inward=np.array([np.cos(angle), np.sin(angle)]) * mirror,
        normal=np.array([-np.sin(angle), np.cos(angle)]) * mirror,
        outline=outline,
        covariance=turn[:, None] * inverse * turn,
        place_by_shape=turn[:, None] * by_shape,
        place_by_wave=turn[:, None] * (inverse @ by_wave[:3]),
        shape_score=gradient[3:] + by_shape.T @ gradient[:3],
        shape_information=N[3:, 3:] + N[3:, :3] @ by_shape,
        score_by_wave=by_wave[3:] + by_shape.T @ by_wave[:3],
        noise_mm=solution.noise_mm,
        skin_points=int((errors.skin & used).sum()),
        edge_points=int((errors.edge & used).sum()),
    )


def _waves(x_mm: Array) -> Array:
    """Sine and cosine of each wavelength at places across the field, (k, 8)."""
    phase = 2 * np.pi * x_mm[:, None] / np.array(_WAVES_MM)
    return np.column_stack((np.sin(phase), np.cos(phase)))


def _first_guess(q: Array, rim: float, radius: float) -> Array | Undecided:
    """(t, c, a): a robust line through the skin, then where the profile has sunk a little under it."""
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
    least = max(_SUNK * radius, 4 * float(deviation_scale(residual)))
    sunk = np.flatnonzero((depth < -least) & (q[:, 0] > rim - 3 * radius))
    if not len(sunk):
        return Undecided(reason=Reason.NO_SEAM, detail="the skin does not end")
    t = q[sunk[0], 0] - np.sqrt(1 - (1 - _SUNK) ** 2) * radius * np.cos(angle)
    return np.array([t, offset + slope * (t - rim), angle])


def _gauss_newton(beams: _Beams, start: Array, outline: Outline, *, first: int) -> _Solution | Undecided:
    """Least squares of the ranges over (t, c, a), from a start; ``first``: of the steps, fewer where it is near."""
    parameters, noise = start.copy(), 0.1
    for step in range(first, _STEPS):
        errors = _errors(beams, parameters, outline)
        gate = max(BIWEIGHT * noise, 0.5 * outline.radius_mm / (step + 1))
        used = (errors.skin | errors.edge) & (np.abs(errors.range_mm) * errors.cosine < gate)
        if (lack := _lack(beams, parameters, outline, errors, used)) is not None:
            return lack
        r, J, cosine = errors.range_mm[used], errors.jacobian[used, :3], errors.cosine[used]
        noise = max(float(deviation_scale(r[errors.skin[used]])), _NOISE_LEAST_MM)
        weight = biweight(r * cosine, max(noise, gate / BIWEIGHT)) / (1 + (_GRAZING / cosine) ** 2)
        move = np.linalg.solve(J.T @ (J * weight[:, None]), J.T @ (r * weight))
        parameters -= move
        if step > _NEAR and np.abs(move).max() < 2e-4:
            break
    if noise > _SMOOTH_MM:
        return Undecided(reason=Reason.SKIN_NOT_SMOOTH, detail=f"residuals of the skin {noise:.3f} mm")
    scatter = max(noise, float(np.sqrt(np.average(r * r, weights=weight))))
    return _Solution(parameters=parameters, errors=errors, used=used, weight=weight / scatter**2, noise_mm=scatter)


def _errors(beams: _Beams, parameters: Array, outline: Outline) -> _Errors:
    """What is left of the beams where the side lies as the parameters (t, c, a) say."""
    t, c, angle = parameters
    R, e, w, k = outline.radius_mm, outline.aspect, outline.roll_off_mm, outline.curvature_per_mm
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    (u0, v0), (du, dv) = turn @ (beams.source - [t, c]), turn @ beams.direction.T
    bend, fall, height = 0.5 * k * du * du, dv + k * u0 * du, v0 + 0.5 * k * u0 * u0
    to_skin = 2 * height / (-fall + np.sqrt(np.maximum(fall * fall - 4 * bend * height, 0.0)))
    rolled = np.maximum(1 + np.minimum(u0 + to_skin * du, 0.0) / _ROLL_MM, 0.0) ** 2
    to_skin = to_skin - w * rolled / fall
    skin = u0 + to_skin * du <= 0
    to_edge = _reach_of_circle(np.array([u0 / e, v0 + w + R]) / R, np.array([du / e, dv]) / R)
    reach = np.where(skin, to_skin, to_edge)
    u, v = u0 + reach * du, v0 + reach * dv
    wide, deep = u / (e * R), (v + w + R) / R  # where a beam meets the edge both are on the unit circle
    steep = np.hypot(wide / e, deep)
    n_u, n_v = np.where(skin, k * u, wide / (e * steep)), np.where(skin, 1.0, deep / steep)
    cosine = -(n_u * du + n_v * dv)
    by_s, by_h = n_u * turn[0, 0] + n_v * turn[1, 0], n_u * turn[0, 1] + n_v * turn[1, 1]
    by_R, by_e = np.where(skin, 0.0, (deep - 1) / steep), np.where(skin, 0.0, -wide * wide * R / (e * steep))
    by_w = np.where(skin, rolled, n_v)
    J = np.column_stack((-by_s, -by_h, n_u * v - n_v * u, by_R, by_e, by_w)) / -cosine[:, None]
    edge = ~skin & (wide < _EDGE_WIDEST)  # no number, for a beam that misses it, is not smaller
    return _Errors(
        range_mm=beams.range_mm - reach, jacobian=J, cosine=cosine, skin=skin & (u > -SKIN_WINDOW_MM), edge=edge
    )


def _reach_of_circle(start: Array, direction: Array) -> Array:
    """Where beams (2, k) from a start (2,) first meet the unit circle; NaN where they miss it."""
    length2, along = (direction * direction).sum(axis=0), start @ direction
    inside = along * along - length2 * (start @ start - 1)
    return (-along - np.sqrt(np.where(inside >= 0, inside, np.nan))) / length2


def _lack(beams: _Beams, parameters: Array, outline: Outline, errors: _Errors, used: Mask) -> Undecided | None:
    """What is missing for a fit, if anything."""
    along = beams.points[:, 0] - parameters[0]
    skin, edge = errors.skin & used, errors.edge & used
    reach = -along[skin].min() if skin.any() else 0.0
    if skin.sum() < _SKIN_LEAST_POINTS or reach < _SKIN_LEAST_MM:
        return Undecided(reason=Reason.TOO_FEW_POINTS, detail=f"{skin.sum()} skin points over {reach:.1f} mm")
    span = np.arcsin(np.clip(along[edge].max() / outline.width_mm, 0, 1)) if edge.any() else 0.0
    if edge.sum() < _EDGE_LEAST_POINTS or span < _EDGE_LEAST_SPAN:
        return Undecided(
            reason=Reason.TOO_FEW_POINTS, detail=f"{edge.sum()} edge points over {np.degrees(span):.0f} deg"
        )
    return None
