"""A dancer without a body: what a clip of motion capture says, in leg and arm lengths, whoever was captured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.performing.curves import RATE_HZ, smooth
from linewalker.geometry import Array, quat_from_rotation

SHARPEST_HZ = 5.0
"""What moves faster than that is noise of the capture."""
_SIGMA_S = 0.1325 / SHARPEST_HZ
_FLOOR_S = 1.0
_TALLEST = 0.95


@dataclass(frozen=True, kw_only=True)
class Landmarks:
    """Places of a captured body, n frames, z up, in metres or any other unit.

    Attributes:
        name: of the clip.
        rate_hz: frames a second.
        hips, soles, toes, shoulders, elbows, hands: left and right, (n, 2, 3).
        pelvis, trunk: attitudes, x ahead, y left, z up, (n, 3, 3).
        leg, arm: lengths.
        standing: height of the hips when it stands; None: all but the greatest height of the clip.
        postures: of a robot, (n, nq), its joints in the order of ``joints``.
    """

    name: str
    rate_hz: float
    hips: Array
    soles: Array
    toes: Array
    shoulders: Array
    elbows: Array
    hands: Array
    pelvis: Array
    trunk: Array
    leg: float
    arm: float
    standing: float | None = None
    postures: Array | None = None
    joints: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Sampled at `RATE_HZ`, n samples.

    Attributes:
        name: of the clip.
        quat: attitude of the pelvis, (n, 4).
        trunk: roll, pitch, yaw of the trunk against it, (n, 3).
        drop: how much lower than standing the hips are, leg lengths, (n,).
        middle: of the hips over the floor, leg lengths, (n, 2).
        feet: x, y, height over the floor in leg lengths, yaw, (n, 2, 4).
        hands, elbows: from the shoulder in the axes of the trunk, arm lengths, (n, 2, 3).
        postures, joints: of the robot that was captured, (n, nq); none of a person.
    """

    name: str
    quat: Array
    trunk: Array
    drop: Array
    middle: Array
    feet: Array
    hands: Array
    elbows: Array
    postures: Array | None = None
    joints: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.drop)

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return (self.n - 1) / RATE_HZ


def figure_of(body: Landmarks) -> Figure:
    """Smoothed, sampled at `RATE_HZ`, and freed of the lengths of the body."""
    soles = body.soles / body.leg
    ahead = body.toes - body.soles
    yaw = np.unwrap(np.arctan2(ahead[:, :, 1], ahead[:, :, 0]), axis=0)
    yaw[:, 1] += 2.0 * np.pi * np.round((yaw[0, 0] - yaw[0, 1]) / (2.0 * np.pi))
    quat = quaternions(body.pelvis)
    against = np.swapaxes(body.pelvis, 1, 2) @ body.trunk
    in_trunk = np.swapaxes(body.trunk, 1, 2)[:, None] / body.arm
    hands, elbows = ((in_trunk @ (p - body.shoulders)[..., None])[..., 0] for p in (body.hands, body.elbows))
    hips = body.hips.mean(axis=1) / body.leg
    fit = _Sampling(len(soles), body.rate_hz)
    quat, trunk, hips, soles, yaw = (fit.of(x) for x in (quat, _roll_pitch_yaw(against), hips, soles, yaw))
    soles[:, :, 2] -= _own_zero(soles)
    floor = _floor(soles[:, :, 2].min(axis=1))
    tall = hips[:, 2] - floor
    standing = np.quantile(tall, _TALLEST) if body.standing is None else body.standing / body.leg
    return Figure(
        name=body.name,
        quat=quat / np.linalg.norm(quat, axis=1, keepdims=True),
        trunk=trunk,
        drop=standing - tall,
        middle=hips[:, :2],
        feet=np.concatenate((soles[:, :, :2], soles[:, :, 2:] - floor[:, None, None], yaw[:, :, None]), axis=2),
        hands=fit.of(hands),
        elbows=fit.of(elbows),
        postures=None if body.postures is None else fit.of(body.postures),
        joints=body.joints,
    )


class _Sampling:
    """From frames at one rate to samples at `RATE_HZ`."""

    def __init__(self, frames: int, rate_hz: float):
        self._sigma = _SIGMA_S * rate_hz
        self._at = np.arange(0.0, frames - 1 + 1e-9, rate_hz / RATE_HZ)

    def of(self, x: Array) -> Array:
        """Values (frames, ...) at the samples, (n, ...)."""
        soft, low = smooth(x, self._sigma), np.minimum(self._at.astype(int), len(x) - 2)
        share = (self._at - low).reshape(-1, *(1,) * (x.ndim - 1))
        return np.asarray(soft[low] * (1.0 - share) + soft[low + 1] * share)


def quaternions(rotations: Array) -> Array:
    """Of rotations (n, 3, 3), without changes of sign, (n, 4)."""
    out = np.array([quat_from_rotation(R) for R in rotations])
    signs = np.cumprod(np.append(1.0, np.where((out[1:] * out[:-1]).sum(axis=1) < 0.0, -1.0, 1.0)))
    return np.asarray(out * signs[:, None])


def _roll_pitch_yaw(R: Array) -> Array:
    """Of rotations Rz(yaw) Ry(pitch) Rx(roll), (n, 3)."""
    roll, yaw = np.arctan2(R[:, 2, 1], R[:, 2, 2]), np.arctan2(R[:, 1, 0], R[:, 0, 0])
    return np.unwrap(np.column_stack((roll, -np.arcsin(np.clip(R[:, 2, 0], -1.0, 1.0)), yaw)), axis=0)


def _own_zero(soles: Array) -> Array:
    """Height of each sole on the floor against the mean of both, (2,): captures are not even-handed."""
    low = np.quantile(soles[:, :, 2], 0.15, axis=0)
    return np.asarray(low - low.mean())


def _floor(lowest: Array) -> Array:
    """Height of the floor under a clip that floats or sinks: of the lowest foot within a second, (n,)."""
    width = min(int(_FLOOR_S * RATE_HZ), len(lowest) - 1)
    padded = np.pad(lowest, width, mode="edge")
    least = np.lib.stride_tricks.sliding_window_view(padded, 2 * width + 1).min(axis=1)
    return smooth(least, 0.5 * _FLOOR_S * RATE_HZ)
