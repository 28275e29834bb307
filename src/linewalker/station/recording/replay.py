"""Feeds a recording through estimator and controller, and says where today's code would have commanded otherwise.

What was felt is felt again, tick by tick, and what was asked of the robot is asked again where it was asked. On the
code that recorded, every command comes out the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.errors import InputError, LinewalkerError
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.station.recording import wire_recording
from linewalker.station.recording.plain_value import restored
from linewalker.station.recording.recording_file import Recording
from linewalker.station.recording.rows import (
    COMMANDED,
    Rows,
    command_type,
    digest_of,
    readings_of,
    readings_type,
    unpacked,
)
from linewalker.station.recording.session import Session

READINGS, COMMANDS, EVENTS = "/readings", "/commands", "/events"


@dataclass(frozen=True, kw_only=True, eq=False)
class Recorded:
    """A recording, read.

    Attributes:
        session: what it is of.
        readings, commands: rows, see `rows`, in the order of their ticks.
        events: as `recorder.EVENTS` has them, in their order.
        whole: whether it was closed.
    """

    session: Session
    readings: Rows
    commands: Rows
    events: tuple[dict[str, Any], ...]
    whole: bool

    def felt(self) -> Iterator[tuple[int, Readings]]:
        """Ticks and their readings, fixes and all; up to the first tick that is missing."""
        fixes = {event["tick"]: event for event in self.events if event["what"] == "fix"}
        for count, row in enumerate(self.readings, start=1):
            tick = int(row["tick"])
            if tick != count:
                return
            readings = readings_of(row)
            if (event := fixes.get(tick)) is not None:
                readings = replace(readings, fix=restored(event["fix"]), tool_fixes=restored(event["tool_fixes"]))
            yield tick, readings


def read_recorded(path: Path) -> Recorded:
    """Read a recording whole.

    Raises:
        InputError: it is none, or there is no tick in it.
    """
    file = Recording(path)
    session = Session.of_about(file.about)
    n = len(session.profile.joints)
    felt, told = [np.zeros(0, readings_type(n))], [np.zeros(0, command_type(n))]
    events: list[dict[str, Any]] = []
    wire: list[tuple[str, bytes]] = []
    for message in file.messages(READINGS, COMMANDS, EVENTS, wire_recording.STATES, wire_recording.COMMANDS):
        if message.topic == READINGS:
            felt.append(unpacked(message.content, readings_type(n)))
        elif message.topic == COMMANDS:
            told.append(unpacked(message.content, command_type(n)))
        elif message.topic == EVENTS:
            events.append(message.document)
        else:
            wire.append((message.topic, message.content))
    readings, commands = np.concatenate(felt), np.concatenate(told)
    if wire and not len(readings):
        readings, commands = wire_recording.rows_of_wire(wire, n)
    if not len(readings):
        raise InputError("holds no reading: it was cut off in its first second", file=path)
    return Recorded(session=session, readings=readings, commands=commands, events=tuple(events), whole=file.whole)


@dataclass(frozen=True, kw_only=True, eq=False)
class Replay:
    """How a recording came out this time.

    Attributes:
        ticks: that were replayed.
        compared: commands that stand in the recording for them.
        equal: of these the same to the bit.
        first_s: robot time of the first that is not; None if there is none.
        off: greatest difference of every part of a command and joint, by part, (n,).
        broke: why the controller gave up, if it did.
        missing: ticks the recording should hold and does not.
    """

    ticks: int
    compared: int
    equal: int
    first_s: float | None
    off: dict[str, Array]
    broke: str
    missing: int

    @property
    def same(self) -> bool:
        """Whether every command is the same to the bit."""
        return self.equal == self.compared and not self.broke


def replay(recorded: Recorded, profile: RobotProfile | None = None) -> Replay:
    """Replay a recording.

    Args:
        recorded: what.
        profile: of the robot, in place of the one that was recorded.

    Raises:
        InputError: it began while the robot worked, or its controller is not known here.
    """
    if not recorded.session.from_the_start:
        raise InputError("this recording began while the robot worked: nobody knows what its controller knew by then")
    motion = recorded.session.build(profile)
    verbs: dict[int, list[dict[str, Any]]] = {}
    for event in recorded.events:
        if event["what"] == "verb":
            verbs.setdefault(event["tick"], []).append(event)
    told = {int(row["tick"]): row for row in recorded.commands}
    n = len(recorded.session.profile.joints)
    off = {name: np.zeros(n) for name in COMMANDED}
    ticks = compared = equal = 0
    first_s, broke = None, ""
    for tick, readings in recorded.felt():
        try:
            for verb in verbs.get(tick - 1, ()):
                _ask(motion, verb)
            command = motion.tick(readings)
        except (LinewalkerError, ValueError) as error:
            broke = str(error)
            break
        ticks += 1
        if (row := told.get(tick)) is None:
            continue
        compared += 1
        if digest_of(command) == row["digest"].ljust(8, b"\0"):
            equal += 1
            continue
        first_s = readings.time_s if first_s is None else first_s
        _note(off, command, row)
    missing = int(recorded.readings["tick"].max()) - ticks if not broke else 0
    return Replay(ticks=ticks, compared=compared, equal=equal, first_s=first_s, off=off, broke=broke, missing=missing)


def _ask(motion: SafeMotion, verb: dict[str, Any]) -> None:
    arguments = restored(verb["arguments"])
    if verb["name"] == "perform":  # which dancers alone do
        plan, begin_s = arguments
        motion.command().perform(plan, begin_s=begin_s)
    else:
        getattr(motion, verb["name"])(*arguments)


def _note(off: dict[str, Array], command: JointCommand, row: Any) -> None:
    for name in COMMANDED:
        off[name][:] = np.fmax(off[name], np.abs(getattr(command, name) - row[name]))
