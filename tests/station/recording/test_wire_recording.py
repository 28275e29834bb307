"""A wire is recorded byte for byte, and what it says comes out as readings and commands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError, RobotLost
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.wear import Wear
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.layout import COMMAND, STATE, blank, sealed
from linewalker.limbs.unitree.simulator.machine import SimulatedG1
from linewalker.limbs.unitree.simulator.server import G1Server
from linewalker.station.health.measures import measure
from linewalker.station.recording import wire_recording
from linewalker.station.recording.recording_file import Recording
from linewalker.station.recording.replay import read_recorded, replay
from linewalker.station.recording.wire_recording import COMMANDS, STATES, record_wire, rows_of_wire, session_of_wire
from tests.limbs.unitree.wires import free_domain

PROFILE = load_profile("g1")


def state(tick: int, angle_rad: float = 0.0) -> bytes:
    image = blank(STATE)
    image["tick"], image["motor"]["q"][:, ...] = tick, angle_rad
    image["motor"]["temperature"][:29, 1] = 41
    return sealed(image, STATE.seam)


def command(angle_rad: float) -> bytes:
    image = blank(COMMAND)
    image["motor"]["q"], image["motor"]["kp"] = angle_rad, 7.0
    return sealed(image, COMMAND.seam)


def test_frames_become_rows_and_what_is_damaged_or_old_does_not() -> None:
    damaged = state(1006)[:-1] + b"\xff"
    messages = [
        (COMMANDS, command(9.0)), (STATES, state(1000, 0.5)), (COMMANDS, command(0.1)), (COMMANDS, command(0.2)),
        (STATES, state(1002)), (STATES, state(1002)), (STATES, damaged), (STATES, state(1008)),
        (COMMANDS, command(0.3)),
    ]  # fmt: skip
    readings, commands = rows_of_wire(messages, 29)
    assert readings["tick"].tolist() == [1, 2, 5]
    np.testing.assert_allclose(readings["time_s"], [1.0, 1.002, 1.008])
    assert readings["q_rad"][0].tolist() == [0.5] * 29
    assert readings["winding_c"][0].tolist() == [41.0] * 29
    assert commands["tick"].tolist() == [1, 5]
    np.testing.assert_allclose(commands["q_rad"][:, 0], [0.2, 0.3])


def test_a_g1_is_listened_to_and_its_wear_is_told(tmp_path: Path) -> None:
    domain, path = free_domain(71), tmp_path / "wire.mcap"
    machine = SimulatedG1(PROFILE, wear=[Wear.read("encoder:left_elbow_joint@0.5", PROFILE)])
    sent: list[bytes] = []
    with G1Server(machine, domain) as server, Participant("lo", domain) as wire:
        write = server._states.write
        server._states.write = lambda message: (sent.append(message.serialize()), write(message))
        heard = record_wire(wire, path, session_of_wire(PROFILE, (), 0), 2.0, server.turn)
    assert heard[STATES] > 200
    assert heard["/rt/lf/bmsstate"] > 2
    assert (machine.heard, machine.unheard) == (0, 0)
    came = [message.content for message in Recording(path).messages(STATES)]
    assert {one[: len(sent[0])] for one in came} <= set(sent)
    recorded = read_recorded(path)
    assert len(recorded.readings) == len(came)
    assert {jump.joint for jump in measure(recorded, "a").jumps} == {"left_elbow_joint"}
    with pytest.raises(InputError, match="began while the robot worked"):
        replay(recorded)


def test_where_nothing_comes_the_robot_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_recording, "FIRST_S", 0.05)
    session = session_of_wire(PROFILE, (), 0)
    with Participant("lo", free_domain(72)) as wire, pytest.raises(RobotLost, match="no state came"):
        record_wire(wire, tmp_path / "a.mcap", session, 1.0)
