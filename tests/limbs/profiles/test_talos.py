"""Talos: what every robot keeps, and what PAL's files say of it."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import MissingPackage
from linewalker.limbs.checks.standing_body import StandingBody
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profiles.talos import TALOS
from tests.limbs.profiles import laws


@pytest.fixture(scope="module")
def body() -> StandingBody:
    try:
        urdf_path(TALOS)
    except MissingPackage as missing:
        pytest.skip(str(missing))
    return StandingBody(TALOS)


def test_it_keeps_the_laws_of_every_robot(body: StandingBody) -> None:
    laws.assert_every_joint_is_in_one_group(TALOS)
    laws.assert_postures_keep_the_limits(body)
    laws.assert_stands_upright_and_alike(body)
    laws.assert_gait_is_within_the_legs(body)
    laws.assert_the_head_looks_ahead_and_down(body, 0.35)


def test_it_has_30_joints_two_grippers_that_are_welded_and_legs_of_18_kg(body: StandingBody) -> None:
    assert len(TALOS.joints) == 30
    assert {body.model.joint(number).name for number in range(1, body.model.njnt)} == set(TALOS.joints)
    assert not set(TALOS.welded) & set(TALOS.joints)
    hip = body.model.joint(TALOS.legs[0].joints[0]).bodyid[0]
    assert body.model.body_subtreemass[hip] == pytest.approx(18.0, abs=1.0)


def test_its_rotors_are_those_of_the_srdf() -> None:
    assert list(TALOS.armature_kg_m2.values()) == pytest.approx([1e-5 * 100**2] * 30)


def test_postures_are_alike_on_both_sides() -> None:
    for posture in (TALOS.standing, TALOS.lowered or {}):
        for left, right in laws.mirrors(TALOS).items():
            assert abs(posture.get(left, 0.0)) == abs(posture.get(right, 0.0))


def test_its_imu_is_above_the_waist(body: StandingBody) -> None:
    """Unlike that of the others: the estimator has to go through the waist."""
    imu = body.model.body(TALOS.imu.body).id
    waist = {int(body.model.joint(joint).bodyid[0]) for joint in TALOS.waist}
    assert imu in waist or int(body.model.body_parentid[imu]) in waist


def test_the_scanner_looks_along_the_gripper_and_its_line_is_level_with_the_palm() -> None:
    R = TALOS.scanners["right_wrist"].X_BF.R
    np.testing.assert_array_equal(R[:, 2], [0.0, 0.0, -1.0])
    assert np.linalg.det(R) == pytest.approx(1.0)
