"""Standing still, and taking a push."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import mujoco
import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.table import Row, one, spread
from linewalker.cerebellum.controller import Mode

STANDING_S, PUSH_S, DIRECTIONS = 20.0, 0.1, 8
STRONGEST_N_S, RESOLUTION_N_S = 60.0, 1.0


def standing(setting: Setting) -> Iterator[Row]:
    """Twenty seconds on the spot."""
    model, drift, turn, sway, steps = setting.floor(), [], [], [], 0
    for seed in setting.seeds:
        rig = setting.rig(seed, model)
        before, seen = rig.middle(), []
        rig.run(STANDING_S, until=lambda rig=rig, seen=seen: seen.append(rig.data.qpos[:3].copy()) is not None)  # type: ignore[misc]
        moved = rig.middle() - before
        drift.append(1e3 * float(np.hypot(*moved[:2])))
        turn.append(abs(float(np.degrees(moved[2]))))
        sway.append(1e3 * float(np.std(seen[2500:], axis=0).max()))
        steps += rig.state.steps
    name = f"standing {STANDING_S:g} s"
    yield Row(what=f"{name}: drift of the feet", values=spread(drift), unit="mm", must={"worst": 3}, aim={"worst": 1})
    yield Row(what=f"{name}: turn", values=spread(turn), unit="deg", must={"worst": 0.2})
    yield Row(what=f"{name}: sway of the pelvis, std", values=spread(sway), unit="mm")
    yield one(f"{name}: steps", steps, must=0, digits=0)


def push(setting: Setting) -> Iterator[Row]:
    """Largest push at the torso that the robot takes from every side; walking also at 3 phases of a step."""
    model, step_s = setting.floor(), setting.profile.gait.step_s
    for name, walking, phases, must, aim in (
        ("push while standing", False, (0.0,), 20, 30),
        ("push while walking 0.5 m/s", True, (0.0, 2 * step_s / 3, 4 * step_s / 3), 15, 25),
    ):
        worst = STRONGEST_N_S
        for seed, angle, phase in product(setting.seeds, np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS, phases):
            worst = strongest(setting, model, seed, walking, angle, phase, worst)
        name = f"{name}, worst of {setting.trials * DIRECTIONS * len(phases)}"
        yield one(name, worst, "N s", must=must, aim=aim, at_least=True, digits=1)


def strongest(
    setting: Setting, model: mujoco.MjModel, seed: int, walking: bool, angle: float, phase: float, known: float
) -> float:
    """The strongest push from one side, N s, by bisection; ``known`` where that is survived too."""

    def survives(impulse: float) -> bool:
        rig = setting.rig(seed, model)
        if walking:
            rig.motion.walk(0.5, 0.0, 0.0)
            rig.run(3.0 + phase)
        force = impulse / PUSH_S
        rig.push((force * np.cos(angle), force * np.sin(angle), 0.0), PUSH_S)
        rig.run(3.0, until=lambda: rig.state.mode is Mode.FALLEN)
        return rig.state.mode is not Mode.FALLEN

    if survives(known):
        return known
    low, high = 0.0, known
    while high - low > RESOLUTION_N_S:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if survives(middle) else (low, middle)
    return low
