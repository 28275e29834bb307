"""What floods a server ends early, and whoever may come in finds a place."""

from __future__ import annotations

import asyncio
import struct

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from linewalker.factory.handshake.signals import StationImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import LINE_URI
from linewalker.factory.opcua.connection import CHUNK_BYTES, MOST_NODES
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.limits import MOST_STRANGERS
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
