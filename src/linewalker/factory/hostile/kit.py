"""All scenarios, and how they are played one after the other against one station."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from linewalker.errors import InputError
from linewalker.factory.handshake.line_controller import LineLink
from linewalker.factory.hostile.bad_clients import AT_THE_WIRE
from linewalker.factory.hostile.bad_line import BadLine, Patience
from linewalker.factory.hostile.bad_signals import AT_THE_SIGNALS
from linewalker.factory.hostile.scenario import Broken, Ending, Finding, NotShown, Scenario
from linewalker.factory.orders.build_orders import BuildOrder

SCENARIOS = AT_THE_SIGNALS + AT_THE_WIRE
ALL = "all"


def chosen(names: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios of these names, in the order of `SCENARIOS`.

    Raises:
        InputError: there is none of that name.
    """
    known = [scenario.name for scenario in SCENARIOS]
    for name in names:
        if name != ALL and name not in known:
            raise InputError(f"there is no scenario '{name}'; there are {', '.join(known)}, and {ALL}", key="--hostile")
    return tuple(scenario for scenario in SCENARIOS if ALL in names or scenario.name in names)


def numbered(orders: Sequence[BuildOrder], first: int) -> Iterator[BuildOrder]:
    """The cars again and again, each time with a number that nobody had before, if ``first`` is such a one."""
    for number, order in zip(itertools.count(first), itertools.cycle(orders)):
        yield replace(order, sequence=number % (2**32 - 1) + 1)


@dataclass(frozen=True, kw_only=True)
class Kit:
    """What is needed to play scenarios against a station.

    Attributes:
        endpoint: of the station.
        connect: makes a connection to it.
        orders: cars to bring.
        seed: of what is left to chance.
        patience: how long the station may take.
    """

    endpoint: str
    connect: Callable[[], LineLink]
    orders: Iterator[BuildOrder]
    seed: int = 0
    patience: Patience = field(default_factory=Patience)

    def play(self, scenarios: Sequence[Scenario], tell: Callable[[Finding], None] = lambda _: None) -> list[Finding]:
        """Play scenarios, each followed by an honest car, and say of each what was seen.

        Args:
            tell: told each finding as soon as there is one.

        Raises:
            StationFault: no station answers.
        """
        return asyncio.run(self._play(scenarios, tell))

    async def _play(self, scenarios: Sequence[Scenario], tell: Callable[[Finding], None]) -> list[Finding]:
        findings = []
        for scenario in scenarios:
            began_s = time.monotonic()
            rng = Random(f"{scenario.name} {self.seed}")
            line = BadLine(self.endpoint, self.connect, self.orders, rng, self.patience)
            await line.join()
            ending, seen = await self._one(scenario, line)
            await line.close()
            found = Finding(scenario=scenario, ending=ending, seen=seen, took_s=time.monotonic() - began_s)
            findings.append(found)
            tell(found)
        return findings

    @staticmethod
    async def _one(scenario: Scenario, line: BadLine) -> tuple[Ending, str]:
        ending, seen = Ending.HELD, ""
        try:
            seen = await scenario.play(line)
        except NotShown as why:
            ending, seen = Ending.NOT_SHOWN, str(why)
        except Broken as wrong:
            ending, seen = Ending.BROKEN, str(wrong)
        try:
            await line.bring()
            await line.take_over()
        except Broken as wrong:
            return Ending.BROKEN, f"{seen}; afterwards: {wrong}"
        return ending, seen
