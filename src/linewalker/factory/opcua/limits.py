"""What the server lets one client, and all strangers together, ask of it.

A client that may come in finds a place however many strangers stand in the door; what each of them can do on its
connection is in `connection`.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from typing import Any

from asyncua import Server, ua
from asyncua.common.connection import TransportLimits
from asyncua.server.binary_server_asyncio import BinaryServer
from asyncua.server.internal_server import InternalServer

from linewalker.factory.opcua.connection import CHUNK_BYTES, MOST_NODES, Connection, ConnectionLimits
from linewalker.factory.opcua.turns import Turns

MOST_SESSIONS, MOST_STRANGERS = 32, 16
STRANGERS_PATIENCE_S = 10.0
"""Whoever has not logged in by then is shown out."""
MESSAGE_BYTES = 2**19
MOST_SUBSCRIPTIONS, MOST_QUEUED = 64, 100
_DOOR_PAUSE_S = 0.005
_OPERATIONS = ("Read", "Write", "Browse", "MethodCall", "TranslateBrowsePathsToNodeIds")


class Door(list[Connection]):
    """Connections in the order they came.

    A new stranger sends another one away: from the host that has most of them there, of these who has come least far,
    of these who has stood there longest. A flood of them is in its own way.
    """

    def append(self, connection: Connection) -> None:
        strangers = [one for one in self if not one.is_in and not one.leaving]
        super().append(connection)
        if len(strangers) >= MOST_STRANGERS:
            crowd = Counter(one.host for one in strangers)
            min(strangers, key=lambda one: (-crowd[one.host], one.progress)).abort()


class _BinaryServer(BinaryServer):
    """Makes connections that have limits, not too many a second, at a socket that listens already."""

    def __init__(self, inner: InternalServer, listener: socket.socket, limits: TransportLimits):
        super().__init__(inner, *listener.getsockname()[:2], limits)
        self.clients = Door()
        self._listener, self._turns = listener, Turns()
        self._door_keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._listener.setblocking(False)
        self._door_keeper = asyncio.create_task(self._keep_door())
        self.cleanup_task = asyncio.create_task(self._close_task_loop())

    async def _keep_door(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            with suppress(OSError):  # who has gone again, and no more files to open
                end, _ = await loop.sock_accept(self._listener)
                await loop.connect_accepted_socket(self._make_protocol, end)
            await asyncio.sleep(_DOOR_PAUSE_S)

    def close_door(self) -> None:
        """Let nobody in any more; whoever is in stays."""
        if self._door_keeper is not None:
            self._door_keeper.cancel()
        self._listener.close()

    def _make_protocol(self) -> Connection:
        return Connection(self.iserver, self._policies, self.clients, self.closing_tasks, self.limits, self._turns)


class LimitedServer(Server):
    """A server whose connections and requests have limits.

    Args:
        inner: asyncua's inner server.
    """

    def __init__(self, inner: InternalServer):
        inner.max_connections = MOST_SESSIONS + 4 * MOST_STRANGERS
        inner.max_pending_activation_seconds = STRANGERS_PATIENCE_S
        inner.max_pending_messages_per_connection = MOST_QUEUED
        inner.max_unacked_messages_per_subscription = inner.max_monitored_item_queue_size = MOST_QUEUED
        inner.max_subscriptions = MOST_SUBSCRIPTIONS
        super().__init__(iserver=inner)
        self.limits = ConnectionLimits(
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
