"""The left arm and the scanner: closed shapes about the bones they belong to."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.designs.cover import CoverPart, Finish
from linewalker.limbs.designs.mesh import join
from linewalker.limbs.designs.walker_arms import arm_parts
from linewalker.limbs.designs.walker_frame import FOREARM_M, LEFT_ARM, SCANNER_FRONT_M, UPPER_ARM_M
from tests.limbs.designs.test_mesh import volume_m3

PARTS = arm_parts()


def of_link(link: str) -> np.ndarray:
    return join([part.mesh for part in PARTS if part.link == link]).vertices


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.link} {part.finish.name}")
def test_every_part_is_a_solid_about_its_joint(part: CoverPart) -> None:
    assert volume_m3(part.mesh) > 1e-7
    assert np.linalg.norm(part.mesh.vertices, axis=1).max() < 0.25
    assert part.link in {bone.link for bone in LEFT_ARM} | {"right_hand"}


def test_every_link_of_the_arm_is_seen() -> None:
    assert {part.link for part in PARTS} == {bone.link for bone in LEFT_ARM} | {"right_hand"}


def test_bones_reach_from_joint_to_joint() -> None:
    assert of_link("left_upper_arm")[:, 2].min() < -(UPPER_ARM_M - 0.10)
    assert of_link("left_forearm")[:, 2].min() < -(FOREARM_M - 0.09) + 0.03
    assert of_link("left_hand")[:, 2].min() == pytest.approx(-0.17, abs=0.02)  # finger tips


def test_the_thumb_is_ahead_and_fingers_curl_towards_the_palm() -> None:
    """y points outwards of the left hand, so that its palm is at -y."""
    hand = of_link("left_hand")
    tips = hand[hand[:, 2] < -0.14]
    assert tips[:, 1].mean() < -0.01
    assert hand[:, 0].max() > 0.06  # the thumb


def test_the_scanner_ends_at_its_front_and_is_alike_on_both_sides() -> None:
    scanner = of_link("right_hand")
    assert scanner[:, 2].min() == pytest.approx(SCANNER_FRONT_M, abs=2e-3)
    np.testing.assert_allclose(scanner[:, 1].max(), -scanner[:, 1].min(), atol=1e-9)
    windows = next(p.mesh.vertices for p in PARTS if p.link == "right_hand" and p.finish is Finish.GLASS)
    assert windows[:, 2].max() < SCANNER_FRONT_M + 3e-3
    assert set(np.sign(windows[:, 1])) == {-1.0, 1.0}  # the laser's and the camera's
