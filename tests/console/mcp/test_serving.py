"""Over HTTP: the token first, then the protocol; a socket of the station's choice."""

from __future__ import annotations

import socket
from pathlib import Path

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from linewalker.console.bearer import Address, Token, listening
from linewalker.console.mcp.serving import PATH, _http_server, application, serve_http
from linewalker.errors import InputError
from tests.console.mcp.sessions import VERSIONS, server_of
from tests.station.approval.shop import Shop

TOKEN = Token(secret="0123456789abcdef")
HERE = Address(host="127.0.0.1", port=0)
ASKED = {"accept": "application/json, text/event-stream"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def answer(tmp_path: Path, headers: dict[str, str], path: str = PATH) -> httpx2.Response:
    """To a request with these headers."""
    app = application(server_of(Shop(tmp_path), tmp_path), HERE, TOKEN)

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
            return await client.post(path, json=CALL, headers=ASKED | headers)

    return anyio.run(ask)


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"cookie": "token=0123456789abcdef"}])
@pytest.mark.parametrize("path", [PATH, "/", "/.well-known/oauth-protected-resource"])
def test_without_the_token_there_is_no_answer_at_any_path(tmp_path: Path, headers: dict[str, str], path: str) -> None:
    refused = answer(tmp_path, headers, path)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("version", VERSIONS)
def test_with_the_token_a_client_is_served(tmp_path: Path, version: str) -> None:
    server = _http_server(server_of(Shop(tmp_path), tmp_path), HERE, TOKEN)
    at = listening(HERE, "--http")
    url = f"http://127.0.0.1:{at.getsockname()[1]}{PATH}"

    async def call() -> list[str]:
        async with anyio.create_task_group() as group:
            group.start_soon(server.serve, [at])
            headers = {"authorization": f"Bearer {TOKEN.secret}"}
            http = httpx2.AsyncClient(headers=headers)
            async with http, Client(streamable_http_client(url, http_client=http), mode=version) as client:
                names = [tool.name for tool in (await client.list_tools()).tools]
            server.should_exit = True
        return names

    assert "stop" in anyio.run(call)


def test_a_place_where_somebody_listens_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address(host="127.0.0.1", port=taken.getsockname()[1])
        with pytest.raises(InputError, match="can not listen"):
            serve_http(server_of(Shop(tmp_path), tmp_path), address, TOKEN)
    with pytest.raises(InputError, match="can not listen"):
        serve_http(server_of(Shop(tmp_path), tmp_path), Address(host="no.such.host.invalid", port=0), TOKEN)
