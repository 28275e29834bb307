"""A wrist sensor brought to a place and held there: the true pose against the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import mujoco
import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig
from benchmarks.table import Row, one, spread
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.cerebellum.reaching.reach import Reach
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, log_so3

TARGETS, HELD_S = 4, 0.5
"""Targets of one robot, and how long each is held."""
NEAREST, FARTHEST = np.array([0.22, -0.58, 0.75]), np.array([0.6, 0.07, 1.75])
"""Corners of the box that targets are drawn from, ahead of a G1's feet, in heights of its centre of mass."""


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One target: error at the end of the hold, scatter of the place about its mean over it, time taken."""

    off_mm: float
    off_deg: float
    jitter_mm: float
    took_s: float


def random_target(rng: np.random.Generator, com_height_m: float) -> Pose:
    """A level sensor that looks ahead, up to 45 degrees up, down or aside."""
    p = com_height_m * rng.uniform(NEAREST, FARTHEST)
    z = np.array([1.0, rng.uniform(-0.6, 0.3), rng.uniform(-1.0, 0.5)])
    return Pose.from_axes(p, x=np.array([-z[1], z[0], 0.0]) / np.hypot(z[0], z[1]), z=z / np.linalg.norm(z))


def true_pose(rig: Rig, sensor: str) -> Pose:
    """Read off the physics."""
    site = rig.data.site(sensor)
    return Pose(p=site.xpos.copy(), R=site.xmat.reshape(3, 3).copy())


def place(rig: Rig, reach: Reach, X_WF: Pose) -> Placed:
    """Go there and hold.

    Raises:
        UnreachableError: the target is out of reach.
    """
    began_s, places = rig.robot.time_s, []
    for _ in reach.go_to(X_WF):
        rig.tick()
    took_s = rig.robot.time_s - began_s
    for _ in reach.hold(HELD_S):
        rig.tick()
        places.append(true_pose(rig, reach.sensor).p)
    end = true_pose(rig, reach.sensor)
    return Placed(
        off_mm=1e3 * float(np.linalg.norm(end.p - X_WF.p)),
        off_deg=float(np.degrees(np.linalg.norm(log_so3(end.R.T @ X_WF.R)))),
        jitter_mm=1e3 * float(np.sqrt(np.var(places, axis=0).sum())),
        took_s=took_s,
    )


def placements(setting: Setting, model: mujoco.MjModel, ik: WholeBodyIK, *, tool_targets: bool) -> Iterator[Placed]:
    """Random targets of robots that were switched on a second before the first."""
    for seed in setting.seeds:
        rig, rng, done = setting.rig(seed, model, tool_targets=tool_targets), np.random.default_rng(seed), 0
        reach = Reach(rig.motion, ik.sensor, ik=ik)
        while done < TARGETS:
            try:
                yield place(rig, reach, random_target(rng, setting.profile.com_height_m))
            except UnreachableError:
                continue
            done += 1


def wrist(setting: Setting) -> Iterator[Row]:
    """With a target for the station's tracker on the sensor, and without."""
    model, ik = setting.floor(), WholeBodyIK(setting.profile, next(iter(setting.profile.scanners)))
    for name, tool_targets in (("wrist sensor", True), ("wrist sensor, not tracked", False)):
        placed = list(placements(setting, model, ik, tool_targets=tool_targets))
        place_must = {"must": {"p95": 2}, "aim": {"p95": 0.5}} if tool_targets else {}
        turn_must = {"must": {"p95": 0.5}, "aim": {"p95": 0.1}} if tool_targets else {}
        yield one(f"{name}: targets", len(placed), digits=0)
        yield Row(what=f"{name}: place", values=spread([p.off_mm for p in placed]), unit="mm", **place_must)
        yield Row(what=f"{name}: angle", values=spread([p.off_deg for p in placed]), unit="deg", **turn_must)
        yield Row(
            what=f"{name}: jitter over {HELD_S:g} s, rms",
            values=spread([p.jitter_mm for p in placed]),
            unit="mm",
            must={"p95": 0.1},
            aim={"p95": 0.02},
            digits=3,
        )
        yield Row(what=f"{name}: time to get there", values=spread([p.took_s for p in placed]), unit="s")
