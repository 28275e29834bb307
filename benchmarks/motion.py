"""How well the robot walks and stands: the numbers of the motion controller, each from one command.

    python -m benchmarks.motion velocity | goals | standing | stop | push | localisation | tick | robots | soak
        [--robot g1] [--trials 20] [--seed 0] [--foot-sensors]

Without a name all but the soak run. Everything runs on estimated state, with sensor noise, joint friction 0.2 N m and
self-collision; truth is read off the physics for scoring only.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import mujoco
import numpy as np
from rich.console import Console
from rich.table import Table
from tests.cerebellum.rig import Rig

from benchmarks.plant import random_plant
from linewalker.cerebellum.motion import Mode
from linewalker.cerebellum.safe_stop import SafeMotion
from linewalker.geometry import wrap_angle
from linewalker.limbs.model import floor_model
from linewalker.limbs.profiles import PROFILES, load_profile


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is measured, and how often."""

    robot: str
    trials: int
    seed: int
    foot_sensors: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    must: str = ""


def rig_of(setting: Setting, seed: int, model: mujoco.MjModel, **options: float) -> Rig:
    """A robot that has stood for a second."""
    rig = Rig(seed, setting.robot, model, foot_sensors=setting.foot_sensors, **options)
    rig.run(1.0)
    return rig


def floor_of(setting: Setting) -> mujoco.MjModel:
    """The usual scene."""
    return floor_model(load_profile(setting.robot), visual=False, self_collision=True)


def spread(values: list[float], unit: str) -> str:
    """Median, 95th percentile and worst."""
    median, high, worst = np.percentile(values, [50, 95, 100])
    return f"{median:.2f} / {high:.2f} / {worst:.2f} {unit}"


def random_goal(seed: int) -> np.ndarray:
    """x, y, yaw of a goal 0.3 to 5 m away."""
    rng = np.random.default_rng(seed)
    distance, bearing, yaw = rng.uniform(0.3, 5.0), rng.uniform(-np.pi, np.pi), rng.uniform(-np.pi, np.pi)
    return np.array([distance * np.cos(bearing), distance * np.sin(bearing), yaw])


def walk_to(rig: Rig, goal: np.ndarray) -> tuple[float, np.ndarray, int] | None:
    """Time taken, error (x, y, yaw) and steps after arrival; None after a fall or when it never arrives."""
    rig.motion.walk_to(*goal)
    patience_s = 12.0 + 8.0 * float(np.hypot(*goal[:2]))
    took = rig.run(patience_s, until=lambda: rig.state.arrived or rig.state.mode is Mode.FALLEN)
    steps = rig.state.steps
    if not rig.state.arrived:
        return None
    rig.run(2.0)
    error = rig.middle() - goal
    error[2] = wrap_angle(error[2])
    return (took, error, rig.state.steps - steps) if rig.state.mode is Mode.STANDING else None


def velocity(setting: Setting) -> Iterator[Row]:
    """Mean velocity over 8 s against the commanded one."""
    model = floor_of(setting)
    for command in ((0.3, 0.0, 0.0), (0.6, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.2, 0.0), (0.0, 0.0, 0.5)):
        rig = rig_of(setting, setting.seed, model)
        rig.motion.walk(*command)
        rig.run(4.5)
        before, turned, last = rig.middle(), 0.0, rig.middle()[2]
        for _ in range(80):
            rig.run(0.1)
            turned, last = turned + wrap_angle(rig.middle()[2] - last), rig.middle()[2]
        speed = float(np.hypot(*(rig.middle() - before)[:2])) / 8.0
        fell = " fell" if rig.state.mode is Mode.FALLEN else ""
        error = turned / 8.0 - command[2] if command[2] else speed - abs(command[0] + command[1])
        name = f"velocity {command[0]:g} / {command[1]:g} m/s, {command[2]:g} rad/s"
        yield Row(what=name, measured=f"error {error:+.3f}, turning {turned / 8.0:+.3f} rad/s{fell}", must="0.03")


def goals(setting: Setting) -> Iterator[Row]:
    """Random goals 0.3 to 5 m away."""
    model, results = floor_of(setting), []
    for trial in range(setting.trials):
        seed = setting.seed + trial
        results.append(walk_to(rig_of(setting, seed, model), random_goal(seed)))
    yield from _goal_rows(f"{setting.robot}: {setting.trials} goals", results)


def _goal_rows(name: str, results: list[tuple[float, np.ndarray, int] | None]) -> Iterator[Row]:
    done = [result for result in results if result is not None]
    yield Row(what=f"{name}: not reached", measured=str(len(results) - len(done)), must="0")
    if done:
        place, turn = [1e3 * float(np.hypot(*e[:2])) for _, e, _ in done], [abs(np.degrees(e[2])) for _, e, _ in done]
        yield Row(what=f"{name}: place", measured=spread(place, "mm"), must="p95 10, worst 20 mm")
        yield Row(what=f"{name}: heading", measured=spread(turn, "deg"), must="p95 1, worst 2 deg")
        yield Row(what=f"{name}: steps after arrival", measured=str(sum(s for _, _, s in done)), must="0")
        yield Row(what=f"{name}: mean time", measured=f"{np.mean([t for t, _, _ in done]):.2f} s")


def standing(setting: Setting) -> Iterator[Row]:
    """Twenty seconds on the spot."""
    model, drift, turn, sway, steps = floor_of(setting), [], [], [], 0
    for trial in range(max(1, setting.trials // 5)):
        rig = rig_of(setting, setting.seed + trial, model)
        before, seen = rig.middle(), []
        rig.run(20.0, until=lambda rig=rig, seen=seen: seen.append(rig.data.qpos[:3].copy()) is not None)  # type: ignore[misc]
        moved = rig.middle() - before
        drift.append(1e3 * float(np.hypot(*moved[:2])))
        turn.append(abs(float(np.degrees(moved[2]))))
        sway.append(1e3 * float(np.std(seen[2500:], axis=0).max()))
        steps += rig.state.steps
    yield Row(what="standing 20 s: drift of the feet", measured=spread(drift, "mm"), must="3 mm")
    yield Row(what="standing 20 s: turn", measured=spread(turn, "deg"), must="0.2 deg")
    yield Row(what="standing 20 s: sway of the pelvis, std", measured=spread(sway, "mm"))
    yield Row(what="standing 20 s: steps", measured=str(steps), must="0")


def stop(setting: Setting) -> Iterator[Row]:
    """A safe stop from 0.6 m/s, at any phase of a step: from its trigger to a stable hold."""
    model, stops, falls = floor_of(setting), [], 0
    step_s = load_profile(setting.robot).gait.step_s
    trials = max(12, setting.trials // 2)
    for trial in range(trials):
        rig = Rig(setting.seed + trial, setting.robot, model, foot_sensors=setting.foot_sensors)
        rig.motion = motion = SafeMotion(rig.robot.profile)
        rig.run(1.0)
        motion.walk(0.6, 0.0, 0.0)
        rig.run(3.2 + 2.0 * step_s * trial / trials)
        motion.request_stop()
        rig.run(5.0, until=lambda motion=motion: bool(motion.reports))  # type: ignore[misc]
        rig.run(1.0)
        falls += rig.state.mode is Mode.FALLEN
        stops += motion.reports[:1]
    name = f"safe stop from 0.6 m/s, {trials} phases"
    yield Row(what=f"{name}: time to a stable hold", measured=spread([s.stop_time_s for s in stops], "s"), must="1.0 s")
    yield Row(what=f"{name}: way", measured=spread([s.path_m for s in stops], "m"), must="0.5 m")
    yield Row(what=f"{name}: swept floor", measured=spread([s.swept_m2 for s in stops], "m2"))
    yield Row(what=f"{name}: falls", measured=str(falls), must="0")


def localisation(setting: Setting) -> Iterator[Row]:
    """Three seconds without localisation at 0.6 m/s."""
    model, errors, falls = floor_of(setting), [], 0
    for trial in range(max(3, setting.trials // 5)):
        rig = rig_of(setting, setting.seed + trial, model)
        rig.motion.walk_to(4.0, 0.0, 0.0)
        rig.run(1.5)
        rig.robot.localisation.lost = True
        rig.run(3.0)
        rig.robot.localisation.lost = False
        rig.run(20.0, until=lambda rig=rig: rig.state.arrived)  # type: ignore[misc]
        falls += rig.state.mode is Mode.FALLEN
        errors.append(1e3 * float(np.hypot(*(rig.middle() - [4.0, 0.0, 0.0])[:2])))
    yield Row(what="localisation lost for 3 s while walking: falls", measured=str(falls), must="0")
    yield Row(what="localisation lost for 3 s while walking: place", measured=spread(errors, "mm"))


def survives(
    setting: Setting, model: mujoco.MjModel, walking: bool, angle: float, impulse: float, phase: float
) -> bool:
    """Whether a push of 0.1 s at the torso leaves the robot on its feet."""
    rig = rig_of(setting, setting.seed, model)
    if walking:
        rig.motion.walk(0.5, 0.0, 0.0)
        rig.run(3.0 + phase)
    force = 10.0 * impulse
    rig.push((force * np.cos(angle), force * np.sin(angle), 0.0), 0.1)
    rig.run(3.0, until=lambda: rig.state.mode is Mode.FALLEN)
    return rig.state.mode is not Mode.FALLEN


def push(setting: Setting) -> Iterator[Row]:
    """Largest push that the robot takes from every side: 8 directions, walking also 3 phases of a step."""
    model, step_s = floor_of(setting), load_profile(setting.robot).gait.step_s
    angles = np.arange(8) * np.pi / 4
    for walking, phases, must in ((False, (0.0,), "20 N s"), (True, (0.0, 2 * step_s / 3, 4 * step_s / 3), "15 N s")):
        worst = 60.0
        for angle in angles:
            for phase in phases:
                if survives(setting, model, walking, angle, worst, phase):
                    continue
                low, high = 0.0, worst
                while high - low > 1.0:
                    middle = 0.5 * (low + high)
                    low, high = (
                        (middle, high) if survives(setting, model, walking, angle, middle, phase) else (low, middle)
                    )
                worst = low
        name = "push while walking 0.5 m/s" if walking else "push while standing"
        yield Row(what=f"{name}, worst of {len(angles) * len(phases)}", measured=f"{worst:.1f} N s", must=must)


def tick(setting: Setting) -> Iterator[Row]:
    """Thread CPU time of the control tick, estimator included, and the speed of the whole loop."""
    model = floor_of(setting)
    rig = rig_of(setting, setting.seed, model)
    rig.motion.walk(0.5, 0.0, 0.0)
    times = []
    for _ in range(4000):
        readings = rig.robot.sense()
        begin = time.thread_time()
        command = rig.motion.tick(readings)
        times.append(1e6 * (time.thread_time() - begin))
        rig.robot.act(command)
    half, high = np.percentile(times[500:], [50, 99])
    yield Row(what="control tick, p50 / p99 thread CPU", measured=f"{half:.0f} / {high:.0f} us", must="150 / 400 us")
    begin = time.process_time()
    rig.run(6.0)
    whole = time.process_time() - begin
    begin = time.process_time()
    mujoco.mj_step(model, rig.data, nstep=6000)
    bare = time.process_time() - begin
    yield Row(what="whole loop, times real time", measured=f"{6.0 / whole:.1f} x", must="8 x")
    yield Row(what="bare mj_step, times real time", measured=f"{6.0 / bare:.1f} x")


def robots(setting: Setting) -> Iterator[Row]:
    """Goals of every other robot."""
    for name in PROFILES:
        if name != setting.robot:
            other = Setting(robot=name, trials=setting.trials, seed=setting.seed, foot_sensors=setting.foot_sensors)
            yield from goals(other)


def soak(setting: Setting) -> Iterator[Row]:
    """Random goals with a random plant: mass, friction, torque delay, joint friction."""
    results = []
    for trial in range(setting.trials):
        seed = setting.seed + trial
        model, delay_s = random_plant(load_profile(setting.robot), seed)
        result = walk_to(rig_of(setting, seed, model, command_delay_s=delay_s), random_goal(seed))
        if result is None:
            print(f"not reached: seed {seed}, delay {1e3 * delay_s:.0f} ms", flush=True)
        results.append(result)
    yield from _goal_rows(f"{setting.trials} goals, random plant", results)


MEASUREMENTS: dict[str, Callable[[Setting], Iterator[Row]]] = {
    function.__name__: function
    for function in (velocity, goals, standing, stop, localisation, push, tick, robots, soak)
}


def main() -> None:
    """Run the measurements named on the command line and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help="what to measure")
    parser.add_argument("--robot", default="g1", choices=sorted(PROFILES))
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--foot-sensors", action="store_true", help="feet report their normal force")
    given = parser.parse_args()
    setting = Setting(robot=given.robot, trials=given.trials, seed=given.seed, foot_sensors=given.foot_sensors)
    table = Table("what", "measured (median / p95 / worst)", "must", "command")
    for name in given.names or [name for name in MEASUREMENTS if name != "soak"]:
        for row in MEASUREMENTS[name](setting):
            table.add_row(row.what, row.measured, row.must, f"python -m benchmarks.motion {name}")
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
