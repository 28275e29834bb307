"""A robot stood up: its centre of mass, its Jacobians, and how far its hands get."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.checks.standing_body import HANDS, StandingBody, arm_reach_m, seen_points
from linewalker.limbs.designs.walker_frame import FOREARM_M, SHANK_M, THIGH_M, UPPER_ARM_M
from linewalker.limbs.model.robot_model import SOLES, robot_spec
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.fixture(scope="module", params=sorted(PROFILES))
def body(request: pytest.FixtureRequest) -> StandingBody:
    return StandingBody(load_profile(request.param))


def test_the_centre_of_mass_is_the_mean_of_the_links_weighed(body: StandingBody) -> None:
    mean = body.model.body_mass @ body.data.xipos / body.mass_kg
    np.testing.assert_allclose(body.com, mean, atol=1e-9)
    assert body.mass_kg == pytest.approx(body.model.body_mass.sum())


def test_it_stands_in_the_posture_of_its_profile(body: StandingBody) -> None:
    q = [body.data.qpos[body.qadr[name]] for name in body.profile.joints]
    np.testing.assert_array_equal(q, body.profile.standing_q())
    np.testing.assert_array_equal(body.ground, 0.5 * (body.site_p(SOLES[0]) + body.site_p(SOLES[1])))
    assert body.ground[2] < -0.4  # the base is above it
    for sole in SOLES:
        np.testing.assert_allclose(body.site_R(sole), np.eye(3), atol=0.02)  # flat, and pointing ahead


@pytest.mark.parametrize("site", [*SOLES, *HANDS])
def test_the_jacobian_is_the_derivative(body: StandingBody, site: str) -> None:
    J, step, q = body.jacobian(site), 1e-6, body.profile.standing_q()
    for number, name in enumerate(body.profile.joints):
        moved = q.copy()
        moved[number] += step
        body.stand(moved)
        ahead = body.site_p(site)
        body.stand(q)
        np.testing.assert_allclose((ahead - body.site_p(site)) / step, J[:3, body.dof[name]], atol=1e-5)


def test_axes_and_anchors_are_those_a_joint_turns_about(body: StandingBody) -> None:
    """The anchor stays, and what hangs below moves square to the axis."""
    joint = body.profile.legs[0].joints[3]
    axis, anchor, before = body.axis(joint), body.anchor(joint), body.site_p(SOLES[0])
    q = body.profile.standing_q()
    q[body.profile.joints.index(joint)] += 0.3
    body.stand(q)
    np.testing.assert_allclose(body.anchor(joint), anchor, atol=1e-12)
    way = body.site_p(SOLES[0]) - before
    body.stand(body.profile.standing_q())
    assert way @ axis == pytest.approx(0.0, abs=1e-9)
    assert np.linalg.norm(way) > 0.05


def test_both_arms_reach_alike_and_the_body_stands_again_afterwards(body: StandingBody) -> None:
    before = body.data.qpos.copy()
    left, right = arm_reach_m(body, 0, 600), arm_reach_m(body, 1, 600)
    assert left == pytest.approx(right, rel=0.05)
    assert 0.2 < left < 1.2
    np.testing.assert_array_equal(body.data.qpos, before)


def test_the_walker_is_as_long_as_its_bones() -> None:
    body = StandingBody(load_profile("walker"))
    body.stand(np.zeros(len(body.profile.joints)))
    hip, ankle = body.anchor("left_hip_pitch_joint"), body.anchor("left_ankle_pitch_joint")
    assert np.linalg.norm(hip - ankle) == pytest.approx(THIGH_M + SHANK_M)
    shoulder, wrist = body.anchor("left_shoulder_yaw_joint"), body.anchor("left_wrist_pitch_joint")
    assert np.linalg.norm(shoulder - wrist) == pytest.approx(UPPER_ARM_M + FOREARM_M, abs=0.11)
    assert arm_reach_m(body, 0) < UPPER_ARM_M + FOREARM_M + 0.09 + 0.06


def test_what_is_seen_of_a_body_lies_about_it() -> None:
    model = robot_spec(load_profile("g1")).compile()
    foot = seen_points(model, "left_ankle_roll_link")
    assert len(foot) > 100
    assert np.ptp(foot, axis=0)[0] == pytest.approx(0.2, abs=0.05)  # a shoe is about 20 cm long
    assert foot[:, 2].min() == pytest.approx(-0.035, abs=0.01)  # and ends where its sole frame is
    assert len(seen_points(model, "world")) == 0
