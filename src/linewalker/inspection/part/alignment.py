"""A picture laid onto a rendering: what of pictures is compared, and by how much one is off against the other."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Features = NDArray[np.float32]

SEARCH_PX = 25
_USUAL_SHIFT_PX = 20.0  # of a car that is not located yet
LEAST_CORRELATION = 0.20


def features(rgb: Rgb) -> Features:
    """What is compared of a picture, (h, w, 4): gradient of log luminance (2), log red/green, log blue/green."""
    log = np.log(rgb.astype(np.float32) + 12.0)
    smooth = cv2.GaussianBlur(log, (0, 0), 1.3)
    luminance = smooth.mean(axis=2)
    colour = cv2.GaussianBlur(log, (0, 0), 2.0)
    return np.dstack(
        (
            cv2.Sobel(luminance, cv2.CV_32F, 1, 0, scale=0.125),
            cv2.Sobel(luminance, cv2.CV_32F, 0, 1, scale=0.125),
            colour[..., 0] - colour[..., 1],
            colour[..., 2] - colour[..., 1],
        )
    ).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """A picture moved onto a rendering.

    Attributes:
        picture: (h, w, 3) of the size of the rendering.
        features: of that picture.
        correlation: of the gradients, at most 1.
        shift_px: by how much the picture was off, (column, row).
    """

    picture: Rgb
    features: Features
    correlation: float
    shift_px: tuple[float, float]

    @property
    def likelihood(self) -> float:
        """Correlation, less for a far shift: a pose is wrong by some pixels, rarely by many."""
        return self.correlation * float(np.exp(-0.5 * (np.hypot(*self.shift_px) / _USUAL_SHIFT_PX) ** 2))


def align(window: Rgb, expected: Features, start: tuple[int, int]) -> Aligned:
    """Best shift by correlation of gradients, then ECC to fractions of a pixel and a degree.

    Args:
        window: the picture with a margin to search in.
        expected: features of the rendering.
        start: column and row of the window at which the rendering is believed to lie.
    """
    gradient = np.ascontiguousarray(features(window)[..., :2])
    scores = _correlation(gradient, np.ascontiguousarray(expected[..., :2]))
    correlation = float(scores.max())
    row, column = divmod(int(scores.argmax()), scores.shape[1])
    if correlation < LEAST_CORRELATION:  # a picture without structure can not tell where it lies
        column, row = start
    warp = _refined(gradient, expected, np.array([[1, 0, column], [0, 1, row]], np.float32))
    height, width = expected.shape[:2]
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    picture = cv2.warpAffine(window, warp, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Aligned(
        picture=np.asarray(picture, np.uint8),
        features=features(np.asarray(picture, np.uint8)),
        correlation=correlation,
        shift_px=(float(warp[0, 2] - start[0]), float(warp[1, 2] - start[1])),
    )


def _correlation(gradient: Features, template: Features) -> NDArray[np.float32]:
    """Normalised correlation of two gradient fields (h, w, 2) for every place of the smaller in the larger."""
    product = cv2.matchTemplate(gradient, template, cv2.TM_CCORR)
    ones = np.ones(template.shape[:2], np.float32)
    energy = cv2.matchTemplate((gradient**2).sum(axis=2), ones, cv2.TM_CCORR)
    return np.asarray(product / np.sqrt(np.maximum(energy, 1e-6) * max(float((template**2).sum()), 1e-6)))


def _refined(gradient: Features, expected: Features, warp: NDArray[np.float32]) -> NDArray[np.float32]:
    """ECC (Evangelidis, Psarakis 2008) on the strength of gradients; the coarse answer where it does not converge."""
    strength = np.linalg.norm(gradient, axis=2)
    template = np.linalg.norm(expected[..., :2], axis=2)
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 30, 1e-4)
    try:
        _, refined = cv2.findTransformECC(template, strength, warp.copy(), cv2.MOTION_EUCLIDEAN, criteria, None, 3)
    except cv2.error:
        return warp
    moved = np.abs(refined[:, 2] - warp[:, 2]).max()
    return np.asarray(refined, np.float32) if moved < 3 and abs(refined[1, 0]) < np.sin(np.radians(4)) else warp
