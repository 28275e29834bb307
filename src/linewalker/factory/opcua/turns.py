"""Who of many is served next: one at a time, and whoever has cost least comes first.

Start-time fair queueing (Goyal, Vin, Cheng 1996): each customer's next turn begins, in virtual time, where its last one
ended, and at the turn that is being served if it was away. So nobody gets more than a share by asking more, nobody
saves up a share by being silent, and nobody waits longer than one turn of each of the others. Those in a hurry go
before all.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(eq=False)
class Customer:
    """One who wants turns.

    Attributes:
        in_a_hurry: whether it goes before all others now.
        tag_s: virtual time at which its next turn begins.
    """

    in_a_hurry: Callable[[], bool] = lambda: False
    tag_s: float = 0.0


class Turns:
    """See the module.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter):
        self._clock = clock
        self._waiting: list[tuple[Customer, asyncio.Future[None]]] = []
        self._served = False
        self._virtual_s = 0.0

    @asynccontextmanager
    async def turn(self, customer: Customer) -> AsyncIterator[None]:
        """Wait for a turn; it lasts as long as the block."""
        customer.tag_s = max(customer.tag_s, self._virtual_s)
        if self._served or self._waiting:
            await self._wait(customer)
        self._served = True
        self._virtual_s = max(self._virtual_s, customer.tag_s)
        begin_s = self._clock()
        try:
            yield
        finally:
            customer.tag_s += self._clock() - begin_s
            # in the next round of the loop: who has just written is seen before the next one is chosen
            asyncio.get_running_loop().call_soon(self._next)

    async def _wait(self, customer: Customer) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((customer, future))
        try:
            await future
        except asyncio.CancelledError:
            if not future.cancelled():  # it was its turn already
                self._next()
            raise

    def _next(self) -> None:
        self._waiting = [one for one in self._waiting if not one[1].cancelled()]
        self._served = bool(self._waiting)
        if self._waiting:
            entry = min(self._waiting, key=lambda one: (not one[0].in_a_hurry(), one[0].tag_s))
            self._waiting.remove(entry)
            entry[1].set_result(None)
