"""What is printed is read, at every slant and turn, and where it is; nothing else is ever read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from linewalker.inspection.code.reader import SYMBOLOGIES, read_codes
from tests.inspection.code.drawn_codes import draw_vin, photograph


@pytest.mark.parametrize("symbology", SYMBOLOGIES)
def test_what_is_printed_is_read(symbology: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(25):
        seen = photograph(rng, symbology=symbology, text=draw_vin(rng))
        (code,) = read_codes(seen.grey)
        assert (code.text, code.symbology) == (seen.text, symbology)


@pytest.mark.parametrize("symbology", SYMBOLOGIES)
def test_a_code_is_where_it_is_seen_whichever_look_shows_it(symbology: str) -> None:
    rng = np.random.default_rng(2)
    for _ in range(10):
        seen = photograph(rng, symbology=symbology, text="LSVAA49J132047371", module_px=(4.0, 5.0))
        (code,) = read_codes(seen.grey)
        np.testing.assert_allclose(code.corners_px.mean(axis=0), seen.corners_px.mean(axis=0), atol=2 * seen.module_px)


def test_only_what_is_asked_for_is_read() -> None:
    seen = photograph(np.random.default_rng(3), symbology="qr", text="LSVAA49J132047371")
    assert read_codes(seen.grey, ("datamatrix",)) == ()
    assert len(read_codes(cv2.cvtColor(seen.grey, cv2.COLOR_GRAY2RGB), ("qr",))) == 1


def test_what_can_not_be_shown_is_named() -> None:
    seen = photograph(np.random.default_rng(4), symbology="datamatrix", text="A\x1dB")
    assert read_codes(seen.grey)[0].text == "A<GS>B"


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (90, 120)])
def test_noise_says_nothing(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    assert read_codes(rng.integers(0, 256, size, np.uint8)) == ()


def test_half_a_code_says_nothing() -> None:
    rng = np.random.default_rng(6)
    for symbology in SYMBOLOGIES:
        seen = photograph(rng, symbology=symbology, text=draw_vin(rng), steepest_deg=5.0)
        assert read_codes(seen.grey[:, : seen.grey.shape[1] // 2]) == ()
