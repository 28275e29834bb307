"""``linewalker replay``: where today's code would have commanded otherwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.console import Console

from linewalker.console.motion_commands import table_of
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.limbs.profiles import load_profile
from linewalker.messages.catalogue import say
from linewalker.station.recording.replay import Recorded, Replay, read_recorded, replay
from linewalker.station.recording.session import present_versions

SAME, OTHERWISE = 0, 1
_ROWS = 12
UNITS = {"q_rad": "rad", "dq_rad_s": "rad/s", "tau_nm": "N m", "kp_nm_rad": "N m/rad", "kd_nm_s_rad": "N m s/rad"}


def replay_recording(path: Path, robot: str | None = None, console: Console | None = None) -> int:
    """Replay a recording and tell; returns the exit code: 0 where every command is the same to the bit.

    Raises:
        InputError: it is none that can be replayed.
    """
    console = console or terminal()
    profile = None if robot is None else load_profile(robot)
    with waiting("replaying", console):
        recorded = read_recorded(path)
        result = replay(recorded, profile)
    _tell_recording(recorded, console)
    _tell(result, recorded, console)
    return SAME if result.same else OTHERWISE


def _tell_recording(recorded: Recorded, console: Console) -> None:
    session = recorded.session
    length_s = float(recorded.readings["time_s"][-1] - recorded.readings["time_s"][0])
    opened = session.opened_at.partition("+")[0].replace("T", " ")
    console.print(say(f"{session.robot}, {opened}, {length_s:.1f} s, {len(recorded.readings)} ticks"), soft_wrap=True)
    if not recorded.whole:
        console.print(say("the recording was cut off; what is whole of it is replayed"), soft_wrap=True)
    now = present_versions()
    others = [f"{name} {was} -> {now.get(name, '-')}" for name, was in session.versions.items() if now.get(name) != was]
    if others:
        console.print(say(f"recorded with other versions: {', '.join(others)}"), soft_wrap=True)


def _tell(result: Replay, recorded: Recorded, console: Console) -> None:
    if result.missing:
        told = f"{result.missing} ticks are missing in the recording; it is replayed up to the first of them"
        console.print(say(told), soft_wrap=True)
    if result.broke:
        console.print(say(f"the controller gave up after {result.ticks} ticks: {result.broke}"), soft_wrap=True)
    if result.first_s is None:
        console.print(say(f"{result.compared} commands compared: all the same to the bit"), soft_wrap=True)
        return
    differ = result.compared - result.equal
    told = f"{result.compared} commands compared: {differ} are others, the first at {result.first_s:.3f} s"
    console.print(say(told), soft_wrap=True)
    table = table_of(say("joint"), *(f"{name.split('_')[0]}, {UNITS[name]}" for name in result.off))
    shares = np.max([off / max(off.max(), 1e-300) for off in result.off.values()], axis=0)
    for k in np.argsort(-shares)[:_ROWS]:
        table.add_row(recorded.session.profile.joints[k], *(f"{off[k]:.3g}" for off in result.off.values()))
    console.print(say("greatest difference:"))
    console.print(table)
