"""What is measured at every place of a picture: strokes and spots of several sizes, dark and light, and roughness."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

STRIDE = 4
"""Pixels of a picture to one place of its responses."""

_LEVELS = 3  # of the pyramid: strokes of widths 1, 2 and 4 times the finest
_TURNS = 8
_WIDTH_PX, _LENGTH_PX = 1.2, 4.0  # standard deviations of a stroke across and along
_GROUND_PX = 24.0  # what changes more slowly is light
_MOST_PIXELS = 1.3e6
_LEAST_SIDE_PX = 8 * STRIDE


def responses(picture: NDArray[np.uint8]) -> Array:
    """Responses (h, w, c) of a picture (.., .., 3), all positive, one place for every `STRIDE` pixels."""
    grey = _normalised(picture)
    size = grey.shape[1] // STRIDE, grey.shape[0] // STRIDE
    channels: list[Array] = []
    level = grey
    for _ in range(_LEVELS):
        if min(level.shape) < 8:
            level = cv2.resize(level, (max(level.shape[1], 8), max(level.shape[0], 8)))
        for stroke in _strokes():
            channels += _both_signs(cv2.filter2D(level, cv2.CV_32F, stroke), size)
        spot = cv2.GaussianBlur(level, (0, 0), 1.5) - cv2.GaussianBlur(level, (0, 0), 3.0)
        channels += _both_signs(spot, size)
        roughness = cv2.GaussianBlur(np.abs(level - cv2.GaussianBlur(level, (0, 0), 1.5)), (0, 0), 3.0)
        channels.append(_pooled(roughness, size))
        level = cv2.resize(level, (-(-level.shape[1] // 2), -(-level.shape[0] // 2)), interpolation=cv2.INTER_AREA)
    return np.dstack(channels)


def _normalised(picture: NDArray[np.uint8]) -> Array:
    """Grey without slow changes of light; its contrast is of the order of 1."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, float(np.sqrt(_MOST_PIXELS / grey.size)))
    sides = [max(round(scale * side), _LEAST_SIDE_PX) for side in grey.shape[::-1]]
    if sides != list(grey.shape[::-1]):
        grey = cv2.resize(grey, sides, interpolation=cv2.INTER_AREA)
    light = np.log(grey.astype(np.float32) + 16.0)
    detail = light - cv2.GaussianBlur(light, (0, 0), _GROUND_PX)
    return np.asarray(detail / max(float(np.std(np.clip(detail, *np.percentile(detail, [2, 98])))), 0.004), np.float32)


@cache
def _strokes() -> tuple[Array, ...]:
    """Second derivatives across elongated Gaussians, of sum 0 and energy 1, evenly turned."""
    reach = int(3 * _LENGTH_PX)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    made = []
    for angle in np.pi * np.arange(_TURNS) / _TURNS:
        along = columns * np.cos(angle) + rows * np.sin(angle)
        across = rows * np.cos(angle) - columns * np.sin(angle)
        bell = np.exp(-0.5 * (along / _LENGTH_PX) ** 2 - 0.5 * (across / _WIDTH_PX) ** 2)
        stroke = bell * (1 - (across / _WIDTH_PX) ** 2)
        stroke -= stroke.mean()
        made.append(np.asarray(stroke / np.sqrt((stroke**2).sum()), np.float32))
    return tuple(made)


def _both_signs(response: Array, size: tuple[int, int]) -> list[Array]:
    return [_pooled(np.maximum(sign * response, 0.0), size) for sign in (1.0, -1.0)]


def _pooled(response: Array, size: tuple[int, int]) -> Array:
    """The largest of every block, softened."""
    block = max(response.shape[0] // size[1], 1)
    largest = cv2.dilate(response, np.ones((block, block), np.uint8)) if block > 1 else response
    return np.asarray(cv2.resize(largest, size, interpolation=cv2.INTER_AREA), np.float32)
