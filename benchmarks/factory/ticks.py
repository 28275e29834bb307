"""The control loop of a robot that stands at wall pace while the server has its load."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.factory.scene import Scene
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.bench import Floor
from linewalker.station.pace import WallPace

_WARM_TICKS = 500


class Loop:
    """A robot on its feet, ticked at wall pace."""

    def __init__(self, robot: str, seed: int):
        self._floor = Floor(load_profile(robot), seed, visual=False)
        self._floor.run(_WARM_TICKS * CONTROL_PERIOD_S)

    def ticks_ms(self, scene: Scene, load: str, seconds: float) -> Sequence[float]:
        """How long each tick took, by the clock on the wall."""
        floor = self._floor
        with scene.under(load):
            pace, took_ms = WallPace(lambda: floor.now_s), []
            for _ in range(round(seconds / CONTROL_PERIOD_S)):
                begin_s = time.perf_counter()
                floor.tick()
                took_ms.append(1e3 * (time.perf_counter() - begin_s))
                pace()
        return took_ms
