"""A controller that dies or hangs leaves a robot that is damped; one that ends in good order leaves it in peace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.messages import TOPICS, LowCommand
from linewalker.limbs.unitree.watchdog import Watchdog, watch
from tests.limbs.unitree.wires import come_true, free_domain

CONTROLLER = """
import sys, time
import numpy as np
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.watchdog import Watchdog
watchdog = Watchdog("lo", int(sys.argv[1]), 5, JointCommand.damped(np.full(29, 4.0)), silence_s=30.0)
watchdog.beat()
print("walking", flush=True)
time.sleep(600)
"""


def test_a_controller_that_is_killed_leaves_a_robot_that_is_damped() -> None:
    domain = free_domain(2)
    with Participant("lo", domain) as robot:
        reader = robot.reader(TOPICS["command"], LowCommand)
        controller = subprocess.Popen([sys.executable, "-c", CONTROLLER, str(domain)], stdout=subprocess.PIPE)
        assert controller.stdout is not None
        assert controller.stdout.readline() == b"walking\n"
        assert reader.take(1) == []
        controller.send_signal(signal.SIGKILL)
        controller.wait()
        controller.stdout.close()
        got: list[LowCommand] = []
        assert come_true(lambda: got.extend(reader.take(1)) or got)
    assert got[0].sound
    motors = got[0].image["motor"][:29]
    assert got[0].image["mode_machine"] == 5
    assert motors["kd"].tolist() == [4.0] * 29
    assert motors["mode"].tolist() == [1] * 29
    assert not any(motors[name].any() for name in ("q", "dq", "tau", "kp"))


def test_a_controller_that_hangs_is_told_that_the_robot_is_damped() -> None:
    with Watchdog("lo", free_domain(3), 5, JointCommand.damped(np.ones(29)), silence_s=0.05) as watchdog:
        assert not watchdog.damping
        watchdog.beat()
        assert come_true(lambda: watchdog.damping)


def test_one_that_ends_in_good_order_leaves_the_robot_in_peace() -> None:
    watchdog = Watchdog("lo", free_domain(4), 5, JointCommand.damped(np.ones(29)), silence_s=30.0)
    watchdog.beat()
    watchdog.close()
    watchdog.close()
    assert watchdog.damping  # gone
    assert watchdog._process.returncode == 0


@pytest.mark.parametrize(("said", "damps"), [(b"", False), (b"x", False), (b".x", False), (b".", True), (b"...", True)])
def test_a_pipe_that_breaks_while_the_robot_moves_damps_it(said: bytes, damps: bool) -> None:
    heard, speak = os.pipe()
    os.write(speak, said)
    os.close(speak)
    try:
        assert watch(heard, 30.0) is damps
    finally:
        os.close(heard)


def test_silence_after_a_beat_damps_it() -> None:
    heard, speak = os.pipe()
    os.write(speak, b".")
    try:
        assert watch(heard, 0.01)
    finally:
        os.close(heard)
        os.close(speak)
