"""Listens, and answers, until somebody ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from linewalker.console.web.gate import Gate

_MOST_CONNECTIONS = 512
_LONGEST_REQUEST = 16384


def serve(app: Gate, at: socket.socket, on_ready: Callable[[], None]) -> None:
    """Answer until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        http="h11",
        h11_max_incomplete_event_size=_LONGEST_REQUEST,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    server = _Server(config)
    server.on_ready = on_ready
    server.run([at])


class _Server(uvicorn.Server):
    """Says when it answers."""

    on_ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As the server, then says so."""
        await super().startup(sockets=sockets)
        self.on_ready()
