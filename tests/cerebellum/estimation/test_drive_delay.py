"""How late the drives are, and where the body is by then."""

import mujoco
import numpy as np
import pytest
from benchmarks.rig import Rig
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.estimation.drive_delay import MOST_TICKS, WARM_UP_TICKS, DriveLatency
from linewalker.limbs.profiles import load_profile

DT = 0.002


@pytest.fixture(scope="module")
def body() -> Dynamics:
    return Dynamics(load_profile("g1"))


def told(
    body: Dynamics, delay: int, noise_nm: float, seed: int, *, ticks: int = 3 * WARM_UP_TICKS, lost: float = 0.0
) -> DriveLatency:
    """Drives that follow the commands late, and report it with noise; a share of the ticks is lost."""
    rng, latency, sent = np.random.default_rng(seed), DriveLatency(body, DT), []
    for tick in range(ticks):
        if tick and rng.random() < lost:
            sent.append(sent[-1])
            latency.kept()
            continue
        if tick > delay:
            latency.observe(sent[tick - 1 - delay] + noise_nm * rng.standard_normal(len(body.joints)))
        sent.append(20.0 + 3.0 * rng.standard_normal(len(body.joints)))
        latency.sent(sent[-1], np.zeros(body.nv))
    return latency


@given(st.integers(0, MOST_TICKS - 1), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_the_delay_is_found_in_noisy_torques(body: Dynamics, delay: int, seed: int) -> None:
    assert told(body, delay, noise_nm=1.0, seed=seed).ticks == delay


def test_it_is_found_where_ticks_are_lost(body: Dynamics) -> None:
    for delay in (1, 3, 6):
        assert told(body, delay, noise_nm=1.0, seed=delay, lost=0.3).ticks == delay


def test_torques_that_tell_nothing_leave_it_at_none(body: Dynamics) -> None:
    latency = DriveLatency(body, DT)
    for _ in range(3 * WARM_UP_TICKS):
        latency.observe(np.full(len(body.joints), 7.0))
        latency.sent(np.full(len(body.joints), 7.0), np.zeros(body.nv))
    assert latency.ticks == 0


def test_a_constant_acceleration_carries_on_as_newton_says(body: Dynamics) -> None:
    latency = told(body, delay=4, noise_nm=0.0, seed=1)
    rng = np.random.default_rng(2)
    q, v, a = np.zeros(body.model.nq), 0.5 * rng.normal(size=body.nv), 5.0 * rng.normal(size=body.nv)
    q[3] = 1.0
    for _ in range(MOST_TICKS):
        latency.sent(np.zeros(len(body.joints)), a)
    q_then, v_then = latency.carried_on(q, v)
    np.testing.assert_allclose(v_then, v + 4 * DT * a)
    way = np.zeros(body.nv)
    mujoco.mj_differentiatePos(body.model, way, 1.0, q, q_then)
    np.testing.assert_allclose(way, 4 * DT * v + 0.5 * (4 * DT) ** 2 * a, atol=1e-12)


def test_what_is_not_under_way_any_more_does_not_count(body: Dynamics) -> None:
    latency = told(body, delay=2, noise_nm=0.0, seed=3)
    latency.sent(np.zeros(len(body.joints)), np.full(body.nv, 1e3))
    for _ in range(2):
        latency.sent(np.zeros(len(body.joints)), np.zeros(body.nv))
    _, v = latency.carried_on(np.eye(1, body.model.nq, 3)[0], np.zeros(body.nv))
    np.testing.assert_allclose(v, 0.0)


def test_a_robot_with_late_drives_knows_it_and_walks() -> None:
    rig = Rig(seed=5, command_delay_s=0.012)
    rig.run(1.0)
    rig.motion.walk(0.4, 0.0, 0.3)
    rig.run(3.0)
    assert rig.motion.latency.ticks == 6
    assert rig.state.mode is Mode.WALKING


def test_what_acts_now_is_what_was_sent_so_long_ago(body: Dynamics) -> None:
    latency = told(body, delay=3, noise_nm=0.0, seed=2)
    for k in range(MOST_TICKS):
        latency.sent(np.full(len(body.joints), float(k)), np.full(body.nv, -float(k)))
    torque, acceleration = latency.acting
    assert (torque == MOST_TICKS - 1 - latency.ticks).all()
    assert (acceleration == -torque[0]).all()
    latency.interrupt()
    assert not any(part.any() for part in latency.acting)
