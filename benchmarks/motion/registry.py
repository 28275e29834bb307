"""All measurements of motion, each one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.motion.balance import push, standing
from benchmarks.motion.boards import boards
from benchmarks.motion.cost import tick
from benchmarks.motion.first import first
from benchmarks.motion.gaps import gaps
from benchmarks.motion.lowering import lower
from benchmarks.motion.outages import outages
from benchmarks.motion.senseless import senseless
from benchmarks.motion.setting import Setting
from benchmarks.motion.stopping import localisation, stop
from benchmarks.motion.uptime import unlocalised, uptime
from benchmarks.motion.walking import goals, robots, soak, velocity
from benchmarks.motion.whole_body import wholebody
from benchmarks.motion.wrist import wrist
from benchmarks.table import Row


@dataclass(frozen=True)
class Measurement:
    """How to measure something.

    Attributes:
        rows: measures.
        trials: how often, if nobody says.
        unasked: whether it runs when no measurement is named.
    """

    rows: Callable[[Setting], Iterator[Row]]
    trials: int
    unasked: bool = True


MEASUREMENTS = {
    "velocity": Measurement(velocity, trials=1),
    "goals": Measurement(goals, trials=20),
    "standing": Measurement(standing, trials=4),
    "push": Measurement(push, trials=1),
    "stop": Measurement(stop, trials=12),
    "lower": Measurement(lower, trials=3),
    "localisation": Measurement(localisation, trials=4),
    "outages": Measurement(outages, trials=24),
    "gaps": Measurement(gaps, trials=6),
    "boards": Measurement(boards, trials=6),
    "wrist": Measurement(wrist, trials=6),
    "tick": Measurement(tick, trials=1),
    "first": Measurement(first, trials=1),
    "wholebody": Measurement(wholebody, trials=1),
    "robots": Measurement(robots, trials=20),
    "soak": Measurement(soak, trials=1000, unasked=False),
    "senseless": Measurement(senseless, trials=1, unasked=False),
    "uptime": Measurement(uptime, trials=1, unasked=False),
    "unlocalised": Measurement(unlocalised, trials=1, unasked=False),
}
