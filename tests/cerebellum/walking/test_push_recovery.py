"""Push recovery: looking ahead, and when it begins and ends."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.leg_reach import Legs
from linewalker.cerebellum.walking.push_recovery import Recovery, RecoveryTuning
from linewalker.cerebellum.walking.push_recovery_kernel import look_ahead, remaining_offset, sweep
from linewalker.limbs.profile import Gait
from linewalker.limbs.profiles import load_profile

OMEGA, STEP_S = 4.0, 0.33
REACH = np.array([0.5, 0.5, 0.125, 0.6, 0.4, 0.3])
TIMING = np.array([STEP_S, 0.2, 0.6, OMEGA, 0.1, 60.0, 0.05])
COSTS = np.array([0.05, 0.3, 20.0])
HIP = np.array([0.0, 0.1])
STANCE = np.array([0.0, 0.0, 0.0, 1.0])


def in_place(side: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Plan of stepping on the spot, and the DCM at the beginning of its step."""
    offset = 0.2 / (1 + np.exp(OMEGA * STEP_S))
    plan = np.array([0.0, 0.2 * side, 0.0, -offset * side])
    return plan, (plan[:2] + plan[2:]) * np.exp(-OMEGA * STEP_S)


def ahead(dcm: np.ndarray, elapsed: float = 0.0, stance: np.ndarray = STANCE) -> tuple[float, np.ndarray]:
    plan, _ = in_place(stance[3])
    out, com = np.zeros(2), 0.5 * dcm
    swing = np.array([0.0, 0.2 * stance[3]]), np.zeros(2)
    T, _ = look_ahead((dcm, com, HIP * stance[3]), stance, elapsed, plan, swing, TIMING, REACH, COSTS, out)
    return T, out


def test_undisturbed_it_steps_where_and_about_when_it_was_to() -> None:
    plan, dcm = in_place()
    T, foothold = ahead(dcm)
    assert pytest.approx(STEP_S, abs=0.05) == T
    np.testing.assert_allclose(foothold, plan[:2], atol=0.03)


@pytest.mark.parametrize("push", [(0.1, 0.0), (-0.1, 0.0), (0.0, 0.15)])
def test_it_steps_after_the_push_and_sooner(push: tuple[float, float]) -> None:
    _, dcm = in_place()
    T, foothold = ahead(dcm + push)
    calm_T, calm = ahead(dcm)
    assert (foothold - calm) @ push > 0
    assert calm_T >= T


def test_pushed_over_the_stance_foot_it_first_puts_the_other_one_down_at_once() -> None:
    _, dcm = in_place()
    T, foothold = ahead(dcm + [0.0, -0.15])
    assert pytest.approx(0.2, abs=0.03) == T
    assert foothold[1] == pytest.approx(REACH[2], abs=0.01)


@given(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5), st.sampled_from([-1.0, 1.0]), st.floats(0, 0.3))
def test_footholds_can_be_reached_and_times_kept(x: float, y: float, side: float, elapsed: float) -> None:
    stance = np.array([0.0, 0.0, 0.0, side])
    T, foothold = ahead(np.array([x, y]), elapsed, stance)
    assert elapsed + 0.1 - 1e-9 <= T <= 0.6 + 1e-9
    assert abs(foothold[0]) <= 0.5 + 1e-9
    assert 0.125 - 1e-9 <= side * foothold[1] <= 0.6 + 1e-9


@given(st.floats(-3, 3))
def test_it_does_not_matter_where_the_robot_faces(yaw: float) -> None:
    _, dcm = in_place()
    dcm = dcm + [0.08, 0.03]
    c, s = np.cos(yaw), np.sin(yaw)
    R = np.array([[c, -s], [s, c]])
    plan, _ = in_place()
    T, foothold = ahead(dcm)
    turned, out = np.concatenate((R @ plan[:2], R @ plan[2:])), np.zeros(2)
    stance, swing = np.array([0.0, 0.0, yaw, 1.0]), (R @ [0.0, 0.2], np.zeros(2))
    body = (R @ dcm, 0.5 * R @ dcm, R @ HIP)
    T_turned, _ = look_ahead(body, stance, 0.0, turned, swing, TIMING, REACH, COSTS, out)
    assert T_turned == pytest.approx(T)
    np.testing.assert_allclose(out, R @ foothold, atol=1e-9)


def test_a_dcm_within_reach_of_the_next_steps_is_brought_to_rest() -> None:
    offset, behind = (0.0, 0.05), (0.0, 0.2)
    assert remaining_offset((0.1, 0.05), 1.0, offset, behind, TIMING, REACH) < 1e-6
    assert remaining_offset((0.9, 0.05), 1.0, offset, behind, TIMING, REACH) > 0.1


def test_falling_over_the_outer_edge_is_caught_up_to_a_known_distance() -> None:
    """The narrow foot d lands first, then the wide one w: x is caught if ((x g + d) g) - w <= x, g = exp(omega T)."""
    g, narrow, wide = float(np.exp(OMEGA * TIMING[1])), REACH[2], REACH[3]
    edge = (wide - narrow * g) / (g**2 - 1.0)
    timing = np.array([*TIMING[:5], 1e3, 0.0])
    left = [remaining_offset((0.0, -x), 1.0, (0.0, 0.0), (0.0, 0.2), timing, REACH) for x in (edge, edge + 0.03)]
    after_three = ((edge * g + narrow) * g - wide) * g + narrow
    assert left[0] == pytest.approx(after_three**2)
    assert left[1] > 1.2 * left[0]


def test_a_far_foot_comes_later() -> None:
    near, far = ((0.0, 0.2), (-0.6, 0.2))
    near_left, far_left = (remaining_offset((0.35, 0.05), 1.0, (0.0, 0.05), at, TIMING, REACH) for at in (near, far))
    assert far_left > near_left


@given(st.floats(0.05, 0.5), st.floats(-1.0, 1.0), st.floats(1.0, 100.0))
def test_a_foot_sweeps_as_far_as_speeding_up_and_braking_take_it(
    time: float, share: float, acceleration: float
) -> None:
    """Integrated: it speeds up until its speed can only just be braked in the time left."""
    speed = share * acceleration * time
    turning_point = 0.5 * (time - speed / acceleration)
    t = np.linspace(0.0, time, 4001)
    v = np.where(t < turning_point, speed + acceleration * t, acceleration * (time - t))
    assert sweep(speed, acceleration, time) == pytest.approx(np.trapezoid(v, t), abs=1e-4 * acceleration * time**2)


@lru_cache
def g1() -> tuple[Dynamics, Legs]:
    profile = load_profile("g1")
    body = Dynamics(profile)
    return body, Legs(profile, body)


def recovery() -> Recovery:
    return Recovery(Gait(), OMEGA, g1()[1])


def test_it_begins_with_a_jump_and_ends_when_a_step_begins_calmly() -> None:
    tuning, it, (plan, dcm) = RecoveryTuning(), recovery(), in_place()
    target = plan[:2] + plan[2:]

    def seen(error_m: float) -> bool:
        return it.notice(dcm + [error_m, 0.0], STANCE, 0.0, target, STEP_S)

    it.begin_step()
    assert not seen(0.9 * tuning.jump_m)
    assert seen(1.1 * tuning.jump_m)
    assert it.crouch_m > 0
    assert seen(0.0), "within a step it goes on"
    it.begin_step()
    assert seen(0.98 * tuning.jump_m), "not calm yet"
    it.begin_step()
    assert not seen(0.9 * tuning.calm_m)
    assert it.crouch_m == 0


def test_a_push_is_felt_before_it_has_led_anywhere() -> None:
    """An acceleration that was commanded is none; another counts, and counts less as time goes by."""
    (body, _), it, (plan, dcm) = g1(), recovery(), in_place()
    q, v, target, dt = (
        np.array([0.0, 0.0, 0.7, 1.0, *np.zeros(body.nv - 3)]),
        np.zeros(body.nv),
        plan[:2] + plan[2:],
        0.002,
    )
    body.update(q, v)
    it.begin(body)

    def accelerated(commanded: float, ticks: int, by: float) -> bool:
        for _ in range(ticks):
            v[1] += by * dt
            body.update(q, v)
            it.feel(body, np.array([0.0, commanded, 0.0]), dt)
        it.begin_step()
        return it.notice(dcm, STANCE, 0.0, target, STEP_S)

    assert not accelerated(4.0, 50, 4.0)
    assert accelerated(0.0, 30, 4.0), "5 cm of the DCM, of which the half-forgotten part is still above the bound"
    assert accelerated(0.0, 5, 0.0)
    assert not accelerated(0.0, 200, 0.0)


def test_the_swing_foot_asks_no_more_than_the_hips_give() -> None:
    it, out = recovery(), np.array([300.0, -400.0, 50.0, 1.0, 2.0, 3.0])
    it.spare_hips(out)
    np.testing.assert_allclose(out[2:], [50.0, 1.0, 2.0, 3.0])
    assert out[0] / out[1] == pytest.approx(-0.75)
    assert it.tuning.swing_m_s2 < np.hypot(*out[:2]) < 2.0 * it.tuning.swing_m_s2
    small = np.ones(6)
    it.spare_hips(small)
    np.testing.assert_allclose(small, 1.0)


def test_on_its_way_down_it_falls_as_a_pendulum_under_that_force() -> None:
    """Without angular momentum the force points to the centre of mass: c'' = (c - p) (g + z'') / (z - floor)."""
    (body, _), it = g1(), recovery()
    body.update(np.array([0.0, 0.0, 0.7, 1.0, *np.zeros(body.nv - 3)]), np.zeros(body.nv))
    floor, lean = 0.05, np.array([0.1, -0.03])
    com_acc = np.array([*(OMEGA**2 * lean), 9.9])
    it.crouch(body, floor, body.com[2] - 0.03, com_acc)
    assert -it.tuning.sink_m_s2 <= com_acc[2] < 0.0
    np.testing.assert_allclose(com_acc[:2], lean * (GRAVITY + com_acc[2]) / (body.com[2] - floor))


def test_while_braking_only_a_shove_is_a_push() -> None:
    gait, stance, touchdown = Gait(), np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.1, 0.05])
    dcm, it = touchdown * np.exp(-OMEGA * gait.step_s) + [0.2, 0.0], recovery()
    assert not it.notice(dcm, stance, 0.0, touchdown, gait.step_s, braking=True)
    body = g1()[0]
    it.begin(body)
    body.com_v[0] += 0.5
    it.feel(body, np.zeros(3), 0.002)
    assert it.notice(dcm, stance, 0.0, touchdown, gait.step_s, braking=True)


def test_only_a_hard_push_hurries_more_than_walking_does() -> None:
    gait, stance, touchdown = Gait(), np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.1, 0.05])
    for miss_m, hard in ((0.09, False), (0.15, True)):
        calm = recovery()
        dcm = touchdown * np.exp(-OMEGA * gait.step_s) + [miss_m, 0.0]
        assert calm.notice(dcm, stance, 0.0, touchdown, gait.step_s)
        assert calm._timing[1] == (calm.tuning.shortest_s if hard else gait.shortest_s)
