"""The start of a G1: stages come in order, each when the operator says so and when it has been measured."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import RobotStopped
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree import start_up as module
from linewalker.limbs.unitree.g1_robot import G1Robot
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from linewalker.limbs.unitree.start_up import BOTH, SoleLoad, Stage, start_up
from tests.limbs.unitree.in_process_port import InProcessPort

PROFILE = load_profile("g1")


def test_it_hangs_is_prepared_and_taken_over_when_both_soles_carry_it() -> None:
    machine = SimulatedG1(PROFILE)
    port, stages = InProcessPort(machine), []
    load = SoleLoad(PROFILE)

    def confirmed(stage: Stage) -> bool:
        if stage not in stages:
            stages.append(stage)
            return False
        if stage is Stage.DAMPING:
            assert not port.sent
        if stage is Stage.TAKEOVER:
            assert load.shares(robot.sense()).sum() < 0.1
            machine.hoist.let_down()
        return True

    with G1Robot(PROFILE, port) as robot:
        start_up(robot, confirmed)
        shares = load.shares(robot.sense())
        robot.act(port.sent[-1][1])
        assert stages == list(Stage)
        assert shares.min() > 0.2
        assert shares.sum() > BOTH
        assert not machine.lies
        sent = np.array([command.q_rad for at_s, command in port.sent if at_s > 0.1])
        assert (np.abs(np.diff(sent, axis=0)) <= robot.guard.limits.step_rad + 1e-9).all()


def test_a_robot_that_is_not_let_down_is_not_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOADED_S", 0.5)
    with (
        G1Robot(PROFILE, InProcessPort(SimulatedG1(PROFILE))) as robot,
        pytest.raises(RobotStopped, match="let it down further"),
    ):
        start_up(robot, lambda _: True)
