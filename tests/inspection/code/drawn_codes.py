"""Pictures of codes as a camera takes them: oblique, turned, blurred, noisy, in light that slopes and shines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from linewalker.factory.orders.vin import ALPHABET
from linewalker.geometry import exp_so3
from linewalker.inspection.code.reader import SYMBOLOGIES

_FINE = 16  # texels of a module
_FROM = 60.0, 150.0  # modules that the camera is away
_SAMPLES = 3  # of a pixel, in each direction


@dataclass(frozen=True, kw_only=True, eq=False)
class Photograph:
    """A picture of one code.

    Attributes:
        text, symbology: what was printed.
        grey: (h, w) the picture.
        corners_px: (4, 2) of the code, quiet zone left out; clockwise from its upper left.
        module_px: side of a module where the slant makes it shortest, in the middle of the code.
    """

    text: str
    symbology: str
    grey: NDArray[np.uint8]
    corners_px: NDArray[np.float64]
    module_px: float


def draw_vin(rng: np.random.Generator) -> str:
    """Any 17 characters that a VIN may have."""
    return "".join(rng.choice(list(ALPHABET), 17))


def photograph(
    rng: np.random.Generator,
    *,
    symbology: str,
    text: str,
    module_px: tuple[float, float] = (4.0, 9.0),
    steepest_deg: float = 50.0,
) -> Photograph:
    """A picture under conditions drawn at random.

    Args:
        rng: of the conditions.
        symbology, text: of the code.
        module_px: range of the side of a module, along the slant.
        steepest_deg: of the line of sight against the normal of the code.
    """
    label, quiet, ink = _label(rng, symbology, text)
    side_px, tilt = rng.uniform(*module_px), np.radians(rng.uniform(0, steepest_deg))
    slant = rng.uniform(0, 2 * np.pi)
    R = exp_so3(tilt * np.array([np.cos(slant), np.sin(slant), 0])) @ exp_so3([0, 0, rng.uniform(0, 2 * np.pi)])
    distance = rng.uniform(*_FROM)
    H = _camera(R, distance, side_px * distance / np.cos(tilt), np.array(label.shape[::-1]))
    height, width = label.shape
    sheet = _mapped(H, [(0, 0), (width, 0), (width, height), (0, height)])
    low = sheet.min(axis=0) - rng.uniform(5, 30, 2)
    size = np.ceil(sheet.max(axis=0) + rng.uniform(5, 30, 2) - low).astype(int)
    to_picture = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1.0]]) @ H
    grey = _exposed(rng, _sampled(label, to_picture, size, side_px, rng.uniform(10, 220)), side_px)
    a, (b, c) = quiet * _FINE, (ink[1] + quiet) * _FINE * np.ones(2) + [0, (ink[0] - ink[1]) * _FINE]
    corners = _mapped(to_picture, [(a, a), (b, a), (b, c), (a, c)])
    return Photograph(text=text, symbology=symbology, grey=grey, corners_px=corners, module_px=side_px)


def _label(rng: np.random.Generator, symbology: str, text: str) -> tuple[NDArray[np.float32], int, tuple[int, ...]]:
    """Ink on paper; the width of the quiet zone, and rows and columns of the code, in modules."""
    code = zxingcpp.create_barcode(text, SYMBOLOGIES[symbology])
    modules = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) > 0
    quiet, dark = int(rng.integers(2, 5)), rng.uniform(10, 70)
    paper = np.pad(modules, quiet, constant_values=True).astype(np.float32)
    fine = np.kron(paper, np.ones((_FINE, _FINE), np.float32))
    return np.asarray(dark + rng.uniform(60, 170) * fine, np.float32), quiet, modules.shape


def _camera(R: NDArray[np.float64], distance: float, focal_px: float, size: NDArray[np.int64]) -> NDArray[np.float64]:
    """Texels of a label to pixels; the camera looks at its middle, lengths in modules."""
    to_plane = np.array([[1 / _FINE, 0, -0.5 * size[0] / _FINE], [0, 1 / _FINE, -0.5 * size[1] / _FINE], [0, 0, 1.0]])
    seen = np.column_stack((R[:, 0], R[:, 1], [0, 0, distance]))
    return np.asarray(np.diag([focal_px, focal_px, 1.0]) @ seen @ to_plane)


def _mapped(H: NDArray[np.float64], points: list[tuple[float, float]]) -> NDArray[np.float64]:
    return np.asarray(cv2.perspectiveTransform(np.array([points], float), H)[0])


def _sampled(
    label: NDArray[np.float32], H: NDArray[np.float64], size: NDArray[np.int64], side_px: float, ground: float
) -> NDArray[np.float32]:
    """What falls on each pixel: the mean over its area."""
    finer = np.diag([_SAMPLES, _SAMPLES, 1.0]) @ H
    soft = cv2.GaussianBlur(label, (0, 0), 0.5 * _FINE / (side_px * _SAMPLES))
    fine = cv2.warpPerspective(soft, finer, (_SAMPLES * size).tolist(), borderValue=ground)
    return np.asarray(cv2.resize(fine, size.tolist(), interpolation=cv2.INTER_AREA), np.float32)


def _exposed(rng: np.random.Generator, light: NDArray[np.float32], side_px: float) -> NDArray[np.uint8]:
    """Blur up to 0.22 modules, light sloping by up to a half, glare now and then, noise of the sensor."""
    height, width = light.shape
    blurred = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.3, max(0.22 * side_px, 0.31)))
    rows, columns = np.mgrid[:height, :width]
    slope = rng.uniform(-0.5, 0.5, 2)
    blurred = blurred * (1 + slope[0] * (columns / width - 0.5) + slope[1] * (rows / height - 0.5))
    if rng.random() < 0.3:
        away = (columns - rng.uniform(0, width)) ** 2 + (rows - rng.uniform(0, height)) ** 2
        blurred = blurred + rng.uniform(20, 80) * np.exp(-0.5 * away / (rng.uniform(0.15, 0.5) * width) ** 2)
    exposed = rng.uniform(0.35, 1.1) * blurred
    noise = np.sqrt(rng.uniform(1, 3) ** 2 + 0.05 * np.clip(exposed, 0, 255))
    return np.asarray(np.clip(np.round(exposed + noise * rng.normal(size=light.shape)), 0, 255), np.uint8)
