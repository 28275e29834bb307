"""The space a car takes up, as the whole-body solver wants it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from linewalker.cerebellum.body.clearance import Array, Obstacles, Prism
from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import VehicleCatalogue


def car_prisms(catalogue: VehicleCatalogue, X_AV: Pose) -> tuple[Prism, ...]:
    """Prisms that hold the nominal car, in a frame A whose z axis is that of V too; m.

    A catalogue without an envelope gives one prism, the footprint, as high as the car.
    """
    axle_mm = catalogue.axle_height_mm
    parts = [(part.outline_mm, part.bottom_mm, part.top_mm) for part in catalogue.envelope]
    if not parts:
        parts = [(catalogue.footprint_mm, -axle_mm, catalogue.height_mm - axle_mm)]
    return tuple(
        Prism(
            outline_m=_seen_from_above(outline_mm, X_AV),
            bottom_m=1e-3 * bottom_mm + X_AV.p[2],
            top_m=1e-3 * top_mm + X_AV.p[2],
        )
        for outline_mm, bottom_mm, top_mm in parts
    )


def car_obstacles(catalogue: VehicleCatalogue, X_AV: Pose) -> Obstacles:
    """`car_prisms`, packed for the solver."""
    return Obstacles.pack(car_prisms(catalogue, X_AV))


def near(prisms: tuple[Prism, ...], p: Array, radius_m: float) -> Obstacles:
    """Those prisms that come nearer to a place on the floor than a radius, packed; p is (2,)."""
    low, high = _extents(prisms)
    gaps = np.linalg.norm(np.maximum(np.maximum(low - p, p - high), 0.0), axis=1)
    return Obstacles.pack([prism for prism, gap in zip(prisms, gaps) if gap < radius_m])


@lru_cache(maxsize=8)
def _extents(prisms: tuple[Prism, ...]) -> tuple[Array, Array]:
    """Least and greatest x and y of each prism, (P, 2)."""
    low = np.array([prism.outline_m.min(axis=0) for prism in prisms])
    return low, np.array([prism.outline_m.max(axis=0) for prism in prisms])


def on_floor(catalogue: VehicleCatalogue) -> Pose:
    """X_GV: V in the ground frame G of the car, which lies below V on the floor and has its axes."""
    return Pose(p=np.array([0.0, 0.0, 1e-3 * catalogue.axle_height_mm]))


def _seen_from_above(outline_mm: Array, X_AV: Pose) -> Array:
    return X_AV.apply(np.column_stack((1e-3 * outline_mm, np.zeros(len(outline_mm)))))[:, :2]
