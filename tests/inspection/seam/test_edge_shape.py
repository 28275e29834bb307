"""What profiles teach of an edge: the posterior by brute force, and edges that are not those of CAD."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.inspection.seam.edge_fit import EdgeFit, Outline
from linewalker.inspection.seam.edge_shape import learn_shape
from linewalker.inspection.seam.gap_flush import GapFlush, measure_profile
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan

CAD = Outline(radius_mm=2.0)


def fits_of(seam: AnalyticSeam, outline: Outline, profiles: int = 12) -> list[EdgeFit]:
    """Of the master's side."""
    rng = np.random.default_rng(3)
    fits = []
    for _ in range(profiles):
        profile, outlines = scan(seam, View(roll=rng.uniform(-0.1, 0.1)), rng)
        found = measure_profile(profile, replace(outlines, master=outline))
        assert isinstance(found, GapFlush), found
        fits.append(found.master)
    return fits


def test_the_answer_is_the_posterior_mean_and_covariance() -> None:
    """Against sums over a grid of radius, aspect and roll-off of the beliefs that the module states."""
    (fit,) = fits_of(AnalyticSeam(), CAD, profiles=1)
    information = np.array([[900.0, 1100.0, 300.0], [1100.0, 2400.0, 500.0], [300.0, 500.0, 3000.0]])
    score = np.array([60.0, -20.0, 10.0])
    used = Outline(radius_mm=2.05, aspect=0.97, roll_off_mm=0.01)
    learnt = learn_shape([replace(fit, outline=used, shape_score=score, shape_information=information)], CAD)

    radius, roll_off = np.linspace(1.5, 2.6, 121), np.linspace(-0.2, 0.2, 81)
    aspects = np.linspace(0.55, 1.45, 121)

    def moments(aspect: np.ndarray, belief: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        R, e, w = np.meshgrid(radius, aspect, roll_off, indexing="ij")
        x = np.stack((R, e, w), axis=-1).reshape(-1, 3)
        step = x - used.shape
        log = step @ score - 0.5 * np.einsum("ki,ij,kj->k", step, information, step)
        log -= 0.5 * ((x[:, 0] - 2.0) / (0.2 / np.sqrt(3))) ** 2 + 0.5 * (x[:, 2] / 0.04) ** 2
        mass = np.exp(log) * np.tile(np.repeat(belief, len(roll_off)), len(radius))
        total = mass.sum()
        return total, mass @ x / total, np.einsum("k,ki,kj->ij", mass, x, x) / total

    width = aspects[1] - aspects[0]
    gaussian = np.exp(-0.5 * ((aspects - 1) / 0.10) ** 2) / (0.10 * np.sqrt(2 * np.pi)) * width
    circle, ellipse = moments(np.array([1.0]), np.array([0.6])), moments(aspects, 0.4 * gaussian)
    share = circle[0] / (circle[0] + ellipse[0])
    mean = share * circle[1] + (1 - share) * ellipse[1]
    covariance = share * circle[2] + (1 - share) * ellipse[2] - np.outer(mean, mean)
    np.testing.assert_allclose(learnt.outline.shape, mean, atol=1e-4)
    np.testing.assert_allclose(learnt.covariance, covariance, atol=2e-5)


@pytest.mark.parametrize(
    ("seam", "shape", "within"),
    [
        (AnalyticSeam(), (2.0, 1.0, 0.0), (0.03, 0.03, 0.01)),
        (AnalyticSeam(radius_master=2.2), (2.2, 1.0, 0.0), (0.06, 0.04, 0.01)),
        (AnalyticSeam(radius_master=1.8), (1.8, 1.0, 0.0), (0.06, 0.04, 0.01)),
        (AnalyticSeam(aspect_master=0.9), (2.0, 0.9, 0.0), (0.12, 0.06, 0.01)),
        (AnalyticSeam(roll_off=0.05), (2.0, 1.0, 0.05), (0.05, 0.04, 0.012)),
    ],
    ids=["as CAD", "wider", "tighter", "elliptic", "rolls off"],
)
def test_the_edge_is_learnt_as_it_is(
    seam: AnalyticSeam, shape: tuple[float, float, float], within: tuple[float, float, float]
) -> None:
    outline = CAD
    for _ in range(3):
        learnt = learn_shape(fits_of(seam, outline), CAD)
        outline = learnt.outline
    error = np.abs(np.subtract(outline.shape, shape))
    assert (error < within).all(), outline
    assert (error < 3.5 * np.sqrt(np.diag(learnt.covariance)) + 1e-9).all()
    assert learnt.radius_std_mm == pytest.approx(np.sqrt(learnt.covariance[0, 0]))


def test_more_profiles_teach_more() -> None:
    few, many = learn_shape(fits_of(AnalyticSeam(), CAD, 3), CAD), learn_shape(fits_of(AnalyticSeam(), CAD, 12), CAD)
    assert many.radius_std_mm < 0.7 * few.radius_std_mm
