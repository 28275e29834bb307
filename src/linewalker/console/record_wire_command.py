"""``linewalker record --net``: everything on the wire of a robot, byte for byte; nothing is sent."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.extra import expect_extra
from linewalker.messages.catalogue import say
from linewalker.station.recording.wire_recording import record_wire, session_of_wire

DONE = 0
LONGEST_S = 86400.0


def record_the_wire(
    path: Path,
    interface: str,
    domain: int,
    seconds: float | None,
    turn: Callable[[], None] = lambda: None,
    console: Console | None = None,
) -> int:
    """Listen and write; returns the exit code.

    Args:
        path: of the file.
        interface: of the network.
        domain: of DDS.
        seconds: how long; None: until interrupted.
        turn: see `record_wire`.
        console: where it is told.

    Raises:
        InputError: there is no such interface.
        MissingPackage: the extra is not installed.
        RobotLost: nothing came.
    """
    if seconds is not None and not 0.0 < seconds <= LONGEST_S:
        raise InputError(f"{seconds:g}: expected more than 0 and at most {LONGEST_S:g} s", key="--seconds")
    expect_extra()
    console = console or terminal()
    session = session_of_wire(load_profile("g1"), sys.argv[1:], time.time_ns())
    with Participant(interface, domain) as wire, waiting("listening", console):
        heard = record_wire(wire, path, session, seconds, turn)
    for topic, count in heard.items():
        console.print(f"{topic}: {count}")
    size_mb = path.stat().st_size / 1e6
    console.print(say(f"recording: {path}, {size_mb:.1f} MB; linewalker replay {path}"), soft_wrap=True)
    return DONE
