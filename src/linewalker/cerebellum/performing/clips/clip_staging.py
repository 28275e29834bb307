"""A clip put on one robot: where it is to be over the time of a plan, from its stand into the dance and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linewalker.cerebellum.body.feet import SIDE
from linewalker.cerebellum.performing.clips.arm_follower import ArmFollower
from linewalker.cerebellum.performing.clips.figure import Figure
from linewalker.cerebellum.performing.clips.footfalls import Footfall, apart, footfalls
from linewalker.cerebellum.performing.clips.tempo import LEAD_S, Pace
from linewalker.cerebellum.performing.curves import RATE_HZ, minimum_jerk, smooth
from linewalker.cerebellum.performing.staging import Staging
from linewalker.cerebellum.performing.timeline import (
    SHORTEST_BOTH_S,
    SHORTEST_SWING_S,
    Swing,
    Timeline,
    feet_over_time,
    spaced,
)
from linewalker.geometry import Array, wrap_angle

_EVERY = 5
_SOFT, _CALM = 3.0, 40.0
"""Samples over which a dance is smoothed, and where it has to be calm."""
_PIECE_S = 4.0
_LEAST_LIFT, _MOST_LIFT, _MOST_ASIDE = 0.08, 0.35, 0.2
_LOWEST, _HIGHEST = 0.22, -0.02
_LATER_S, _SPARE = 0.15, 0.01
_AWAY = 0.25
_LEADS = (0.30, 0.50), (0.62, 0.82)
"""When the feet swing in a lead, shares of it."""


@dataclass(frozen=True, kw_only=True)
class Calmed:
    """How much calmer than captured: arms, pelvis and feet, at samples of the clip, 0 to 1, (n,) each."""

    arms: Array
    pelvis: Array
    feet: Array

    @staticmethod
    def nowhere(n: int) -> Calmed:
        """As captured."""
        return Calmed(arms=np.zeros(n), pelvis=np.zeros(n), feet=np.zeros(n))


class ClipStaging:
    """Puts a dancer on a robot.

    Args:
        figure: the dancer.
        staging: of the robot.

    Attributes:
        steps: of the dancer.
    """

    def __init__(self, figure: Figure, staging: Staging):
        self.figure, self._staging = figure, staging
        self._first, self.steps = footfalls(figure)
        self._rest = self._upper_body()

    def _upper_body(self) -> Array:
        """Angles of waist, arms and head over the clip, (n, m)."""
        figure, arms, body = self.figure, self._staging.arms, self._staging.body
        own = tuple(body.model.joint(j).name for j in range(1, body.model.njnt))
        if figure.postures is not None and figure.joints == own:
            return np.clip(figure.postures[:, body.rest + 1], arms.low, arms.high)
        names = [own[j - 6] for j in body.rest]
        at = np.unique(np.append(np.arange(0, figure.n, _EVERY), figure.n - 1))
        found = ArmFollower(body, arms).follow(figure.hands[at], figure.elbows[at])
        t = np.arange(figure.n)
        rest = np.column_stack([np.interp(t, at, column) for column in found.T])
        for name in body.profile.waist:
            joint = body.model.joint(name)
            axis = int(np.argmax(np.abs(joint.axis)))
            rest[:, names.index(name)] += np.sign(joint.axis[axis]) * figure.trunk[:, axis]
        return np.clip(smooth(rest, _SOFT), arms.low, arms.high)

    def stage(self, pace: Pace, calmed: Calmed) -> tuple[Timeline, int]:
        """The dance over the time of a plan, and how many steps had no time."""
        figure, staging = self.figure, self._staging
        end_s = float(pace.plan_s[-1])
        before, after = round(pace.plan_s[0] * RATE_HZ), round(LEAD_S * RATE_HZ)
        n = round(end_s * RATE_HZ) - before
        clip_s = pace.clip(pace.plan_s[0] + np.arange(n) / RATE_HZ)
        of = _Over(clip_s, figure.n)
        leg_m = staging.arms.leg_m
        quat = of.calm(figure.quat, calmed.pelvis)
        quat /= np.linalg.norm(quat, axis=1, keepdims=True)
        drop = np.clip(of.calm(figure.drop, calmed.pelvis), _HIGHEST, _LOWEST)
        rest = of.calm(self._rest, calmed.arms)
        feet, swings, lost = self._steps(pace, calmed, end_s)
        last = feet.copy()
        for swing in swings:
            last[swing.foot] = swing.to
        home = _Home(staging)
        start, away = home.beside(feet), home.beside(last)
        swings = [*home.steps(feet, pace.plan_s[0] - LEAD_S), *swings, *home.steps(away, end_s)]
        timed, more = spaced(swings, end_s + LEAD_S)
        planned, _ = feet_over_time(start, timed, before + n + after)
        middle = planned[:, :, :2].mean(axis=1)
        off = np.zeros_like(middle)
        between = figure.middle - figure.feet[:, :, :2].mean(axis=1)
        off[before : before + n] = np.clip(leg_m * of.calm(between, calmed.pelvis), -_AWAY * leg_m, _AWAY * leg_m)
        pieces = max(1, round(n / RATE_HZ / _PIECE_S))
        timeline = Timeline(
            quat=_joined(home.quat(start), quat, home.quat(away), before, after),
            height_m=_joined(staging.pelvis_height_m, staging.pelvis_height_m - leg_m * drop, None, before, after),
            rest=smooth(_joined(staging.arms.home, rest, staging.arms.home, before, after), _SOFT),
            com=smooth(middle, 15.0) + smooth(off, 8.0),
            feet=start,
            swings=timed,
            phrase_s=pace.plan_s[0] + np.linspace(0.0, n / RATE_HZ, pieces + 1),
            names=(figure.name,) * pieces,
        )
        return timeline, lost + more

    def _steps(self, pace: Pace, calmed: Calmed, end_s: float) -> tuple[Array, list[Swing], int]:
        """Where the feet stand at first (2, 3), their swings, and how many had no time; metres."""
        leg_m, gait, lost = self._staging.arms.leg_m, self._staging.body.profile.gait, 0
        scale = np.array([leg_m, leg_m, 1.0])
        narrowest, widest = gait.narrowest_m + _SPARE, self._staging.widest_m
        at = self._first * scale
        at[1] = apart(at[1], at[0], 1, narrowest, widest)
        feet, swings = at.copy(), list[Swing]()
        for fall in self.steps:
            swing = _timed(fall, pace, swings[-1].land_s if swings else float(pace.plan_s[0]))
            calm = calmed.feet[min(int(fall.land_s * RATE_HZ), len(calmed.feet) - 1)]
            if swing is None or swing[1] > end_s - 0.1:
                lost += 1
                continue
            to = at[fall.foot] + (1.0 - 0.5 * calm) * (fall.to * scale - at[fall.foot])
            at[fall.foot] = apart(to, at[1 - fall.foot], fall.foot, narrowest, widest)
            aside = (1.0 - calm) * leg_m * np.clip(fall.aside, -_MOST_ASIDE, _MOST_ASIDE)
            lift = np.clip(fall.height, _LEAST_LIFT, _MOST_LIFT) * (1.0 - calm) + _LEAST_LIFT * calm
            swings.append(
                Swing(
                    foot=fall.foot,
                    lift_s=swing[0],
                    land_s=swing[1],
                    to=at[fall.foot].copy(),
                    height_m=float(leg_m * lift),
                    kick_m=np.array([*aside, 0.0]),
                )
            )
        return feet, swings, lost


def _timed(fall: Footfall, pace: Pace, landed_s: float) -> tuple[float, float] | None:
    """When a step lifts and lands in a plan after the one before; None: it has no time."""
    lift_s, land_s = float(pace.plan(fall.lift_s)), float(pace.plan(fall.land_s))
    short_s = max(0.0, SHORTEST_SWING_S - (land_s - lift_s))
    lift_s, land_s = lift_s - 0.5 * short_s, land_s + 0.5 * short_s
    lift_s = max(lift_s, landed_s + SHORTEST_BOTH_S)
    late_s = max(0.0, lift_s + SHORTEST_SWING_S - land_s)
    return None if late_s > _LATER_S else (lift_s, land_s + late_s)


class _Over:
    """A clip's samples over the time of a plan: at these times of the clip, (k,)."""

    def __init__(self, clip_s: Array, n: int):
        self._at = np.clip(clip_s * RATE_HZ, 0.0, n - 1.0)

    def calm(self, x: Array, share: Array) -> Array:
        """Values (n, ...), smoothed where it has to be calm by its share, (k, ...)."""
        shape = (-1, *(1,) * (x.ndim - 1))
        calmer = x + share.reshape(shape) * (smooth(x, _CALM) - x) if share.any() else x
        low = np.minimum(self._at.astype(int), len(x) - 2)
        part = (self._at - low).reshape(shape)
        return np.asarray(calmer[low] * (1.0 - part) + calmer[low + 1] * part)


class _Home:
    """How a robot stands before and after a dance."""

    def __init__(self, staging: Staging):
        self._half_m, self._lift_m = staging.body.profile.gait.half_width_m, _LEAST_LIFT * staging.arms.leg_m

    def beside(self, feet: Array) -> Array:
        """Its feet (2, 3) where those of a dancer are, half way between them."""
        yaw = feet[1, 2] + 0.5 * wrap_angle(feet[0, 2] - feet[1, 2])
        out = self._half_m * np.array([-np.sin(yaw), np.cos(yaw)])
        return np.array([[*(feet[:, :2].mean(axis=0) + side * out), yaw] for side in SIDE])

    def quat(self, feet: Array) -> Array:
        """Attitude of its pelvis over such feet, (4,)."""
        return np.array([np.cos(0.5 * feet[0, 2]), 0.0, 0.0, np.sin(0.5 * feet[0, 2])])

    def steps(self, feet: Array, from_s: float) -> list[Swing]:
        """Two steps to these feet, within a lead."""
        return [
            Swing(
                foot=f, lift_s=from_s + a * LEAD_S, land_s=from_s + b * LEAD_S, to=feet[f].copy(), height_m=self._lift_m
            )
            for f, (a, b) in enumerate(_LEADS)
        ]


def _joined(first: Array | float, dance: Array, last: Array | float | None, before: int, after: int) -> Array:
    """From a value to the dance's first in the lead before it, and from its last to one after it, (n, ...)."""
    last = first if last is None else last
    lead = min(before, round(LEAD_S * RATE_HZ))
    turned = dance.ndim == 2 and dance.shape[1] == 4
    a, b = (_nearer(np.asarray(x), dance[k]) if turned else x for x, k in ((first, 0), (last, -1)))
    shape = (-1, *(1,) * (dance.ndim - 1))
    into, out = (minimum_jerk(np.arange(k) / k).reshape(shape) for k in (lead, after))
    still = np.repeat(np.asarray(a)[None], before - lead, axis=0)
    whole = np.concatenate((still, a + into * (dance[0] - a), dance, dance[-1] + out * (b - dance[-1])))
    return whole / np.linalg.norm(whole, axis=1, keepdims=True) if turned else whole


def _nearer(quat: Array, to: Array) -> Array:
    return quat if quat @ to > 0.0 else -quat


def calmer(calmed: Calmed, clip_s: tuple[float, float], upper: bool) -> Calmed:
    """Calmer about a spell of the clip: first by half, then altogether; arms, or pelvis and feet."""
    n, margin_s = len(calmed.arms), 0.6
    t = np.arange(n) / RATE_HZ
    window = minimum_jerk((t - clip_s[0]) / margin_s + 1.0) * minimum_jerk((clip_s[1] - t) / margin_s + 1.0)
    arms = np.minimum(1.0, calmed.arms + (0.5 if upper else 0.25) * window)
    if upper:
        return replace(calmed, arms=arms)
    pelvis, feet = (np.minimum(1.0, x + 0.5 * window) for x in (calmed.pelvis, calmed.feet))
    return Calmed(arms=arms, pelvis=pelvis, feet=feet)
