"""A floor that mirrors a little of what stands on it: for films and stills, not for sensors."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.rendering.pinhole import Picture, Pinhole

_FLOOR_M = 0.004
_STRAIGHT, _GRAZING = 0.10, 0.65  # share of mirrored light seen from above, and along the floor
_FADE_M = 1.0  # height above the floor over which the image of a thing fades: epoxy is not glass
_BLUR_PX_PER_ROW = 1 / 500
_COARSER = 2


def with_mirrored_floor(picture: Picture, camera: Pinhole, take: Callable[[Pinhole], Picture]) -> Picture:
    """Lay the mirror image of a scene over its floor, z = 0.

    The camera is reflected in the floor and turned upside down, so that what it sees, turned upside down again, lies
    pixel by pixel where the mirror images belong; the upper side of the floor shows it its back and is not drawn.

    Args:
        picture: the scene.
        camera: that took it.
        take: takes a picture of the same scene with another camera.
    """
    below = _below_floor(camera)
    mirrored = take(below)
    whole = (camera.width_px, camera.height_px)
    rgb = cv2.resize(mirrored.rgb[::-1], whole, interpolation=cv2.INTER_LINEAR)
    height = cv2.resize(_height(mirrored.depth_m, below)[::-1], whole, interpolation=cv2.INTER_NEAREST)
    on_floor = np.abs(_height(picture.depth_m, camera)) < _FLOOR_M
    slope = np.abs(_directions(camera) @ camera.X_WC.R[2])
    share = _STRAIGHT + (_GRAZING - _STRAIGHT) * (1 - slope) ** 3
    share *= np.where(np.isfinite(height) & (height > 0), np.exp(-np.maximum(height, 0) / _FADE_M), 0.0)
    blur = max(_BLUR_PX_PER_ROW * picture.rgb.shape[0], 0.3)
    share = cv2.GaussianBlur(np.nan_to_num(share), (0, 0), blur)[..., None] * on_floor[..., None]
    image = cv2.GaussianBlur(rgb, (0, 0), blur)
    blended = (picture.rgb * (1 - share) + image * share + 0.5).astype(np.uint8)
    return Picture(rgb=blended, depth_m=picture.depth_m, thing_of=picture.thing_of)


def _below_floor(camera: Pinhole) -> Pinhole:
    """The reflected camera, at a fraction of the resolution: the image is blurred anyhow."""
    flip = np.diag([1.0, 1.0, -1.0])
    width, height = camera.width_px // _COARSER, camera.height_px // _COARSER
    K = camera.K.copy()
    K[1, 2] = camera.height_px - 1 - K[1, 2]
    K[:2] /= _COARSER
    K[:2, 2] -= 0.5 - 0.5 / _COARSER
    X_WC = Pose(p=flip @ camera.X_WC.p, R=flip @ camera.X_WC.R @ np.diag([1.0, -1.0, 1.0]))
    return Pinhole(X_WC=X_WC, K=K, width_px=width, height_px=height)


def _directions(camera: Pinhole) -> NDArray[np.float64]:
    """Unit ray of every pixel in the camera frame, (h, w, 3)."""
    v, u = np.mgrid[: camera.height_px, : camera.width_px]
    rays = np.stack((u, v, np.ones_like(u)), -1) @ np.linalg.inv(camera.K).T
    return np.asarray(rays / np.linalg.norm(rays, axis=-1, keepdims=True))


def _height(depth_m: NDArray[np.float32], camera: Pinhole) -> NDArray[np.float64]:
    """Height above the floor of what every pixel sees, (h, w), m."""
    rays = _directions(camera)
    return np.asarray(camera.X_WC.p[2] + depth_m / rays[..., 2] * (rays @ camera.X_WC.R[2]))
