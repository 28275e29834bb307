"""What holds of a line's connection whatever its protocol."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from linewalker.errors import InputError, StationFault
from linewalker.factory.fieldbus import byte_link
from linewalker.factory.fieldbus.byte_link import ByteLink
from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_link import S7Link
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.signals import LineImage, LineMode, StationImage
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.cable import Cable

SERVERS = {ModbusLink: ModbusServer, S7Link: S7Server}
TOLD = LineImage(mode=LineMode.AUTOMATIC, life_counter=7, vin="LSVAA49J132047371", options="paint=red")


class Heard(StationPort):
    """A station that notes what the line says."""

    line = LineImage()

    def scan(self, line: LineImage, *, connected: bool) -> StationImage:
        self.line = line
        return super().scan(line, connected=connected)


@pytest.fixture(scope="module", params=SERVERS)
def server(request):
    kind = SERVERS[request.param]
    with kind(Heard(), endpoint=kind.default_endpoint.rpartition(":")[0] + ":0") as server:
        yield server


def link_to(server, endpoint: str | None = None) -> ByteLink:
    (kind,) = (link for link, serves in SERVERS.items() if isinstance(server, serves))
    return kind(endpoint or server.endpoint, connect_timeout_s=0.2)


def connected(link: ByteLink, action):
    """``action(link)`` while it is connected."""

    async def session():
        await link.connect(lambda: False)
        try:
            return await asyncio.wait_for(action(link), 60.0)
        finally:
            await link.close()

    return asyncio.run(session())


async def until_echoed(link: ByteLink, image: LineImage) -> None:
    while True:
        await link.write(image)
        said = await link.read()
        if said is not None and said.life_counter == image.life_counter:
            return


def test_what_is_written_is_heard_whole(server):
    connected(link_to(server), lambda link: until_echoed(link, TOLD))
    assert server.station.line == TOLD


def test_a_station_that_is_not_there_is_a_fault_that_says_what_to_do(server):
    scheme = server.endpoint.partition(":")[0]
    with pytest.raises(StationFault, match=f"linewalker station --wire {server.extra}"):
        connected(link_to(server, f"{scheme}://127.0.0.1:9"), lambda link: link.read())


def test_an_address_of_another_wire_is_named(server):
    with pytest.raises(InputError, match="is not an endpoint; write"):
        link_to(server, "http://127.0.0.1:80")


def test_a_text_that_would_be_cut_is_never_said(server):
    with pytest.raises(InputError, match=r"Options 'paint=red.* longer than the 254 bytes"):
        connected(link_to(server), lambda link: link.write(replace(TOLD, options="paint=" + 300 * "red")))


def test_another_layout_is_none_of_a_station(server, monkeypatch):
    monkeypatch.setattr(byte_link, "LAYOUT_VERSION", 2)
    with pytest.raises(StationFault, match=r"has layout 1 .* this line has 2"):
        connected(link_to(server), lambda link: link.read())


def test_a_connection_that_broke_reads_as_none_and_says_everything_when_it_is_back(server):
    async def break_it(link):
        await until_echoed(link, replace(TOLD, life_counter=100))
        cable.pull()
        while await link.read() is not None:
            await asyncio.sleep(0.01)
        server.station.line = LineImage()
        cable.plug_in()
        while await link.read() is None:
            await asyncio.sleep(0.01)
        await until_echoed(link, replace(TOLD, life_counter=200))

    with Cable(server.endpoint) as cable:
        connected(link_to(server, cable.endpoint), break_it)
    assert server.station.line == replace(TOLD, life_counter=200)


def test_while_another_connection_speaks_for_the_line_nothing_is_said_and_then_all_of_it(server):
    async def both(first):
        second = link_to(server)
        await second.connect(lambda: False)
        for life in (300, 301, 302):
            await until_echoed(first, replace(TOLD, life_counter=life))
        other = replace(TOLD, life_counter=400, options="paint=blue")
        await second.write(other)
        assert server.station.line.options == "paint=red"
        await first.write(LineImage(life_counter=303))
        await first.close()
        await until_echoed(second, other)
        assert server.station.line == other
        await second.close()

    connected(link_to(server), both)
