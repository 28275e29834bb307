"""A seam of the nominal car: a curve in the middle of the gap, with the frame and the numbers of every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.title import Title

AXES = ("x", "y", "z")
_NEAR_MM = 15.0  # how far beside the seam a point given by two or three coordinates may lie


def vector(values: ArrayLike, shape: tuple[int, ...]) -> Array:
    """Finite numbers of a given shape (-1: any length), read-only."""
    array = np.asarray(values, dtype=float)
    wanted = tuple(have if want == -1 else want for have, want in zip(array.shape, shape))
    if array.ndim != len(shape) or array.shape != wanted or not np.isfinite(array).all():
        raise ValueError(f"expected finite numbers of shape {shape}, found shape {array.shape}")
    array = array.copy()
    array.flags.writeable = False
    return array


@dataclass(frozen=True, kw_only=True)
class SeamPoint:
    """One point of a seam; mm and unit vectors in V.

    Attributes:
        arc_mm: distance along the seam from its first point.
        centre_V_mm: middle of the nominal gap at the height of the master's skin, (3,); where a scanner is aimed at.
        normal: out of the master's skin; across: from master to slave; along: normal x across.
        gap_mm, flush_mm: nominal values.
        radius_master_mm, radius_slave_mm: of the edges.
        curvature_master_per_m, curvature_slave_per_m: of each skin in the section plane, positive where it falls away.
        clear: 30 mm away from flares, creases, corners and the seam's ends.
    """

    arc_mm: float
    centre_V_mm: Array
    normal: Array
    across: Array
    along: Array
    gap_mm: float
    flush_mm: float
    radius_master_mm: float
    radius_slave_mm: float
    curvature_master_per_m: float
    curvature_slave_per_m: float
    clear: bool

    @property
    def middle_V_mm(self) -> Array:
        """Middle between the nominal gap points of both edges: what a profile finds, (3,)."""
        depth = 0.5 * (self.radius_master_mm + self.radius_slave_mm - self.flush_mm)
        return self.centre_V_mm - depth * self.normal


@dataclass(frozen=True, kw_only=True)
class Seam:
    """A seam between two panels.

    Attributes:
        name, title: what a plan calls it, what people call it.
        master, slave: panels; gap and flush are those of the slave seen from the master.
        radius_master_mm, radius_slave_mm: edge radii.
        arc_mm: (n,) distance of each point along the seam.
        centre_V_mm, normal, across: (n, 3) as in `SeamPoint`.
        scalars: (n, 4) nominal gap, nominal flush, curvature of master and slave.
        clear: (n,) as in `SeamPoint`.
    """

    name: str
    title: Title
    master: str
    slave: str
    radius_master_mm: float
    radius_slave_mm: float
    arc_mm: Array
    centre_V_mm: Array
    normal: Array
    across: Array
    scalars: Array
    clear: NDArray[np.bool_]

    @classmethod
    def from_columns(cls, *, columns: Mapping[str, Sequence[Any]], **names: Any) -> Seam:
        """Build from the points of the CAD export, transposed: one sequence per key.

        Raises:
            KeyError: a column is missing. ValueError: a column has the wrong shape.
        """
        p = vector(columns["p"], (-1, 3))
        scalar_keys = ("gap_mm", "flush_mm", "curvature_master_per_m", "curvature_slave_per_m")
        return cls(
            arc_mm=np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))],
            centre_V_mm=p,
            normal=vector(columns["normal"], (-1, 3)),
            across=vector(columns["across"], (-1, 3)),
            scalars=vector([columns[key] for key in scalar_keys], (4, -1)).T,
            clear=np.asarray(columns["clear"], dtype=bool),
            **names,
        )

    @property
    def length_mm(self) -> float:
        """Length of the seam."""
        return float(self.arc_mm[-1])

    def at_arc(self, arc_mm: float) -> SeamPoint:
        """The point at a distance along the seam (clipped to its ends), interpolated."""
        arc = float(np.clip(arc_mm, 0.0, self.length_mm))
        i = int(np.clip(np.searchsorted(self.arc_mm, arc, side="right") - 1, 0, len(self.arc_mm) - 2))
        w = (arc - self.arc_mm[i]) / max(self.arc_mm[i + 1] - self.arc_mm[i], 1e-9)

        def blend(column: Array) -> Array:
            return (1 - w) * column[i] + w * column[i + 1]

        normal = blend(self.normal)
        normal = normal / np.linalg.norm(normal)
        across = blend(self.across)
        across = across - (across @ normal) * normal
        across = across / np.linalg.norm(across)
        gap, flush, curvature_master, curvature_slave = blend(self.scalars)
        return SeamPoint(
            arc_mm=arc,
            centre_V_mm=blend(self.centre_V_mm),
            normal=normal,
            across=across,
            along=np.cross(normal, across),
            gap_mm=float(gap),
            flush_mm=float(flush),
            radius_master_mm=self.radius_master_mm,
            radius_slave_mm=self.radius_slave_mm,
            curvature_master_per_m=float(curvature_master),
            curvature_slave_per_m=float(curvature_slave),
            clear=bool(self.clear[i] and self.clear[i + 1]),
        )

    def at(self, place: Mapping[str, float]) -> SeamPoint:
        """The point where the seam has the given vehicle coordinates, mm.

        One coordinate, ``{"z": 280.0}``, must pick one point. Where the seam passes it several times (a closed seam, an
        arch) a second one tells which: the point of the seam nearest to both is taken, if it is near.

        Raises:
            InputError: off the seam, or several points; the message says the range.
        """
        unknown = set(place) - set(AXES)
        if unknown or not place:
            raise InputError(f"a place on a seam is given by x, y or z in mm, not by {sorted(unknown)}")
        if len(place) > 1:
            return self._nearest(place)
        ((axis, value),) = place.items()
        arcs = self._crossings(AXES.index(axis), value)
        coordinates = self.centre_V_mm[:, AXES.index(axis)]
        span = f"{self.name} runs from {axis} {coordinates.min():.0f} to {coordinates.max():.0f} mm"
        if not arcs:
            raise InputError(f"{axis} {value:g} mm is not on the seam; {span}")
        if len(arcs) > 1:
            places = " or ".join(self._place_text(arc) for arc in arcs)
            raise InputError(
                f"{axis} {value:g} mm is {len(arcs)} places of the seam: {places}; give a second coordinate"
            )
        return self.at_arc(arcs[0])

    def middle_clear(self) -> SeamPoint:
        """The middle of the longest clear stretch.

        Raises:
            InputError: no point of the seam is clear.
        """
        if not self.clear.any():
            raise InputError(f"{self.name} has no clear point; give the place with 'at'")
        starts, stops = self._clear_runs()
        longest = int(np.argmax(self.arc_mm[stops] - self.arc_mm[starts]))
        return self.at_arc(0.5 * (self.arc_mm[starts[longest]] + self.arc_mm[stops[longest]]))

    def project(self, p_V_mm: ArrayLike) -> float:
        """Distance along the seam, mm, of its point nearest to a point (3,) of V."""
        arc, _ = self._project(np.asarray(p_V_mm, float), np.ones(3, bool))
        return arc

    def _clear_runs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Indices of the first and the last point of each clear stretch."""
        steps = np.diff(np.r_[False, self.clear, False].astype(int))
        return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1) - 1

    def _crossings(self, axis: int, value: float) -> list[float]:
        """Distances along the seam at which a coordinate takes a value."""
        c = self.centre_V_mm[:, axis] - value
        arcs: list[float] = []
        for i in np.flatnonzero((c[:-1] * c[1:] <= 0) & (c[:-1] != c[1:])):
            arc = float(self.arc_mm[i] + (self.arc_mm[i + 1] - self.arc_mm[i]) * c[i] / (c[i] - c[i + 1]))
            if not arcs or arc - arcs[-1] > 1.0:
                arcs.append(arc)
        return arcs

    def _nearest(self, place: Mapping[str, float]) -> SeamPoint:
        used = np.array([axis in place for axis in AXES])
        arc, distance = self._project(np.array([place.get(axis, 0.0) for axis in AXES]), used)
        if distance > _NEAR_MM:
            given = ", ".join(f"{axis} {value:g}" for axis, value in place.items())
            raise InputError(
                f"{given} mm is {distance:.0f} mm beside the seam; the nearest place is {self._place_text(arc)}"
            )
        return self.at_arc(arc)

    def _project(self, p: Array, used: NDArray[np.bool_]) -> tuple[float, float]:
        """Nearest point of the polyline, counting only some coordinates: its arc and the distance, mm."""
        start, step = self.centre_V_mm[:-1, used], np.diff(self.centre_V_mm[:, used], axis=0)
        length2 = np.maximum((step * step).sum(axis=1), 1e-12)
        w = np.clip(((p[used] - start) * step).sum(axis=1) / length2, 0.0, 1.0)
        distance = np.linalg.norm(start + w[:, None] * step - p[used], axis=1)
        i = int(np.argmin(distance))
        return float(self.arc_mm[i] + w[i] * (self.arc_mm[i + 1] - self.arc_mm[i])), float(distance[i])

    def _place_text(self, arc: float) -> str:
        return "(" + ", ".join(f"{axis} {c:.0f}" for axis, c in zip(AXES, self.at_arc(arc).centre_V_mm)) + ")"
