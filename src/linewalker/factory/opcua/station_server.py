"""The station at the line: its OPC UA server in a thread of its own, and `StationPort`, through which the robot
program sees the line without knowing of OPC UA, threads or clocks.

The server scans the image some 50 times a second: what the line wrote goes into `StationHandshake.cycle`, what comes
out is published. The program's calls only touch the handshake, under a lock, and cost microseconds.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import errno
import logging
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from asyncua import Server, ua

from linewalker.errors import InputError, JobInterrupted, LinewalkerError, StationFault, TaktExpired
from linewalker.factory.handshake.faults import Fault, FaultCode
from linewalker.factory.handshake.job import TAKT_EXPIRED, CommittedResult, HandshakeLimits, Job, RobotReport
from linewalker.factory.handshake.life import AwakeClock
from linewalker.factory.handshake.signals import StationImage, signals_of
from linewalker.factory.handshake.station_handshake import Phase, StationHandshake
from linewalker.factory.opcua.certificates import STATION_URI, ApplicationCertificate, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.image import DEFAULT_ENDPOINT, ImageReader, check_endpoint, node_ids, variant_of
from linewalker.factory.opcua.locked_server import build_server

Found = TypeVar("Found")

_SCAN_S = 0.02
_STILL_THERE_S = 0.5
_START_TIMEOUT_S = 60.0

logging.getLogger("asyncua").addHandler(logging.NullHandler())  # an application that wants its log adds its own


class StationPort:
    """One robot station on the line. A context manager: the server lives inside the ``with``.

    Attributes:
        endpoint: where the server listens, with the port really taken.
        certificate: the server's certificate file, for lines that pin it.
    """

    def __init__(
        self,
        *,
        credentials: Credentials,
        limits: HandshakeLimits | None = None,
        endpoint: str = DEFAULT_ENDPOINT,
        pki: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        """
        Args:
            credentials: what the line must know.
            limits: patience and zones.
            endpoint: where to listen; port 0 takes any free one. 127.0.0.1 is reached from this machine only.
            pki: folder of the certificate; default `certificates.default_folder`.
            clock: seconds that never go back.

        Raises:
            InputError: the endpoint is none, or no certificate can be made.
        """
        self._host, self._port = check_endpoint(endpoint)
        self._asked_endpoint = endpoint
        self.endpoint = endpoint
        self._credentials = credentials
        self._clock = clock
        self._awake = AwakeClock(clock)
        self._pair: ApplicationCertificate = ensure_certificate("station", STATION_URI, pki)
        self.certificate = self._pair.certificate
        self._lock = threading.Lock()
        self._handshake = StationHandshake(limits)
        self._last_report: RobotReport | None = None
        self._stop = threading.Event()
        self._changed = threading.Event()  # a scan ended; wakes whoever waits for a job
        self._thread = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="opcua-station")
        self._serving: concurrent.futures.Future[None] | None = None
        self._connected = False

    # ------------------------------------------------------------------ life
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
        self._serving = serving
        self.endpoint = self._asked_endpoint.replace(f":{self._port}", f":{listening.result()}", 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.shutdown(wait=True)

    async def _serve(self, listening: concurrent.futures.Future[int]) -> None:
        server, namespace = await build_server(self._asked_endpoint, self._credentials, self._pair)
        try:
            await server.start()
        except OSError as error:
            raise self._can_not_listen(error) from None
        try:
            listening.set_result(server.bserver.port)
            await self._scan(server, namespace)
        finally:
            await server.stop()

    async def _scan(self, server: Server, namespace: int) -> None:
        reader = ImageReader(server.iserver.read_attribute_value, namespace)
        entries = list(zip(signals_of(StationImage), node_ids(StationImage, namespace)))
        published = StationImage()
        while not self._stop.is_set():
            with self._lock:
                said = self._handshake.cycle(reader.image(), self._awake.tick())
            for (name, signal), node in entries:
                value = getattr(said, name)
                if value != getattr(published, name):
                    await server.iserver.write_attribute_value(node, ua.DataValue(variant_of(signal, value)))
            published = said
            self._connected = bool(server.bserver.clients)
            self._changed.set()
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

    # ------------------------------------------------------------------ what the robot program calls
    def publish(self, report: RobotReport) -> None:
        """Say where the robot is. To be called several times a second of real time while the program works.

        Raises:
            StationFault: the server died.
        """
        self._check_serving()
        with self._lock:
            self._last_report = report
            self._handshake.report(report, self._awake.now_s)

    def wait_for_job(self, report: RobotReport, timeout_s: float) -> Job | None:
        """Stand there and wait; returns the next job, or None after the timeout.

        Args:
            report: how the robot stands; it stays valid while this call waits.
            timeout_s: real time.

        Raises:
            StationFault: the server died.
        """
        return self._wait(report, timeout_s, self._handshake.take_job)

    def wait_until_released(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until the line has taken the result over and all is back at rest; False after the timeout."""
        at_work = (Phase.DONE, Phase.RELEASED)
        return bool(self._wait(report, timeout_s, lambda: self._handshake.phase not in at_work))

    def wait_until_alone(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until no client is connected any more; False after the timeout."""
        return bool(self._wait(report, timeout_s, lambda: not self._connected))

    def wait_until_reset(self, report: RobotReport, timeout_s: float) -> bool:
        """Stand there until the line has reset the fault; False after the timeout."""
        return bool(self._wait(report, timeout_s, lambda: self._handshake.fault is None))

    def _wait(self, report: RobotReport, timeout_s: float, look: Callable[[], Found | None]) -> Found | None:
        deadline_s = self._clock() + timeout_s
        while True:
            self.publish(report)
            self._changed.clear()
            with self._lock:
                found = look()
            if found:
                return found
            left_s = deadline_s - self._clock()
            if left_s <= 0.0:
                return None
            self._changed.wait(min(left_s, _STILL_THERE_S))

    @property
    def stop_requested(self) -> JobInterrupted | None:
        """Why the program should break the running job off and bring the robot to a safe place, to raise; None: go on.

        After a stop the program calls `abandon`; after TaktExpired it stores and finishes what it has.
        """
        with self._lock:
            if self._handshake.fault is not None:
                return JobInterrupted(self._handshake.fault.text)
            return TaktExpired(TAKT_EXPIRED) if self._handshake.takt_expired else None

    def finish(self, result: CommittedResult) -> bool:
        """Tell the line the result of the job that was taken; False if the line had stopped it meanwhile."""
        self._check_serving()
        with self._lock:
            return self._handshake.finish(result)

    def abandon(self) -> None:
        """The program gave the job up, the robot stands safely; the line may reset and start again."""
        with self._lock:
            self._handshake.abandon()

    def fail(self, code: FaultCode, text: str) -> None:
        """Report a fault of the station or its robot."""
        with self._lock:
            self._handshake.fail(Fault(code=code, text=text))

    def _check_serving(self) -> None:
        if self._serving is None:
            raise StationFault("the station is not at the line; use it inside its with block")
        if self._serving.done():
            raise StationFault("the OPC UA server of the station died") from self._serving.exception()
