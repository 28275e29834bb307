"""Lowering after a safe stop, and what the body does when its torque is off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import mujoco
import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.robot import CONTROL_PERIOD_S

STAND_S, HOLD_S, PATIENCE_S, OFF_S = 0.6, 0.5, 10.0, 4.0
BODY = mujoco.mjtObj.mjOBJ_BODY


def lower(setting: Setting) -> Iterator[Row]:
    """Every robot: squat, torque off, and how fast pelvis and head ever move in the four seconds after."""
    for name in PROFILES:
        yield from _lower(replace(setting, robot=name))


def _lower(setting: Setting) -> Iterator[Row]:
    model, profile = setting.floor(), setting.profile
    head = next(iter(profile.cameras.values())).body if profile.cameras else profile.torso
    bodies = {"pelvis": model.body(profile.base).id, "head": model.body(head).id}
    fastest: dict[str, list[float]] = {name: [] for name in bodies}
    heights, missed = [], 0
    for seed in setting.seeds:
        rig = Rig(seed, setting.robot, model, foot_sensors=setting.foot_sensors)
        if not _let_down(rig):
            missed += 1
            continue
        heights.append(float(rig.data.qpos[2]))
        seen = np.zeros(len(bodies))
        for _ in range(round(OFF_S / CONTROL_PERIOD_S)):
            rig.tick()
            seen = np.maximum(seen, [_speed(model, rig.data, body) for body in bodies.values()])
        for name, speed in zip(bodies, seen):
            fastest[name].append(float(speed))
    yield one(f"{setting.robot} lowered: did not reach torque off", missed, must=0, digits=0)
    yield Row(what=f"{setting.robot} lowered: height of the pelvis", values=spread(heights), unit="m")
    for name, speeds in fastest.items():
        yield Row(what=f"{setting.robot} without torque: fastest {name}", values=spread(speeds), unit="m/s")


def _let_down(rig: Rig) -> bool:
    rig.motion = motion = SafeMotion(MotionController(rig.robot.profile))
    rig.run(STAND_S)
    motion.request_stop()
    rig.run(HOLD_S)
    motion.lower()
    rig.run(PATIENCE_S, until=lambda: motion.stop_state is StopState.TORQUE_OFF)
    return motion.stop_state is StopState.TORQUE_OFF


def _speed(model: mujoco.MjModel, data: mujoco.MjData, body: int) -> float:
    velocity = np.zeros(6)
    mujoco.mj_objectVelocity(model, data, BODY, body, velocity, 0)
    return float(np.linalg.norm(velocity[3:]))
