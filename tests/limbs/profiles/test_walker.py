"""The walker: what every robot keeps, and that its profile follows its skeleton."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.checks.standing_body import StandingBody
from linewalker.limbs.designs.walker_frame import BONES, SCANNER_FRONT_M, SOLE_HALF_M
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles.walker import WALKER
from tests.limbs.profiles import laws


@pytest.fixture(scope="module")
def body() -> StandingBody:
    return StandingBody(WALKER)


def test_it_keeps_the_laws_of_every_robot(body: StandingBody) -> None:
    laws.assert_every_joint_is_in_one_group(WALKER)
    laws.assert_postures_keep_the_limits(body)
    laws.assert_stands_upright_and_alike(body)
    laws.assert_gait_is_within_the_legs(body)
    laws.assert_the_head_looks_ahead_and_down(body, 0.35)


def test_drives_are_those_of_its_skeleton() -> None:
    limits = dict(zip(WALKER.joints, effort_limits(WALKER)))
    for bone in BONES[1:]:
        assert limits[bone.joint] == pytest.approx(bone.drive.effort_nm)
        assert WALKER.armature_kg_m2[bone.joint] == bone.drive.armature_kg_m2


def test_postures_mirror_each_other() -> None:
    """Pitch alike on both sides, roll and yaw with the other sign."""
    axes = {bone.joint: bone.axis for bone in BONES[1:]}
    for posture in (WALKER.standing, WALKER.lowered or {}):
        for left, right in laws.mirrors(WALKER).items():
            sign = 1.0 if axes[left] == "y" else -1.0
            assert posture.get(right, 0.0) == sign * posture.get(left, 0.0)


def test_standing_the_pitch_of_a_leg_adds_up_to_nothing() -> None:
    for side in ("left", "right"):
        pitch = [WALKER.standing[f"{side}_{name}_joint"] for name in ("hip_pitch", "knee", "ankle_pitch")]
        assert sum(pitch) == pytest.approx(0.0, abs=1e-3)


def test_lowered_its_hands_come_down_ahead_of_its_feet(body: StandingBody) -> None:
    shoulder = body.anchor("left_shoulder_pitch_joint")
    assert shoulder[2] > body.site_p("left_hand")[2]
    q = dict(zip(WALKER.joints, WALKER.standing_q())) | (WALKER.lowered or {})
    try:
        body.stand(np.array([q[name] for name in WALKER.joints]))
        for hand, sole in (("left_hand", "left_sole"), ("right_hand", "right_sole")):
            assert body.site_p(hand)[0] > body.site_p(sole)[0] + 0.2
            assert body.site_p(hand)[2] < body.anchor("left_knee_joint")[2] + 0.35
    finally:
        body.stand(WALKER.standing_q())


def test_the_scanner_looks_where_fingers_would_point() -> None:
    mount = WALKER.scanners["right_wrist"]
    np.testing.assert_allclose(mount.X_BF.R[:, 2], [0.0, 0.0, -1.0], atol=1e-12)
    assert mount.X_BF.p[2] == pytest.approx(SCANNER_FRONT_M, abs=2e-3)
    assert (WALKER.sole_half_length_m, WALKER.sole_half_width_m) == SOLE_HALF_M
