"""What the first of everything costs, from the first tick to the first lowering of a process that has just begun."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.geometry import Pose
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.simulated.simulated_robot import CONTROL_PERIOD_S

PUSH_M_S = 0.3
"""What the push adds to the speed of the whole robot."""
PUSH_S = 0.1


def first(setting: Setting) -> Iterator[Row]:
    """Every robot: slowest tick of the first second, walk, push, reach, stop and lowering after a start."""
    for name in PROFILES:
        words = [sys.executable, "-m", "benchmarks.motion.first", name, f"{setting.seed}"]
        told = subprocess.run(words, capture_output=True, check=True, encoding="utf-8").stdout
        for what, slowest_ms in json.loads(told.splitlines()[-1]).items():
            yield one(f"{name}, {what}: slowest tick, thread CPU", slowest_ms, "ms", must=5)


class Stopwatch:
    """Ticks a robot and notes the longest that its controller computes in one."""

    def __init__(self, rig: Rig):
        self._rig = rig
        self.slowest_ms: dict[str, float] = {}

    def run(
        self,
        what: str,
        seconds: float,
        until: Callable[[], bool] = lambda: False,
        before: Iterator[object] | None = None,
    ) -> None:
        """Tick for some time, until something happens, or until ``before``, which each tick advances first, ends."""
        ended = False

        def timed(readings: Readings) -> JointCommand:
            nonlocal ended
            began_s = time.thread_time()
            ended = before is not None and next(before, self) is self
            command = self._rig.motion.tick(readings)
            self.slowest_ms[what] = max(self.slowest_ms.get(what, 0.0), 1e3 * (time.thread_time() - began_s))
            return command

        for _ in range(round(seconds / CONTROL_PERIOD_S)):
            sense_think_act(self._rig.robot, timed)
            if ended or until():
                break


def story(setting: Setting) -> dict[str, float]:
    """The slowest tick of each chapter, ms; to be told in a process of its own."""
    profile = setting.profile
    rig = Rig(setting.seed, setting.robot, setting.floor(), foot_sensors=setting.foot_sensors)
    rig.motion = motion = SafeMotion(MotionController(profile))
    arm, watch = Reach(motion, next(iter(profile.scanners))), Stopwatch(rig)
    gc.freeze()  # as every command of ours does once all is built
    watch.run("first second", 1.0)
    motion.walk_to(0.4, 0.1, 0.3)
    watch.run("first walk", 15.0, lambda: motion.state.arrived)
    torso = rig.robot.model.body(profile.torso).id
    rig.data.xfrc_applied[torso, 1] = PUSH_M_S / PUSH_S * motion.dynamics.mass
    watch.run("first push", PUSH_S)
    rig.data.xfrc_applied[torso] = 0.0
    watch.run("first push", 4.0, lambda: motion.state.settled)
    X_WF = motion.pose_of(arm.sensor)
    watch.run("first reach", 20.0, before=arm.go_to(Pose(p=X_WF.p + [0.02, 0.0, 0.01], R=X_WF.R)))
    motion.set_upper_body(None)
    motion.walk(0.2, 0.0, 0.0)
    watch.run("first walk", 2.0)
    motion.request_stop()
    watch.run("first stop", 5.0, lambda: motion.stop_state is StopState.HOLDING)
    motion.lower()
    watch.run("first lowering", 15.0, lambda: motion.stop_state is StopState.TORQUE_OFF)
    return watch.slowest_ms


if __name__ == "__main__":
    asked = Setting(robot=sys.argv[1], trials=1, seed=int(sys.argv[2]), foot_sensors=False)
    print(json.dumps(story(asked)))
