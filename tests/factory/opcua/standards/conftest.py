"""One station that shows the standards, with a program that says OK at once, for all tests of the folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
from asyncua import Server

from linewalker.factory.handshake.signals import NAMESPACE_URI
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.standards.model_import import import_nodeset
from linewalker.factory.opcua.standards.nodeset import NAMES, URIS, read_nodeset
from linewalker.factory.opcua.station_server import StationServer
from tests.factory.fake_program import FakeProgram
from tests.factory.opcua.standards.visit import Visitor
from tests.factory.wires import CREDENTIALS

Visit = Callable[..., Any]


@pytest.fixture(scope="session")
def station(pki) -> Iterator[StationServer]:
    with (
        StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki, standards=True) as server,
        FakeProgram(server.station),
    ):
        yield server


@pytest.fixture
def visit(station, pki) -> Visit:
    """Runs ``action(visitor)`` in a session."""

    def run(action: Callable[[Visitor], Coroutine[Any, Any, Any]]) -> Any:
        async def session() -> Any:
            async with Visitor.at(station.endpoint, pki) as visitor:
                return await action(visitor)

        return asyncio.run(session())

    return run


@pytest.fixture(scope="session")
def imported() -> tuple[Server, dict[str, int]]:
    """A server that was never started, with all NodeSets in it, and the numbers of their namespaces."""

    async def build() -> tuple[Server, dict[str, int]]:
        server = Server()
        await server.init()
        await server.register_namespace(NAMESPACE_URI)  # as a station does: asyncua keeps types by number, for all
        indices = {name: await server.register_namespace(URIS[name]) for name in NAMES}
        uris = await server.get_namespace_array()
        for name in NAMES:
            import_nodeset(read_nodeset(name, uris.index), server.iserver.aspace)
        return server, indices

    return asyncio.run(build())
