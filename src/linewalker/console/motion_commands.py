"""``linewalker walk`` and ``linewalker reach``: motion control without a car."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from linewalker.brain.route import Waypoint, plan_route
from linewalker.cerebellum.estimation.encoder_offsets import read_calibration, write_calibration
from linewalker.cerebellum.reaching.posture import PostureUnreachable
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.console.floor import FIRST_STAND_S, Audience, Floor
from linewalker.console.terminal import terminal
from linewalker.errors import InputError, StationFault, UnreachableError
from linewalker.geometry import Pose, log_so3, wrap_angle
from linewalker.limbs.checks.robot_measures import girth_m
from linewalker.limbs.localisation.tag_boards import read_boards
from linewalker.limbs.profiles import load_profile

Array = NDArray[np.float64]
DONE = 0
_STILL_S, _JITTER_S = 0.5, 0.5
_PATIENCE_S, _PATIENCE_S_PER_M = 15.0, 8.0
_FARTHEST_M = 100.0
_LARGEST = 1e9
SPARE_M = 0.2
"""What a path leaves between an obstacle and the standing robot: it sways, swings its arms, and cuts corners."""
START = Waypoint(x=0.0, y=0.0, yaw=0.0)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Which robot, which noise, who watches, what stands in the way (outlines (k, 2), m), and a file of boards.

    ``hung`` says where the boards hang in truth, if not there; only the scene is made of it.
    """

    robot: str
    seed: int
    audience: Audience
    obstacles: tuple[Array, ...] = ()
    boards: Path | None = None
    hung: Path | None = None

    def build(self) -> Floor:
        """The robot, standing.

        Raises:
            InputError: a file of boards is wrong or missing, or the robot has no camera to see them with.
        """
        profile, boards = load_profile(self.robot), () if self.boards is None else read_boards(self.boards)
        if self.hung is not None and not boards:
            raise InputError("--hung says where the boards of --boards hang in truth: give that file, too")
        hung = () if self.hung is None else read_boards(self.hung)
        if boards and not profile.cameras:
            raise InputError(f"--boards: the robot {profile.name} has no camera to see them with")
        watched = self.audience.view or self.audience.video is not None
        return Floor(profile, self.seed, visual=watched, obstacles=self.obstacles, boards=boards, hung=hung)

    @cached_property
    def clearance_m(self) -> float:
        """From a path to any obstacle."""
        return girth_m(load_profile(self.robot)) + SPARE_M

    def route(self, start: Waypoint, goal: Waypoint) -> list[Waypoint]:
        """The way to a goal, start left out.

        Raises:
            InputError: there is none.
        """
        if not self.obstacles:
            return [goal]
        try:
            return plan_route(start, goal, self.obstacles, clearance_m=self.clearance_m)
        except UnreachableError as error:
            place = f"--goal {goal.x:g},{goal.y:g},{np.degrees(goal.yaw):g}"
            raise InputError(f"{place}: {error}; {self.robot} keeps {self.clearance_m:.2f} m clear") from None


def numbers(text: str, option: str, names: str) -> Array:
    """Comma-separated numbers of an option, as many as ``names`` has.

    Raises:
        InputError: they are not.
    """
    try:
        values = np.array([float(part) for part in text.split(",")])
    except ValueError:
        values = np.array([])
    if len(values) != len(names.split(",")) or not (np.abs(values) <= _LARGEST).all():
        raise InputError(f"{option} {text!r}: expected {names}, numbers of ordinary size with commas between them")
    return values


def walk(stage: Stage, goals: Sequence[str], velocity: str | None, duration_s: float) -> int:
    """Walk to goals one after the other, or at a velocity; returns the exit code.

    Raises:
        InputError: before anything is built.
        StationFault: it fell, or did not arrive.
    """
    if bool(goals) == bool(velocity):
        raise InputError("say where to walk: either --goal X,Y,YAW_DEG, once or more, or --velocity VX,VY,WZ")
    wanted = [numbers(goal, "--goal", "X,Y,YAW_DEG") for goal in goals]
    speed = None if velocity is None else numbers(velocity, "--velocity", "VX,VY,WZ")
    if speed is not None:
        _check_speed(speed, stage.robot)
    if speed is not None and stage.obstacles:
        raise InputError("--obstacle goes with --goal: a velocity is walked blindly")
    goals_W = [Waypoint(x=x, y=y, yaw=float(np.radians(yaw_deg))) for x, y, yaw_deg in wanted]
    for goal in goals_W:
        if np.abs(goal.p).max() > _FARTHEST_M:
            raise InputError(f"--goal {goal.x:g},{goal.y:g}: expected at most {_FARTHEST_M:g} m from the start")
    for start, goal in pairwise([START, *goals_W]):
        stage.route(start, goal)
    if not 0.0 < duration_s <= 3600.0:
        raise InputError(f"--duration {duration_s:g}: expected more than 0 and at most 3600 s")
    console = terminal()
    with console.status("building the robot ..."):
        floor = stage.build()
    with floor.watched(stage.audience), console.status("walking ..."):
        try:
            floor.run(FIRST_STAND_S)
            _require_sight(floor, stage)
            table = _to_goals(floor, goals_W, stage) if speed is None else _at_velocity(floor, speed, duration_s)
        finally:
            for board in floor.displaced:
                told = f"{board}; no fix comes from it. Mend {stage.boards}, or hang it where that says."
                console.print(told, highlight=False, markup=False, soft_wrap=True)
    _show(table, stage, console)
    return DONE


def _check_speed(speed: Array, robot: str) -> None:
    gait = load_profile(robot).gait
    if (share := gait.share_of_fastest(*speed)) <= 1.0:
        return
    asked, would_do = (",".join(f"{v:.3g}" for v in velocity) for velocity in (speed, 0.99 * speed / share))
    raise InputError(
        f"--velocity {asked}: {robot} walks at most {gait.fastest_ahead_m_s:g} m/s ahead, "
        f"{gait.fastest_back_m_s:g} back, {gait.fastest_aside_m_s:g} aside, turns {gait.fastest_turn_rad_s:g} rad/s, "
        f"and less of each when together; {would_do} would do"
    )


def _to_goals(floor: Floor, goals: Sequence[Waypoint], stage: Stage) -> Table:
    table = _table(
        "goal x, y, yaw", "error, mm", "error, deg", "time, s", "steps", *["touched"] * bool(stage.obstacles)
    )
    for goal in goals:
        began_s, steps = floor.now_s, floor.motion.state.steps
        start = Waypoint.at(floor.motion.middle_W)
        route = stage.route(start, goal)
        way_m = sum(float(np.linalg.norm(b.p - a.p)) for a, b in pairwise([start, *route]))
        patience_s = _PATIENCE_S + _PATIENCE_S_PER_M * way_m
        floor.motion.follow([waypoint.pose for waypoint in route])
        name = f"{goal.x:g}, {goal.y:g}, {np.degrees(goal.yaw):g} deg"
        if not floor.run(patience_s, until=lambda: floor.motion.state.arrived or bool(floor.motion.stop_causes)):
            raise StationFault(f"the robot did not arrive at {name} within {patience_s:.0f} s of robot time")
        if floor.motion.stop_causes:
            why = ", ".join(cause.value for cause in floor.motion.stop_causes)
            raise StationFault(f"the robot stopped itself on its way to {name}: {why}")
        took_s = floor.now_s - began_s
        floor.run(_STILL_S)
        error = floor.true_middle() - goal.pose
        table.add_row(
            name,
            f"{1e3 * np.hypot(*error[:2]):.1f}",
            f"{abs(np.degrees(wrap_angle(error[2]))):.2f}",
            f"{took_s:.1f}",
            f"{floor.motion.state.steps - steps}",
            *["yes" if floor.touched else "no"] * bool(stage.obstacles),
        )
    return table


def _require_sight(floor: Floor, stage: Stage) -> None:
    """A robot that is to find its way by boards has to see some before it walks off."""
    if stage.boards is not None and not floor.motion.estimator.localised:
        raise InputError("from x 0, y 0, heading 0 the camera sees fewer than two of these boards", file=stage.boards)


def _at_velocity(floor: Floor, velocity: Array, duration_s: float) -> Table:
    """Walk, then stop as `SafeMotion` stops; the mean velocity is that of the second half."""
    table = _table("velocity vx, vy, wz", "walked, on average", "steps", "stop, s", "stop, m")
    floor.motion.walk(*velocity)
    floor.run(0.5 * duration_s)
    middle, turned, walked, ticks = floor.true_middle(), 0.0, np.zeros(2), 0
    end_s = floor.now_s + 0.5 * duration_s
    while floor.now_s < end_s - 1e-9:
        floor.run(min(0.1, end_s - floor.now_s))
        now = floor.true_middle()
        heading = middle[2] + 0.5 * wrap_angle(now[2] - middle[2])
        c, s = np.cos(heading), np.sin(heading)
        walked += np.array([[c, s], [-s, c]]) @ (now - middle)[:2]
        turned += float(wrap_angle(now[2] - middle[2]))
        middle, ticks = now, ticks + 1
    mean = np.array([*walked, turned]) / (0.5 * duration_s)
    steps = floor.motion.state.steps
    floor.motion.request_stop()
    if not floor.run(5.0, until=lambda: floor.motion.stop_state is StopState.HOLDING):
        raise StationFault("the robot did not come to a stable stand within 5 s of robot time")
    floor.run(_STILL_S)
    stop = floor.motion.reports[-1]
    table.add_row(
        ", ".join(f"{v:g}" for v in velocity),
        ", ".join(f"{v:.2f}" for v in mean),
        f"{steps}",
        f"{stop.stop_time_s:.2f}",
        f"{stop.path_m:.2f}",
    )
    return table


def reach(stage: Stage, sensor: str | None, target: str, direction: str, calibration: Path | None = None) -> int:
    """Bring a sensor of the standing robot to a place and hold it there; returns the exit code.

    A calibration file is read, where it exists, and written at the end.

    Raises:
        InputError: also when no posture reaches the target; the message says what holds it back.
        StationFault: it fell.
    """
    profile = load_profile(stage.robot)
    known = [*profile.scanners, *profile.cameras]
    if not known:
        raise InputError(f"the robot {profile.name} has neither scanner nor camera to reach with")
    sensor = sensor if sensor is not None else known[0]
    if sensor not in known:
        raise InputError(f"--sensor {sensor!r}: {profile.name} has no such sensor; it has {', '.join(known)}")
    if calibration is not None and not calibration.parent.is_dir():
        raise InputError("there is no such folder; make it first", file=calibration.parent)
    X_WF = aimed(
        numbers(target, "--target", "X,Y,Z"),
        numbers(direction, "--direction", "DX,DY,DZ"),
        rightwards=sensor in profile.cameras,
    )
    console = terminal()
    with console.status("building the robot ..."):
        floor = stage.build()
        arm = Reach(floor.motion, sensor)
        estimator = floor.motion.estimator
        if calibration is not None and calibration.exists():
            estimator.calibrate(read_calibration(calibration, profile.name, estimator.offset_joints))
    with floor.watched(stage.audience), console.status("reaching ..."):
        floor.run(FIRST_STAND_S)
        table = _reach(floor, arm, X_WF)
    _show(table, stage, console)
    if calibration is not None:
        write_calibration(calibration, estimator.calibration)
    return DONE


def aimed(target: Array, direction: Array, *, rightwards: bool) -> Pose:
    """X_WF of a level sensor at a place (3,) with its z along a direction (3,).

    Its x points to the left of that direction, or to its right as that of a camera does.

    Raises:
        InputError: the direction has no length.
    """
    length = float(np.linalg.norm(direction))
    if length < 1e-9:
        raise InputError("--direction has no length: expected where the beam or the view points, for example 1,0,-0.5")
    z = direction / length
    left = np.array([-z[1], z[0], 0.0]) if np.hypot(z[0], z[1]) > 1e-3 else np.array([0.0, 1.0, 0.0])
    return Pose.from_axes(target, x=-left if rightwards else left, z=z)


def _reach(floor: Floor, arm: Reach, X_WF: Pose) -> Table:
    began_s = floor.now_s
    try:
        for _ in arm.go_to(X_WF):
            floor.tick()
    except PostureUnreachable as error:
        near = error.miss.nearest.X_WF.p
        place = ", ".join(f"{value:.3f}" for value in near)
        raise InputError(f"--target is out of reach: {error}; the nearest place found is {place}") from None
    took_s, seen = floor.now_s - began_s, []
    for _ in arm.hold(_JITTER_S):
        floor.tick()
        seen.append(floor.true_pose(arm.sensor).p)
    is_at, (believed_m, _) = floor.true_pose(arm.sensor), arm.error()
    jitter = np.sqrt((np.array(seen).var(axis=0)).sum())
    table = _table("sensor", "true error, mm", "true error, deg", "estimated, mm", "jitter, mm rms", "time, s")
    table.add_row(
        arm.sensor,
        f"{1e3 * np.linalg.norm(is_at.p - X_WF.p):.2f}",
        f"{np.degrees(np.linalg.norm(log_so3(is_at.R.T @ X_WF.R))):.2f}",
        f"{1e3 * believed_m:.2f}",
        f"{1e3 * jitter:.3f}",
        f"{took_s:.1f}",
    )
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading)
    return table


def _show(table: Table, stage: Stage, console: Console) -> None:
    console.print(table)
    if stage.audience.video is not None:
        console.print(f"film: {stage.audience.video}", soft_wrap=True)
