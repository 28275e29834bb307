"""The line controller as an OPC UA client: brings the cars of a shift through a robot station, one after the other.

Cyclic, like a PLC: read the station's image, scan `LineHandshake`, write what changed. The order of a car is written
before the bits that act on it. When the connection breaks, the handshake sees a station that does not answer, and
the controller tries again, more and more patiently.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.handshake.life import AwakeClock
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause, LineHandshake, LineLimits, LineStep
from linewalker.factory.handshake.signals import LineResult, StationImage
from linewalker.factory.opcua.certificates import LINE_URI, ensure_certificate
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.opcua.image import check_endpoint
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.orders.build_orders import BuildOrder

_TICK_S = 0.05
_SHORTEST_ANSWER_S = 4.0


class LineController:
    """Drives one station. `run` blocks; call it in a thread or a process of its own."""

    def __init__(
        self,
        *,
        endpoint: str,
        credentials: Credentials,
        limits: LineLimits | None = None,
        pki: Path | None = None,
        station_certificate: Path | None = None,
        connect_timeout_s: float = 60.0,
        cycle_s: float = 0.1,
        on_image: Callable[[BuildOrder, StationImage], None] | None = None,
        on_outcome: Callable[[CarOutcome], None] | None = None,
    ):
        """
        Args:
            endpoint: of the station.
            credentials: user and password the station wants.
            limits: patience.
            pki: folder of the line's own certificate.
            station_certificate: talk to the station with this certificate (DER) only; None trusts whoever answers
                at the endpoint.
            connect_timeout_s: how long to look for the station before giving up.
            cycle_s: time from scan to scan.
            on_image: told what the station says at every scan; called in the thread of `run`.
            on_outcome: told the outcome of a car before it is acknowledged: store it here.

        Raises:
            InputError: the endpoint is none, or the pinned certificate is not there.
        """
        check_endpoint(endpoint)
        if station_certificate is not None and not station_certificate.is_file():
            raise InputError("there is no such certificate of the station", file=station_certificate)
        self._endpoint = endpoint
        self._credentials = credentials
        self._limits = limits or LineLimits()
        self._pair = ensure_certificate("line", LINE_URI, pki)
        self._station_certificate = station_certificate
        self._connect_timeout_s = connect_timeout_s
        self._cycle_s = cycle_s
        self._on_image = on_image
        self._on_outcome = on_outcome
        self._awake = AwakeClock()
        self._stop = threading.Event()

    def stop(self) -> None:
        """Make `run` return soon, from any thread; cars that were not inspected come out as such."""
        self._stop.set()

    def run(self, orders: Sequence[BuildOrder]) -> tuple[CarOutcome, ...]:
        """Bring the cars through the station.

        Returns:
            one outcome per order, in the same order. After a fault that can not be reset, and after a station that
            is lost for good, the cars left over are NOT_INSPECTED.

        Raises:
            StationFault: no station answers at the endpoint.
            InputError: the station refuses user or password.
        """
        return asyncio.run(self._run(orders))

    async def _run(self, orders: Sequence[BuildOrder]) -> tuple[CarOutcome, ...]:
        link = StationLink(
            endpoint=self._endpoint,
            credentials=self._credentials,
            pair=self._pair,
            station_certificate=self._station_certificate,
            answer_timeout_s=max(_SHORTEST_ANSWER_S, self._limits.life_timeout_s),
        )
        handshake = LineHandshake(self._limits)
        outcomes: list[CarOutcome] = []
        ticking = asyncio.create_task(self._tick())
        try:
            await link.connect(self._connect_timeout_s, self._stop.is_set)
            for order in orders:
                if self._stop.is_set() or (
                    outcomes and outcomes[-1].cause in (Cause.STATION_LOST, Cause.NOT_INSPECTED)
                ):
                    outcomes.append(_not_inspected(order))
                else:
                    outcomes.append(await self._one_car(link, handshake, order))
        finally:
            ticking.cancel()
            await link.write(handshake.withdraw())
            await link.close()
        return tuple(outcomes)

    async def _tick(self) -> None:
        while True:
            self._awake.tick()
            await asyncio.sleep(_TICK_S)

    async def _one_car(self, link: StationLink, handshake: LineHandshake, order: BuildOrder) -> CarOutcome:
        handshake.begin(order, self._awake.now_s)
        told = False
        while handshake.step is not LineStep.FINISHED:
            if self._stop.is_set() and handshake.outcome is None:
                return _not_inspected(order)
            station = await link.read()
            said = handshake.cycle(station, self._awake.now_s)
            if station is not None and self._on_image:
                self._on_image(order, station)
            if handshake.outcome is not None and not told:
                told = True
                if self._on_outcome:
                    self._on_outcome(handshake.outcome)
            await link.write(said)
            await asyncio.sleep(self._cycle_s)
        assert handshake.outcome is not None
        return handshake.outcome


def _not_inspected(order: BuildOrder) -> CarOutcome:
    return CarOutcome(
        vin=order.vin,
        sequence=order.sequence,
        result=LineResult.NOT_DECIDABLE,
        cause=Cause.NOT_INSPECTED,
        reason="the shift ended before this car",
    )
