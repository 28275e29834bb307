"""Surfaces as cameras see them: cast tiles and turned metal, good ones and ones with defects."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def tile(rng: np.random.Generator, defect: str = "") -> Picture:
    """A magnetic tile: grain, grinding strokes, light that is never the same; a defect is one of `TILE_DEFECTS`."""
    height, width = 180, int(rng.integers(220, 300))
    grain = cv2.GaussianBlur(rng.normal(size=(height, width)), (0, 0), rng.uniform(0.7, 1.1)) * rng.uniform(8, 14)
    ground = cv2.GaussianBlur(rng.normal(size=(height, width)), (0, 0), sigmaX=1.0, sigmaY=14.0) * rng.uniform(15, 30)
    grey = rng.uniform(70, 130) + grain + ground + _sloping(rng, (height, width), 25)
    if defect:
        grey = _DEFECTS[defect](rng, grey)
    return _exposed(rng, grey)


def commutator(rng: np.random.Generator, defect: str = "") -> Picture:
    """Turned metal between dark edges; ``crack``: fine, dark, crooked."""
    height, width = 320, 160
    lines = cv2.GaussianBlur(rng.normal(size=(height, width)), (0, 0), sigmaX=20.0, sigmaY=0.8) * rng.uniform(18, 30)
    grey = 130 + lines + cv2.GaussianBlur(rng.normal(size=(height, width)), (0, 0), 0.8) * 8
    grey[: int(rng.integers(24, 30))] -= 70
    grey[-int(rng.integers(24, 30)) :] -= 60
    for _ in range(int(rng.integers(0, 4))):  # dust
        at = rng.integers([5, 40], [width - 5, height - 40])
        cv2.circle(grey, at.tolist(), 1, float(grey.mean() + rng.uniform(-25, 25)), -1, cv2.LINE_AA)
    if defect:
        grey = _crack(rng, grey, margin=45)
    return _exposed(rng, grey + _sloping(rng, (height, width), 15))


def _sloping(rng: np.random.Generator, size: tuple[int, int], height: float) -> NDArray[np.float64]:
    rows, columns = np.mgrid[-1 : 1 : size[0] * 1j, -1 : 1 : size[1] * 1j]
    a, b, c = rng.uniform(-height, height, 3)
    return np.asarray(a * rows + b * columns + 0.5 * c * (rows**2 - columns**2))


def _crack(rng: np.random.Generator, grey: NDArray[np.float64], margin: int = 20) -> NDArray[np.float64]:
    height, width = grey.shape
    mask = np.zeros((height, width), np.float32)
    at, heading = rng.uniform([margin, margin], [width - margin, height - margin]), rng.uniform(0, 2 * np.pi)
    for _ in range(int(rng.integers(5, 10))):
        heading += rng.normal(0, 0.5)
        to = at + rng.uniform(4, 9) * np.array([np.cos(heading), np.sin(heading)])
        cv2.line(
            mask, np.round(8 * at).astype(int).tolist(), np.round(8 * to).astype(int).tolist(), 1.0, 1, cv2.LINE_AA, 3
        )
        at = to
    return grey - rng.uniform(35, 60) * cv2.GaussianBlur(mask, (0, 0), 0.7)


def _blowhole(rng: np.random.Generator, grey: NDArray[np.float64]) -> NDArray[np.float64]:
    mask = np.zeros(grey.shape, np.float32)
    at = rng.integers([15, 15], np.array(grey.shape[::-1]) - 15)
    axes = rng.integers(2, 5, 2)
    cv2.ellipse(mask, at.tolist(), axes.tolist(), float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    return grey - rng.uniform(35, 60) * cv2.GaussianBlur(mask, (0, 0), 1.0)


def _break(rng: np.random.Generator, grey: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = grey.shape
    at = np.array([rng.uniform(0, width), rng.choice([0, height])])
    corners = at + rng.uniform(12, 26, (9, 1)) * np.column_stack([f(np.arange(9) * 0.7) for f in (np.cos, np.sin)])
    mask = cv2.fillPoly(np.zeros(grey.shape, np.float32), [corners.astype(np.int32)], 1.0)
    rough = cv2.GaussianBlur(rng.normal(size=grey.shape), (0, 0), 2.0) * 60
    soft = cv2.GaussianBlur(mask, (0, 0), 1.0)
    return np.asarray(grey * (1 - soft) + soft * (grey.mean() - rng.uniform(15, 35) + rough))


def _fray(rng: np.random.Generator, grey: NDArray[np.float64]) -> NDArray[np.float64]:
    mask = np.zeros(grey.shape, np.float32)
    at = rng.integers([30, 30], np.array(grey.shape[::-1]) - 30)
    cv2.ellipse(mask, at.tolist(), rng.integers(10, 25, 2).tolist(), float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    rough = cv2.GaussianBlur(rng.normal(size=grey.shape), (0, 0), 1.2) * 45
    return np.asarray(grey + cv2.GaussianBlur(mask, (0, 0), 4.0) * rough)


_DEFECTS: dict[str, Callable[[np.random.Generator, NDArray[np.float64]], NDArray[np.float64]]] = {
    "blowhole": _blowhole,
    "crack": _crack,
    "break": _break,
    "fray": _fray,
}
TILE_DEFECTS = tuple(_DEFECTS)


def _exposed(rng: np.random.Generator, grey: NDArray[np.float64]) -> Picture:
    seen = rng.uniform(0.75, 1.2) * cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 0.7)) + rng.normal(
        0, 2.5, grey.shape
    )
    return np.asarray(np.repeat(np.clip(seen, 0, 255).astype(np.uint8)[..., None], 3, axis=2))
