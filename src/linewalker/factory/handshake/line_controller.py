"""The line controller: brings the cars of a shift through a robot station, one after the other, over whatever wire.

Cyclic, like a PLC: read the station's image, scan `LineHandshake`, write what the line says. When the connection
breaks, the handshake sees a station that does not answer.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from linewalker.factory.handshake.life import AwakeClock
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause, LineHandshake, LineLimits, LineStep
from linewalker.factory.handshake.signals import LineImage, LineResult, StationImage
from linewalker.factory.orders.build_orders import BuildOrder

_TICK_S = 0.05


class LineLink(Protocol):
    """The line's end of a wire. A connection that broke comes back by itself, or reads as None."""

    async def connect(self, give_up: Callable[[], bool]) -> None:
        """Connect for the first time; keeps trying, at most until ``give_up`` says so.

        Raises:
            StationFault: no station answers.
            InputError: the station refuses this line.
        """

    async def read(self) -> StationImage | None:
        """What the station says, or None while there is no connection."""

    async def write(self, image: LineImage) -> None:
        """Say this to the station: what a job is about no later than the bits that make the station act."""

    async def close(self) -> None:
        """Drop the connection."""


class LineController:
    """Drives one station. `run` blocks; call it in a thread or a process of its own."""

    def __init__(
        self,
        link: LineLink,
        *,
        limits: LineLimits | None = None,
        cycle_s: float = 0.1,
        on_image: Callable[[BuildOrder, StationImage], None] | None = None,
        on_outcome: Callable[[CarOutcome], None] | None = None,
    ):
        """
        Args:
            link: to the station.
            limits: patience.
            cycle_s: time from scan to scan.
            on_image: told what the station says at every scan; called in the thread of `run`.
            on_outcome: told the outcome of a car before it is acknowledged: store it here.
        """
        self._link = link
        self._limits = limits or LineLimits()
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
        handshake = LineHandshake(self._limits)
        outcomes: list[CarOutcome] = []
        ticking = asyncio.create_task(self._tick())
        try:
            await self._link.connect(self._stop.is_set)
            for order in orders:
                if self._stop.is_set() or (
                    outcomes and outcomes[-1].cause in (Cause.STATION_LOST, Cause.NOT_INSPECTED)
                ):
                    outcomes.append(_not_inspected(order))
                else:
                    outcomes.append(await self._one_car(handshake, order))
        finally:
            ticking.cancel()
            await self._link.write(handshake.withdraw())
            await self._link.close()
        return tuple(outcomes)

    async def _tick(self) -> None:
        while True:
            self._awake.tick()
            await asyncio.sleep(_TICK_S)

    async def _one_car(self, handshake: LineHandshake, order: BuildOrder) -> CarOutcome:
        handshake.begin(order, self._awake.now_s)
        told = False
        while handshake.step is not LineStep.FINISHED:
            if self._stop.is_set() and handshake.outcome is None:
                return _not_inspected(order)
            station = await self._link.read()
            said = handshake.cycle(station, self._awake.now_s)
            if station is not None and self._on_image:
                self._on_image(order, station)
            if handshake.outcome is not None and not told:
                told = True
                if self._on_outcome:
                    self._on_outcome(handshake.outcome)
            await self._link.write(said)
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
