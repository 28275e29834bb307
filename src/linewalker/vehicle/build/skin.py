"""The skin of one model, for callers that think in arrays of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.vehicle.build import surface
from linewalker.vehicle.build.curves import table_values
from linewalker.vehicle.components import Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Skin:
    """The outer skin f = 0 of a body; all points (n, 3) in V, m."""

    shape: surface.SkinShape

    def values(self, points: Array) -> Array:
        """f, negative inside, (n,)."""
        return surface.values(self.shape, _rows(points))

    def normals(self, points: Array) -> Array:
        """Unit outward normals."""
        return surface.normals(self.shape, _rows(points))

    def project(self, points: Array) -> Array:
        """Points moved onto the skin along its gradient."""
        return surface.project(self.shape, _rows(points))

    def hits(self, origins: Array, directions: Array, length_m: float) -> Array:
        """Where rays enter the body; nan where they miss it."""
        return surface.hits(self.shape, _rows(origins), _rows(directions), length_m)

    def curve(self, name: str, x: Array) -> Array:
        """A design curve at x (n,): plan, shoulder, deck, roof, nose or tail; or ``cant``, see `cant_rail`."""
        if name == "cant":
            return self.cant_rail(x)
        return table_values(getattr(self.shape, name), np.ascontiguousarray(x, float))

    def cant_rail(self, x: Array) -> Array:
        """Height (n,) of the edge where the side windows meet the roof, over x."""
        s = self.shape
        low, high = np.full(len(x), s.glass_z), np.full(len(x), s.glass_z + 1.0)
        along = (x - s.glass_middle_x) / s.glass_half_length
        for _ in range(40):
            z = (low + high) / 2
            rise = z - s.glass_z
            y = s.glass_half_width - (s.glass_lean + s.glass_lean2 * rise) * rise - s.glass_taper * along**2
            swept = x + s.screen_sweep * y**2 * np.tanh((x - s.screen_middle_x) / 0.45)
            below = z < self.curve("roof", swept) - (s.roof_crown2 + s.roof_crown4 * y**2) * y**2
            low, high = np.where(below, z, low), np.where(below, high, z)
        return low


def _rows(points: Array) -> Array:
    return np.ascontiguousarray(points, float)
