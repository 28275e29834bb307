"""``linewalker g1-sim``: what it refuses, what its operator can do, how it ends."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from linewalker.console.g1_sim_command import G1Options, obey, simulate_g1
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from tests.limbs.unitree.wires import free_domain


@pytest.mark.parametrize(
    ("option", "value"), [("joint_friction_nm", -1.0), ("delay_ms", 51.0), ("seconds", 0.0), ("delay_ms", float("nan"))]
)
def test_options_that_are_none_are_refused(option: str, value: float) -> None:
    with pytest.raises(InputError, match="expected"):
        G1Options(**{option: value})


def test_a_fault_that_is_none_is_refused_before_anything_is_built() -> None:
    with pytest.raises(InputError, match=r"--fault 'fire@1'.*cable"):
        simulate_g1(G1Options(faults=["fire@1"], domain=free_domain(21)))


def test_it_runs_for_as_long_as_it_was_told_and_says_what_it_heard() -> None:
    out = io.StringIO()
    options = G1Options(seconds=0.1, domain=free_domain(22))
    assert simulate_g1(options, io.StringIO("state\n"), Console(file=out, width=140)) == 0
    told = out.getvalue()
    assert "hangs on lo" in told
    assert "hangs with" in told
    assert "0.1 s; heard 0 frames" in told


def test_quit_ends_it() -> None:
    out = io.StringIO()
    assert simulate_g1(G1Options(domain=free_domain(23)), io.StringIO("quit\n"), Console(file=out, width=140)) == 0


def test_the_operator_has_a_hoist_and_a_remote() -> None:
    machine = SimulatedG1(load_profile("g1"))
    up_m = machine.hoist.target_m
    obey(machine, "down")
    assert machine.hoist.target_m < up_m
    obey(machine, "up")
    assert machine.hoist.target_m == up_m
    obey(machine, "press L2+R2")
    assert machine.remote.pressed == {"L2", "R2"}
    assert "no button 'Q'" in obey(machine, "press Q")
    assert machine.remote.pressed == {"L2", "R2"}
    obey(machine, "remote off")
    assert not machine.remote.there
    obey(machine, "release")
    assert machine.remote.there
    assert obey(machine, "fly").startswith("'fly'? down | up")
