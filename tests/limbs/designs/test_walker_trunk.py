"""Pelvis to crown: closed shapes, the same on the left as on the right."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.designs.cover import CoverPart, Finish
from linewalker.limbs.designs.mesh import join, mass_properties
from linewalker.limbs.designs.walker_frame import BASE, HEAD_BONES, WAIST_BONES
from linewalker.limbs.designs.walker_trunk import trunk_parts
from tests.limbs.designs.test_mesh import volume_m3

PARTS = trunk_parts()
LINKS = {BASE.link, *(bone.link for bone in (*WAIST_BONES, *HEAD_BONES))}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.link} {part.finish.name}")
def test_every_part_is_a_solid_and_mirrors_itself(part: CoverPart) -> None:
    assert volume_m3(part.mesh) > 1e-7
    whole = mass_properties(part.mesh, 1.0)
    assert whole.centre_m[1] == pytest.approx(0.0, abs=2e-4)
    np.testing.assert_allclose(whole.inertia_kg_m2[1, [0, 2]], 0.0, atol=2e-5)
    np.testing.assert_allclose(part.mesh.vertices[:, 1].max(), -part.mesh.vertices[:, 1].min(), atol=1e-4)


def test_every_link_of_the_trunk_is_seen() -> None:
    assert {part.link for part in PARTS} == LINKS


def test_the_torso_fills_the_way_from_waist_to_neck() -> None:
    torso = join([part.mesh for part in PARTS if part.link == "torso"]).vertices
    neck = HEAD_BONES[0].origin_m[2]
    assert torso[:, 2].min() < 0.0
    assert neck - 0.04 < torso[:, 2].max() < neck + 0.03
    assert np.ptp(torso[:, 1]) > np.ptp(torso[:, 0])  # wider than deep


def test_a_face_looks_ahead_and_batteries_are_behind() -> None:
    visor = next(part.mesh for part in PARTS if part.link == "head" and part.finish is Finish.GLASS)
    assert visor.vertices[:, 0].mean() > 0.03
    pack = next(part.mesh for part in PARTS if part.link == "torso" and part.finish is Finish.GRAPHITE)
    assert pack.vertices[:, 0].max() < -0.04
