"""The pose of a camera: found again, as sure as it says, whatever the edges do, and without boards that are wrong."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3, log_so3
from linewalker.limbs.localisation.tag_pose import CornerNoise, SeenPose, agreeing, misfits, refine, solve
from linewalker.rendering.pinhole import Pinhole

K = Pinhole.matrix(640, 480, np.radians(60.0))
X_WC = Pose.from_axes([0.1, 0.05, 1.2], x=[0.05, -1.0, 0.0], z=[1.0, 0.05, -0.15])
SQUARE = 0.15 * np.array([[-1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [1.0, -1.0, 0.0], [-1.0, -1.0, 0.0]])
NOISE = CornerNoise(corner_px=0.3, edge_px=0.2)


def square(x: float, y: float, z: float, faces_deg: float) -> np.ndarray:
    out = np.array([np.cos(np.radians(faces_deg)), np.sin(np.radians(faces_deg)), 0.0])
    return Pose.from_axes([x, y, z], x=np.cross([0, 0, 1], out), z=out).apply(SQUARE)


CORNERS_W = np.array(
    [
        square(2.5, 0.8, 1.0, 200.0),
        square(2.2, -0.7, 1.3, 150.0),
        square(3.0, 0.0, 0.5, 180.0),
        square(2.8, 0.4, 1.4, 180),
    ]
)


def seen(corners_W: np.ndarray = CORNERS_W, X: Pose = X_WC) -> np.ndarray:
    p = X.inverse().apply(corners_W.reshape(-1, 3))
    return (p[:, :2] / p[:, 2:] @ K[:2, :2].T + K[:2, 2]).reshape(-1, 4, 2)


def outwards(seen_px: np.ndarray, shift_px: float) -> np.ndarray:
    """All edges moved outwards."""
    half = 0.5 * np.linalg.norm(np.roll(seen_px, -1, axis=1) - seen_px, axis=2).mean(axis=1)
    return seen_px + shift_px * (seen_px - seen_px.mean(axis=1, keepdims=True)) / half[:, None, None]


def test_slopes_are_those_of_finite_differences() -> None:
    _, J = misfits(X_WC, CORNERS_W, seen(), K)
    for i in range(6):
        step = 1e-6 * np.eye(6)[i]
        moved = Pose(p=X_WC.p + step[:3], R=X_WC.R @ exp_so3(step[3:]))
        np.testing.assert_allclose((seen(X=moved) - seen()).reshape(-1, 8) / 1e-6, J[..., i], atol=1e-2, rtol=1e-4)


def test_refinement_comes_back_to_the_pose_that_was_seen() -> None:
    X = Pose(p=X_WC.p + [0.05, -0.04, 0.03], R=X_WC.R @ exp_so3(np.array([0.02, -0.03, 0.01])))
    for _ in range(6):
        X, _, left_px = refine(X, CORNERS_W, seen(), K, NOISE)
    assert left_px.max() < 1e-6
    np.testing.assert_allclose(X.p, X_WC.p, atol=1e-9)
    np.testing.assert_allclose(X.R, X_WC.R, atol=1e-9)


def test_the_covariance_is_that_of_noisy_corners_and_edges() -> None:
    rng, errors = np.random.default_rng(4), []
    for _ in range(600):
        px = outwards(seen(), NOISE.edge_px * rng.standard_normal()) + NOISE.corner_px * rng.standard_normal((4, 4, 2))
        X, covariance, _ = refine(X_WC, CORNERS_W, px, K, NOISE)
        errors.append([*(X.p - X_WC.p), *log_so3(X_WC.R.T @ X.R)])
    whitened = np.linalg.solve(np.linalg.cholesky(covariance), np.array(errors).T)
    np.testing.assert_allclose(np.cov(whitened), np.eye(6), atol=0.2)


def test_squares_that_all_look_too_small_do_not_seem_farther_away() -> None:
    px = outwards(seen(), -0.4)
    places = [solve(CORNERS_W, px, K, CornerNoise(edge_px=edge_px)) for edge_px in (0.4, 1e-6)]
    known, ignored = (float(np.linalg.norm(found[0].p - X_WC.p)) for found in places if found is not None)
    assert known < 0.2 * ignored


@pytest.mark.parametrize("wrong", [(), (0,), (3,), (1, 2)])
def test_the_largest_set_of_boards_that_agree_gives_the_pose(wrong: tuple[int, ...]) -> None:
    hung = CORNERS_W.copy()
    for i in wrong:
        hung[i] += [0.0, 0.03 if i % 2 else -0.05, 0.02]
    found = agreeing(CORNERS_W, seen(hung), K, CornerNoise(), 0.6)
    if len(wrong) == 2:
        assert found is None  # two against two: no more than half agree
    else:
        assert found is not None
        assert found[0] == [i for i in range(4) if i not in wrong]
        np.testing.assert_allclose(found[1].X_WF.p, X_WC.p, atol=1e-6)


def test_a_pose_is_carried_along_a_lever_with_its_doubt() -> None:
    doubt = np.diag([0.0, 0.0, 0.0, 0.0, 0.0, 0.01**2])  # of the heading alone
    carried = SeenPose(X_WF=Pose(), covariance=doubt).carried_to(Pose(p=np.array([2.0, 0.0, 0.0])))
    assert np.sqrt(np.diag(carried.covariance)) == pytest.approx([0.0, 0.02, 0.0, 0.0, 0.0, 0.01])
