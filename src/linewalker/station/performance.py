"""A dance in physics: one robot on an empty floor with noisy sensors, pushed if wanted, and what truly happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import mujoco
import numpy as np

from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.performing.performer import Performer
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.errors import InputError, RobotFell
from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import effort_limits, floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S, Robot
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot

FIRST_STAND_S, AFTER_S = 1.0, 1.0
PUSH_S = 0.1
RECORD_EVERY = 5
"""Ticks."""


@dataclass(frozen=True, kw_only=True)
class Push:
    """A push at the torso for `PUSH_S`: second of the dance, N s, and where to, rad from ahead to the left."""

    at_s: float
    impulse_n_s: float
    towards_rad: float

    @staticmethod
    def read(text: str) -> Push:
        """From ``AT_S,N_S,DEG``.

        Raises:
            InputError: it is something else.
        """
        try:
            at_s, impulse, degrees = (float(part) for part in text.split(","))
        except ValueError:
            raise InputError(f"--push {text}: expected AT_S,N_S,DEG, for example 10,8,90") from None
        if not (at_s >= 0.0 and 0.0 < impulse <= 100.0 and abs(degrees) <= 360.0):
            raise InputError(f"--push {text}: expected a second from 0 on, up to 100 N s, up to 360 degrees")
        return Push(at_s=at_s, impulse_n_s=impulse, towards_rad=float(np.radians(degrees)))


@dataclass
class Recording:
    """What truly happened, every `RECORD_EVERY` ticks from the beginning of the dance on; lists of equal length.

    Attributes:
        time_s: of the dance; plan_s: of the plan while it was followed, else NaN.
        q: posture in the order of the control model, (nq,) each.
        force_n: normal force under each foot, (2,) each.
        torque: share of each joint's limit, (n,) each.
    """

    time_s: list[float] = field(default_factory=list)
    plan_s: list[float] = field(default_factory=list)
    q: list[Array] = field(default_factory=list)
    force_n: list[Array] = field(default_factory=list)
    torque: list[Array] = field(default_factory=list)


class DanceFloor:
    """One robot, its performer inside a safe stop, and the loop that ticks them.

    Args:
        profile: the robot.
        seed: of its sensors.
        visual: whether it can be looked at.
        localised: whether a tracker of the station sees it.

    Attributes:
        motion: the controller.
        model, data: physics.
        robot: what is sensed and commanded.
        on_tick: called after every tick.
    """

    def __init__(self, profile: RobotProfile, seed: int, *, visual: bool = False, localised: bool = True):
        self.profile = profile
        self.model = floor_model(profile, self_collision=True, visual=visual)
        self.data = mujoco.MjData(self.model)
        self._simulated = SimulatedRobot(self.model, self.data, profile, seed, tracker=localised)
        self._simulated.place(0.0, 0.0, 0.0)
        self.robot: Robot = self._simulated
        self.performer = Performer(profile)
        self.motion = SafeMotion(self.performer)
        self.on_tick: list[Callable[[], None]] = []
        self._torso = self.model.body(profile.torso).id
        self._order = self._posture_order()
        self._effort = effort_limits(profile)

    def _posture_order(self) -> Array:
        """Where the posture of the control model stands in that of the scene."""
        control, scene = self.performer.dynamics.model, self.model
        order = np.zeros(control.nq, int)
        free = int(scene.body(self.profile.base).jntadr[0])
        order[:7] = scene.jnt_qposadr[free] + np.arange(7)
        for name in self.profile.joints:
            order[control.joint(name).qposadr[0]] = scene.joint(name).qposadr[0]
        return order

    @property
    def now_s(self) -> float:
        """Robot time."""
        return float(self.data.time)

    def tick(self) -> None:
        """One turn of the loop.

        Raises:
            RobotFell: it lies.
        """
        self.robot.act(self.motion.tick(self.robot.sense()))
        for watch in self.on_tick:
            watch()
        if self.motion.state.mode is Mode.FALLEN:
            raise RobotFell(f"the robot fell at {self.now_s:.2f} s of robot time")

    def stand(self, seconds: float) -> None:
        """Stand for a while."""
        for _ in range(round(seconds / CONTROL_PERIOD_S)):
            self.tick()

    def dance(
        self, plan: DancePlan, pushes: Sequence[Push] = (), wait_s: float = 0.5
    ) -> tuple[Recording, RobotFell | None]:
        """Dance a plan, a moment from now; what truly happened, and the fall if there was one."""
        recording, begin_s = Recording(), self.now_s + wait_s
        self.motion.command().perform(plan, begin_s=begin_s)
        self.motion.on_verb("perform", (plan, begin_s))
        for k in range(round((plan.duration_s + wait_s + AFTER_S) / CONTROL_PERIOD_S)):
            self._push(pushes, self.now_s - begin_s)
            try:
                self.tick()
            except RobotFell as fall:
                return recording, fall
            if k % RECORD_EVERY == 0 and self.now_s >= begin_s:
                self._record(recording, self.now_s - begin_s)
        return recording, None

    def _push(self, pushes: Sequence[Push], dance_s: float) -> None:
        force = np.zeros(2)
        for push in pushes:
            if push.at_s <= dance_s < push.at_s + PUSH_S:
                way = np.array([np.cos(push.towards_rad), np.sin(push.towards_rad)])
                force += push.impulse_n_s / PUSH_S * way
        self.data.xfrc_applied[self._torso, :2] = force

    def _record(self, recording: Recording, dance_s: float) -> None:
        dancing = self.motion.state.mode is Mode.DANCING
        recording.time_s.append(dance_s)
        recording.plan_s.append(self.performer.plan_s if dancing else np.nan)
        recording.q.append(self.data.qpos[self._order].copy())
        recording.force_n.append(np.array(self._simulated.body.foot_force_n))
        recording.torque.append(np.abs(np.array(self._simulated.body.tau_nm)) / self._effort)
