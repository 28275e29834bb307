"""What one connection may cost: requests are counted before they are unpacked, and what is not fetched is not kept."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from pathlib import Path

import pytest
from asyncua import ua
from asyncua.common.utils import Buffer, ServiceError
from asyncua.crypto.security_policies import SecurityPolicyNone

from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.connection import (
    LEAST_BUFFER_BYTES,
    MOST_NODES,
    ConnectionLimits,
    check_request,
)
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.opcua.test_limits import address
from tests.factory.wires import CREDENTIALS

NODE = ua.NodeId(ua.ObjectIds.Server_ServerStatus_CurrentTime)
MOST_GROWN_KB = 64 * 1024


def read(count: int) -> ua.ReadRequest:
    request = ua.ReadRequest()
    request.Parameters.NodesToRead = [ua.ReadValueId(NodeId=NODE)] * count
    return request


def write(count: int) -> ua.WriteRequest:
    request = ua.WriteRequest()
    request.Parameters.NodesToWrite = [ua.WriteValue(NodeId=NODE)] * count
    return request


def browse(count: int) -> ua.BrowseRequest:
    request = ua.BrowseRequest()
    request.Parameters.View.ViewId = ua.NodeId("a view with a long name", 7)
    request.Parameters.NodesToBrowse = [ua.BrowseDescription()] * count
    return request


def translate(count: int) -> ua.TranslateBrowsePathsToNodeIdsRequest:
    request = ua.TranslateBrowsePathsToNodeIdsRequest()
    request.Parameters.BrowsePaths = [ua.BrowsePath()] * count
    return request


def call(count: int) -> ua.CallRequest:
    request = ua.CallRequest()
    request.Parameters.MethodsToCall = [ua.CallMethodRequest()] * count
    return request


def create_items(count: int) -> ua.CreateMonitoredItemsRequest:
    request = ua.CreateMonitoredItemsRequest()
    request.Parameters.ItemsToCreate = [ua.MonitoredItemCreateRequest()] * count
    return request


def delete_items(count: int) -> ua.DeleteMonitoredItemsRequest:
    request = ua.DeleteMonitoredItemsRequest()
    request.Parameters.MonitoredItemIds = [7] * count
    return request


def parameters(request: object) -> tuple[int, Buffer]:
    """As they lie in a message behind the request header."""
    buffer = Buffer(ua.ua_binary.struct_to_binary(request))
    identifier = ua.ua_binary.nodeid_from_binary(buffer).Identifier
    ua.ua_binary.struct_from_binary(ua.RequestHeader, buffer)
    return identifier, buffer


@pytest.mark.parametrize("make", [read, write, browse, translate, call, create_items, delete_items])
def test_what_is_about_too_many_is_refused_and_what_is_not_is_left_as_it_was(make):
    identifier, buffer = parameters(make(MOST_NODES))
    length = len(buffer)
    check_request(identifier, buffer)
    assert len(buffer) == length
    with pytest.raises(ServiceError) as refused:
        check_request(*parameters(make(MOST_NODES + 1)))
    assert refused.value.code == ua.StatusCodes.BadTooManyOperations


@pytest.mark.parametrize("name", ["AddNodes", "DeleteReferences", "HistoryUpdate", "RegisterServer2"])
def test_what_changes_the_server_is_not_served(name):
    with pytest.raises(ServiceError) as refused:
        check_request(getattr(ua.ObjectIds, f"{name}Request_Encoding_DefaultBinary"), Buffer(b""))
    assert refused.value.code == ua.StatusCodes.BadServiceUnsupported


def test_answers_in_crumbs_are_not_served():
    hello = ua.Hello(ReceiveBufferSize=LEAST_BUFFER_BYTES, SendBufferSize=65535)
    ConnectionLimits().create_acknowledge_and_set_limits(hello)
    hello.ReceiveBufferSize -= 1
    with pytest.raises(ServiceError):
        ConnectionLimits().create_acknowledge_and_set_limits(hello)


@pytest.fixture(scope="module")
def server(pki):
    with StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki) as server:
        yield server


def resident_kb(server: StationServer) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0])


HELLO = b"HELF" + struct.pack("<IIIIIIi", 32, 0, 65535, 65535, 0, 0, -1)


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", 8 + len(body)) + body


def open_request() -> bytes:
    request = ua.OpenSecureChannelRequest()
    request.Parameters.SecurityMode = ua.MessageSecurityMode.None_
    request.Parameters.RequestedLifetime = 60_000
    header = ua.AsymmetricAlgorithmHeader(SecurityPolicyURI=SecurityPolicyNone.URI)
    parts = [ua.ua_binary.struct_to_binary(header), struct.pack("<II", 1, 1), ua.ua_binary.struct_to_binary(request)]
    return message(b"OPNF", struct.pack("<I", 0) + b"".join(parts))


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The next answer, without its head."""
    head = await asyncio.wait_for(reader.readexactly(8), 20.0)
    return await reader.readexactly(int.from_bytes(head[4:], "little") - 8)


async def opened(server: StationServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    """A stranger's channel: reader, writer, and channel and token as they stand in a message."""
    reader, writer = await asyncio.open_connection(*address(server))
    writer.write(HELLO + open_request())
    for _ in range(2):
        answer = await answered(reader)
    return reader, writer, answer[:4] + struct.pack("<I", 13)


async def pour_chunks(server: StationServer) -> None:
    """Chunks without a last one, 30 MB, on a channel without a session."""
    _, writer, channel = await opened(server)
    for number in range(500):
        writer.write(message(b"MSGC", channel + struct.pack("<II", 2 + number, 2) + bytes(60_000)))
        await asyncio.wait_for(writer.drain(), 20.0)
    writer.close()


async def ask_and_not_listen(server: StationServer) -> None:
    """The list of endpoints, 20,000 times; no answer is fetched."""
    _, writer, channel = await opened(server)
    asked = ua.ua_binary.struct_to_binary(ua.GetEndpointsRequest())
    for number in range(20_000):
        writer.write(message(b"MSGF", channel + struct.pack("<II", 2 + number, 2 + number) + asked))
        await asyncio.wait_for(writer.drain(), 2.0)
    writer.close()


async def make_sessions(server: StationServer) -> None:
    """Sessions that nobody logs in to, on one channel, until it is closed."""
    reader, writer, channel = await opened(server)
    asked = ua.ua_binary.struct_to_binary(ua.CreateSessionRequest())
    for number in range(2000):
        writer.write(message(b"MSGF", channel + struct.pack("<II", 2 + number, 2 + number) + asked))
        await answered(reader)
    writer.close()


@pytest.mark.parametrize("flood", [pour_chunks, ask_and_not_listen, make_sessions])
def test_a_flood_ends_and_leaves_little_behind(server, flood):
    async def run() -> None:
        with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            await flood(server)

    before_kb = resident_kb(server)
    asyncio.run(asyncio.wait_for(run(), 60.0))
    assert resident_kb(server) - before_kb < MOST_GROWN_KB
