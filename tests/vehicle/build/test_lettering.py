"""Letters: as high as wanted, centred, apart as the face says; with their holes, and none of another face."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.affinity import translate

from linewalker.vehicle.build.lettering import lettering


def test_letters_are_as_high_as_wanted_and_centred():
    region = lettering("HELM", 0.05)
    left, low, right, high = region.bounds
    assert high - low == pytest.approx(0.05, rel=0.02)
    assert left + right == pytest.approx(0, abs=1e-3)
    assert len(getattr(region, "geoms", [region])) == 4


@pytest.mark.parametrize(("text", "holes"), [("I", 0), ("A", 1), ("B8", 4), ("O·o", 2), ("ÄÖ", 2), ("%", 2)])
def test_what_is_inside_a_letter_is_open(text: str, holes: int):
    region = lettering(text, 1.0)
    assert sum(len(part.interiors) for part in getattr(region, "geoms", [region])) == holes


def test_a_text_of_twice_the_height_is_twice_as_large():
    small, large = lettering("LW·G1026", 1.0), lettering("LW·G1026", 2.0)
    assert large.bounds == pytest.approx(2 * np.array(small.bounds))
    assert large.area == pytest.approx(4 * small.area)


def test_a_letter_has_its_shape_wherever_it_stands():
    both = sorted(lettering("LL", 1.0).geoms, key=lambda part: part.bounds[0])
    moved = translate(both[0], both[1].bounds[0] - both[0].bounds[0], 0.0)
    assert moved.symmetric_difference(both[1]).area < 1e-6


def test_slanted_letters_stand_closer_than_upright_ones():
    def between(text: str) -> float:
        first, second = sorted(lettering(text, 1.0).geoms, key=lambda part: part.bounds[0])
        return second.bounds[0] - first.bounds[2]

    assert between("AV") < 0 < between("HH")


def test_a_letter_of_another_script_is_named():
    with pytest.raises(ValueError, match="'行走' has '行', which the face lacks"):
        lettering("行走", 0.05)
