"""Where a part should appear in a picture, and whether anything stands before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array, Pose
from linewalker.inspection.cad.catalogue import Part
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage

_LEAST_PX = 10.0  # smaller than this a part shows no shape
_FLATTEST = np.cos(np.radians(80.0))
_HIDDEN_SHARE = 0.25
_DEPTH_SLACK_M = 0.08  # pose error and depth noise; what is nearer by more stands before the part


@dataclass(frozen=True, kw_only=True)
class Region:
    """A box in a picture, px: columns ``left`` to ``right``, rows ``top`` to ``bottom`` (ends excluded)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.right - self.left, self.bottom - self.top

    def grown(self, margin: int, width: int, height: int) -> Region:
        """The box with a margin around it, clipped to a picture."""
        return Region(
            left=max(self.left - margin, 0),
            top=max(self.top - margin, 0),
            right=min(self.right + margin, width),
            bottom=min(self.bottom + margin, height),
        )

    def cut(self, picture: NDArray) -> NDArray:
        """The part of a picture (h, w, ...) inside the box."""
        return picture[self.top : self.bottom, self.left : self.right]


def corners_V_mm(part: Part) -> Array:
    """Corners (4, 3) of the part's rectangle in V, mm."""
    across = np.cross(part.up, part.normal)
    half_width, half_height = 0.5 * part.width_mm * across, 0.5 * part.height_mm * part.up
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    return np.asarray(part.p_V_mm + signs @ np.stack((half_width, half_height)))


def part_region(part: Part, X_CV: Pose, image: RgbdImage) -> Region | Undecided:
    """The box around the projected part, if it is in the picture, large enough, and nothing stands before it.

    Args:
        part: what to look for.
        X_CV: where the vehicle is believed to stand in the camera frame.
        image: the picture.
    """
    height, width = image.rgb.shape[:2]
    corners_C = X_CV.apply(1e-3 * corners_V_mm(part))
    centre_C = X_CV.apply(1e-3 * part.p_V_mm)
    facing = -(X_CV.R @ part.normal) @ centre_C / np.linalg.norm(centre_C)
    if corners_C[:, 2].min() < 0.05 or facing < _FLATTEST:
        return Undecided(reason=Reason.PART_HIDDEN, detail=f"{part.name} is turned away from the camera")
    px = corners_C @ image.K.T
    px = px[:, :2] / px[:, 2:]
    region = Region(
        left=int(np.floor(px[:, 0].min())),
        top=int(np.floor(px[:, 1].min())),
        right=int(np.ceil(px[:, 0].max())) + 1,
        bottom=int(np.ceil(px[:, 1].max())) + 1,
    )
    if region.left < 0 or region.top < 0 or region.right > width or region.bottom > height:
        return Undecided(reason=Reason.PART_HIDDEN, detail=f"{part.name} is not wholly in the picture")
    if max(region.size) < _LEAST_PX:
        return Undecided(reason=Reason.PART_HIDDEN, detail=f"{part.name} is only {max(region.size)} px large")
    nearest_m = float(corners_C[:, 2].min()) - _DEPTH_SLACK_M - 1e-3 * 0.25 * max(part.width_mm, part.height_mm)
    depth = region.cut(image.depth_m)
    seen = np.isfinite(depth)
    hidden = float((depth[seen] < nearest_m).mean()) if seen.any() else 0.0
    if hidden > _HIDDEN_SHARE:
        return Undecided(reason=Reason.PART_HIDDEN, detail=f"something stands before {hidden:.0%} of {part.name}")
    return region
