"""A colour and depth camera, simulated: the rendered picture, spoilt the way a sensor spoils it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.limbs.profile import CameraMount
from linewalker.limbs.robot import RgbdImage
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole


@dataclass(frozen=True, kw_only=True)
class CameraFlaws:
    """How an RGB-D camera errs. Colour values run from 0 to 255.

    Attributes:
        exposure: standard deviation of the exposure between pictures, relative.
        white_balance: standard deviation of each colour's gain between pictures, relative.
        blur_px: standard deviation of the lens blur.
        read_noise: standard deviation of the noise of a dark pixel.
        shot_noise: variance per grey level that light adds.
        depth_noise_per_m: standard deviation of depth over its square, 1/m.
        depth_hole: share of the picture in which depth is missing, in patches.
        depth_near_m, depth_far_m: range of the depth sensor.
    """

    exposure: float = 0.03
    white_balance: float = 0.01
    blur_px: float = 0.5
    read_noise: float = 1.0
    shot_noise: float = 0.03
    depth_noise_per_m: float = 0.0015
    depth_hole: float = 0.02
    depth_near_m: float = 0.2
    depth_far_m: float = 6.0


class RgbdCamera:
    """One RGB-D camera of a model.

    Args:
        view: renders the model.
        mount: the camera.
        flaws: how it errs.
        fine: samples per pixel and direction in the rendering.
    """

    def __init__(self, view: ModelView, mount: CameraMount, flaws: CameraFlaws | None = None, *, fine: int = 2):
        self.mount = mount
        self.flaws = flaws if flaws is not None else CameraFlaws()
        self._view, self._fine = view, fine
        self.K = Pinhole.matrix(mount.width_px, mount.height_px, mount.fov_y_rad)

    def take(self, data: mujoco.MjData, X_WC: Pose, rng: np.random.Generator) -> RgbdImage:
        """A picture from where the camera stands; ``data`` must have its kinematics computed."""
        pinhole = Pinhole(X_WC=X_WC, K=self.K, width_px=self.mount.width_px, height_px=self.mount.height_px)
        picture = self._view.take(data, pinhole, fine=self._fine)
        return RgbdImage(
            time_s=float(data.time),
            rgb=self._expose(picture.rgb, rng),
            depth_m=self._range(picture.depth_m, rng),
            K=self.K.copy(),
        )

    def _expose(self, rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
        flaws = self.flaws
        gain = (1 + flaws.exposure * rng.normal()) * (1 + flaws.white_balance * rng.normal(size=3))
        light = cv2.GaussianBlur(rgb.astype(np.float32), (0, 0), flaws.blur_px) * gain.astype(np.float32)
        sigma = np.sqrt(flaws.read_noise**2 + flaws.shot_noise * light)
        noisy = light + sigma * rng.standard_normal(rgb.shape, np.float32)
        return np.clip(noisy + 0.5, 0, 255).astype(np.uint8)

    def _range(self, depth_m: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
        flaws = self.flaws
        height, width = depth_m.shape
        noise = rng.standard_normal(depth_m.shape, np.float32)
        patches = cv2.resize(rng.random((height // 8 + 1, width // 8 + 1), np.float32), (width, height))
        limit = np.quantile(patches, flaws.depth_hole) if flaws.depth_hole > 0 else -1.0
        measured = depth_m + np.float32(flaws.depth_noise_per_m) * depth_m**2 * noise
        lost = (patches < limit) | (measured < flaws.depth_near_m) | (measured > flaws.depth_far_m)
        measured[lost] = np.nan
        return measured
