"""Laws of laying a picture onto a rendering: shifts are found, light does not matter, blank paint stays where it is."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.inspection.part.alignment import LEAST_CORRELATION, SEARCH_PX, Aligned, align, features
from tests.inspection.part.drawn_parts import Photograph, draw

BOX = (slice(80, 180), slice(100, 240))
WINDOW = (slice(80 - SEARCH_PX, 180 + SEARCH_PX), slice(100 - SEARCH_PX, 240 + SEARCH_PX))
START = (SEARCH_PX, SEARCH_PX)


def laid(photograph: Photograph, what: str = "rs") -> Aligned:
    picture = photograph.take(draw(what), np.random.default_rng(1)).rgb
    return align(picture[WINDOW], features(draw("rs")[BOX]), START)


@pytest.mark.parametrize("shift", [(0.0, 0.0), (7.0, -4.0), (-12.0, 15.0), (3.4, 6.7)])
def test_a_shift_is_found_to_a_fraction_of_a_pixel(shift: tuple[float, float]) -> None:
    aligned = laid(Photograph(shift=shift))
    assert aligned.shift_px == pytest.approx(shift, abs=0.4)
    assert aligned.correlation > 0.8
    assert aligned.picture.shape == (100, 140, 3)


@pytest.mark.parametrize("exposure", [0.5, 1.0, 1.5])
def test_light_moves_nothing(exposure: float) -> None:
    assert laid(Photograph(shift=(6.0, 2.0), exposure=exposure)).shift_px == pytest.approx((6.0, 2.0), abs=0.4)


def test_a_shift_costs_likelihood_but_no_correlation() -> None:
    near, far = laid(Photograph()), laid(Photograph(shift=(20.0, 10.0)))
    assert far.correlation == pytest.approx(near.correlation, abs=0.05)
    assert far.likelihood < near.likelihood - 0.2
    assert near.likelihood <= near.correlation


def test_a_picture_of_something_else_stays_where_it_is_believed_to_be() -> None:
    blank = np.full((240, 320, 3), 120, np.uint8)
    aligned = align(blank[WINDOW], features(draw("rs")[BOX]), START)
    assert aligned.correlation < LEAST_CORRELATION
    assert aligned.shift_px == pytest.approx((0.0, 0.0), abs=0.01)


def test_features_are_those_of_what_is_seen_not_of_how_bright_it_is() -> None:
    bright = np.full((40, 40, 3), 200, np.uint8)
    bright[:, 20:] = 100
    dim = bright // 2
    np.testing.assert_allclose(features(bright)[5:-5, 5:-5], features(dim)[5:-5, 5:-5], atol=0.02)
    assert np.abs(features(np.full((20, 20, 3), 77, np.uint8))).max() < 1e-6
