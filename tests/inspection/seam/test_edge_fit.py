"""Laws of fitting one side of a seam: foot, direction and tip of an edge that is known, refusals where CAD is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.inspection.seam.edge_fit import EdgeFit, Outline, fit_edge
from linewalker.inspection.verdict import Reason, Undecided

SOURCE = np.array([0.0, 1e4])


def side(
    radius: float = 2.0, curvature: float = 0.0, noise: float = 0.0, skin: float = 12.0, steepest: float = 70.0
) -> np.ndarray:
    """Points (k, 2) of a side whose foot is the origin and whose gap lies at larger first coordinates."""
    u = np.arange(-skin, 0.0, 0.1)
    angle = np.radians(np.arange(0.0, steepest, 2.0))
    flat = np.column_stack((u, -0.5 * curvature * u * u))
    edge = np.column_stack((radius * np.sin(angle), radius * np.cos(angle) - radius))
    down = np.column_stack((np.full(12, radius), -radius - np.arange(0.1, 1.3, 0.1)))
    points = np.vstack((flat, edge, down))
    return points + noise * np.random.default_rng(1).standard_normal(points.shape) * [0.0, 1.0]


def fitted(points: np.ndarray, outline: Outline, towards: int = 1, rim: float = 1.0) -> EdgeFit:
    found = fit_edge(points, rim, outline, towards=towards, source=SOURCE)
    assert isinstance(found, EdgeFit), found
    return found


@settings(max_examples=25, deadline=None)
@given(st.floats(1.2, 3.0), st.floats(-1e-3, 1e-3), st.floats(-0.15, 0.15), st.floats(-20.0, 20.0))
def test_foot_direction_and_tip_are_those_of_the_construction(
    radius: float, curvature: float, turn: float, shift: float
) -> None:
    R = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    points = side(radius, curvature) @ R + shift
    rim = float((np.array([radius / 2, 0.0]) @ R + shift)[0])
    found = fitted(points, Outline(radius_mm=radius, curvature_per_mm=curvature), rim=rim)
    assert found.foot == pytest.approx([shift, shift], abs=5e-3)
    assert found.inward == pytest.approx([np.cos(turn), np.sin(turn)], abs=2e-3)
    assert found.normal == pytest.approx([-np.sin(turn), np.cos(turn)], abs=2e-3)
    assert found.tip == pytest.approx(np.array([radius, -radius]) @ R + shift, abs=1e-2)
    assert found.free_radius_mm == pytest.approx(radius, abs=0.02)


def test_the_other_side_is_the_mirror_image() -> None:
    outline = Outline(radius_mm=2.0, curvature_per_mm=5e-4)
    one = fitted(side(curvature=5e-4, noise=0.02), outline)
    other = fitted(side(curvature=5e-4, noise=0.02) * [-1, 1], outline, towards=-1, rim=-1.0)
    for name in ("foot", "inward", "normal", "tip"):
        np.testing.assert_allclose(getattr(other, name), getattr(one, name) * [-1, 1], atol=1e-12)
    flip = np.diag([-1.0, 1.0, -1.0])
    np.testing.assert_allclose(other.covariance, flip @ one.covariance @ flip, atol=1e-15)


def test_the_claimed_spread_is_that_of_repeated_measurements() -> None:
    outline, rng = Outline(radius_mm=2.0), np.random.default_rng(4)
    clean = side()
    fits = [fitted(clean + 0.02 * rng.standard_normal(clean.shape) * [0, 1], outline) for _ in range(60)]
    spread = np.std([fit.foot for fit in fits], axis=0)
    claimed = np.sqrt(np.mean([np.diag(fit.covariance)[:2] for fit in fits], axis=0))
    np.testing.assert_allclose(claimed / spread, 1.0, atol=0.5)
    assert np.mean([fit.foot for fit in fits], axis=0) == pytest.approx([0.0, 0.0], abs=0.02)


def test_noise_does_not_bend_the_edge() -> None:
    """What noisy points say of the shape, where it is the true one, is zero on the mean, to its own spread."""
    rng, outline = np.random.default_rng(9), Outline(radius_mm=2.0)
    clean = side(steepest=88.0) + [0.0, -150.0]
    reach = np.linalg.norm(clean, axis=1, keepdims=True)
    score, information = np.zeros(3), np.zeros((3, 3))
    for _ in range(80):
        points = clean * (1 + 0.02 * rng.standard_normal(reach.shape) / reach)
        fit = fit_edge(points, 1.0, outline, towards=1, source=np.zeros(2))
        assert isinstance(fit, EdgeFit)
        score, information = score + fit.shape_score, information + fit.shape_information
    shift = np.linalg.solve(information, score)
    assert (np.abs(shift) < 3 * np.sqrt(np.diag(np.linalg.inv(information)))).all()
    assert np.abs(shift).max() < 0.02


def test_outliers_do_not_move_it() -> None:
    points = side(noise=0.01)
    spoilt = points.copy()
    spoilt[5:100:11, 1] += 1.5
    outline = Outline(radius_mm=2.0)
    assert fitted(spoilt, outline).foot == pytest.approx(fitted(points, outline).foot, abs=0.02)


@pytest.mark.parametrize(
    ("points", "outline", "reason"),
    [
        (side(), Outline(radius_mm=2.9), Reason.RADIUS_DISAGREES),
        (side(skin=2.0), Outline(radius_mm=2.0), Reason.TOO_FEW_POINTS),
        (side()[:115], Outline(radius_mm=2.0), Reason.NO_SEAM),
        (side(noise=0.25), Outline(radius_mm=2.0), Reason.SKIN_NOT_SMOOTH),
    ],
    ids=["CAD is wrong", "no skin", "no edge", "rough"],
)
def test_what_can_not_be_believed_is_refused_with_its_reason(
    points: np.ndarray, outline: Outline, reason: Reason
) -> None:
    found = fit_edge(points, 1.0, outline, towards=1, source=SOURCE)
    assert isinstance(found, Undecided), found
    assert found.reason is reason
    assert found.detail


def test_centre_and_tip_follow_from_the_foot() -> None:
    fit = fitted(side(), Outline(radius_mm=2.0))
    moved = replace(fit, foot=fit.foot + [1.0, 2.0])
    np.testing.assert_allclose(moved.tip - fit.tip, [1.0, 2.0])
    np.testing.assert_allclose(np.linalg.norm(fit.centre - fit.foot), 2.0)
    np.testing.assert_allclose(np.linalg.norm(fit.centre - fit.tip), 2.0)
