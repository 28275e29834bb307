"""The byte image over Modbus TCP (MODBUS Application Protocol 1.1b3), by pymodbus."""

from __future__ import annotations

import asyncio
import socket
import threading
from functools import partial

from linewalker.factory.fieldbus.fieldbus_server import FieldbusServer

DEFAULT_ENDPOINT = "modbus.tcp://127.0.0.1:1502"
_START_S, _LET_IN_S = 30.0, 1.0


class ModbusServer(FieldbusServer):
    """The station as a Modbus TCP server."""

    name, package, extra = "the Modbus TCP server", "pymodbus", "modbus"
    default_endpoint = DEFAULT_ENDPOINT

    def _open(self, listener: socket.socket) -> None:
        self._listener, self._loop = listener, asyncio.new_event_loop()
        self._serving = threading.Thread(target=self._loop.run_forever, name="modbus", daemon=True)
        self._serving.start()
        asyncio.run_coroutine_threadsafe(self._listen(listener), self._loop).result(_START_S)

    async def _listen(self, listener: socket.socket) -> None:
        from linewalker.factory.fieldbus.modbus_connection import CallServer

        self._server = CallServer(self._image, self._callers)
        self._server.call_create = partial(self._loop.create_server, self._server.handle_new_connection, sock=listener)
        await self._server.serve_forever(background=True)

    async def _end(self) -> None:
        """Hang up on everybody; asyncio forgets, but does not close, a call that it lets in when a server is closed."""
        self._loop.remove_reader(self._listener)
        if letting_in := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(letting_in, timeout=_LET_IN_S)
        await self._server.shutdown()
        await asyncio.sleep(0)

    def _close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(_START_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._serving.join()
        self._loop.close()
