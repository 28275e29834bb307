"""The byte image over Modbus TCP (MODBUS Application Protocol 1.1b3), by pymodbus."""

from __future__ import annotations

import asyncio
import socket
import threading
from functools import partial

from linewalker.factory.fieldbus.fieldbus_server import FieldbusServer

DEFAULT_ENDPOINT = "modbus.tcp://127.0.0.1:1502"
_START_S = 30.0


class ModbusServer(FieldbusServer):
    """The station as a Modbus TCP server."""

    name, package, extra = "the Modbus TCP server", "pymodbus", "modbus"
    default_endpoint = DEFAULT_ENDPOINT

    def _open(self, listener: socket.socket) -> None:
        self._loop = asyncio.new_event_loop()
        self._serving = threading.Thread(target=self._loop.run_forever, name="modbus", daemon=True)
        self._serving.start()
        asyncio.run_coroutine_threadsafe(self._listen(listener), self._loop).result(_START_S)

    async def _listen(self, listener: socket.socket) -> None:
        from linewalker.factory.fieldbus.modbus_connection import CallServer

        self._server = CallServer(self._image, self._callers)
        self._server.call_create = partial(self._loop.create_server, self._server.handle_new_connection, sock=listener)
        await self._server.serve_forever(background=True)

    def _close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._server.shutdown(), self._loop).result(_START_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._serving.join()
        self._loop.close()
