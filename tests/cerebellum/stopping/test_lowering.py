"""Coming to rest and going down: as fast as the bounds allow and no faster, for every robot."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.stopping.lowering import Brake, Lowering
from linewalker.limbs.profiles import PROFILES, load_profile

DT = 0.002


def upper_body(q: np.ndarray, dq: np.ndarray | None = None, offsets: np.ndarray | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        q=np.asarray(q, float),
        dq=np.zeros(len(q)) if dq is None else np.asarray(dq, float),
        offsets=np.zeros(6) if offsets is None else offsets,
    )


@pytest.fixture(scope="module", params=sorted(PROFILES))
def standing(request: pytest.FixtureRequest) -> Dynamics:
    profile = load_profile(request.param)
    body = Dynamics(profile)
    body.q[body.joints + 1] = profile.standing_q()
    body.update(body.q, np.zeros(body.nv))
    return body


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=5))
def test_every_joint_brakes_in_the_time_and_way_its_speed_takes(speeds: list[float]) -> None:
    """t = v / a, s = v^2 / 2 a; the reference arrives within a tick and the way of one."""
    brake, most = Brake(upper_body(np.zeros(len(speeds)), np.array(speeds))), Brake.BRAKE_RAD_S2
    fastest = max(abs(speed) for speed in speeds)
    ticks, reference = 0, None
    while not brake.done:
        reference = brake.tick(DT)
        assert np.abs(reference.ddq_rad_s2).max() <= most + 1e-9
        ticks += 1
        assert ticks < 1000
    assert ticks * DT == pytest.approx(fastest / most, abs=1.5 * DT)
    assert reference is not None
    way = np.sign(speeds) * np.square(speeds) / (2 * most)
    np.testing.assert_allclose(reference.q_rad, way, atol=0.5 * fastest * DT + 1e-9)
    np.testing.assert_array_equal(brake.tick(DT).q_rad, reference.q_rad)  # and stays


def test_a_brake_keeps_the_pelvis_where_it_is() -> None:
    offsets = np.array([-0.1, 0.01, 0.02, 0.03, 0.004, 0.005])
    reference = Brake(upper_body(np.zeros(2), np.ones(2), offsets)).tick(DT)
    assert reference.pelvis_height_offset_m == -0.1
    np.testing.assert_array_equal(reference.pelvis_rotvec_rad, offsets[1:4])
    np.testing.assert_array_equal(reference.com_offset_m, offsets[4:])


def test_leaning_turns_the_legs_so_that_the_soles_stay_and_the_body_turns_about_its_centre(standing: Dynamics) -> None:
    lowering = Lowering(standing, upper_body(np.zeros(len(standing.rest))))
    rates = lowering._turn_by_leaning().reshape(2, 6)
    spin = standing.base_R[:, 1]
    v = np.zeros(standing.nv)
    v[:3], v[4] = -np.cross(spin, standing.com - standing.base_p), 1.0
    v[standing.legs] = rates
    np.testing.assert_allclose(standing.J @ v, 0.0, atol=1e-9)
    at_com = v[:3] + np.cross(spin, standing.com - standing.base_p)
    np.testing.assert_allclose(at_com, 0.0, atol=1e-12)


def test_it_sinks_softly_and_no_faster_than_it_may(standing: Dynamics) -> None:
    lowering = Lowering(standing, upper_body(np.zeros(len(standing.rest))))
    depths, leans = [0.0], [0.0]
    for _ in range(300):
        reference = lowering.tick(DT)
        depths.append(lowering.depth_m)
        leans.append(lowering.lean_rad)
        assert reference.pelvis_height_offset_m == -lowering.depth_m
        assert reference.pelvis_rotvec_rad.tolist() == [0.0, lowering.lean_rad, 0.0]
    speed = np.diff(depths) / DT
    assert speed.max() == pytest.approx(Lowering.SPEED_M_S)
    assert np.all(np.diff(speed) >= -1e-9)  # faster and faster, then steady
    assert speed[0] < 0.02 * Lowering.SPEED_M_S
    assert np.abs(np.diff(leans)).max() <= Lowering.LEAN_RAD_S * DT + 1e-12
    assert not lowering.done


def test_near_a_limit_the_lean_takes_the_tight_joint_away_from_it(standing: Dynamics) -> None:
    """Two ticks apart, the lean changes the way that opens the joint which is nearest to its limit."""
    q, lowering = standing.q.copy(), Lowering(standing, upper_body(np.zeros(len(standing.rest))))
    ankle = int(standing.legs[0, 4])
    for limit, inward in ((lowering._low[4], 1.0), (lowering._high[4], -1.0)):
        fresh = Lowering(standing, upper_body(np.zeros(len(standing.rest))))
        fresh.lean_rad = 0.3
        standing.q[ankle + 1] = limit + inward * 0.5 * Lowering.NEAR_RAD
        try:
            slope = fresh._turn_by_leaning()[4]
            fresh.tick(DT)
            assert (fresh.lean_rad - 0.3) * slope * inward > 0.0
        finally:
            standing.q[:] = q


def test_at_a_limit_it_goes_no_lower(standing: Dynamics) -> None:
    lowering = Lowering(standing, upper_body(np.zeros(len(standing.rest))))
    q, knee = standing.q.copy(), int(standing.legs[1, 3])
    for _ in range(50):
        lowering.tick(DT)
    standing.q[knee + 1] = lowering._high[9] + 0.01
    try:
        depth = lowering.depth_m
        lowering.tick(DT)
        assert lowering.done
        assert lowering.depth_m == depth
    finally:
        standing.q[:] = q
    lowering.tick(DT)
    assert lowering.done  # for good
    assert lowering.depth_m == depth


def test_arms_fold_to_their_goal_within_their_bounds(standing: Dynamics) -> None:
    m = len(standing.rest)
    start, goal = np.zeros(m), np.linspace(-0.8, 0.8, m)
    lowering = Lowering(standing, upper_body(start), goal)
    previous = np.zeros(m)
    for _ in range(2500):
        reference = lowering.tick(DT)
        assert np.abs(reference.dq_rad_s).max() <= Lowering.FOLD_RAD_S + 1e-9
        assert np.abs(reference.dq_rad_s - previous).max() <= Lowering.FOLD_RAD_S2 * DT + 1e-9
        previous = reference.dq_rad_s
    np.testing.assert_allclose(reference.q_rad, goal, atol=2e-3)
    assert reference.com_offset_m[0] == pytest.approx(Lowering.AHEAD_M)  # hands are there to catch it


def test_without_a_goal_arms_stay_and_the_weight_goes_back(standing: Dynamics) -> None:
    q = np.linspace(-0.3, 0.3, len(standing.rest))
    lowering = Lowering(standing, upper_body(q, offsets=np.array([0.0, 0.1, 0.0, 0.2, 0.01, 0.02])))
    first = lowering.tick(DT)
    np.testing.assert_allclose(first.pelvis_rotvec_rad, [0.1, 0.0, 0.2], atol=1e-2)  # from where it was
    for _ in range(1000):
        reference = lowering.tick(DT)
    np.testing.assert_array_equal(reference.q_rad, q)
    np.testing.assert_allclose(reference.com_offset_m, [-Lowering.BACK_M, 0.0], atol=1e-12)
    np.testing.assert_allclose(reference.pelvis_rotvec_rad, [0.0, lowering.lean_rad, 0.0], atol=1e-12)
