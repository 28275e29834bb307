"""Profiles evaluated together: edges that CAD does not know, waves of the profiler, claims that are kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from linewalker.inspection.seam.edge_fit import Outline
from linewalker.inspection.seam.gap_flush import SeamOutlines
from linewalker.inspection.seam.joint_fit import JointFit, Section, fit_jointly
from linewalker.inspection.seam.sighting import find_seam
from linewalker.inspection.verdict import Reason, Undecided
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, Wave, scan


def sections(
    seam: AnalyticSeam, rng: np.random.Generator | None, *, count: int = 10, radius_mm: float = 2.0, **profiler: Any
) -> list[Section]:
    """Profiles of a seam whose edges CAD believes to be circles on skins that do not roll off."""
    made = []
    for i in range(count):
        profile, outlines = scan(seam, View(roll=0.02 * (i - 0.5 * count)), rng, **profiler)
        cad = SeamOutlines(
            master=Outline(radius_mm=radius_mm),
            slave=Outline(radius_mm=radius_mm),
            master_at_low_x=outlines.master_at_low_x,
            along_S=outlines.along_S,
        )
        made.append(Section(profile=profile, sighting=find_seam(profile), seam=cad))
    return made


def fitted(made: list[Section]) -> JointFit:
    found = fit_jointly(made)
    assert isinstance(found, JointFit), found
    return found


def values(fit: JointFit) -> np.ndarray:
    return np.mean([(r.gap_mm, r.flush_mm) for r in fit.results], axis=0)


@pytest.mark.parametrize(
    "seam",
    [
        AnalyticSeam(),
        AnalyticSeam(radius_master=2.2, radius_slave=1.8),
        AnalyticSeam(radius_master=1.8, radius_slave=2.2, flush=0.5),
        AnalyticSeam(aspect_master=0.9, aspect_slave=0.9),
        AnalyticSeam(roll_off=0.05),
    ],
    ids=["as CAD", "wide and tight", "tight and wide", "elliptic", "rolling off"],
)
def test_edges_that_cad_does_not_know_are_measured_and_their_spread_is_claimed(seam: AnalyticSeam) -> None:
    rng = np.random.default_rng(12)
    errors, claims = [], []
    for _ in range(8):
        fit = fitted(sections(seam, rng))
        errors.append(values(fit) - [seam.gap, seam.flush])
        claims.append(np.hypot(fit.edge_std_mm, np.sqrt(np.diag(fit.results[0].covariance_mm2) / len(fit.kept))))
    assert np.abs(np.mean(errors, axis=0)).max() < 0.03
    assert np.abs(errors).max() < 0.07
    assert np.sqrt(np.mean(np.square(np.divide(errors, claims)))) < 1.6


@pytest.mark.parametrize("radius_mm", [0.5, 0.8, 1.2, 3.5])
def test_edges_of_any_radius_are_measured(radius_mm: float) -> None:
    rng = np.random.default_rng(2)
    seam = AnalyticSeam(gap=3.0, flush=0.4, radius_master=radius_mm, radius_slave=radius_mm)
    errors = [values(fitted(sections(seam, rng, radius_mm=radius_mm))) - [3.0, 0.4] for _ in range(5)]
    assert np.abs(errors).max() < 0.06


def test_black_paint_is_measured_with_the_uncertainty_it_deserves() -> None:
    rng, seam = np.random.default_rng(5), AnalyticSeam(gap=4.0, flush=-0.3)
    fits = [fitted(sections(seam, rng, count=12, noise=0.05, black=True)) for _ in range(6)]
    errors = np.array([values(fit) - [4.0, -0.3] for fit in fits])
    claimed = np.array([fit.edge_std_mm for fit in fits])
    assert (np.abs(errors[:, 0]) < 2 * claimed[:, 0]).all()
    assert np.abs(errors).max() < 0.2
    assert claimed[:, 0].min() > 0.03


def test_a_wave_of_the_profiler_changes_the_values_as_much_as_is_said() -> None:
    """Root mean square over phases and lengths of what a wave of 20 um does to exact profiles, per mm of it."""
    seam, height = AnalyticSeam(flush=0.3), 0.02
    straight = fitted(sections(seam, None, count=3))
    changes = []
    for length in (60.0, 30.0, 20.0, 15.0):
        for phase in (0.0, 0.5 * np.pi):
            wave = Wave(height_mm=height, length_mm=length, phase=phase)
            changes.append((values(fitted(sections(seam, None, count=3, wave=wave))) - values(straight)) / height)
    np.testing.assert_allclose(straight.wave_response, np.sqrt(np.mean(np.square(changes), axis=0)), rtol=0.25)


def test_too_few_profiles_and_edges_of_something_else_are_refused() -> None:
    rng = np.random.default_rng(0)
    few = fit_jointly(sections(AnalyticSeam(), rng, count=2))
    assert isinstance(few, Undecided)
    other = fit_jointly(sections(AnalyticSeam(radius_master=2.6), rng))
    assert isinstance(other, Undecided)
    assert other.reason is Reason.RADIUS_DISAGREES
    assert "master" in other.detail
