"""Gap and flush from profiles alone: no robot, no CAD but the radii, no pose; seam and laser plane are taken as square.

Several profiles are taken for one place of one seam: the value is their robust mean, and what they differ by its
repeatability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.seam.edge_fit import Outline
from linewalker.inspection.seam.gap_flush import GapFlush, SeamOutlines
from linewalker.inspection.seam.joint_fit import JointFit, Section, fit_jointly
from linewalker.inspection.seam.scan import line_along, spreads_of
from linewalker.inspection.seam.sighting import SeamSighting, find_seam
from linewalker.inspection.seam.uncertainty import Budget, CarAccuracy, ScanConditions, ScannerAccuracy, budget_of
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import LineProfile

_FLANK_MM = 2.0
_FLANK_LEAST_POINTS = 5
_SQUARE_STD_RAD = np.radians(0.7)


class GapAxis(Enum):
    """Along what a gap is measured: the master's skin, square to the master's flank, or from gap point to gap point."""

    SURFACE = "surface"
    EDGE = "edge"
    DISTANCE = "distance"


@dataclass(frozen=True, kw_only=True)
class ProfileChoices:
    """How bare profiles are evaluated.

    Attributes:
        radius_master_mm, radius_slave_mm: of the edges, from CAD.
        master_at_low_x: on which side the master lies.
        axis: of the gap.
        largest_void_mm: a seam in which nothing came back for longer is refused; None: as long as it likes.
        least_depth_mm: what is shallower is no seam.
        standoff_mm: from the laser's exit to the middle of the profile's heights.
    """

    radius_master_mm: float = 2.0
    radius_slave_mm: float = 2.0
    master_at_low_x: bool = True
    axis: GapAxis = GapAxis.SURFACE
    largest_void_mm: float | None = None
    least_depth_mm: float = 0.7
    standoff_mm: float = 150.0


@dataclass(frozen=True, kw_only=True)
class ProfilesMeasurement:
    """Gap and flush, mm, with their budgets; how many profiles count, of how many; the radii as learnt."""

    gap_mm: float
    flush_mm: float
    gap_budget: Budget
    flush_budget: Budget
    used: int
    taken: int
    radius_master_mm: float
    radius_slave_mm: float


def measure_profiles(
    profiles: Sequence[Array], choices: ProfileChoices, *, upwards: bool = True
) -> ProfilesMeasurement | Undecided:
    """Gap and flush of profiles of one seam.

    Args:
        profiles: each (k, 2), x and z in mm, in the order of the scan; z is NaN where nothing came back.
        choices: how to evaluate them.
        upwards: z grows towards the sensor (a height), not away from it (a range).
    """
    seam = SeamOutlines(
        master=Outline(radius_mm=choices.radius_master_mm),
        slave=Outline(radius_mm=choices.radius_slave_mm),
        master_at_low_x=choices.master_at_low_x,
        along_S=np.array([0.0, 1.0, 0.0]),
    )
    sections, refused = list[Section](), list[Undecided]()
    for points in profiles:
        profile = _profile(points, choices.standoff_mm, upwards=upwards)
        sighting = find_seam(profile, deep_mm=choices.least_depth_mm)
        doubt = _doubt(profile, sighting, choices)
        if doubt is None:
            sections.append(Section(profile=profile, sighting=sighting, seam=seam))
        else:
            refused.append(doubt)
    if not sections:
        return refused[0]
    fit = fit_jointly(sections, least=1)
    if isinstance(fit, Undecided):
        return fit
    gaps = [_along_axis(result, choices.axis) for result in fit.results]
    if any(isinstance(gap, Undecided) for gap in gaps):
        return next(gap for gap in gaps if isinstance(gap, Undecided))
    return _measured(np.array(gaps, float), fit, len(profiles))


def _profile(points: Array, standoff_mm: float, *, upwards: bool) -> LineProfile:
    height = points[:, 1] if upwards else -points[:, 1]
    x_mm = points[:, 0] - 0.5 * (points[0, 0] + points[-1, 0])
    return LineProfile(time_s=0.0, x_mm=x_mm, z_mm=standoff_mm + float(np.nanmedian(height)) - height)


def _doubt(profile: LineProfile, sighting: SeamSighting, choices: ProfileChoices) -> Undecided | None:
    """Why this profile is not measured."""
    if not sighting.found:
        detail = f"nothing is {choices.least_depth_mm:g} mm deep between skins on both sides"
        return Undecided(reason=Reason.NO_SEAM, detail=detail)
    if choices.largest_void_mm is None:
        return None
    inside = slice(sighting.first, sighting.last + 1)
    seen = profile.x_mm[inside][np.isfinite(profile.z_mm[inside])]
    void = float(np.diff(seen).max()) if len(seen) > 1 else np.inf
    if void <= choices.largest_void_mm:
        return None
    return Undecided(reason=Reason.TOO_FEW_POINTS, detail=f"nothing came back over {void:.1f} mm of the seam")


def _along_axis(result: GapFlush, axis: GapAxis) -> float | Undecided:
    """The gap along another direction; signs are those along the skin."""
    between = result.slave.tip - result.master.tip
    if axis is GapAxis.SURFACE:
        return result.gap_mm
    if axis is GapAxis.DISTANCE:
        return float(np.copysign(np.linalg.norm(between), result.gap_mm))
    master = result.master
    offset = result.points - master.tip
    depth, across = -offset @ master.normal, offset @ master.inward
    flank = result.points[(depth > 0) & (depth < _FLANK_MM) & (np.abs(across) < 0.25 * _FLANK_MM)]
    if len(flank) < _FLANK_LEAST_POINTS:
        return Undecided(reason=Reason.TOO_FEW_POINTS, detail=f"{len(flank)} points on the master's flank")
    down = np.linalg.svd(flank - flank.mean(axis=0), full_matrices=False)[2][0]
    square = np.array([down[1], -down[0]])
    return float(between @ square * np.sign(square @ master.inward))


def _measured(gaps: Array, fit: JointFit, taken: int) -> ProfilesMeasurement:
    """Robust means over the profiles, with budgets."""
    here = np.zeros(len(gaps))
    flushes = np.array([result.flush_mm for result in fit.results])
    variances = np.array([np.diag(result.covariance_mm2) for result in fit.results])
    gap, flush = line_along(here, gaps, variances[:, 0]), line_along(here, flushes, variances[:, 1])
    at = ScanConditions(oblique_rad=0.0, oblique_std_rad=_SQUARE_STD_RAD, place_std_mm=0.0)
    gap_spread, flush_spread = spreads_of(gap, flush, fit)
    scanner, car = ScannerAccuracy(), CarAccuracy()
    return ProfilesMeasurement(
        gap_mm=gap.value_mm,
        flush_mm=flush.value_mm,
        gap_budget=budget_of(gap.value_mm, gap_spread, at, scanner, car),
        flush_budget=budget_of(flush.value_mm, flush_spread, at, scanner, car),
        used=len(gaps),
        taken=taken,
        radius_master_mm=fit.shapes[0].outline.radius_mm,
        radius_slave_mm=fit.shapes[1].outline.radius_mm,
    )
