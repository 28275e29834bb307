import numpy as np

from linewalker.vehicle.label import LABEL_SIZE_PX, label_image

VIN = "LWSG1CAR5TB000126"


def test_the_picture_has_the_size_of_the_texture():
    assert label_image(VIN).shape == (*LABEL_SIZE_PX[::-1], 3)


def test_different_numbers_look_different():
    assert np.count_nonzero(label_image(VIN) != label_image(VIN[:-1] + "7")) > 200


def test_the_number_fills_the_label_without_leaving_it():
    dark = label_image(VIN)[12:-12, 12:-12, 0] < 128
    columns = np.flatnonzero(dark.any(0))
    assert np.ptp(columns) > 0.7 * LABEL_SIZE_PX[0]
    assert not dark[:, :8].any()
    assert not dark[:, -8:].any()


def test_an_empty_label_is_blank():
    assert (label_image("")[12:-12, 12:-12] > 200).all()
