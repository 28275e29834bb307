"""Gap and flush at one point of a seam from several profiles taken around it, with uncertainty.

A robot's hand is not where it thinks by a millimetre or so and not square by a degree. So each profile is placed along
the seam by what it shows, evaluated in its own section plane, and the deviations from nominal are brought to the point
by a straight line along the seam. The line's slope is known beforehand to be that of a panel turned by half a degree at
most; its scatter gives the repeatability. All profiles have seen the same two edges: their shape is learnt from all of
them, and each is evaluated again with what was learnt (`edge_shape`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array, Pose
from linewalker.inspection.cad.seam import Seam, SeamPoint
from linewalker.inspection.robust import biweight, deviation_scale
from linewalker.inspection.seam.edge_fit import Outline
from linewalker.inspection.seam.gap_flush import GapFlush, SeamOutlines
from linewalker.inspection.seam.joint_fit import LEAST_PROFILES, JointFit, Section, fit_jointly
from linewalker.inspection.seam.sighting import SeamSighting, find_seam
from linewalker.inspection.seam.uncertainty import (
    Budget,
    CarAccuracy,
    ScanConditions,
    ScannerAccuracy,
    Spread,
    budget_of,
)
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import LineProfile

_SLOPE_STD = 0.01  # mm per mm: a panel turned by half a degree
_LARGEST_TURN = 0.1  # rad; more is not a seam of this car
_DISAGREE_MM = 0.12  # scatter of a scan whose profiles do not show the same thing


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A profile and where the robot believes its scanner was."""

    profile: LineProfile
    X_WS: Pose


@dataclass(frozen=True, kw_only=True)
class PoseAccuracy:
    """How well poses are known, standard deviations.

    Attributes:
        shot_mm: scanner against scanner within one scan.
        place_mm: scanner against car, along the seam.
        angle_rad: scanner against car.
    """

    shot_mm: float = 0.7
    place_mm: float = 2.0
    angle_rad: float = np.radians(0.7)


@dataclass(frozen=True, kw_only=True)
class SeamMeasurement:
    """What a scan found at one point of a seam.

    Attributes:
        time_s: when the profile that is shown was taken.
        gap_mm, flush_mm: values at the point.
        gap_budget, flush_budget: their uncertainties.
        middle_W: middle between the gap points, (3,), m; what a vehicle is located by.
        along_W: direction of the seam as seen, (3,).
        oblique_rad: largest angle between the seam and the normal of a laser plane.
        shown: the profile nearest to the point.
        used, taken: profiles that count, profiles in all.
    """

    time_s: float
    gap_mm: float
    flush_mm: float
    gap_budget: Budget
    flush_budget: Budget
    middle_W: Array
    along_W: Array
    oblique_rad: float
    shown: GapFlush
    used: int
    taken: int


@dataclass(frozen=True, kw_only=True)
class SeamScan:
    """What scanning one point gave.

    Attributes:
        measurement: gap and flush, or why there are none.
        shots: the profiles it rests on.
        time_s: robot time at the end of the scan.
    """

    measurement: SeamMeasurement | Undecided
    shots: tuple[Shot, ...]
    time_s: float


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """A sighting placed on the nominal seam."""

    shot: Shot
    sighting: SeamSighting
    nominal: SeamPoint
    middle_W: Array


def seam_in_scanner(point: SeamPoint, X_SV: Pose, along_S: Array | None = None) -> SeamOutlines:
    """What a scanner at X_SV (m) should know of a seam; ``along_S`` overrides the nominal direction."""
    return SeamOutlines(
        master=Outline(radius_mm=point.radius_master_mm, curvature_per_mm=1e-3 * point.curvature_master_per_m),
        slave=Outline(radius_mm=point.radius_slave_mm, curvature_per_mm=1e-3 * point.curvature_slave_per_m),
        master_at_low_x=bool((X_SV.R @ point.across)[0] > 0),
        along_S=X_SV.R @ point.along if along_S is None else along_S,
    )


def sight_seam(shot: Shot, point: SeamPoint, X_WV: Pose) -> SeamSighting:
    """Look for the seam in one profile, where the nominal point is expected."""
    expected = (shot.X_WS.inverse() @ X_WV).apply(1e-3 * point.centre_V_mm)
    return find_seam(shot.profile, expected_x_mm=float(1e3 * expected[0]))


def measure_seam(
    shots: Sequence[Shot],
    seam: Seam,
    point: SeamPoint,
    X_WV: Pose,
    *,
    poses: PoseAccuracy | None = None,
    scanner: ScannerAccuracy | None = None,
    car: CarAccuracy | None = None,
) -> SeamMeasurement | Undecided:
    """Gap and flush at a point of a seam.

    Args:
        shots: profiles around the point, at least three that show the seam.
        seam, point: nominal seam, and the point on it.
        X_WV: where the vehicle is believed to stand.
        poses, scanner, car: accuracies for the uncertainty budget.
    """
    poses, scanner, car = poses or PoseAccuracy(), scanner or ScannerAccuracy(), car or CarAccuracy()
    placed = [p for p in (_place(shot, seam, point, X_WV) for shot in shots) if p is not None]
    if len(placed) < LEAST_PROFILES:
        return Undecided(reason=Reason.NO_SEAM, detail=f"the seam is in {len(placed)} of {len(shots)} profiles")
    turn_W = _turn_of_seam(placed, X_WV, poses)
    fit = fit_jointly([_section(p, X_WV, turn_W) for p in placed])
    if isinstance(fit, Undecided):
        return fit
    kept = [placed[i] for i in fit.kept]
    offsets = np.array([p.nominal.arc_mm - point.arc_mm for p in kept])
    gap, flush = _at_point(offsets, kept, fit)
    if max(gap.scatter_mm, flush.scatter_mm) > _DISAGREE_MM:
        detail = f"scatter of gap {gap.scatter_mm:.2f} mm, of flush {flush.scatter_mm:.2f} mm"
        return Undecided(reason=Reason.PROFILES_DISAGREE, detail=detail)
    nearest = int(np.argmin(np.abs(offsets)))
    along_W = _turned(X_WV.R @ point.along, turn_W)
    oblique = max(_oblique(p.shot, along_W) for p in kept)
    at = ScanConditions(
        oblique_rad=oblique, oblique_std_rad=poses.angle_rad, place_std_mm=poses.place_mm, clear=point.clear
    )
    gap_mm, flush_mm = point.gap_mm + gap.value_mm, point.flush_mm + flush.value_mm
    gap_spread, flush_spread = spreads_of(gap, flush, fit)
    return SeamMeasurement(
        time_s=fit.results[nearest].time_s,
        gap_mm=gap_mm,
        flush_mm=flush_mm,
        gap_budget=budget_of(gap_mm, gap_spread, at, scanner, car),
        flush_budget=budget_of(flush_mm, flush_spread, at, scanner, car),
        middle_W=np.median([_middle(p.shot, r.x_mm, r.z_mm) for p, r in zip(kept, fit.results)], axis=0),
        along_W=along_W,
        oblique_rad=oblique,
        shown=fit.results[nearest],
        used=len(kept),
        taken=len(shots),
    )


def _place(shot: Shot, seam: Seam, point: SeamPoint, X_WV: Pose) -> _Placed | None:
    sighting = sight_seam(shot, point, X_WV)
    if not sighting.found:
        return None
    middle_W = _middle(shot, sighting.x_mm, sighting.z_mm)
    arc = seam.project(1e3 * X_WV.inverse().apply(middle_W))
    return _Placed(shot=shot, sighting=sighting, nominal=seam.at_arc(arc), middle_W=middle_W)


def _middle(shot: Shot, x_mm: float, z_mm: float) -> Array:
    return shot.X_WS.apply(1e-3 * np.array([x_mm, 0.0, z_mm]))


def _turn_of_seam(placed: Sequence[_Placed], X_WV: Pose, poses: PoseAccuracy) -> Array:
    """Small rotation vector in W from the nominal seam to the one seen.

    The middles of the profiles lie on the seam. Their deviations from the nominal curve, across and along the normal,
    over their distances along it are the tangents of the two angles; each is weighted against the belief that the pose
    of car and scanner is right.
    """
    mid = placed[len(placed) // 2].nominal
    frames = [(X_WV.R @ p.nominal.across, X_WV.R @ p.nominal.normal) for p in placed]
    deviations = [p.middle_W - X_WV.apply(1e-3 * p.nominal.centre_V_mm) for p in placed]
    along = np.array([p.middle_W @ X_WV.R @ mid.along for p in placed])
    along = along - along.mean()
    spread = along @ along
    trust = spread * poses.angle_rad**2 / (spread * poses.angle_rad**2 + (1e-3 * poses.shot_mm) ** 2)
    across, normal = (
        trust * np.array([d @ frame[k] for d, frame in zip(deviations, frames)]) @ along / max(spread, 1e-12)
        for k in (0, 1)
    )
    # along = normal x across: turning about across by t moves it by t towards normal, about normal by -t towards across
    return np.asarray(X_WV.R @ (_small(normal) * mid.across - _small(across) * mid.normal))


def _small(angle: float) -> float:
    return float(np.clip(angle, -_LARGEST_TURN, _LARGEST_TURN))


def _turned(direction_W: Array, turn_W: Array) -> Array:
    turned = direction_W + np.cross(turn_W, direction_W)
    return np.asarray(turned / np.linalg.norm(turned))


def _oblique(shot: Shot, along_W: Array) -> float:
    return float(np.arccos(np.clip(abs(shot.X_WS.R[:, 1] @ along_W), 0, 1)))


def _section(placed: _Placed, X_WV: Pose, turn_W: Array) -> Section:
    along_S = placed.shot.X_WS.R.T @ _turned(X_WV.R @ placed.nominal.along, turn_W)
    seam = seam_in_scanner(placed.nominal, placed.shot.X_WS.inverse() @ X_WV, along_S)
    return Section(profile=placed.shot.profile, sighting=placed.sighting, seam=seam)


@dataclass(frozen=True, kw_only=True)
class LineAlong:
    """Deviation at the point, its standard deviation, how it may change along the seam, scatter of the profiles."""

    value_mm: float
    std_mm: float
    slope: float
    scatter_mm: float


def _at_point(offsets: Array, placed: Sequence[_Placed], fit: JointFit) -> tuple[LineAlong, LineAlong]:
    """Deviations of gap and flush from nominal at the point; ``offsets`` of the profiles from it along the seam."""
    gaps = np.array([r.gap_mm - p.nominal.gap_mm for p, r in zip(placed, fit.results)])
    flushes = np.array([r.flush_mm - p.nominal.flush_mm for p, r in zip(placed, fit.results)])
    variances = np.array([np.diag(r.covariance_mm2) for r in fit.results])
    return line_along(offsets, gaps, variances[:, 0]), line_along(offsets, flushes, variances[:, 1])


def spreads_of(gap: LineAlong, flush: LineAlong, fit: JointFit) -> tuple[Spread, Spread]:
    """What the scan says of the spread of gap and flush; a flush compares the heights of two skins."""
    gap_spread, flush_spread = (
        Spread(repeatability_mm=line.std_mm, slope=line.slope, edge_mm=float(edge), wave=float(wave), skins=skins)
        for line, edge, wave, skins in zip((gap, flush), fit.edge_std_mm, fit.wave_response, (1, 2))
    )
    return gap_spread, flush_spread


def line_along(offsets: Array, y: Array, variance: Array) -> LineAlong:
    """Robust straight line through deviations over offsets along the seam, at offset zero."""
    X = np.column_stack((np.ones_like(offsets), offsets))
    prior = np.diag([0.0, _SLOPE_STD**-2])
    claimed = float(np.sqrt(np.median(variance)))
    weight, scatter = np.ones_like(y), claimed
    for _ in range(5):
        N = X.T @ (X * weight[:, None]) / scatter**2 + prior
        line = np.linalg.solve(N, X.T @ (weight * y) / scatter**2)
        residual = y - X @ line
        scatter = max(claimed, float(deviation_scale(residual)))
        weight = biweight(residual, scatter, least=0.02)
    std, slope_std = np.sqrt(np.diag(np.linalg.inv(N)))
    return LineAlong(
        value_mm=float(line[0]),
        std_mm=float(std),
        slope=float(np.hypot(line[1], slope_std)),
        scatter_mm=scatter,
    )
