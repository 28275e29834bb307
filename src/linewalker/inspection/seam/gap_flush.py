"""Gap and flush of a seam from one laser profile.

In the section plane of the master (perpendicular to its edge), with f the foot, d the direction of the skin into the
gap, n its normal, and g the gap point of each side (`edge_fit`):

    gap = (g_slave - g_master) . d_master,   flush = (f_slave - f_master) . n_master (positive: the slave stands proud)

A laser plane that cuts the seam obliquely sees everything stretched. If the direction of the seam in the scanner frame
is known, the points are projected along it onto the section plane first; that is exact for a locally straight seam, and
at first order what the usual cosine corrects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from linewalker.geometry import Array
from linewalker.inspection.seam.edge_fit import EdgeFit, Outline, fit_edge
from linewalker.inspection.seam.sighting import SeamSighting, find_seam
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import LineProfile

_CLOSED_MM = 0.5  # the edges hide the floor of a smaller gap
_FLOOR_RADII = 1.15  # two edges in contact show a groove of one radius; an open gap is deeper
_MOST_OBLIQUE = np.radians(25.0)
_SOURCE = np.zeros(2)  # of the laser, in section coordinates: the section goes through it
_QUARTER_TURN = np.array([[0.0, -1.0], [1.0, 0.0]])


@dataclass(frozen=True, kw_only=True)
class SeamOutlines:
    """What is known of a seam before it is seen.

    Attributes:
        master, slave: radius and curvature of both sides.
        master_at_low_x: on which side of the profile the master lies.
        along_S: unit direction of the seam in the scanner frame, (3,); the y axis if the laser plane is square to it.
    """

    master: Outline
    slave: Outline
    master_at_low_x: bool
    along_S: Array


@dataclass(frozen=True, kw_only=True)
class GapFlush:
    """Gap and flush of one profile.

    Attributes:
        time_s: when the profile was taken.
        gap_mm, flush_mm: as defined above.
        covariance_mm2: of (gap, flush), from the residuals of the fit, (2, 2).
        by_shape: change of (gap, flush) with the shapes of the master's and the slave's edge (`Outline.shape`),
            (2, 2, 3): value, side, number.
        by_wave: change of (gap, flush) with errors of the profiler, see `EdgeFit`, (2, 8).
        master, slave: the fitted sides; section coordinates: first across, second out of the skin.
        points: (k, 2) all points of the profile in section coordinates.
        x_mm, z_mm: middle between the gap points in the scanner frame S.
        roll_rad: slope of the master's skin in the laser plane, d(-z)/dx; zero if the beam hits the skin squarely.
    """

    time_s: float
    gap_mm: float
    flush_mm: float
    covariance_mm2: Array
    by_shape: Array
    by_wave: Array
    master: EdgeFit
    slave: EdgeFit
    points: Array
    x_mm: float
    z_mm: float
    roll_rad: float


def section_matrix(along_S: ArrayLike) -> Array:
    """Matrix (2, 2) that takes (x, -z) of the laser plane to coordinates of the plane perpendicular to the seam.

    The first coordinate is as close to scanner x as it can be, the second points out of the skin.

    Raises:
        ValueError: the seam lies more than 25 degrees off the normal of the laser plane.
    """
    t = np.asarray(along_S, float) / np.linalg.norm(along_S)
    if abs(t[1]) < np.cos(_MOST_OBLIQUE):
        raise ValueError(
            f"the laser plane cuts the seam {np.degrees(np.arccos(abs(t[1]))):.0f} deg off square, at most 25"
        )
    across = np.array([1.0, 0, 0]) - t[0] * t
    across = across / np.linalg.norm(across)
    out = np.cross(t, across)  # perpendicular to x as well, so only its z counts
    return np.array([[across[0], -across[2]], [0.0, abs(out[2])]])


def measure_profile(
    profile: LineProfile,
    seam: SeamOutlines,
    sighting: SeamSighting | None = None,
    *,
    start: GapFlush | None = None,
) -> GapFlush | Undecided:
    """Measure the seam that was sighted (or the one nearest to x = 0), or say why it can not be measured.

    Args:
        profile: to measure in.
        seam: what is known beforehand.
        sighting: where the seam is in the profile.
        start: what the same profile gave with outlines that differ little; saves steps.

    Raises:
        ValueError: the laser plane cuts the seam too obliquely.
    """
    sighting = find_seam(profile) if sighting is None else sighting
    if not sighting.found:
        return Undecided(reason=Reason.NO_SEAM, detail=f"search {sighting.search.value}")
    A = section_matrix(seam.along_S)
    fits = []
    for outline, before, towards in (
        (seam.master, start.master if start else None, 1 if seam.master_at_low_x else -1),
        (seam.slave, start.slave if start else None, -1 if seam.master_at_low_x else 1),
    ):
        points, rim = _side(profile, A, sighting, towards=towards)
        fit = fit_edge(points, rim, outline, towards=towards, source=_SOURCE, start=before)
        if isinstance(fit, Undecided):
            return fit
        fits.append(fit)
    master, slave = fits
    result = _combine(profile, A, master, slave)
    return _filled(result, sighting, profile, A) or result


def _side(profile: LineProfile, A: Array, sighting: SeamSighting, *, towards: int) -> tuple[Array, float]:
    """Points of one side up to the middle of the gap, in section coordinates, and where its skin is lost."""
    index = slice(None, sighting.middle + 1) if towards > 0 else slice(sighting.middle, None)
    points = _section_points(profile.x_mm[index], profile.z_mm[index], A)
    rim = sighting.first if towards > 0 else sighting.last
    near = _section_points(profile.x_mm[rim - 3 : rim + 4], profile.z_mm[rim - 3 : rim + 4], A)
    points = points if towards > 0 else points[::-1]
    return points, float(np.median(near[:, 0])) if len(near) else float(points[-1, 0])


def _section_points(x_mm: Array, z_mm: Array, A: Array) -> Array:
    points = np.column_stack((x_mm, -z_mm)) @ A.T
    return points[np.isfinite(points).all(axis=1)]


def _combine(profile: LineProfile, A: Array, master: EdgeFit, slave: EdgeFit) -> GapFlush:
    """The definition at the top, and its derivatives by foot and direction angle of both sides."""
    d, n = master.inward, master.normal
    between_tips, between_feet = slave.tip - master.tip, slave.foot - master.foot
    turned_d = _QUARTER_TURN @ d
    turned_n = _QUARTER_TURN @ n
    tip_by_slave = _QUARTER_TURN @ (slave.tip - slave.foot)
    tip_by_master = _QUARTER_TURN @ (master.tip - master.foot)
    by_master = np.array([[*-d, between_tips @ turned_d - tip_by_master @ d], [*-n, between_feet @ turned_n]])
    by_slave = np.array([[*d, tip_by_slave @ d], [*n, 0.0]])
    by_shape = np.stack(
        (
            by_master @ master.place_by_shape - _tip_by_shape(master, d),
            by_slave @ slave.place_by_shape + _tip_by_shape(slave, d),
        ),
        axis=1,
    )
    centre = np.linalg.solve(A, 0.5 * (master.tip + slave.tip))
    skin = np.linalg.solve(A, d)
    return GapFlush(
        time_s=profile.time_s,
        gap_mm=float(between_tips @ d),
        flush_mm=float(between_feet @ n),
        covariance_mm2=by_master @ master.covariance @ by_master.T + by_slave @ slave.covariance @ by_slave.T,
        by_shape=by_shape,
        by_wave=by_master @ master.place_by_wave + by_slave @ slave.place_by_wave,
        master=master,
        slave=slave,
        points=_section_points(profile.x_mm, profile.z_mm, A),
        x_mm=float(centre[0]),
        z_mm=-float(centre[1]),
        roll_rad=float(np.arctan(skin[1] / skin[0])),
    )


def _tip_by_shape(side: EdgeFit, d: Array) -> Array:
    """Change of (tip . d, foot . n) with the shape, where the place stays, (2, 3)."""
    width, normal = side.outline, side.normal @ d
    tip = [width.aspect * side.inward @ d - normal, width.radius_mm * side.inward @ d, -normal]
    return np.array([tip, np.zeros(3)])


def _filled(result: GapFlush, sighting: SeamSighting, profile: LineProfile, A: Array) -> Undecided | None:
    """Why this is no gap, if something lies in it: a groove between edges that are apart is deeper than they are."""
    inside = slice(sighting.first, sighting.last + 1)
    if result.gap_mm < _CLOSED_MM or np.isnan(profile.z_mm[inside]).mean() > 0.5:
        return None  # the edges are its floor, or nothing came back from it: it is deep
    points = _section_points(profile.x_mm[inside], profile.z_mm[inside], A)
    lower = min((result.master, result.slave), key=lambda side: float(side.foot @ result.master.normal))
    depth = float(np.percentile((lower.foot - points) @ result.master.normal, 95))
    if depth < _FLOOR_RADII * lower.outline.radius_mm:
        return Undecided(reason=Reason.PANELS_TOUCH, detail=f"the groove is only {depth:.1f} mm deep")
    return None
