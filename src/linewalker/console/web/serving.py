"""Listens, and answers, until somebody ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from linewalker.console.bearer import Address
from linewalker.console.web.gate import Gate
from linewalker.errors import InputError

_MOST_CONNECTIONS = 512
_LONGEST_REQUEST = 16384


def listening(address: Address) -> socket.socket:
    """A socket at an address.

    Raises:
        InputError: nobody can listen there.
    """
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address.host, address.port))
    except (OSError, OverflowError) as error:
        found.close()
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"can not listen at {address.host}:{address.port}: {why}; choose another --port", key="--port"
        ) from None
    return found


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
