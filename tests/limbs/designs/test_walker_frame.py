"""The skeleton: a tree of sixty-odd numbers that mirror each other and add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.designs.walker_frame import (
    ANKLE_M,
    BASE,
    BONES,
    FOREARM_M,
    HULLS,
    LEFT_ARM,
    LEFT_LEG,
    RIGHT_ARM,
    RIGHT_LEG,
    SHANK_M,
    THIGH_M,
    UPPER_ARM_M,
    Bone,
    Drive,
    Hull,
)

LEFT = (*LEFT_LEG, *LEFT_ARM)


def place(bone: Bone) -> np.ndarray:
    """Where the joint of a bone is when all joints are at zero, from the pelvis."""
    origin = np.array(bone.origin_m)
    parents = {other.link: other for other in BONES}
    return origin if not bone.parent or bone.parent == BASE.link else origin + place(parents[bone.parent])


def test_it_is_a_tree_and_parents_come_first() -> None:
    seen = {BASE.link}
    for bone in BONES[1:]:
        assert bone.parent in seen
        assert bone.link not in seen
        seen.add(bone.link)
    assert len({bone.joint for bone in BONES}) == len(BONES)


@pytest.mark.parametrize("bone", LEFT, ids=lambda bone: bone.link)
def test_mirroring_twice_is_no_change_and_once_changes_the_side(bone: Bone) -> None:
    right = bone.mirrored()
    back = Bone(**{**vars(right.mirrored()), "link": bone.link, "parent": bone.parent, "joint": bone.joint})
    assert back == bone
    assert "left" not in right.link + right.parent + right.joint
    np.testing.assert_allclose(place(right), place(bone) * [1, -1, 1], atol=1e-12)
    assert right.upper_rad - right.lower_rad == pytest.approx(bone.upper_rad - bone.lower_rad)


@pytest.mark.parametrize("bone", BONES[1:], ids=lambda bone: bone.link)
def test_every_joint_can_stand_at_zero_and_is_driven(bone: Bone) -> None:
    assert bone.lower_rad < 0.0 < bone.upper_rad
    assert bone.upper_rad - bone.lower_rad < 2 * np.pi
    assert bone.mass_kg > 0
    assert min(bone.drive.effort_nm, bone.drive.velocity_rad_s, bone.drive.armature_kg_m2) > 0


def test_lengths_are_those_of_the_names() -> None:
    joints = {bone.joint: place(bone) for bone in BONES[1:]}
    knee, hip, ankle = (joints[f"left_{name}_joint"] for name in ("knee", "hip_pitch", "ankle_pitch"))
    assert hip[2] - knee[2] == pytest.approx(THIGH_M)
    assert knee[2] - ankle[2] == pytest.approx(SHANK_M)
    shoulder, elbow, wrist = (joints[f"left_{name}_joint"] for name in ("shoulder_roll", "elbow_pitch", "wrist_pitch"))
    assert shoulder[2] - elbow[2] == pytest.approx(UPPER_ARM_M)
    assert elbow[2] - wrist[2] == pytest.approx(FOREARM_M)
    assert joints["head_pitch_joint"][2] - ankle[2] + ANKLE_M == pytest.approx(1.5, abs=0.06)  # of 1.7 m, eyes above


@given(st.floats(1e-6, 1e-3), st.floats(1, 200), st.integers(1, 2))
def test_a_rotor_is_felt_by_the_square_of_its_gear(rotor: float, ratio: float, motors: int) -> None:
    drive = Drive(effort_nm=1.0, velocity_rad_s=1.0, rotor_kg_m2=rotor, ratio=ratio, motors=motors)
    energy = motors * 0.5 * rotor * ratio**2  # of its motors, when the joint turns with 1 rad/s
    assert 0.5 * drive.armature_kg_m2 == pytest.approx(energy)


@pytest.mark.parametrize("hull", [hull for hulls in HULLS.values() for hull in hulls], ids=str)
def test_a_hull_has_a_length_and_its_mirror_is_as_far_on_the_other_side(hull: Hull) -> None:
    assert np.linalg.norm(np.subtract(hull.end_m, hull.start_m)) > 0.01
    assert hull.radius_m > 0.03
    assert hull.mirrored().mirrored() == hull
    np.testing.assert_array_equal(np.array(hull.mirrored().start_m) * [1, -1, 1], hull.start_m)


def test_hulls_belong_to_links_and_both_sides_are_built_alike() -> None:
    assert set(HULLS) <= {bone.link for bone in BONES}
    for left, right in ((LEFT_LEG, RIGHT_LEG), (LEFT_ARM, RIGHT_ARM)):
        assert sum(bone.mass_kg for bone in left) == pytest.approx(sum(bone.mass_kg for bone in right))
        assert [bone.drive for bone in left] == [bone.drive for bone in right]
