"""``linewalker walk --net``: an operator says go, a G1 is started, walks, stops and is let down."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from linewalker.cerebellum.trial import Trial
from linewalker.console import walk_on_wire_command as module
from linewalker.console.walk_on_wire_command import DONE, WireWalk, walk_on_wire
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from tests.limbs.unitree.in_process_port import InProcessPort


def wanted(velocity: str, duration_s: float) -> WireWalk:
    return WireWalk(interface="lo", velocity=velocity, duration_s=duration_s, stand_s=0.5)


def test_it_starts_walks_stops_and_is_let_down(monkeypatch: pytest.MonkeyPatch) -> None:
    machine, out = SimulatedG1(load_profile("g1")), io.StringIO()

    def operator(_said: object) -> Iterator[str]:
        for _ in range(2):
            yield "go"
        machine.hoist.let_down()
        yield "go"
        while "the way back" not in out.getvalue():
            yield ""
        while True:
            yield "go"

    monkeypatch.setattr(Trial, "walk", lambda _self: None)
    monkeypatch.setattr(module, "lines_said", operator)
    port = InProcessPort(machine)
    assert walk_on_wire(wanted("0.3,0,0", 2.5), console=Console(file=out, width=200), port=port) == DONE
    assert "stopped after" in out.getvalue()
    assert "let down; 0 states never came" in out.getvalue()
    assert machine.middle[0] > 0.05
    assert port.closed


@pytest.mark.parametrize(
    ("velocity", "duration_s", "says"), [("9,0,0", 1.0, "walks at most"), ("0.1,0,0", 0.0, "--duration")]
)
def test_bad_options_are_told_before_anything_is_built(velocity: str, duration_s: float, says: str) -> None:
    with pytest.raises(InputError, match=says):
        walk_on_wire(wanted(velocity, duration_s))


def test_a_wrong_interface_is_told_before_the_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trial, "walk", lambda _self: pytest.fail("rehearsed"))
    with pytest.raises(InputError, match="--net nowhere0: this machine has"):
        walk_on_wire(WireWalk(interface="nowhere0", velocity="0.1,0,0", duration_s=1.0))
