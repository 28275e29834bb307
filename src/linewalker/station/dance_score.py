"""How well a dance was danced: what truly happened against the plan, and touchdowns against the beats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import mujoco
import numpy as np

from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.performer import Performer
from linewalker.cerebellum.performing.plan import DancePlan
from linewalker.geometry import Array, wrap_angle
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.station.performance import RECORD_EVERY, Recording

_AT_LIMIT, _LOADED_N = 0.985, 20.0
_NEAR_S = 0.25


@dataclass(frozen=True, kw_only=True)
class Score:
    """How well a plan was danced, out of what truly happened; NaN where nothing was danced.

    Attributes:
        danced_s: how long the plan was followed.
        body_mm: distance of 13 points of the body from the plan, root-relative: mean, 95th percentile.
        place_mm: distance over the floor from the plan: mean, largest.
        at_limit: share of samples of joints at their torque limit.
        landings_ms: touchdowns off their beats: mean, 95th percentile of its size, number of them.
    """

    danced_s: float
    body_mm: tuple[float, float]
    place_mm: tuple[float, float]
    at_limit: float
    landings_ms: tuple[float, float, int]


def score(recording: Recording, plan: DancePlan, performer: Performer, beats_s: Array) -> Score:
    """Compare what happened with the plan, and touchdowns with beats at times of the plan, (k,)."""
    at = np.array(recording.plan_s)
    danced = np.flatnonzero(np.isfinite(at))
    if len(danced) == 0:
        nothing = float("nan")
        two = (nothing, nothing)
        return Score(danced_s=0.0, body_mm=two, place_mm=two, at_limit=nothing, landings_ms=(*two, 0))
    index = np.minimum(np.rint(at[danced] * RATE_HZ).astype(int), plan.n - 1)
    real = np.array(recording.q)[danced]
    points = BodyPoints(performer)
    body_mm = 1e3 * np.linalg.norm(points.of(real) - points.of(plan.q[index]), axis=2)
    place_mm = 1e3 * np.linalg.norm(_over_floor(real, real[0], plan.q[index], plan.q[index[0]]), axis=1)
    late_ms = 1e3 * np.array(_touchdowns(recording, plan, beats_s))
    return Score(
        danced_s=len(danced) * RECORD_EVERY * CONTROL_PERIOD_S,
        body_mm=(float(body_mm.mean()), float(np.quantile(body_mm, 0.95))),
        place_mm=(float(place_mm.mean()), float(place_mm.max())),
        at_limit=float((np.array(recording.torque)[danced] > _AT_LIMIT).mean()),
        landings_ms=_spread(late_ms),
    )


def off_clip_mm(recording: Recording, performer: Performer, clip: Callable[[Array], Array]) -> float:
    """Mean distance of 13 points of the body, root-relative, from the clip that was captured of the same robot.

    Args:
        recording: what happened.
        performer: who danced.
        clip: its postures (k, nq) at times of the plan (k,), NaN where it does not go on.
    """
    danced = np.flatnonzero(np.isfinite(recording.plan_s))
    wanted = clip(np.array(recording.plan_s)[danced])
    inside = np.isfinite(wanted).all(axis=1)
    points = BodyPoints(performer)
    real = points.of(np.array(recording.q)[danced][inside])
    return float(1e3 * np.linalg.norm(real - points.of(wanted[inside]), axis=2).mean())


def _spread(late_ms: Array) -> tuple[float, float, int]:
    if len(late_ms) == 0:
        return float("nan"), float("nan"), 0
    return float(late_ms.mean()), float(np.quantile(np.abs(late_ms), 0.95)), len(late_ms)


def _over_floor(real: Array, real_first: Array, planned: Array, planned_first: Array) -> Array:
    """Where it is less where it should be, from where both began, (k, 2)."""
    yaw = wrap_angle(_heading(real_first) - _heading(planned_first))
    way = planned[:, :2] - planned_first[:2]
    c, s = np.cos(yaw), np.sin(yaw)
    turned = np.column_stack((c * way[:, 0] - s * way[:, 1], s * way[:, 0] + c * way[:, 1]))
    return np.asarray(real[:, :2] - real_first[:2] - turned)


def _heading(q: Array) -> float:
    w, x, y, z = q[3:7]
    return float(np.arctan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)))


def _touchdowns(recording: Recording, plan: DancePlan, beats_s: Array) -> list[float]:
    """Of each planned landing that was danced: when force came under the foot less the beat next to it, s."""
    time, force = np.array(recording.time_s), np.array(recording.force_n)
    danced = np.isfinite(recording.plan_s)
    late = []
    for swing in plan.swings:
        near = np.flatnonzero((np.abs(time - swing.land_s) < _NEAR_S) & danced)
        if len(near) < 5:
            continue
        loaded = force[near, swing.foot] > _LOADED_N
        rises = near[1:][loaded[1:] & ~loaded[:-1]]
        if len(rises):
            at = time[rises[np.argmin(np.abs(time[rises] - swing.land_s))]]
            late.append(float(at - beats_s[np.argmin(np.abs(beats_s - swing.land_s))]))
    return late


class BodyPoints:
    """Places of base, torso and of the second, middle and last link of every limb, root-relative."""

    def __init__(self, performer: Performer):
        model, profile = performer.dynamics.model, performer.profile
        self._model, self._data = model, mujoco.MjData(model)
        names = [profile.torso]
        for limb in (*profile.legs, *profile.arms):
            for k in (1, 3, len(limb.joints) - 1):
                names.append(model.body(int(model.joint(limb.joints[k]).bodyid[0])).name)
        self.names = tuple(dict.fromkeys(names))
        self._base, self._ids = model.body(profile.base).id, [model.body(name).id for name in self.names]

    def of(self, postures: Array) -> Array:
        """Places (k, points, 3) for postures (k, nq), in the heading of the base."""
        out = np.zeros((len(postures), len(self._ids), 3))
        for i, q in enumerate(postures):
            self._data.qpos[:] = q
            mujoco.mj_kinematics(self._model, self._data)
            yaw = _heading(q)
            c, s = np.cos(yaw), np.sin(yaw)
            out[i] = (self._data.xpos[self._ids] - self._data.xpos[self._base]) @ np.array(
                [[c, -s, 0], [s, c, 0], [0, 0, 1]]
            )
        return out
