"""The driver of a G1: what leaves keeps to the guards, each planted fault ends in damping, and refusals have names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from linewalker.errors import LinewalkerError, RobotLost, RobotStopped, SensorFailed
from linewalker.limbs.guards.limits import StateLimits
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.g1_robot import DAMPING_FRAMES, G1Robot
from linewalker.limbs.unitree.remote import DEAD_S
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from tests.limbs.unitree.in_process_port import InProcessPort

PROFILE = load_profile("g1")
AT_S = 0.1


def driven(*faults: str) -> tuple[G1Robot, InProcessPort]:
    port = InProcessPort(SimulatedG1(PROFILE), faults)
    robot = G1Robot(PROFILE, port)
    robot.connect()
    robot.drive()
    return robot, port


def live(robot: G1Robot, port: InProcessPort, until_s: float) -> None:
    while port.machine.time_s < until_s:
        robot.sense()
        robot.act(robot.guard.damped)


def pull(nm: float) -> JointCommand:
    zero = np.zeros(29)
    return JointCommand(q_rad=zero, dq_rad_s=zero, tau_nm=np.full(29, nm), kp_nm_rad=zero, kd_nm_s_rad=zero)


def test_before_it_is_driven_nothing_is_sent() -> None:
    port = InProcessPort(SimulatedG1(PROFILE))
    with G1Robot(PROFILE, port) as robot:
        felt = robot.sense()
        with pytest.raises(RobotStopped, match="start_up"):
            robot.act(pull(1.0))
        with pytest.raises(SensorFailed):
            robot.look("head")
        with pytest.raises(SensorFailed):
            robot.scan("right_wrist")
    assert not port.sent
    assert port.closed
    assert felt.q_rad.shape == (29,)
    assert felt.winding_c is not None


def test_commands_leave_within_the_torque_and_damping_ends_it() -> None:
    robot, port = driven()
    assert port.machine.mode == ""
    limits = robot.guard.limits
    with robot:
        for _ in range(2):
            robot.sense()
            applied = robot.act(pull(1e4))
    assert (applied <= limits.torque_nm).all()
    assert all((np.abs(command.tau_nm) <= limits.torque_nm).all() for _, command in port.sent)
    last = [command for _, command in port.sent[-DAMPING_FRAMES:]]
    assert all((command.kd_nm_s_rad == limits.damping_nm_s_rad).all() for command in last)
    assert all(not command.tau_nm.any() and not command.kp_nm_rad.any() for command in last)


@pytest.mark.parametrize(
    ("fault", "error", "says", "within_s"),
    [
        ("cable", RobotLost, "no state came", 0.1),
        ("frozen", RobotLost, "no state came", 0.1),
        ("crc", RobotLost, "no state came", 0.1),
        ("nan", RobotStopped, "no numbers", 0.0),
        ("hot", RobotStopped, "winding", 0.0),
        ("error", RobotStopped, "reports an error", 0.0),
        ("battery", RobotStopped, "battery", 0.0),
        ("pressed-remote", RobotStopped, "B was pressed", 0.0),
        ("dead-remote", RobotStopped, "remote has said nothing", DEAD_S),
    ],
)
def test_a_fault_ends_in_damping_in_its_time(
    fault: str, error: type[LinewalkerError], says: str, within_s: float
) -> None:
    robot, port = driven(f"{fault}@{AT_S}")
    with pytest.raises(error, match=says):
        live(robot, port, AT_S + DEAD_S + 1.0)
    assert port.machine.time_s <= AT_S + within_s + 0.006
    assert (port.sent[-1][1].kd_nm_s_rad == robot.guard.limits.damping_nm_s_rad).all()
    robot.close()


def test_a_short_hole_is_gone_over_and_counted() -> None:
    robot, port = driven(f"cable@{AT_S}+0.05")
    stamps = []
    while port.machine.time_s < AT_S + 0.2:
        stamps.append(robot.sense().time_s)
        robot.act(robot.guard.damped)
    assert max(np.diff(stamps)) == pytest.approx(0.052, abs=0.003)
    assert robot.missed == round((max(np.diff(stamps)) - 0.002) / 0.002)
    assert StateLimits().link_s > 0.05
    robot.close()


@pytest.mark.parametrize(("mode", "says"), [(6, "waist is locked"), (9, "gears"), (77, "unknown hardware")])
def test_other_hardware_is_refused_by_name(mode: int, says: str) -> None:
    port = InProcessPort(SimulatedG1(PROFILE))
    port.mode_machine = mode
    with pytest.raises(RobotStopped, match=says):
        G1Robot(PROFILE, port).connect()
    assert not port.sent


def test_another_publisher_is_refused() -> None:
    port = InProcessPort(SimulatedG1(PROFILE), ["publisher@0"])
    with pytest.raises(RobotStopped, match="other publisher"):
        G1Robot(PROFILE, port).connect()


class _Silent(InProcessPort):
    def vendors_controller(self) -> str:
        return "ai"


def test_a_vendor_that_does_not_let_go_is_told() -> None:
    robot = G1Robot(PROFILE, _Silent(SimulatedG1(PROFILE)))
    robot.connect()
    with pytest.raises(RobotLost, match="does not let go"):
        robot.drive()


class _Watch:
    beats, damping, closed = 0, False, False

    def beat(self) -> None:
        self.beats += 1

    def close(self) -> None:
        self.closed = True


def test_a_watchdog_is_told_and_its_damping_heeded() -> None:
    watch: Any = _Watch()
    robot = G1Robot(PROFILE, InProcessPort(SimulatedG1(PROFILE)), lambda _: watch)
    robot.connect()
    robot.drive()
    robot.sense()
    robot.act(pull(0.0))
    assert watch.beats == 2
    watch.damping = True
    with pytest.raises(RobotStopped, match="watchdog"):
        robot.sense()
    robot.close()
    robot.close()
    assert watch.closed
