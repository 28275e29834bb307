"""A robot that is a point on the floor: it goes where it is sent, at a steady speed, and stops when it is told to.

The operator over it is the real one, so routines run as they do over a body with legs, a thousand times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from linewalker.brain.operator import Operator
from linewalker.cerebellum.controller import Mode, MotionState
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.errors import MotionRefused
from linewalker.geometry import Array
from linewalker.limbs.profile import Gait
from linewalker.limbs.robot import Readings

TICK_S = 0.02
SPEED_M_S, TURN_RAD_S = 0.8, 1.5
STOPPING_S = 0.3


class PlaneRobot:
    """Counts time.

    Attributes:
        happens: called at every tick with the robot time, before the controller is.
        touched: it touches the car now.
    """

    def __init__(self) -> None:
        self.time_s, self.touched = 0.0, False
        self.happens: list[Callable[[float], None]] = []

    def sense(self) -> Readings:
        self.time_s += TICK_S
        for happen in self.happens:
            happen(self.time_s)
        none = np.zeros(0)
        felt: dict[str, Any] = {"q_rad": none, "dq_rad_s": none, "tau_nm": none, "touched": self.touched}
        return Readings(time_s=self.time_s, gyro_rad_s=np.zeros(3), accel_m_s2=np.zeros(3), **felt)

    def act(self, _command: object) -> None:
        pass


class PlaneMotion:
    """Where the point is and where it goes.

    Attributes:
        middle_W: x, y, yaw.
        followed: every course it was sent on.
        unseen_since_s: since when nobody sees where it is; None: it is seen.
    """

    profile = SimpleNamespace(gait=Gait())

    def __init__(self, start: tuple[float, float, float] = (-1.0, -2.2, 0.0)):
        self.middle_W: Array = np.array(start)
        self.followed: list[list[tuple[float, float, float]]] = []
        self.unseen_since_s: float | None = None
        self.fallen = False
        self.upper_body = SimpleNamespace(q=np.zeros(3))
        self.led: list[object] = []
        self.reports: list[Any] = []
        self.stop_state, self._causes, self._began_s = StopState.RUNNING, StopCause.REQUEST, 0.0
        self._course: list[tuple[float, float, float]] = []
        self._now_s, self._requested = 0.0, False

    @property
    def state(self) -> MotionState:
        walking = bool(self._course)
        mode = Mode.FALLEN if self.fallen else Mode.WALKING if walking else Mode.STANDING
        return MotionState(mode=mode, arrived=not walking, settled=not walking, steps=0, to_goal=walking)

    @property
    def estimate(self) -> Any:
        age_s = 0.0 if self.unseen_since_s is None else self._now_s - self.unseen_since_s
        speed = SPEED_M_S if self._course and self.stop_state is StopState.RUNNING else 0.0
        return SimpleNamespace(localised=True, fix_age_s=age_s, unused_s=0.0, base_m_s=np.array([speed, 0.0, 0.0]))

    def follow(self, course: Sequence[tuple[float, float, float]]) -> None:
        self._refuse()
        self.followed.append(list(course))
        self._course = list(course)

    def stop(self) -> None:
        self._course = []

    halt = stop

    def set_upper_body(self, reference: object) -> None:
        self._refuse()
        self.led.append(reference)

    def request_stop(self, why: str = "") -> None:  # noqa: ARG002  as SafeMotion
        self._requested = True

    def acknowledge(self) -> None:
        if self.stop_state is not StopState.HOLDING:
            raise MotionRefused("it does not hold")
        self.stop_state = StopState.RUNNING

    def pose_of(self, _name: str) -> Any:
        raise NotImplementedError

    def tick(self, readings: Readings) -> object:
        self._now_s = readings.time_s
        if self.stop_state is StopState.RUNNING and self._requested:
            self.stop_state, self._began_s = StopState.STOPPING, self._now_s
        self._requested = False
        if self.stop_state is StopState.STOPPING and self._now_s - self._began_s >= STOPPING_S:
            self.stop_state, self._course = StopState.HOLDING, []
            why = self._causes.value
            self.reports.append(
                SimpleNamespace(why=why, began_s=self._began_s, stop_time_s=STOPPING_S, path_m=0.1, ended_s=self._now_s)
            )
        if self._course and self.stop_state is StopState.RUNNING:
            self._walk(np.array(self._course[0]))
        return object()

    def _walk(self, goal: Array) -> None:
        way = goal - self.middle_W
        way[2] = (way[2] + np.pi) % (2.0 * np.pi) - np.pi
        needed = max(float(np.hypot(*way[:2])) / SPEED_M_S, abs(float(way[2])) / TURN_RAD_S) / TICK_S
        if needed <= 1.0:
            self.middle_W = goal
            self._course.pop(0)
        else:
            self.middle_W = self.middle_W + way / needed

    def _refuse(self) -> None:
        if self.stop_state is not StopState.RUNNING:
            raise MotionRefused("stopped because a stop was requested; acknowledge the stop before new commands")


def plane_operator(motion: PlaneMotion | None = None) -> Any:
    """A real operator over such a robot; typed as anything, for tests look at its motion as what it is."""
    fake: Any = motion if motion is not None else PlaneMotion()
    robot: Any = PlaneRobot()
    return Operator(robot, fake)
