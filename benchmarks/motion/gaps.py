"""Walking while a sensor gives nothing that makes sense for some hundredths of a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.robot import CONTROL_PERIOD_S, Readings

SPEED_M_S, WALKED_S, STRIDE_S, AFTER_S = 0.4, 2.0, 1.2, 2.5
GAPS_S = (0.02, 0.06, 0.1)
IMU, JOINTS = ("gyro_rad_s", "accel_m_s2"), ("q_rad", "dq_rad_s", "tau_nm")
PARTS = {"gyro": IMU[:1], "accelerometer": IMU[1:], "encoders": JOINTS[:2], "all sensors": IMU + JOINTS}


def senseless(readings: Readings, fields: tuple[str, ...]) -> Readings:
    """Readings whose fields hold no numbers."""
    return replace(readings, **{field: np.full_like(getattr(readings, field), np.nan) for field in fields})


def after_gap(walking: Rig, fields: tuple[str, ...], gap_s: float) -> str:
    """What becomes of a robot that walks, with a `SafeMotion`, through one gap: it fell, stopped, or walks on."""
    rig = deepcopy(walking)
    motion = rig.motion
    for _ in range(round(gap_s / CONTROL_PERIOD_S)):
        sense_think_act(rig.robot, lambda felt: motion.tick(senseless(felt, fields)))
    rig.run(AFTER_S, until=lambda: motion.state.mode is Mode.FALLEN)
    if motion.state.mode is Mode.FALLEN:
        return "fell"
    return "walks on" if motion.stop_state is StopState.RUNNING else "stopped"


def gaps(setting: Setting) -> Iterator[Row]:
    """Gaps of 20, 60 and 100 ms of each sensor, and of all, somewhere in a stride at 0.4 m/s: falls and stops."""
    model, ends = setting.floor(), Counter[tuple[str, str]]()
    for seed in setting.seeds:
        rig = setting.rig(seed, model)
        rig.motion = SafeMotion(MotionController(setting.profile))
        rig.run(1.0)
        rig.motion.walk(SPEED_M_S, 0.0, 0.0)
        rig.run(WALKED_S + np.random.default_rng(seed).uniform(0.0, STRIDE_S))
        for part, fields in PARTS.items():
            for gap_s in GAPS_S:
                ends[part, after_gap(rig, fields, gap_s)] += 1
    for part in PARTS:
        what = f"{setting.trials * len(GAPS_S)} gaps of {part}"
        yield one(f"{what}: falls", ends[part, "fell"], must=0, digits=0)
        yield one(f"{what}: stops", ends[part, "stopped"], aim=0, digits=0)
