"""Looking ahead over the steps that catch a push: footholds a leg reaches, times it keeps, the least that is left."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.walking.push_recovery_kernel import (
    _pendulum,
    _reachable,
    _within,
    feel_shove,
    look_ahead,
    off_plan,
    remaining_offset,
    sweep,
)
from tests.cerebellum.walking.stepping_in_place import COSTS, HIP, OMEGA, REACH, STANCE, STEP_S, TIMING, in_place


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


@pytest.mark.parametrize("aside", [-0.03, 0.1, 0.15, 0.2, 0.25])
def test_step_after_step_a_pendulum_comes_back_to_stepping_in_place(aside: float) -> None:
    side, dcm, foot, out = 1.0, np.array([0.0, aside]), np.array([0.0, 0.2]), np.zeros(2)
    for _ in range(5):
        plan, _ = in_place(side)
        stance, body = np.array([0.0, 0.0, 0.0, side]), (dcm, 0.5 * dcm, HIP * side)
        T, _ = look_ahead(body, stance, 0.0, plan, (foot, np.zeros(2)), TIMING, REACH, COSTS, out)
        dcm, foot, side = dcm * np.exp(OMEGA * T) - out, -out, -side
    np.testing.assert_allclose(out, plan[:2], atol=0.03)
    np.testing.assert_allclose(dcm, in_place(side)[1], atol=0.02)


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


@given(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([-1.0, 1.0]))
def test_the_nearest_foothold_is_reachable_and_no_other_is_nearer(x: float, y: float, side: float) -> None:
    ahead, aside = _reachable(x, y, side, REACH)
    assert -REACH[0] <= ahead <= REACH[1]
    assert REACH[2] <= side * aside <= REACH[3]
    grid = np.stack(np.meshgrid(np.linspace(-0.5, 0.5, 41), side * np.linspace(0.125, 0.6, 41)), -1)
    assert np.hypot(x - ahead, y - aside) <= np.linalg.norm(grid - [x, y], axis=-1).min() + 1e-12


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_point_stays_within_the_reach_of_its_hip(x: float, y: float) -> None:
    hip, radius, lean = (0.05, 0.1), 0.4, 0.3
    ahead, aside = _within(x, y, hip, radius, lean)
    assert np.hypot(ahead - hip[0], aside - hip[1]) <= radius + 1e-12
    assert abs(aside - hip[1]) <= lean + 1e-12
    if np.hypot(x - hip[0], y - hip[1]) <= radius and abs(y - hip[1]) <= lean:
        assert (ahead, aside) == pytest.approx((x, y))


@given(st.floats(-0.2, 0.2), st.floats(-1, 1), st.floats(0, 0.5))
def test_the_pendulum_is_the_solution_of_its_equation(com: float, speed: float, time: float) -> None:
    """c'' = omega^2 c: c cosh + v / omega sinh (Kajita et al. 2001)."""
    expected = com * np.cosh(OMEGA * time) + speed / OMEGA * np.sinh(OMEGA * time)
    assert _pendulum(com, com + speed / OMEGA, np.exp(OMEGA * time)) == pytest.approx(expected, abs=1e-12)


@given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_what_is_left_is_alike_left_and_right(x: float, y: float) -> None:
    left = remaining_offset((x, y), 1.0, (0.02, 0.05), (0.1, 0.2), TIMING, REACH)
    right = remaining_offset((x, -y), -1.0, (0.02, 0.05), (0.1, -0.2), TIMING, REACH)
    assert left == pytest.approx(right, abs=1e-12)


def test_a_shove_is_the_way_nobody_commanded_and_fades() -> None:
    rng = np.random.default_rng(5)
    omega, dt, forget_s = 3.7, 0.002, 0.1
    felt, shove = np.zeros(4), np.zeros(2)
    speeds, commanded = rng.normal(size=(50, 3)), rng.normal(size=(50, 3))
    before = np.zeros(2)
    for v, a in zip(speeds, commanded):
        feel_shove(v, a, dt, omega, forget_s, felt)
        shove = shove * np.exp(-dt / forget_s) + (v[:2] - before - a[:2] * dt) / omega
        before = v[:2]
    np.testing.assert_allclose(felt, [*shove, *before], atol=1e-12)


def test_on_its_plan_the_dcm_leaves_the_foot_as_a_pendulum_does() -> None:
    stance, target, omega, left_s = np.array([0.3, -0.1, 0.0, 1.0]), np.array([0.5, 0.0]), 3.7, 0.2
    decay = np.exp(-omega * left_s)
    now = stance[:2] + (target - stance[:2]) * decay
    assert off_plan(now, stance, target, decay) == pytest.approx(0.0, abs=1e-15)
    assert off_plan(now + [0.03, -0.04], stance, target, decay) == pytest.approx(0.05)
