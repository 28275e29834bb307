"""Responses are positive, blind to slow light and to gain, and strong where a stroke or a spot is."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.inspection.surface.filters import STRIDE, responses
from tests.inspection.surface.drawn_surfaces import tile


def test_a_place_for_every_stride_and_nothing_below_zero() -> None:
    seen = responses(tile(np.random.default_rng(0))[:160, :200])
    assert seen.shape[:2] == (160 // STRIDE, 200 // STRIDE)
    assert (seen >= 0).all()


def test_a_slope_of_light_changes_little() -> None:
    picture = tile(np.random.default_rng(1))
    sloping = (picture * np.linspace(0.6, 1.0, picture.shape[1])[None, :, None]).astype(np.uint8)
    plain, lit = responses(picture), responses(sloping)
    assert np.abs(plain - lit).mean() < 0.25 * plain.mean()


@pytest.mark.parametrize("turned", [False, True])
def test_a_stroke_is_answered_where_it_is(turned: bool) -> None:
    rng = np.random.default_rng(2)
    picture = rng.normal(120, 3, (160, 160, 1)).repeat(3, axis=2)
    picture[80:82, 40:120] -= 40
    picture = np.clip(picture.transpose(1, 0, 2) if turned else picture, 0, 255).astype(np.uint8)
    strongest = responses(picture).max(axis=2)
    row, column = np.unravel_index(strongest.argmax(), strongest.shape)
    assert abs((column if turned else row) - 80 / STRIDE) <= 1


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (40, 40)])
def test_small_and_even_pictures_have_responses_too(size: tuple[int, int]) -> None:
    assert np.isfinite(responses(np.full((*size, 3), 90, np.uint8))).all()
