"""One client's connection to the server, within bounds whoever it is.

asyncua 2.1 keeps whatever is sent to it: a chunk that claims to be gigabytes long, chunks without a last one, channels
on which nobody ever logs in, answers that nobody fetches, sessions that are made one after the other; and it unpacks a
request about twenty thousand nodes before anybody can refuse it. Here each of them ends early, connections are served
by turns, and the line first.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from asyncua import ua
from asyncua.common.connection import TransportLimits
from asyncua.common.utils import Buffer, ServiceError
from asyncua.server.binary_server_asyncio import OPCUAProtocol
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession
from asyncua.server.uaprocessor import UaProcessor
from asyncua.ua.ua_binary import header_from_binary, nodeid_from_binary, struct_from_binary

from linewalker.factory.opcua.turns import Customer, Turns

MOST_NODES = 1000
"""Of one request."""
CHUNK_BYTES, LEAST_BUFFER_BYTES = 65535, 8192
"""The most in a chunk, and the least a client must be able to take in one (OPC 10000-6, 7.1.2.3)."""
MOST_WAITING, MOST_UNREAD_BYTES, UNREAD_S = 8, 2**20, 30.0
"""Messages that wait for their turn before no more is read; answers that wait to be fetched, and how long they may."""

_IDLE_S, _PROBE_S, _PROBES, _UNANSWERED_MS = 10, 5, 3, 20_000
_HEAD_BYTES = 8

_CREATE_SESSION = ua.ObjectIds.CreateSessionRequest_Encoding_DefaultBinary
_BROWSE = ua.ObjectIds.BrowseRequest_Encoding_DefaultBinary
_COUNTED_AT = {
    getattr(ua.ObjectIds, f"{name}Request_Encoding_DefaultBinary"): offset
    for name, offset in {
        "Read": 12,
        "Write": 0,
        "TranslateBrowsePathsToNodeIds": 0,
        "RegisterNodes": 0,
        "UnregisterNodes": 0,
        "Call": 0,
        "CreateMonitoredItems": 8,
        "ModifyMonitoredItems": 8,
        "DeleteMonitoredItems": 4,
        "SetMonitoringMode": 8,
        "SetPublishingMode": 1,
        "DeleteSubscriptions": 0,
        "TransferSubscriptions": 0,
        "Publish": 0,
    }.items()
}
"""Where, in the parameters of a request, the number of things it is about stands (OPC 10000-4, clause 5)."""
_NOT_SERVED = {
    getattr(ua.ObjectIds, f"{name}Request_Encoding_DefaultBinary")
    for name in (
        *("AddNodes", "DeleteNodes", "AddReferences", "DeleteReferences"),
        *("HistoryRead", "HistoryUpdate", "RegisterServer", "RegisterServer2"),
    )
}


def check_request(request: int, parameters: Buffer) -> None:
    """Refuse what is not served, and what is about too many things, before it is unpacked.

    Args:
        request: identifier of its encoding.
        parameters: its body after the request header; not moved.

    Raises:
        ServiceError: BadServiceUnsupported, BadTooManyOperations.
    """
    if request in _NOT_SERVED:
        raise ServiceError(ua.StatusCodes.BadServiceUnsupported)
    rest = parameters.copy()
    if request == _BROWSE:
        nodeid_from_binary(rest)
        rest.skip(8 + 4 + 4)  # time and version of the view, most references
    elif request in _COUNTED_AT:
        rest.skip(_COUNTED_AT[request])
    else:
        return
    if int.from_bytes(rest.read(4), "little", signed=True) > MOST_NODES:
        raise ServiceError(ua.StatusCodes.BadTooManyOperations)


class ConnectionLimits(TransportLimits):
    """asyncua's limits of a transport; a client that wants its answers in crumbs is not served."""

    def create_acknowledge_and_set_limits(self, msg: ua.Hello) -> ua.Acknowledge:
        if msg.ReceiveBufferSize < LEAST_BUFFER_BYTES:
            raise ServiceError(ua.StatusCodes.BadTcpNotEnoughResources)
        return super().create_acknowledge_and_set_limits(msg)


class _Processor(UaProcessor):
    """Refuses what is too much before it is unpacked; a connection has one session at a time."""

    session: InternalSession | None

    async def _process_message(self, typeid: ua.NodeId, requesthdr: Any, seqhdr: Any, body: Buffer) -> bool:
        check_request(typeid.Identifier, body)
        if typeid.Identifier == _CREATE_SESSION:
            said = struct_from_binary(ua.CreateSessionParameters, body.copy())
            self.iserver.admit(self._connection.security_policy.peer_certificate, said, str(self.name[0]))
            await self._close_session()
        served: bool = await super()._process_message(typeid, requesthdr, seqhdr, body)
        return served

    async def _close_session(self) -> None:
        if self.session is not None:
            if self._session_watchdog_task is not None:
                self._session_watchdog_task.cancel()
            await self.session.close_session(True)
            self.session = None


class Connection(OPCUAProtocol):
    """See the module."""

    processor: UaProcessor | None

    def __init__(
        self,
        inner: InternalServer,
        policies: list[Any],
        clients: list[OPCUAProtocol],
        closing: list[asyncio.Task[Any]],
        limits: TransportLimits,
        turns: Turns,
    ):
        super().__init__(inner, policies, clients, closing, limits)
        self._turns = turns
        self._customer = Customer(in_a_hurry=self._speaks_for_the_line)
        self._unparsed = bytearray()
        self._heard = False
        self._fetched = asyncio.Event()
        self._fetched.set()

    @property
    def is_in(self) -> bool:
        """Whether somebody has logged in on it."""
        session = None if self.processor is None else self.processor.session
        return session is not None and session.is_activated()

    @property
    def leaving(self) -> bool:
        """Whether it is being ended."""
        return self.transport is None or self.transport.is_closing()

    @property
    def progress(self) -> int:
        """How far somebody who has not logged in has come: 2 an encrypted channel, 1 some message, 0 nothing."""
        secure = self.processor is not None and self.processor._connection.security_policy.peer_certificate
        return 2 if secure else int(self._heard)

    @property
    def host(self) -> str:
        """Whence it comes."""
        return str(self.peer_name[0]) if self.peer_name else ""

    def _speaks_for_the_line(self) -> bool:
        holder, session = self.iserver.lease.holder, None if self.processor is None else self.processor.session
        return holder is not None and session is not None and holder.session == session.session_id.Identifier

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self.processor is None:  # refused
            return
        self.processor = _Processor(self.iserver, self.transport, self.limits)
        self.processor.set_policies(self.policies)
        transport.set_write_buffer_limits(high=MOST_UNREAD_BYTES)  # type: ignore[attr-defined]
        end = transport.get_extra_info("socket")
        end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in (
            (socket.TCP_KEEPIDLE, _IDLE_S),
            (socket.TCP_KEEPINTVL, _PROBE_S),
            (socket.TCP_KEEPCNT, _PROBES),
            (socket.TCP_USER_TIMEOUT, _UNANSWERED_MS),
        ):
            end.setsockopt(socket.IPPROTO_TCP, option, value)

    def connection_lost(self, ex: BaseException | None) -> None:
        """As asyncua's; what it sent is let go of now, not when Python comes to look for what nobody needs any more."""
        self._unparsed.clear()
        while not self.messages.empty():
            self.messages.get_nowait()
        if self.processor is not None:
            self.processor._connection._drop_incoming_parts()
        super().connection_lost(ex)

    def abort(self) -> None:
        """End it now."""
        self._unparsed.clear()
        if self.transport is not None:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self._unparsed += data
        self._unpack()

    def _unpack(self) -> None:
        """Queue whole messages, but no more than may wait: the rest comes when these have been served."""
        while len(self._unparsed) >= _HEAD_BYTES and self.messages.qsize() <= MOST_WAITING:
            size = int.from_bytes(self._unparsed[4:_HEAD_BYTES], "little")
            if not _HEAD_BYTES < size <= CHUNK_BYTES:
                self.abort()
                return
            if len(self._unparsed) < size:
                return
            message = Buffer(bytes(self._unparsed[:size]))
            del self._unparsed[:size]
            self._heard = True
            try:
                self.messages.put_nowait((header_from_binary(message), message))
            except (ua.UaError, ValueError):
                self.abort()
                return
        if self.messages.qsize() > MOST_WAITING and self.transport is not None:
            self.transport.pause_reading()

    def pause_writing(self) -> None:
        """The client does not fetch its answers."""
        self._fetched.clear()

    def resume_writing(self) -> None:
        """It does again."""
        self._fetched.set()

    async def _process_one_msg(self, header: Any, buf: Buffer) -> bool:
        if self.leaving:
            return False
        try:
            await asyncio.wait_for(self._fetched.wait(), UNREAD_S)
        except TimeoutError:
            self.abort()
            return False
        async with self._turns.turn(self._customer):
            going_on: bool = await super()._process_one_msg(header, buf)
        self._unpack()
        if self.messages.qsize() <= MOST_WAITING and not self.leaving:
            self.transport.resume_reading()
        return going_on
