"""The line's OPC UA connection: to the right station, with the right password, or not at all."""

from __future__ import annotations

import asyncio

import pytest

from linewalker.errors import InputError, StationFault
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.signals import LineImage, LineMode, StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.cable import Cable
from tests.factory.handshake.plant import order
from tests.factory.wires import CREDENTIALS


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def link_to(server, pki, **changes) -> StationLink:
    return StationLink(**{"endpoint": server.endpoint, "credentials": CREDENTIALS, "pki": pki, **changes})


def in_session(link, action):
    """``action(link)`` while it is connected."""

    async def session():
        await link.connect(lambda: False)
        try:
            return await asyncio.wait_for(action(link), 120.0)  # what fails here would wait for ever
        finally:
            await link.close()

    return asyncio.run(session())


def test_a_wrong_password_is_bad_input_and_not_tried_again(server, pki):
    wrong = Credentials(user="line", password="wrong password")
    with pytest.raises(InputError, match="refuses user 'line'"):
        LineController(link_to(server, pki, credentials=wrong)).run([order(0)])


def test_a_station_that_is_not_there_is_a_fault_that_says_what_to_do(pki):
    link = StationLink(
        endpoint="opc.tcp://127.0.0.1:9/linewalker", credentials=CREDENTIALS, pki=pki, connect_timeout_s=0.3
    )
    with pytest.raises(StationFault, match="linewalker station"):
        LineController(link).run([order(0)])


def test_the_pinned_station_is_talked_to(server, pki):
    image = in_session(link_to(server, pki, station_certificate=server.certificate), lambda link: link.read())
    assert isinstance(image, StationImage)


def test_a_station_with_another_certificate_than_the_pinned_one_is_not_talked_to(server, pki):
    link = link_to(server, pki, station_certificate=pki / "line.der")
    with pytest.raises(InputError, match="another certificate"):
        LineController(link).run([order(0)])


def test_a_pinned_certificate_that_is_not_there_is_named(server, pki):
    with pytest.raises(InputError, match="no such certificate"):
        link_to(server, pki, station_certificate=pki / "none.der")


def test_an_address_that_is_none_is_named(pki):
    with pytest.raises(InputError, match="not an endpoint"):
        StationLink(endpoint="http://127.0.0.1/", credentials=CREDENTIALS, pki=pki)


def test_what_is_written_is_echoed_and_what_did_not_change_is_not_written_again(server, pki):
    async def count(link):
        said = []
        for life in (7, 8, 9):
            await link.write(LineImage(mode=LineMode.AUTOMATIC, life_counter=life))
            while (image := await link.read()).life_counter != life:
                await asyncio.sleep(0.01)
            said.append(image.life_counter)
        return said

    assert in_session(link_to(server, pki), count) == [7, 8, 9]


def test_a_connection_that_broke_reads_as_none_and_comes_back_by_itself(server, pki):
    async def break_it(link):
        cable.pull()
        while await link.read() is not None:
            await asyncio.sleep(0.01)
        cable.plug_in()
        while (image := await link.read()) is None:
            await asyncio.sleep(0.01)
        await link.write(LineImage(life_counter=4711))  # whole, not what changed since before it broke
        while (image := await link.read()).life_counter != 4711:
            await asyncio.sleep(0.01)
        return image.life_counter

    with Cable(server.endpoint) as cable:
        assert in_session(link_to(server, pki, endpoint=cable.endpoint), break_it) == 4711


class Heard(StationPort):
    """A station that notes what the line says."""

    line = LineImage()

    def scan(self, line: LineImage, *, connected: bool) -> StationImage:
        self.line = line
        return super().scan(line, connected=connected)


def test_what_was_said_while_nothing_carried_it_is_said_again_when_something_does(pki):
    station = Heard()
    before, after = LineImage(mode=LineMode.AUTOMATIC, life_counter=1), LineImage(mode=LineMode.OFF, life_counter=2)

    async def change_unheard(link):
        await link.write(before)
        cable.pull()
        while await link.read() is not None:
            await asyncio.sleep(0.01)
        await link.write(after)
        cable.plug_in()
        while await link.read() is None:
            await asyncio.sleep(0.01)
        await link.write(after)
        while (await link.read()).life_counter != after.life_counter:
            await asyncio.sleep(0.01)
        return station.line

    with (
        StationServer(station, credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server,
        Cable(server.endpoint) as cable,
    ):
        assert in_session(link_to(server, pki, endpoint=cable.endpoint), change_unheard) == after


def test_a_station_that_was_started_anew_is_told_everything(pki):
    """It has forgotten what the line said before."""
    stations = [Heard(), Heard()]
    said = LineImage(mode=LineMode.AUTOMATIC, vehicle_in_place=True, vin="LSVAA49J132047371", life_counter=1)

    async def outlive(link):
        await link.write(said)
        while (await link.read()).life_counter != 1:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(first.__exit__, None, None, None)
        while await link.read() is not None:
            await asyncio.sleep(0.01)
        await link.write(said)
        second = StationServer(stations[1], credentials=CREDENTIALS, endpoint=first.endpoint, pki=pki)
        await asyncio.to_thread(second.__enter__)
        try:
            while await link.read() is None:
                await asyncio.sleep(0.01)
            await link.write(said)
            while (await link.read()).life_counter != 1:
                await asyncio.sleep(0.01)
            return stations[1].line
        finally:
            await asyncio.to_thread(second.__exit__, None, None, None)

    with StationServer(stations[0], credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as first:
        assert in_session(link_to(first, pki), outlive) == said
