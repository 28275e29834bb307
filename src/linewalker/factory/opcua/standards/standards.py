"""The information models of this package in the station's server, beside its own image."""

from __future__ import annotations

from asyncua import Server, ua

from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.opcua.standards.calls import Caller, Calls
from linewalker.factory.opcua.standards.job_control import JobControl
from linewalker.factory.opcua.standards.line_driver import LineDriver
from linewalker.factory.opcua.standards.machinery_results import MachineryResults
from linewalker.factory.opcua.standards.model_import import import_nodeset
from linewalker.factory.opcua.standards.model_server import ModelServer
from linewalker.factory.opcua.standards.nodeset import NAMES, URIS, read_nodeset
from linewalker.factory.opcua.standards.told import Told
from linewalker.factory.opcua.standards.vision import VisionSystem
from linewalker.factory.opcua.standards.vision_results import VisionResults


class Standards:
    """See the module; made by `add_standards`.

    Args:
        server: with all NodeSets in it.
        own: number of the station's own namespace.
        indices: numbers of the namespaces of `NAMES`.

    Attributes:
        calls: the methods that clients may call.
    """

    def __init__(self, server: Server, own: int, indices: dict[str, int]):
        place, parent = ModelServer(server, own), ua.NodeId("Linewalker.Station", own)
        self.calls = Calls(place.space)
        self._driver, self._told = LineDriver(own), Told()
        self._said = StationImage()
        results = VisionResults(indices["machine_vision"], self._told, self._take_over)
        self._vision = VisionSystem(
            place,
            self.calls,
            index=indices["machine_vision"],
            parent=parent,
            driver=self._driver,
            results=results,
        )
        self._results = MachineryResults(
            place,
            self.calls,
            index=indices["machinery_result"],
            parent=parent,
            told=self._told,
            take_over=self._take_over,
        )
        self._jobs = JobControl(
            place,
            self.calls,
            index=indices["job_control"],
            parent=parent,
            driver=self._driver,
            take_over=self._take_over,
        )

    async def begin(self) -> None:
        """Show how things stand before the station has said anything."""
        await self._vision.begin()
        await self._jobs.begin()

    async def follow(self, line: LineImage, now: StationImage) -> None:
        """Show what line and station say now, and tell what happened."""
        before, self._said = self._said, now
        told = self._told.follow(line, before, now)
        await self._vision.follow(line, before, now, told)
        await self._results.follow(told)
        await self._jobs.follow(line, now, told)
        await self._driver.follow(now)

    async def _take_over(self, caller: Caller, results: frozenset[str]) -> int:
        standing = self._told.standing
        if standing is None or standing.job_id not in results:
            return 0
        return await self._driver.take_over(caller)


async def add_standards(server: Server, own: int) -> Standards:
    """Import the NodeSets whole, and put the station's objects among them.

    Raises:
        StationFault: a NodeSet does not fit.
    """
    indices = {name: await server.register_namespace(URIS[name]) for name in NAMES}
    uris = await server.get_namespace_array()
    for name in NAMES:
        import_nodeset(read_nodeset(name, uris.index), server.iserver.aspace)
    standards = Standards(server, own, indices)
    await standards.begin()
    return standards
