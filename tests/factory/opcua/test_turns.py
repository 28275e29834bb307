"""Turns: one at a time, in shares that nobody enlarges by asking more, and who is in a hurry first."""

from __future__ import annotations

import asyncio

from linewalker.factory.opcua.turns import Customer, Turns
from tests.factory.handshake.test_write_lease import Clock


class Counter:
    """Serves customers, whose turns take a known time, and notes who was served when."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.clock.now_s = 0.0
        self.turns = Turns(self.clock)
        self.served: list[str] = []
        self.at_work = 0

    async def serve(self, name: str, customer: Customer, cost_s: float) -> None:
        async with self.turns.turn(customer):
            self.at_work += 1
            assert self.at_work == 1
            await asyncio.sleep(0)
            self.clock.now_s += cost_s
            self.served.append(name)
            self.at_work -= 1

    async def keep_asking(self, name: str, customer: Customer, cost_s: float, until_s: float) -> None:
        while self.clock.now_s < until_s:
            await self.serve(name, customer, cost_s)


def test_one_at_a_time_and_shares_by_cost_not_by_requests() -> None:
    """One asks for dear things, one for cheap ones, one for both at a time, ten times at once: thirds."""
    counter = Counter()

    async def work() -> None:
        dear, cheap, greedy = Customer(), Customer(), Customer()
        await asyncio.gather(
            counter.keep_asking("dear", dear, 0.5, 60.0),
            counter.keep_asking("cheap", cheap, 0.01, 60.0),
            *(counter.keep_asking("greedy", greedy, 0.05, 60.0) for _ in range(10)),
        )

    asyncio.run(work())
    spent = {"dear": 0.5, "cheap": 0.01, "greedy": 0.05}
    shares = {name: cost_s * counter.served.count(name) / 60.0 for name, cost_s in spent.items()}
    assert all(abs(share - 1 / 3) < 0.05 for share in shares.values()), shares


def test_who_was_away_waits_for_nobody_twice_and_has_saved_nothing() -> None:
    counter = Counter()

    async def work() -> None:
        busy = [Customer() for _ in range(5)]
        crowd = asyncio.gather(*(counter.keep_asking(str(k), one, 0.1, 30.0) for k, one in enumerate(busy)))
        while counter.clock.now_s < 20.0:
            await asyncio.sleep(0)
        counter.served.clear()
        late = Customer()
        await asyncio.gather(*(counter.serve("late", late, 0.1) for _ in range(4)))
        await crowd

    asyncio.run(work())
    first, *_, last = [k for k, name in enumerate(counter.served) if name == "late"]
    assert first <= 6
    assert last - first >= 12  # three rounds with five others, of which the first may have begun


def test_who_is_in_a_hurry_waits_for_one_turn_at_most() -> None:
    counter = Counter()

    async def work() -> None:
        crowd = asyncio.gather(*(counter.keep_asking("other", Customer(), 0.1, 10.0) for _ in range(20)))
        line = Customer(in_a_hurry=lambda: True)
        for _ in range(5):
            await asyncio.sleep(0)
            begin_s = counter.clock.now_s
            await counter.serve("line", line, 0.0)
            assert counter.clock.now_s - begin_s <= 0.2 + 1e-9
        await crowd

    asyncio.run(work())


def test_who_gives_up_waiting_holds_nobody_up() -> None:
    counter = Counter()

    async def work() -> None:
        tasks = [asyncio.create_task(counter.serve(str(k), Customer(), 0.1)) for k in range(9)]
        await asyncio.sleep(0)
        for task in tasks[1::2]:
            task.cancel()
        await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.wait_for(counter.serve("last", Customer(), 0.1), 5.0)

    asyncio.run(work())
    assert sorted(counter.served) == ["0", "2", "4", "6", "8", "last"]


def test_who_gives_up_in_the_moment_of_its_turn_holds_nobody_up() -> None:
    """Both ways: just before it would be chosen, and just after it was."""

    async def work(rounds: int) -> str:
        turns, told, broken = Turns(), asyncio.Event(), []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: broken.append(context))

        async def first() -> None:
            async with turns.turn(Customer()):
                await told.wait()
            for _ in range(rounds):
                await asyncio.sleep(0)
            second.cancel()

        async def then() -> str:
            async with turns.turn(Customer()):
                return "served"

        one = asyncio.create_task(first())
        await asyncio.sleep(0)
        second, third = asyncio.create_task(then()), asyncio.create_task(then())
        await asyncio.sleep(0)
        told.set()
        await one
        served = await asyncio.wait_for(third, 5.0)
        assert broken == []
        return served

    assert [asyncio.run(work(rounds)) for rounds in range(4)] == ["served"] * 4


def test_a_turn_that_fails_passes_on() -> None:
    async def work() -> str:
        turns = Turns()

        async def fail() -> None:
            async with turns.turn(Customer()):
                raise ZeroDivisionError

        first, second = asyncio.create_task(fail()), asyncio.create_task(fail())
        await asyncio.wait([first, second], timeout=5.0)
        async with turns.turn(Customer()):
            return "served"

    assert asyncio.run(asyncio.wait_for(work(), 5.0)) == "served"
