"""Walking while readings are lost on their way to the controller."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.table import Row, one
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.robot import CONTROL_PERIOD_S, Readings

WALKING_S, SPEED_M_S = 10.0, 0.5
TICKS = round(WALKING_S / CONTROL_PERIOD_S)
SILENCE_TICKS = 20
Outage = Callable[[np.random.Generator], np.ndarray]
"""Draws which readings of a walk are lost, (TICKS,) bool."""


def outages(setting: Setting) -> Iterator[Row]:
    """Walking at 0.5 m/s while 10 and 20 % of the readings are lost, and through silences of 40 ms."""
    model = setting.floor()
    for name, outage in (
        ("10 % of readings lost", share_lost(0.10)),
        ("20 % of readings lost", share_lost(0.20)),
        ("silences of 40 ms", silences),
    ):
        falls, stops = 0, 0
        for seed in setting.seeds:
            rig = setting.rig(seed, model)
            rig.motion = motion = SafeMotion(MotionController(setting.profile))
            rig.run(1.0)
            motion.walk(SPEED_M_S, 0.0, 0.0)
            for lost in outage(np.random.default_rng(seed)):
                sense_think_act(rig.robot, _deaf if lost else motion.tick)
            falls += motion.state.mode is Mode.FALLEN
            stops += motion.stop_state is not StopState.RUNNING
        what = f"{name}, walking {SPEED_M_S:g} m/s for {WALKING_S:g} s, {setting.trials} times"
        yield one(f"{what}: falls", falls, must=0, digits=0)
        yield one(f"{what}: stops", stops, aim=0, digits=0)


def _deaf(_readings: Readings) -> None:
    """No command comes of what was lost."""


def share_lost(share: float) -> Outage:
    """Every reading may be lost."""
    return lambda rng: rng.random(TICKS) < share


def silences(rng: np.random.Generator) -> np.ndarray:
    """Some 12 times, 0.4 to 1.2 s apart, nothing comes for `SILENCE_TICKS`."""
    lost = np.zeros(TICKS, bool)
    for begin in np.cumsum(rng.integers(200, 600, TICKS // 200)):
        lost[begin : begin + SILENCE_TICKS] = True
    return lost
