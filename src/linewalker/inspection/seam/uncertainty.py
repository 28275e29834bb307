"""Uncertainty of a gap or flush: a budget after the GUM (JCGM 100:2008), with what each line of it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linewalker.inspection.verdict import COVERAGE_FACTOR

_RECTANGLE = 1 / np.sqrt(3)


@dataclass(frozen=True, kw_only=True)
class ScannerAccuracy:
    """What the maker of a profiler declares, as half-widths.

    Attributes:
        linearity_mm: of a distance, as a wave over the window.
        scale: relative error of a distance.
    """

    linearity_mm: float = 0.012
    scale: float = 5e-4


@dataclass(frozen=True, kw_only=True)
class CarAccuracy:
    """How well the car is what CAD says, as half-widths, where the definition of gap and flush leans on it.

    Attributes:
        skin_mm: height of the skin at the foot, after its CAD curvature is taken off.
        unclear_mm: what is added at a point that is not clear: beside corners and creases section and skin change fast.
    """

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


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What a scan itself says of the spread of a value.

    Attributes:
        repeatability_mm: standard deviation of the value from the scatter of the profiles.
        slope: change of the value along the seam, mm per mm; root mean square of what it may be.
        edge_mm: standard deviation of the value from what is not known of the shape of the edges.
        wave: change of the value, root mean square over phase and wavelength, with a wave of the profiler 1 mm high.
        skins: number of skins whose heights it compares, each at one place.
    """

    repeatability_mm: float
    slope: float
    edge_mm: float
    wave: float
    skins: int


def budget_of(
    value_mm: float, spread: Spread, at: ScanConditions, scanner: ScannerAccuracy, car: CarAccuracy
) -> Budget:
    """Budget of a gap or a flush.

    A direction wrong by e where the plane is oblique by a errs by value (tan(a) e + e^2 / 2).
    """
    return Budget(
        contributions={
            "repeatability": spread.repeatability_mm,
            "direction": abs(value_mm) * _direction(at),
            "place": abs(spread.slope) * at.place_std_mm,
            "scanner": float(np.hypot(spread.wave * scanner.linearity_mm, _RECTANGLE * scanner.scale * value_mm)),
            "edge_radius": spread.edge_mm,
            "skin": _RECTANGLE * np.sqrt(spread.skins) * car.skin_mm,
            "unclear": 0.0 if at.clear else _RECTANGLE * car.unclear_mm,
        }
    )


def _direction(at: ScanConditions) -> float:
    first = np.tan(at.oblique_rad) * at.oblique_std_rad
    return float(np.hypot(first, at.oblique_std_rad**2 / np.sqrt(2)))
