"""The simulated G1 boots as a real one, hears only what is for it, and tells what its sensors feel."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.guards.limits import command_limits
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.messages import LowCommand
from linewalker.limbs.unitree.simulator.machine import HARDWARE, SimulatedG1

G1 = load_profile("g1")
N = len(G1.joints)


def hold(q_rad: np.ndarray, hardware: int = HARDWARE) -> LowCommand:
    kp = 2.0 * command_limits(G1).torque_nm
    command = JointCommand(q_rad=q_rad, dq_rad_s=np.zeros(N), tau_nm=np.zeros(N), kp_nm_rad=kp, kd_nm_s_rad=0.05 * kp)
    return LowCommand(command_frame(command, hardware))


@pytest.fixture
def machine() -> SimulatedG1:
    return SimulatedG1(G1, seed=1)


def test_it_boots_hanging_and_without_torque(machine: SimulatedG1) -> None:
    for _ in range(500):
        state = machine.tick()
    assert not machine.hoist.slack
    assert not machine.lies
    assert state["mode_machine"] == HARDWARE
    assert state["tick"] == 1000
    assert not state["motor"]["mode"].any()
    np.testing.assert_allclose(state["motor"]["tau_est"][:N], 0.0, atol=1.0)
    assert np.linalg.norm(state["imu"]["accelerometer"]) == pytest.approx(9.81, abs=2.0)
    assert abs(np.linalg.norm(state["imu"]["quaternion"]) - 1.0) < 1e-5
    assert (state["motor"]["temperature"][:N] >= 20).all()
    torso = machine.torso_imu()
    assert np.linalg.norm(torso["accelerometer"]) == pytest.approx(9.81, abs=2.0)


def test_it_hears_frames_only_once_the_vendors_controller_has_let_go(machine: SimulatedG1) -> None:
    frame = hold(G1.standing_q())
    assert not machine.hear(frame)
    machine.mode = ""
    assert not machine.hear(hold(G1.standing_q(), hardware=6))
    assert not machine.hear(LowCommand(frame.image, sound=False))
    assert machine.hear(frame)
    assert (machine.heard, machine.unheard) == (1, 3)


def test_hung_it_goes_where_a_frame_says_and_what_works_gets_warm(machine: SimulatedG1) -> None:
    machine.mode = ""
    q = G1.standing_q() + 0.1
    for _ in range(1000):
        machine.hear(hold(q))
        state = machine.tick()
    assert np.abs(state["motor"]["q"][:N] - q).max() < 0.15  # the waist gives way under the trunk
    assert state["motor"]["mode"][:N].all()
    winding = state["motor"]["temperature"][:N, 1]
    assert winding.max() > winding.min()


def test_a_motor_that_is_not_enabled_stays_without_torque(machine: SimulatedG1) -> None:
    machine.mode = ""
    frame = hold(np.zeros(N))
    frame.image["motor"]["mode"][3] = 0
    machine.hear(frame)
    torque = machine.tick()["motor"]["tau_est"][:N]
    assert abs(torque[3]) < 1.0
    assert np.abs(np.delete(torque, 3)).max() > 5.0
