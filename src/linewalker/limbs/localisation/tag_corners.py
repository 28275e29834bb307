"""Corners of AprilTags in a picture, found where the edges of the black square cross.

A detector that looks at a corner sees it rounded off by the lens and takes it too far inside: a third of a pixel each,
which makes a board of 46 pixels look 5 cm farther away at 3.5 m. A straight edge is blurred alike on both sides. So
each edge is found along its length, away from corners, and corners are where the four lines meet.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Array
from linewalker.limbs.localisation.tag_boards import CELLS, FAMILY

ALONG, ACROSS = 16, 13
"""Samples along an edge and across it."""
_ENDS = 0.15
"""Share of an edge next to each corner that is left out."""
_WIDEST_PX, _CELL = 3.0, 0.7
"""How far from an edge to look: at most so many pixels, and so much of a cell, for beyond it the code begins."""
_PASSES = 2


class TagCorners:
    """Finds tags of the family and where their corners are."""

    def __init__(self) -> None:
        self._detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(FAMILY))

    def __reduce__(self) -> tuple[type[TagCorners], tuple[()]]:
        """OpenCV's detector can not be copied, but all are alike."""
        return TagCorners, ()

    def find(self, rgb: NDArray[np.uint8]) -> Mapping[int, Array]:
        """Corners of every tag seen, by its number, in the order of `TagBoard.corners_W`: (4, 2), px.

        A number that is seen twice is left out: nobody knows which is which.

        Args:
            rgb: (height, width, 3).
        """
        grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
        found, numbers, _ = self._detector.detectMarkers(grey)
        if numbers is None:
            return {}
        corners = sharpened(grey, np.array(found, float).reshape(-1, 4, 2))
        known, counts = np.unique(numbers, return_counts=True)
        once = set(known[counts == 1].tolist())
        return {number: seen for number, seen in zip(np.ravel(numbers).tolist(), corners) if number in once}


def sharpened(grey: NDArray[np.uint8], corners: Array) -> Array:
    """Corners where the edges of dark squares on bright ground cross.

    Args:
        grey: the picture, (height, width).
        corners: of k squares to start from, clockwise, within a pixel or two, (k, 4, 2), px.

    Returns:
        the same, (k, 4, 2).
    """
    at = np.linspace(_ENDS, 1.0 - _ENDS, ALONG)
    for _ in range(_PASSES):
        begin, end = corners, np.roll(corners, -1, axis=1)
        length = np.linalg.norm(end - begin, axis=2, keepdims=True)
        along = (end - begin) / length
        out = np.stack((along[..., 1], -along[..., 0]), axis=2)  # clockwise in a picture whose y points down
        reach = np.minimum(_WIDEST_PX, _CELL / CELLS * length)
        steps = np.linspace(-1.0, 1.0, ACROSS) * reach
        foot = begin[:, :, None] + at[:, None] * (end - begin)[:, :, None]
        places = foot[:, :, :, None] + steps[:, :, None, :, None] * out[:, :, None, None]
        light = _light(grey, places)
        rise = np.maximum(np.diff(light, axis=3), 0.0)
        middles = 0.5 * (steps[..., 1:] + steps[..., :-1])
        off = (rise * middles[:, :, None]).sum(axis=3) / np.maximum(rise.sum(axis=3), 1e-9)
        corners = _crossings(foot + off[..., None] * out[:, :, None])
    return corners


def _light(grey: NDArray[np.uint8], places: Array) -> Array:
    """The picture between its pixels, at places (..., 2)."""
    flat = places.reshape(-1, ALONG * ACROSS, 2).astype(np.float32)
    seen = cv2.remap(grey.astype(np.float32), flat, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, float).reshape(places.shape[:-1])


def _crossings(points: Array) -> Array:
    """Where the lines through points of neighbouring edges meet: points (k, 4, n, 2), crossings (k, 4, 2)."""
    middle = points.mean(axis=2)
    spread = points - middle[:, :, None]
    _, directions = np.linalg.eigh(np.einsum("keni,kenj->keij", spread, spread))
    normal = directions[..., 0]
    before, level = np.roll(normal, 1, axis=1), np.einsum("kei,kei->ke", normal, middle)
    sides = np.stack((before, normal), axis=2)
    return np.linalg.solve(sides, np.stack((np.roll(level, 1, axis=1), level), axis=2)[..., None])[..., 0]
