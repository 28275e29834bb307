"""What floods a server ends early, and whoever may come in finds a place."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from dataclasses import dataclass

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI
from linewalker.factory.opcua.connection import CHUNK_BYTES, MOST_NODES
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.limits import MOST_STRANGERS, Door
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.wires import CREDENTIALS

TIME = ua.NodeId(ua.ObjectIds.Server_ServerStatus_CurrentTime)


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def address(server: StationServer) -> tuple[str, int]:
    host, port = server.endpoint.removeprefix("opc.tcp://").split("/")[0].split(":")
    return host, int(port)


@pytest.mark.parametrize("asked", [MOST_NODES, MOST_NODES + 1, 8000])
def test_requests_about_too_many_nodes_are_refused_whole(server, pki, asked):
    async def read():
        client = Client(server.endpoint)
        client.application_uri = LINE_URI
        client.set_user("line")
        client.set_password(CREDENTIALS.password)
        await client.set_security(SecurityPolicyBasic256Sha256, pki / "line.der", pki / "line.pem")
        async with client:
            limit = ua.NodeId(ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead)
            assert await client.get_node(limit).read_value() == MOST_NODES
            try:
                return len(await client.uaclient.read_attributes([TIME] * asked, ua.AttributeIds.Value))
            except ua.UaError as refused:
                return type(refused).__name__

    assert asyncio.run(read()) == (asked if asked <= MOST_NODES else "BadTooManyOperations")


def test_strangers_who_stay_in_the_door_keep_nobody_out(server, pki):
    async def crowd():
        doors = [await asyncio.open_connection(*address(server)) for _ in range(5 * MOST_STRANGERS)]
        link = StationLink(endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki)
        try:
            await asyncio.wait_for(link.connect(lambda: False), 10.0)
            return await link.read()
        finally:
            await link.close()
            for _, writer in doors:
                writer.close()

    assert isinstance(asyncio.run(crowd()), StationImage)


@dataclass(eq=False)
class Caller:
    """What a door sees of a connection."""

    host: str
    progress: int = 0
    is_in: bool = False
    leaving: bool = False

    def abort(self) -> None:
        self.leaving = True


callers = st.builds(
    Caller, host=st.sampled_from("abc"), progress=st.integers(0, 2), is_in=st.booleans(), leaving=st.booleans()
)


@given(st.lists(callers, max_size=40))
def test_at_a_full_door_a_stranger_of_the_largest_crowd_goes_and_never_whoever_comes_or_is_in(
    there: list[Caller],
) -> None:
    door = Door()
    for one in there:
        before = [other for other in door if not other.is_in and not other.leaving]
        door.append(one)
        gone = [other for other in before if other.leaving]
        assert len(gone) == (len(before) >= MOST_STRANGERS)
        for stranger in gone:
            crowd = [other for other in before if other.host == stranger.host]
            assert all(len(crowd) >= len([x for x in before if x.host == host]) for host in "abc")
            first = next(x for x in crowd if x.progress == min(y.progress for y in crowd))
            assert stranger.progress == first.progress
    assert sum(not one.is_in and not one.leaving for one in there) <= MOST_STRANGERS


def test_a_line_comes_in_past_strangers_who_come_again_and_again(server, pki):
    """Forty of them, who connect anew whenever they are sent away."""

    async def come_again() -> None:
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection(*address(server))
                await reader.read()
                writer.close()
            await asyncio.sleep(0.02)

    async def storm() -> StationImage | None:
        strangers = [asyncio.create_task(come_again()) for _ in range(40)]
        await asyncio.sleep(1.0)
        link = StationLink(
            endpoint=server.endpoint, credentials=CREDENTIALS, pki=pki, connect_timeout_s=30.0, answer_timeout_s=20.0
        )
        try:
            await link.connect(lambda: False)
            return await link.read()
        finally:
            await link.close()
            for stranger in strangers:
                stranger.cancel()

    assert isinstance(asyncio.run(storm()), StationImage)


def test_a_chunk_that_is_too_large_ends_its_connection(server):
    """It claims to be a gigabyte; no more than a chunk of it is kept."""

    async def pour():
        reader, writer = await asyncio.open_connection(*address(server))
        writer.write(b"HELF" + struct.pack("<I", 2**30))
        try:
            for _ in range(64):
                writer.write(bytes(CHUNK_BYTES))
                await writer.drain()
            return await asyncio.wait_for(reader.read(), 5.0)
        except ConnectionError:
            return b""

    assert asyncio.run(pour()) == b""
