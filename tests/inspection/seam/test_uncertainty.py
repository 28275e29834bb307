"""Uncertainty budgets: root sum of squares, and the direction term against what it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.inspection.seam.uncertainty import (
    Budget,
    CarAccuracy,
    ScanConditions,
    ScannerAccuracy,
    Spread,
    budget_of,
)


def spread(*, slope: float = 0.0, edge_mm: float = 0.01, wave: float = 0.5) -> Spread:
    return Spread(repeatability_mm=0.0, slope=slope, edge_mm=edge_mm, wave=wave, skins=1)


SQUARE = ScanConditions(oblique_rad=0.0, oblique_std_rad=0.01, place_std_mm=2.0)


def test_expanded_is_twice_the_root_of_the_sum_of_squares() -> None:
    budget = Budget(contributions={"a": 0.03, "b": 0.04})
    assert budget.standard_mm == pytest.approx(0.05)
    assert budget.expanded_mm == pytest.approx(0.10)


def test_direction_term_is_the_spread_of_the_cosine_error() -> None:
    """Monte Carlo of gap / cos(angle) corrected with an angle that is known only to 1 degree."""
    rng = np.random.default_rng(0)
    true, wrong_by = np.radians(10.0), np.radians(1.0) * rng.standard_normal(200_000)
    errors = 4.0 * (np.cos(true + wrong_by) / np.cos(true) - 1)
    at = ScanConditions(oblique_rad=true, oblique_std_rad=np.radians(1.0), place_std_mm=0.0)
    budget = budget_of(4.0, spread(edge_mm=0.0, wave=0.0), at, ScannerAccuracy(scale=0.0), CarAccuracy(skin_mm=0.0))
    assert budget.standard_mm == pytest.approx(errors.std(), rel=0.05)


def test_every_source_counts() -> None:
    small = budget_of(4.0, spread(), SQUARE, ScannerAccuracy(), CarAccuracy())
    assert set(small.contributions) >= {"repeatability", "direction", "place", "scanner", "edge_radius", "skin"}
    steep = budget_of(4.0, spread(slope=0.01), SQUARE, ScannerAccuracy(), CarAccuracy())
    assert steep.contributions["place"] == pytest.approx(0.02)
    assert steep.expanded_mm > small.expanded_mm
    wavy = budget_of(4.0, spread(wave=2.0), SQUARE, ScannerAccuracy(linearity_mm=0.012, scale=0.0), CarAccuracy())
    assert wavy.contributions["scanner"] == pytest.approx(0.024)
    assert budget_of(4.0, spread(edge_mm=0.02), SQUARE, ScannerAccuracy(), CarAccuracy()).contributions[
        "edge_radius"
    ] == pytest.approx(0.02)
