"""Every error Linewalker raises on purpose. A message says what, where, what was expected and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LinewalkerError(Exception):
    """Base of all errors raised on purpose.

    >>> import linewalker as lw
    >>> try:
    ...     lw.load_profile("g2")
    ... except lw.LinewalkerError as error:
    ...     print(error)
    there is no robot 'g2'; known robots: g1, talos, walker; or name a profile file (.yaml)
    """


class InputError(LinewalkerError):
    """Something a user wrote is wrong: a file, a key, a value, an option. Exit code 2.

    Args:
        problem: what is wrong and what is allowed, as one sentence.
        file: the file it stands in, if it stands in one.
        line: the line in that file, counted from 1.
        key: the path of the key in the file, for example ``models.sedan.characteristics[3].tolerance``.

    >>> import linewalker as lw
    >>> raise lw.InputError("-2 is not a time; give one above 0", file="plan.yaml", line=7, key="takt_s")
    Traceback (most recent call last):
    linewalker.errors.InputError: plan.yaml:7: takt_s: -2 is not a time; give one above 0
    """

    def __init__(
        self, problem: str, *, file: Path | str | None = None, line: int | None = None, key: str | None = None
    ):
        self.problem, self.file, self.line, self.key = problem, file, line, key
        super().__init__(self.placed(problem))

    def placed(self, problem: str) -> str:
        """``plan.yaml:7: takt_s: ...``: the problem, in whatever words, with the place it stands at."""
        place = "" if self.file is None else f"{self.file}" if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, problem) if part)


class StationFault(LinewalkerError):
    """The station can not go on: a fall, a lost robot, a line that went away. Exit code 1."""


class RobotFell(StationFault):
    """The robot lies on the floor.

    >>> import mujoco
    >>> import linewalker as lw
    >>> profile = lw.load_profile("g1")
    >>> scene = mujoco.MjSpec()  # no floor to stand on
    >>> lw.attach(scene, profile, prefix="g1/", visual=False)
    >>> model = scene.compile()
    >>> body = lw.MujocoBody(model, mujoco.MjData(model), profile, prefix="g1/")
    >>> body.place(0.0, 0.0, 0.0)
    >>> try:
    ...     while True:
    ...         body.step()
    ... except lw.RobotFell:
    ...     print("it fell")
    it fell
    """


class RobotLost(StationFault):
    """The robot does not answer any more: it was closed, switched off, or its link is broken.

    >>> import mujoco
    >>> import linewalker as lw
    >>> profile = lw.load_profile("g1")
    >>> model = lw.floor_model(profile, visual=False)
    >>> with lw.SimulatedRobot(model, mujoco.MjData(model), profile) as robot:
    ...     robot.place(0.0, 0.0, 0.0)
    ...     readings = robot.sense()
    >>> try:
    ...     robot.sense()
    ... except lw.RobotLost as error:
    ...     print(error)
    the robot g1 was closed at 0.00 s of robot time; connect() to it again, or work with it inside its with block
    """


class RobotStopped(StationFault):
    """The robot stopped itself and holds; it moves again when the stop has been acknowledged."""


class PhysicsDiverged(StationFault):
    """The simulation found no numbers any more and began anew."""


class ClockError(StationFault):
    """The stamps of a robot's readings are not robot time: they run backwards, stand still or are no numbers."""


class JobInterrupted(StationFault):
    """The line stopped the running job; the robot has to leave the car.

    Attributes:
        in_chinese: what the message means; empty where nobody says.
    """

    def __init__(self, message: str = "", in_chinese: str = ""):
        super().__init__(message)
        self.in_chinese = in_chinese


class TaktExpired(JobInterrupted):
    """The job took longer than it may; what is judged counts, and the robot has to leave the car."""


TAKT_EXPIRED = "takt expired"
"""Why a car that took longer than the takt is not OK: to the line, and in results."""


class StorageFault(StationFault):
    """Something could not be kept on disk; what was kept before is untouched."""


class ProgramFault(StationFault):
    """Something broke that nobody foresaw: a bug. The error it came from is its cause."""


class MotionRefused(LinewalkerError):
    """A robot that is stopping or stopped was commanded to move; the message says what has to happen first.

    >>> import linewalker as lw
    >>> motion = lw.SafeMotion(lw.MotionController(lw.load_profile("g1")))
    >>> try:
    ...     motion.lower()
    ... except lw.MotionRefused:
    ...     print("only a robot that holds after a stop is lowered")
    only a robot that holds after a stop is lowered
    """


class UnreachableError(LinewalkerError):
    """No posture of the robot brings the sensor where it was asked to be, or no way leads there; the message says why.

    >>> import linewalker as lw
    >>> start, goal = lw.Waypoint(x=0.0, y=0.0, yaw=0.0), lw.Waypoint(x=2.0, y=0.0, yaw=0.0)
    >>> table = [(1.5, -0.5), (2.5, -0.5), (2.5, 0.5), (1.5, 0.5)]
    >>> try:
    ...     lw.plan_route(start, goal, [table])
    ... except lw.UnreachableError as error:
    ...     print(error)
    the route's goal (2.00, 0.00) m lies inside an obstacle
    """


class PlanRefused(LinewalkerError):
    """A plan's certificate does not hold for its problem; the message says where. Nothing moves by such a plan."""


class NoWay(UnreachableError):
    """No way leads there, also not after the robot has waited for one; to try once more would not help."""


class SensorFailed(LinewalkerError):
    """A camera or a scanner gave no data, though the robot is there; it may be asked again."""


class BrokenPlugin(LinewalkerError):
    """An installed package offers something to us that can not be used; the message names the package and the cause."""


class MissingPackage(LinewalkerError):
    """Something of this machine is missing; the message gives the command that installs it."""


@contextmanager
def noted_on(error: BaseException) -> Iterator[None]:
    """Around what is still to be done while an error is on its way: what fails there is told with it, not instead."""
    try:
        yield
    except LinewalkerError as second:
        error.add_note(str(second))


def in_words(error: BaseException) -> str:
    """``KeyError: 'trim'``: class and message, for records and people; the class alone if there is no message."""
    if isinstance(error, KeyboardInterrupt):
        return "ended by hand"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
