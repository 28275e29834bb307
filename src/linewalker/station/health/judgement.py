"""What of a robot is worn or wears: every run against those before it that showed nothing, joint by joint.

A value is out of the way when it is farther from the median of its past than its own scatter and its own uncertainty
allow, and farther than what would matter. So a robot is measured by itself: a joint that always had more friction than
the others is no worse than it was. What is told of an encoder that jumps, of lost readings and of heat needs no past.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from linewalker.geometry import Array
from linewalker.station.health.measures import RunMeasures

SIGMAS = 3.0
LEAST_PAST = 2
"""Runs without which there is no past to compare with."""
HOT_C, LIMIT_C = 100.0, 120.0
"""A winding is told from there on; the vendor of a G1 stops at the other."""
SOON_MIN, SOON_RUNS, LEAST_TREND = 10.0, 10, 4
LOST_SHARE = 0.005
_MAD = 1.4826


class Part(Enum):
    """What is judged."""

    FRICTION = "friction"
    BIAS = "bias"
    TEMPERATURE = "temperature"
    TRACKING = "tracking"
    PLAY = "play"
    ENCODER = "encoder"
    LOSSES = "losses"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a value is out of the way of its past.

    Attributes:
        least: change that matters, in the value's unit.
        share: the same as a share of the median.
        scatter: least scatter that is reckoned with.
        both: whether less is told, too.
    """

    least: float
    share: float
    scatter: float
    both: bool = False


RULES = {
    Part.FRICTION: Rule(least=0.07, share=0.15, scatter=0.01),
    Part.BIAS: Rule(least=1.0, share=0.5, scatter=0.1, both=True),
    Part.TEMPERATURE: Rule(least=10.0, share=0.0, scatter=1.5),
    Part.TRACKING: Rule(least=0.01, share=0.5, scatter=0.002),
    Part.PLAY: Rule(least=0.03, share=0.5, scatter=0.005),
}
UNITS = {
    Part.FRICTION: "N m", Part.BIAS: "N m", Part.TEMPERATURE: "K", Part.TRACKING: "rad", Part.PLAY: "rad",
    Part.ENCODER: "rad", Part.LOSSES: "%",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that is not as it was, or not as it should be.

    Attributes:
        part: what.
        joint: of which joint; empty where it is the robot's.
        run: name of the recording it shows in.
        value, before: what it is and what it was, in the unit of `UNITS`; ``before`` is NaN where nothing was.
        time_s: robot time at which it happened, where it happened at one; else NaN.
        limit_min: minutes until a limit is reached, where it is on its way there; else NaN.
        limit_runs: the same in runs.
    """

    part: Part
    joint: str
    run: str
    value: float
    before: float = float("nan")
    time_s: float = float("nan")
    limit_min: float = float("nan")
    limit_runs: float = float("nan")


def values_of(run: RunMeasures, part: Part) -> tuple[Array, Array]:
    """What of a run is compared with its past, and its standard uncertainty, (n,) each.

    A temperature is reckoned from the median of all joints of its run, for days differ.
    """
    nothing = np.zeros(len(run.joints))
    if part is Part.FRICTION:
        return run.friction_nm, run.friction_off_nm
    if part is Part.BIAS:
        return run.bias_nm, nothing
    if part is Part.TRACKING:
        return run.tracking_rad, nothing
    if part is Part.PLAY:
        return run.play_rad, nothing
    middle = np.nanmedian(run.winding_c) if np.isfinite(run.winding_c).any() else np.nan
    return run.winding_c - middle, nothing


def judge(runs: Sequence[RunMeasures]) -> list[list[Trouble]]:
    """What is found in each run; runs of one robot, the oldest first."""
    found: list[list[Trouble]] = []
    clean: dict[Part, list[tuple[Array, Array]]] = {part: [] for part in RULES}
    for k, run in enumerate(runs):
        troubles = _at_once(run)
        for part, rule in RULES.items():
            values, off = values_of(run, part)
            out, before = _out_of_the_way(rule, clean[part], values, off)
            troubles += [
                Trouble(part=part, joint=run.joints[j], run=run.name, value=float(values[j]), before=float(before[j]))
                for j in np.flatnonzero(out)
            ]
            clean[part].append((np.where(out, np.nan, values), off))
        found.append(_causes([*troubles, *_trend(runs[: k + 1])]))
    return found


def _out_of_the_way(rule: Rule, past: Sequence[tuple[Array, Array]], values: Array, off: Array) -> tuple[Array, Array]:
    """Which joints, (n,) bool, and the medians of their past."""
    if not past:
        return np.zeros(len(values), bool), np.full(len(values), np.nan)
    was = np.array([one for one, _ in past])
    enough = np.isfinite(was).sum(axis=0) >= LEAST_PAST
    before = np.full(len(values), np.nan)
    scatter, unsure = np.zeros(len(values)), np.zeros(len(values))
    before[enough] = np.nanmedian(was[:, enough], axis=0)
    scatter[enough] = _MAD * np.nanmedian(np.abs(was[:, enough] - before[enough]), axis=0)
    unsure[enough] = np.nanmedian(np.array([one for _, one in past])[:, enough], axis=0)
    spread = np.maximum.reduce(
        [scatter, np.hypot(np.nan_to_num(off), np.nan_to_num(unsure)), np.full_like(off, rule.scatter)]
    )
    bound = np.maximum.reduce(
        [SIGMAS * spread, np.full_like(off, rule.least), rule.share * np.abs(np.nan_to_num(before))]
    )
    change = values - before
    out: Array = enough & np.isfinite(change) & ((np.abs(change) if rule.both else change) > bound)
    return out, before


def _at_once(run: RunMeasures) -> list[Trouble]:
    """What needs no past."""
    troubles = [
        Trouble(part=Part.ENCODER, joint=jump.joint, run=run.name, value=jump.angle_rad, time_s=jump.time_s)
        for jump in run.jumps
    ]
    if run.lost > LOST_SHARE:
        troubles.append(Trouble(part=Part.LOSSES, joint="", run=run.name, value=100.0 * run.lost))
    for j, name in enumerate(run.joints):
        warm_c, rise = run.winding_c[j], run.winding_k_min[j]
        left_min = (LIMIT_C - warm_c) / rise if rise > 0.0 else np.inf
        if warm_c >= HOT_C or (warm_c >= 0.6 * HOT_C and left_min < SOON_MIN):
            troubles.append(
                Trouble(part=Part.TEMPERATURE, joint=name, run=run.name, value=float(warm_c), limit_min=float(left_min))
            )
    return troubles


def _trend(runs: Sequence[RunMeasures]) -> list[Trouble]:
    """Windings that get warmer from run to run and reach the limit soon."""
    if len(runs) < LEAST_TREND:
        return []
    warm = np.array([run.winding_c for run in runs[-2 * LEAST_TREND :]])
    at = np.arange(len(warm)) - (len(warm) - 1.0)
    troubles = []
    for j, name in enumerate(runs[-1].joints):
        if not np.isfinite(warm[:, j]).all():
            continue
        slope, now = np.polyfit(at, warm[:, j], 1)
        left = warm[:, j] - (now + slope * at)
        sure = slope > SIGMAS * max(left.std(), 1.0) / np.sqrt(np.square(at - at.mean()).sum())
        runs_left = (LIMIT_C - now) / slope if slope > 0.0 else np.inf
        if sure and runs_left < SOON_RUNS:
            troubles.append(
                Trouble(
                    part=Part.TEMPERATURE, joint=name, run=runs[-1].name, value=float(now),
                    limit_runs=float(runs_left),
                )
            )  # fmt: skip
    return troubles


def _causes(troubles: list[Trouble]) -> list[Trouble]:
    """What follows from something else that is told of the same joint is left out: an encoder that jumped does not
    track either, nor does it weigh right."""
    jumped = {trouble.joint for trouble in troubles if trouble.part is Part.ENCODER}
    told = {(trouble.part, trouble.joint): trouble for trouble in reversed(troubles)}
    return [
        trouble
        for trouble in reversed(told.values())
        if trouble.part is Part.ENCODER or trouble.joint not in jumped or trouble.part is Part.TEMPERATURE
    ]
