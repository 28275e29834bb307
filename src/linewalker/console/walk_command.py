"""``linewalker walk``: to goals, round obstacles, or at a velocity."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from rich.table import Table

from linewalker.brain.route import Waypoint
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.console.audience import watched
from linewalker.console.motion_commands import DONE, Stage, numbers, show, table_of
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError, StationFault
from linewalker.geometry import Array, wrap_angle
from linewalker.limbs.profiles import load_profile
from linewalker.messages.catalogue import say
from linewalker.station.bench import FIRST_STAND_S, Floor

_STILL_S = 0.5
_PATIENCE_S, _PATIENCE_S_PER_M = 15.0, 8.0
_FARTHEST_M = 100.0
START = Waypoint(x=0.0, y=0.0, yaw=0.0)


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
        check_speed(speed, stage.robot)
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
    with waiting("building the robot", console):
        floor = stage.build()
    with watched(floor, stage.audience), waiting("walking", console):
        try:
            floor.run(FIRST_STAND_S)
            _require_sight(floor, stage)
            table = _to_goals(floor, goals_W, stage) if speed is None else _at_velocity(floor, speed, duration_s)
        finally:
            for board in floor.displaced:
                told = f"{board}; no fix comes from it. Mend {stage.boards}, or hang it where that says."
                console.print(say(told), highlight=False, markup=False, soft_wrap=True)
    show(table, stage, console)
    return DONE


def check_speed(speed: Array, robot: str) -> None:
    """
    Raises:
        InputError: a robot does not walk as fast as that; vx, vy, wz are m/s and rad/s, (3,).
    """
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
    table = table_of(
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
            *[say("yes" if floor.touched else "no")] * bool(stage.obstacles),
        )
    return table


def _require_sight(floor: Floor, stage: Stage) -> None:
    """A robot that is to find its way by boards has to see some before it walks off."""
    if stage.boards is not None and not floor.motion.estimate.localised:
        raise InputError("from x 0, y 0, heading 0 the camera sees fewer than two of these boards", file=stage.boards)


def _at_velocity(floor: Floor, velocity: Array, duration_s: float) -> Table:
    """Walk, then stop as `SafeMotion` stops; the mean velocity is that of the second half."""
    table = table_of("velocity vx, vy, wz", "walked, on average", "steps", "stop, s", "stop, m")
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
