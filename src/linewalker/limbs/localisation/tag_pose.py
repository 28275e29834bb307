"""The pose of a camera from boards of four corners each, and how sure it is.

What is unknown: place and attitude of the camera, and by how much all edges of a picture seem moved outwards. A lens
blurs light, a picture is stored by its root, so dark squares look smaller or larger than they are, all by the same part
of a pixel: taken as noise of each corner it would make every board seem farther away, and surely so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np

from linewalker.geometry import Array, Pose, exp_so3, skew

STEPS = 4
LEFT_OUT = 2
"""Boards of a picture that may be wrong at once."""


@dataclass(frozen=True, kw_only=True)
class SeenPose:
    """Where a frame stands, and how sure that is.

    Attributes:
        X_WF: its pose.
        covariance: of its place in W, and of the rotation vector in W by which it errs, m and rad, (6, 6).
    """

    X_WF: Pose
    covariance: Array

    def carried_to(self, X_FG: Pose) -> SeenPose:
        """The same for a frame G fixed to it."""
        lever = np.eye(6)
        lever[:3, 3:] = -skew(self.X_WF.R @ X_FG.p)
        return SeenPose(X_WF=self.X_WF @ X_FG, covariance=lever @ self.covariance @ lever.T)


@dataclass(frozen=True, kw_only=True)
class CornerNoise:
    """What is wrong with corners found in a picture, standard deviations.

    Attributes:
        corner_px: of each corner and axis.
        edge_px: of the shift that all edges of a picture share.
    """

    corner_px: float = 0.15
    edge_px: float = 0.3

    @property
    def edge_information(self) -> Array:
        """What is known before looking, of the seven unknowns, for corners of 1 px, (7, 7)."""
        return np.diag([0.0] * 6 + [(self.corner_px / self.edge_px) ** 2])


def misfits(X_WC: Pose, corners_W: Array, seen_px: Array, K: Array) -> tuple[Array, Array]:
    """How far corners are seen from where a pose puts them, and how that changes with what is unknown.

    Args:
        X_WC: pose of the camera.
        corners_W, seen_px: of b boards, (b, 4, 3), and where they are seen, (b, 4, 2).
        K: pinhole matrix.

    Returns:
        the errors, (b, 8), px; and the slopes of where corners appear, (b, 8, 7): by the camera's place in W, by its
        rotation in C, and by the shift of all edges.
    """
    p_C = (corners_W - X_WC.p) @ X_WC.R
    z = p_C[..., 2:]
    slope = K[:2, :2] @ np.stack(
        (
            np.concatenate((1.0 / z, 0.0 * z, -p_C[..., :1] / z**2), -1),
            np.concatenate((0.0 * z, 1.0 / z, -p_C[..., 1:2] / z**2), -1),
        ),
        axis=-2,
    )
    error = seen_px - (p_C[..., :2] / z @ K[:2, :2].T + K[:2, 2])
    turn = np.zeros((*p_C.shape, 3))
    turn[..., 0, 1], turn[..., 0, 2], turn[..., 1, 2] = -p_C[..., 2], p_C[..., 1], -p_C[..., 0]
    turn[..., 1, 0], turn[..., 2, 0], turn[..., 2, 1] = p_C[..., 2], -p_C[..., 1], p_C[..., 0]
    half_px = 0.5 * np.linalg.norm(np.roll(seen_px, -1, axis=1) - seen_px, axis=2).mean(axis=1)
    outwards = (seen_px - seen_px.mean(axis=1, keepdims=True)) / half_px[:, None, None]
    J = np.concatenate((-slope @ X_WC.R.T, slope @ turn, outwards[..., None]), axis=-1)
    return error.reshape(-1, 8), J.reshape(-1, 8, 7)


def refine(X_WC: Pose, corners_W: Array, seen_px: Array, K: Array, noise: CornerNoise) -> tuple[Pose, Array, Array]:
    """One Gauss-Newton step of the pose that lets corners fall where they were seen; arguments as in `misfits`.

    Returns:
        the better pose; covariance of its place in W and its rotation in C, (6, 6); and each board's root mean square
        distance of corners from where that pose puts them, (b,), px.
    """
    error, J = misfits(X_WC, corners_W, seen_px, K)
    covariance = np.linalg.inv(np.einsum("bki,bkj->ij", J, J) + noise.edge_information)
    step = covariance @ np.einsum("bki,bk->i", J, error)
    better = Pose(p=X_WC.p + step[:3], R=X_WC.R @ exp_so3(step[3:6]))
    left = error - J @ step
    return better, noise.corner_px**2 * covariance[:6, :6], np.sqrt(0.25 * (left**2).sum(axis=1))


def solve(corners_W: Array, seen_px: Array, K: Array, noise: CornerNoise) -> tuple[Pose, Array, Array] | None:
    """`refine` until it is settled, from nothing; None where no pose sees the boards so."""
    flat = corners_W.reshape(-1, 3), np.ascontiguousarray(seen_px.reshape(-1, 2))
    solved, turn, shift = cv2.solvePnP(*flat, K, None, flags=cv2.SOLVEPNP_SQPNP)
    if not solved:
        return None
    X_WC = Pose(p=shift.ravel(), R=exp_so3(turn.ravel())).inverse()
    for _ in range(STEPS):
        X_WC, covariance, left_px = refine(X_WC, corners_W, seen_px, K, noise)
    return X_WC, covariance, left_px


def agreeing(
    corners_W: Array, seen_px: Array, K: Array, noise: CornerNoise, farthest_px: float
) -> tuple[list[int], SeenPose] | None:
    """The largest set of boards that one pose explains, two at least, with at most `LEFT_OUT` left out, and that pose.

    Of several sets as large, the one that fits best. None where there is no such set, or no more than half agree.

    Args:
        corners_W, seen_px, K, noise: as in `solve`.
        farthest_px: root mean square distance of a board's corners that still counts as explained.
    """
    count = len(corners_W)
    for size in range(count, max(1, count - LEFT_OUT - 1, count // 2), -1):
        fits = []
        for chosen in combinations(range(count), size):
            tried = list(chosen)
            found = solve(corners_W[tried], seen_px[tried], K, noise)
            if found is not None and found[2].max() <= farthest_px:
                fits.append((float((found[2] ** 2).mean()), tried, found))
        if fits:
            _, tried, (X_WC, covariance, _) = min(fits, key=lambda fit: fit[:2])
            in_W = np.eye(6)
            in_W[3:, 3:] = X_WC.R
            return tried, SeenPose(X_WF=X_WC, covariance=in_W @ covariance @ in_W.T)
    return None
