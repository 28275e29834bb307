"""The byte image over S7 (ISO on TCP, RFC 1006), by python-snap7: In is `IN_BLOCK`, Out is `OUT_BLOCK`."""

from __future__ import annotations

import logging
import socket

from linewalker.factory.fieldbus.fieldbus_server import FieldbusServer

DEFAULT_ENDPOINT = "s7://127.0.0.1:1102"

logging.getLogger("snap7").addHandler(logging.NullHandler())  # an application that wants its log adds its own


class S7Server(FieldbusServer):
    """The station as an S7 that has two data blocks."""

    name, package, extra = "the S7 server", "snap7", "s7"
    default_endpoint = DEFAULT_ENDPOINT

    def _open(self, listener: socket.socket) -> None:
        from linewalker.factory.fieldbus.s7_connections import BlockServer

        self._server = BlockServer(self._image, self._callers)
        self._server.listen(listener)

    def _close(self) -> None:
        self._server.close()
