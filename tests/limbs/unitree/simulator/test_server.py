"""The simulated G1 over a real wire: states, frames, the motion switcher, and what goes wrong on command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.dds import Participant
from linewalker.limbs.unitree.frames import command_frame
from linewalker.limbs.unitree.messages import (
    TOPICS,
    BatteryState,
    ImuState,
    LowCommand,
    LowState,
    Request,
    Response,
)
from linewalker.limbs.unitree.simulator.faults import Fault
from linewalker.limbs.unitree.simulator.machine import HARDWARE, SimulatedG1
from linewalker.limbs.unitree.simulator.server import CHECK_MODE, RELEASE_MODE, UNKNOWN_CALL, G1Server
from tests.limbs.unitree.wires import come_true, free_domain

FRAME = LowCommand(command_frame(JointCommand.damped(np.full(29, 2.0)), HARDWARE))


class Station:
    """The other end of the wire."""

    def __init__(self, wire: Participant, server: G1Server):
        self.wire, self.server = wire, server
        self.states = wire.reader(TOPICS["state"], LowState, 64)
        self.frames = wire.writer(TOPICS["command"], LowCommand)
        self.requests = wire.writer(TOPICS["request"], Request)
        self.responses = wire.reader(TOPICS["response"], Response, 8)

    def turn(self) -> list[LowState]:
        self.server.turn()
        return list(self.states.take(64))

    def call(self, number: int, function: int) -> Response:
        got: dict[int, Response] = {}

        def answered() -> bool:
            self.requests.write(Request.of(number, function))
            self.turn()
            got.update({answer.header.identity.id: answer for answer in self.responses.take(8)})
            return number in got

        assert come_true(answered)
        return got[number]


@pytest.fixture
def make() -> Iterator[Any]:
    opened: list[Any] = []

    def station(number: int, *faults: str) -> Station:
        domain = free_domain(number)
        server = G1Server(SimulatedG1(load_profile("g1")), domain, [Fault.read(text) for text in faults])
        wire = Participant("lo", domain)
        opened.extend((server, wire))
        end = Station(wire, server)
        assert come_true(lambda: end.turn())
        return end

    yield station
    for end in opened:
        end.close()


def test_states_come_and_frames_are_heard_after_release(make: Any) -> None:
    station = make(11)
    imu, battery = (
        station.wire.reader(TOPICS[topic], kind) for topic, kind in (("torso_imu", ImuState), ("battery", BatteryState))
    )
    assert json.loads(station.call(1, CHECK_MODE).data) == {"form": "0", "name": "ai"}
    assert station.call(2, RELEASE_MODE).header.status.code == 0
    assert json.loads(station.call(3, CHECK_MODE).data)["name"] == ""
    assert station.call(4, 4711).header.status.code == UNKNOWN_CALL

    def heard() -> bool:
        station.frames.write(FRAME)
        assert all(state.sound for state in station.turn())
        return station.server.machine.heard > 0

    assert come_true(heard)
    assert come_true(lambda: station.turn() and imu.read(1) and battery.read(1))
    assert battery.read(1)[0].soc >= 99
    assert np.linalg.norm(imu.read(1)[0].quaternion) == pytest.approx(1.0, abs=1e-4)


def test_with_the_cable_out_nothing_comes_and_nothing_is_heard(make: Any) -> None:
    station = make(12, "cable@0.4+0.4")
    machine = station.server.machine
    machine.mode = ""
    assert come_true(lambda: not station.turn() and machine.time_s > 0.4)
    while machine.time_s < 0.78:
        station.frames.write(FRAME)
        assert station.turn() == []
    assert machine.heard == 0
    assert come_true(lambda: station.turn())


def test_a_false_checksum_shows_and_another_publisher_is_seen(make: Any) -> None:
    station = make(13, "crc@0.2+0.2", "publisher@0.6")
    seen: list[LowState] = []
    while station.server.machine.time_s < 0.6:
        seen += station.turn()
    assert any(not state.sound for state in seen)
    assert any(state.sound for state in seen)
    assert come_true(lambda: station.turn() is not None and station.wire.publishers(TOPICS["command"]) == 1)


def test_where_answers_are_waited_for_robot_time_stands_still() -> None:
    domain = free_domain(14)
    machine = SimulatedG1(load_profile("g1"))
    machine.mode = ""
    with G1Server(machine, domain, answered=True) as server, Participant("lo", domain) as wire:
        station = Station(wire, server)

        def heard() -> bool:
            station.frames.write(FRAME)
            station.turn()
            return machine.heard > 0

        assert come_true(heard)
        before = machine.heard
        for _ in range(20):
            station.frames.write(FRAME)
            station.turn()
        assert machine.heard - before >= 19
