"""The bad line's hands: what it says is said, what it waits for is seen, and what it sees is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

import pytest

from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.hostile.bad_line import BadLine
from linewalker.factory.hostile.kit import numbered
from linewalker.factory.hostile.scenario import Broken
from tests.factory.fake_program import FakeProgram
from tests.factory.handshake.plant import order
from tests.factory.hostile.crew import Crew
from tests.factory.hostile.test_bad_signals import LIMITS, QUICK
from tests.factory.memory_wire import MemoryWire


def at_a_station(act: Callable[[BadLine, MemoryWire], Awaitable[object]]) -> object:
    port = StationPort(LIMITS)
    with MemoryWire(port) as wire, FakeProgram(port, Crew(0.05)):

        async def session() -> object:
            line = BadLine("memory", wire.link, numbered([order(0)], 5), Random(0), QUICK)
            await line.join()
            try:
                return await act(line, wire)
            finally:
                await line.close()

        return asyncio.run(session())


def test_an_honest_car_comes_through_and_is_echoed() -> None:
    async def act(line: BadLine, wire: MemoryWire) -> None:
        station = await line.bring()
        assert (station.vin, station.sequence_no, station.result) == (order(0).vin, 6, 1)
        assert "Done" in line.seen
        await line.take_over()
        assert wire.said_by_line.vin == ""

    at_a_station(act)


def test_its_counter_counts_unless_it_is_told_not_to() -> None:
    async def act(line: BadLine, wire: MemoryWire) -> None:
        await line.scan()
        first = wire.said_by_line.life_counter
        await line.scan()
        assert wire.said_by_line.life_counter == first + 1
        line.counting = False
        await line.scan()
        assert wire.said_by_line.life_counter == first + 1

    at_a_station(act)


def test_after_a_restart_it_has_forgotten_everything() -> None:
    async def act(line: BadLine, wire: MemoryWire) -> None:
        await line.announce()
        await line.restart()
        await line.scan()
        assert (wire.said_by_line.vin, wire.said_by_line.life_counter) == ("", 1)

    at_a_station(act)


def test_what_does_not_come_is_told_with_what_is_there() -> None:
    async def act(line: BadLine, _: MemoryWire) -> None:
        await line.make_ready()
        with pytest.raises(Broken, match=r"Done did not come.*Ready, no fault"):
            await line.until("Done", lambda s: s.done, 0.05)
        with pytest.raises(Broken, match=r"Busy did not last"):
            await line.keep("Busy", lambda s: s.busy)

    at_a_station(act)


def test_without_a_connection_it_sees_no_answer() -> None:
    async def act(line: BadLine, wire: MemoryWire) -> None:
        wire.pull()
        assert await line.scan() is None
        assert line.seen == "no answer"
        wire.plug_in()

    at_a_station(act)
