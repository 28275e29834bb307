"""What motion control costs."""

from __future__ import annotations

import time
from collections.abc import Iterator

import mujoco
import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.table import Row, one
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, Readings

WARM_TICKS, TICKS, LOOP_S, BARE_S = 500, 3500, 6.0, 2.0


def tick(setting: Setting) -> Iterator[Row]:
    """Thread CPU time of the control tick, estimator included; the whole loop against bare physics."""
    rig = setting.rig(setting.seed, setting.floor())
    rig.motion.walk(0.5, 0.0, 0.0)
    rig.run(WARM_TICKS * CONTROL_PERIOD_S)
    times_us: list[float] = []

    def timed(readings: Readings) -> JointCommand:
        begin_s = time.thread_time()
        command = rig.motion.tick(readings)
        times_us.append(1e6 * (time.thread_time() - begin_s))
        return command

    for _ in range(TICKS):
        sense_think_act(rig.robot, timed)
    p50, p99 = np.percentile(times_us, [50, 99])
    yield Row(
        what="control tick, thread CPU",
        values={"p50": p50, "p99": p99},
        unit="us",
        must={"p50": 150, "p99": 400},
        aim={"p50": 60, "p99": 200},
        digits=0,
    )
    begin_s = time.process_time()
    rig.run(LOOP_S)
    whole = LOOP_S / (time.process_time() - begin_s)
    yield one("whole loop, one core, no rendering", whole, "x real time", must=8, aim=12, at_least=True, digits=1)
    model, states = rig.data.model, []
    rig.run(BARE_S, until=lambda: states.append((rig.data.qpos.copy(), rig.data.qvel.copy())) is not None)
    begin_s = time.process_time()
    for q, v in states:
        rig.data.qpos[:], rig.data.qvel[:] = q, v
        mujoco.mj_step(model, rig.data, nstep=round(CONTROL_PERIOD_S / model.opt.timestep))
    bare = BARE_S / (time.process_time() - begin_s)
    yield one("the floor of it: bare mj_step through the same states", bare, "x real time", digits=1)
