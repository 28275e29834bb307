"""Whatever a controller wants, what leaves keeps to the limits; what keeps to them leaves as it came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.limbs.guards.command_guard import CommandGuard
from linewalker.limbs.guards.limits import CommandLimits
from linewalker.limbs.robot import JointCommand

N = 3
LIMITS = CommandLimits(
    lower_rad=np.array([-1.0, -0.1, 0.2]),
    upper_rad=np.array([1.5, 0.3, 2.0]),
    fastest_rad_s=np.array([10.0, 5.0, 1.0]),
    torque_nm=np.array([88.0, 35.0, 5.0]),
    step_rad=np.array([0.02, 0.01, 0.002]),
    step_nm=np.array([44.0, 17.5, 2.5]),
    damping_nm_s_rad=np.array([8.8, 3.5, 0.5]),
)
MIDDLE = 0.5 * (LIMITS.lower_rad + LIMITS.upper_rad)


def vectors(low: float, high: float) -> st.SearchStrategy[Array]:
    return arrays(np.float64, N, elements=st.floats(low, high))


COMMANDS = st.builds(
    JointCommand,
    q_rad=vectors(-1e3, 1e3),
    dq_rad_s=vectors(-1e3, 1e3),
    tau_nm=vectors(-1e5, 1e5),
    kp_nm_rad=vectors(0.0, 1e4),
    kd_nm_s_rad=vectors(0.0, 1e3),
)
FELT = st.tuples(vectors(-2.0, 3.0), vectors(-20.0, 20.0))


@given(st.lists(st.tuples(COMMANDS, FELT, vectors(0.0, 1.0)), min_size=1, max_size=8))
def test_whatever_comes_in_range_speed_torque_and_step_hold(turns: list) -> None:  # type: ignore[type-arg]
    guard = CommandGuard(LIMITS)
    tau_before, q_before, left_before = np.zeros(N), None, LIMITS.torque_nm
    for command, (q, dq), share in turns:
        sent, left = guard.passed(command, q, dq, share), share * LIMITS.torque_nm
        assert (np.abs(sent.tau_nm) <= left).all()
        assert (np.abs(sent.dq_rad_s) <= LIMITS.fastest_rad_s).all()
        assert ((LIMITS.lower_rad <= sent.q_rad) & (sent.q_rad <= LIMITS.upper_rad)).all()
        taken_back = np.maximum(left_before - left, 0.0)
        assert (np.abs(sent.tau_nm - tau_before) <= LIMITS.step_nm + taken_back + 1e-9).all()
        if q_before is not None:
            inside = (LIMITS.lower_rad <= q_before) & (q_before <= LIMITS.upper_rad)
            assert (np.abs(sent.q_rad - q_before) <= LIMITS.step_rad + 1e-9)[inside].all()
        tau_before, left_before = sent.tau_nm, left
        q_before = np.where(command.kp_nm_rad > 0.0, sent.q_rad, q)


@given(vectors(-0.9, 0.9), vectors(-0.4, 0.4), vectors(0.0, 50.0))
def test_what_keeps_to_the_limits_leaves_as_it_came(part: Array, torque: Array, kp: Array) -> None:
    guard = CommandGuard(LIMITS)
    tau = torque * LIMITS.torque_nm
    q = MIDDLE + part * np.minimum(LIMITS.step_rad, 0.4 * LIMITS.torque_nm / np.maximum(kp, 1e-6))
    wanted = JointCommand(q_rad=q, dq_rad_s=np.zeros(N), tau_nm=tau, kp_nm_rad=kp, kd_nm_s_rad=np.ones(N))
    sent = guard.passed(wanted, MIDDLE, np.zeros(N))
    for name in ("q_rad", "dq_rad_s", "kp_nm_rad", "kd_nm_s_rad"):
        np.testing.assert_array_equal(getattr(sent, name), getattr(wanted, name))
    np.testing.assert_allclose(sent.tau_nm, tau, atol=1e-9)


@given(COMMANDS, vectors(0.0, 1.0))
def test_a_joint_in_its_range_is_pulled_with_the_whole_torque_at_most(command: JointCommand, at: Array) -> None:
    q = LIMITS.lower_rad + at * (LIMITS.upper_rad - LIMITS.lower_rad)
    sent = CommandGuard(LIMITS).passed(replace(command, kd_nm_s_rad=np.zeros(N)), q, np.zeros(N))
    spring = sent.kp_nm_rad * (sent.q_rad - q)
    assert (np.abs(spring) <= LIMITS.torque_nm * (1.0 + 1e-9) + 1e-6).all()


def test_after_damping_it_begins_without_torque_and_where_the_joints_are() -> None:
    guard, still = CommandGuard(LIMITS), np.zeros(N)
    stiff = JointCommand(
        q_rad=LIMITS.upper_rad, dq_rad_s=still, tau_nm=LIMITS.torque_nm, kp_nm_rad=np.full(N, 10.0), kd_nm_s_rad=still
    )
    for _ in range(5):
        guard.passed(stiff, MIDDLE, still)
    guard.begin()
    sent = guard.passed(stiff, MIDDLE, still)
    np.testing.assert_allclose(sent.q_rad, MIDDLE + LIMITS.step_rad)
    assert (sent.tau_nm <= LIMITS.step_nm).all()
    assert guard.changed == 6
    np.testing.assert_array_equal(guard.damped.kd_nm_s_rad, LIMITS.damping_nm_s_rad)


@pytest.mark.parametrize("name", ["q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_never_leaves(name: str, value: float) -> None:
    wrong = replace(JointCommand.damped(np.ones(N)), **{name: np.array([0.0, value, 0.0])})
    with pytest.raises(InputError, match=name):
        CommandGuard(LIMITS).passed(wrong, MIDDLE, np.zeros(N))


@pytest.mark.parametrize("name", ["kp_nm_rad", "kd_nm_s_rad"])
def test_a_gain_that_drives_away_never_leaves(name: str) -> None:
    wrong = replace(JointCommand.damped(np.ones(N)), **{name: np.array([0.0, -1.0, 0.0])})
    with pytest.raises(InputError, match="below 0"):
        CommandGuard(LIMITS).passed(wrong, MIDDLE, np.zeros(N))
