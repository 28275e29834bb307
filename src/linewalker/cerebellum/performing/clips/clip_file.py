"""Reads a clip of motion capture, whatever it is: CSV, NPZ, BVH."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.clips.bvh import read_bvh
from linewalker.cerebellum.performing.clips.figure import Figure, Landmarks, figure_of
from linewalker.cerebellum.performing.clips.robot_clip import landmarks_of
from linewalker.cerebellum.performing.clips.robot_tables import from_archive, read_archive, read_table
from linewalker.cerebellum.performing.clips.skeleton import person_of
from linewalker.cerebellum.performing.clips.smpl import from_smpl, is_smpl
from linewalker.errors import InputError

SHORTEST_S, LONGEST_S = 2.0, 600.0


def read_clip(path: Path, captured: Dynamics, standing_m: float, rate_hz: float | None = None) -> Figure:
    """The dancer of a clip.

    Args:
        path: of the file.
        captured: the robot whose joints a CSV or NPZ file holds; its state is overwritten.
        standing_m: height of its pelvis when it stands.
        rate_hz: frames a second; None: as written, or as its feet go.

    Raises:
        InputError: it can not be read, or is nothing that dances.
    """
    body = _read(path, captured, standing_m)
    body = body if rate_hz is None else replace(body, rate_hz=rate_hz)
    seconds = len(body.pelvis) / body.rate_hz
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise InputError(f"a clip of {seconds:.1f} s; expected {SHORTEST_S:g} to {LONGEST_S:g}", file=path)
    return figure_of(body)


def _read(path: Path, captured: Dynamics, standing_m: float) -> Landmarks:
    kind, joints = path.suffix.lower(), captured.profile.joints
    if kind == ".bvh":
        return person_of(read_bvh(path), path)
    if kind == ".csv":
        return landmarks_of(read_table(path, joints), captured, standing_m, path)
    if kind == ".npz":
        arrays = read_archive(path)
        if is_smpl(arrays):
            return person_of(from_smpl(arrays, path), path)
        return landmarks_of(from_archive(arrays, path, joints), captured, standing_m, path)
    if kind in (".pkl", ".pickle", ".pt"):
        raise InputError("pickled files could do anything and are not read: save .npz or .csv", file=path)
    raise InputError(f"expected .csv, .npz or .bvh, found '{path.suffix}'", file=path)
