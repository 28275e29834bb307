"""What holds of a server of the byte image whatever its protocol."""

from __future__ import annotations

import random
import socket
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest

from linewalker.errors import InputError, MissingPackage, StationFault
from linewalker.factory.fieldbus import packages
from linewalker.factory.fieldbus.byte_link import NotTaken
from linewalker.factory.fieldbus.callers import MOST_CALLERS
from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_link import S7Link
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.job import RobotReport
from linewalker.factory.handshake.signals import LineMode
from linewalker.factory.handshake.station_port import StationPort

STANDS = RobotReport(robot_time_s=0.0, available=True, home=True)
LINKS = {ModbusServer: ModbusLink, S7Server: S7Link}


def anywhere(kind):
    return kind(StationPort(), endpoint=kind.default_endpoint.rpartition(":")[0] + ":0")


def call(server) -> socket.socket:
    place = urlsplit(server.endpoint)
    return socket.create_connection((place.hostname, place.port), timeout=10.0)


@pytest.fixture(scope="module", params=LINKS)
def server(request):
    with anywhere(request.param) as server:
        yield server


@pytest.fixture
def line(server):
    link = LINKS[type(server)](server.endpoint)
    link.dial()
    yield link
    link.hang_up()


@pytest.mark.parametrize("kind", LINKS)
def test_it_is_reached_from_this_machine_only_unless_told_otherwise(kind):
    assert urlsplit(kind(StationPort()).endpoint).hostname == "127.0.0.1"


@pytest.mark.parametrize("kind", LINKS)
def test_an_endpoint_of_another_wire_is_bad_input(kind):
    with pytest.raises(InputError, match=f"write {kind.default_endpoint}"):
        kind(StationPort(), endpoint="opc.tcp://127.0.0.1:4840/linewalker")


@pytest.mark.parametrize("kind", LINKS)
def test_without_its_package_it_says_what_installs_it(kind, monkeypatch):
    monkeypatch.setattr(packages, "find_spec", lambda name: None if name == kind.package else find_spec(name))
    with pytest.raises(MissingPackage, match=rf"pip install 'linewalker\[{kind.extra}\]'"):
        kind(StationPort())


def test_a_port_in_use_is_bad_input(server):
    second = type(server)(StationPort(), endpoint=server.endpoint)
    with pytest.raises(InputError, match="is in use"), second:
        pass


@pytest.mark.parametrize("kind", LINKS)
def test_a_server_that_ended_carries_nothing_more_and_leaves_its_port(kind):
    with anywhere(kind) as first:
        first.station.publish(STANDS)
        held = call(first)
    with pytest.raises(StationFault, match=f"{kind.name} of the station died"):
        first.station.publish(STANDS)
    held.settimeout(10.0)
    assert held.recv(1) == b""
    with kind(StationPort(), endpoint=first.endpoint):
        pass


def test_a_second_client_reads_but_does_not_write_while_the_first_one_lives(server, line):
    other = LINKS[type(server)](server.endpoint)
    other.dial()
    for life in range(1, 4):
        line.write_in(0, life.to_bytes(4, "big") + bytes([LineMode.AUTOMATIC, 0]))
    with pytest.raises(NotTaken):
        other.write_in(4, b"\0\0")
    assert len(other.read_out(0, 250)) == 250
    line.write_in(0, bytes(6))
    line.hang_up()
    for _ in range(100):
        try:
            other.write_in(4, b"\0\0")
            break
        except NotTaken:
            continue
    other.hang_up()


def test_garbage_ends_at_most_the_connection_it_came_over(server):
    chance = random.Random(7)
    for _ in range(30):
        with call(server) as caller:
            caller.sendall(chance.randbytes(chance.randrange(1, 400)))
    link = LINKS[type(server)](server.endpoint)
    link.dial()
    link.write_in(0, bytes(6))
    assert len(link.read_out(0, 250)) == 250
    link.hang_up()
    server.station.publish(STANDS)


def test_held_connections_lock_nobody_out(server):
    held = [call(server) for _ in range(2 * MOST_CALLERS)]
    link = LINKS[type(server)](server.endpoint)
    link.dial()
    assert len(link.read_out(0, 250)) == 250
    link.hang_up()
    for caller in held:
        caller.close()


def test_the_life_counter_is_echoed_within_some_scans(line):
    for life in range(1, 1000):
        line.write_in(0, life.to_bytes(4, "big"))
        if 0 < int.from_bytes(line.read_out(0, 4), "big") <= life:
            return
    pytest.fail("the life counter was never echoed")
