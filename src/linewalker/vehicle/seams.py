"""Finds where two panels face each other, and describes the seam there every 10 mm."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from linewalker.geometry import Pose
from linewalker.vehicle.components import Array, Rim, SeamCurve
from linewalker.vehicle.exact_gap import EdgePoint, LocalRim

Project = Callable[[Array], Array]
"""Moves points (n, 3) to the skin of the vehicle, along its normal."""

_FACING_MM = 1.5
"""Edges whose distance is farther than this from the nominal gap do not face each other."""
_STEP_MM = 10.0
_FEWEST = 3
"""A seam has at least this many points."""
_CLEARANCE_MM = 30.0
_FIT_MM = 12.0
"""Width of the strip beside the edge whose curvature is given."""
_BOW_LIMIT_MM = 0.012
"""A seam point is clear when the skin stays this close to a parabola over the strip that a laser evaluation fits..."""
_CURVATURE_LIMIT_PER_M = 10.0
"""... and is flatter than this: a flare is not ..."""
_BEND_LIMIT_PER_M = 8.0
"""... and when the seam itself bends less than this: a corner does not."""


@dataclass(frozen=True, kw_only=True)
class SeamName:
    """A pair of panels to be looked for, in the direction master to slave."""

    master: str
    slave: str
    gap_m: float
    title_zh: str
    title_en: str


def find_seam(name: SeamName, rims: Mapping[str, Sequence[Rim]], project: Project) -> SeamCurve | None:
    """The longest stretch along which two panels face each other, or None when they do not.

    Args:
        name: the panels.
        rims: edges of all panels.
        project: the skin, for its curvature beside the seam.
    """
    masters, slaves = rims[name.master], rims[name.slave]
    feet = _facing_feet(masters, slaves, name.gap_m + _FACING_MM * 1e-3)
    if feet is None:
        return None
    edges = [_section(masters, slaves, foot) for foot in feet]
    facing = np.array(
        [abs((b.outermost - a.outermost) @ -a.binormal - name.gap_m) < _FACING_MM * 1e-3 for a, b in edges]
    )
    longest = max(_runs(facing, closed=False), key=len, default=np.empty(0, int))
    if len(longest) < _FEWEST:
        return None
    edges = [edges[i] for i in longest]
    across = np.array([-a.binormal for a, _ in edges])
    normal = np.array([a.normal for a, _ in edges])
    gap = np.array([(b.outermost - a.outermost) @ -a.binormal for a, b in edges])
    flush = np.array([(b.foot - a.foot) @ a.normal for a, b in edges])
    along = np.cross(normal, across)
    foot_a, foot_b = (np.array([pair[i].foot for pair in edges]) for i in (0, 1))
    into_b = _in_section(np.array([b.normal for _, b in edges]), along, across)
    curvature_a, bow_a = _skin(project, foot_a, normal, -across)
    curvature_b, bow_b = _skin(project, foot_b, np.array([b.normal for _, b in edges]), into_b)
    radius_a, radius_b = masters[0].radius_m, slaves[0].radius_m
    flat = np.maximum(np.abs(curvature_a), np.abs(curvature_b)) < _CURVATURE_LIMIT_PER_M
    calm = flat & (np.maximum(bow_a, bow_b) < _BOW_LIMIT_MM * 1e-3) & (_bend(foot_a) < _BEND_LIMIT_PER_M)
    return SeamCurve(
        name=f"{name.master}/{name.slave}",
        title_zh=name.title_zh,
        title_en=name.title_en,
        master=name.master,
        slave=name.slave,
        radius_master_mm=radius_a * 1e3,
        radius_slave_mm=radius_b * 1e3,
        point_m=foot_a + across * (radius_a + gap / 2)[:, None],
        normal=normal,
        across=across,
        along=along,
        gap_mm=gap * 1e3,
        flush_mm=flush * 1e3,
        curvature_master_per_m=curvature_a,
        curvature_slave_per_m=curvature_b,
        clear=_far_from(~calm),
    )


def _facing_feet(masters: Sequence[Rim], slaves: Sequence[Rim], reach_m: float) -> Array | None:
    """Foot points of the master every 10 mm along the longest stretch beside the slave."""
    opposite = cKDTree(np.vstack([_closed(_outermost(rim), 1e-3) for rim in slaves]))
    best: Array | None = None
    best_length = _FEWEST * _STEP_MM * 1e-3
    for rim in masters:
        feet = _closed(rim.foot_m, 1e-3)
        distance, _ = opposite.query(_closed(_outermost(rim), 1e-3, like=rim.foot_m))
        for run in _runs(distance < reach_m, closed=True):
            arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(feet[run], axis=0), axis=1))))
            if arc[-1] > best_length:
                best_length = float(arc[-1])
                stations = np.arange(0.5 * _STEP_MM * 1e-3, arc[-1] - 0.4 * _STEP_MM * 1e-3, _STEP_MM * 1e-3)
                best = np.column_stack([np.interp(stations, arc, feet[run, i]) for i in range(3)])
    return best


def _outermost(rim: Rim) -> Array:
    return rim.foot_m - rim.radius_m * (rim.normal + rim.binormal)


def _closed(points: Array, step_m: float, like: Array | None = None) -> Array:
    """A closed curve resampled; the spacing is that of another curve with the same samples if one is given."""
    loop = np.vstack((points, points[:1]))
    measure = loop if like is None else np.vstack((like, like[:1]))
    arc = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(measure, axis=0), axis=1))))
    stations = np.linspace(0, arc[-1], max(8, int(arc[-1] / step_m)), endpoint=False)
    return np.column_stack([np.interp(stations, arc, loop[:, i]) for i in range(3)])


def _runs(flags: NDArray[np.bool_], closed: bool) -> list[NDArray[np.intp]]:
    """Index runs of true flags along a curve; around it when it is closed."""
    count = len(flags)
    if flags.all():
        return [np.arange(count)]
    start = int(np.argmin(flags)) if closed else 0
    order = (start + np.arange(count)) % count
    inside = flags[order].astype(int)
    steps = np.diff(np.concatenate(([0], inside, [0])))
    return [order[a:b] for a, b in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1))]


def _section(masters: Sequence[Rim], slaves: Sequence[Rim], foot: Array) -> tuple[EdgePoint, EdgePoint]:
    """Both edges of the undisplaced vehicle in the master's section plane."""
    master, slave = LocalRim(masters, foot), LocalRim(slaves, foot)
    a = master.at(master.foot_of(foot), Pose())
    return a, slave.cut(a.foot, a.tangent, Pose())


def _in_section(normal: Array, along: Array, across: Array) -> Array:
    """Directions in the section planes and perpendicular to other normals, on the side of ``across``."""
    d = np.cross(along, normal)
    d *= np.sign((d * across).sum(1))[:, None]
    return d / np.linalg.norm(d, axis=1, keepdims=True)


def _skin(project: Project, foot: Array, normal: Array, inward: Array) -> tuple[Array, Array]:
    """Curvature (1/m, positive: convex) of the skin beside foot points, and its distance (m) from that parabola."""
    s = np.linspace(0, _FIT_MM * 1e-3, 9)
    points = foot[:, None] + s[:, None] * inward[:, None]
    skin = project(points.reshape(-1, 3)).reshape(points.shape)
    offset = skin - foot[:, None]
    height, width = (offset * normal[:, None]).sum(2), (offset * inward[:, None]).sum(2)
    design = np.stack((width, 0.5 * width**2), -1)
    solution = np.linalg.pinv(design) @ height[:, :, None]
    bow = np.abs((design @ solution)[:, :, 0] - height).max(1)
    return -solution[:, 1, 0], bow


def _bend(foot: Array) -> Array:
    """Curvature of the foot curve itself, 1/m."""
    if len(foot) < 3:
        return np.zeros(len(foot))
    chords = np.diff(foot, axis=0)
    lengths = np.linalg.norm(chords, axis=1)
    turns = np.linalg.norm(np.diff(chords / lengths[:, None], axis=0), axis=1) / (0.5 * (lengths[1:] + lengths[:-1]))
    return np.concatenate((turns[:1], turns, turns[-1:]))


def _far_from(trouble: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True where every point within the clearance is calm and the ends of the seam are farther than that."""
    reach = int(np.ceil(_CLEARANCE_MM / _STEP_MM))
    padded = np.concatenate((np.ones(reach, bool), trouble, np.ones(reach, bool)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.logical_not(windows.any(1))
