"""Velocities and goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.motion.plant import random_plant
from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from linewalker.cerebellum.controller import Mode
from linewalker.geometry import wrap_angle
from linewalker.limbs.profiles import PROFILES

VELOCITIES = (
    ("0.3 m/s forward", (0.3, 0.0, 0.0)),
    ("0.6 m/s forward", (0.6, 0.0, 0.0)),
    ("1.0 m/s forward", (1.0, 0.0, 0.0)),
    ("0.2 m/s sideways", (0.0, 0.2, 0.0)),
    ("0.5 rad/s turning", (0.0, 0.0, 0.5)),
)
UNDER_WAY_S, MEASURED_S, LOOK_S = 4.5, 8.0, 0.1


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How a walk to a goal ended, truly."""

    took_s: float
    off_mm: float
    off_deg: float
    steps_after: int


def velocity(setting: Setting) -> Iterator[Row]:
    """Mean velocity over 8 s against the commanded one."""
    model, falls = setting.floor(), 0
    for name, command in VELOCITIES:
        speed_errors, turn_errors = [], []
        for seed in setting.seeds:
            rig = setting.rig(seed, model)
            rig.motion.walk(*command)
            rig.run(UNDER_WAY_S)
            error = mean_velocity(rig) - command
            speed_errors.append(float(np.hypot(*error[:2])))
            turn_errors.append(abs(float(error[2])))
            falls += rig.state.mode is Mode.FALLEN
        errors = {"m/s": max(speed_errors), "rad/s": max(turn_errors)}
        must, aim = dict.fromkeys(errors, 0.03), dict.fromkeys(errors, 0.02)
        yield Row(what=f"velocity {name}: error", values=errors, must=must, aim=aim, digits=3)
    yield one("velocity: falls", falls, must=0, digits=0)


def mean_velocity(rig: Rig) -> np.ndarray:
    """Forward, to the left, turning; true means over some seconds, (3,)."""
    walked, before = np.zeros(3), rig.middle()
    for _ in range(round(MEASURED_S / LOOK_S)):
        rig.run(LOOK_S)
        now = rig.middle()
        turned = wrap_angle(now[2] - before[2])
        c, s = np.cos(before[2] + 0.5 * turned), np.sin(before[2] + 0.5 * turned)
        walked += [*(np.array([[c, s], [-s, c]]) @ (now - before)[:2]), turned]
        before = now
    return walked / MEASURED_S


def goals(setting: Setting) -> Iterator[Row]:
    """Random goals 0.3 to 5 m away."""
    model = setting.floor()
    arrivals = [walk_to(setting.rig(seed, model), random_goal(seed)) for seed in setting.seeds]
    yield from goal_rows(f"{setting.trials} goals of {setting.robot}", arrivals)


def robots(setting: Setting) -> Iterator[Row]:
    """Goals of every other robot."""
    for name in PROFILES:
        if name != setting.robot:
            yield from goals(replace(setting, robot=name))


def soak(setting: Setting) -> Iterator[Row]:
    """Random goals with a random plant: mass, friction, torque delay, joint friction."""
    arrivals = []
    for seed in setting.seeds:
        model, delay_s = random_plant(setting.profile, seed)
        arrival = walk_to(setting.rig(seed, model, command_delay_s=delay_s), random_goal(seed))
        if arrival is None:
            print(f"not reached: seed {seed}, delay {1e3 * delay_s:.0f} ms", flush=True)
        arrivals.append(arrival)
    yield from goal_rows(f"{setting.trials} goals, random plant", arrivals, must_miss=0.002 * setting.trials)


def random_goal(seed: int) -> np.ndarray:
    """x, y, yaw of a goal 0.3 to 5 m away."""
    rng = np.random.default_rng(seed)
    distance, bearing, yaw = rng.uniform(0.3, 5.0), rng.uniform(-np.pi, np.pi), rng.uniform(-np.pi, np.pi)
    return np.array([distance * np.cos(bearing), distance * np.sin(bearing), yaw])


def walk_to(rig: Rig, goal: np.ndarray) -> Arrival | None:
    """Walk there and stand for two seconds; None after a fall or when it never arrives."""
    rig.motion.walk_to(*goal)
    patience_s = 12.0 + 8.0 * float(np.hypot(*goal[:2]))
    took_s = rig.run(patience_s, until=lambda: rig.state.arrived or rig.state.mode is Mode.FALLEN)
    steps = rig.state.steps
    if not rig.state.arrived:
        return None
    rig.run(2.0)
    if rig.state.mode is not Mode.STANDING:
        return None
    error = rig.middle() - goal
    off_mm, off_deg = 1e3 * float(np.hypot(*error[:2])), abs(float(np.degrees(wrap_angle(error[2]))))
    return Arrival(took_s=took_s, off_mm=off_mm, off_deg=off_deg, steps_after=rig.state.steps - steps)


def goal_rows(name: str, arrivals: list[Arrival | None], must_miss: float = 0) -> Iterator[Row]:
    """What the issue asks of goal poses."""
    done = [arrival for arrival in arrivals if arrival is not None]
    place, heading = spread([a.off_mm for a in done]), spread([a.off_deg for a in done])
    yield one(f"{name}: not reached", len(arrivals) - len(done), must=must_miss, aim=0, digits=0)
    yield Row(what=f"{name}: place", values=place, unit="mm", must={"p95": 10, "worst": 20}, aim={"p95": 5})
    yield Row(what=f"{name}: heading", values=heading, unit="deg", must={"p95": 1, "worst": 2}, aim={"p95": 0.5})
    yield one(f"{name}: steps after arrival", sum(a.steps_after for a in done), must=0, digits=0)
    yield Row(what=f"{name}: time", values=spread([a.took_s for a in done]), unit="s")
