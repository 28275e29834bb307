"""Where in a laser profile is the seam, and if it is nowhere, where to look for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, grey_closing, median_filter

from linewalker.geometry import Array
from linewalker.limbs.robot import LineProfile

_SKIN_NEEDED_MM = 8.0  # on both sides of the gap, for a good measurement
_WIDEST_MM = 16.0  # from skin to skin: a gap of 8 mm between edges of 4 mm
_SUNK_MM = 0.6  # a depression starts here
_DEEP_MM = 0.7  # and may be a seam if it is this deep somewhere
_SPLIT_MM = 1.0  # stray points inside a gap do not make two of it
_NO_RETURN_MM = 0.8  # this long without return is no drop-out but a hole
_HOLE_DEPTH_MM = 10.0
_BORDER_DROP_MM = 2.5  # skin that falls away this much at the end of the window falls into a gap
_LEAST_POINTS = 60


class Search(Enum):
    """Where to move a scanner whose window holds no whole seam."""

    STAY = "stay"
    LOW_X = "low_x"
    HIGH_X = "high_x"
    NEARER = "nearer"
    FARTHER = "farther"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, kw_only=True)
class SeamSighting:
    """A look for a seam. Scanner frame S.

    Attributes:
        search: STAY if the seam is in the window with enough skin on both sides. LOW_X or HIGH_X: the seam, or the skin
            beside it, lies beyond that end. ANYWHERE: a window full of skin. NEARER, FARTHER: little came back, from
            that end of the range; if nothing did, FARTHER, the direction that is safe.
        x_mm, z_mm: middle of the gap at the height of the skin; NaN if no gap is in the window.
        first, last: indices of the last skin point before the gap and of the first one after it; -1 if there is none.
        middle: index of the beam in the middle of the gap's deep part.
        standoff_mm: median range of what came back; NaN if nothing did.
    """

    search: Search
    x_mm: float = np.nan
    z_mm: float = np.nan
    first: int = -1
    last: int = -1
    middle: int = -1
    standoff_mm: float = np.nan

    @property
    def found(self) -> bool:
        """True if a gap is in the window, even without enough skin beside it."""
        return self.first >= 0


def find_seam(
    profile: LineProfile, *, expected_x_mm: float = 0.0, middle_mm: float = 150.0, deep_mm: float = _DEEP_MM
) -> SeamSighting:
    """Find the seam nearest to ``expected_x_mm``; ``middle_mm`` is the middle of the scanner's range.

    A gap is a stretch deeper, by ``deep_mm`` somewhere, than a closing (dilation, then erosion: it fills what is
    narrower than 16 mm) of the profile. A step between the panels is no depression, so flush does not disturb. Works in
    the order of the scan, because behind an edge the beam may come back at a smaller x than before it.
    """
    finite = np.isfinite(profile.z_mm)
    if finite.sum() < _LEAST_POINTS:
        standoff = float(np.median(profile.z_mm[finite])) if finite.any() else np.nan
        return SeamSighting(search=Search.NEARER if standoff > middle_mm else Search.FARTHER, standoff_mm=standoff)
    pitch = float(np.median(np.diff(profile.x_mm[finite])))
    height = _height(profile.z_mm, finite, pitch)
    standoff = float(np.median(profile.z_mm[finite]))
    runs = _depressions(height, pitch, deep_mm)
    if not runs:
        return SeamSighting(search=_border_search(height, pitch), standoff_mm=standoff)
    x = np.interp(np.arange(len(finite)), np.flatnonzero(finite), profile.x_mm[finite])
    first, middle, last = min(runs, key=lambda run: abs(0.5 * (x[run[0]] + x[run[2]]) - expected_x_mm))
    low_skin, high_skin = height[max(first - int(4 / pitch), 0) : first], height[last + 1 : last + int(4 / pitch)]
    return SeamSighting(
        search=_skin_search(profile.x_mm[finite], x[first], x[last]),
        x_mm=float(0.5 * (x[first] + x[last])),
        z_mm=-0.5 * float(np.median(low_skin) + np.median(high_skin)),
        first=first,
        last=last,
        middle=middle,
        standoff_mm=standoff,
    )


def _height(z_mm: Array, finite: NDArray[np.bool_], pitch: float) -> Array:
    """Height of every beam without single outliers; drop-outs filled in, holes filled with something deep."""
    index = np.arange(len(z_mm))
    seen = index[finite]
    height = np.interp(index, seen, median_filter(-z_mm[finite], 5, mode="nearest"))
    before = seen[np.clip(np.searchsorted(seen, index, side="right") - 1, 0, None)]
    after = seen[np.clip(np.searchsorted(seen, index), None, len(seen) - 1)]
    hole = ~finite & (after - before > _NO_RETURN_MM / pitch)
    height[hole] = np.minimum(height[before], height[after])[hole] - _HOLE_DEPTH_MM
    height[: seen[0]] = height[seen[0]] - _HOLE_DEPTH_MM
    height[seen[-1] + 1 :] = height[seen[-1]] - _HOLE_DEPTH_MM
    return height


def _depressions(height: Array, pitch: float, deep_mm: float) -> list[tuple[int, int, int]]:
    """Last index before, middle of the deep part, first index after each stretch deep under the closing."""
    level = _levelled(height, pitch)
    width = int(_WIDEST_MM / pitch)
    depth = grey_closing(np.pad(level, width, mode="edge"), width)[width:-width] - level
    sunk = binary_closing(depth > _SUNK_MM, np.ones(max(int(_SPLIT_MM / pitch), 1)))
    steps = np.diff(np.r_[False, sunk, False].astype(int))
    runs = []
    for start, stop in zip(np.flatnonzero(steps == 1) - 1, np.flatnonzero(steps == -1)):
        inside = depth[start + 1 : stop]
        if start >= 0 and stop < len(depth) and inside.max() > deep_mm:
            deep = np.flatnonzero(inside > 0.5 * inside.max())
            runs.append((int(start), int(start + 1 + (deep[0] + deep[-1]) // 2), int(stop)))
    return runs


def _levelled(height: Array, pitch: float) -> Array:
    """Height less the slope that most of the profile has over 2 mm; zero at its median."""
    lag = max(int(2.0 / pitch), 1)
    slope = np.median(height[lag:] - height[:-lag]) / lag
    level = height - slope * np.arange(len(height))
    return level - np.median(level)


def _border_search(height: Array, pitch: float) -> Search:
    """Skin that drops at one end of the window drops into the gap that is being looked for."""
    level = _levelled(height, pitch)
    width = max(int(1.0 / pitch), 1)
    ends = {Search.LOW_X: level[:width], Search.HIGH_X: level[-width:]}
    dropped = [search for search, end in ends.items() if np.median(end) < -_BORDER_DROP_MM]
    return dropped[0] if len(dropped) == 1 else Search.ANYWHERE


def _skin_search(x: Array, low: float, high: float) -> Search:
    if low - x.min() < _SKIN_NEEDED_MM:
        return Search.LOW_X
    return Search.HIGH_X if x.max() - high < _SKIN_NEEDED_MM else Search.STAY
