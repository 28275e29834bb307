"""Clips of a robot: poses of its pelvis and angles of its joints, and what is not written beside them, found out.

Files say neither the order of a quaternion nor, often, that of the joints or how fast the frames follow. A wrong
reading tilts the soles that stand, lets them slip and bends joints beyond their limits; that which does least is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.arm_poses import ArmPoses
from linewalker.cerebellum.performing.clips.figure import Landmarks, quaternions
from linewalker.errors import InputError
from linewalker.geometry import Array

ORDERS: dict[str, tuple[int, ...]] = {"wxyz": (0, 1, 2, 3), "xyzw": (3, 0, 1, 2)}
RATES_HZ = (30.0, 60.0)
_USUAL_SWING_S = 0.45
_LOOKED_AT = 400
_WORST = 0.5
"""Tilt and slip of the lower sole and excess of joints, added, of a reading that makes no sense."""


@dataclass(frozen=True, kw_only=True)
class RobotClip:
    """Frames of a robot.

    Attributes:
        name: of the clip.
        rate_hz: frames a second; None: not written.
        base: place and quaternion (``order``) of the pelvis, (n, 7).
        joints: angles, (n, m).
        layouts: orders in which the joints may stand.
        order: of the quaternion, "wxyz" or "xyzw"; None: not written.
    """

    name: str
    rate_hz: float | None
    base: Array
    joints: Array
    layouts: tuple[tuple[str, ...], ...]
    order: str | None = None


def landmarks_of(clip: RobotClip, body: Dynamics, standing_m: float, file: Path) -> Landmarks:
    """Where the robot was, frame by frame; the state of the body is overwritten.

    Raises:
        InputError: in no reading does it stand.
    """
    best, least = None, np.inf
    for order, names in product([clip.order] if clip.order else ORDERS, clip.layouts):
        q = _postures(clip, body, ORDERS[order], names)
        cost = _nonsense(q[:: max(1, len(q) // _LOOKED_AT)], body)
        if cost < least:
            best, least = q, cost
    if best is None or least > _WORST:
        raise InputError(
            "no robot that stands: expected x, y, z in metres, a quaternion, and joint angles in radians", file=file
        )
    return _seen(clip, best, body, standing_m)


def _postures(clip: RobotClip, body: Dynamics, order: tuple[int, ...], names: Sequence[str]) -> Array:
    """Postures of the control model, (n, nq)."""
    q = np.zeros((len(clip.base), body.model.nq))
    q[:, :3] = clip.base[:, :3]
    q[:, 3:7] = clip.base[:, 3:][:, order]
    q[:, 3:7] /= np.maximum(np.linalg.norm(q[:, 3:7], axis=1, keepdims=True), 1e-9)
    for column, name in enumerate(names):
        q[:, body.model.joint(name).qposadr[0]] = clip.joints[:, column]
    return q


def _nonsense(q: Array, body: Dynamics) -> float:
    """Tilt of the lower sole, rad; its slip from frame to frame, m; joints beyond their limits, rad: means, added."""
    still, limits = np.zeros(body.nv), body.model.jnt_range[1:]
    tilt, places = np.zeros(len(q)), np.zeros((len(q), 2, 3))
    for i, posture in enumerate(q):
        body.update(posture, still)
        places[i] = body.foot_p
        tilt[i] = np.arccos(np.clip(body.foot_R[int(np.argmin(body.foot_p[:, 2])), 2, 2], -1.0, 1.0))
    lower = places[:, :, 2].argmin(axis=1)
    moved = np.linalg.norm(np.diff(places, axis=0), axis=2)
    slip = moved[np.arange(len(moved)), lower[:-1]] if len(moved) else np.zeros(1)
    beyond = np.maximum(limits[:, 0] - q[:, 7:], 0.0) + np.maximum(q[:, 7:] - limits[:, 1], 0.0)
    return float(tilt.mean() + np.median(slip) + beyond.sum(axis=1).mean())


def _seen(clip: RobotClip, q: Array, body: Dynamics, standing_m: float) -> Landmarks:
    profile, model, data = body.profile, body.model, body.data
    arms, n = ArmPoses(body), len(q)
    hips, shoulders, elbows = (
        [model.joint(limb.joints[k]).id for limb in limbs]
        for limbs, k in ((profile.legs, 1), (profile.arms, 1), (profile.arms, 3))
    )
    hands = [model.site(name).id for name in ("left_hand", "right_hand")]
    base, torso = model.body(profile.base).id, model.body(profile.torso).id
    places, turns = np.zeros((6, n, 2, 3)), np.zeros((2, n, 3, 3))
    still = np.zeros(body.nv)
    for i, posture in enumerate(q):
        body.update(posture, still)
        soles, ahead = body.foot_p, body.foot_R[:, :, 0]
        anchors = (data.xanchor[hips], soles, soles + 0.1 * ahead, data.xanchor[shoulders], data.xanchor[elbows])
        for k, place in enumerate((*anchors, data.site_xpos[hands])):
            places[k, i] = place
        turns[0, i], turns[1, i] = data.xmat[base].reshape(3, 3), data.xmat[torso].reshape(3, 3)
    hips_over_base = float(np.median(places[0].mean(axis=1)[:, 2] - q[:, 2]))
    seen = Landmarks(
        name=clip.name,
        rate_hz=clip.rate_hz or 1.0,
        hips=places[0],
        soles=places[1],
        toes=places[2],
        shoulders=places[3],
        elbows=places[4],
        hands=places[5],
        pelvis=turns[0],
        trunk=turns[1],
        leg=arms.leg_m,
        arm=arms.arm_m,
        standing=standing_m + hips_over_base,
        postures=np.column_stack((q[:, :3], quaternions(turns[0]), q[:, 7:])),
        joints=tuple(model.joint(j).name for j in range(1, model.njnt)),
    )
    return seen if clip.rate_hz else replace(seen, rate_hz=usual_rate_hz(seen))


def usual_rate_hz(seen: Landmarks) -> float:
    """Frames a second of a file that does not say: the usual rate at which its feet are in the air as long as usual."""
    height = seen.soles[:, :, 2] - seen.soles[:, :, 2].min(axis=1, keepdims=True)
    spells = []
    for k in range(2):
        up = np.flatnonzero(np.diff(np.concatenate(([0], (height[:, k] > 0.04 * seen.leg).astype(int), [0]))))
        spells += np.diff(up)[::2].tolist()
    if not spells:
        return RATES_HZ[0]
    frames = float(np.median(spells))
    return min(RATES_HZ, key=lambda hz: abs(np.log(frames / hz / _USUAL_SWING_S)))
