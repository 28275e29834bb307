"""Skeletons are known by the names of their joints, whoever wrote them, and stand upright afterwards."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.skeleton import Skeleton, person_of
from linewalker.errors import InputError

STANDING = {
    "UpLeg": (0.09, 0.9, 0.0), "Leg": (0.09, 0.5, 0.0), "Foot": (0.09, 0.1, 0.0), "ToeBase": (0.09, 0.0, 0.15),
    "Arm": (0.18, 1.4, 0.0), "ForeArm": (0.45, 1.4, 0.0), "Hand": (0.7, 1.4, 0.0),
}  # fmt: skip
"""Of a person who looks along z, y up, arms held out."""


def person(wording: str = "{}{}") -> Skeleton:
    names = [wording.format(side, part) for side in ("Left", "Right") for part in STANDING]
    right = [(-x, y, z) for x, y, z in STANDING.values()]
    places = np.tile(np.array([*STANDING.values(), *right]), (40, 1, 1))
    return Skeleton(name="a", names=tuple(names), places=places, rate_hz=60.0)


@pytest.mark.parametrize("wording", ["{}{}", "mixamorig:{}{}", "{}_{}"])
def test_a_person_who_stands_is_seen_upright(wording: str) -> None:
    seen = person_of(person(wording), Path("a.bvh"))
    np.testing.assert_allclose(seen.pelvis[0], seen.trunk[0], atol=1e-9)
    np.testing.assert_allclose(seen.pelvis[0] @ [0.0, 0.0, 1.0], [0.0, 0.0, 1.0], atol=1e-9)
    assert (seen.leg, seen.arm) == pytest.approx((0.8, 0.52))
    assert seen.soles[0, 0, 2] < seen.hips[0, 0, 2]
    left = seen.pelvis[0].T @ (seen.hands[0, 0] - seen.shoulders[0, 0])
    np.testing.assert_allclose(left, [0.0, 0.52, 0.0], atol=1e-9)
    ahead = seen.pelvis[0].T @ (seen.toes[0, 0] - seen.soles[0, 0])
    assert ahead[0] == pytest.approx(0.15)


def test_without_toes_feet_point_ahead() -> None:
    whole = person()
    kept = [k for k, name in enumerate(whole.names) if "Toe" not in name]
    bare = replace(whole, names=tuple(whole.names[k] for k in kept), places=whole.places[:, kept])
    seen = person_of(bare, Path("a.bvh"))
    assert (seen.pelvis[0].T @ (seen.toes[0, 0] - seen.soles[0, 0]))[0] > 0.1


def test_a_person_without_knees_is_refused() -> None:
    whole = person()
    names = tuple(name.replace("LeftLeg", "Nothing") for name in whole.names)
    with pytest.raises(InputError, match="no joint that is a knee"):
        person_of(replace(whole, names=names), Path("a.bvh"))
