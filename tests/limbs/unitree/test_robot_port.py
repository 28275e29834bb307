"""Our end of the wire over real DDS: states, the motion switcher, frames that are heard."""

from __future__ import annotations

from threading import Event, Thread

import numpy as np
import pytest

from linewalker.errors import RobotLost
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree import robot_port
from linewalker.limbs.unitree.robot_port import RobotPort
from linewalker.limbs.unitree.simulator.machine import HARDWARE, SimulatedG1
from linewalker.limbs.unitree.simulator.server import G1Server
from tests.limbs.unitree.wires import PATIENCE_S, come_true, free_domain


def test_it_hears_releases_and_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robot_port, "ANSWER_S", PATIENCE_S)
    domain, over = free_domain(21), Event()
    machine = SimulatedG1(load_profile("g1"))

    def live() -> None:
        while not over.is_set():
            server.turn()

    with G1Server(machine, domain) as server, RobotPort("lo", domain) as port:
        living = Thread(target=live)
        living.start()
        try:
            assert any(state.sound for state in port.states(PATIENCE_S))
            assert port.others() == 0
            assert port.vendors_controller() == "ai"
            port.release()
            assert port.vendors_controller() == ""
            damped = JointCommand.damped(np.ones(29))

            def heard() -> bool:
                port.send(damped, HARDWARE)
                return machine.heard > 0

            assert come_true(heard)
            assert come_true(lambda: port.charge_percent is not None)
        finally:
            over.set()
            living.join()


def test_where_nobody_answers_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robot_port, "ANSWER_S", 0.05)
    monkeypatch.setattr(robot_port, "ASKED_EVERY_S", 0.02)
    with RobotPort("lo", free_domain(22)) as port:
        assert port.states(0.01) == []
        with pytest.raises(RobotLost, match="motion switcher"):
            port.vendors_controller()
