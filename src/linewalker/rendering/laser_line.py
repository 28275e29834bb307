"""The red line of a laser on what it meets, laid over a finished picture: for films and stills, not for sensors."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.rendering.pinhole import Picture, Pinhole

_RED = np.array([255.0, 48.0, 32.0], np.float32)
_IN_FRONT_M = 0.03  # a point this much behind what the picture shows is hidden
_LONGEST_STEP_M = 0.004
_HALO_PX_PER_ROW = 1 / 160


def with_laser_line(picture: Picture, camera: Pinhole, points_W: NDArray[np.float64]) -> Picture:
    """Draw a glowing line through points that can be seen.

    Args:
        picture: the scene.
        camera: that took it.
        points_W: (k, 3) in the order of the line, m; neighbours farther apart than 4 mm are not joined.
    """
    p_C = camera.X_WC.inverse().apply(points_W)
    uv = np.full((len(p_C), 2), -1e6)
    ahead = p_C[:, 2] > 0.02
    uv[ahead] = (p_C[ahead] @ camera.K.T)[:, :2] / p_C[ahead, 2:]
    column, row = np.round(np.clip(uv, -1, 1e6)).astype(int).T
    seen = ahead & (column >= 0) & (column < camera.width_px) & (row >= 0) & (row < camera.height_px)
    seen[seen] = p_C[seen, 2] < np.nan_to_num(picture.depth_m[row[seen], column[seen]], nan=np.inf) + _IN_FRONT_M
    joined = seen[:-1] & seen[1:] & (np.linalg.norm(np.diff(points_W, axis=0), axis=1) < _LONGEST_STEP_M)
    glow = np.zeros(picture.rgb.shape[:2], np.float32)
    for i in np.flatnonzero(joined):
        start, end = np.round(16 * uv[i : i + 2]).astype(int)
        cv2.line(glow, start.tolist(), end.tolist(), 1.0, 1, cv2.LINE_AA, 4)
    halo = max(_HALO_PX_PER_ROW * camera.height_px, 0.8)
    glow = np.minimum(cv2.GaussianBlur(glow, (0, 0), 0.7) * 1.6 + 3.0 * cv2.GaussianBlur(glow, (0, 0), halo), 1.0)
    rgb = picture.rgb * (1 - glow[..., None]) + _RED * glow[..., None] + 0.5
    return Picture(rgb=np.clip(rgb, 0, 255).astype(np.uint8), depth_m=picture.depth_m, thing_of=picture.thing_of)
