"""Hours of robot time: standing, walking, reaching, being stopped, one thing after the other as chance will have it."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.motion.wrist import random_target
from benchmarks.rig import Rig, made_of_numbers
from benchmarks.table import Row, one
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.errors import MotionRefused, UnreachableError
from linewalker.geometry import Pose, rotation_z
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, Readings

HOUR_S, WARM_S, WINDOW_S, LOOK_S = 3600.0, 60.0, 600.0, 10.0
"""A window is measured from when everything was done once, and another at the end, as long; every now and then the
filter is looked at."""
PAGE_MB = 4096 / 2**20
MODES = (Mode.STANDING, Mode.WALKING)


def uptime(setting: Setting) -> Iterator[Row]:
    """Hours of standing, walking, reaching and stops, with fixes: what grows, what fails."""
    yield from _hours(setting, tracker=True)


def unlocalised(setting: Setting) -> Iterator[Row]:
    """The same hours without any fix."""
    yield from _hours(setting, tracker=False)


@dataclass(kw_only=True)
class Diary:
    """What is seen of one long run, kept so that keeping it takes no memory that grows.

    Attributes:
        chapter: what it does at present.
        ended: what ended it early, a fall or a stop that never came to a hold; empty otherwise.
        without_numbers: ticks whose command, or whose estimate when it was looked at, was not finite.
        faults: ticks that the controller called at fault.
        unasked: stops that nobody asked for: why and when.
        missed: goals that were not reached.
        done: how often each chapter was.
        asymmetry, smallest, largest: of the filter's covariance, worst of all looks; the largest eigenvalue is that of
            what can be observed always: tilt, speed, biases of the IMU.
        memory_mb: of the process, at the end of the first window and now.
        tick_us: computing of ticks by window and mode; unused places are NaN.
    """

    ended: str = ""
    chapter: str = ""
    without_numbers: int = 0
    faults: int = 0
    unasked: list[str] = field(default_factory=list)
    missed: int = 0
    done: dict[str, int] = field(default_factory=dict)
    asymmetry: float = 0.0
    smallest: float = np.inf
    largest: float = 0.0
    memory_mb: list[float] = field(default_factory=list)
    tick_us: np.ndarray = field(default_factory=lambda: np.full((2, 2, 0), np.nan, np.float32))

    def look(self, covariance: np.ndarray) -> None:
        """Note the filter's covariance."""
        if not np.isfinite(covariance).all():
            self.without_numbers += 1
            return
        self.asymmetry = max(self.asymmetry, float(np.abs(covariance - covariance.T).max()))
        self.smallest = min(self.smallest, float(np.linalg.eigvalsh(covariance)[0]))
        observed = np.r_[0:2, 3:6, 9:15]
        self.largest = max(self.largest, float(np.linalg.eigvalsh(covariance[np.ix_(observed, observed)])[-1]))


class LongRun:
    """One robot, and the story of its day.

    Args:
        setting: robot, seed and hours.
        tracker: whether a tracker of the station follows its torso.
    """

    def __init__(self, setting: Setting, *, tracker: bool):
        self.end_s, self._tracker = HOUR_S * setting.hours, tracker
        self.window_s = min(WINDOW_S, 0.3 * self.end_s)
        self.rig = Rig(setting.seed, setting.robot, setting.floor(), tracker=tracker, foot_sensors=setting.foot_sensors)
        self.rig.motion = self.motion = SafeMotion(MotionController(setting.profile))
        scanner = next(iter(setting.profile.scanners), None)
        self.arm = Reach(self.motion, scanner) if scanner is not None else None
        self.rng, self._com_height_m = np.random.default_rng(setting.seed), setting.profile.com_height_m
        self.diary = Diary(tick_us=np.full((2, 2, round(self.window_s / CONTROL_PERIOD_S)), np.nan, np.float32))
        self._used, self._next_look_s, self._reports, self._asked = np.zeros((2, 2), int), 0.0, 0, False

    def live(self) -> Diary:
        """The whole day, or until it falls."""
        chapters = (self.stand, self.walk_to_goals, self.walk_at_velocities, self.be_stopped)
        chapters += (self.reach,) if self.arm is not None else ()
        self._ticks(1.0)
        while self._goes_on():
            self._acknowledge()
            chapter = chapters[self.rng.integers(len(chapters))]
            self.diary.chapter = chapter.__name__
            self.diary.done[chapter.__name__] = self.diary.done.get(chapter.__name__, 0) + 1
            with suppress(MotionRefused):  # it has stopped itself, and is asked why before the next chapter
                chapter()
        self.diary.memory_mb.append(_memory_mb())
        return self.diary

    # ---- chapters

    def stand(self) -> None:
        """Idle, mostly for a moment, now and then for minutes."""
        self._ticks(self.rng.choice([5.0, 20.0, 120.0], p=[0.5, 0.4, 0.1]))

    def walk_to_goals(self) -> None:
        """One to three goals; localisation may be lost on the way, for less than the robot puts up with."""
        for _ in range(self.rng.integers(1, 4)):
            middle, distance = self.motion.middle_W, self.rng.uniform(0.2, 3.0)
            bearing, yaw = self.rng.uniform(-np.pi, np.pi, 2)
            self.motion.walk_to(
                middle[0] + distance * np.cos(bearing), middle[1] + distance * np.sin(bearing), middle[2] + yaw
            )
            if self._tracker and self.rng.random() < 0.2:
                self._ticks(1.0)
                self.rig.robot.localisation.lost = True
                self._ticks(2.5)
                self.rig.robot.localisation.lost = False
            self._ticks(15.0 + 8.0 * distance, lambda: self.motion.state.arrived)
            if self._goes_on() and not self.motion.state.arrived:
                self.diary.missed += 1
                return

    def walk_at_velocities(self) -> None:
        """Up to 90 % of what the robot can do, then a stop of either kind."""
        for _ in range(self.rng.integers(1, 4)):
            wanted = self.rng.uniform(-1.0, 1.0, 3) * [0.8, 0.3, 0.8]
            share = self.motion.profile.gait.share_of_fastest(*wanted)
            self.motion.walk(*(wanted * min(1.0, 0.9 / share)))
            self._ticks(self.rng.uniform(2.0, 12.0))
        (self.motion.stop if self.rng.random() < 0.5 else self.motion.halt)()
        self._ticks(10.0, lambda: self.motion.state.settled)

    def reach(self) -> None:
        """Bring the sensor somewhere within reach, hold it, bring it back."""
        assert self.arm is not None
        x, y, yaw = self.motion.middle_W
        X_WF = Pose(p=np.array([x, y, 0.0]), R=rotation_z(yaw)) @ random_target(self.rng, self._com_height_m)
        try:
            for way in (self.arm.go_to(X_WF), self.arm.hold(1.0), self.arm.retract()):
                for _ in way:
                    self._tick()
                    if not self._goes_on():
                        return
        except UnreachableError:
            pass
        self.motion.set_upper_body(None)

    def be_stopped(self) -> None:
        """A safe stop, from a stand or from walking."""
        if self.rng.random() < 0.5:
            self.motion.walk(0.3, 0.0, 0.0)
            self._ticks(self.rng.uniform(2.0, 4.0))
        self.motion.request_stop()
        self._asked = True
        self._ticks(6.0, lambda: self.motion.stop_state is StopState.HOLDING)
        self._ticks(1.0)

    # ---- the loop

    def _goes_on(self) -> bool:
        return self.rig.robot.time_s < self.end_s and not self.diary.ended

    def _acknowledge(self) -> None:
        """Count stops, let the robot go on, and wait until it stands."""
        if self.motion.stop_state not in (StopState.RUNNING, StopState.HOLDING):
            self._ticks(10.0, lambda: self.motion.stop_state is StopState.HOLDING)
            if self.motion.stop_state is not StopState.HOLDING and self._goes_on():
                self.diary.ended = f"stopped at {self.rig.robot.time_s:.0f} s and never came to a hold"
                return
        for report in self.motion.reports[self._reports :]:
            if report.causes != {StopCause.REQUEST} or not self._asked:
                self.diary.unasked.append(f"{report.why} at {report.began_s:.0f} s in '{self.diary.chapter}'")
        self._reports, self._asked = len(self.motion.reports), False
        if self.motion.stop_state is StopState.HOLDING:
            self.motion.acknowledge()
            self.motion.set_upper_body(None)
        self._ticks(3.0, lambda: self.motion.state.settled)

    def _ticks(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        for _ in range(round(seconds / CONTROL_PERIOD_S)):
            if not self._goes_on() or until():
                return
            self._tick()

    def _tick(self) -> None:
        diary, motion = self.diary, self.motion
        readings = sense_think_act(self.rig.robot, self._timed)
        diary.faults += bool(motion.fault)
        if readings.time_s >= self._next_look_s:
            self._next_look_s = readings.time_s + LOOK_S
            diary.look(motion.estimate.covariance)
        if motion.stop_state is StopState.FALLEN or motion.state.mode is Mode.FALLEN:
            diary.ended = f"fell at {readings.time_s:.0f} s in '{diary.chapter}'"

    def _timed(self, readings: Readings) -> JointCommand:
        mode, began_s = self.motion.state.mode, time.thread_time()
        command = self.motion.tick(readings)
        self._time(readings.time_s, mode, 1e6 * (time.thread_time() - began_s))
        self.diary.without_numbers += not made_of_numbers(command)
        return command

    def _time(self, now_s: float, mode: Mode, took_us: float) -> None:
        if mode not in MODES:
            return
        warm_s = min(WARM_S, 0.1 * self.end_s)
        window = 0 if warm_s <= now_s < warm_s + self.window_s else 1 if now_s >= self.end_s - self.window_s else None
        if window is not None:
            place = window, MODES.index(mode)
            used = self._used[place]
            if used < self.diary.tick_us.shape[2]:
                self.diary.tick_us[(*place, used)] = took_us
            self._used[place] += 1
        elif not self.diary.memory_mb and now_s >= warm_s + self.window_s:
            self.diary.memory_mb.append(_memory_mb())


def _memory_mb() -> float:
    """What the process holds in memory now; NaN where the system does not say."""
    statm = Path("/proc/self/statm")
    return PAGE_MB * int(statm.read_text(encoding="ascii").split()[1]) if statm.exists() else np.nan


def _hours(setting: Setting, *, tracker: bool) -> Iterator[Row]:
    for seed in setting.seeds:
        diary = LongRun(replace(setting, seed=seed), tracker=tracker).live()
        name = f"{setting.robot}, {setting.hours:g} h {'with' if tracker else 'without'} fixes, seed {seed}"
        done = ", ".join(f"{count} {what}" for what, count in sorted(diary.done.items())).replace("_", " ")
        yield one(f"{name}: falls", bool(diary.ended), must=0, digits=0, note=f"{diary.ended} ({done})".strip())
        yield one("commands and estimates without numbers", diary.without_numbers, must=0, digits=0)
        yield one("ticks at fault", diary.faults, must=0, digits=0)
        yield one("stops nobody asked for", len(diary.unasked), must=0, digits=0, note="; ".join(diary.unasked))
        yield one("goals not reached", diary.missed, must=0, digits=0)
        yield one("covariance: asymmetry, largest", diary.asymmetry, must=0, digits=12)
        yield one("covariance: smallest eigenvalue", diary.smallest, must=0, at_least=True, digits=15)
        yield one("covariance of what is always observed: largest eigenvalue", diary.largest, must=1.0, digits=4)
        yield one("memory: growth", diary.memory_mb[-1] - diary.memory_mb[0], "MB", must=10, digits=1)
        with warnings.catch_warnings(action="ignore"):  # a mode that a window never saw is NaN, and misses
            quick, median = np.nanpercentile(diary.tick_us, [10, 50], axis=2)
        for i, mode in enumerate(MODES):
            growth = {"p10": float(quick[1, i] / quick[0, i]), "median": float(median[1, i] / median[0, i])}
            note = f"({median[0, i]:.0f} to {median[1, i]:.0f} us)"
            # whoever shares the machine moves the median; what a tick costs at least is its own
            yield Row(what=f"tick {mode.name.lower()}: last over first", values=growth, must={"p10": 1.2}, note=note)
