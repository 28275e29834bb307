"""The left leg: closed shapes about its bones, with a sole to stand on."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.designs.cover import CoverPart
from linewalker.limbs.designs.mesh import join
from linewalker.limbs.designs.walker_frame import (
    ANKLE_M,
    LEFT_LEG,
    SHANK_M,
    SOLE_CENTRE_M,
    SOLE_HALF_M,
    THIGH_M,
)
from linewalker.limbs.designs.walker_legs import leg_parts
from tests.limbs.designs.test_mesh import volume_m3

PARTS = leg_parts()


def of_link(link: str) -> np.ndarray:
    return join([part.mesh for part in PARTS if part.link == link]).vertices


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.link} {part.finish.name}")
def test_every_part_is_a_solid_about_its_joint(part: CoverPart) -> None:
    assert volume_m3(part.mesh) > 1e-7
    assert np.linalg.norm(part.mesh.vertices, axis=1).max() < 0.45


def test_every_link_of_the_leg_is_seen() -> None:
    assert {part.link for part in PARTS} == {bone.link for bone in LEFT_LEG}


@pytest.mark.parametrize(("link", "length_m"), [("left_thigh", THIGH_M), ("left_shank", SHANK_M)])
def test_bones_reach_from_joint_to_joint(link: str, length_m: float) -> None:
    z = of_link(link)[:, 2]
    assert -length_m - 0.06 < z.min() < -length_m + 0.03
    assert z.max() > -0.02


def test_the_sole_lies_on_the_floor_and_its_rectangle_within_it() -> None:
    foot = of_link("left_foot")
    assert foot[:, 2].min() == pytest.approx(-ANKLE_M, abs=1e-3)
    floor = foot[foot[:, 2] < -ANKLE_M + 0.015]
    half_x, half_y = SOLE_HALF_M
    assert floor[:, 0].max() > SOLE_CENTRE_M + half_x
    assert floor[:, 0].min() < SOLE_CENTRE_M - half_x
    assert min(floor[:, 1].max(), -floor[:, 1].min()) > half_y


def test_a_thigh_of_real_matter_is_lighter_than_water_would_be() -> None:
    """It is hollow: 5.4 kg in more than five litres."""
    thigh = sum(volume_m3(part.mesh) for part in PARTS if part.link == "left_thigh")
    mass = next(bone.mass_kg for bone in LEFT_LEG if bone.link == "left_thigh")
    assert 500.0 < mass / thigh < 2500.0
