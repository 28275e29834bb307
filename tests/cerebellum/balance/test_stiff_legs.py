"""Legs that hold: what is commanded is continuous, and a braced robot stands stiller."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.balance.stiff_legs import Brace
from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.controller import Mode
from linewalker.limbs.model.robot_model import effort_limits
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import CONTROL_PERIOD_S

G1 = load_profile("g1")


def brace_of_g1() -> Brace:
    return Brace(Dynamics(G1), effort_limits(G1))


def test_free_it_changes_nothing() -> None:
    brace, tau = brace_of_g1(), np.arange(29.0)
    brace.tick(CONTROL_PERIOD_S, False, np.ones(29), tau)
    q, kp, kd = np.zeros(29), np.full(29, 3.0), np.full(29, 2.0)
    assert brace.hold(q, kp, kd) == (kp, kd)
    assert np.array_equal(tau, np.arange(29.0))
    assert not q.any()


def test_taking_hold_is_continuous_and_then_torques_are_constant() -> None:
    brace, rng = brace_of_g1(), np.random.default_rng(0)
    steps, before = [], None
    for _ in range(400):
        tau = np.full(29, 5.0)
        brace.tick(CONTROL_PERIOD_S, True, np.zeros(29), tau)
        pull = brace.hold(np.zeros(29), np.zeros(29), np.zeros(29))[0] * 0.001
        now = tau + pull
        steps.append(0.0 if before is None else float(np.abs(now - before).max()))
        before = now
    assert max(steps) < 0.05
    held = [rng.normal(size=29) for _ in range(2)]
    for tau in held:
        brace.tick(CONTROL_PERIOD_S, True, np.zeros(29), tau)
    assert np.array_equal(*held)


def test_only_legs_are_held() -> None:
    brace = brace_of_g1()
    for _ in range(400):
        brace.tick(CONTROL_PERIOD_S, True, np.full(29, 0.3), np.zeros(29))
    q = np.zeros(29)
    kp, _ = brace.hold(q, np.zeros(29), np.zeros(29))
    legs = [joint in {j for leg in G1.legs for j in leg.joints} for joint in G1.joints]
    assert list(kp > 0.0) == legs
    assert q[legs] == pytest.approx(0.3)


def resting(rig: Rig, still: bool) -> UpperBodyReference:
    q = rig.motion.upper_body.q.copy()
    return UpperBodyReference(q_rad=q, dq_rad_s=np.zeros(len(q)), ddq_rad_s2=np.zeros(len(q)), still=still)


def test_a_braced_robot_hardly_sways() -> None:
    sway = []
    for still in (False, True):
        rig, seen = Rig(2), []
        rig.run(1.0)
        rig.motion.set_upper_body(resting(rig, still))
        rig.run(1.5)
        rig.run(1.0, until=lambda rig=rig, seen=seen: seen.append(rig.data.qpos[:3].copy()) is not None)
        sway.append(float(np.std(seen, axis=0).max()))
    assert sway[1] < 0.3 * sway[0]


def test_a_push_ends_it_and_the_robot_stays_on_its_feet() -> None:
    rig = Rig(3)
    rig.run(1.0)
    rig.motion.set_upper_body(resting(rig, True))
    rig.run(1.0)
    assert rig.motion.braced == 1.0
    rig.push((0.0, 80.0, 0.0), 0.1)
    rig.run(0.1)
    assert rig.motion.braced < 1.0
    rig.run(2.0)
    assert rig.state.mode is not Mode.FALLEN
