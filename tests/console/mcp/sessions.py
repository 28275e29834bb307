"""Clients of a server in this process, of either version of the protocol."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
from mcp import Client
from mcp.server.lowlevel.server import Server

from linewalker.brain.language.goal_check import Offer
from linewalker.console.mcp.server import build_server
from linewalker.console.mcp.shelf import Shelf
from linewalker.console.mcp.tools import Tools
from tests.station.approval.shop import Shop

VERSIONS = ("legacy", "2026-07-28")
OFFER = Offer(
    names={"features": ("hood/front_bumper", "roof"), "place": ("front", "rear"), "methods": ("gap", "flush")}
)
Result = TypeVar("Result")


def tools_of(shop: Shop, folder: Path) -> Tools:
    """The tools of a shop whose records lie in a folder."""
    return Tools(shop.assistant, OFFER, Shelf(folder))


def server_of(shop: Shop, folder: Path) -> Server:
    """A server of it."""
    return build_server(tools_of(shop, folder), Shelf(folder))


def with_client(server: Server, work: Callable[[Client], Awaitable[Result]], version: str = "2026-07-28") -> Result:
    """What some work of a client of the server comes to."""

    async def session() -> Result:
        async with Client(server, mode=version) as client:
            return await work(client)

    return anyio.run(session)


def called(server: Server, name: str, arguments: dict[str, Any], version: str = "2026-07-28") -> dict[str, Any]:
    """The document of one call."""

    async def call(client: Client) -> dict[str, Any]:
        return (await client.call_tool(name, arguments)).structured_content

    return with_client(server, call, version)
