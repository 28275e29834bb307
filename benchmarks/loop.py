"""What one control tick costs, and how fast the whole loop is against bare physics, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable

import mujoco
import numpy as np

from benchmarks.table import Row
from linewalker.cerebellum.motion import MotionController
from linewalker.limbs.model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated import SimulatedRobot

_WARM_TICKS, _TICKS, _PERIOD_S = 800, 3000, 0.002


def measure_loop(robot_name: str = "g1") -> list[Row]:
    """Walking forward at 0.4 m/s on an empty floor: control tick in thread CPU time, loop against wall time."""
    profile = load_profile(robot_name)
    model = floor_model(profile)
    robot = SimulatedRobot(model, mujoco.MjData(model), profile, seed=1)
    robot.place(0.0, 0.0, 0.0)
    motion = MotionController(profile)
    for _ in range(_WARM_TICKS):
        robot.act(motion.tick(robot.sense()))
    motion.walk(0.4, 0.0, 0.0)
    ticks_us, began = [], time.perf_counter()
    for _ in range(_TICKS):
        readings = robot.sense()
        before = time.thread_time()
        command = motion.tick(readings)
        ticks_us.append(1e6 * (time.thread_time() - before))
        robot.act(command)
    loop = _TICKS * _PERIOD_S / (time.perf_counter() - began)
    bare = _pace_of(lambda: mujoco.mj_step(model, robot.data), model.opt.timestep)
    p50, p99 = np.percentile(ticks_us, [50, 99])
    command = "python -m benchmarks"
    return [
        Row("control tick p50 / p99, thread CPU", f"{p50:.0f} / {p99:.0f} us", "150 / 400 us", command),
        Row("whole loop against wall time, no rendering", f"{loop:.1f} x", "8 x", command),
        Row("bare mj_step against wall time, same run", f"{bare:.1f} x", "-", command),
        Row("whole loop against bare mj_step", f"{loop / bare:.2f}", "-", command),
    ]


def _pace_of(step: Callable[[], None], timestep_s: float, steps: int = 4000) -> float:
    began = time.perf_counter()
    for _ in range(steps):
        step()
    return steps * timestep_s / (time.perf_counter() - began)
