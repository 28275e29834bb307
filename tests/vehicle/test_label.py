import numpy as np
import pytest

from linewalker.inspection.code.reader import read_codes
from linewalker.vehicle.label import LABEL_SIZE_PX, label_image

VIN = "LWSG1CAR5TB000126"


@pytest.mark.parametrize("text", ["", VIN, "5YTJLBCAF3Y7TX91X", "1", "Z" * 40])
def test_the_picture_has_the_size_of_the_texture(text: str) -> None:
    assert label_image(text).shape == (*LABEL_SIZE_PX[::-1], 3)


@pytest.mark.parametrize("text", [VIN, "5YTJLBCAF3Y7TX91X", "1", "Z" * 40])
def test_the_code_says_the_number(text: str) -> None:
    assert [code.text for code in read_codes(label_image(text))] == [text]


def test_the_code_is_as_large_as_a_camera_wants_it() -> None:
    (code,) = read_codes(label_image(VIN))
    assert np.ptp(code.corners_px, axis=0).min() > 0.85 * LABEL_SIZE_PX[0]


def test_letters_stand_below_and_do_not_leave_the_label() -> None:
    dark = label_image(VIN)[370:, :, 0] < 128
    columns = np.flatnonzero(dark.any(axis=0))
    assert np.ptp(columns) > 0.7 * LABEL_SIZE_PX[0]
    assert columns.min() > 8
    assert columns.max() < LABEL_SIZE_PX[0] - 8
    assert not dark[-4:].any()


def test_an_empty_label_is_blank() -> None:
    assert (label_image("") > 200).all()
