"""Connects the server to a transport: the pipes of whoever started it, or HTTP."""

from __future__ import annotations

import sys

import anyio
import uvicorn
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server

from linewalker.console.bearer import Address, BearerGate, Token, listening
from linewalker.messages.catalogue import say

PATH = "/mcp"


def serve_pipes(server: Server) -> None:
    """Serve whoever started this program, over its standard input and output, until that ends."""

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def serve_http(server: Server, address: Address, token: Token) -> None:
    """Serve whoever connects and knows the token, until somebody interrupts.

    Raises:
        InputError: nobody can listen there.
    """
    sockets = [listening(address, "--http")]
    port = sockets[0].getsockname()[1]
    host = f"[{address.host}]" if ":" in address.host else address.host
    print(say(f"MCP server at http://{host}:{port}{PATH}"), file=sys.stderr)
    if token.made_up:
        print(say(f"token of this start: {token.secret}"), file=sys.stderr, flush=True)
    anyio.run(_http_server(server, address, token).serve, sockets)


def application(server: Server, address: Address, token: Token) -> BearerGate:
    """The ASGI application: the token is asked for first, then, on this machine, by which name it was called."""
    return BearerGate(server.streamable_http_app(streamable_http_path=PATH, host=address.host), token)


def _http_server(server: Server, address: Address, token: Token) -> uvicorn.Server:
    config = uvicorn.Config(application(server, address, token), log_level="warning", access_log=False)
    return uvicorn.Server(config)
