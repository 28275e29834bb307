"""Corners of squares: as exact where the lens blurs as where it does not, and each tag once."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from linewalker.limbs.localisation.tag_boards import picture_of
from linewalker.limbs.localisation.tag_corners import TagCorners, sharpened

FINE = 16


def blurred(corners: np.ndarray, sigma_px: float) -> np.ndarray:
    """A dark square on a bright ground, (120, 120), drawn finely and averaged."""
    canvas = np.full((120 * FINE, 120 * FINE), 200, np.uint8)
    cv2.fillConvexPoly(canvas, np.round((corners + 0.5) * FINE - 0.5).astype(np.int32), 20)
    picture = cv2.resize(canvas, (120, 120), interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(picture, (0, 0), sigma_px)


@pytest.mark.parametrize("sigma_px", [0.5, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_a_blurred_square_has_the_corners_that_were_drawn(sigma_px: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    truth = np.array([[40.0, 38.0], [82.0, 41.0], [80.0, 84.0], [37.0, 80.0]]) + rng.uniform(-3, 3, (4, 2))
    start = truth + rng.uniform(-0.7, 0.7, (4, 2))
    found = sharpened(blurred(truth, sigma_px), start[None])[0]
    assert np.abs(found - truth).max() < 0.08


def page(*numbers: int) -> np.ndarray:
    tags = [cv2.resize(picture_of(number), (100, 100), interpolation=cv2.INTER_AREA) for number in numbers]
    grey = np.pad(np.hstack(tags), 30, constant_values=255)
    return np.repeat(grey[..., None], 3, axis=2)


def test_every_tag_is_found_by_its_number_clockwise_from_the_upper_left() -> None:
    found = TagCorners().find(page(7, 101))
    assert sorted(found) == [7, 101]
    np.testing.assert_allclose(found[7], [[39.5, 39.5], [119.5, 39.5], [119.5, 119.5], [39.5, 119.5]], atol=0.1)


def test_a_number_that_is_seen_twice_is_left_out() -> None:
    assert sorted(TagCorners().find(page(7, 101, 7))) == [101]
    assert TagCorners().find(np.full((80, 80, 3), 255, np.uint8)) == {}
