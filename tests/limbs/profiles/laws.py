"""What holds for every robot that ships with us; its test file adds what is known of that one."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.checks.standing_body import StandingBody
from linewalker.limbs.profile import RobotProfile


def mirrors(profile: RobotProfile) -> dict[str, str]:
    """The right joint to each left one, limbs alone."""
    pairs = (profile.legs, profile.arms)
    return {left: right for limbs in pairs for left, right in zip(limbs[0].joints, limbs[1].joints)}


def assert_every_joint_is_in_one_group(profile: RobotProfile) -> None:
    limbs = [joint for limb in (*profile.legs, *profile.arms) for joint in limb.joints]
    assert sorted([*limbs, *profile.waist, *profile.head]) == sorted(profile.joints)
    assert set(profile.standing) <= set(profile.joints)
    assert set(profile.lowered or {}) <= set(profile.joints)
    assert set(profile.armature_kg_m2) == set(profile.joints)


def assert_postures_keep_the_limits(body: StandingBody) -> None:
    for name, q in (*body.profile.standing.items(), *(body.profile.lowered or {}).items()):
        low, high = body.model.joint(name).range
        assert low <= q <= high, name


def assert_stands_upright_and_alike(body: StandingBody) -> None:
    """Soles flat, level and as far apart as the gait walks; the centre of mass between them at its stated height."""
    profile = body.profile
    left, right = body.site_p("left_sole"), body.site_p("right_sole")
    for sole in ("left_sole", "right_sole"):
        np.testing.assert_allclose(body.site_R(sole), np.eye(3), atol=0.02)
    np.testing.assert_allclose(left, right * [1, -1, 1], atol=2e-3)
    assert 0.5 * (left - right)[1] == pytest.approx(profile.gait.half_width_m, abs=0.01)
    com = body.com - body.ground
    assert abs(com[0]) < 0.3 * profile.sole_half_length_m
    assert abs(com[1]) < 0.01
    assert com[2] == pytest.approx(profile.com_height_m, abs=0.03)


def assert_the_head_looks_ahead_and_down(body: StandingBody, down_rad: float) -> None:
    """Level rows, and the optical axis so far below the horizon, in the standing posture."""
    R = body.site_R("head")
    assert abs(R[2, 0]) < 0.03
    assert R[0, 2] > 0.7
    assert np.arcsin(-R[2, 2]) == pytest.approx(down_rad, abs=0.03)
    assert body.site_p("head")[2] - body.ground[2] > 0.9 * body.profile.com_height_m


def assert_gait_is_within_the_legs(body: StandingBody) -> None:
    """A stride is shorter than the leg, both feet side by side have room, and times stand in their order."""
    gait, profile = body.profile.gait, body.profile
    assert max(gait.forward_m, gait.backward_m, gait.sideways_out_m) < 0.6 * body.leg_m
    assert gait.sideways_in_m < gait.sideways_out_m
    assert 2 * gait.half_width_m > 2 * profile.sole_half_width_m
    assert gait.narrowest_m > 2 * profile.sole_half_width_m
    assert gait.narrowest_m <= 2 * gait.half_width_m <= gait.widest_m
    assert gait.transfer_s < gait.shortest_s < gait.step_s < gait.longest_s
    assert gait.forward_m / gait.step_s == pytest.approx(gait.fastest_ahead_m_s, abs=0.5)
