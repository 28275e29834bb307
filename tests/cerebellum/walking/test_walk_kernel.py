"""Step adaptation, centre of pressure and swing foot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.walking.walk_kernel import adapt_step, lift, move_swing, pressure_point, steer_swing

OMEGA, T = 4.0, 0.36
REACH = np.array([0.4, 0.5, 0.125, 0.45])


def timing(last: float = T) -> np.ndarray:
    return np.array([T, 0.22, 0.6, last, OMEGA, 1.0, 0.1, 200.0])


def plan(yaw: float, side: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stance, plan and the DCM at the start of the step that leads exactly through the plan."""
    c, s = np.cos(yaw), np.sin(yaw)
    R = np.array([[c, -s], [s, c]])
    stance = np.array([0.3, -0.2, yaw, side])
    foothold, offset = stance[:2] + R @ [0.15, 0.2 * side], R @ [0.03, -0.04 * side]
    dcm = stance[:2] + (foothold + offset - stance[:2]) * np.exp(-OMEGA * T)
    return stance, np.concatenate((foothold, offset)), dcm


@pytest.mark.parametrize("side", [1.0, -1.0])
@pytest.mark.parametrize("elapsed", [0.0, 0.1, 0.25])
def test_undisturbed_the_step_is_the_planned_one(side: float, elapsed: float) -> None:
    stance, wanted, start = plan(0.4, side)
    dcm = stance[:2] + (start - stance[:2]) * np.exp(OMEGA * elapsed)
    out = np.zeros(2)
    assert adapt_step(dcm, stance, elapsed, wanted, timing(), REACH, out) == pytest.approx(T)
    np.testing.assert_allclose(out, wanted[:2], atol=1e-9)


@given(st.floats(-0.05, 0.05), st.floats(-0.03, 0.03), st.floats(0.05, 0.2))
def test_the_adapted_step_is_the_cheapest_near_it(dx: float, dy: float, elapsed: float) -> None:
    """No foothold and time nearby have a lower cost, unless a limit holds."""
    stance, wanted, start = plan(0.0, 1.0)
    dcm = stance[:2] + (start - stance[:2]) * np.exp(OMEGA * elapsed) + [dx, dy]
    out = np.zeros(2)
    chosen = adapt_step(dcm, stance, elapsed, wanted, timing(), np.array([9.0, 9.0, -9.0, 9.0]), out)
    if not 0.23 < chosen < 0.59 or chosen - elapsed < 0.07:
        return

    def cost(u: np.ndarray, growth: float) -> float:
        miss = u + wanted[2:] - stance[:2] - (dcm - stance[:2]) * np.exp(-OMEGA * elapsed) * growth
        return 1.0 * np.sum((u - wanted[:2]) ** 2) + 0.1 * (growth - np.exp(OMEGA * T)) ** 2 + 200 * miss @ miss

    best = cost(out, np.exp(OMEGA * chosen))
    rng = np.random.default_rng(0)
    for _ in range(30):
        assert cost(out + 0.002 * rng.normal(size=2), np.exp(OMEGA * chosen) + 0.01 * rng.normal()) >= best - 1e-9


def test_a_push_forward_makes_the_step_longer_and_earlier() -> None:
    stance, wanted, start = plan(0.0, 1.0)
    out = np.zeros(2)
    chosen = adapt_step(start + [0.03, 0.0], stance, 0.0, wanted, timing(), REACH, out)
    assert chosen < T
    assert out[0] > wanted[0]


@given(st.floats(-2, 2), st.floats(-2, 2), st.sampled_from([-1.0, 1.0]))
def test_footholds_stay_within_reach_and_on_their_side(dx: float, dy: float, side: float) -> None:
    stance, wanted, start = plan(0.0, side)
    out = np.zeros(2)
    chosen = adapt_step(start + [dx, dy], stance, 0.0, wanted, timing(), REACH, out)
    ahead, aside = out - stance[:2]
    assert -0.4 - 1e-9 <= ahead <= 0.5 + 1e-9
    assert 0.125 - 1e-9 <= side * aside <= 0.45 + 1e-9
    assert 0.22 <= chosen <= 0.6


def test_just_before_touchdown_the_foothold_is_left_alone() -> None:
    stance, wanted, start = plan(0.0, 1.0)
    out = np.array([7.0, 7.0])
    adapt_step(start, stance, 0.35, wanted, timing(), REACH, out)
    assert list(out) == [7.0, 7.0]


def test_pressure_stays_at_the_foot_on_track_and_chases_an_error_within_the_sole() -> None:
    stance, out, tuning = np.array([0.0, 0.0, 0.5, 1.0]), np.zeros(2), np.array([OMEGA, 2.5, 0.07, 0.02])
    end = np.array([0.3, 0.1])
    track = end * np.exp(-OMEGA * 0.2)
    pressure_point(track, stance, 0.2, end, tuning, out)
    np.testing.assert_allclose(out, 0.0, atol=1e-12)
    pressure_point(track + [1.0, 1.0], stance, 0.2, end, tuning, out)
    c, s = np.cos(0.5), np.sin(0.5)
    np.testing.assert_allclose(np.array([[c, s], [-s, c]]) @ out, [0.07, 0.02], atol=1e-12)


def test_the_swing_foot_arrives_at_rest_though_its_goal_moves() -> None:
    swing, goal = np.zeros((3, 3)), np.array([0.2, 0.05, 0.3])
    for tick in range(150):
        if tick == 60:
            goal = np.array([0.25, 0.0, 0.2])
        move_swing(swing, goal, 0.3 - 0.002 * tick, 0.002)
    np.testing.assert_allclose(swing[0], goal, atol=0.002)
    np.testing.assert_allclose(swing[1], 0.0, atol=0.1)


def test_the_lift_begins_and_ends_on_the_floor_and_its_rates_are_derivatives() -> None:
    rate = 1 / 0.3
    for phase in (0.0, 1.0):
        assert lift(phase, rate, 0.05)[:2] == pytest.approx((0.0, 0.0))
    assert lift(0.5, rate, 0.05)[0] == pytest.approx(0.05)
    h = 1e-5
    for phase in np.linspace(0.1, 0.9, 9):
        before, now, after = (lift(p, rate, 0.05) for p in (phase - h, phase, phase + h))
        assert (after[0] - before[0]) / (2 * h) * rate == pytest.approx(now[1], abs=1e-6)
        assert (after[1] - before[1]) / (2 * h) * rate == pytest.approx(now[2], abs=1e-4)


def fly(landing_s: Callable[[float], float]) -> np.ndarray:
    """Heights of a swing foot that follows its accelerations exactly."""
    swing, goal, clock = np.zeros((3, 3)), np.array([0.2, 0.0, 0.0]), np.zeros(4)
    heights, out, p, v = np.array([0.0, -0.002, 0.05, 0.0]), np.zeros(6), np.zeros(3), np.zeros(6)
    path = []
    for tick in range(200):
        left = landing_s(0.002 * tick) - 0.002 * tick
        clock[:3] = max(left, 0.0), max(left, 0.0), 0.002
        steer_swing(swing, goal, clock, heights, (p, np.eye(3), v), np.array([900.0, 60.0]), out)
        v += 0.002 * out
        p += 0.002 * v[:3]
        path.append(p[2])
    return np.array(path)


def test_the_foot_lands_when_it_is_due_and_seeks_a_floor_that_is_lower() -> None:
    path = fly(lambda _: 0.3)
    assert path.max() == pytest.approx(0.05, abs=0.005)
    assert 0.002 * int(np.argmax(path[50:] < 0.001) + 50) == pytest.approx(0.3, abs=0.03)
    assert path[-1] < -0.02


def test_a_landing_brought_forward_comes_without_a_jump() -> None:
    path = fly(lambda t: 0.3 if t < 0.12 else 0.22)
    assert 0.002 * int(np.argmax(path[50:] < 0.002) + 50) == pytest.approx(0.22, abs=0.03)
    assert np.abs(np.diff(path)).max() < 0.003
