"""SMPL (AMASS): rotations of joints over time. The shape is that of a mean person: our lengths are relative anyway."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from linewalker.cerebellum.performing.clips.robot_tables import rate_of
from linewalker.cerebellum.performing.clips.skeleton import Skeleton
from linewalker.errors import InputError
from linewalker.geometry import Array, exp_so3

JOINTS = (
    ("pelvis", -1, (0.0, 0.0, 0.0)),
    ("left_hip", 0, (0.07, -0.09, 0.0)),
    ("right_hip", 0, (-0.07, -0.09, 0.0)),
    ("spine1", 0, (0.0, 0.12, -0.02)),
    ("left_knee", 1, (0.03, -0.38, 0.0)),
    ("right_knee", 2, (-0.03, -0.38, 0.0)),
    ("spine2", 3, (0.0, 0.14, 0.0)),
    ("left_ankle", 4, (-0.01, -0.41, -0.03)),
    ("right_ankle", 5, (0.01, -0.41, -0.03)),
    ("spine3", 6, (0.0, 0.05, 0.02)),
    ("left_toe", 7, (0.03, -0.06, 0.13)),
    ("right_toe", 8, (-0.03, -0.06, 0.13)),
    ("neck", 9, (0.0, 0.21, -0.03)),
    ("left_collar", 9, (0.08, 0.12, -0.02)),
    ("right_collar", 9, (-0.08, 0.12, -0.02)),
    ("head", 12, (0.0, 0.08, 0.05)),
    ("left_shoulder", 13, (0.11, 0.04, -0.01)),
    ("right_shoulder", 14, (-0.11, 0.04, -0.01)),
    ("left_elbow", 16, (0.26, -0.01, -0.02)),
    ("right_elbow", 17, (-0.26, -0.01, -0.02)),
    ("left_wrist", 18, (0.25, 0.01, 0.0)),
    ("right_wrist", 19, (-0.25, 0.01, 0.0)),
)
"""Name, parent, and offset of a person of 1.7 m at rest with arms held out: x left, y up, z ahead, metres."""
_RATE_HZ, _FEWEST = 30.0, 30


def is_smpl(arrays: Mapping[str, Array]) -> bool:
    """Whether these are rotations of a person."""
    return "poses" in arrays or "root_orient" in arrays or "pose_body" in arrays


def from_smpl(arrays: Mapping[str, Array], path: Path) -> Skeleton:
    """Places of the joints of an archive of SMPL, SMPL-H or SMPL-X.

    Raises:
        InputError: something is missing or has another shape.
    """
    if "poses" in arrays:
        poses = arrays["poses"]
    elif "root_orient" in arrays and "pose_body" in arrays:
        poses = np.column_stack((arrays["root_orient"], arrays["pose_body"]))
    else:
        raise InputError("expected poses, or root_orient and pose_body", file=path)
    place = next((arrays[name] for name in ("trans", "transl", "smpl_trans") if name in arrays), None)
    n = len(poses)
    if place is None or place.shape != (n, 3) or poses.ndim != 2 or poses.shape[1] < 66 or n < _FEWEST:
        raise InputError(
            f"poses {poses.shape}, trans {None if place is None else place.shape}; expected (n, 66 or more) and "
            f"(n, 3), n at least {_FEWEST}",
            file=path,
        )
    if not (np.isfinite(poses[:, :66]).all() and np.isfinite(place).all()):
        raise InputError("a pose that is not a number", file=path)
    places, turns = np.zeros((n, len(JOINTS), 3)), np.zeros((n, len(JOINTS), 3, 3))
    for k, (_, parent, offset) in enumerate(JOINTS):
        turn = np.array([exp_so3(v) for v in poses[:, 3 * min(k, 21) : 3 * min(k, 21) + 3]])
        if parent < 0:
            places[:, k], turns[:, k] = place, turn
        else:
            places[:, k] = places[:, parent] + turns[:, parent] @ np.array(offset)
            turns[:, k] = turns[:, parent] @ turn
    names = tuple(name for name, _, _ in JOINTS)
    return Skeleton(name=path.stem, names=names, places=places, rate_hz=rate_of(arrays, path) or _RATE_HZ)
