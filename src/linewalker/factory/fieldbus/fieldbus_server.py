"""A server that carries the byte image: one wire of a `StationPort`, whatever its protocol."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Self

from linewalker.factory.fieldbus.callers import Callers
from linewalker.factory.fieldbus.packages import demand
from linewalker.factory.fieldbus.process_image import ProcessImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.listening import host_and_port, listen_at

_SCAN_S = 0.02


class FieldbusServer(ABC):
    """A context manager: the server lives inside the ``with``. It knows no password: its network has to be the line's.

    Attributes:
        station: whose images it carries.
        endpoint: where it listens, with the port really taken.
        name: in words.
        default_endpoint: this machine, a port that needs no privilege.
        package, extra: what it needs, and the extra of ours that installs it.
    """

    name: ClassVar[str]
    default_endpoint: ClassVar[str]
    package: ClassVar[str]
    extra: ClassVar[str]

    def __init__(self, station: StationPort, *, endpoint: str | None = None):
        """
        Args:
            station: whose images it carries.
            endpoint: where to listen; port 0 takes any free one.

        Raises:
            InputError: the endpoint is none.
            MissingPackage: what serves the protocol is not installed.
        """
        demand(self.package, what=self.name, extra=self.extra)
        self.station = station
        self.endpoint = endpoint or self.default_endpoint
        self._host, self._port = host_and_port(self.endpoint, self.default_endpoint)
        self._image = ProcessImage(station)
        self._callers = Callers(lambda: self._image.speaker)
        self._stop, self._carries = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._scan, name=f"{self.extra}-station", daemon=True)

    def __enter__(self) -> Self:
        """Start the server.

        Raises:
            InputError: the port is taken or may not be used; says what to do.
        """
        listener = listen_at(self.endpoint, self._host, self._port)
        self.endpoint = self.endpoint.replace(f":{self._port}", f":{listener.getsockname()[1]}", 1)
        self._thread.start()
        self._carries.wait()
        self._open(listener)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()
        self._stop.set()
        self._thread.join()

    def _scan(self) -> None:
        with self.station.carried(self.name):
            self._carries.set()
            while not self._stop.wait(_SCAN_S):
                self._image.scan(connected=bool(self._callers))

    @abstractmethod
    def _open(self, listener: socket.socket) -> None:
        """Answer whoever calls there, in threads of its own."""

    @abstractmethod
    def _close(self) -> None:
        """Listen and answer no more."""
