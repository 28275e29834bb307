"""What the server lets one client, and all strangers together, ask of it.

asyncua 2.1 keeps whatever is sent to it: a chunk that claims to be gigabytes long, chunks without a last one, channels
on which nobody ever logs in, requests about twenty thousand nodes. Here each of them ends early, and a client that may
come in finds a place however many strangers stand in the door.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sized
from typing import Any

from asyncua import Server, ua
from asyncua.common.connection import TransportLimits
from asyncua.common.utils import ServiceError
from asyncua.server.binary_server_asyncio import BinaryServer, OPCUAProtocol
from asyncua.server.internal_server import InternalServer
from asyncua.server.internal_session import InternalSession

MOST_SESSIONS, MOST_STRANGERS = 32, 16
STRANGERS_PATIENCE_S = 5.0
"""Whoever has not logged in by then is shown out."""
MOST_NODES = 1000
"""Of one request."""
CHUNK_BYTES, MESSAGE_BYTES = 65535, 2**19
MOST_SUBSCRIPTIONS, MOST_QUEUED = 64, 100
_OPERATIONS = ("Read", "Write", "Browse", "MethodCall", "TranslateBrowsePathsToNodeIds")


class LimitedSession(InternalSession):
    """Refuses requests about too many nodes before anything is done."""

    async def read(self, params: ua.ReadParameters) -> list[ua.DataValue]:
        _check(params.NodesToRead)
        return await super().read(params)

    async def write(self, params: ua.WriteParameters) -> list[ua.StatusCode]:
        _check(params.NodesToWrite)
        return await super().write(params)

    async def browse(self, params: ua.BrowseParameters) -> list[ua.BrowseResult]:
        _check(params.NodesToBrowse)
        return await super().browse(params)

    async def translate_browsepaths_to_nodeids(self, params: list[ua.BrowsePath]) -> list[ua.BrowsePathResult]:
        _check(params)
        return await super().translate_browsepaths_to_nodeids(params)

    async def call(self, params: list[ua.CallMethodRequest]) -> list[ua.CallMethodResult]:
        _check(params)
        return await super().call(params)

    async def create_monitored_items(
        self, params: ua.CreateMonitoredItemsParameters
    ) -> list[ua.MonitoredItemCreateResult]:
        _check(params.ItemsToCreate)
        return await super().create_monitored_items(params)


def _check(asked: Sized) -> None:
    if len(asked) > MOST_NODES:
        raise ServiceError(ua.StatusCodes.BadTooManyOperations)


class _Door(list[OPCUAProtocol]):
    """Connections in the order they came. A new stranger sends the one away that has stood there longest."""

    def append(self, connection: OPCUAProtocol) -> None:
        super().append(connection)
        strangers = [one for one in self if not _is_in(one)]
        for oldest in strangers[: max(0, len(strangers) - MOST_STRANGERS)]:
            if oldest.transport is not None:
                oldest.transport.abort()


def _is_in(connection: OPCUAProtocol) -> bool:
    session = None if connection.processor is None else connection.processor.session
    return session is not None and session.is_activated()


class _Protocol(OPCUAProtocol):
    """Ends a connection on which more lies than a chunk can hold."""

    _buffer: bytes

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if len(self._buffer) > CHUNK_BYTES and self.transport is not None:
            self._buffer = b""
            self.transport.abort()


class _BinaryServer(BinaryServer):
    """Makes connections that have limits, at a socket that listens already."""

    def __init__(self, inner: InternalServer, listener: socket.socket, limits: TransportLimits):
        super().__init__(inner, *listener.getsockname()[:2], limits)
        self.clients = _Door()
        self._listener = listener

    async def start(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(self._make_protocol, sock=self._listener)
        self.cleanup_task = asyncio.create_task(self._close_task_loop())

    def close_door(self) -> None:
        """Let nobody in any more; whoever is in stays."""
        if self._server is not None:
            self._server.close()

    def _make_protocol(self) -> OPCUAProtocol:
        return _Protocol(self.iserver, self._policies, self.clients, self.closing_tasks, self.limits)


class LimitedServer(Server):
    """A server whose connections and requests have limits.

    Args:
        inner: asyncua's inner server; it has to make sessions that derive from `LimitedSession`.
    """

    def __init__(self, inner: InternalServer):
        inner.max_connections = MOST_SESSIONS + MOST_STRANGERS + 1
        inner.max_pending_activation_seconds = STRANGERS_PATIENCE_S
        inner.max_pending_messages_per_connection = MOST_QUEUED
        inner.max_unacked_messages_per_subscription = inner.max_monitored_item_queue_size = MOST_QUEUED
        inner.max_subscriptions = MOST_SUBSCRIPTIONS
        super().__init__(iserver=inner)
        self.limits = TransportLimits(
            max_recv_buffer=CHUNK_BYTES,
            max_send_buffer=CHUNK_BYTES,
            max_chunk_count=-(-MESSAGE_BYTES // CHUNK_BYTES) + 1,
            max_message_size=MESSAGE_BYTES,
        )

    async def init(self, shelf_file: Any = None) -> None:
        """As asyncua's; the limits are told to whoever asks for them."""
        await super().init(shelf_file)
        for operation in _OPERATIONS:
            name = f"Server_ServerCapabilities_OperationLimits_MaxNodesPer{operation}"
            await self._tell(getattr(ua.ObjectIds, name), MOST_NODES)
        items = ua.ObjectIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall
        await self._tell(items, MOST_NODES)

    async def _tell(self, node: int, limit: int) -> None:
        await self.get_node(ua.NodeId(node)).write_value(ua.Variant(limit, ua.VariantType.UInt32))

    async def start(self, listener: socket.socket) -> None:
        """As asyncua's `Server.start`, with our connections.

        Args:
            listener: a socket that listens.
        """
        await self._setup_server_nodes()
        await self.iserver.start()
        self.bserver = _BinaryServer(self.iserver, listener, self.limits)
        self.bserver.set_policies(self._policies)
        await self.bserver.start()
