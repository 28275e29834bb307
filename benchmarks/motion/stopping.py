"""The safe stop, and walking on while localisation is lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion


def stop(setting: Setting) -> Iterator[Row]:
    """A safe stop from 0.6 m/s, at as many phases of a step as there are trials: from its trigger to a stable hold."""
    model, stops, falls = setting.floor(), [], 0
    step_s = setting.profile.gait.step_s
    for trial, seed in enumerate(setting.seeds):
        rig = Rig(seed, setting.robot, model, foot_sensors=setting.foot_sensors)
        rig.motion = motion = SafeMotion(MotionController(rig.robot.profile))
        rig.run(1.0)
        motion.walk(0.6, 0.0, 0.0)
        rig.run(3.2 + 2.0 * step_s * trial / setting.trials)
        motion.request_stop()
        rig.run(5.0, until=lambda motion=motion: bool(motion.reports))  # type: ignore[misc]
        rig.run(1.0)
        falls += rig.state.mode is Mode.FALLEN
        stops += motion.reports[:1]
    name = f"safe stop from 0.6 m/s, {setting.trials} phases"
    times, ways, swept = [s.stop_time_s for s in stops], [s.path_m for s in stops], [s.swept_m2 for s in stops]
    yield Row(what=f"{name}: time to a stable hold", values=spread(times), unit="s", must={"worst": 1.0})
    yield Row(what=f"{name}: way", values=spread(ways), unit="m", must={"worst": 0.5})
    yield Row(what=f"{name}: swept floor", values=spread(swept), unit="m2")
    yield one(f"{name}: falls", falls, must=0, digits=0)


def localisation(setting: Setting) -> Iterator[Row]:
    """Three seconds without localisation at 0.6 m/s."""
    model, errors, falls = setting.floor(), [], 0
    for seed in setting.seeds:
        rig = setting.rig(seed, model)
        rig.motion.walk_to(4.0, 0.0, 0.0)
        rig.run(1.5)
        rig.robot.localisation.lost = True
        rig.run(3.0)
        rig.robot.localisation.lost = False
        rig.run(20.0, until=lambda rig=rig: rig.state.arrived)  # type: ignore[misc]
        falls += rig.state.mode is Mode.FALLEN
        errors.append(1e3 * float(np.hypot(*(rig.middle() - [4.0, 0.0, 0.0])[:2])))
    yield one("localisation lost for 3 s while walking: falls", falls, must=0, digits=0)
    yield Row(what="localisation lost for 3 s while walking: place", values=spread(errors), unit="mm")
