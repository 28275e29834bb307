"""``linewalker g1-sim``: a simulated G1 behind the wire of a real one, and somebody at its hoist and its remote."""

from __future__ import annotations

import select
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console

from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.wear import Wear
from linewalker.limbs.unitree.extra import expect_extra
from linewalker.messages.catalogue import say

DONE = 0
HELP = "down | up: the hoist; press L2+R2, release, remote off, remote on; state; quit"


@dataclass(frozen=True, kw_only=True)
class G1Options:
    """Which robot.

    Attributes:
        domain: of DDS.
        seconds: of robot time to run; None: until it is told to quit.
        faults: as written, see `Fault.read`.
        seed: of its sensors.
        joint_friction_nm, delay_ms: of its drives.
        answered: robot time waits for the answer to each state.
        wear: what of it is worn, as written, see `Wear.read`.
    """

    domain: int = 0
    seconds: float | None = None
    faults: Sequence[str] = ()
    seed: int = 0
    joint_friction_nm: float = 0.2
    delay_ms: float = 0.0
    answered: bool = False
    wear: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.joint_friction_nm <= 20.0:
            raise InputError(f"--joint-friction {self.joint_friction_nm:g}: expected 0 to 20 N m")
        if not 0.0 <= self.delay_ms <= 50.0:
            raise InputError(f"--delay {self.delay_ms:g}: expected 0 to 50 ms")
        if self.seconds is not None and not 0.0 < self.seconds < 1e6:
            raise InputError(f"--seconds {self.seconds:g}: expected more than 0")


def simulate_g1(options: G1Options, said: TextIO | None = None, console: Console | None = None) -> int:
    """Run it; returns the exit code.

    Args:
        options: which robot.
        said: what the operator says, a line each; the keyboard, if there is one.
        console: where is told what happens.

    Raises:
        InputError: an option, or a fault, is none.
        MissingPackage: the extra is not installed.
    """
    expect_extra()
    from linewalker.limbs.unitree.simulator.faults import Fault
    from linewalker.limbs.unitree.simulator.machine import SimulatedG1
    from linewalker.limbs.unitree.simulator.server import G1Server

    console = console or terminal()
    faults = [Fault.read(text) for text in options.faults]
    profile = load_profile("g1")
    wear = [Wear.read(text, profile) for text in options.wear]
    with waiting("building the robot", console):
        machine = SimulatedG1(
            profile,
            options.seed,
            joint_friction_nm=options.joint_friction_nm,
            delay_s=1e-3 * options.delay_ms,
            wear=wear,
        )
    with G1Server(machine, options.domain, faults, answered=options.answered) as server:
        console.print(say(f"a G1 hangs on lo, DDS domain {options.domain}, without torque. {HELP}"), soft_wrap=True)
        lines = lines_said(said or sys.stdin)
        while options.seconds is None or machine.time_s < options.seconds:
            server.turn()
            word = next(lines)
            if word == "quit":
                break
            if word:
                console.print(obey(machine, word))
    told = f"{machine.time_s:.1f} s; heard {machine.heard} frames, {machine.unheard} were none for it"
    console.print(say(told))
    return DONE


def obey(machine: object, word: str) -> str:
    """Do what the operator says; returns what is to be told."""
    from linewalker.limbs.unitree.remote import Remote, remote_bytes
    from linewalker.limbs.unitree.simulator.machine import SimulatedG1

    assert isinstance(machine, SimulatedG1)
    verb, _, what = word.partition(" ")
    if word == "down":
        machine.hoist.let_down()
    elif word == "up":
        machine.hoist.draw_up()
    elif verb == "press":
        pressed = Remote(frozenset(what.split("+")))
        try:
            remote_bytes(pressed)
        except InputError as error:
            return str(error)
        machine.remote = pressed
    elif word in ("release", "remote on"):
        machine.remote = Remote()
    elif word == "remote off":
        machine.remote = Remote(there=False)
    elif word != "state":
        return f"{word!r}? {HELP}"
    hangs = "stands or lies alone" if machine.hoist.slack else f"hangs with {machine.hoist.force_n:.0f} N"
    return (
        f"{machine.time_s:.1f} s: {hangs}; heard {machine.heard} frames; {'lies' if machine.lies else 'does not lie'}"
    )


def lines_said(said: TextIO) -> Iterator[str]:
    """What has been said since, a line at a time; empty where nothing was."""
    while True:
        if not _ready(said):
            yield ""
            continue
        line = said.readline()
        if not line:
            break
        yield line.strip()
    while True:
        yield ""


def _ready(said: TextIO) -> bool:
    """Whether reading a line does not wait."""
    try:
        return bool(select.select([said], [], [], 0.0)[0])
    except (OSError, ValueError):  # no file that can be waited for: it is read to its end
        return True
