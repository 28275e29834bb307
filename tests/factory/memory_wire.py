"""A wire out of memory alone: two records, scanned as a fieldbus master would. It shares nothing with OPC UA."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Self

from linewalker.errors import StationFault
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort
from tests.factory.background import Background

_SCAN_S = 0.002


class WireBroke(Exception):
    """What a wire dies of here."""


class MemoryWire(Background):
    """Carries a station's images to one line. A context manager, like the OPC UA server.

    Attributes:
        station: whose images it carries.
        said_by_line, said_by_station: the images as they lie in memory.
        connected: whether a line is at the other end.
    """

    name = "memory"

    def __init__(self, station: StationPort):
        super().__init__()
        self.station = station
        self.said_by_line, self.said_by_station = LineImage(), StationImage()
        self.connected = False
        self._plugged, self._broken, self._carries = (threading.Event() for _ in range(3))
        self._plugged.set()

    def pull(self) -> None:
        self._plugged.clear()

    def plug_in(self) -> None:
        self._plugged.set()

    def break_down(self) -> None:
        """It never carries again."""
        self._broken.set()

    @property
    def plugged(self) -> bool:
        return self._plugged.is_set()

    def link(self) -> MemoryLink:
        """The line's end."""
        return MemoryLink(self)

    def __enter__(self) -> Self:
        super().__enter__()
        assert self._carries.wait(10.0)
        return self

    def work(self) -> None:
        with contextlib.suppress(WireBroke), self.station.carried("the memory wire"):
            self._carries.set()
            while not self._stop.wait(_SCAN_S):
                if self._broken.is_set():
                    raise WireBroke
                self.said_by_station = self.station.scan(self.said_by_line, connected=self.connected)


class MemoryLink:
    """A `LineLink` over it."""

    def __init__(self, wire: MemoryWire):
        self._wire = wire

    async def connect(self, give_up: Callable[[], bool]) -> None:
        if not self._wire.plugged or give_up():
            raise StationFault("no station answers")
        self._wire.connected = True

    async def read(self) -> StationImage | None:
        return self._wire.said_by_station if self._wire.plugged else None

    async def write(self, image: LineImage) -> None:
        if self._wire.plugged:
            self._wire.said_by_line = image

    async def close(self) -> None:
        self._wire.connected = False
