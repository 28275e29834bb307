"""``linewalker reach``: a sensor of the standing robot to a place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich.table import Table

from linewalker.cerebellum.estimation.encoder_offsets import read_calibration, write_calibration
from linewalker.cerebellum.reaching.posture import PostureUnreachable
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.console.audience import watched
from linewalker.console.motion_commands import DONE, Stage, numbers, show, table_of
from linewalker.console.terminal import terminal
from linewalker.console.waiting import waiting
from linewalker.errors import InputError
from linewalker.geometry import Array, Pose, log_so3
from linewalker.limbs.profiles import load_profile
from linewalker.station.bench import FIRST_STAND_S, Floor

_JITTER_S = 0.5


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
    with waiting("building the robot", console):
        floor = stage.build()
        arm = Reach(floor.motion, sensor)
        motion = floor.motion
        if calibration is not None and calibration.exists():
            motion.calibrate(read_calibration(calibration, profile.name, motion.calibration.joints))
    with watched(floor, stage.audience), waiting("reaching", console):
        floor.run(FIRST_STAND_S)
        table = _reach(floor, arm, X_WF)
    show(table, stage, console)
    if calibration is not None:
        write_calibration(calibration, motion.calibration)
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
    table = table_of("sensor", "true error, mm", "true error, deg", "estimated, mm", "jitter, mm rms", "time, s")
    table.add_row(
        arm.sensor,
        f"{1e3 * np.linalg.norm(is_at.p - X_WF.p):.2f}",
        f"{np.degrees(np.linalg.norm(log_so3(is_at.R.T @ X_WF.R))):.2f}",
        f"{1e3 * believed_m:.2f}",
        f"{1e3 * jitter:.3f}",
        f"{took_s:.1f}",
    )
    return table
