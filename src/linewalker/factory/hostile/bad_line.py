"""The hands of a bad line: it says what a scenario wants it to say, and watches what the station does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.handshake.line_controller import LineLink
from linewalker.factory.handshake.signals import COUNTER_VALUES, ZONES, LineImage, LineMode, StationImage
from linewalker.factory.hostile.scenario import Broken, NotShown
from linewalker.factory.orders.build_orders import BuildOrder

Holds = Callable[[StationImage], bool]

SOON_S = 3.0
"""Within this a station answers what its handshake alone decides."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a station may take.

    Attributes:
        ready_s: to become ready, from wherever its robot is.
        job_s: for a car.
        line_lost_s: to notice that LifeCounter stands still; the document says 5 s, scans come on top.
        watch_s: how long it is watched where something has to stay as it is.
        cycle_s: from scan to scan of the bad line.
    """

    ready_s: float = 180.0
    job_s: float = 900.0
    line_lost_s: float = 8.0
    watch_s: float = 1.0
    cycle_s: float = 0.05


class BadLine:
    """One line at one station.

    Attributes:
        endpoint: of the station.
        connect: makes a connection to it, one more each time.
        link: its connection; a scenario may close it and connect again.
        orders: cars to bring, each with a number that is new.
        rng: what is left to chance.
        image: what it says at present.
        counting: whether LifeCounter counts.
        station: what the station said last; None without a connection.
    """

    def __init__(
        self,
        endpoint: str,
        connect: Callable[[], LineLink],
        orders: Iterator[BuildOrder],
        rng: Random,
        patience: Patience | None = None,
    ):
        self.endpoint, self.connect = endpoint, connect
        self.orders, self.rng, self.patience = orders, rng, patience or Patience()
        self.link = connect()
        self.image = LineImage(mode=LineMode.AUTOMATIC)
        self.counting = True
        self.station: StationImage | None = None

    # ------------------------------------------------------------------ the connection
    async def join(self) -> None:
        """Join the station: the connection is made."""
        await self.link.connect(lambda: False)

    async def restart(self) -> None:
        """The PLC restarts: its connection is gone, its memory too; it counts from 0 and says nothing else."""
        await self.link.close()
        self.link, self.image, self.counting = self.connect(), LineImage(mode=LineMode.AUTOMATIC), True
        await self.join()

    async def close(self) -> None:
        """Take everything back and hang up."""
        self.image = LineImage(life_counter=self.image.life_counter)
        await self.link.write(self.image)
        await self.link.close()

    # ------------------------------------------------------------------ saying and seeing
    def say(self, **signals: Any) -> None:
        """From the next scan on say this, too."""
        self.image = replace(self.image, **signals)

    def say_only(self, **signals: Any) -> None:
        """From the next scan on say this, and everything else low."""
        self.image = LineImage(mode=LineMode.AUTOMATIC, life_counter=self.image.life_counter, **signals)

    async def scan(self) -> StationImage | None:
        """Say what is to be said, and see what the station says; None while there is no connection."""
        if self.counting:
            self.say(life_counter=(self.image.life_counter + 1) % COUNTER_VALUES)
        await self.link.write(self.image)
        self.station = await self.link.read()
        await asyncio.sleep(self.patience.cycle_s)
        return self.station

    async def until(self, what: str, holds: Holds, within_s: float = SOON_S) -> StationImage:
        """Scan until something holds.

        Raises:
            Broken: it did not come to be in time.
        """
        end_s = time.monotonic() + within_s
        while time.monotonic() < end_s:
            station = await self.scan()
            if station is not None and holds(station):
                return station
        raise Broken(f"{what} did not come within {within_s:.0f} s: {self.seen}")

    async def answered(self, within_s: float = SOON_S) -> StationImage:
        """Scan until the station answers at all.

        Raises:
            Broken: it does not in time.
        """
        return await self.until("an answer", lambda station: station is not None, within_s)

    async def keep(self, what: str, holds: Holds, share: float = 1.0) -> None:
        """Scan for a share of `Patience.watch_s`, in which something has to hold all along.

        Raises:
            Broken: once it did not.
        """
        end_s = time.monotonic() + share * self.patience.watch_s
        while time.monotonic() < end_s:
            station = await self.scan()
            if station is not None and not holds(station):
                raise Broken(f"{what} did not last: {self.seen}")

    @property
    def seen(self) -> str:
        """What the station says, in short."""
        if self.station is None:
            return "no answer"
        names = ("ready", "busy", "done")
        high = [name.capitalize() for name in names if getattr(self.station, name)]
        fault = f"fault {self.station.fault_code}" if self.station.fault_code else "no fault"
        car = f", VIN {self.station.vin} number {self.station.sequence_no}" if self.station.vin else ""
        return f"{' and '.join(high) or 'neither Ready, Busy nor Done'}, {fault}{car}"

    # ------------------------------------------------------------------ the parts of a car's way
    async def make_ready(self) -> None:
        """Everything low, faults reset, results of others taken over, until the station is Ready.

        Raises:
            Broken: it does not become so.
        """
        self.counting = True
        end_s = time.monotonic() + self.patience.ready_s
        while time.monotonic() < end_s:
            station = await self.scan()
            if station is None:
                continue
            if station.ready:
                return
            if station.done:
                self.say_only(vin=station.vin, sequence_no=station.sequence_no, ack_result=True)
            else:
                self.say_only(fault_reset=bool(station.fault_code) and int(2.0 * time.monotonic()) % 2 == 1)
        raise Broken(f"the station did not become Ready within {self.patience.ready_s:.0f} s: {self.seen}")

    async def announce(self, order: BuildOrder | None = None, **changes: Any) -> BuildOrder:
        """A car stands at a station that is ready, nothing is started; a new car if none is given."""
        await self.make_ready()
        order = order if order is not None else next(self.orders)
        self.say_only(
            vehicle_in_place=True,
            vin=order.vin,
            type_code=order.model,
            options=order.options_text,
            sequence_no=order.sequence,
            enter_permit=(True,) * ZONES,
        )
        self.say(**changes)
        await self.scan()
        return order

    async def start(self, order: BuildOrder | None = None) -> BuildOrder:
        """A car is started, and its job runs.

        Raises:
            NotShown: its job was done before anybody saw it run.
            Broken: it was not started, or for another car.
        """
        order = await self.announce(order)
        self.say(start_inspect=True)
        station = await self.until("Busy", lambda s: s.busy or s.done or s.fault_code != 0, self.patience.ready_s)
        if station.fault_code:
            raise Broken(f"an honest start ended in a fault: {self.seen}")
        self._echoes(station, order)
        if station.done:
            raise NotShown("the job was done before it could be disturbed")
        return order

    async def bring(self, order: BuildOrder | None = None) -> StationImage:
        """Bring a car honestly as far as Done, and return what the station says of it.

        Raises:
            Broken: it was not judged, or another one was.
        """
        order = await self.announce(order)
        self.say(start_inspect=True)
        station = await self.until("Done", lambda s: s.done or s.fault_code != 0, self.patience.job_s)
        if station.fault_code:
            raise Broken(f"an honest car was not judged: {self.seen}")
        self._echoes(station, order)
        if station.result not in (1, 2, 3) or not station.result_json:
            raise Broken(f"Done with the result {station.result}, and {len(station.result_json)} characters of it")
        return station

    async def take_over(self) -> None:
        """Acknowledge the result that waits."""
        self.say(start_inspect=False, ack_result=True)
        await self.until("the end of Done", lambda s: not s.done)
        self.say_only()
        await self.scan()

    async def expect_fault(self, code: FaultCode, within_s: float = SOON_S) -> str:
        """The fault comes, and with it no result.

        Raises:
            Broken: another one comes, or none, or the car is done in spite of it.
        """
        station = await self.until(f"fault {int(code)}", lambda s: s.fault_code != 0 or s.done, within_s)
        if station.fault_code != code or station.done or station.busy or station.ready:
            raise Broken(f"expected fault {int(code)} ({code.name}) and nothing else: {self.seen}")
        return f"fault {int(code)} ({code.name}), no result"

    @staticmethod
    def _echoes(station: StationImage, order: BuildOrder) -> None:
        if (station.vin, station.sequence_no) != (order.vin, order.sequence):
            raise Broken(f"VIN {station.vin} number {station.sequence_no} is not the car that stands there")
