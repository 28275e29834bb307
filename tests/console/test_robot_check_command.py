"""``linewalker robot check``: only where it was told, only listening, and by its exit code."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

from linewalker import cli
from linewalker.console.robot_check_command import DONE, REFUSED, check_robot
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.simulator.faults import Fault
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from linewalker.limbs.unitree.simulator.server import G1Server
from tests.limbs.unitree.wires import free_domain


def test_without_an_interface_nothing_is_looked_for() -> None:
    assert isinstance(CliRunner().invoke(cli.app, ["robot", "check"]).exception, InputError)
    with pytest.raises(InputError, match="--net: name the interface"):
        check_robot(None, 0, 1.0)
    with pytest.raises(InputError, match="--seconds"):
        check_robot("lo", 0, 0.0)


def checked(number: int, *faults: str) -> tuple[int, str, SimulatedG1]:
    domain, out = free_domain(number), io.StringIO()
    machine = SimulatedG1(load_profile("g1"))
    for _ in range(1500):  # until it hangs still
        machine.tick()
    with G1Server(machine, domain, [Fault.read(text) for text in faults]) as server:
        code = check_robot("lo", domain, 1.0, server.turn, Console(file=out, width=140))
    return code, out.getvalue(), machine


def test_a_g1_that_hangs_is_told_of_and_hears_nothing() -> None:
    code, told, machine = checked(41)
    assert "mode_machine 5: G1, 29 joints" in told
    assert "电池 battery" in told
    assert (machine.heard, machine.unheard) == (0, 0)
    assert machine.mode == "ai"
    assert (code == DONE) is ("可以使用 in order" in told)
    assert "error: hardware" not in told
    assert "error: remote" not in told


def test_what_is_wrong_refuses_it() -> None:
    code, told, _ = checked(42, "error@0", "dead-remote@0", "hot@0")
    assert code == REFUSED
    assert "error: error: left_knee_joint reports 0x40" in told
    assert "error: remote: the remote says nothing" in told
    assert "error: temperature: left_knee_joint has 130 degC" in told
    assert "不可使用" in told
