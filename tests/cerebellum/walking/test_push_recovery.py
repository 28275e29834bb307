"""Push recovery: when it begins and ends, and what it asks of the body."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.cerebellum.body.leg_reach import Legs
from linewalker.cerebellum.walking.push_recovery import TUNED_AT_M, Recovery, RecoveryTuning
from linewalker.limbs.profile import Gait
from linewalker.limbs.profiles import load_profile
from tests.cerebellum.walking.stepping_in_place import OMEGA, STANCE, STEP_S, in_place

HEIGHT_M = GRAVITY / OMEGA**2


@lru_cache
def g1() -> tuple[Dynamics, Legs]:
    profile = load_profile("g1")
    body = Dynamics(profile)
    return body, Legs(profile, body)


def recovery() -> Recovery:
    return Recovery(Gait(), HEIGHT_M, g1()[1])


def test_it_begins_with_a_jump_and_ends_when_a_step_begins_calmly() -> None:
    it, (plan, dcm) = recovery(), in_place()
    tuning, target = it.tuning, plan[:2] + plan[2:]

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


def test_only_a_hard_push_hurries_more_than_walking_does() -> None:
    gait, stance, touchdown = Gait(), np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.1, 0.05])
    for miss_m, hard in ((0.09, False), (0.15, True)):
        calm = recovery()
        dcm = touchdown * np.exp(-OMEGA * gait.step_s) + [miss_m, 0.0]
        assert calm.notice(dcm, stance, 0.0, touchdown, gait.step_s)
        assert calm._timing[1] == (calm.tuning.shortest_s if hard else gait.shortest_s)


@pytest.mark.parametrize("taller", [0.5, 1.4, 2.0])
def test_what_is_shaped_alike_recovers_alike(taller: float) -> None:
    """Dynamic similarity: all lengths times the height, all times times its root, and the same is decided."""
    gait, legs, touchdown = Gait(), g1()[1], np.array([0.1, 0.05])
    small, large = Recovery(gait, HEIGHT_M, legs), Recovery(gait, taller * HEIGHT_M, legs)
    for miss_m in np.linspace(0.0, 0.2, 41):
        where = touchdown * np.exp(-OMEGA * gait.step_s) + [miss_m, 0.0]
        both = [
            it.notice(scale * where, STANCE, 0.0, scale * touchdown, np.sqrt(scale) * gait.step_s)
            for it, scale in ((small, 1.0), (large, taller))
        ]
        assert both[0] == both[1], miss_m
        assert large.crouch_m == pytest.approx(taller * small.crouch_m)
    assert large.tuning.swing_m_s2 == small.tuning.swing_m_s2
    assert large.tuning.shortest_s == pytest.approx(np.sqrt(taller) * small.tuning.shortest_s)


def test_the_numbers_are_those_of_the_robot_they_were_found_with() -> None:
    tuning = RecoveryTuning()
    assert tuning.for_height(TUNED_AT_M) == tuning
    assert tuning.for_height(1.0).for_height(TUNED_AT_M**2).jump_m == pytest.approx(tuning.jump_m)
