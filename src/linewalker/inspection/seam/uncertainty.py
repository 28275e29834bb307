"""Uncertainty of a gap or flush: a budget after the GUM (JCGM 100:2008), with what each line of it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.inspection.verdict import COVERAGE_FACTOR

_RECTANGLE = 1 / np.sqrt(3)
_RADIUS_SHARE = np.sqrt(2) * 0.55  # mm of gap per mm of radius error, two independent edges (docs/measuring.md)


@dataclass(frozen=True, kw_only=True)
class ScannerAccuracy:
    """What the maker of a profiler declares, as half-widths.

    Attributes:
        linearity_mm: of a distance within the window.
        scale: relative error of a distance.
    """

    linearity_mm: float = 0.012
    scale: float = 5e-4


@dataclass(frozen=True, kw_only=True)
class CarAccuracy:
    """How well the car is what CAD says, as half-widths, where the definition of gap and flush leans on it.

    Attributes:
        radius_mm: edge radius.
        skin_mm: height of the skin at the foot, after its CAD curvature is taken off.
        unclear_mm: what is added at a point that is not clear: beside corners and creases section and skin change fast.
    """

    radius_mm: float = 0.03
    skin_mm: float = 0.015
    unclear_mm: float = 0.10


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Standard uncertainties, mm, by source."""

    contributions: Mapping[str, float]

    @property
    def standard_mm(self) -> float:
        """Combined standard uncertainty."""
        return float(np.sqrt(sum(u * u for u in self.contributions.values())))

    @property
    def expanded_mm(self) -> float:
        """Expanded uncertainty U, k = 2."""
        return COVERAGE_FACTOR * self.standard_mm


@dataclass(frozen=True, kw_only=True)
class ScanConditions:
    """Under which a scan was taken.

    Attributes:
        oblique_rad, oblique_std_rad: angle between seam and normal of the laser plane, and how well it is known.
        place_std_mm: how well the place along the seam is known.
        clear: the point is clear of corners, creases and ends.
    """

    oblique_rad: float
    oblique_std_rad: float
    place_std_mm: float
    clear: bool = True


def gap_budget(
    gap_mm: float, repeatability_mm: float, slope: float, at: ScanConditions, scanner: ScannerAccuracy, car: CarAccuracy
) -> Budget:
    """Budget of a gap.

    A direction wrong by e where the plane is oblique by a errs by gap (tan(a) e + e^2 / 2).

    Args:
        gap_mm: the value.
        repeatability_mm: standard deviation of the value from the scatter of the profiles.
        slope: change of the gap along the seam, mm per mm.
        at, scanner, car: conditions and declared accuracies.
    """
    return Budget(
        contributions={
            "repeatability": repeatability_mm,
            "direction": gap_mm * _direction(at),
            "place": abs(slope) * at.place_std_mm,
            "scanner": _RECTANGLE * float(np.hypot(scanner.linearity_mm, scanner.scale * gap_mm)),
            "edge_radius": _RECTANGLE * _RADIUS_SHARE * car.radius_mm,
            "skin": _RECTANGLE * car.skin_mm,
            "unclear": 0.0 if at.clear else _RECTANGLE * car.unclear_mm,
        }
    )


def flush_budget(
    flush_mm: float,
    repeatability_mm: float,
    slope: float,
    at: ScanConditions,
    scanner: ScannerAccuracy,
    car: CarAccuracy,
) -> Budget:
    """Budget of a flush; arguments as in `gap_budget`."""
    return Budget(
        contributions={
            "repeatability": repeatability_mm,
            "direction": abs(flush_mm) * _direction(at),
            "place": abs(slope) * at.place_std_mm,
            "scanner": _RECTANGLE * float(np.hypot(scanner.linearity_mm, scanner.scale * flush_mm)),
            "skin": _RECTANGLE * np.sqrt(2) * car.skin_mm,
            "unclear": 0.0 if at.clear else _RECTANGLE * car.unclear_mm,
        }
    )


def _direction(at: ScanConditions) -> float:
    first = np.tan(at.oblique_rad) * at.oblique_std_rad
    return float(np.hypot(first, at.oblique_std_rad**2 / np.sqrt(2)))
