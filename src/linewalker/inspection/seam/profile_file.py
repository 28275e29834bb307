"""Laser profiles out of files of anyone: CSV of x and z, CSV that Gocator exports, PLY and PCD.

What makes one profile of several is a column ``profile`` or ``frame``, or else the place along the seam, ``y``. Points
keep the order in which they stand, that of the scan; where the profile has a hole, beams without return are put in.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.seam.point_cloud_file import CLOUD_SUFFIXES, read_cloud
from linewalker.plantfile import read_text

_GROUPS = ("profile", "frame", "y")
_COLUMNS = ("x", "z", *_GROUPS)
_GOCATOR = ("Profile", "RawProfile")
_HOLE = 2.5  # pitches between points; more is a hole
_MOST_BEAMS = 20_000
_NO_RETURN = ("", "nan", "-")


def read_profiles(path: Path) -> list[Array]:
    """Profiles of a file, each (k, 2): x and z as they stand there; z is NaN where nothing came back.

    Raises:
        InputError: names file, line, column and what is allowed.
    """
    if path.suffix.lower() in CLOUD_SUFFIXES:
        cloud = read_cloud(path)
        groups = _grouped(cloud[:, 1], cloud[:, [0, 2]])
    else:
        groups = _of_text(path)
    profiles = [_with_holes(group) for group in groups if np.isfinite(group[:, 1]).any()]
    if not profiles:
        raise InputError("there is no point in it", file=path)
    if any(len(profile) > _MOST_BEAMS for profile in profiles):
        raise InputError(f"a profile has more than {_MOST_BEAMS} beams; cut it to the seam", file=path)
    return profiles


def _of_text(path: Path) -> list[Array]:
    text = read_text(path)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((mark for mark in (";", "\t", ",") if mark in head), "," if "," in text else None)
    if separator is None:
        rows = [(at, line.split()) for at, line in enumerate(text.splitlines(), 1)]
    else:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    if not rows:
        raise InputError("the file is empty; expected columns x and z in mm", file=path)
    if any(cells[0] in _GOCATOR for _, cells in rows):
        return _of_gocator(path, rows)
    return _of_table(path, rows)


def _of_table(path: Path, rows: Sequence[tuple[int, list[str]]]) -> list[Array]:
    """Columns x, z, and what tells profiles apart; without a heading x, z or x, y, z."""
    line, first = rows[0]
    words = [re.split(r"[^a-z]", cell.strip("\"'# ").casefold(), maxsplit=1)[0] for cell in first]
    if not any(word in _COLUMNS for word in words):
        words = {2: ["x", "z"], 3: ["x", "y", "z"]}.get(len(first), [])
    else:
        rows = rows[1:]
    if "x" not in words or "z" not in words:
        raise InputError(f"expected columns x and z, in mm; found {', '.join(first[:8])}", file=path, line=line)
    if not rows:
        raise InputError("there is no row below the header", file=path)
    group = next((name for name in _GROUPS if name in words), None)
    wanted = [words.index(name) for name in ("x", "z", group) if name]
    table = np.array([[_number(path, at, cells, place, words[place]) for place in wanted] for at, cells in rows])
    if not np.isfinite(table[:, 0]).any():
        raise InputError("there is no number in its column x", file=path)
    points = table[np.isfinite(table[:, 0])]
    return _grouped(points[:, 2] if group else np.zeros(len(points)), points[:, :2])


def _number(path: Path, line: int, cells: Sequence[str], place: int, name: str) -> float:
    text = cells[place] if place < len(cells) else ""
    if text.casefold() in _NO_RETURN:
        return math.nan
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InputError(f"'{text}' is not a number", file=path, line=line, key=name) from None


def _of_gocator(path: Path, rows: Sequence[tuple[int, list[str]]]) -> list[Array]:
    """The section ``Profile`` (x in the header) or ``RawProfile`` (rows of x and rows of z) of an export, mm."""
    start = next(at for at, (_, cells) in enumerate(rows) if cells[0] in _GOCATOR)
    raw = rows[start][1][0] == "RawProfile"
    header = next((at for at in range(start, len(rows)) if "Axis" in rows[at][1]), None)
    if header is None:
        raise InputError("its section of profiles has no column Axis", file=path, line=rows[start][0])
    line, names = rows[header]
    axis = names.index("Axis")
    here = [_number(path, line, names, place, "Profile") for place in range(axis + 1, len(names))]
    x_mm, found = np.array(here), list[Array]()
    for line, cells in rows[header + 1 :]:
        if len(cells) <= axis or cells[axis] not in ("X", "Z", "I"):
            break
        if cells[axis] == "I":
            continue
        values = np.array([_number(path, line, cells, at, cells[axis]) for at in range(axis + 1, len(names))])
        if cells[axis] == "X":
            x_mm = values
        else:
            seen = np.isfinite(x_mm) if raw else slice(None)
            found.append(np.column_stack((x_mm, values))[seen])
    return found


def _grouped(key: Array, points: Array) -> list[Array]:
    """Points by what they have in common, in the order of the file, along x."""
    return [_along_x(points[key == one]) for one in dict.fromkeys(key.tolist()) if math.isfinite(one)]


def _along_x(points: Array) -> Array:
    """From low to high x; a cloud without order is sorted, a scan stays as it was taken."""
    steps = np.diff(points[:, 0])
    if len(steps) and (steps < 0).mean() > 0.5:
        points, steps = points[::-1], -steps[::-1]
    disordered = len(steps) > 0 and (steps < 0).mean() > 0.1
    return points[np.argsort(points[:, 0], kind="stable")] if disordered else points


def _with_holes(points: Array) -> Array:
    """With beams that have no return where the points are farther apart than they are elsewhere."""
    steps = np.diff(points[:, 0])
    forward = steps[steps > 0]
    if not len(forward):
        return points
    pitch = float(np.median(forward))
    lost = np.where(steps > _HOLE * pitch, np.rint(steps / pitch) - 1, 0)
    if lost.sum() > _MOST_BEAMS:
        return points
    return np.concatenate(list(_filled(points, lost.astype(int))))


def _filled(points: Array, lost: Iterable[int]) -> Iterable[Array]:
    for here, after, count in zip(points[:-1], points[1:], lost):
        yield here[None]
        if count:
            between = np.linspace(here[0], after[0], count + 2)[1:-1]
            yield np.column_stack((between, np.full(count, np.nan)))
    yield points[-1:]
