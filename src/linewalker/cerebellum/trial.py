"""A robot tried out before anyone relies on it: its controller is built, it stands, walks and reaches in physics."""

from __future__ import annotations

from collections.abc import Iterator

import mujoco
import numpy as np

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import LinewalkerError, RobotStopped, UnreachableError
from linewalker.geometry import Pose
from linewalker.limbs.checks.finding import Finding, error, warning
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.simulated.mujoco_body import MujocoBody

STANDING_S, WALKING_S, TURNING_S, ENDING_S = 0.5, 2.0, 2.0, 1.5
LONGEST_REACH_S = 15.0
SHARE = 0.5
"""Of the greatest speeds the gait states."""
RAISED_M = 0.05
UNFORESEEN = (ArithmeticError, LookupError, ValueError, RuntimeError)
"""What code raises on a body it was not written for. Here it becomes a finding; later it would end a shift."""


class Trial:
    """One robot on a flat floor, with exact sensors, self-collision and joint friction."""

    def __init__(self, profile: RobotProfile):
        model = floor_model(profile, visual=False, self_collision=True)
        self._body = MujocoBody(model, mujoco.MjData(model), profile)
        self._motion = SafeMotion(MotionController(profile))
        self._body.place(0.0, 0.0, 0.0)

    def walk(self) -> None:
        """Stand, walk ahead, turn while stepping aside, and stand again.

        Raises:
            RobotFell: it fell.
            RobotStopped: it stopped itself.
        """
        gait = self._motion.profile.gait
        self._run(STANDING_S)
        self._motion.walk(SHARE * gait.fastest_ahead_m_s, 0.0, 0.0)
        self._run(WALKING_S)
        self._motion.walk(0.0, SHARE * gait.fastest_aside_m_s, SHARE * gait.fastest_turn_rad_s)
        self._run(TURNING_S)
        self._motion.stop()
        self._run(ENDING_S)

    def reach(self, scanner: str) -> None:
        """Raise a scanner a little from where it is carried, and bring it back.

        Raises:
            RobotFell, RobotStopped: as `walk`; also where it never comes to rest.
            UnreachableError: there is no posture for it.
        """
        reach = Reach(self._motion, scanner)
        X_WS = self._motion.pose_of(scanner)
        self._do(reach.go_to(Pose(p=X_WS.p + np.array([0.0, 0.0, RAISED_M]), R=X_WS.R)))
        self._do(reach.retract())

    def _do(self, turns: Iterator[None]) -> None:
        left = round(LONGEST_REACH_S / CONTROL_PERIOD_S)
        for _ in turns:
            if left == 0:
                raise RobotStopped(f"it has not come to rest after {LONGEST_REACH_S:g} s")
            left -= 1
            self._tick()

    def _run(self, duration_s: float) -> None:
        for _ in range(round(duration_s / CONTROL_PERIOD_S)):
            self._tick()

    def _tick(self) -> None:
        sense_think_act(self._body, self._motion.tick)
        self._body.step()
        if self._motion.stop_state is not StopState.RUNNING:
            causes = "; ".join(sorted(cause.value for cause in self._motion.stop_causes))
            raise RobotStopped(f"it stopped itself: {causes or self._motion.stop_state.value}")


def try_out(profile: RobotProfile) -> list[Finding]:
    """What goes wrong when a robot that passed its checks is set to work; empty where nothing does.

    It walks for 4 s of robot time and raises each scanner; that takes some seconds.
    """
    found: list[Finding] = []
    doing = "its controller is built"
    try:
        trial = Trial(profile)
        doing = "it walks"
        trial.walk()
        for scanner in profile.scanners:
            doing = f"it raises {scanner} by {RAISED_M:g} m"
            try:
                trial.reach(scanner)
            except UnreachableError as reason:
                fix = "Carry it where the arm has room (standing_rad), or check its frame and the limits of the arm"
                found.append(warning("trial", f"{scanner} can not be raised from where it is carried: {reason}", fix))
    except LinewalkerError as trouble:
        fix = "Look at masses, soles, com_height_m, drives and gait; linewalker walk --robot FILE --view shows it"
        found.append(error("trial", f"tried out in physics, while {doing}: {trouble}", fix))
    except UNFORESEEN as trouble:
        fix = "The controller knows no such body: weld what is named here, or report it with profile and URDF"
        found.append(error("trial", f"while {doing}: {type(trouble).__name__}: {trouble}", fix))
    return found
