"""Clips of robots in files: tables (CSV) and archives (NPZ)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from linewalker.cerebellum.performing.clips.robot_clip import RobotClip
from linewalker.errors import InputError
from linewalker.geometry import Array

_G1_ALONE_23 = ("waist_roll", "waist_pitch", "wrist_pitch", "wrist_yaw")
"""What a G1 of 23 joints lacks of one of 29."""
_BASE, _JOINTS = ("root_pos", "root_trans", "base_pos"), ("dof_pos", "joint_pos", "dof_positions", "dof", "joints")
_TURNS = ("root_rot", "base_quat", "root_quat")
_RATES = ("fps", "frame_rate", "mocap_framerate", "mocap_frame_rate")
_NAMES = ("joint_names", "dof_names")
_LONGEST_S, _FEWEST = 1800.0, 30


def read_table(path: Path, joints: tuple[str, ...]) -> RobotClip:
    """A CSV file: x, y, z, quaternion, joint angles; without a heading as retargeted for the G1, or with ours.

    Args:
        path: of it.
        joints: of the robot, in the order of its maker.

    Raises:
        InputError: it is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can not be read as a table: {error}", file=path) from None
    heading = [cell.strip() for cell in lines[0].split(",")] if lines and re.search("[a-zA-Z]{2}", lines[0]) else []
    try:
        rows = np.loadtxt(lines[len(heading) > 0 :], delimiter=",", ndmin=2)
    except ValueError as error:
        raise InputError(f"a row that is no row of numbers: {error}", file=path) from None
    _check_numbers(rows, path)
    if heading:
        return _headed(heading, rows, path, joints)
    layouts = {7 + len(joints): joints, 7 + len(fewer(joints)): fewer(joints)}
    if rows.shape[1] not in layouts:
        wanted = " or ".join(str(n) for n in sorted(layouts))
        raise InputError(f"{rows.shape[1]} columns; expected {wanted}: x, y, z, quaternion, joints", file=path)
    rate = re.search(r"(\d+) ?(?:hz|fps)", path.stem.lower())
    return RobotClip(
        name=path.stem,
        rate_hz=float(rate[1]) if rate else None,
        base=rows[:, :7],
        joints=rows[:, 7:],
        layouts=(layouts[rows.shape[1]],),
    )


def fewer(joints: Sequence[str]) -> tuple[str, ...]:
    """Joints of the smaller of two models of the G1."""
    return tuple(name for name in joints if not any(word in name for word in _G1_ALONE_23))


def _check_numbers(rows: Array, path: Path) -> None:
    if len(rows) < _FEWEST:
        raise InputError(f"{len(rows)} frames; expected at least {_FEWEST}", file=path)
    if not np.isfinite(rows).all():
        raise InputError(f"row {int(np.argmin(np.isfinite(rows).all(axis=-1))) + 1}: not a number", file=path)


def _headed(heading: list[str], rows: Array, path: Path, joints: tuple[str, ...]) -> RobotClip:
    """A table as `linewalker dance --out` leaves it: columns have names and units."""
    wanted = ["time_s", "x_m", "y_m", "z_m", "qw", "qx", "qy", "qz"]
    named = {name.removesuffix("_rad"): k for k, name in enumerate(heading) if name.endswith("_rad")}
    missing = [name for name in wanted if name not in heading] + [name for name in joints if name not in named]
    if missing or rows.shape[1] != len(heading):
        told = ", ".join(missing[:4]) or f"{len(heading)} values in each row"
        raise InputError(f"a heading without {told}", file=path)
    time = rows[:, heading.index("time_s")]
    gap_s = float(np.median(np.diff(time)))
    if gap_s <= 0.0:
        raise InputError("time_s: expected times that grow", file=path)
    base = rows[:, [heading.index(name) for name in wanted[1:]]]
    angles = rows[:, [named[name] for name in joints]]
    return RobotClip(
        name=path.stem, rate_hz=1.0 / gap_s, base=base, joints=angles, layouts=(joints,), order="wxyz"
    )  # fmt: skip


def read_archive(path: Path) -> dict[str, Array]:
    """Arrays of an NPZ file; nothing of it is executed.

    Raises:
        InputError: it is no archive, or holds pickled objects.
    """
    if not zipfile.is_zipfile(path):
        raise InputError("no archive of arrays (NPZ)", file=path)
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except ValueError as error:
        if "pickle" not in str(error).lower():
            raise InputError(f"no archive of arrays: {error}", file=path) from None
        raise InputError("holds pickled objects, which could do anything: save plain arrays", file=path) from None
    except (OSError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(f"no archive of arrays: {error}", file=path) from None


def from_archive(arrays: Mapping[str, Array], path: Path, joints: tuple[str, ...]) -> RobotClip:
    """A robot's clip in an archive, as retargeting (GMR) or training (BeyondMimic, AMASS for the G1) writes it.

    Raises:
        InputError: something is missing or has another shape.
    """
    angles = _first(arrays, _JOINTS)
    place, turn = _first(arrays, _BASE), _first(arrays, _TURNS)
    if place is None and "body_pos_w" in arrays and "body_quat_w" in arrays:
        place, turn = arrays["body_pos_w"][:, 0], arrays["body_quat_w"][:, 0]
    if place is None and "body_positions" in arrays and "body_rotations" in arrays:
        place, turn = arrays["body_positions"][:, 0], arrays["body_rotations"][:, 0]
    if angles is None or place is None or turn is None:
        raise InputError(
            f"arrays {', '.join(sorted(arrays))}; expected root_pos, root_rot, dof_pos, or joint_pos, body_pos_w, "
            "body_quat_w, or poses and trans of SMPL",
            file=path,
        )
    n = len(angles)
    if place.shape != (n, 3) or turn.shape != (n, 4) or angles.ndim != 2:
        raise InputError(f"shapes {place.shape}, {turn.shape}, {angles.shape} of place, turn, joints", file=path)
    rows = np.column_stack((place, turn, angles)).astype(float)
    _check_numbers(rows, path)
    names = _first(arrays, _NAMES)
    if names is not None:
        layouts: tuple[tuple[str, ...], ...] = (tuple(str(name) for name in names),)
        if strangers := sorted(set(layouts[0]) - set(joints)):
            raise InputError(f"joint {strangers[0]} is none of the robot's", file=path)
    else:
        layouts = tuple(
            order for order in (joints, fewer(joints), side_by_side(joints)) if len(order) == len(rows[0]) - 7
        )
    if not layouts or len(layouts[0]) != angles.shape[1]:
        raise InputError(f"{angles.shape[1]} joints; expected {len(joints)}", file=path)
    return RobotClip(
        name=path.stem, rate_hz=rate_of(arrays, path), base=rows[:, :7], joints=rows[:, 7:], layouts=layouts
    )  # fmt: skip


def _first(arrays: Mapping[str, Array], names: Sequence[str]) -> Array | None:
    return next((arrays[name] for name in names if name in arrays), None)


def rate_of(arrays: Mapping[str, Array], path: Path) -> float | None:
    """Frames a second, if written.

    Raises:
        InputError: it is no rate.
    """
    written = _first(arrays, _RATES)
    if written is None:
        return None
    rate = float(np.ravel(written)[0]) if np.size(written) else np.nan
    if not 5.0 <= rate <= 1000.0:
        raise InputError(f"{rate:g} frames a second; expected 5 to 1000", file=path)
    return rate


def side_by_side(joints: Sequence[str]) -> tuple[str, ...]:
    """The order in which simulators for training count joints: level by level from the pelvis, left before right."""
    chains = [
        [n for n in joints if n.startswith("left_") and _of_leg(n)],
        [n for n in joints if n.startswith("right_") and _of_leg(n)],
    ]
    chains.append([n for n in joints if n.startswith("waist")])
    arms = [[n for n in joints if n.startswith(side) and not _of_leg(n)] for side in ("left_", "right_")]
    waist = len(chains[2])
    levels = max((len(chains[0]), waist + len(arms[0])))
    out: list[str] = []
    for k in range(levels):
        out += [chain[k] for chain in chains if k < len(chain)]
        out += [arm[k - waist] for arm in arms if 0 <= k - waist < len(arm)]
    return tuple(out)


def _of_leg(name: str) -> bool:
    return any(word in name for word in ("hip", "knee", "ankle"))
