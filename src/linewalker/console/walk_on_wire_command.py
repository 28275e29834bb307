"""``linewalker walk --net``: a Unitree G1 at its own wire, with an operator who says yes to each stage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.cerebellum.trial import Trial
from linewalker.console.g1_sim_command import lines_said
from linewalker.console.motion_commands import DONE, numbers
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.console.walk_command import check_speed
from linewalker.errors import InputError, StationFault
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.unitree.dds import LOOPBACK, expect_interface
from linewalker.limbs.unitree.extra import expect_extra
from linewalker.messages.catalogue import say

if TYPE_CHECKING:
    from linewalker.limbs.unitree.g1_robot import G1Robot
    from linewalker.limbs.unitree.robot_port import Port

ROBOT = "g1"
STAND_S, STOPPING_S = 2.0, 5.0
PATIENT_S = 1.0
"""Silence that the watchdog bears with on loopback, where a machine with much to do lets nobody fall."""
YES, STOP = "go", "stop"


@dataclass(frozen=True, kw_only=True)
class WireWalk:
    """What is to be walked, and by which robot.

    Attributes:
        interface, domain: of the robot.
        velocity: as written, VX,VY,WZ.
        duration_s: for how long.
        stand_s: how long it stands before.
    """

    interface: str
    domain: int = 0
    velocity: str
    duration_s: float
    stand_s: float = STAND_S


def walk_on_wire(
    wanted: WireWalk, said: TextIO | None = None, console: Console | None = None, port: Port | None = None
) -> int:
    """Start it up, stand, walk, stop, and hold it until the operator lets it down; returns the exit code.

    Args:
        wanted: what.
        said: what the operator says, a line each; the keyboard, if there is one.
        console: where is told what happens.
        port: the wire, in place of the one of ``wanted``; it has no watchdog.

    Raises:
        InputError: an option.
        MissingPackage: the extra is not installed.
        StationFault: it stopped, fell, or does not answer; it has been damped.
    """
    speed = numbers(wanted.velocity, "--velocity", "VX,VY,WZ")
    check_speed(speed, ROBOT)
    if not 0.0 < wanted.duration_s <= 3600.0:
        raise InputError(f"--duration {wanted.duration_s:g}: expected more than 0 and at most 3600 s")
    expect_extra()
    if port is None:
        expect_interface(wanted.interface)
    console, profile = console or terminal(), load_profile(ROBOT)
    with waiting("rehearsing", console):
        Trial(profile).walk()  # nothing is compiled, and no memory asked for the first time, while a robot waits
        motion = SafeMotion(MotionController(profile))
    gc.collect()
    gc.freeze()  # to look through what has been built takes longer than a tick
    Session(wanted, motion, lines_said(said or sys.stdin), console).run(profile, port)
    return DONE


class Session:
    """One robot and its operator."""

    def __init__(self, wanted: WireWalk, motion: SafeMotion[MotionController], lines: Iterator[str], console: Console):
        self._wanted, self._motion, self._lines, self._console = wanted, motion, lines, console
        self._asked = ""

    def run(self, profile: RobotProfile, port: Port | None) -> None:
        """From hanging to let down."""
        from linewalker.limbs.unitree.g1_robot import G1Robot
        from linewalker.limbs.unitree.robot_port import RobotPort
        from linewalker.limbs.unitree.start_up import start_up
        from linewalker.limbs.unitree.watchdog import SILENCE_S, Watchdog

        wanted, motion = self._wanted, self._motion
        speed = numbers(wanted.velocity, "--velocity", "VX,VY,WZ")

        def watchdog(mode_machine: int) -> Watchdog:
            silence_s = PATIENT_S if wanted.interface == LOOPBACK else SILENCE_S
            return Watchdog(wanted.interface, wanted.domain, mode_machine, robot.guard.damped, silence_s)

        wire, guarded = (port, None) if port else (RobotPort(wanted.interface, wanted.domain), watchdog)
        with G1Robot(profile, wire, guarded) as robot:
            start_up(robot, lambda stage: self._agreed(stage.value))
            self._tell("it stands by itself")
            self._for(robot, wanted.stand_s)
            motion.walk(*speed)
            self._tell("it walks; stop ends that")
            self._for(robot, wanted.duration_s)
            motion.request_stop()
            end_s = robot.time_s + STOPPING_S
            while motion.stop_state is not StopState.HOLDING:
                self._tick(robot)
                if robot.time_s > end_s:
                    raise StationFault("the robot did not come to a stable stand within 5 s of robot time")
            middle, steps = motion.middle_W, motion.state.steps
            self._tell(f"stopped after {steps} steps at {middle[0]:.2f}, {middle[1]:.2f} m, by its own odometry")
            while not self._agreed("the way back: hang it into the hoist, then its joints only brake"):
                self._tick(robot)
            missed, unsound = robot.missed, robot.unsound
        self._tell(f"let down; {missed} states never came, {unsound} came damaged")

    def _tell(self, text: str) -> None:
        self._console.print(say(text), soft_wrap=True, markup=False, highlight=False)

    def _agreed(self, what: str) -> bool:
        """Whether the operator has said yes to it; asks once."""
        if self._asked != what:
            self._asked = what
            self._console.print(f"{say(what)}. {say('go: yes')}", soft_wrap=True, markup=False, highlight=False)
        return next(self._lines) == YES

    def _for(self, robot: G1Robot, seconds: float) -> None:
        end_s = robot.time_s + seconds
        while robot.time_s < end_s and next(self._lines) != STOP:
            self._tick(robot)

    def _tick(self, robot: G1Robot) -> None:
        sense_think_act(robot, self._motion.tick)
        causes = self._motion.stop_causes
        if self._motion.stop_state is StopState.FALLEN:
            raise StationFault(f"the robot fell: {', '.join(cause.value for cause in causes)}")
