"""Works a robot tick by tick while routines say what they want.

A routine is a generator: it gives orders to the motion controller and yields while it waits, one yield a tick.
The operator runs the loop *sense, think, act* underneath. When the robot stops itself every routine ends, once it
holds; when it has fallen, at once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import RobotFell, RobotStopped, StationFault
from linewalker.limbs.robot import Readings, Robot

Result = TypeVar("Result")
Routine = Generator[None, None, Result]
"""What the robot does for a while: yields at every control tick, returns its result."""


class Operator:
    """One robot, one motion controller, one loop.

    Attributes:
        robot: the robot.
        motion: its motion controller.
        readings: the newest readings.
        touched: whether the robot has touched the car since `forget_touch`.
        on_tick: called after every control tick; raising ends the running routine.
    """

    def __init__(self, robot: Robot, motion: SafeMotion):
        self.robot = robot
        self.motion = motion
        self.touched = False
        self.on_tick: list[Callable[[], None]] = []
        self.readings = self._tick()

    @property
    def now_s(self) -> float:
        """Robot time."""
        return self.readings.time_s

    def run(self, routine: Routine[Result]) -> Result:
        """Drive the robot until the routine returns.

        Raises:
            RobotFell: it fell meanwhile.
            RobotLost: it does not answer any more.
            RobotStopped: it stopped itself meanwhile, and holds now.
        """
        while True:
            try:
                next(routine)
            except StopIteration as done:
                return done.value
            self.readings = self._tick()
            if self.motion.stop_state is StopState.STOPPING:
                self._come_to_hold()

    def until(self, condition: Callable[[], bool], timeout_s: float, what: str) -> Routine[None]:
        """Yield until the condition holds.

        Raises:
            StationFault: it did not within ``timeout_s`` of robot time; ``what`` names what was waited for.
        """
        deadline = self.now_s + timeout_s
        while not condition():
            if self.now_s > deadline:
                raise StationFault(f"the robot did not {what} within {timeout_s:g} s of robot time")
            yield

    def wait(self, duration_s: float) -> Routine[None]:
        """Yield for a while of robot time."""
        end = self.now_s + duration_s
        while self.now_s < end:
            yield

    def forget_touch(self) -> None:
        """Start a new period over which touches are noted."""
        self.touched = False

    def _come_to_hold(self) -> None:
        while self.motion.stop_state is StopState.STOPPING:
            self.readings = self._tick()
        stop = self.motion.reports[-1]
        raise RobotStopped(
            f"the robot stopped itself at {stop.began_s:.2f} s of robot time: {stop.why}; "
            f"it held {stop.stop_time_s:.2f} s and {stop.path_m:.2f} m later"
        )

    def _tick(self) -> Readings:
        readings = sense_think_act(self.robot, self.motion.tick)
        self.touched |= readings.touched
        if self.motion.state.mode is Mode.FALLEN:
            raise RobotFell(f"the robot fell at {readings.time_s:.2f} s of robot time; its limbs are compliant now")
        for call in self.on_tick:
            call()
        return readings
