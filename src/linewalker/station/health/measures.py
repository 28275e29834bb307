"""What a recording says about each joint, in numbers that can be compared with those of other days.

Friction and bias are the coefficients of ``friction tanh(dq / slow) + bias`` in the torques beyond those of the rigid
body (Armstrong-Helouvry, Dupont and Canudas de Wit, Automatica 30, 1994, section 2). What a model of the body gets
wrong is fitted along: its inertia (with ddq), its weight (with the torque it says), and by how much torques are told
late (with the rate of that). It is fitted twice, the second time without what lies far off. Play shows as the way a
joint goes while its torque changes sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import uniform_filter1d

from linewalker.geometry import Array
from linewalker.station.health.joint_effort import SMOOTHED, JointEffort, evenly, joint_effort
from linewalker.station.recording.replay import Recorded
from linewalker.station.recording.rows import Rows

SLOW_RAD_S = 0.05
LEAST_MOVED = 0.2
"""Mean of |tanh(dq / slow)| below which a joint moves too little to tell its friction."""
LEAST_SAMPLES = 40
JUMP_RAD = 0.03
"""By how much an encoder may disagree with its own speed from one reading to the next."""
FITTED_EVERY = 5
_FAR = 3.0
END_S = 1.0
_REVERSAL_S, _OF_THE_TORQUE = 0.08, 0.3
_LEAST_REVERSALS = 8


@dataclass(frozen=True, kw_only=True)
class Jump:
    """An encoder that jumped: joint, robot time, and by how much."""

    joint: str
    time_s: float
    angle_rad: float


@dataclass(frozen=True, kw_only=True, eq=False)
class RunMeasures:
    """Of one recording; of joints (n,), NaN where it says nothing about one.

    Attributes:
        name: of the recording.
        opened_at: UTC, ISO 8601.
        seconds: robot time in it.
        joints: names.
        friction_nm, friction_off_nm: dry friction, and its standard error.
        bias_nm: torque that is there whatever the joint does.
        winding_c, winding_k_min: temperature at the end, and how fast it rises there.
        tracking_rad: root mean square of what the encoder misses of the angle asked for, where it is held to one.
        play_rad: median way while the torque changes sides.
        jumps: of encoders.
        lost: share of readings that never came.
    """

    name: str
    opened_at: str
    seconds: float
    joints: tuple[str, ...]
    friction_nm: Array
    friction_off_nm: Array
    bias_nm: Array
    winding_c: Array
    winding_k_min: Array
    tracking_rad: Array
    play_rad: Array
    jumps: tuple[Jump, ...]
    lost: float


def measure(recorded: Recorded, name: str) -> RunMeasures:
    """Everything a recording says."""
    session, readings = recorded.session, recorded.readings
    joints, period_s = session.profile.joints, session.period_s
    jumps = _jumps(joints, readings)
    mended = _mended(readings, joints, jumps)
    effort = joint_effort(session.profile, mended, period_s)
    fits = [_fit(effort, j) for j in range(len(joints))]
    friction, off, bias = (np.array(column) for column in zip(*fits))
    winding, rising = _warmth(readings)
    time_s = readings["time_s"]
    passed = round(float(time_s[-1] - time_s[0]) / period_s) + 1
    return RunMeasures(
        name=name,
        opened_at=session.opened_at,
        seconds=float(time_s[-1] - time_s[0]),
        joints=joints,
        friction_nm=friction,
        friction_off_nm=off,
        bias_nm=bias,
        winding_c=winding,
        winding_k_min=rising,
        tracking_rad=_tracking(recorded),
        play_rad=_play(mended, period_s),
        jumps=jumps,
        lost=max(0.0, 1.0 - len(readings) / passed),
    )


def _fit(effort: JointEffort, j: int) -> tuple[float, float, float]:
    """Friction, its standard error, and bias."""
    moved = uniform_filter1d(np.tanh(effort.dq_rad_s[:, j] / SLOW_RAD_S), SMOOTHED)
    pushed, needed = uniform_filter1d(effort.ddq_rad_s2[:, j], SMOOTHED), effort.needed_nm[:, j]
    use = np.flatnonzero(effort.seen[:, j])[::FITTED_EVERY]
    if len(use) < LEAST_SAMPLES or np.abs(moved[use]).mean() < LEAST_MOVED:
        return np.nan, np.nan, np.nan
    columns = np.column_stack((moved, np.ones_like(moved), pushed, needed, np.gradient(needed)))[use]
    torque = effort.spare_nm[use, j]
    left = torque - columns @ np.linalg.lstsq(columns, torque)[0]
    near = np.abs(left) <= _FAR * 1.4826 * np.median(np.abs(left))
    columns, torque = columns[near], torque[near]
    found = np.linalg.lstsq(columns, torque)[0]
    variance = np.square(torque - columns @ found).mean() * 0.5 * SMOOTHED / FITTED_EVERY  # neighbours share torques
    spread = np.sqrt(variance * np.linalg.pinv(columns.T @ columns)[0, 0])
    bias = np.linalg.lstsq(columns[:, :3], torque)[0][1]  # weight that is fitted along would take it over
    return float(found[0]), float(spread), float(bias)


def _warmth(readings: Rows) -> tuple[Array, Array]:
    """Temperature in the last second, and its rise per minute over the last half."""
    time_s, winding = readings["time_s"], readings["winding_c"]
    if not winding.any():
        nothing = np.full(winding.shape[1], np.nan)
        return nothing, nothing
    late = time_s >= 0.5 * (time_s[0] + time_s[-1])
    slope = np.polyfit(time_s[late] - time_s[-1], winding[late], 1)[0]
    return winding[time_s >= time_s[-1] - END_S].mean(axis=0), 60.0 * slope


def _tracking(recorded: Recorded) -> Array:
    commands = recorded.commands
    _, at, of = np.intersect1d(recorded.readings["tick"] - 1, commands["tick"], return_indices=True)
    felt, told = recorded.readings[at], commands[of]  # what was told at a tick shows at the next
    held = told["kp_nm_rad"] > 0.0
    missed = np.where(held, told["q_rad"] - felt["q_rad"], 0.0)
    count = held.sum(axis=0)
    square = np.square(missed).sum(axis=0) / np.maximum(count, 1)
    return np.where(count >= LEAST_SAMPLES, np.sqrt(square), np.nan)


def _jumps(joints: tuple[str, ...], readings: Rows) -> tuple[Jump, ...]:
    time_s, q, dq = readings["time_s"], readings["q_rad"], readings["dq_rad_s"]
    passed_s = np.diff(time_s)
    off = np.diff(q, axis=0) - 0.5 * (dq[1:] + dq[:-1]) * passed_s[:, None]
    bound = JUMP_RAD + 0.5 * np.abs(np.diff(dq, axis=0)) * passed_s[:, None]
    ticks, which = np.nonzero(np.abs(off) > bound)
    return tuple(
        Jump(joint=joints[j], time_s=float(time_s[k + 1]), angle_rad=float(off[k, j])) for k, j in zip(ticks, which)
    )


def _mended(readings: Rows, joints: tuple[str, ...], jumps: tuple[Jump, ...]) -> Rows:
    """As encoders would have read on without their jumps: what comes after one is as good as what came before."""
    mended = readings.copy() if jumps else readings
    for jump in jumps:
        mended["q_rad"][readings["time_s"] >= jump.time_s, joints.index(jump.joint)] -= jump.angle_rad
    return mended


def _play(readings: Rows, period_s: float) -> Array:
    felt, there = evenly(readings, period_s)
    torque, q = uniform_filter1d(felt["tau_nm"], 5, axis=0), felt["q_rad"]
    longest = round(_REVERSAL_S / period_s)
    return np.array([_way_of_reversals(torque[there, j], q[there, j], longest) for j in range(q.shape[1])])


def _way_of_reversals(torque: Array, q: Array, longest: int) -> float:
    """Median way from a torque to the opposite one, of those changes that take no longer than so many ticks."""
    bound = _OF_THE_TORQUE * np.sqrt(np.square(torque).mean())
    side = np.where(torque > bound, 1, np.where(torque < -bound, -1, 0))
    strong = np.flatnonzero(side)
    turns = np.flatnonzero(np.diff(side[strong]) != 0)
    begin, end = strong[turns], strong[turns + 1]
    quick = end - begin <= longest
    ways = np.abs(q[end[quick]] - q[begin[quick]])
    return float(np.median(ways)) if len(ways) >= _LEAST_REVERSALS else np.nan
