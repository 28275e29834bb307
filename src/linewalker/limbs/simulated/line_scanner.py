"""A laser-line profiler, simulated: a fan of rays, a camera that may be in the shadow, and the noise of a real one."""

from __future__ import annotations

from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array, Pose
from linewalker.limbs.profile import ScannerMount
from linewalker.limbs.robot import LineProfile
from linewalker.physics.geom_groups import GeomGroup, group_mask

_FINE = group_mask(GeomGroup.RAY)
_COARSE = group_mask(GeomGroup.HALL, GeomGroup.VISUAL)


@dataclass(frozen=True, kw_only=True)
class LaserFlaws:
    """How a line scanner errs, beside the noise its mount declares.

    Attributes:
        dropout: share of points that do not come back.
        outlier: share of points that come back from elsewhere, by up to ``outlier_mm``.
        steep_rad: angle between beam and surface normal from which the light comes back badly.
        steep_dropout, steep_outlier: shares on such flanks.
        outlier_mm: largest error of an outlier.
        baseline_mm: distance of the camera from the laser, along y of S; 0 leaves its shadows out.
    """

    dropout: float = 0.01
    outlier: float = 0.001
    steep_rad: float = np.radians(75.0)
    steep_dropout: float = 0.5
    steep_outlier: float = 0.1
    outlier_mm: float = 1.0
    baseline_mm: float = 40.0


class LineScanner:
    """One laser-line profiler on a body of a model.

    The laser is a fan from the origin of S in its x-z plane: ``width_mm`` wide and one ray every ``pitch_mm`` in the
    middle of the range. Rays see the fine meshes first, and where there are none whatever a camera would see.
    The camera that triangulates sits beside the laser plane; what it can not see is missing, and so is what is out of
    range.

    Args:
        model: where to look.
        mount: the scanner; rays pass through the body that carries it.
        flaws: how it errs.
        prefix: what the name of that body begins with in the model.
    """

    def __init__(self, model: mujoco.MjModel, mount: ScannerMount, flaws: LaserFlaws | None = None, prefix: str = ""):
        self.mount = mount
        self.flaws = flaws if flaws is not None else LaserFlaws()
        self._model, self._body = model, model.body(f"{prefix}{mount.body}").id
        half = round(0.5 * mount.width_mm / mount.pitch_mm)
        middle_mm = 0.5 * (mount.near_mm + mount.far_mm)
        self._tangent = np.arange(-half, half + 1) * mount.pitch_mm / middle_mm
        fan = np.column_stack((self._tangent, np.zeros_like(self._tangent), np.ones_like(self._tangent)))
        self._fan_S = fan / np.linalg.norm(fan, axis=1, keepdims=True)

    def scan(self, data: mujoco.MjData, X_WS: Pose, rng: np.random.Generator) -> LineProfile:
        """A profile from where the scanner stands; ``data`` must have its kinematics computed."""
        rays = self._fan_S @ X_WS.R.T
        distance, normal = self._cast(data, X_WS.p, rays, cutoff_m=1.2e-3 * self.mount.far_mm)
        z_mm = 1e3 * distance * self._fan_S[:, 2]
        z_mm[~self._camera_sees(data, X_WS, rays, distance)] = np.nan
        z_mm[_overhung(self._tangent * z_mm)] = np.nan
        z_mm = self._spoil(z_mm, np.abs(np.einsum("ij,ij->i", rays, normal)), rng)
        z_mm[(z_mm < self.mount.near_mm) | (z_mm > self.mount.far_mm)] = np.nan
        x_mm, z_mm = _ascending(self._tangent * z_mm, z_mm)
        return LineProfile(time_s=float(data.time), x_mm=x_mm, z_mm=z_mm)

    def _cast(self, data: mujoco.MjData, origin: Array, rays: Array, cutoff_m: float) -> tuple[Array, Array]:
        """Distances (k,), NaN where a ray meets nothing, and surface normals (k, 3)."""
        distance, normal = _cast(self._model, data, origin, rays, _FINE, self._body, cutoff_m)
        missed = np.flatnonzero(np.isnan(distance))
        if len(missed):
            found = _cast(self._model, data, origin, rays[missed], _COARSE, self._body, cutoff_m)
            distance[missed], normal[missed] = found
        return distance, normal

    def _camera_sees(self, data: mujoco.MjData, X_WS: Pose, rays: Array, distance: Array) -> NDArray[np.bool_]:
        """Whether nothing stands between each lit point and the camera beside the laser."""
        seen = np.isfinite(distance)
        if self.flaws.baseline_mm == 0 or not seen.any():
            return seen
        camera = X_WS.apply([0.0, 1e-3 * self.flaws.baseline_mm, 0.0])
        sight = X_WS.p + distance[seen, None] * rays[seen] - camera
        reach = np.linalg.norm(sight, axis=1)
        first, _ = _cast(self._model, data, camera, sight / reach[:, None], _FINE, self._body, float(reach.max()))
        seen[seen] = ~(first < reach - 1e-4)  # facets shade their neighbours by some micrometres
        return seen

    def _spoil(self, z_mm: Array, cosine: Array, rng: np.random.Generator) -> Array:
        """Noise, outliers and missing points; the same number of draws at every call."""
        flaws, k = self.flaws, len(z_mm)
        steep = cosine < np.cos(flaws.steep_rad)
        noise, lost, stray, astray = rng.normal(size=k), rng.random(k), rng.random(k), rng.uniform(-1, 1, k)
        spoilt = z_mm + self.mount.noise_mm * noise * np.where(steep, 3.0, 1.0)
        spoilt += np.where(stray < np.where(steep, flaws.steep_outlier, flaws.outlier), flaws.outlier_mm * astray, 0.0)
        spoilt[lost < np.where(steep, flaws.steep_dropout, flaws.dropout)] = np.nan
        return spoilt


def _cast(
    model: mujoco.MjModel,
    data: mujoco.MjData,
    origin: Array,
    rays: Array,
    groups: NDArray[np.uint8],
    body: int,
    cutoff_m: float,
) -> tuple[Array, Array]:
    """Rays (k, 3) of unit length from one point, through ``body``; distances with NaN for nothing, normals (k, 3)."""
    k = len(rays)
    geom, distance, normal = np.zeros(k, np.int32), np.zeros(k), np.zeros((k, 3))
    start, directions = np.array(origin, float).reshape(3, 1), np.ascontiguousarray(rays).reshape(-1, 1)
    mujoco.mj_multiRay(
        model, data, start, directions, groups, True, body, geom, distance, normal.reshape(-1, 1), k, cutoff_m
    )
    distance[geom < 0] = np.nan
    return distance, normal


def _overhung(x_mm: Array) -> NDArray[np.bool_]:
    """Points the fan reaches below an edge that is nearer to the scanner: in x they lie beyond that edge."""
    half = len(x_mm) // 2
    hidden = np.zeros(len(x_mm), bool)
    for side in (slice(len(x_mm) - 1, half, -1), slice(0, half)):
        outward = np.abs(x_mm[side])
        nearest = np.fmin.accumulate(np.where(np.isnan(outward), np.inf, outward))
        hidden[side][1:] = outward[1:] > nearest[:-1] - 1e-6
    return hidden


def _ascending(x_mm: Array, z_mm: Array) -> tuple[Array, Array]:
    """Points in the order of x; those that are missing get an x between their neighbours'."""
    index = np.arange(len(x_mm))
    known = np.flatnonzero(np.isfinite(z_mm))
    if len(known) < 2:
        return index.astype(float), z_mm
    order = known[np.argsort(x_mm[known], kind="stable")]
    z_mm[known] = z_mm[order]
    pitch = (x_mm[order[-1]] - x_mm[order[0]]) / (known[-1] - known[0])
    beyond = np.minimum(index - known[0], 0) + np.maximum(index - known[-1], 0)
    ascending: Array = np.interp(index, known, x_mm[order]) + pitch * beyond
    return ascending, z_mm
