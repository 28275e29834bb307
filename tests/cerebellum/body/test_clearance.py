"""Obstacles as they are packed for the kernels."""

import numpy as np
import pytest

from linewalker.cerebellum.body.clearance import Obstacles, Prism

SQUARE = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
HEXAGON = np.array([[np.cos(a), 0.6 * np.sin(a)] for a in np.arange(6) * np.pi / 3])


def test_packing_keeps_every_corner_and_height():
    packed = Obstacles.pack(
        [Prism(outline_m=SQUARE, bottom_m=0, top_m=1), Prism(outline_m=HEXAGON, bottom_m=1, top_m=3)]
    )
    assert packed.first.tolist() == [0, 4, 10]
    assert packed.corners[4:] == pytest.approx(HEXAGON)
    assert packed.heights.tolist() == [[0, 1], [1, 3]]


@pytest.mark.parametrize("outline", [SQUARE[::-1], SQUARE[:2], SQUARE[[0, 2, 1, 3]]])
def test_prisms_have_to_be_convex_and_counter_clockwise(outline):
    with pytest.raises(ValueError, match="counter-clockwise"):
        Prism(outline_m=outline, bottom_m=0.0, top_m=1.0)
