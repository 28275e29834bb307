"""The station as an OPC UA server in a thread of its own: one wire of a `StationPort`.

It scans the image some 50 times a second: what the line wrote goes into the port, what comes out is published.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import errno
import logging
import socket
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from asyncua import Server, ua

from linewalker.errors import InputError, LinewalkerError, StationFault
from linewalker.factory.handshake.signals import StationImage, signals_of
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.certificates import STATION_URI, ApplicationCertificate, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT, check_endpoint
from linewalker.factory.opcua.image import ImageReader, node_ids, variant_of, writer_node
from linewalker.factory.opcua.locked_server import build_server
from linewalker.factory.opcua.write_lease import WriteLease

_SCAN_S = 0.02
_START_TIMEOUT_S = 60.0

logging.getLogger("asyncua").addHandler(logging.NullHandler())  # an application that wants its log adds its own


class StationServer:
    """Carries what a port and a line tell each other. A context manager: the server lives inside the ``with``.

    Attributes:
        station: whose images it carries.
        endpoint: where the server listens, with the port really taken.
        certificate: the server's certificate file, for lines that pin it.
    """

    def __init__(
        self,
        station: StationPort,
        *,
        credentials: Credentials,
        endpoint: str = DEFAULT_ENDPOINT,
        pki: Path | None = None,
    ):
        """
        Args:
            station: whose images it carries.
            credentials: what the line must know.
            endpoint: where to listen; port 0 takes any free one. 127.0.0.1 is reached from this machine only.
            pki: folder of the certificate; default `certificates.default_folder`.

        Raises:
            InputError: the endpoint is none, or no certificate can be made.
        """
        self.station = station
        self._host, self._port = check_endpoint(endpoint)
        self._asked_endpoint = endpoint
        self.endpoint = endpoint
        self._credentials = credentials
        self._pair: ApplicationCertificate = ensure_certificate("station", STATION_URI, pki)
        self.certificate = self._pair.certificate
        self._stop = threading.Event()
        self._thread = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="opcua-station")

    def __enter__(self) -> Self:
        """Start the server.

        Raises:
            InputError: the port is taken or may not be used; says what to do.
        """
        self._try_port()
        listening: concurrent.futures.Future[int] = concurrent.futures.Future()
        serving = self._thread.submit(lambda: asyncio.run(self._serve(listening)))
        either: list[concurrent.futures.Future[Any]] = [listening, serving]
        concurrent.futures.wait(either, _START_TIMEOUT_S, concurrent.futures.FIRST_COMPLETED)
        if not listening.done():
            self._stop.set()
            if serving.done():
                serving.result()  # raises what went wrong
            raise StationFault(f"the OPC UA server did not start within {_START_TIMEOUT_S:.0f} s")
        self.endpoint = self._asked_endpoint.replace(f":{self._port}", f":{listening.result()}", 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.shutdown(wait=True)

    async def _serve(self, listening: concurrent.futures.Future[int]) -> None:
        lease = WriteLease(self.station.limits.life_timeout_s)
        server, namespace = await build_server(self._asked_endpoint, self._credentials, self._pair, lease)
        try:
            await server.start()
        except OSError as error:
            raise self._can_not_listen(error) from None
        try:
            with self.station.carried("the OPC UA server"):
                listening.set_result(server.bserver.port)
                await self._scan(server, namespace, lease)
        finally:
            await server.stop()

    async def _scan(self, server: Server, namespace: int, lease: WriteLease) -> None:
        reader = ImageReader(server.iserver.read_attribute_value, namespace)
        nodes = dict(zip((name for name, _ in signals_of(StationImage)), node_ids(StationImage, namespace)))
        published, shown = StationImage(), lease.holder
        while not self._stop.is_set():
            said = self.station.scan(reader.image(), connected=bool(server.bserver.clients))
            for name, value in changes(published, said):
                await server.iserver.write_attribute_value(nodes[name], value)
            if lease.holder is not shown and lease.holder is not None:
                shown = lease.holder
                await server.get_node(writer_node(namespace)).write_value(shown.name)
            published = said
            await asyncio.sleep(_SCAN_S)

    def _try_port(self) -> None:
        """Complain about the port at once, not after the second that building a server takes."""
        try:
            socket.create_server((self._host, self._port)).close()
        except OSError as error:
            raise self._can_not_listen(error) from None

    def _can_not_listen(self, error: OSError) -> LinewalkerError:
        place = f"port {self._port} of {self._host}"
        if error.errno == errno.EADDRINUSE:
            free = self._asked_endpoint.replace(f":{self._port}", f":{self._port + 1}", 1)
            return InputError(
                f"{place} is in use; stop the program that uses it or choose another port with --endpoint {free}",
                key="endpoint",
            )
        if error.errno == errno.EACCES:
            return InputError(f"{place} is not allowed to this user; choose a port above 1023", key="endpoint")
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            return InputError(
                f"{self._host} is no address of this machine; write 127.0.0.1, or 0.0.0.0 for every network",
                key="endpoint",
            )
        return StationFault(f"can not listen at {place}: {error.strerror}")


def changes(before: StationImage, now: StationImage) -> list[tuple[str, ua.DataValue]]:
    """Signals that differ, with one time stamp, in the order in which they are published.

    Done rises after, and falls before, all that goes with it: whoever sees it reads what belongs to it.
    """
    stamp = datetime.now(UTC)
    found = [
        (name, ua.DataValue(variant_of(signal, getattr(now, name)), SourceTimestamp=stamp, ServerTimestamp=stamp))
        for name, signal in signals_of(StationImage)
        if getattr(before, name) != getattr(now, name)
    ]
    return sorted(found, key=lambda change: (change[0] == "done") == now.done)
