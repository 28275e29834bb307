"""The station as an OPC UA server: one wire of a `StationPort`.

The server is a process of its own, so that nothing a client asks of it holds the robot's control up. Here, in a thread
of the control process, what the line wrote goes into the port as soon as it comes, and what comes out goes back; some
50 times a second the port is scanned anyway. A server that dies is started again, at the same socket, with what the
line had said: the job goes on if the line is back before its life counter is missed.
"""

from __future__ import annotations

import concurrent.futures
import logging
import socket
import threading
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from linewalker.errors import StationFault
from linewalker.factory.handshake.signals import LineImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.listening import listen_at, with_port
from linewalker.factory.opcua.border import BorderClosed
from linewalker.factory.opcua.certificates import STATION_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT, check_endpoint
from linewalker.factory.opcua.identities import Identity, Role, read_identities
from linewalker.factory.opcua.server_child import START_S, ServerChild
from linewalker.factory.opcua.server_setup import ServerSetup

_SCAN_S = 0.02
_MOST_DEATHS, _WITHIN_S = 5, 60.0
_LOG = logging.getLogger(__name__)


class StationServer:
    """Carries what a port and a line tell each other. A context manager: the server lives inside the ``with``.

    Attributes:
        station: whose images it carries.
        endpoint: where the server listens, with the port really taken.
        certificate: the server's certificate file, for lines that pin it.
        pid: of the server's process.
    """

    pid: int | None = None

    def __init__(
        self,
        station: StationPort,
        *,
        credentials: Credentials,
        endpoint: str = DEFAULT_ENDPOINT,
        pki: Path | None = None,
        audit: Path | None = None,
        insecure: bool = False,
        standards: bool = False,
    ):
        """
        Args:
            station: whose images it carries.
            credentials: what the line must know.
            endpoint: where to listen; port 0 takes any free one. 127.0.0.1 is reached from this machine only.
            pki: folder of the certificates; default `certificates.default_folder`.
            audit: file of the audit log; None: there is none.
            insecure: serve unencrypted channels and anonymous observers, too; for a bench, never for a plant.
            standards: show OPC 40100-1, Machinery Result and Job Control beside the image.

        Raises:
            InputError: the endpoint is none, no certificate can be made, or the list of identities is none.
        """
        self.station = station
        self._host, self._port = check_endpoint(endpoint)
        self._asked_endpoint = endpoint
        self.endpoint = endpoint
        self._pair = ensure_certificate("station", STATION_URI, pki)
        self._audit, self._insecure, self._standards = audit, insecure, standards
        check = PasswordCheck.for_password_of(credentials)
        self._line = Identity(name=credentials.user, role=Role.LINE, check=check)
        self._pki = self._pair.certificate.parent
        read_identities(self._pki)  # now, while somebody looks
        if insecure:
            _LOG.warning(
                "linewalker: INSECURE: anybody who reaches %s can look, passwords travel as they are", endpoint
            )
        self.certificate = self._pair.certificate
        self._stop = threading.Event()
        self._thread = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="opcua-station")

    def __enter__(self) -> Self:
        """Start the server.

        Raises:
            InputError: the port is taken or may not be used; says what to do.
        """
        # the socket belongs to the control process: while a server is replaced, callers wait
        listener = listen_at(self._asked_endpoint, self._host, self._port)
        self.endpoint = with_port(self._asked_endpoint, listener.getsockname()[1])
        listening: concurrent.futures.Future[None] = concurrent.futures.Future()
        serving = self._thread.submit(self._carry, listener, listening)
        either: list[concurrent.futures.Future[Any]] = [listening, serving]
        try:
            concurrent.futures.wait(either, START_S + 5.0, concurrent.futures.FIRST_COMPLETED)
            if not listening.done():
                if serving.done():
                    serving.result()  # raises what went wrong
                raise StationFault(f"the OPC UA server did not start within {START_S:.0f} s")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.shutdown(wait=True)

    def _carry(self, listener: socket.socket, listening: concurrent.futures.Future[None]) -> None:
        """The thread: one server after the other, until it is to stop."""
        deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        line = LineImage()
        with listener, self.station.carried("the OPC UA server"):
            while not self._stop.is_set():
                child = ServerChild(listener, self._setup(line))
                self.pid = child.pid
                try:
                    self._exchange(child, listening)
                except BorderClosed as death:
                    line = child.line
                    self._note_death(f"{child.broke or death}", deaths, first=not listening.done())
                finally:
                    child.end()

    def _setup(self, line: LineImage) -> ServerSetup:
        return ServerSetup(
            endpoint=self.endpoint,
            pair=self._pair,
            pki=self._pki,
            identities=(self._line,),
            audit=self._audit,
            insecure=self._insecure,
            standards=self._standards,
            life_timeout_s=self.station.limits.life_timeout_s,
            line=line,
        )

    def _exchange(self, child: ServerChild, listening: concurrent.futures.Future[None]) -> None:
        """As long as this server lives and is wanted.

        Raises:
            BorderClosed: it died.
        """
        said = self.station.scan(child.line, connected=False)
        while not self._stop.is_set():
            child.hear(_SCAN_S)
            if child.ready and not listening.done():
                listening.set_result(None)
            said = self.station.scan(child.line, connected=child.connected)
            child.tell(said)
            self._pass_on(child.warnings)
        child.leave(self.station.scan(child.line, connected=child.connected))

    @staticmethod
    def _pass_on(warnings: list[str]) -> None:
        for text in warnings:
            _LOG.warning("%s", text)
        warnings.clear()

    def _note_death(self, why: str, deaths: deque[float], *, first: bool) -> None:
        """Once may happen; what does not even start, or dies again and again, is a fault."""
        if first:
            raise StationFault(f"the OPC UA server did not start: {why}")
        deaths.append(time.monotonic())
        if len(deaths) == _MOST_DEATHS and deaths[-1] - deaths[0] < _WITHIN_S:
            raise StationFault(f"the OPC UA server died {_MOST_DEATHS} times within a minute; the last time: {why}")
        _LOG.warning("linewalker: the process of the OPC UA server died (%s); it is started again", why)
