"""The station's server: where it listens, and that it carries what a port says."""

from __future__ import annotations

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.job import RobotReport
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer, changes
from tests.factory.wires import CREDENTIALS

STANDS = RobotReport(robot_time_s=0.0, available=True, home=True)


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def test_a_port_in_use_is_bad_input_that_says_what_to_do(server, pki):
    second = StationServer(StationPort(), credentials=CREDENTIALS, endpoint=server.endpoint, pki=pki)
    with pytest.raises(InputError, match=r"is in use.*--endpoint opc.tcp"), second:
        pass


def test_an_address_of_another_machine_is_bad_input(pki):
    far = StationServer(StationPort(), credentials=CREDENTIALS, endpoint="opc.tcp://192.0.2.1:4840/linewalker", pki=pki)
    with pytest.raises(InputError, match="no address of this machine"), far:
        pass


def test_the_endpoint_names_the_port_that_was_really_taken(server):
    assert server.endpoint.startswith("opc.tcp://127.0.0.1:")
    assert ":0/" not in server.endpoint


def test_a_server_that_ended_carries_nothing_more(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        server.station.publish(STANDS)
    with pytest.raises(StationFault, match="the OPC UA server of the station died"):
        server.station.publish(STANDS)


def test_a_server_that_dies_of_an_error_tells_the_program_which(pki):
    broken = threading.Event()

    class Breaking(StationPort):
        def scan(self, line: LineImage, *, connected: bool) -> StationImage:
            if broken.is_set():
                raise ZeroDivisionError("for a test")
            return super().scan(line, connected=connected)

    with StationServer(Breaking(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        server.station.publish(STANDS)
        broken.set()
        with pytest.raises(StationFault, match="the OPC UA server of the station died") as fault:
            server.station.wait_for_job(STANDS, 60.0)
    assert isinstance(fault.value.__cause__, ZeroDivisionError)


def test_it_knows_whether_a_line_is_there_and_tells_it_of_a_fault(server, pki):
    station = server.station
    link = StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki)

    async def watch():
        await link.connect(lambda: False)
        await asyncio.sleep(0.2)  # some scans
        there = await asyncio.to_thread(station.wait_until_alone, STANDS, 0.2)
        station.fail(FaultCode.ROBOT_FELL, "it lies there")
        while not (image := await link.read()).fault_code:
            await asyncio.sleep(0.02)
        await link.close()
        return there, image

    alone, image = asyncio.run(watch())
    assert not alone
    assert image.fault_text == "it lies there / 机器人跌倒"
    assert not any(image.zone_clear)
    assert str(station.stop_requested) == "it lies there"
    assert station.wait_until_alone(STANDS, 10.0)


images = st.builds(
    StationImage,
    busy=st.booleans(),
    done=st.booleans(),
    result=st.integers(0, 3),
    result_json=st.sampled_from(["", "{}"]),
    vin=st.sampled_from(["", "LSVAA49J132047371"]),
)


@given(images, images)
def test_done_rises_last_and_falls_first_and_all_that_changes_has_one_time_stamp(
    before: StationImage, now: StationImage
) -> None:
    found = changes(before, now)
    names = [name for name, _ in found]
    assert set(names) == {name for name in vars(now) if getattr(before, name) != getattr(now, name)}
    if before.done != now.done:
        assert names.index("done") == (len(names) - 1 if now.done else 0)
    stamps = {(value.SourceTimestamp, value.ServerTimestamp) for _, value in found}
    assert len(stamps) == bool(found)
    assert all(value.Value.Value == getattr(now, name) and value.StatusCode.is_good() for name, value in found)
