"""BVH: a hierarchy of joints with offsets, and rows of their channels (Biovision 1995)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from linewalker.cerebellum.performing.clips.skeleton import Skeleton
from linewalker.errors import InputError
from linewalker.geometry import Array

_CHANNELS = {f"{axis}{what}": (what, k) for k, axis in enumerate("xyz") for what in ("position", "rotation")}
_FEWEST = 30


@dataclass
class _Joint:
    name: str
    parent: int
    offset: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    channels: list[tuple[str, int]] = field(default_factory=list)


def read_bvh(path: Path) -> Skeleton:
    """Places of the joints of a BVH file, in its own units and axes.

    Raises:
        InputError: it is none.
    """
    try:
        lines = path.read_text(encoding="utf-8", errors="strict").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can not be read as BVH: {error}", file=path) from None
    joints, line = _hierarchy(lines, path)
    frames, frame_s, line = _heading(lines, line, path)
    channels = sum(len(joint.channels) for joint in joints)
    try:
        rows = np.array([row.split() for row in lines[line:] if row.strip()], dtype=float)
    except ValueError as error:
        raise InputError(f"line {line + 1} and on: rows of unequal length or no numbers: {error}", file=path) from None
    if rows.ndim != 2 or rows.shape[1] != channels or len(rows) < min(frames, _FEWEST) or len(rows) < _FEWEST:
        raise InputError(
            f"{frames} frames of {channels} channels expected (at least {_FEWEST}), found {rows.shape}", file=path
        )
    if not np.isfinite(rows).all():
        raise InputError("a channel that is not a number", file=path)
    names = tuple(joint.name for joint in joints)
    return Skeleton(name=path.stem, names=names, places=_places(joints, rows), rate_hz=1.0 / frame_s)


def _hierarchy(lines: list[str], path: Path) -> tuple[list[_Joint], int]:
    joints: list[_Joint] = []
    open_: list[int] = []
    for number, line in enumerate(lines):
        words = line.split()
        key = words[0].upper() if words else ""
        if key == "MOTION":
            break
        try:
            if key in ("ROOT", "JOINT", "END"):
                parent = open_[-1] if open_ else -1
                name = " ".join(words[1:]) if key != "END" else f"{joints[parent].name}End"
                joints.append(_Joint(name=name, parent=parent))
            elif key == "{":
                open_.append(len(joints) - 1)
            elif key == "}":
                open_.pop()
            elif key == "OFFSET":
                x, y, z = words[1:]
                joints[-1].offset = [float(x), float(y), float(z)]
            elif key == "CHANNELS":
                joints[-1].channels = [_CHANNELS[word.lower()] for word in words[2 : 2 + int(words[1])]]
        except (IndexError, ValueError, KeyError):
            raise InputError(f"line {number + 1}: '{line.strip()}' is no line of a BVH hierarchy", file=path) from None
    if not joints or open_ or key != "MOTION":
        raise InputError("no BVH: expected HIERARCHY, joints in braces, then MOTION", file=path)
    return joints, number + 1


def _heading(lines: list[str], line: int, path: Path) -> tuple[int, float, int]:
    """Number of frames, seconds from one to the next, and the line of the first."""
    try:
        frames = int(lines[line].split(":")[1])
        frame_s = float(lines[line + 1].split(":")[1])
    except (IndexError, ValueError):
        raise InputError(f"line {line + 1}: expected 'Frames: N' and 'Frame Time: S'", file=path) from None
    if not 1e-3 <= frame_s <= 0.2:
        raise InputError(f"line {line + 2}: {frame_s:g} s a frame; expected 0.001 to 0.2", file=path)
    return frames, frame_s, line + 2


def _places(joints: list[_Joint], rows: Array) -> Array:
    """Forward kinematics: (n, joints, 3)."""
    n, column = len(rows), 0
    places, turns = np.zeros((n, len(joints), 3)), np.zeros((n, len(joints), 3, 3))
    for k, joint in enumerate(joints):
        offset, R = np.tile(joint.offset, (n, 1)), np.tile(np.eye(3), (n, 1, 1))
        for what, axis in joint.channels:
            if what == "position":
                offset[:, axis] = rows[:, column]
            else:
                R = R @ _about(axis, np.radians(rows[:, column]))
            column += 1
        if joint.parent < 0:
            places[:, k], turns[:, k] = offset, R
        else:
            above = turns[:, joint.parent]
            places[:, k] = places[:, joint.parent] + (above @ offset[:, :, None])[:, :, 0]
            turns[:, k] = above @ R
    return places


def _about(axis: int, angle: Array) -> Array:
    """Rotations about an axis, (n, 3, 3)."""
    a, b = (axis + 1) % 3, (axis + 2) % 3
    R = np.tile(np.eye(3), (len(angle), 1, 1))
    R[:, a, a] = R[:, b, b] = np.cos(angle)
    R[:, b, a] = np.sin(angle)
    R[:, a, b] = -np.sin(angle)
    return R
