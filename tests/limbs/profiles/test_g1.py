"""The G1: what every robot keeps, and what Unitree publishes of it."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.checks.standing_body import StandingBody
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles.g1 import G1
from tests.limbs.profiles import laws


@pytest.fixture(scope="module")
def body() -> StandingBody:
    return StandingBody(G1)


def test_it_keeps_the_laws_of_every_robot(body: StandingBody) -> None:
    laws.assert_every_joint_is_in_one_group(G1)
    laws.assert_postures_keep_the_limits(body)
    laws.assert_stands_upright_and_alike(body)
    laws.assert_gait_is_within_the_legs(body)
    laws.assert_the_head_looks_ahead_and_down(body, np.radians(25.0))


def test_it_has_29_joints_and_weighs_what_unitree_says(body: StandingBody) -> None:
    assert len(G1.joints) == 29
    assert (len(G1.waist), len(G1.head)) == (3, 0)
    assert body.mass_kg == pytest.approx(34.0, abs=1.5)  # 35 kg with its battery


def test_knees_are_its_strongest_joints_and_both_sides_are_alike() -> None:
    limits = dict(zip(G1.joints, effort_limits(G1)))
    assert limits["left_knee_joint"] == max(limits.values()) == 139.0
    for left, right in laws.mirrors(G1).items():
        assert limits[left] == limits[right]
        assert G1.armature_kg_m2[left] == G1.armature_kg_m2[right]
        assert abs(G1.standing.get(left, 0.0)) == abs(G1.standing.get(right, 0.0))


def test_values_given_for_a_side_go_before_those_for_both() -> None:
    assert G1.standing["left_hip_roll_joint"] == -G1.standing["right_hip_roll_joint"]
    assert G1.standing["left_knee_joint"] == G1.standing["right_knee_joint"] > 1.0


def test_the_beam_leaves_the_hand_forwards_and_60_degrees_down() -> None:
    """In the frame of the wrist: z of the scanner is its beam, x the laser line, level."""
    R = G1.scanners["right_wrist"].X_BF.R
    np.testing.assert_allclose(R[:, 2], [0.5, 0.0, -np.sqrt(0.75)], atol=1e-12)
    np.testing.assert_allclose(R[:, 0], [0.0, 1.0, 0.0], atol=1e-12)
    assert np.linalg.det(R) == pytest.approx(1.0)


def test_the_camera_sees_84_by_68_degrees() -> None:
    camera = G1.cameras["head"]
    wide = 2 * np.arctan(np.tan(0.5 * camera.fov_y_rad) * camera.width_px / camera.height_px)
    assert np.degrees(wide) == pytest.approx(84.0, abs=0.5)
